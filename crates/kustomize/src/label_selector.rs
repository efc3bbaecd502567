//! Selectors of labels and annotations, as Kubernetes writes them: `app=web,tier in (front,back),!legacy`.

use tidegate_object::Map;
use tidegate_source::Span;

use crate::text::text_of;

/// A parsed selector: every requirement has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LabelSelector(Vec<Requirement>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    In,
    NotIn,
    Exists,
    Missing,
    Greater,
    Less,
}

/// Why a selector can't be read, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SelectorError {
    pub(crate) message: String,
    pub(crate) span: Span,
}

impl LabelSelector {
    // selector    = [ requirement *( "," requirement ) ]
    // requirement = [ "!" ] KEY [ set | exact ]
    // set         = ( "in" | "notin" ) "(" [ VALUE ] *( "," [ VALUE ] ) ")"
    // exact       = ( "=" | "==" | "!=" | ">" | "<" ) [ VALUE ]
    pub(crate) fn parse(text: &str) -> Result<Self, SelectorError> {
        let mut parser = Parser { tokens: scan(text)?, at: 0, end: text.len() };
        let mut requirements = Vec::new();
        while parser.peek().is_some() {
            requirements.push(parser.requirement()?);
            match parser.next() {
                None => break,
                Some(Token { kind: Kind::Special(","), .. }) if parser.peek().is_some() => {}
                Some(_) => {
                    return Err(parser.expected("`,` and one more requirement, or the end"));
                }
            }
        }
        Ok(Self(requirements))
    }

    /// Returns whether labels or annotations satisfy the selector.
    pub(crate) fn matches(&self, labels: Option<&Map>) -> bool {
        self.0.iter().all(|requirement| {
            let value = labels.and_then(|map| map.get(&requirement.key)).map(text_of);
            requirement.holds(value.as_deref())
        })
    }
}

impl Requirement {
    fn holds(&self, value: Option<&str>) -> bool {
        let listed = |value: &str| self.values.iter().any(|one| one == value);
        let compared = |value: &str| {
            let number = |text: &str| text.parse::<i64>().ok();
            Some(number(value)?.cmp(&number(self.values.first()?)?))
        };
        match (self.operator, value) {
            (Operator::In, Some(value)) => listed(value),
            (Operator::NotIn, Some(value)) => !listed(value),
            (Operator::Exists, value) => value.is_some(),
            (Operator::NotIn | Operator::Missing, None) => true,
            (Operator::Greater, Some(value)) => {
                compared(value).is_some_and(std::cmp::Ordering::is_gt)
            }
            (Operator::Less, Some(value)) => compared(value).is_some_and(std::cmp::Ordering::is_lt),
            (Operator::Missing, Some(_)) | (_, None) => false,
        }
    }
}

#[derive(Clone, Debug)]
struct Token<'t> {
    kind: Kind<'t>,
    span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'t> {
    Word(&'t str),
    Special(&'static str),
}

const SPECIAL: [&str; 9] = ["==", "!=", "=", "!", "(", ")", ",", ">", "<"];

fn scan(text: &str) -> Result<Vec<Token<'_>>, SelectorError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        let start = at;
        let kind = if matches!(next, ' ' | '\t' | '\r' | '\n') {
            at += 1;
            continue;
        } else if let Some(special) = SPECIAL.iter().find(|it| rest.starts_with(**it)) {
            at += special.len();
            Kind::Special(special)
        } else {
            let end = rest.find([' ', '\t', '\r', '\n', '=', '!', '(', ')', ',', '>', '<']);
            at += end.unwrap_or(rest.len());
            Kind::Word(&text[start..at])
        };
        if tokens.len() > MAX_TOKENS {
            let message = format!("the selector has more than {MAX_TOKENS} parts");
            return Err(SelectorError { message, span: Span::from_range(0..text.len()) });
        }
        tokens.push(Token { kind, span: Span::from_range(start..at) });
    }
    Ok(tokens)
}

const MAX_TOKENS: usize = 10_000;

