//! Desired against live: semantic diff, order, health, prune.
