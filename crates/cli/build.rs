//! How the program is linked.
//!
//! `render` runs for a millisecond or two and is started once for each overlay by tools that know nothing of `--each`, so
//! a third of its time would be the dynamic linker's: finding two libraries, and writing eleven thousand addresses into
//! pages that are then copied. A release build for Linux with glibc is therefore linked statically and without
//! position-independence, where the C compiler has the archives for it; elsewhere, and in debug builds, as usual.
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

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if let Some(folder) = static_libraries() {
        // The linker takes a text in place of a library for a script that names others.
        println!("cargo::rustc-link-arg-bins=-L{}", folder.display());
        println!("cargo::rustc-link-arg-bins=-static");
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// Writes a linker script for each library, if this is a build for which that works.
fn static_libraries() -> Option<PathBuf> {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|it| it == value);
    let suits = is("PROFILE", "release")
        && is("CARGO_CFG_TARGET_OS", "linux")
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
