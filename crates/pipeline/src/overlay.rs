//! The overlay of an environment at a commit: its text, its `images:` entries, its render.

use std::collections::BTreeMap;

use tidegate_kustomize::{Build, FILE_NAMES, FileError, Files, Options};
use tidegate_repository::{ObjectId, Repository, TreeReader};
use tidegate_source::{Diagnostic, Label, Mark, Sources, Span};
use tidegate_yaml::{Node, Stream};

use crate::action::ImageChange;
use crate::config::Environment;
use crate::error::{Complaint, Error};
use crate::plan::Value;
use crate::world::{World, failed_in_git};

/// An overlay at a commit.
#[derive(Debug)]
pub(crate) struct Overlay {
    /// The commit.
    pub(crate) commit: ObjectId,
    /// The folder, from the root of the repository.
    pub(crate) folder: String,
    /// The kustomization, from the root of the repository.
    pub(crate) file: String,
    /// Its text.
    pub(crate) text: String,
}

/// What an `images:` entry leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImageEntry {
    /// The `name:` of the entry.
    pub(crate) name: String,
    /// The repository that it leads to: its `newName`, or its name.
    pub(crate) repository: String,
    /// The tag; empty where none is set.
    pub(crate) tag: String,
    /// The digest; empty where none is set.
    pub(crate) digest: String,
    /// The entry in the text.
    pub(crate) span: Span,
}

impl ImageEntry {
    /// Makes the change of this entry to another tag and digest.
    pub(crate) fn into_change(
        self,
        component: &str,
        to_tag: String,
        to_digest: Value,
    ) -> ImageChange {
        ImageChange {
            component: component.to_owned(),
            entry: self.name,
            repository: self.repository,
            from_tag: self.tag,
            from_digest: self.digest,
            to_tag,
            to_digest,
        }
    }
}

impl Overlay {
    /// Reads the overlay of an environment at a commit of the devops repository.
    pub(crate) fn read(
        world: &World,
        environment: &Environment,
        commit: &ObjectId,
    ) -> Result<Self, Error> {
        let folder = folder(world, environment);
        let devops = world.devops()?;
        for name in FILE_NAMES {
            let file = format!("{folder}/{name}");
            if let Some(bytes) = devops.file(commit, &file).map_err(|it| failed_in_git(&it))? {
                let text = String::from_utf8(bytes).map_err(|error| {
                    Error::refused(
                        "not-utf8",
                        format!("{file} is not UTF-8: {error}"),
                        "save it as UTF-8",
                    )
                })?;
                return Ok(Self { commit: commit.clone(), folder, file, text });
            }
        }
        Err(Error::refused(
            "no-kustomization",
            format!(
                "there is no kustomization in {folder} at {} of the devops repository",
                commit.short()
            ),
            "check `devops.path` and the environment's `overlay` in tidegate.yaml",
        ))
    }

    /// Returns the same overlay with another text.
    pub(crate) fn with_text(&self, text: String) -> Self {
        Self {
            commit: self.commit.clone(),
            folder: self.folder.clone(),
            file: self.file.clone(),
            text,
        }
    }

    /// Reads the `images:` entries.
    pub(crate) fn images(&self) -> Result<Vec<ImageEntry>, Error> {
        let stream = Stream::parse(&self.text).map_err(|errors| {
            let mut sources = Sources::new();
            let source = sources.add(self.file.as_str(), self.text.as_str());
            let diagnostics = errors.iter().map(|it| it.to_diagnostic(source)).collect();
            Error::Refused(Complaint { diagnostics, sources })
        })?;
        let Some(images) = stream.root().and_then(|root| root.get("images")) else {
            return Ok(Vec::new());
        };
        Ok(images.items().filter_map(entry).collect())
    }

