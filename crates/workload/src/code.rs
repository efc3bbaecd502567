//! The codes of everything that this crate reports.

use tidegate_source::{Diagnostic, Severity};

/// A code out of the list, so that nothing is reported under another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code(&'static str);

impl Code {
    pub(crate) const fn name(self) -> &'static str {
        self.0
    }

    /// Creates a finding of this code.
    pub(crate) fn finding(self, severity: Severity, message: String) -> Diagnostic {
        Diagnostic::new(severity, self.0, message)
    }
}

/// Makes a constant of each code, and the list of all.
macro_rules! codes {
    ($($code:ident = $name:literal;)*) => {
        $(pub(crate) const $code: Code = Code($name);)*

        /// Every code that a finding of a [`Proof`](crate::Proof) or a mistake in an object can have.
        ///
        /// ```
        /// assert!(tidegate_workload::CODES.contains(&"budget-blocks-drain"));
        /// assert!(tidegate_workload::CODES.contains(&"invalid-quantity"));
        /// ```
        pub const CODES: &[&str] = &[$($name,)*];
    };
}

codes! {
    // What refuses a rollout.
    ROLLOUT_PAUSED = "rollout-paused";
    LIMIT_RANGE_REJECTS = "limit-range-rejects";
    QUOTA_NEEDS_RESOURCE = "quota-needs-resource";
    QUOTA_STOPS_ROLLOUT = "quota-stops-rollout";
    PROBE_PORT_UNKNOWN = "probe-port-unknown";
    KILLED_BEFORE_READY = "killed-before-ready";
    DEADLINE_BEFORE_READY = "deadline-before-ready";
    DEADLINE_BEFORE_AVAILABLE = "deadline-before-available";
    DEADLINE_BEFORE_OLD_ENDS = "deadline-before-old-ends";
    DEADLINE_BEFORE_QUOTA = "deadline-before-quota";
    WAITS_FOR_BROKEN_POD = "waits-for-broken-pod";
    // What informs.
    FINISHES_IF = "finishes-if";
    MAX_UNAVAILABLE_IGNORED = "max-unavailable-ignored";
    ROUNDS_TO_ZERO = "rounds-to-zero";
    QUOTA_BELOW_SURGE = "quota-below-surge";
    NONE_AVAILABLE = "none-available";
    RECREATE_GAP = "recreate-gap";
    SINGLETON_REPLICAS = "singleton-replicas";
    SINGLETON_OVERLAP = "singleton-overlap";
    BUDGET_BLOCKS_DRAIN = "budget-blocks-drain";
    BUDGET_NEVER_ALLOWS = "budget-never-allows";
    BUDGETS_OVERLAP = "budgets-overlap";
    BUDGET_SELECTS_NOTHING = "budget-selects-nothing";
    DRAIN_WAITS_FOR_ROLLOUT = "drain-waits-for-rollout";
    NO_READINESS_PROBE = "no-readiness-probe";
    PROBE_PORT_UNDECLARED = "probe-port-undeclared";
    GRACE_TOO_SHORT = "grace-too-short";
    READINESS_GATE = "readiness-gate";
    // What keeps an object from being read.
    WRONG_KIND = "wrong-kind";
    WRONG_TYPE = "wrong-type";
    OUT_OF_RANGE = "out-of-range";
    INVALID_AMOUNT = "invalid-amount";
    INVALID_QUANTITY = "invalid-quantity";
    INVALID_PROBE = "invalid-probe";
    SELECTOR_MISMATCH = "selector-mismatch";
    NO_CONTAINERS = "no-containers";
    TWO_RULES = "two-rules";
}
