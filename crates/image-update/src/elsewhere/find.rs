use tidegate_kustomize::FILE_NAMES;
use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span};
use tidegate_tag_policy::ImageSpec;
use tidegate_yaml::{Node, Stream};

use super::ANNOTATION;
use crate::flux::flux_markers;
use crate::write_back::is_same_image;

/// The image of an overlay whose `images:` entry is to be edited.
///
/// ```
/// use tidegate_image_update::{OverlayImage, Outranks, find_elsewhere};
///
/// let image = OverlayImage {
///     folder: "k8s/overlays/prod",
///     entry: "backend",
///     repository: "registry.example/tomoda/backend",
/// };
/// let file = "kustomize:\n  images: [registry.example/tomoda/backend:1.3.0]\n";
/// let found = find_elsewhere(&[("k8s/overlays/prod/.argocd-source.yaml", file)], image);
/// assert_eq!(found[0].outranks, Outranks::SourceFile);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OverlayImage<'a> {
    /// The folder of the overlay's kustomization, as the repository has it: `k8s/apps/shop/overlays/prod`.
    pub folder: &'a str,
    /// The name of the `images:` entry.
    pub entry: &'a str,
    /// The repository that the entry stands for: its `newName`, or its name again.
    pub repository: &'a str,
}

/// Where another updater is configured for an image.
///
/// ```
/// use tidegate_image_update::{OverlayImage, Outranks, UpdaterConfig, find_elsewhere};
///
/// let overlay = "images:\n- name: backend\n  newTag: 1.3.0 # {\"$imagepolicy\": \"flux-system:backend:tag\"}\n";
/// let image = OverlayImage { folder: "prod", entry: "backend", repository: "backend" };
/// let found = find_elsewhere(&[("prod/kustomization.yaml", overlay)], image);
/// let flux = UpdaterConfig::FluxMarker { setter: "flux-system:backend:tag".into() };
/// assert_eq!(found[0].outranks, Outranks::Updater(flux));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum UpdaterConfig {
    /// Image Updater's annotations on an Argo CD Application.
    Annotations {
        /// The Application.
        application: String,
        /// The image's alias in the image list; empty for none.
        alias: String,
    },
    /// A resource of Image Updater.
    ImageUpdater {
        /// Its name.
        name: String,
        /// `imageName` of the image, as written.
        image: String,
    },
    /// A marker of Flux in the overlay.
    FluxMarker {
        /// What it names.
        setter: String,
    },
}

/// How a setting outranks the overlay's `images:`.
///
/// ```
/// use tidegate_image_update::{OverlayImage, Outranks, find_elsewhere};
///
/// let application = "\
/// apiVersion: argoproj.io/v1alpha1
/// kind: Application
/// metadata: {name: tomoda}
/// spec: {source: {path: prod, kustomize: {images: ['backend:1.3.0']}}}
/// ";
/// let image = OverlayImage { folder: "prod", entry: "backend", repository: "backend" };
/// let found = find_elsewhere(&[("argocd/tomoda.yaml", application)], image);
/// assert_eq!(found[0].outranks, Outranks::Application { name: "tomoda".into() });
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Outranks {
    /// An override file of Argo CD beside the kustomization.
    SourceFile,
    /// `kustomize.images` of an Argo CD Application's source.
    Application {
        /// Its name.
        name: String,
    },
    /// Another updater writes the same image.
    Updater(UpdaterConfig),
}

/// A setting elsewhere that concerns an image.
///
/// ```
/// use tidegate_image_update::{OverlayImage, find_elsewhere};
///
/// let file = "kustomize:\n  images:\n  - backend:1.3.0\n";
/// let image = OverlayImage { folder: "prod", entry: "backend", repository: "backend" };
/// let found = &find_elsewhere(&[("prod/.argocd-source.yaml", file)], image)[0];
/// assert_eq!((&*found.path, &*found.written), ("prod/.argocd-source.yaml", "backend:1.3.0"));
/// assert_eq!(found.span.range(), 25..38);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Elsewhere {
    /// How.
    pub outranks: Outranks,
    /// The file.
    pub path: String,
    /// Where in the file.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
    /// What is written there.
    pub written: String,
}

