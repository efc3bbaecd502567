//! Objects are read with their places, and mistakes are told where they were written.

use serde_json::json;
use tidegate_object::{Node, Object};
use tidegate_source::{Mark, SourceId, Sources, Span};
use tidegate_workload::{
    Budget, BudgetRule, Context, Finish, IntOrPercent, Seconds, Strategy, Workload, WorkloadKind,
    prove,
};

use crate::fixture::{assuming, deployment_json, node};

/// Gives a field a place: `"key"` stands in the text once, and its value ends with the line.
fn placed(object: &mut Object, path: &[&str], source: SourceId, text: &str) {
    let key = format!("{}: ", path.last().expect("a path has an end"));
    let start = text.find(&key).expect("the key is in the text") + key.len();
    let end = start + text[start..].find('\n').expect("a line ends");
    let node: &mut Node = object.root.at_mut(path).expect("the field is there");
    node.mark = Mark::new(source, Span::from_range(start..end));
}

#[test]
fn findings_point_at_the_line_of_their_field() {
    let text = "kind: Deployment\nspec:\n  progressDeadlineSeconds: 60\n  minReadySeconds: 90\n";
    let mut sources = Sources::new();
    let source = sources.add("web.yaml", text);
    let spec = json!({ "progressDeadlineSeconds": 60, "minReadySeconds": 90 });
    let mut object = Object::new(node(&deployment_json(&spec, &json!({}))));
    placed(&mut object, &["spec", "progressDeadlineSeconds"], source, text);
    placed(&mut object, &["spec", "minReadySeconds"], source, text);
    let web = Workload::from_object(&object).expect("it is valid");
    let proof = prove(&web, &[], &assuming((1, 10)));
    let report = proof.findings[0].report(&sources);
    assert_eq!(report.code, "deadline-before-available");
    let places: Vec<String> = report.labels.iter().map(|it| it.place.to_string()).collect();
    assert_eq!(places, ["web.yaml:3:28", "web.yaml:4:20"]);
    let Finish::Not(found) = proof.finishes else { panic!("60 s are fewer than 90 s") };
    let change = &found.mend.expect("there is a mend").changes[0];
    assert_eq!(sources.place(change.mark).expect("it has a place").line, 3);
}

#[track_caller]
fn mistakes(spec: &serde_json::Value, container: &serde_json::Value) -> Vec<String> {
    let object = Object::new(node(&deployment_json(spec, container)));
    let errors = Workload::from_object(&object).expect_err("it has mistakes");
    errors.iter().map(|it| format!("{}: {}", it.code, it.message)).collect()
}

#[test]
fn all_mistakes_are_told() {
    let spec = json!({
        "replicas": "three",
        "minReadySeconds": -1,
        "strategy": { "rollingUpdate": { "maxSurge": "25.5%" } },
    });
    let container = json!({
        "resources": { "limits": { "memory": "1GiB" } },
        "readinessProbe": { "tcpSocket": { "port": 8080 } },
    });
    assert_eq!(
        mistakes(&spec, &container),
        [
            "wrong-type: `replicas` is a string, not a whole number",
            "invalid-amount: `maxSurge` is neither a number of pods nor a percentage of them",
            "out-of-range: `minReadySeconds` is below 0",
            "invalid-probe: readinessProbe.tcpSocket may not specify more than 1 handler type",
            "invalid-quantity: `memory`: quantity is not a number with a suffix",
        ]
    );
    assert_eq!(
        mistakes(&json!({ "selector": { "matchLabels": { "app": "api" } } }), &json!({})),
        ["selector-mismatch: the selector does not match the labels of the pod template"]
    );
}

#[test]
fn what_is_not_written_takes_the_default_of_the_api_server() {
    let object = Object::new(node(&deployment_json(&json!({}), &json!({}))));
    let web = Workload::from_object(&object).expect("it is valid");
    assert_eq!((web.replicas.value, web.replicas.written), (1, false));
    assert_eq!(web.rolling.strategy(), Strategy::default());
    assert_eq!(web.progress_deadline.value, Some(Seconds(600)));
    assert_eq!(web.pod.termination_grace_period.value, Seconds(30));
    assert_eq!(web.revision_history_limit.value, 10);
}

#[test]
fn other_kinds_have_no_deadline() {
    let mut json = deployment_json(&json!({ "replicas": 3 }), &json!({}));
    json["kind"] = json!("StatefulSet");
    let set = Workload::from_object(&Object::new(node(&json))).expect("it is valid");
    assert_eq!(set.kind, WorkloadKind::StatefulSet);
    let proof = prove(&set, &[], &Context::default());
    assert_eq!(proof.finishes, Finish::NoDeadline);
    assert_eq!((proof.availability.least_undisturbed, proof.availability.most), (2, 3));
}

#[test]
fn budgets_are_read_and_select_by_namespace_and_labels() {
    let json = json!({
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": { "name": "keep", "namespace": "prod" },
        "spec": {
            "maxUnavailable": "25%",
            "selector": {
                "matchExpressions": [{ "key": "app", "operator": "In", "values": ["web", "api"] }],
            },
        },
    });
    let budget = Budget::from_object(&Object::new(node(&json))).expect("it is valid");
    assert_eq!(budget.rule.value, BudgetRule::MaxUnavailable(IntOrPercent::Percent(25)));
    let labels = [("app".to_owned(), "web".to_owned())].into();
    assert!(budget.selects("prod", &labels));
    assert!(!budget.selects("dev", &labels));
    let mut both = json;
    both["spec"]["minAvailable"] = json!(1);
    let errors = Budget::from_object(&Object::new(node(&both))).expect_err("two rules");
    assert_eq!(errors[0].code, "two-rules");
}

#[test]
fn a_patch_is_told_from_a_deployment_without_containers() {
    let told = |selector: &serde_json::Value| {
        let spec = json!({ "selector": selector, "template": { "spec": { "containers": [] } } });
        let mut json = deployment_json(&spec, &json!({}));
        if selector.is_null() {
            json["spec"].as_object_mut().expect("a mapping").remove("selector");
        }
        let errors = Workload::from_object(&Object::new(node(&json))).expect_err("no containers");
        let found = errors.into_iter().find(|it| it.code == "no-containers");
        found.expect("it is reported").help.len()
    };
    assert_eq!(told(&serde_json::Value::Null), 1);
    assert_eq!(told(&json!({ "matchLabels": { "app": "web" } })), 0);
}
