use crate::substitution::pattern::Pattern;
use crate::substitution::scope::{Lookup, Scope};
use crate::substitution::template::{Operation, Part, Template, Variable, Which};
use crate::written::{Mistake, Written};

/// What a text becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    /// This.
    Known(String),
    /// Something that only the build will know, because of the substitution named.
    Later(String),
}

/// The longest text that a substitution may make, so that hostile definitions stay small.
const MAX_LENGTH: usize = 1 << 16;

impl Scope<'_> {
    /// Puts the substitutions into a text.
    pub(crate) fn text(&mut self, written: &Written) -> Result<Text, Mistake> {
        let template = Template::parse(written)?;
        self.template(&template, written)
    }

    pub(super) fn template(
        &mut self,
        template: &Template,
        written: &Written,
    ) -> Result<Text, Mistake> {
        let mut out = String::new();
        let mut later = None;
        for part in &template.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Variable(variable) => match self.variable(variable, written)? {
                    Text::Known(text) => out.push_str(&text),
                    Text::Later(name) => later = later.or(Some(name)),
                },
            }
            if out.len() > MAX_LENGTH {
                let message = format!("substitutions make this longer than {MAX_LENGTH} bytes");
                return Err(Mistake::new("bad-substitution", message, written.mark));
            }
        }
        Ok(later.map_or(Text::Known(out), Text::Later))
    }

    fn variable(&mut self, variable: &Variable, written: &Written) -> Result<Text, Mistake> {
        let found = self.lookup(&variable.name, written.place(variable.span))?;
        let Some(operation) = &variable.operation else {
            return match found {
                Lookup::Known(value) => Ok(Text::Known(value)),
                Lookup::Later(name) => Ok(Text::Later(name)),
                Lookup::Undefined => {
                    Err(self.undefined(&variable.name, written.place(variable.span)))
                }
            };
        };
        let value = match found {
            Lookup::Known(value) => Some(value),
            Lookup::Later(name) => return Ok(Text::Later(name)),
            Lookup::Undefined => None,
        };
        let is_there =
            |or_empty: bool| value.as_ref().is_some_and(|it| !or_empty || !it.is_empty());
        match operation {
            Operation::Default { or_empty, word } => match &value {
                Some(value) if is_there(*or_empty) => Ok(Text::Known(value.clone())),
                _ => self.template(word, written),
            },
            Operation::Alternative { or_empty, word } => {
                if is_there(*or_empty) {
                    self.template(word, written)
                } else {
                    Ok(Text::Known(String::new()))
                }
            }
            Operation::Required { or_empty, message } => match &value {
                Some(value) if is_there(*or_empty) => Ok(Text::Known(value.clone())),
                _ => {
                    let message = match self.template(message, written)? {
                        Text::Known(text) if !text.is_empty() => text,
                        _ => "a value is required".to_owned(),
                    };
                    let message = format!("substitution `{}`: {message}", variable.name);
                    Err(Mistake::new(
                        "required-substitution",
                        message,
                        written.place(variable.span),
                    ))
                }
            },
            _ => {
                let Some(value) = value else {
                    return Err(self.undefined(&variable.name, written.place(variable.span)));
                };
                self.change(value, operation, written)
            }
        }
    }

    /// Applies an operation that changes a value.
    fn change(
        &mut self,
        value: String,
        operation: &Operation,
        written: &Written,
    ) -> Result<Text, Mistake> {
        let chars: Vec<char> = value.chars().collect();
        let changed = match operation {
            Operation::Length => chars.len().to_string(),
            Operation::Slice { offset, length } => slice(&chars, *offset, *length),
            Operation::Case { upper, all } => recase(&chars, *upper, *all),
            Operation::Trim { at_end, longest, pattern } => {
                match self.template(pattern, written)? {
                    Text::Known(pattern) => {
                        trim(&chars, &Pattern::new(&pattern), *at_end, *longest)
                    }
                    later @ Text::Later(_) => return Ok(later),
                }
            }
            Operation::Replace { what, pattern, with } => {
                match (self.template(pattern, written)?, self.template(with, written)?) {
                    (Text::Known(pattern), Text::Known(with)) => {
                        replace(&chars, &Pattern::new(&pattern), &with, *what)
                    }
                    (later @ Text::Later(_), _) | (_, later) => return Ok(later),
                }
            }
            Operation::Default { .. }
            | Operation::Alternative { .. }
            | Operation::Required { .. } => value,
        };
        Ok(Text::Known(changed))
    }
}

/// `${NAME:offset:length}`: counted in characters; negative numbers count from the end.
fn slice(chars: &[char], offset: i64, length: Option<i64>) -> String {
    let size = i64::try_from(chars.len()).unwrap_or(i64::MAX);
    let start = if offset < 0 { size.saturating_add(offset) } else { offset };
    if start < 0 || start > size {
        return String::new();
    }
    let end = match length {
        None => size,
        Some(length) if length < 0 => size.saturating_add(length),
        Some(length) => start.saturating_add(length).min(size),
    };
    let index = |at: i64| usize::try_from(at).unwrap_or(0);
    chars.get(index(start)..index(end)).map(|part| part.iter().collect()).unwrap_or_default()
}

fn recase(chars: &[char], upper: bool, all: bool) -> String {
    let mut out = String::new();
    for (nth, c) in chars.iter().enumerate() {
        if nth > 0 && !all {
            out.push(*c);
        } else if upper {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

fn trim(chars: &[char], pattern: &Pattern, at_end: bool, longest: bool) -> String {
    let kept = if at_end {
        let mut starts = (0..=chars.len()).filter(|start| pattern.matches(&chars[*start..]));
        let start = if longest { starts.next() } else { starts.next_back() };
        &chars[..start.unwrap_or(chars.len())]
    } else {
        let lengths = pattern.prefixes(chars);
        let length = if longest { lengths.last() } else { lengths.first() };
        &chars[length.copied().unwrap_or(0)..]
    };
    kept.iter().collect()
}

fn replace(chars: &[char], pattern: &Pattern, with: &str, what: Which) -> String {
    let mut out = String::new();
    if pattern.is_empty() {
        // Without a pattern bash replaces nothing, but puts the new text at an anchored end.
        if what == Which::AtStart {
            out.push_str(with);
        }
        out.extend(chars);
        if what == Which::AtEnd {
            out.push_str(with);
        }
        return out;
    }
    if what == Which::AtEnd {
        let start = (0..=chars.len()).find(|start| pattern.matches(&chars[*start..]));
        out.extend(&chars[..start.unwrap_or(chars.len())]);
        out.push_str(if start.is_some() { with } else { "" });
        return out;
    }
    let mut at = 0;
    while at < chars.len() {
        let length = pattern.prefixes(&chars[at..]).last().copied().unwrap_or(0);
        if length == 0 {
            if what == Which::AtStart {
                break;
            }
            out.push(chars[at]);
            at += 1;
            continue;
        }
        out.push_str(with);
        at += length;
        if what != Which::All {
            break;
        }
    }
    out.extend(&chars[at..]);
    out
}
