//! JSON patches (RFC 6902) as Kustomize applies them.
//!
//! The rules are those of the library that Kustomize uses, which is more lenient than the RFC:
//!
//! - `replace` of a field that is not there adds it, and `copy` from such a field gives a null.
//! - An operation without `value` sets a null.
//! - An index may be negative and counts from the end; with `add`, `-1` is behind the last element.
//! - What stands before the first `/` of a pointer is left out, so `x/a` is `/a`.
//! - Numbers go through 64-bit floats on the way, everywhere in the object: whole numbers beyond 2^53 are rounded, and what
//!   becomes text, as annotations do, is the float's: `1e+06`.

mod pointer;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use tidegate_object::{Entry, Node, Number, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark, nearest};

use self::pointer::{Place, fields_there, find};
use crate::decode::{merge_key, part};

/// Returns the text of a pointer without what stands in front of its first `/`.
fn pointer_text(pointer: Option<&Node>) -> &str {
    let text = pointer.and_then(Node::as_str).unwrap_or_default();
    text.find('/').map_or("", |at| &text[at..])
}

/// How many values one patch may copy: copies of copies grow without end.
const MAX_COPIED: usize = 1 << 20;

/// A list of operations.
///
/// ```
/// use tidegate_kustomize::JsonPatch;
/// use tidegate_object::{Map, Node};
///
/// let operation: Map = [("op", "add"), ("path", "/metadata/name"), ("value", "web")]
///     .into_iter()
///     .map(|(key, value)| (key, Node::from(value)))
///     .collect();
/// let patch = JsonPatch::read(Node::from(vec![Node::from(operation)]))?;
/// let mut object = Node::from(Map::from_iter([("metadata", Node::from(Map::new()))]));
/// patch.apply(&mut object)?;
/// assert_eq!(object.at(&["metadata", "name"]).and_then(Node::as_str), Some("web"));
/// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
/// ```
#[derive(Clone, Debug)]
pub struct JsonPatch {
    operations: Vec<Operation>,
}

#[derive(Clone, Debug)]
struct Operation {
    op: Option<Node>,
    path: Option<Node>,
    from: Option<Node>,
    value: Option<Node>,
    mark: Mark,
    /// As a test whose value is not written as Go's encoder writes it: where the whole patch stands.
    odd_in: Option<Mark>,
}

impl JsonPatch {
    /// Reads the operations; whether they make sense is asked when they are applied.
    ///
    /// ```
    /// use tidegate_kustomize::JsonPatch;
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let no_list = object("{op: remove, path: /spec}").root;
    /// assert_eq!(JsonPatch::read(no_list).unwrap_err().code, "json-patch");
    /// ```
    ///
    /// # Errors
    ///
    /// `json-patch` where this is not a list of mappings.
    pub fn read(patch: Node) -> Result<Self, Box<Diagnostic>> {
        let invalid = |value: &Value, mark: Mark, wanted: &str| {
            let kind = value.type_name();
            Diagnostic::error("json-patch", format!("{wanted}, not a {kind}"))
                .at(Label::new(mark, format!("a {kind}")))
        };
        let items = match patch.value {
            Value::List(items) => items,
            // A patch that says nothing.
            Value::Null => Vec::new(),
            other => return Err(invalid(&other, patch.mark, "a JSON patch is a list").into()),
        };
        let mut operations = Vec::with_capacity(items.len());
        for mut item in items {
            if !matches!(item.value, Value::Map(_) | Value::Null) {
                let wanted = "an operation of a JSON patch is a mapping";
                return Err(invalid(&item.value, item.mark, wanted).into());
            }
            let mut take = |key: &str| item.as_map_mut().and_then(|it| it.remove(key));
            operations.push(Operation {
                op: take("op"),
                path: take("path"),
                from: take("from"),
                value: take("value"),
                mark: item.mark,
                odd_in: None,
            });
        }
        Ok(Self { operations })
    }

    /// Says of which tests the value is not written as Go's encoder writes it, and where the patch stands. The library
    /// compares the texts of values, so no such test holds, unless the patch has set the value itself.
    pub(crate) fn odd_tests(&mut self, places: &[usize], all: Mark) {
        for at in places {
            if let Some(operation) = self.operations.get_mut(*at) {
                operation.odd_in = Some(all);
            }
        }
    }

