use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span};
use tidegate_yaml::{Kind, Scalar, Style};

use crate::map::{Entry, Map};
use crate::node::{Node, Number, Value};
use crate::text::Text;

/// How the scalars and keys of a YAML document are read.
///
/// ```
/// use std::sync::Arc;
///
/// use tidegate_object::{Reading, from_yaml};
/// use tidegate_source::Sources;
/// use tidegate_yaml::Stream;
///
/// let text: Arc<Arc<str>> = Arc::new("enabled: yes\nenabled: no\n".into());
/// let source = Sources::new().add("app.yaml", Arc::clone(&*text));
/// let stream = Stream::parse(&text)?;
/// let read = |how| from_yaml(stream.root().expect("a document"), source, &text, how);
/// assert_eq!(read(Reading::Resource).unwrap_err()[0].code, "yaml-duplicate-key");
/// let last = read(Reading::Configuration).expect("no mistake");
/// assert_eq!(last.get("enabled").and_then(|it| it.as_bool()), Some(false));
/// # Ok::<(), tidegate_yaml::Errors>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// As kustomize reads resources, with go-yaml v3: `yes` is a string, and a key that stands twice is a mistake.
    Resource,
    /// As the Kubernetes tools read their own configuration, with sigs.k8s.io/yaml over go-yaml v2: `yes` is true (YAML
    /// 1.1), and of two values of one key the last counts.
    Configuration,
}

/// Levels of nesting that a tree may have.
const MAX_DEPTH: usize = 400;

/// Nodes that the aliases of one document may add.
const MAX_FROM_ALIASES: usize = 400_000;

/// Reads a node of a YAML text into a tree: aliases and merge keys are resolved, every node gets the mark of its text.
///
/// `text` is the text that the node's stream was read from; strings that stand in it as they are share it.
///
/// # Errors
///
/// Everything that a Kubernetes object can't hold, each with its place: `yaml-duplicate-key` (only
/// [`Reading::Resource`]), `yaml-tag-mismatch`, `yaml-invalid-merge`, `yaml-key-type` for keys that are no text,
/// `yaml-not-a-number`, `document-separator` for a line in quotes that begins with `---` (only [`Reading::Resource`]), and
/// the limits `yaml-too-deep` (400 levels) and `yaml-excessive-aliasing` (400,000 nodes from aliases).
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
///
/// use tidegate_object::{Reading, from_yaml};
/// use tidegate_source::Sources;
/// use tidegate_yaml::Stream;
///
/// let text: Arc<Arc<str>> = Arc::new("base: &b {tier: web}\nlabels: {<<: *b, on: yes}\n".into());
/// let mut sources = Sources::new();
/// let id = sources.add("app.yaml", Arc::clone(&*text));
/// let stream = Stream::parse(&text)?;
/// let tree = from_yaml(stream.root().expect("a document"), id, &text, Reading::Resource).expect("no mistake");
/// let tier = tree.at(&["labels", "tier"]).expect("merged");
/// assert_eq!(tier.as_str(), Some("web"));
/// assert_eq!(sources.place(tier.mark).map(|it| it.column), Some(17));
/// assert_eq!(tree.at(&["labels", "on"]).and_then(|it| it.as_str()), Some("yes"));
/// # Ok::<(), tidegate_yaml::Errors>(())
/// ```
pub fn from_yaml(
    node: tidegate_yaml::Node<'_>,
    source: SourceId,
    text: &Arc<Arc<str>>,
    reading: Reading,
) -> Result<Node, Vec<Diagnostic>> {
    let mut reader = Reader {
        source,
        text,
        reading,
        mistakes: Vec::new(),
        depth: 0,
        inside_alias: 0,
        outermost_alias: Span::default(),
        from_aliases: 0,
        within: Within::Other,
        in_flow: 0,
    };
    let tree = reader.node(node);
    if reader.mistakes.is_empty() { Ok(tree) } else { Err(reader.mistakes) }
}

struct Reader<'t> {
    source: SourceId,
    text: &'t Arc<Arc<str>>,
    reading: Reading,
    mistakes: Vec<Diagnostic>,
    depth: usize,
    inside_alias: usize,
    /// Where the alias, or the merge, stands that leads to what is read.
    outermost_alias: Span,
    from_aliases: usize,
    /// Whether what is read is the metadata of the object, or its annotations.
    within: Within,
    /// How many flow collections are around what is read, those around an alias for it included.
    in_flow: isize,
}

