//! Policies: what they let through, and what is wrong with them.

use tidegate_reach::Verdict::{Allowed, Denied, Depends};
use tidegate_reach::{Network, Peer, Probes, Protocol, Scope, Verdict};

use crate::fixture::{check, deployment, found_in, ingress, network, service};

fn policy(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}}}\nspec: {spec}\n---\n"
    )
}

fn web() -> String {
    deployment("web", 8080) + &service("web", "{name: http, port: 80, targetPort: http}")
}

fn into_web(network: &Network, from: Peer, port: u16) -> Verdict {
    network.may_talk(from, Peer::Pods(0), port, Protocol::Tcp)
}

#[test]
fn a_route_that_policies_cut_is_found() {
    let text =
        web() + &ingress("shop", "/", "web", "number: 80") + &policy("closed", "{podSelector: {}}");
    check(
        &text,
        "warning route-cut 22:74 27:21 Ingress `shop` leads to port 8080 of Deployment `web`, which policies close to everybody
= help: let a rule open port 8080 to those who need it",
    );
    // The classical mistake: the rule names the port of the Service.
    let text = web()
        + &ingress("shop", "/", "web", "number: 80")
        + &policy(
            "shop",
            "{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 80}]}]}",
        );
    check(
        &text,
        "warning route-cut 22:74 27:21 27:74 Ingress `shop` leads to port 8080 of Deployment `web`, which policies close to everybody
= help: name the pods' port, 8080: policies see that one
warning policy-service-port 27:74 14:46 a rule of NetworkPolicy `shop` opens port 80, which is the port of Service `web`: pods of Deployment `web` listen on 8080
= help: write port 8080: policies see the port of the pod",
    );
    let named = text.replace("{port: 80}]}]}", "{port: http}]}]}");
    check(&named, "");
}

#[test]
fn policies_add_up() {
    let text = web()
        + &ingress("shop", "/", "web", "number: 80")
        + &policy("closed", "{podSelector: {}}")
        + &policy(
            "shop",
            "{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 8080}]}]}",
        );
    check(&text, "");
}

#[test]
fn a_route_that_depends_on_who_serves_it_is_noted() {
    let text = web()
        + &ingress("shop", "/", "web", "number: 80")
        + &policy(
            "shop",
            "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: traefik}}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {podSelector: {}}]}]}",
        );
    check(
        &text,
        "note route-depends 22:74 27:21 Ingress `shop` gets through to port 8080 of Deployment `web` only from some places
= note: policies let through pods of namespaces with kubernetes.io/metadata.name=traefik, addresses in 10.0.0.0/8 but 10.1.0.0/16 and pods of the same namespace
= help: make sure that whoever serves it is among them",
    );
    let open = web().replace("spec:\n  selector", "spec:\n  type: LoadBalancer\n  selector")
        + &policy("shop", "{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}");
    let found = found_in(&open, Scope::Whole, Probes::All);
    assert!(
        found.starts_with("note route-depends 15:30 20:21 Service `web` gets through"),
        "{found}"
    );
}

#[test]
fn a_service_that_policies_close_is_found() {
    check(
        &(web() + &policy("closed", "{podSelector: {}, ingress: [{ports: [{port: 80}]}]}")),
        "warning service-cut 14:30 19:21 19:51 policies close every port of Service `web` to everybody: http (80)
= help: name the pods' port, 8080: policies see that one
warning policy-service-port 19:51 14:46 a rule of NetworkPolicy `closed` opens port 80, which is the port of Service `web`: pods of Deployment `web` listen on 8080
= help: write port 8080: policies see the port of the pod",
    );
    let two = deployment("web", 8080)
        + &service(
            "web",
            "{name: http, port: 80, targetPort: http}, {name: admin, port: 81, targetPort: 8080, protocol: UDP}",
        )
        + &policy("some", "{podSelector: {}, ingress: [{ports: [{port: 8080}]}]}");
    let found = found_in(&two, Scope::Whole, Probes::All);
    assert!(found.starts_with("note service-cut 14:73 19:21 policies close a port of Service `web` to everybody: admin (81)"), "{found}");
    // A policy of another API may let it through.
    let other = web()
        + &policy("closed", "{podSelector: {}}")
        + "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: open}\nspec: {}\n";
    let found = found_in(&other, Scope::Whole, Probes::All);
    assert!(found.starts_with("note service-cut"), "{found}");
    assert!(found.contains("= note: policies of other APIs are not read, and CiliumNetworkPolicy `open` may let it through"), "{found}");
}

