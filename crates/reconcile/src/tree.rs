//! A tree of values that can be stored: the values of JSON, without the marks.

use std::fmt;

use tidegate_object::Node;

use crate::json;

/// A node of an object as plain data.
///
/// With the feature `serde` it is written and read as the value that it holds. Drawn, it is JSON in one line.
///
/// ```
/// use tidegate_object::Node;
/// use tidegate_reconcile::Tree;
///
/// assert_eq!(Tree(Node::from("25%")).to_string(), r#""25%""#);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Tree(pub Node);

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&json::print(&self.0))
    }
}

#[cfg(feature = "serde")]
mod serial {
    use std::fmt;

    use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
    use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
    use tidegate_object::{Map, Node, Number, Text, Value};
    use tidegate_source::Mark;

    use super::Tree;

    impl Serialize for Tree {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Borrowed(&self.0).serialize(serializer)
        }
    }

    struct Borrowed<'n>(&'n Node);

    impl Serialize for Borrowed<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match &self.0.value {
                Value::Null => serializer.serialize_unit(),
                Value::Bool(it) => serializer.serialize_bool(*it),
                Value::Number(Number::Int(it)) => serializer.serialize_i64(*it),
                Value::Number(Number::Unsigned(it)) => serializer.serialize_u64(*it),
                Value::Number(Number::Float(it)) => match it.parse::<f64>() {
                    Ok(number) => serializer.serialize_f64(number),
                    Err(_) => serializer.serialize_str(it),
                },
                Value::String(it) => serializer.serialize_str(it),
                Value::List(items) => {
                    let mut list = serializer.serialize_seq(Some(items.len()))?;
                    for item in items {
                        list.serialize_element(&Borrowed(item))?;
                    }
                    list.end()
                }
                Value::Map(map) => {
                    let mut fields = serializer.serialize_map(Some(map.len()))?;
                    for (key, node) in map.iter() {
                        fields.serialize_entry(key, &Borrowed(node))?;
                    }
                    fields.end()
                }
            }
        }
    }

    impl<'de> Deserialize<'de> for Tree {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(Reader).map(|value| Self(Node::new(value, Mark::NONE)))
        }
    }

    struct Reader;

    impl<'de> Visitor<'de> for Reader {
        type Value = Value;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value of JSON")
        }

        fn visit_unit<E: Error>(self) -> Result<Value, E> {
            Ok(Value::Null)
        }

        fn visit_bool<E: Error>(self, it: bool) -> Result<Value, E> {
            Ok(Value::Bool(it))
        }

        fn visit_i64<E: Error>(self, it: i64) -> Result<Value, E> {
            Ok(Value::Number(Number::Int(it)))
        }

        fn visit_u64<E: Error>(self, it: u64) -> Result<Value, E> {
            Ok(Value::Number(i64::try_from(it).map_or(Number::Unsigned(it), Number::Int)))
        }

        fn visit_f64<E: Error>(self, it: f64) -> Result<Value, E> {
            Ok(Value::Number(Number::Float(Text::from(format!("{it:?}")))))
        }

        fn visit_str<E: Error>(self, it: &str) -> Result<Value, E> {
            Ok(Value::String(Text::from(it)))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
            let mut items = Vec::new();
            while let Some(Tree(node)) = list.next_element()? {
                items.push(node);
            }
            Ok(Value::List(items))
        }

        fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
            let mut map = Map::new();
            while let Some((key, Tree(node))) = fields.next_entry::<String, Tree>()? {
                map.insert(key, node);
            }
            Ok(Value::Map(map))
        }
    }
}
