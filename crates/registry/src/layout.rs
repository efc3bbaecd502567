use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use oci_spec::image::{Descriptor, ImageConfiguration, ImageManifest};
use serde_json::{Value, json};
use tidegate_image_ref::{Digest, Tag};

use crate::document::{Document, PlatformImage, canonical, digest_of, parse};
use crate::error::{LayoutError, LayoutErrorKind};
use crate::image::Image;

/// An OCI image layout: a folder that holds the images of one repository.
#[derive(Clone, Debug)]
pub struct Layout {
    folder: PathBuf,
}

/// A tag and the digest behind it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tagged {
    /// The tag.
    pub tag: Tag,
    /// Digest of the manifest or index that it names.
    pub digest: Digest,
}

/// Tags that name another image than before, each with the digest that it had.
pub type Moved = Vec<(Tag, Option<Digest>)>;

/// What a push changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// Digest of the image.
    pub digest: Digest,
    /// How many blobs were not there before.
    pub new_blobs: usize,
    /// The tags that are new or name another image than before.
    pub moved: Moved,
}

/// The annotation that makes a descriptor of `index.json` a tag.
pub(crate) const REF_NAME: &str = oci_spec::image::ANNOTATION_REF_NAME;

/// The version of the layout that this crate reads and writes.
pub(crate) const VERSION: &str = "1.0.0";