    /// Returns whether an operation may change a part of the identity.
    pub(crate) fn may_rename(&self) -> bool {
        let parts = ["/apiVersion", "/kind", "/metadata/name", "/metadata/namespace"];
        let touches = |pointer: &Option<Node>| {
            let pointer = pointer.as_ref().and_then(Node::as_str);
            pointer.is_some_and(|it| parts.iter().any(|part| part.starts_with(it)))
        };
        self.operations.iter().any(|it| touches(&it.path) || touches(&it.from))
    }

    /// Returns whether an operation looks at all annotations of an object, or names one of a domain.
    pub(crate) fn reads_annotations(&self, domain: &str) -> bool {
        const ALL: &str = "/metadata/annotations";
        let names_one = |pointer: &str| {
            let name = pointer.strip_prefix(ALL).and_then(|it| it.strip_prefix('/'));
            name.is_some_and(|it| it.starts_with(domain))
        };
        self.operations.iter().any(|it| {
            let (path, from) = (pointer_text(it.path.as_ref()), pointer_text(it.from.as_ref()));
            let read = match it.op.as_ref().and_then(Node::as_str) {
                Some("copy" | "move") => Some(from),
                Some("test") => Some(path),
                _ => None,
            };
            read.is_some_and(|it| ALL.starts_with(it)) || names_one(path) || names_one(from)
        })
    }

    /// Returns where the first operation is written.
    pub(crate) fn mark(&self) -> Mark {
        self.operations.first().map_or(Mark::NONE, |it| it.mark)
    }

    /// Applies the operations to an object, in order.
    ///
    /// ```
    /// use tidegate_kustomize::JsonPatch;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let mut all = objects("{spec: {replicas: 2}}\n---\n{items: [{op: test, path: /spec/replicas, value: 3}]}");
    /// let patch = JsonPatch::read(all.remove(1).root.get("items").expect("a list").clone())?;
    /// let error = patch.apply(&mut all[0].root).unwrap_err();
    /// assert_eq!(error.code, "json-patch-test");
    /// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - `json-patch`: an operation is unknown, or lacks a field that it needs.
    /// - `json-patch-path`: a pointer leads to nothing.
    /// - `json-patch-index`: an index of a list is no number or out of bounds.
    /// - `json-patch-test`: a `test` does not hold.
    ///
    /// The object may be changed in part then.
    pub fn apply(&self, object: &mut Node) -> Result<(), Box<Diagnostic>> {
        let mut copied = 0;
        for operation in &self.operations {
            operation.apply(object, &mut copied)?;
        }
        through_json(object);
        Ok(())
    }
}

impl Operation {
    fn apply(&self, root: &mut Node, copied: &mut usize) -> Result<(), Box<Diagnostic>> {
        match self.op.as_ref().and_then(Node::as_str) {
            Some("add") => self.add(root, self.new_value()),
            Some("remove") => self.remove(root, "path").map(drop),
            Some("replace") => self.replace(root),
            Some("move") => {
                let value = self.remove(root, "from")?;
                self.add(root, value)
            }
            Some("copy") => {
                let (place, pointer) = self.place(root, "from")?;
                let value = self.at(place.value(), pointer)?.cloned().unwrap_or_default();
                *copied = copied.saturating_add(size(&value));
                if *copied > MAX_COPIED {
                    let message = format!("a JSON patch copies more than {MAX_COPIED} values");
                    return Err(Diagnostic::error("json-patch", message)
                        .at(Label::new(self.mark, "this operation is one too many"))
                        .into());
                }
                self.add(root, value)
            }
            Some("test") => self.test(root),
            op => {
                let message = match op {
                    Some(op) => format!("unknown operation `{op}` of a JSON patch"),
                    None => "an operation of a JSON patch needs a name, `op`".to_owned(),
                };
                let mark = self.op.as_ref().map_or(self.mark, |it| it.mark);
                let help = "`op` is one of `add`, `remove`, `replace`, `move`, `copy` and `test`";
                Err(Diagnostic::error("json-patch", message)
                    .at(Label::new(mark, "this operation"))
                    .help(help)
                    .into())
            }
        }
    }

    fn new_value(&self) -> Node {
        self.value.clone().unwrap_or_else(|| Node::new(Value::Null, self.mark))
    }

