//! The pages on findings: every code has a section, every section is of a code, and every example shows what it says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tidegate_source::Severity;

use crate::harness::{Ran, run, run_with};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A section of a page.
struct Section {
    page: String,
    code: String,
    text: String,
}

impl Section {
    /// The words in bold that begin it.
    fn weight(&self) -> &str {
        self.text.trim_start().lines().next().unwrap_or_default()
    }

    /// The first YAML block, and the flags that stand above it.
    fn example(&self) -> Option<(Vec<String>, String)> {
        let (before, rest) = self.text.split_once("```yaml\n")?;
        let (example, _) = rest.split_once("\n```")?;
        let flags = before.rsplit_once("<!-- check ").and_then(|(_, it)| it.split_once(" -->"));
        let flags = flags.map_or("", |(flags, _)| flags);
        Some((flags.split_whitespace().map(str::to_owned).collect(), format!("{example}\n")))
    }
}

fn sections() -> Vec<Section> {
    let folder = std::fs::read_dir(root().join("docs/findings")).expect("the pages");
    let mut files: Vec<PathBuf> = folder.map(|it| it.expect("a page").path()).collect();
    files.sort();
    let mut sections = Vec::new();
    for file in files.iter().filter(|it| !it.ends_with("README.md")) {
        let page = file.file_name().expect("a name").to_string_lossy().into_owned();
        let text = read(file).replace("\n## ", "\n### ");
        for section in text.split("\n### ").skip(1) {
            let (heading, text) = section.split_once('\n').unwrap_or((section, ""));
            let Some(code) = heading.strip_prefix('`').and_then(|it| it.strip_suffix('`')) else {
                continue;
            };
            let (code, text) = (code.to_owned(), text.to_owned());
            sections.push(Section { page: page.clone(), code, text });
        }
    }
    sections
}

/// What stands before a code where a diagnostic is made.
const MAKERS: [&str; 7] = [
    "Diagnostic::error(",
    "Diagnostic::warning(",
    "Diagnostic::new(",
    "Mistake::new(",
    "mistake(",
    "warn(",
    ".clash(",
];

/// The codes that a crate writes where it makes a diagnostic, its tests set aside.
fn written_in(folder: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut pending = vec![root().join(folder)];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder");
            pending.extend(entries.map(|it| it.expect("an entry").path()));
            continue;
        }
        if path.ends_with("tests.rs") || path.ends_with("testing.rs") {
            continue;
        }
        let text = read(&path);
        let lines = text.lines().filter(|it| !it.trim_start().starts_with("//"));
        let text: String = lines.flat_map(|it| [it, "\n"]).collect();
        for maker in MAKERS {
            for call in text.split(maker).skip(1) {
                let first = call.trim_start();
                let first = match first.strip_prefix("Severity::") {
                    Some(rest) => rest.split_once(',').map_or("", |(_, rest)| rest.trim_start()),
                    None => first,
                };
                let code = first.strip_prefix('"').and_then(|it| it.split_once('"'));
                codes.extend(code.map(|(code, _)| code.to_owned()));
            }
        }
    }
    codes
}

/// Every code under which something may be found.
fn codes() -> BTreeSet<String> {
    let mut codes: BTreeSet<String> = BTreeSet::new();
    codes.extend(tidegate_audit::Code::ALL.iter().map(|it| it.name().to_owned()));
    codes.extend(tidegate_reach::CODES.iter().map(|it| (*it).to_owned()));
    codes.extend(tidegate_workload::CODES.iter().map(|it| (*it).to_owned()));
    codes.extend(written_in("crates/kustomize/src"));
    codes.extend(written_in("crates/object/src"));
    codes.extend(written_in("crates/cli/src/allowed.rs"));
    // The mistakes of YAML stand in one table.
    let yaml = read(&root().join("crates/yaml/src/error.rs"));
    let quoted = yaml.split('"').skip(1).step_by(2);
    codes.extend(quoted.filter(|it| it.starts_with("yaml-")).map(str::to_owned));
    codes
}

#[test]
fn every_code_has_a_section_and_every_section_a_code() {
    let codes = codes();
    assert!(codes.len() > 150, "only {} codes were found", codes.len());
    let mut pages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for section in sections() {
        pages.entry(section.code).or_default().push(section.page);
    }
    let without: Vec<&String> = codes.iter().filter(|it| !pages.contains_key(*it)).collect();
    assert!(without.is_empty(), "codes without a section: {without:?}");
    let stray: Vec<&String> = pages.keys().filter(|it| !codes.contains(*it)).collect();
    assert!(stray.is_empty(), "sections without a code: {stray:?}");
    let twice: Vec<_> = pages.iter().filter(|(_, pages)| pages.len() > 1).collect();
    assert!(twice.is_empty(), "codes with several sections: {twice:?}");
}

