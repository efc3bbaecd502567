//! The pages that show what the program prints: their commands are run as a reader would, in order, in a fresh folder.
//!
//! With `TIDEGATE_RECORD_PAGES=1` the outputs are written into the pages instead of compared.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A command of a `console` block and what the page shows of it: both streams, as a terminal has them.
#[derive(Debug)]
struct Example {
    line: usize,
    command: String,
    shown: String,
    code: i32,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Reads the `console` blocks. A comment `<!-- exit N -->` above a block tells the exit code of its last command.
fn examples(text: &str) -> Vec<Example> {
    let mut all: Vec<Example> = Vec::new();
    let (mut inside, mut first, mut code) = (false, 0, 0);
    for (nth, line) in text.lines().enumerate() {
        if let Some(number) = line.strip_prefix("<!-- exit ").and_then(|it| it.strip_suffix(" -->"))
        {
            code = number.parse().expect("a number");
        } else if !inside && line == "```console" {
            (inside, first) = (true, all.len());
        } else if inside && line == "```" {
            assert!(all.len() > first, "line {}: a console block without a command", nth + 1);
            all.last_mut().expect("there is one").code = code;
            (inside, code) = (false, 0);
        } else if inside && let Some(command) = line.strip_prefix("$ ") {
            all.push(Example {
                line: nth + 1,
                command: command.to_owned(),
                shown: String::new(),
                code: 0,
            });
        } else if inside {
            let example = all[first..]
                .last_mut()
                .unwrap_or_else(|| panic!("line {}: no command yet", nth + 1));
            example.shown += line;
            example.shown.push('\n');
        }
    }
    all
}

/// A folder where `cargo xtask` and `tidegate` are the program under test, and the user has nothing.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let programs = folder.path().join(".bin");
        std::fs::create_dir(&programs).expect("a folder for programs");
        let tidegate = env!("CARGO_BIN_EXE_tidegate");
        for (name, script) in [
            (
                "cargo",
                format!(
                    "#!/bin/sh\n[ \"$1\" = xtask ] || exit 99\nshift\nexec '{tidegate}' \"$@\"\n"
                ),
            ),
            ("tidegate", format!("#!/bin/sh\nexec '{tidegate}' \"$@\"\n")),
        ] {
            let file = programs.join(name);
            std::fs::write(&file, script).expect("the script can be written");
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755))
                .expect("it can be run");
        }
        Self { folder }
    }

    /// Runs a command line in a shell; its two streams end in one file, as they would on one terminal.
    fn run(&self, command: &str) -> (i32, String) {
        let folder = self.folder.path();
        let path = std::env::var("PATH").expect("a path");
        let output = tempfile::NamedTempFile::new().expect("a temporary file");
        let stream = || Stdio::from(output.as_file().try_clone().expect("a second handle"));
        let done = Command::new("sh")
            .args(["-c", command])
            .current_dir(folder)
            .env_clear()
            .env("PATH", format!("{}:{path}", folder.join(".bin").display()))
            .env("HOME", folder)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .stdin(Stdio::null())
            .stdout(stream())
            .stderr(stream())
            .status()
            .expect("sh starts");
        let text = std::fs::read_to_string(output.path()).expect("text");
        (done.code().unwrap_or(-1), text)
    }
}

/// Returns a program that a command needs and that this machine may lack.
fn missing(command: &str) -> Option<&'static str> {
    let needs = |name: &str| command.split_whitespace().any(|word| word == name);
    let found = |name: &str| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
    };
    ["skopeo", "jq"].into_iter().find(|name| needs(name) && !found(name))
}

/// Runs the examples of a page; returns how many ran.
fn walk(name: &str) -> usize {
    let text = page(name);
    let desk = Desk::new();
    let record = std::env::var_os("TIDEGATE_RECORD_PAGES").is_some();
    let mut recorded = Vec::new();
    for example in examples(&text) {
        if let Some(program) = missing(&example.command) {
            let line = example.line;
            writeln!(std::io::stderr(), "{name}:{line}: not run, {program} is not installed")
                .unwrap_or_default();
            recorded.push(example.shown);
            continue;
        }
        let (code, output) = desk.run(&example.command);
        assert_eq!(
            code, example.code,
            "{name}:{}: `{}` printed\n{output}",
            example.line, example.command
        );
        // Markdown has no use for blanks at the end of a line, and people's editors remove them.
        let output: String = output.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
        if !record && output != example.shown {
            let difference = similar::TextDiff::from_lines(&example.shown, &output);
            let difference = difference.unified_diff().header("shown", "printed").to_string();
            panic!(
                "{name}:{}: `{}` prints something else; look at it, then record with TIDEGATE_RECORD_PAGES=1\n{difference}",
                example.line, example.command
            );
        }
        recorded.push(output);
    }
    if record {
        std::fs::write(root().join(name), with_outputs(&text, &recorded))
            .expect("the page can be written");
    }
    recorded.len()
}

