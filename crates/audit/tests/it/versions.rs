use tidegate_audit::Code;

use crate::fixture::{check, check_codes};

fn object(version: &str, kind: &str) -> String {
    format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: web}}\n")
}

#[test]
fn versions_that_are_gone_are_told_with_their_heirs() {
    check(
        &object("networking.k8s.io/v1beta1", "Ingress"),
        &[
            "api-removed 1:13 Ingress `web`: Kubernetes 1.22 and later don't serve networking.k8s.io/v1beta1",
            "help: write networking.k8s.io/v1, and adapt the fields that changed",
        ],
    );
    check(
        &object("policy/v1beta1", "PodSecurityPolicy"),
        &[
            "api-removed 1:13 PodSecurityPolicy `web`: Kubernetes 1.25 and later don't serve policy/v1beta1",
            "help: remove the object: nothing took its place under another version",
        ],
    );
    check(
        &object("v1", "Endpoints"),
        &[
            "api-deprecated 1:13 Endpoints `web`: Endpoints of v1 is deprecated since Kubernetes 1.33",
            "help: let EndpointSlice of discovery.k8s.io/v1 list the addresses",
        ],
    );
    for (version, kind) in [
        ("extensions/v1beta1", "Deployment"),
        ("apps/v1beta1", "StatefulSet"),
        ("batch/v1beta1", "CronJob"),
        ("rbac.authorization.k8s.io/v1beta1", "ClusterRole"),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler"),
        ("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema"),
    ] {
        check_codes(&object(version, kind), &[Code::ApiRemoved]);
    }
}

#[test]
fn versions_that_are_served_are_not_told() {
    for (version, kind) in [
        ("networking.k8s.io/v1", "Ingress"),
        ("networking.k8s.io/v1beta1", "IPAddress"),
        ("storage.k8s.io/v1beta1", "VolumeAttributesClass"),
        ("autoscaling/v2", "HorizontalPodAutoscaler"),
        ("v1", "Service"),
        ("example.com/v1beta1", "Ingress"),
    ] {
        check(&object(version, kind), &[]);
    }
}
