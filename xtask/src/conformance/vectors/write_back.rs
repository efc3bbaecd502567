use serde_json::{Value, json};
use tidegate_image_update::{
    BranchSetting, DEFAULT_COMMIT_MESSAGE, FluxPolicy, GitSource, ImageChange, ImageEntry,
    ImageTag, SetterChange, Target, Template, branch_name, checkout_branch, find_kustomization,
    has_document_start, merge_override_file, set_application_image, set_flux_markers,
    write_back_images, write_back_message, write_back_target,
};
use tidegate_tag_policy::ImageSpec;
use tidegate_yaml::{Emitter, Kind, Node, Scalar, Stream};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    Some(match kind {
        "kustomization-file" => {
            match write_back_images(given["file"].as_str(), &overrides(given)) {
                Ok(text) => json!({ "file_after": text }),
                Err(error) => json!({ "error": error.to_string() }),
            }
        }
        "kustomization-images" => {
            let before = yaml(&given["kustomization"]);
            match write_back_images(Some(&before), &overrides(given)) {
                Ok(after) => {
                    let after = after.unwrap_or(before);
                    let stream = Stream::parse(&after).ok()?;
                    json!({ "kustomization": stream.root().map(json_value) })
                }
                Err(error) => json!({ "error": error.to_string() }),
            }
        }
        "override-entry" => {
            let entry = ImageEntry::from_override(given["override"].as_str()?);
            json!({ "entry": entry.fields().into_iter().collect::<std::collections::BTreeMap<_, _>>() })
        }
        "target-path" => target(given),
        "application-images" => {
            let images = texts(&given["source_kustomize_images"]);
            let alias = given["kustomize_image_name"].as_str();
            let after = set_application_image(&images, given["new_image"].as_str()?, alias);
            json!({ "source_kustomize_images": after })
        }
        "override-file" => {
            let merged =
                merge_override_file(&texts(&given["file_images"]), &texts(&given["new_images"]));
            json!({ "file_images": merged })
        }
        "branch-name" => {
            let text = |field: &str| given[field].as_str().unwrap_or_default();
            let changes = changes(given);
            let (namespace, app, key) = (text("app_namespace"), text("app"), text("target_key"));
            match branch_name(text("template"), namespace, app, key, &changes) {
                Ok(branch) => json!({ "branch": branch }),
                Err(error) => json!({ "branch": "", "error": error.to_string() }),
            }
        }
        "commit-message" => {
            let template = match given["template"].as_str()? {
                "default" => DEFAULT_COMMIT_MESSAGE,
                text => text,
            };
            match Template::parse(template) {
                Ok(template) => {
                    let app = given["app"].as_str().unwrap_or_default();
                    json!({ "message": write_back_message(&template, app, &changes(given)) })
                }
                Err(error) => json!({ "error": error.to_string() }),
            }
        }
        "git-branch" => match BranchSetting::parse(given["branch"].as_str()?) {
            Ok(setting) => json!({ "checkout": setting.checkout, "push": setting.push }),
            Err(error) => json!({ "error": error.to_string() }),
        },
        "checkout-branch" => {
            let source = |it: &Value| GitSource {
                repository: it["repo"].as_str().unwrap_or_default().to_owned(),
                target_revision: it["target_revision"].as_str().unwrap_or_default().to_owned(),
                helm: it["helm"].as_bool().unwrap_or_default(),
                kustomize: it["kustomize"].as_bool().unwrap_or_default(),
            };
            let sources: Vec<GitSource> = list(&given["sources"]).map(source).collect();
            let branch = checkout_branch(&sources, given["git_repository"].as_str());
            json!({ "branch": branch.unwrap_or_default() })
        }
        "document-start" => json!({ "marker": has_document_start(given["text"].as_str()?) }),
        "setter-markers" => {
            let policy = |it: &Value| FluxPolicy {
                namespace: it["namespace"].as_str().unwrap_or_default().to_owned(),
                name: it["name"].as_str().unwrap_or_default().to_owned(),
                latest: it["latest"].as_str().unwrap_or_default().to_owned(),
            };
            let policies: Vec<FluxPolicy> = list(&given["policies"]).map(policy).collect();
            let result = set_flux_markers(given["file"].as_str()?, &policies);
            let change =
                |it: &SetterChange| json!({ "old": it.old, "new": it.new, "setter": it.setter });
            json!({
                "file_after": result.text,
                "changes": result.changes.iter().map(change).collect::<Vec<_>>(),
            })
        }
        _ => return None,
    })
}

