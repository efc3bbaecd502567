use serde_json::{Value, json};
use tidegate_tag_policy::{
    AllowTags, Application, FluxFilter, FluxPolicy, IgnoreTags, ImageSpec, Platform,
    RegistryAnswer, TagInfo, TagOrder, UpdateSettings, UpdateStrategy, UpdaterPolicy,
    digest_live_match, find_override, has_registry_prefix, override_matches, pick, short_name,
    sort_tags, update_round,
};

/// The namespace of the application in the update rounds: that of the tests they come from.
const NAMESPACE: &str = "guestbook";

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    let text = |field: &str| given[field].as_str();
    let or_empty = |field: &str| given[field].as_str().unwrap_or_default();
    Some(match kind {
        "pick" => {
            let policy = UpdaterPolicy {
                strategy: UpdateStrategy::named(text("strategy")?),
                constraint: text("constraint").map(str::to_owned),
                allow: AllowTags::lenient(or_empty("allow_tags")),
                ignore: IgnoreTags::new(texts(&given["ignore_tags"])),
            };
            match pick(&policy, &tags(&given["tags"])) {
                Ok(found) => json!({
                    "tag": found.map(|it| &it.name),
                    "digest": found.and_then(|it| it.digest.as_ref()),
                }),
                Err(error) => json!({ "error": error.to_string() }),
            }
        }
        "sort-tags" => {
            let order = match text("by")? {
                "name" => TagOrder::Name,
                "semver" => TagOrder::Semver,
                "date" => TagOrder::Created,
                _ => return None,
            };
            let tags = tags(&given["tags"]);
            let sorted = sort_tags(&tags, order);
            json!({ "sorted": sorted.iter().map(|it| &it.name).collect::<Vec<_>>() })
        }
        "tags-equal" => json!({ "equal": tag(&given["a"])?.is_same_image(&tag(&given["b"])?) }),
        "allow-tags" => {
            json!({ "allowed": AllowTags::lenient(or_empty("allow_tags")).allows(text("tag")?) })
        }
        "ignore-tags" => {
            let ignore = IgnoreTags::new(texts(&given["ignore_tags"]));
            json!({ "ignored": ignore.ignored_by(text("tag")?).is_some() })
        }
        "strategy-traits" => {
            let strategy = UpdateStrategy::named(text("strategy")?);
            json!({
                "tags_cacheable": strategy.tags_are_cacheable(),
                "needs_image_metadata": strategy.needs_image_metadata(),
                "needs_constraint": strategy.needs_constraint(),
                "only_constraint_tag": strategy.wants_only_the_constraint_tag(),
            })
        }
        "strategy-name" => json!({ "strategy": UpdateStrategy::named(text("text")?).as_str() }),
        "platform" => {
            let wanted: Vec<_> = texts(&given["wanted"]).map(Platform::parse).collect();
            json!({ "accepted": Platform::parse(text("offered")?).accepted_by(&wanted) })
        }
        "image-spec" => image_spec(&ImageSpec::parse(text("spec")?)),
        "has-registry-prefix" => json!({ "registry": has_registry_prefix(text("image")?) }),
        "short-name" => json!({ "short": short_name(text("image")?) }),
        "kustomize-override-match" => {
            json!({ "match": override_matches(text("a")?, text("b")?) })
        }
        "kustomize-override-find" => {
            json!({ "found": find_override(texts(&given["list"]), text("find")?).is_some() })
        }
        "digest-live-match" => {
            let live: Vec<_> = texts(&given["live"]).map(ImageSpec::parse).collect();
            let configured = ImageSpec::parse(text("configured")?);
            json!({ "index": digest_live_match(&configured, &live, text("latest_digest")) })
        }
        "update-decision" => update_decision(given),
        "flux-policy" => flux_policy(given),
        "flux-filter" => {
            let tags = texts(&given["tags"]);
            match flux_filter(given) {
                Some(Ok(filter)) => {
                    json!({ "items_sorted": filter.apply(tags).into_keys().collect::<Vec<_>>() })
                }
                Some(Err(error)) => json!({ "error": error.to_string() }),
                None => json!({ "items_sorted": tags.collect::<Vec<_>>() }),
            }
        }
        _ => return None,
    })
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn tags(list: &Value) -> Vec<TagInfo> {
    list.as_array().into_iter().flatten().filter_map(tag).collect()
}

fn tag(value: &Value) -> Option<TagInfo> {
    Some(TagInfo {
        name: value["name"].as_str()?.to_owned(),
        created: value["created"].as_i64(),
        digest: value["digest"].as_str().map(str::to_owned),
    })
}

fn image_spec(spec: &ImageSpec) -> Value {
    json!({
        "alias": spec.alias,
        "registry": spec.registry,
        "name": spec.name,
        "constraint_or_tag": spec.tag,
        "digest": spec.digest,
        "text": spec.to_string(),
        "full_name": spec.full_name(),
        "full_name_with_tag": spec.full_name_with_tag(),
    })
}

fn update_decision(given: &Value) -> Value {
    let owned = |list: &Value| texts(list).map(str::to_owned).collect();
    let application = Application {
        namespace: NAMESPACE.to_owned(),
        live_images: owned(&given["live_images"]),
        overrides: Vec::new(),
    };
    let settings = UpdateSettings {
        images: owned(&given["image_spec"]),
        strategy: UpdateStrategy::named(given["strategy"].as_str().unwrap_or_default()),
        allow: AllowTags::All,
        ignore: IgnoreTags::default(),
        kustomize_image_name: given["kustomize_image_name"].as_str().map(str::to_owned),
        force_update: given["force_update"].as_bool().unwrap_or_default(),
        pull_secret: given["pull_secret"].as_str().map(str::to_owned),
    };
    let outcome = update_round(&application, &settings, |_| {
        if given["registry_error"].as_bool().unwrap_or_default() {
            return RegistryAnswer::Unavailable;
        }
        let with_digest = |name: &str| TagInfo {
            digest: given["registry_digests"][name].as_str().map(str::to_owned),
            ..TagInfo::named(name)
        };
        RegistryAnswer::Tags(texts(&given["registry_tags"]).map(with_digest).collect())
    });
    json!({
        "considered": outcome.considered,
        "updated": outcome.updated,
        "skipped": outcome.skipped,
        "errors": outcome.errors,
        "kustomize_images": outcome.overrides,
    })
}

fn flux_filter(given: &Value) -> Option<Result<FluxFilter, tidegate_tag_policy::FluxError>> {
    let pattern = given["pattern"].as_str()?;
    Some(FluxFilter::new(pattern, given["extract"].as_str().unwrap_or_default()))
}

fn flux_policy(given: &Value) -> Value {
    let field = |name: &str| given[name].as_str().unwrap_or_default();
    let policy = match FluxPolicy::parse(field("policy"), field("range"), field("order")) {
        Ok(policy) => policy,
        Err(error) => return json!({ "policy_error": true, "error": error.to_string() }),
    };
    let filter = match flux_filter(given).transpose() {
        Ok(filter) => filter,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    let tags = texts(&given["tags"]);
    let items = filter.map(|it| it.apply(tags));
    let latest = match &items {
        Some(items) => policy.latest(items.keys().map(String::as_str)),
        None => policy.latest(texts(&given["tags"])),
    };
    match latest {
        Ok(item) => json!({
            "latest": item,
            "original_tag": items.as_ref().and_then(|it| it.get(item)),
        }),
        Err(error) => json!({ "error": error.to_string() }),
    }
}
