// Written by `cargo xtask codegen`; change the generator, not this file.

/// Every name, sorted and joined without a separator.
pub(super) static NAMES: &str = "\
    $ref$schemaAPIGroupAPIGroupListAPIResourceListAPIServiceAPIServiceListAPIVersionsBinding\
    CSIDriverCSIDriverListCSINodeCSINodeListCSIStorageCapacityCSIStorageCapacityList\
    CertificateSigningRequestCertificateSigningRequestListClusterRoleClusterRoleBinding\
    ClusterRoleBindingListClusterRoleListComponentStatusComponentStatusListConfigMapConfigMapList\
    ControllerRevisionControllerRevisionListCronJobCronJobListCustomResourceDefinition\
    CustomResourceDefinitionListDaemonSetDaemonSetListDeleteOptionsDeploymentDeploymentList\
    EndpointSliceEndpointSliceListEndpointsEndpointsListEventEventListEvictionFlowSchema\
    FlowSchemaListHorizontalPodAutoscalerHorizontalPodAutoscalerListIngressIngressClass\
    IngressClassListIngressListJSONPathJobJobListLeaseLeaseListLimitRangeLimitRangeList\
    LocalSubjectAccessReviewMutatingWebhookConfigurationMutatingWebhookConfigurationListNamespace\
    NamespaceListNetworkPolicyNetworkPolicyListNodeNodeListNodeProxyOptionsPersistentVolume\
    PersistentVolumeClaimPersistentVolumeClaimListPersistentVolumeListPodPodAttachOptions\
    PodDisruptionBudgetPodDisruptionBudgetListPodExecOptionsPodListPodPortForwardOptions\
    PodProxyOptionsPodSecurityPolicyPodSecurityPolicyListPodTemplatePodTemplateListPort\
    PriorityClassPriorityClassListPriorityLevelConfigurationPriorityLevelConfigurationList\
    ReplicaSetReplicaSetListReplicationControllerReplicationControllerListResourceQuota\
    ResourceQuotaListRoleRoleBindingRoleBindingListRoleListRuntimeClassRuntimeClassListScaleSecret\
    SecretListSelfSubjectAccessReviewSelfSubjectRulesReviewServiceServiceAccountServiceAccountList\
    ServiceListServiceProxyOptionsStatefulSetStatefulSetListStatusStorageClassStorageClassList\
    SubjectAccessReviewTokenRequestTokenReviewValidatingAdmissionPolicy\
    ValidatingAdmissionPolicyBindingValidatingWebhookConfiguration\
    ValidatingWebhookConfigurationListVolumeAttachmentVolumeAttachmentListWatchEventacceptedNames\
    accessModesacquireTimeactionactiveactiveDeadlineSecondsaddadditionalItems\
    additionalPrinterColumnsadditionalPropertiesaddressaddressTypeaddressesadmission.k8s.io/v1\
    admission.k8s.io/v1beta1admissionReviewVersionsadmissionregistration.k8s.io/v1\
    admissionregistration.k8s.io/v1beta1affinityaggregationRuleallOfallocatable\
    allocateLoadBalancerNodePortsallowPrivilegeEscalationallowVolumeExpansionallowed\
    allowedCSIDriversallowedCapabilitiesallowedFlexVolumesallowedHostPathsallowedProcMountTypes\
    allowedRuntimeClassNamesallowedTopologiesallowedUnsafeSysctlsannotationsanyOfapiGroupapiGroups\
    apiVersionapiVersionsapiextensions.k8s.io/v1apiextensions.k8s.io/v1beta1\
    apiregistration.k8s.io/v1apiregistration.k8s.io/v1beta1appProtocolapps/v1apps/v1beta1\
    apps/v1beta2architectureargsassignedassuredConcurrencySharesattachErrorattachRequiredattached\
    attacherattachmentMetadataaudienceaudiencesauthenticatedauthentication.k8s.io/v1\
    authentication.k8s.io/v1beta1authorization.k8s.io/v1authorization.k8s.io/v1beta1\
    automountServiceAccountTokenautoscaling/v1autoscaling/v2beta1autoscaling/v2beta2\
    availableReplicasaverageUtilizationaverageValueawsElasticBlockStoreazureDiskazureFilebackend\
    backoffLimitbatch/v1batch/v1beta1behaviorbinaryDatablockOwnerDeletionbootIDboundObjectRef\
    buildDatecaBundlecachingModecapabilitiescapacitycategoriescausescephfscertificate\
    certificates.k8s.io/v1certificates.k8s.io/v1beta1chapAuthDiscoverychapAuthSessioncidrcinder\
    claimNameclaimRefclientCIDRclientConfigclientIPclusterIPclusterIPsclusterName\
    clusterRoleSelectorsclusterScopecodecollisionCountcommandcompilercompletedIndexescompletionMode\
    completionTimecompletionscomponentconcurrencyPolicyconditionTypeconditionsconfigconfigMap\
    configMapKeyRefconfigMapRefconfigSourcecontainercontainerIDcontainerNamecontainerPort\
    containerResourcecontainerRuntimeVersioncontainerStatusescontainerscontinuecontroller\
    controllerExpandSecretRefcontrollerPublishSecretRefconversionconversionReviewVersions\
    coordination.k8s.io/v1coordination.k8s.io/v1beta1countcreationTimestampcsicurrent\
    currentAverageUtilizationcurrentAverageValuecurrentCPUUtilizationPercentagecurrentHealthy\
    currentMetricscurrentNumberScheduledcurrentReplicascurrentRevisioncurrentValuedaemonEndpoints\
    datadataSourcedatasetNamedatasetUUIDdefaultdefaultAddCapabilities\
    defaultAllowPrivilegeEscalationdefaultBackenddefaultModedefaultRequestdefaultRuntimeClassName\
    definitionsdeleteOptionsdeletionGracePeriodSecondsdeletionTimestampdenieddependenciesdeprecated\
    deprecatedCountdeprecatedFirstTimestampdeprecatedLastTimestampdeprecatedSource\
    deprecatedTopologydeprecationWarningdescribedObjectdescriptiondesiredHealthy\
    desiredNumberScheduleddesiredReplicasdetachErrordetailsdevicePathdirectorydiscovery.k8s.io/v1\
    discovery.k8s.io/v1beta1diskNamediskURIdisruptedPodsdisruptionsAlloweddistinguisherMethod\
    divisordnsConfigdnsPolicydownwardAPIdriverdriversdropdryRuneffectegressemptyDir\
    enableServiceLinksendPortendpointsendpointsNamespaceenumenvenvFromephemeral\
    ephemeralContainerStatusesephemeralContainerserrorevaluationErroreventTimeevents.k8s.io/v1\
    events.k8s.io/v1beta1exampleexceptexclusiveMaximumexclusiveMinimumexecexitCodeexpectedPods\
    expirationSecondsexpirationTimestampextensions/v1beta1externalexternalDocsexternalIDexternalIPs\
    externalNameexternalTrafficPolicyextrafailedfailedJobsHistoryLimitfailurePolicyfailureThreshold\
    fcfieldfieldPathfieldReffieldsTypefieldsV1finalizersfinishedAtfirstTimestampflexVolumeflocker\
    flowcontrol.apiserver.k8s.io/v1alpha1flowcontrol.apiserver.k8s.io/v1beta1forZones\
    forbiddenSysctlsformatfromfsGroupfsGroupChangePolicyfsGroupPolicyfsTypefullyLabeledReplicas\
    gatewaygcePersistentDiskgenerateNamegenerationgitCommitgitRepogitTreeStategitVersion\
    globalDefaultglusterfsgmsaCredentialSpecgmsaCredentialSpecNamegoVersiongracePeriodSecondsgroup\
    groupPriorityMinimumgroupVersiongroupshandSizehandlerhardhealthCheckNodePorthintsholderIdentity\
    hosthostAliaseshostIPhostIPChostNetworkhostPIDhostPathhostPorthostPortshostnamehostnameshosts\
    httphttpGethttpHeadersidimageimageIDimagePullPolicyimagePullSecretsimagepolicy.k8s.io/v1alpha1\
    imagesimmutableincompleteingressingressClassNameinitContainerStatusesinitContainers\
    initialDelaySecondsinitiatorNameinlineVolumeSpecinsecureSkipTLSVerify\
    internal.apiserver.k8s.io/v1alpha1internalTrafficPolicyinvolvedObjectipipBlockipFamilies\
    ipFamilyPolicyiqniscsiiscsiInterfaceitemsjobTemplatejsonPathkernelVersionkeykeyringkind\
    kubeProxyVersionkubeletConfigKeykubeletEndpointkubeletVersionlabelSelectorlabelSelectorPath\
    labelslastHeartbeatTimelastKnownGoodlastObservedTimelastProbeTimelastScaleTimelastScheduleTime\
    lastStatelastSuccessfulTimelastTimestamplastTransitionTimelastUpdateTimeleaseDurationSeconds\
    leaseTransitionslevellifecyclelimitResponselimitedlimitslistKindlivenessProbeloadBalancer\
    loadBalancerClassloadBalancerIPloadBalancerSourceRangeslocallocalhostProfilelunmachineIDmajor\
    managedFieldsmanagermanualSelectormatchExpressionsmatchFieldsmatchLabelExpressionsmatchLabels\
    matchPolicymatchingPrecedencemaxmaxItemsmaxLengthmaxLimitRequestRatiomaxPropertiesmaxReplicas\
    maxSkewmaxSurgemaxUnavailablemaximummaximumVolumeSizemediummessagemetadatametricmetricName\
    metricSelectormetricsminminAvailableminItemsminLengthminPropertiesminReadySecondsminReplicas\
    minimumminormodemonitorsmountOptionsmountPathmountPropagationmultipleOfnamenamesnameservers\
    namespacenamespaceSelectornamespacednamespacesnetworking.k8s.io/v1networking.k8s.io/v1beta1nfs\
    node.k8s.io/v1node.k8s.io/v1alpha1node.k8s.io/v1beta1nodeAffinitynodeIDnodeInfonodeNamenodePort\
    nodePublishSecretRefnodeSelectornodeSelectorTermsnodeStageSecretRefnodeTopology\
    nominatedNodeNamenonResourceAttributesnonResourceRulesnonResourceURLsnotnotReadyAddressesnote\
    nullablenumbernumberAvailablenumberMisschedulednumberReadynumberUnavailableobjectobjectSelector\
    observedGenerationoneOfopenAPIV3SchemaoperatingSystemoperationoperationsoperatoroptionaloptions\
    orphanDependentsosImageoverheadownerReferencesparallelismparameterspartitionpathpathPrefix\
    pathTypepathspatternpatternPropertiespausedpdIDpdNameperiodSecondspersistentVolumeClaim\
    persistentVolumeNamepersistentVolumeReclaimPolicyphasephotonPersistentDiskplatformplural\
    podAffinitypodAffinityTermpodAntiAffinitypodCIDRpodCIDRspodFixedpodIPpodIPspodInfoOnMount\
    podManagementPolicypodSelectorpodspoliciespolicy/v1policy/v1beta1policyTypespoolportportals\
    portsportworxVolumepostStartpreStoppreconditionspreemptionPolicypreference\
    preferredDuringSchedulingIgnoredDuringExecutionpreferredVersionprefixpreserveUnknownFields\
    prioritypriorityClassNamepriorityLevelConfigurationprivilegedprocMountprogressDeadlineSeconds\
    projectedpropagationPolicypropertiesprotectionDomainprotocolproviderIDprovisioner\
    publishNotReadyAddressesqosClassqueueLengthLimitqueuesqueuingquobyteranges\
    rbac.authorization.k8s.io/v1rbac.authorization.k8s.io/v1alpha1rbac.authorization.k8s.io/v1beta1\
    rbdreadOnlyreadOnlyRootFilesystemreadinessGatesreadinessProbereadyreadyReplicasreason\
    reclaimPolicyregardingregistryreinvocationPolicyrelatedremainingItemCountrenewTimereplicas\
    reportingComponentreportingControllerreportingInstancerepositoryrequestrequestsrequired\
    requiredDropCapabilitiesrequiredDuringSchedulingIgnoredDuringExecutionrequiresRepublishresource\
    resourceAttributesresourceFieldRefresourceNamesresourceRulesresourceVersionresources\
    restartCountrestartPolicyretryAfterSecondsrevisionrevisionHistoryLimitroleroleRefrollingUpdate\
    rulerulesrunAsGrouprunAsNonRootrunAsUserrunAsUserNamerunningruntimeClassruntimeClassNamescale\
    scaleDownscaleIOscaleTargetRefscaleUpscheduleschedulerNameschedulingscheduling.k8s.io/v1\
    scheduling.k8s.io/v1alpha1scheduling.k8s.io/v1beta1schemaschemescopescopeNamescopeSelector\
    scopesseLinuxseLinuxOptionssearchesseccompProfilesecretsecretFilesecretKeyRefsecretName\
    secretNamespacesecretRefsecretssecurityContextselectPolicyselectorselfLinkseriesservedserver\
    serverAddressserverAddressByClientCIDRsserviceserviceAccountserviceAccountName\
    serviceAccountTokenserviceNameservicePortservingsessionAffinitysessionAffinityConfig\
    setHostnameAsFQDNshareNameshareProcessNamespaceshortNamessideEffectssignalsignerNamesingular\
    singularNamesizeBytessizeLimitsourcesourcesspecspecReplicasPathsslEnabled\
    stabilizationWindowSecondsstartTimestartedstartedAtstartingDeadlineSecondsstartupProbestate\
    statusstatusReplicasPathstdinstdinOncestoragestorage.k8s.io/v1storage.k8s.io/v1alpha1\
    storage.k8s.io/v1beta1storageCapacitystorageClassNamestorageModestoragePolicyID\
    storagePolicyNamestoragePoolstorageVersionHashstorageosstoredVersionsstrategystringDatasubPath\
    subPathExprsubdomainsubjectssubresourcesubresourcessubsetssucceededsuccessThreshold\
    successfulJobsHistoryLimitsupplementalGroupssuspendsysctlssystemsystemUUIDtaintstarget\
    targetAverageUtilizationtargetAverageValuetargetCPUUtilizationPercentagetargetContainerName\
    targetPorttargetPortaltargetReftargetValuetargetWWNstcpSockettemplatetenantterminated\
    terminatingterminationGracePeriodSecondsterminationMessagePathterminationMessagePolicytime\
    timeAddedtimeoutSecondstitletlstotokentokenRequeststolerationSecondstolerationstopology\
    topologyKeytopologyKeystopologySpreadConstraintsttlSecondsAfterFinishedttytypeuid\
    unavailableReplicasuniqueItemsunschedulableupdateRevisionupdateStrategyupdatedNumberScheduled\
    updatedReplicasurlusagesuseduserusernamev1validationvaluevalueFromvaluesverbverbsversion\
    versionPriorityversionsvolumevolumeAttributesvolumeBindingModevolumeClaimTemplate\
    volumeClaimTemplatesvolumeDevicesvolumeHandlevolumeIDvolumeLifecycleModesvolumeModevolumeMounts\
    volumeNamevolumeNamespacevolumePathvolumesvolumesAttachedvolumesInUsevsphereVolumewaiting\
    webhookwebhookClientConfigwebhooksweightwhenUnsatisfiablewindowsOptionsworkingDirwwids\
    x-kubernetes-embedded-resourcex-kubernetes-int-or-stringx-kubernetes-list-map-keys\
    x-kubernetes-list-typex-kubernetes-map-typex-kubernetes-preserve-unknown-fieldszone";

