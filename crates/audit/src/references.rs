//! Objects that pods name: whether they are among the manifests.

use std::collections::{BTreeMap, BTreeSet};

use tidegate_object::{Node, Object, Value};
use tidegate_source::{Diagnostic, Label, Mark, nearest};

use crate::code::Code;
use crate::pods::{Pods, is_custom, list, namespace, present, text};

/// What pods of one namespace need by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Needed<'o> {
    namespace: &'o str,
    kind: &'static str,
    name: &'o str,
}

/// One place where it is needed.
#[derive(Clone, Debug)]
struct Need<'o> {
    needed: Needed<'o>,
    mark: Mark,
    /// Keys that have to be in it, each where it was written.
    keys: Vec<(&'o str, Mark)>,
    by: String,
}

pub(crate) fn look(objects: &[Object], all: &[Pods<'_>], found: &mut Vec<Diagnostic>) {
    let mut needs: BTreeMap<Needed<'_>, Vec<Need<'_>>> = BTreeMap::new();
    for pods in all {
        mounts(pods, found);
        for need in needs_of(pods) {
            needs.entry(need.needed).or_default().push(need);
        }
    }
    let here: BTreeMap<Needed<'_>, &Object> = objects.iter().filter_map(known).collect();
    let made = Made::of(objects);
    let mut missing: Vec<Diagnostic> = Vec::new();
    for (needed, needs) in &needs {
        match here.get(needed) {
            Some(object) => keys(object, needs, found),
            None if made.holds(needed) => {}
            None => missing.push(absent(needed, needs, here.keys())),
        }
    }
    found.append(&mut missing);
}

/// The kinds that pods name, with the place in the table.
fn known(object: &Object) -> Option<(Needed<'_>, &Object)> {
    let kinds = ["ConfigMap", "Secret", "PersistentVolumeClaim", "ServiceAccount"];
    let kind = kinds.into_iter().find(|it| object.group().is_empty() && *it == object.kind())?;
    Some((Needed { namespace: namespace(object), kind, name: object.name() }, object))
}

fn absent<'o>(
    needed: &Needed<'_>,
    needs: &[Need<'_>],
    here: impl Iterator<Item = &'o Needed<'o>>,
) -> Diagnostic {
    let Needed { kind, name, .. } = needed;
    let by = needs.first().map_or("", |it| &it.by);
    let message = format!(
        "{kind} `{name}`, which {by} needs, is not among these manifests: it has to be in the cluster before"
    );
    let finding = Code::ReferenceMissing.finding(message);
    let finding = needs.iter().fold(finding, |finding, it| finding.at(Label::new(it.mark, "")));
    let kin = here.filter(|it| it.kind == *kind && it.namespace == needed.namespace);
    match nearest(name, kin.map(|it| it.name)) {
        Some(near) => finding.help(format!("there is a {kind} `{near}`")),
        None => finding,
    }
}

/// Keys that an object among the manifests does not have. One without any is filled by somebody else.
fn keys(object: &Object, needs: &[Need<'_>], found: &mut Vec<Diagnostic>) {
    let blocks = ["data", "stringData", "binaryData"];
    let held: BTreeSet<&str> = blocks
        .iter()
        .filter_map(|it| object.at(&[it])?.as_map())
        .flat_map(|it| it.iter().map(|(key, _)| key))
        .collect();
    if held.is_empty() {
        return;
    }
    for need in needs {
        for (key, mark) in need.keys.iter().filter(|(key, _)| !held.contains(key)) {
            let Needed { kind, name, .. } = need.needed;
            let message = format!(
                "{kind} `{name}` has no key `{key}`, which {} needs: the pod does not start",
                need.by
            );
            let finding = Code::ReferenceKeyMissing
                .finding(message)
                .at(Label::new(*mark, ""))
                .at(Label::new(object.mark(), "the object"));
            found.push(match nearest(key, held.iter().copied()) {
                Some(near) => finding.help(format!("there is a key `{near}`")),
                None => finding.help("add the key, or say `optional: true`"),
            });
        }
    }
}

/// Names in objects of other groups: operators make Secrets and more of what stands there.
#[derive(Debug, Default)]
struct Made<'o> {
    names: BTreeSet<&'o str>,
}

impl<'o> Made<'o> {
    fn of(objects: &'o [Object]) -> Self {
        let mut names = BTreeSet::new();
        let others = objects.iter().filter(|it| is_custom(it));
        let mut pending: Vec<&Node> = others.map(|it| &it.root).collect();
        while let Some(node) = pending.pop() {
            match &node.value {
                Value::String(text) => {
                    names.insert(text.as_str());
                }
                Value::Map(map) => pending.extend(map.iter().map(|(_, node)| node)),
                Value::List(items) => pending.extend(items),
                _ => {}
            }
        }
        Self { names }
    }

    /// Returns whether an object is there without a manifest: made from another one, or in every namespace.
    fn holds(&self, needed: &Needed<'_>) -> bool {
        let everywhere = [("ServiceAccount", "default"), ("ConfigMap", "kube-root-ca.crt")];
        everywhere.contains(&(needed.kind, needed.name)) || self.names.contains(needed.name)
    }
}

/// Source: Kubernetes `pkg/apis/core/validation/validation.go`, `ValidateVolumeMounts`.
fn mounts(pods: &Pods<'_>, found: &mut Vec<Diagnostic>) {
    let templates = pods.object.at(&["spec", "volumeClaimTemplates"]).and_then(Node::as_list);
    let claimed = templates.unwrap_or_default().iter();
    let claimed = claimed.filter_map(|it| it.at(&["metadata", "name"])?.as_str());
    let volumes: Vec<&str> = list(pods.spec, "volumes")
        .iter()
        .filter_map(|it| text(it, "name"))
        .chain(claimed.filter(|_| pods.is("StatefulSet")))
        .collect();
    for container in pods.containers() {
        for mount in list(container.node, "volumeMounts") {
            let Some(name) = present(mount, "name") else { continue };
            let Some(written) = name.as_str().filter(|it| !volumes.contains(it)) else { continue };
            let message = format!(
                "container `{}` of {} mounts the volume `{written}`, which its pod does not have",
                container.name(),
                pods.shown()
            );
            let finding = Code::MountWithoutVolume.finding(message).at(Label::new(name.mark, ""));
            found.push(match nearest(written, volumes.iter().copied()) {
                Some(near) => finding.help(format!("there is a volume `{near}`")),
                None => finding.help("add the volume to the pod, or remove the mount"),
            });
        }
    }
}

/// Everything that pods can't start without. What is `optional` is left out.
fn needs_of<'o>(pods: &Pods<'o>) -> Vec<Need<'o>> {
    let mut needs = Needs { pods, found: Vec::new() };
    for container in pods.containers() {
        let by = format!("container `{}` of {}", container.name(), pods.shown());
        for variable in list(container.node, "env") {
            for (field, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
                let reference = variable.at(&["valueFrom", field]);
                let key = reference.and_then(|it| present(it, "key"));
                let key = key.and_then(|it| Some((it.as_str()?, it.mark)));
                needs.add(kind, reference, "name", key.into_iter().collect(), &by);
            }
        }
        for source in list(container.node, "envFrom") {
            for (field, kind) in [("configMapRef", "ConfigMap"), ("secretRef", "Secret")] {
                needs.add(kind, source.get(field), "name", Vec::new(), &by);
            }
        }
    }
    let by = pods.shown();
    for volume in list(pods.spec, "volumes") {
        let projected = volume.at(&["projected", "sources"]).and_then(Node::as_list);
        for (source, secret_name) in projected
            .unwrap_or_default()
            .iter()
            .map(|it| (it, "name"))
            .chain([(volume, "secretName")])
        {
            for (field, kind, name) in
                [("configMap", "ConfigMap", "name"), ("secret", "Secret", secret_name)]
            {
                let block = source.get(field);
                let items = block.map_or(&[][..], |it| list(it, "items")).iter();
                let keys = items.filter_map(|it| it.get("key")).collect::<Vec<_>>();
                let keys = keys.into_iter().filter_map(|it| Some((it.as_str()?, it.mark)));
                needs.add(kind, block, name, keys.collect(), &by);
            }
        }
        let claim = volume.get("persistentVolumeClaim");
        needs.add("PersistentVolumeClaim", claim, "claimName", Vec::new(), &by);
    }
    needs.add("ServiceAccount", Some(pods.spec), "serviceAccountName", Vec::new(), &by);
    needs.found
}

struct Needs<'p, 'o> {
    pods: &'p Pods<'o>,
    found: Vec<Need<'o>>,
}

impl<'o> Needs<'_, 'o> {
    fn add(
        &mut self,
        kind: &'static str,
        block: Option<&'o Node>,
        name: &str,
        keys: Vec<(&'o str, Mark)>,
        by: &str,
    ) {
        let Some(block) = block else { return };
        let optional = block.get("optional").and_then(Node::as_bool).unwrap_or(false);
        let Some(node) = present(block, name).filter(|_| !optional) else { return };
        let Some(name) = node.as_str().filter(|it| !it.is_empty()) else { return };
        let needed = Needed { namespace: namespace(self.pods.object), kind, name };
        self.found.push(Need { needed, mark: node.mark, keys, by: by.to_owned() });
    }
}
