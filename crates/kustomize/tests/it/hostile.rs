//! A kustomization from a stranger: bounded time and memory, a clear error, never a panic.

use proptest::prelude::*;
use tidegate_kustomize::{FileError, Files as _, Folder, Memory, Options, build};

fn code(files: &Memory) -> String {
    match build(files, ".", &Options::default()) {
        Ok(_) => "built".to_owned(),
        Err(failure) => failure.mistakes[0].code.to_string(),
    }
}

fn with_resource(text: impl Into<Vec<u8>>) -> Memory {
    let mut files = Memory::new();
    files.insert("kustomization.yaml", "resources: [x.yaml]\n");
    files.insert("x.yaml", text);
    files
}

#[test]
fn deep_nesting_is_refused() {
    let deep = |open: &str, close: &str, n: usize| {
        let head = "apiVersion: v1\nkind: A\nmetadata: {name: a}\nx: ";
        format!("{head}{}1{}\n", open.repeat(n), close.repeat(n))
    };
    assert_eq!(code(&with_resource(deep("[", "]", 5_000))), "yaml-too-deep");
    assert_eq!(code(&with_resource(deep("{a: ", "}", 5_000))), "yaml-too-deep");
    assert_eq!(code(&with_resource(deep("[", "]", 100_000))), "yaml-too-deep");
    assert_eq!(code(&with_resource(deep("[", "]", 100))), "built");
}

#[test]
fn alias_bombs_are_refused() {
    let mut text =
        "apiVersion: v1\nkind: A\nmetadata: {name: a}\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            .to_owned();
    for nth in 1..12 {
        let before = vec![format!("*a{}", nth - 1); 10].join(", ");
        let line = format!("a{nth}: &a{nth} [{before}]\n");
        text.push_str(&line);
    }
    assert_eq!(code(&with_resource(text)), "yaml-excessive-aliasing");
}

#[test]
fn what_is_not_utf8_is_refused() {
    assert_eq!(code(&with_resource(b"apiVersion: \xff\n".to_vec())), "not-utf8");
}

#[test]
fn many_documents_are_read_in_time_that_grows_with_them() {
    let document = |nth| format!("apiVersion: v1\nkind: A\nmetadata: {{name: n{nth}}}\n");
    let text: Vec<String> = (0..100_000).map(document).collect();
    assert_eq!(code(&with_resource(text.join("---\n"))), "built");
}

