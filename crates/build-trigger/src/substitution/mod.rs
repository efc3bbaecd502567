//! Substitutions: `$NAME`, `${NAME}` and the parameter expansions of bash, in the texts of a build.

mod evaluate;
mod pattern;
mod scope;
mod template;

pub(crate) use evaluate::Text;
pub use scope::Facts;
pub(crate) use scope::{CYCLE, Scope};
