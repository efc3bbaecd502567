use super::model::Config;

/// Returns the JSON Schema of `tidegate.yaml`, for editors. It is made from the types that read the file.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Config).to_value()
}
