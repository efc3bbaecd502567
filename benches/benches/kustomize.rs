//! Building an overlay with every common feature, beside reading the same files and writing the same bytes.
//!
//! `cargo bench -p tidegate-benches --bench kustomize`

#![expect(
    clippy::disallowed_methods,
    reason = "what is compared is the reading and writing itself, in a temporary folder"
)]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::ItemsCount;
use tidegate_benches::write_overlay;
use tidegate_kustomize::{Folder, Options, build};

/// A service, a team, a fleet.
const SIZES: [usize; 3] = [100, 1_000, 4_000];

fn main() {
    divan::main();
}

/// An overlay on the disk, what it prints, and the files that it reads.
struct Overlay {
    folder: tempfile::TempDir,
    printed: Vec<String>,
    files: Vec<PathBuf>,
}

impl Overlay {
    fn new(count: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write_overlay(folder.path(), count).expect("a disk with room");
        let mut files = Vec::new();
        for part in ["base", "overlay", "overlay/patches"] {
            let entries = fs::read_dir(folder.path().join(part)).expect("just written");
            let paths = entries.map(|entry| entry.expect("just written").path());
            files.extend(paths.filter(|path| path.is_file()));
        }
        let mut overlay = Self { folder, printed: Vec::new(), files };
        overlay.printed = overlay.build();
        overlay
    }

    fn build(&self) -> Vec<String> {
        let folder = self.folder.path().join("overlay");
        let folder = folder.to_str().expect("a temporary folder in UTF-8");
        let built = build(&Folder::new(), folder, &Options::default()).expect("a valid overlay");
        let parts = built.to_yaml_parts().expect("printable");
        // As a program that is about to end.
        std::mem::forget(built);
        parts
    }

    fn output(&self) -> File {
        File::create(self.folder.path().join("out.yaml")).expect("a disk with room")
    }
}

#[divan::bench(name = "kustomize/build, write/tidegate", args = SIZES, max_time = 5)]
fn built(bencher: Bencher<'_, '_>, count: usize) {
    let overlay = Overlay::new(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let mut output = overlay.output();
        for part in overlay.build() {
            output.write_all(part.as_bytes()).expect("a disk with room");
        }
    });
}

#[divan::bench(name = "kustomize/build, write/read, write", args = SIZES, max_time = 5)]
fn copied(bencher: Bencher<'_, '_>, count: usize) {
    let overlay = Overlay::new(count);
    let read = |path: &Path| fs::read(path).expect("just written");
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        for path in &overlay.files {
            divan::black_box(read(path));
        }
        let mut output = overlay.output();
        for part in &overlay.printed {
            output.write_all(part.as_bytes()).expect("a disk with room");
        }
    });
}
