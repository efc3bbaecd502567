//! Probes, hooks, names of other objects, and what containers are told to call.

use tidegate_reach::{Probes, Scope};

use crate::fixture::{check, deployment, found_in, network, service};

fn probing(field: &str, port: &str) -> String {
    let probe = format!("{field}: {{httpGet: {{path: /, port: {port}}}}}, ports:");
    deployment("web", 8080).replace("ports:", &probe)
}

#[test]
fn a_probe_of_a_port_that_no_container_declares_is_found() {
    check(
        &probing("readinessProbe", "htpp"),
        "error probe-port-unknown 7:80 the readiness probe of container `main` of Deployment `web` asks port `htpp`, which the container does not declare: the container never becomes ready
= help: declare the port, or write its number",
    );
    check(
        &probing("livenessProbe", "htpp"),
        "error probe-port-unknown 7:79 the liveness probe of container `main` of Deployment `web` asks port `htpp`, which the container does not declare: it never fails, so nothing restarts the container
= help: declare the port, or write its number",
    );
    check(
        &probing("startupProbe", "8081"),
        "note probe-port-undeclared 7:78 7:25 the startup probe of container `main` of Deployment `web` asks port 8081, which no container declares",
    );
    check(&probing("readinessProbe", "http"), "");
    check(&probing("readinessProbe", "8080"), "");
    check(&probing("readinessProbe", "8081").replace("readinessProbe: {httpGet: {path: /, port: 8081}}, ports: [{name: http, containerPort: 8080}]", "readinessProbe: {tcpSocket: {port: 8081}}"), "");
    check(
        &probing("readinessProbe", "1")
            .replace("httpGet: {path: /, port: 1}", "grpc: {port: 9000}"),
        "note probe-port-undeclared 7:68 7:25 the readiness probe of container `main` of Deployment `web` asks port 9000, which no container declares",
    );
}

#[test]
fn a_name_of_another_container_is_not_known_to_a_probe() {
    let sidecar =
        "containers: [{name: side, ports: [{name: admin, containerPort: 9000}]}, {name: main";
    check(
        &probing("readinessProbe", "admin").replace("containers: [{name: main", sidecar),
        "error probe-port-unknown 7:139 7:75 the readiness probe of container `main` of Deployment `web` asks port `admin`, which the container does not declare: the container never becomes ready
= help: write its number, 9000: containers of a pod share their ports",
    );
    check(&probing("readinessProbe", "9000").replace("containers: [{name: main", sidecar), "");
}

#[test]
fn a_hook_asks_ports_too() {
    let hook = |hook: &str, port: &str| {
        probing(&format!("lifecycle: {{{hook}"), port).replace("}}, ports", "}}}, ports")
    };
    check(
        &hook("postStart", "htpp"),
        "error hook-port-unknown 7:87 the postStart hook of container `main` of Deployment `web` asks port `htpp`, which the container does not declare: it fails, so the container is killed
= help: declare the port, or write its number",
    );
    let found = found_in(&hook("preStop", "htpp"), Scope::Whole, Probes::BesideProof);
    assert!(found.contains("it is passed over"), "{found}");
    check(&hook("preStop", "http"), "");
}

#[test]
fn what_the_proof_reports_is_left_to_it() {
    let beside = |text: &str| found_in(text, Scope::Whole, Probes::BesideProof);
    assert_eq!(beside(&probing("readinessProbe", "htpp")), "");
    assert_eq!(beside(&probing("livenessProbe", "8081")), "");
    assert!(beside(&probing("livenessProbe", "htpp")).starts_with("error probe-port-unknown"));
    let job = probing("readinessProbe", "htpp")
        .replace("apps/v1", "batch/v1")
        .replace("kind: Deployment", "kind: Job");
    assert!(beside(&job).starts_with("error probe-port-unknown"));
    let sidecar = probing("readinessProbe", "htpp").replace(
        "{containers: [{name: main",
        "{containers: [{name: other}], initContainers: [{restartPolicy: Always, name: main",
    );
    assert!(beside(&sidecar).starts_with("error probe-port-unknown"), "{}", beside(&sidecar));
    // The probes of an init container that ends are refused elsewhere.
    assert_eq!(beside(&sidecar.replace("restartPolicy: Always, ", "")), "");
}

fn stateful(name: &str) -> String {
    deployment("db", 5432)
        .replace("kind: Deployment", "kind: StatefulSet")
        .replace("spec:\n  template", &format!("spec:\n  serviceName: {name}\n  template"))
}

