//! Scalars as their characters.

use std::borrow::Cow;

use tidegate_object::{Map, Node, Number, Text, Value};
use tidegate_source::{Mark, Sources};
use tidegate_yaml::{Scalar, Stream, refolded};

/// Returns the characters of a scalar, as far as its value tells them; `""` for `null`, lists and mappings.
pub(crate) fn text_of(node: &Node) -> Cow<'_, str> {
    match &node.value {
        Value::String(text) | Value::Number(Number::Float(text)) => Cow::Borrowed(text),
        Value::Bool(it) => Cow::Borrowed(if *it { "true" } else { "false" }),
        Value::Number(Number::Int(number)) => Cow::Owned(number.to_string()),
        Value::Number(Number::Unsigned(number)) => Cow::Owned(number.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => Cow::Borrowed(""),
    }
}

/// Returns the characters of a scalar as they were written, `null` included: what is left of a scalar that is used as
/// text although it is none.
pub(crate) fn written_text(node: &Node, sources: &Sources) -> Text {
    match &node.value {
        Value::String(text) => text.clone(),
        Value::List(_) | Value::Map(_) => Text::literal(""),
        _ => match sources.snippet(node.mark) {
            Some(written) => Text::from(written),
            None => Text::from(text_of(node).into_owned()),
        },
    }
}

/// Returns the characters of a scalar as YAML keeps them, those of a null included: `null` and `~`, and nothing where
/// nothing was written.
pub(crate) fn raw_text<'n>(node: &'n Node, sources: &'n Sources) -> Cow<'n, str> {
    if !node.is_null() {
        return text_of(node);
    }
    if node.mark.source.is_some() && node.mark.span.is_empty() {
        return Cow::Borrowed("");
    }
    Cow::Borrowed(match sources.snippet(node.mark) {
        Some("\"\"" | "''") => "",
        Some(written) => written,
        None => "null",
    })
}

/// Makes a text of a scalar.
pub(crate) fn become_text(node: &mut Node, text: Text) {
    if text.is_empty() {
        // At its place nothing is written, which means null; this is a text.
        node.mark = Mark::NONE;
    }
    node.value = Value::String(text);
}

/// Returns the characters of a scalar as they were written, where its value is what they mean: `0x1F` for 31. A text that is
/// none otherwise is what [`written_text`] makes of it.
pub(crate) fn spelled_text(node: &Node, sources: &Sources) -> Text {
    let known = match &node.value {
        Value::Number(_) => text_of(node),
        Value::String(text) if text.starts_with(|it: char| it.is_ascii_digit()) => {
            Cow::Borrowed(text.as_str())
        }
        _ => return written_text(node, sources),
    };
    let meaning = |written: &str| match tidegate_yaml::resolve_yaml11(written) {
        Scalar::Int(number) => number.to_string(),
        Scalar::Unsigned(number) => number.to_string(),
        Scalar::Timestamp(time) => time.to_string(),
        _ => String::new(),
    };
    let written = sources.snippet(node.mark).filter(|written| meaning(written) == known);
    Text::from(written.unwrap_or(&known))
}

/// Returns the text of a folded scalar as it was read. Where kustomize sets a scalar it forgets its style, and the text is
/// not changed by being printed as a folded one; `None` for a text that isn't.
///
/// Source: kyaml's `RNode.MarshalJSON`, which prints by the `Style` of the nodes and reads that.
pub(crate) fn unfolded(text: &Text, node: &Node, sources: &Sources) -> Option<Text> {
    // A text of one line comes out as it is.
    if !text.contains('\n') {
        return None;
    }
    unfolded_from(text, sources.snippet(node.mark)?)
}

/// Returns the text of a folded scalar, as it was read, that is written so.
pub(crate) fn unfolded_from(text: &Text, written: &str) -> Option<Text> {
    let header = written.strip_prefix('>')?.lines().next()?;
    // With a hint of its indentation, a text can't be read apart from what stands around it.
    if header.contains(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let item = format!("- {written}");
    let stream = Stream::parse(&item).ok()?;
    let first = stream.root()?.items().next()?;
    let read = first.as_str();
    (*read != **text && refolded(&read) == **text).then(|| Text::from(&*read))
}

/// Makes texts of the values of a mapping, as they are written: `0x10` stays that.
pub(crate) fn texts_only(map: &mut Map, sources: &Sources) {
    for entry in map.entries_mut() {
        let text = spelled_text(&entry.node, sources);
        become_text(&mut entry.node, text);
    }
}

/// Joins words as in a sentence: `a, b and c`.
pub(crate) fn listed(words: &[&str], conjunction: &str) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {conjunction} {last}", first.join(", ")),
    }
}
