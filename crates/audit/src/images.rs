//! Images: what a tag promises, and when the registry is asked.

use std::collections::BTreeSet;

use tidegate_image_ref::ImageReference;
use tidegate_object::{Node, Object};
use tidegate_source::{Diagnostic, Label};
use tidegate_workload::PullPolicy;

use crate::code::Code;
use crate::pods::{Container, Pods, present, shown, text};
use crate::resources::inside;

pub(crate) fn look(pods: &Pods<'_>, found: &mut Vec<Diagnostic>) {
    for container in pods.containers() {
        let of = format!("container `{}` of {}", container.name(), pods.shown());
        let image = text(container.node, "image").unwrap_or("");
        let Some(node) = present(container.node, "image").filter(|_| !image.is_empty()) else {
            let mark = container.node.get("image").map_or(container.mark(), |it| it.mark);
            let finding = Code::ImageMissing.finding(format!("{of} has no image"));
            let finding = finding.at(Label::new(mark, "")).help("name an image");
            // The API server asks for a selector: what has none is part of something.
            let selects = ["Deployment", "StatefulSet", "DaemonSet"].iter().any(|it| pods.is(it));
            let partial = selects && pods.object.at(&["spec", "selector"]).is_none();
            let patch = "a patch can't be judged by itself: check the overlay that applies it";
            found.push(if partial { finding.help(patch) } else { finding });
            continue;
        };
        // What `ko` builds: it writes the digest here before anything is applied.
        if image.starts_with("ko://") {
            continue;
        }
        let reference = match ImageReference::normalized(image) {
            Ok(reference) => reference,
            Err(error) => {
                let message =
                    format!("`{image}`, the image of {of}, is no image reference: {error}");
                let finding = Code::ImageInvalid
                    .finding(message)
                    .at(Label::new(inside(node.mark, image, error.span()), ""));
                found.push(match error.help() {
                    Some(help) => finding.help(help),
                    None => finding,
                });
                continue;
            }
        };
        found.extend(mutable(&of, node, image, &reference, policy(container, image)));
        found.extend(pull(&of, container, &reference));
    }
}

fn policy(container: Container<'_>, image: &str) -> PullPolicy {
    match text(container.node, "imagePullPolicy") {
        Some("Always") => PullPolicy::Always,
        Some("IfNotPresent") => PullPolicy::IfNotPresent,
        Some("Never") => PullPolicy::Never,
        _ => PullPolicy::default_for(image),
    }
}

/// An image that is another one tomorrow.
fn mutable(
    of: &str,
    node: &Node,
    image: &str,
    reference: &ImageReference,
    policy: PullPolicy,
) -> Option<Diagnostic> {
    if reference.digest().is_some() {
        return None;
    }
    let effect = match policy {
        PullPolicy::Always => {
            "imagePullPolicy is Always: each start of a pod may run another image, and a rollback brings none back"
        }
        PullPolicy::IfNotPresent => {
            "imagePullPolicy is IfNotPresent: a node keeps what it pulled first, so pods may run different images"
        }
        PullPolicy::Never => "imagePullPolicy is Never: each node runs what somebody put there",
    };
    let finding = match reference.tag() {
        None => {
            let message = format!("`{image}`, the image of {of}, has no tag: `latest` is meant");
            Code::ImageWithoutTag.finding(message)
        }
        Some(tag) if is_mutable(tag) => {
            let message =
                format!("the tag `{tag}` of the image of {of} names no version, and is moved");
            Code::ImageMutableTag.finding(message)
        }
        Some(_) => return None,
    };
    let help = "name a version, or put the digest behind the tag: `TAG@sha256:…`";
    Some(finding.at(Label::new(node.mark, "")).note(effect).help(help))
}

/// Returns whether a tag is one that is moved from build to build.
///
/// A tag without any digit names a channel, a branch or a variant (`latest`, `main`, `dev`, `stable`, `alpine`) and
/// no version; so does one with a part `latest` or `snapshot`, as `v1-latest`. The letters of a commit are no channel.
///
/// ```
/// use tidegate_audit::is_mutable;
///
/// assert!(is_mutable("latest") && is_mutable("main") && is_mutable("1.2.3-SNAPSHOT"));
/// assert!(!is_mutable("v1.2.3") && !is_mutable("20260105") && !is_mutable("deadbeef"));
/// ```
#[must_use]
pub fn is_mutable(tag: &str) -> bool {
    let commit = tag.len() >= 7 && tag.bytes().all(|it| it.is_ascii_hexdigit());
    let moved =
        |part: &str| ["latest", "snapshot"].iter().any(|word| part.eq_ignore_ascii_case(word));
    let digits = tag.bytes().any(|it| it.is_ascii_digit());
    !commit && (!digits || tag.split(['.', '-', '_']).any(moved))
}

