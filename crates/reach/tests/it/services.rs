//! Services, their pods, and the ports between them.

use tidegate_reach::{PortRef, Probes, Protocol, Scope};

use crate::fixture::{check, deployment, found_in, network, service};

#[test]
fn a_selector_that_matches_nothing_is_found_with_the_nearest_pods() {
    check(
        &(deployment("web", 8080) + &service("web", "{port: 80, targetPort: http}").replace("app: web", "app: wbe")),
        "warning service-selects-nothing 13:13 6:30 Service `web` chooses no pod: none has the labels app=wbe
= help: pods of Deployment `web` have app=web, not wbe",
    );
    let labels = deployment("web", 8080).replace("{app: web}", "{app: web, tier: front}");
    check(
        &(labels + &service("web", "{port: 80, targetPort: http}").replace("app: web", "app: web, tier: back")),
        "warning service-selects-nothing 13:13 6:41 Service `web` chooses no pod: none has the labels app=web,tier=back
= help: pods of Deployment `web` have tier=front, not back",
    );
    check(
        &(deployment("web", 8080) + &service("web", "{port: 80, targetPort: http}").replace("app: web", "app: web, tier: back")),
        "warning service-selects-nothing 13:13 6:5 Service `web` chooses no pod: none has the labels app=web,tier=back
= help: pods of Deployment `web` have no label `tier`",
    );
}

#[test]
fn pods_of_another_namespace_are_not_chosen() {
    let pods = deployment("web", 8080).replace("{name: web}", "{name: web, namespace: shop}");
    check(
        &(pods + &service("web", "{port: 80, targetPort: http}")),
        "note service-selects-nothing 13:13 Service `web` chooses no pod: none has the labels app=web
= note: no pods of this namespace are among the objects",
    );
}

#[test]
fn pods_that_come_from_elsewhere_are_not_missed() {
    let elsewhere = |more: &str, selector: &str| {
        let text = deployment("web", 8080)
            + &service("web", "{port: 80, targetPort: http}")
            + more
            + &service("db", "{port: 5432}").replace("app: db", selector);
        let found = found_in(&text, Scope::Whole, Probes::All);
        assert!(found.starts_with("note service-selects-nothing"), "{found}");
        found
    };
    let operator = "apiVersion: db.example/v1\nkind: Cluster\nmetadata: {name: pg}\n---\n";
    let found = elsewhere(operator, "cluster: pg");
    assert!(found.contains("= note: the controller of Cluster `pg` may run such pods"), "{found}");
    let set = deployment("db", 5432).replace("kind: Deployment", "kind: StatefulSet");
    let found = elsewhere(&set, "app: db, role: primary");
    let told = "= note: pods of StatefulSet `db` may be given the missing label while they run";
    assert!(found.contains(told), "{found}");
    let system = deployment("web", 80)
        .replace("{name: web}", "{name: web, namespace: kube-system}")
        + &service("dns", "{port: 53}")
            .replace("{name: dns}", "{name: dns, namespace: kube-system}");
    check(
        &system,
        "note service-selects-nothing 13:13 Service `dns` chooses no pod: none has the labels app=dns
= note: pods of `kube-system` come with the cluster",
    );
    // Files may be some of many.
    let text = deployment("web", 8080)
        + &service("web", "{port: 80, targetPort: http}")
        + &service("queue", "{port: 5672}");
    assert!(found_in(&text, Scope::Whole, Probes::All).starts_with("warning"));
    assert!(found_in(&text, Scope::Part, Probes::All).starts_with("note"));
    let orphans = deployment("web", 8080) + &service("queue", "{port: 80, targetPort: http}");
    assert!(found_in(&orphans, Scope::Part, Probes::All).starts_with("warning"));
}

#[test]
fn labels_that_controllers_add_choose_pods() {
    let set = deployment("db", 5432).replace("kind: Deployment", "kind: StatefulSet");
    let one = |name: &str| {
        let selector = format!("statefulset.kubernetes.io/pod-name: {name}");
        set.clone() + &service("db", "{port: 5432, targetPort: http}").replace("app: db", &selector)
    };
    check(&one("db-0"), "");
    assert!(network(&one("other-0")).services()[0].pods.is_empty());
    assert!(network(&one("db-x")).services()[0].pods.is_empty());
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: {spec: {containers: [{name: main}]}}}\n---\n";
    let text = job.to_owned() + &service("j", "{port: 80}").replace("app: j", "job-name: j");
    assert_eq!(network(&text).services()[0].pods, [0]);
    let text = job.to_owned() + &service("j", "{port: 80}").replace("app: j", "job-name: k");
    assert!(network(&text).services()[0].pods.is_empty());
}