/// Where each name ends in `NAMES`.
pub(super) static NAME_ENDS: [u16; 911] = [
    4, 11, 19, 31, 46, 56, 70, 81, 88, 97, 110, 117, 128, 146, 168, 193, 222, 233, 251, 273, 288,
    303, 322, 331, 344, 362, 384, 391, 402, 426, 454, 463, 476, 489, 499, 513, 526, 543, 552, 565,
    570, 579, 587, 597, 611, 634, 661, 668, 680, 696, 707, 715, 718, 725, 730, 739, 749, 763, 787,
    815, 847, 856, 869, 882, 899, 903, 911, 927, 943, 964, 989, 1009, 1012, 1028, 1047, 1070, 1084,
    1091, 1112, 1127, 1144, 1165, 1176, 1191, 1195, 1208, 1225, 1251, 1281, 1291, 1305, 1326, 1351,
    1364, 1381, 1385, 1396, 1411, 1419, 1431, 1447, 1452, 1458, 1468, 1491, 1513, 1520, 1534, 1552,
    1563, 1582, 1593, 1608, 1614, 1626, 1642, 1661, 1673, 1684, 1709, 1741, 1771, 1805, 1821, 1841,
    1851, 1864, 1875, 1886, 1892, 1898, 1919, 1922, 1937, 1961, 1981, 1988, 1999, 2008, 2027, 2051,
    2074, 2105, 2141, 2149, 2164, 2169, 2180, 2209, 2233, 2253, 2260, 2277, 2296, 2314, 2330, 2351,
    2375, 2392, 2412, 2423, 2428, 2436, 2445, 2455, 2466, 2489, 2517, 2542, 2572, 2583, 2590, 2602,
    2614, 2626, 2630, 2638, 2662, 2673, 2687, 2695, 2703, 2721, 2729, 2738, 2751, 2775, 2804, 2827,
    2855, 2883, 2897, 2916, 2935, 2952, 2970, 2982, 3002, 3011, 3020, 3027, 3039, 3047, 3060, 3068,
    3078, 3096, 3102, 3116, 3125, 3133, 3144, 3156, 3164, 3174, 3180, 3186, 3197, 3219, 3246, 3263,
    3278, 3282, 3288, 3297, 3305, 3315, 3327, 3335, 3344, 3354, 3365, 3385, 3397, 3401, 3415, 3422,
    3430, 3446, 3460, 3474, 3485, 3494, 3511, 3524, 3534, 3540, 3549, 3564, 3576, 3588, 3597, 3608,
    3621, 3634, 3651, 3674, 3691, 3701, 3709, 3719, 3744, 3770, 3780, 3804, 3826, 3853, 3858, 3875,
    3878, 3885, 3910, 3929, 3960, 3974, 3988, 4010, 4025, 4040, 4052, 4067, 4071, 4081, 4092, 4103,
    4110, 4132, 4163, 4177, 4188, 4202, 4225, 4236, 4249, 4275, 4292, 4298, 4310, 4320, 4335, 4359,
    4382, 4398, 4416, 4434, 4449, 4460, 4474, 4496, 4511, 4522, 4529, 4539, 4548, 4567, 4591, 4599,
    4606, 4619, 4637, 4656, 4663, 4672, 4681, 4692, 4698, 4705, 4709, 4715, 4721, 4727, 4735, 4753,
    4760, 4769, 4787, 4791, 4794, 4801, 4810, 4836, 4855, 4860, 4875, 4884, 4900, 4921, 4928, 4934,
    4950, 4966, 4970, 4978, 4990, 5007, 5026, 5044, 5052, 5064, 5074, 5085, 5097, 5118, 5123, 5129,
    5151, 5164, 5180, 5182, 5187, 5196, 5204, 5214, 5222, 5232, 5242, 5256, 5266, 5273, 5310, 5346,
    5354, 5370, 5376, 5380, 5387, 5406, 5419, 5425, 5445, 5452, 5469, 5481, 5491, 5500, 5507, 5519,
    5529, 5542, 5551, 5569, 5591, 5600, 5618, 5623, 5643, 5655, 5661, 5669, 5676, 5680, 5699, 5704,
    5718, 5722, 5733, 5739, 5746, 5757, 5764, 5772, 5780, 5789, 5797, 5806, 5811, 5815, 5822, 5833,
    5835, 5840, 5847, 5862, 5878, 5905, 5911, 5920, 5930, 5937, 5953, 5974, 5988, 6007, 6020, 6036,
    6057, 6091, 6112, 6126, 6128, 6135, 6145, 6159, 6162, 6167, 6181, 6186, 6197, 6205, 6218, 6221,
    6228, 6232, 6248, 6264, 6279, 6293, 6306, 6323, 6329, 6346, 6359, 6375, 6388, 6401, 6417, 6426,
    6444, 6457, 6475, 6489, 6509, 6525, 6530, 6539, 6552, 6559, 6565, 6573, 6586, 6598, 6615, 6629,
    6653, 6658, 6674, 6677, 6686, 6691, 6704, 6711, 6725, 6741, 6752, 6773, 6784, 6795, 6813, 6816,
    6824, 6833, 6853, 6866, 6877, 6884, 6892, 6906, 6913, 6930, 6936, 6943, 6951, 6957, 6967, 6981,
    6988, 6991, 7003, 7011, 7020, 7033, 7048, 7059, 7066, 7071, 7075, 7083, 7095, 7104, 7120, 7130,
    7134, 7139, 7150, 7159, 7176, 7186, 7196, 7216, 7241, 7244, 7258, 7278, 7297, 7309, 7315, 7323,
    7331, 7339, 7359, 7371, 7388, 7406, 7418, 7435, 7456, 7472, 7487, 7490, 7507, 7511, 7519, 7525,
    7540, 7558, 7569, 7586, 7592, 7606, 7624, 7629, 7644, 7659, 7668, 7678, 7686, 7694, 7701, 7717,
    7724, 7732, 7747, 7758, 7768, 7777, 7781, 7791, 7799, 7804, 7811, 7828, 7834, 7838, 7844, 7857,
    7878, 7898, 7927, 7932, 7952, 7960, 7966, 7977, 7992, 8007, 8014, 8022, 8030, 8035, 8041, 8055,
    8074, 8085, 8089, 8097, 8106, 8120, 8131, 8135, 8139, 8146, 8151, 8165, 8174, 8181, 8194, 8210,
    8220, 8267, 8283, 8289, 8310, 8318, 8335, 8361, 8371, 8380, 8403, 8412, 8429, 8439, 8455, 8463,
    8473, 8484, 8508, 8516, 8532, 8538, 8545, 8552, 8558, 8586, 8620, 8653, 8656, 8664, 8686, 8700,
    8714, 8719, 8732, 8738, 8751, 8760, 8768, 8786, 8793, 8811, 8820, 8828, 8846, 8865, 8882, 8892,
    8899, 8907, 8915, 8939, 8985, 9002, 9010, 9028, 9044, 9057, 9070, 9085, 9094, 9106, 9119, 9136,
    9144, 9164, 9168, 9175, 9188, 9192, 9197, 9207, 9219, 9228, 9241, 9248, 9260, 9276, 9281, 9290,
    9297, 9311, 9318, 9326, 9339, 9349, 9369, 9395, 9420, 9426, 9432, 9437, 9446, 9459, 9465, 9472,
    9486, 9494, 9508, 9514, 9524, 9536, 9546, 9561, 9570, 9577, 9592, 9604, 9612, 9620, 9626, 9632,
    9638, 9651, 9677, 9684, 9698, 9716, 9735, 9746, 9757, 9764, 9779, 9800, 9817, 9826, 9847, 9857,
    9868, 9874, 9884, 9892, 9904, 9913, 9922, 9928, 9935, 9939, 9955, 9965, 9991, 10000, 10007,
    10016, 10039, 10051, 10056, 10062, 10080, 10085, 10094, 10101, 10118, 10141, 10163, 10178,
    10194, 10205, 10220, 10237, 10248, 10266, 10275, 10289, 10297, 10307, 10314, 10325, 10334,
    10342, 10353, 10365, 10372, 10381, 10397, 10423, 10441, 10448, 10455, 10461, 10471, 10477,
    10483, 10507, 10525, 10555, 10574, 10584, 10596, 10605, 10616, 10626, 10635, 10643, 10649,
    10659, 10670, 10699, 10721, 10745, 10749, 10758, 10772, 10777, 10780, 10782, 10787, 10800,
    10817, 10828, 10836, 10847, 10859, 10884, 10907, 10910, 10914, 10917, 10936, 10947, 10960,
    10974, 10988, 11010, 11025, 11028, 11034, 11038, 11042, 11050, 11052, 11062, 11067, 11076,
    11082, 11086, 11091, 11098, 11113, 11121, 11127, 11143, 11160, 11179, 11199, 11212, 11224,
    11232, 11252, 11262, 11274, 11284, 11299, 11309, 11316, 11331, 11343, 11356, 11363, 11370,
    11389, 11397, 11403, 11420, 11434, 11444, 11449, 11479, 11505, 11531, 11553, 11574, 11610,
    11614,
];

