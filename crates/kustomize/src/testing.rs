//! Trees for unit tests, written as JSON with bare words: `{kind: Pod, ports: [{port: 80}]}`.

use tidegate_object::{Map, Node, Number, Value};
use tidegate_source::{Mark, Sources, Span};

/// Reads a tree; a key with nothing behind it is a null that was not written.
#[track_caller]
pub(crate) fn tree(text: &str) -> Node {
    let mut reader = Reader { rest: text.trim() };
    let node = reader.node();
    assert_eq!(reader.rest, "", "text behind the tree");
    node
}

/// Prints a tree in the form that [`tree`] reads, keys in their order.
pub(crate) fn text(node: &Node) -> String {
    let join = |parts: Vec<String>| parts.join(", ");
    match &node.value {
        Value::Null => "null".into(),
        Value::Bool(it) => it.to_string(),
        Value::Number(Number::Int(it)) => it.to_string(),
        Value::Number(Number::Unsigned(it)) => it.to_string(),
        Value::Number(Number::Float(it)) => it.to_string(),
        Value::String(it) if scalar(it) == node.value && !it.contains([',', ']', '}', ':']) => {
            it.to_string()
        }
        Value::String(it) => format!("'{it}'"),
        Value::List(items) => format!("[{}]", join(items.iter().map(text).collect())),
        Value::Map(map) => {
            let mut fields: Vec<_> = map.iter().collect();
            fields.sort_by_key(|it| it.0);
            let field = |(key, node): (&str, &Node)| format!("{key}: {}", text(node));
            format!("{{{}}}", join(fields.into_iter().map(field).collect()))
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn node(&mut self) -> Node {
        if self.take("[") {
            let mut items = Vec::new();
            while !self.take("]") {
                items.push(self.node());
                self.take(",");
            }
            return items.into();
        }
        if self.take("{") {
            let mut map = Map::new();
            while !self.take("}") {
                let key = self.word(&[':']);
                assert!(self.take(":"), "a colon at {}", self.rest);
                map.insert(key.as_str(), self.node());
                self.take(",");
            }
            return map.into();
        }
        if self.rest.starts_with('\'') {
            return Node::from(self.word(&[]));
        }
        let word = self.word(&[',', ']', '}']);
        let mut node = Node::new(scalar(&word), Mark::NONE);
        if word.is_empty() {
            node.mark = Mark::new(Sources::new().add("tree", " "), Span::new(1, 1));
        }
        node
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = self.rest.strip_prefix(mark);
        self.rest = found.unwrap_or(self.rest).trim_start();
        found.is_some()
    }

    fn word(&mut self, ends: &[char]) -> String {
        if let Some(quoted) = self.rest.strip_prefix('\'') {
            let (word, rest) = quoted.split_once('\'').expect("a closing quote");
            self.rest = rest.trim_start();
            return word.to_owned();
        }
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.trim().to_owned()
    }
}

fn scalar(word: &str) -> Value {
    match word {
        "" | "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => match word.parse() {
            Ok(number) => Value::Number(Number::Int(number)),
            Err(_) if word.parse::<f64>().is_ok() => Value::Number(Number::Float(word.into())),
            Err(_) => Value::String(word.into()),
        },
    }
}
