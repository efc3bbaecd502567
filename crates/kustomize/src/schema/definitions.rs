// Written by `cargo xtask codegen`; change the generator, not this file.

/// The name of every definition, sorted and joined without a separator.
pub(super) static DEFINITIONS: &str = "\
    io.k8s.api.admissionregistration.v1.MutatingWebhook\
    io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration\
    io.k8s.api.admissionregistration.v1.MutatingWebhookConfigurationList\
    io.k8s.api.admissionregistration.v1.RuleWithOperations\
    io.k8s.api.admissionregistration.v1.ServiceReference\
    io.k8s.api.admissionregistration.v1.ValidatingWebhook\
    io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration\
    io.k8s.api.admissionregistration.v1.ValidatingWebhookConfigurationList\
    io.k8s.api.admissionregistration.v1.WebhookClientConfig\
    io.k8s.api.admissionregistration.v1beta1.MutatingWebhook\
    io.k8s.api.admissionregistration.v1beta1.MutatingWebhookConfiguration\
    io.k8s.api.admissionregistration.v1beta1.MutatingWebhookConfigurationList\
    io.k8s.api.admissionregistration.v1beta1.RuleWithOperations\
    io.k8s.api.admissionregistration.v1beta1.ServiceReference\
    io.k8s.api.admissionregistration.v1beta1.ValidatingWebhook\
    io.k8s.api.admissionregistration.v1beta1.ValidatingWebhookConfiguration\
    io.k8s.api.admissionregistration.v1beta1.ValidatingWebhookConfigurationList\
    io.k8s.api.admissionregistration.v1beta1.WebhookClientConfig\
    io.k8s.api.apps.v1.ControllerRevisionio.k8s.api.apps.v1.ControllerRevisionList\
    io.k8s.api.apps.v1.DaemonSetio.k8s.api.apps.v1.DaemonSetCondition\
    io.k8s.api.apps.v1.DaemonSetListio.k8s.api.apps.v1.DaemonSetSpec\
    io.k8s.api.apps.v1.DaemonSetStatusio.k8s.api.apps.v1.DaemonSetUpdateStrategy\
    io.k8s.api.apps.v1.Deploymentio.k8s.api.apps.v1.DeploymentCondition\
    io.k8s.api.apps.v1.DeploymentListio.k8s.api.apps.v1.DeploymentSpec\
    io.k8s.api.apps.v1.DeploymentStatusio.k8s.api.apps.v1.DeploymentStrategy\
    io.k8s.api.apps.v1.ReplicaSetio.k8s.api.apps.v1.ReplicaSetCondition\
    io.k8s.api.apps.v1.ReplicaSetListio.k8s.api.apps.v1.ReplicaSetSpec\
    io.k8s.api.apps.v1.ReplicaSetStatusio.k8s.api.apps.v1.RollingUpdateDaemonSet\
    io.k8s.api.apps.v1.RollingUpdateDeploymentio.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy\
    io.k8s.api.apps.v1.StatefulSetio.k8s.api.apps.v1.StatefulSetCondition\
    io.k8s.api.apps.v1.StatefulSetListio.k8s.api.apps.v1.StatefulSetSpec\
    io.k8s.api.apps.v1.StatefulSetStatusio.k8s.api.apps.v1.StatefulSetUpdateStrategy\
    io.k8s.api.authentication.v1.BoundObjectReferenceio.k8s.api.authentication.v1.TokenRequest\
    io.k8s.api.authentication.v1.TokenRequestSpecio.k8s.api.authentication.v1.TokenRequestStatus\
    io.k8s.api.authentication.v1.TokenReviewio.k8s.api.authentication.v1.TokenReviewSpec\
    io.k8s.api.authentication.v1.TokenReviewStatusio.k8s.api.authentication.v1.UserInfo\
    io.k8s.api.authentication.v1beta1.TokenReviewio.k8s.api.authentication.v1beta1.TokenReviewSpec\
    io.k8s.api.authentication.v1beta1.TokenReviewStatusio.k8s.api.authentication.v1beta1.UserInfo\
    io.k8s.api.authorization.v1.LocalSubjectAccessReview\
    io.k8s.api.authorization.v1.NonResourceAttributesio.k8s.api.authorization.v1.NonResourceRule\
    io.k8s.api.authorization.v1.ResourceAttributesio.k8s.api.authorization.v1.ResourceRule\
    io.k8s.api.authorization.v1.SelfSubjectAccessReview\
    io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec\
    io.k8s.api.authorization.v1.SelfSubjectRulesReview\
    io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec\
    io.k8s.api.authorization.v1.SubjectAccessReview\
    io.k8s.api.authorization.v1.SubjectAccessReviewSpec\
    io.k8s.api.authorization.v1.SubjectAccessReviewStatus\
    io.k8s.api.authorization.v1.SubjectRulesReviewStatus\
    io.k8s.api.authorization.v1beta1.LocalSubjectAccessReview\
    io.k8s.api.authorization.v1beta1.NonResourceAttributes\
    io.k8s.api.authorization.v1beta1.NonResourceRule\
    io.k8s.api.authorization.v1beta1.ResourceAttributes\
    io.k8s.api.authorization.v1beta1.ResourceRule\
    io.k8s.api.authorization.v1beta1.SelfSubjectAccessReview\
    io.k8s.api.authorization.v1beta1.SelfSubjectAccessReviewSpec\
    io.k8s.api.authorization.v1beta1.SelfSubjectRulesReview\
    io.k8s.api.authorization.v1beta1.SelfSubjectRulesReviewSpec\
    io.k8s.api.authorization.v1beta1.SubjectAccessReview\
    io.k8s.api.authorization.v1beta1.SubjectAccessReviewSpec\
    io.k8s.api.authorization.v1beta1.SubjectAccessReviewStatus\
    io.k8s.api.authorization.v1beta1.SubjectRulesReviewStatus\
    io.k8s.api.autoscaling.v1.CrossVersionObjectReference\
    io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler\
    io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerList\
    io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec\
    io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatusio.k8s.api.autoscaling.v1.Scale\
    io.k8s.api.autoscaling.v1.ScaleSpecio.k8s.api.autoscaling.v1.ScaleStatus\
    io.k8s.api.autoscaling.v2beta1.ContainerResourceMetricSource\
    io.k8s.api.autoscaling.v2beta1.ContainerResourceMetricStatus\
    io.k8s.api.autoscaling.v2beta1.CrossVersionObjectReference\
    io.k8s.api.autoscaling.v2beta1.ExternalMetricSource\
    io.k8s.api.autoscaling.v2beta1.ExternalMetricStatus\
    io.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscaler\
    io.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscalerCondition\
    io.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscalerList\
    io.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscalerSpec\
    io.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscalerStatus\
    io.k8s.api.autoscaling.v2beta1.MetricSpecio.k8s.api.autoscaling.v2beta1.MetricStatus\
    io.k8s.api.autoscaling.v2beta1.ObjectMetricSource\
    io.k8s.api.autoscaling.v2beta1.ObjectMetricStatus\
    io.k8s.api.autoscaling.v2beta1.PodsMetricSourceio.k8s.api.autoscaling.v2beta1.PodsMetricStatus\
    io.k8s.api.autoscaling.v2beta1.ResourceMetricSource\
    io.k8s.api.autoscaling.v2beta1.ResourceMetricStatus\
    io.k8s.api.autoscaling.v2beta2.ContainerResourceMetricSource\
    io.k8s.api.autoscaling.v2beta2.ContainerResourceMetricStatus\
    io.k8s.api.autoscaling.v2beta2.CrossVersionObjectReference\
    io.k8s.api.autoscaling.v2beta2.ExternalMetricSource\
    io.k8s.api.autoscaling.v2beta2.ExternalMetricStatus\
    io.k8s.api.autoscaling.v2beta2.HPAScalingPolicyio.k8s.api.autoscaling.v2beta2.HPAScalingRules\
    io.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscaler\
    io.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscalerBehavior\
    io.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscalerCondition\
    io.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscalerList\
    io.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscalerSpec\
    io.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscalerStatus\
    io.k8s.api.autoscaling.v2beta2.MetricIdentifierio.k8s.api.autoscaling.v2beta2.MetricSpec\
    io.k8s.api.autoscaling.v2beta2.MetricStatusio.k8s.api.autoscaling.v2beta2.MetricTarget\
    io.k8s.api.autoscaling.v2beta2.MetricValueStatus\
    io.k8s.api.autoscaling.v2beta2.ObjectMetricSource\
    io.k8s.api.autoscaling.v2beta2.ObjectMetricStatus\
    io.k8s.api.autoscaling.v2beta2.PodsMetricSourceio.k8s.api.autoscaling.v2beta2.PodsMetricStatus\
    io.k8s.api.autoscaling.v2beta2.ResourceMetricSource\
    io.k8s.api.autoscaling.v2beta2.ResourceMetricStatusio.k8s.api.batch.v1.CronJob\
    io.k8s.api.batch.v1.CronJobListio.k8s.api.batch.v1.CronJobSpecio.k8s.api.batch.v1.CronJobStatus\
    io.k8s.api.batch.v1.Jobio.k8s.api.batch.v1.JobConditionio.k8s.api.batch.v1.JobList\
    io.k8s.api.batch.v1.JobSpecio.k8s.api.batch.v1.JobStatusio.k8s.api.batch.v1.JobTemplateSpec\
    io.k8s.api.batch.v1beta1.CronJobio.k8s.api.batch.v1beta1.CronJobList\
    io.k8s.api.batch.v1beta1.CronJobSpecio.k8s.api.batch.v1beta1.CronJobStatus\
    io.k8s.api.batch.v1beta1.JobTemplateSpecio.k8s.api.certificates.v1.CertificateSigningRequest\
    io.k8s.api.certificates.v1.CertificateSigningRequestCondition\
    io.k8s.api.certificates.v1.CertificateSigningRequestList\
    io.k8s.api.certificates.v1.CertificateSigningRequestSpec\
    io.k8s.api.certificates.v1.CertificateSigningRequestStatus\
    io.k8s.api.certificates.v1beta1.CertificateSigningRequest\
    io.k8s.api.certificates.v1beta1.CertificateSigningRequestCondition\
    io.k8s.api.certificates.v1beta1.CertificateSigningRequestList\
    io.k8s.api.certificates.v1beta1.CertificateSigningRequestSpec\
    io.k8s.api.certificates.v1beta1.CertificateSigningRequestStatusio.k8s.api.coordination.v1.Lease\
    io.k8s.api.coordination.v1.LeaseListio.k8s.api.coordination.v1.LeaseSpec\
    io.k8s.api.coordination.v1beta1.Leaseio.k8s.api.coordination.v1beta1.LeaseList\
    io.k8s.api.coordination.v1beta1.LeaseSpecio.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource\
    io.k8s.api.core.v1.Affinityio.k8s.api.core.v1.AttachedVolume\
    io.k8s.api.core.v1.AzureDiskVolumeSourceio.k8s.api.core.v1.AzureFilePersistentVolumeSource\
    io.k8s.api.core.v1.AzureFileVolumeSourceio.k8s.api.core.v1.Binding\
    io.k8s.api.core.v1.CSIPersistentVolumeSourceio.k8s.api.core.v1.CSIVolumeSource\
    io.k8s.api.core.v1.Capabilitiesio.k8s.api.core.v1.CephFSPersistentVolumeSource\
    io.k8s.api.core.v1.CephFSVolumeSourceio.k8s.api.core.v1.CinderPersistentVolumeSource\
    io.k8s.api.core.v1.CinderVolumeSourceio.k8s.api.core.v1.ClientIPConfig\
    io.k8s.api.core.v1.ComponentConditionio.k8s.api.core.v1.ComponentStatus\
    io.k8s.api.core.v1.ComponentStatusListio.k8s.api.core.v1.ConfigMap\
    io.k8s.api.core.v1.ConfigMapEnvSourceio.k8s.api.core.v1.ConfigMapKeySelector\
    io.k8s.api.core.v1.ConfigMapListio.k8s.api.core.v1.ConfigMapNodeConfigSource\
    io.k8s.api.core.v1.ConfigMapProjectionio.k8s.api.core.v1.ConfigMapVolumeSource\
    io.k8s.api.core.v1.Containerio.k8s.api.core.v1.ContainerImageio.k8s.api.core.v1.ContainerPort\
    io.k8s.api.core.v1.ContainerStateio.k8s.api.core.v1.ContainerStateRunning\
    io.k8s.api.core.v1.ContainerStateTerminatedio.k8s.api.core.v1.ContainerStateWaiting\
    io.k8s.api.core.v1.ContainerStatusio.k8s.api.core.v1.DaemonEndpoint\
    io.k8s.api.core.v1.DownwardAPIProjectionio.k8s.api.core.v1.DownwardAPIVolumeFile\
    io.k8s.api.core.v1.DownwardAPIVolumeSourceio.k8s.api.core.v1.EmptyDirVolumeSource\
    io.k8s.api.core.v1.EndpointAddressio.k8s.api.core.v1.EndpointPort\
    io.k8s.api.core.v1.EndpointSubsetio.k8s.api.core.v1.Endpointsio.k8s.api.core.v1.EndpointsList\
    io.k8s.api.core.v1.EnvFromSourceio.k8s.api.core.v1.EnvVario.k8s.api.core.v1.EnvVarSource\
    io.k8s.api.core.v1.EphemeralContainerio.k8s.api.core.v1.EphemeralVolumeSource\
    io.k8s.api.core.v1.Eventio.k8s.api.core.v1.EventListio.k8s.api.core.v1.EventSeries\
    io.k8s.api.core.v1.EventSourceio.k8s.api.core.v1.ExecActionio.k8s.api.core.v1.FCVolumeSource\
    io.k8s.api.core.v1.FlexPersistentVolumeSourceio.k8s.api.core.v1.FlexVolumeSource\
    io.k8s.api.core.v1.FlockerVolumeSourceio.k8s.api.core.v1.GCEPersistentDiskVolumeSource\
    io.k8s.api.core.v1.GitRepoVolumeSourceio.k8s.api.core.v1.GlusterfsPersistentVolumeSource\
    io.k8s.api.core.v1.GlusterfsVolumeSourceio.k8s.api.core.v1.HTTPGetAction\
    io.k8s.api.core.v1.HTTPHeaderio.k8s.api.core.v1.Handlerio.k8s.api.core.v1.HostAlias\
    io.k8s.api.core.v1.HostPathVolumeSourceio.k8s.api.core.v1.ISCSIPersistentVolumeSource\
    io.k8s.api.core.v1.ISCSIVolumeSourceio.k8s.api.core.v1.KeyToPathio.k8s.api.core.v1.Lifecycle\
    io.k8s.api.core.v1.LimitRangeio.k8s.api.core.v1.LimitRangeItemio.k8s.api.core.v1.LimitRangeList\
    io.k8s.api.core.v1.LimitRangeSpecio.k8s.api.core.v1.LoadBalancerIngress\
    io.k8s.api.core.v1.LoadBalancerStatusio.k8s.api.core.v1.LocalObjectReference\
    io.k8s.api.core.v1.LocalVolumeSourceio.k8s.api.core.v1.NFSVolumeSource\
    io.k8s.api.core.v1.Namespaceio.k8s.api.core.v1.NamespaceCondition\
    io.k8s.api.core.v1.NamespaceListio.k8s.api.core.v1.NamespaceSpec\
    io.k8s.api.core.v1.NamespaceStatusio.k8s.api.core.v1.Nodeio.k8s.api.core.v1.NodeAddress\
    io.k8s.api.core.v1.NodeAffinityio.k8s.api.core.v1.NodeCondition\
    io.k8s.api.core.v1.NodeConfigSourceio.k8s.api.core.v1.NodeConfigStatus\
    io.k8s.api.core.v1.NodeDaemonEndpointsio.k8s.api.core.v1.NodeList\
    io.k8s.api.core.v1.NodeSelectorio.k8s.api.core.v1.NodeSelectorRequirement\
    io.k8s.api.core.v1.NodeSelectorTermio.k8s.api.core.v1.NodeSpecio.k8s.api.core.v1.NodeStatus\
    io.k8s.api.core.v1.NodeSystemInfoio.k8s.api.core.v1.ObjectFieldSelector\
    io.k8s.api.core.v1.ObjectReferenceio.k8s.api.core.v1.PersistentVolume\
    io.k8s.api.core.v1.PersistentVolumeClaimio.k8s.api.core.v1.PersistentVolumeClaimCondition\
    io.k8s.api.core.v1.PersistentVolumeClaimListio.k8s.api.core.v1.PersistentVolumeClaimSpec\
    io.k8s.api.core.v1.PersistentVolumeClaimStatusio.k8s.api.core.v1.PersistentVolumeClaimTemplate\
    io.k8s.api.core.v1.PersistentVolumeClaimVolumeSourceio.k8s.api.core.v1.PersistentVolumeList\
    io.k8s.api.core.v1.PersistentVolumeSpecio.k8s.api.core.v1.PersistentVolumeStatus\
    io.k8s.api.core.v1.PhotonPersistentDiskVolumeSourceio.k8s.api.core.v1.Pod\
    io.k8s.api.core.v1.PodAffinityio.k8s.api.core.v1.PodAffinityTerm\
    io.k8s.api.core.v1.PodAntiAffinityio.k8s.api.core.v1.PodCondition\
    io.k8s.api.core.v1.PodDNSConfigio.k8s.api.core.v1.PodDNSConfigOptionio.k8s.api.core.v1.PodIP\
    io.k8s.api.core.v1.PodListio.k8s.api.core.v1.PodReadinessGate\
    io.k8s.api.core.v1.PodSecurityContextio.k8s.api.core.v1.PodSpecio.k8s.api.core.v1.PodStatus\
    io.k8s.api.core.v1.PodTemplateio.k8s.api.core.v1.PodTemplateList\
    io.k8s.api.core.v1.PodTemplateSpecio.k8s.api.core.v1.PortStatus\
    io.k8s.api.core.v1.PortworxVolumeSourceio.k8s.api.core.v1.PreferredSchedulingTerm\
    io.k8s.api.core.v1.Probeio.k8s.api.core.v1.ProjectedVolumeSource\
    io.k8s.api.core.v1.QuobyteVolumeSourceio.k8s.api.core.v1.RBDPersistentVolumeSource\
    io.k8s.api.core.v1.RBDVolumeSourceio.k8s.api.core.v1.ReplicationController\
    io.k8s.api.core.v1.ReplicationControllerConditionio.k8s.api.core.v1.ReplicationControllerList\
    io.k8s.api.core.v1.ReplicationControllerSpecio.k8s.api.core.v1.ReplicationControllerStatus\
    io.k8s.api.core.v1.ResourceFieldSelectorio.k8s.api.core.v1.ResourceQuota\
    io.k8s.api.core.v1.ResourceQuotaListio.k8s.api.core.v1.ResourceQuotaSpec\
    io.k8s.api.core.v1.ResourceQuotaStatusio.k8s.api.core.v1.ResourceRequirements\
    io.k8s.api.core.v1.SELinuxOptionsio.k8s.api.core.v1.ScaleIOPersistentVolumeSource\
    io.k8s.api.core.v1.ScaleIOVolumeSourceio.k8s.api.core.v1.ScopeSelector\
    io.k8s.api.core.v1.ScopedResourceSelectorRequirementio.k8s.api.core.v1.SeccompProfile\
    io.k8s.api.core.v1.Secretio.k8s.api.core.v1.SecretEnvSourceio.k8s.api.core.v1.SecretKeySelector\
    io.k8s.api.core.v1.SecretListio.k8s.api.core.v1.SecretProjection\
    io.k8s.api.core.v1.SecretReferenceio.k8s.api.core.v1.SecretVolumeSource\
    io.k8s.api.core.v1.SecurityContextio.k8s.api.core.v1.Serviceio.k8s.api.core.v1.ServiceAccount\
    io.k8s.api.core.v1.ServiceAccountListio.k8s.api.core.v1.ServiceAccountTokenProjection\
    io.k8s.api.core.v1.ServiceListio.k8s.api.core.v1.ServicePortio.k8s.api.core.v1.ServiceSpec\
    io.k8s.api.core.v1.ServiceStatusio.k8s.api.core.v1.SessionAffinityConfig\
    io.k8s.api.core.v1.StorageOSPersistentVolumeSourceio.k8s.api.core.v1.StorageOSVolumeSource\
    io.k8s.api.core.v1.Sysctlio.k8s.api.core.v1.TCPSocketActionio.k8s.api.core.v1.Taint\
    io.k8s.api.core.v1.Tolerationio.k8s.api.core.v1.TopologySelectorLabelRequirement\
    io.k8s.api.core.v1.TopologySelectorTermio.k8s.api.core.v1.TopologySpreadConstraint\
    io.k8s.api.core.v1.TypedLocalObjectReferenceio.k8s.api.core.v1.Volume\
    io.k8s.api.core.v1.VolumeDeviceio.k8s.api.core.v1.VolumeMount\
    io.k8s.api.core.v1.VolumeNodeAffinityio.k8s.api.core.v1.VolumeProjection\
    io.k8s.api.core.v1.VsphereVirtualDiskVolumeSourceio.k8s.api.core.v1.WeightedPodAffinityTerm\
    io.k8s.api.core.v1.WindowsSecurityContextOptionsio.k8s.api.discovery.v1.Endpoint\
    io.k8s.api.discovery.v1.EndpointConditionsio.k8s.api.discovery.v1.EndpointHints\
    io.k8s.api.discovery.v1.EndpointPortio.k8s.api.discovery.v1.EndpointSlice\
    io.k8s.api.discovery.v1.EndpointSliceListio.k8s.api.discovery.v1.ForZone\
    io.k8s.api.discovery.v1beta1.Endpointio.k8s.api.discovery.v1beta1.EndpointConditions\
    io.k8s.api.discovery.v1beta1.EndpointHintsio.k8s.api.discovery.v1beta1.EndpointPort\
    io.k8s.api.discovery.v1beta1.EndpointSliceio.k8s.api.discovery.v1beta1.EndpointSliceList\
    io.k8s.api.discovery.v1beta1.ForZoneio.k8s.api.events.v1.Eventio.k8s.api.events.v1.EventList\
    io.k8s.api.events.v1.EventSeriesio.k8s.api.events.v1beta1.Event\
    io.k8s.api.events.v1beta1.EventListio.k8s.api.events.v1beta1.EventSeries\
    io.k8s.api.extensions.v1beta1.HTTPIngressPathio.k8s.api.extensions.v1beta1.HTTPIngressRuleValue\
    io.k8s.api.extensions.v1beta1.Ingressio.k8s.api.extensions.v1beta1.IngressBackend\
    io.k8s.api.extensions.v1beta1.IngressListio.k8s.api.extensions.v1beta1.IngressRule\
    io.k8s.api.extensions.v1beta1.IngressSpecio.k8s.api.extensions.v1beta1.IngressStatus\
    io.k8s.api.extensions.v1beta1.IngressTLSio.k8s.api.flowcontrol.v1beta1.FlowDistinguisherMethod\
    io.k8s.api.flowcontrol.v1beta1.FlowSchemaio.k8s.api.flowcontrol.v1beta1.FlowSchemaCondition\
    io.k8s.api.flowcontrol.v1beta1.FlowSchemaListio.k8s.api.flowcontrol.v1beta1.FlowSchemaSpec\
    io.k8s.api.flowcontrol.v1beta1.FlowSchemaStatusio.k8s.api.flowcontrol.v1beta1.GroupSubject\
    io.k8s.api.flowcontrol.v1beta1.LimitResponse\
    io.k8s.api.flowcontrol.v1beta1.LimitedPriorityLevelConfiguration\
    io.k8s.api.flowcontrol.v1beta1.NonResourcePolicyRule\
    io.k8s.api.flowcontrol.v1beta1.PolicyRulesWithSubjects\
    io.k8s.api.flowcontrol.v1beta1.PriorityLevelConfiguration\
    io.k8s.api.flowcontrol.v1beta1.PriorityLevelConfigurationCondition\
    io.k8s.api.flowcontrol.v1beta1.PriorityLevelConfigurationList\
    io.k8s.api.flowcontrol.v1beta1.PriorityLevelConfigurationReference\
    io.k8s.api.flowcontrol.v1beta1.PriorityLevelConfigurationSpec\
    io.k8s.api.flowcontrol.v1beta1.PriorityLevelConfigurationStatus\
    io.k8s.api.flowcontrol.v1beta1.QueuingConfiguration\
    io.k8s.api.flowcontrol.v1beta1.ResourcePolicyRule\
    io.k8s.api.flowcontrol.v1beta1.ServiceAccountSubjectio.k8s.api.flowcontrol.v1beta1.Subject\
    io.k8s.api.flowcontrol.v1beta1.UserSubjectio.k8s.api.networking.v1.HTTPIngressPath\
    io.k8s.api.networking.v1.HTTPIngressRuleValueio.k8s.api.networking.v1.IPBlock\
    io.k8s.api.networking.v1.Ingressio.k8s.api.networking.v1.IngressBackend\
    io.k8s.api.networking.v1.IngressClassio.k8s.api.networking.v1.IngressClassList\
    io.k8s.api.networking.v1.IngressClassParametersReference\
    io.k8s.api.networking.v1.IngressClassSpecio.k8s.api.networking.v1.IngressList\
    io.k8s.api.networking.v1.IngressRuleio.k8s.api.networking.v1.IngressServiceBackend\
    io.k8s.api.networking.v1.IngressSpecio.k8s.api.networking.v1.IngressStatus\
    io.k8s.api.networking.v1.IngressTLSio.k8s.api.networking.v1.NetworkPolicy\
    io.k8s.api.networking.v1.NetworkPolicyEgressRule\
    io.k8s.api.networking.v1.NetworkPolicyIngressRuleio.k8s.api.networking.v1.NetworkPolicyList\
    io.k8s.api.networking.v1.NetworkPolicyPeerio.k8s.api.networking.v1.NetworkPolicyPort\
    io.k8s.api.networking.v1.NetworkPolicySpecio.k8s.api.networking.v1.ServiceBackendPort\
    io.k8s.api.networking.v1beta1.HTTPIngressPathio.k8s.api.networking.v1beta1.HTTPIngressRuleValue\
    io.k8s.api.networking.v1beta1.Ingressio.k8s.api.networking.v1beta1.IngressBackend\
    io.k8s.api.networking.v1beta1.IngressClassio.k8s.api.networking.v1beta1.IngressClassList\
    io.k8s.api.networking.v1beta1.IngressClassParametersReference\
    io.k8s.api.networking.v1beta1.IngressClassSpecio.k8s.api.networking.v1beta1.IngressList\
    io.k8s.api.networking.v1beta1.IngressRuleio.k8s.api.networking.v1beta1.IngressSpec\
    io.k8s.api.networking.v1beta1.IngressStatusio.k8s.api.networking.v1beta1.IngressTLS\
    io.k8s.api.node.v1.Overheadio.k8s.api.node.v1.RuntimeClassio.k8s.api.node.v1.RuntimeClassList\
    io.k8s.api.node.v1.Schedulingio.k8s.api.node.v1beta1.Overhead\
    io.k8s.api.node.v1beta1.RuntimeClassio.k8s.api.node.v1beta1.RuntimeClassList\
    io.k8s.api.node.v1beta1.Schedulingio.k8s.api.policy.v1.PodDisruptionBudget\
    io.k8s.api.policy.v1.PodDisruptionBudgetListio.k8s.api.policy.v1.PodDisruptionBudgetSpec\
    io.k8s.api.policy.v1.PodDisruptionBudgetStatusio.k8s.api.policy.v1beta1.AllowedCSIDriver\
    io.k8s.api.policy.v1beta1.AllowedFlexVolumeio.k8s.api.policy.v1beta1.AllowedHostPath\
    io.k8s.api.policy.v1beta1.Evictionio.k8s.api.policy.v1beta1.FSGroupStrategyOptions\
    io.k8s.api.policy.v1beta1.HostPortRangeio.k8s.api.policy.v1beta1.IDRange\
    io.k8s.api.policy.v1beta1.PodDisruptionBudgetio.k8s.api.policy.v1beta1.PodDisruptionBudgetList\
    io.k8s.api.policy.v1beta1.PodDisruptionBudgetSpec\
    io.k8s.api.policy.v1beta1.PodDisruptionBudgetStatusio.k8s.api.policy.v1beta1.PodSecurityPolicy\
    io.k8s.api.policy.v1beta1.PodSecurityPolicyListio.k8s.api.policy.v1beta1.PodSecurityPolicySpec\
    io.k8s.api.policy.v1beta1.RunAsGroupStrategyOptions\
    io.k8s.api.policy.v1beta1.RunAsUserStrategyOptions\
    io.k8s.api.policy.v1beta1.RuntimeClassStrategyOptions\
    io.k8s.api.policy.v1beta1.SELinuxStrategyOptions\
    io.k8s.api.policy.v1beta1.SupplementalGroupsStrategyOptionsio.k8s.api.rbac.v1.AggregationRule\
    io.k8s.api.rbac.v1.ClusterRoleio.k8s.api.rbac.v1.ClusterRoleBinding\
    io.k8s.api.rbac.v1.ClusterRoleBindingListio.k8s.api.rbac.v1.ClusterRoleList\
    io.k8s.api.rbac.v1.PolicyRuleio.k8s.api.rbac.v1.Roleio.k8s.api.rbac.v1.RoleBinding\
    io.k8s.api.rbac.v1.RoleBindingListio.k8s.api.rbac.v1.RoleListio.k8s.api.rbac.v1.RoleRef\
    io.k8s.api.rbac.v1.Subjectio.k8s.api.rbac.v1beta1.AggregationRule\
    io.k8s.api.rbac.v1beta1.ClusterRoleio.k8s.api.rbac.v1beta1.ClusterRoleBinding\
    io.k8s.api.rbac.v1beta1.ClusterRoleBindingListio.k8s.api.rbac.v1beta1.ClusterRoleList\
    io.k8s.api.rbac.v1beta1.PolicyRuleio.k8s.api.rbac.v1beta1.Role\
    io.k8s.api.rbac.v1beta1.RoleBindingio.k8s.api.rbac.v1beta1.RoleBindingList\
    io.k8s.api.rbac.v1beta1.RoleListio.k8s.api.rbac.v1beta1.RoleRefio.k8s.api.rbac.v1beta1.Subject\
    io.k8s.api.scheduling.v1.PriorityClassio.k8s.api.scheduling.v1.PriorityClassList\
    io.k8s.api.scheduling.v1beta1.PriorityClassio.k8s.api.scheduling.v1beta1.PriorityClassList\
    io.k8s.api.storage.v1.CSIDriverio.k8s.api.storage.v1.CSIDriverList\
    io.k8s.api.storage.v1.CSIDriverSpecio.k8s.api.storage.v1.CSINode\
    io.k8s.api.storage.v1.CSINodeDriverio.k8s.api.storage.v1.CSINodeList\
    io.k8s.api.storage.v1.CSINodeSpecio.k8s.api.storage.v1.StorageClass\
    io.k8s.api.storage.v1.StorageClassListio.k8s.api.storage.v1.TokenRequest\
    io.k8s.api.storage.v1.VolumeAttachmentio.k8s.api.storage.v1.VolumeAttachmentList\
    io.k8s.api.storage.v1.VolumeAttachmentSourceio.k8s.api.storage.v1.VolumeAttachmentSpec\
    io.k8s.api.storage.v1.VolumeAttachmentStatusio.k8s.api.storage.v1.VolumeError\
    io.k8s.api.storage.v1.VolumeNodeResourcesio.k8s.api.storage.v1beta1.CSIDriver\
    io.k8s.api.storage.v1beta1.CSIDriverListio.k8s.api.storage.v1beta1.CSIDriverSpec\
    io.k8s.api.storage.v1beta1.CSINodeio.k8s.api.storage.v1beta1.CSINodeDriver\
    io.k8s.api.storage.v1beta1.CSINodeListio.k8s.api.storage.v1beta1.CSINodeSpec\
    io.k8s.api.storage.v1beta1.CSIStorageCapacityio.k8s.api.storage.v1beta1.CSIStorageCapacityList\
    io.k8s.api.storage.v1beta1.StorageClassio.k8s.api.storage.v1beta1.StorageClassList\
    io.k8s.api.storage.v1beta1.TokenRequestio.k8s.api.storage.v1beta1.VolumeAttachment\
    io.k8s.api.storage.v1beta1.VolumeAttachmentList\
    io.k8s.api.storage.v1beta1.VolumeAttachmentSource\
    io.k8s.api.storage.v1beta1.VolumeAttachmentSpec\
    io.k8s.api.storage.v1beta1.VolumeAttachmentStatusio.k8s.api.storage.v1beta1.VolumeError\
    io.k8s.api.storage.v1beta1.VolumeNodeResources\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionList\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceColumnDefinition\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceConversion\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinition\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionCondition\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionList\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionNames\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionSpec\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionStatus\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionVersion\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceSubresourceScale\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceSubresourceStatus\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceSubresources\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceValidation\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.ExternalDocumentation\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSON\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaProps\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrArray\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrBool\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrStringArray\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.ServiceReference\
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.WebhookClientConfig\
    io.k8s.apimachinery.pkg.api.resource.Quantityio.k8s.apimachinery.pkg.apis.meta.v1.APIGroup\
    io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList\
    io.k8s.apimachinery.pkg.apis.meta.v1.APIResource\
    io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList\
    io.k8s.apimachinery.pkg.apis.meta.v1.APIVersionsio.k8s.apimachinery.pkg.apis.meta.v1.Condition\
    io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptionsio.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1\
    io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery\
    io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector\
    io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement\
    io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta\
    io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry\
    io.k8s.apimachinery.pkg.apis.meta.v1.MicroTimeio.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta\
    io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReferenceio.k8s.apimachinery.pkg.apis.meta.v1.Patch\
    io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions\
    io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR\
    io.k8s.apimachinery.pkg.apis.meta.v1.Statusio.k8s.apimachinery.pkg.apis.meta.v1.StatusCause\
    io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetailsio.k8s.apimachinery.pkg.apis.meta.v1.Time\
    io.k8s.apimachinery.pkg.apis.meta.v1.WatchEventio.k8s.apimachinery.pkg.runtime.RawExtension\
    io.k8s.apimachinery.pkg.util.intstr.IntOrStringio.k8s.apimachinery.pkg.version.Info\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceList\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1beta1.APIService\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1beta1.APIServiceCondition\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1beta1.APIServiceList\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1beta1.APIServiceSpec\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1beta1.APIServiceStatus\
    io.k8s.kube-aggregator.pkg.apis.apiregistration.v1beta1.ServiceReference";

