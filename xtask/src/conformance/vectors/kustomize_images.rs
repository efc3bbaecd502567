//! The kinds `kustomize-…` of `image-reference.json`.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use tidegate_kustomize::edit::images_in_reference_form;
use tidegate_kustomize::{
    FieldSpec, FieldSpecs, ImageEntry, ImagePattern, Images, Reading, Specs, split_image,
};
use tidegate_object::{Node, Number, from_yaml};
use tidegate_source::Sources;
use tidegate_yaml::Stream;

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    let text = |field: &str| given[field].as_str().unwrap_or_default();
    Some(match kind {
        "kustomize-split" => {
            let parts = split_image(text("image"));
            json!({ "name": parts.name, "tag": parts.tag, "digest": parts.digest })
        }
        "kustomize-image-matches" => {
            let pattern = ImagePattern::new(text("images_entry_name"), Reading::Pattern);
            json!({ "match": pattern.matches(text("image")) })
        }
        "kustomize-image-override" => {
            let images = Images::new([entry(&given["entry"])], Reading::Pattern);
            let image = text("image");
            json!({ "image": images.applied(image).unwrap_or_else(|| image.to_owned()) })
        }
        "kustomize-images-transform" => {
            let images = Images::new([entry(&given["image"])], Reading::Pattern);
            let paths = given["field_paths"].as_array()?.iter().filter_map(Value::as_str);
            let specs: FieldSpecs = paths.map(FieldSpec::new).collect();
            let mut objects = objects(text("resources_yaml"))?;
            for object in &mut objects {
                images.transform_fields(object, &specs).ok()?;
            }
            let documents: Vec<String> = objects.iter().map(|it| to_json(it).to_string()).collect();
            json!({ "resources_yaml": documents.join("\n---\n") })
        }
        "kustomize-images-default-paths" => {
            let specs = FieldSpecs::builtin(Specs::Images).as_slice();
            let paths: Vec<&str> = specs.iter().map(FieldSpec::path).collect();
            json!({ "paths": paths, "ignored_kinds": Images::IGNORED_KINDS })
        }
        "kustomize-edit-set-image" => {
            let arguments: Vec<&str> =
                given["args"].as_array()?.iter().filter_map(Value::as_str).collect();
            match images_in_reference_form(text("kustomization_images_before"), &arguments) {
                Ok(text) => json!({ "kustomization_contains": text }),
                Err(error) => json!({ "error": error.to_string() }),
            }
        }
        _ => return None,
    })
}

pub(super) fn same(_kind: &str, field: &str, expected: &Value, actual: &Value) -> bool {
    match (field, expected.as_str(), actual.as_str()) {
        ("kustomization_contains", Some(part), Some(whole)) => whole.contains(part),
        ("resources_yaml", Some(expected), Some(actual)) => objects(expected) == objects(actual),
        _ => expected == actual,
    }
}

fn entry(given: &Value) -> ImageEntry {
    let text = |field: &str| given[field].as_str().unwrap_or_default().into();
    ImageEntry {
        name: text("name"),
        new_name: text("newName"),
        new_tag: text("newTag"),
        tag_suffix: text("tagSuffix"),
        digest: text("digest"),
        ..ImageEntry::default()
    }
}

fn objects(yaml: &str) -> Option<Vec<Node>> {
    let text: Arc<Arc<str>> = Arc::new(Arc::from(yaml));
    let id = Sources::new().add("resources", yaml);
    let stream = Stream::parse(yaml).ok()?;
    let reading = tidegate_object::Reading::Resource;
    stream.documents().map(|it| from_yaml(it.root(), id, &text, reading).ok()).collect()
}

fn to_json(node: &Node) -> Value {
    match &node.value {
        tidegate_object::Value::Null => Value::Null,
        tidegate_object::Value::Bool(it) => json!(it),
        tidegate_object::Value::Number(Number::Int(it)) => json!(it),
        tidegate_object::Value::Number(Number::Unsigned(it)) => json!(it),
        tidegate_object::Value::Number(Number::Float(it)) => json!(it.parse::<f64>().ok()),
        tidegate_object::Value::String(it) => json!(&**it),
        tidegate_object::Value::List(items) => items.iter().map(to_json).collect(),
        tidegate_object::Value::Map(fields) => {
            let fields = fields.iter().map(|(key, it)| (key.to_owned(), to_json(it)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}
