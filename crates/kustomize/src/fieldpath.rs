//! Dotted field paths, as replacements have them: `spec.containers.[name=web].env.0.value`.
//!
//! A path is divided at dots; `\.` is a dot in a name, and `[a.b]` is the name `a.b`. `[name=web]` stands for the elements
//! whose `name` matches the regular expression `web` anywhere, `[=x]` for plain elements that match `x`, a number for
//! the element at that index, `*` for every element.

use std::ops::Range;

use tidegate_object::{Map, Node, Value};
use tidegate_pattern::{Regex, is_literal};
use tidegate_source::{Diagnostic, Label};

use crate::decode::unusable_key;
use crate::fieldspec::split_path;
use crate::text::text_of;

/// A path, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct FieldPath {
    steps: Vec<Step>,
}

/// One step of a path.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A field of this name; in a path that is looked up `-` is the last element of a list.
    Field(String),
    /// The element at an index.
    Index(usize),
    /// `[FIELD=PATTERN]`, or `[=PATTERN]` with an empty field.
    Match { field: String, value: String },
    /// `*`.
    Every,
    /// Brackets with something else in them.
    Malformed(String),
}

/// What stands at the end of a path.
pub(crate) struct Found<'n> {
    pub(crate) node: &'n mut Node,
    /// Whether it was made for this path: it has no type of its own then.
    pub(crate) is_new: bool,
}

/// What is made where a path does not lead to anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Make {
    Nothing,
    Scalar,
    Map,
    List,
}

impl FieldPath {
    pub(crate) fn parse(path: &str) -> Self {
        Self { steps: split(path).into_iter().map(Step::parse).collect() }
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }
}

/// Where a path stops leading on.
pub(crate) struct Stop<'n> {
    /// The bytes of the step in the path.
    pub(crate) step: Range<usize>,
    /// What the step was taken from.
    pub(crate) node: &'n Node,
}

/// Finds the first step of a path that leads to nothing; `None` where that can't be said of one step.
pub(crate) fn stop<'n>(root: &'n Node, path: &str) -> Option<Stop<'n>> {
    let steps = FieldPath::parse(path);
    let spans = step_spans(path)?;
    let mut node = root;
    for (step, span) in steps.steps().iter().zip(spans) {
        match lookup(node, std::slice::from_ref(step)) {
            Ok(Some(next)) => node = next,
            Ok(None) | Err(_) if matches!(step, Step::Every) => return None,
            Ok(None) | Err(_) => return Some(Stop { step: span, node }),
        }
    }
    None
}

/// Returns the bytes of each step; `None` where dots are escaped.
fn step_spans(path: &str) -> Option<Vec<Range<usize>>> {
    if path.contains('\\') {
        return None;
    }
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut at = usize::from(path.starts_with('.'));
    let mut open = false;
    for part in path[at..].split('.') {
        let end = at + part.len();
        match spans.last_mut() {
            Some(last) if open => last.end = end,
            _ => spans.push(at..end),
        }
        open = (open || part.starts_with('[')) && !part.ends_with(']');
        at = end + 1;
    }
    Some(spans)
}

impl Step {
    fn parse(text: String) -> Self {
        if let Some(index) = number(&text).and_then(|it| usize::try_from(it).ok()) {
            return Self::Index(index);
        }
        if text == "*" {
            return Self::Every;
        }
        let Some(inner) = text.strip_prefix('[').and_then(|it| it.strip_suffix(']')) else {
            return Self::Field(text);
        };
        match inner.split_once('=') {
            Some((field, value)) => {
                Self::Match { field: field.to_owned(), value: value.to_owned() }
            }
            None => Self::Malformed(text),
        }
    }

    /// Returns what a node before this step has to be, when it is made.
    fn holder(next: Option<&Self>, last: Make) -> Value {
        match (next, last) {
            (Some(Self::Index(_) | Self::Match { .. } | Self::Malformed(_)), _)
            | (None, Make::List) => Value::List(Vec::new()),
            (None, Make::Nothing | Make::Scalar) => Value::Null,
            (Some(_), _) | (None, Make::Map) => Value::Map(Map::new()),
        }
    }
}

