//! Reads typed values out of a tree, as Go's JSON reader fills structures: names of fields in any case, `null` as
//! nothing, and every mistake reported with its place.

use std::fmt;
use std::ops::{Deref, Range};

use tidegate_object::{Entry, Node, Number, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark, Severity, Span, nearest};
use tidegate_yaml::json_float;

use crate::text::become_text;

/// A string and where it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// The characters.
    pub(crate) text: Text,
    /// Where they stand.
    pub(crate) mark: Mark,
}

impl Written {
    /// Returns the same with a text that nothing else shares.
    pub(crate) fn apart(&self) -> Self {
        Self { text: self.text.apart(), mark: self.mark }
    }

    /// Returns where a part of the text stands; the whole where the file has escapes in it.
    pub(crate) fn part(&self, bytes: Range<usize>) -> Mark {
        part(self.mark, &self.text, bytes)
    }
}

/// Returns where a part of a text stands that is written at a mark; the whole where the file has escapes in it.
pub(crate) fn part(mark: Mark, text: &str, bytes: Range<usize>) -> Mark {
    // What is longer by two is in quotes, without escapes.
    let before = match (mark.span.len() as usize).checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return mark,
    };
    if !mark.is_some() || bytes.end > text.len() {
        return mark;
    }
    let inner = Span::from_range(bytes);
    Mark::new(mark.source, inner.shifted(mark.span.start + before))
}

/// The key that YAML takes for a merge.
const MERGE: &str = "<<";

/// Explains why no field can get the name that YAML takes for a merge; `None` for any other name.
pub(crate) fn merge_key(name: &str, mark: Mark) -> Option<Diagnostic> {
    let mistake = || {
        Diagnostic::error("merge-key", "`<<` can't be the name of a field")
            .at(Label::new(mark, "YAML takes it for a merge"))
            .help("give the field another name")
    };
    (name == MERGE).then(mistake)
}

