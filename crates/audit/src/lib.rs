//! Manifests looked over: probes, resources, images, budgets, update strategy, references.
//!
//! ```
//! use tidegate_audit::{Code, Context, audit};
//! use tidegate_object::manifests;
//! use tidegate_source::Sources;
//!
//! let text = "\
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     spec:
//!       containers:
//!       - name: web
//!         image: web:latest
//!         resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 32Mi}}
//! ";
//! let mut sources = Sources::new();
//! let source = sources.add("web.yaml", text);
//! let objects = manifests(text.into(), source).expect("no mistake");
//! let found = audit(&objects, &Context::default());
//! let codes: Vec<&str> = found.iter().map(|it| &*it.code).collect();
//! let expected = [Code::NoLivenessProbe, Code::RequestAboveLimit, Code::ImageMutableTag, Code::NoBudget];
//! assert_eq!(codes, expected.map(Code::name));
//! let place = sources.place(found[2].labels[0].mark).expect("a place");
//! assert_eq!(place.to_string(), "web.yaml:10:16");
//! ```
//!
//! # Model
//!
//! [`audit`] takes the objects of a render or of a folder and looks at them one by one and at each other: a budget
//! and the pods that it guards, an autoscaler and what it scales, a pod and the ConfigMap that it names. What it finds is
//! data: a [`Diagnostic`] with the name of a [`Code`], whose weight is always the same, a sentence, the places of the
//! fields that cause it, and the mend. An error is what an API server or a kubelet refuses; a warning is worth a change; a
//! note is worth knowing. [`overridden`] compares files with what became of them.
//!
//! # Scope
//!
//! Whether a rollout finishes, what serves meanwhile, whether readiness is probed and what a budget blocks is proved by
//! `tidegate-workload`; the two report nothing twice. Nothing here is about security: privileges, users, capabilities,
//! host paths, and roles belong to a policy engine. A CPU limit is not asked for: it slows a container down where the
//! node has time to spare. Custom resources that run pods are not looked into.
//!
//! # Conformance
//!
//! Kubernetes 1.33, as read in the files that each rule names. A finding is decided from what is written: where the
//! cluster may hold what the manifests don't, it is a note.

mod autoscaler;
mod budgets;
mod code;
mod context;
mod images;
mod lifetime;
mod names;
mod pods;
mod probes;
mod references;
mod resources;
mod strategy;
mod versions;

use tidegate_object::Object;
use tidegate_source::Diagnostic;

pub use autoscaler::Autoscaler;
pub use code::Code;
pub use context::Context;
pub use images::{Written, is_mutable, overridden};
pub use pods::pod_labels;

/// Looks over objects that belong together: a render, or the manifests of a folder.
///
/// Findings come object by object, and then those that are about several.
///
/// ```
/// use tidegate_audit::{Context, audit};
///
/// assert_eq!(audit(&[], &Context::default()), []);
/// ```
#[must_use]
pub fn audit(objects: &[Object], context: &Context) -> Vec<Diagnostic> {
    let all: Vec<pods::Pods<'_>> = objects.iter().filter_map(pods::Pods::of).collect();
    let defaults = resources::Defaults::of(objects);
    let mut found = Vec::new();
    for object in objects {
        versions::look(object, &mut found);
    }
    for pods in &all {
        probes::look(pods, &mut found);
        resources::look(pods, &defaults, &mut found);
        images::look(pods, &mut found);
        strategy::look(pods, &mut found);
        lifetime::look(pods, &mut found);
        names::look(pods, &mut found);
    }
    budgets::look(objects, &all, context, &mut found);
    autoscaler::look(objects, &all, &mut found);
    references::look(objects, &all, &mut found);
    found
}
