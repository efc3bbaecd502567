use std::sync::Arc;

use tidegate_source::{Diagnostic, Label, Mark, SourceId};
use tidegate_yaml::Stream;

use crate::from_yaml::{Reading, from_yaml};
use crate::node::Node;
use crate::object::Object;

/// Reads a text of manifests: any number of documents, each an object or a list of them (`kind: List`, `PodList`).
/// Documents without content are left out.
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_source::Sources;
///
/// let text = "kind: Pod\nmetadata: {name: a}\n---\nkind: List\nitems: [{kind: Pod, metadata: {name: b}}]\n";
/// let mut sources = Sources::new();
/// let source = sources.add("pods.yaml", text);
/// let objects = manifests(text.into(), source).expect("no mistake");
/// assert_eq!(objects.iter().map(|it| it.name()).collect::<Vec<_>>(), ["a", "b"]);
///
/// let mistakes = manifests("- a\n".into(), source).unwrap_err();
/// assert_eq!(mistakes[0].code, "not-an-object");
/// ```
///
/// # Errors
///
/// Every mistake of every document, each with its place: those of the YAML and of [`from_yaml`], and `not-an-object` for
/// a document or an item that is no mapping.
pub fn manifests(text: Arc<str>, source: SourceId) -> Result<Vec<Object>, Vec<Diagnostic>> {
    let text = Arc::new(text);
    let stream = Stream::parse(&text)
        .map_err(|errors| errors.iter().map(|it| it.to_diagnostic(source)).collect::<Vec<_>>())?;
    let (mut objects, mut mistakes) = (Vec::new(), Vec::new());
    for document in stream.documents() {
        if document.root().is_null() {
            continue;
        }
        match from_yaml(document.root(), source, &text, Reading::Resource) {
            Ok(root) => take(root, &mut objects, &mut mistakes),
            Err(found) => mistakes.extend(found),
        }
    }
    if mistakes.is_empty() { Ok(objects) } else { Err(mistakes) }
}

fn take(root: Node, objects: &mut Vec<Object>, mistakes: &mut Vec<Diagnostic>) {
    let is_object = |node: &Node| node.as_map().is_some();
    let mut refuse = |mark: Mark| {
        let mistake = Diagnostic::error("not-an-object", "this is no Kubernetes object")
            .at(Label::new(mark, "not a mapping"));
        mistakes.push(mistake);
    };
    if !is_object(&root) {
        return refuse(root.mark);
    }
    let object = Object::new(root);
    match object.at(&["items"]).and_then(Node::as_list) {
        Some(items) if object.kind().ends_with("List") => {
            let (good, bad): (Vec<&Node>, Vec<&Node>) = items.iter().partition(|it| is_object(it));
            objects.extend(good.into_iter().cloned().map(Object::new));
            for item in bad {
                refuse(item.mark);
            }
        }
        _ => objects.push(object),
    }
}
