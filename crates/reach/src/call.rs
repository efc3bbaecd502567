use tidegate_source::Mark;

use crate::port::Protocol;
use crate::route::End;

/// A container that is told the address of a Service by a variable of its environment.
///
/// The variable is written out in the template, or comes from a ConfigMap among the objects. Its whole value is a URL
/// (`http://web.shop:8080/x`), or a host and a port where its name says that it holds an address (`WEB_ADDR`).
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_reach::Network;
///
/// let text = "kind: Pod\napiVersion: v1\nmetadata: {name: shop}\nspec:\n  containers:\n  - name: main\n    env: \
///             [{name: WEB, value: 'http://web:8080/'}]\n---\nkind: Service\napiVersion: v1\nmetadata: {name: web}\n\
///             spec: {ports: [{port: 80}]}\n";
/// let source = tidegate_source::Sources::new().add("shop.yaml", text);
/// let network = Network::of(&manifests(text.into(), source).expect("no mistake"));
/// let call = &network.calls()[0];
/// assert_eq!((call.variable.as_str(), call.service, call.number), ("WEB", 0, 8080));
/// assert_eq!(call.port, None, "the Service has no such port");
/// ```
///
/// Source: Kubernetes `dns` specification, 2.3: `NAME.NAMESPACE.svc.ZONE`, which the search list of a pod shortens.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Call {
    /// The pods that call: an index of [`Network::pods`](crate::Network::pods).
    pub from: usize,
    /// The container.
    pub container: String,
    /// The variable.
    pub variable: String,
    /// The Service: an index of [`Network::services`](crate::Network::services).
    pub service: usize,
    /// The port that is called.
    pub number: u16,
    /// The port of the Service: an index of its ports; `None` where it has no such port or needs none.
    pub port: Option<usize>,
    /// Where it ends; the verdicts are for these callers.
    pub ends: Vec<End>,
    /// Where the address was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) address: String,
}

/// A host and a port that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address<'t> {
    pub(crate) host: &'t str,
    pub(crate) port: u16,
    pub(crate) protocol: Protocol,
}

/// Ends of names of variables that hold an address without a scheme.
const ADDRESSES: [&str; 7] = ["ADDR", "ADDRESS", "ENDPOINT", "HOST", "SERVER", "URL", "URI"];

/// Reads the value of a variable as an address; `None` for everything else.
pub(crate) fn address<'t>(variable: &str, value: &'t str) -> Option<Address<'t>> {
    let last = variable.rsplit(['_', '.', '-']).next().unwrap_or_default();
    let holds_address = || ADDRESSES.iter().any(|it| last.eq_ignore_ascii_case(it));
    let parts = value.split_once("://").or_else(|| holds_address().then_some(("", value)));
    let (scheme, rest) = parts?;
    let in_scheme = |it: u8| it.is_ascii_alphanumeric() || b"+-.:".contains(&it);
    let simple = |it: u8| it.is_ascii_graphic() && !b",;$()[]{}\"'<>|".contains(&it);
    if !scheme.bytes().all(in_scheme) || !rest.bytes().all(simple) {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit_once('@').map_or(authority, |(_, it)| it);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, port.parse().ok().filter(|it| *it > 0)?),
        None => (authority, default_port(scheme)?),
    };
    let protocol = if scheme.eq_ignore_ascii_case("udp") { Protocol::Udp } else { Protocol::Tcp };
    Some(Address { host, port, protocol })
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        _ => None,
    }
}

/// Reads a host as the name of a Service and its namespace; `None` for the namespace means that of the caller.
pub(crate) fn service_of(host: &str) -> Option<(&str, Option<&str>)> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let parts: Vec<&str> = host.split('.').collect();
    match parts.as_slice() {
        [name] => Some((name, None)),
        [name, namespace]
        | [name, namespace, "svc"]
        | [name, namespace, "svc", "cluster", "local"] => Some((name, Some(namespace))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variable: &str, value: &str, expected: Option<(&str, u16)>) {
        let found = address(variable, value).map(|it| (it.host, it.port));
        assert_eq!(found, expected, "{variable}={value}");
    }

    #[test]
    fn urls_and_addresses_are_read_and_nothing_else() {
        check("A", "http://web", Some(("web", 80)));
        check("A", "https://web.shop/x?y=http://other:1", Some(("web.shop", 443)));
        check("A", "jdbc:postgresql://db:5432/shop", Some(("db", 5432)));
        check("A", "redis://user:p@cache:6379/0", Some(("cache", 6379)));
        check("A", "redis://cache/0", None);
        check("A", "http://a:1,http://b:2", None);
        check("A", "http://$(HOST):80", None);
        check("A", "http://web:http", None);
        check("A", "http://web:0", None);
        check("IMAGE", "web:80", None);
        check("CART_ADDR", "cart:7070", Some(("cart", 7070)));
        check("cartUrl", "cart:7070", None);
        check("cart.url", "cart:7070", Some(("cart", 7070)));
        check("CART_ADDR", "cart", None);
    }

    #[test]
    fn hosts_name_services_as_the_search_list_completes_them() {
        assert_eq!(service_of("web"), Some(("web", None)));
        assert_eq!(service_of("web.shop"), Some(("web", Some("shop"))));
        assert_eq!(service_of("web.shop.svc"), Some(("web", Some("shop"))));
        assert_eq!(service_of("web.shop.svc.cluster.local."), Some(("web", Some("shop"))));
        assert_eq!(service_of("web-0.web.shop.svc"), None);
        assert_eq!(service_of("www.example.com"), None);
    }
}
