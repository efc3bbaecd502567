//! JSON as Kubernetes keeps it inside annotations and field sets: text to a tree, and back in one line.

use std::fmt::{self, Write as _};

use tidegate_object::{Map, Node, Number, Text, Value};
use tidegate_source::{Mark, Span};

/// The deepest nesting that is read.
const DEEPEST: usize = 128;

/// Why a text is not JSON, and where.
///
/// ```
/// use tidegate_reconcile::json;
///
/// let text = r#"{"mode": fast}"#;
/// let error = json::parse(text).unwrap_err();
/// assert_eq!(error.span().range().start, 9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    what: &'static str,
    span: Span,
}

impl JsonError {
    /// Returns where in the text.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.what, self.span.start)
    }
}

impl std::error::Error for JsonError {}

/// Reads a JSON text (RFC 8259) as a tree without marks. Of a key that stands twice, the last value counts.
///
/// ```
/// use tidegate_reconcile::json;
///
/// let node = json::parse("{\"a\": [1, true]}")?;
/// assert_eq!(json::print(&node), "{\"a\":[1,true]}");
/// assert!(json::parse("[1] 2").is_err());
/// # Ok::<(), json::JsonError>(())
/// ```
///
/// # Errors
///
/// The text is not JSON, something follows the value, or it is nested more than 128 deep.
pub fn parse(text: &str) -> Result<Node, JsonError> {
    let mut reader = Reader { text, at: 0 };
    let node = reader.value(0)?;
    reader.space();
    if reader.at == text.len() {
        Ok(node)
    } else {
        Err(reader.error("unexpected text behind the value"))
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn error(&self, what: &'static str) -> JsonError {
        JsonError {
            what,
            span: Span::from_range(self.at..(self.at + 1).min(self.text.len().max(self.at))),
        }
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn took(&mut self, word: &str) -> bool {
        let is = self.rest().starts_with(word);
        if is {
            self.at += word.len();
        }
        is
    }

    // value = "null" / "true" / "false" / number / string / array / object
    fn value(&mut self, depth: usize) -> Result<Node, JsonError> {
        if depth > DEEPEST {
            return Err(self.error("nested too deeply"));
        }
        self.space();
        let value = match self.rest().as_bytes().first() {
            Some(b'"') => Value::String(self.string()?),
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ if self.took("null") => Value::Null,
            _ if self.took("true") => Value::Bool(true),
            _ if self.took("false") => Value::Bool(false),
            _ => return Err(self.error("a value is expected")),
        };
        Ok(Node::new(value, Mark::NONE))
    }

    fn object(&mut self, depth: usize) -> Result<Value, JsonError> {
        self.at += 1;
        let mut map = Map::new();
        self.space();
        if self.took("}") {
            return Ok(Value::Map(map));
        }
        loop {
            self.space();
            if !self.rest().starts_with('"') {
                return Err(self.error("a key in double quotes is expected"));
            }
            let key = self.string()?;
            self.space();
            if !self.took(":") {
                return Err(self.error("`:` is expected"));
            }
            let node = self.value(depth + 1)?;
            map.insert(key, node);
            self.space();
            if self.took("}") {
                return Ok(Value::Map(map));
            }
            if !self.took(",") {
                return Err(self.error("`,` or `}` is expected"));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.took("]") {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.took("]") {
                return Ok(Value::List(items));
            }
            if !self.took(",") {
                return Err(self.error("`,` or `]` is expected"));
            }
        }
    }

    // number = [ "-" ] ( "0" / digit1-9 *DIGIT ) [ "." 1*DIGIT ] [ ( "e" / "E" ) [ "+" / "-" ] 1*DIGIT ]
    fn number(&mut self) -> Result<Value, JsonError> {
        let rest = self.rest();
        let length = rest
            .find(|it: char| !matches!(it, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let text = &rest[..length];
        if !is_number(text) {
            return Err(self.error("malformed number"));
        }
        self.at += length;
        Ok(Value::Number(if let Ok(whole) = text.parse::<i64>() {
            Number::Int(whole)
        } else if let Ok(whole) = text.parse::<u64>() {
            Number::Unsigned(whole)
        } else {
            Number::Float(Text::from(text))
        }))
    }

    fn string(&mut self) -> Result<Text, JsonError> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain =
                rest.find(|it: char| matches!(it, '"' | '\\') || it < ' ').unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            self.at += plain;
            match self.rest().as_bytes().first() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Text::from(text));
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.error("a control character must be escaped")),
                None => return Err(self.error("the string is not closed")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        let Some(letter) = self.rest().chars().nth(1) else {
            return Err(self.error("the string is not closed"));
        };
        let plain = match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(),
            _ => return Err(self.error("unknown escape")),
        };
        self.at += 2;
        Ok(plain)
    }

    /// Reads `\uXXXX`, or two of them that are a surrogate pair; a lone half becomes U+FFFD, as in Go.
    fn unicode(&mut self) -> Result<char, JsonError> {
        let unit = |text: &str| {
            let digits = text.strip_prefix("\\u")?.get(..4)?;
            digits.bytes().all(|it| it.is_ascii_hexdigit()).then_some(())?;
            u32::from_str_radix(digits, 16).ok()
        };
        let first =
            unit(self.rest()).ok_or_else(|| self.error("four hexadecimal digits are expected"))?;
        self.at += 6;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        match unit(self.rest()).filter(|second| (0xdc00..0xe000).contains(second)) {
            Some(second) => {
                self.at += 6;
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            None => Ok(char::REPLACEMENT_CHARACTER),
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (text, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(a, b)| (a, Some(b)));
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|it| digits(it.strip_prefix(['+', '-']).unwrap_or(it)))
}

/// Prints a tree as JSON in one line, keys in their order, without spaces.
///
/// ```
/// use tidegate_reconcile::json;
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let settings = objects("kind: ConfigMap\ndata: {mode: fast, text: \"a\\nb\"}\n");
/// assert_eq!(json::print(&settings[0].root), r#"{"kind":"ConfigMap","data":{"mode":"fast","text":"a\nb"}}"#);
/// ```
#[must_use]
pub fn print(node: &Node) -> String {
    let mut out = String::new();
    write(&mut out, node);
    out
}

fn write(out: &mut String, node: &Node) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(it) => out.push_str(if *it { "true" } else { "false" }),
        Value::Number(Number::Int(it)) => drop(write!(out, "{it}")),
        Value::Number(Number::Unsigned(it)) => drop(write!(out, "{it}")),
        Value::Number(Number::Float(it)) => match it.parse::<f64>() {
            Ok(number) if number.is_finite() && !is_number(it) => drop(write!(out, "{number}")),
            Ok(number) if number.is_finite() => out.push_str(it),
            _ => out.push_str("null"),
        },
        Value::String(it) => quote(out, it),
        Value::List(items) => {
            out.push('[');
            for (nth, item) in items.iter().enumerate() {
                if nth > 0 {
                    out.push(',');
                }
                write(out, item);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (nth, (key, value)) in map.iter().enumerate() {
                if nth > 0 {
                    out.push(',');
                }
                quote(out, key);
                out.push(':');
                write(out, value);
            }
            out.push('}');
        }
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            it if it < ' ' => drop(write!(out, "\\u{:04x}", u32::from(it))),
            it => out.push(it),
        }
    }
    out.push('"');
}
