use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use oci_spec::image::{Descriptor, ImageConfiguration, ImageIndex, ImageManifest, MediaType};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tidegate_image_ref::{Digest, Tag};

use crate::document::{Document, is_index, is_manifest};
use crate::layout::{Layout, VERSION, is_image_config, ref_name};

/// Something in a layout that is not as the specification has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file.
    pub path: PathBuf,
    /// The kind, for programs.
    pub kind: FindingKind,
    /// What is wrong.
    pub message: String,
}

/// The kinds of [`Finding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FindingKind {
    /// `oci-layout` is missing, or says something else than version 1.0.0.
    LayoutFile,
    /// A document is not JSON, or not of the shape that the specification gives it.
    BadDocument,
    /// `schemaVersion` is not 2.
    SchemaVersion,
    /// A descriptor's media type is not the one of what it describes, or of what may stand there.
    MediaType,
    /// A digest is not one of SHA-256, so that nothing can be checked.
    UnsupportedDigest,
    /// A descriptor describes a blob that is not there.
    MissingBlob,
    /// The bytes of a blob do not have the digest that its name says.
    WrongDigest,
    /// A descriptor tells another size than the blob has.
    WrongSize,
    /// A tag names two images.
    AmbiguousTag,
    /// An image has layers that its configuration does not know, or the other way round.
    Layers,
    /// An index and a configuration tell different platforms.
    Platform,
    /// No descriptor leads to this blob.
    Dangling,
    /// A file that has no business among the blobs.
    StrayFile,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

/// How deep indexes may lie in indexes.
const MAX_DEPTH: usize = 8;

/// Checks a layout from its marker to the last blob: digests, sizes, media types, shape, and what nothing refers to.
/// The list is sorted by file; an empty one means that the layout is whole.
///
/// ```no_run
/// let findings = tidegate_registry::verify("registry/tomoda-backend".as_ref());
/// assert!(findings.is_empty(), "{findings:?}");
/// ```
#[must_use]
pub fn verify(folder: &Path) -> Vec<Finding> {
    let mut check = Check {
        layout: Layout::at(folder),
        findings: BTreeSet::new(),
        blobs: BTreeMap::new(),
        reached: BTreeSet::new(),
    };
    check.marker();
    check.blobs();
    check.index();
    check.dangling();
    check.findings.into_iter().collect()
}

struct Check {
    layout: Layout,
    findings: BTreeSet<Finding>,
    /// The blobs by digest, each with its size.
    blobs: BTreeMap<Digest, u64>,
    reached: BTreeSet<Digest>,
}

/// What a descriptor's place allows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A manifest or an index.
    Image,
    /// A layer of an image.
    Layer,
    /// A configuration, or a part of an artifact that is no image: of any type.
    Other,
}

impl Check {
    fn find(&mut self, path: &Path, kind: FindingKind, message: impl Into<String>) {
        let path = path.strip_prefix(self.layout.folder()).unwrap_or(path).to_owned();
        self.findings.insert(Finding { path, kind, message: message.into() });
    }

