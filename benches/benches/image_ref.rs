//! Image references, beside the `Reference` of `oci-spec`.
//!
//! Each iteration reads every text once; the unit is references a second. The counter of allocations must show
//! none for ours.

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher, black_box};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// References as manifests have them, in three kinds, without those that the two libraries read differently.
/// Makes the nth reference of a kind.
type Make = fn(usize) -> String;

const KINDS: [(&str, Make); 3] = [
    ("short", |n| format!("nginx:1.{n}")),
    ("registry", |n| {
        format!("asia-east1-docker.pkg.dev/development-485000/prod-repo/backend-{n}:1.{n}.0-rc.1")
    }),
    ("pinned", |n| format!("ghcr.io/org/team/app-{n}:v1.{n}.0@sha256:{n:064x}")),
];

fn texts(kind: &str) -> Vec<String> {
    let (_, write) = KINDS.iter().find(|it| it.0 == kind).expect("a kind of the table");
    (0..1_000).map(write).collect()
}

#[divan::bench(args = KINDS.map(|it| it.0))]
fn tidegate(bencher: Bencher<'_, '_>, kind: &str) {
    let texts = texts(kind);
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        for text in &texts {
            let reference = tidegate_image_ref::Reference::parse(black_box(text));
            assert!(black_box(reference).is_ok());
        }
    });
}

#[divan::bench(args = KINDS.map(|it| it.0))]
fn oci_spec(bencher: Bencher<'_, '_>, kind: &str) {
    let texts = texts(kind);
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        for text in &texts {
            let reference = oci_spec::distribution::Reference::try_from(black_box(text.as_str()));
            assert!(black_box(reference).is_ok());
        }
    });
}

/// Both libraries find the same parts.
#[divan::bench(args = KINDS.map(|it| it.0), sample_count = 1, sample_size = 1)]
fn agreement(kind: &str) {
    for text in texts(kind) {
        let ours = tidegate_image_ref::Reference::parse(&text).expect("valid");
        let ours = ours.canonical().expect("valid");
        let theirs = oci_spec::distribution::Reference::try_from(text).expect("valid");
        assert_eq!(ours.domain(), Some(theirs.registry()));
        assert_eq!(ours.path(), theirs.repository());
        assert_eq!((ours.tag(), ours.digest()), (theirs.tag(), theirs.digest()));
    }
}
