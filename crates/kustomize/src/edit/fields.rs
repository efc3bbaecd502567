use tidegate_source::Span;
use tidegate_yaml::edit::{self, New, Step};
use tidegate_yaml::{Kind, Node};

use super::error::{EditError, EditErrorKind};
use super::list::{self, Entry};
use super::{Draft, Edited, Step as Change, field, with_first_field};

/// Sets the number of replicas of an object in `replicas`, or adds an entry for it.
///
/// A new entry stands before the first one with a greater name.
///
/// ```
/// use tidegate_kustomize::edit::set_replicas;
///
/// let text = "replicas:\n- name: web\n  count: 2\n";
/// assert_eq!(set_replicas(text, "web", 3)?.text, "replicas:\n- name: web\n  count: 3\n");
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditErrorKind::Ambiguous`] where the name stands in several entries, and as for [`super::set_image`].
pub fn set_replicas(text: &str, name: &str, count: u32) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    let count = New::from(i64::from(count));
    let mut present = false;
    draft.change(|root| {
        let entry = root.map(|root| list::named(root, "replicas", name)).transpose()?;
        let Some((_, _, entry)) = entry.flatten() else { return Ok(edit::Edits::new().into()) };
        present = true;
        set_field(entry, "count", &count)
    })?;
    if !present {
        let value =
            New::Map(vec![("name".to_owned(), New::from(name)), ("count".to_owned(), count)]);
        list::insert(&mut draft, "replicas", &Entry { name, value })?;
    }
    Ok(draft.finish())
}

/// Removes the entry of an object from `replicas`, and with the last one the field.
///
/// ```
/// use tidegate_kustomize::edit::remove_replicas;
///
/// let text = "namespace: prod\nreplicas:\n- name: web\n  count: 2\n";
/// assert_eq!(remove_replicas(text, "web")?.text, "namespace: prod\n");
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// As for [`set_replicas`].
pub fn remove_replicas(text: &str, name: &str) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    list::remove(&mut draft, "replicas", |root| {
        Ok(list::named(root, "replicas", name)?.map(|(_, at, _)| at))
    })?;
    Ok(draft.finish())
}

/// Sets `namespace`.
///
/// ```
/// use tidegate_kustomize::edit::set_namespace;
///
/// assert_eq!(set_namespace("namespace: test # ours\n", "prod")?.text, "namespace: prod # ours\n");
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditErrorKind::Ambiguous`] where the field stands twice, and as for [`super::set_image`].
pub fn set_namespace(text: &str, namespace: &str) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    draft.change(|root| {
        if let Some(root) = root {
            set_field(root, "namespace", &New::from(namespace))
        } else {
            let placeholder = with_first_field(text, "namespace: x\n");
            let stream = tidegate_yaml::Stream::parse(&placeholder)?;
            let Some(present) = stream.root().and_then(|it| it.get("namespace")) else {
                return Ok(edit::Edits::new().into());
            };
            Ok(Change::Text(edit::set(present, &New::from(namespace))?.apply(&placeholder)))
        }
    })?;
    Ok(draft.finish())
}

/// Removes `namespace`.
///
/// ```
/// use tidegate_kustomize::edit::remove_namespace;
///
/// let text = "namespace: test\nresources:\n- web.yaml\n";
/// assert_eq!(remove_namespace(text)?.text, "resources:\n- web.yaml\n");
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// As for [`set_namespace`].
pub fn remove_namespace(text: &str) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    draft.change(|root| {
        let present = root.map(|root| field(root, "namespace")).transpose()?.flatten();
        Ok(match (root, present) {
            (Some(root), Some((key, _))) => edit::remove_entry(root, &key.as_str())?.into(),
            _ => edit::Edits::new().into(),
        })
    })?;
    Ok(draft.finish())
}

/// Adds a path to `resources`, at the end, unless it is there.
///
/// ```
/// use tidegate_kustomize::edit::add_resource;
///
/// let edited = add_resource("resources:\n- web.yaml\n", "api.yaml")?;
/// assert_eq!(edited.text, "resources:\n- web.yaml\n- api.yaml\n");
/// assert_eq!(add_resource(&edited.text, "api.yaml")?.changed, None);
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// As for [`super::set_image`].
pub fn add_resource(text: &str, path: &str) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    list::push(&mut draft, "resources", &New::from(path), |item| is_text(item, path))?;
    Ok(draft.finish())
}

