//! Objects for tests, written as JSON.

use std::borrow::Cow;

use serde_json::{Value, json};
use tidegate_object::{Map, Node, Object};
use tidegate_workload::{
    Assumptions, Budget, Context, Interval, LimitRange, Quota, Workload, prove,
};

/// A tree without places.
pub(crate) fn node(json: &Value) -> Node {
    match json {
        Value::Null => Node::default(),
        Value::Bool(it) => Node::from(*it),
        Value::Number(it) => Node::from(it.as_i64().expect("fixtures hold whole numbers")),
        Value::String(it) => Node::from(it.as_str()),
        Value::Array(items) => Node::from(items.iter().map(node).collect::<Vec<_>>()),
        Value::Object(fields) => {
            let entries = fields.iter().map(|(key, value)| (key.clone(), node(value)));
            Node::from(entries.collect::<Map>())
        }
    }
}

/// Lays the fields of `over` over those of `under`.
fn laid(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                laid(under.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over.clone(),
    }
}

pub(crate) fn deployment_json(spec: &Value, container: &Value) -> Value {
    let mut main = json!({
        "name": "main",
        "image": "registry.example/web:1.2.3",
        "ports": [{ "name": "http", "containerPort": 8080 }],
        "readinessProbe": { "httpGet": { "path": "/health", "port": 8080 } },
    });
    laid(&mut main, container);
    let mut json = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": { "name": "web", "namespace": "prod" },
        "spec": {
            "selector": { "matchLabels": { "app": "web" } },
            "template": {
                "metadata": { "labels": { "app": "web" } },
                "spec": { "containers": [main] },
            },
        },
    });
    laid(&mut json["spec"], spec);
    json
}

/// A Deployment `web` with one container that has a readiness probe; `spec` and `container` change or add fields.
pub(crate) fn deployment(spec: &Value, container: &Value) -> Workload {
    let object = Object::new(node(&deployment_json(spec, container)));
    Workload::from_object(&object).expect("the fixture is a valid Deployment")
}

/// A budget over the pods of `web`.
pub(crate) fn budget(name: &str, rule: &Value) -> Budget {
    let mut spec = json!({ "selector": { "matchLabels": { "app": "web" } } });
    laid(&mut spec, rule);
    let json = json!({
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": { "name": name, "namespace": "prod" },
        "spec": spec,
    });
    Budget::from_object(&Object::new(node(&json))).expect("the fixture is a valid budget")
}

pub(crate) fn quota(hard: &Value) -> Quota {
    let json = json!({
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": { "name": "team", "namespace": "prod" },
        "spec": { "hard": hard },
    });
    Quota::from_object(&Object::new(node(&json))).expect("the fixture is a valid quota")
}

pub(crate) fn limit_range(limit: &Value) -> LimitRange {
    let json = json!({
        "apiVersion": "v1",
        "kind": "LimitRange",
        "metadata": { "name": "bounds", "namespace": "prod" },
        "spec": { "limits": [limit] },
    });
    LimitRange::from_object(&Object::new(node(&json))).expect("the fixture is a valid limit range")
}

/// Pods that start within 5 s and answer within `answers`.
pub(crate) fn assuming(answers: (i64, i64)) -> Context {
    let assumptions = Assumptions {
        starts: Some(Interval::new(1, 5)),
        answers: Some(Interval::new(answers.0, answers.1)),
        ..Assumptions::default()
    };
    Context { assumptions, ..Context::default() }
}

/// The codes of all findings.
pub(crate) fn codes(
    workload: &Workload,
    budgets: &[Budget],
    context: &Context,
) -> Vec<Cow<'static, str>> {
    prove(workload, budgets, context).findings.into_iter().map(|it| it.code).collect()
}
