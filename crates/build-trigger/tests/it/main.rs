//! Which builds start on which pushes, what they push and bake, and what is refused.

mod decide;
mod docker;
mod place;
mod refuse_config;
mod refuse_trigger;
mod substitute;
