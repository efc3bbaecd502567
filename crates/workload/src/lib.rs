//! Pods to be run: quantities, probes, budgets, the controller's step and the proof of a rollout.
