//! Look-ups in the generated tables. Types are numbered: 0 a plain value, 1 an object without fields, then objects,
//! lists and maps in the order of their tables.

use std::cmp::Ordering;

use super::definitions::{DEFINITION_ENDS, DEFINITION_TYPES, DEFINITIONS};
use super::table::{
    FIELDS, LISTS, MAPS, MERGE_KEYS, NAME_ENDS, NAMES, OBJECT_ENDS, RESOURCES, SCOPES,
};

const FIRST_OBJECT: usize = 2;
const FIRST_LIST: usize = FIRST_OBJECT + OBJECT_ENDS.len();
const FIRST_MAP: usize = FIRST_LIST + LISTS.len() / 2;
/// What a list without an item type or without a merge has in its place.
const NONE: u16 = u16::MAX;

pub(super) fn resource(api_version: &str, kind: &str) -> Option<u16> {
    of_kind(&RESOURCES, api_version, kind)
}

/// Returns the type of a definition of the `OpenAPI` document of Kubernetes, as `io.k8s.api.core.v1.PodSpec`.
pub(super) fn definition(name: &str) -> Option<u16> {
    let text = |at: usize| {
        let start = at.checked_sub(1).map_or(0, |before| DEFINITION_ENDS[before]);
        &DEFINITIONS[usize::from(start)..usize::from(DEFINITION_ENDS[at])]
    };
    let (mut from, mut to) = (0, DEFINITION_ENDS.len());
    while from < to {
        let middle = from.midpoint(to);
        match text(middle).cmp(name) {
            Ordering::Less => from = middle + 1,
            Ordering::Greater => to = middle,
            Ordering::Equal => return DEFINITION_TYPES.get(middle).copied(),
        }
    }
    None
}

pub(super) fn is_namespaced(api_version: &str, kind: &str) -> Option<bool> {
    of_kind(&SCOPES, api_version, kind).map(|it| it == 1)
}

pub(super) fn field(object: u16, name: &str) -> Option<u16> {
    let at = usize::from(object);
    if at >= FIRST_MAP {
        return MAPS.get(at - FIRST_MAP).copied();
    }
    let at = at.checked_sub(FIRST_OBJECT)?;
    let end = usize::from(*OBJECT_ENDS.get(at)?);
    let start = at.checked_sub(1).map_or(0, |before| usize::from(OBJECT_ENDS[before]));
    let name = name_id(name)?;
    let (fields, _) = FIELDS.as_chunks::<2>();
    let fields = fields.get(start..end)?;
    let found = fields.binary_search_by_key(&name, |it| it[0]).ok()?;
    Some(fields[found][1])
}

pub(super) fn items(list: u16) -> Option<u16> {
    list_entry(list).map(|it| it[0]).filter(|it| *it != NONE)
}

pub(super) fn merge_keys(list: u16) -> Option<Vec<&'static str>> {
    let [_, merge] = *list_entry(list)?;
    let keys = MERGE_KEYS.as_chunks::<2>().0.get(usize::from(merge))?;
    Some(keys.iter().filter(|it| **it != NONE).map(|it| name(usize::from(*it))).collect())
}

fn list_entry(list: u16) -> Option<&'static [u16; 2]> {
    let at = usize::from(list).checked_sub(FIRST_LIST)?;
    LISTS.as_chunks::<2>().0.get(at)
}

/// Finds a kind in a table of kind, API version and value.
fn of_kind(table: &'static [u16], api_version: &str, kind: &str) -> Option<u16> {
    let key = [name_id(kind)?, name_id(api_version)?];
    let (rows, _) = table.as_chunks::<3>();
    let found = rows.binary_search_by_key(&key, |it| [it[0], it[1]]).ok()?;
    Some(rows[found][2])
}

fn name_id(text: &str) -> Option<u16> {
    let mut slot = slot_of(text.as_bytes());
    loop {
        let id = *SLOTS.get(slot)?;
        if id == NONE {
            return None;
        }
        if name(usize::from(id)) == text {
            return Some(id);
        }
        slot = (slot + 1) % SLOTS.len();
    }
}

/// The names by their hash, each in the first free slot from there on; at least half of the slots are free.
static SLOTS: [u16; (NAME_ENDS.len() * 2).next_power_of_two()] = {
    let mut slots = [NONE; (NAME_ENDS.len() * 2).next_power_of_two()];
    let mut start = 0;
    let mut id = 0;
    while id < NAME_ENDS.len() {
        let end = NAME_ENDS[id] as usize;
        let (_, from) = NAMES.as_bytes().split_at(start);
        let (text, _) = from.split_at(end - start);
        let mut slot = slot_of(text);
        while slots[slot] != NONE {
            slot = (slot + 1) % slots.len();
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the ends of names are numbers of 16 bits, and so are they"
        )]
        {
            slots[slot] = id as u16;
        }
        start = end;
        id += 1;
    }
    slots
};

/// FNV-1a.
const fn slot_of(text: &[u8]) -> usize {
    let mut hash = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < text.len() {
        hash = (hash ^ text[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    (hash ^ (hash >> 15)) as usize % (NAME_ENDS.len() * 2).next_power_of_two()
}

fn name(at: usize) -> &'static str {
    let end = NAME_ENDS.get(at).copied().unwrap_or(0);
    let start = at.checked_sub(1).map_or(0, |before| NAME_ENDS[before]);
    NAMES.get(usize::from(start)..usize::from(end)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_distinct() {
        assert!((1..NAME_ENDS.len()).all(|at| name(at - 1) < name(at)));
        assert_eq!(usize::from(NAME_ENDS[NAME_ENDS.len() - 1]), NAMES.len());
    }

    #[test]
    fn definitions_are_found_by_name() {
        assert_eq!(DEFINITION_ENDS.len(), DEFINITION_TYPES.len());
        let pod = definition("io.k8s.api.core.v1.Pod");
        assert!(pod.is_some());
        assert_eq!(pod, resource("v1", "Pod"));
        assert_eq!(definition("io.k8s.api.core.v1.Po"), None);
        assert_eq!(definition(""), None);
        assert_eq!(definition("~"), None);
    }

    #[test]
    fn fields_of_an_object_are_sorted() {
        let mut start = 0;
        for end in OBJECT_ENDS {
            let fields = &FIELDS.as_chunks::<2>().0[start..usize::from(end)];
            assert!(fields.windows(2).all(|it| it[0][0] < it[1][0]));
            start = usize::from(end);
        }
        assert_eq!(start * 2, FIELDS.len());
    }

    #[test]
    fn every_type_that_is_named_exists() {
        let count = FIRST_MAP + MAPS.len();
        let fields = FIELDS.as_chunks::<2>().0.iter().map(|it| it[1]);
        let items = LISTS.as_chunks::<2>().0.iter().map(|it| it[0]).filter(|it| *it != NONE);
        let resources = RESOURCES.as_chunks::<3>().0.iter().map(|it| it[2]);
        let mut all = fields.chain(items).chain(MAPS.iter().copied()).chain(resources);
        assert!(all.all(|it| usize::from(it) < count));
    }

    #[test]
    fn rows_by_kind_are_sorted() {
        for table in [&RESOURCES[..], &SCOPES[..]] {
            let rows = table.as_chunks::<3>().0;
            assert!(rows.windows(2).all(|it| it[0][..2] < it[1][..2]));
        }
    }
}