#[test]
fn every_section_tells_weight_rule_and_mend() {
    for section in sections() {
        let Section { page, code, text } = &section;
        let weighed = ["**Refuses.** ", "**Error.** ", "**Warning", "**Note"];
        assert!(weighed.iter().any(|it| section.weight().starts_with(it)), "{page}: {code}");
        assert!(text.contains("\n- Rule: ") && text.contains("\n- Mend: "), "{page}: {code}");
        let audited = tidegate_audit::Code::ALL.iter().find(|it| it.name() == code);
        if let Some(audited) = audited {
            let word = match audited.severity() {
                Severity::Error => "**Error.**",
                Severity::Warning => "**Warning.**",
                Severity::Note => "**Note.**",
            };
            assert!(section.weight().starts_with(word), "{page}: {code} is {word}");
        }
    }
}

/// The table of all codes, made from the pages.
fn index() -> String {
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for section in sections() {
        let bold = section.weight().split("**").nth(1).unwrap_or_default();
        let (code, page) = (&section.code, &section.page);
        let row = format!(
            "| [`{code}`]({page}#{code}) | {} |\n",
            bold.trim_end_matches('.').to_lowercase()
        );
        rows.insert(section.code.clone(), row);
    }
    rows.into_values().collect()
}

#[test]
fn the_index_lists_every_code() {
    let file = root().join("docs/findings/README.md");
    let text = read(&file);
    let head = "| code | weight |\n| --- | --- |\n";
    let (before, shown) = text.split_once(head).expect("the table is there");
    let index = index();
    if std::env::var_os("TIDEGATE_RECORD_PAGES").is_some() {
        std::fs::write(&file, format!("{before}{head}{index}")).expect("the page can be written");
    } else {
        assert_eq!(shown, index, "record it with TIDEGATE_RECORD_PAGES=1");
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// Lays out an example whose lines `# FILE` begin files.
fn lay_out(folder: &Path, example: &str) {
    for part in example.split("# ").skip(1) {
        let (name, text) = part.split_once('\n').expect("a name on a line of its own");
        write(folder, name, text);
    }
}

/// Lays a change over the example of the folder's front page: objects that are there are patched, others are added.
fn change(folder: &Path, change: &str) {
    let readme = read(&root().join("docs/findings/README.md"));
    let (_, rest) = readme.split_once("<!-- the example -->\n```yaml\n").expect("the example");
    let (example, _) = rest.split_once("```").expect("its end");
    write(folder, "example.yaml", example);
    let mut kustomization = "resources:\n- example.yaml\n".to_owned();
    let mut patches = String::new();
    for (nth, part) in change.split("---\n").enumerate() {
        let name = format!("part-{nth}.yaml");
        let has = |line: &str| part.lines().any(|it| it == line);
        let named = part.contains("\nmetadata: {name: web}\n");
        if part.contains("\nkind: ")
            && !(named && (has("kind: PodDisruptionBudget") || has("kind: Deployment")))
        {
            write(folder, &name, part);
            kustomization.extend(["- ", &name, "\n"]);
            continue;
        }
        let whole = if part.contains("\nkind: ") {
            part.to_owned()
        } else {
            format!("apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\n{part}")
        };
        write(folder, &name, &whole);
        patches.extend(["- path: ", &name, "\n"]);
    }
    if !patches.is_empty() {
        kustomization.extend(["patches:\n", &patches]);
    }
    write(folder, "kustomization.yaml", &kustomization);
}

fn show(section: &Section, flags: &[String], example: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    if example.starts_with("# ") {
        lay_out(folder.path(), example);
    } else if section.page == "manifests.md" {
        return run_with(folder.path(), &[&["check", "-"], flags.as_slice()].concat(), example);
    } else {
        change(folder.path(), example);
    }
    run(folder.path(), &[&["check", "."], flags.as_slice()].concat())
}

#[test]
fn every_example_shows_its_finding() {
    let mut shown = 0;
    let mut silent = Vec::new();
    for section in sections() {
        let Some((flags, example)) = section.example() else {
            let must =
                ["reachability.md", "rollouts.md", "workloads.md"].contains(&section.page.as_str());
            assert!(!must, "{}: {} has no example", section.page, section.code);
            continue;
        };
        let ran = show(&section, &flags, &example);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        if said.contains(&format!("[{}]", section.code)) {
            shown += 1;
        } else {
            silent.push(format!("{}: {}\n{said}", section.page, section.code));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
    assert!(shown > 130, "{shown}");
}

#[test]
fn nothing_worth_a_warning_is_found_in_the_example() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    change(folder.path(), "spec: {}\n");
    let ran = run(folder.path(), &["check", "."]).ok();
    let notes = ran.stdout.lines().filter(|it| it.starts_with("note[")).count();
    assert!(ran.stdout.ends_with("\n2 notes\n") && notes == 2, "{}", ran.stdout);
}
