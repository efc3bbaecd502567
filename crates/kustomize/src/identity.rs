use std::fmt;

/// The namespace that objects without one are in.
pub(crate) const DEFAULT_NAMESPACE: &str = "default";

/// What stands in the place of a namespace for kinds that are in none.
pub(crate) const NO_NAMESPACE: &str = "_non_namespaceable_";

/// API group, version and kind.
///
/// As a selector, an empty part matches anything.
///
/// ```
/// use tidegate_kustomize::Gvk;
///
/// let hub = Gvk::new("apps/v1", "Deployment");
/// assert_eq!((hub.group, hub.version, hub.kind), ("apps", "v1", "Deployment"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Gvk<'a> {
    /// API group; empty for the core group.
    pub group: &'a str,
    /// API version within the group.
    pub version: &'a str,
    /// Kind.
    pub kind: &'a str,
}

impl<'a> Gvk<'a> {
    /// Takes `apiVersion` apart at its first `/`; without one, it is a version of the core group.
    ///
    /// ```
    /// use tidegate_kustomize::Gvk;
    ///
    /// // The core group has no name.
    /// assert_eq!(Gvk::new("v1", "Service").group, "");
    /// ```
    #[must_use]
    pub fn new(api_version: &'a str, kind: &'a str) -> Self {
        // The text is too short for the search of the standard library to pay.
        let (group, version) = match api_version.bytes().position(|byte| byte == b'/') {
            Some(at) => (&api_version[..at], &api_version[at + 1..]),
            None => ("", api_version),
        };
        Self { group, version, kind }
    }

    /// Returns whether every part of the selector is empty or equal.
    ///
    /// ```
    /// use tidegate_kustomize::Gvk;
    ///
    /// let any_deployment = Gvk { kind: "Deployment", ..Gvk::default() };
    /// assert!(Gvk::new("apps/v1", "Deployment").is_selected(&any_deployment));
    /// assert!(!Gvk::new("apps/v1", "DaemonSet").is_selected(&any_deployment));
    /// ```
    #[must_use]
    pub fn is_selected(&self, selector: &Gvk<'_>) -> bool {
        // Most differ in the kind.
        (selector.kind.is_empty() || selector.kind == self.kind)
            && (selector.group.is_empty() || selector.group == self.group)
            && (selector.version.is_empty() || selector.version == self.version)
    }
}

/// `Deployment.v1.apps`, with fill-ins in brackets for what is empty.
impl fmt::Display for Gvk<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or = |part: &'_ str, empty: &'static str| {
            if part.is_empty() { empty.to_owned() } else { part.to_owned() }
        };
        let (kind, version) = (or(self.kind, "[noKind]"), or(self.version, "[noVer]"));
        write!(f, "{kind}.{version}.{}", or(self.group, "[noGrp]"))
    }
}

/// An identity that an object has or has had: group, version, kind, name, namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Id<'a> {
    /// Group, version and kind.
    pub gvk: Gvk<'a>,
    /// Name.
    pub name: &'a str,
    /// Namespace as written; empty where none is.
    pub namespace: &'a str,
    /// Whether objects of this kind are known to be in no namespace.
    pub cluster_scoped: bool,
}

impl<'a> Id<'a> {
    /// Returns the namespace that counts in comparisons: `default` for none, and one marker for every kind that is in
    /// no namespace.
    #[must_use]
    pub(crate) fn effective_namespace(&self) -> &'a str {
        if self.cluster_scoped {
            NO_NAMESPACE
        } else if self.namespace.is_empty() {
            DEFAULT_NAMESPACE
        } else {
            self.namespace
        }
    }

    /// Returns whether two identities name the same object: all parts equal, namespaces as they count.
    #[must_use]
    pub(crate) fn same(&self, other: &Id<'_>) -> bool {
        self.name == other.name
            && self.gvk == other.gvk
            && self.effective_namespace() == other.effective_namespace()
    }

    /// Returns whether a selector of exact parts, each of which may be empty, selects this identity.
    #[must_use]
    pub(crate) fn is_selected_by(&self, selector: &Id<'_>) -> bool {
        (selector.name.is_empty() || selector.name == self.name)
            && (selector.namespace.is_empty()
                || selector.effective_namespace() == self.effective_namespace())
            && self.gvk.is_selected(&selector.gvk)
    }
}

/// `Deployment.v1.apps/web.prod`, with fill-ins in brackets for what is empty.
impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.name.is_empty() { "[noName]" } else { self.name };
        let namespace = if self.namespace.is_empty() { "[noNs]" } else { self.namespace };
        write!(f, "{}/{name}.{namespace}", self.gvk)
    }
}
