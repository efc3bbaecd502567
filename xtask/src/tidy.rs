//! House rules that no linter knows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

/// The floor of each crate; dependencies point down, or stay on a floor where the second table says so.
const FLOORS: [(&str, u8); 21] = [
    ("source", 0),
    ("pattern", 0),
    ("yaml", 1),
    ("image-ref", 1),
    ("object", 2),
    ("tag-policy", 2),
    ("build-trigger", 2),
    ("version-bump", 2),
    ("kustomize", 3),
    ("workload", 3),
    ("reach", 3),
    ("audit", 4),
    ("image-update", 4),
    ("reconcile", 4),
    ("rollback", 4),
    ("registry", 5),
    ("repository", 5),
    ("cluster", 5),
    ("pipeline", 6),
    ("cli", 7),
    ("xtask", 8),
];

/// Arrows on one floor, each for a reason that the picture of the house gives.
const LEVEL: [(&str, &str); 1] = [("pattern", "source")];

/// Rust files longer than this have a seam that nobody has found yet.
const MOST_LINES: usize = 800;

/// Crates whose public items each have an example. A function may be called in that of another item of its file, and
/// a method that only reads a field needs no call at all.
const SHOWN: [&str; 15] = [
    "source",
    "pattern",
    "build-trigger",
    "image-ref",
    "tag-policy",
    "version-bump",
    "kustomize",
    "workload",
    "reach",
    "audit",
    "image-update",
    "reconcile",
    "rollback",
    "object",
    "yaml",
];

/// Returns a line for each breach, empty for a tidy tree.
pub(crate) fn check(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut findings = Vec::new();
    for file in rust_files(root)? {
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let name = file.strip_prefix(root).unwrap_or(&file).display();
        let lines = text.lines().count();
        if lines > MOST_LINES && !text.contains("@generated") {
            findings.push(format!("{name}: {lines} lines; split it by concept below {MOST_LINES}"));
        }
        for word in ["#[ignore", "todo!(", "unimplemented!("] {
            if !name.to_string().contains("tidy.rs") && text.contains(word) {
                findings.push(format!("{name}: holds `{word}`"));
            }
        }
        if file.ends_with("src/lib.rs") && !text.starts_with("//!") {
            findings.push(format!("{name}: the front page (`//!`) is missing"));
        }
        let shown = |it: &&str| file.starts_with(root.join("crates").join(it).join("src"));
        if SHOWN.iter().any(shown) {
            findings
                .extend(without_example(&text).map(|it| format!("{name}:{it}: has no example")));
        }
    }
    findings.extend(layers(root)?);
    Ok(findings)
}

/// Lists the public items of a file whose doc comments have no code block, each as its line and its first words.
///
/// What is public and can't be reached from outside is a warning of the compiler, so `pub` is all there is to look for.
fn without_example(text: &str) -> impl Iterator<Item = String> {
    const ITEMS: [&str; 6] = ["fn ", "const ", "struct ", "enum ", "trait ", "type "];
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut example = false;
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("///") {
            example |= line.starts_with("/// ```");
            continue;
        }
        let item =
            line.strip_prefix("pub ").filter(|it| ITEMS.iter().any(|word| it.starts_with(word)));
        if let Some(item) = item
            && !example
            && !reads_a_field(&lines[at..])
        {
            let start = item.split(['(', '<', '{', '=', ':']).next().unwrap_or(item).trim();
            let call = start.rsplit(' ').next().map(|it| format!("{it}(")).unwrap_or_default();
            let is_called = |it: &&str| it.starts_with("///") && it.contains(&call);
            if !(start.contains("fn ") && lines.iter().any(is_called)) {
                found.push(format!("{}: `{start}`", at + 1));
            }
        }
        // Attributes stand between a comment and its item, on one line or on several.
        example &= line.starts_with("#[") || !(line.is_empty() || item.is_some());
    }
    found.into_iter()
}

/// Whether a method begins here that reads a field and does nothing else: `&self.tags`, `self.text.as_str()`.
fn reads_a_field(lines: &[&str]) -> bool {
    let mut body = lines.iter().skip_while(|it| !it.ends_with('{')).skip(1);
    let (read, end) = (body.next().unwrap_or(&""), body.next());
    let plain = |it: char| it.is_alphanumeric() || "_.&()".contains(it);
    let method = lines.first().is_some_and(|it| it.contains("fn "));
    method
        && end == Some(&"}")
        && read.trim_start_matches('&').starts_with("self.")
        && read.chars().all(plain)
}

/// `cargo xtask tidy`: prints the breaches.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let findings = check(Path::new("."))?;
    for finding in &findings {
        println!("{finding}");
    }
    Ok(ExitCode::from(if findings.is_empty() { 0 } else { 3 }))
}

/// Checks that dependencies between the crates point down.
fn layers(root: &Path) -> anyhow::Result<Vec<String>> {
    let floors: BTreeMap<&str, u8> = FLOORS.into_iter().collect();
    let mut findings = Vec::new();
    for folder in std::fs::read_dir(root.join("crates"))? {
        let folder = folder?.path();
        let name = folder.file_name().and_then(|it| it.to_str()).unwrap_or_default().to_owned();
        let Some(floor) = floors.get(name.as_str()) else {
            findings.push(format!("crates/{name}: has no floor in the picture of the house"));
            continue;
        };
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml"))?;
        let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        for line in dependencies.lines() {
            let Some(other) = line.strip_prefix("tidegate-") else { continue };
            let other = other.split(['.', ' ', '=']).next().unwrap_or_default();
            let level = LEVEL.contains(&(name.as_str(), other));
            if !level && floors.get(other).is_none_or(|it| it >= floor) {
                findings.push(format!(
                    "crates/{name}: depends on {other}, which does not stand below it"
                ));
            }
        }
    }
    Ok(findings)
}

fn rust_files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![root.join("crates"), root.join("xtask"), root.join("benches")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn an_item_without_an_example_is_found() {
        let text = "\
/// A tag.
///
/// ```
/// assert_eq!(Tag::new(1).get(), 1);
/// ```
#[derive(Debug)]
pub struct Tag(u8);

impl Tag {
    /// Makes one.
    pub fn new(number: u8) -> Self {
        Self(number)
    }

    /// Returns the number.
    pub fn number(&self) -> u8 {
        self.0
    }

    /// Returns the next.
    pub fn next(&self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// The first.
pub const FIRST: Tag = Tag(0);

pub(crate) fn hidden() {}
";
        let found: Vec<String> = super::without_example(text).collect();
        assert_eq!(found, ["21: `fn next`", "27: `const FIRST`"]);
    }

    #[test]
    fn the_tree_is_tidy() {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace");
        let findings = super::check(root).expect("the tree can be read");
        assert!(findings.is_empty(), "{}", findings.join("\n"));
    }
}
