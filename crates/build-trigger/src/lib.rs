//! Which builds a git event starts: Cloud Build triggers, substitutions, approvals.
