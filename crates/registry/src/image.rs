use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use oci_spec::image::{
    Arch, Config, Descriptor, History, ImageConfiguration, ImageIndexBuilder, ImageManifestBuilder,
    MediaType, Os, Platform, RootFs,
};
use tidegate_image_ref::Digest;

use crate::contents::Contents;
use crate::document::{canonical, digest_of};
use crate::error::{LayoutError, LayoutErrorKind};

/// Label: the commit that the image was built from.
pub const LABEL_REVISION: &str = oci_spec::image::ANNOTATION_REVISION;
/// Label: the address of the sources.
pub const LABEL_SOURCE: &str = oci_spec::image::ANNOTATION_SOURCE;
/// Label: the version.
pub const LABEL_VERSION: &str = oci_spec::image::ANNOTATION_VERSION;
/// Label: the environment that settings were baked in for.
pub const LABEL_ENVIRONMENT: &str = "dev.tidegate.environment";
/// Label: the hash of the baked settings, see [`crate::settings_hash`].
pub const LABEL_SETTINGS: &str = "dev.tidegate.settings";

/// What an image is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe<'r> {
    /// The files.
    pub contents: &'r Contents,
    /// The folder of the image that they go to: `/app`.
    pub target: &'r str,
    /// Labels, such as [`LABEL_REVISION`].
    pub labels: BTreeMap<String, String>,
    /// Variables, as `NAME=value`.
    pub env: Vec<String>,
    /// The program that runs, and its first arguments.
    pub entrypoint: Vec<String>,
    /// Ports that the program listens on, as `8080/tcp`.
    pub ports: Vec<String>,
    /// The user that it runs as; empty for root.
    pub user: String,
    /// When the image was made, in seconds since 1970-01-01 UTC.
    pub created: i64,
    /// The platforms, as `os/architecture`: two or more give an index.
    pub platforms: &'r [&'r str],
}

/// An image in memory: its blobs, those that others refer to first.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    pub(crate) root: Descriptor,
    pub(crate) digest: Digest,
    pub(crate) blobs: Vec<(Digest, Vec<u8>)>,
}

impl Image {
    /// Assembles an image. A pure function: the same recipe gives the same digest, on every machine.
    ///
    /// The one layer is the same for all platforms, so this packs what does not depend on the platform, or needs no
    /// program of it.
    ///
    /// # Errors
    ///
    /// [`LayoutErrorKind::Unpackable`] for a platform that is not `os/architecture`, for none or the same twice, for a date that
    /// no calendar has, and for a path that a tar archive cannot hold.
    pub fn assemble(recipe: &Recipe<'_>) -> Result<Self, LayoutError> {
        let refuse = |reason: String| {
            LayoutError::new(LayoutErrorKind::Unpackable, Path::new(recipe.target), reason)
        };
        let created = jiff::Timestamp::from_second(recipe.created)
            .map_err(|_| refuse(format!("{} is no date in seconds since 1970", recipe.created)))?
            .to_string();
        if recipe.platforms.is_empty() {
            return Err(refuse("an image needs at least one platform".to_owned()));
        }
        let layer =
            recipe.contents.layer(recipe.target).map_err(|error| refuse(error.to_string()))?;
        let layer_digest = digest_of(&layer);
        let layer_descriptor = descriptor(MediaType::ImageLayer, &layer_digest, &layer);
        let mut blobs = vec![(layer_digest.clone(), layer)];
        let mut manifests = Vec::new();
        let mut seen = BTreeSet::new();
        for platform in recipe.platforms {
            let (os, arch) = platform
                .split_once('/')
                .filter(|(os, arch)| !os.is_empty() && !arch.is_empty() && !arch.contains('/'))
                .ok_or_else(|| refuse(format!("platform `{platform}` is not `os/architecture`")))?;
            if !seen.insert(*platform) {
                return Err(refuse(format!("platform `{platform}` is named twice")));
            }
            let (os, arch) = (Os::from(os), Arch::from(arch));
            let config = canonical(&configuration(recipe, &os, &arch, &layer_digest, &created));
            let config_digest = digest_of(&config);
            let manifest = manifest(
                descriptor(MediaType::ImageConfig, &config_digest, &config),
                &layer_descriptor,
            );
            let manifest_digest = digest_of(&manifest);
            let mut reference = descriptor(MediaType::ImageManifest, &manifest_digest, &manifest);
            let mut platform = Platform::default();
            platform.set_os(os);
            platform.set_architecture(arch);
            reference.set_platform(Some(platform));
            manifests.push(reference);
            blobs.push((config_digest, config));
            blobs.push((manifest_digest, manifest));
        }
        let (root, digest) = match <[Descriptor; 1]>::try_from(manifests) {
            Ok([only]) => {
                let digest = blobs.last().map_or(layer_digest, |(digest, _)| digest.clone());
                (only, digest)
            }
            Err(several) => {
                let index = index(several);
                let digest = digest_of(&index);
                let root = descriptor(MediaType::ImageIndex, &digest, &index);
                blobs.push((digest.clone(), index));
                (root, digest)
            }
        };
        Ok(Self { root, digest, blobs })
    }

    /// Returns the digest that names the image: of its index, or of its only manifest.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.digest
    }
}

fn configuration(
    recipe: &Recipe<'_>,
    os: &Os,
    arch: &Arch,
    layer: &Digest,
    created: &str,
) -> ImageConfiguration {
    let labels: HashMap<String, String> =
        recipe.labels.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let mut config = Config::default();
    config.set_labels((!labels.is_empty()).then_some(labels));
    config.set_env((!recipe.env.is_empty()).then(|| recipe.env.clone()));
    config.set_entrypoint((!recipe.entrypoint.is_empty()).then(|| recipe.entrypoint.clone()));
    config.set_exposed_ports((!recipe.ports.is_empty()).then(|| recipe.ports.clone()));
    config.set_user((!recipe.user.is_empty()).then(|| recipe.user.clone()));
    let target = format!("/{}", recipe.target.trim_matches('/'));
    config.set_working_dir(Some(target));
    let mut rootfs = RootFs::default();
    rootfs.set_diff_ids(vec![layer.to_string()]);
    let mut history = History::default();
    history.set_created(Some(created.to_owned()));
    history.set_created_by(Some("tidegate: files of a folder".to_owned()));
    let mut configuration = ImageConfiguration::default();
    configuration.set_created(Some(created.to_owned()));
    configuration.set_os(os.clone());
    configuration.set_architecture(arch.clone());
    configuration.set_config(Some(config));
    configuration.set_rootfs(rootfs);
    configuration.set_history(Some(vec![history]));
    configuration
}

fn manifest(config: Descriptor, layer: &Descriptor) -> Vec<u8> {
    let manifest = ImageManifestBuilder::default()
        .schema_version(2_u32)
        .media_type(MediaType::ImageManifest)
        .config(config)
        .layers(vec![layer.clone()])
        .build();
    canonical(&manifest.expect("every required field is set"))
}

fn index(manifests: Vec<Descriptor>) -> Vec<u8> {
    let index = ImageIndexBuilder::default()
        .schema_version(2_u32)
        .media_type(MediaType::ImageIndex)
        .manifests(manifests)
        .build();
    canonical(&index.expect("every required field is set"))
}

fn descriptor(media_type: MediaType, digest: &Digest, bytes: &[u8]) -> Descriptor {
    let digest: oci_spec::image::Digest =
        digest.as_str().parse().expect("both crates know the digests of SHA-256");
    Descriptor::new(media_type, u64::try_from(bytes.len()).unwrap_or(u64::MAX), digest)
}
