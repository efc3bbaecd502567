use semver::Version;
use tidegate_source::Span;

use super::error::{VersionFileError, VersionFileErrorKind};
use super::toml::{Leaf, Step, leaves};
use super::{Found, found, replace};

/// What a `Cargo.toml` says about names and versions.
///
/// ```
/// use tidegate_version_bump::{CargoManifest, PackageVersion};
///
/// let root = CargoManifest::parse(
///     "[workspace]\nmembers = [\"crates/*\"]\n\n[workspace.package]\nversion = \"1.4.0\"\n",
/// )?;
/// assert_eq!(root.members, ["crates/*"]);
/// assert_eq!(root.workspace_version.map(|it| it.version.to_string()).as_deref(), Some("1.4.0"));
///
/// let member = CargoManifest::parse("[package]\nname = \"app\"\nversion.workspace = true\n")?;
/// assert_eq!(member.name.as_deref(), Some("app"));
/// assert_eq!(member.package_version, PackageVersion::Inherited);
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoManifest {
    /// `package.name`.
    pub name: Option<String>,
    /// `package.version`.
    pub package_version: PackageVersion,
    /// `workspace.package.version`.
    pub workspace_version: Option<Found>,
    /// `workspace.members`, with their globs.
    pub members: Vec<String>,
}

/// The version of a package.
///
/// ```
/// use tidegate_version_bump::{CargoManifest, PackageVersion};
///
/// let manifest = |text| CargoManifest::parse(text).map(|it| it.package_version);
/// let PackageVersion::Own(found) = manifest("[package]\nname = \"hub\"\nversion = \"1.4.0\"\n")? else {
///     panic!("the version is written in the manifest");
/// };
/// assert_eq!(found.version, semver::Version::new(1, 4, 0));
/// assert_eq!(manifest("[workspace]\nmembers = [\"hub\"]\n")?, PackageVersion::Missing);
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageVersion {
    /// It is written in the manifest.
    Own(Found),
    /// It is that of the workspace: `version.workspace = true`.
    Inherited,
    /// There is none, or no package.
    Missing,
}

impl CargoManifest {
    /// Reads a manifest.
    ///
    /// ```
    /// use tidegate_version_bump::{CargoManifest, VersionFileErrorKind};
    ///
    /// let hub = CargoManifest::parse("[package]\nname = \"hub\"\nversion = \"1.4.0\" # as released\n")?;
    /// assert_eq!(hub.name.as_deref(), Some("hub"));
    /// let error = CargoManifest::parse("[package\n").unwrap_err();
    /// assert_eq!(error.kind(), VersionFileErrorKind::Malformed);
    /// # Ok::<(), tidegate_version_bump::VersionFileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`VersionFileErrorKind::Malformed`] for what is no TOML; the errors of [`VersionFile::read`] for the versions
    /// that are there.
    ///
    /// [`VersionFile::read`]: crate::VersionFile::read
    pub fn parse(text: &str) -> Result<Self, VersionFileError> {
        let leaves = leaves(text)?;
        let text_at = |keys: &[&str]| {
            leaves.iter().find(|it| it.is_at(keys)).and_then(|it| it.text).map(|it| it.of(text))
        };
        let version_at = |keys: &[&str]| {
            leaves.iter().find(|it| it.is_at(keys)).map(|it| found(text, string(it)?)).transpose()
        };
        let inherited = leaves.iter().any(|it| it.is_at(&["package", "version", "workspace"]));
        let members = [Step::Key("workspace".to_owned()), Step::Key("members".to_owned())];
        Ok(Self {
            name: text_at(&["package", "name"]).map(str::to_owned),
            package_version: match version_at(&["package", "version"])? {
                Some(found) => PackageVersion::Own(found),
                None if inherited => PackageVersion::Inherited,
                None => PackageVersion::Missing,
            },
            workspace_version: version_at(&["workspace", "package", "version"])?,
            members: leaves
                .iter()
                .filter(|it| it.path.len() == 3 && it.path.starts_with(&members))
                .filter_map(|it| it.text.map(|span| span.of(text).to_owned()))
                .collect(),
        })
    }
}

