use serde_json::Value;

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    match (kind, given) {
        _ => None,
    }
}