impl Layout {
    /// Opens a layout.
    ///
    /// # Errors
    ///
    /// [`LayoutErrorKind::NotALayout`], [`LayoutErrorKind::UnknownVersion`], [`LayoutErrorKind::BadDocument`].
    pub fn open(folder: &Path) -> Result<Self, LayoutError> {
        let layout = Self::at(folder);
        let path = layout.marker();
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                let reason = "no OCI image layout: the file `oci-layout` is missing";
                return Err(LayoutError::new(LayoutErrorKind::NotALayout, folder, reason));
            }
            Err(error) => return Err(LayoutError::io(&path, &error)),
        };
        let value: Value = parse(&bytes, &path, "JSON")?;
        match value.get("imageLayoutVersion").and_then(Value::as_str) {
            Some(VERSION) => {}
            Some(other) => {
                let reason = format!("layout version `{other}`; version {VERSION} is understood");
                return Err(LayoutError::new(LayoutErrorKind::UnknownVersion, &path, reason));
            }
            None => {
                let reason = "the field `imageLayoutVersion` is missing";
                return Err(LayoutError::new(LayoutErrorKind::BadDocument, &path, reason));
            }
        }
        layout.descriptors()?;
        Ok(layout)
    }

    /// Opens a layout, creating an empty one where the folder is empty or missing.
    ///
    /// # Errors
    ///
    /// As [`Layout::open`]; [`LayoutErrorKind::NotALayout`] also for a folder with other files in it.
    pub fn create(folder: &Path) -> Result<Self, LayoutError> {
        let layout = Self::at(folder);
        if layout.marker().exists() && layout.index().exists() {
            return Self::open(folder);
        }
        let io = |error: std::io::Error| LayoutError::io(folder, &error);
        std::fs::create_dir_all(folder).map_err(io)?;
        for entry in std::fs::read_dir(folder).map_err(io)? {
            let name = entry.map_err(io)?.file_name();
            // What a creation leaves that was stopped half-way.
            if !["blobs", "index.json", "oci-layout"].iter().any(|it| name == *it) {
                let reason =
                    format!("neither empty nor an OCI image layout: it holds `{}`", name.display());
                return Err(LayoutError::new(LayoutErrorKind::NotALayout, folder, reason));
            }
        }
        std::fs::create_dir_all(layout.blobs()).map_err(io)?;
        if !layout.index().exists() {
            let index = json!({
                "schemaVersion": 2,
                "mediaType": "application/vnd.oci.image.index.v1+json",
                "manifests": [],
            });
            write(&layout.index(), &canonical(&index))?;
        }
        write(&layout.marker(), &canonical(&json!({ "imageLayoutVersion": VERSION })))?;
        Self::open(folder)
    }

    /// A layout that is looked at without opening it.
    pub(crate) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns all tags, sorted by their text. The list is complete: a layout has no pages. Names in `index.json`
    /// that are no tag, such as the full references that some tools write, are left out.
    ///
    /// # Errors
    ///
    /// [`LayoutErrorKind::BadDocument`]; [`LayoutErrorKind::AmbiguousTag`] when two images have the same tag.
    pub fn tags(&self) -> Result<Vec<Tagged>, LayoutError> {
        let mut tags: BTreeMap<Tag, Digest> = BTreeMap::new();
        for descriptor in self.descriptors()? {
            let Some(name) = ref_name(&descriptor) else { continue };
            let Ok(tag) = name.parse::<Tag>() else { continue };
            let digest = self.digest(&descriptor)?;
            match tags.insert(tag.clone(), digest.clone()) {
                Some(other) if other != digest => {
                    let reason = format!("tag `{tag}` names two images: {other} and {digest}");
                    return Err(LayoutError::new(
                        LayoutErrorKind::AmbiguousTag,
                        &self.index(),
                        reason,
                    ));
                }
                _ => {}
            }
        }
        Ok(tags.into_iter().map(|(tag, digest)| Tagged { tag, digest }).collect())
    }

    /// Returns the digest behind a tag, or `None` when there is no such tag.
    ///
    /// # Errors
    ///
    /// As [`Layout::tags`].
    pub fn resolve(&self, tag: &Tag) -> Result<Option<Digest>, LayoutError> {
        Ok(self.tags()?.into_iter().find(|it| it.tag == *tag).map(|it| it.digest))
    }

    /// Returns whether the manifest or index of a digest is here.
    #[must_use]
    pub fn has(&self, digest: &Digest) -> bool {
        self.blob_path(digest).is_file()
    }

    /// Returns the bytes of a blob, its digest verified.
    ///
    /// # Errors
    ///
    /// [`LayoutErrorKind::MissingBlob`], [`LayoutErrorKind::Corrupt`].
    pub fn blob(&self, digest: &Digest) -> Result<Vec<u8>, LayoutError> {
        let path = self.blob_path(digest);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(LayoutError::new(
                    LayoutErrorKind::MissingBlob,
                    &path,
                    "this blob is not in the layout",
                ));
            }
            Err(error) => return Err(LayoutError::io(&path, &error)),
        };
        let found = digest_of(&bytes);
        if found == *digest {
            return Ok(bytes);
        }
        let reason = format!("the bytes of this blob have the digest {found}");
        Err(LayoutError::new(LayoutErrorKind::Corrupt, &path, reason))
    }

    /// Reads a manifest or an index, its digest verified.
    fn document(&self, digest: &Digest) -> Result<Document, LayoutError> {
        Document::parse(&self.blob(digest)?, &self.blob_path(digest))
    }

    /// Returns the configuration of an image for each of its platforms, in the order of its index. Digests and sizes
    /// are verified on the way. Entries of an index that are no image, such as attestations, are left out.
    ///
    /// # Errors
    ///
    /// As [`Layout::blob`]; [`LayoutErrorKind::BadDocument`].
    pub fn platforms(&self, digest: &Digest) -> Result<Vec<PlatformImage>, LayoutError> {
        match self.document(digest)? {
            Document::Manifest(manifest) => {
                Ok(self.platform(digest, &manifest)?.into_iter().collect())
            }
            Document::Index(index) => {
                let mut platforms = Vec::new();
                for descriptor in index.manifests() {
                    let digest = self.digest(descriptor)?;
                    let bytes = self.described(descriptor, &digest)?;
                    if let Document::Manifest(manifest) =
                        Document::parse(&bytes, &self.blob_path(&digest))?
                    {
                        platforms.extend(self.platform(&digest, &manifest)?);
                    }
                }
                Ok(platforms)
            }
        }
    }

    /// Returns the labels that an image has on all of its platforms with the same value, sorted.
    ///
    /// # Errors
    ///
    /// As [`Layout::blob`]; [`LayoutErrorKind::BadDocument`].
    pub fn labels(&self, digest: &Digest) -> Result<BTreeMap<String, String>, LayoutError> {
        let mut platforms = self.platforms(digest)?.into_iter();
        let mut labels = platforms.next().map(|first| first.labels).unwrap_or_default();
        for platform in platforms {
            labels.retain(|name, value| platform.labels.get(name) == Some(value));
        }
        Ok(labels)
    }

    fn platform(
        &self,
        digest: &Digest,
        manifest: &ImageManifest,
    ) -> Result<Option<PlatformImage>, LayoutError> {
        let described = manifest.config();
        if !is_image_config(described.media_type().as_ref()) {
            return Ok(None);
        }
        let config = self.digest(described)?;
        let bytes = self.described(described, &config)?;
        let config: ImageConfiguration =
            parse(&bytes, &self.blob_path(&config), "an image configuration")?;
        let labels = config.labels_of_config().into_iter().flatten();
        let labels = labels.map(|(name, value)| (name.clone(), value.clone())).collect();
        let variant =
            config.variant().as_ref().map(|variant| format!("/{variant}")).unwrap_or_default();
        let platform = format!("{}/{}{variant}", config.os(), config.architecture());
        let env = config.config().as_ref().and_then(|it| it.env().clone()).unwrap_or_default();
        let created = config.created().clone();
        Ok(Some(PlatformImage { manifest: digest.clone(), platform, labels, env, created }))
    }

    /// Puts an image and its tags here. Blobs come first, each written beside and renamed, and `index.json` last: a
    /// reader sees the whole image or nothing of it. Doing it twice changes nothing. An image that loses its tag stays
    /// readable by digest.
    ///
    /// # Errors
    ///
    /// [`LayoutErrorKind::Io`]; [`LayoutErrorKind::BadDocument`] when `index.json` cannot be read.
    pub fn push(&self, image: &Image, tags: &[Tag]) -> Result<Pushed, LayoutError> {
        let marker = self.marker();
        let lock =
            std::fs::File::open(&marker).map_err(|error| LayoutError::io(&marker, &error))?;
        // Of two that push at once, the second reads the index that the first has written. The lock ends with the file.
        lock.lock().map_err(|error| LayoutError::io(&marker, &error))?;
        std::fs::create_dir_all(self.blobs())
            .map_err(|error| LayoutError::io(&self.blobs(), &error))?;
        let mut new_blobs = 0;
        for (digest, bytes) in &image.blobs {
            let path = self.blob_path(digest);
            if std::fs::read(&path).is_ok_and(|there| there == *bytes) {
                continue;
            }
            write(&path, bytes)?;
            new_blobs += 1;
        }
        let before =
            std::fs::read(self.index()).map_err(|error| LayoutError::io(&self.index(), &error))?;
        let before: Value = parse(&before, &self.index(), "JSON")?;
        let (after, moved) = self.retag(before.clone(), image, tags)?;
        if after != before {
            write(&self.index(), &canonical(&after))?;
        }
        Ok(Pushed { digest: image.digest.clone(), new_blobs, moved })
    }

    /// Edits `index.json` as a value, so that what this crate does not know in it stays.
    fn retag(
        &self,
        mut index: Value,
        image: &Image,
        tags: &[Tag],
    ) -> Result<(Value, Moved), LayoutError> {
        let shape = || {
            LayoutError::new(
                LayoutErrorKind::BadDocument,
                &self.index(),
                "the list `manifests` is missing",
            )
        };
        let manifests =
            index.get_mut("manifests").and_then(Value::as_array_mut).ok_or_else(shape)?;
        let digest = image.digest.as_str();
        let mut moved = Vec::new();
        for tag in tags {
            let named = |it: &Value| it["annotations"][REF_NAME] == tag.as_str();
            let old = manifests.iter().position(named);
            if old.is_some_and(|at| manifests[at]["digest"] == digest) {
                continue;
            }
            if let Some(at) = old {
                let text = manifests[at]["digest"].as_str().unwrap_or_default().to_owned();
                moved.push((tag.clone(), text.parse().ok()));
                let elsewhere = manifests
                    .iter()
                    .enumerate()
                    .any(|(it, other)| it != at && other["digest"] == *text);
                if elsewhere {
                    manifests.remove(at);
                } else if let Some(annotations) = manifests[at]["annotations"].as_object_mut() {
                    annotations.remove(REF_NAME);
                }
            } else {
                moved.push((tag.clone(), None));
            }
            manifests.push(entry(image, Some(tag)));
        }
        let untagged = |it: &Value| it["digest"] == digest && it["annotations"][REF_NAME].is_null();
        let tagged = manifests.iter().any(|it| it["digest"] == digest && !untagged(it));
        if tagged {
            manifests.retain(|it| !untagged(it));
        } else if !manifests.iter().any(untagged) {
            manifests.push(entry(image, None));
        }
        Ok((index, moved))
    }

    /// Reads the descriptors of `index.json`.
    pub(crate) fn descriptors(&self) -> Result<Vec<Descriptor>, LayoutError> {
        let path = self.index();
        let bytes = std::fs::read(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                LayoutError::new(LayoutErrorKind::NotALayout, &path, "this file is missing")
            }
            _ => LayoutError::io(&path, &error),
        })?;
        let index: oci_spec::image::ImageIndex = parse(&bytes, &path, "an image index")?;
        Ok(index.manifests().clone())
    }

    /// Returns the bytes that a descriptor describes, digest and size verified.
    fn described(&self, descriptor: &Descriptor, digest: &Digest) -> Result<Vec<u8>, LayoutError> {
        let bytes = self.blob(digest)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size == descriptor.size() {
            return Ok(bytes);
        }
        let reason =
            format!("this blob has {size} bytes, and its descriptor says {}", descriptor.size());
        Err(LayoutError::new(LayoutErrorKind::Corrupt, &self.blob_path(digest), reason))
    }

    fn digest(&self, descriptor: &Descriptor) -> Result<Digest, LayoutError> {
        let text = descriptor.digest().to_string();
        text.parse().map_err(|error| {
            let reason = format!("digest `{text}`: {error}");
            LayoutError::new(LayoutErrorKind::BadDocument, &self.index(), reason)
        })
    }

    pub(crate) fn marker(&self) -> PathBuf {
        self.folder.join("oci-layout")
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder.join("index.json")
    }

    pub(crate) fn blobs(&self) -> PathBuf {
        self.folder.join("blobs").join("sha256")
    }

    pub(crate) fn blob_path(&self, digest: &Digest) -> PathBuf {
        self.blobs().join(digest.sha256_hex())
    }
}

