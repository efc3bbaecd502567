//! Flux's setter markers: comments that say which policy's image a field follows.

use tidegate_source::Span;
use tidegate_yaml::edit::{self, Edits, New};
use tidegate_yaml::{Document, Kind, Node, Stream, Style};

/// The key in a marker's comment: `# {"$imagepolicy": "NAMESPACE:NAME"}`.
const MARKER: &str = "$imagepolicy";

/// A policy and the image that it chose.
///
/// ```
/// use tidegate_image_update::{FluxPolicy, set_flux_markers};
///
/// let policy = FluxPolicy {
///     namespace: "flux-system".into(),
///     name: "backend".into(),
///     latest: "registry.example/tomoda/backend:1.4.0".into(),
/// };
/// let text = "image: old # {\"$imagepolicy\": \"flux-system:backend\"}\n";
/// let result = set_flux_markers(text, &[policy]);
/// // A marker without a part takes the whole image.
/// assert!(result.text.is_some_and(|it| it.starts_with("image: registry.example/tomoda/backend:1.4.0 #")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FluxPolicy {
    /// Namespace of the `ImagePolicy`.
    pub namespace: String,
    /// Name of the `ImagePolicy`.
    pub name: String,
    /// The image that it chose: `NAME:TAG[@DIGEST]`.
    pub latest: String,
}

/// A marker in a file, and the field that it stands behind.
///
/// ```
/// use tidegate_image_update::flux_markers;
///
/// let text = "newTag: 1.3.0 # {\"$imagepolicy\": \"flux-system:backend:tag\"}\n";
/// let marker = &flux_markers(text)[0];
/// assert_eq!(marker.setter, "flux-system:backend:tag");
/// assert_eq!(marker.value.of(text), "1.3.0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FluxMarker {
    /// What it names: `NAMESPACE:NAME`, with `:tag`, `:name` or `:digest` behind it for a part of the image.
    pub setter: String,
    /// Where the comment stands.
    pub comment: Span,
    /// Where the field's value stands.
    pub value: Span,
}

/// A field that a marker changed.
///
/// ```
/// use tidegate_image_update::{FluxPolicy, SetterChange, set_flux_markers};
///
/// let (namespace, name) = ("flux-system".into(), "backend".into());
/// let policy = FluxPolicy { namespace, name, latest: "backend:1.4.0".into() };
/// let text = "newTag: 1.3.0 # {\"$imagepolicy\": \"flux-system:backend:tag\"}\n";
/// let expected = SetterChange {
///     old: "1.3.0".into(),
///     new: "1.4.0".into(),
///     setter: "flux-system:backend:tag".into(),
/// };
/// assert_eq!(set_flux_markers(text, &[policy]).changes, [expected]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SetterChange {
    /// What the field was.
    pub old: String,
    /// What it is.
    pub new: String,
    /// The marker.
    pub setter: String,
}

/// A file with its marked fields set.
///
/// ```
/// use tidegate_image_update::{FluxPolicy, set_flux_markers};
///
/// let (namespace, name) = ("flux-system".into(), "backend".into());
/// let policy = FluxPolicy { namespace, name, latest: "backend:1.4.0".into() };
/// // The marker is that of another policy: nothing is written.
/// let text = "newTag: 1.3.0 # {\"$imagepolicy\": \"flux-system:web:tag\"}\n";
/// let result = set_flux_markers(text, &[policy]);
/// assert!(result.text.is_none() && result.changes.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetterResult {
    /// The new text; `None` when nothing changed, and the file is not written.
    pub text: Option<String>,
    /// What changed, in the order of the file.
    pub changes: Vec<SetterChange>,
}

/// Finds the setter markers of a file, in the order of the text. A text without any, or that is no YAML, has none.
///
/// A marker is a comment behind a value on its line, and nothing but a JSON object of texts with the key
/// `$imagepolicy`. Comments on keys, and text within a block scalar, are none.
///
/// Source: fluxcd/image-automation-controller `internal/update/setters.go`.
///
/// ```
/// use tidegate_image_update::flux_markers;
///
/// let text = "\
/// images:
/// - name: backend
///   newName: registry.example/backend # {\"$imagepolicy\": \"flux-system:backend:name\"}
///   newTag: 1.3.0 # {\"$imagepolicy\": \"flux-system:backend:tag\"}
/// ";
/// let setters: Vec<String> = flux_markers(text).into_iter().map(|it| it.setter).collect();
/// assert_eq!(setters, ["flux-system:backend:name", "flux-system:backend:tag"]);
/// ```
#[must_use]
pub fn flux_markers(text: &str) -> Vec<FluxMarker> {
    if !text.contains(&format!("\"{MARKER}\"")) {
        return Vec::new();
    }
    let Ok(stream) = Stream::parse(text) else { return Vec::new() };
    markers(&stream).into_iter().map(|(marker, _)| marker).collect()
}

