//! A Kustomize overlay: load, build, edit in place.