/// Finds the first node that a path leads to; an element is named by the whole text of its field.
pub(crate) fn lookup<'n>(root: &'n Node, steps: &[Step]) -> Result<Option<&'n Node>, Diagnostic> {
    let mut node = root;
    for step in steps {
        let next = match step {
            Step::Field(name) => {
                let name = name.trim();
                if name.is_empty() {
                    continue;
                }
                if name == "-" {
                    elements(node)?.last()
                } else if number(name).is_some_and(|it| it < 0) {
                    let message = format!("the index `{name}` is negative");
                    return Err(path_error(message, node));
                } else {
                    fields(node)?.and_then(|it| it.get(name))
                }
            }
            Step::Index(index) => elements(node)?.get(*index),
            Step::Match { field, value } if field.is_empty() => {
                elements(node)?.iter().find(|it| text_of(it) == value.as_str())
            }
            Step::Match { field, value } => elements(node)?
                .iter()
                .find(|it| it.get(field).is_some_and(|it| text_of(it) == value.as_str())),
            Step::Every => {
                return Err(path_error("`*` names many elements, and one is needed".into(), node));
            }
            Step::Malformed(text) => return Err(malformed(text, node)),
        };
        match next {
            Some(next) => node = next,
            None => return Ok(None),
        }
    }
    Ok(Some(node))
}

/// Calls `found` with every node that a path leads to; what is missing is made first, or passed over. Returns how many
/// there were.
///
/// `inside` is asked to go on where a path leads into a plain value, as into the text of a file.
pub(crate) fn visit(
    root: &mut Node,
    steps: &[Step],
    make: Make,
    found: &mut dyn FnMut(Found<'_>) -> Result<(), Diagnostic>,
) -> Result<usize, Diagnostic> {
    Visit { make, found }.node(root, steps, false)
}

struct Visit<'v> {
    make: Make,
    found: &'v mut dyn FnMut(Found<'_>) -> Result<(), Diagnostic>,
}

impl Visit<'_> {
    /// Goes one step further; recursion is as deep as the path is long.
    fn node(&mut self, node: &mut Node, steps: &[Step], is_new: bool) -> Result<usize, Diagnostic> {
        let Some((step, rest)) = steps.split_first() else {
            return (self.found)(Found { node, is_new }).map(|()| 1);
        };
        match step {
            Step::Field(name) => self.field(node, name, rest),
            Step::Index(index) => self.index(node, *index, rest),
            Step::Match { field, value } => self.matching(node, field, value, rest),
            Step::Every => {
                let mut count = 0;
                for element in elements_mut(node)? {
                    count += self.node(element, rest, false)?;
                }
                Ok(count)
            }
            Step::Malformed(text) => Err(malformed(text, node)),
        }
    }

    fn field(&mut self, node: &mut Node, name: &str, rest: &[Step]) -> Result<usize, Diagnostic> {
        if node.is_null() {
            if self.make == Make::Nothing {
                return Ok(0);
            }
            node.value = Value::Map(Map::new());
        }
        let holder = Step::holder(rest.first(), self.make);
        if node.as_map().is_none() {
            return Err(wrong_kind(node, "a mapping"));
        }
        let Some(fields) = node.as_map_mut() else { return Ok(0) };
        let is_new = !fields.contains_key(name);
        if is_new {
            if self.make == Make::Nothing {
                return Ok(0);
            }
            if let Some(mistake) = unusable_key(name, tidegate_source::Mark::NONE) {
                return Err(Diagnostic { labels: Vec::new(), ..mistake });
            }
            fields.insert(name, Node::new(holder, tidegate_source::Mark::NONE));
        }
        let Some(field) = fields.get_mut(name) else { return Ok(0) };
        let is_plain = !matches!(field.value, Value::Map(_) | Value::List(_));
        if is_plain && !rest.is_empty() && !is_new {
            // The path goes on inside a text: it has to lead somewhere, but nothing is changed there.
            let Some(mut inner) = crate::replacement::structured(field) else {
                return Err(wrong_kind(field, "a mapping or a list"));
            };
            return self.node(&mut inner, rest, false);
        }
        self.node(field, rest, is_new)
    }

    fn index(&mut self, node: &mut Node, index: usize, rest: &[Step]) -> Result<usize, Diagnostic> {
        let count = elements(node)?.len();
        let is_new = index == count && self.make != Make::Nothing;
        if is_new {
            let element = Step::holder(rest.first(), self.make);
            push(node, Node::new(element, tidegate_source::Mark::NONE));
        } else if index >= count {
            let message = format!("there is no element {index}: the list has {count}");
            let help = format!("with `options: {{create: true}}`, the element {count} can be made");
            return Err(path_error(message, node).help(help));
        }
        match elements_mut(node)?.get_mut(index) {
            Some(element) => self.node(element, rest, is_new),
            None => Ok(0),
        }
    }

    fn matching(
        &mut self,
        node: &mut Node,
        field: &str,
        value: &str,
        rest: &[Step],
    ) -> Result<usize, Diagnostic> {
        let count = self.matches(node, field, value, rest, 0)?;
        if count > 0 || self.make == Make::Nothing {
            return Ok(count);
        }
        let start = elements(node)?.len();
        let text = crate::replacement::natural(value);
        push(
            node,
            if field.is_empty() { text } else { Node::from(Map::from_iter([(field, text)])) },
        );
        self.matches(node, field, value, rest, start)
    }

    fn matches(
        &mut self,
        node: &mut Node,
        field: &str,
        value: &str,
        rest: &[Step],
        new_from: usize,
    ) -> Result<usize, Diagnostic> {
        let mark = node.mark;
        let elements = elements_mut(node)?;
        if elements.is_empty() {
            return Ok(0);
        }
        let pattern = Pattern::new(value)
            .map_err(|message| Diagnostic::error("field-path", message).at(Label::new(mark, "")))?;
        let made = self.make != Make::Nothing && new_from > 0;
        let mut count = 0;
        for (at, element) in elements.iter_mut().enumerate() {
            if field.is_empty() {
                // What follows such a step is not looked at.
                if pattern.matches(&text_of(element)) {
                    count += self.node(element, &[], made && at >= new_from)?;
                }
            } else if element.get(field).is_some_and(|it| pattern.matches(&text_of(it))) {
                count += self.node(element, rest, made && at >= new_from)?;
            }
        }
        Ok(count)
    }
}