impl Elsewhere {
    /// Returns the setting as a diagnostic of its file.
    ///
    /// ```
    /// use tidegate_image_update::{OverlayImage, find_elsewhere};
    /// use tidegate_source::Sources;
    ///
    /// let file = "kustomize:\n  images:\n  - backend:1.3.0\n";
    /// let image = OverlayImage { folder: "prod", entry: "backend", repository: "backend" };
    /// let found = &find_elsewhere(&[("prod/.argocd-source.yaml", file)], image)[0];
    /// let source = Sources::new().add(&*found.path, file);
    /// assert_eq!(found.to_diagnostic(source).code, "image-overridden");
    /// ```
    #[must_use]
    pub fn to_diagnostic(&self, source: SourceId) -> Diagnostic {
        let written = &self.written;
        let (code, message, label, help) = match &self.outranks {
            Outranks::SourceFile => (
                "image-overridden",
                format!("Argo CD merges this file over the overlay: {written} outranks `images:`"),
                "outranks the edited line",
                "take the image out of this file, or delete the file, and let the overlay pin it"
                    .to_owned(),
            ),
            Outranks::Application { name } => (
                "image-overridden",
                format!("the Application {name} overrides the image: {written} outranks `images:`"),
                "outranks the edited line",
                "take the image out of the Application's `kustomize.images`".to_owned(),
            ),
            Outranks::Updater(UpdaterConfig::Annotations { application, .. }) => (
                "other-updater",
                format!(
                    "Argo CD Image Updater updates {written} for the Application {application}"
                ),
                "another updater of the same image",
                "name it as the environment's updater, or take the image out of its list"
                    .to_owned(),
            ),
            Outranks::Updater(UpdaterConfig::ImageUpdater { name, .. }) => (
                "other-updater",
                format!("the ImageUpdater {name} updates {written}"),
                "another updater of the same image",
                "name it as the environment's updater, or take the image out of its list"
                    .to_owned(),
            ),
            Outranks::Updater(UpdaterConfig::FluxMarker { setter }) => (
                "other-updater",
                format!("Flux sets this field from the policy {setter}"),
                "another updater of the same image",
                "name Flux as the environment's updater, or take the marker away".to_owned(),
            ),
        };
        Diagnostic::error(code, message)
            .at(Label::new(Mark::new(source, self.span), label))
            .help(help)
    }
}

/// Finds the settings of a devops repository that outrank the `images:` entry of an overlay, or belong to another
/// updater of the same image: Argo CD's override files beside the kustomization, `kustomize.images` of Applications
/// (and `ApplicationSets`) whose source is the overlay, Image Updater's annotations and resources, and Flux's markers
/// on the entry. `files` are paths and texts; what is no YAML is passed over. In the order of the files and their text.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{OverlayImage, find_elsewhere};
///
/// let application = "\
/// apiVersion: argoproj.io/v1alpha1
/// kind: Application
/// metadata: {name: shop}
/// spec:
///   source:
///     path: apps/prod
///     kustomize:
///       images:
///       - ghcr.io/acme/web:v1.3
/// ";
/// let image = OverlayImage { folder: "apps/prod", entry: "web", repository: "ghcr.io/acme/web" };
/// let found = find_elsewhere(&[("argocd/shop.yaml", application)], image);
/// assert_eq!(found[0].written, "ghcr.io/acme/web:v1.3");
/// assert_eq!(found[0].span.of(application), "ghcr.io/acme/web:v1.3");
/// ```
#[must_use]
pub fn find_elsewhere(files: &[(&str, &str)], image: OverlayImage<'_>) -> Vec<Elsewhere> {
    let folder = clean(image.folder);
    let applications = applications_of(files, &folder);
    let mut found = Vec::new();
    for (path, text) in files {
        let Ok(stream) = Stream::parse(text) else { continue };
        let (place, name) = path.rsplit_once('/').unwrap_or((".", path));
        let beside = clean(place) == folder;
        if beside && is_source_file(name) {
            let list = stream.root().and_then(|it| it.get("kustomize")?.get("images"));
            let items = list.into_iter().flat_map(Node::items);
            for item in items.filter(|it| image.is_meant_by(&it.as_str())) {
                found.push(elsewhere(Outranks::SourceFile, path, item));
            }
        }
        if beside && FILE_NAMES.contains(&name) {
            markers_on(&stream, path, image, &mut found);
        }
        for document in stream.documents() {
            let root = document.root();
            let kind = root.get("kind").map(|it| it.as_str().into_owned()).unwrap_or_default();
            match kind.as_str() {
                "Application" => in_application(root, root, path, &folder, image, &mut found),
                "ApplicationSet" => {
                    if let Some(template) = at(root, &["spec", "template"]) {
                        in_application(root, template, path, &folder, image, &mut found);
                    }
                }
                "ImageUpdater" => in_image_updater(root, path, image, &applications, &mut found),
                _ => {}
            }
        }
    }
    found
}

impl OverlayImage<'_> {
    /// Returns whether an override or an updater's image `[ALIAS=]IMAGE[:TAG]` is about this image.
    fn is_meant_by(&self, text: &str) -> bool {
        let written = ImageSpec::parse(text);
        let same = |name: &str| is_same_image(&ImageSpec::parse(name), &written);
        let by_entry = match &written.alias {
            Some(alias) => alias == self.entry,
            None => same(self.entry),
        };
        by_entry || same(self.repository)
    }
}

fn elsewhere(outranks: Outranks, path: &str, node: Node<'_>) -> Elsewhere {
    let written = node.as_str().into_owned();
    Elsewhere { outranks, path: path.to_owned(), span: node.span(), written }
}

/// The names of the Applications whose source is the folder.
fn applications_of(files: &[(&str, &str)], folder: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (_, text) in files {
        let Ok(stream) = Stream::parse(text) else { continue };
        for document in stream.documents() {
            let root = document.root();
            let is_application = root.get("kind").is_some_and(|it| it.as_str() == "Application");
            if is_application && sources(root).any(|it| is_at(it, folder)) {
                names.push(name_of(root));
            }
        }
    }
    names
}

