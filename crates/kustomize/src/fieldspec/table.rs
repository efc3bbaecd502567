// Written by `cargo xtask codegen`; change the generator, not this file.

use super::builtin::{field, list, reference, spec};
use super::{FieldSpec, NameReference, Segment};

pub(super) static COMMON_ANNOTATIONS: [FieldSpec; 9] = [
    spec("spec/template/metadata/annotations", &PATH_0, "Deployment", "", "", true),
    spec("spec/template/metadata/annotations", &PATH_0, "StatefulSet", "", "", true),
    spec("spec/jobTemplate/metadata/annotations", &PATH_1, "CronJob", "batch", "", true),
    spec("spec/jobTemplate/spec/template/metadata/annotations", &PATH_2, "CronJob", "batch", "", true),
    spec("spec/template/metadata/annotations", &PATH_0, "Job", "batch", "", true),
    spec("spec/template/metadata/annotations", &PATH_0, "ReplicationController", "", "v1", true),
    spec("spec/template/metadata/annotations", &PATH_0, "DaemonSet", "", "", true),
    spec("spec/template/metadata/annotations", &PATH_0, "ReplicaSet", "", "", true),
    spec("metadata/annotations", &PATH_3, "", "", "", true),
];

pub(super) static COMMON_LABELS: [FieldSpec; 32] = [
    spec("spec/selector", &PATH_4, "Service", "", "v1", true),
    spec("spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", &PATH_5, "Deployment", "apps", "", false),
    spec("spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", &PATH_6, "Deployment", "apps", "", false),
    spec("spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", &PATH_7, "Deployment", "apps", "", false),
    spec("spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", &PATH_8, "Deployment", "apps", "", false),
    spec("spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", &PATH_9, "Deployment", "apps", "", false),
    spec("spec/selector/matchLabels", &PATH_10, "Deployment", "", "", true),
    spec("spec/template/metadata/labels", &PATH_11, "Deployment", "", "", true),
    spec("spec/selector/matchLabels", &PATH_10, "StatefulSet", "apps", "", true),
    spec("spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", &PATH_5, "StatefulSet", "apps", "", false),
    spec("spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", &PATH_6, "StatefulSet", "apps", "", false),
    spec("spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", &PATH_7, "StatefulSet", "apps", "", false),
    spec("spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", &PATH_8, "StatefulSet", "apps", "", false),
    spec("spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", &PATH_9, "StatefulSet", "apps", "", false),
    spec("spec/template/metadata/labels", &PATH_11, "StatefulSet", "apps", "", true),
    spec("spec/volumeClaimTemplates[]/metadata/labels", &PATH_12, "StatefulSet", "apps", "", true),
    spec("spec/jobTemplate/spec/selector/matchLabels", &PATH_13, "CronJob", "batch", "", false),
    spec("spec/jobTemplate/metadata/labels", &PATH_14, "CronJob", "batch", "", true),
    spec("spec/jobTemplate/spec/template/metadata/labels", &PATH_15, "CronJob", "batch", "", true),
    spec("spec/selector/matchLabels", &PATH_10, "PodDisruptionBudget", "policy", "", false),
    spec("spec/selector/matchLabels", &PATH_10, "Job", "batch", "", false),
    spec("spec/template/metadata/labels", &PATH_11, "Job", "batch", "", true),
    spec("spec/podSelector/matchLabels", &PATH_16, "NetworkPolicy", "networking.k8s.io", "", false),
    spec("spec/ingress/from/podSelector/matchLabels", &PATH_17, "NetworkPolicy", "networking.k8s.io", "", false),
    spec("spec/egress/to/podSelector/matchLabels", &PATH_18, "NetworkPolicy", "networking.k8s.io", "", false),
    spec("spec/selector", &PATH_4, "ReplicationController", "", "v1", true),
    spec("spec/template/metadata/labels", &PATH_11, "ReplicationController", "", "v1", true),
    spec("spec/selector/matchLabels", &PATH_10, "DaemonSet", "", "", true),
    spec("spec/template/metadata/labels", &PATH_11, "DaemonSet", "", "", true),
    spec("spec/selector/matchLabels", &PATH_10, "ReplicaSet", "", "", true),
    spec("spec/template/metadata/labels", &PATH_11, "ReplicaSet", "", "", true),
    spec("metadata/labels", &PATH_19, "", "", "", true),
];

