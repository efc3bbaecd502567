use std::collections::BTreeMap;

use tidegate_object::{Identity, Object};
use tidegate_source::{Diagnostic, Mark};

use super::field::Field;
use super::read::Reader;
use crate::code;
use crate::quantity::Quantity;
use crate::resources::ResourceList;

/// A ResourceQuota: what all pods of a namespace together may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Which object it is.
    pub identity: Identity,
    /// Where it was written.
    pub mark: Mark,
    /// The bounds: `pods`, `requests.cpu` (also written `cpu`), `limits.memory`, …
    pub hard: BTreeMap<String, Field<Quantity>>,
    /// What the namespace's other pods use of them; where nothing is said, nothing.
    pub used_by_others: ResourceList,
}

impl Quota {
    /// Reads a ResourceQuota. A quota with scopes is read as if it applied to every pod.
    ///
    /// # Errors
    ///
    /// Every mistake that is found: `wrong-kind` for another object, `wrong-type`, `invalid-quantity`.
    pub fn from_object(object: &Object) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader::new(object.kind(), object.name());
        if object.kind() != "ResourceQuota" || !object.group().is_empty() {
            let message = format!("{} is not a ResourceQuota", object.kind());
            reader.report(code::WRONG_KIND, object.mark(), message);
            return Err(reader.found);
        }
        let mut hard = BTreeMap::new();
        let bounds = object.at(&["spec", "hard"]).and_then(|it| it.as_map());
        for (name, amount) in bounds.into_iter().flat_map(tidegate_object::Map::iter) {
            if let Some(quantity) = reader.quantity(amount, name) {
                hard.insert(name.to_owned(), Field::written(quantity, amount.mark));
            }
        }
        if !reader.found.is_empty() {
            return Err(reader.found);
        }
        let used_by_others = ResourceList::new();
        Ok(Self { identity: object.identity(), mark: object.mark(), hard, used_by_others })
    }
}

/// What a limit applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitedKind {
    /// Each container.
    Container,
    /// Each pod: the sum of its containers.
    Pod,
    /// Something else, which does not concern pods.
    Other,
}

/// One entry of a LimitRange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitItem {
    /// What it applies to.
    pub kind: LimitedKind,
    /// Where it was written.
    pub mark: Mark,
    /// The least that may be asked for.
    pub min: ResourceList,
    /// The most that may be used.
    pub max: ResourceList,
    /// The limit of a container that has none.
    pub default: ResourceList,
    /// The request of a container that has none.
    pub default_request: ResourceList,
    /// How many times its request a limit may be.
    pub max_limit_request_ratio: ResourceList,
}

/// A LimitRange: what a single container or pod may ask for, and what it asks for by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitRange {
    /// Which object it is.
    pub identity: Identity,
    /// Where it was written.
    pub mark: Mark,
    /// Its entries.
    pub limits: Vec<LimitItem>,
}

impl LimitRange {
    /// Reads a LimitRange.
    ///
    /// # Errors
    ///
    /// Every mistake that is found: `wrong-kind` for another object, `wrong-type`, `invalid-quantity`.
    pub fn from_object(object: &Object) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader::new(object.kind(), object.name());
        if object.kind() != "LimitRange" || !object.group().is_empty() {
            let message = format!("{} is not a LimitRange", object.kind());
            reader.report(code::WRONG_KIND, object.mark(), message);
            return Err(reader.found);
        }
        let spec = object.at(&["spec"]).unwrap_or(&object.root);
        let mut limits = Vec::new();
        for item in reader.list(spec, "limits") {
            let kind = match reader.text(item, "type") {
                Some("Container") => LimitedKind::Container,
                Some("Pod") => LimitedKind::Pod,
                _ => LimitedKind::Other,
            };
            limits.push(LimitItem {
                kind,
                mark: item.mark,
                min: reader.quantities(item, "min"),
                max: reader.quantities(item, "max"),
                default: reader.quantities(item, "default"),
                default_request: reader.quantities(item, "defaultRequest"),
                max_limit_request_ratio: reader.quantities(item, "maxLimitRequestRatio"),
            });
        }
        if !reader.found.is_empty() {
            return Err(reader.found);
        }
        Ok(Self { identity: object.identity(), mark: object.mark(), limits })
    }
}