    /// Returns the one entry that leads to an image repository.
    pub(crate) fn image(&self, repository: &str) -> Result<ImageEntry, Error> {
        let leading: Vec<ImageEntry> =
            self.images()?.into_iter().filter(|entry| entry.repository == repository).collect();
        match leading.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(Error::refused(
                "no-image-entry",
                format!("{} has no `images:` entry that leads to {repository}", self.file),
                format!(
                    "add one with `newName: {repository}`, or correct `images` in tidegate.yaml"
                ),
            )),
            [first, second, ..] => {
                let mut sources = Sources::new();
                let source = sources.add(self.file.as_str(), self.text.as_str());
                let diagnostic = Diagnostic::error(
                    "image-entry-twice",
                    format!("two `images:` entries lead to {repository}"),
                )
                .at(Label::new(Mark::new(source, second.span), "the second"))
                .at(Label::new(Mark::new(source, first.span), "the first"))
                .help("keep one of them: an update could not tell which to edit");
                Err(Error::Refused(Complaint::new(diagnostic, sources)))
            }
        }
    }

    /// Builds the overlay as it would be rendered at its commit with its text in the kustomization's place.
    pub(crate) fn build(&self, world: &World) -> Result<Build, Error> {
        let files = CommitFiles::new(world.devops()?, &self.commit, &self.file, &self.text)?;
        tidegate_kustomize::build(&files, &self.folder, &Options::default()).map_err(|failure| {
            Error::Refused(Complaint { diagnostics: failure.mistakes, sources: failure.sources })
        })
    }
}

/// Whether a file is YAML by its name.
pub(crate) fn is_yaml(path: &str) -> bool {
    let extension = std::path::Path::new(path).extension();
    extension.is_some_and(|it| it.eq_ignore_ascii_case("yaml") || it.eq_ignore_ascii_case("yml"))
}

/// Returns the folder of an environment's overlay, from the root of the devops repository.
pub(crate) fn folder(world: &World, environment: &Environment) -> String {
    let path = world.config().devops.path.value.trim_end_matches('/');
    format!("{path}/{}", environment.overlay.value.trim_end_matches('/'))
}

fn entry(node: Node<'_>) -> Option<ImageEntry> {
    let text = |key| node.get(key).map(|it| it.as_str().into_owned()).unwrap_or_default();
    let name = text("name");
    let new_name = text("newName");
    (!name.is_empty()).then(|| ImageEntry {
        repository: if new_name.is_empty() { name.clone() } else { new_name },
        tag: text("newTag"),
        digest: text("digest"),
        span: node.span(),
        name,
    })
}

/// The files of a commit; one of them may be replaced by a text that is not committed yet.
pub(crate) struct CommitFiles {
    tree: TreeReader,
    replaced: BTreeMap<String, Vec<u8>>,
}

impl CommitFiles {
    fn new(
        repository: &Repository,
        commit: &ObjectId,
        path: &str,
        text: &str,
    ) -> Result<Self, Error> {
        let tree = repository.tree(commit).map_err(|it| failed_in_git(&it))?;
        Ok(Self { tree, replaced: BTreeMap::from([(path.to_owned(), text.as_bytes().to_vec())]) })
    }

    /// The files of a commit as they are.
    pub(crate) fn unchanged(repository: &Repository, commit: &ObjectId) -> Result<Self, Error> {
        let tree = repository.tree(commit).map_err(|it| failed_in_git(&it))?;
        Ok(Self { tree, replaced: BTreeMap::new() })
    }
}

impl Files for CommitFiles {
    fn folder(&self, path: &str) -> Result<String, FileError> {
        match self.tree.is_dir(path) {
            Ok(true) => Ok(path.to_owned()),
            Ok(false) => match self.tree.read(path) {
                Ok(Some(_)) => Err(FileError::NotAFolder),
                _ => Err(FileError::NotFound),
            },
            Err(error) => Err(FileError::Unreadable(error.reason().to_owned())),
        }
    }

    fn read(&self, path: &str, _within: Option<&str>) -> Result<Vec<u8>, FileError> {
        if let Some(bytes) = self.replaced.get(path) {
            return Ok(bytes.clone());
        }
        if self.tree.is_dir(path).unwrap_or(false) {
            return Err(FileError::NotAFile);
        }
        match self.tree.read(path) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(FileError::NotFound),
            Err(error) => Err(FileError::Unreadable(error.reason().to_owned())),
        }
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = self.tree.list(folder).ok().flatten().unwrap_or_default();
        entries.into_iter().map(|entry| entry.name).collect()
    }
}