/// Removes a path from `resources`, and with the last one the field.
///
/// ```
/// use tidegate_kustomize::edit::remove_resource;
///
/// let text = "resources:\n- web.yaml\n- api.yaml\n";
/// assert_eq!(remove_resource(text, "web.yaml")?.text, "resources:\n- api.yaml\n");
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditErrorKind::Ambiguous`] where the path stands there twice, and as for [`super::set_image`].
pub fn remove_resource(text: &str, path: &str) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    list::remove(&mut draft, "resources", |root| {
        list::the_one(root, "resources", |item| is_text(item, path))
    })?;
    Ok(draft.finish())
}

/// Which objects a patch is for. An empty part is left out.
///
/// ```
/// use tidegate_kustomize::edit::{PatchEdit, Target, add_patch};
///
/// let target = Target { kind: "Deployment".into(), label_selector: "app=hub".into(), ..Target::default() };
/// let patch = PatchEdit { path: "memory.yaml".into(), target: Some(target), ..PatchEdit::default() };
/// let text = add_patch("", &patch)?.text;
/// assert!(text.contains("kind: Deployment") && text.contains("labelSelector: app=hub"));
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// API group.
    pub group: String,
    /// API version within the group.
    pub version: String,
    /// Kind.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Namespace.
    pub namespace: String,
    /// Selector of labels.
    pub label_selector: String,
    /// Selector of annotations.
    pub annotation_selector: String,
}

impl Target {
    fn fields(&self) -> Vec<(&'static str, &str)> {
        let mut fields = vec![
            ("group", &*self.group),
            ("version", &*self.version),
            ("kind", &*self.kind),
            ("name", &*self.name),
            ("namespace", &*self.namespace),
            ("labelSelector", &*self.label_selector),
            ("annotationSelector", &*self.annotation_selector),
        ];
        fields.retain(|it| !it.1.is_empty());
        fields
    }
}

/// An entry of `patches`: a file or the patch itself, and which objects it is for.
///
/// ```
/// use tidegate_kustomize::edit::{EditErrorKind, PatchEdit, add_patch};
///
/// let patch = PatchEdit { path: "memory.yaml".into(), ..PatchEdit::default() };
/// assert_eq!(add_patch("namespace: tomoda\n", &patch)?.text, "namespace: tomoda\npatches:\n- path: memory.yaml\n");
/// // A patch is either in a file or written here.
/// let error = add_patch("", &PatchEdit::default()).unwrap_err();
/// assert_eq!(error.kind(), EditErrorKind::Argument);
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatchEdit {
    /// The path of the file; empty where the patch is written inline.
    pub path: String,
    /// The patch itself; empty where it is in a file.
    pub patch: String,
    /// Which objects it is for; without it the patch says so itself.
    pub target: Option<Target>,
}

impl PatchEdit {
    fn value(&self) -> Result<New, EditError> {
        let content = match (self.path.is_empty(), self.patch.is_empty()) {
            (false, true) => ("path".to_owned(), New::from(self.path.as_str())),
            (true, false) => ("patch".to_owned(), New::from(self.patch.as_str())),
            _ => {
                let message = "a patch is either in a file or written inline";
                return Err(EditError::new(EditErrorKind::Argument, Span::new(0, 0), message));
            }
        };
        let mut fields = vec![content];
        if let Some(target) = &self.target {
            let target = target.fields();
            let target = target.into_iter().map(|(name, text)| (name.to_owned(), New::from(text)));
            fields.push(("target".to_owned(), New::Map(target.collect())));
        }
        Ok(New::Map(fields))
    }

