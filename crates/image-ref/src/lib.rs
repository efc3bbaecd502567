//! Image references, as written and as meant.