/// Where the fields of each object end in `FIELDS`, in pairs.
pub(super) static OBJECT_ENDS: [u16; 439] = [
    11, 15, 19, 24, 28, 38, 42, 46, 49, 54, 58, 63, 68, 72, 77, 87, 89, 94, 100, 104, 112, 120,
    125, 129, 133, 139, 141, 142, 147, 151, 159, 168, 170, 174, 179, 182, 184, 189, 191, 195, 199,
    204, 206, 208, 215, 219, 224, 226, 231, 232, 238, 242, 246, 251, 257, 260, 265, 269, 273, 278,
    283, 284, 286, 290, 294, 298, 302, 307, 311, 315, 321, 327, 333, 338, 343, 346, 349, 352, 355,
    358, 361, 363, 365, 368, 371, 376, 378, 382, 387, 393, 395, 401, 407, 411, 414, 417, 420, 422,
    424, 429, 433, 440, 443, 448, 454, 458, 468, 475, 477, 482, 486, 493, 495, 499, 503, 508, 512,
    515, 517, 523, 527, 530, 534, 543, 548, 550, 556, 562, 566, 570, 571, 575, 579, 583, 589, 591,
    594, 598, 603, 606, 610, 632, 634, 639, 642, 643, 650, 652, 661, 662, 663, 667, 669, 671, 675,
    679, 682, 686, 690, 693, 696, 700, 723, 724, 741, 745, 747, 749, 750, 755, 760, 765, 767, 771,
    774, 778, 781, 786, 788, 791, 793, 795, 806, 817, 820, 822, 826, 832, 836, 837, 840, 841, 842,
    844, 847, 852, 856, 857, 859, 864, 866, 868, 874, 875, 879, 880, 884, 885, 888, 890, 897, 908,
    918, 920, 927, 932, 937, 941, 948, 952, 954, 956, 960, 990, 993, 995, 1000, 1002, 1006, 1009,
    1010, 1014, 1015, 1025, 1060, 1073, 1077, 1081, 1083, 1086, 1089, 1091, 1100, 1102, 1108, 1116,
    1124, 1129, 1133, 1137, 1140, 1145, 1149, 1152, 1154, 1156, 1160, 1170, 1180, 1181, 1184, 1186,
    1193, 1197, 1199, 1203, 1214, 1219, 1225, 1229, 1232, 1236, 1242, 1262, 1264, 1265, 1270, 1275,
    1277, 1281, 1286, 1288, 1289, 1293, 1296, 1326, 1332, 1333, 1337, 1341, 1343, 1346, 1354, 1357,
    1358, 1364, 1368, 1375, 1381, 1385, 1402, 1406, 1409, 1410, 1415, 1418, 1422, 1424, 1428, 1429,
    1431, 1432, 1437, 1441, 1445, 1446, 1448, 1450, 1453, 1458, 1462, 1464, 1467, 1472, 1476, 1479,
    1480, 1482, 1487, 1489, 1493, 1497, 1502, 1504, 1508, 1510, 1512, 1516, 1520, 1522, 1524, 1528,
    1531, 1534, 1538, 1540, 1541, 1547, 1551, 1553, 1558, 1562, 1565, 1572, 1573, 1575, 1579, 1581,
    1583, 1587, 1591, 1615, 1617, 1619, 1620, 1625, 1630, 1634, 1638, 1643, 1647, 1651, 1655, 1662,
    1666, 1670, 1674, 1681, 1685, 1689, 1693, 1694, 1704, 1708, 1710, 1715, 1719, 1721, 1724, 1728,
    1730, 1731, 1738, 1742, 1748, 1750, 1755, 1759, 1765, 1771, 1774, 1782, 1785, 1787, 1788, 1790,
    1833, 1835, 1841, 1844, 1849, 1853, 1863, 1871, 1877, 1880, 1890, 1894, 1898, 1904, 1911, 1913,
    1915, 1919, 1925, 1941, 1947, 1949, 1951, 1959, 1962, 1968, 1970, 1979, 1984, 1988, 1995, 1996,
    1999,
];

