use tidegate_source::Mark;

use crate::node::{Node, Value};
use crate::text::Text;

/// A key, where it was written, and its value.
///
/// ```
/// use tidegate_object::{Map, Node};
/// use tidegate_source::Mark;
///
/// let labels = Map::from_iter([("app", Node::from("web"))]);
/// let entry = labels.entry("app").ok_or("no label")?;
/// assert_eq!((entry.key.as_str(), entry.node.as_str()), ("app", Some("web")));
/// assert_eq!(entry.key_mark, Mark::NONE, "no text wrote it");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: Text,
    /// Where the key was written.
    pub key_mark: Mark,
    /// The value.
    pub node: Node,
}

/// A mapping with text keys, in the order in which they were written; each key stands once.
///
/// ```
/// use tidegate_object::{Map, Node};
///
/// let mut labels = Map::new();
/// labels.insert("tier", Node::from("front"));
/// labels.insert("app", Node::from("web"));
/// assert_eq!(labels.insert("tier", Node::from("back")), Some(Node::from("front")));
/// let keys: Vec<_> = labels.iter().map(|(key, _)| key).collect();
/// assert_eq!(keys, ["tier", "app"]);
///
/// assert_eq!(labels.remove("tier"), Some(Node::from("back")));
/// assert!(labels.get("tier").is_none() && labels.contains_key("app"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Map {
    entries: Vec<Entry>,
}

impl Map {
    /// Creates an empty mapping.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// Creates an empty mapping with room for `n` keys.
    #[must_use]
    pub fn with_capacity(n: usize) -> Self {
        Self { entries: Vec::with_capacity(n) }
    }

    /// Returns the value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Returns the value of a key, to change it.
    ///
    /// ```
    /// use tidegate_object::{Map, Node};
    ///
    /// let mut spec = Map::from_iter([("replicas", Node::from(2))]);
    /// if let Some(replicas) = spec.get_mut("replicas") {
    ///     *replicas = Node::from(3);
    /// }
    /// assert_eq!(spec.get("replicas").and_then(Node::as_i64), Some(3));
    /// ```
    #[must_use]
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|entry| entry.key == *key).map(|entry| &mut entry.node)
    }

    /// Returns a key with its value and its place.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == *key)
    }

    /// Returns whether the key is there.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Sets the value of a key, in place when the key is there and at the end otherwise; returns the old value.
    pub fn insert(&mut self, key: impl Into<Text>, node: Node) -> Option<Node> {
        let key = key.into();
        if let Some(present) = self.get_mut(&key) {
            return Some(std::mem::replace(present, node));
        }
        self.entries.push(Entry { key, key_mark: Mark::NONE, node });
        None
    }

    /// Adds an entry at the end without looking for its key: the caller knows that it is not there yet. Only a build with
    /// debug assertions checks that.
    ///
    /// ```
    /// use tidegate_object::{Entry, Map, Node, Text};
    /// use tidegate_source::Mark;
    ///
    /// let mut map = Map::with_capacity(1);
    /// map.push(Entry { key: Text::literal("kind"), key_mark: Mark::NONE, node: Node::from("Pod") });
    /// assert_eq!(map.get("kind").and_then(Node::as_str), Some("Pod"));
    /// ```
    pub fn push(&mut self, entry: Entry) {
        debug_assert!(!self.contains_key(&entry.key), "each key stands once");
        self.entries.push(entry);
    }

    /// Removes a key and returns its value; the others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let at = self.entries.iter().position(|entry| entry.key == *key)?;
        Some(self.entries.remove(at).node)
    }

    /// Returns the entries in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the entries in order, to change them; keys must stay distinct.
    ///
    /// ```
    /// use tidegate_object::{Map, Node};
    ///
    /// let mut data = Map::from_iter([("b", Node::from("2")), ("a", Node::from("1"))]);
    /// data.entries_mut().sort_by(|one, other| one.key.cmp(&other.key));
    /// assert_eq!(data.entries()[0].key, "a");
    /// ```
    pub fn entries_mut(&mut self) -> &mut Vec<Entry> {
        &mut self.entries
    }

    /// Iterates over keys and values in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Node)> {
        self.entries.iter().map(|entry| (entry.key.as_str(), &entry.node))
    }

    /// Returns the number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Equal when the same keys have equal values, in any order.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, node)| other.get(key) == Some(node))
    }
}

impl<K: Into<Text>> FromIterator<(K, Node)> for Map {
    fn from_iter<T: IntoIterator<Item = (K, Node)>>(entries: T) -> Self {
        let mut map = Self::new();
        for (key, node) in entries {
            map.insert(key, node);
        }
        map
    }
}

impl From<Map> for Node {
    fn from(map: Map) -> Self {
        Self::new(Value::Map(map), Mark::NONE)
    }
}
