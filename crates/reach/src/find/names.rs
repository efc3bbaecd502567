//! Objects that name others: Services by stateful sets, Secrets by routes.

use tidegate_source::{Diagnostic, Label, nearest};

use super::{Find, Pods, remark, softened};
use crate::references::Reference;
use crate::service::ServiceKind;

impl Find<'_> {
    pub(super) fn names(&mut self) {
        for reference in &self.network.references.governing {
            self.governing(reference);
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
            let mut finding = Diagnostic::warning("stateful-set-service-unknown", message)
                .at(Label::new(named.mark, ""));
            let here = self.services_in.get(namespace.as_str());
            if let Some(near) = here.and_then(|it| nearest(name, it.iter().copied())) {
                finding = finding.help(format!("a Service with a similar name exists: `{near}`"));
            } else {
                finding = finding.help("add a headless Service of this name (`clusterIP: None`)");
            }
            let own = |pods: &Pods| pods.identity == named.from;
            let chosen = self.network.pods.iter().position(own);
            let served = chosen.is_some_and(|at| !self.services_of[at].is_empty());
            // Who keeps a set without any Service keeps the Services in another place.
            let none =
                here.is_none().then_some("no Service of this namespace is among the objects");
            let why =
                none.map(str::to_owned).or_else(|| self.service_elsewhere(namespace, name, served));
            return self.push(softened(finding, why));
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
        let finding = remark("stateful-set-service-has-address", message);
        let finding = finding
            .at(Label::new(named.mark, ""))
            .at(Label::new(service.mark, "has an address of its own"));
        self.push(finding.help("govern it by a Service with `clusterIP: None`"));
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
        let finding = remark("tls-secret-unknown", message).at(Label::new(named.mark, ""));
        let finding =
            finding.note("without it most controllers answer with a certificate of their own");
        self.push(finding.help("see that it is made before the Ingress"));
    }
}