/// Name and type of each field, sorted by name within an object.
pub(super) static FIELDS: [u16; 3998] = [
    141, 441, 227, 10, 366, 0, 506, 0, 541, 0, 545, 424, 578, 424, 676, 0, 707, 442, 765, 0, 839,
    0, 164, 0, 462, 0, 521, 427, 898, 443, 164, 0, 456, 444, 462, 0, 521, 425, 163, 441, 165, 441,
    584, 441, 697, 441, 728, 0, 541, 0, 544, 0, 595, 0, 629, 0, 141, 441, 227, 10, 366, 0, 506, 0,
    541, 0, 545, 424, 578, 424, 707, 442, 765, 0, 839, 0, 164, 0, 462, 0, 521, 427, 898, 445, 164,
    0, 456, 446, 462, 0, 521, 425, 210, 0, 752, 6, 862, 0, 164, 0, 281, 1, 462, 0, 521, 427, 701,
    0, 164, 0, 456, 447, 462, 0, 521, 425, 164, 0, 462, 0, 521, 427, 774, 16, 784, 17, 479, 0, 520,
    0, 672, 0, 784, 0, 853, 0, 164, 0, 456, 448, 462, 0, 521, 425, 531, 0, 702, 0, 745, 424, 830,
    240, 859, 18, 235, 0, 245, 449, 276, 0, 308, 0, 573, 0, 574, 0, 575, 0, 576, 0, 579, 0, 860, 0,
    705, 28, 853, 0, 164, 0, 462, 0, 521, 427, 774, 22, 784, 23, 479, 0, 480, 0, 520, 0, 672, 0,
    784, 0, 853, 0, 164, 0, 456, 450, 462, 0, 521, 425, 531, 0, 601, 0, 647, 0, 680, 0, 702, 0,
    745, 424, 801, 18, 830, 240, 194, 0, 235, 0, 245, 451, 579, 0, 671, 0, 680, 0, 855, 0, 861, 0,
    164, 0, 462, 0, 521, 427, 774, 26, 784, 27, 164, 0, 456, 452, 462, 0, 521, 425, 531, 0, 680, 0,
    745, 424, 830, 240, 194, 0, 245, 449, 389, 0, 579, 0, 671, 0, 680, 0, 515, 0, 516, 0, 594, 0,
    164, 0, 462, 0, 521, 427, 774, 32, 784, 33, 164, 0, 456, 453, 462, 0, 521, 425, 621, 0, 680, 0,
    702, 0, 745, 424, 756, 0, 830, 240, 859, 34, 881, 454, 235, 0, 245, 449, 277, 0, 278, 0, 579,
    0, 671, 0, 680, 0, 858, 0, 861, 0, 705, 29, 853, 0, 164, 0, 462, 0, 541, 0, 854, 0, 164, 0,
    462, 0, 521, 427, 774, 37, 784, 38, 184, 441, 208, 35, 354, 0, 355, 0, 843, 0, 164, 0, 462, 0,
    521, 427, 774, 40, 784, 41, 184, 441, 843, 0, 184, 441, 185, 0, 342, 0, 865, 42, 363, 592, 407,
    441, 854, 0, 866, 0, 164, 0, 462, 0, 521, 427, 774, 52, 784, 53, 595, 0, 872, 0, 567, 441, 873,
    441, 404, 0, 541, 0, 544, 0, 691, 0, 807, 0, 872, 0, 874, 0, 163, 441, 694, 441, 697, 441, 873,
    441, 164, 0, 462, 0, 521, 427, 774, 49, 784, 53, 565, 44, 692, 46, 164, 0, 462, 0, 521, 427,
    774, 51, 784, 54, 544, 0, 363, 592, 407, 441, 565, 44, 692, 46, 854, 0, 865, 0, 151, 0, 296, 0,
    343, 0, 672, 0, 343, 0, 437, 0, 566, 455, 695, 456, 164, 0, 462, 0, 521, 427, 774, 56, 784, 53,
    363, 592, 404, 441, 565, 44, 692, 46, 854, 0, 865, 0, 164, 0, 462, 0, 541, 0, 164, 0, 462, 0,
    521, 427, 774, 60, 784, 61, 164, 0, 456, 457, 462, 0, 521, 425, 513, 0, 532, 0, 718, 57, 822,
    0, 273, 0, 277, 0, 309, 0, 474, 0, 579, 0, 164, 0, 462, 0, 521, 427, 774, 63, 784, 64, 680, 0,
    680, 0, 745, 0, 251, 0, 541, 0, 820, 0, 821, 0, 251, 0, 271, 0, 272, 0, 541, 0, 523, 0, 524,
    424, 821, 0, 827, 0, 272, 0, 279, 0, 523, 0, 524, 424, 164, 0, 462, 0, 521, 427, 774, 71, 784,
    72, 164, 0, 456, 458, 462, 0, 521, 425, 513, 0, 525, 459, 532, 0, 718, 57, 245, 460, 275, 461,
    277, 0, 309, 0, 474, 0, 579, 0, 255, 65, 357, 67, 577, 75, 623, 77, 691, 79, 853, 0, 255, 66,
    357, 68, 577, 76, 623, 78, 691, 80, 853, 0, 196, 0, 523, 0, 745, 424, 819, 57, 827, 0, 196, 0,
    279, 0, 523, 0, 745, 424, 819, 57, 523, 0, 745, 424, 821, 0, 272, 0, 523, 0, 745, 424, 541, 0,
    820, 0, 821, 0, 271, 0, 272, 0, 541, 0, 251, 0, 541, 0, 819, 95, 251, 0, 270, 96, 541, 0, 522,
    92, 819, 95, 270, 96, 522, 92, 604, 0, 853, 0, 869, 0, 624, 462, 744, 0, 777, 0, 164, 0, 462,
    0, 521, 427, 774, 90, 784, 91, 716, 86, 719, 86, 164, 0, 456, 463, 462, 0, 521, 425, 204, 88,
    513, 0, 525, 464, 532, 0, 718, 57, 245, 460, 275, 465, 277, 0, 309, 0, 474, 0, 579, 0, 541, 0,
    745, 424, 255, 81, 357, 83, 577, 97, 623, 83, 691, 99, 853, 0, 255, 82, 357, 84, 577, 98, 623,
    84, 691, 100, 853, 0, 195, 0, 196, 0, 853, 0, 869, 0, 195, 0, 196, 0, 869, 0, 305, 57, 522, 92,
    819, 95, 270, 96, 305, 57, 522, 92, 541, 0, 819, 95, 270, 96, 541, 0, 164, 0, 462, 0, 521, 427,
    774, 103, 784, 104, 164, 0, 456, 466, 462, 0, 521, 425, 243, 0, 365, 0, 457, 110, 720, 0, 781,
    0, 812, 0, 814, 0, 130, 467, 475, 0, 477, 0, 164, 0, 462, 0, 521, 427, 774, 108, 784, 109, 473,
    0, 479, 0, 520, 0, 672, 0, 784, 0, 853, 0, 164, 0, 456, 468, 462, 0, 521, 425, 131, 0, 201, 0,
    239, 0, 241, 0, 501, 0, 592, 0, 745, 424, 814, 0, 830, 240, 851, 0, 130, 0, 238, 0, 240, 0,
    245, 469, 364, 0, 778, 0, 810, 0, 521, 427, 774, 108, 164, 0, 462, 0, 521, 427, 774, 113, 784,
    114, 164, 0, 456, 470, 462, 0, 521, 425, 363, 592, 407, 441, 685, 0, 767, 0, 854, 0, 863, 441,
    866, 0, 217, 0, 245, 471, 164, 0, 462, 0, 521, 427, 774, 117, 164, 0, 456, 472, 462, 0, 521,
    425, 128, 0, 413, 0, 481, 0, 482, 0, 679, 0, 388, 0, 594, 0, 666, 0, 884, 0, 554, 203, 612,
    229, 614, 229, 312, 0, 541, 0, 211, 0, 316, 0, 317, 0, 388, 0, 462, 0, 666, 0, 666, 0, 739, 0,
    740, 0, 762, 0, 666, 0, 739, 0, 762, 0, 164, 0, 462, 0, 521, 427, 819, 216, 261, 266, 262, 266,
    325, 0, 388, 0, 559, 266, 562, 266, 666, 0, 878, 593, 883, 0, 325, 0, 388, 0, 559, 194, 666, 0,
    878, 593, 132, 441, 327, 441, 536, 441, 595, 0, 666, 0, 737, 0, 741, 266, 865, 0, 536, 441,
    595, 0, 666, 0, 737, 0, 741, 194, 865, 0, 388, 0, 666, 0, 741, 266, 884, 0, 388, 0, 666, 0,
    741, 194, 884, 0, 839, 0, 342, 0, 520, 0, 784, 0, 853, 0, 164, 0, 245, 473, 462, 0, 521, 427,
    164, 0, 456, 474, 462, 0, 521, 425, 164, 0, 205, 593, 281, 593, 436, 0, 462, 0, 521, 427, 541,
    0, 586, 0, 460, 0, 541, 0, 586, 0, 164, 0, 456, 475, 462, 0, 521, 425, 464, 0, 541, 0, 544, 0,
    696, 0, 854, 0, 456, 476, 541, 0, 586, 0, 289, 0, 456, 476, 541, 0, 586, 0, 175, 441, 236, 441,
    337, 477, 338, 478, 430, 0, 432, 0, 484, 187, 489, 244, 541, 0, 631, 479, 669, 244, 697, 257,
    743, 268, 782, 244, 786, 0, 787, 0, 835, 0, 836, 0, 852, 0, 882, 480, 887, 481, 902, 0, 542,
    441, 770, 0, 254, 0, 416, 0, 421, 0, 541, 0, 652, 0, 712, 147, 832, 148, 895, 149, 780, 0, 252,
    0, 352, 0, 375, 0, 520, 0, 672, 0, 766, 0, 780, 0, 520, 0, 672, 0, 252, 0, 430, 0, 431, 0, 476,
    146, 541, 0, 670, 0, 698, 0, 779, 0, 783, 146, 84, 0, 456, 482, 371, 215, 535, 0, 595, 0, 693,
    252, 289, 0, 456, 482, 519, 0, 771, 0, 423, 0, 449, 0, 557, 0, 826, 216, 170, 0, 541, 0, 629,
    0, 652, 0, 138, 483, 569, 483, 631, 484, 164, 0, 462, 0, 521, 427, 809, 485, 164, 0, 456, 486,
    462, 0, 521, 425, 249, 137, 640, 0, 741, 137, 541, 0, 869, 0, 870, 163, 248, 138, 371, 215,
    693, 252, 738, 138, 175, 441, 236, 441, 337, 477, 338, 478, 430, 0, 432, 0, 484, 187, 489, 244,
    541, 0, 631, 487, 669, 244, 697, 257, 743, 268, 782, 244, 786, 0, 787, 0, 823, 0, 835, 0, 836,
    0, 852, 0, 882, 480, 887, 481, 902, 0, 880, 222, 129, 0, 164, 0, 267, 0, 344, 0, 376, 0, 448,
    216, 462, 0, 478, 0, 520, 0, 521, 427, 672, 0, 677, 216, 681, 0, 683, 0, 747, 168, 772, 169,
    853, 0, 164, 0, 456, 488, 462, 0, 521, 425, 267, 0, 472, 0, 242, 0, 414, 0, 236, 441, 388, 0,
    496, 0, 666, 0, 828, 441, 903, 441, 325, 0, 388, 0, 587, 593, 666, 0, 741, 266, 325, 0, 388, 0,
    587, 593, 666, 0, 741, 194, 283, 0, 284, 0, 388, 0, 594, 0, 603, 0, 666, 0, 313, 0, 684, 0,
    701, 0, 334, 0, 335, 0, 595, 0, 666, 0, 334, 0, 595, 0, 666, 0, 414, 0, 428, 489, 595, 0, 629,
    0, 727, 0, 541, 0, 869, 0, 351, 170, 427, 179, 829, 280, 424, 441, 449, 0, 595, 0, 853, 0, 220,
    0, 221, 0, 388, 0, 443, 0, 453, 0, 455, 0, 496, 0, 630, 441, 666, 0, 741, 266, 825, 0, 220, 0,
    221, 0, 388, 0, 443, 0, 453, 0, 455, 0, 496, 0, 630, 441, 666, 0, 741, 194, 825, 0, 460, 0,
    535, 0, 595, 0, 633, 181, 634, 181, 164, 0, 462, 0, 521, 427, 774, 191, 285, 593, 290, 593,
    508, 593, 511, 593, 526, 593, 853, 0, 164, 0, 456, 490, 462, 0, 521, 425, 487, 491, 423, 0,
    449, 0, 631, 492, 438, 493, 541, 0, 388, 0, 595, 0, 595, 0, 666, 0, 749, 0, 164, 0, 462, 0,
    521, 427, 774, 199, 784, 200, 164, 0, 456, 494, 462, 0, 521, 425, 374, 441, 245, 449, 608, 0,
    164, 0, 462, 0, 521, 427, 774, 212, 784, 213, 136, 0, 853, 0, 638, 495, 689, 209, 470, 0, 479,
    0, 520, 0, 672, 0, 784, 0, 853, 0, 247, 140, 130, 205, 176, 205, 342, 0, 471, 205, 465, 151,
    164, 0, 456, 496, 462, 0, 521, 425, 561, 497, 460, 0, 585, 0, 871, 441, 502, 498, 503, 498,
    250, 205, 359, 0, 615, 0, 616, 499, 653, 0, 818, 500, 857, 0, 138, 501, 147, 593, 213, 593,
    245, 502, 246, 206, 280, 207, 435, 503, 556, 214, 608, 0, 892, 504, 893, 441, 174, 0, 207, 0,
    256, 0, 459, 0, 463, 0, 466, 0, 497, 0, 582, 0, 589, 0, 817, 0, 164, 0, 370, 0, 164, 0, 370, 0,
    462, 0, 541, 0, 544, 0, 696, 0, 854, 0, 164, 0, 462, 0, 521, 427, 774, 225, 784, 226, 164, 0,
    462, 0, 521, 427, 774, 220, 784, 221, 164, 0, 456, 454, 462, 0, 521, 425, 127, 441, 282, 286,
    697, 257, 745, 424, 793, 0, 886, 0, 888, 0, 127, 441, 213, 593, 245, 469, 608, 0, 521, 427,
    774, 220, 224, 0, 666, 0, 164, 0, 456, 505, 462, 0, 521, 425, 127, 441, 197, 118, 198, 121,
    199, 122, 213, 593, 216, 128, 223, 130, 225, 216, 269, 125, 368, 171, 377, 172, 378, 174, 391,
    175, 399, 177, 420, 183, 454, 184, 494, 195, 537, 441, 550, 196, 554, 289, 607, 0, 609, 227,
    632, 242, 660, 246, 665, 247, 717, 259, 793, 0, 799, 278, 886, 0, 894, 291, 520, 0, 608, 0,
    672, 0, 388, 0, 602, 0, 164, 0, 462, 0, 521, 427, 774, 236, 784, 237, 638, 506, 689, 507, 467,
    424, 545, 424, 547, 441, 848, 0, 543, 441, 587, 489, 734, 441, 449, 0, 164, 0, 456, 508, 462,
    0, 521, 425, 244, 0, 385, 0, 386, 0, 708, 0, 709, 0, 710, 0, 733, 258, 735, 263, 813, 441, 815,
    489, 901, 293, 131, 0, 144, 119, 190, 0, 258, 509, 322, 231, 323, 0, 332, 0, 341, 510, 415,
    511, 417, 0, 418, 0, 419, 0, 423, 0, 433, 512, 441, 509, 557, 0, 560, 593, 590, 593, 636, 0,
    642, 0, 643, 0, 668, 513, 699, 0, 714, 0, 721, 0, 743, 235, 753, 0, 754, 0, 761, 0, 763, 0,
    805, 0, 834, 0, 846, 514, 850, 515, 891, 516, 245, 469, 257, 517, 340, 517, 416, 0, 440, 517,
    520, 0, 564, 0, 608, 0, 618, 0, 619, 518, 656, 0, 672, 0, 778, 0, 164, 0, 462, 0, 521, 427,
    830, 240, 164, 0, 456, 519, 462, 0, 521, 425, 521, 427, 774, 236, 342, 0, 629, 0, 652, 0, 388,
    0, 666, 0, 884, 0, 637, 211, 899, 0, 351, 170, 367, 0, 427, 179, 442, 0, 604, 0, 811, 0, 829,
    280, 834, 0, 839, 0, 289, 0, 773, 520, 404, 0, 666, 0, 675, 0, 831, 0, 865, 0, 877, 0, 388, 0,
    430, 0, 461, 0, 536, 441, 628, 0, 666, 0, 741, 266, 865, 0, 388, 0, 430, 0, 461, 0, 536, 441,
    628, 0, 666, 0, 741, 194, 865, 0, 164, 0, 462, 0, 521, 427, 774, 251, 784, 27, 164, 0, 456,
    521, 462, 0, 521, 425, 531, 0, 680, 0, 745, 593, 830, 240, 253, 0, 321, 0, 691, 0, 164, 0, 462,
    0, 521, 427, 774, 255, 784, 256, 164, 0, 456, 522, 462, 0, 521, 425, 410, 593, 730, 261, 731,
    441, 410, 593, 864, 593, 487, 593, 686, 593, 483, 0, 703, 0, 853, 0, 865, 0, 388, 0, 390, 0,
    651, 0, 666, 0, 741, 266, 776, 0, 794, 0, 797, 0, 816, 0, 888, 0, 388, 0, 390, 0, 651, 0, 666,
    0, 741, 194, 776, 0, 794, 0, 797, 0, 816, 0, 888, 0, 502, 523, 585, 0, 729, 0, 871, 441, 495,
    0, 853, 0, 164, 0, 281, 593, 436, 0, 462, 0, 521, 427, 802, 593, 853, 0, 164, 0, 456, 524, 462,
    0, 521, 425, 541, 0, 544, 0, 289, 0, 456, 476, 586, 0, 739, 0, 149, 0, 212, 127, 645, 0, 646,
    0, 667, 0, 708, 0, 709, 0, 710, 0, 733, 258, 735, 263, 901, 293, 164, 0, 462, 0, 521, 427, 774,
    275, 784, 276, 164, 0, 190, 0, 433, 525, 462, 0, 521, 427, 742, 526, 164, 0, 456, 527, 462, 0,
    521, 425, 183, 0, 354, 0, 595, 0, 164, 0, 456, 528, 462, 0, 521, 425, 170, 0, 541, 0, 558, 0,
    629, 0, 652, 0, 824, 0, 148, 0, 229, 0, 230, 441, 360, 441, 361, 0, 362, 0, 411, 0, 447, 0,
    451, 441, 452, 0, 491, 0, 492, 0, 493, 441, 631, 529, 655, 0, 745, 593, 759, 0, 760, 277, 849,
    441, 853, 0, 245, 530, 490, 193, 228, 132, 388, 0, 666, 0, 741, 216, 888, 0, 889, 0, 388, 0,
    666, 0, 741, 194, 888, 0, 889, 0, 414, 0, 629, 0, 329, 0, 460, 0, 838, 0, 869, 0, 329, 0, 460,
    0, 585, 0, 845, 0, 869, 0, 460, 0, 871, 441, 504, 531, 467, 424, 514, 0, 848, 0, 900, 0, 162,
    0, 462, 0, 541, 0, 197, 118, 198, 121, 199, 123, 216, 129, 223, 131, 247, 142, 269, 126, 324,
    154, 331, 155, 339, 165, 368, 171, 377, 173, 378, 174, 391, 175, 395, 176, 399, 178, 420, 183,
    454, 185, 541, 0, 550, 196, 605, 223, 609, 227, 632, 242, 648, 245, 660, 246, 665, 248, 717,
    260, 736, 267, 799, 279, 894, 291, 538, 0, 539, 0, 541, 0, 666, 0, 803, 0, 804, 0, 687, 209,
    247, 141, 324, 152, 736, 141, 755, 272, 388, 0, 795, 0, 796, 0, 890, 0, 613, 230, 899, 0, 400,
    0, 401, 0, 711, 0, 138, 441, 245, 295, 303, 593, 412, 296, 423, 0, 557, 0, 826, 216, 910, 0,
    670, 0, 758, 0, 833, 0, 381, 525, 137, 0, 164, 0, 334, 532, 462, 0, 521, 427, 631, 484, 164, 0,
    456, 533, 462, 0, 521, 425, 138, 441, 245, 295, 412, 296, 423, 0, 557, 0, 826, 216, 847, 593,
    137, 0, 164, 0, 334, 534, 462, 0, 521, 427, 631, 484, 164, 0, 456, 535, 462, 0, 521, 425, 129,
    0, 164, 0, 299, 0, 300, 0, 301, 0, 302, 169, 344, 0, 462, 0, 521, 427, 570, 0, 672, 0, 674,
    216, 677, 216, 682, 0, 683, 0, 747, 168, 853, 0, 164, 0, 456, 536, 462, 0, 521, 425, 200, 307,
    595, 0, 597, 0, 598, 537, 164, 0, 462, 0, 521, 427, 774, 310, 784, 311, 691, 286, 756, 0, 757,
    0, 164, 0, 456, 538, 462, 0, 521, 425, 414, 0, 426, 305, 200, 307, 439, 0, 707, 539, 841, 540,
    490, 193, 425, 441, 739, 0, 853, 0, 164, 0, 462, 0, 521, 427, 774, 316, 784, 317, 164, 0, 456,
    541, 462, 0, 521, 425, 320, 313, 507, 0, 644, 194, 707, 542, 245, 460, 659, 324, 853, 0, 177,
    0, 485, 318, 566, 455, 695, 543, 806, 544, 164, 0, 462, 0, 521, 427, 774, 323, 784, 317, 164,
    0, 456, 545, 462, 0, 521, 425, 486, 319, 853, 0, 408, 0, 657, 0, 658, 0, 163, 441, 233, 0, 547,
    441, 697, 441, 873, 441, 404, 194, 462, 0, 753, 266, 865, 194, 200, 331, 595, 0, 597, 0, 598,
    546, 222, 0, 348, 441, 164, 0, 462, 0, 521, 427, 774, 339, 784, 311, 691, 286, 752, 338, 164,
    0, 462, 0, 521, 427, 774, 335, 164, 0, 456, 547, 462, 0, 521, 425, 162, 0, 462, 0, 541, 0, 544,
    0, 728, 0, 260, 0, 593, 334, 164, 0, 456, 548, 462, 0, 521, 425, 414, 0, 426, 328, 541, 0, 629,
    347, 288, 331, 439, 0, 707, 549, 841, 540, 164, 0, 462, 0, 521, 427, 774, 346, 631, 550, 842,
    551, 384, 551, 631, 550, 164, 0, 456, 552, 462, 0, 521, 425, 450, 329, 545, 424, 622, 424, 333,
    0, 629, 0, 652, 0, 330, 553, 438, 554, 622, 424, 627, 441, 541, 0, 572, 0, 617, 593, 164, 0,
    409, 0, 462, 0, 521, 427, 590, 348, 722, 351, 164, 0, 456, 555, 462, 0, 521, 425, 560, 593,
    846, 514, 164, 0, 462, 0, 521, 427, 774, 354, 784, 355, 164, 0, 456, 556, 462, 0, 521, 425,
    516, 0, 527, 0, 745, 424, 245, 530, 274, 0, 307, 0, 318, 593, 319, 0, 353, 0, 579, 0, 325, 0,
    596, 0, 666, 0, 164, 0, 293, 422, 462, 0, 521, 427, 661, 557, 706, 0, 508, 0, 526, 0, 164, 0,
    462, 0, 521, 427, 774, 363, 164, 0, 456, 558, 462, 0, 521, 425, 149, 0, 152, 525, 153, 441,
    154, 559, 155, 560, 156, 441, 159, 441, 286, 441, 287, 0, 382, 441, 385, 359, 417, 0, 418, 0,
    419, 0, 422, 557, 645, 0, 667, 0, 688, 441, 708, 359, 710, 359, 713, 364, 732, 365, 813, 359,
    891, 441, 157, 441, 291, 0, 706, 0, 733, 258, 232, 561, 145, 366, 164, 0, 462, 0, 521, 427,
    707, 562, 164, 0, 462, 0, 521, 427, 704, 286, 806, 563, 164, 0, 456, 564, 462, 0, 521, 425,
    164, 0, 456, 565, 462, 0, 521, 425, 163, 441, 567, 441, 694, 441, 697, 441, 873, 441, 164, 0,
    462, 0, 521, 427, 707, 562, 164, 0, 456, 566, 462, 0, 521, 425, 162, 0, 462, 0, 541, 0, 544, 0,
    164, 0, 306, 0, 398, 0, 462, 0, 521, 427, 636, 0, 869, 0, 164, 0, 456, 567, 462, 0, 521, 425,
    164, 0, 462, 0, 521, 427, 774, 379, 164, 0, 456, 568, 462, 0, 521, 425, 179, 0, 387, 0, 620, 0,
    690, 0, 792, 0, 844, 569, 885, 441, 164, 0, 462, 0, 521, 427, 774, 383, 147, 393, 541, 0, 555,
    0, 849, 441, 164, 0, 456, 570, 462, 0, 521, 425, 326, 571, 150, 0, 158, 572, 164, 0, 462, 0,
    521, 427, 537, 441, 593, 593, 654, 0, 673, 0, 879, 0, 164, 0, 456, 573, 462, 0, 521, 425, 183,
    0, 354, 0, 164, 0, 462, 0, 521, 427, 774, 390, 784, 391, 164, 0, 456, 574, 462, 0, 521, 425,
    444, 225, 606, 0, 181, 0, 557, 0, 772, 389, 178, 392, 180, 0, 182, 593, 310, 392, 520, 0, 837,
    0, 267, 0, 164, 0, 213, 0, 462, 0, 518, 0, 521, 427, 563, 424, 793, 0, 164, 0, 456, 575, 462,
    0, 521, 425, 306, 0, 383, 0, 458, 0, 541, 0, 642, 0, 853, 0, 801, 0, 896, 409, 164, 0, 462, 0,
    521, 427, 774, 401, 784, 402, 164, 0, 456, 576, 462, 0, 521, 425, 214, 441, 462, 0, 488, 0,
    611, 0, 764, 441, 768, 0, 263, 397, 404, 0, 542, 400, 641, 0, 728, 0, 876, 577, 126, 400, 245,
    460, 800, 441, 134, 578, 298, 0, 304, 0, 541, 0, 726, 406, 748, 0, 788, 0, 808, 405, 468, 0,
    775, 0, 785, 0, 715, 404, 784, 1, 581, 408, 306, 0, 862, 0, 0, 0, 1, 0, 133, 1, 135, 1, 146,
    579, 161, 579, 285, 1, 292, 594, 297, 595, 306, 0, 336, 580, 347, 1, 349, 0, 350, 0, 358, 407,
    383, 0, 429, 0, 456, 1, 509, 0, 510, 0, 512, 0, 517, 0, 528, 0, 529, 0, 530, 0, 533, 0, 540, 0,
    568, 408, 571, 0, 580, 579, 599, 0, 600, 594, 650, 594, 687, 441, 840, 0, 853, 0, 856, 0, 904,
    0, 905, 0, 906, 441, 907, 0, 908, 0, 909, 0, 227, 10, 264, 441, 51, 0, 306, 0, 383, 0, 541, 0,
    642, 0, 853, 0, 264, 441, 801, 0, 897, 10, 164, 0, 462, 0, 521, 427, 774, 414, 784, 402, 164,
    0, 456, 581, 462, 0, 521, 425, 134, 582, 263, 411, 404, 0, 542, 400, 641, 0, 728, 0, 808, 405,
    868, 406, 874, 0, 876, 583, 134, 582, 298, 0, 304, 0, 541, 0, 726, 406, 748, 0, 788, 0, 808,
    405, 164, 0, 462, 0, 541, 0, 639, 423, 751, 584, 876, 585, 164, 0, 407, 586, 462, 0, 214, 441,
    404, 0, 462, 0, 541, 0, 546, 0, 764, 441, 769, 0, 798, 0, 873, 441, 874, 0, 164, 0, 406, 0,
    462, 0, 697, 587, 164, 0, 462, 0, 751, 584, 876, 441, 479, 0, 520, 0, 579, 0, 672, 0, 784, 0,
    853, 0, 164, 0, 328, 441, 403, 0, 462, 0, 588, 0, 635, 429, 649, 0, 406, 0, 874, 0, 502, 498,
    505, 593, 259, 0, 678, 0, 696, 0, 746, 0, 164, 0, 372, 0, 373, 1, 500, 0, 583, 0, 837, 0, 160,
    593, 231, 0, 268, 0, 294, 0, 295, 0, 374, 499, 392, 0, 393, 0, 469, 593, 499, 588, 541, 0, 544,
    0, 591, 589, 696, 0, 746, 0, 854, 0, 164, 0, 206, 0, 260, 0, 462, 0, 541, 0, 854, 0, 696, 0,
    854, 0, 226, 0, 750, 0, 164, 0, 234, 0, 311, 433, 462, 0, 520, 0, 521, 425, 672, 0, 784, 0,
    369, 0, 520, 0, 672, 0, 215, 590, 404, 0, 462, 0, 541, 0, 700, 0, 854, 0, 577, 1, 853, 0, 209,
    0, 237, 0, 394, 0, 396, 0, 397, 0, 402, 0, 498, 0, 534, 0, 610, 0, 164, 0, 462, 0, 521, 427,
    774, 438, 784, 439, 164, 0, 456, 591, 462, 0, 521, 425, 210, 0, 404, 0, 405, 0, 445, 0, 752,
    440, 874, 0, 875, 0, 245, 449, 541, 0, 544, 0, 629, 0,
];