/// Returns whether a tag stands for one that an overlay has to give: no registry has it.
fn is_placeholder(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let words =
        ["placeholder", "dummy", "replace", "change", "override", "overlay", "unset", "invalid"];
    words.iter().any(|word| tag.contains(word))
}

/// Returns the tag of an image that is another one tomorrow, `latest` where there is none.
fn moved_tag(image: &str) -> Option<String> {
    let reference = ImageReference::normalized(image).ok().filter(|it| it.digest().is_none())?;
    let tag = reference.tag().unwrap_or("latest");
    is_mutable(tag).then(|| tag.to_owned())
}

/// A pull policy that does not go with the image.
fn pull(of: &str, container: Container<'_>, reference: &ImageReference) -> Option<Diagnostic> {
    let written = present(container.node, "imagePullPolicy")?;
    match written.as_str()? {
        "Never" => {
            let message = format!(
                "the image of {of} is never pulled: a node that does not have it can't run the pod"
            );
            let finding = Code::ImageNeverPulled.finding(message).at(Label::new(written.mark, ""));
            Some(finding.help("write IfNotPresent"))
        }
        "Always" if reference.digest().is_some() => {
            let message = format!(
                "the image of {of} is fixed by its digest, and the registry is asked at every start all the same: \
                 without the registry no container starts again"
            );
            let image = present(container.node, "image").map_or(written.mark, |it| it.mark);
            let finding = Code::PullAlwaysPinned.finding(message).at(Label::new(written.mark, ""));
            Some(
                finding
                    .at(Label::new(image, "the digest"))
                    .help("write IfNotPresent, if a digest is always there"),
            )
        }
        _ => None,
    }
}

/// An object as it was written in a file, and as it became when everything was applied.
///
/// ```
/// use tidegate_audit::{Written, overridden};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let pod = |image: &str| objects(&format!(
///     "{{apiVersion: v1, kind: Pod, metadata: {{name: hub}}, spec: {{containers: [{{name: hub, image: {image}}}]}}}}",
/// )).remove(0);
/// let (file, rendered) = (pod("'hub:latest'"), pod("'registry.example/tomoda/hub:1.4.0'"));
/// // A mutable tag in a base that every overlay replaces: worth knowing, and no more.
/// let found = overridden(&[Written { file: &file, rendered: &rendered }]);
/// assert_eq!(found.len(), 1);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Written<'o> {
    /// As the file has it.
    pub file: &'o Object,
    /// As it was rendered.
    pub rendered: &'o Object,
}

/// Finds mutable tags in files whose images are overridden by what was applied to them: an overlay that is made anew
/// would run them.
///
/// What is not overridden is a finding of [`audit`](crate::audit), at the same place.
///
/// ```
/// use tidegate_audit::{Code, Written, overridden};
/// use tidegate_object::manifests;
/// use tidegate_source::Sources;
///
/// let pod = |image: &str| format!("apiVersion: v1\nkind: Pod\nspec: {{containers: [{{name: a, image: '{image}'}}]}}\n");
/// let (base, built) = (pod("web:latest"), pod("web:v1.2.3"));
/// let mut sources = Sources::new();
/// let ids = [sources.add("base.yaml", base.as_str()), sources.add("built.yaml", built.as_str())];
/// let base = manifests(base.into(), ids[0]).expect("no mistake");
/// let built = manifests(built.into(), ids[1]).expect("no mistake");
/// let found = overridden(&[Written { file: &base[0], rendered: &built[0] }]);
/// assert_eq!(found[0].code, Code::ImageMutableInBase.name());
/// assert_eq!(sources.place(found[0].labels[0].mark).map(|it| it.to_string()).as_deref(), Some("base.yaml:3:38"));
/// ```
#[must_use]
pub fn overridden(written: &[Written<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for Written { file, rendered } in written {
        let Some(pods) = Pods::of(file) else { continue };
        let after = Pods::of(rendered);
        for container in pods.containers() {
            let Some(node) = present(container.node, "image") else { continue };
            let Some(tag) = node.as_str().and_then(moved_tag) else { continue };
            if is_placeholder(&tag) {
                continue;
            }
            let after = after.iter().flat_map(Pods::containers);
            let mut after = after.filter(|it| it.name() == container.name());
            let now = after.find_map(|it| present(it.node, "image"));
            let Some(now) = now.filter(|it| it.mark != node.mark) else { continue };
            // A tag that is still moved is told where it runs.
            if now.as_str().is_some_and(|it| moved_tag(it).is_some()) || !seen.insert(node.mark) {
                continue;
            }
            let message = format!(
                "container `{}` of {} runs the tag `{tag}` wherever no overlay overrides it",
                container.name(),
                shown(file)
            );
            found.push(
                Code::ImageMutableInBase.finding(message)
                    .at(Label::new(node.mark, "this names no version"))
                    .at(Label::new(now.mark, "overridden here"))
                    .help("name a version in the base, too, or a word such as `placeholder`, which no registry has"),
            );
        }
    }
    found
}