/// The markers with the scalars that they stand behind, in the order of the text.
fn markers<'s>(stream: &'s Stream<'_>) -> Vec<(FluxMarker, Node<'s>)> {
    let mut open: Vec<Node<'s>> = stream.documents().map(Document::root).collect();
    open.reverse();
    let mut markers = Vec::new();
    while let Some(node) = open.pop() {
        match node.kind() {
            Kind::Mapping => {
                let values: Vec<Node<'_>> = node.entries().map(|(_, value)| value).collect();
                open.extend(values.into_iter().rev());
            }
            Kind::Sequence => {
                let items: Vec<Node<'_>> = node.items().collect();
                open.extend(items.into_iter().rev());
            }
            Kind::Scalar => markers.extend(marker(stream.text(), node).map(|it| (it, node))),
            Kind::Alias => {}
        }
    }
    markers
}

fn marker(text: &str, node: Node<'_>) -> Option<FluxMarker> {
    if !matches!(node.style(), Style::Plain | Style::SingleQuoted | Style::DoubleQuoted) {
        return None;
    }
    let end = node.span().range().end;
    let line = &text[end..];
    let line = &line[..line.find('\n').unwrap_or(line.len())];
    let comment = line.trim_start_matches([' ', '\t']);
    let start = end + line.len() - comment.len();
    let json = comment.strip_prefix('#')?.trim_start_matches('#');
    // JSON is YAML in braces, with every text in double quotes.
    let stream = Stream::parse(json).ok()?;
    let object =
        stream.root().filter(|it| it.kind() == Kind::Mapping && it.style() == Style::Flow)?;
    let quoted = |it: Node<'_>| it.kind() == Kind::Scalar && it.style() == Style::DoubleQuoted;
    let texts = object.entries().all(|(key, value)| quoted(key) && quoted(value));
    let setter = object.get(MARKER)?.as_str().into_owned();
    (texts && !setter.is_empty()).then(|| FluxMarker {
        setter,
        comment: Span::from_range(start..start + comment.trim_end().len()),
        value: node.span(),
    })
}

/// Sets the marked fields of a file to the images that policies chose, as Flux's image automation does. Markers that
/// name no policy given, or an unknown part, are left.
///
/// Quotes stay; a plain value that YAML 1.1 would not read as a text is put in double quotes. The rest of the file
/// keeps its bytes, where Flux may lay it out anew.
///
/// Source: fluxcd/image-automation-controller `internal/update/setters.go` and `filter.go`.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{FluxPolicy, set_flux_markers};
///
/// let policy = FluxPolicy {
///     namespace: "flux-system".to_owned(),
///     name: "web".to_owned(),
///     latest: "ghcr.io/acme/web:1.10".to_owned(),
/// };
/// let text = "newTag: v1 # {\"$imagepolicy\": \"flux-system:web:tag\"}\n";
/// let result = set_flux_markers(text, &[policy]);
/// assert_eq!(
///     result.text.as_deref(),
///     Some("newTag: \"1.10\" # {\"$imagepolicy\": \"flux-system:web:tag\"}\n"),
/// );
/// assert_eq!(result.changes[0].old, "v1");
/// ```
#[must_use]
pub fn set_flux_markers(text: &str, policies: &[FluxPolicy]) -> SetterResult {
    let mut changes = Vec::new();
    let mut edits = Edits::new();
    let untouched = SetterResult { text: None, changes: Vec::new() };
    let Ok(stream) = Stream::parse(text) else { return untouched };
    for (marker, node) in markers(&stream) {
        // The last policy of a name counts.
        let Some(new) = policies.iter().rev().find_map(|it| chosen(it, &marker.setter)) else {
            continue;
        };
        let old = node.as_str().into_owned();
        if old == new {
            continue;
        }
        // A value that others share by an alias can't be set alone.
        let Some(all) =
            edit::set(node, &New::from(&*new)).ok().and_then(|it| edits.clone().and(it).ok())
        else {
            continue;
        };
        edits = all;
        changes.push(SetterChange { old, new, setter: marker.setter });
    }
    let text = (!changes.is_empty()).then(|| edits.apply(text));
    SetterResult { text, changes }
}

/// What a setter gets from a policy, where it names the policy and a known part.
fn chosen(policy: &FluxPolicy, setter: &str) -> Option<String> {
    let own = format!("{}:{}", policy.namespace, policy.name);
    let part = setter.strip_prefix(&own)?;
    let (image, digest) = policy.latest.split_once('@').unwrap_or((&policy.latest, ""));
    let colon = image.rfind(':').filter(|colon| !image[*colon..].contains('/'));
    let (name, tag) = colon.map_or((image, ""), |colon| (&image[..colon], &image[colon + 1..]));
    let value = match part {
        "" => &policy.latest,
        ":tag" => tag,
        ":name" => name,
        ":digest" => digest,
        _ => return None,
    };
    Some(value.to_owned())
}
