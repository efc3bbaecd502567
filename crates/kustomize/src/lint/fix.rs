//! Deprecated fields, rewritten.

use tidegate_yaml::edit::{self, Edits, New};
use tidegate_yaml::{Kind, Node, Scalar, Stream};

use crate::build::{Build, Options, build};
use crate::files::{FileError, Files};
use crate::kustomization::FILE_NAMES;
use crate::path;

/// A kustomization file as it should be.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, lint};
///
/// let files = Memory::from_iter([
///     ("kustomization.yaml", "bases: [base]\n"),
///     ("base/kustomization.yaml", "configMapGenerator: [{name: hub}]\n"),
/// ]);
/// let fix = lint(&files, ".", &Options::default())?.fix.expect("it can be rewritten");
/// assert_eq!((&*fix.text, fix.fields), ("resources: [base]\n", vec!["bases"]));
/// # Ok::<(), tidegate_kustomize::Failure>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The file, in the words of the folder that was asked for.
    pub path: String,
    /// Its whole text, with the deprecated fields rewritten.
    pub text: String,
    /// The fields that were rewritten.
    pub fields: Vec<&'static str>,
}

/// Rewrites the deprecated fields of a folder's kustomization, each of them only if the build stays the same.
pub(super) fn fix(
    files: &dyn Files,
    folder: &str,
    options: &Options,
    built: &Build,
) -> Option<Fix> {
    let expected = built.to_yaml().ok()?;
    let folder = if folder.is_empty() { "." } else { folder };
    let (name, mut text) = kustomization(files, folder)?;
    let mut fields = Vec::new();
    for (field, rewrite) in REWRITES {
        let Some(rewritten) = rewrite(&text) else { continue };
        let changed = Replaced { files, path: &name, text: &rewritten };
        let same = build(&changed, folder, options)
            .is_ok_and(|it| it.to_yaml().is_ok_and(|it| it == expected));
        if same {
            text = rewritten;
            fields.push(*field);
        }
    }
    let shown = path::split(&name).1;
    let path = if folder == "." { shown.to_owned() } else { path::join(folder, shown) };
    (!fields.is_empty()).then_some(Fix { path, text, fields })
}

/// Returns the path and the text of a folder's kustomization file.
pub(super) fn kustomization(files: &dyn Files, folder: &str) -> Option<(String, String)> {
    let real = files.folder(if folder.is_empty() { "." } else { folder }).ok()?;
    let (name, bytes) = FILE_NAMES.iter().find_map(|name| {
        let full = if real == "." { (*name).to_owned() } else { path::join(&real, name) };
        files.read(&full, None).ok().map(|bytes| (full, bytes))
    })?;
    Some((name, String::from_utf8(bytes).ok()?))
}

type Rewrite = fn(&str) -> Option<String>;

const REWRITES: &[(&str, Rewrite)] = &[
    ("bases", |text| {
        rename(text, "bases", "resources").or_else(|| append(text, "bases", "resources"))
    }),
    ("imageTags", |text| {
        rename(text, "imageTags", "images").or_else(|| append(text, "imageTags", "images"))
    }),
    ("patchesStrategicMerge", patches_strategic_merge),
    ("patchesJson6902", |text| {
        rename(text, "patchesJson6902", "patches")
            .or_else(|| append(text, "patchesJson6902", "patches"))
    }),
    ("commonLabels", common_labels),
];

/// Gives a field its new name, where that is still free.
fn rename(text: &str, old: &str, new: &str) -> Option<String> {
    let stream = Stream::parse(text).ok()?;
    let root = stream.root()?;
    if root.get(new).is_some() {
        return None;
    }
    let (key, _) = root.entry(old)?;
    let place = key.verbatim()?.range();
    Some(format!("{}{new}{}", &text[..place.start], &text[place.end..]))
}

/// Moves the items of a list to the end of another; not where comments would be lost.
fn append(text: &str, old: &str, new: &str) -> Option<String> {
    let items = items(text, old)?;
    let mut text = text.to_owned();
    for item in items {
        text = changed(&text, |root| edit::push_item(root.get(new)?, &item).ok())?;
    }
    changed(&text, |root| edit::remove_entry(root, old).ok())
}

