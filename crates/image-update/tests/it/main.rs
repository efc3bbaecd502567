//! Integration tests of `tidegate-image-update`.

mod hold;
mod template;