/// A part of an object that kustomize treats otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Metadata,
    Annotations,
    Other,
}

impl Reader<'_> {
    fn node(&mut self, node: tidegate_yaml::Node<'_>) -> Node {
        if self.inside_alias == 0 {
            if let Some((text, mark)) = self.word(node) {
                return Node::new(Value::String(text), mark);
            }
            if let Some(span) = node.quoted().filter(|it| !it.is_empty()) {
                let mark = self.mark(node.span());
                return Node::new(Value::String(Text::of(self.text, span, false)), mark);
            }
        }
        let alias = node.kind() == Kind::Alias;
        if alias && self.inside_alias == 0 {
            self.outermost_alias = node.span();
        }
        self.inside_alias += usize::from(alias);
        let target = node.target();
        let read = Node::new(self.value(target), self.mark(target.span()));
        self.inside_alias -= usize::from(alias);
        read
    }

    fn value(&mut self, node: tidegate_yaml::Node<'_>) -> Value {
        if self.inside_alias > 0 {
            self.from_aliases += 1;
            if self.from_aliases == MAX_FROM_ALIASES {
                self.refuse_aliases();
            }
            if self.from_aliases >= MAX_FROM_ALIASES {
                return Value::Null;
            }
        }
        if node.kind() == Kind::Scalar {
            return self.scalar(node);
        }
        if self.depth == MAX_DEPTH {
            self.refuse_depth(node.span());
            return Value::Null;
        }
        self.depth += 1;
        let in_flow = isize::from(node.style() == Style::Flow);
        self.in_flow += in_flow;
        let value = match node.kind() {
            Kind::Sequence => {
                let mut items = Vec::with_capacity(node.items().count());
                items.extend(node.items().map(|item| self.node(item)));
                Value::List(items)
            }
            _ => Value::Map(self.mapping(node)),
        };
        self.depth -= 1;
        self.in_flow -= in_flow;
        value
    }

    fn mapping<'s>(&mut self, node: tidegate_yaml::Node<'s>) -> Map {
        let mut map = Map::with_capacity(node.entries().count());
        let mut merged: Vec<tidegate_yaml::Node<'s>> = Vec::new();
        let mut seen: HashSet<Text> = HashSet::new();
        for (key, value) in node.entries() {
            // Most keys are words, and most mappings are small.
            let (text, key_mark) = if let Some(word) = self.word(key) {
                word
            } else {
                let Some(text) = self.key(key) else {
                    self.merge_sources(value, &mut merged);
                    continue;
                };
                // Kustomize takes merge keys away by their text, whether or not they are any.
                if self.reading == Reading::Resource && text == *"<<" {
                    continue;
                }
                (text, self.mark(key.span()))
            };
            let present = map.entries();
            let may_be_there = present.len() < FEW || is_seen(&mut seen, present, &text);
            let first = if may_be_there {
                let width = text.width();
                present.iter().position(|it| it.key.width() == width && it.key == text)
            } else {
                None
            };
            if let Some(first) = first {
                self.again(&mut map, first, key_mark, value);
                continue;
            }
            match (self.depth, self.within) {
                (1, _) if text == *"metadata" => self.within = Within::Metadata,
                (1, _) => self.within = Within::Other,
                (2, Within::Metadata) if text == *"annotations" => {
                    self.within = Within::Annotations;
                }
                (2, Within::Annotations) => self.within = Within::Metadata,
                _ => {}
            }
            let node = self.node(value);
            map.entries_mut().push(Entry { key: text, key_mark, node });
        }
        // What stands in the mapping itself outranks what is merged into it, and earlier merges later ones.
        for source in merged {
            for entry in self.mapping_of(source).entries_mut().drain(..) {
                if !map.contains_key(&entry.key) {
                    map.entries_mut().push(entry);
                }
            }
        }
        map
    }

    /// Reads an entry whose key stands in the mapping already.
    #[cold]
    #[inline(never)]
    fn again(
        &mut self,
        map: &mut Map,
        first: usize,
        key_mark: Mark,
        value: tidegate_yaml::Node<'_>,
    ) {
        let Some(entry) = map.entries_mut().get_mut(first) else { return };
        match self.reading {
            Reading::Configuration => entry.node = self.node(value),
            Reading::Resource => self.refuse_key(&entry.key, key_mark, entry.key_mark),
        }
    }

    // Apart from the reading, whose frames on the stack would have to hold these messages at every level.

    #[cold]
    #[inline(never)]
    fn refuse_aliases(&mut self) {
        let message = format!("aliases unfold to more than {MAX_FROM_ALIASES} nodes");
        self.mistake("yaml-excessive-aliasing", message, self.outermost_alias);
        self.help("write out what is meant; an alias of aliases grows without end");
    }

    #[cold]
    #[inline(never)]
    fn refuse_depth(&mut self, span: Span) {
        self.mistake("yaml-too-deep", format!("exceeded max depth of {MAX_DEPTH}"), span);
    }

    #[cold]
    #[inline(never)]
    fn refuse_key(&mut self, key: &str, again: Mark, first: Mark) {
        let message = format!("mapping key already defined: `{key}`");
        let mistake = Diagnostic::error("yaml-duplicate-key", message)
            .at(Label::new(again, ""))
            .at(Label::new(first, "first defined here"))
            .help("remove one of the two");
        self.mistakes.push(mistake);
    }

    /// Reads a mapping that is merged into another.
    fn mapping_of(&mut self, node: tidegate_yaml::Node<'_>) -> Map {
        if self.inside_alias == 0 {
            self.outermost_alias = node.span();
        }
        self.inside_alias += 1;
        // The entries stand in the other mapping, in the style of that.
        let own = isize::from(node.style() == Style::Flow);
        self.in_flow -= own;
        let read = self.value(node);
        self.in_flow += own;
        self.inside_alias -= 1;
        match read {
            Value::Map(map) => map,
            _ => Map::new(),
        }
    }

    /// Finds the mappings that a merge key names.
    #[cold]
    #[inline(never)]
    fn merge_sources<'s>(
        &mut self,
        value: tidegate_yaml::Node<'s>,
        merged: &mut Vec<tidegate_yaml::Node<'s>>,
    ) {
        let target = value.target();
        match target.kind() {
            Kind::Mapping => merged.push(target),
            Kind::Sequence if target.items().all(|it| it.target().kind() == Kind::Mapping) => {
                merged.extend(target.items().map(tidegate_yaml::Node::target));
            }
            _ => {
                let message = "map merge requires map or sequence of maps as the value";
                self.mistake("yaml-invalid-merge", message, value.span());
            }
        }
    }

    /// Reads a key that is no word; `None` for a merge key.
    #[inline(never)]
    fn key(&mut self, key: tidegate_yaml::Node<'_>) -> Option<Text> {
        let target = key.target();
        if target.kind() != Kind::Scalar {
            let message = format!("a key is a string, not a {}", kind_name(target.kind()));
            self.mistake("yaml-key-type", message, key.span());
            return Some(Text::literal(""));
        }
        let plain = target.style() == Style::Plain;
        if plain && target.as_str() == "<<" && target.tag().is_none_or(|(tag, _)| tag == "!!merge")
        {
            return None;
        }
        let text = self.text(target);
        if self.reading == Reading::Resource && !is_surely_text(&text) {
            return Some(self.resource_key(target, text, key.span()));
        }
        if self.reading == Reading::Configuration && plain && text.len() <= 20 {
            return Some(self.configuration_key(text, key.span()));
        }
        Some(text)
    }

    /// Returns the text of a key that may be no string. At the top of an object, any scalar but `null` is a key by its
    /// characters; below, a number is one by its value.
    ///
    /// Source: `mapping` in go-yaml's `decode.go`, and Go's `encoding/json`.
    fn resource_key(&mut self, key: tidegate_yaml::Node<'_>, text: Text, span: Span) -> Text {
        if self.depth == 1 && !matches!(key.resolve_reprinted(), Ok(Some(Scalar::Null)) | Err(_)) {
            return text;
        }
        match self.scalar(key) {
            Value::String(_) => text,
            Value::Number(Number::Int(number)) => Text::from(number.to_string()),
            Value::Number(Number::Unsigned(number)) => Text::from(number.to_string()),
            Value::Number(Number::Float(number)) => number,
            read => {
                let kind = read.type_name();
                let message = format!("a key is a string, and `{text}` is a {kind}");
                let mistake = Diagnostic::error("yaml-key-type", message)
                    .at(Label::new(self.mark(span), ""))
                    .help(format!("put it in quotes: `\"{text}\"`"));
                self.mistakes.push(mistake);
                text
            }
        }
    }

    /// Returns the text of a key that may be a value of YAML 1.1: `on` is `true`, and `0x10` is `16`.
    fn configuration_key(&mut self, text: Text, span: Span) -> Text {
        match tidegate_yaml::resolve_yaml11(&text) {
            Scalar::Bool(it) => Text::literal(if it { "true" } else { "false" }),
            Scalar::Int(number) => Text::from(number.to_string()),
            Scalar::Null | Scalar::Unsigned(_) => {
                let message = format!("a key is a string, and `{text}` is none");
                self.mistake("yaml-key-type", message, span);
                text
            }
            _ => text,
        }
    }

    #[inline(never)]
    fn scalar(&mut self, node: tidegate_yaml::Node<'_>) -> Value {
        let scalar = match self.reading {
            Reading::Resource => match node.resolve_reprinted() {
                Ok(_) if is_nothing(node) => self.nothing(),
                Ok(scalar) => scalar.unwrap_or(Scalar::Null),
                Err(error) => {
                    self.mistakes.push(error.to_diagnostic(self.source));
                    return Value::Null;
                }
            },
            Reading::Configuration => match (node.style(), node.tag().map(|(tag, _)| tag)) {
                (Style::Plain, None) | (_, Some("!!bool" | "!!int" | "!!float" | "!!null")) => {
                    let text = node.as_str();
                    // Only the value of a string is kept, and that is read from the node again.
                    match tidegate_yaml::resolve_yaml11(&text) {
                        Scalar::String(_) => Scalar::String(Cow::Borrowed("")),
                        Scalar::Null => Scalar::Null,
                        Scalar::Bool(it) => Scalar::Bool(it),
                        Scalar::Int(number) => Scalar::Int(number),
                        Scalar::Unsigned(number) => Scalar::Unsigned(number),
                        Scalar::Float(number) => Scalar::Float(number),
                        Scalar::Timestamp(_) | Scalar::Binary(_) | Scalar::Merge => {
                            Scalar::String(Cow::Borrowed(""))
                        }
                    }
                }
                _ => Scalar::String(Cow::Borrowed("")),
            },
        };
        match scalar {
            Scalar::Null => Value::Null,
            // Annotations are texts: dates, data and what a tag makes of a text in quotes stay as they are written.
            Scalar::Timestamp(_) | Scalar::Binary(_) if self.within == Within::Annotations => {
                Value::String(self.text(node))
            }
            Scalar::Float(number) if self.within == Within::Annotations && !number.is_finite() => {
                Value::String(self.text(node))
            }
            Scalar::Bool(_) | Scalar::Int(_) | Scalar::Unsigned(_) | Scalar::Float(_)
                if self.within == Within::Annotations && node.style() != Style::Plain =>
            {
                Value::String(self.text(node))
            }
            Scalar::Bool(it) => Value::Bool(it),
            Scalar::Int(number) => Value::Number(Number::Int(number)),
            Scalar::Unsigned(number) => Value::Number(Number::Unsigned(number)),
            Scalar::Float(number) => self.float(node, number),
            Scalar::Timestamp(time) => Value::String(Text::from(time.to_string())),
            Scalar::Binary(bytes) => Value::String(Text::from(&*String::from_utf8_lossy(&bytes))),
            // Behind its own printing, a folded text may be another, and nothing an empty one. Annotations are written anew.
            Scalar::String(text)
                if self.reading == Reading::Resource
                    && (text.is_empty()
                        || node.style() == Style::Folded && self.within != Within::Annotations) =>
            {
                Value::String(Text::from(&*text))
            }
            Scalar::Merge | Scalar::String(_) => Value::String(self.text(node)),
        }
    }

    /// What comes back of nothing at all when it is printed where it is read: in a flow collection, that is `''`. An alias is
    /// printed as what it stands for, in the style of what is around the alias.
    ///
    /// Source: `yaml_emitter_select_scalar_style` in go-yaml's `emitterc.go`, and `deAnchor` in kyaml's `rnode.go`.
    fn nothing(&self) -> Scalar<'static> {
        if self.in_flow > 0 { Scalar::String(Cow::Borrowed("")) } else { Scalar::Null }
    }

    fn float(&mut self, node: tidegate_yaml::Node<'_>, number: f64) -> Value {
        if !number.is_finite() {
            let message = format!("`{}` can't be written as JSON", node.as_str());
            self.mistake("yaml-not-a-number", message, node.span());
            self.help("write a finite number, or put it in quotes to make it a string");
            return Value::Null;
        }
        let written = self.text(node);
        let as_written = written.parse::<f64>().is_ok_and(|it| it.to_bits() == number.to_bits());
        let text = if as_written { written } else { Text::from(number.to_string()) };
        Value::Number(Number::Float(text))
    }

    /// Reads a node that is a word.
    #[inline]
    fn word(&self, node: tidegate_yaml::Node<'_>) -> Option<(Text, Mark)> {
        let span = node.word()?;
        Some((Text::of(self.text, span, true), self.mark(span)))
    }

    /// Returns the value of a scalar, sharing the text where it stands in it as it is.
    fn text(&mut self, node: tidegate_yaml::Node<'_>) -> Text {
        let shared = node.verbatim().and_then(|span| Text::part(self.text, span.range()));
        shared.unwrap_or_else(|| {
            if self.reading == Reading::Resource {
                self.refuse_separator(node.span());
            }
            Text::from(&*node.as_str())
        })
    }

    /// Refuses a line in quotes that begins with `---`: Kustomize divides a text into documents before it reads it.
    fn refuse_separator(&mut self, span: Span) {
        let range = span.range();
        let inside = self.text.get(range.clone()).and_then(|it| it.find("\n---"));
        let Some(at) = inside.map(|it| range.start + it + 1) else { return };
        let rest = self.text.get(at..).unwrap_or_default();
        let Some((line, _)) = rest.split_once('\n') else { return };
        let behind = line.strip_prefix("---").unwrap_or_default().trim();
        if at < range.end && !behind.is_empty() && !behind.starts_with('#') {
            let message = "a line in quotes begins with `---`, which divides documents";
            let place = Span::from_range(at..at + line.trim_end().len());
            self.mistake("document-separator", message, place);
        }
    }

    fn mark(&self, span: Span) -> Mark {
        Mark::new(self.source, span)
    }

    /// Adds to the last mistake what to do.
    fn help(&mut self, help: &'static str) {
        if let Some(mistake) = self.mistakes.last_mut() {
            mistake.help.push(help.into());
        }
    }

    fn mistake(&mut self, code: &'static str, message: impl Into<Cow<'static, str>>, span: Span) {
        let mark = self.mark(span);
        self.mistakes.push(Diagnostic::error(code, message).at(Label::new(mark, "")));
    }
}

/// Mappings up to this many entries are searched one by one.
const FEW: usize = 16;

/// Returns whether nothing is written for a scalar, not even a tag.
fn is_nothing(node: tidegate_yaml::Node<'_>) -> bool {
    node.style() == Style::Plain && node.span().is_empty() && node.tag().is_none()
}

/// Returns whether a key stands in a mapping of many entries, and notes it.
fn is_seen(seen: &mut HashSet<Text>, present: &[Entry], key: &Text) -> bool {
    if seen.is_empty() {
        seen.extend(present.iter().map(|entry| entry.key.clone()));
    }
    !seen.insert(key.clone())
}

fn kind_name(kind: Kind) -> impl fmt::Display {
    match kind {
        Kind::Sequence => "list",
        _ => "mapping",
    }
}

/// Returns whether a plain scalar can't be anything but text, without a closer look.
fn is_surely_text(text: &str) -> bool {
    let mut bytes = text.bytes();
    match bytes.next() {
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'/') => {
            text.len() > 5 || !matches!(text.as_bytes()[0], b'n' | b'N' | b't' | b'T' | b'f' | b'F')
        }
        _ => false,
    }
}
