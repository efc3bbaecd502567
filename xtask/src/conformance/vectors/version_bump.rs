use semver::{BuildMetadata, Version};
use serde_json::{Value, json};
use tidegate_version_bump::{
    Bump, BumpError, Level, bump, set_version, upgrade_requirement, with_metadata,
};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    let text = |field: &str| given[field].as_str();
    let version = |field: &str| Version::parse(text(field)?).ok();
    let metadata = text("metadata").map(BuildMetadata::new).transpose().ok()?;
    Some(match kind {
        "bump" => {
            let level: Level = text("level")?.parse().ok()?;
            bumped(bump(&version("version")?, level, metadata.as_ref()))
        }
        "set-version" => {
            bumped(set_version(&version("version")?, &version("set")?, metadata.as_ref()))
        }
        "metadata" => {
            let version = with_metadata(&version("version")?, metadata.as_ref()?);
            json!({ "version": version.to_string() })
        }
        "requirement" => {
            let requirement = text("requirement")?;
            match upgrade_requirement(requirement, &version("new_version")?) {
                Ok(upgraded) => json!({
                    "changed": upgraded.is_some(),
                    "requirement": upgraded.as_deref().unwrap_or(requirement),
                }),
                Err(error) => json!({ "error": error.to_string() }),
            }
        }
        _ => return None,
    })
}

fn bumped(result: Result<Bump, BumpError>) -> Value {
    match result {
        Ok(it) => json!({ "version": it.version.to_string(), "changed": it.changed }),
        Err(error) => json!({ "error": error.to_string() }),
    }
}
