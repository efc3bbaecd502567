use std::borrow::Cow;

use tidegate_object::{Node, Value};
use tidegate_source::{Diagnostic, Label, Mark};

use super::Engine;
use super::resources::objects_of;
use crate::decode::{Manner, Written};
use crate::inline::Inline;
use crate::json6902;
use crate::kustomization::PatchEntry;
use crate::loader::{Operations, Root, operations};
use crate::replacement::{ReplacementEntry, read_entries, read_file};
use crate::selector::Matcher;
use crate::transform::{JsonPatch, MergePatch, Patch, Transformer};

/// What the text of a patch is.
pub(crate) enum Read {
    /// Objects, or parts of them.
    Merge(Vec<Node>),
    /// A list of operations, and the places in it of tests whose value is not written as Go's encoder writes it.
    Operations(Node, Vec<usize>),
    Nothing,
}

impl Read {
    /// Takes operations, if there are any.
    fn operations(found: Operations) -> Option<Self> {
        let list = found.node.filter(|it| it.as_list().is_some_and(|it| !it.is_empty()))?;
        Some(Self::Operations(list, found.odd_tests))
    }
}

fn read_operations(
    operations: Node,
    odd_tests: &[usize],
) -> Result<json6902::JsonPatch, Vec<Diagnostic>> {
    let all = operations.mark;
    let mut patch = json6902::JsonPatch::read(operations).map_err(|it| vec![*it])?;
    patch.odd_tests(odd_tests, all);
    Ok(patch)
}

fn is_empty(node: &Node) -> bool {
    node.is_null() || node.as_list().is_some_and(<[_]>::is_empty)
}

