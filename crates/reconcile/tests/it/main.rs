//! What differs, in which order it is done, and how well it does.

mod compare;
mod difference;
mod health;
mod laws;
mod order;
mod plan;

use tidegate_object::Object;
use tidegate_reconcile::json;

/// Reads an object that a test writes as JSON.
#[track_caller]
fn object(text: &str) -> Object {
    Object::new(json::parse(text).expect("the test writes JSON"))
}