/// Where each name ends in `DEFINITIONS`.
pub(super) static DEFINITION_ENDS: [u16; 618] = [
    51, 115, 183, 237, 289, 342, 408, 478, 533, 589, 658, 731, 790, 847, 905, 976, 1051, 1111,
    1148, 1189, 1217, 1254, 1286, 1318, 1352, 1394, 1423, 1461, 1494, 1527, 1562, 1599, 1628, 1666,
    1699, 1732, 1767, 1808, 1850, 1901, 1931, 1970, 2004, 2038, 2074, 2118, 2167, 2208, 2253, 2300,
    2340, 2384, 2430, 2467, 2512, 2561, 2612, 2654, 2706, 2755, 2798, 2844, 2884, 2935, 2990, 3040,
    3094, 3141, 3192, 3245, 3297, 3354, 3408, 3456, 3507, 3552, 3608, 3668, 3723, 3782, 3834, 3890,
    3948, 4005, 4058, 4107, 4160, 4213, 4268, 4299, 4334, 4371, 4431, 4491, 4549, 4600, 4651, 4705,
    4768, 4826, 4884, 4944, 4985, 5028, 5077, 5126, 5173, 5220, 5271, 5322, 5382, 5442, 5500, 5551,
    5602, 5649, 5695, 5749, 5811, 5874, 5932, 5990, 6050, 6097, 6138, 6181, 6224, 6272, 6321, 6370,
    6417, 6464, 6515, 6566, 6593, 6624, 6655, 6688, 6711, 6743, 6770, 6797, 6826, 6861, 6893, 6929,
    6965, 7003, 7043, 7095, 7156, 7212, 7268, 7326, 7383, 7449, 7510, 7571, 7634, 7666, 7702, 7738,
    7775, 7816, 7857, 7908, 7935, 7968, 8008, 8058, 8098, 8124, 8168, 8202, 8233, 8280, 8317, 8364,
    8401, 8434, 8471, 8505, 8543, 8571, 8608, 8647, 8679, 8723, 8761, 8801, 8829, 8862, 8894, 8927,
    8967, 9010, 9050, 9084, 9117, 9157, 9197, 9239, 9278, 9312, 9343, 9376, 9404, 9436, 9468, 9493,
    9524, 9561, 9601, 9625, 9653, 9683, 9713, 9742, 9775, 9820, 9855, 9893, 9941, 9979, 10029,
    10069, 10101, 10130, 10156, 10184, 10223, 10269, 10305, 10333, 10361, 10390, 10423, 10456,
    10489, 10527, 10564, 10603, 10639, 10673, 10701, 10738, 10770, 10802, 10836, 10859, 10889,
    10920, 10952, 10987, 11022, 11060, 11087, 11118, 11160, 11195, 11222, 11251, 11284, 11322,
    11356, 11391, 11431, 11480, 11524, 11568, 11614, 11662, 11714, 11753, 11792, 11833, 11884,
    11906, 11936, 11970, 12004, 12035, 12066, 12103, 12127, 12153, 12188, 12225, 12251, 12279,
    12309, 12343, 12377, 12406, 12445, 12487, 12511, 12551, 12589, 12633, 12667, 12707, 12756,
    12800, 12844, 12890, 12930, 12962, 12998, 13034, 13072, 13111, 13144, 13192, 13230, 13262,
    13314, 13347, 13372, 13406, 13442, 13471, 13506, 13540, 13577, 13611, 13637, 13670, 13707,
    13755, 13785, 13815, 13845, 13877, 13917, 13967, 14007, 14032, 14066, 14090, 14119, 14170,
    14209, 14252, 14296, 14321, 14352, 14382, 14419, 14454, 14503, 14545, 14593, 14625, 14667,
    14704, 14740, 14777, 14818, 14849, 14886, 14933, 14975, 15016, 15058, 15104, 15140, 15166,
    15196, 15228, 15259, 15294, 15331, 15376, 15426, 15463, 15507, 15548, 15589, 15630, 15673,
    15713, 15767, 15808, 15858, 15903, 15948, 15995, 16038, 16082, 16146, 16198, 16252, 16309,
    16375, 16436, 16502, 16563, 16626, 16677, 16726, 16778, 16816, 16858, 16898, 16943, 16975,
    17007, 17046, 17083, 17124, 17180, 17221, 17257, 17293, 17339, 17375, 17413, 17448, 17486,
    17534, 17583, 17625, 17667, 17709, 17751, 17794, 17839, 17889, 17926, 17970, 18012, 18058,
    18119, 18165, 18206, 18247, 18288, 18331, 18371, 18398, 18429, 18464, 18493, 18525, 18561,
    18601, 18635, 18675, 18719, 18763, 18809, 18851, 18894, 18935, 18969, 19017, 19056, 19089,
    19134, 19183, 19232, 19283, 19326, 19373, 19420, 19471, 19521, 19574, 19622, 19681, 19715,
    19745, 19782, 19823, 19857, 19886, 19909, 19939, 19973, 20000, 20026, 20052, 20091, 20126,
    20168, 20214, 20253, 20287, 20315, 20350, 20389, 20421, 20452, 20483, 20521, 20563, 20606,
    20653, 20684, 20719, 20754, 20783, 20818, 20851, 20884, 20918, 20956, 20990, 21028, 21070,
    21114, 21156, 21200, 21233, 21274, 21310, 21350, 21390, 21424, 21464, 21502, 21540, 21585,
    21634, 21673, 21716, 21755, 21798, 21845, 21894, 21941, 21990, 22028, 22074, 22161, 22242,
    22323, 22413, 22498, 22584, 22669, 22756, 22844, 22931, 23019, 23102, 23183, 23261, 23322,
    23394, 23473, 23551, 23636, 23709, 23785, 23859, 23951, 24037, 24123, 24218, 24308, 24399,
    24489, 24581, 24674, 24766, 24859, 24947, 25033, 25116, 25182, 25259, 25343, 25426, 25516,
    25594, 25675, 25720, 25765, 25814, 25862, 25914, 25962, 26008, 26058, 26103, 26164, 26214,
    26275, 26320, 26375, 26421, 26468, 26519, 26561, 26611, 26673, 26716, 26764, 26814, 26855,
    26902, 26946, 26993, 27029, 27090, 27160, 27225, 27290, 27357, 27424, 27490, 27565, 27635,
    27705, 27777, 27849,
];

