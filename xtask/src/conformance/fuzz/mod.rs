//! `cargo xtask conformance fuzz DIR… [--seed S] [--count N] [--from K] [--write FOLDER]`: builds of broken inputs, and the laws that hold
//! for them all.
//!
//! A mutant is made of one of the cases below the folders and depends on the seed and on its number alone, so that one
//! that fails is made again by `--from NUMBER --count 1`, and its files are written instead with `--write FOLDER`. What has to hold is in [`laws`]; besides, a build neither
//! panics nor takes longer than [`LIMIT`], and a thread with [`STACK`] bytes of stack is enough for it.

mod cases;
mod laws;
mod mutate;
mod random;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use self::cases::Case;
use self::random::Random;

/// The longest that one mutant may take, in a program without optimisation too.
const LIMIT: Duration = Duration::from_secs(60);

/// The stack of the thread that builds: a quarter of what the main thread of a program has on Linux.
const STACK: usize = 2 << 20;

/// How a run went.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    built: u64,
    /// How many were refused, by the code of the first mistake.
    refused: BTreeMap<String, u64>,
    slowest: (Duration, u64),
    broken: Vec<String>,
}

pub(super) fn run(arguments: &[&str]) -> anyhow::Result<ExitCode> {
    let (mut folders, mut seed, mut count, mut from) = (Vec::new(), 1, 10_000, 0);
    let mut write = None;
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let mut number = || {
            let value = words.next().with_context(|| format!("{word} needs a number"))?;
            value.parse::<u64>().with_context(|| format!("{word}: `{value}` is no number"))
        };
        match *word {
            "--seed" => seed = number()?,
            "--count" => count = number()?,
            "--from" => from = number()?,
            "--write" => write = Some(Path::new(*words.next().context("--write needs a folder")?)),
            folder => folders.push(folder),
        }
    }
    let mut cases = Vec::new();
    for folder in &folders {
        cases::search(Path::new(folder), &mut cases)?;
    }
    anyhow::ensure!(!cases.is_empty(), "no case below {}", folders.join(" "));
    if let Some(folder) = write {
        for nth in from..from + count {
            write_case(&mutate::mutant(&cases, &mut Random::new(seed, nth)), nth, folder)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let begun = Instant::now();
    println!("{} cases, seed {seed}, mutants {from} to {}", cases.len(), from + count);
    let summary = fuzz(cases, seed, from, count, true);
    for broken in &summary.broken {
        println!("broken: {broken}");
    }
    for (code, count) in &summary.refused {
        println!("  {code}: {count}");
    }
    let (slowest, nth) = summary.slowest;
    println!(
        "{} built, {} refused, {} broken; {} s, the slowest (mutant {nth}) {} ms, memory at most {}",
        summary.built,
        summary.refused.values().sum::<u64>(),
        summary.broken.len(),
        begun.elapsed().as_secs(),
        slowest.as_millis(),
        peak_memory(),
    );
    Ok(ExitCode::from(if summary.broken.is_empty() { 0 } else { 3 }))
}

/// Writes the files of a mutant, to be looked at and built by other programs.
fn write_case(case: &Case, nth: u64, folder: &Path) -> anyhow::Result<()> {
    let root = folder.join(nth.to_string());
    println!("{}: {}", case.name, root.join(&case.build).display());
    for (path, content) in &case.files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(&root))?;
        std::fs::write(&path, content).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Makes mutants of the cases and holds them against the laws, in a thread of its own that is watched.
fn fuzz(cases: Vec<Case>, seed: u64, from: u64, count: u64, talk: bool) -> Summary {
    let current = Arc::new(AtomicU64::new(from));
    let shared = Arc::clone(&current);
    let work = move || {
        let mut summary = Summary::default();
        for nth in from..from + count {
            shared.store(nth, Ordering::Relaxed);
            if talk && nth % 10_000 == 0 && nth > from {
                println!("{nth}: {} built, {} broken", summary.built, summary.broken.len());
            }
            let mutant = mutate::mutant(&cases, &mut Random::new(seed, nth));
            let begun = Instant::now();
            match laws::hold(&mutant, nth) {
                Ok(None) => summary.built += 1,
                Ok(Some(code)) => *summary.refused.entry(code).or_default() += 1,
                Err(law) => summary.broken.push(format!("mutant {nth} of {}: {law}", mutant.name)),
            }
            summary.slowest = summary.slowest.max((begun.elapsed(), nth));
        }
        summary
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    let (mut last, mut since) = (from, Instant::now());
    while !thread.is_finished() {
        std::thread::sleep(Duration::from_millis(10));
        let nth = current.load(Ordering::Relaxed);
        if nth != last {
            (last, since) = (nth, Instant::now());
        }
        // A thread can't be stopped from outside: the program ends.
        if since.elapsed() > LIMIT {
            eprintln!("mutant {nth} of seed {seed} takes longer than {} s", LIMIT.as_secs());
            std::process::exit(3);
        }
    }
    thread.join().unwrap_or_else(|_| {
        let nth = current.load(Ordering::Relaxed);
        Summary { broken: vec![format!("mutant {nth}: it panics")], ..Summary::default() }
    })
}

/// Returns the most memory that this program has had, where the system tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |it| it.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mutants_of_our_own_cases_hold_the_laws() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/kustomize/tests/data");
        let mut cases = Vec::new();
        cases::search(&folder, &mut cases).expect("the cases are in the repository");
        assert!(cases.len() > 200, "only {} cases", cases.len());
        let summary = fuzz(cases, 1, 0, 1_000, false);
        assert_eq!(summary.broken, Vec::<String>::new());
        assert!(summary.built > 100 && summary.refused.len() > 20, "{summary:?}");
    }

    #[test]
    fn a_mutant_depends_on_seed_and_number_alone() {
        let mut case = Case { name: "a".into(), build: ".".into(), ..Case::default() };
        case.files.insert("kustomization.yaml".into(), b"resources:\n- a.yaml\n".to_vec());
        let make = |seed, nth| mutate::mutant(&[case.clone()], &mut Random::new(seed, nth)).files;
        assert_eq!(make(1, 7), make(1, 7));
        assert!((0..20).any(|nth| make(1, nth) != make(2, nth)));
    }
}