#[test]
fn labels_of_namespaces_are_known_or_not() {
    let at = |namespace: &str| {
        deployment("caller", 1)
            .replace("{name: caller}", &format!("{{name: caller, namespace: {namespace}}}"))
    };
    let text = |peer: &str| {
        deployment("web", 8080).replace("{name: web}", "{name: web, namespace: back}")
            + &at("front")
            + &at("far")
            + "apiVersion: v1\nkind: Namespace\nmetadata: {name: front, labels: {env: prod}}\n---\n"
            + &policy("p", &format!("{{podSelector: {{}}, ingress: [{{from: [{peer}]}}]}}"))
                .replace("{name: p}", "{name: p, namespace: back}")
    };
    let verdicts = |peer: &str| {
        let network = network(&text(peer));
        [Peer::Pods(1), Peer::Pods(2), Peer::Anyone].map(|it| into_web(&network, it, 8080))
    };
    assert_eq!(
        verdicts("{namespaceSelector: {matchLabels: {env: prod}}}"),
        [Allowed, Depends, Depends]
    );
    assert_eq!(
        verdicts("{namespaceSelector: {matchLabels: {env: dev}}}"),
        [Denied, Depends, Depends]
    );
    assert_eq!(
        verdicts("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: far}}}"),
        [Denied, Allowed, Depends]
    );
    assert_eq!(verdicts("{namespaceSelector: {}}"), [Allowed, Allowed, Depends]);
    assert_eq!(
        verdicts("{namespaceSelector: {}, podSelector: {matchLabels: {app: other}}}"),
        [Denied, Denied, Depends]
    );
    assert_eq!(verdicts("{podSelector: {}}"), [Denied, Denied, Depends]);
    // What contradicts itself lets nobody through.
    let never = "{namespaceSelector: {matchExpressions: [{key: env, operator: Exists}, {key: env, operator: DoesNotExist}]}}";
    assert_eq!(verdicts(never), [Denied, Denied, Denied]);
    let never = "{namespaceSelector: {matchExpressions: [{key: env, operator: In, values: [a]}, {key: env, operator: NotIn, values: [a]}]}}";
    assert_eq!(verdicts(never), [Denied, Denied, Denied]);
}

#[test]
fn addresses_are_compared_by_their_leading_bits() {
    let text = deployment("web", 8080)
        + &policy(
            "p",
            "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/9, except: [10.64.0.0/10]}}, {ipBlock: {cidr: 'fd00::/8'}}]}]}",
        );
    let network = network(&text);
    let from =
        |address: &str| into_web(&network, Peer::Address(address.parse().expect("an address")), 80);
    assert_eq!(from("10.0.0.1"), Allowed);
    assert_eq!(from("10.64.0.1"), Denied);
    assert_eq!(from("10.128.0.1"), Denied);
    assert_eq!(from("fd12::1"), Allowed);
    assert_eq!(from("fe80::1"), Denied);
    // The address of a pod is not known.
    assert_eq!(into_web(&network, Peer::Pods(0), 80), Depends);
}

