//! `cargo xtask link-order FOLDER...`: writes down which functions a build runs, for the linker to put side by side;
//! `cargo xtask link-order --check`: whether the program still has them.
//!
//! The program holds seven megabytes of instructions, and a build runs one of them, here and there. The system brings
//! instructions into memory in pieces of 64 KiB when they are first run, which a short build waits for. Each folder is built
//! once, on one processor, with `target/release/tidegate render` under valgrind's callgrind, which says what was called;
//! `crates/cli/build.rs` makes a linker script of the list.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::Context as _;
use tidegate_pattern::path_match;

const PROGRAM: &str = "target/release/tidegate";
const LIST: &str = "crates/cli/link-order.txt";

const HEADER: &str = "\
# Written by `cargo xtask link-order`: what the linker puts side by side, and what most builds run first.
# Sections of functions (crate hashes and the like left open), and members of the C compiler's archives.
";

pub(crate) fn run(folders: &[&str]) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        !folders.is_empty(),
        "usage: cargo xtask link-order FOLDER... | --check\n\nEach FOLDER is one that `tidegate render` builds."
    );
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let status = Command::new("cargo")
        .args(["build", "--release", "--locked", "-p", "tidegate"])
        .current_dir(&workspace)
        .status()?;
    anyhow::ensure!(status.success(), "the release build failed");
    let program = workspace.join(PROGRAM);
    if let ["--check"] = folders {
        return check(&workspace.join(LIST), &program);
    }
    stay_on_one_processor()?;
    let members = members()?;
    let mut pieces: BTreeMap<String, Piece> = BTreeMap::new();
    for (nth, folder) in folders.iter().enumerate() {
        for function in called(&program, folder)? {
            let Some(name) = piece(&function, &members) else { continue };
            let piece = pieces.entry(name).or_default();
            piece.called.insert(function);
            piece.builds.insert(nth);
        }
    }
    let sizes = sizes(&program)?;
    pieces.retain(|pattern, piece| !piece.is_mostly_other(pattern, &sizes));
    // What most builds need comes first, and what the same builds need stays together.
    let mut pieces: Vec<(String, Piece)> = pieces.into_iter().collect();
    pieces.sort_by(|(_, a), (_, b)| {
        b.builds.len().cmp(&a.builds.len()).then_with(|| a.builds.cmp(&b.builds))
    });
    let names: Vec<&str> = pieces.iter().map(|(name, _)| name.as_str()).collect();
    std::fs::write(workspace.join(LIST), format!("{HEADER}{}\n", names.join("\n")))?;
    println!("{LIST}: {} pieces of {} builds", pieces.len(), folders.len());
    Ok(ExitCode::SUCCESS)
}

/// Compares the list with the program: names change with the code and the compiler, and what is not found lies anywhere.
fn check(list: &Path, program: &Path) -> anyhow::Result<ExitCode> {
    let list = std::fs::read_to_string(list)?;
    let patterns: Vec<&str> = list.lines().filter(|line| line.starts_with('_')).collect();
    let sizes = sizes(program)?;
    let is_gone = |pattern: &&&str| !sizes.iter().any(|(name, _)| matches(pattern, name));
    let gone: Vec<&&str> = patterns.iter().filter(is_gone).collect();
    println!("{LIST}: {} of {} functions are gone", gone.len(), patterns.len());
    if gone.len() * MOST_GONE <= patterns.len() {
        return Ok(ExitCode::SUCCESS);
    }
    for pattern in gone {
        println!("  {pattern}");
    }
    println!("make the list anew: cargo xtask link-order FOLDER...");
    Ok(ExitCode::FAILURE)
}

/// One function of so many may be gone.
const MOST_GONE: usize = 5;

/// Something that the linker can place.
#[derive(Default)]
struct Piece {
    /// The builds that need it.
    builds: BTreeSet<usize>,
    called: BTreeSet<String>,
}

impl Piece {
    /// Returns whether a pattern brings so much that no build calls, as the many copies of a generic function, that what it
    /// brings together would lie far apart.
    fn is_mostly_other(&self, pattern: &str, sizes: &[(String, usize)]) -> bool {
        let other: usize = sizes
            .iter()
            .filter(|(name, _)| !self.called.contains(name) && matches(pattern, name))
            .map(|(_, size)| size)
            .sum();
        other > MOST_OTHER * self.called.len()
    }
}

/// Bytes of other functions that a called one may bring: half of what the system brings into memory at once.
const MOST_OTHER: usize = 32 * 1024;

/// Returns whether a symbol is one of a pattern. The linker reads `*` as `path.Match` does: no symbol holds a `/`.
fn matches(pattern: &str, symbol: &str) -> bool {
    path_match(pattern, symbol).unwrap_or(false)
}

/// Returns the program's symbols, and how many bytes each has.
fn sizes(program: &Path) -> anyhow::Result<Vec<(String, usize)>> {
    let output = Command::new("nm").arg("--print-size").arg(program).output()?;
    anyhow::ensure!(output.status.success(), "nm can't read `{}`", program.display());
    let text = String::from_utf8(output.stdout)?;
    let sized = text.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, size, _, name] = words.as_slice() else { return None };
        Some(((*name).to_owned(), usize::from_str_radix(size, 16).ok()?))
    });
    Ok(sized.collect())
}

/// Restricts this program, and what it starts, to one processor: a build has no second thread then. Valgrind can't run the
/// system's answer to which processor a thread is on.
#[cfg(target_os = "linux")]
fn stay_on_one_processor() -> anyhow::Result<()> {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    let allowed = sched_getaffinity(None)?;
    let mut one = CpuSet::new();
    one.set((0..CpuSet::MAX_CPU).find(|it| allowed.is_set(*it)).unwrap_or_default());
    Ok(sched_setaffinity(None, &one)?)
}

