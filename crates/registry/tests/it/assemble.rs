use proptest::prelude::*;
use tidegate_registry::{Contents, File, Image, LayoutErrorKind, digest_of, settings_hash};

use crate::shop::{contents, image, recipe};

#[test]
fn same_recipe_gives_the_same_digest() {
    assert_eq!(image("1.3.0"), image("1.3.0"));
    assert_ne!(image("1.3.0").digest(), image("1.3.1").digest());
}

/// A change of this digest means that every image built before gets a new one.
#[test]
fn digest_of_a_known_recipe_is_pinned() {
    let digest = image("1.3.0").digest().to_string();
    assert_eq!(digest, "sha256:28f769ccc621610cbba83075d42650580e2003d484f267a5e4227dcd9b3db9dc");
}

#[test]
fn order_of_insertion_does_not_matter() {
    let files = ["b/c", "a", "b.txt", "b/a"];
    let build = |order: &[&str]| {
        let mut contents = Contents::new();
        for path in order {
            let file = File::Plain { bytes: path.as_bytes().to_vec(), executable: false };
            contents.insert(path, file).expect("the path is plain");
        }
        Image::assemble(&recipe(&contents, "1")).expect("the recipe is sound").digest().clone()
    };
    let mut reversed = files;
    reversed.reverse();
    assert_eq!(build(&files), build(&reversed));
}

#[test]
fn one_platform_gives_a_manifest_and_no_index() {
    let contents = contents();
    let mut recipe = recipe(&contents, "1.3.0");
    recipe.platforms = &["linux/arm64"];
    let image = Image::assemble(&recipe).expect("the recipe is sound");
    let shop = crate::shop::Shop::new();
    shop.layout.push(&image, &[crate::shop::tag("one")]).expect("it can be pushed");
    let platforms = shop.layout.platforms(image.digest()).expect("it reads");
    assert_eq!(platforms.len(), 1);
    assert_eq!(
        (&platforms[0].manifest, platforms[0].platform.as_str()),
        (image.digest(), "linux/arm64")
    );
}

#[track_caller]
fn refused(change: impl FnOnce(&mut tidegate_registry::Recipe<'_>), message: &str) {
    let contents = contents();
    let mut recipe = recipe(&contents, "1.3.0");
    change(&mut recipe);
    let error = Image::assemble(&recipe).expect_err("the recipe is not sound");
    assert_eq!((error.kind(), error.to_string().as_str()), (LayoutErrorKind::Unpackable, message));
}

#[test]
fn unsound_recipes_are_refused() {
    refused(|it| it.platforms = &[], "/app: an image needs at least one platform");
    refused(|it| it.platforms = &["linux"], "/app: platform `linux` is not `os/architecture`");
    refused(
        |it| it.platforms = &["linux/arm/v7"],
        "/app: platform `linux/arm/v7` is not `os/architecture`",
    );
    refused(
        |it| it.platforms = &["linux/amd64", "linux/amd64"],
        "/app: platform `linux/amd64` is named twice",
    );
    refused(
        |it| it.created = i64::MAX,
        "/app: 9223372036854775807 is no date in seconds since 1970",
    );
}

#[track_caller]
fn not_packed(path: &str, message: &str) {
    let mut contents = contents();
    let before = contents.clone();
    let error =
        contents.insert(path, File::Link("x".to_owned())).expect_err("the path cannot be packed");
    assert_eq!(error.to_string(), message);
    assert_eq!(contents, before);
}

#[test]
fn paths_that_leave_the_image_are_refused() {
    for path in ["", "/etc/passwd", "../x", "a/../b", "a//b", "./a", "a/"] {
        not_packed(path, &format!("{path}: a path in an image is relative, without `.` and `..`"));
    }
    not_packed("VERSION/x", "VERSION/x: a path is a file or a folder, not both");
    not_packed("bin", "bin: a path is a file or a folder, not both");
}

#[test]
fn folder_on_disk_and_contents_in_memory_agree() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(path("bin")).expect("it can be made");
    std::fs::create_dir_all(path("ü")).expect("it can be made");
    std::fs::create_dir_all(path(".git")).expect("it can be made");
    std::fs::write(path(".git/HEAD"), "ref: refs/heads/main\n").expect("it can be written");
    std::fs::write(path("bin/server"), "#!/bin/sh\nexec true\n").expect("it can be written");
    std::fs::write(path("VERSION"), "1.3.0\n").expect("it can be written");
    std::fs::write(path("ü/ß.txt"), "").expect("it can be written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        std::fs::set_permissions(path("bin/server"), std::fs::Permissions::from_mode(0o700))
            .expect("it is ours");
        symlink("bin/server", path("current")).expect("it can be linked");
        assert_eq!(Contents::from_folder(folder.path()).expect("it reads"), contents());
    }
    let socket = path("socket");
    drop(std::os::unix::net::UnixListener::bind(&socket).expect("a socket can be made"));
    let error = Contents::from_folder(folder.path()).expect_err("a socket cannot be packed");
    assert_eq!(
        error.to_string(),
        format!("{}: only files, folders and links can be packed", socket.display())
    );
}

#[test]
fn long_paths_are_packed() {
    let mut contents = Contents::new();
    let long = format!("{}/{}", "d".repeat(150), "f".repeat(150));
    let file = File::Plain { bytes: b"x".to_vec(), executable: false };
    contents.insert(&long, file).expect("the path is plain");
    assert!(Image::assemble(&recipe(&contents, "1")).is_ok());
}

#[test]
fn digest_of_nothing_is_the_known_one() {
    let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(digest_of(b"").as_str(), empty);
}

#[test]
fn settings_that_run_into_each_other_stay_apart() {
    assert_ne!(settings_hash([("A", "1B=2")]), settings_hash([("A", "1"), ("B", "2")]));
    assert_ne!(settings_hash([("A1", "")]), settings_hash([("A", "1")]));
}

proptest! {
    #[test]
    fn any_files_make_a_whole_image(files in proptest::collection::btree_map("[a-zé. -]{1,12}(/[a-z_]{1,9}){0,3}", any::<(Vec<u8>, bool)>(), 0..6)) {
        let mut contents = Contents::new();
        for (path, (bytes, executable)) in files {
            // Paths that contradict each other are refused, which leaves the others.
            drop(contents.insert(&path, File::Plain { bytes, executable }));
        }
        let shop = crate::shop::Shop::new();
        let image = Image::assemble(&recipe(&contents, "1")).expect("the recipe is sound");
        shop.layout.push(&image, &[crate::shop::tag("v1")]).expect("it can be pushed");
        prop_assert_eq!(tidegate_registry::verify(shop.layout.folder()), []);
    }
}
