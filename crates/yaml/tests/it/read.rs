use tidegate_yaml::{Emitter, Kind, Node, Scalar, Stream, natural_order};

/// Prints a node as kustomize would, keys sorted.
pub(crate) fn print(node: Node<'_>, out: &mut Emitter<'_>) {
    match node.target().kind() {
        Kind::Mapping => {
            let mut entries: Vec<_> = node.entries().collect();
            entries.sort_by(|a, b| natural_order(&a.0.as_str(), &b.0.as_str()));
            out.begin_map();
            for (key, value) in entries {
                out.key(&key.as_str());
                print(value, out);
            }
            out.end_map();
        }
        Kind::Sequence => {
            out.begin_list();
            node.items().for_each(|item| print(item, out));
            out.end_list();
        }
        _ => match node.resolve_reprinted().ok().flatten().unwrap_or(Scalar::Null) {
            Scalar::Null => out.null(),
            Scalar::Bool(it) => out.bool(it),
            Scalar::Int(it) => out.int(it),
            Scalar::Unsigned(it) => out.unsigned(it),
            Scalar::Float(it) => out.float(it),
            Scalar::Timestamp(it) => out.string(&it.to_string()),
            Scalar::Merge => out.string("<<"),
            Scalar::Binary(it) => out.string(&String::from_utf8_lossy(&it)),
            Scalar::String(it) => out.string(&it),
        },
    }
}

/// Prints all documents of a text; `None` when it can't be read or printed.
pub(crate) fn reprint(text: &str) -> Option<String> {
    let stream = Stream::parse(text).ok()?;
    let mut out = String::new();
    let mut emitter = Emitter::new(&mut out);
    for document in stream.documents() {
        print(document.root(), &mut emitter);
        emitter.end_document();
    }
    emitter.finish().ok()?;
    Some(out)
}

#[test]
fn a_manifest_is_printed_in_the_layout_of_the_reference() {
    let text = "kind: X\nspec:\n  ports:\n    - {name: http, port: 80}\n    -\n      name: b\n  empty: []\n  none:\n  \
                nested:\n  - - a\n    - b\n  - []\n  text: |\n    one\n\n    two\n  folded: >-\n    a\n    b\n\n    c\n---\n\
                'yes'\n";
    let expected = "kind: X\nspec:\n  empty: []\n  folded: |-\n    a b\n    c\n  nested:\n  - - a\n    - b\n  - []\n  \
                    none: null\n  ports:\n  - name: http\n    port: 80\n  - name: b\n  text: |\n    one\n\n    two\n\
                    ---\n\"yes\"\n";
    assert_eq!(reprint(text).as_deref(), Some(expected));
}