impl Engine<'_> {
    /// Reads the documents of a patch: of its text, or of the file that it names.
    fn patch_documents(
        &mut self,
        root: &Root,
        path: &Written,
        text: &Inline<'_>,
        role: &str,
    ) -> Result<Vec<Node>, Vec<Diagnostic>> {
        if path.is_empty() {
            return text.documents(&self.loader.sources);
        }
        let loaded = self.loader.text(root, path).map_err(|it| vec![it])?;
        self.roles().file(loaded.id, role);
        let documents = self.loader.documents(&loaded)?;
        Ok(std::rc::Rc::try_unwrap(documents).unwrap_or_else(|it| (*it).clone()))
    }

    /// Reads a patch, and tells patches in the form of an object from lists of operations.
    fn patch_read(
        &mut self,
        root: &Root,
        path: &Written,
        text: &Inline<'_>,
        role: &str,
    ) -> Result<Read, Vec<Diagnostic>> {
        // Most texts that begin so are lists, which need not be read as objects first.
        if path.is_empty()
            && text.as_str().starts_with(['-', '['])
            && let Ok(operations) = text.operations(&self.loader.sources)
            && let Some(read) = Read::operations(operations)
        {
            return Ok(read);
        }
        let documents = self.patch_documents(root, path, text, role);
        let lists = match &documents {
            Ok(documents) => documents.first().is_some_and(|it| it.as_list().is_some()),
            // What is a mistake in an object may be none in a list of operations.
            Err(_) => true,
        };
        if lists {
            let operations = if path.is_empty() {
                text.operations(&self.loader.sources)
            } else {
                self.loader.text(root, path).map_err(|it| vec![it]).and_then(|it| operations(&it))
            };
            match operations.map(Read::operations) {
                Ok(Some(read)) => return Ok(read),
                Err(found) if documents.is_ok() => return Err(found),
                Ok(None) | Err(_) => {}
            }
        }
        let documents = documents?;
        let nothing = documents.iter().all(is_empty);
        Ok(if nothing { Read::Nothing } else { Read::Merge(documents) })
    }

    /// Makes an entry of `patches` ready.
    pub(crate) fn patch(
        &mut self,
        root: &Root,
        entry: &PatchEntry,
    ) -> Result<Transformer, Vec<Diagnostic>> {
        let text = Inline::trimmed(&entry.patch);
        one_source(entry, text.as_str())?;
        let read = self.patch_read(root, &entry.path, &text, "PatchTransformer")?;
        let target = entry.target.as_ref().map(Matcher::new).transpose().map_err(|it| vec![it])?;
        let patch = match read {
            Read::Nothing => Patch::Nothing,
            Read::Operations(operations, odd_tests) => {
                let Some(target) = target else {
                    let mistake =
                        Diagnostic::error("patch", "a list of operations needs a `target`")
                            .at(Label::new(entry.place(), "the list"))
                            .help("add `target: {kind: KIND, name: NAME}`");
                    return Err(vec![mistake]);
                };
                let operations = read_operations(operations, &odd_tests)?;
                Patch::Json(JsonPatch { operations, target, remember: true })
            }
            Read::Merge(documents) => {
                let mut patches = objects_of(documents)?;
                for patch in &mut patches {
                    patch.allow_name_change = entry.allow_name_change;
                    patch.allow_kind_change = entry.allow_kind_change;
                }
                if let (Some(_), [_, second, ..]) = (&target, patches.as_slice()) {
                    let mistake = Diagnostic::error(
                        "patch",
                        "a patch with a `target` has more than one document",
                    )
                    .at(Label::new(second.place(), "the second one"))
                    .help("write an entry for each, or remove the `target`");
                    return Err(vec![mistake]);
                }
                let as_selection = target.is_some();
                Patch::Merge(MergePatch { patches, target, as_selection })
            }
        };
        Ok(Transformer::Patch(Box::new(patch)))
    }

    /// Makes an entry of `patchesJson6902` ready.
    #[inline(never)]
    pub(crate) fn patch_json6902(
        &mut self,
        root: &Root,
        entry: &PatchEntry,
    ) -> Result<Transformer, Vec<Diagnostic>> {
        let Some(selector) = entry.target.as_ref().filter(|it| !it.name.is_empty()) else {
            return Err(mistake(
                entry.mark,
                "the patch needs a `target` with a `name`",
                "add `target: {kind: KIND, name: NAME}`",
            ));
        };
        one_source(entry, &entry.patch)?;
        let text = Inline::new(&entry.patch);
        let read = self.patch_read(root, &entry.path, &text, "PatchJson6902Transformer")?;
        let target = Matcher::new(selector).map_err(|it| vec![it])?;
        match read {
            Read::Operations(operations, odd_tests) => {
                let operations = read_operations(operations, &odd_tests)?;
                let patch = JsonPatch { operations, target, remember: false };
                Ok(Transformer::Patch(Box::new(Patch::Json(patch))))
            }
            Read::Nothing => {
                Err(mistake(entry.place(), "the patch is empty", "write a list of operations"))
            }
            Read::Merge(_) => Err(mistake(
                entry.place(),
                "the patch is not a list of operations",
                "write a list, or name it under `patches`",
            )),
        }
    }

    /// Makes `patchesStrategicMerge` ready: each entry is a patch, or names a file with patches.
    #[inline(never)]
    pub(crate) fn patches_strategic_merge(
        &mut self,
        root: &Root,
        entries: &[Written],
        mark: Mark,
    ) -> Result<Transformer, Vec<Diagnostic>> {
        let mut patches = Vec::new();
        let mut mistakes = Vec::new();
        for entry in entries {
            let inline = Inline::new(entry).documents(&self.loader.sources).and_then(objects_of);
            let read = match inline {
                Err(found) if entry.contains('\n') => Err(found),
                Err(_) => {
                    let nothing = Written::default();
                    self.patch_documents(
                        root,
                        entry,
                        &Inline::new(&nothing),
                        "PatchStrategicMergeTransformer",
                    )
                    .and_then(objects_of)
                }
                read => read,
            };
            match read {
                Ok(read) => patches.extend(read),
                Err(found) => mistakes.extend(found),
            }
        }
        if patches.is_empty() && mistakes.is_empty() {
            let mistake = match entries.first() {
                Some(entry) => {
                    Diagnostic::error("patch", "there is no patch in what is named here")
                        .at(Label::new(entry.mark, ""))
                        .help("write a patch, or remove the entry")
                }
                None => Diagnostic::error("patch", "the transformer has no patch")
                    .at(Label::new(mark, ""))
                    .help("add `paths: [PATCH.yaml]`, or write the patch below `patches`"),
            };
            mistakes.push(mistake);
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let patch = MergePatch { patches, target: None, as_selection: true };
        Ok(Transformer::Patch(Box::new(Patch::Merge(patch))))
    }

    /// Makes replacements ready; those of a file stand in the place of the entry that names it.
    #[inline(never)]
    pub(crate) fn replacements(
        &mut self,
        root: &Root,
        entries: &[Node],
        manner: Manner,
    ) -> Result<Transformer, Vec<Diagnostic>> {
        let mut replacements = Vec::with_capacity(entries.len());
        for entry in read_entries(entries, manner)? {
            match entry {
                ReplacementEntry::Inline(replacement) => replacements.push(*replacement),
                ReplacementEntry::File(path) => {
                    let loaded = self.loader.text(root, &path).map_err(|it| vec![it])?;
                    let documents = self.loader.documents(&loaded)?;
                    let nothing = Node::new(Value::Null, loaded.mark());
                    replacements.extend(read_file(documents.first().unwrap_or(&nothing))?);
                }
            }
        }
        Ok(Transformer::Replacements(replacements))
    }
}

fn mistake(
    mark: Mark,
    message: impl Into<Cow<'static, str>>,
    help: impl Into<Cow<'static, str>>,
) -> Vec<Diagnostic> {
    vec![Diagnostic::error("patch", message).at(Label::new(mark, "")).help(help)]
}

impl PatchEntry {
    /// Returns where the patch is written or named.
    fn place(&self) -> Mark {
        let places = [self.patch.mark, self.path.mark];
        places.into_iter().find(|mark| mark.is_some()).unwrap_or(self.mark)
    }
}

/// Refuses an entry that says its patch in two ways, or in none. `text` is what counts as the patch written in it.
fn one_source(entry: &PatchEntry, text: &str) -> Result<(), Vec<Diagnostic>> {
    match (entry.path.is_empty(), text.is_empty()) {
        (true, true) => {
            let message = format!("the patch has neither `path` nor `{}`", entry.field);
            Err(mistake(entry.mark, message, "add one of the two"))
        }
        (false, false) => {
            let message = format!("the patch has both `path` and `{}`", entry.field);
            let mistakes = mistake(entry.patch.mark, message, "remove one of the two").into_iter();
            Err(mistakes.map(|it| it.at(Label::new(entry.path.mark, ""))).collect())
        }
        _ => Ok(()),
    }
}
