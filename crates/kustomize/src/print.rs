//! Printing: straight from the trees, keys in the reference's order.

use std::cmp::Ordering;

use tidegate_object::{Entry, Node, Number, Value};
use tidegate_yaml::{EmitError, Emitter, natural_order};

use crate::parallel::in_parallel;

/// Objects from this number on are printed by several threads.
const MANY: usize = 96;

/// A thread takes so many objects at a time that there are about so many portions.
const PORTIONS: usize = 12;
const MOST: usize = 64;

/// What is printed of an object is about as long as what was read, and the labels and annotations that it got. Room that is
/// not written to costs nothing; a text that outgrows its room is copied.
const ADDED: usize = 512;

/// Prints objects as documents of one text.
pub(crate) fn documents(roots: &[&Node]) -> Result<String, EmitError> {
    Ok(parts(roots)?.concat())
}

/// Prints objects as documents of one text, in pieces that follow one another.
pub(crate) fn parts(roots: &[&Node]) -> Result<Vec<String>, EmitError> {
    if roots.len() < MANY {
        return Ok(vec![portion_of_documents(roots, "")?]);
    }
    let portions: Vec<_> = roots.chunks((roots.len() / PORTIONS).min(MOST)).enumerate().collect();
    let print = |(nth, roots): &(usize, &[&Node])| {
        portion_of_documents(roots, if *nth == 0 { "" } else { "---\n" })
    };
    in_parallel(&portions, 1, print).into_iter().collect()
}

fn portion_of_documents(roots: &[&Node], before: &str) -> Result<String, EmitError> {
    let read: usize = roots.iter().map(|root| root.mark.span.len() as usize).sum();
    let mut out = String::with_capacity(read + read / 8 + ADDED * roots.len());
    out.push_str(before);
    let mut emitter = Emitter::new(&mut out);
    let mut scratch = Vec::new();
    for root in roots {
        emit(&mut emitter, root, &mut scratch);
        emitter.end_document();
    }
    emitter.finish()?;
    Ok(out)
}

/// An entry of a mapping, behind its key.
type Row<'n> = (&'n str, &'n Entry);

/// Writes a node; `scratch` holds the entries of the mappings around it, and is as long afterwards as before.
fn emit<'n>(emitter: &mut Emitter<'_>, node: &'n Node, scratch: &mut Vec<Row<'n>>) {
    match &node.value {
        Value::Null => emitter.null(),
        Value::Bool(it) => emitter.bool(*it),
        Value::Number(Number::Int(number)) => emitter.int(*number),
        Value::Number(Number::Unsigned(number)) => emitter.unsigned(*number),
        Value::Number(Number::Float(text)) => {
            emitter.float(text.parse().unwrap_or(f64::NAN));
        }
        Value::String(text) => match text.as_word() {
            Some(word) => emitter.word(word),
            None => emitter.string(text),
        },
        Value::List(items) => {
            emitter.begin_list();
            for item in items {
                emit(emitter, item, scratch);
            }
            emitter.end_list();
        }
        Value::Map(map) => {
            emitter.begin_map();
            let base = scratch.len();
            scratch.extend(map.entries().iter().map(|entry| (entry.key.as_str(), entry)));
            sort(&mut scratch[base..]);
            for at in base..scratch.len() {
                let (key, entry) = scratch[at];
                if entry.key.as_word().is_some() {
                    emitter.word_key(key);
                } else {
                    emitter.key(key);
                }
                emit(emitter, &entry.node, scratch);
            }
            scratch.truncate(base);
            emitter.end_map();
        }
    }
}

/// Mappings up to this many entries are sorted by insertion.
const FEW: usize = 12;

/// Sorts the entries of a mapping.
///
/// The order is no total one for every set of keys, which a sort of the standard library may refuse with a panic; so
/// these are an insertion sort and a merge sort that take whatever they are told.
fn sort(entries: &mut [Row<'_>]) {
    if entries.len() <= FEW {
        for at in 1..entries.len() {
            let mut place = at;
            while place > 0 && order(&entries[place - 1], &entries[place]) == Ordering::Greater {
                entries.swap(place - 1, place);
                place -= 1;
            }
        }
        return;
    }
    if entries.is_sorted_by(|a, b| order(a, b) != Ordering::Greater) {
        return;
    }
    let middle = entries.len() / 2;
    sort(&mut entries[..middle]);
    sort(&mut entries[middle..]);
    let (left, right) = entries.split_at(middle);
    let mut merged = Vec::with_capacity(entries.len());
    let (mut a, mut b) = (left.iter().peekable(), right.iter().peekable());
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        let next = if order(x, y) == Ordering::Greater { b.next() } else { a.next() };
        merged.extend(next.copied());
    }
    merged.extend(a.copied());
    merged.extend(b.copied());
    entries.copy_from_slice(&merged);
}

fn order((a, _): &Row<'_>, (b, _): &Row<'_>) -> Ordering {
    natural_order(a, b)
}

#[cfg(test)]
mod tests {
    use tidegate_object::Map;

    use super::*;

    #[test]
    fn keys_are_sorted_whatever_their_number() {
        for count in [3, 12, 13, 100] {
            let map: Map =
                (0..count).rev().map(|nth| (format!("k{nth}"), Node::from(nth))).collect();
            let printed = documents(&[&Node::from(map)]).expect("printable");
            let lines: Vec<String> = (0..count).map(|nth| format!("k{nth}: {nth}")).collect();
            assert_eq!(printed.lines().collect::<Vec<_>>(), lines);
        }
    }
}
