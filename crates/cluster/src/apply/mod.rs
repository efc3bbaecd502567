//! Applying manifests, and deleting objects: what the API server takes, and what it refuses.

mod assumed;

use std::fmt;

use tidegate_object::{Identity, Map, Node, Object};
use tidegate_reconcile::{
    Change, Effect, FieldSet, Tree, applied, diff, is_cluster_scoped, with_defaults,
};
use tidegate_source::{Diagnostic, Label};
use tidegate_workload::{Budget, Workload};

use crate::names::uid;
use crate::objects::set;
use crate::state::{Cluster, Stored};

/// How manifests are applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplyOptions {
    /// The namespace of manifests that name none.
    pub namespace: String,
    /// The name under which the fields are owned.
    pub manager: String,
    /// Create namespaces that are missing; otherwise they are a mistake.
    pub create_namespaces: bool,
}

/// What became of an object that was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applied {
    /// It was not there.
    Created,
    /// Something of it changed.
    Configured,
    /// Nothing changed.
    Unchanged,
}

/// Why manifests were not applied: everything that the API server would refuse. None of them was applied then.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplyError {
    diagnostics: Vec<Diagnostic>,
}

impl ApplyError {
    /// Returns what is wrong, each with its place where the manifest came from text.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.diagnostics.iter().map(|it| &*it.message).collect();
        f.write_str(&messages.join("; "))
    }
}

impl std::error::Error for ApplyError {}

