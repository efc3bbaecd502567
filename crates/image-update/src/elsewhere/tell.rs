use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span};
use tidegate_yaml::edit::{self, EditError, New};
use tidegate_yaml::{Document, Node, Stream};

use super::ANNOTATION;
use super::find::{UpdaterConfig, annotation, at, name_of};

/// Why another updater can't be told of a hold.
///
/// ```
/// use tidegate_image_update::{TellError, UpdaterConfig, ignore_tag};
///
/// let flux = UpdaterConfig::FluxMarker { setter: "flux-system:backend:tag".into() };
/// let error = ignore_tag("newTag: 1.3.0\n", &flux, "1.4.0").unwrap_err();
/// assert!(matches!(error, TellError::NoList { .. }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TellError {
    /// The file is not YAML.
    #[error("{message}")]
    Yaml {
        /// The reader's message.
        message: String,
        /// Where.
        span: Span,
    },
    /// The file has no such resource (any more).
    #[error("there is no {what} in the file")]
    Missing {
        /// What was looked for.
        what: String,
    },
    /// The place can't be edited.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The updater has no list of tags to ignore.
    #[error(
        "Flux has no list of tags to ignore; suspend the ImageUpdateAutomation or narrow the policy {setter}"
    )]
    NoList {
        /// The marker's policy.
        setter: String,
    },
}

impl TellError {
    /// Returns the error as a diagnostic of the file.
    ///
    /// ```
    /// use tidegate_image_update::{UpdaterConfig, ignore_tag};
    ///
    /// let updater = UpdaterConfig::ImageUpdater { name: "tomoda".into(), image: "backend".into() };
    /// let error = ignore_tag("kind: [", &updater, "1.4.0").unwrap_err();
    /// let source = tidegate_source::Sources::new().add("updater.yaml", "kind: [");
    /// assert_eq!(error.to_diagnostic(source).code, "tell-updater");
    /// ```
    #[must_use]
    pub fn to_diagnostic(&self, source: SourceId) -> Diagnostic {
        let span = match self {
            Self::Edit(error) => return error.to_diagnostic(source),
            Self::Yaml { span, .. } => *span,
            Self::Missing { .. } | Self::NoList { .. } => Span::default(),
        };
        Diagnostic::error("tell-updater", self.to_string())
            .at(Label::new(Mark::new(source, span), ""))
    }
}

/// Tells another updater to leave a tag alone: adds it to Image Updater's annotation `ALIAS.ignore-tags` (without an
/// alias `ignore-tags`), or to the `ignoreTags` of the image in its resource, together with the tags that the image
/// inherited until then. Every other byte stays; a tag that is there already changes nothing.
///
/// # Errors
///
/// See [`TellError`]; the text is unchanged then.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{UpdaterConfig, ignore_tag};
///
/// let text = "\
/// kind: Application
/// metadata:
///   name: shop
///   annotations: # who updates
///     argocd-image-updater.argoproj.io/image-list: web=ghcr.io/acme/web
/// ";
/// let updater =
///     UpdaterConfig::Annotations { application: "shop".to_owned(), alias: "web".to_owned() };
/// let told = ignore_tag(text, &updater, "v1.5.0")?;
/// assert_eq!(told, format!("{text}    argocd-image-updater.argoproj.io/web.ignore-tags: v1.5.0\n"));
/// assert_eq!(ignore_tag(&told, &updater, "v1.5.0")?, told);
/// # Ok::<(), tidegate_image_update::TellError>(())
/// ```
pub fn ignore_tag(text: &str, updater: &UpdaterConfig, tag: &str) -> Result<String, TellError> {
    let stream = Stream::parse(text).map_err(|errors| TellError::Yaml {
        message: errors.first().to_string(),
        span: errors.first().span(),
    })?;
    let resource = |kinds: [&str; 2], name: &str| {
        let roots = stream.documents().map(Document::root);
        let mut roots = roots.filter(|it| {
            it.get("kind").is_some_and(|kind| kinds.contains(&&*kind.as_str()))
                && name_of(*it) == name
        });
        roots.next().ok_or_else(|| TellError::Missing { what: format!("{} {name}", kinds[0]) })
    };
    let edits = match updater {
        UpdaterConfig::Annotations { application, alias } => {
            let root = resource(["Application", "ApplicationSet"], application)?;
            let is_set = root.get("kind").is_some_and(|it| it.as_str() == "ApplicationSet");
            let template = if is_set { at(root, &["spec", "template"]) } else { None };
            in_annotation(template.unwrap_or(root), alias, tag)?
        }
        UpdaterConfig::ImageUpdater { name, image } => {
            let root = resource(["ImageUpdater"; 2], name)?;
            in_image_updater(root, image, tag)?
        }
        UpdaterConfig::FluxMarker { setter } => {
            return Err(TellError::NoList { setter: setter.clone() });
        }
    };
    Ok(edits.apply(text))
}

fn in_annotation(object: Node<'_>, alias: &str, tag: &str) -> Result<edit::Edits, TellError> {
    let dot = if alias.is_empty() { "" } else { "." };
    let key = format!("{ANNOTATION}/{}{dot}ignore-tags", alias.replace('/', "_"));
    if let Some(present) = annotation(object, &key) {
        let list = present.as_str();
        if list.split(',').any(|it| it.trim() == tag) {
            return Ok(edit::Edits::new());
        }
        let list = if list.trim().is_empty() { tag.to_owned() } else { format!("{list}, {tag}") };
        return Ok(edit::set(present, &list.into())?);
    }
    let what = "annotations on the Application".to_owned();
    let annotations =
        at(object, &["metadata", "annotations"]).ok_or(TellError::Missing { what })?;
    Ok(edit::set_entry(annotations, &key, &tag.into())?)
}

fn in_image_updater(root: Node<'_>, image: &str, tag: &str) -> Result<edit::Edits, TellError> {
    let settings = |node: Node<'_>| -> Option<Vec<String>> {
        let list = at(node, &["commonUpdateSettings", "ignoreTags"])?;
        Some(list.items().map(|it| it.as_str().into_owned()).collect())
    };
    let spec = root.get("spec");
    let mut all = edit::Edits::new();
    let mut found = false;
    let references = spec.and_then(|it| it.get("applicationRefs"));
    for reference in references.into_iter().flat_map(Node::items) {
        for item in reference.get("images").into_iter().flat_map(Node::items) {
            if item.get("imageName").is_none_or(|it| it.as_str() != image) {
                continue;
            }
            found = true;
            let own = at(item, &["commonUpdateSettings", "ignoreTags"]);
            let edits = if let Some(own) = own.filter(|it| it.items().next().is_some()) {
                if own.items().any(|it| it.as_str() == tag) {
                    continue;
                }
                edit::push_item(own, &tag.into())?
            } else {
                // The image's own list takes the place of what it inherited.
                let inherited = settings(reference).or_else(|| settings(spec?));
                let mut tags = inherited.unwrap_or_default();
                if !tags.iter().any(|it| it == tag) {
                    tags.push(tag.to_owned());
                }
                let list = New::List(tags.into_iter().map(New::from).collect());
                if let Some(common) = item.get("commonUpdateSettings") {
                    edit::set_entry(common, "ignoreTags", &list)?
                } else {
                    let common = New::Map(vec![("ignoreTags".to_owned(), list)]);
                    edit::set_entry(item, "commonUpdateSettings", &common)?
                }
            };
            all = all.and(edits)?;
        }
    }
    if found { Ok(all) } else { Err(TellError::Missing { what: format!("image {image}") }) }
}
