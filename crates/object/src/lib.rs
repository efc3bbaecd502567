//! A Kubernetes object: identity, an owned tree of values, where each field came from.
//!
//! ```
//! use tidegate_object::{Map, Node, Object};
//!
//! let mut metadata = Map::new();
//! metadata.insert("name", Node::from("web"));
//! let mut root = Map::new();
//! root.insert("apiVersion", Node::from("apps/v1"));
//! root.insert("kind", Node::from("Deployment"));
//! root.insert("metadata", Node::from(metadata));
//! let object = Object::new(Node::from(root));
//! assert_eq!(object.identity().to_string(), "Deployment.v1.apps/web");
//! assert_eq!(object.at(&["metadata", "name"]).and_then(Node::as_str), Some("web"));
//! ```
//!
//! # Model
//!
//! A [`Node`] is a [`Value`] and the [`Mark`](tidegate_source::Mark) of the text that last set it. Two nodes are
//! equal when their values are; marks do not count. Maps keep the order in which keys were written.
//!
//! # Scope
//!
//! No schema, no validation of fields, no knowledge of who makes or reads an object.
//!
//! # Features
//!
//! - `serde`: serialises identities and texts as strings.

mod from_yaml;
mod manifests;
mod map;
mod node;
mod object;
mod text;

pub use from_yaml::{Reading, from_yaml};
pub use manifests::manifests;
pub use map::{Entry, Map};
pub use node::{Node, Number, Value};
pub use object::{Identity, Object};
pub use text::Text;
