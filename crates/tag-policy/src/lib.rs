//! Which tag is the newest, and why.