#[test]
fn a_huge_scalar_is_built_in_one_go() {
    let huge = "x y ".repeat(1 << 20);
    let text = format!("apiVersion: v1\nkind: A\nmetadata: {{name: a}}\ndata: \"{huge}.\"\n");
    let built = build(&with_resource(text), ".", &Options::default()).expect("valid");
    let printed = built.to_yaml().expect("printable");
    // It is folded at blanks, and not a character of it is lost.
    let words = printed.split_whitespace().filter(|it| matches!(*it, "x" | "y")).count();
    assert_eq!(words, 2 << 20);
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_is_longer_than_it_says_is_read_whole() {
    // The system says that these files are empty, and has more to tell when they are read.
    let content = Folder::new().read("/proc/self/status", None).expect("readable");
    assert!(content.starts_with(b"Name:") && content.ends_with(b"\n"), "{content:?}");
    let limited = Folder::new().with_limit(10).read("/proc/self/status", None);
    assert!(matches!(limited, Err(FileError::TooLarge { limit: 10 })), "{limited:?}");
}

#[test]
fn files_that_change_while_they_are_read_give_one_of_their_states_or_a_mistake() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let object = |name: &str| format!("apiVersion: v1\nkind: A\nmetadata:\n  name: {name}\n");
    let long = "n".repeat(60);
    let states = [object("a"), object(&long)];
    std::fs::write(path("kustomization.yaml"), "resources: [x.yaml]\n").expect("writable");
    std::fs::write(path("x.yaml"), &states[0]).expect("writable");
    let done = std::sync::atomic::AtomicBool::new(false);
    let files = Folder::within(folder.path()).expect("a folder");
    let root = folder.path().to_str().expect("a path of text");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for state in states.iter().cycle().take(100_000) {
                if done.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
                // Now in place, so that a reader may see a part of it.
                std::fs::write(path("x.yaml"), state).expect("writable");
            }
        });
        for _ in 0..500 {
            if let Ok(built) = build(&files, root, &Options::default()) {
                for object in built.objects() {
                    let name = object.object.name();
                    assert!(name == "a" || long.starts_with(name), "{name}");
                }
            }
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn a_long_chain_of_bases_ends() {
    let mut files = Memory::new();
    for nth in 0..1_000 {
        let text = format!("resources: [../n{}]\n", nth + 1);
        files.insert(&format!("n{nth}/kustomization.yaml"), text);
    }
    let failure = build(&files, "n0", &Options::default()).expect_err("too many");
    assert_eq!(failure.mistakes[0].code, "too-deep");
}

#[test]
fn catastrophic_patterns_take_no_time() {
    let mut files = with_resource(format!(
        "apiVersion: v1\nkind: A\nmetadata: {{name: {}}}\n",
        "a".repeat(5_000)
    ));
    let pattern = "(a+)+(a+)+(a+)+b";
    let text = format!(
        "resources: [x.yaml]\npatches:\n- target: {{name: \"{pattern}\"}}\n  patch: '[{{\"op\": \"remove\", \"path\": \"/kind\"}}]'\n"
    );
    files.insert("kustomization.yaml", text);
    assert_eq!(code(&files), "built");
}

#[test]
fn names_that_look_like_options_are_names() {
    let files = Memory::from_iter([
        ("kustomization.yaml", "resources: [--output, -x/y.yaml]\n"),
        ("--output", "apiVersion: v1\nkind: A\nmetadata: {name: a}\n"),
        ("-x/y.yaml", "apiVersion: v1\nkind: A\nmetadata: {name: b}\n"),
    ]);
    assert_eq!(code(&files), "built");
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large");
    std::fs::write(&path, vec![b'x'; 2_000]).expect("a file");
    let files = Folder::new().with_limit(1_000);
    let read = files.read(path.to_str().expect("UTF-8"), None);
    assert_eq!(read, Err(FileError::TooLarge { limit: 1_000 }));
}

#[test]
fn a_device_is_no_file() {
    let read = Folder::new().read("/dev/zero", None);
    assert_eq!(read, Err(FileError::NotAFile));
}

#[test]
fn a_ring_of_links_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink("b", path("a")).expect("a link");
    std::os::unix::fs::symlink("a", path("b")).expect("a link");
    assert!(Folder::new().read(path("a").to_str().expect("UTF-8"), None).is_err());
}

/// Pieces that kustomizations are made of, and some that they are not.
const PIECES: [&str; 24] = [
    "resources: [x.yaml]\n",
    "resources:\n",
    "- x.yaml\n",
    "namePrefix: ",
    "namespace: ",
    "images:\n",
    "- name: ",
    "  newTag: ",
    "labels:\n",
    "- pairs: {a: b}\n",
    "patches:\n",
    "- patch: |-\n",
    "    kind: A\n",
    "  target: {kind: A}\n",
    "configMapGenerator:\n",
    "  literals: [a=b]\n",
    "a\n",
    "\"\n",
    "{",
    "}\n",
    "&a ",
    "*a\n",
    "<<: *a\n",
    "---\n",
];

proptest! {
    #[test]
    fn never_panics_and_answers_the_same_twice(
        pieces in prop::collection::vec(0..PIECES.len(), 0..14),
        resource in "[a-z:{}\\[\\]&*!|>'\"#\n -]{0,60}",
    ) {
        let text: String = pieces.iter().map(|at| PIECES[*at]).collect();
        let mut files = with_resource(resource);
        files.insert("kustomization.yaml", text);
        let answer = || build(&files, ".", &Options::default()).map(|it| it.to_yaml()).map_err(|it| it.mistakes);
        prop_assert_eq!(answer(), answer());
    }
}
