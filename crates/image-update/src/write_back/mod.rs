//! What Argo CD Image Updater writes, and where: byte for byte, so that its next commit can be foretold.

mod application;
mod branch;
mod identifier;
mod kustomization;
mod message;
mod target;

pub use application::{merge_override_file, set_application_image};
pub use branch::{
    BRANCH_LIMIT, BranchSetting, BranchSettingError, GitSource, branch_name, checkout_branch,
};
pub(crate) use identifier::is_same_image;
pub use identifier::{ImageEntry, ImageTag};
pub use kustomization::{WriteBackError, has_document_start, write_back_images};
pub use message::{DEFAULT_COMMIT_MESSAGE, ImageChange, write_back_message};
pub use target::{
    NoKustomization, Target, TargetError, default_override_file, find_kustomization,
    write_back_target,
};