    fn add(&self, root: &mut Node, value: Node) -> Result<(), Box<Diagnostic>> {
        let (place, pointer) = self.place(root, "path")?;
        match place {
            Place::Field(fields, key) => {
                if let Some(mistake) = merge_key(&key, Mark::NONE) {
                    return self
                        .at(Err(Diagnostic { labels: Vec::new(), ..mistake }.into()), pointer);
                }
                match fields.get_mut(&key) {
                    Some(present) => *present = value,
                    None => fields.push(Entry { key, key_mark: pointer.mark, node: value }),
                }
                Ok(())
            }
            Place::Item(items, key) => {
                let at = if &*key == "-" { Ok(items.len()) } else { index(&key, items.len() + 1) };
                let behind =
                    |it: Box<Diagnostic>| it.help("`-` is the place behind the last element");
                let at = at.map_err(|it| Box::new(behind(it)));
                items.insert(self.at(at, pointer)?, value);
                Ok(())
            }
        }
    }

    fn remove(&self, root: &mut Node, field: &'static str) -> Result<Node, Box<Diagnostic>> {
        let (place, pointer) = self.place(root, field)?;
        let removed = match place {
            Place::Field(fields, key) => fields.remove(&key).ok_or_else(|| {
                let known = || fields.iter().map(|it| it.0);
                let mut error = Diagnostic::error(
                    "json-patch-path",
                    format!("there is no field `{key}` to be removed"),
                );
                error = match nearest(&key, known()) {
                    Some(near) => {
                        error.help(format!("a field with a similar name exists: `{near}`"))
                    }
                    None => error.help(fields_there(known())),
                };
                error.into()
            }),
            Place::Item(items, key) => index(&key, items.len()).map(|at| items.remove(at)),
        };
        self.at(removed, pointer)
    }

    fn replace(&self, root: &mut Node) -> Result<(), Box<Diagnostic>> {
        if self.pointer("path")?.as_str() == Some("") {
            let value = self.new_value();
            if value.as_map().is_none() {
                let kind = value.value.type_name();
                let message =
                    format!("an object can be replaced by a mapping only, not by a {kind}");
                return Err(Diagnostic::error("json-patch", message)
                    .at(Label::new(value.mark, format!("a {kind}")))
                    .into());
            }
            *root = value;
            return Ok(());
        }
        let (place, pointer) = self.place(root, "path")?;
        match place {
            Place::Field(..) => self.add(root, self.new_value()),
            Place::Item(items, key) => {
                let at = self.at(index(&key, items.len()), pointer)?;
                items[at] = self.new_value();
                Ok(())
            }
        }
    }

    fn test(&self, root: &mut Node) -> Result<(), Box<Diagnostic>> {
        let pointer = self.pointer("path")?;
        let found = if pointer.as_str() == Some("") {
            Some(&*root)
        } else {
            let (place, pointer) = self.place(root, "path")?;
            self.at(place.into_value(), pointer)?
        };
        let found = found.filter(|it| !it.is_null());
        let wanted = self.value.as_ref().filter(|it| !it.is_null());
        let same = match (found, wanted) {
            (None, None) => true,
            (Some(found), Some(wanted)) => same(found, wanted),
            _ => false,
        };
        let is_own = |all: Mark| {
            let of_patch = all.span.range();
            found.map(|it| it.mark).is_some_and(|it| {
                it.source == all.source && of_patch.contains(&(it.span.start as usize))
            })
        };
        let is_odd = same && self.odd_in.is_some_and(|all| !is_own(all));
        if same && !is_odd {
            return Ok(());
        }
        if is_odd {
            let message = format!(
                "the test of `{}` failed: the value is right, but not written as it is compared",
                pointer.as_str().unwrap_or_default()
            );
            let mark = self.value.as_ref().map_or(self.mark, |it| it.mark);
            return Err(Diagnostic::error("json-patch-test", message)
                .at(Label::new(mark, "Kustomize compares the text of JSON here"))
                .help("write the patch as YAML, in lines that begin with `- `")
                .into());
        }
        let inside = found.zip(wanted).and_then(|(found, wanted)| difference(found, wanted));
        let found = found.map_or(("nothing".to_owned(), Mark::NONE), |it| (shown(it), it.mark));
        let wanted = wanted.map_or("nothing".to_owned(), shown);
        let path = pointer.as_str().unwrap_or_default();
        let mark = self.value.as_ref().map_or(self.mark, |it| it.mark);
        let what = match inside {
            Some(_) => format!("{} is there, but another one", found.0),
            None => format!("expected {wanted}, found {}", found.0),
        };
        let mut error =
            Diagnostic::error("json-patch-test", format!("the test of `{path}` failed: {what}"))
                .at(Label::new(mark, "expected"))
                .help("expect what is there, or remove the test");
        if found.1 != Mark::NONE {
            error = error.at(Label::new(found.1, "found"));
        }
        if let Some(inside) = inside {
            error = error.note(inside);
        }
        Err(error.into())
    }

