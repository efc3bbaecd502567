//! YAML as the Kubernetes tools read and print it, with byte-exact edits.
//!
//! ```
//! use tidegate_yaml::{Emitter, Stream, edit};
//!
//! let text = "images:\n- name: web # ours\n  newTag: \"1.0\"\n";
//! let stream = Stream::parse(text)?;
//! let root = stream.root().ok_or("no document")?;
//! let tag = edit::find(root, &["images".into(), 0.into(), "newTag".into()])?;
//! assert_eq!((tag.as_str().as_ref(), tag.span().of(text)), ("1.0", "\"1.0\""));
//!
//! let edited = edit::set(tag, &"1.10".into())?.apply(text);
//! assert_eq!(edited, "images:\n- name: web # ours\n  newTag: \"1.10\"\n");
//!
//! let mut out = String::new();
//! let mut emitter = Emitter::new(&mut out);
//! emitter.begin_map();
//! emitter.key("enabled");
//! emitter.string("yes");
//! emitter.end_map();
//! emitter.end_document();
//! emitter.finish()?;
//! assert_eq!(out, "enabled: \"yes\"\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Model
//!
//! [`Stream::parse`] turns a text into a tape: one slot of sixteen bytes for each node, in the order of the text,
//! holding spans and no values. A [`Node`] is a cursor on the tape. What a scalar's characters are
//! ([`Node::as_str`]) and what they mean ([`Node::resolve`]) is worked out when somebody asks, and borrows from the
//! text where it stands there as it is. [`edit`] computes replacements of spans. [`Emitter`] is told a tree and
//! writes it in one layout; it reads nothing.
//!
//! Reading is iterative and linear in the text; nesting is limited to [`MAX_DEPTH`], a key to 1,024 characters, the
//! list of mistakes to 64. An alias is a reference and is unfolded by nobody but the deserializer (feature `serde`),
//! which visits at most a hundred nodes for each one that was written and nests at most 128 levels.
//!
//! # Scope
//!
//! The crate knows nothing of Kubernetes. It prints one layout, not any; comments are kept by edits and are no nodes.
//! UTF-16 is not read.
//!
//! # Conformance
//!
//! Reading follows go-yaml v3 (3.0.4, the reader of kustomize's resources): `scannerc.go`, `parserc.go`,
//! `resolve.go`. Printing follows `sigs.k8s.io/yaml`: a value's JSON text, read and printed by go-yaml v2 (2.4.2). Both
//! were compared with `kubectl kustomize` v5.6.0 on generated texts. What kustomize makes of a plain scalar in a
//! resource:
//!
//! | written | read as | printed |
//! | --- | --- | --- |
//! | `yes`, `on`, `y` | string | `"yes"`, `"on"`, `"y"` |
//! | `010`, `0o10`, `0x8`, `0b1000`, `+8`, `08` | integer; `08` the float 8 | `8` |
//! | `1_000` | integer | `1000` |
//! | `12:30` | string | `"12:30"` |
//! | `2001-1-1` | timestamp | `"2001-01-01T00:00:00Z"` |
//! | `1e3`, `1.0`, `-0.0` | float | `1000`, `1`, `0` |
//! | `99999999999999999999999` | float | `1e+23` |
//! | `.inf`, `.nan` | float | an error: JSON has none |
//! | `~`, `null`, nothing | null | `null` |
//! | nothing in `{a: }` | null; an empty string once printed ([`Node::resolve_reprinted`]) | `""` |
//! | `!!binary aGk=` | bytes | `hi` |
//! | `!!float 5`, `!!str 5`, `!any 5` | float, string, string | `5`, `"5"`, `"5"` |
//! | `!!int x` | an error | |
//! | `<<` with a mapping | merged by the reader of resources | |
//!
//! Known differences:
//!
//! - Anchors hold within their document; go-yaml's decoder keeps them for the whole stream.
//! - A byte-order mark is skipped at the start of any line.
//! - U+0085 in a string comes out as the line break that go-yaml v2 takes it for in the JSON text, except where `---`
//!   or `...` stands behind it.
//! - Escapes in a tag (`%41`) are kept as written.
//! - The order of keys is go-yaml's [`natural_order`], which is no total order; where it is none, go-yaml's output
//!   changes from run to run.
//!
//! Two rules of kustomize that lie outside of this crate: it cuts a file at each line that begins with `---` and reads
//! the first document of each piece alone, and it drops an entry whose key is the *string* `<<`.
//!
//! # Features
//!
//! - `serde`: `from_str`, `from_node` and `Spanned`, a deserializer over the tape whose errors carry a place, a path and
//!   the nearest known name.

mod chars;
#[cfg(feature = "serde")]
mod de;
pub mod edit;
mod emit;
mod error;
mod float;
mod lanes;
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
pub use float::json_float;
pub use node::{Entries, Items, Node};
pub use order::natural_order;
pub use parse::MAX_DEPTH;
pub use resolve::{Scalar, is_yaml11_non_string, resolve_yaml11};
pub use stream::{Document, Stream};
pub use tape::{Kind, Style};
pub use timestamp::Timestamp;
pub use value::refolded;
