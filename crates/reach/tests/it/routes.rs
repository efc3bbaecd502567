//! Ingresses, routes of the Gateway API, webhooks.

use tidegate_reach::{Probes, Scope};

use crate::fixture::{check, deployment, found_in, ingress, network, service};

fn web() -> String {
    deployment("web", 8080) + &service("web", "{name: http, port: 80, targetPort: http}")
}

#[test]
fn a_route_that_arrives_is_no_finding() {
    check(&(web() + &ingress("shop", "/", "web", "number: 80")), "");
    check(&(web() + &ingress("shop", "/", "web", "name: http")), "");
    let network = network(&(web() + &ingress("shop", "/", "web", "number: 80")));
    let route = &network.routes()[0];
    assert_eq!((route.service, route.port), (Some(0), Some(0)));
    assert_eq!((route.ends[0].pods, route.ends[0].port), (0, 8080));
}

#[test]
fn a_backend_that_is_not_there_is_found_with_the_nearest_name() {
    let text = web() + &ingress("shop", "/", "wbe", "number: 80");
    check(
        &text,
        "warning backend-unknown 22:74 Ingress `shop` leads to Service `wbe`, which is not there
= help: a Service with a similar name exists: `web`",
    );
    assert_eq!(
        found_in(&text, Scope::Part, Probes::All).lines().next().map(|it| &it[..7]),
        Some("warning")
    );
}

#[test]
fn what_may_be_deployed_apart_is_a_note() {
    // Nothing else of the namespace is there.
    check(
        &ingress("shop", "/", "web", "number: 80"),
        "note backend-unknown 7:74 Ingress `shop` leads to Service `web`, which is not there
= note: nothing else of this namespace is among the objects",
    );
    // Something else is, and everything leads where it should.
    let text = web()
        + &ingress("shop", "/", "web", "number: 80")
        + &ingress("other", "/other", "payments", "number: 443");
    assert!(found_in(&text, Scope::Whole, Probes::All).starts_with("warning backend-unknown"));
    assert_eq!(
        found_in(&text, Scope::Part, Probes::All),
        "note backend-unknown 30:79 Ingress `other` leads to Service `payments`, which is not there
= note: nothing among the objects is like it: it may be deployed apart
"
    );
    // A Service without a route has the port that is asked for: it was meant.
    let text = web() + &ingress("shop", "/", "payments", "number: 80");
    assert!(found_in(&text, Scope::Part, Probes::All).starts_with("warning backend-unknown"));
    // An operator makes Services by the names of its objects.
    let text = web()
        + "apiVersion: db.example/v1\nkind: Cluster\nmetadata: {name: pg}\n---\n"
        + &ingress("shop", "/", "pg-http", "number: 80");
    check(
        &text,
        "note backend-unknown 26:74 Ingress `shop` leads to Service `pg-http`, which is not there
= note: the controller of Cluster `pg` may make it",
    );
}

#[test]
fn a_service_of_another_namespace_is_not_reached() {
    let there = web().replace(
        "{name: web}\nspec:\n  selector",
        "{name: web, namespace: shop}\nspec:\n  selector",
    );
    let here = ingress("shop", "/", "web", "number: 80")
        .replace("metadata: {name: shop}", "metadata: {name: shop, namespace: front}");
    let found = found_in(&(there.clone() + &here), Scope::Whole, Probes::All);
    assert!(
        found.contains("= help: put both into one namespace: that one is in `shop`"),
        "{found}"
    );
    // Where one has no namespace written, both may come to lie in one.
    let found =
        found_in(&(there + &ingress("shop", "/", "web", "number: 80")), Scope::Whole, Probes::All);
    assert!(found.contains("note backend-unknown"), "{found}");
    assert!(found.contains("= help: write the namespace of both"), "{found}");
}

#[test]
fn a_port_that_the_service_lacks_is_found() {
    check(
        &(web() + &ingress("shop", "/", "web", "number: 81")),
        "error backend-port-unknown 22:94 14:30 Ingress `shop` asks Service `web` for port `81`, which it does not have
= help: it has 80 (`http`)",
    );
    check(
        &(web() + &ingress("shop", "/", "web", "name: '80'")),
        "error backend-port-unknown 22:92 14:30 Ingress `shop` asks Service `web` for port `80`, which it does not have
= help: a number in quotes is a name: write `number: 80`",
    );
    let by_number = deployment("web", 8080) + &service("web", "{port: 80, targetPort: 8080}");
    check(
        &(by_number + &ingress("shop", "/", "web", "number: 8080")),
        "warning backend-port-unknown 22:94 14:18 Ingress `shop` asks Service `web` for port `8080`, which it does not have
= note: `8080` is the pods' port, which some controllers take as well
= help: name the Service's port: 80",
    );
}

