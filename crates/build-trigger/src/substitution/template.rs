use tidegate_source::Span;

use crate::written::{Mistake, Written};

/// A text with substitutions, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text(String),
    Variable(Variable),
}

/// One substitution and its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) operation: Option<Operation>,
}

/// What bash does to the value before it is put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// `${#NAME}`
    Length,
    /// `${NAME-word}`, and with `:` also when the value is empty.
    Default { or_empty: bool, word: Template },
    /// `${NAME+word}`, and with `:` only when the value is not empty.
    Alternative { or_empty: bool, word: Template },
    /// `${NAME?message}`, and with `:` also when the value is empty.
    Required { or_empty: bool, message: Template },
    /// `${NAME#pattern}`, `${NAME##pattern}`, `${NAME%pattern}`, `${NAME%%pattern}`
    Trim { at_end: bool, longest: bool, pattern: Template },
    /// `${NAME/pattern/with}`, `//`, `/#`, `/%`
    Replace { what: Which, pattern: Template, with: Template },
    /// `${NAME:offset}`, `${NAME:offset:length}`
    Slice { offset: i64, length: Option<i64> },
    /// `${NAME^}`, `^^`, `,`, `,,`
    Case { upper: bool, all: bool },
}

/// Which matches are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    First,
    All,
    AtStart,
    AtEnd,
}

/// How deep words may lie in each other: `${_A:-${_B:-…}}`.
const MAX_DEPTH: usize = 16;

impl Template {
    /// Takes a text apart.
    ///
    /// ```text
    /// text     = *( "$$" / "$" NAME / "${" NAME [ operation ] "}" / "${#" NAME "}" / any )
    /// NAME     = ( A-Z / "_" ) *( A-Z / 0-9 / "_" )
    /// ```
    ///
    /// A `$` before anything else is a dollar sign. `$(…)` is a binding to an event's payload and refused.
    pub(crate) fn parse(text: &Written) -> Result<Self, Mistake> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        parser.template(&[])
    }
}

