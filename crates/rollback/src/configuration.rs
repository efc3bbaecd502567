use std::collections::BTreeSet;
use std::fmt;

use tidegate_object::Node;
use tidegate_source::Mark;

/// The kinds of object that hold configuration for pods.
///
/// ```
/// use tidegate_rollback::{ConfigurationKind, configuration_uses};
/// # let pod = "{spec: {volumes: [{name: keys, secret: {secretName: hub-keys}}], containers: []}}";
/// # let pod = tidegate_object::manifests(pod.into(), tidegate_source::SourceId::NONE).expect("no mistake");
///
/// // `pod` is a template with the volume `secret: {secretName: hub-keys}`.
/// let uses = configuration_uses(&pod[0].root);
/// assert_eq!((uses[0].of.kind, &*uses[0].of.name), (ConfigurationKind::Secret, "hub-keys"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ConfigurationKind {
    /// A `ConfigMap`.
    ConfigMap,
    /// A `Secret`.
    Secret,
}

impl fmt::Display for ConfigurationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ConfigMap => "ConfigMap",
            Self::Secret => "Secret",
        })
    }
}

/// Names a `ConfigMap` or a `Secret` in one namespace.
///
/// ```
/// use tidegate_rollback::{ConfigurationKind, ConfigurationName};
///
/// let generated = ConfigurationName::new(ConfigurationKind::ConfigMap, "hub-env-5h2k9tgb7m");
/// // A name with a hash belongs to one revision; one without is shared by all.
/// assert!(generated.is_hash_suffixed());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ConfigurationName {
    /// Which of the two.
    pub kind: ConfigurationKind,
    /// The name.
    pub name: String,
}

impl ConfigurationName {
    /// Creates a name.
    ///
    /// ```
    /// use tidegate_rollback::{ConfigurationKind, ConfigurationName};
    ///
    /// let keys = ConfigurationName::new(ConfigurationKind::Secret, "hub-keys");
    /// assert_ne!(keys, ConfigurationName::new(ConfigurationKind::ConfigMap, "hub-keys"));
    /// ```
    #[must_use]
    pub fn new(kind: ConfigurationKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into() }
    }

    /// Returns whether the name ends as a Kustomize generator ends it: a dash and ten letters of its hash alphabet.
    ///
    /// ```
    /// use tidegate_rollback::{ConfigurationKind, ConfigurationName};
    ///
    /// let named = |name| ConfigurationName::new(ConfigurationKind::ConfigMap, name);
    /// assert!(named("settings-5h2k9tgb7m").is_hash_suffixed());
    /// assert!(!named("settings-production").is_hash_suffixed());
    /// ```
    #[must_use]
    pub fn is_hash_suffixed(&self) -> bool {
        // hash = 10( %x32 / %x34-39 / b c d f g h k m t ): hex digits with 0 1 3 a e written as g h k m t
        let hashed = |it: char| "2456789bcdfghkmt".contains(it);
        self.name
            .rsplit_once('-')
            .is_some_and(|(_, hash)| hash.len() == 10 && hash.chars().all(hashed))
    }
}

impl fmt::Display for ConfigurationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.name)
    }
}

/// A place in a pod template that uses a `ConfigMap` or a `Secret`.
///
/// ```
/// use tidegate_rollback::configuration_uses;
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let pod = object("{spec: {containers: [{name: hub, envFrom: [{configMapRef: {name: hub-env, optional: true}}]}]}}");
/// let used = configuration_uses(&pod.root).remove(0);
/// assert_eq!(used.path, "spec.containers[0].envFrom[0].configMapRef");
/// assert!(used.optional);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationUse {
    /// What is used.
    pub of: ConfigurationName,
    /// Whether the pod starts without it.
    pub optional: bool,
    /// Field path below the template: `spec.containers[0].envFrom[1].configMapRef`.
    pub path: String,
    /// Where it was written.
    pub mark: Mark,
}

