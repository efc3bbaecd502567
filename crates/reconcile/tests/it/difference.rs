use tidegate_object::Object;
use tidegate_reconcile::{FieldSet, applied, diff, with_defaults};

use crate::object;

/// Draws what differs between a manifest and the live form of another, of which all fields are owned.
fn between(old: &str, new: &str) -> String {
    let (old, new) = (object(old), object(new));
    diff(&new, &with_defaults(&old), Some(&FieldSet::of(&old))).to_string()
}

#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    assert_eq!(between(old, new), expected);
}

fn deployment(spec: &str) -> String {
    format!(
        r#"{{"apiVersion":"apps/v1","kind":"Deployment","metadata":{{"name":"web"}},"spec":{{{spec}}}}}"#
    )
}

fn with_container(container: &str) -> String {
    deployment(&format!(
        r#""template":{{"spec":{{"containers":[{{"name":"web","image":"web:1.2.3",{container}}}]}}}}"#
    ))
}

const AT: &str = "spec.template.spec.containers[name=web]";

#[test]
fn quantities_are_compared_as_values() {
    check(
        &with_container(
            r#""resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":0.5}}"#,
        ),
        &with_container(
            r#""resources":{"limits":{"cpu":"1000m","memory":"1024Mi"},"requests":{"cpu":"500m"}}"#,
        ),
        "",
    );
    check(
        &with_container(r#""resources":{"limits":{"memory":"64Mi"}}"#),
        &with_container(r#""resources":{"limits":{"memory":"64M"}}"#),
        &format!("~ {AT}.resources.limits.memory: 64Mi → 64M (restarts pods)\n"),
    );
}

#[test]
fn quantity_like_texts_elsewhere_are_texts() {
    check(
        &with_container(r#""env":[{"name":"SIZE","value":"1000m"}]"#),
        &with_container(r#""env":[{"name":"SIZE","value":"1"}]"#),
        &format!("~ {AT}.env[name=SIZE].value: 1000m → 1 (restarts pods)\n"),
    );
}

#[test]
fn written_defaults_are_no_difference() {
    check(
        &with_container(
            r#""ports":[{"containerPort":80}],"readinessProbe":{"httpGet":{"port":80},"periodSeconds":0}"#,
        ),
        &with_container(
            r#""imagePullPolicy":"IfNotPresent","ports":[{"containerPort":80,"protocol":"TCP"}],
            "readinessProbe":{"httpGet":{"port":80,"path":"/","scheme":"HTTP"},"periodSeconds":10,"failureThreshold":3}"#,
        ),
        "",
    );
    check(
        &deployment(r#""replicas":1"#),
        &deployment(r#""strategy":{"type":"RollingUpdate"}"#),
        "",
    );
}

#[test]
fn empty_values_that_the_server_drops_are_no_difference() {
    check(
        &with_container(r#""env":[{"name":"A"}]"#),
        &with_container(r#""args":[],"env":[{"name":"A","value":""}],"stdin":false"#),
        "",
    );
    check(
        &with_container(r#""securityContext":{}"#),
        &with_container(r#""securityContext":{"allowPrivilegeEscalation":false}"#),
        &format!("+ {AT}.securityContext.allowPrivilegeEscalation: false (restarts pods)\n"),
    );
}

#[test]
fn elements_are_matched_by_their_keys() {
    check(
        &with_container(r#""env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]"#),
        &with_container(r#""env":[{"name":"C","value":"3"},{"name":"A","value":"1"}]"#),
        &format!(
            "+ {AT}.env[name=C]: {{\"name\":\"C\",\"value\":\"3\"}} (restarts pods)\n- {AT}.env[name=B]: {{\"name\":\"B\",\"value\":\"2\"}} (restarts pods)\n"
        ),
    );
    check(
        &with_container(r#""ports":[{"containerPort":80,"name":"http"}]"#),
        &with_container(
            r#""ports":[{"containerPort":80,"protocol":"UDP","name":"quic"},{"containerPort":80,"name":"web"}]"#,
        ),
        &format!(
            "+ {AT}.ports[containerPort=80,protocol=UDP]: {{\"containerPort\":80,\"protocol\":\"UDP\",\"name\":\"quic\"}} (restarts pods)\n~ {AT}.ports[containerPort=80,protocol=TCP].name: http → web (restarts pods)\n"
        ),
    );
}

#[test]
fn lists_without_keys_are_one_value() {
    check(
        &with_container(r#""args":["--port","80"]"#),
        &with_container(r#""args":["--port","81"]"#),
        &format!("~ {AT}.args[1]: 80 → 81 (restarts pods)\n"),
    );
    check(
        &with_container(r#""args":["--port"]"#),
        &with_container(r#""args":["--port","81"]"#),
        &format!("~ {AT}.args: [\"--port\"] → [\"--port\",\"81\"] (restarts pods)\n"),
    );
}

#[test]
fn fields_of_others_are_left_alone() {
    let manifest = object(&deployment(r#""template":{"metadata":{"labels":{"app":"web"}}}"#));
    let live = object(&deployment(
        r#""replicas":7,"template":{"metadata":{"labels":{"app":"web"},"annotations":{"injected":"yes"}}}"#,
    ));
    assert!(diff(&manifest, &live, Some(&FieldSet::of(&manifest))).is_empty());
}

#[test]
fn fields_given_up_go_or_go_back_to_their_default() {
    check(
        &deployment(
            r#""replicas":3,"minReadySeconds":5,"template":{"metadata":{"labels":{"a":"1","b":"2"}}}"#,
        ),
        &deployment(r#""template":{"metadata":{"labels":{"b":"2"}}}"#),
        "- spec.template.metadata.labels.a: 1 (restarts pods)\n- spec.minReadySeconds: 5\n~ spec.replicas: 3 → 1\n",
    );
    check(
        &with_container(r#""livenessProbe":{"exec":{"command":["true"]}}"#),
        &with_container(r#""stdin":false"#),
        &format!(
            "- {AT}.livenessProbe: {{\"exec\":{{\"command\":[\"true\"]}},\"timeoutSeconds\":1,\"periodSeconds\":10,\"successThreshold\":1,\"failureThreshold\":3}} (restarts pods)\n"
        ),
    );
}

#[test]
fn another_strategy_drops_the_fields_of_the_first() {
    check(
        &deployment(r#""strategy":{"rollingUpdate":{"maxSurge":1}}"#),
        &deployment(r#""strategy":{"type":"Recreate"}"#),
        "~ spec.strategy.type: RollingUpdate → Recreate\n- spec.strategy.rollingUpdate: {\"maxSurge\":1,\"maxUnavailable\":\"25%\"}\n",
    );
}

#[test]
fn immutable_fields_are_refused() {
    check(
        &deployment(r#""selector":{"matchLabels":{"app":"web"}}"#),
        &deployment(r#""selector":{"matchLabels":{"app":"shop"}}"#),
        "~ spec.selector.matchLabels.app: web → shop (refused: delete the object and create it anew)\n",
    );
    check(
        r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"immutable":true,"data":{"a":"1"}}"#,
        r#"{"apiVersion":"v1","kind":"ConfigMap","immutable":true,"data":{"a":"2"},"metadata":{"labels":{"x":"y"}}}"#,
        "~ data.a: 1 → 2 (refused: delete the object and create it anew)\n+ metadata.labels: {\"x\":\"y\"}\n",
    );
}

#[test]
fn values_of_secrets_are_not_shown() {
    check(
        r#"{"apiVersion":"v1","kind":"Secret","data":{"token":"YQ=="}}"#,
        r#"{"apiVersion":"v1","kind":"Secret","stringData":{"token":"b"}}"#,
        "~ data.token: *** → ***\n",
    );
    check(
        r#"{"apiVersion":"v1","kind":"Secret","data":{"token":"YQ=="}}"#,
        r#"{"apiVersion":"v1","kind":"Secret","stringData":{"token":"a"},"type":"Opaque"}"#,
        "",
    );
}

#[test]
fn what_the_server_alone_writes_is_not_compared() {
    let manifest = object(
        r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","creationTimestamp":null},"status":{"loadBalancer":{}}}"#,
    );
    let live = object(
        r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","uid":"1","resourceVersion":"7"}}"#,
    );
    assert!(diff(&manifest, &live, None).is_empty());
}

#[test]
fn custom_resources_keep_every_value_that_is_written() {
    check(
        r#"{"apiVersion":"example.com/v1","kind":"Gadget","spec":{"list":[{"name":"a"}]}}"#,
        r#"{"apiVersion":"example.com/v1","kind":"Gadget","spec":{"off":false,"list":[{"name":"b"}]}}"#,
        "+ spec.off: false\n~ spec.list[0].name: a → b\n",
    );
}

#[test]
fn unusual_names_are_quoted_in_paths() {
    check(
        r#"{"apiVersion":"v1","kind":"ConfigMap","data":{"app.conf":"a"}}"#,
        r#"{"apiVersion":"v1","kind":"ConfigMap","data":{"app.conf":"a\nb"}}"#,
        "~ data[\"app.conf\"]: a → \"a\\nb\"\n",
    );
}

#[test]
fn last_applied_annotation_tells_what_was_set() {
    let live: Object = object(
        r#"{"apiVersion":"v1","kind":"ConfigMap","data":{"mine":"1","theirs":"2"},"metadata":{"annotations":
        {"kubectl.kubernetes.io/last-applied-configuration":"{\"kind\":\"ConfigMap\",\"data\":{\"mine\":\"1\"}}"}}}"#,
    );
    let manifest = object(r#"{"apiVersion":"v1","kind":"ConfigMap","data":{}}"#);
    let owned = FieldSet::last_applied(&live);
    assert_eq!(diff(&manifest, &live, owned.as_ref()).to_string(), "- data.mine: 1\n");
    let after = applied(&manifest, Some(&live), owned.as_ref());
    assert!(after.at(&["data", "mine"]).is_none() && after.at(&["data", "theirs"]).is_some());
}

#[test]
fn field_set_is_written_like_the_servers() {
    let service = object(
        r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","finalizers":["a/b"]},"spec":{"ports":[{"port":80}]}}"#,
    );
    assert_eq!(
        FieldSet::of(&service).to_string(),
        r#"{"f:metadata":{"f:finalizers":{"v:\"a/b\"":{}}},"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}}"#
    );
}