#[test]
fn templates_of_every_kind_are_pods() {
    for (kind, version) in [
        ("Deployment", "apps/v1"),
        ("StatefulSet", "apps/v1"),
        ("DaemonSet", "apps/v1"),
        ("ReplicaSet", "apps/v1"),
        ("ReplicationController", "v1"),
        ("Job", "batch/v1"),
        ("Rollout", "argoproj.io/v1alpha1"),
    ] {
        let text = deployment("web", 8080)
            .replace("kind: Deployment", &format!("kind: {kind}"))
            .replace("apps/v1", version);
        check(&(text + &service("web", "{port: 80, targetPort: http}")), "");
    }
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: main, ports: [{name: http, containerPort: 80}]}]}\n---\n";
    check(&(pod.to_owned() + &service("web", "{port: 80, targetPort: http}")), "");
    let cron = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: web}\nspec:\n  jobTemplate:\n    spec:\n      template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, ports: [{name: http, containerPort: 80}]}]}}\n---\n";
    check(&(cron.to_owned() + &service("web", "{port: 80, targetPort: http}")), "");
}

#[test]
fn no_replicas_and_several_workloads_are_noted() {
    let none =
        deployment("web", 8080).replace("spec:\n  template", "spec:\n  replicas: 0\n  template");
    check(
        &(none + &service("web", "{port: 80, targetPort: http}")),
        "note service-selects-no-replicas 14:13 5:13 Service `web` has no pod to send requests to: Deployment `web` wants 0 replicas",
    );
    let canary = deployment("web", 8080).replace("{name: web}", "{name: canary}");
    check(
        &(deployment("web", 8080) + &canary + &service("web", "{port: 80, targetPort: http}")),
        "note service-spans-workloads 21:13 14:5 6:5 Service `web` sends requests to pods of Deployment `canary` and Deployment `web`
= help: if only one of them is meant, add a label to the selector that the others do not have",
    );
}

#[test]
fn a_service_without_a_selector_gets_its_addresses_from_somebody() {
    let bare =
        "apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {ports: [{port: 5432}]}\n---\n";
    check(
        bare,
        "note service-without-addresses 3:18 Service `db` chooses no pods itself, and no addresses for it are among the objects
= help: give it a selector, or an EndpointSlice with the label `kubernetes.io/service-name: db`, unless a Service like this one gets its addresses from a controller",
    );
    let addresses = "apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\nsubsets: []\n";
    check(&format!("{bare}{addresses}"), "");
    let slice = "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: x, labels: {kubernetes.io/service-name: db}}\n";
    check(&format!("{bare}{slice}"), "");
    check(
        "apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {type: ExternalName, externalName: db.example}\n",
        "",
    );
}

#[test]
fn a_named_port_has_to_be_there() {
    let text = |target: &str| {
        deployment("web", 8080) + &service("web", &format!("{{port: 80, targetPort: {target}}}"))
    };
    check(
        &text("htpp"),
        "error target-port-unknown 14:34 no container of Deployment `web` has a port `htpp`: port 80 of Service `web` leads nowhere
= help: a port with a similar name exists: `http`",
    );
    check(
        &text("'8080'"),
        "error target-port-unknown 14:34 no container of Deployment `web` has a port `8080`: port 80 of Service `web` leads nowhere
= help: a number in quotes is a name: write `targetPort: 8080`",
    );
    check(
        &text("metrics"),
        "error target-port-unknown 14:34 7:74 no container of Deployment `web` has a port `metrics`: port 80 of Service `web` leads nowhere
= help: name this port `metrics`, or write its number",
    );
    check(
        &text("metrics").replace(", ports: [{name: http, containerPort: 8080}]", ""),
        "error target-port-unknown 14:34 no container of Deployment `web` has a port `metrics`: port 80 of Service `web` leads nowhere
= help: declare the port in the container, or write its number",
    );
    check(
        &text("http").replace("targetPort: http", "targetPort: http, protocol: UDP"),
        "error target-port-protocol 14:34 7:74 port `http` of Deployment `web` is TCP there and UDP in Service `web`: no request gets through
= help: write `protocol: TCP` in both",
    );
    let found = found_in(
        &text("metrics").replace("spec:\n  selector", "spec:\n  clusterIP: None\n  selector"),
        Scope::Whole,
        Probes::All,
    );
    assert!(found.starts_with("warning target-port-unknown"), "{found}");
}

#[test]
fn sidecars_have_ports_and_other_init_containers_do_not() {
    let with = |restart: &str| {
        deployment("web", 8080).replace(
            "{containers:",
            &format!("{{initContainers: [{{name: proxy{restart}, ports: [{{name: proxy, containerPort: 9000}}]}}], containers:"),
        ) + &service("web", "{port: 80, targetPort: proxy}")
    };
    check(&with(", restartPolicy: Always"), "");
    let found = found_in(&with(""), Scope::Whole, Probes::All);
    assert!(found.starts_with("error target-port-unknown"), "{found}");
    let network = network(&with(", restartPolicy: Always"));
    assert_eq!(network.target(0, &PortRef::Number(80), 0), Some(9000));
    assert_eq!(network.pods()[0].find_port(&PortRef::Name("proxy".into()), Protocol::Udp), None);
}