#[test]
fn a_stateful_set_is_governed_by_a_headless_service() {
    let headless = service("db", "{port: 5432}")
        .replace("spec:\n  selector", "spec:\n  clusterIP: None\n  selector");
    check(&(stateful("db") + &headless), "");
    check(
        &(stateful("db") + &service("db", "{port: 5432}")),
        "note stateful-set-service-has-address 5:16 12:18 StatefulSet `db` is governed by Service `db`, which is not headless: its pods have no names of their own
= help: govern it by a Service with `clusterIP: None`",
    );
    check(
        &(stateful("dbs") + &headless),
        "warning stateful-set-service-unknown 5:16 StatefulSet `db` is governed by Service `dbs`, which is not there: its pods have no names of their own
= help: a Service with a similar name exists: `db`",
    );
    // Another Service chooses its pods: the name was meant for that one.
    let other = found_in(&(stateful("postgres") + &headless), Scope::Part, Probes::All);
    assert!(other.starts_with("warning stateful-set-service-unknown"), "{other}");
    // Without any Service among the objects they are kept apart.
    let alone = found_in(&stateful("db"), Scope::Part, Probes::All);
    assert!(alone.starts_with("note stateful-set-service-unknown"), "{alone}");
}

fn calling(env: &str) -> String {
    deployment("shop", 1).replace("ports:", &format!("env: [{env}], ports:"))
        + &deployment("web", 8080)
        + &service("web", "{name: http, port: 80, targetPort: http}")
}

#[test]
fn a_call_of_a_port_that_a_service_lacks_is_found() {
    check(&calling("{name: WEB, value: 'http://web'}"), "");
    check(&calling("{name: WEB, value: 'http://web:80/path'}"), "");
    check(&calling("{name: WEB, value: 'http://web.example:8080/'}"), "");
    check(
        &calling("{name: WEB, value: 'http://web:8080/'}"),
        "warning call-port-unknown 7:63 22:30 container `main` of Deployment `shop` is told by WEB to call http://web:8080/, and Service `web` has no port 8080
= help: it has 80",
    );
    let found =
        found_in(&calling("{name: WEB_ADDR, value: 'web:8080'}"), Scope::Whole, Probes::All);
    assert!(found.starts_with("warning call-port-unknown"), "{found}");
    // The names of a headless Service lead to the pods themselves.
    let headless = calling("{name: WEB, value: 'http://web:8080/'}")
        .replace("spec:\n  selector", "spec:\n  clusterIP: None\n  selector");
    check(&headless, "");
    assert_eq!(network(&headless).calls()[0].ends[0].port, 8080);
}

#[test]
fn calls_come_from_configuration_too() {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {WEB: 'http://web:81', OTHER: 'http://web:82'}\n";
    let told = |from: &str| {
        let text = deployment("shop", 1).replace("ports:", &format!("{from}, ports:"))
            + &service("web", "{port: 80}")
            + map;
        let network = network(&text);
        let calls = network.calls().iter().map(|it| format!("{}:{}", it.variable, it.number));
        calls.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told("env: [{name: W, valueFrom: {configMapKeyRef: {name: c, key: WEB}}}]"), "W:81");
    assert_eq!(told("envFrom: [{prefix: X_, configMapRef: {name: c}}]"), "X_WEB:81 X_OTHER:82");
    assert_eq!(
        told("envFrom: [{configMapRef: {name: c}}], env: [{name: WEB, value: other}]"),
        "OTHER:82"
    );
    assert_eq!(told("envFrom: [{configMapRef: {name: d}}]"), "");
}

#[test]
fn a_call_that_policies_cut_is_found() {
    let policy = |name: &str, spec: &str| {
        format!(
            "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}}}\nspec: {spec}\n"
        )
    };
    let text = calling("{name: WEB, value: 'http://web'}");
    check(
        &(text.clone() + &policy("p", "{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}")),
        "warning call-cut 7:63 28:21 container `main` of Deployment `shop` is told by WEB to call http://web, and policies do not let it talk to port 8080 of Deployment `web`
= help: let a rule open port 8080 to those who need it",
    );
    let out = "{podSelector: {matchLabels: {app: shop}}, policyTypes: [Egress], egress: [{ports: [{port: 80}, {port: 53, protocol: UDP}]}]}";
    check(
        &(text.clone() + &policy("p", out)),
        "warning call-cut 7:63 28:21 container `main` of Deployment `shop` is told by WEB to call http://web, and policies do not let it talk to port 8080 of Deployment `web`
= help: let egress of the caller reach port 8080 of Deployment `web`",
    );
    check(&(text + &policy("p", &out.replace("port: 80", "port: 8080"))), "");
}