/// Makes each item an entry of `patches`, before those that are there.
fn patches_strategic_merge(text: &str) -> Option<String> {
    const OLD: &str = "patchesStrategicMerge";
    let entry = |item: New| match item {
        New::String(text) if text.contains('\n') || text.trim_start().starts_with('{') => {
            Some(New::Map(vec![("patch".to_owned(), New::String(text))]))
        }
        New::String(path) => Some(New::Map(vec![("path".to_owned(), New::String(path))])),
        _ => None,
    };
    let entries: Vec<New> = items(text, OLD)?.into_iter().map(entry).collect::<Option<_>>()?;
    let has_patches = Stream::parse(text).ok()?.root()?.get("patches").is_some();
    let mut text = text.to_owned();
    if has_patches {
        for (at, entry) in entries.iter().enumerate() {
            text = changed(&text, |root| edit::insert_item(root.get("patches")?, at, entry).ok())?;
        }
        return changed(&text, |root| edit::remove_entry(root, OLD).ok());
    }
    let new = New::List(entries);
    let place = edit::Place::Before(OLD);
    text = changed(&text, |root| edit::insert_entry(root, place, "patches", &new).ok())?;
    changed(&text, |root| edit::remove_entry(root, OLD).ok())
}

/// Makes the labels an entry of `labels` that selectors get too.
fn common_labels(text: &str) -> Option<String> {
    const OLD: &str = "commonLabels";
    let pairs = plain(text, OLD)?;
    let entry = New::Map(vec![
        ("includeSelectors".to_owned(), New::from(true)),
        ("pairs".to_owned(), pairs),
    ]);
    let has_labels = Stream::parse(text).ok()?.root()?.get("labels").is_some();
    let text = if has_labels {
        changed(text, |root| edit::push_item(root.get("labels")?, &entry).ok())?
    } else {
        let new = New::List(vec![entry]);
        let place = edit::Place::Before(OLD);
        changed(text, |root| edit::insert_entry(root, place, "labels", &new).ok())?
    };
    changed(&text, |root| edit::remove_entry(root, OLD).ok())
}

fn changed(text: &str, change: impl FnOnce(Node<'_>) -> Option<Edits>) -> Option<String> {
    let stream = Stream::parse(text).ok()?;
    Some(change(stream.root()?)?.apply(text))
}

/// Returns the items of a field as values to be written.
fn items(text: &str, field: &str) -> Option<Vec<New>> {
    match plain(text, field)? {
        New::List(items) => Some(items),
        _ => None,
    }
}

/// Returns a field as a value to be written; `None` where comments, anchors or aliases would be lost.
fn plain(text: &str, field: &str) -> Option<New> {
    let stream = Stream::parse(text).ok()?;
    let (key, value) = stream.root()?.entry(field)?;
    let end = text[value.span().end as usize..].find('\n').unwrap_or(0) + value.span().end as usize;
    let whole = text.get(key.span().start as usize..end)?;
    (!whole.contains('#')).then(|| written(value)).flatten()
}

fn written(node: Node<'_>) -> Option<New> {
    if node.anchor().is_some() || node.tag().is_some() {
        return None;
    }
    Some(match node.kind() {
        Kind::Alias => return None,
        Kind::Sequence => New::List(node.items().map(written).collect::<Option<_>>()?),
        Kind::Mapping => New::Map(
            node.entries()
                .map(|(key, value)| Some((key.as_str().into_owned(), written(value)?)))
                .collect::<Option<_>>()?,
        ),
        Kind::Scalar => match node.resolve().ok()?? {
            Scalar::String(text) => New::String(text.into_owned()),
            _ => New::Plain(node.as_str().into_owned()),
        },
    })
}

/// Files of which one has another text.
struct Replaced<'f> {
    files: &'f dyn Files,
    path: &'f str,
    text: &'f str,
}

impl Files for Replaced<'_> {
    fn folder(&self, path: &str) -> Result<String, FileError> {
        self.files.folder(path)
    }

    fn read(&self, path: &str, within: Option<&str>) -> Result<Vec<u8>, FileError> {
        if path == self.path {
            return Ok(self.text.as_bytes().to_vec());
        }
        self.files.read(path, within)
    }

    fn names(&self, folder: &str) -> Vec<String> {
        self.files.names(folder)
    }
}