/// Type of the items, and which of `MERGE_KEYS` merges them.
pub(super) static LISTS: [u16; 302] = [
    0, 65535, 5, 65535, 2, 5, 3, 65535, 7, 5, 8, 65535, 11, 65535, 13, 65535, 14, 8, 19, 65535, 20,
    8, 24, 65535, 30, 65535, 218, 65535, 45, 65535, 47, 65535, 58, 65535, 69, 65535, 73, 65535, 14,
    65535, 74, 65535, 85, 65535, 87, 65535, 93, 65535, 94, 65535, 101, 65535, 216, 65535, 105,
    65535, 106, 8, 111, 65535, 20, 65535, 115, 65535, 133, 8, 134, 65535, 136, 65535, 186, 65535,
    162, 5, 161, 65535, 145, 1, 120, 2, 288, 4, 153, 65535, 156, 65535, 157, 65535, 158, 65535,
    159, 65535, 145, 65535, 166, 65535, 180, 65535, 188, 65535, 189, 65535, 241, 65535, 192, 65535,
    197, 65535, 243, 65535, 201, 65535, 211, 65535, 210, 65535, 0, 0, 281, 65535, 202, 8, 204, 8,
    144, 65535, 120, 65535, 217, 65535, 292, 65535, 230, 65535, 228, 65535, 143, 5, 164, 5, 182, 3,
    194, 5, 234, 65535, 282, 65535, 285, 7, 287, 5, 150, 65535, 232, 3, 238, 65535, 290, 65535,
    249, 65535, 253, 65535, 262, 65535, 264, 65535, 194, 65535, 216, 5, 270, 65535, 269, 65535,
    274, 6, 421, 8, 283, 65535, 294, 65535, 297, 65535, 299, 65535, 300, 65535, 302, 65535, 304,
    65535, 306, 65535, 309, 65535, 312, 65535, 314, 65535, 320, 65535, 325, 65535, 326, 65535, 321,
    65535, 327, 65535, 332, 65535, 330, 65535, 337, 65535, 345, 65535, 344, 65535, 340, 65535, 341,
    65535, 342, 65535, 349, 65535, 352, 65535, 360, 65535, 361, 65535, 356, 65535, 357, 65535, 424,
    65535, 371, 65535, 374, 65535, 368, 65535, 367, 65535, 372, 65535, 375, 65535, 377, 65535, 386,
    65535, 380, 65535, 381, 5, 284, 65535, 384, 65535, 387, 65535, 394, 65535, 398, 65535, 403,
    65535, 396, 65535, 408, 65535, 1, 65535, 412, 65535, 410, 65535, 415, 65535, 430, 65535, 423,
    65535, 416, 65535, 418, 65535, 426, 65535, 428, 9, 432, 65535, 436, 65535,
];

