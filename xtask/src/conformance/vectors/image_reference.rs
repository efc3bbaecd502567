use serde_json::Value;

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    match (kind, given) {
        _ => None,
    }
}

pub(super) fn same(_kind: &str, _field: &str, expected: &Value, actual: &Value) -> bool {
    expected == actual
}
