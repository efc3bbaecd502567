use serde_json::{Value, json};
use tidegate_image_ref::{
    AnyReference, ClientError, ClientReference, Identifier, ImageReference, Parts, Reference,
    ReferenceError, Registry, Tag, Validation, check_oci_name, compose, is_domain, is_identifier,
    match_name, match_reference, sort,
};
use tidegate_pattern::path_match;

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    let text = |field: &str| given[field].as_str();
    let reference = text("reference").unwrap_or_default();
    Some(match kind {
        "parse" => or_reason(Reference::parse(reference), |it| parts(&it)),
        "parse-name-only" => {
            or_reason(Reference::parse_name(text("name")?), |it| domain_and_path(&it))
        }
        "parse-canonical-only" => {
            or_reason(Reference::parse_canonical(reference), |it| domain_and_path(&it))
        }
        "parse-any" => or_reason(
            AnyReference::parse(reference),
            |it| json!({ "string": it.to_string(), "digest_only": it.is_digest_only() }),
        ),
        "normalize" => or_reason(ImageReference::normalized(reference), |it| normal(&it)),
        "docker-ref" => {
            or_reason(ImageReference::docker_ref(reference), |it| json!({ "string": it.as_str() }))
        }
        "compose" => or_reason(
            compose(text("name")?, text("tag"), text("digest")),
            |it| json!({ "string": it }),
        ),
        "familiar-match" => {
            let pattern = text("pattern")?;
            let reference = AnyReference::parse(reference).ok()?;
            match reference.familiar_match(|familiar| path_match(pattern, familiar)) {
                Ok(found) => json!({ "match": found }),
                Err(_) => json!({ "error": "bad_pattern" }),
            }
        }
        "sort" => {
            let references = given["references"].as_array()?.iter().filter_map(Value::as_str);
            json!({ "sorted": sort(references) })
        }
        "grammar-domain" => json!({ "match": is_domain(text("text")?) }),
        "grammar-identifier" => json!({ "match": is_identifier(text("text")?) }),
        "grammar-name" => grammar(match_name(text("text")?)),
        "grammar-reference" => grammar(match_reference(text("text")?)),
        "registry-client-parse" => match ClientReference::parse(reference, validation(given)?) {
            Ok(it) => client(&it),
            Err(error) => refused(&error),
        },
        "registry-scheme" => match Registry::parse(text("registry")?, Validation::WEAK) {
            Ok(it) => json!({ "scheme": it.scheme().to_string() }),
            Err(error) => refused(&error),
        },
        "registry-rfc1918" => match Registry::parse(text("registry")?, Validation::WEAK) {
            Ok(it) => json!({ "private": it.is_private() }),
            Err(error) => refused(&error),
        },
        "registry-valid" => {
            json!({ "valid": Registry::parse(text("registry")?, validation(given)?).is_ok() })
        }
        "oci-repository-name" => json!({ "valid": check_oci_name(text("name")?).is_ok() }),
        "oci-tag" => json!({ "valid": text("tag")?.parse::<Tag>().is_ok() }),
        _ => return super::kustomize_images::answer(kind, given),
    })
}

pub(super) fn same(kind: &str, field: &str, expected: &Value, actual: &Value) -> bool {
    super::kustomize_images::same(kind, field, expected, actual)
}

fn or_reason<T>(result: Result<T, ReferenceError>, fields: impl Fn(T) -> Value) -> Value {
    match result {
        Ok(value) => fields(value),
        Err(error) => json!({ "error": error.kind().reason() }),
    }
}

fn refused(error: &ClientError) -> Value {
    json!({ "error": error.to_string() })
}

fn domain_and_path(reference: &Reference<'_>) -> Value {
    json!({ "domain": reference.domain().unwrap_or_default(), "path": reference.path() })
}

fn parts(reference: &Reference<'_>) -> Value {
    json!({
        "name": reference.name(),
        "domain": reference.domain().unwrap_or_default(),
        "path": reference.path(),
        "tag": reference.tag(),
        "digest": reference.digest(),
    })
}

fn normal(reference: &ImageReference) -> Value {
    json!({
        "string": reference.as_str(),
        "domain": reference.domain(),
        "path": reference.path(),
        "name": reference.name(),
        "tag": reference.tag(),
        "digest": reference.digest(),
        "familiar_name": reference.as_ref().familiar_name(),
        "familiar": reference.familiar().as_str(),
        "with_default_tag": reference.with_default_tag().as_str(),
    })
}

fn grammar(parts: Option<Parts<'_>>) -> Value {
    match parts {
        None => json!({ "match": false }),
        Some(it) => json!({
            "match": true,
            "name": it.name(),
            "domain": it.domain.unwrap_or_default(),
            "path": it.path,
            "tag": it.tag,
            "digest": it.digest,
        }),
    }
}

fn validation(given: &Value) -> Option<Validation<'_>> {
    let or = |field: &str, default| given[field].as_str().unwrap_or(default);
    Some(match given["validation"].as_str()? {
        "strict" => Validation::Strict,
        "weak" => Validation::Weak {
            default_registry: or("default_registry", Registry::DEFAULT),
            default_tag: or("default_tag", "latest"),
        },
        _ => return None,
    })
}

fn client(reference: &ClientReference) -> Value {
    json!({
        "type": match reference.identifier() {
            Identifier::Tag(_) => "tag",
            Identifier::Digest(_) => "digest",
        },
        "registry": reference.registry().as_str(),
        "repository": reference.repository(),
        "identifier": reference.identifier().as_str(),
        "name": reference.name(),
        "scheme": reference.scheme().to_string(),
    })
}
