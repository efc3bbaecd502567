//! Why something that is missing among the objects may be there in the cluster.

use tidegate_source::nearest;

use super::{Find, Scope};
use crate::makers::is_of;
use crate::pods::Pods;
use crate::route::Route;
use crate::selector::Selector;
use crate::service::{Service, ServicePort};

impl Find<'_> {
    /// What is missing among some of the objects may be deployed apart, where nothing speaks against it.
    pub(super) fn apart(&self, evidence: bool) -> Option<String> {
        let apart = self.scope == Scope::Part && !evidence;
        apart.then(|| "nothing among the objects is like it: it may be deployed apart".to_owned())
    }

    /// Why pods that a selector asks for may come from elsewhere; `None` where nothing speaks for it. `by` is the name of
    /// the object that asks.
    pub(super) fn pods_elsewhere(
        &self,
        namespace: &str,
        by: &str,
        selector: &Selector,
        service: Option<&Service>,
    ) -> Option<String> {
        if namespace == "kube-system" {
            return Some("pods of `kube-system` come with the cluster".to_owned());
        }
        let here = self.index.all(namespace);
        if here.is_empty() {
            return Some("no pods of this namespace are among the objects".to_owned());
        }
        let makers = &self.network.references.makers;
        let values: Vec<&str> = selector.wanted().map(|(_, value)| value).collect();
        if let Some(why) = makers.of_pods_named(namespace, &values) {
            return Some(why);
        }
        let pods = || here.iter().map(|at| (*at, &self.network.pods[*at]));
        let may_label = |pods: &Pods| {
            (pods.identity.kind == "StatefulSet" || pods.is_custom()) && lacks_only(pods, selector)
        };
        if let Some((_, labelled)) = pods().find(|(_, it)| may_label(it)) {
            let called = labelled.called();
            return Some(format!("pods of {called} may be given the missing label while they run"));
        }
        let is_like = |(at, pods): (usize, &Pods)| {
            let name = &pods.identity.name;
            let wanted = || selector.wanted();
            let shared =
                wanted().filter(|(key, value)| pods.labels.get(*key).is_some_and(|it| it == value));
            let shared = shared.count();
            related(name, by)
                || wanted().any(|(_, value)| related(name, value))
                || wanted().any(|(key, value)| {
                    pods.labels.get(key).is_some_and(|it| it != value && alike(it, value))
                })
                || (shared > 0 && shared + 1 >= wanted().count())
                || service.is_some_and(|it| self.services_of[at].is_empty() && listens(pods, it))
        };
        let slip = |(_, pods): (usize, &Pods)| {
            selector.wanted().any(|(key, value)| {
                pods.labels.get(key).is_some_and(|it| it != value && alike(it, value))
            })
        };
        // Where a chart may bring anything, a slip is what speaks against it.
        makers
            .of_any_pods(namespace)
            .filter(|_| !pods().any(slip))
            .or_else(|| self.apart(pods().any(is_like)))
    }

    /// Why a Service may come from elsewhere. `evidence` speaks for it being forgotten.
    pub(super) fn service_elsewhere(
        &self,
        namespace: &str,
        name: &str,
        evidence: bool,
    ) -> Option<String> {
        let here = self.services_in.get(namespace);
        let pods = self.index.all(namespace);
        if here.is_none() && pods.is_empty() {
            return Some("nothing else of this namespace is among the objects".to_owned());
        }
        if let Some(maker) = self.network.references.makers.find(namespace, |it| is_of(name, it)) {
            return Some(format!("the controller of {maker} may make it"));
        }
        let similar = here.into_iter().flatten().any(|it| related(it, name));
        if let Some(maker) = self.network.references.makers.of_anything(namespace)
            && !similar
        {
            return Some(format!("{maker} may bring it: what it holds is not read"));
        }
        let runs = pods.iter().any(|at| self.network.pods[*at].identity.name == name);
        self.apart(evidence || similar || runs)
    }

    /// Whether a route that leads nowhere was meant for something among the objects: others of the same object lead to
    /// their Services, or there is a Service with such a port to which nothing leads.
    pub(super) fn is_meant(&self, route: &Route, is_port: impl Fn(&ServicePort) -> bool) -> bool {
        let beside =
            self.network.routes.iter().any(|it| {
                it.object == route.object && it.from == route.from && it.service.is_some()
            });
        let mut services = self.network.services.iter().enumerate();
        beside
            || services.any(|(at, it)| {
                it.identity.namespace == route.from.namespace
                    && !it.kind.is_open()
                    && !self.routed.contains(&at)
                    && it.ports.iter().any(&is_port)
            })
    }
}

/// Whether two names differ by a slip: near each other, and only in two neighbouring characters.
pub(super) fn alike(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let before = left.iter().zip(&right).take_while(|(left, right)| left == right).count();
    let (left_rest, right_rest) = (&left[before..], &right[before..]);
    let behind = left_rest.iter().rev().zip(right_rest.iter().rev());
    let behind = behind.take_while(|(left, right)| left == right).count();
    let longest = left_rest.len().max(right_rest.len()) - behind;
    let (left, right): (String, String) = (left.into_iter().collect(), right.into_iter().collect());
    longest <= 2 && nearest(&left, [right.as_str()]).is_some()
}

/// Whether two names are one, or differ by a slip, or by a word before or behind: `web`, `web-svc`, `prod-web`.
pub(super) fn related(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    let before = long.strip_prefix(short).is_some_and(|it| it.starts_with('-'));
    let behind = long.strip_suffix(short).is_some_and(|it| it.ends_with('-'));
    (!short.is_empty() && (before || behind)) || alike(left, right)
}

/// Whether pods have a port that a Service wants.
fn listens(pods: &Pods, service: &Service) -> bool {
    let declared = |port: &ServicePort| {
        pods.find_port(&port.target, port.protocol)
            .is_some_and(|number| pods.ports.iter().any(|it| it.number == number))
    };
    service.ports.iter().any(declared)
}

/// Whether pods have one label that a selector asks for, and of the others none with another value.
fn lacks_only(pods: &Pods, selector: &Selector) -> bool {
    let mut some = false;
    for (key, value) in selector.wanted() {
        match pods.labels.get(key) {
            Some(it) if it == value => some = true,
            Some(_) => return false,
            None => {}
        }
    }
    some
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_words_before_or_behind_are_told_from_other_names() {
        for (left, right) in
            [("web", "wbe"), ("web", "web-svc"), ("prod-web", "web"), ("api-v1", "api-v2")]
        {
            assert!(related(left, right) && related(right, left), "{left} and {right}");
        }
        for (left, right) in [
            ("infra-backend-v1", "tcp-backend-v1"),
            ("api", "web"),
            ("db", "kv"),
            ("web", "website"),
            ("", "web"),
        ] {
            assert!(!related(left, right) && !related(right, left), "{left} and {right}");
        }
    }
}