#[test]
fn types_default_by_what_is_written() {
    let out = |spec: &str| {
        let network = network(&(deployment("web", 8080) + &policy("p", spec)));
        let into = into_web(&network, Peer::Anyone, 80);
        (into, network.may_talk(Peer::Pods(0), Peer::Anyone, 80, Protocol::Tcp))
    };
    assert_eq!(out("{podSelector: {}}"), (Denied, Allowed));
    assert_eq!(out("{podSelector: {}, egress: []}"), (Denied, Allowed));
    assert_eq!(out("{podSelector: {}, egress: [{ports: [{port: 53}]}]}"), (Denied, Denied));
    assert_eq!(out("{podSelector: {}, policyTypes: [Egress]}"), (Allowed, Denied));
    assert_eq!(
        out("{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}"),
        (Allowed, Allowed)
    );
}

#[test]
fn rules_that_the_types_leave_out_are_found() {
    check(
        &(deployment("web", 8080) + &policy("p", "{podSelector: {}, policyTypes: [Egress], ingress: [{}], egress: [{}]}")),
        "warning policy-rules-ignored 12:58 rules under `ingress` of NetworkPolicy `p` have no effect: its types leave Ingress out
= help: add Ingress to policyTypes, or remove the rules",
    );
}

#[test]
fn a_policy_that_chooses_no_pod_is_found() {
    check(
        &(deployment("web", 8080).replace("{app: web}", "{app: web, tier: front}")
            + &policy("p", "{podSelector: {matchLabels: {app: web, tier: back}}, ingress: [{}]}")),
        "warning policy-selects-nothing 12:21 6:41 NetworkPolicy `p` chooses no pod: none has the labels app=web,tier=back
= help: pods of Deployment `web` have tier=front, not back",
    );
    let found = found_in(
        &policy("p", "{podSelector: {matchLabels: {app: web}}}"),
        Scope::Whole,
        Probes::All,
    );
    assert!(found.starts_with("note policy-selects-nothing"), "{found}");
}

#[test]
fn a_peer_that_nobody_is_is_noted() {
    check(
        &(deployment("web", 8080) + &policy("p", "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: ingress}}}]}]}")),
        "note policy-peer-selects-nothing 12:43 a rule of NetworkPolicy `p` is for pods with app=ingress, and no pod of its namespace has them
= help: for pods of other namespaces write a namespaceSelector beside it",
    );
}

#[test]
fn a_port_name_that_no_pod_has_opens_nothing() {
    let text = web().replace("name: http, port", "name: web, port")
        + &policy("p", "{podSelector: {}, ingress: [{ports: [{port: web}, {port: 8080}]}]}");
    check(
        &text,
        "warning policy-port-unknown 19:51 14:29 a rule of NetworkPolicy `p` opens port `web`, which no container of Deployment `web` declares for TCP: it opens nothing
= help: write the pods' port, http: policies see that one",
    );
    let quoted = web()
        + &policy("p", "{podSelector: {}, ingress: [{ports: [{port: '8080'}, {port: 8080}]}]}");
    check(
        &quoted,
        "warning policy-port-unknown 19:51 a rule of NetworkPolicy `p` opens port `8080`, which no container of Deployment `web` declares for TCP: it opens nothing
= help: a number in quotes is a name: write 8080",
    );
    let none = web()
        + &policy("p", "{podSelector: {}, ingress: [{ports: [{port: admin}, {port: 8080}]}]}");
    let found = found_in(&none, Scope::Whole, Probes::All);
    assert!(
        found.contains(
            "it opens nothing\n= help: declare the port in the container, or write its number"
        ),
        "{found}"
    );
    let udp = web()
        + &policy(
            "p",
            "{podSelector: {}, ingress: [{ports: [{port: http, protocol: UDP}, {port: 8080}]}]}",
        );
    let found = found_in(&udp, Scope::Whole, Probes::All);
    assert!(
        found.contains("declares for UDP: it opens nothing\n= help: write `protocol: TCP`"),
        "{found}"
    );
}

#[test]
fn egress_names_the_port_of_the_pod_as_well() {
    let text = web()
        + &deployment("api", 9000)
        + &policy(
            "api",
            "{podSelector: {matchLabels: {app: api}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}, {ports: [{port: 53, protocol: UDP}]}]}",
        );
    check(
        &text,
        "warning policy-service-port 27:144 14:46 a rule of NetworkPolicy `api` opens port 80, which is the port of Service `web`: pods of Deployment `web` listen on 8080
= help: write port 8080: policies see the port of the pod",
    );
    // A Service's port beside the pods' does no harm.
    check(&text.replace("{port: 80}]", "{port: 80}, {port: 8080}]"), "");
}