/// Finds `package.version`, or else `workspace.package.version`.
pub(super) fn locate(text: &str) -> Result<Span, VersionFileError> {
    let leaves = leaves(text)?;
    for keys in [&["package", "version"][..], &["workspace", "package", "version"]] {
        let mut at_path = leaves.iter().filter(|it| it.is_at(keys));
        if let Some(leaf) = at_path.next() {
            if let Some(second) = at_path.next() {
                return Err(VersionFileError::new(
                    VersionFileErrorKind::Twice,
                    second.outer,
                    "the version stands there twice",
                ));
            }
            return string(leaf);
        }
    }
    if let Some(leaf) = leaves.iter().find(|it| it.is_at(&["package", "version", "workspace"])) {
        return Err(VersionFileError::new(
            VersionFileErrorKind::Inherited,
            leaf.outer,
            "the package takes its version from the workspace",
        ));
    }
    Err(VersionFileError::new(
        VersionFileErrorKind::Missing,
        Span::new(0, 0),
        "there is no `version` in `[package]` or `[workspace.package]`",
    ))
}

/// Returns the bytes of a text between its quotes.
fn string(leaf: &Leaf) -> Result<Span, VersionFileError> {
    let message = if leaf.is_string {
        "the version has escapes or several lines"
    } else {
        "the version is no text in quotes"
    };
    leaf.text
        .ok_or_else(|| VersionFileError::new(VersionFileErrorKind::NotAString, leaf.outer, message))
}

/// Returns a `Cargo.lock` in which packages of one's own have another version.
///
/// A package is one's own when its name is among `names` and it comes from no registry (it has no `source`). What
/// other packages write about it under `dependencies` follows. A name that is not in the lock file is passed over:
/// Cargo adds it when it is next run.
///
/// Source: Cargo `src/cargo/core/resolver/encode.rs`, for the three ways to name a dependency.
///
/// ```
/// use semver::Version;
/// use tidegate_version_bump::set_cargo_lock;
///
/// let lock = "[[package]]\nname = \"app\"\nversion = \"1.3.0\"\n";
/// let set = set_cargo_lock(lock, &["app"], &Version::new(1, 4, 0))?;
/// assert_eq!(set, lock.replace("1.3.0", "1.4.0"));
/// assert!(set_cargo_lock("[[package", &["app"], &Version::new(1, 4, 0)).is_err());
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
///
/// # Errors
///
/// [`VersionFileErrorKind::Malformed`] for what is no TOML, [`VersionFileErrorKind::NotAString`] where a version is
/// no text.
pub fn set_cargo_lock(
    text: &str,
    names: &[&str],
    version: &Version,
) -> Result<String, VersionFileError> {
    let leaves = leaves(text)?;
    let field = |index: usize, key: &str| {
        let path = [Step::Key("package".to_owned()), Step::Index(index), Step::Key(key.to_owned())];
        move |leaf: &&Leaf| leaf.path == path
    };
    let count = leaves.iter().filter_map(package_index).max().map_or(0, |it| it + 1);
    // One walk sorts the leaves by package; looking for each field of each package would be quadratic.
    let mut by_package: Vec<Vec<&Leaf>> = vec![Vec::new(); count];
    for leaf in &leaves {
        if let Some(index) = package_index(leaf) {
            by_package[index].push(leaf);
        }
    }
    let mut spans = Vec::new();
    let mut own: Vec<(&str, &str)> = Vec::new();
    for (index, package) in by_package.iter().enumerate() {
        let find = |key| package.iter().copied().find(|it| field(index, key)(it));
        let name = find("name").and_then(|it| it.text).map(|it| it.of(text)).unwrap_or_default();
        if names.contains(&name)
            && find("source").is_none()
            && let Some(leaf) = find("version")
        {
            let span = string(leaf)?;
            own.push((name, span.of(text)));
            spans.push(span);
        }
    }
    for leaf in by_package.iter().flatten() {
        let Some(span) = leaf.text.filter(|_| is_dependency(leaf)) else { continue };
        // NAME, or NAME VERSION where there are several, or NAME VERSION (SOURCE).
        if let Some((name, old)) = span.of(text).split_once(' ')
            && own.contains(&(name, old))
        {
            spans.push(Span::new(span.end - u32::try_from(old.len()).unwrap_or(0), span.end));
        }
    }
    spans.sort_unstable();
    Ok(replace(text, &spans, &version.to_string()))
}

fn package_index(leaf: &Leaf) -> Option<usize> {
    match leaf.path.as_slice() {
        [Step::Key(key), Step::Index(index), ..] if key == "package" => Some(*index),
        _ => None,
    }
}

fn is_dependency(leaf: &Leaf) -> bool {
    matches!(leaf.path.get(2), Some(Step::Key(key)) if key == "dependencies")
}
