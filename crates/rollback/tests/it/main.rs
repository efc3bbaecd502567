//! Integration tests of `tidegate-rollback`.

mod argocd;
mod compare;
mod configuration;
mod laws;
mod undo;
