//! What Kustomize knows about the types of Kubernetes: how lists merge, and which kinds live in a namespace.

mod builtin;
mod definitions;
mod given;
mod table;

use std::sync::Arc;

use tidegate_object::Node;
use tidegate_source::Diagnostic;

use self::given::Given;

/// The schema that a build reads: the built-in one of Kubernetes 1.21.2, one that a kustomization gives, or both.
///
/// ```
/// use tidegate_kustomize::Schema;
///
/// let schema = Schema::builtin();
/// assert_eq!(schema.is_namespaced("v1", "Pod"), Some(true));
/// assert_eq!(schema.is_namespaced("example.com/v1", "Widget"), None);
/// ```
#[derive(Clone, Debug)]
pub struct Schema {
    given: Option<Arc<Given>>,
    beside: Beside,
}

/// What stands beside a schema that a kustomization gives.
///
/// Kustomize keeps one schema for a whole build, into which it reads what is wanted when it is first wanted. So what a
/// base asks before another one gives a schema decides whether the built-in one is there too, and which of two
/// definitions of one name is read last and counts.
///
/// ```
/// use tidegate_kustomize::{Beside, Schema};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let empty = object("{definitions: {}}").root;
/// let knows_pods = |beside| Schema::given(&empty, beside).map(|it| it.is_namespaced("v1", "Pod"));
/// // Whether a kind lives in a namespace is known in any case; what stands beside is asked for the fields.
/// assert_eq!(knows_pods(Beside::Nothing)?, knows_pods(Beside::BuiltinFirst)?);
/// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Beside {
    /// Nothing: no type was looked up before.
    #[default]
    Nothing,
    /// The built-in schema, whose definitions count: the scope of a kind that nothing knows was asked for before.
    BuiltinFirst,
    /// The built-in schema, behind what is given: an object was patched before.
    BuiltinBehind,
}

impl Schema {
    /// Returns the built-in schema; costs nothing.
    ///
    /// ```
    /// use tidegate_kustomize::Schema;
    ///
    /// assert_eq!(Schema::builtin().is_namespaced("v1", "Namespace"), Some(false));
    /// ```
    #[must_use]
    pub const fn builtin() -> Self {
        Self { given: None, beside: Beside::Nothing }
    }

    /// Reads an `OpenAPI` document, as `openapi: {path: …}` names one. The built-in schema is then used as far as
    /// it stands beside.
    ///
    /// Its `definitions` give the types, with the extensions `x-kubernetes-group-version-kind`,
    /// `x-kubernetes-patch-strategy`, `x-kubernetes-patch-merge-key` and `x-kubernetes-list-map-keys`; its `paths`
    /// say which kinds live in a namespace.
    ///
    /// ```
    /// use tidegate_kustomize::{Beside, Schema};
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let document = object(
    ///     "{definitions: {}, paths: {'/apis/example.com/v1/sites/{name}': {get: {x-kubernetes-group-version-kind:
    ///       {group: example.com, version: v1, kind: Site}}}}}",
    /// );
    /// let schema = Schema::given(&document.root, Beside::Nothing)?;
    /// assert_eq!(schema.is_namespaced("example.com/v1", "Site"), Some(false));
    /// let wrong = object("{definitions: [Site]}");
    /// assert_eq!(Schema::given(&wrong.root, Beside::Nothing).unwrap_err().code, "invalid-schema");
    /// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid-schema` where the document, its `definitions` or its `paths` are not mappings, or where a
    /// group, version and kind are not texts.
    pub fn given(document: &Node, beside: Beside) -> Result<Self, Box<Diagnostic>> {
        Ok(Self { given: Some(Arc::new(Given::read(document)?)), beside })
    }

    /// Returns the type of a kind.
    #[must_use]
    pub(crate) fn resource(&self, api_version: &str, kind: &str) -> Option<Type<'_>> {
        let builtin = || builtin::resource(api_version, kind).map(Repr::Builtin);
        let Some(given) = self.given.as_deref() else { return builtin().map(Type) };
        let beside = self.beside;
        let named = given.resource(api_version, kind);
        let named = named.map(|schema| Repr::Given(given, schema, beside));
        let found = match beside {
            Beside::Nothing => named,
            Beside::BuiltinFirst => builtin().or(named),
            Beside::BuiltinBehind => named.or_else(builtin),
        };
        found.map(Type)
    }

    /// Returns whether objects of a kind live in a namespace; `None` where the schema does not know the kind.
    ///
    /// The built-in kinds are always known, also beside a schema that replaces the built-in one.
    ///
    /// ```
    /// use tidegate_kustomize::Schema;
    ///
    /// let schema = Schema::builtin();
    /// assert_eq!(schema.is_namespaced("apps/v1", "Deployment"), Some(true));
    /// // Nobody knows this kind.
    /// assert_eq!(schema.is_namespaced("example.com/v1", "Site"), None);
    /// ```
    #[must_use]
    pub fn is_namespaced(&self, api_version: &str, kind: &str) -> Option<bool> {
        builtin::is_namespaced(api_version, kind)
            .or_else(|| self.given.as_deref()?.is_namespaced(api_version, kind))
    }
}

impl Default for Schema {
    fn default() -> Self {
        Self::builtin()
    }
}

/// A type of a schema: of a resource, a field, the items of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type<'a>(Repr<'a>);

#[derive(Clone, Copy, Debug)]
enum Repr<'a> {
    Builtin(u16),
    Given(&'a Given, &'a Node, Beside),
}

impl<'a> Type<'a> {
    /// Returns the type of a field, or of the values of a map type.
    #[must_use]
    pub(crate) fn field(self, name: &str) -> Option<Self> {
        match self.0 {
            Repr::Builtin(at) => builtin::field(at, name).map(|it| Self(Repr::Builtin(it))),
            Repr::Given(given, schema, beside) => given.field(schema, name, beside).map(Self),
        }
    }

    /// Returns the type of the items of a list type.
    #[must_use]
    pub(crate) fn items(self) -> Option<Self> {
        match self.0 {
            Repr::Builtin(at) => builtin::items(at).map(|it| Self(Repr::Builtin(it))),
            Repr::Given(given, schema, beside) => given.items(schema, beside).map(Self),
        }
    }

    /// Returns the merge keys of a list whose items are merged; none for a list of plain values, `None` for a
    /// list that is replaced.
    #[must_use]
    pub(crate) fn merge_keys(self) -> Option<Vec<&'a str>> {
        match self.0 {
            Repr::Builtin(at) => builtin::merge_keys(at),
            Repr::Given(_, schema, _) => given::merge_keys(schema),
        }
    }
}