/// Whether a `ConfigMap` or `Secret` that a past revision uses will be there when its pods start.
///
/// ```
/// use std::collections::BTreeSet;
/// use tidegate_rollback::{Availability, ConfigurationKind, ConfigurationName, configuration_needs};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let pod = object("{spec: {containers: [{name: hub, envFrom: [{configMapRef: {name: hub-env-5h2k9tgb7m}}]}]}}");
/// let name = ConfigurationName::new(ConfigurationKind::ConfigMap, "hub-env-5h2k9tgb7m");
/// let (none, there) = (BTreeSet::new(), BTreeSet::from([name]));
/// let found = |in_git, live, prune| configuration_needs(&pod.root, in_git, live, prune)[0].availability;
/// assert_eq!(found(&there, &none, true), Availability::InGit);
/// assert_eq!(found(&none, &there, false), Availability::LeftOver);
/// assert_eq!(found(&none, &none, false), Availability::Gone);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Availability {
    /// Git has it.
    InGit,
    /// Only the cluster has it, and nothing deletes it: pruning is off.
    LeftOver,
    /// Only the cluster has it, and the next sync deletes it.
    Pruned,
    /// Neither has it.
    Gone,
}

/// A `ConfigMap` or `Secret` that a past revision needs.
///
/// ```
/// use std::collections::BTreeSet;
/// use tidegate_rollback::configuration_needs;
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let pod = object("{spec: {containers: [{name: hub, envFrom: [{configMapRef: {name: hub-env-5h2k9tgb7m}}]}]}}");
/// let needs = configuration_needs(&pod.root, &BTreeSet::new(), &BTreeSet::new(), true);
/// assert_eq!(needs[0].of.name, "hub-env-5h2k9tgb7m");
/// assert!(needs[0].is_missing());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ConfigurationNeed {
    /// What is needed.
    pub of: ConfigurationName,
    /// Whether the pod starts without it.
    pub optional: bool,
    /// Where the template says so.
    pub path: String,
    /// Whether it will be there.
    pub availability: Availability,
}

impl ConfigurationNeed {
    /// Returns whether pods of the revision can't start: it is needed and not there, or about to be deleted.
    ///
    /// ```
    /// use tidegate_rollback::{Availability, ConfigurationKind, ConfigurationName, ConfigurationNeed};
    ///
    /// let gone = ConfigurationNeed {
    ///     of: ConfigurationName::new(ConfigurationKind::Secret, "hub-keys"),
    ///     optional: false,
    ///     path: "spec.volumes[0].secret.secretName".into(),
    ///     availability: Availability::Gone,
    /// };
    /// assert!(gone.is_missing());
    /// // What the pod starts without is not missed.
    /// assert!(!ConfigurationNeed { optional: true, ..gone }.is_missing());
    /// ```
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        !self.optional && matches!(self.availability, Availability::Gone | Availability::Pruned)
    }
}

/// Lists what a pod template uses: environment variables and whole environments of containers, init and ephemeral
/// containers, volumes (projected ones too), and image pull secrets. In the order of the fields.
///
/// ```
/// use tidegate_rollback::configuration_uses;
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let pod = object(
///     "{spec: {imagePullSecrets: [{name: registry}],
///              containers: [{name: hub, env: [{name: URL, valueFrom: {configMapKeyRef: {name: hub, key: url}}}]}]}}",
/// );
/// let names: Vec<String> = configuration_uses(&pod.root).into_iter().map(|it| it.of.name).collect();
/// assert_eq!(names, ["hub", "registry"]);
/// ```
#[must_use]
pub fn configuration_uses(template: &Node) -> Vec<ConfigurationUse> {
    let mut uses = Vec::new();
    let Some(spec) = template.get("spec") else { return uses };
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for (nth, container) in items(spec, list) {
            let path = format!("spec.{list}[{nth}]");
            for (nth, source) in items(container, "envFrom") {
                let path = format!("{path}.envFrom[{nth}]");
                push(
                    &mut uses,
                    source,
                    "configMapRef",
                    "name",
                    ConfigurationKind::ConfigMap,
                    &path,
                );
                push(&mut uses, source, "secretRef", "name", ConfigurationKind::Secret, &path);
            }
            for (nth, variable) in items(container, "env") {
                let path = format!("{path}.env[{nth}].valueFrom");
                let Some(from) = variable.get("valueFrom") else { continue };
                push(
                    &mut uses,
                    from,
                    "configMapKeyRef",
                    "name",
                    ConfigurationKind::ConfigMap,
                    &path,
                );
                push(&mut uses, from, "secretKeyRef", "name", ConfigurationKind::Secret, &path);
            }
        }
    }
    for (nth, volume) in items(spec, "volumes") {
        let path = format!("spec.volumes[{nth}]");
        push(&mut uses, volume, "configMap", "name", ConfigurationKind::ConfigMap, &path);
        push(&mut uses, volume, "secret", "secretName", ConfigurationKind::Secret, &path);
        let Some(projected) = volume.get("projected") else { continue };
        for (nth, source) in items(projected, "sources") {
            let path = format!("{path}.projected.sources[{nth}]");
            push(&mut uses, source, "configMap", "name", ConfigurationKind::ConfigMap, &path);
            push(&mut uses, source, "secret", "name", ConfigurationKind::Secret, &path);
        }
    }
    for (nth, secret) in items(spec, "imagePullSecrets") {
        if let Some(name) = secret.get("name").and_then(Node::as_str) {
            // The kubelet pulls without a pull secret that does not exist.
            uses.push(ConfigurationUse {
                of: ConfigurationName::new(ConfigurationKind::Secret, name),
                optional: true,
                path: format!("spec.imagePullSecrets[{nth}]"),
                mark: secret.mark,
            });
        }
    }
    uses
}