struct Parser<'w> {
    text: &'w Written,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text.value[self.at..]
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn fail(&self, start: usize, message: impl Into<String>) -> Mistake {
        let mark = self.text.place(Span::from_range(start..self.at.max(start)));
        Mistake::new("bad-substitution", message, mark)
    }

    /// Reads up to one of the ends, which is not taken, or to the end of the text when there is none.
    fn template(&mut self, ends: &[char]) -> Result<Template, Mistake> {
        let mut parts = Vec::new();
        let mut text = String::new();
        while let Some(c) = self.rest().chars().next() {
            if ends.contains(&c) {
                break;
            }
            let start = self.at;
            self.at += c.len_utf8();
            match c {
                '$' if self.eat("$") => text.push('$'),
                '$' if self.rest().starts_with('(') => {
                    let end = self
                        .rest()
                        .find(')')
                        .map_or(self.text.value.len(), |end| self.at + end + 1);
                    self.at = end;
                    let message = "a binding to an event's payload is not understood here";
                    return Err(self
                        .fail(start, message)
                        .help("write `$$(` where the shell shall read it"));
                }
                '$' => match self.variable(start)? {
                    Some(variable) => {
                        if !text.is_empty() {
                            parts.push(Part::Text(std::mem::take(&mut text)));
                        }
                        parts.push(Part::Variable(variable));
                    }
                    None => text.push('$'),
                },
                // Inside a word a backslash takes the meaning from the character behind it.
                '\\' if !ends.is_empty() => match self.rest().chars().next() {
                    Some(next) if ends.contains(&next) || matches!(next, '\\' | '$') => {
                        self.at += next.len_utf8();
                        text.push(next);
                    }
                    _ => text.push('\\'),
                },
                other => text.push(other),
            }
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(Template { parts })
    }

    /// Reads what follows a `$`; `None` where that is no substitution.
    fn variable(&mut self, start: usize) -> Result<Option<Variable>, Mistake> {
        let in_braces = self.rest().starts_with('{');
        let before = self.at;
        let length = in_braces && self.eat("{#");
        if in_braces && !length {
            self.at += 1;
        }
        let name = self.name();
        if name.is_empty() {
            self.at = before;
            return Ok(None);
        }
        let mut operation = None;
        if in_braces {
            operation = if length { Some(Operation::Length) } else { self.operation(start)? };
            if !self.eat("}") {
                let message = match self.rest().chars().next() {
                    Some(c) => format!("`{c}` is not expected in `${{{name}…}}`"),
                    None => format!("`${{{name}` is not closed"),
                };
                return Err(self.fail(start, message));
            }
        }
        Ok(Some(Variable { name, span: Span::from_range(start..self.at), operation }))
    }

    fn name(&mut self) -> String {
        let first = |c: char| c.is_ascii_uppercase() || c == '_';
        let rest = self.rest();
        let end = rest.find(|c: char| !first(c) && !c.is_ascii_digit()).unwrap_or(rest.len());
        if !rest.starts_with(first) {
            return String::new();
        }
        let name = rest[..end].to_owned();
        self.at += end;
        name
    }

    fn word(&mut self, start: usize, ends: &[char]) -> Result<Template, Mistake> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self
                .fail(start, format!("substitutions lie deeper than {MAX_DEPTH} in each other")));
        }
        let word = self.template(ends);
        self.depth -= 1;
        word
    }

    fn operation(&mut self, start: usize) -> Result<Option<Operation>, Mistake> {
        let at = self.at;
        let or_empty = self.eat(":");
        for (sign, build) in WORDS {
            if self.eat(sign) {
                return self.word(start, &['}']).map(|word| Some(build(or_empty, word)));
            }
        }
        if self.eat("=") {
            return Err(self
                .fail(start, "`=` would set a substitution, which a build cannot do")
                .help("`:-` puts the default in without setting it"));
        }
        if or_empty {
            return self.slice(at).map(Some);
        }
        for (sign, at_end, longest) in
            [("##", false, true), ("#", false, false), ("%%", true, true), ("%", true, false)]
        {
            if self.eat(sign) {
                let pattern = self.word(start, &['}'])?;
                return Ok(Some(Operation::Trim { at_end, longest, pattern }));
            }
        }
        for (sign, what) in
            [("//", Which::All), ("/#", Which::AtStart), ("/%", Which::AtEnd), ("/", Which::First)]
        {
            if self.eat(sign) {
                let pattern = self.word(start, &['/', '}'])?;
                let with = if self.eat("/") {
                    self.word(start, &['}'])?
                } else {
                    Template { parts: Vec::new() }
                };
                return Ok(Some(Operation::Replace { what, pattern, with }));
            }
        }
        for (sign, upper, all) in
            [("^^", true, true), ("^", true, false), (",,", false, true), (",", false, false)]
        {
            if self.eat(sign) {
                return Ok(Some(Operation::Case { upper, all }));
            }
        }
        if self.rest().starts_with('}') || self.rest().is_empty() {
            return Ok(None);
        }
        let sign = self.rest().chars().next().unwrap_or_default();
        Err(self.fail(start, format!("`{sign}` is no operation on a substitution")))
    }

    // slice = ":" offset [ ":" length ], whole numbers; a negative offset after a blank
    fn slice(&mut self, start: usize) -> Result<Operation, Mistake> {
        let offset = self.number(start)?;
        let length = if self.eat(":") { Some(self.number(start)?) } else { None };
        Ok(Operation::Slice { offset, length })
    }

    fn number(&mut self, start: usize) -> Result<i64, Mistake> {
        let rest = self.rest();
        let end = rest.find([':', '}']).unwrap_or(rest.len());
        let number = rest[..end].trim().parse::<i64>();
        self.at += end;
        number.map_err(|_| {
            let message = "expected a whole number: `${NAME:offset}` or `${NAME:offset:length}`";
            self.fail(start, message).help("a default is written `${NAME:-default}`")
        })
    }
}

type Build = fn(bool, Template) -> Operation;

const WORDS: [(&str, Build); 3] = [
    ("-", |or_empty, word| Operation::Default { or_empty, word }),
    ("+", |or_empty, word| Operation::Alternative { or_empty, word }),
    ("?", |or_empty, message| Operation::Required { or_empty, message }),
];
