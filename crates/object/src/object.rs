use std::fmt;

use tidegate_source::Mark;

use crate::map::Map;
use crate::node::Node;

/// What tells one object from another: API group and version, kind, namespace, name. The words are those of the Kubernetes
/// API (`GroupVersionKind` of apimachinery's `schema` package, and `ObjectMeta`).
///
/// ```
/// use tidegate_object::Identity;
///
/// let web = Identity {
///     group: "apps".into(),
///     version: "v1".into(),
///     kind: "Deployment".into(),
///     namespace: "prod".into(),
///     name: "web".into(),
/// };
/// assert_eq!(web.api_version(), "apps/v1");
/// assert_eq!(web.to_string(), "Deployment.v1.apps/web.prod");
///
/// let pod = Identity { version: "v1".into(), kind: "Pod".into(), name: "a".into(), ..Identity::default() };
/// assert_eq!((pod.api_version(), pod.to_string()), ("v1".into(), "Pod.v1/a".into()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    /// API group; empty for the core group.
    pub group: String,
    /// API version within the group.
    pub version: String,
    /// Kind.
    pub kind: String,
    /// Namespace; empty where none is written.
    pub namespace: String,
    /// Name.
    pub name: String,
}

impl Identity {
    /// Returns `apiVersion` as manifests write it: `apps/v1`, or `v1` for the core group.
    #[must_use]
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.clone()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }
}

/// `Deployment.v1.apps/web`, with the namespace behind a dot where there is one: `Deployment.v1.apps/web.prod`. The
/// form of kustomize's `ResId` (kyaml, `resid.go`), without its `[noNs]` and `[noGrp]`.
impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind, self.version)?;
        if !self.group.is_empty() {
            write!(f, ".{}", self.group)?;
        }
        write!(f, "/{}", self.name)?;
        if self.namespace.is_empty() { Ok(()) } else { write!(f, ".{}", self.namespace) }
    }
}

/// A Kubernetes object: a tree of values whose root is a mapping.
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_source::Sources;
///
/// let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {app: web}, annotations: {owner: shop}}\n";
/// let mut sources = Sources::new();
/// let source = sources.add("web.yaml", text);
/// let objects = manifests(text.into(), source).expect("no mistake");
/// let web = &objects[0];
/// assert_eq!((web.api_version(), web.group(), web.kind()), ("apps/v1", "apps", "Deployment"));
/// assert_eq!((web.name(), web.namespace()), ("web", ""));
/// assert_eq!((web.label("app"), web.annotation("owner")), (Some("web"), Some("shop")));
/// assert_eq!(web.labels().map(|it| it.len()), Some(1));
/// assert_eq!(web.identity().to_string(), "Deployment.v1.apps/web");
/// assert_eq!(sources.place(web.mark()).map(|it| it.line), Some(1));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The whole tree.
    pub root: Node,
}

impl Object {
    /// Wraps a tree. Nothing is checked: what is missing reads as empty.
    ///
    /// ```
    /// use tidegate_object::{Node, Object};
    ///
    /// let nothing = Object::new(Node::default());
    /// assert_eq!((nothing.kind(), nothing.labels()), ("", None));
    /// ```
    #[must_use]
    pub const fn new(root: Node) -> Self {
        Self { root }
    }

    /// Returns the kind, `""` where none is written.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.text(&["kind"])
    }

    /// Returns `apiVersion`, `""` where none is written.
    #[must_use]
    pub fn api_version(&self) -> &str {
        self.text(&["apiVersion"])
    }

    /// Returns the API group: what stands before the `/` of `apiVersion`, `""` for the core group.
    #[must_use]
    pub fn group(&self) -> &str {
        self.api_version().split_once('/').map_or("", |(group, _)| group)
    }

    /// Returns the name, `""` where none is written.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text(&["metadata", "name"])
    }

    /// Returns the namespace, `""` where none is written.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.text(&["metadata", "namespace"])
    }

    /// Returns a label.
    #[must_use]
    pub fn label(&self, key: &str) -> Option<&str> {
        self.at(&["metadata", "labels", key])?.as_str()
    }

    /// Returns an annotation.
    #[must_use]
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.at(&["metadata", "annotations", key])?.as_str()
    }

    /// Returns the labels.
    #[must_use]
    pub fn labels(&self) -> Option<&Map> {
        self.at(&["metadata", "labels"])?.as_map()
    }

    /// Returns what tells this object from another.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let (group, version) =
            self.api_version().split_once('/').unwrap_or(("", self.api_version()));
        Identity {
            group: group.to_owned(),
            version: version.to_owned(),
            kind: self.kind().to_owned(),
            namespace: self.namespace().to_owned(),
            name: self.name().to_owned(),
        }
    }

    /// Returns the node below a path of keys.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        self.root.at(path)
    }

    /// Returns where the object was written.
    #[must_use]
    pub const fn mark(&self) -> Mark {
        self.root.mark
    }

    fn text(&self, path: &[&str]) -> &str {
        self.at(path).and_then(Node::as_str).unwrap_or("")
    }
}

/// As a text: `Deployment.v1.apps/web.shop`.
#[cfg(feature = "serde")]
impl serde::Serialize for Identity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