/// Names of one or two merge keys; none for a list of plain values.
pub(super) static MERGE_KEYS: [u16; 20] = [
    65535, 65535, 254, 652, 312, 65535, 449, 65535, 538, 65535, 541, 65535, 629, 652, 848, 900,
    853, 65535, 854, 65535,
];

/// Type of the values of each map.
pub(super) static MAPS: [u16; 4] = [441, 0, 408, 1];

/// Kind, API version and type, sorted.
pub(super) static RESOURCES: [u16; 807] = [
    2, 867, 416, 3, 867, 417, 4, 867, 419, 5, 168, 436, 5, 169, 436, 6, 168, 437, 6, 169, 437, 7,
    867, 420, 8, 867, 124, 9, 789, 377, 9, 791, 377, 10, 789, 378, 10, 791, 378, 11, 789, 380, 11,
    791, 380, 12, 789, 382, 12, 791, 382, 13, 791, 394, 14, 791, 395, 15, 218, 111, 15, 219, 111,
    16, 218, 112, 16, 219, 112, 17, 662, 367, 17, 664, 367, 18, 662, 368, 18, 664, 368, 19, 662,
    369, 19, 664, 369, 20, 662, 370, 20, 664, 370, 21, 867, 134, 22, 867, 135, 23, 867, 136, 24,
    867, 139, 25, 171, 11, 26, 171, 12, 27, 202, 101, 27, 203, 101, 28, 202, 102, 28, 203, 102, 29,
    166, 398, 29, 167, 412, 30, 166, 399, 30, 167, 413, 31, 171, 13, 32, 171, 15, 33, 139, 422, 33,
    140, 422, 33, 142, 422, 33, 143, 422, 33, 166, 422, 33, 167, 422, 33, 168, 422, 33, 169, 422,
    33, 171, 422, 33, 172, 422, 33, 173, 422, 33, 186, 422, 33, 187, 422, 33, 188, 422, 33, 189,
    422, 33, 191, 422, 33, 192, 422, 33, 193, 422, 33, 202, 422, 33, 203, 422, 33, 218, 422, 33,
    219, 422, 33, 265, 422, 33, 266, 422, 33, 314, 422, 33, 315, 422, 33, 345, 422, 33, 346, 422,
    33, 356, 422, 33, 379, 422, 33, 380, 422, 33, 434, 422, 33, 446, 422, 33, 548, 422, 33, 549,
    422, 33, 551, 422, 33, 552, 422, 33, 553, 422, 33, 625, 422, 33, 626, 422, 33, 662, 422, 33,
    663, 422, 33, 664, 422, 33, 723, 422, 33, 724, 422, 33, 725, 422, 33, 789, 422, 33, 790, 422,
    33, 791, 422, 33, 867, 422, 34, 171, 19, 35, 171, 21, 36, 314, 297, 36, 315, 300, 37, 314, 298,
    37, 315, 301, 38, 867, 159, 39, 867, 160, 40, 345, 302, 40, 346, 302, 40, 867, 166, 41, 345,
    303, 41, 346, 303, 41, 867, 167, 42, 626, 358, 43, 380, 314, 44, 380, 315, 45, 191, 58, 45,
    192, 69, 45, 193, 87, 46, 191, 59, 46, 192, 70, 46, 193, 89, 47, 356, 306, 47, 548, 330, 47,
    549, 306, 48, 548, 332, 48, 549, 332, 49, 548, 333, 49, 549, 333, 50, 356, 308, 50, 548, 336,
    50, 549, 308, 52, 202, 105, 53, 202, 107, 54, 265, 115, 54, 266, 115, 55, 265, 116, 55, 266,
    116, 56, 867, 188, 57, 867, 190, 58, 188, 43, 58, 189, 55, 59, 142, 3, 59, 143, 3, 60, 142, 4,
    60, 143, 4, 61, 867, 197, 62, 867, 198, 63, 548, 340, 64, 548, 343, 65, 867, 201, 66, 867, 208,
    68, 867, 217, 69, 867, 218, 70, 867, 219, 71, 867, 224, 72, 867, 228, 74, 625, 352, 74, 626,
    352, 75, 625, 353, 75, 626, 353, 77, 867, 233, 80, 626, 361, 81, 626, 362, 82, 867, 238, 83,
    867, 239, 85, 723, 375, 85, 725, 375, 86, 723, 376, 86, 725, 376, 87, 380, 321, 88, 380, 322,
    89, 171, 24, 90, 171, 25, 91, 867, 249, 92, 867, 250, 93, 867, 253, 94, 867, 254, 95, 662, 372,
    95, 664, 372, 96, 662, 368, 96, 664, 368, 97, 662, 369, 97, 664, 369, 98, 662, 373, 98, 664,
    373, 99, 551, 349, 99, 553, 349, 100, 551, 350, 100, 553, 350, 101, 191, 62, 102, 867, 264,
    103, 867, 265, 104, 188, 48, 104, 189, 48, 105, 188, 50, 105, 189, 50, 106, 867, 269, 107, 867,
    270, 108, 867, 271, 109, 867, 273, 111, 171, 30, 112, 171, 31, 113, 867, 431, 114, 789, 384,
    114, 791, 384, 115, 789, 385, 115, 791, 385, 116, 188, 43, 116, 189, 55, 117, 186, 36, 118,
    186, 39, 118, 187, 39, 121, 142, 8, 121, 143, 8, 122, 142, 9, 122, 143, 9, 123, 789, 387, 123,
    791, 387, 124, 789, 388, 124, 791, 388, 125, 139, 434, 125, 140, 434, 125, 142, 434, 125, 143,
    434, 125, 166, 434, 125, 167, 434, 125, 168, 434, 125, 169, 434, 125, 171, 434, 125, 172, 434,
    125, 173, 434, 125, 186, 434, 125, 187, 434, 125, 188, 434, 125, 189, 434, 125, 191, 434, 125,
    192, 434, 125, 193, 434, 125, 202, 434, 125, 203, 434, 125, 218, 434, 125, 219, 434, 125, 265,
    434, 125, 266, 434, 125, 314, 434, 125, 315, 434, 125, 345, 434, 125, 346, 434, 125, 356, 434,
    125, 379, 434, 125, 380, 434, 125, 434, 434, 125, 446, 434, 125, 548, 434, 125, 549, 434, 125,
    551, 434, 125, 552, 434, 125, 553, 434, 125, 625, 434, 125, 626, 434, 125, 662, 434, 125, 663,
    434, 125, 664, 434, 125, 723, 434, 125, 724, 434, 125, 725, 434, 125, 789, 434, 125, 790, 434,
    125, 791, 434, 125, 867, 434,
];