/// Explains why a field that is made can't have a name: YAML takes it for a merge, or for `null` or a truth value. `None`
/// for any other name: numbers are names too.
///
/// Kustomize writes the name without quotes and reads its own printing again.
pub(crate) fn unusable_key(name: &str, mark: Mark) -> Option<Diagnostic> {
    let constants =
        ["", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"];
    if !constants.contains(&name) {
        return merge_key(name, mark);
    }
    let message = format!("`{name}` can't be the name of a field that is made");
    let mistake = Diagnostic::error("yaml-key-type", message)
        .at(Label::new(mark, "YAML takes it for another value than a string"))
        .help("give the field another name");
    Some(mistake)
}

impl Deref for Written {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<&Written> for Node {
    fn from(written: &Written) -> Self {
        let mut node = Self::new(Value::Null, written.mark);
        become_text(&mut node, written.text.clone());
        node
    }
}

/// Text by key, in the order of the keys.
pub(crate) type Pairs = Vec<(Written, Written)>;

/// How strictly a document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// A kustomization: an unknown field is an error, and only a string is a string.
    Kustomization,
    /// Transformer configurations: an unknown field is an error; a number or a truth value is taken as its text.
    Configuration,
    /// The configuration of a plugin: unknown fields are passed over; a number or a truth value is taken as its text.
    Plugin,
    /// The configuration of a plugin that adds to names: as [`Manner::Plugin`], also in structures that stand inline, since
    /// go-yaml reads it without a way through JSON.
    AffixPlugin,
}

/// Reads values and collects what is wrong with them.
pub(crate) struct Decoder {
    manner: Manner,
    /// Whether only a string is a string, in whichever manner.
    inline: bool,
    mistakes: Vec<Diagnostic>,
    path: Vec<Step>,
}

/// A step from a value to one inside of it, put into words only for a mistake.
enum Step {
    Field(&'static str),
    Key(Text),
    Item(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => write!(f, ".{name}"),
            Self::Key(key) => write!(f, ".{key}"),
            Self::Item(nth) => write!(f, "[{nth}]"),
        }
    }
}

impl Decoder {
    pub(crate) const fn new(manner: Manner) -> Self {
        Self { manner, inline: false, mistakes: Vec::new(), path: Vec::new() }
    }

    /// Returns every mistake that was found.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.mistakes
    }

    /// Returns whether nothing was found wrong so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.mistakes.iter().all(|it| it.severity < Severity::Error)
    }

    /// Reports a mistake at a place.
    pub(crate) fn report(&mut self, mistake: Diagnostic) {
        let mistake = match self.path.as_slice() {
            [] => mistake,
            path => {
                let path: String = path.iter().map(Step::to_string).collect();
                mistake.note(format!("in field `{}`", path.trim_start_matches('.')))
            }
        };
        self.mistakes.push(mistake);
    }

    fn expected(&mut self, what: &'static str, node: &Node) {
        let found = node.value.type_name();
        let mut mistake =
            Diagnostic::error("wrong-type", format!("expected {what}, found a {found}"))
                .help(format!("write {what} there"))
                .at(Label::new(node.mark, format!("this is a {found}")));
        if what == "a string" && matches!(node.value, Value::Number(_) | Value::Bool(_)) {
            mistake = mistake.help("put it in quotes");
        }
        self.report(mistake);
    }

    /// Reads a mapping as a structure: calls back with the name of each known field, in the order in which Go sees
    /// them (sorted), so that of two spellings of one name the later counts.
    pub(crate) fn structure(
        &mut self,
        node: &Node,
        what: &'static str,
        known: &[&'static str],
        mut field: impl FnMut(&mut Self, &'static str, &Node),
    ) {
        let map = match &node.value {
            Value::Map(map) => map,
            Value::Null => return,
            _ => return self.expected("a mapping", node),
        };
        let mut entries: Vec<&Entry> = map.entries().iter().collect();
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        for entry in entries {
            let exact = known.iter().find(|name| entry.key == **name);
            let name = exact.or_else(|| known.iter().find(|name| same_folded(name, &entry.key)));
            match name {
                Some(name) => {
                    self.path.push(Step::Field(name));
                    field(self, name, &entry.node);
                    self.path.pop();
                }
                None if matches!(self.manner, Manner::Plugin | Manner::AffixPlugin) => {}
                None => self.unknown(entry, what, known),
            }
        }
    }

    fn unknown(&mut self, entry: &Entry, what: &'static str, known: &[&'static str]) {
        let mut mistake =
            Diagnostic::error("unknown-field", format!("unknown field `{}`", entry.key))
                .at(Label::new(entry.key_mark, format!("not a field of {what}")));
        if let Some(name) = nearest(&entry.key, known.iter().copied()) {
            mistake = mistake.help(format!("a field with a similar name exists: `{name}`"));
        }
        self.report(mistake);
    }

    /// Reads a list; `null` is an empty one.
    pub(crate) fn list<T>(
        &mut self,
        node: &Node,
        mut item: impl FnMut(&mut Self, &Node) -> T,
    ) -> Vec<T> {
        match &node.value {
            Value::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (nth, node) in items.iter().enumerate() {
                    self.path.push(Step::Item(nth));
                    list.push(item(self, node));
                    self.path.pop();
                }
                list
            }
            Value::Null => Vec::new(),
            _ => {
                self.expected("a list", node);
                Vec::new()
            }
        }
    }

    /// Reads a string; `null` is the empty one.
    pub(crate) fn string(&mut self, node: &Node) -> Written {
        let text = match &node.value {
            Value::String(text) => text.clone(),
            Value::Null => Text::literal(""),
            Value::Number(number) if self.takes_scalars() => number_text(number, self.manner),
            Value::Bool(it) if self.takes_scalars() => {
                Text::literal(if *it { "true" } else { "false" })
            }
            _ => {
                self.expected("a string", node);
                Text::literal("")
            }
        };
        Written { text, mark: node.mark }
    }

    /// Reads what belongs to a structure that stands inline in another, such as the `kind` of a field spec: there, only a
    /// string is a string. The reader that takes numbers and truth values for their text looks for the name of the field
    /// in the outer structure, and does not find it.
    ///
    /// Source: `convertToJSONableObject` of `sigs.k8s.io/yaml`; `json:",inline"` in `api/types` of Kustomize.
    pub(crate) fn inline<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.inline, true);
        let value = read(self);
        self.inline = outer;
        value
    }

    /// Reads a string that belongs to a structure inline in another.
    pub(crate) fn inline_string(&mut self, node: &Node) -> Written {
        self.inline(|it| it.string(node))
    }

    fn takes_scalars(&self) -> bool {
        match self.manner {
            Manner::Kustomization => false,
            Manner::Configuration | Manner::Plugin => !self.inline,
            Manner::AffixPlugin => true,
        }
    }

    /// Reads a list of strings.
    pub(crate) fn strings(&mut self, node: &Node) -> Vec<Written> {
        self.list(node, Self::string)
    }

    /// Reads a mapping of strings, in the order of its keys.
    pub(crate) fn pairs(&mut self, node: &Node) -> Pairs {
        let map = match &node.value {
            Value::Map(map) => map,
            Value::Null => return Vec::new(),
            _ => {
                self.expected("a mapping", node);
                return Vec::new();
            }
        };
        let mut pairs = Vec::with_capacity(map.len());
        for entry in map.entries() {
            if let Some(mistake) = unusable_key(&entry.key, entry.key_mark) {
                self.report(mistake);
            }
            self.path.push(Step::Key(entry.key.clone()));
            let value = self.string(&entry.node);
            self.path.pop();
            pairs.push((Written { text: entry.key.clone(), mark: entry.key_mark }, value));
        }
        pairs.sort_by(|a, b| a.0.text.cmp(&b.0.text));
        pairs
    }

    /// Reads a truth value; `null` is false.
    pub(crate) fn truth(&mut self, node: &Node) -> bool {
        match &node.value {
            Value::Bool(it) => *it,
            Value::Null => false,
            _ => {
                self.expected("a boolean", node);
                false
            }
        }
    }

    /// Reads a whole number; `null` is 0.
    pub(crate) fn integer(&mut self, node: &Node) -> i64 {
        match &node.value {
            Value::Null => 0,
            _ => node.as_i64().unwrap_or_else(|| {
                self.expected("a whole number", node);
                0
            }),
        }
    }
}