/// A regular expression that may match anywhere; plain text is not compiled.
enum Pattern<'p> {
    Literal(&'p str),
    Regex(Box<Regex>),
}

impl<'p> Pattern<'p> {
    fn new(text: &'p str) -> Result<Self, String> {
        if let Some(literal) = is_literal(text) {
            return Ok(Self::Literal(literal));
        }
        match Regex::new(text) {
            Ok(regex) => Ok(Self::Regex(Box::new(regex))),
            Err(error) => Err(format!("`{text}` is not a regular expression: {error}")),
        }
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Literal(literal) => text.trim().contains(literal),
            Self::Regex(regex) => regex.is_match(text.trim()),
        }
    }
}

/// Divides a path at its dots, and keeps what stands in brackets together.
fn split(path: &str) -> Vec<String> {
    let mut parts = split_path(path, '.').into_iter();
    let mut steps = Vec::new();
    while let Some(part) = parts.next() {
        if !part.starts_with('[') || part.ends_with(']') {
            steps.push(part);
            continue;
        }
        let mut whole = part;
        for part in parts.by_ref() {
            whole = whole + "." + &part;
            if part.ends_with(']') {
                break;
            }
        }
        if whole.contains('=') {
            steps.push(whole);
        } else {
            steps.push(whole.trim_matches(['[', ']']).to_owned());
        }
    }
    steps
}

/// Reads a number as Go does: digits with a sign at most.
fn number(text: &str) -> Option<i64> {
    text.parse().ok()
}

fn push(node: &mut Node, element: Node) {
    if node.is_null() {
        node.value = Value::List(Vec::new());
    }
    if let Some(elements) = node.as_list_mut() {
        elements.push(element);
    }
}

fn elements(node: &Node) -> Result<&[Node], Diagnostic> {
    match &node.value {
        Value::List(items) => Ok(items),
        Value::Null => Ok(&[]),
        _ => Err(wrong_kind(node, "a list")),
    }
}

fn elements_mut(node: &mut Node) -> Result<&mut [Node], Diagnostic> {
    match node.value {
        Value::List(ref mut items) => Ok(items),
        Value::Null => Ok(&mut []),
        _ => Err(wrong_kind(node, "a list")),
    }
}

fn fields(node: &Node) -> Result<Option<&Map>, Diagnostic> {
    match &node.value {
        Value::Map(fields) => Ok(Some(fields)),
        Value::Null => Ok(None),
        _ => Err(wrong_kind(node, "a mapping")),
    }
}

fn wrong_kind(node: &Node, wanted: &str) -> Diagnostic {
    let found = node.value.type_name();
    path_error(format!("expected {wanted}, found a {found}"), node)
}

fn malformed(text: &str, node: &Node) -> Diagnostic {
    path_error(format!("`{text}` is no step of a field path"), node)
        .help("an element is named as `[FIELD=VALUE]` or `[=VALUE]`")
}

