//! The rules of the Argo CD Image Updater, as a model.

mod image_spec;
mod overrides;
mod pick;
mod round;
mod strategy;

pub use self::image_spec::{ImageSpec, digest_live_match, has_registry_prefix, short_name};
pub use self::overrides::{find_override, override_matches};
pub use self::pick::{PickError, UpdaterPolicy, pick};
pub use self::round::{Application, Outcome, RegistryAnswer, UpdateSettings, update_round};
pub use self::strategy::UpdateStrategy;