/// Puts outputs into the `console` blocks of a page.
fn with_outputs(text: &str, outputs: &[String]) -> String {
    let mut outputs = outputs.iter();
    let mut inside = false;
    let mut page = String::new();
    for line in text.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if inside && !line.starts_with("$ ") => continue,
            _ => {}
        }
        page += line;
        page.push('\n');
        if inside && line.starts_with("$ ") {
            page += outputs.next().expect("one for each command");
        }
    }
    page
}

#[test]
fn readme_shows_what_the_program_prints() {
    assert!(walk("README.md") >= 8);
}

#[test]
fn the_tour_of_the_sandbox_shows_what_is_there() {
    assert!(walk("docs/sandbox.md") >= 15);
}

#[test]
fn readme_names_every_command_and_every_crate() {
    let text = page("README.md");
    let first = |heading: &str| -> BTreeSet<String> {
        let section = text.split(heading).nth(1).expect("the section is there");
        let section = section.split("\n## ").next().unwrap_or_default();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
        rows.map(|row| row.split([' ', '`']).next().unwrap_or_default().to_owned()).collect()
    };
    let commands = tidegate::command();
    let known: BTreeSet<String> =
        commands.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    assert_eq!(first("\n## Commands"), known);

    let folders = std::fs::read_dir(root().join("crates")).expect("the crates");
    let packages: BTreeSet<String> = folders
        .map(|folder| folder.expect("a folder").file_name().to_string_lossy().into_owned())
        .map(|name| if name == "cli" { "tidegate".to_owned() } else { format!("tidegate-{name}") })
        .collect();
    assert_eq!(first("\n## Crates"), packages);
}

/// A row of the picture of the house.
struct Floor {
    height: u8,
    needs: Option<BTreeSet<String>>,
}

fn quoted(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Reads the table of floors; a cell `all below` names nothing in particular.
fn floors() -> BTreeMap<String, Floor> {
    let text = page("docs/architecture.md");
    let section = text.split("\n## The floors").nth(1).and_then(|it| it.split("\n## ").next());
    let rows = section.expect("the section is there").lines().filter_map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let height = cells.get(1)?.parse().ok()?;
        let needs = match cells[4] {
            "all below" | "what it checks" => None,
            cell => Some(quoted(cell)),
        };
        Some((quoted(cells[2]).pop_first()?, Floor { height, needs }))
    });
    rows.collect()
}

#[test]
fn the_house_is_as_it_is_drawn() {
    let floors = floors();
    let mut seen = 0;
    for folder in std::fs::read_dir(root().join("crates")).expect("the crates") {
        let folder = folder.expect("a folder");
        let name = folder.file_name().to_string_lossy().into_owned();
        let floor = floors.get(&name).unwrap_or_else(|| panic!("{name} is missing in the table"));
        let manifest = page(&format!("crates/{name}/Cargo.toml"));
        let section = manifest.split("\n[dependencies]").nth(1).unwrap_or_default();
        let section = section.split("\n[").next().unwrap_or_default();
        let needs: BTreeSet<String> = section
            .lines()
            .filter_map(|line| line.strip_prefix("tidegate-"))
            .map(|rest| rest.split(['.', ' ']).next().unwrap_or_default().to_owned())
            .collect();
        for other in &needs {
            let level = (name.as_str(), other.as_str()) == ("pattern", "source");
            assert!(level || floors[other].height < floor.height, "{name} needs {other}");
        }
        if let Some(drawn) = &floor.needs {
            assert_eq!(*drawn, needs, "what {name} needs");
        }
        seen += 1;
    }
    assert_eq!(floors.len(), seen + 1, "the crates and xtask");
}

/// The anchor of a heading, as code hosts make it: lower case, words joined by dashes.
fn anchor(heading: &str) -> String {
    let heading = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = heading.chars().filter(|it| it.is_alphanumeric() || " -_".contains(*it));
    kept.map(|it| if it == ' ' { '-' } else { it }).collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut pages = vec!["README.md".to_owned()];
    for folder in ["docs", "docs/findings"] {
        let entries = std::fs::read_dir(root().join(folder)).expect("the pages");
        let names =
            entries.map(|it| it.expect("a page").file_name().to_string_lossy().into_owned());
        let names = names.filter(|name| Path::new(name).extension().is_some_and(|it| it == "md"));
        pages.extend(names.map(|name| format!("{folder}/{name}")));
    }
    let mut followed = 0;
    for name in &pages {
        let folder = root().join(name).parent().expect("a page lies in a folder").to_path_buf();
        for link in page(name).split("](").skip(1).filter_map(|it| it.split(')').next()) {
            if link.starts_with("http") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { root().join(name) } else { folder.join(file) };
            assert!(file.exists(), "{name} links to {link}, which is not there");
            if !heading.is_empty() {
                let text = std::fs::read_to_string(&file).expect("a page");
                let found = text.lines().any(|it| it.starts_with('#') && anchor(it) == heading);
                assert!(found, "{name} links to {link}, a heading that is not there");
            }
            followed += 1;
        }
    }
    assert!(followed >= 200, "{followed}");
}
