use std::cmp::Ordering;

use super::Select;
use crate::constraint::Constraint;
use crate::decimal::go_float;
use crate::flux::FluxOrder;
use crate::loose::LooseVersion;
use crate::tag::TagInfo;

/// What tags are compared by; the greater key is the newer tag.
#[derive(Debug)]
pub(super) enum Key<'t> {
    Version(LooseVersion<'t>),
    Time(i64),
    Text(&'t str, FluxOrder),
    Number(f64, FluxOrder),
    /// There is but one tag.
    Same,
}

impl Key<'_> {
    /// Compares keys of one policy.
    pub(super) fn compare(&self, other: &Key<'_>) -> Ordering {
        match (self, other) {
            (Key::Version(a), Key::Version(b)) => a.cmp_precedence(b),
            (Key::Time(a), Key::Time(b)) => a.cmp(b),
            (Key::Text(a, order), Key::Text(b, _)) => directed(a.cmp(b), *order),
            (Key::Number(a, order), Key::Number(b, _)) => directed(a.total_cmp(b), *order),
            _ => Ordering::Equal,
        }
    }
}

fn directed(ordering: Ordering, order: FluxOrder) -> Ordering {
    match order {
        FluxOrder::Ascending => ordering,
        FluxOrder::Descending => ordering.reverse(),
    }
}

impl Select {
    /// Returns what a tag is compared by; `None` where it can't be.
    pub(super) fn key<'t>(&self, item: &'t str, tag: &TagInfo) -> Option<Key<'t>> {
        Some(match self {
            Self::Semver(_) => Key::Version(LooseVersion::parse(item).ok()?),
            Self::NewestBuild => Key::Time(tag.time()),
            Self::Alphabetical(order) => Key::Text(item, *order),
            Self::Numerical(order) => {
                // -0 and 0 are one number.
                Key::Number(go_float(item).filter(|it| !it.is_nan())? + 0.0, *order)
            }
            Self::Digest { tag: wanted } => (tag.name == *wanted).then_some(Key::Same)?,
        })
    }

    /// Returns the constraint, where versions are compared.
    pub(super) fn constraint(&self) -> Option<&Constraint> {
        match self {
            Self::Semver(constraint) => Some(constraint),
            _ => None,
        }
    }
}