struct Parser<'t> {
    tokens: Vec<Token<'t>>,
    at: usize,
    end: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<Kind<'t>> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    fn next(&mut self) -> Option<Token<'t>> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    /// An error at the token that was taken last.
    fn expected(&self, what: &str) -> SelectorError {
        let taken = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let span = taken.map_or(Span::from_range(self.end..self.end), |token| token.span);
        SelectorError { message: format!("expected {what}"), span }
    }

    fn requirement(&mut self) -> Result<Requirement, SelectorError> {
        let mut token = self.next();
        let missing = matches!(&token, Some(Token { kind: Kind::Special("!"), .. }));
        if missing {
            token = self.next();
        }
        let Some(Token { kind: Kind::Word(key), .. }) = token else {
            return Err(self.expected("a key"));
        };
        if !is_qualified_name(key) {
            return Err(self.expected("a valid key"));
        }
        let key = key.to_owned();
        if missing {
            return Ok(Requirement { key, operator: Operator::Missing, values: Vec::new() });
        }
        if matches!(self.peek(), None | Some(Kind::Special(","))) {
            return Ok(Requirement { key, operator: Operator::Exists, values: Vec::new() });
        }
        let operator = self.next().map(|token| token.kind);
        let (operator, is_set) = match operator {
            Some(Kind::Word("in")) => (Operator::In, true),
            Some(Kind::Word("notin")) => (Operator::NotIn, true),
            Some(Kind::Special("=" | "==")) => (Operator::In, false),
            Some(Kind::Special("!=")) => (Operator::NotIn, false),
            Some(Kind::Special(">")) => (Operator::Greater, false),
            Some(Kind::Special("<")) => (Operator::Less, false),
            _ => return Err(self.expected("one of `=`, `==`, `!=`, `in`, `notin`, `>`, `<`")),
        };
        let values = if is_set { self.set()? } else { vec![self.value()?] };
        if matches!(operator, Operator::Greater | Operator::Less)
            && values.iter().any(|value| value.parse::<i64>().is_err())
        {
            return Err(self.expected("a whole number"));
        }
        Ok(Requirement { key, operator, values })
    }

    fn set(&mut self) -> Result<Vec<String>, SelectorError> {
        if !matches!(self.next(), Some(Token { kind: Kind::Special("("), .. })) {
            return Err(self.expected("`(`"));
        }
        let mut values = Vec::new();
        loop {
            if let Some(Kind::Special("," | ")")) = self.peek() {
                values.push(String::new());
            } else {
                values.push(self.value()?);
            }
            match self.next().map(|token| token.kind) {
                Some(Kind::Special(")")) => return Ok(values),
                Some(Kind::Special(",")) => {}
                _ => return Err(self.expected("`,` or `)`")),
            }
        }
    }

    fn value(&mut self) -> Result<String, SelectorError> {
        if matches!(self.peek(), None | Some(Kind::Special(","))) {
            return Ok(String::new());
        }
        match self.next() {
            Some(Token { kind: Kind::Word(value), .. }) if is_label_value(value) => {
                Ok(value.to_owned())
            }
            _ => Err(self.expected("a value")),
        }
    }
}

// name  = alnum *61( alnum | "-" | "_" | "." ) alnum
fn is_name(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let ends = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    text.len() <= 63
        && text.bytes().all(inner)
        && ends(text.as_bytes().first())
        && ends(text.as_bytes().last())
}

fn is_label_value(text: &str) -> bool {
    text.is_empty() || is_name(text)
}

// qualified name = [ DNS subdomain "/" ] name
fn is_qualified_name(text: &str) -> bool {
    let Some((domain, name)) = text.split_once('/') else { return is_name(text) };
    let label = |part: &str| {
        let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !part.is_empty()
            && part.bytes().all(inner)
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    domain.len() <= 253 && domain.split('.').all(label) && is_name(name)
}

#[cfg(test)]
mod tests {
    use tidegate_object::Node;

    use super::*;

    #[track_caller]
    fn check(selector: &str, labels: &[(&str, &str)], expected: bool) {
        let map: Map = labels.iter().map(|(key, value)| (*key, Node::from(*value))).collect();
        assert_eq!(LabelSelector::parse(selector).map(|it| it.matches(Some(&map))), Ok(expected));
    }

    #[test]
    fn each_operator() {
        let labels = [("app", "web"), ("n", "7"), ("empty", "")];
        check("", &labels, true);
        check("app", &labels, true);
        check("!app", &labels, false);
        check("!other", &labels, true);
        check("app=web", &labels, true);
        check("app == web , n=7", &labels, true);
        check("app!=web", &labels, false);
        check("other!=web", &labels, true);
        check("app in (web, db)", &labels, true);
        check("app notin (web,db)", &labels, false);
        check("other in (web)", &labels, false);
        check("n>6,n<8", &labels, true);
        check("n>7", &labels, false);
        check("empty=", &labels, true);
        check("empty in ()", &labels, true);
        check("app in (,web)", &labels, true);
    }

    #[test]
    fn mistakes_have_a_place() {
        let error = |text| LabelSelector::parse(text).expect_err("a mistake");
        assert_eq!(error("app=web,").span, Span::new(7, 8));
        assert_eq!(error("app web").span, Span::new(4, 7));
        assert_eq!(error("app in web").message, "expected `(`");
        assert_eq!(error("-app").message, "expected a valid key");
        assert_eq!(error("n>x").message, "expected a whole number");
    }
}