#[test]
fn pods_that_may_talk_but_not_ask_for_names_are_noted() {
    let text = deployment("web", 8080)
        + &deployment("api", 9000)
        + &policy(
            "p",
            "{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53}, {port: 443}]}]}",
        );
    check(
        &text,
        "note policy-cuts-dns 20:21 pods of Deployment `web` and Deployment `api` may talk to others, but not ask for their names: no policy opens port 53 of UDP
= note: port 53 is open for TCP, the protocol of a port without one
= help: open port 53 for UDP and TCP to the pods that answer names",
    );
    check(&text.replace("{port: 53}", "{port: 53, protocol: UDP}"), "");
    // Who may talk to nobody, or to addresses alone, needs no names.
    check(
        &(deployment("web", 8080) + &policy("p", "{podSelector: {}, policyTypes: [Egress]}")),
        "",
    );
    check(
        &(deployment("web", 8080)
            + &policy(
                "p",
                "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 443}]}]}",
            )),
        "",
    );
}

#[test]
fn what_the_api_server_refuses_is_found() {
    let refused = |ingress: &str, expected: &str| {
        let text = deployment("web", 8080)
            + &policy("p", &format!("{{podSelector: {{}}, ingress: [{ingress}]}}"));
        check(&text, expected);
    };
    refused(
        "{from: [{}]}",
        "error policy-malformed 12:43 the API server refuses NetworkPolicy `p`: a peer names neither pods nor addresses
= help: leave the list of peers out to mean everybody",
    );
    refused(
        "{from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}",
        "error policy-malformed 12:70 the API server refuses NetworkPolicy `p`: a peer names both pods and addresses
= help: write two peers, one behind the other",
    );
    refused(
        "{from: [{ipBlock: {cidr: 10.0.0.0}}]}",
        "error policy-malformed 12:60 the API server refuses NetworkPolicy `p`: `10.0.0.0` is no range of addresses: not an address, a slash and the number of leading bits
= help: write a range such as 10.0.0.0/8",
    );
    refused(
        "{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}",
        "error policy-malformed 12:81 the API server refuses NetworkPolicy `p`: the exception does not lie in 10.0.0.0/8, or is all of it
= help: except a smaller range of the block",
    );
    refused(
        "{ports: [{port: 90, endPort: 80}]}",
        "error policy-malformed 12:64 the API server refuses NetworkPolicy `p`: `endPort` ends no range: `port` has to be a number that is not above it
= help: write the first port of the range as a number",
    );
    refused(
        "{ports: [{port: 80, protocol: ICMP}]}",
        "error policy-malformed 12:65 the API server refuses NetworkPolicy `p`: this protocol does not exist
= help: write TCP, UDP or SCTP",
    );
    refused(
        "{ports: [{port: 70000}]}",
        "error policy-malformed 12:51 the API server refuses NetworkPolicy `p`: a port is a number from 1 to 65535, or a name
= help: write the pod's port",
    );
}

#[test]
fn what_policies_do_to_the_network_of_a_node_depends() {
    let on_node =
        deployment("agent", 9100).replace("{containers", "{hostNetwork: true, containers");
    let network = network(
        &(deployment("web", 8080)
            + &on_node
            + &policy("p", "{podSelector: {}, policyTypes: [Ingress, Egress]}")),
    );
    let (web, agent) = (Peer::Pods(0), Peer::Pods(1));
    assert_eq!(network.may_talk(agent, web, 8080, Protocol::Tcp), Depends);
    assert_eq!(network.may_talk(web, agent, 9100, Protocol::Tcp), Depends);
    assert_eq!(network.may_talk(web, web, 8080, Protocol::Tcp), Denied);
}
