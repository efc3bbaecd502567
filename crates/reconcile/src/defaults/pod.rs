//! Pods and their templates.

use tidegate_object::{Map, Node};

use tidegate_workload::PullPolicy;

use super::{below, default, each, inside, text};

pub(super) fn template(template: &mut Map) {
    below(template, "spec", spec);
}

pub(super) fn spec(spec: &mut Map) {
    default(spec, "dnsPolicy", "ClusterFirst");
    default(spec, "restartPolicy", "Always");
    default(spec, "terminationGracePeriodSeconds", 30);
    default(spec, "schedulerName", "default-scheduler");
    default(spec, "enableServiceLinks", true);
    default(spec, "securityContext", Map::new());
    if let Some(account) = spec.get("serviceAccountName").filter(|it| !it.is_null()).cloned() {
        default(spec, "serviceAccount", account);
    }
    let host_network = spec.get("hostNetwork").and_then(Node::as_bool) == Some(true);
    for containers in ["containers", "initContainers", "ephemeralContainers"] {
        each(spec, containers, |it| container(it, host_network));
    }
    each(spec, "volumes", volume);
}

fn container(container: &mut Map, host_network: bool) {
    default(container, "terminationMessagePath", "/dev/termination-log");
    default(container, "terminationMessagePolicy", "File");
    let policy = Node::from(PullPolicy::default_for(text(container, "image")).to_string());
    default(container, "imagePullPolicy", policy);
    inside(container, "resources", |resources| {
        let limits = resources.get("limits").cloned();
        if let Some(limits) = limits.as_ref().and_then(Node::as_map).filter(|it| !it.is_empty()) {
            inside(resources, "requests", |requests| {
                for entry in limits.entries() {
                    if requests.get(&entry.key).is_none_or(Node::is_null) {
                        requests.insert(entry.key.clone(), entry.node.clone());
                    }
                }
            });
        }
    });
    each(container, "ports", |port| {
        default(port, "protocol", "TCP");
        if host_network && let Some(number) = port.get("containerPort").cloned() {
            default(port, "hostPort", number);
        }
    });
    each(container, "env", |variable| {
        below(variable, "valueFrom", |from| {
            below(from, "fieldRef", |it| default(it, "apiVersion", "v1"));
        });
    });
    for kind in ["livenessProbe", "readinessProbe", "startupProbe"] {
        below(container, kind, probe);
    }
    below(container, "lifecycle", |lifecycle| {
        below(lifecycle, "postStart", handler);
        below(lifecycle, "preStop", handler);
    });
}

/// A zero counts as unset.
fn probe(probe: &mut Map) {
    handler(probe);
    for (key, value) in [
        ("timeoutSeconds", 1),
        ("periodSeconds", 10),
        ("successThreshold", 1),
        ("failureThreshold", 3),
    ] {
        if probe.get(key).and_then(Node::as_i64) == Some(0) {
            probe.remove(key);
        }
        default(probe, key, value);
    }
}

fn handler(handler: &mut Map) {
    below(handler, "httpGet", |http| {
        if text(http, "path").is_empty() {
            http.insert("path", Node::from("/"));
        }
        if text(http, "scheme").is_empty() {
            http.insert("scheme", Node::from("HTTP"));
        }
    });
    below(handler, "grpc", |grpc| default(grpc, "service", ""));
}

/// Octal 0644.
const DEFAULT_MODE: i64 = 0o644;

fn volume(volume: &mut Map) {
    let sources = volume.iter().filter(|(key, node)| *key != "name" && !node.is_null()).count();
    if sources == 0 {
        default(volume, "emptyDir", Map::new());
    }
    for source in ["configMap", "secret", "downwardAPI", "projected"] {
        below(volume, source, |it| default(it, "defaultMode", DEFAULT_MODE));
    }
    below(volume, "downwardAPI", field_refs);
    below(volume, "projected", |projected| {
        each(projected, "sources", |source| {
            below(source, "downwardAPI", field_refs);
            below(source, "serviceAccountToken", |it| default(it, "expirationSeconds", 3600));
        });
    });
    below(volume, "hostPath", |it| default(it, "type", ""));
    below(volume, "iscsi", |it| default(it, "iscsiInterface", "default"));
    below(volume, "ephemeral", |ephemeral| {
        below(ephemeral, "volumeClaimTemplate", |claim| {
            below(claim, "spec", |spec| default(spec, "volumeMode", "Filesystem"));
        });
    });
}

fn field_refs(source: &mut Map) {
    each(source, "items", |item| below(item, "fieldRef", |it| default(it, "apiVersion", "v1")));
}