#[test]
fn a_name_that_one_of_two_workloads_has_leaves_the_other_out() {
    let old =
        deployment("old", 8080).replace("app: old", "app: web").replace("name: http", "name: web");
    let text = deployment("web", 8080) + &old + &service("web", "{port: 80, targetPort: http}");
    let found = found_in(&text, Scope::Whole, Probes::All);
    let told = "warning target-port-partial 22:34 14:5 pods of Deployment `old` have no port `http`: Service `web` passes them over for port 80\n";
    assert!(found.contains(told), "{found}");
    let job =
        text.replace("kind: Deployment\nmetadata: {name: old}", "kind: Job\nmetadata: {name: old}");
    let found = found_in(&job, Scope::Whole, Probes::All);
    assert!(found.contains("note target-port-partial"), "{found}");
}

#[test]
fn a_number_that_is_not_declared_is_a_note() {
    let text = |target: &str| {
        deployment("web", 8080) + &service("web", &format!("{{port: 80, targetPort: {target}}}"))
    };
    check(
        &text("8081"),
        "note target-port-undeclared 14:34 7:74 Service `web` sends requests to port 8081 of Deployment `web`, which declares 8080
= note: a port that is not declared can be listened on all the same",
    );
    check(
        &text("8080").replace("targetPort: 8080", "targetPort: 8080, protocol: UDP"),
        "note target-port-protocol 14:34 7:74 Service `web` sends UDP to port 8080 of Deployment `web`, which declares it for TCP",
    );
    check(&text("8081").replace(", ports: [{name: http, containerPort: 8080}]", ""), "");
}

#[test]
fn ports_that_the_api_server_refuses_are_found() {
    let ports = |ports: &str| deployment("web", 8080) + &service("web", ports);
    check(
        &ports("{port: 80, targetPort: 8080}, {name: more, port: 81, targetPort: 8080}"),
        "error service-port-unnamed 14:18 port 80 of Service `web` has no name beside others: the API server refuses it
= help: give every port a name of its own",
    );
    check(
        &ports("{name: a, port: 80, targetPort: 8080}, {name: a, port: 81, targetPort: 8080}"),
        "error service-port-twice 14:57 14:18 two ports of Service `web` are called `a`: the API server refuses it",
    );
    check(
        &ports("{name: a, port: 80, targetPort: 8080}, {name: b, port: 80, targetPort: 8080}"),
        "error service-port-twice 14:66 14:27 Service `web` has port 80/TCP twice: the API server refuses it",
    );
    check(&ports("{name: a, port: 53, targetPort: 8080}, {name: b, port: 53, protocol: UDP, targetPort: 53}").replace("containerPort: 8080}", "containerPort: 8080}, {containerPort: 53, protocol: UDP}"), "");
    check(
        &ports("{port: 80, targetPort: 8080, nodePort: 30080}"),
        "error node-port-refused 14:50 Service `web` asks for node port 30080, which its type has not: the API server refuses it
= help: set `type: NodePort`, or leave `nodePort` out",
    );
    let open = ports("{port: 80, targetPort: 8080, nodePort: 30080}")
        .replace("spec:\n  selector", "spec:\n  type: NodePort\n  selector");
    check(&open, "");
    let second =
        open.clone() + &open.replace("name: web", "name: two").replace("app: web", "app: two");
    check(
        &second,
        "warning node-port-twice 31:50 11:18 Service `web` and Service `two` both ask for node port 30080
= help: leave `nodePort` out to be given a free one",
    );
}

#[test]
fn a_chart_may_bring_what_is_missing_and_a_service_monitor_may_not() {
    let missing = |more: &str, asked: &str| {
        let text = deployment("web", 8080)
            + &service("web", "{port: 80, targetPort: http}")
            + more
            + &service("cache", "{port: 6379}").replace("app: cache", asked);
        found_in(&text, Scope::Whole, Probes::All)
    };
    let release =
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: redis}\n---\n";
    let found = missing(release, "role: master");
    let told = "= note: HelmRelease `redis` may bring such pods: what it holds is not read";
    assert!(found.starts_with("note service-selects-nothing") && found.contains(told), "{found}");
    // A slip in a label of pods that are there speaks against it.
    let found = missing(release, "app: wbe");
    assert!(found.starts_with("warning service-selects-nothing"), "{found}");
    let monitor = "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: cache}\n---\n";
    let found = missing(monitor, "app: cache");
    assert!(found.starts_with("warning service-selects-nothing"), "{found}");
    // What runs pods by a template of its own, as a Rollout does, says their labels.
    let rollout = deployment("cache", 6379)
        .replace("apps/v1", "argoproj.io/v1alpha1")
        .replace("Deployment", "Rollout");
    let found = missing(&rollout, "app: cache-two");
    assert!(found.starts_with("warning service-selects-nothing"), "{found}");
}
