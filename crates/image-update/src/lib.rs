//! An image update: which image, from what to what, and why; holds; write-back edits.

mod flux;
mod hold;
mod template;
mod write_back;

pub use flux::{
    FluxMarker, FluxPolicy, SetterChange, SetterResult, flux_markers, set_flux_markers,
};
pub use hold::{
    Hold, HoldError, HoldErrorKind, HoldErrors, HoldFile, HoldSelector, HoldState, HoldSubject,
    Moment, MomentError, add_hold, lift_hold,
};
pub use template::{Template, TemplateError, TemplateValue};
pub use write_back::{
    BRANCH_LIMIT, BranchSetting, BranchSettingError, ContainerImage, DEFAULT_COMMIT_MESSAGE,
    GitSource, ImageChange, ImageEntry, ImageTag, NoKustomization, Target, TargetError,
    WriteBackError, branch_name, checkout_branch, default_override_file, find_kustomization,
    has_document_start, merge_override_file, set_application_image, write_back_images,
    write_back_message, write_back_target,
};
