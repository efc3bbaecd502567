//! Two Ingresses for one place.

use std::collections::BTreeMap;

use tidegate_source::{Diagnostic, Label, Severity};

use super::Find;
use crate::route::{Backend, PathKind, Route};

impl Find<'_> {
    /// Source: Kubernetes documentation, *Ingress*, *Multiple matches*: the longest path wins, and of equally long ones an
    /// exact one; nothing is said of the same path twice.
    pub(super) fn claims(&mut self) {
        let mut claims: BTreeMap<(String, String, String, bool), Vec<&Route>> = BTreeMap::new();
        for route in &self.network.routes {
            let Some(claim) = &route.claim else { continue };
            let path = match route.path_kind {
                PathKind::Prefix => route.path.trim_end_matches('/'),
                PathKind::Exact => &route.path,
                // Two paths of which the controller makes what it likes may mean different things.
                _ => continue,
            };
            let host = route.host.as_deref().unwrap_or_default().to_ascii_lowercase();
            let exact = route.path_kind == PathKind::Exact;
            claims.entry((host, path.to_owned(), claim.clone(), exact)).or_default().push(route);
        }
        for routes in claims.into_values() {
            let [first, others @ ..] = routes.as_slice() else { continue };
            for other in others {
                // An object that a folder holds in several forms is one object.
                if first.from == other.from && first.object != other.object {
                    continue;
                }
                self.push(claimed(first, other));
            }
        }
    }
}

fn claimed(first: &Route, other: &Route) -> Diagnostic {
    let backend = |route: &Route| match &route.backend {
        Backend::Service(it) => Some((it.namespace.clone(), it.name.clone(), it.port.clone())),
        _ => None,
    };
    let same = backend(first) == backend(other);
    let who = if first.from == other.from {
        format!("{} takes {} twice", first.called(), first.way())
    } else {
        format!("{} and {} both take {}", first.called(), other.called(), first.way())
    };
    let message = if same {
        who
    } else {
        format!("{who}, for different Services: who gets it is left to the controller")
    };
    let severity = if same { Severity::Note } else { Severity::Warning };
    Diagnostic::new(severity, "route-claimed-twice", message)
        .at(Label::new(other.mark, ""))
        .at(Label::new(first.mark, "taken here first"))
        .help("keep one of them")
}