fn items<'n>(node: &'n Node, key: &str) -> impl Iterator<Item = (usize, &'n Node)> {
    node.get(key).and_then(Node::as_list).unwrap_or_default().iter().enumerate()
}

fn push(
    uses: &mut Vec<ConfigurationUse>,
    node: &Node,
    field: &str,
    name: &str,
    kind: ConfigurationKind,
    path: &str,
) {
    let Some(reference) = node.get(field) else { return };
    let Some(text) = reference.get(name).and_then(Node::as_str) else { return };
    uses.push(ConfigurationUse {
        of: ConfigurationName::new(kind, text),
        optional: reference.get("optional").and_then(Node::as_bool).unwrap_or(false),
        path: format!("{path}.{field}"),
        mark: reference.mark,
    });
}

/// Answers for each `ConfigMap` and `Secret` that a past pod template uses whether it will be there.
///
/// A generator gives each content its own name, so the past revision needs an object that git no longer has; whether
/// it still lives depends on pruning. `in_git` is what the present render has, `live` what the cluster has, both of
/// the template's namespace; `prune` says whether a sync deletes what git lacks. Each object is named once.
///
/// ```
/// use std::collections::BTreeSet;
/// use tidegate_object::{Map, Node};
/// use tidegate_rollback::{Availability, ConfigurationKind, ConfigurationName, configuration_needs};
///
/// let map = |key: &str, value: Node| Node::from(Map::from_iter([(key, value)]));
/// let from = map("configMapRef", map("name", Node::from("web-env-2b4c5d6f7g")));
/// let container = map("envFrom", Node::from(vec![from]));
/// let template = map("spec", map("containers", Node::from(vec![container])));
/// let live = BTreeSet::from([ConfigurationName::new(ConfigurationKind::ConfigMap, "web-env-2b4c5d6f7g")]);
/// let needs = configuration_needs(&template, &BTreeSet::new(), &live, true);
/// assert_eq!(needs[0].availability, Availability::Pruned);
/// assert!(needs[0].is_missing());
/// ```
#[must_use]
pub fn configuration_needs(
    template: &Node,
    in_git: &BTreeSet<ConfigurationName>,
    live: &BTreeSet<ConfigurationName>,
    prune: bool,
) -> Vec<ConfigurationNeed> {
    let mut needs: Vec<ConfigurationNeed> = Vec::new();
    for it in configuration_uses(template) {
        if let Some(known) = needs.iter_mut().find(|need| need.of == it.of) {
            known.optional &= it.optional;
            continue;
        }
        let availability = match (in_git.contains(&it.of), live.contains(&it.of), prune) {
            (true, _, _) => Availability::InGit,
            (false, true, true) => Availability::Pruned,
            (false, true, false) => Availability::LeftOver,
            (false, false, _) => Availability::Gone,
        };
        needs.push(ConfigurationNeed {
            of: it.of,
            optional: it.optional,
            path: it.path,
            availability,
        });
    }
    needs
}