    fn marker(&mut self) {
        let path = self.layout.marker();
        let version = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice::<Value>(&bytes).ok(),
            Err(error) => return self.find(&path, FindingKind::LayoutFile, error.to_string()),
        };
        let version =
            version.as_ref().and_then(|it| it.get("imageLayoutVersion")).and_then(Value::as_str);
        match version {
            Some(VERSION) => {}
            Some(other) => {
                let message = format!("layout version `{other}`, not {VERSION}");
                self.find(&path, FindingKind::LayoutFile, message);
            }
            None => self.find(&path, FindingKind::LayoutFile, "`imageLayoutVersion` is missing"),
        }
    }

    /// Hashes every blob.
    fn blobs(&mut self) {
        let folder = self.layout.blobs();
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => return self.find(&folder, FindingKind::LayoutFile, error.to_string()),
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let Ok(digest) = format!("sha256:{name}").parse::<Digest>() else {
                self.find(&path, FindingKind::StrayFile, "the name is no SHA-256 digest");
                continue;
            };
            match hash(&path) {
                Ok((found, size)) => {
                    if found != digest {
                        let message = format!("the bytes have the digest {found}");
                        self.find(&path, FindingKind::WrongDigest, message);
                    }
                    self.blobs.insert(digest, size);
                }
                Err(error) => self.find(&path, FindingKind::StrayFile, error.to_string()),
            }
        }
    }

    fn index(&mut self) {
        let path = self.layout.index();
        let Some(index) = self.read::<ImageIndex>(&path, "an image index") else { return };
        self.schema(&path, index.schema_version());
        if let Some(other) = index.media_type().as_ref().filter(|it| **it != MediaType::ImageIndex)
        {
            self.find(&path, FindingKind::MediaType, format!("media type `{other}` of an index"));
        }
        let mut tags: BTreeMap<Tag, String> = BTreeMap::new();
        for descriptor in index.manifests() {
            if let Some(tag) = ref_name(descriptor).and_then(|name| name.parse::<Tag>().ok()) {
                let digest = descriptor.digest().to_string();
                if let Some(other) =
                    tags.insert(tag.clone(), digest.clone()).filter(|other| *other != digest)
                {
                    let message = format!("tag `{tag}` names two images: {other} and {digest}");
                    self.find(&path, FindingKind::AmbiguousTag, message);
                }
            }
        }
        let mut pending: Vec<(PathBuf, Descriptor, usize)> =
            index.manifests().iter().map(|it| (path.clone(), it.clone(), 0)).collect();
        while let Some((path, descriptor, depth)) = pending.pop() {
            let Some(digest) = self.descriptor(&path, &descriptor, Role::Image) else { continue };
            let below = self.layout.blob_path(&digest);
            if let Some(Document::Index(index)) = self.document(&below, &descriptor) {
                if depth == MAX_DEPTH {
                    self.find(
                        &below,
                        FindingKind::BadDocument,
                        "indexes lie too deep in each other",
                    );
                    continue;
                }
                pending.extend(
                    index.manifests().iter().map(|it| (below.clone(), it.clone(), depth + 1)),
                );
            }
        }
    }

    /// Checks what a descriptor of an image names, down to its layers; returns an index for the caller to follow.
    fn document(&mut self, path: &Path, descriptor: &Descriptor) -> Option<Document> {
        let bytes = std::fs::read(path).ok()?;
        let document = match Document::parse(&bytes, path) {
            Ok(document) => document,
            Err(error) => {
                let message = error.to_string();
                let message =
                    message.strip_prefix(&format!("{}: ", path.display())).unwrap_or(&message);
                self.find(path, FindingKind::BadDocument, message);
                return None;
            }
        };
        let said = descriptor.media_type();
        let fits = match &document {
            Document::Index(_) => is_index(said.as_ref()),
            Document::Manifest(_) => is_manifest(said.as_ref()),
        };
        if !fits {
            let message =
                format!("its descriptor says `{said}`, it is `{}`", document.media_type());
            self.find(path, FindingKind::MediaType, message);
        }
        match &document {
            Document::Index(index) => self.schema(path, index.schema_version()),
            Document::Manifest(manifest) => {
                self.schema(path, manifest.schema_version());
                self.manifest(path, manifest, descriptor);
            }
        }
        Some(document)
    }

    fn manifest(&mut self, path: &Path, manifest: &ImageManifest, descriptor: &Descriptor) {
        let is_image = is_image_config(manifest.config().media_type().as_ref());
        for layer in manifest.layers() {
            self.descriptor(path, layer, if is_image { Role::Layer } else { Role::Other });
        }
        let Some(digest) = self.descriptor(path, manifest.config(), Role::Other) else { return };
        if !is_image {
            return;
        }
        let path = self.layout.blob_path(&digest);
        let Some(config) = self.read::<ImageConfiguration>(&path, "an image configuration") else {
            return;
        };
        let (ids, layers) = (config.rootfs().diff_ids(), manifest.layers());
        if ids.len() != layers.len() {
            let message = format!("{} diff ids for {} layers", ids.len(), layers.len());
            self.find(&path, FindingKind::Layers, message);
        }
        for (id, layer) in ids.iter().zip(layers) {
            // An uncompressed layer is its own content.
            if *layer.media_type() == MediaType::ImageLayer && *id != layer.digest().to_string() {
                self.find(
                    &path,
                    FindingKind::Layers,
                    format!("diff id {id} of layer {}", layer.digest()),
                );
            }
        }
        if let Some(platform) = descriptor.platform().as_ref()
            && (platform.os() != config.os() || platform.architecture() != config.architecture())
        {
            let message = format!(
                "the index says {}/{}, the configuration {}/{}",
                platform.os(),
                platform.architecture(),
                config.os(),
                config.architecture()
            );
            self.find(&path, FindingKind::Platform, message);
        }
    }

    /// Checks a descriptor against the blob it describes; returns the digest when the blob is there.
    fn descriptor(&mut self, path: &Path, descriptor: &Descriptor, role: Role) -> Option<Digest> {
        let media_type = descriptor.media_type().as_ref();
        let fits = match role {
            Role::Image => is_index(media_type) || is_manifest(media_type),
            Role::Other => !media_type.is_empty(),
            Role::Layer => is_layer(media_type),
        };
        if !fits {
            let message = format!("media type `{media_type}` of {}", descriptor.digest());
            self.find(path, FindingKind::MediaType, message);
        }
        let Ok(digest) = descriptor.digest().to_string().parse::<Digest>() else {
            let message = format!("digest `{}` is not of SHA-256", descriptor.digest());
            self.find(path, FindingKind::UnsupportedDigest, message);
            return None;
        };
        let Some(size) = self.blobs.get(&digest).copied() else {
            self.find(path, FindingKind::MissingBlob, format!("blob {digest} is missing"));
            return None;
        };
        if size != descriptor.size() {
            let message = format!("blob {digest} has {size} bytes, not {}", descriptor.size());
            self.find(path, FindingKind::WrongSize, message);
        }
        self.reached.insert(digest.clone());
        Some(digest)
    }

    fn dangling(&mut self) {
        let dangling: Vec<Digest> =
            self.blobs.keys().filter(|it| !self.reached.contains(it)).cloned().collect();
        for digest in dangling {
            self.find(
                &self.layout.blob_path(&digest),
                FindingKind::Dangling,
                "nothing refers to this blob",
            );
        }
    }

    fn schema(&mut self, path: &Path, version: u32) {
        if version != 2 {
            self.find(path, FindingKind::SchemaVersion, format!("schema version {version}, not 2"));
        }
    }

    fn read<T: serde::de::DeserializeOwned>(&mut self, path: &Path, what: &str) -> Option<T> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.find(path, FindingKind::BadDocument, error.to_string());
                return None;
            }
        };
        match serde_json::from_slice(&bytes) {
            Ok(document) => Some(document),
            Err(error) => {
                self.find(path, FindingKind::BadDocument, format!("not {what}: {error}"));
                None
            }
        }
    }
}

/// Layers as the image specification and Docker name them.
fn is_layer(media_type: &str) -> bool {
    media_type.starts_with("application/vnd.oci.image.layer.")
        || media_type.starts_with("application/vnd.docker.image.")
}

fn hash(path: &Path) -> std::io::Result<(Digest, u64)> {
    let mut file = std::fs::File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut size = 0_u64;
    loop {
        let read = std::io::Read::read(&mut file, &mut buffer)?;
        if read == 0 {
            return Ok((Digest::from_sha256(hasher.finalize().into()), size));
        }
        hasher.update(&buffer[..read]);
        size += u64::try_from(read).unwrap_or(u64::MAX);
    }
}
