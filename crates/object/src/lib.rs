//! A Kubernetes object: identity, an owned tree of values, where each field came from.