pub(super) fn same(_kind: &str, _field: &str, expected: &Value, actual: &Value) -> bool {
    expected == actual
}

fn target(given: &Value) -> Value {
    let text = |field: &str| given[field].as_str().unwrap_or_default();
    let files: Option<Vec<&str>> =
        given["files"].as_array().map(|it| it.iter().filter_map(Value::as_str).collect());
    if let Some(files) = files {
        return match find_kustomization(text("directory"), &files) {
            Ok(file) => json!({ "file": file }),
            Err(error) => json!({ "error": error.to_string() }),
        };
    }
    let target = write_back_target(
        given["write_back_target"].as_str(),
        text("source_path"),
        text("app"),
        text("app_namespace"),
        text("controller_namespace"),
    );
    match target {
        Ok(Target::Kustomization { directory }) => json!({ "directory": directory }),
        Ok(Target::File { path }) => json!({ "file": path }),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn overrides(given: &Value) -> Vec<ImageEntry> {
    list(&given["overrides"]).filter_map(Value::as_str).map(ImageEntry::from_override).collect()
}

fn changes(given: &Value) -> Vec<ImageChange> {
    let tag = |it: &Value| ImageTag::named(it.as_str().unwrap_or_default());
    let change = |it: &Value| ImageChange {
        image: ImageSpec::parse(it["image"].as_str().unwrap_or_default()),
        old: tag(&it["old"]),
        new: tag(&it["new"]),
        labels: it["labels"]
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
            .collect(),
    };
    list(&given["changes"]).map(change).collect()
}

fn list(value: &Value) -> std::slice::Iter<'_, Value> {
    value.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn texts(value: &Value) -> Vec<String> {
    list(value).filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Prints a value as YAML.
fn yaml(value: &Value) -> String {
    let mut out = String::new();
    let mut emitter = Emitter::new(&mut out);
    emit(&mut emitter, value);
    emitter.end_document();
    match emitter.finish() {
        Ok(()) => out,
        Err(error) => error.to_string(),
    }
}

fn emit(emitter: &mut Emitter<'_>, value: &Value) {
    match value {
        Value::Null => emitter.null(),
        Value::Bool(it) => emitter.bool(*it),
        Value::Number(number) => emitter.int(number.as_i64().unwrap_or_default()),
        Value::String(text) => emitter.string(text),
        Value::Array(items) => {
            emitter.begin_list();
            for it in items {
                emit(emitter, it);
            }
            emitter.end_list();
        }
        Value::Object(entries) => {
            emitter.begin_map();
            for (key, it) in entries {
                emitter.key(key);
                emit(emitter, it);
            }
            emitter.end_map();
        }
    }
}

fn json_value(node: Node<'_>) -> Value {
    match node.target().kind() {
        Kind::Mapping => {
            node.entries().map(|(key, it)| (key.as_str().into_owned(), json_value(it))).collect()
        }
        Kind::Sequence => node.items().map(json_value).collect(),
        Kind::Scalar | Kind::Alias => match node.resolve() {
            Ok(Some(Scalar::Null)) => Value::Null,
            Ok(Some(Scalar::Bool(it))) => json!(it),
            Ok(Some(Scalar::Int(it))) => json!(it),
            _ => json!(node.as_str()),
        },
    }
}
