//! YAML as the Kubernetes tools read and print it, with byte-exact edits.

mod chars;
#[cfg(feature = "serde")]
mod de;
pub mod edit;
mod emit;
mod error;
mod float;
mod merge;
mod node;
mod order;
mod parse;
mod resolve;
mod stream;
mod tape;
mod timestamp;
mod value;

#[cfg(feature = "serde")]
pub use de::{DeserializeError, Spanned, from_node, from_str};
pub use emit::{EmitError, Emitter};
pub use error::{Error, ErrorKind, Errors};
pub use float::{format_float, json_float};
pub use node::{Entries, Items, Node};
pub use order::natural_order;
pub use parse::MAX_DEPTH;
pub use resolve::{Scalar, is_yaml11_non_string, resolve_yaml11};
pub use stream::{Document, Stream};
pub use tape::{Kind, Style};
pub use timestamp::Timestamp;
