use std::path::PathBuf;

use tidegate_image_ref::Tag;
use tidegate_registry::{Contents, File, Image, LABEL_REVISION, LABEL_VERSION, Layout, Recipe};

/// A layout in a temporary folder.
pub(crate) struct Shop {
    folder: tempfile::TempDir,
    pub(crate) layout: Layout,
}

impl Shop {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let layout = Layout::create(&folder.path().join("backend"))
            .expect("an empty folder becomes a layout");
        Self { folder, layout }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

pub(crate) fn contents() -> Contents {
    let mut contents = Contents::new();
    let files = [
        ("bin/server", "#!/bin/sh\nexec true\n", true),
        ("VERSION", "1.3.0\n", false),
        ("ü/ß.txt", "", false),
    ];
    for (path, text, executable) in files {
        let file = File::Plain { bytes: text.into(), executable };
        contents.insert(path, file).expect("the path is plain");
    }
    contents.insert("current", File::Link("bin/server".to_owned())).expect("the path is plain");
    contents
}

pub(crate) fn recipe<'r>(contents: &'r Contents, version: &str) -> Recipe<'r> {
    let label = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Recipe {
        contents,
        target: "/app",
        labels: [label(LABEL_VERSION, version), label(LABEL_REVISION, &"c0".repeat(20))].into(),
        env: vec!["PORT=8080".to_owned()],
        entrypoint: vec!["/app/bin/server".to_owned()],
        ports: vec!["8080/tcp".to_owned(), "9090/tcp".to_owned()],
        user: "65532".to_owned(),
        created: 1_700_000_000,
        platforms: &["linux/amd64", "linux/arm64"],
    }
}

pub(crate) fn image(version: &str) -> Image {
    Image::assemble(&recipe(&contents(), version)).expect("the recipe is sound")
}

pub(crate) fn tag(text: &str) -> Tag {
    text.parse().expect("the tag is valid")
}
