//! JSON text as Go's encoder writes it: keys sorted, `<`, `>` and `&` escaped, numbers in Go's format.

use tidegate_object::{Entry, Node, Number, Value};
use tidegate_yaml::json_float;

/// Writes a tree.
pub(crate) fn write(json: &mut String, node: &Node) {
    match &node.value {
        Value::Null => json.push_str("null"),
        Value::Bool(it) => json.push_str(if *it { "true" } else { "false" }),
        Value::Number(Number::Int(number)) => json.push_str(&number.to_string()),
        Value::Number(Number::Unsigned(number)) => json.push_str(&number.to_string()),
        Value::Number(Number::Float(text)) => match text.parse::<f64>() {
            Ok(number) => json.push_str(&json_float(number)),
            Err(_) => json.push_str(text),
        },
        Value::String(text) => write_text(json, text),
        Value::List(items) => {
            json.push('[');
            for (nth, item) in items.iter().enumerate() {
                if nth > 0 {
                    json.push(',');
                }
                write(json, item);
            }
            json.push(']');
        }
        Value::Map(map) => {
            let mut entries: Vec<&Entry> = map.entries().iter().collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            json.push('{');
            for (nth, entry) in entries.into_iter().enumerate() {
                if nth > 0 {
                    json.push(',');
                }
                write_text(json, &entry.key);
                json.push(':');
                write(json, &entry.node);
            }
            json.push('}');
        }
    }
}

/// Writes a string.
pub(crate) fn write_text(json: &mut String, text: &str) {
    json.push('"');
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let escape = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => "",
            _ => continue,
        };
        json.push_str(&text[plain..at]);
        if escape.is_empty() {
            let code = format!("\\u{:04x}", u32::from(c));
            json.push_str(&code);
        } else {
            json.push_str(escape);
        }
        plain = at + c.len_utf8();
    }
    json.push_str(&text[plain..]);
    json.push('"');
}

#[cfg(test)]
mod tests {
    use tidegate_object::Text;

    use super::*;

    #[track_caller]
    fn check(value: Value, expected: &str) {
        let mut json = String::new();
        write(&mut json, &Node::new(value, tidegate_source::Mark::NONE));
        assert_eq!(json, expected);
    }

    #[test]
    fn texts_are_escaped_for_html() {
        check(
            Value::String(Text::from("a<b>&\"\\\u{1}\n")),
            r#""a\u003cb\u003e\u0026\"\\\u0001\n""#,
        );
    }

    #[test]
    fn floats_are_written_as_go_does() {
        for (written, expected) in [("1.50", "1.5"), ("1e21", "1e+21"), ("1e-7", "1e-7")] {
            check(Value::Number(Number::Float(Text::from(written))), expected);
        }
    }
}