    /// Finds the mapping or list that a pointer's last step is taken in.
    fn place<'n>(
        &self,
        root: &'n mut Node,
        field: &'static str,
    ) -> Result<(Place<'n>, &Node), Box<Diagnostic>> {
        let pointer = self.pointer(field)?;
        let text = pointer.as_str().unwrap_or_default();
        match find(root, text) {
            Ok(place) => Ok((place, pointer)),
            Err((nth, error)) => Err(self.at_step(*error, pointer, Some(nth))),
        }
    }

    fn pointer(&self, field: &'static str) -> Result<&Node, Box<Diagnostic>> {
        let node = if field == "path" { &self.path } else { &self.from };
        let problem = match node {
            Some(node) if node.as_str().is_some() => return Ok(node),
            Some(node) => format!("`{field}` is a {}, not a string", node.value.type_name()),
            None => format!("`{field}` is missing"),
        };
        let mark = node.as_ref().map_or(self.mark, |it| it.mark);
        let message = format!("an operation of a JSON patch cannot be read: {problem}");
        Err(Diagnostic::error("json-patch", message).at(Label::new(mark, "")).into())
    }

    /// Adds to a mistake at the last step where the pointer was written.
    fn at<T>(
        &self,
        result: Result<T, Box<Diagnostic>>,
        pointer: &Node,
    ) -> Result<T, Box<Diagnostic>> {
        result.map_err(|error| self.at_step(*error, pointer, None))
    }

    /// Adds to a mistake where the step was written, counted from 0; the last one where it is not said.
    #[expect(clippy::unnecessary_box_returns, reason = "the errors here are boxed")]
    fn at_step(&self, error: Diagnostic, pointer: &Node, nth: Option<usize>) -> Box<Diagnostic> {
        let text = pointer.as_str().unwrap_or_default();
        let mut starts = text.match_indices('/').map(|(at, _)| at + 1);
        let start = match nth {
            Some(nth) => starts.nth(nth),
            None => starts.next_back(),
        };
        let step = start.map(|start| {
            let end = text[start..].find('/').map_or(text.len(), |at| start + at);
            part(pointer.mark, text, start..end)
        });
        let mark = step.filter(|it| !it.span.is_empty()).unwrap_or(pointer.mark);
        let mark = if mark.is_some() { mark } else { self.mark };
        error.at(Label::new(mark, "")).note(format!("in the pointer `{text}`")).into()
    }
}

/// Reads an index of a list with so many places; a negative one counts from the end.
fn index(key: &str, count: usize) -> Result<usize, Box<Diagnostic>> {
    let refused = |message: String| Diagnostic::error("json-patch-index", message);
    let Ok(number) = key.parse::<i64>() else {
        return Err(refused(format!("`{key}` is not an index of a list")).into());
    };
    let at = if number < 0 {
        usize::try_from(number.unsigned_abs()).ok().and_then(|it| count.checked_sub(it))
    } else {
        usize::try_from(number).ok().filter(|it| *it < count)
    };
    at.ok_or_else(|| {
        let message = format!("the index {number} is out of bounds: the list has {count} places");
        refused(message).into()
    })
}

/// Compares as JSON: whole numbers and fractions by value.
fn same(first: &Node, second: &Node) -> bool {
    match (&first.value, &second.value) {
        (Value::Number(first), Value::Number(second)) => {
            first == second
                || float(first).zip(float(second)).is_some_and(|(first, second)| first.eq(&second))
        }
        (Value::List(first), Value::List(second)) => {
            first.len() == second.len() && first.iter().zip(second).all(|(a, b)| same(a, b))
        }
        (Value::Map(first), Value::Map(second)) => {
            first.len() == second.len()
                && first.iter().all(|(key, a)| second.get(key).is_some_and(|b| same(a, b)))
        }
        (first, second) => first == second,
    }
}

