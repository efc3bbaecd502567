//! What an `OpenAPI` (Swagger 2) schema may hold, as Kustomize's decoder of `k8s.io/kube-openapi` takes it.
//!
//! Fields that it does not know are passed over, and so is null; names of fields are compared to the letter.

use tidegate_object::{Map, Node, Number, Value};
use tidegate_source::{Diagnostic, Label};

type Outcome = Result<(), Box<Diagnostic>>;

/// Checks a schema and every schema in it.
///
/// Recursion ends with the text, whose nesting the reader has bounded.
///
/// # Errors
///
/// `invalid-schema` at the first value of another type than its field has.
pub(crate) fn check_schema(schema: &Node) -> Outcome {
    for (name, field) in fields(schema, "a schema")?.into_iter().flat_map(Map::iter) {
        if !field.is_null() {
            check_field(name, field)?;
        }
    }
    Ok(())
}

fn check_field(name: &str, field: &Node) -> Outcome {
    match name {
        "$schema" | "id" | "description" | "format" | "title" | "pattern" | "discriminator" => {
            wanted(field.as_str().is_some(), field, "a string")
        }
        "$ref" => wanted(field.as_str().is_none_or(is_url), field, "a reference"),
        "nullable" | "exclusiveMaximum" | "exclusiveMinimum" | "uniqueItems" | "readOnly" => {
            wanted(field.as_bool().is_some(), field, "`true` or `false`")
        }
        "maximum" | "minimum" | "multipleOf" => {
            wanted(matches!(field.value, Value::Number(_)), field, "a number")
        }
        "maxLength" | "minLength" | "maxItems" | "minItems" | "maxProperties" | "minProperties" => {
            wanted(matches!(field.value, Value::Number(Number::Int(_))), field, "a whole number")
        }
        "type" => match field.as_str() {
            Some(_) => Ok(()),
            None => check_texts(field),
        },
        "required" => check_texts(field),
        "enum" => list(field).map(|_| ()),
        "allOf" | "oneOf" | "anyOf" => list(field)?.iter().try_for_each(check_schema),
        "not" => check_schema(field),
        "items" => match &field.value {
            Value::List(items) => items.iter().try_for_each(check_schema),
            Value::Map(_) => check_schema(field),
            _ => Ok(()),
        },
        "properties" | "patternProperties" | "definitions" => {
            let schemas = fields(field, "a mapping of schemas")?;
            schemas.into_iter().flat_map(Map::iter).try_for_each(|(_, it)| check_schema(it))
        }
        "additionalProperties" | "additionalItems" => match field.as_bool() {
            Some(_) => Ok(()),
            None => check_schema(field),
        },
        "dependencies" => {
            let each = fields(field, "a mapping")?.into_iter().flat_map(Map::iter);
            each.map(|(_, it)| it).try_for_each(|it| match it.value {
                Value::List(_) => check_texts(it),
                Value::Map(_) => check_schema(it),
                _ => Ok(()),
            })
        }
        _ => Ok(()),
    }
}

/// Checks a list of strings.
pub(crate) fn check_texts(node: &Node) -> Outcome {
    list(node)?.iter().try_for_each(|it| {
        wanted(matches!(it.value, Value::String(_) | Value::Null), it, "a string")
    })
}

/// Returns the fields of a mapping; none for null.
pub(crate) fn fields<'a>(
    node: &'a Node,
    wanted: &'static str,
) -> Result<Option<&'a Map>, Box<Diagnostic>> {
    match &node.value {
        Value::Map(map) => Ok(Some(map)),
        Value::Null => Ok(None),
        _ => Err(mistake(node, wanted).into()),
    }
}

fn list(node: &Node) -> Result<&[Node], Box<Diagnostic>> {
    match &node.value {
        Value::List(items) => Ok(items),
        Value::Null => Ok(&[]),
        _ => Err(mistake(node, "a list").into()),
    }
}

fn wanted(it_is: bool, node: &Node, what: &'static str) -> Outcome {
    if it_is { Ok(()) } else { Err(mistake(node, what).into()) }
}

fn mistake(node: &Node, wanted: &'static str) -> Diagnostic {
    let found = node.value.type_name();
    let label = Label::new(node.mark, format!("a {found}; {wanted} belongs here"));
    Diagnostic::error("invalid-schema", "this is no OpenAPI schema").at(label)
}

/// Returns whether every `%` of a reference begins an escape, and no control character is in it.
fn is_url(text: &str) -> bool {
    let escaped = |at: usize| {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
    };
    text.bytes().enumerate().all(|(at, byte)| match byte {
        b'%' => escaped(at),
        _ => !byte.is_ascii_control(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::tree;

    /// Read off `kubectl kustomize` v5.6.0 with `crds`.
    #[test]
    fn a_schema_holds_values_of_the_types_of_its_fields() {
        for schema in [
            "{}",
            "null",
            "{type: string, items: 3, $ref: 3, unknown: [3], x-any: 3}",
            "{type: [array, null], properties: {a: null, b: {type: null}}}",
            "{additionalProperties: true, dependencies: {a: [b], c: {type: object}}}",
            "{$ref: '#/definitions/a%20b', maximum: 1.5, maxLength: 3, required: [a]}",
        ] {
            assert_eq!(check_schema(&tree(schema)), Ok(()), "{schema}");
        }
        for schema in [
            "3",
            "[]",
            "{properties: 3}",
            "{properties: {a: 3}}",
            "{type: 3}",
            "{type: [3]}",
            "{required: 3}",
            "{description: 3}",
            "{$ref: '%zz'}",
            "{$ref: '%'}",
            "{maximum: x}",
            "{maxLength: 1.5}",
            "{nullable: x}",
            "{additionalProperties: 3}",
            "{items: [3]}",
            "{allOf: {}}",
            "{not: []}",
        ] {
            let refused = check_schema(&tree(schema));
            assert_eq!(refused.unwrap_err().code, "invalid-schema", "{schema}");
        }
    }
}
