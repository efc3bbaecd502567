/// Returns whether objects of a kind are known to be in no namespace, by the facts that Kustomize has of Kubernetes'
/// own kinds.
pub(crate) fn is_cluster_scoped(api_version: &str, kind: &str) -> bool {
    let versions: &[&str] = match kind {
        "APIService" => &["apiregistration.k8s.io/v1", "apiregistration.k8s.io/v1beta1"],
        "CSIDriver" => &["storage.k8s.io/v1", "storage.k8s.io/v1beta1"],
        "CSINode" => &["storage.k8s.io/v1", "storage.k8s.io/v1beta1"],
        "CertificateSigningRequest" => &["certificates.k8s.io/v1", "certificates.k8s.io/v1beta1"],
        "ClusterRole" => &["rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1"],
        "ClusterRoleBinding" => {
            &["rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1"]
        }
        "ComponentStatus" => &["v1"],
        "CustomResourceDefinition" => &["apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1"],
        "FlowSchema" => &["flowcontrol.apiserver.k8s.io/v1beta1"],
        "IngressClass" => &["networking.k8s.io/v1", "networking.k8s.io/v1beta1"],
        "MutatingWebhookConfiguration" => {
            &["admissionregistration.k8s.io/v1", "admissionregistration.k8s.io/v1beta1"]
        }
        "Namespace" => &["v1"],
        "Node" => &["v1"],
        "NodeProxyOptions" => &["v1"],
        "PersistentVolume" => &["v1"],
        "PodSecurityPolicy" => &["policy/v1beta1"],
        "PriorityClass" => &["scheduling.k8s.io/v1", "scheduling.k8s.io/v1beta1"],
        "PriorityLevelConfiguration" => &["flowcontrol.apiserver.k8s.io/v1beta1"],
        "RuntimeClass" => &["node.k8s.io/v1", "node.k8s.io/v1beta1"],
        "StorageClass" => &["storage.k8s.io/v1", "storage.k8s.io/v1beta1"],
        "ValidatingAdmissionPolicy" => &["admissionregistration.k8s.io/v1"],
        "ValidatingAdmissionPolicyBinding" => &["admissionregistration.k8s.io/v1"],
        "ValidatingWebhookConfiguration" => {
            &["admissionregistration.k8s.io/v1", "admissionregistration.k8s.io/v1beta1"]
        }
        "VolumeAttachment" => &["storage.k8s.io/v1", "storage.k8s.io/v1beta1"],
        _ => return false,
    };
    versions.contains(&api_version)
}