#[expect(clippy::cast_precision_loss, reason = "the library compares and keeps 64-bit floats")]
fn float(number: &Number) -> Option<f64> {
    match number {
        Number::Int(number) => Some(*number as f64),
        Number::Unsigned(number) => Some(*number as f64),
        Number::Float(text) => text.parse().ok(),
    }
}

/// Does to the rest of the object what a way through JSON does: numbers become 64-bit floats in Go's shortest text, and
/// every null and every empty text is one that was written.
fn through_json(node: &mut Node) {
    match &mut node.value {
        Value::Null => node.mark = Mark::NONE,
        // What is nothing in a mapping on one line is a text from here on.
        Value::String(text) if text.is_empty() => node.mark = Mark::NONE,
        // What is written without an exponent stays as it is.
        Value::Number(Number::Int(number)) if number.unsigned_abs() < 1_000_000 => {}
        Value::Number(number) => {
            let Some(float) = float(number) else { return };
            let text = shortest(float);
            let new = match (text.parse(), text.parse()) {
                (Ok(number), _) => Number::Int(number),
                (_, Ok(number)) => Number::Unsigned(number),
                _ => Number::Float(text.into()),
            };
            if new != *number {
                // What was written is not the number's text any more.
                *number = new;
                node.mark = Mark::NONE;
            }
        }
        Value::List(items) => items.iter_mut().for_each(through_json),
        Value::Map(fields) => {
            fields.entries_mut().iter_mut().for_each(|it| through_json(&mut it.node));
        }
        _ => {}
    }
}

/// Go's `strconv.FormatFloat(number, 'g', -1, 64)`: `999999`, `1e+06`, `0.0001`, `1e-05`.
fn shortest(number: f64) -> String {
    let text = format!("{number:e}");
    let exponent = text.rsplit_once('e').and_then(|it| it.1.parse::<i32>().ok());
    match (text.rsplit_once('e'), exponent) {
        (Some((digits, _)), Some(exponent)) if !(-4..6).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
        }
        _ => number.to_string(),
    }
}

/// The number of values in a tree.
fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(fields) => fields.iter().map(|(_, node)| size(node)).sum(),
        _ => 0,
    }
}

/// A short form of a value for a message.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::String(text) => format!("`{text}`"),
        Value::Bool(it) => format!("`{it}`"),
        Value::Number(Number::Int(it)) => format!("`{it}`"),
        Value::Number(Number::Unsigned(it)) => format!("`{it}`"),
        Value::Number(Number::Float(it)) => format!("`{it}`"),
        Value::Null => "nothing".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a mapping".to_owned(),
    }
}

/// Says in which field two mappings differ, or in which item two lists.
fn difference(found: &Node, wanted: &Node) -> Option<String> {
    match (&found.value, &wanted.value) {
        (Value::Map(found), Value::Map(wanted)) => {
            let odd = found.iter().find_map(|(key, node)| match wanted.get(key) {
                None => Some(format!("the field `{key}` is there, and is not expected")),
                Some(it) if !same(node, it) => Some(format!("they differ in the field `{key}`")),
                Some(_) => None,
            });
            let missing = || wanted.iter().find(|(key, _)| !found.contains_key(key));
            odd.or_else(|| missing().map(|(key, _)| format!("the field `{key}` is not there")))
        }
        (Value::List(found), Value::List(wanted)) if found.len() == wanted.len() => {
            let nth = found.iter().zip(wanted).position(|(found, wanted)| !same(found, wanted))?;
            Some(format!("they differ in item {nth}, counted from 0"))
        }
        (Value::List(found), Value::List(wanted)) => {
            Some(format!("{} items are there, not {}", found.len(), wanted.len()))
        }
        _ => None,
    }
}

fn unescaped(part: &str) -> Text {
    if !part.contains('~') {
        return part.into();
    }
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while let Some(at) = rest.find('~') {
        out.push_str(&rest[..at]);
        let (meant, used): (Cow<'_, str>, usize) = match rest.as_bytes().get(at + 1) {
            Some(b'0') => ("~".into(), 2),
            Some(b'1') => ("/".into(), 2),
            _ => ("~".into(), 1),
        };
        out.push_str(&meant);
        rest = &rest[at + used..];
    }
    out.push_str(rest);
    out.into()
}