#[cfg(not(target_os = "linux"))]
fn stay_on_one_processor() -> anyhow::Result<()> {
    anyhow::bail!("the order is that of the program for Linux, and found there")
}

/// Builds a folder, and returns the symbols of the functions that ran.
fn called(program: &Path, folder: &str) -> anyhow::Result<BTreeSet<String>> {
    let calls = std::env::temp_dir().join(format!("tidegate-calls-{}", std::process::id()));
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--demangle=no", "--compress-strings=no"])
        .arg(format!("--callgrind-out-file={}", calls.display()))
        .arg(program)
        .args(["render", folder])
        .stdout(Stdio::null())
        .status()
        .context("valgrind is needed; it comes with most distributions")?;
    anyhow::ensure!(status.success(), "`tidegate render {folder}` failed");
    let text = std::fs::read_to_string(&calls)?;
    std::fs::remove_file(&calls)?;
    // Callgrind counts the levels of a recursion behind a quote.
    let names = text.lines().filter_map(|line| line.strip_prefix("fn="));
    Ok(names.map(|it| it.split('\'').next().unwrap_or(it).to_owned()).collect())
}

/// Returns which member of which archive holds a function, where only one does: `libc.a:malloc.o`.
fn members() -> anyhow::Result<BTreeMap<String, Option<String>>> {
    let mut members: BTreeMap<String, Option<String>> = BTreeMap::new();
    for archive in ["libc.a", "libgcc_eh.a"] {
        let path = Command::new("cc").arg(format!("-print-file-name={archive}")).output()?.stdout;
        let path = String::from_utf8(path)?;
        let output = Command::new("nm").args(["--print-file-name", path.trim()]).output()?;
        anyhow::ensure!(output.status.success(), "nm can't read `{}`", path.trim());
        for line in String::from_utf8(output.stdout)?.lines() {
            let mut parts = line.splitn(3, ':').skip(1);
            let (Some(member), Some(symbol)) = (parts.next(), parts.next()) else { continue };
            let words: Vec<&str> = symbol.split_whitespace().collect();
            let [_, "T" | "t" | "W" | "w" | "i", name] = words.as_slice() else { continue };
            let found = format!("{archive}:{member}");
            let known = members.entry((*name).to_owned()).or_insert_with(|| Some(found.clone()));
            if known.as_ref() != Some(&found) {
                *known = None;
            }
        }
    }
    Ok(members)
}

/// Returns what to tell the linker of a function: the pattern of its section, or the archive and its member.
fn piece(symbol: &str, members: &BTreeMap<String, Option<String>>) -> Option<String> {
    if symbol.starts_with("_ZN") {
        // The old mangling ends with a hash, `17h` and 16 digits.
        let end = symbol.rfind("17h")?;
        return Some(format!("{}*", &symbol[..end + 3]));
    }
    if symbol.starts_with("_R") {
        // The new one holds the hash of each crate, `Cs` and digits to `_`; the linker numbers what is there twice.
        let name = symbol.split('.').next().unwrap_or(symbol);
        let mut parts = name.split("Cs");
        let mut pattern = parts.next()?.to_owned();
        for part in parts {
            let hash = part.find('_').filter(|end| part[..*end].chars().all(char::is_alphanumeric));
            pattern += if hash.is_some() { "Cs*" } else { "Cs" };
            pattern += &part[hash.unwrap_or(0)..];
        }
        return Some(pattern + "*");
    }
    members.get(symbol)?.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_what_it_was_made_of() {
        assert!(matches("_RNvCs*_4core3fmt5write*", "_RNvCsgEmf_4core3fmt5write.12"));
        assert!(!matches("_RNvCs*_4core3fmt5write*", "_RNvCsgEmf_4core3fmt3pad"));
        assert!(!matches("_ZN4core3fmt17h*", "_ZN5alloc3fmt17h0"));
    }

    #[test]
    fn copies_that_no_build_calls_count_against_a_pattern() {
        let piece = Piece { builds: [0].into(), called: ["f17h1".to_owned()].into() };
        let sizes = |other| [("f17h1".to_owned(), 1 << 20), ("f17h2".to_owned(), other)];
        assert!(!piece.is_mostly_other("f17h*", &sizes(MOST_OTHER)));
        assert!(piece.is_mostly_other("f17h*", &sizes(MOST_OTHER + 1)));
    }

    #[test]
    fn a_function_is_found_again_whatever_its_crates_hash() {
        let members = BTreeMap::from([
            ("malloc".to_owned(), Some("libc.a:malloc.o".to_owned())),
            ("init".to_owned(), None),
        ]);
        let cases = [
            (
                "_ZN13tidegate_yaml5parse6Parser6stream17h0123456789abcdefE",
                Some("_ZN13tidegate_yaml5parse6Parser6stream17h*"),
            ),
            ("_ZN4core3ptr4drop17h0123456789abcdefE.llvm.42", Some("_ZN4core3ptr4drop17h*")),
            (
                "_RNvNtNtCsgEmfK2I1SDS_4core3str8converts9from_utf8.1385",
                Some("_RNvNtNtCs*_4core3str8converts9from_utf8*"),
            ),
            ("_RNvMs_Csab_3foo6CsvRow3new", Some("_RNvMs_Cs*_3foo6CsvRow3new*")),
            ("malloc", Some("libc.a:malloc.o")),
            ("init", None),
            ("0x0000000000372af0", None),
        ];
        for (symbol, expected) in cases {
            assert_eq!(piece(symbol, &members).as_deref(), expected, "{symbol}");
        }
    }
}