impl Cluster {
    /// Applies manifests, all or none: as server-side apply does, with the fields that the manager set before and sets
    /// no longer taken away. The controllers then act at once, as far as they can without time.
    ///
    /// # Errors
    ///
    /// Each manifest that the API server would refuse: without kind, version or a valid name; in a namespace that is
    /// not there; a workload or budget that is not valid; a change of a field that cannot change. Nothing is changed.
    ///
    /// ```
    /// use tidegate_cluster::{Applied, ApplyOptions, Cluster, Moment};
    /// use tidegate_object::Object;
    /// use tidegate_reconcile::json;
    ///
    /// let options = ApplyOptions {
    ///     namespace: "prod".to_owned(),
    ///     manager: "shop".to_owned(),
    ///     create_namespaces: true,
    /// };
    /// let text = r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"}}"#;
    /// let settings = Object::new(json::parse(text)?);
    /// let mut cluster = Cluster::new(Moment(0));
    /// assert_eq!(cluster.apply(&[settings.clone()], &options)?, [Applied::Created]);
    /// assert_eq!(cluster.apply(&[settings], &options)?, [Applied::Unchanged]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(
        &mut self,
        manifests: &[Object],
        options: &ApplyOptions,
    ) -> Result<Vec<Applied>, ApplyError> {
        let manifests = self.check(manifests, options)?;
        for manifest in &manifests {
            self.create_namespace(manifest.namespace());
        }
        let results = manifests.iter().map(|it| self.apply_one(it, &options.manager)).collect();
        self.objects.sort_by_cached_key(|it| {
            let Identity { group, kind, namespace, name, .. } = it.0.identity();
            (kind, group, namespace, name)
        });
        self.run_controllers();
        Ok(results)
    }

    /// Returns the manifests in the namespaces that they are applied to, if the API server takes all of them.
    pub(crate) fn check(
        &self,
        manifests: &[Object],
        options: &ApplyOptions,
    ) -> Result<Vec<Object>, ApplyError> {
        let manifests: Vec<Object> = manifests.iter().map(|it| placed(it, options)).collect();
        let refusals = manifests.iter().flat_map(|it| self.refusals(it, &manifests, options));
        let diagnostics: Vec<Diagnostic> = refusals.collect();
        if diagnostics.is_empty() { Ok(manifests) } else { Err(ApplyError { diagnostics }) }
    }

    /// Deletes an object, and with it what it owns; a Namespace takes everything in it along. Returns whether it was there.
    pub fn delete(&mut self, identity: &Identity) -> bool {
        let Some(at) = self.position(identity) else { return false };
        let object = self.objects.remove(at).0;
        if object.kind() == "Namespace" && object.group().is_empty() {
            self.objects.retain(|it| it.0.namespace() != object.name());
        }
        let of = format!("{}/{}", object.kind(), object.name());
        self.record(object.namespace(), of, "Deleted", "The object was deleted".to_owned());
        self.run_controllers();
        true
    }

    fn create_namespace(&mut self, name: &str) {
        let identity = namespace(name);
        if name.is_empty() || self.position(&identity).is_some() {
            return;
        }
        let manifest = Object::new(Node::from(Map::from_iter([
            ("apiVersion", Node::from("v1")),
            ("kind", Node::from("Namespace")),
            ("metadata", Node::from(Map::from_iter([("name", Node::from(name))]))),
        ])));
        self.store(with_defaults(&manifest));
    }

    fn apply_one(&mut self, manifest: &Object, manager: &str) -> Applied {
        let at = self.position(&manifest.identity());
        let live = at.map(|at| self.objects[at].0.clone());
        let owned = live.as_ref().and_then(|it| {
            FieldSet::managed_by(it, manager).or_else(|| FieldSet::last_applied(it))
        });
        let mut object = applied(manifest, live.as_ref(), owned.as_ref());
        own(&mut object, manifest, manager);
        let (Some(at), Some(live)) = (at, live) else {
            self.store(object);
            return Applied::Created;
        };
        if object == live {
            return Applied::Unchanged;
        }
        self.touch(&mut object, &live);
        self.objects[at] = Stored(object);
        let of = format!("{}/{}", manifest.kind(), manifest.name());
        self.record(manifest.namespace(), of, "Applied", format!("Applied by {manager}"));
        Applied::Configured
    }

    /// Keeps a new object.
    fn store(&mut self, mut object: Object) {
        let number = self.next_number();
        let uid = uid(object.kind(), object.namespace(), object.name(), number);
        let created = self.clock.to_string();
        let root = &mut object.root;
        set(root, &["metadata", "uid"], Node::from(uid));
        set(root, &["metadata", "creationTimestamp"], Node::from(created));
        set(root, &["metadata", "generation"], Node::from(1));
        set(root, &["metadata", "resourceVersion"], Node::from(number.to_string()));
        assumed::fill_in(&mut object);
        let of = format!("{}/{}", object.kind(), object.name());
        self.record(object.namespace(), of, "Created", "The object was created".to_owned());
        self.objects.push(Stored(object));
    }

    /// Gives a changed object its next version, and its next generation where its wish has changed.
    pub(crate) fn touch(&mut self, object: &mut Object, before: &Object) {
        let number = self.next_number();
        set(&mut object.root, &["metadata", "resourceVersion"], Node::from(number.to_string()));
        let wish = |it: &Object| {
            let mut map = it.root.as_map().cloned().unwrap_or_default();
            map.remove("metadata");
            map.remove("status");
            map
        };
        if wish(object) != wish(before) {
            let generation = before.at(&["metadata", "generation"]).and_then(Node::as_i64);
            let next = generation.unwrap_or(0).saturating_add(1);
            set(&mut object.root, &["metadata", "generation"], Node::from(next));
        }
        assumed::fill_in(object);
    }

    /// Returns what the API server would have against a manifest.
    fn refusals(
        &self,
        manifest: &Object,
        all: &[Object],
        options: &ApplyOptions,
    ) -> Vec<Diagnostic> {
        let name = manifest.name();
        let what = format!("{}/{name}", manifest.kind());
        let problem = |code: &'static str, message: String| {
            Diagnostic::error(code, message).at(Label::new(manifest.mark(), ""))
        };
        if manifest.kind().is_empty() || manifest.api_version().is_empty() {
            return vec![problem(
                "no-kind",
                format!("the object {name:?} has no kind or apiVersion"),
            )];
        }
        if !is_name(name) {
            let message = format!("{what}: the name {name:?} is not a valid name of an object");
            let help = "use lower-case letters, digits, `-` and `.`, and begin and end with a letter or digit";
            return vec![problem("invalid-name", message).help(help)];
        }
        let mut found = Vec::new();
        let home = manifest.namespace();
        let declared = all.iter().any(|it| it.kind() == "Namespace" && it.name() == home);
        let there = home.is_empty() || declared || self.position(&namespace(home)).is_some();
        if !there && !options.create_namespaces {
            let message = format!("{what}: the namespace {home:?} does not exist");
            found.push(problem("no-namespace", message));
        }
        if Workload::is_workload(manifest) {
            found.extend(Workload::from_object(manifest).err().into_iter().flatten());
            if manifest.at(&["spec", "selector"]).is_none_or(Node::is_null) {
                let message = format!("{what}: `spec.selector` is required");
                found.push(problem("no-selector", message));
            }
        }
        if Budget::is_budget(manifest) {
            found.extend(Budget::from_object(manifest).err().into_iter().flatten());
        }
        if let Some(live) = self.object(&manifest.identity()) {
            let owned = FieldSet::managed_by(live, &options.manager);
            let difference = diff(manifest, live, owned.as_ref());
            let refused = |it: &&Change| it.effect == Effect::Refused;
            found.extend(difference.changes.iter().filter(refused).map(|it| immutable(&what, it)));
        }
        found
    }
}

