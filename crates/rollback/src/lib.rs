//! From history to a rollback plan that explains itself.