pub(super) static IMAGES: [FieldSpec; 6] = [
    spec("spec/containers[]/image", &PATH_20, "", "", "", true),
    spec("spec/initContainers[]/image", &PATH_21, "", "", "", true),
    spec("spec/volumes[]/image/reference", &PATH_22, "", "", "", true),
    spec("spec/template/spec/containers[]/image", &PATH_23, "", "", "", true),
    spec("spec/template/spec/initContainers[]/image", &PATH_24, "", "", "", true),
    spec("spec/template/spec/volumes[]/image/reference", &PATH_25, "", "", "", true),
];

pub(super) static NAME_PREFIX: [FieldSpec; 1] = [
    spec("metadata/name", &PATH_26, "", "", "", false),
];

static REFERRERS_0: [FieldSpec; 3] = [
    spec("spec/storageClassName", &PATH_27, "PersistentVolume", "", "", false),
    spec("spec/storageClassName", &PATH_27, "PersistentVolumeClaim", "", "", false),
    spec("spec/volumeClaimTemplates/spec/storageClassName", &PATH_28, "StatefulSet", "", "", false),
];

static REFERRERS_1: [FieldSpec; 9] = [
    spec("subjects", &PATH_29, "RoleBinding", "rbac.authorization.k8s.io", "", false),
    spec("subjects", &PATH_29, "ClusterRoleBinding", "rbac.authorization.k8s.io", "", false),
    spec("spec/serviceAccountName", &PATH_30, "Pod", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_31, "StatefulSet", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_31, "Deployment", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_31, "ReplicationController", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/serviceAccountName", &PATH_32, "CronJob", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_31, "Job", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_31, "DaemonSet", "", "", false),
];

static REFERRERS_2: [FieldSpec; 1] = [
    spec("roleRef/name", &PATH_33, "RoleBinding", "rbac.authorization.k8s.io", "", false),
];

static REFERRERS_3: [FieldSpec; 2] = [
    spec("roleRef/name", &PATH_33, "RoleBinding", "rbac.authorization.k8s.io", "", false),
    spec("roleRef/name", &PATH_33, "ClusterRoleBinding", "rbac.authorization.k8s.io", "", false),
];

static REFERRERS_4: [FieldSpec; 52] = [
    spec("spec/volumes/configMap/name", &PATH_34, "Pod", "", "v1", false),
    spec("spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_35, "Pod", "", "v1", false),
    spec("spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_36, "Pod", "", "v1", false),
    spec("spec/containers/envFrom/configMapRef/name", &PATH_37, "Pod", "", "v1", false),
    spec("spec/initContainers/envFrom/configMapRef/name", &PATH_38, "Pod", "", "v1", false),
    spec("spec/volumes/projected/sources/configMap/name", &PATH_39, "Pod", "", "v1", false),
    spec("template/spec/volumes/configMap/name", &PATH_40, "PodTemplate", "", "", false),
    spec("template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_41, "PodTemplate", "", "", false),
    spec("template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_42, "PodTemplate", "", "", false),
    spec("template/spec/containers/envFrom/configMapRef/name", &PATH_43, "PodTemplate", "", "", false),
    spec("template/spec/initContainers/envFrom/configMapRef/name", &PATH_44, "PodTemplate", "", "", false),
    spec("template/spec/volumes/projected/sources/configMap/name", &PATH_45, "PodTemplate", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_46, "Deployment", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_47, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_48, "Deployment", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_49, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_50, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_51, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_46, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_47, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_48, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_49, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_50, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_51, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_46, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_47, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_48, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_49, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_50, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_51, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_46, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_47, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_48, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_49, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_50, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_51, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_46, "Job", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_47, "Job", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_48, "Job", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_49, "Job", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_50, "Job", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_51, "Job", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/configMap/name", &PATH_52, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/projected/sources/configMap/name", &PATH_53, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_54, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_55, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/envFrom/configMapRef/name", &PATH_56, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_57, "CronJob", "", "", false),
    spec("spec/configSource/configMap", &PATH_58, "Node", "", "", false),
    spec("rules/resourceNames", &PATH_59, "Role", "", "", false),
    spec("rules/resourceNames", &PATH_59, "ClusterRole", "", "", false),
    spec("metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap", &PATH_60, "Ingress", "", "", false),
];

static REFERRERS_5: [FieldSpec; 70] = [
    spec("spec/volumes/secret/secretName", &PATH_61, "Pod", "", "v1", false),
    spec("spec/containers/env/valueFrom/secretKeyRef/name", &PATH_62, "Pod", "", "v1", false),
    spec("spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_63, "Pod", "", "v1", false),
    spec("spec/containers/envFrom/secretRef/name", &PATH_64, "Pod", "", "v1", false),
    spec("spec/initContainers/envFrom/secretRef/name", &PATH_65, "Pod", "", "v1", false),
    spec("spec/imagePullSecrets/name", &PATH_66, "Pod", "", "v1", false),
    spec("spec/volumes/projected/sources/secret/name", &PATH_67, "Pod", "", "v1", false),
    spec("template/spec/volumes/secret/secretName", &PATH_68, "PodTemplate", "", "", false),
    spec("template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_69, "PodTemplate", "", "", false),
    spec("template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_70, "PodTemplate", "", "", false),
    spec("template/spec/containers/envFrom/secretRef/name", &PATH_71, "PodTemplate", "", "", false),
    spec("template/spec/initContainers/envFrom/secretRef/name", &PATH_72, "PodTemplate", "", "", false),
    spec("template/spec/imagePullSecrets/name", &PATH_73, "PodTemplate", "", "", false),
    spec("template/spec/volumes/projected/sources/secret/name", &PATH_74, "PodTemplate", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_75, "Deployment", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_76, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_77, "Deployment", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_78, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_79, "Deployment", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_80, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_81, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_75, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_76, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_77, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_78, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_79, "ReplicaSet", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_80, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_81, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_75, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_76, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_77, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_78, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_79, "DaemonSet", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_80, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_81, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_75, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_76, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_77, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_78, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_79, "StatefulSet", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_80, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_81, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_75, "Job", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_76, "Job", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_77, "Job", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_78, "Job", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_79, "Job", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_80, "Job", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_81, "Job", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/secret/secretName", &PATH_82, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/projected/sources/secret/name", &PATH_83, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_84, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_85, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/envFrom/secretRef/name", &PATH_86, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_87, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/imagePullSecrets/name", &PATH_88, "CronJob", "", "", false),
    spec("spec/tls/secretName", &PATH_89, "Ingress", "", "", false),
    spec("metadata/annotations/ingress.kubernetes.io\\/auth-secret", &PATH_90, "Ingress", "", "", false),
    spec("metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret", &PATH_91, "Ingress", "", "", false),
    spec("metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret", &PATH_92, "Ingress", "", "", false),
    spec("spec/tls/secretName", &PATH_89, "Ingress", "", "", false),
    spec("imagePullSecrets/name", &PATH_93, "ServiceAccount", "", "", false),
    spec("parameters/secretName", &PATH_94, "StorageClass", "", "", false),
    spec("parameters/adminSecretName", &PATH_95, "StorageClass", "", "", false),
    spec("parameters/userSecretName", &PATH_96, "StorageClass", "", "", false),
    spec("parameters/secretRef", &PATH_97, "StorageClass", "", "", false),
    spec("rules/resourceNames", &PATH_59, "Role", "", "", false),
    spec("rules/resourceNames", &PATH_59, "ClusterRole", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_76, "Service", "serving.knative.dev", "v1", false),
    spec("spec/azureFile/secretName", &PATH_98, "PersistentVolume", "", "", false),
];

static REFERRERS_6: [FieldSpec; 8] = [
    spec("spec/serviceName", &PATH_99, "StatefulSet", "apps", "", false),
    spec("spec/rules/http/paths/backend/serviceName", &PATH_100, "Ingress", "", "", false),
    spec("spec/backend/serviceName", &PATH_101, "Ingress", "", "", false),
    spec("spec/rules/http/paths/backend/service/name", &PATH_102, "Ingress", "", "", false),
    spec("spec/defaultBackend/service/name", &PATH_103, "Ingress", "", "", false),
    spec("spec/service/name", &PATH_104, "APIService", "apiregistration.k8s.io", "", false),
    spec("webhooks/clientConfig/service", &PATH_105, "ValidatingWebhookConfiguration", "admissionregistration.k8s.io", "", false),
    spec("webhooks/clientConfig/service", &PATH_105, "MutatingWebhookConfiguration", "admissionregistration.k8s.io", "", false),
];

static REFERRERS_7: [FieldSpec; 7] = [
    spec("spec/priorityClassName", &PATH_106, "Pod", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_107, "StatefulSet", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_107, "Deployment", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_107, "ReplicationController", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/priorityClassName", &PATH_108, "CronJob", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_107, "Job", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_107, "DaemonSet", "", "", false),
];

static REFERRERS_8: [FieldSpec; 2] = [
    spec("spec/volumeName", &PATH_109, "PersistentVolumeClaim", "", "", false),
    spec("rules/resourceNames", &PATH_59, "ClusterRole", "", "", false),
];

static REFERRERS_9: [FieldSpec; 7] = [
    spec("spec/volumes/persistentVolumeClaim/claimName", &PATH_110, "Pod", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_111, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_111, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_111, "ReplicationController", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_112, "CronJob", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_111, "Job", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_111, "DaemonSet", "", "", false),
];

static REFERRERS_10: [FieldSpec; 1] = [
    spec("spec/scaleTargetRef/name", &PATH_113, "HorizontalPodAutoscaler", "", "", false),
];

static REFERRERS_11: [FieldSpec; 1] = [
    spec("spec/scaleTargetRef/name", &PATH_113, "HorizontalPodAutoscaler", "", "", false),
];

static REFERRERS_12: [FieldSpec; 1] = [
    spec("spec/policyName", &PATH_114, "ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io", "", false),
];

static REFERRERS_13: [FieldSpec; 1] = [
    spec("spec/ingressClassName", &PATH_115, "Ingress", "", "", false),
];

static REFERRERS_14: [FieldSpec; 1] = [
    spec("spec/scaleTargetRef/name", &PATH_113, "HorizontalPodAutoscaler", "", "", false),
];

static REFERRERS_15: [FieldSpec; 1] = [
    spec("spec/scaleTargetRef/name", &PATH_113, "HorizontalPodAutoscaler", "", "", false),
];

pub(super) static NAME_REFERENCE: [NameReference; 16] = [
    reference("StorageClass", "storage.k8s.io", "v1", &REFERRERS_0),
    reference("ServiceAccount", "", "v1", &REFERRERS_1),
    reference("Role", "rbac.authorization.k8s.io", "", &REFERRERS_2),
    reference("ClusterRole", "rbac.authorization.k8s.io", "", &REFERRERS_3),
    reference("ConfigMap", "", "v1", &REFERRERS_4),
    reference("Secret", "", "v1", &REFERRERS_5),
    reference("Service", "", "v1", &REFERRERS_6),
    reference("PriorityClass", "scheduling.k8s.io", "v1", &REFERRERS_7),
    reference("PersistentVolume", "", "v1", &REFERRERS_8),
    reference("PersistentVolumeClaim", "", "v1", &REFERRERS_9),
    reference("Deployment", "", "", &REFERRERS_10),
    reference("StatefulSet", "", "", &REFERRERS_11),
    reference("ValidatingAdmissionPolicy", "admissionregistration.k8s.io", "", &REFERRERS_12),
    reference("IngressClass", "networking.k8s.io/v1", "v1", &REFERRERS_13),
    reference("ReplicaSet", "", "", &REFERRERS_14),
    reference("ReplicationController", "", "", &REFERRERS_15),
];

pub(super) static NAME_SUFFIX: [FieldSpec; 1] = [
    spec("metadata/name", &PATH_26, "", "", "", false),
];

pub(super) static NAMESPACE: [FieldSpec; 3] = [
    spec("metadata/name", &PATH_26, "Namespace", "", "", true),
    spec("spec/conversion/webhook/clientConfig/service/namespace", &PATH_116, "CustomResourceDefinition", "apiextensions.k8s.io", "", false),
    spec("spec/service/namespace", &PATH_117, "APIService", "apiregistration.k8s.io", "", true),
];

pub(super) static REPLICAS: [FieldSpec; 4] = [
    spec("spec/replicas", &PATH_118, "Deployment", "", "", true),
    spec("spec/replicas", &PATH_118, "StatefulSet", "", "", true),
    spec("spec/replicas", &PATH_118, "ReplicaSet", "", "", true),
    spec("spec/replicas", &PATH_118, "ReplicationController", "", "", true),
];

pub(super) static TEMPLATE_LABELS: [FieldSpec; 9] = [
    spec("spec/template/metadata/labels", &PATH_11, "Deployment", "", "", true),
    spec("spec/template/metadata/labels", &PATH_11, "StatefulSet", "apps", "", true),
    spec("spec/jobTemplate/metadata/labels", &PATH_14, "CronJob", "batch", "", true),
    spec("spec/jobTemplate/spec/template/metadata/labels", &PATH_15, "CronJob", "batch", "", true),
    spec("spec/template/metadata/labels", &PATH_11, "Job", "batch", "", true),
    spec("spec/template/metadata/labels", &PATH_11, "ReplicationController", "", "v1", true),
    spec("spec/template/metadata/labels", &PATH_11, "DaemonSet", "", "", true),
    spec("spec/template/metadata/labels", &PATH_11, "ReplicaSet", "", "", true),
    spec("metadata/labels", &PATH_19, "", "", "", true),
];

pub(super) static VAR_REFERENCE: [FieldSpec; 72] = [
    spec("spec/ports/port", &PATH_119, "Service", "", "", false),
    spec("spec/ports/targetPort", &PATH_120, "Service", "", "", false),
    spec("spec/nfs/server", &PATH_121, "PersistentVolume", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_122, "Deployment", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_123, "Deployment", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_124, "Deployment", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_125, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_126, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_127, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_128, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_129, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/nfs/server", &PATH_130, "Deployment", "", "", false),
    spec("spec/template/metadata/annotations", &PATH_0, "Deployment", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_122, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_123, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_124, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_125, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_126, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_127, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_128, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_129, "StatefulSet", "", "", false),
    spec("spec/volumeClaimTemplates/spec/nfs/server", &PATH_131, "StatefulSet", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/args", &PATH_132, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/command", &PATH_133, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/env/value", &PATH_134, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/volumeMounts/mountPath", &PATH_135, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/args", &PATH_136, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/command", &PATH_137, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/env/value", &PATH_138, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_139, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/volumes/nfs/server", &PATH_140, "CronJob", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_122, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_123, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_124, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_125, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_126, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_127, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_128, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_129, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/nfs/server", &PATH_130, "DaemonSet", "", "", false),
    spec("spec/rules/host", &PATH_141, "Ingress", "", "", false),
    spec("spec/tls/hosts", &PATH_142, "Ingress", "", "", false),
    spec("spec/tls/secretName", &PATH_89, "Ingress", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_122, "Job", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_123, "Job", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_124, "Job", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_125, "Job", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_126, "Job", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_127, "Job", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_128, "Job", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_129, "Job", "", "", false),
    spec("spec/template/spec/volumes/nfs/server", &PATH_130, "Job", "", "", false),
    spec("spec/containers/args", &PATH_143, "Pod", "", "", false),
    spec("spec/containers/command", &PATH_144, "Pod", "", "", false),
    spec("spec/containers/env/value", &PATH_145, "Pod", "", "", false),
    spec("spec/containers/volumeMounts/mountPath", &PATH_146, "Pod", "", "", false),
    spec("spec/initContainers/args", &PATH_147, "Pod", "", "", false),
    spec("spec/initContainers/command", &PATH_148, "Pod", "", "", false),
    spec("spec/initContainers/env/value", &PATH_149, "Pod", "", "", false),
    spec("spec/initContainers/volumeMounts/mountPath", &PATH_150, "Pod", "", "", false),
    spec("spec/volumes/nfs/server", &PATH_151, "Pod", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_122, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_123, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_124, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_125, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_126, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_127, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_128, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_129, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/nfs/server", &PATH_130, "ReplicaSet", "", "", false),
    spec("metadata/labels", &PATH_19, "", "", "", false),
    spec("metadata/annotations", &PATH_3, "", "", "", false),
];

pub(super) static VOLUME_CLAIM_TEMPLATE_LABELS: [FieldSpec; 1] = [
    spec("spec/volumeClaimTemplates[]/metadata/labels", &PATH_12, "StatefulSet", "apps", "", true),
];

static PATH_0: [Segment; 4] = [field("spec"), field("template"), field("metadata"), field("annotations")];
static PATH_1: [Segment; 4] = [field("spec"), field("jobTemplate"), field("metadata"), field("annotations")];
static PATH_2: [Segment; 6] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("metadata"), field("annotations")];
static PATH_3: [Segment; 2] = [field("metadata"), field("annotations")];
static PATH_4: [Segment; 2] = [field("spec"), field("selector")];
static PATH_5: [Segment; 9] = [field("spec"), field("template"), field("spec"), field("affinity"), field("podAffinity"), field("preferredDuringSchedulingIgnoredDuringExecution"), field("podAffinityTerm"), field("labelSelector"), field("matchLabels")];
static PATH_6: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("affinity"), field("podAffinity"), field("requiredDuringSchedulingIgnoredDuringExecution"), field("labelSelector"), field("matchLabels")];
static PATH_7: [Segment; 9] = [field("spec"), field("template"), field("spec"), field("affinity"), field("podAntiAffinity"), field("preferredDuringSchedulingIgnoredDuringExecution"), field("podAffinityTerm"), field("labelSelector"), field("matchLabels")];
static PATH_8: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("affinity"), field("podAntiAffinity"), field("requiredDuringSchedulingIgnoredDuringExecution"), field("labelSelector"), field("matchLabels")];
static PATH_9: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("topologySpreadConstraints"), field("labelSelector"), field("matchLabels")];
static PATH_10: [Segment; 3] = [field("spec"), field("selector"), field("matchLabels")];
static PATH_11: [Segment; 4] = [field("spec"), field("template"), field("metadata"), field("labels")];
static PATH_12: [Segment; 4] = [field("spec"), list("volumeClaimTemplates"), field("metadata"), field("labels")];
static PATH_13: [Segment; 5] = [field("spec"), field("jobTemplate"), field("spec"), field("selector"), field("matchLabels")];
static PATH_14: [Segment; 4] = [field("spec"), field("jobTemplate"), field("metadata"), field("labels")];
static PATH_15: [Segment; 6] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("metadata"), field("labels")];
static PATH_16: [Segment; 3] = [field("spec"), field("podSelector"), field("matchLabels")];
static PATH_17: [Segment; 5] = [field("spec"), field("ingress"), field("from"), field("podSelector"), field("matchLabels")];
static PATH_18: [Segment; 5] = [field("spec"), field("egress"), field("to"), field("podSelector"), field("matchLabels")];
static PATH_19: [Segment; 2] = [field("metadata"), field("labels")];
static PATH_20: [Segment; 3] = [field("spec"), list("containers"), field("image")];
static PATH_21: [Segment; 3] = [field("spec"), list("initContainers"), field("image")];
static PATH_22: [Segment; 4] = [field("spec"), list("volumes"), field("image"), field("reference")];
static PATH_23: [Segment; 5] = [field("spec"), field("template"), field("spec"), list("containers"), field("image")];
static PATH_24: [Segment; 5] = [field("spec"), field("template"), field("spec"), list("initContainers"), field("image")];
static PATH_25: [Segment; 6] = [field("spec"), field("template"), field("spec"), list("volumes"), field("image"), field("reference")];
static PATH_26: [Segment; 2] = [field("metadata"), field("name")];
static PATH_27: [Segment; 2] = [field("spec"), field("storageClassName")];
static PATH_28: [Segment; 4] = [field("spec"), field("volumeClaimTemplates"), field("spec"), field("storageClassName")];
static PATH_29: [Segment; 1] = [field("subjects")];
static PATH_30: [Segment; 2] = [field("spec"), field("serviceAccountName")];
static PATH_31: [Segment; 4] = [field("spec"), field("template"), field("spec"), field("serviceAccountName")];
static PATH_32: [Segment; 6] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("serviceAccountName")];
static PATH_33: [Segment; 2] = [field("roleRef"), field("name")];
static PATH_34: [Segment; 4] = [field("spec"), field("volumes"), field("configMap"), field("name")];
static PATH_35: [Segment; 6] = [field("spec"), field("containers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_36: [Segment; 6] = [field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_37: [Segment; 5] = [field("spec"), field("containers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_38: [Segment; 5] = [field("spec"), field("initContainers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_39: [Segment; 6] = [field("spec"), field("volumes"), field("projected"), field("sources"), field("configMap"), field("name")];
static PATH_40: [Segment; 5] = [field("template"), field("spec"), field("volumes"), field("configMap"), field("name")];
static PATH_41: [Segment; 7] = [field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_42: [Segment; 7] = [field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_43: [Segment; 6] = [field("template"), field("spec"), field("containers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_44: [Segment; 6] = [field("template"), field("spec"), field("initContainers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_45: [Segment; 7] = [field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("configMap"), field("name")];
static PATH_46: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("volumes"), field("configMap"), field("name")];
static PATH_47: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_48: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_49: [Segment; 7] = [field("spec"), field("template"), field("spec"), field("containers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_50: [Segment; 7] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_51: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("configMap"), field("name")];
static PATH_52: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("configMap"), field("name")];
static PATH_53: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("configMap"), field("name")];
static PATH_54: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_55: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_56: [Segment; 9] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_57: [Segment; 9] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_58: [Segment; 3] = [field("spec"), field("configSource"), field("configMap")];
static PATH_59: [Segment; 2] = [field("rules"), field("resourceNames")];
static PATH_60: [Segment; 3] = [field("metadata"), field("annotations"), field("nginx.ingress.kubernetes.io/fastcgi-params-configmap")];
static PATH_61: [Segment; 4] = [field("spec"), field("volumes"), field("secret"), field("secretName")];
static PATH_62: [Segment; 6] = [field("spec"), field("containers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_63: [Segment; 6] = [field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_64: [Segment; 5] = [field("spec"), field("containers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_65: [Segment; 5] = [field("spec"), field("initContainers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_66: [Segment; 3] = [field("spec"), field("imagePullSecrets"), field("name")];
static PATH_67: [Segment; 6] = [field("spec"), field("volumes"), field("projected"), field("sources"), field("secret"), field("name")];
static PATH_68: [Segment; 5] = [field("template"), field("spec"), field("volumes"), field("secret"), field("secretName")];
static PATH_69: [Segment; 7] = [field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_70: [Segment; 7] = [field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_71: [Segment; 6] = [field("template"), field("spec"), field("containers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_72: [Segment; 6] = [field("template"), field("spec"), field("initContainers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_73: [Segment; 4] = [field("template"), field("spec"), field("imagePullSecrets"), field("name")];
static PATH_74: [Segment; 7] = [field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("secret"), field("name")];
static PATH_75: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("volumes"), field("secret"), field("secretName")];
static PATH_76: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_77: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_78: [Segment; 7] = [field("spec"), field("template"), field("spec"), field("containers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_79: [Segment; 7] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_80: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("imagePullSecrets"), field("name")];
static PATH_81: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("secret"), field("name")];
static PATH_82: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("secret"), field("secretName")];
static PATH_83: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("secret"), field("name")];
static PATH_84: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_85: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_86: [Segment; 9] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_87: [Segment; 9] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_88: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("imagePullSecrets"), field("name")];
static PATH_89: [Segment; 3] = [field("spec"), field("tls"), field("secretName")];
static PATH_90: [Segment; 3] = [field("metadata"), field("annotations"), field("ingress.kubernetes.io/auth-secret")];
static PATH_91: [Segment; 3] = [field("metadata"), field("annotations"), field("nginx.ingress.kubernetes.io/auth-secret")];
static PATH_92: [Segment; 3] = [field("metadata"), field("annotations"), field("nginx.ingress.kubernetes.io/auth-tls-secret")];
static PATH_93: [Segment; 2] = [field("imagePullSecrets"), field("name")];
static PATH_94: [Segment; 2] = [field("parameters"), field("secretName")];
static PATH_95: [Segment; 2] = [field("parameters"), field("adminSecretName")];
static PATH_96: [Segment; 2] = [field("parameters"), field("userSecretName")];
static PATH_97: [Segment; 2] = [field("parameters"), field("secretRef")];
static PATH_98: [Segment; 3] = [field("spec"), field("azureFile"), field("secretName")];
static PATH_99: [Segment; 2] = [field("spec"), field("serviceName")];
static PATH_100: [Segment; 6] = [field("spec"), field("rules"), field("http"), field("paths"), field("backend"), field("serviceName")];
static PATH_101: [Segment; 3] = [field("spec"), field("backend"), field("serviceName")];
static PATH_102: [Segment; 7] = [field("spec"), field("rules"), field("http"), field("paths"), field("backend"), field("service"), field("name")];
static PATH_103: [Segment; 4] = [field("spec"), field("defaultBackend"), field("service"), field("name")];
static PATH_104: [Segment; 3] = [field("spec"), field("service"), field("name")];
static PATH_105: [Segment; 3] = [field("webhooks"), field("clientConfig"), field("service")];
static PATH_106: [Segment; 2] = [field("spec"), field("priorityClassName")];
static PATH_107: [Segment; 4] = [field("spec"), field("template"), field("spec"), field("priorityClassName")];
static PATH_108: [Segment; 6] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("priorityClassName")];
static PATH_109: [Segment; 2] = [field("spec"), field("volumeName")];
static PATH_110: [Segment; 4] = [field("spec"), field("volumes"), field("persistentVolumeClaim"), field("claimName")];
static PATH_111: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("volumes"), field("persistentVolumeClaim"), field("claimName")];
static PATH_112: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("persistentVolumeClaim"), field("claimName")];
static PATH_113: [Segment; 3] = [field("spec"), field("scaleTargetRef"), field("name")];
static PATH_114: [Segment; 2] = [field("spec"), field("policyName")];
static PATH_115: [Segment; 2] = [field("spec"), field("ingressClassName")];
static PATH_116: [Segment; 6] = [field("spec"), field("conversion"), field("webhook"), field("clientConfig"), field("service"), field("namespace")];
static PATH_117: [Segment; 3] = [field("spec"), field("service"), field("namespace")];
static PATH_118: [Segment; 2] = [field("spec"), field("replicas")];
static PATH_119: [Segment; 3] = [field("spec"), field("ports"), field("port")];
static PATH_120: [Segment; 3] = [field("spec"), field("ports"), field("targetPort")];
static PATH_121: [Segment; 3] = [field("spec"), field("nfs"), field("server")];
static PATH_122: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("containers"), field("args")];
static PATH_123: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("containers"), field("command")];
static PATH_124: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("value")];
static PATH_125: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("containers"), field("volumeMounts"), field("mountPath")];
static PATH_126: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("args")];
static PATH_127: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("command")];
static PATH_128: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("value")];
static PATH_129: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("volumeMounts"), field("mountPath")];
static PATH_130: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("volumes"), field("nfs"), field("server")];
static PATH_131: [Segment; 5] = [field("spec"), field("volumeClaimTemplates"), field("spec"), field("nfs"), field("server")];
static PATH_132: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("args")];
static PATH_133: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("command")];
static PATH_134: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("value")];
static PATH_135: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("volumeMounts"), field("mountPath")];
static PATH_136: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("args")];
static PATH_137: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("command")];
static PATH_138: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("value")];
static PATH_139: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("volumeMounts"), field("mountPath")];
static PATH_140: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("volumes"), field("nfs"), field("server")];
static PATH_141: [Segment; 3] = [field("spec"), field("rules"), field("host")];
static PATH_142: [Segment; 3] = [field("spec"), field("tls"), field("hosts")];
static PATH_143: [Segment; 3] = [field("spec"), field("containers"), field("args")];
static PATH_144: [Segment; 3] = [field("spec"), field("containers"), field("command")];
static PATH_145: [Segment; 4] = [field("spec"), field("containers"), field("env"), field("value")];
static PATH_146: [Segment; 4] = [field("spec"), field("containers"), field("volumeMounts"), field("mountPath")];
static PATH_147: [Segment; 3] = [field("spec"), field("initContainers"), field("args")];
static PATH_148: [Segment; 3] = [field("spec"), field("initContainers"), field("command")];
static PATH_149: [Segment; 4] = [field("spec"), field("initContainers"), field("env"), field("value")];
static PATH_150: [Segment; 4] = [field("spec"), field("initContainers"), field("volumeMounts"), field("mountPath")];
static PATH_151: [Segment; 4] = [field("spec"), field("volumes"), field("nfs"), field("server")];
