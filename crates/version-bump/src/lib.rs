//! Versions, levels and version files.
