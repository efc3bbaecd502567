use std::path::Path;

use tidegate_registry::{LABEL_REVISION, LABEL_VERSION, Layout, LayoutErrorKind, verify};

use crate::shop::{Shop, image, tag};

fn bytes_below(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(folder).expect("it reads") {
            let path = entry.expect("it reads").path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let bytes = std::fs::read(&path).expect("it reads");
                files.push((path, bytes));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn pushed_image_is_found_by_tag_and_whole() {
    let shop = Shop::new();
    let image = image("1.3.0");
    let pushed =
        shop.layout.push(&image, &[tag("v1.3.0"), tag("latest")]).expect("it can be pushed");
    assert_eq!(pushed.new_blobs, 6);
    assert_eq!(pushed.moved, [(tag("v1.3.0"), None), (tag("latest"), None)]);
    let layout = Layout::open(shop.layout.folder()).expect("it opens");
    let tags: Vec<String> =
        layout.tags().expect("it reads").into_iter().map(|it| it.tag.to_string()).collect();
    assert_eq!(tags, ["latest", "v1.3.0"]);
    assert_eq!(layout.resolve(&tag("v1.3.0")).expect("it reads").as_ref(), Some(image.digest()));
    assert_eq!(layout.resolve(&tag("v9")).expect("it reads"), None);
    assert!(layout.has(image.digest()));
    let platforms = layout.platforms(image.digest()).expect("it reads");
    let names: Vec<&str> = platforms.iter().map(|it| it.platform.as_str()).collect();
    assert_eq!(names, ["linux/amd64", "linux/arm64"]);
    assert_eq!(platforms[0].created.as_deref(), Some("2023-11-14T22:13:20Z"));
    let labels = layout.labels(image.digest()).expect("it reads");
    assert_eq!(labels[LABEL_VERSION], "1.3.0");
    assert_eq!(labels[LABEL_REVISION], "c0".repeat(20));
    assert_eq!(verify(layout.folder()), []);
}

#[test]
fn pushing_twice_is_pushing_once() {
    let shop = Shop::new();
    let image = image("1.3.0");
    shop.layout.push(&image, &[tag("v1.3.0")]).expect("it can be pushed");
    let before = bytes_below(shop.layout.folder());
    let again = shop.layout.push(&image, &[tag("v1.3.0")]).expect("it can be pushed");
    assert_eq!((again.new_blobs, again.moved.as_slice()), (0, &[][..]));
    assert_eq!(bytes_below(shop.layout.folder()), before);
}

#[test]
fn moved_tag_leaves_the_old_image_readable_by_digest() {
    let shop = Shop::new();
    let (old, new) = (image("1.3.0"), image("1.3.1"));
    shop.layout.push(&old, &[tag("latest")]).expect("it can be pushed");
    let pushed = shop.layout.push(&new, &[tag("latest"), tag("v1.3.1")]).expect("it can be pushed");
    assert_eq!(pushed.moved, [(tag("latest"), Some(old.digest().clone())), (tag("v1.3.1"), None)]);
    assert_eq!(shop.layout.resolve(&tag("latest")).expect("it reads").as_ref(), Some(new.digest()));
    assert_eq!(shop.layout.labels(old.digest()).expect("it reads")[LABEL_VERSION], "1.3.0");
    assert_eq!(verify(shop.layout.folder()), []);
    shop.layout.push(&old, &[tag("latest")]).expect("the tag can go back");
    assert_eq!(shop.layout.resolve(&tag("latest")).expect("it reads").as_ref(), Some(old.digest()));
    assert_eq!(verify(shop.layout.folder()), []);
}

#[test]
fn image_without_a_tag_is_there() {
    let shop = Shop::new();
    let image = image("1.3.0");
    shop.layout.push(&image, &[]).expect("it can be pushed");
    assert_eq!(shop.layout.tags().expect("it reads"), []);
    assert_eq!(verify(shop.layout.folder()), []);
    shop.layout.push(&image, &[tag("late")]).expect("it can be tagged later");
    assert_eq!(shop.layout.tags().expect("it reads").len(), 1);
    assert_eq!(verify(shop.layout.folder()), []);
}

#[test]
fn what_another_tool_wrote_into_the_index_stays() {
    let shop = Shop::new();
    let path = shop.layout.folder().join("index.json");
    std::fs::write(
        &path,
        r#"{"schemaVersion":2,"manifests":[],"annotations":{"made-by":"another tool"},"x-unknown":[1.50]}"#,
    )
    .expect("it can be written");
    shop.layout.push(&image("1"), &[tag("v1")]).expect("it can be pushed");
    let text = std::fs::read_to_string(&path).expect("it reads");
    assert!(text.contains(r#""annotations":{"made-by":"another tool"}"#), "{text}");
    assert!(text.contains(r#""x-unknown":[1.5]"#), "{text}");
}

#[test]
fn pushers_at_the_same_time_lose_no_tag() {
    let shop = Shop::new();
    std::thread::scope(|scope| {
        for n in 0..8 {
            let layout = shop.layout.clone();
            scope.spawn(move || {
                layout.push(&image(&format!("1.0.{n}")), &[tag(&format!("v1.0.{n}"))])
            });
        }
    });
    assert_eq!(shop.layout.tags().expect("it reads").len(), 8);
    assert_eq!(verify(shop.layout.folder()), []);
}

#[test]
fn creating_twice_is_opening() {
    let shop = Shop::new();
    shop.layout.push(&image("1"), &[tag("v1")]).expect("it can be pushed");
    let again = Layout::create(shop.layout.folder()).expect("it opens");
    assert_eq!(again.tags().expect("it reads").len(), 1);
}

#[test]
fn creation_that_was_stopped_half_way_is_finished() {
    let shop = Shop::new();
    std::fs::remove_file(shop.layout.folder().join("oci-layout")).expect("it is there");
    let layout = Layout::create(shop.layout.folder()).expect("it is finished");
    assert_eq!(layout.tags().expect("it reads"), []);
}

#[test]
fn a_folder_with_other_files_does_not_become_a_layout() {
    let shop = Shop::new();
    let folder = shop.path("home");
    std::fs::create_dir(&folder).expect("it can be made");
    std::fs::write(folder.join("letter.txt"), "dear").expect("it can be written");
    let error = Layout::create(&folder).expect_err("it is somebody's folder");
    assert_eq!(error.kind(), LayoutErrorKind::NotALayout);
    let message = format!(
        "{}: neither empty nor an OCI image layout: it holds `letter.txt`",
        folder.display()
    );
    assert_eq!(error.to_string(), message);
    assert_eq!(bytes_below(&folder).len(), 1);
}

#[test]
fn layouts_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Layout>();
    shared::<tidegate_registry::LayoutError>();
}
