use tidegate_object::{Node, Value};
use tidegate_source::{Diagnostic, Label};

use super::{FieldOptions, Replacement, Source, Target};
use crate::decode::{Decoder, Manner, Written};
use crate::kustomization::Selector;

/// An entry of `replacements`: a replacement, or a file that holds some.
pub(crate) enum ReplacementEntry {
    Inline(Box<Replacement>),
    File(Written),
}

/// Reads the entries of `replacements`.
pub(crate) fn read_entries(
    entries: &[Node],
    manner: Manner,
) -> Result<Vec<ReplacementEntry>, Vec<Diagnostic>> {
    let mut decoder = Decoder::new(manner);
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut path = Written::default();
        // The replacement stands inline in the entry, beside the path.
        let replacement = decoder.inline(|it| replacement(it, entry, Some(&mut path)));
        if path.is_empty() {
            all.push(ReplacementEntry::Inline(Box::new(replacement)));
            continue;
        }
        if replacement.source.is_some() || replacement.targets.is_some_and(|it| !it.is_empty()) {
            let message = "a replacement is either written inline or in a file";
            decoder.report(
                Diagnostic::error("replacement", message)
                    .at(Label::new(path.mark, "the file"))
                    .help("remove `path`, or `source` and `targets`"),
            );
        }
        all.push(ReplacementEntry::File(path));
    }
    let mistakes = decoder.finish();
    if mistakes.is_empty() { Ok(all) } else { Err(mistakes) }
}

/// Reads the document of a file: one replacement, or a list of them.
pub(crate) fn read_file(document: &Node) -> Result<Vec<Replacement>, Vec<Diagnostic>> {
    let mut decoder = Decoder::new(Manner::Plugin);
    let all = match &document.value {
        Value::List(items) => items.iter().map(|it| replacement(&mut decoder, it, None)).collect(),
        Value::Map(_) => vec![replacement(&mut decoder, document, None)],
        other => {
            let kind = other.type_name();
            let message = format!("a file of replacements holds a mapping or a list, not a {kind}");
            decoder.report(
                Diagnostic::error("replacement", message).at(Label::new(document.mark, "")),
            );
            Vec::new()
        }
    };
    let mistakes = decoder.finish();
    if mistakes.is_empty() { Ok(all) } else { Err(mistakes) }
}

fn replacement(decoder: &mut Decoder, node: &Node, path: Option<&mut Written>) -> Replacement {
    let mut replacement = Replacement { mark: node.mark, ..Replacement::default() };
    let known: &[&'static str] = match path {
        Some(_) => &["source", "targets", "sourceValue", "path"],
        None => &["source", "targets", "sourceValue"],
    };
    let mut unused = Written::default();
    let path = path.unwrap_or(&mut unused);
    decoder.structure(node, "a replacement", known, |it, name, node| match name {
        "source" | "targets" | "sourceValue" if node.is_null() => {}
        "source" => replacement.source = Some(source(it, node)),
        "targets" => replacement.targets = Some(it.list(node, target)),
        "sourceValue" => replacement.value = Some(it.string(node)),
        _ => *path = it.string(node),
    });
    replacement
}

fn source(decoder: &mut Decoder, node: &Node) -> Source {
    const FIELDS: [&str; 7] =
        ["group", "version", "kind", "name", "namespace", "fieldPath", "options"];
    let mut source = Source { mark: node.mark, ..Source::default() };
    decoder.structure(node, "a source of a replacement", &FIELDS, |it, name, node| {
        let part = match name {
            "group" => &mut source.selector.group,
            "version" => &mut source.selector.version,
            "kind" => &mut source.selector.kind,
            "name" => &mut source.selector.name,
            "namespace" => &mut source.selector.namespace,
            "fieldPath" => return source.path = it.string(node),
            _ => return source.options = options(it, node),
        };
        *part = it.inline_string(node);
    });
    source
}

fn target(decoder: &mut Decoder, node: &Node) -> Target {
    let mut target = Target { mark: node.mark, ..Target::default() };
    let known = ["select", "reject", "fieldPaths", "options"];
    decoder.structure(node, "a target of a replacement", &known, |it, name, node| match name {
        "select" => target.select = Selector::decode(it, node),
        "reject" => {
            let list = it.list(node, Selector::decode);
            target.reject = list.into_iter().flatten().collect();
        }
        "fieldPaths" => target.paths = it.strings(node),
        _ => target.options = options(it, node),
    });
    target
}

fn options(decoder: &mut Decoder, node: &Node) -> FieldOptions {
    let mut options = FieldOptions::default();
    let known = ["delimiter", "index", "encoding", "create"];
    decoder.structure(node, "options of a replacement", &known, |it, name, node| match name {
        "delimiter" => options.delimiter = it.string(node).text,
        "index" => options.index = it.integer(node),
        // Kustomize reads it and does nothing with it.
        "encoding" => drop(it.string(node)),
        _ => options.create = it.truth(node),
    });
    options
}
