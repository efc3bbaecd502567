use tidegate_source::Mark;

use crate::map::Map;
use crate::text::Text;

/// A number as it was written; YAML and JSON texts of a number may differ and mean the same.
///
/// ```
/// use tidegate_object::{Node, Number, Text, Value};
/// use tidegate_source::Mark;
///
/// let weight = Value::Number(Number::Float(Text::literal("1e3")));
/// assert_eq!(Node::new(weight, Mark::NONE).as_i64(), Some(1000));
/// assert_ne!(Number::Float(Text::literal("1e3")), Number::Int(1000), "written otherwise");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// A whole number that fits 64 bits with a sign.
    Int(i64),
    /// A whole number above the largest signed 64-bit number.
    Unsigned(u64),
    /// Any other number, in the text that was written.
    Float(Text),
}

/// What a node holds: the values of JSON (RFC 8259, section 3).
///
/// ```
/// use tidegate_object::{Map, Node, Value};
///
/// let replicas = Node::from("2");
/// assert!(matches!(replicas.value, Value::String(_)));
/// assert_eq!(replicas.value.type_name(), "string");
/// assert_eq!(Value::Map(Map::new()).type_name(), "mapping");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, or nothing at all behind a key.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Text),
    /// A list.
    List(Vec<Node>),
    /// A mapping.
    Map(Map),
}

impl Value {
    /// Returns what kind of value this is, as messages name it: `null`, `boolean`, `number`, `string`, `list`, `mapping`.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::List(_) => "list",
            Self::Map(_) => "mapping",
        }
    }
}

/// A value, and where the text lies that last set it.
///
/// ```
/// use tidegate_object::{Node, manifests};
/// use tidegate_source::Sources;
///
/// let text = "kind: Deployment\nspec: {replicas: 2, paused: true, template: null, hosts: [a, b]}\n";
/// let mut sources = Sources::new();
/// let source = sources.add("web.yaml", text);
/// let objects = manifests(text.into(), source).expect("no mistake");
/// let spec = objects[0].at(&["spec"]).ok_or("no spec")?;
/// assert_eq!(spec.as_map().map(|it| it.len()), Some(4));
/// assert_eq!(spec.get("replicas").and_then(Node::as_i64), Some(2));
/// assert_eq!(spec.get("paused").and_then(|it| it.as_bool()), Some(true));
/// assert!(spec.get("template").is_some_and(|it| it.is_null()));
///
/// let hosts = spec.get("hosts").ok_or("no hosts")?;
/// assert_eq!(hosts.as_list().and_then(|it| it[0].as_str()), Some("a"));
/// assert_eq!(hosts.as_str(), None);
/// assert_eq!(sources.snippet(hosts.mark), Some("[a, b]"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it was set; [`Mark::NONE`] where no text did.
    pub mark: Mark,
}

/// Equal when the values are; marks do not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Node {
    /// Creates a node.
    #[must_use]
    pub const fn new(value: Value, mark: Mark) -> Self {
        Self { value, mark }
    }

    /// Returns the characters of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a whole number that fits 64 bits with a sign. A float without a fraction (`1.0`, `1e3`) counts below 9 × 10¹⁵,
    /// where floats hold every whole number.
    ///
    /// ```
    /// use tidegate_object::{Node, Number, Text, Value};
    /// use tidegate_source::Mark;
    ///
    /// let float = |it| Node::new(Value::Number(Number::Float(Text::literal(it))), Mark::NONE);
    /// assert_eq!([float("2.0").as_i64(), float("2.5").as_i64(), float("1e300").as_i64()], [Some(2), None, None]);
    /// assert_eq!(Node::from("2").as_i64(), None, "a string");
    /// ```
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.value {
            Value::Number(Number::Int(number)) => Some(*number),
            Value::Number(Number::Float(text)) => {
                let number: f64 = text.parse().ok()?;
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "checked to be whole and below 2^53"
                )]
                (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
            }
            _ => None,
        }
    }

    /// Returns a truth value.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(it) => Some(it),
            _ => None,
        }
    }

    /// Returns the elements of a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the elements of a list, to change them.
    ///
    /// ```
    /// use tidegate_object::Node;
    ///
    /// let mut args = Node::from(vec![Node::from("--fast")]);
    /// if let Some(items) = args.as_list_mut() {
    ///     items.push(Node::from("--quiet"));
    /// }
    /// assert_eq!(args.as_list().map(<[Node]>::len), Some(2));
    /// ```
    pub fn as_list_mut(&mut self) -> Option<&mut Vec<Self>> {
        match &mut self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns a mapping.
    #[must_use]
    pub const fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Returns a mapping, to change it.
    pub fn as_map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Returns whether this is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Returns the value of a key of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_map()?.get(key)
    }

    /// Returns the value below a path of keys.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// Returns the value below a path of keys, to change it.
    ///
    /// ```
    /// use tidegate_object::{Map, Node};
    ///
    /// let mut root = Node::from(Map::from_iter([("spec", Node::from(Map::new()))]));
    /// if let Some(spec) = root.at_mut(&["spec"]).and_then(|it| it.as_map_mut()) {
    ///     spec.insert("paused", Node::from(true));
    /// }
    /// assert_eq!(root.at(&["spec", "paused"]).and_then(Node::as_bool), Some(true));
    /// assert!(root.at_mut(&["spec", "template"]).is_none());
    /// ```
    pub fn at_mut(&mut self, path: &[&str]) -> Option<&mut Self> {
        path.iter().try_fold(self, |node, key| node.as_map_mut()?.get_mut(key))
    }
}

impl Default for Node {
    fn default() -> Self {
        Self::new(Value::Null, Mark::NONE)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::new(Value::String(text.into()), Mark::NONE)
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::new(Value::String(text.into()), Mark::NONE)
    }
}

impl From<Text> for Node {
    fn from(text: Text) -> Self {
        Self::new(Value::String(text), Mark::NONE)
    }
}

impl From<i64> for Node {
    fn from(number: i64) -> Self {
        Self::new(Value::Number(Number::Int(number)), Mark::NONE)
    }
}

impl From<bool> for Node {
    fn from(it: bool) -> Self {
        Self::new(Value::Bool(it), Mark::NONE)
    }
}

impl From<Vec<Self>> for Node {
    fn from(items: Vec<Self>) -> Self {
        Self::new(Value::List(items), Mark::NONE)
    }
}
