//! The inputs that mutants are made of: files that hold a case (`*.txtar`, `*.case`), and folders with a kustomization.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use tidegate_kustomize::FILE_NAMES;

/// Files by their path, and the folder to build.
#[derive(Clone, Debug, Default)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) build: String,
}

/// Larger folders are no cases: a mutant changes a few lines, and most of the time would go into the rest.
const MOST_BYTES: usize = 256 << 10;

/// Adds every case below a folder.
pub(super) fn search(folder: &Path, cases: &mut Vec<Case>) -> anyhow::Result<()> {
    let mut trees = Vec::new();
    walk(folder, cases, &mut trees)?;
    for tree in trees {
        cases.extend(tree_case(folder, &tree));
    }
    Ok(())
}

fn walk(folder: &Path, cases: &mut Vec<Case>, trees: &mut Vec<String>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths = entries.map(|it| Ok(it?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, cases, trees)?;
            continue;
        }
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        if matches!(extension, "txtar" | "case") {
            let text = std::fs::read(&path).with_context(|| path.display().to_string())?;
            let mut case = sections(&text);
            case.name = path.display().to_string();
            if extension == "case" {
                add_base(&path, &mut case)?;
            }
            cases.push(case);
        } else if path.file_name().is_some_and(|it| FILE_NAMES.iter().any(|name| it == *name)) {
            trees.extend(folder.to_str().map(str::to_owned));
        }
    }
    Ok(())
}

/// Reads the files of a case: each behind a line `-- PATH --`, what is expected last; above them, lines `key: value`.
fn sections(text: &[u8]) -> Case {
    let mut case = Case { build: "over".to_owned(), ..Case::default() };
    let mut current: Option<(String, Vec<u8>)> = None;
    let mut sections = Vec::new();
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let words = str::from_utf8(line).unwrap_or_default().trim_end();
        if let Some(name) = words.strip_prefix("-- ").and_then(|it| it.strip_suffix(" --")) {
            sections.extend(current.replace((name.trim().to_owned(), Vec::new())));
        } else if let Some((_, content)) = &mut current {
            content.extend_from_slice(line);
        } else if let Some(build) = words.strip_prefix("build: ") {
            build.trim().clone_into(&mut case.build);
        }
    }
    // The last section is what comes out.
    case.files = sections.into_iter().collect();
    case
}

/// Our own cases stand above a common base.
fn add_base(path: &Path, case: &mut Case) -> anyhow::Result<()> {
    let Some(base) = path.ancestors().nth(2).map(|it| it.join("base")) else { return Ok(()) };
    for entry in std::fs::read_dir(&base).with_context(|| base.display().to_string())? {
        let entry = entry?.path();
        let name = entry.file_name().and_then(|it| it.to_str()).unwrap_or_default().to_owned();
        case.files.entry(format!("base/{name}")).or_insert(std::fs::read(&entry)?);
    }
    Ok(())
}

/// Makes a case of a folder: the YAML files of the top folder that lie as near to it as the kustomization reaches.
fn tree_case(top: &Path, folder: &str) -> Option<Case> {
    let build = Path::new(folder).strip_prefix(top).ok()?.to_str()?.to_owned();
    let first = build.split('/').next().unwrap_or_default();
    let mut files = BTreeMap::new();
    let mut size = 0;
    let mut queue = vec![top.join(first)];
    while let Some(folder) = queue.pop() {
        for entry in std::fs::read_dir(folder).ok()? {
            let path = entry.ok()?.path();
            if path.is_dir() {
                queue.push(path);
            } else if let Ok(content) = std::fs::read(&path) {
                size += content.len();
                files.insert(path.strip_prefix(top).ok()?.to_str()?.to_owned(), content);
            }
            if size > MOST_BYTES {
                return None;
            }
        }
    }
    Some(Case { name: folder.to_owned(), files, build })
}
