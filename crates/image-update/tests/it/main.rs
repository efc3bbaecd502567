//! Integration tests of `tidegate-image-update`.

mod elsewhere;
mod hold;
mod laws;
mod message;
mod template;
mod update;
mod write_back;
