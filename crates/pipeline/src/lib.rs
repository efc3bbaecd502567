//! The flow from a version to a finished rollout, and back: configuration, plan, execution, journal, sandbox.
