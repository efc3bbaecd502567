//! Layouts written and read, assembled images, and what the checker finds in broken ones.
#![allow(clippy::disallowed_methods, reason = "tests lay out the folders that they read")]

mod assemble;
mod broken;
mod layout;
mod shop;
