// Written by `cargo xtask codegen`; change the generator, not this file.

use super::builtin::{field, list, reference, spec};
use super::{FieldSpec, NameReference, Segment};

pub(super) static COMMON_ANNOTATIONS: [FieldSpec; 9] = [
    spec("metadata/annotations", &PATH_0, "", "", "", true),
    spec("spec/template/metadata/annotations", &PATH_1, "ReplicationController", "", "v1", true),
    spec("spec/template/metadata/annotations", &PATH_1, "Deployment", "", "", true),
    spec("spec/template/metadata/annotations", &PATH_1, "ReplicaSet", "", "", true),
    spec("spec/template/metadata/annotations", &PATH_1, "DaemonSet", "", "", true),
    spec("spec/template/metadata/annotations", &PATH_1, "StatefulSet", "", "", true),
    spec("spec/template/metadata/annotations", &PATH_1, "Job", "batch", "", true),
    spec("spec/jobTemplate/metadata/annotations", &PATH_2, "CronJob", "batch", "", true),
    spec("spec/jobTemplate/spec/template/metadata/annotations", &PATH_3, "CronJob", "batch", "", true),
];

pub(super) static COMMON_LABELS: [FieldSpec; 32] = [
    spec("spec/selector", &PATH_4, "Service", "", "v1", true),
    spec("spec/selector", &PATH_4, "ReplicationController", "", "v1", true),
    spec("spec/selector/matchLabels", &PATH_5, "Deployment", "", "", true),
    spec("spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", &PATH_6, "Deployment", "apps", "", false),
    spec("spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", &PATH_7, "Deployment", "apps", "", false),
    spec("spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", &PATH_8, "Deployment", "apps", "", false),
    spec("spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", &PATH_9, "Deployment", "apps", "", false),
    spec("spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", &PATH_10, "Deployment", "apps", "", false),
    spec("spec/selector/matchLabels", &PATH_5, "ReplicaSet", "", "", true),
    spec("spec/selector/matchLabels", &PATH_5, "DaemonSet", "", "", true),
    spec("spec/selector/matchLabels", &PATH_5, "StatefulSet", "apps", "", true),
    spec("spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", &PATH_6, "StatefulSet", "apps", "", false),
    spec("spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", &PATH_7, "StatefulSet", "apps", "", false),
    spec("spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", &PATH_8, "StatefulSet", "apps", "", false),
    spec("spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", &PATH_9, "StatefulSet", "apps", "", false),
    spec("spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", &PATH_10, "StatefulSet", "apps", "", false),
    spec("spec/selector/matchLabels", &PATH_5, "Job", "batch", "", false),
    spec("spec/jobTemplate/spec/selector/matchLabels", &PATH_11, "CronJob", "batch", "", false),
    spec("spec/selector/matchLabels", &PATH_5, "PodDisruptionBudget", "policy", "", false),
    spec("spec/podSelector/matchLabels", &PATH_12, "NetworkPolicy", "networking.k8s.io", "", false),
    spec("spec/ingress/from/podSelector/matchLabels", &PATH_13, "NetworkPolicy", "networking.k8s.io", "", false),
    spec("spec/egress/to/podSelector/matchLabels", &PATH_14, "NetworkPolicy", "networking.k8s.io", "", false),
    spec("metadata/labels", &PATH_15, "", "", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "ReplicationController", "", "v1", true),
    spec("spec/template/metadata/labels", &PATH_16, "Deployment", "", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "ReplicaSet", "", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "DaemonSet", "", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "StatefulSet", "apps", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "Job", "batch", "", true),
    spec("spec/jobTemplate/metadata/labels", &PATH_17, "CronJob", "batch", "", true),
    spec("spec/jobTemplate/spec/template/metadata/labels", &PATH_18, "CronJob", "batch", "", true),
    spec("spec/volumeClaimTemplates[]/metadata/labels", &PATH_19, "StatefulSet", "apps", "", true),
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

static REFERRERS_0: [FieldSpec; 1] = [
    spec("spec/scaleTargetRef/name", &PATH_27, "HorizontalPodAutoscaler", "", "", false),
];

static REFERRERS_1: [FieldSpec; 1] = [
    spec("spec/scaleTargetRef/name", &PATH_27, "HorizontalPodAutoscaler", "", "", false),
];

static REFERRERS_2: [FieldSpec; 1] = [
    spec("spec/scaleTargetRef/name", &PATH_27, "HorizontalPodAutoscaler", "", "", false),
];

static REFERRERS_3: [FieldSpec; 1] = [
    spec("spec/scaleTargetRef/name", &PATH_27, "HorizontalPodAutoscaler", "", "", false),
];

static REFERRERS_4: [FieldSpec; 52] = [
    spec("spec/volumes/configMap/name", &PATH_28, "Pod", "", "v1", false),
    spec("spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_29, "Pod", "", "v1", false),
    spec("spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_30, "Pod", "", "v1", false),
    spec("spec/containers/envFrom/configMapRef/name", &PATH_31, "Pod", "", "v1", false),
    spec("spec/initContainers/envFrom/configMapRef/name", &PATH_32, "Pod", "", "v1", false),
    spec("spec/volumes/projected/sources/configMap/name", &PATH_33, "Pod", "", "v1", false),
    spec("template/spec/volumes/configMap/name", &PATH_34, "PodTemplate", "", "", false),
    spec("template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_35, "PodTemplate", "", "", false),
    spec("template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_36, "PodTemplate", "", "", false),
    spec("template/spec/containers/envFrom/configMapRef/name", &PATH_37, "PodTemplate", "", "", false),
    spec("template/spec/initContainers/envFrom/configMapRef/name", &PATH_38, "PodTemplate", "", "", false),
    spec("template/spec/volumes/projected/sources/configMap/name", &PATH_39, "PodTemplate", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_40, "Deployment", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_41, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_42, "Deployment", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_43, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_44, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_45, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_40, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_41, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_42, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_43, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_44, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_45, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_40, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_41, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_42, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_43, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_44, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_45, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_40, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_41, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_42, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_43, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_44, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_45, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/configMap/name", &PATH_40, "Job", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_41, "Job", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_42, "Job", "", "", false),
    spec("spec/template/spec/containers/envFrom/configMapRef/name", &PATH_43, "Job", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_44, "Job", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/configMap/name", &PATH_45, "Job", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/configMap/name", &PATH_46, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/projected/sources/configMap/name", &PATH_47, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", &PATH_48, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", &PATH_49, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/envFrom/configMapRef/name", &PATH_50, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/envFrom/configMapRef/name", &PATH_51, "CronJob", "", "", false),
    spec("spec/configSource/configMap", &PATH_52, "Node", "", "", false),
    spec("rules/resourceNames", &PATH_53, "Role", "", "", false),
    spec("rules/resourceNames", &PATH_53, "ClusterRole", "", "", false),
    spec("metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap", &PATH_54, "Ingress", "", "", false),
];

static REFERRERS_5: [FieldSpec; 70] = [
    spec("spec/volumes/secret/secretName", &PATH_55, "Pod", "", "v1", false),
    spec("spec/containers/env/valueFrom/secretKeyRef/name", &PATH_56, "Pod", "", "v1", false),
    spec("spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_57, "Pod", "", "v1", false),
    spec("spec/containers/envFrom/secretRef/name", &PATH_58, "Pod", "", "v1", false),
    spec("spec/initContainers/envFrom/secretRef/name", &PATH_59, "Pod", "", "v1", false),
    spec("spec/imagePullSecrets/name", &PATH_60, "Pod", "", "v1", false),
    spec("spec/volumes/projected/sources/secret/name", &PATH_61, "Pod", "", "v1", false),
    spec("template/spec/volumes/secret/secretName", &PATH_62, "PodTemplate", "", "", false),
    spec("template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_63, "PodTemplate", "", "", false),
    spec("template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_64, "PodTemplate", "", "", false),
    spec("template/spec/containers/envFrom/secretRef/name", &PATH_65, "PodTemplate", "", "", false),
    spec("template/spec/initContainers/envFrom/secretRef/name", &PATH_66, "PodTemplate", "", "", false),
    spec("template/spec/imagePullSecrets/name", &PATH_67, "PodTemplate", "", "", false),
    spec("template/spec/volumes/projected/sources/secret/name", &PATH_68, "PodTemplate", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_69, "Deployment", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_70, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_71, "Deployment", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_72, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_73, "Deployment", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_74, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_75, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_69, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_70, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_71, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_72, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_73, "ReplicaSet", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_74, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_75, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_69, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_70, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_71, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_72, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_73, "DaemonSet", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_74, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_75, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_69, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_70, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_71, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_72, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_73, "StatefulSet", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_74, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_75, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/secret/secretName", &PATH_69, "Job", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_70, "Job", "", "", false),
    spec("spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_71, "Job", "", "", false),
    spec("spec/template/spec/containers/envFrom/secretRef/name", &PATH_72, "Job", "", "", false),
    spec("spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_73, "Job", "", "", false),
    spec("spec/template/spec/imagePullSecrets/name", &PATH_74, "Job", "", "", false),
    spec("spec/template/spec/volumes/projected/sources/secret/name", &PATH_75, "Job", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/secret/secretName", &PATH_76, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/projected/sources/secret/name", &PATH_77, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_78, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", &PATH_79, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/envFrom/secretRef/name", &PATH_80, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/envFrom/secretRef/name", &PATH_81, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/imagePullSecrets/name", &PATH_82, "CronJob", "", "", false),
    spec("spec/tls/secretName", &PATH_83, "Ingress", "", "", false),
    spec("metadata/annotations/ingress.kubernetes.io\\/auth-secret", &PATH_84, "Ingress", "", "", false),
    spec("metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret", &PATH_85, "Ingress", "", "", false),
    spec("metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret", &PATH_86, "Ingress", "", "", false),
    spec("spec/tls/secretName", &PATH_83, "Ingress", "", "", false),
    spec("imagePullSecrets/name", &PATH_87, "ServiceAccount", "", "", false),
    spec("parameters/secretName", &PATH_88, "StorageClass", "", "", false),
    spec("parameters/adminSecretName", &PATH_89, "StorageClass", "", "", false),
    spec("parameters/userSecretName", &PATH_90, "StorageClass", "", "", false),
    spec("parameters/secretRef", &PATH_91, "StorageClass", "", "", false),
    spec("rules/resourceNames", &PATH_53, "Role", "", "", false),
    spec("rules/resourceNames", &PATH_53, "ClusterRole", "", "", false),
    spec("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", &PATH_70, "Service", "serving.knative.dev", "v1", false),
    spec("spec/azureFile/secretName", &PATH_92, "PersistentVolume", "", "", false),
];

static REFERRERS_6: [FieldSpec; 8] = [
    spec("spec/serviceName", &PATH_93, "StatefulSet", "apps", "", false),
    spec("spec/rules/http/paths/backend/serviceName", &PATH_94, "Ingress", "", "", false),
    spec("spec/backend/serviceName", &PATH_95, "Ingress", "", "", false),
    spec("spec/rules/http/paths/backend/service/name", &PATH_96, "Ingress", "", "", false),
    spec("spec/defaultBackend/service/name", &PATH_97, "Ingress", "", "", false),
    spec("spec/service/name", &PATH_98, "APIService", "apiregistration.k8s.io", "", false),
    spec("webhooks/clientConfig/service", &PATH_99, "ValidatingWebhookConfiguration", "admissionregistration.k8s.io", "", false),
    spec("webhooks/clientConfig/service", &PATH_99, "MutatingWebhookConfiguration", "admissionregistration.k8s.io", "", false),
];

static REFERRERS_7: [FieldSpec; 1] = [
    spec("roleRef/name", &PATH_100, "RoleBinding", "rbac.authorization.k8s.io", "", false),
];

static REFERRERS_8: [FieldSpec; 2] = [
    spec("roleRef/name", &PATH_100, "RoleBinding", "rbac.authorization.k8s.io", "", false),
    spec("roleRef/name", &PATH_100, "ClusterRoleBinding", "rbac.authorization.k8s.io", "", false),
];

static REFERRERS_9: [FieldSpec; 9] = [
    spec("subjects", &PATH_101, "RoleBinding", "rbac.authorization.k8s.io", "", false),
    spec("subjects", &PATH_101, "ClusterRoleBinding", "rbac.authorization.k8s.io", "", false),
    spec("spec/serviceAccountName", &PATH_102, "Pod", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_103, "StatefulSet", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_103, "Deployment", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_103, "ReplicationController", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/serviceAccountName", &PATH_104, "CronJob", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_103, "Job", "", "", false),
    spec("spec/template/spec/serviceAccountName", &PATH_103, "DaemonSet", "", "", false),
];

static REFERRERS_10: [FieldSpec; 7] = [
    spec("spec/volumes/persistentVolumeClaim/claimName", &PATH_105, "Pod", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_106, "StatefulSet", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_106, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_106, "ReplicationController", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_107, "CronJob", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_106, "Job", "", "", false),
    spec("spec/template/spec/volumes/persistentVolumeClaim/claimName", &PATH_106, "DaemonSet", "", "", false),
];

static REFERRERS_11: [FieldSpec; 2] = [
    spec("spec/volumeName", &PATH_108, "PersistentVolumeClaim", "", "", false),
    spec("rules/resourceNames", &PATH_53, "ClusterRole", "", "", false),
];

static REFERRERS_12: [FieldSpec; 3] = [
    spec("spec/storageClassName", &PATH_109, "PersistentVolume", "", "", false),
    spec("spec/storageClassName", &PATH_109, "PersistentVolumeClaim", "", "", false),
    spec("spec/volumeClaimTemplates/spec/storageClassName", &PATH_110, "StatefulSet", "", "", false),
];

static REFERRERS_13: [FieldSpec; 7] = [
    spec("spec/priorityClassName", &PATH_111, "Pod", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_112, "StatefulSet", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_112, "Deployment", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_112, "ReplicationController", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/priorityClassName", &PATH_113, "CronJob", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_112, "Job", "", "", false),
    spec("spec/template/spec/priorityClassName", &PATH_112, "DaemonSet", "", "", false),
];

static REFERRERS_14: [FieldSpec; 1] = [
    spec("spec/ingressClassName", &PATH_114, "Ingress", "", "", false),
];

static REFERRERS_15: [FieldSpec; 1] = [
    spec("spec/policyName", &PATH_115, "ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io", "", false),
];

pub(super) static NAME_REFERENCE: [NameReference; 16] = [
    reference("Deployment", "", "", &REFERRERS_0),
    reference("ReplicationController", "", "", &REFERRERS_1),
    reference("ReplicaSet", "", "", &REFERRERS_2),
    reference("StatefulSet", "", "", &REFERRERS_3),
    reference("ConfigMap", "", "v1", &REFERRERS_4),
    reference("Secret", "", "v1", &REFERRERS_5),
    reference("Service", "", "v1", &REFERRERS_6),
    reference("Role", "rbac.authorization.k8s.io", "", &REFERRERS_7),
    reference("ClusterRole", "rbac.authorization.k8s.io", "", &REFERRERS_8),
    reference("ServiceAccount", "", "v1", &REFERRERS_9),
    reference("PersistentVolumeClaim", "", "v1", &REFERRERS_10),
    reference("PersistentVolume", "", "v1", &REFERRERS_11),
    reference("StorageClass", "storage.k8s.io", "v1", &REFERRERS_12),
    reference("PriorityClass", "scheduling.k8s.io", "v1", &REFERRERS_13),
    reference("IngressClass", "networking.k8s.io/v1", "v1", &REFERRERS_14),
    reference("ValidatingAdmissionPolicy", "admissionregistration.k8s.io", "", &REFERRERS_15),
];

pub(super) static NAME_SUFFIX: [FieldSpec; 1] = [
    spec("metadata/name", &PATH_26, "", "", "", false),
];

pub(super) static NAMESPACE: [FieldSpec; 3] = [
    spec("metadata/name", &PATH_26, "Namespace", "", "", true),
    spec("spec/service/namespace", &PATH_116, "APIService", "apiregistration.k8s.io", "", true),
    spec("spec/conversion/webhook/clientConfig/service/namespace", &PATH_117, "CustomResourceDefinition", "apiextensions.k8s.io", "", false),
];

pub(super) static REPLICAS: [FieldSpec; 4] = [
    spec("spec/replicas", &PATH_118, "Deployment", "", "", true),
    spec("spec/replicas", &PATH_118, "ReplicationController", "", "", true),
    spec("spec/replicas", &PATH_118, "ReplicaSet", "", "", true),
    spec("spec/replicas", &PATH_118, "StatefulSet", "", "", true),
];

pub(super) static TEMPLATE_LABELS: [FieldSpec; 9] = [
    spec("metadata/labels", &PATH_15, "", "", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "ReplicationController", "", "v1", true),
    spec("spec/template/metadata/labels", &PATH_16, "Deployment", "", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "ReplicaSet", "", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "DaemonSet", "", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "StatefulSet", "apps", "", true),
    spec("spec/template/metadata/labels", &PATH_16, "Job", "batch", "", true),
    spec("spec/jobTemplate/metadata/labels", &PATH_17, "CronJob", "batch", "", true),
    spec("spec/jobTemplate/spec/template/metadata/labels", &PATH_18, "CronJob", "batch", "", true),
];

pub(super) static VAR_REFERENCE: [FieldSpec; 72] = [
    spec("spec/jobTemplate/spec/template/spec/containers/args", &PATH_119, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/command", &PATH_120, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/env/value", &PATH_121, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/containers/volumeMounts/mountPath", &PATH_122, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/args", &PATH_123, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/command", &PATH_124, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/env/value", &PATH_125, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_126, "CronJob", "", "", false),
    spec("spec/jobTemplate/spec/template/volumes/nfs/server", &PATH_127, "CronJob", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_128, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_129, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_130, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_131, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_132, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_133, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_134, "DaemonSet", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_135, "DaemonSet", "", "", false),
    spec("spec/template/spec/volumes/nfs/server", &PATH_136, "DaemonSet", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_128, "Deployment", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_129, "Deployment", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_130, "Deployment", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_131, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_132, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_133, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_134, "Deployment", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_135, "Deployment", "", "", false),
    spec("spec/template/spec/volumes/nfs/server", &PATH_136, "Deployment", "", "", false),
    spec("spec/template/metadata/annotations", &PATH_1, "Deployment", "", "", false),
    spec("spec/rules/host", &PATH_137, "Ingress", "", "", false),
    spec("spec/tls/hosts", &PATH_138, "Ingress", "", "", false),
    spec("spec/tls/secretName", &PATH_83, "Ingress", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_128, "Job", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_129, "Job", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_130, "Job", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_131, "Job", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_132, "Job", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_133, "Job", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_134, "Job", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_135, "Job", "", "", false),
    spec("spec/template/spec/volumes/nfs/server", &PATH_136, "Job", "", "", false),
    spec("spec/containers/args", &PATH_139, "Pod", "", "", false),
    spec("spec/containers/command", &PATH_140, "Pod", "", "", false),
    spec("spec/containers/env/value", &PATH_141, "Pod", "", "", false),
    spec("spec/containers/volumeMounts/mountPath", &PATH_142, "Pod", "", "", false),
    spec("spec/initContainers/args", &PATH_143, "Pod", "", "", false),
    spec("spec/initContainers/command", &PATH_144, "Pod", "", "", false),
    spec("spec/initContainers/env/value", &PATH_145, "Pod", "", "", false),
    spec("spec/initContainers/volumeMounts/mountPath", &PATH_146, "Pod", "", "", false),
    spec("spec/volumes/nfs/server", &PATH_147, "Pod", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_128, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_129, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_130, "ReplicaSet", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_131, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_132, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_133, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_134, "ReplicaSet", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_135, "ReplicaSet", "", "", false),
    spec("spec/template/spec/volumes/nfs/server", &PATH_136, "ReplicaSet", "", "", false),
    spec("spec/ports/port", &PATH_148, "Service", "", "", false),
    spec("spec/ports/targetPort", &PATH_149, "Service", "", "", false),
    spec("spec/template/spec/containers/args", &PATH_128, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/command", &PATH_129, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/env/value", &PATH_130, "StatefulSet", "", "", false),
    spec("spec/template/spec/containers/volumeMounts/mountPath", &PATH_131, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/args", &PATH_132, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/command", &PATH_133, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/env/value", &PATH_134, "StatefulSet", "", "", false),
    spec("spec/template/spec/initContainers/volumeMounts/mountPath", &PATH_135, "StatefulSet", "", "", false),
    spec("spec/volumeClaimTemplates/spec/nfs/server", &PATH_150, "StatefulSet", "", "", false),
    spec("spec/nfs/server", &PATH_151, "PersistentVolume", "", "", false),
    spec("metadata/labels", &PATH_15, "", "", "", false),
    spec("metadata/annotations", &PATH_0, "", "", "", false),
];

pub(super) static VOLUME_CLAIM_TEMPLATE_LABELS: [FieldSpec; 1] = [
    spec("spec/volumeClaimTemplates[]/metadata/labels", &PATH_19, "StatefulSet", "apps", "", true),
];

static PATH_0: [Segment; 2] = [field("metadata"), field("annotations")];
static PATH_1: [Segment; 4] = [field("spec"), field("template"), field("metadata"), field("annotations")];
static PATH_2: [Segment; 4] = [field("spec"), field("jobTemplate"), field("metadata"), field("annotations")];
static PATH_3: [Segment; 6] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("metadata"), field("annotations")];
static PATH_4: [Segment; 2] = [field("spec"), field("selector")];
static PATH_5: [Segment; 3] = [field("spec"), field("selector"), field("matchLabels")];
static PATH_6: [Segment; 9] = [field("spec"), field("template"), field("spec"), field("affinity"), field("podAffinity"), field("preferredDuringSchedulingIgnoredDuringExecution"), field("podAffinityTerm"), field("labelSelector"), field("matchLabels")];
static PATH_7: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("affinity"), field("podAffinity"), field("requiredDuringSchedulingIgnoredDuringExecution"), field("labelSelector"), field("matchLabels")];
static PATH_8: [Segment; 9] = [field("spec"), field("template"), field("spec"), field("affinity"), field("podAntiAffinity"), field("preferredDuringSchedulingIgnoredDuringExecution"), field("podAffinityTerm"), field("labelSelector"), field("matchLabels")];
static PATH_9: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("affinity"), field("podAntiAffinity"), field("requiredDuringSchedulingIgnoredDuringExecution"), field("labelSelector"), field("matchLabels")];
static PATH_10: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("topologySpreadConstraints"), field("labelSelector"), field("matchLabels")];
static PATH_11: [Segment; 5] = [field("spec"), field("jobTemplate"), field("spec"), field("selector"), field("matchLabels")];
static PATH_12: [Segment; 3] = [field("spec"), field("podSelector"), field("matchLabels")];
static PATH_13: [Segment; 5] = [field("spec"), field("ingress"), field("from"), field("podSelector"), field("matchLabels")];
static PATH_14: [Segment; 5] = [field("spec"), field("egress"), field("to"), field("podSelector"), field("matchLabels")];
static PATH_15: [Segment; 2] = [field("metadata"), field("labels")];
static PATH_16: [Segment; 4] = [field("spec"), field("template"), field("metadata"), field("labels")];
static PATH_17: [Segment; 4] = [field("spec"), field("jobTemplate"), field("metadata"), field("labels")];
static PATH_18: [Segment; 6] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("metadata"), field("labels")];
static PATH_19: [Segment; 4] = [field("spec"), list("volumeClaimTemplates"), field("metadata"), field("labels")];
static PATH_20: [Segment; 3] = [field("spec"), list("containers"), field("image")];
static PATH_21: [Segment; 3] = [field("spec"), list("initContainers"), field("image")];
static PATH_22: [Segment; 4] = [field("spec"), list("volumes"), field("image"), field("reference")];
static PATH_23: [Segment; 5] = [field("spec"), field("template"), field("spec"), list("containers"), field("image")];
static PATH_24: [Segment; 5] = [field("spec"), field("template"), field("spec"), list("initContainers"), field("image")];
static PATH_25: [Segment; 6] = [field("spec"), field("template"), field("spec"), list("volumes"), field("image"), field("reference")];
static PATH_26: [Segment; 2] = [field("metadata"), field("name")];
static PATH_27: [Segment; 3] = [field("spec"), field("scaleTargetRef"), field("name")];
static PATH_28: [Segment; 4] = [field("spec"), field("volumes"), field("configMap"), field("name")];
static PATH_29: [Segment; 6] = [field("spec"), field("containers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_30: [Segment; 6] = [field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_31: [Segment; 5] = [field("spec"), field("containers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_32: [Segment; 5] = [field("spec"), field("initContainers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_33: [Segment; 6] = [field("spec"), field("volumes"), field("projected"), field("sources"), field("configMap"), field("name")];
static PATH_34: [Segment; 5] = [field("template"), field("spec"), field("volumes"), field("configMap"), field("name")];
static PATH_35: [Segment; 7] = [field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_36: [Segment; 7] = [field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_37: [Segment; 6] = [field("template"), field("spec"), field("containers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_38: [Segment; 6] = [field("template"), field("spec"), field("initContainers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_39: [Segment; 7] = [field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("configMap"), field("name")];
static PATH_40: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("volumes"), field("configMap"), field("name")];
static PATH_41: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_42: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_43: [Segment; 7] = [field("spec"), field("template"), field("spec"), field("containers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_44: [Segment; 7] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_45: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("configMap"), field("name")];
static PATH_46: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("configMap"), field("name")];
static PATH_47: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("configMap"), field("name")];
static PATH_48: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_49: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("configMapKeyRef"), field("name")];
static PATH_50: [Segment; 9] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_51: [Segment; 9] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("envFrom"), field("configMapRef"), field("name")];
static PATH_52: [Segment; 3] = [field("spec"), field("configSource"), field("configMap")];
static PATH_53: [Segment; 2] = [field("rules"), field("resourceNames")];
static PATH_54: [Segment; 3] = [field("metadata"), field("annotations"), field("nginx.ingress.kubernetes.io/fastcgi-params-configmap")];
static PATH_55: [Segment; 4] = [field("spec"), field("volumes"), field("secret"), field("secretName")];
static PATH_56: [Segment; 6] = [field("spec"), field("containers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_57: [Segment; 6] = [field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_58: [Segment; 5] = [field("spec"), field("containers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_59: [Segment; 5] = [field("spec"), field("initContainers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_60: [Segment; 3] = [field("spec"), field("imagePullSecrets"), field("name")];
static PATH_61: [Segment; 6] = [field("spec"), field("volumes"), field("projected"), field("sources"), field("secret"), field("name")];
static PATH_62: [Segment; 5] = [field("template"), field("spec"), field("volumes"), field("secret"), field("secretName")];
static PATH_63: [Segment; 7] = [field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_64: [Segment; 7] = [field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_65: [Segment; 6] = [field("template"), field("spec"), field("containers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_66: [Segment; 6] = [field("template"), field("spec"), field("initContainers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_67: [Segment; 4] = [field("template"), field("spec"), field("imagePullSecrets"), field("name")];
static PATH_68: [Segment; 7] = [field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("secret"), field("name")];
static PATH_69: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("volumes"), field("secret"), field("secretName")];
static PATH_70: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_71: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_72: [Segment; 7] = [field("spec"), field("template"), field("spec"), field("containers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_73: [Segment; 7] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_74: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("imagePullSecrets"), field("name")];
static PATH_75: [Segment; 8] = [field("spec"), field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("secret"), field("name")];
static PATH_76: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("secret"), field("secretName")];
static PATH_77: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("projected"), field("sources"), field("secret"), field("name")];
static PATH_78: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_79: [Segment; 10] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("valueFrom"), field("secretKeyRef"), field("name")];
static PATH_80: [Segment; 9] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_81: [Segment; 9] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("envFrom"), field("secretRef"), field("name")];
static PATH_82: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("imagePullSecrets"), field("name")];
static PATH_83: [Segment; 3] = [field("spec"), field("tls"), field("secretName")];
static PATH_84: [Segment; 3] = [field("metadata"), field("annotations"), field("ingress.kubernetes.io/auth-secret")];
static PATH_85: [Segment; 3] = [field("metadata"), field("annotations"), field("nginx.ingress.kubernetes.io/auth-secret")];
static PATH_86: [Segment; 3] = [field("metadata"), field("annotations"), field("nginx.ingress.kubernetes.io/auth-tls-secret")];
static PATH_87: [Segment; 2] = [field("imagePullSecrets"), field("name")];
static PATH_88: [Segment; 2] = [field("parameters"), field("secretName")];
static PATH_89: [Segment; 2] = [field("parameters"), field("adminSecretName")];
static PATH_90: [Segment; 2] = [field("parameters"), field("userSecretName")];
static PATH_91: [Segment; 2] = [field("parameters"), field("secretRef")];
static PATH_92: [Segment; 3] = [field("spec"), field("azureFile"), field("secretName")];
static PATH_93: [Segment; 2] = [field("spec"), field("serviceName")];
static PATH_94: [Segment; 6] = [field("spec"), field("rules"), field("http"), field("paths"), field("backend"), field("serviceName")];
static PATH_95: [Segment; 3] = [field("spec"), field("backend"), field("serviceName")];
static PATH_96: [Segment; 7] = [field("spec"), field("rules"), field("http"), field("paths"), field("backend"), field("service"), field("name")];
static PATH_97: [Segment; 4] = [field("spec"), field("defaultBackend"), field("service"), field("name")];
static PATH_98: [Segment; 3] = [field("spec"), field("service"), field("name")];
static PATH_99: [Segment; 3] = [field("webhooks"), field("clientConfig"), field("service")];
static PATH_100: [Segment; 2] = [field("roleRef"), field("name")];
static PATH_101: [Segment; 1] = [field("subjects")];
static PATH_102: [Segment; 2] = [field("spec"), field("serviceAccountName")];
static PATH_103: [Segment; 4] = [field("spec"), field("template"), field("spec"), field("serviceAccountName")];
static PATH_104: [Segment; 6] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("serviceAccountName")];
static PATH_105: [Segment; 4] = [field("spec"), field("volumes"), field("persistentVolumeClaim"), field("claimName")];
static PATH_106: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("volumes"), field("persistentVolumeClaim"), field("claimName")];
static PATH_107: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("volumes"), field("persistentVolumeClaim"), field("claimName")];
static PATH_108: [Segment; 2] = [field("spec"), field("volumeName")];
static PATH_109: [Segment; 2] = [field("spec"), field("storageClassName")];
static PATH_110: [Segment; 4] = [field("spec"), field("volumeClaimTemplates"), field("spec"), field("storageClassName")];
static PATH_111: [Segment; 2] = [field("spec"), field("priorityClassName")];
static PATH_112: [Segment; 4] = [field("spec"), field("template"), field("spec"), field("priorityClassName")];
static PATH_113: [Segment; 6] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("priorityClassName")];
static PATH_114: [Segment; 2] = [field("spec"), field("ingressClassName")];
static PATH_115: [Segment; 2] = [field("spec"), field("policyName")];
static PATH_116: [Segment; 3] = [field("spec"), field("service"), field("namespace")];
static PATH_117: [Segment; 6] = [field("spec"), field("conversion"), field("webhook"), field("clientConfig"), field("service"), field("namespace")];
static PATH_118: [Segment; 2] = [field("spec"), field("replicas")];
static PATH_119: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("args")];
static PATH_120: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("command")];
static PATH_121: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("value")];
static PATH_122: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("containers"), field("volumeMounts"), field("mountPath")];
static PATH_123: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("args")];
static PATH_124: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("command")];
static PATH_125: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("value")];
static PATH_126: [Segment; 8] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("spec"), field("initContainers"), field("volumeMounts"), field("mountPath")];
static PATH_127: [Segment; 7] = [field("spec"), field("jobTemplate"), field("spec"), field("template"), field("volumes"), field("nfs"), field("server")];
static PATH_128: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("containers"), field("args")];
static PATH_129: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("containers"), field("command")];
static PATH_130: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("containers"), field("env"), field("value")];
static PATH_131: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("containers"), field("volumeMounts"), field("mountPath")];
static PATH_132: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("args")];
static PATH_133: [Segment; 5] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("command")];
static PATH_134: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("env"), field("value")];
static PATH_135: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("initContainers"), field("volumeMounts"), field("mountPath")];
static PATH_136: [Segment; 6] = [field("spec"), field("template"), field("spec"), field("volumes"), field("nfs"), field("server")];
static PATH_137: [Segment; 3] = [field("spec"), field("rules"), field("host")];
static PATH_138: [Segment; 3] = [field("spec"), field("tls"), field("hosts")];
static PATH_139: [Segment; 3] = [field("spec"), field("containers"), field("args")];
static PATH_140: [Segment; 3] = [field("spec"), field("containers"), field("command")];
static PATH_141: [Segment; 4] = [field("spec"), field("containers"), field("env"), field("value")];
static PATH_142: [Segment; 4] = [field("spec"), field("containers"), field("volumeMounts"), field("mountPath")];
static PATH_143: [Segment; 3] = [field("spec"), field("initContainers"), field("args")];
static PATH_144: [Segment; 3] = [field("spec"), field("initContainers"), field("command")];
static PATH_145: [Segment; 4] = [field("spec"), field("initContainers"), field("env"), field("value")];
static PATH_146: [Segment; 4] = [field("spec"), field("initContainers"), field("volumeMounts"), field("mountPath")];
static PATH_147: [Segment; 4] = [field("spec"), field("volumes"), field("nfs"), field("server")];
static PATH_148: [Segment; 3] = [field("spec"), field("ports"), field("port")];
static PATH_149: [Segment; 3] = [field("spec"), field("ports"), field("targetPort")];
static PATH_150: [Segment; 5] = [field("spec"), field("volumeClaimTemplates"), field("spec"), field("nfs"), field("server")];
static PATH_151: [Segment; 3] = [field("spec"), field("nfs"), field("server")];
