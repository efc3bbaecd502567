use std::sync::atomic::{AtomicBool, Ordering};

use tidegate_object::{Node, Text};
use tidegate_source::{Diagnostic, Sources};

use super::{in_object, set_text, walk_spec, wrong_type};
use crate::config::SharedSpecs;
use crate::decode::Written;
use crate::fieldspec::{Create, FieldSpec};
use crate::parallel::change_each;
use crate::resource::Resource;
use crate::resources::Resources;
use crate::text::{become_text, text_of, written_text};

/// Which subjects of role bindings are moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Subjects {
    /// Those that are named `default`.
    #[default]
    DefaultOnly,
    /// Every service account.
    AllServiceAccounts,
    /// None.
    None,
}

/// Moves objects into a namespace.
pub(crate) struct Namespace {
    pub(crate) name: Written,
    pub(crate) specs: SharedSpecs,
    /// Whether a namespace that is there already stays.
    pub(crate) unset_only: bool,
    pub(crate) subjects: Subjects,
}

impl Namespace {
    #[inline(never)]
    pub(crate) fn apply(
        &self,
        resources: &mut Resources,
        sources: &Sources,
    ) -> Result<(), Vec<Diagnostic>> {
        if self.name.is_empty() {
            return Ok(());
        }
        let own = || Self { name: self.name.apart(), specs: self.specs.clone(), ..*self };
        let renamed = AtomicBool::new(false);
        let mut mistakes = change_each(resources.moved_mut(), own, |own, resource| {
            if is_of_a_chart(resource) {
                return None;
            }
            resource.remember_id();
            let moved = own.move_one(resource, sources);
            if resource.is_renamed() {
                renamed.store(true, Ordering::Relaxed);
            }
            moved.err()
        });
        // The name of a Namespace, or a name that a field spec leads to.
        if renamed.into_inner() {
            resources.forget();
        }
        let clash =
            resources.clash("namespace-conflict", || format!("in the namespace `{}`", &*self.name));
        let help = "give them different names, or move only one of them";
        mistakes.extend(clash.map(|it| it.help(help)));
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    /// Moves one object, without remembering where it was.
    pub(crate) fn move_one(
        &self,
        resource: &mut Resource,
        sources: &Sources,
    ) -> Result<(), Diagnostic> {
        if !resource.id().cluster_scoped {
            let spec = FieldSpec::metadata_namespace();
            walk_spec(resource, spec, Create::Scalar, &mut |node| {
                if self.unset_only && is_written_null(node) { Ok(()) } else { self.set(node) }
            })?;
        }
        let is_binding = |kind: &str| matches!(kind, "RoleBinding" | "ClusterRoleBinding");
        let binding = is_binding(resource.kind());
        if binding {
            self.set_subjects(resource)?;
        }
        let core = resource.api_version() == "v1";
        for spec in self.specs.as_slice() {
            let handled = match spec.path() {
                "metadata/namespace" => true,
                "metadata/name" => !core,
                "subjects/namespace" => binding && is_binding(&spec.kind),
                _ => false,
            };
            if !handled {
                walk_spec(resource, spec, Create::Scalar, &mut |node| {
                    if !(self.unset_only && spec.create && is_written_null(node)) {
                        return self.set(node);
                    }
                    // Where the field would have been made, the characters of the `null` are taken for its text.
                    become_text(node, written_text(node, sources));
                    Ok(())
                })?;
            }
        }
        Ok(())
    }

    fn set(&self, node: &mut Node) -> Result<(), Box<Diagnostic>> {
        if self.unset_only && !text_of(node).is_empty() {
            return Ok(());
        }
        set_text(node, &self.name.text, self.name.mark)
    }

    fn set_subjects(&self, resource: &mut Resource) -> Result<(), Diagnostic> {
        let root = resource.root_mut();
        let Some(subjects) = root.as_map_mut().and_then(|it| it.get_mut("subjects")) else {
            return Ok(());
        };
        if self.subjects == Subjects::None || subjects.is_null() {
            return Ok(());
        }
        let outcome = match subjects.as_list_mut() {
            Some(list) => list.iter_mut().try_for_each(|subject| self.set_subject(subject)),
            None => Err(wrong_type("a list", subjects)),
        };
        outcome.map_err(|mistake| in_object(mistake.note("in the field `subjects`"), resource))
    }

    fn set_subject(&self, subject: &mut Node) -> Result<(), Box<Diagnostic>> {
        if subject.is_null() {
            return Ok(());
        }
        let Some(map) = subject.as_map_mut() else {
            return Err(wrong_type("a mapping", subject));
        };
        let says = |key: &str, value: &str| map.get(key).is_some_and(|it| text_of(it) == value);
        let moved = match self.subjects {
            Subjects::DefaultOnly => says("name", "default"),
            Subjects::AllServiceAccounts => says("kind", "ServiceAccount"),
            Subjects::None => false,
        };
        if !moved {
            return Ok(());
        }
        if !map.contains_key("namespace") {
            map.insert("namespace", Node::from(Text::literal("")));
        }
        map.get_mut("namespace").map_or(Ok(()), |node| self.set(node))
    }
}

/// Returns whether a `null` is written out, which counts as set; nothing behind the colon does not.
fn is_written_null(node: &Node) -> bool {
    node.is_null() && !node.mark.span.is_empty()
}

/// Returns whether an object says that it was rendered from a Helm chart, which has put it into its namespace.
///
/// Source: `NamespaceTransformer.go` and `HelmGeneratedAnnotation` of Kustomize.
fn is_of_a_chart(resource: &Resource) -> bool {
    const CHART: [&str; 3] =
        ["metadata", "annotations", "internal.config.kubernetes.io/helm-generated"];
    resource.root().at(&CHART).is_some_and(|it| text_of(it) == "true")
}
