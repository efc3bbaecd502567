//! Git repositories: release commits, tags, write-backs, history.
