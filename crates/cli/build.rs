//! How the program is linked.
//!
//! `render` runs for a millisecond or two and is started once for each overlay by tools that know nothing of `--each`, so
//! a third of its time would be the dynamic linker's: finding two libraries, and writing eleven thousand addresses into
//! pages that are then copied. A release build for Linux with glibc is therefore linked statically and without
//! position-independence, where the C compiler has the archives for it; elsewhere, and in debug builds, as usual.
//! What a build runs is then put side by side, since the system brings it into memory by 64 KiB, and the linker writes the
//! program in one go: the system keeps a file that was written page by page in small pieces, and maps it more slowly.
//! `docs/performance.md` has the figures.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script asks its surroundings and writes what it makes"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The shared libraries that the standard library asks the linker for, and the archives that hold the same.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("gcc_s", &["libgcc_eh.a", "libgcc.a"]),
    ("c", &["libc.a", "libgcc_eh.a", "libgcc.a"]),
    ("m", &["libm.a"]),
    ("dl", &["libdl.a"]),
    ("rt", &["librt.a"]),
    ("util", &["libutil.a"]),
    ("pthread", &["libpthread.a"]),
];

/// What a build runs, written by `cargo xtask link-order`.
const ORDER: &str = "link-order.txt";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={ORDER}");
    if is_release_for_linux() && is_usual_linker() {
        // Nobody may write the file again behind the linker, so it does what `strip` would do in the profile.
        println!("cargo::rustc-link-arg-bins=-Wl,--strip-debug");
    }
    if let Some(folder) = static_libraries() {
        // The linker takes a text in place of a library for a script that names others.
        println!("cargo::rustc-link-arg-bins=-L{}", folder.display());
        println!("cargo::rustc-link-arg-bins=-static");
        println!("cargo::rustc-link-arg-bins=-no-pie");
        if let Some(script) = script_of_order(&folder) {
            println!("cargo::rustc-link-arg-bins=-Wl,-T,{}", script.display());
        }
        if let Some(option) = option_to_write_at_once(&folder) {
            println!("cargo::rustc-link-arg-bins={option}");
        }
    }
}

/// Returns whether no other linker was chosen than the usual one, and no options for it: another may not know ours.
fn is_usual_linker() -> bool {
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    env::var_os("RUSTC_LINKER").is_none() && !flags.contains("link")
}

fn is(name: &str, value: &str) -> bool {
    env::var(name).is_ok_and(|it| it == value)
}

fn is_release_for_linux() -> bool {
    is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux")
}

/// Returns the option by which LLD writes the program in one go, if that is the linker of this build: others refuse it.
///
/// From version 21 on it takes the option and its opposite the wrong way round: <https://github.com/llvm/llvm-project/issues/207459>.
fn option_to_write_at_once(folder: &Path) -> Option<String> {
    let rustc = env::var_os("RUSTC").filter(|_| is_usual_linker())?;
    let output = Command::new(&rustc).arg("-vV").output().ok()?;
    let about = String::from_utf8(output.stdout).ok()?;
    let version = about.lines().find_map(|line| line.strip_prefix("LLVM version: "))?;
    let major: u32 = version.split('.').next()?.parse().ok()?;
    let option = if major < 21 { "-Wl,--no-mmap-output-file" } else { "-Wl,--mmap-output-file" };
    let (source, program) = (folder.join("probe.rs"), folder.join("probe"));
    fs::write(&source, "fn main() {}\n").ok()?;
    let mut probe = Command::new(rustc);
    probe.arg("-C").arg(format!("link-arg={option}")).arg("-o").arg(program).arg(source);
    probe.output().is_ok_and(|it| it.status.success()).then(|| option.to_owned())
}

/// Writes a linker script that puts the functions of a build side by side, unless another linker than usual is chosen,
/// which may know no such scripts.
fn script_of_order(folder: &Path) -> Option<PathBuf> {
    if !is_usual_linker() {
        return None;
    }
    let order = fs::read_to_string(ORDER).ok()?;
    let mut script = String::from("SECTIONS {\n  .text.first : {\n");
    for piece in order.lines().filter(|line| !line.starts_with('#')) {
        let rule = if piece.contains(':') {
            format!("    *{piece}(.text .text.*)\n")
        } else {
            format!("    *(.text.{piece} .text.unlikely.{piece})\n")
        };
        script.push_str(&rule);
    }
    script.push_str("  }\n}\nINSERT BEFORE .text;\n");
    let path = folder.join("order.ld");
    fs::write(&path, script).ok()?;
    Some(path)
}

/// Writes a linker script for each library, if this is a build for which that works.
fn static_libraries() -> Option<PathBuf> {
    let suits = is_release_for_linux()
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && is("CARGO_CFG_TARGET_ARCH", "x86_64")
        && env::var("HOST").ok() == env::var("TARGET").ok();
    if !suits {
        return None;
    }
    let folder = PathBuf::from(env::var_os("OUT_DIR")?).join("static");
    fs::create_dir_all(&folder).ok()?;
    for (library, archives) in LIBRARIES {
        let found = archives.iter().map(|it| archive(it)).collect::<Option<Vec<String>>>()?;
        let script = format!("GROUP ( {} )\n", found.join(" "));
        fs::write(folder.join(format!("lib{library}.so")), script).ok()?;
    }
    Some(folder)
}

/// Asks the C compiler where it has an archive.
fn archive(name: &str) -> Option<String> {
    let output = Command::new("cc").arg(format!("-print-file-name={name}")).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && Path::new(&path).is_absolute()).then_some(path)
}