/// The type of each definition.
pub(super) static DEFINITION_TYPES: [u16; 618] = [
    2, 3, 4, 5, 6, 7, 8, 9, 10, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
    21, 22, 23, 18, 24, 14, 25, 26, 27, 28, 28, 29, 30, 14, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 43, 52, 53, 54, 55, 44, 45, 46, 47,
    48, 49, 50, 51, 55, 56, 53, 54, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 57, 67, 68, 69, 14, 70,
    71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 57, 83, 84, 85, 86, 87, 88, 14, 89, 90, 91, 92,
    93, 94, 95, 96, 97, 98, 83, 84, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 101,
    102, 103, 104, 110, 111, 20, 112, 113, 114, 111, 20, 112, 113, 114, 115, 116, 117, 115, 116,
    117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135,
    136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154,
    155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173,
    174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191, 192,
    193, 194, 195, 196, 197, 14, 198, 199, 200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210,
    211, 212, 213, 214, 215, 216, 217, 218, 106, 219, 220, 221, 222, 223, 224, 225, 226, 227, 228,
    229, 230, 229, 106, 231, 180, 232, 233, 234, 235, 236, 237, 238, 239, 240, 241, 242, 243, 244,
    245, 246, 247, 248, 249, 14, 250, 251, 27, 252, 253, 254, 255, 256, 257, 258, 259, 260, 261,
    262, 263, 264, 137, 138, 265, 141, 266, 267, 268, 269, 270, 271, 272, 273, 274, 275, 276, 277,
    278, 279, 180, 280, 281, 282, 283, 284, 285, 286, 287, 120, 288, 289, 290, 291, 292, 293, 294,
    295, 296, 157, 297, 298, 194, 299, 295, 296, 157, 300, 301, 194, 302, 303, 168, 302, 303, 168,
    304, 305, 306, 307, 308, 309, 310, 311, 312, 313, 314, 14, 315, 316, 317, 194, 318, 319, 45,
    320, 321, 14, 322, 194, 323, 317, 324, 325, 266, 326, 194, 327, 328, 329, 330, 331, 332, 333,
    334, 335, 336, 337, 338, 339, 311, 312, 340, 341, 342, 343, 344, 345, 346, 347, 304, 305, 306,
    307, 332, 333, 334, 335, 308, 309, 310, 311, 312, 348, 349, 350, 351, 348, 349, 350, 351, 352,
    353, 354, 355, 194, 356, 357, 358, 359, 360, 360, 352, 353, 354, 355, 361, 362, 363, 359, 359,
    364, 365, 359, 366, 367, 368, 369, 370, 371, 372, 368, 369, 373, 286, 374, 366, 367, 368, 369,
    370, 371, 372, 368, 369, 373, 286, 374, 375, 376, 375, 376, 377, 378, 379, 380, 381, 382, 383,
    384, 385, 386, 387, 388, 389, 390, 391, 392, 393, 377, 378, 379, 380, 381, 382, 383, 394, 395,
    384, 385, 386, 387, 388, 389, 390, 391, 392, 393, 396, 397, 398, 14, 399, 400, 401, 402, 403,
    404, 1, 405, 406, 407, 1, 408, 1, 1, 1, 6, 10, 409, 410, 411, 412, 14, 413, 400, 414, 402, 415,
    404, 1, 405, 406, 407, 1, 408, 1, 1, 1, 6, 10, 0, 416, 417, 418, 419, 420, 421, 422, 1, 423,
    424, 210, 425, 426, 0, 427, 428, 1, 429, 430, 431, 432, 433, 0, 434, 1, 0, 435, 436, 14, 437,
    438, 439, 440, 436, 14, 437, 438, 439, 440,
];
