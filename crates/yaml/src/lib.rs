//! YAML as the Kubernetes tools read and print it, with byte-exact edits.