fn in_application(
    root: Node<'_>,
    application: Node<'_>,
    path: &str,
    folder: &str,
    image: OverlayImage<'_>,
    found: &mut Vec<Elsewhere>,
) {
    let name = name_of(root);
    if !sources(application).any(|it| is_at(it, folder)) {
        return;
    }
    let listed = annotation(application, &format!("{ANNOTATION}/image-list"));
    for (node, text) in listed.iter().flat_map(|node| {
        let list = node.as_str().into_owned();
        let images: Vec<String> = list.split(',').map(|it| it.trim().to_owned()).collect();
        images.into_iter().map(move |it| (*node, it))
    }) {
        if image.is_meant_by(&text) {
            let alias = ImageSpec::parse(&text).alias.unwrap_or_default();
            let config = UpdaterConfig::Annotations { application: name.clone(), alias };
            let written = text;
            found.push(Elsewhere { written, ..elsewhere(Outranks::Updater(config), path, node) });
        }
    }
    for source in sources(application).filter(|it| is_at(*it, folder)) {
        let list = at(source, &["kustomize", "images"]);
        let items = list.into_iter().flat_map(Node::items);
        for item in items.filter(|it| image.is_meant_by(&it.as_str())) {
            found.push(elsewhere(Outranks::Application { name: name.clone() }, path, item));
        }
    }
}

fn in_image_updater(
    root: Node<'_>,
    path: &str,
    image: OverlayImage<'_>,
    applications: &[String],
    found: &mut Vec<Elsewhere>,
) {
    let references = at(root, &["spec", "applicationRefs"]);
    for reference in references.into_iter().flat_map(Node::items) {
        let pattern = reference.get("namePattern").map(|it| it.as_str().into_owned());
        let pattern = pattern.unwrap_or_else(|| "*".to_owned());
        let concerns = |name: &String| {
            tidegate_pattern::path_match(&pattern, name).unwrap_or(false) || *name == pattern
        };
        // Where no Application of the overlay is known, each might be it.
        if !applications.is_empty() && !applications.iter().any(concerns) {
            continue;
        }
        for item in reference.get("images").into_iter().flat_map(Node::items) {
            let Some(name) = item.get("imageName") else { continue };
            if image.is_meant_by(&name.as_str()) {
                let config = UpdaterConfig::ImageUpdater {
                    name: name_of(root),
                    image: name.as_str().into_owned(),
                };
                found.push(elsewhere(Outranks::Updater(config), path, name));
            }
        }
    }
}

fn markers_on(
    stream: &Stream<'_>,
    path: &str,
    image: OverlayImage<'_>,
    found: &mut Vec<Elsewhere>,
) {
    let list = stream.root().and_then(|it| it.get("images"));
    let named = |it: &Node<'_>| it.get("name").is_some_and(|name| name.as_str() == image.entry);
    let items: Vec<Span> =
        list.into_iter().flat_map(Node::items).filter(named).map(Node::span).collect();
    for marker in flux_markers(stream.text()) {
        let inside = |it: &Span| it.start <= marker.value.start && marker.value.end <= it.end;
        if items.iter().any(inside) {
            let written = marker.comment.of(stream.text()).to_owned();
            let config = UpdaterConfig::FluxMarker { setter: marker.setter };
            let outranks = Outranks::Updater(config);
            found.push(Elsewhere {
                outranks,
                path: path.to_owned(),
                span: marker.comment,
                written,
            });
        }
    }
}

/// `.argocd-source.yaml` and `.argocd-source-APP.yaml`.
fn is_source_file(name: &str) -> bool {
    name.strip_prefix(".argocd-source")
        .and_then(|it| it.strip_suffix(".yaml"))
        .is_some_and(|it| it.is_empty() || it.starts_with('-'))
}

fn sources(application: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let one = at(application, &["spec", "source"]);
    let many = at(application, &["spec", "sources"]);
    one.into_iter().chain(many.into_iter().flat_map(Node::items))
}

/// Returns whether a source lies in the folder. A path that an `ApplicationSet` fills in may be any.
fn is_at(source: Node<'_>, folder: &str) -> bool {
    source.get("path").is_some_and(|it| {
        let path = it.as_str();
        path.contains("{{") || clean(&path) == folder
    })
}

pub(super) fn annotation<'s>(object: Node<'s>, key: &str) -> Option<Node<'s>> {
    at(object, &["metadata", "annotations", key])
}

pub(super) fn name_of(object: Node<'_>) -> String {
    at(object, &["metadata", "name"]).map(|it| it.as_str().into_owned()).unwrap_or_default()
}

pub(super) fn at<'s>(node: Node<'s>, path: &[&str]) -> Option<Node<'s>> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

/// A folder without `./`, doubled or trailing slashes; the root is empty.
fn clean(path: &str) -> String {
    let parts = path.split('/').filter(|it| !it.is_empty() && *it != ".");
    parts.collect::<Vec<_>>().join("/")
}