pub(crate) fn ref_name(descriptor: &Descriptor) -> Option<&str> {
    descriptor.annotations().as_ref()?.get(REF_NAME).map(String::as_str)
}

/// Docker's name for an image configuration, which some tools still write.
const DOCKER_CONFIG: &str = "application/vnd.docker.container.image.v1+json";

pub(crate) fn is_image_config(media_type: &str) -> bool {
    media_type == oci_spec::image::MediaType::ImageConfig.as_ref() || media_type == DOCKER_CONFIG
}

/// A line of `index.json`.
fn entry(image: &Image, tag: Option<&Tag>) -> Value {
    let mut descriptor = image.root.clone();
    descriptor.set_annotations(
        tag.map(|tag| [(REF_NAME.to_owned(), tag.to_string())].into_iter().collect()),
    );
    serde_json::to_value(descriptor).expect("descriptors have text keys only")
}

/// Writes a file beside its place and renames it.
fn write(path: &Path, bytes: &[u8]) -> Result<(), LayoutError> {
    let io = |error: std::io::Error| LayoutError::io(path, &error);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside =
        tempfile::Builder::new().prefix(".tidegate-").tempfile_in(folder).map_err(io)?;
    beside.write_all(bytes).map_err(io)?;
    readable(beside.as_file()).map_err(io)?;
    beside.persist(path).map_err(|error| io(error.error))?;
    Ok(())
}

/// A temporary file is its owner's alone; a layout is read by others.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
