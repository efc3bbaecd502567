//! Objects that are made, not loaded.

mod iam;
mod key_values;

pub(crate) use iam::IamPolicy;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark};

use self::key_values::{Pair, Payload, key_values};
use crate::decode::{Pairs, Written, unusable_key};
use crate::kustomization::{GeneratorArgs, GeneratorKind, GeneratorOptions};
use crate::loader::{Loader, Root};
use crate::resource::Resource;

/// Makes a ConfigMap or Secret.
pub(crate) fn generate(
    loader: &mut Loader<'_>,
    root: &Root,
    args: &GeneratorArgs,
    kind: GeneratorKind,
) -> Result<Resource, Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    if args.name.is_empty() {
        let mistake = Diagnostic::error("missing-name", "a generator needs a name")
            .at(Label::new(args.mark, ""))
            .help("add `name: NAME`");
        mistakes.push(mistake);
    }
    let mut pairs = key_values(loader, root, args, &mut mistakes);
    pairs.sort_by(|a, b| a.key.text.cmp(&b.key.text));
    mistakes.extend(pairs.iter().filter_map(|pair| unusable_key(&pair.key, pair.key.mark)));
    for twice in pairs.windows(2).filter(|pair| pair[0].key.text == pair[1].key.text) {
        let mistake = Diagnostic::error(
            "duplicate-key",
            format!("`{}` gets the key `{}` twice", &*args.name, &*twice[0].key),
        )
        .at(Label::new(twice[1].key.mark, "a second time here"))
        .at(Label::new(twice[0].key.mark, "first here"))
        .help("remove one of the two");
        mistakes.push(mistake);
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut resource = Resource::new(tree(args, kind, pairs));
    resource.mark = args.mark;
    resource.behavior = Some(args.behavior());
    resource.needs_hash = args.options.as_ref().is_none_or(|it| !it.disable_name_suffix_hash);
    Ok(resource)
}

fn tree(args: &GeneratorArgs, kind: GeneratorKind, pairs: Vec<Pair>) -> Node {
    let literal = |text| Node::new(Value::String(Text::literal(text)), args.mark);
    let mut root = Map::with_capacity(6);
    root.insert(Text::literal("apiVersion"), literal("v1"));
    let mut metadata = Map::with_capacity(4);
    metadata.insert(Text::literal("name"), Node::from(&args.name));
    if !args.namespace.is_empty() {
        metadata.insert(Text::literal("namespace"), Node::from(&args.namespace));
    }
    let options = args.options.as_ref();
    let pair_map =
        |of: fn(&GeneratorOptions) -> &Pairs| options.map(of).filter(|it| !it.is_empty());
    for (field, pairs) in
        [("labels", pair_map(|it| &it.labels)), ("annotations", pair_map(|it| &it.annotations))]
    {
        if let Some(pairs) = pairs {
            let map: Map =
                pairs.iter().map(|(key, value)| (key.text.clone(), Node::from(value))).collect();
            metadata.insert(Text::literal(field), Node::new(Value::Map(map), args.mark));
        }
    }
    let (mut data, mut binary_data) = (Map::with_capacity(pairs.len()), Map::new());
    for pair in pairs {
        let key = pair.key.text.clone();
        match (kind, pair.payload) {
            (GeneratorKind::ConfigMap, Payload::Text(text)) => {
                data.insert(key, Node::new(Value::String(text), pair.mark));
            }
            (GeneratorKind::ConfigMap, Payload::Binary(bytes)) => {
                binary_data.insert(key, encoded(&bytes, pair.mark));
            }
            (GeneratorKind::Secret, Payload::Text(text)) => {
                data.insert(key, encoded(text.as_bytes(), pair.mark));
            }
            (GeneratorKind::Secret, Payload::Binary(bytes)) => {
                data.insert(key, encoded(&bytes, pair.mark));
            }
        }
    }
    let kind_name = match kind {
        GeneratorKind::ConfigMap => "ConfigMap",
        GeneratorKind::Secret => "Secret",
    };
    root.insert(Text::literal("kind"), literal(kind_name));
    root.insert(Text::literal("metadata"), Node::new(Value::Map(metadata), args.mark));
    if kind == GeneratorKind::Secret {
        let secret_type = if args.secret_type.is_empty() {
            literal("Opaque")
        } else {
            Node::from(&args.secret_type)
        };
        root.insert(Text::literal("type"), secret_type);
    }
    if kind == GeneratorKind::Secret || !data.is_empty() {
        root.insert(Text::literal("data"), Node::new(Value::Map(data), args.mark));
    }
    if !binary_data.is_empty() {
        root.insert(Text::literal("binaryData"), Node::new(Value::Map(binary_data), args.mark));
    }
    if options.is_some_and(|it| it.immutable) {
        root.insert(Text::literal("immutable"), Node::new(Value::Bool(true), args.mark));
    }
    Node::new(Value::Map(root), args.mark)
}

/// Characters of base64 in a line; a text that fills a line or more ends each of its lines with a line break.
const LINE: usize = 70;

fn encoded(bytes: &[u8], mark: Mark) -> Node {
    Node::new(Value::String(Text::from(base64_lines(bytes))), mark)
}

pub(crate) fn base64_lines(bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    if encoded.len() < LINE {
        return encoded;
    }
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / LINE + 1);
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, behind) = rest.split_at(rest.len().min(LINE));
        lines.push_str(line);
        lines.push('\n');
        rest = behind;
    }
    lines
}

/// A mistake at a text of a generator.
fn mistake(code: &'static str, message: String, written: &Written) -> Diagnostic {
    Diagnostic::error(code, message).at(Label::new(written.mark, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_breaks_its_lines_from_one_full_line_on() {
        assert_eq!(base64_lines(b"a"), "YQ==");
        assert_eq!(base64_lines(&[0; 51]), "A".repeat(68));
        let long = base64_lines(&[0; 54]);
        assert_eq!(long, format!("{}\n{}\n", "A".repeat(70), "AA"));
    }
}