fn immutable(what: &str, change: &Change) -> Diagnostic {
    let message = format!("{what}: `{}` cannot be changed", change.path);
    let was = change.live.as_ref().map(Tree::to_string).unwrap_or_default();
    Diagnostic::error("immutable-field", message)
        .at(Label::new(change.mark, "another value than the live object's"))
        .note(format!("the live value is {was}"))
        .help("delete the object first, or keep the value")
}

fn namespace(name: &str) -> Identity {
    Identity {
        version: "v1".to_owned(),
        kind: "Namespace".to_owned(),
        name: name.to_owned(),
        ..Identity::default()
    }
}

/// Returns a manifest in the namespace that it is applied to.
fn placed(manifest: &Object, options: &ApplyOptions) -> Object {
    let mut placed = manifest.clone();
    let nowhere = is_cluster_scoped(manifest.group(), manifest.kind());
    if !nowhere && manifest.namespace().is_empty() && !options.namespace.is_empty() {
        set(&mut placed.root, &["metadata", "namespace"], Node::from(options.namespace.as_str()));
    }
    placed
}

/// Notes which fields the manager has applied.
fn own(object: &mut Object, manifest: &Object, manager: &str) {
    let entry = Node::from(Map::from_iter([
        ("manager", Node::from(manager)),
        ("operation", Node::from("Apply")),
        ("apiVersion", Node::from(manifest.api_version())),
        ("fieldsType", Node::from("FieldsV1")),
        ("fieldsV1", FieldSet::of(manifest).to_node()),
    ]));
    let entries = object.at(&["metadata", "managedFields"]).and_then(Node::as_list).unwrap_or(&[]);
    let other = |it: &&Node| it.get("manager").and_then(Node::as_str) != Some(manager);
    let mut entries: Vec<Node> = entries.iter().filter(other).cloned().collect();
    entries.push(entry);
    set(&mut object.root, &["metadata", "managedFields"], Node::from(entries));
}

// subdomain = label *( "." label ); label = alnum [ *61( alnum / "-" ) alnum ]; at most 253 (RFC 1123)
fn is_name(name: &str) -> bool {
    // Names of RBAC objects may hold colons.
    let alnum = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
    let label = |it: &str| {
        let bytes = it.as_bytes();
        bytes.first().is_some_and(|it| alnum(*it))
            && bytes.last().is_some_and(|it| alnum(*it))
            && bytes.iter().all(|it| alnum(*it) || matches!(it, b'-' | b':'))
    };
    name.len() <= 253 && name.split('.').all(label)
}
