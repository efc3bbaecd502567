use std::path::PathBuf;

use tidegate_registry::{FindingKind, Layout, LayoutErrorKind, verify};

use crate::shop::{Shop, image, tag};

fn filled() -> Shop {
    let shop = Shop::new();
    shop.layout.push(&image("1.3.0"), &[tag("v1.3.0")]).expect("it can be pushed");
    shop
}

/// The blob whose text holds a word, as a path.
fn blob_with(shop: &Shop, word: &str) -> PathBuf {
    let blobs = std::fs::read_dir(shop.layout.folder().join("blobs/sha256")).expect("it reads");
    let mut paths: Vec<PathBuf> = blobs.map(|it| it.expect("it reads").path()).collect();
    paths.sort();
    let holds = |path: &PathBuf| {
        String::from_utf8_lossy(&std::fs::read(path).expect("it reads")).contains(word)
    };
    paths.into_iter().find(holds).expect("one of the blobs holds the word")
}

fn edit(path: &std::path::Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).expect("it reads");
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replacen(from, to, 1)).expect("it can be written");
}

/// Breaks a sound layout, and tells the kinds that the checker finds.
#[track_caller]
fn found(breakage: impl FnOnce(&Shop), expected: &[FindingKind]) {
    let shop = filled();
    assert_eq!(verify(shop.layout.folder()), []);
    breakage(&shop);
    let mut kinds: Vec<FindingKind> =
        verify(shop.layout.folder()).into_iter().map(|it| it.kind).collect();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds, expected);
}

#[test]
fn checker_finds_each_breakage() {
    let index = |shop: &Shop| shop.layout.folder().join("index.json");
    let marker = |shop: &Shop| shop.layout.folder().join("oci-layout");
    found(|it| std::fs::remove_file(marker(it)).expect("it is there"), &[FindingKind::LayoutFile]);
    found(|it| edit(&marker(it), "1.0.0", "9.0.0"), &[FindingKind::LayoutFile]);
    found(
        |it| edit(&index(it), "\"schemaVersion\":2", "\"schemaVersion\":1"),
        &[FindingKind::SchemaVersion],
    );
    found(
        |it| edit(&index(it), "sha256:", "sha512:"),
        &[FindingKind::BadDocument, FindingKind::Dangling],
    );
    found(|it| edit(&index(it), "\"size\":", "\"size\":1"), &[FindingKind::WrongSize]);
    found(
        |it| edit(&index(it), "image.index.v1+json\",\"size", "image.manifest.v1+json\",\"size"),
        &[FindingKind::MediaType],
    );
    found(
        |it| {
            std::fs::write(it.layout.folder().join("blobs/sha256/notes.txt"), "x")
                .expect("it can be written");
        },
        &[FindingKind::StrayFile],
    );
    found(
        |it| {
            let path = it.layout.folder().join(format!("blobs/sha256/{}", "0".repeat(64)));
            std::fs::write(path, "x").expect("it can be written");
        },
        &[FindingKind::WrongDigest, FindingKind::Dangling],
    );
    found(
        |it| {
            std::fs::remove_file(blob_with(it, "\"architecture\":\"arm64\",\"config\""))
                .expect("it is there");
        },
        &[FindingKind::MissingBlob],
    );
    found(
        |it| edit(&blob_with(it, "\"architecture\":\"arm64\",\"config\""), "65532", "00000"),
        &[FindingKind::WrongDigest],
    );
}

#[test]
fn a_tag_on_two_images_is_ambiguous() {
    let shop = filled();
    shop.layout.push(&image("1.3.1"), &[tag("v1.3.1")]).expect("it can be pushed");
    edit(&shop.layout.folder().join("index.json"), "\"v1.3.1\"", "\"v1.3.0\"");
    let error = shop.layout.tags().expect_err("one tag is on two images");
    assert_eq!(error.kind(), LayoutErrorKind::AmbiguousTag);
    let kinds: Vec<FindingKind> =
        verify(shop.layout.folder()).into_iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [FindingKind::AmbiguousTag]);
}

#[track_caller]
fn refused(breakage: impl FnOnce(&Shop), kind: LayoutErrorKind, message: &str) {
    let shop = filled();
    breakage(&shop);
    let read = || {
        let layout = Layout::open(shop.layout.folder())?;
        let digest = layout.resolve(&tag("v1.3.0"))?.expect("the tag is there");
        layout.platforms(&digest)
    };
    let error = read().expect_err("it is broken");
    let place = shop.layout.folder().display().to_string();
    assert_eq!((error.kind(), error.to_string().replace(&place, "L").as_str()), (kind, message));
}

#[test]
fn broken_layouts_are_refused_with_their_reason() {
    let index = |shop: &Shop| shop.layout.folder().join("index.json");
    let marker = |shop: &Shop| shop.layout.folder().join("oci-layout");
    let config = |shop: &Shop| blob_with(shop, "\"architecture\":\"arm64\",\"config\"");
    refused(
        |it| std::fs::remove_file(marker(it)).expect("it is there"),
        LayoutErrorKind::NotALayout,
        "L: no OCI image layout: the file `oci-layout` is missing",
    );
    refused(
        |it| edit(&marker(it), "1.0.0", "2.0.0"),
        LayoutErrorKind::UnknownVersion,
        "L/oci-layout: layout version `2.0.0`; version 1.0.0 is understood",
    );
    refused(
        |it| std::fs::write(marker(it), "{}").expect("it can be written"),
        LayoutErrorKind::BadDocument,
        "L/oci-layout: the field `imageLayoutVersion` is missing",
    );
    refused(
        |it| std::fs::remove_file(index(it)).expect("it is there"),
        LayoutErrorKind::NotALayout,
        "L/index.json: this file is missing",
    );
    refused(
        |it| std::fs::write(index(it), "{\"schemaVersion\":2").expect("it can be written"),
        LayoutErrorKind::BadDocument,
        "L/index.json: not an image index: EOF while parsing an object at line 1 column 18",
    );
    let name =
        |path: PathBuf| path.file_name().expect("it has a name").to_string_lossy().into_owned();
    let digits = name(config(&filled()));
    refused(
        |it| std::fs::remove_file(config(it)).expect("it is there"),
        LayoutErrorKind::MissingBlob,
        &format!("L/blobs/sha256/{digits}: this blob is not in the layout"),
    );
    refused(
        |it| std::fs::write(config(it), "").expect("it can be written"),
        LayoutErrorKind::Corrupt,
        &format!(
            "L/blobs/sha256/{digits}: the bytes of this blob have the digest \
             sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        ),
    );
}

#[test]
fn pushing_again_mends_a_damaged_blob() {
    let shop = filled();
    std::fs::write(blob_with(&shop, "\"architecture\":\"arm64\",\"config\""), "damaged")
        .expect("it can be written");
    let pushed = shop.layout.push(&image("1.3.0"), &[tag("v1.3.0")]).expect("it can be pushed");
    assert_eq!(pushed.new_blobs, 1);
    assert_eq!(verify(shop.layout.folder()), []);
}