/// Returns the text of a number where a string belongs. The configuration of a plugin was written as JSON before, with the
/// digits of a whole number; any other number is in Go's format `g`.
fn number_text(number: &Number, manner: Manner) -> Text {
    match number {
        Number::Int(number) => Text::from(number.to_string()),
        Number::Unsigned(number) => Text::from(number.to_string()),
        Number::Float(text) => {
            let Ok(float) = text.parse::<f64>() else { return text.clone() };
            let json = json_float(float);
            let whole = json.parse::<i64>().is_ok() || json.parse::<u64>().is_ok();
            if whole && manner != Manner::Configuration {
                json.into()
            } else {
                shortest(float).into()
            }
        }
    }
}

/// Writes a number as Go's `strconv.FormatFloat(number, 'g', -1, 64)`: from a million on, and below a ten-thousandth, with
/// an exponent of two digits.
fn shortest(number: f64) -> String {
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>() {
        Ok(exponent) if !(-4..6).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.abs())
        }
        _ => number.to_string(),
    }
}

/// Compares two names as Go folds them: ASCII letters without case, and the two letters outside ASCII that fold to
/// one inside.
fn same_folded(a: &str, b: &str) -> bool {
    let fold = |c: char| match c {
        '\u{212a}' => 'k',
        '\u{17f}' => 's',
        _ => c.to_ascii_lowercase(),
    };
    a.chars().map(fold).eq(b.chars().map(fold))
}

#[cfg(test)]
mod tests {
    use tidegate_object::Map;

    use super::*;

    fn decode(manner: Manner, map: &Node) -> (Vec<String>, Vec<String>) {
        let mut decoder = Decoder::new(manner);
        let mut seen = Vec::new();
        decoder.structure(map, "a test", &["namePrefix", "count"], |it, name, node| match name {
            "count" => seen.push(format!("{name}={}", it.integer(node))),
            _ => seen.push(format!("{name}={}", &*it.string(node))),
        });
        (seen, decoder.finish().iter().map(|it| it.message.to_string()).collect())
    }

    #[test]
    fn names_of_fields_are_found_in_any_case() {
        let map: Map =
            [("NamePrefix", Node::from("x-")), ("COUNT", Node::from(3))].into_iter().collect();
        let (seen, mistakes) = decode(Manner::Kustomization, &Node::from(map));
        assert_eq!(seen, ["count=3", "namePrefix=x-"]);
        assert_eq!(mistakes, Vec::<String>::new());
    }

    #[test]
    fn numbers_for_texts_are_written_as_go_does() {
        for (written, configuration, plugin) in [
            ("1e3", "1000", "1000"),
            ("1.0", "1", "1"),
            ("2.50", "2.5", "2.5"),
            ("1e7", "1e+07", "10000000"),
            ("1e20", "1e+20", "1e+20"),
            ("123456.5", "123456.5", "123456.5"),
            ("-1.5e-5", "-1.5e-05", "-1.5e-05"),
        ] {
            let number = Number::Float(Text::from(written));
            assert_eq!(number_text(&number, Manner::Configuration), configuration);
            assert_eq!(number_text(&number, Manner::Plugin), plugin);
        }
    }

    #[test]
    fn inline_only_a_string_is_a_string() {
        let mut decoder = Decoder::new(Manner::Plugin);
        assert_eq!(&*decoder.string(&Node::from(3)), "3");
        assert_eq!(&*decoder.inline_string(&Node::from("3")), "3");
        assert!(decoder.is_clean());
        decoder.inline_string(&Node::from(3));
        assert_eq!(decoder.finish()[0].message, "expected a string, found a number");
    }

    #[test]
    fn every_mistake_is_found() {
        let map: Map = [
            ("nameprefx", Node::from("x-")),
            ("namePrefix", Node::from(3)),
            ("count", Node::from("3")),
        ]
        .into_iter()
        .collect();
        let (_, mistakes) = decode(Manner::Kustomization, &Node::from(map));
        assert_eq!(
            mistakes,
            [
                "expected a whole number, found a string",
                "expected a string, found a number",
                "unknown field `nameprefx`",
            ]
        );
    }

    #[test]
    fn a_plugin_takes_numbers_as_text_and_passes_unknown_fields_over() {
        let map: Map =
            [("other", Node::from("x-")), ("namePrefix", Node::from(3))].into_iter().collect();
        let (seen, mistakes) = decode(Manner::Plugin, &Node::from(map));
        assert_eq!(seen, ["namePrefix=3"]);
        assert_eq!(mistakes, Vec::<String>::new());
    }
}
