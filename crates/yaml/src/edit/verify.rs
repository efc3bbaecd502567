//! Reads an edited text and compares it with what was asked for.

use std::borrow::Cow;

use tidegate_source::Span;

use super::Edits;
use super::error::{EditError, EditErrorKind};
use super::new::New;
use crate::node::Node;
use crate::resolve::{Scalar, resolve_yaml11};
use crate::stream::Stream;
use crate::tape::{Kind, Style};

/// What the text means, as a list: two texts with equal lists mean the same.
#[derive(Clone, Debug, PartialEq)]
enum Event<'s> {
    Document,
    Properties(&'s str, &'s str),
    String(Cow<'s, str>),
    /// A scalar that is no string, in the text that it has.
    Other(&'static str, Cow<'s, str>),
    Alias(&'s str),
    Map,
    List,
    End,
}

/// A change of the list.
pub(super) struct Change<'a> {
    /// Index of the first node that goes, and of the one behind the last.
    pub(super) gone: std::ops::Range<u32>,
    /// What comes in their place.
    pub(super) keys_and_values: Vec<(Option<&'a str>, &'a New)>,
    /// The nodes that come are inside of this collection, behind `gone.start`'s predecessor.
    pub(super) at_end_of: Option<u32>,
    /// Anchor and tag of the first node stay.
    pub(super) keeps_properties: bool,
}

/// Returns the edits when the text that they give means what it should; an error at `place` otherwise.
pub(super) fn verified(
    node: Node<'_>,
    edits: Edits,
    change: &Change<'_>,
    place: Span,
) -> Result<Edits, EditError> {
    let before = node.stream();
    let text = edits.apply(before.text());
    let failed = || EditError::new(EditErrorKind::Layout, place);
    let after = Stream::parse(&text).map_err(|_| failed())?;
    let expected = expected(before, change);
    let found = events(&after, |_, _| {}, 0..0);
    if expected == found { Ok(edits) } else { Err(failed()) }
}

fn expected<'s>(stream: &'s Stream<'s>, change: &'s Change<'s>) -> Vec<Event<'s>> {
    let insert = |at: Position, out: &mut Vec<Event<'s>>| {
        let here = match (at, change.at_end_of) {
            (Position::EndOf(slot), Some(collection)) => slot == collection,
            (Position::Before(slot), None) => slot == change.gone.start,
            _ => false,
        };
        if here {
            for (key, value) in &change.keys_and_values {
                if let Some(key) = key {
                    out.push(Event::String(Cow::Borrowed(key)));
                }
                new_events(value, out);
            }
        }
    };
    let keeps = change.keeps_properties;
    let mut list = Vec::new();
    if keeps {
        list = events(
            stream,
            |at, out| {
                if at == Position::Before(change.gone.start) {
                    let node = Node::new(stream, change.gone.start);
                    push_properties(node, out);
                }
                insert(at, out);
            },
            change.gone.clone(),
        );
    } else {
        list.extend(events(stream, insert, change.gone.clone()));
    }
    list
}

/// A place between nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Before(u32),
    EndOf(u32),
}

fn events<'s>(
    stream: &'s Stream<'s>,
    mut insert: impl FnMut(Position, &mut Vec<Event<'s>>),
    gone: std::ops::Range<u32>,
) -> Vec<Event<'s>> {
    let mut out = Vec::new();
    for document in stream.documents() {
        out.push(Event::Document);
        let root = document.root();
        let end = stream.tape.next(root.index());
        // Collections that are open, and where they end.
        let mut open: Vec<(u32, u32)> = Vec::new();
        let mut slot = root.index();
        loop {
            while let Some((collection, _)) = open.pop_if(|(_, end)| *end <= slot) {
                insert(Position::EndOf(collection), &mut out);
                out.push(Event::End);
            }
            if slot >= end {
                break;
            }
            insert(Position::Before(slot), &mut out);
            if gone.contains(&slot) {
                slot = stream.tape.next(slot);
                continue;
            }
            let node = Node::new(stream, slot);
            push_properties(node, &mut out);
            match node.kind() {
                Kind::Mapping | Kind::Sequence => {
                    let is_map = node.kind() == Kind::Mapping;
                    out.push(if is_map { Event::Map } else { Event::List });
                    open.push((slot, stream.tape.next(slot)));
                }
                Kind::Alias => out.push(Event::Alias(node.span().of(stream.text()))),
                Kind::Scalar => out.push(scalar_event(node)),
            }
            slot += 1;
        }
    }
    out
}

fn push_properties<'s>(node: Node<'s>, out: &mut Vec<Event<'s>>) {
    let anchor = node.anchor().map_or("", |(name, _)| name);
    let tag = node.tag().map_or("", |(name, _)| name);
    if !anchor.is_empty() || !tag.is_empty() {
        out.push(Event::Properties(anchor, tag));
    }
}

fn scalar_event(node: Node<'_>) -> Event<'_> {
    let text = node.as_str();
    let own_tag = node.tag().is_some_and(|(name, _)| !matches!(name, "!" | "!!str"));
    let plain = node.style() == Style::Plain && node.tag().is_none_or(|(name, _)| name == "!");
    match node.resolve() {
        Ok(Some(Scalar::String(_))) if !own_tag => {
            // A string here and a boolean for YAML 1.1 must not turn into each other.
            match resolve_yaml11(&text) {
                Scalar::String(_) => Event::String(text),
                other if plain => Event::Other(other.tag(), text),
                _ => Event::String(text),
            }
        }
        Ok(Some(other)) => Event::Other(other.tag(), text),
        _ => Event::Other("", text),
    }
}

fn new_events<'s>(value: &'s New, out: &mut Vec<Event<'s>>) {
    match value {
        New::String(text) => out.push(Event::String(Cow::Borrowed(text))),
        New::Plain(text) => {
            out.push(Event::Other(resolve_yaml11(text).tag(), Cow::Borrowed(text)));
        }
        New::Map(entries) => {
            out.push(Event::Map);
            for (key, value) in entries {
                out.push(Event::String(Cow::Borrowed(key)));
                new_events(value, out);
            }
            out.push(Event::End);
        }
        New::List(items) => {
            out.push(Event::List);
            for item in items {
                new_events(item, out);
            }
            out.push(Event::End);
        }
    }
}