#[test]
fn backends_of_older_versions_are_read_and_mixed_ones_reported() {
    let older = |version: &str, backend: &str| {
        web()
            + &format!(
                "apiVersion: {version}\nkind: Ingress\nmetadata: {{name: shop}}\nspec:\n  rules:\n  - http: {{paths: [{{backend: {backend}}}]}}\n"
            )
    };
    check(&older("extensions/v1beta1", "{serviceName: web, servicePort: 80}"), "");
    check(&older("networking.k8s.io/v1beta1", "{serviceName: web, servicePort: http}"), "");
    check(
        &older("extensions/v1beta1", "{serviceName: web, servicePort: 81}"),
        "error backend-port-unknown 21:62 14:30 Ingress `shop` asks Service `web` for port `81`, which it does not have
= help: it has 80 (`http`)",
    );
    check(
        &older("networking.k8s.io/v1", "{serviceName: web, servicePort: 80}"),
        "error backend-malformed 21:20 a backend of Ingress `shop` leads nowhere: `serviceName` and `servicePort` are of versions before v1: write `service.name` and `service.port`",
    );
    for (backend, why) in [
        ("{}", "it names neither a `service` nor a `resource`"),
        ("{service: {port: {number: 80}}}", "`service` has no `name`"),
        ("{service: {name: web}}", "`service` has no `port`"),
        ("{service: {name: web, port: {}}}", "`port` has neither a `number` nor a `name`"),
        (
            "{service: {name: web, port: {number: 80, name: http}}}",
            "`port` has both a `number` and a `name`",
        ),
    ] {
        let found = found_in(&older("networking.k8s.io/v1", backend), Scope::Whole, Probes::All);
        assert!(found.contains(&format!("leads nowhere: {why}\n")), "{found}");
    }
    let found =
        found_in(&older("extensions/v1beta1", "{servicePort: 80}"), Scope::Whole, Probes::All);
    assert!(found.contains("leads nowhere: it has no `serviceName`"), "{found}");
    check(
        &older("networking.k8s.io/v1", "{resource: {apiGroup: x.example, kind: Bucket, name: b}}"),
        "",
    );
    check(
        &older("networking.k8s.io/v1", "{service: {name: redirect, port: {name: use-annotation}}}"),
        "",
    );
}

#[test]
fn a_default_backend_counts() {
    let text = web()
        + "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\nspec: {defaultBackend: {service: {name: wbe, port: {number: 80}}}}\n";
    check(
        &text,
        "warning backend-unknown 19:41 Ingress `shop` leads to Service `wbe`, which is not there
= help: a Service with a similar name exists: `web`",
    );
    assert_eq!(network(&text).routes()[0].host, None);
}

#[test]
fn two_ingresses_for_one_path_exclude_each_other() {
    let both = web() + &deployment("api", 8080) + &service("api", "{port: 80, targetPort: http}");
    let text = both.clone()
        + &ingress("one", "/shop", "web", "number: 80")
        + &ingress("two", "/shop/", "api", "number: 80");
    check(
        &text,
        "warning route-claimed-twice 45:27 37:27 Ingress `one` and Ingress `two` both take shop.example/shop, for different Services: who gets it is left to the controller
= help: keep one of them",
    );
    // To the same Service it does no harm; for another class, of another kind and as a canary it is meant.
    let same = both.clone()
        + &ingress("one", "/shop", "web", "number: 80")
        + &ingress("two", "/shop", "web", "number: 80");
    assert!(found_in(&same, Scope::Whole, Probes::All).starts_with("note route-claimed-twice"));
    let two = |change: fn(String) -> String| {
        let two = ingress("two", "/shop", "api", "number: 80");
        check(&(both.clone() + &ingress("one", "/shop", "web", "number: 80") + &change(two)), "");
    };
    two(|it| it.replace("spec:\n", "spec:\n  ingressClassName: internal\n"));
    two(|it| it.replace("Prefix", "Exact"));
    two(|it| it.replace("shop.example", "other.example"));
    two(|it| {
        it.replace(
            "{name: two}",
            "{name: two, annotations: {nginx.ingress.kubernetes.io/canary: 'true'}}",
        )
    });
}