    /// Returns whether an entry is this one, whatever else it says.
    fn is(&self, item: Node<'_>) -> bool {
        let same = |node: Node<'_>, name: &str, wanted: &str| match field(node, name) {
            Ok(Some((_, value))) => is_text(value, wanted),
            Ok(None) => wanted.is_empty(),
            Err(_) => false,
        };
        let target = field(item, "target").ok().flatten().map(|(_, target)| target);
        let same_target = match (&self.target, target) {
            (None, None) => true,
            (Some(wanted), Some(target)) => {
                let wanted = wanted.fields();
                target.entries().count() == wanted.len()
                    && wanted.iter().all(|(name, text)| same(target, name, text))
            }
            _ => false,
        };
        same_target && same(item, "path", &self.path) && same(item, "patch", &self.patch)
    }
}

/// Adds an entry to `patches`, at the end, unless it is there.
///
/// ```
/// use tidegate_kustomize::edit::{PatchEdit, add_patch};
///
/// let patch = PatchEdit { path: "memory.yaml".into(), ..PatchEdit::default() };
/// let text = "patches:\n- path: replicas.yaml # for the night\n";
/// let edited = add_patch(text, &patch)?;
/// assert_eq!(edited.text, format!("{text}- path: memory.yaml\n"));
/// assert_eq!(add_patch(&edited.text, &patch)?.changed, None);
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditErrorKind::Argument`] where the entry has a path and a patch, or neither; and as for [`super::set_image`].
pub fn add_patch(text: &str, patch: &PatchEdit) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    list::push(&mut draft, "patches", &patch.value()?, |item| patch.is(item))?;
    Ok(draft.finish())
}

/// Removes an entry from `patches`, and with the last one the field.
///
/// ```
/// use tidegate_kustomize::edit::{PatchEdit, remove_patch};
///
/// let patch = PatchEdit { path: "memory.yaml".into(), ..PatchEdit::default() };
/// let text = "namespace: tomoda\npatches:\n- path: memory.yaml\n";
/// let removed = remove_patch(text, &patch)?.text;
/// assert_eq!(removed, "namespace: tomoda\n");
/// // What is not there need not be removed.
/// assert_eq!(remove_patch(&removed, &patch)?.changed, None);
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// As for [`add_patch`]; [`EditErrorKind::Ambiguous`] where the entry stands there twice.
pub fn remove_patch(text: &str, patch: &PatchEdit) -> Result<Edited, EditError> {
    patch.value()?;
    let mut draft = Draft::new(text);
    list::remove(&mut draft, "patches", |root| {
        list::the_one(root, "patches", |item| patch.is(item))
    })?;
    Ok(draft.finish())
}

/// Sets the plain value at a path in any YAML text of one document; its last step may be a key that is missing.
///
/// ```
/// use tidegate_kustomize::edit::set_scalar;
///
/// let edited = set_scalar("spec:\n  replicas: 1 # few\n", &["spec".into(), "replicas".into()], &3.into())?;
/// assert_eq!(edited.text, "spec:\n  replicas: 3 # few\n");
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditErrorKind::NotFound`] where the path leads nowhere; [`EditErrorKind::WrongType`] where a collection stands
/// there; and as for [`super::set_image`].
pub fn set_scalar(text: &str, path: &[Step<'_>], value: &New) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    draft.change(|root| {
        let nothing =
            |span| EditError::new(EditErrorKind::NotFound, span, "there is nothing at this path");
        let root = root.ok_or_else(|| nothing(Span::new(0, 0)))?;
        let Some((last, above)) = path.split_last() else {
            let message = "the whole document is a mapping, not a plain value";
            return Err(EditError::new(EditErrorKind::WrongType, root.span(), message));
        };
        let above = edit::find(root, above)?;
        let edits = match last {
            Step::Key(key) => edit::set_entry(above, key, value)?,
            Step::Index(_) => edit::set(edit::find(above, &[*last])?, value)?,
        };
        Ok(edits.into())
    })?;
    Ok(draft.finish())
}

fn set_field(mapping: Node<'_>, name: &str, value: &New) -> Result<Change, EditError> {
    Ok(match field(mapping, name)? {
        Some((_, present)) => edit::set(present, value)?.into(),
        None => edit::set_entry(mapping, name, value)?.into(),
    })
}

fn is_text(node: Node<'_>, text: &str) -> bool {
    node.target().kind() == Kind::Scalar && node.as_str() == text
}