fn path_error(message: String, node: &Node) -> Diagnostic {
    Diagnostic::error("field-path", message).at(Label::new(node.mark, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{text, tree};

    #[track_caller]
    fn set(path: &str, make: Make, before: &str, after: &str) {
        let mut node = tree(before);
        let path = FieldPath::parse(path);
        let count = visit(&mut node, path.steps(), make, &mut |found| {
            found.node.value = Value::String("X".into());
            Ok(())
        });
        assert!(count.unwrap() > 0);
        assert_eq!(text(&node), after);
    }

    #[test]
    fn paths_are_divided() {
        for (path, steps) in [
            ("a.b", &["a", "b"][..]),
            ("a\\.b.c", &["a.b", "c"]),
            ("a.[b.c].d", &["a", "b.c", "d"]),
            ("a.[name=b.c].d", &["a", "[name=b.c]", "d"]),
            ("a.[b].d", &["a", "[b]", "d"]),
            ("a.0.*", &["a", "0", "*"]),
            (".a", &["a"]),
            ("", &[""]),
        ] {
            assert_eq!(split(path), steps, "{path}");
            if let Some(spans) = step_spans(path) {
                assert_eq!(spans.len(), steps.len(), "{path}");
            }
        }
    }

    #[test]
    fn the_step_that_leads_nowhere_is_found() {
        let node = tree("{a: {b: [{n: x.y, c: 1}]}}");
        let stopped = |path: &str| stop(&node, path).map(|it| path[it.step].to_owned());
        for (path, step) in [
            ("a.x.c", Some("x")),
            ("a.b.1.c", Some("1")),
            ("a.b.[n=x.z].c", Some("[n=x.z]")),
            (".a.b.[n=x.y].d", Some("d")),
            ("a.b.0.c.d", Some("d")),
            ("a.b.*.d", None),
            ("a\\.b", None),
            ("a.b.0.c", None),
        ] {
            assert_eq!(stopped(path).as_deref(), step, "{path}");
        }
    }

    #[test]
    fn every_kind_of_step_leads_on() {
        set("a.b", Make::Nothing, "{a: {b: 1}}", "{a: {b: X}}");
        set("a.1", Make::Nothing, "{a: [1, 2]}", "{a: [1, X]}");
        set(
            "a.[n=x].b",
            Make::Nothing,
            "{a: [{n: x, b: 1}, {n: y, b: 1}, {n: xx, b: 1}]}",
            "{a: [{b: X, n: x}, {b: 1, n: y}, {b: X, n: xx}]}",
        );
        set(
            "a.[n=^x$].b",
            Make::Nothing,
            "{a: [{n: x, b: 1}, {n: xx, b: 1}]}",
            "{a: [{b: X, n: x}, {b: 1, n: xx}]}",
        );
        set("a.[=x]", Make::Nothing, "{a: [x, y]}", "{a: [X, y]}");
        set("a.*.b", Make::Nothing, "{a: [{b: 1}, {c: 1}]}", "{a: [{b: X}, {c: 1}]}");
        set("a.[x.y]", Make::Nothing, "{a: {x.y: 1}}", "{a: {x.y: X}}");
    }

    #[test]
    fn what_is_missing_is_made() {
        set("a.b", Make::Scalar, "{}", "{a: {b: X}}");
        set("a.0.b", Make::Scalar, "{}", "{a: [{b: X}]}");
        set("a.[n=x].b", Make::Scalar, "{a: []}", "{a: [{b: X, n: x}]}");
        set("a.[=x]", Make::Scalar, "{}", "{a: [X]}");
        set("a.1", Make::Scalar, "{a: [1]}", "{a: [1, X]}");
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let refuse = |path: &str, node: &str| {
            let steps = FieldPath::parse(path);
            let found = visit(&mut tree(node), steps.steps(), Make::Nothing, &mut |_| Ok(()));
            found.map_err(|it| it.message.into_owned())
        };
        assert_eq!(refuse("a.b", "{}"), Ok(0));
        assert_eq!(refuse("a.b", "{a: [1]}"), Err("expected a mapping, found a list".into()));
        assert_eq!(refuse("a.1", "{a: [1]}"), Err("there is no element 1: the list has 1".into()));
        assert_eq!(refuse("a.*", "{a: {}}"), Err("expected a list, found a mapping".into()));
        assert_eq!(refuse("a.[b]", "{a: []}"), Err("`[b]` is no step of a field path".into()));
        assert!(refuse("a.[b=(]", "{a: [{b: 1}]}").is_err());
    }

    #[test]
    fn looking_up_names_one_node() {
        let node = tree("{a: [{n: x, v: 1}, {n: xx, v: 2}], l: [p, q]}");
        let look = |path: &str| {
            lookup(&node, FieldPath::parse(path).steps())
                .map(|it| it.map(text))
                .map_err(|it| it.message)
        };
        assert_eq!(look("a.[n=x].v"), Ok(Some("1".into())));
        assert_eq!(look("a.[n=x.*].v"), Ok(None));
        assert_eq!(look("l.-"), Ok(Some("q".into())));
        assert_eq!(look("l.[=q]"), Ok(Some("q".into())));
        assert_eq!(look("l.5"), Ok(None));
        assert!(look("l.*").is_err());
        assert!(look("l.-2").is_err());
    }
}
