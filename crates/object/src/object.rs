use std::fmt;

use tidegate_source::Mark;

use crate::map::Map;
use crate::node::Node;

/// What tells one object from another: API group and version, kind, namespace, name.
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

/// `Deployment.v1.apps/web`, with the namespace behind a dot where there is one: `Deployment.v1.apps/web.prod`.
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
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The whole tree.
    pub root: Node,
}

impl Object {
    /// Wraps a tree. Nothing is checked: what is missing reads as empty.
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
