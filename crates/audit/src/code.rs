use std::borrow::Cow;
use std::fmt;

use tidegate_source::{Diagnostic, Severity};

/// Makes the codes and everything that is known of them from one list.
macro_rules! codes {
    ($($(#[doc = $doc:literal])* $code:ident = $name:literal, $severity:ident;)*) => {
        /// What a finding is about. Each has a stable name and a weight of its own.
        ///
        /// ```
        /// use tidegate_audit::Code;
        /// use tidegate_source::Severity;
        ///
        /// let code = Code::ImageMutableTag;
        /// assert_eq!((code.name(), code.severity()), ("image-mutable-tag", Severity::Warning));
        /// assert!(Code::ALL.contains(&code));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])* $code,)*
        }

        impl Code {
            /// Every code, in the order of their subjects.
            ///
            /// ```
            /// use tidegate_audit::Code;
            /// use tidegate_source::Severity;
            ///
            /// // What an API server or a kubelet would refuse.
            /// let errors = Code::ALL.iter().filter(|it| it.severity() == Severity::Error);
            /// assert!(errors.clone().any(|it| *it == Code::RequestAboveLimit));
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// Returns the name, in kebab case: it does not change from release to release.
            ///
            /// ```
            /// use tidegate_audit::Code;
            ///
            /// assert_eq!(Code::NoMemoryLimit.name(), "no-memory-limit");
            /// ```
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }

            /// Returns how much a finding of this code weighs.
            ///
            /// ```
            /// use tidegate_audit::Code;
            /// use tidegate_source::Severity;
            ///
            /// assert_eq!(Code::NoRequests.severity(), Severity::Warning);
            /// ```
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$code => Severity::$severity,)*
                }
            }

            /// Creates a finding of this code, with its weight.
            pub(crate) fn finding(self, message: impl Into<Cow<'static, str>>) -> Diagnostic {
                Diagnostic::new(self.severity(), self.name(), message)
            }
        }
    };
}

codes! {
    /// A container that runs for long has no liveness probe.
    NoLivenessProbe = "no-liveness-probe", Note;
    /// A liveness probe waits long for a slow start, and has no startup probe to do so.
    NoStartupProbe = "no-startup-probe", Note;
    /// Liveness and readiness ask the same, and liveness gives up no later.
    LivenessLikeReadiness = "liveness-like-readiness", Warning;

    /// A container requests no CPU, no memory, or neither.
    NoRequests = "no-requests", Warning;
    /// A container has no memory limit.
    NoMemoryLimit = "no-memory-limit", Note;
    /// A request is above its limit.
    RequestAboveLimit = "request-above-limit", Error;
    /// An amount of CPU or memory that cannot be meant.
    ImplausibleAmount = "implausible-amount", Warning;
    /// A request or limit of nothing.
    ZeroAmount = "zero-amount", Note;
    /// A request or limit below nothing.
    NegativeAmount = "negative-amount", Error;
    /// A text that is no quantity.
    InvalidQuantity = "invalid-quantity", Error;

    /// A container without an image.
    ImageMissing = "image-missing", Error;
    /// An image that is no reference.
    ImageInvalid = "image-invalid", Error;
    /// An image without a tag and without a digest.
    ImageWithoutTag = "image-without-tag", Warning;
    /// A tag that is moved from build to build.
    ImageMutableTag = "image-mutable-tag", Warning;
    /// A mutable tag in a base that an overlay overrides.
    ImageMutableInBase = "image-mutable-in-base", Note;
    /// An image that is never pulled.
    ImageNeverPulled = "image-never-pulled", Warning;
    /// The registry is asked at every start for an image that cannot change.
    PullAlwaysPinned = "pull-always-pinned", Note;

    /// No budget guards the pods of a workload with two replicas or more.
    NoBudget = "no-budget", Note;
    /// A budget lets all pods go at once.
    BudgetWithoutEffect = "budget-without-effect", Note;
    /// A budget holds pods that are not ready, too.
    BudgetUnhealthyPods = "budget-unhealthy-pods", Note;

    /// One replica of what is no singleton.
    SingleReplica = "single-replica", Note;
    /// Both an autoscaler and the manifest say how many replicas there are.
    AutoscalerFightsReplicas = "autoscaler-fights-replicas", Warning;
    /// An autoscaler measures a share of a request that is not there.
    AutoscalerWithoutRequest = "autoscaler-without-request", Warning;
    /// An autoscaler wants at least more than at most.
    AutoscalerRange = "autoscaler-range", Error;
    /// An autoscaler is for a workload that is not among the manifests.
    AutoscalerWithoutTarget = "autoscaler-without-target", Note;

    /// Pods keep the old template until somebody deletes them.
    UpdateOnDelete = "update-on-delete", Note;
    /// Pods below a partition keep the old template.
    UpdatePartition = "update-partition", Note;
    /// `Recreate` together with fields of a rolling update.
    RecreateWithRollingFields = "recreate-with-rolling-fields", Error;

    /// Two containers of a pod have one name.
    DuplicateContainer = "duplicate-container", Error;
    /// A variable is set twice in a container.
    DuplicateEnv = "duplicate-env", Warning;
    /// A port is declared twice in a container.
    DuplicatePort = "duplicate-port", Warning;
    /// Two ports of a container have one name.
    DuplicatePortName = "duplicate-port-name", Error;
    /// Two volumes of a pod have one name.
    DuplicateVolume = "duplicate-volume", Error;
    /// Two volumes are mounted at one path.
    DuplicateMount = "duplicate-mount", Error;

    /// A container mounts a volume that its pod does not have.
    MountWithoutVolume = "mount-without-volume", Error;
    /// A pod needs an object that is not among the manifests.
    ReferenceMissing = "reference-missing", Note;
    /// A pod needs a key that a ConfigMap or Secret among the manifests does not have.
    ReferenceKeyMissing = "reference-key-missing", Warning;

    /// No supported release of Kubernetes serves this API version.
    ApiRemoved = "api-removed", Error;
    /// This API version is to go.
    ApiDeprecated = "api-deprecated", Note;

    /// A pod gets no time to stop.
    GraceZero = "grace-zero", Warning;
    /// A restart policy that this kind does not take.
    RestartPolicyRefused = "restart-policy-refused", Error;
    /// The service account is named by a field that another one has replaced.
    DeprecatedServiceAccount = "deprecated-service-account", Note;
}

/// The name.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
