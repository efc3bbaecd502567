//! Objects that name others: StatefulSets, autoscalers, certificates.

use tidegate_source::nearest;

use super::elsewhere::{is_of, related};
use super::{Find, Pods};
use crate::finding::Finding;
use crate::references::Reference;
use crate::service::ServiceKind;

impl Find<'_> {
    pub(super) fn names(&mut self) {
        for reference in &self.network.references.governing {
            self.governing(reference);
        }
        for reference in &self.network.references.scaled {
            self.scaled(reference);
        }
        for reference in &self.network.references.certificates {
            self.certificate(reference);
        }
    }

    /// Source: Kubernetes documentation, *StatefulSet*, *Limitations* and *Stable Network ID*; `pkg/controller/endpoint`:
    /// only a headless Service publishes the names of single pods.
    fn governing(&mut self, named: &Reference) {
        let (namespace, name) = (&named.from.namespace, &named.name);
        let key = (namespace.clone(), name.clone());
        let owner = &named.from.name;
        let Some(found) = self.network.by_name.get(&key) else {
            let message = format!(
                "StatefulSet `{owner}` is governed by Service `{name}`, which is not there: its pods have no names of \
                 their own"
            );
            let mut finding =
                Finding::warning("stateful-set-service-unknown", message).at(named.mark, "");
            let here = self.services_in.get(namespace.as_str());
            if let Some(near) = here.and_then(|it| nearest(name, it.iter().copied())) {
                finding = finding.help(format!("a Service with a similar name exists: `{near}`"));
            } else {
                finding = finding.help("add a headless Service of this name (`clusterIP: None`)");
            }
            let own = |pods: &Pods| pods.identity == named.from;
            let chosen = self.network.pods.iter().position(own);
            let served = chosen.is_some_and(|at| !self.services_of[at].is_empty());
            let why = self.service_elsewhere(namespace, name, served);
            return self.push(finding.softened(why));
        };
        let services = || found.iter().map(|at| &self.network.services[*at]);
        if services().any(|it| it.kind == ServiceKind::Headless) {
            return;
        }
        let Some(service) = services().next() else { return };
        let message = format!(
            "StatefulSet `{owner}` is governed by {}, which is not headless: its pods have no names of their own",
            service.called()
        );
        let finding = Finding::remark("stateful-set-service-has-address", message);
        let finding = finding.at(named.mark, "").at(service.mark, "has an address of its own");
        self.push(finding.help("govern it by a Service with `clusterIP: None`"));
    }

    /// Source: Kubernetes `pkg/controller/podautoscaler/horizontal.go`, `scaleForResourceMappings`.
    fn scaled(&mut self, named: &Reference) {
        let (namespace, kind, name) = (&named.from.namespace, &named.kind, &named.name);
        let here = self.network.references.of_kind(namespace, kind);
        let found = here.iter().find(|(_, it)| it == name);
        let message = format!("HorizontalPodAutoscaler `{}` scales {kind} `{name}`", named.from.name);
        let warning = |why: &str| {
            let message = format!("{message}, {why}");
            Finding::warning("scale-target-unknown", message).at(named.mark, "")
        };
        if let Some((group, _)) = found {
            if *group != named.group {
                let finding = warning("in an API group that has none of this name");
                self.push(finding.help(format!("write an `apiVersion` of group `{group}`")));
            }
            return;
        }
        let mut finding = warning("which is not there");
        let similar = here.iter().map(|(_, it)| it.as_str());
        let other = self.network.pods.iter().find(|it| is_other(it, namespace, name));
        if let Some(near) = nearest(name, similar) {
            finding = finding.help(format!("a {kind} with a similar name exists: `{near}`"));
        } else if let Some(other) = other {
            finding = finding.help(format!("`{name}` is a {}", other.identity.kind));
        }
        let own = matches!(named.group.as_str(), "" | "apps" | "extensions");
        let evidence = other.is_some()
            || here.iter().any(|(_, it)| related(it, name))
            || self.network.pods.iter().any(|it| is_other(it, namespace, &named.from.name));
        let nothing_here = self.index.all(namespace).is_empty();
        let why = match (nothing_here, own) {
            (true, _) => Some("no pods of this namespace are among the objects".to_owned()),
            (_, false) => Some(format!("{kind} is not a kind of Kubernetes itself")),
            _ => {
                let maker = self.network.references.custom(namespace, |it| is_of(name, it));
                let made = maker.map(|it| format!("the controller of {it} may make it"));
                made.or_else(|| self.apart(evidence))
            }
        };
        self.push(finding.softened(why));
    }

    /// A certificate may well be kept out of the repository.
    fn certificate(&mut self, named: &Reference) {
        if self.network.references.has_secret(&named.from.namespace, &named.name) {
            return;
        }
        let message = format!(
            "Ingress `{}` takes its certificate from Secret `{}`, which is not among the objects",
            named.from.name, named.name
        );
        let finding = Finding::remark("tls-secret-unknown", message).at(named.mark, "");
        let finding = finding.note("without it most controllers answer with a certificate of their own");
        self.push(finding.help("see that it is made before the Ingress"));
    }
}

fn is_other(pods: &Pods, namespace: &str, name: &str) -> bool {
    pods.identity.namespace == namespace && pods.identity.name == name
}