/// Kind, API version and 1 where it is namespaced, sorted.
pub(super) static SCOPES: [u16; 252] = [
    5, 168, 0, 5, 169, 0, 9, 789, 0, 9, 791, 0, 11, 789, 0, 11, 791, 0, 13, 791, 1, 15, 218, 0, 15,
    219, 0, 17, 662, 0, 17, 664, 0, 18, 662, 0, 18, 664, 0, 21, 867, 0, 23, 867, 1, 25, 171, 1, 27,
    202, 1, 27, 203, 1, 29, 166, 0, 29, 167, 0, 31, 171, 1, 34, 171, 1, 36, 314, 1, 36, 315, 1, 38,
    867, 1, 40, 345, 1, 40, 346, 1, 40, 867, 1, 43, 380, 0, 45, 191, 1, 45, 192, 1, 45, 193, 1, 47,
    356, 1, 47, 548, 1, 47, 549, 1, 48, 548, 0, 48, 549, 0, 52, 202, 1, 54, 265, 1, 54, 266, 1, 56,
    867, 1, 59, 142, 0, 59, 143, 0, 61, 867, 0, 63, 548, 1, 65, 867, 0, 67, 867, 0, 68, 867, 0, 69,
    867, 1, 72, 867, 1, 73, 867, 1, 74, 625, 1, 74, 626, 1, 76, 867, 1, 78, 867, 1, 79, 867, 1, 80,
    626, 0, 82, 867, 1, 85, 723, 0, 85, 725, 0, 87, 380, 0, 89, 171, 1, 91, 867, 1, 93, 867, 1, 95,
    662, 1, 95, 664, 1, 96, 662, 1, 96, 664, 1, 99, 551, 0, 99, 553, 0, 101, 191, 1, 102, 867, 1,
    106, 867, 1, 107, 867, 1, 110, 867, 1, 111, 171, 1, 114, 789, 0, 114, 791, 0, 119, 142, 0, 120,
    142, 0, 121, 142, 0, 121, 143, 0, 123, 789, 0, 123, 791, 0,
];