const ROUTE: &str = "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: front}
spec:
  hostnames: [shop.example]
  rules:
  - matches: [{path: {value: /a}}, {path: {type: Exact, value: /b}}]
    backendRefs: [{name: web, namespace: back, port: 80}, {name: old, weight: 0, port: 80}]
---
";

#[test]
fn a_route_into_another_namespace_needs_a_grant() {
    let there = web().replace("metadata: {name: web}", "metadata: {name: web, namespace: back}");
    check(
        &(there.clone() + ROUTE),
        "warning backend-needs-grant 23:26 HTTPRoute `shop` leads to Service `web` of another namespace, and no ReferenceGrant there lets it
= help: add a ReferenceGrant to namespace `back`, from HTTPRoute of `front` to Services",
    );
    let grant = |to: &str| {
        format!(
            "apiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata: {{name: g, namespace: back}}\nspec: {{from: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: front}}], to: [{to}]}}\n"
        )
    };
    check(&(there.clone() + ROUTE + &grant("{group: '', kind: Service}")), "");
    check(&(there.clone() + ROUTE + &grant("{group: '', kind: Service, name: web}")), "");
    let other = there.clone() + ROUTE + &grant("{group: '', kind: Service, name: other}");
    assert!(found_in(&other, Scope::Whole, Probes::All).contains("backend-needs-grant"));
    let network = network(&(there + ROUTE));
    let ways: Vec<&str> = network.routes().iter().map(|it| it.path.as_str()).collect();
    assert_eq!(ways, ["/a", "/b"]);
    assert_eq!(network.routes()[0].host.as_deref(), Some("shop.example"));
}

#[test]
fn a_route_of_the_gateway_api_needs_a_port() {
    let text = web()
        + "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\nspec: {rules: [{backendRefs: [{name: web}]}, {backendRefs: [{kind: Bucket, group: x, name: b}]}]}\n";
    check(
        &text,
        "error backend-malformed 19:38 a backend of HTTPRoute `shop` leads nowhere: a Service needs a `port`",
    );
}

#[test]
fn what_the_api_server_calls_has_to_be_there() {
    let hook = |service: &str| {
        web()
            + &format!(
                "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {{name: checks}}\nwebhooks: [{{name: a.example, clientConfig: {{service: {service}}}}}]\n"
            )
    };
    let there = |service: &str| {
        hook(service).replace("metadata: {name: web}", "metadata: {name: web, namespace: back}")
    };
    check(&there("{name: web, namespace: back, port: 80}"), "");
    check(
        &there("{name: web, namespace: back}"),
        "error backend-port-unknown 19:61 14:30 ValidatingWebhookConfiguration `checks` asks Service `web` for port `443`, which it does not have
= help: it has 80 (`http`)",
    );
    let found = found_in(&there("{name: wbe, namespace: back}"), Scope::Whole, Probes::All);
    assert!(found.contains("leads to Service `wbe.back`, which is not there"), "{found}");
    let found = found_in(&hook("{name: web}"), Scope::Whole, Probes::All);
    assert!(found.contains("`service` has no `namespace`"), "{found}");
}

#[test]
fn pods_that_are_not_ready_are_not_for_routes() {
    let eager =
        web().replace("spec:\n  selector", "spec:\n  publishNotReadyAddresses: true\n  selector");
    check(
        &(eager + &ingress("shop", "/", "web", "number: 80")),
        "note route-before-ready 23:74 13:29 Ingress `shop` leads to Service `web`, which hands out pods that are not ready
= help: route to a second Service that waits until they are",
    );
}

#[test]
fn a_certificate_that_nobody_makes_is_noted() {
    let secured = |annotation: &str| {
        (web() + &ingress("shop", "/", "web", "number: 80"))
            .replace("metadata: {name: shop}", &format!("metadata: {{name: shop{annotation}}}"))
            .replace("  rules:", "  tls: [{secretName: shop-tls}]\n  rules:")
    };
    check(
        &secured(""),
        "note tls-secret-unknown 20:22 Ingress `shop` takes its certificate from Secret `shop-tls`, which is not among the objects
= note: without it most controllers answer with a certificate of their own
= help: see that it is made before the Ingress",
    );
    check(&secured(", annotations: {cert-manager.io/cluster-issuer: le}"), "");
    for maker in [
        "apiVersion: v1\nkind: Secret\nmetadata: {name: shop-tls}\n",
        "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: c}\nspec: {secretName: shop-tls}\n",
        "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e}\nspec: {target: {name: shop-tls}}\n",
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: shop-tls}\n",
    ] {
        check(&(secured("") + maker), "");
    }
}
