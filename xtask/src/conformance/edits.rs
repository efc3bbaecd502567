//! `cargo xtask conformance edits FOLDER…`: the laws of edits, on every YAML text below folders.
//!
//! Texts are files `*.yaml` and `*.yml`, and the sections of files `*.txtar`. On each, edits of a kustomization are
//! made; one that is not refused must read as asked, be the same when done twice, and commute with one of another entry.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use tidegate_kustomize::edit::{
    Change, EditError, Edited, ImageEdit, add_resource, set_image, set_namespace, set_replicas,
};
use tidegate_yaml::{Node, Stream};

#[derive(Default)]
struct Count {
    texts: u32,
    edits: u32,
    refused: BTreeMap<String, u32>,
    broken: Vec<String>,
}

pub(super) fn run(folders: &[&str]) -> anyhow::Result<ExitCode> {
    let mut count = Count::default();
    for folder in folders {
        search(Path::new(folder), &mut count)?;
    }
    anyhow::ensure!(count.texts > 0, "no YAML text below {}", folders.join(" "));
    println!("{} texts, {} edits", count.texts, count.edits);
    for (kind, n) in &count.refused {
        println!("  refused, {kind}: {n}");
    }
    for broken in &count.broken {
        println!("  broken: {broken}");
    }
    println!("{} broken", count.broken.len());
    Ok(if count.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn search(folder: &Path, count: &mut Count) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths = entries.map(|it| Ok(it?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            search(&path, count)?;
            continue;
        }
        let Some(extension) = path.extension().and_then(|it| it.to_str()) else { continue };
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        match extension {
            "yaml" | "yml" => laws(&path.display().to_string(), &text, count),
            "txtar" => {
                for section in text.split("\n-- ").skip(1) {
                    let Some((name, text)) = section.split_once(" --\n") else { continue };
                    laws(&format!("{}: {name}", path.display()), &format!("{text}\n"), count);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Gives the kind of an object another name.
fn as_kustomization(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix("kind:") {
        Some(rest) => format!("what:{rest}"),
        None => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Makes the edits on a text, on the same with DOS line ends, and on the same with a byte-order mark.
fn laws(name: &str, text: &str, count: &mut Count) {
    // Objects are edited as if they were kustomizations: the laws hold for any text.
    let text = &as_kustomization(text);
    let Ok(stream) = Stream::parse(text) else { return };
    let names: Vec<String> = stream
        .root()
        .and_then(|it| it.get("images"))
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|it| Some(it.get("name")?.as_str().into_owned()))
        .collect();
    count.texts += 1;
    let forms = [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")];
    for form in &forms {
        for image in names.iter().map(String::as_str).chain(["a-new-image", "zz-new-image"]) {
            let edit = ImageEdit {
                new_tag: Change::Set("1.10".into()),
                digest: Change::Set("sha256:00".into()),
                ..ImageEdit::new(image)
            };
            check(
                name,
                form,
                count,
                |text| set_image(text, &edit),
                |text| {
                    let stream = Stream::parse(text).ok()?;
                    let images = field(stream.root()?, "images")?;
                    let entry = images
                        .items()
                        .find(|it| it.get("name").is_some_and(|it| it.as_str() == image))?;
                    Some(entry.get("newTag")?.as_str() == "1.10")
                },
            );
            let other =
                ImageEdit { new_tag: Change::Set("2".into()), ..ImageEdit::new("m-new-image") };
            let both = |first: &ImageEdit, second: &ImageEdit| {
                set_image(&set_image(form, first)?.text, second).map(|it| it.text)
            };
            if let (Ok(one), Ok(two)) = (both(&edit, &other), both(&other, &edit))
                && one != two
            {
                count.broken.push(format!("{name}: edits of `{image}` and another do not commute"));
            }
        }
        let value = |text: &str, path: &str, wanted: &str| {
            let stream = Stream::parse(text).ok()?;
            Some(field(stream.root()?, path)?.as_str() == wanted)
        };
        check(name, form, count, |it| set_namespace(it, "on"), |it| value(it, "namespace", "on"));
        check(
            name,
            form,
            count,
            |it| add_resource(it, "new.yaml"),
            |it| {
                let stream = Stream::parse(it).ok()?;
                Some(
                    field(stream.root()?, "resources")?.items().any(|it| it.as_str() == "new.yaml"),
                )
            },
        );
        check(
            name,
            form,
            count,
            |it| set_replicas(it, "new", 3),
            |it| {
                let stream = Stream::parse(it).ok()?;
                Some(
                    stream
                        .root()?
                        .get("replicas")?
                        .items()
                        .any(|it| it.get("count").is_some_and(|it| it.as_str() == "3")),
                )
            },
        );
    }
}

fn check(
    name: &str,
    text: &str,
    count: &mut Count,
    edit: impl Fn(&str) -> Result<Edited, EditError>,
    holds: impl Fn(&str) -> Option<bool>,
) {
    let once = match edit(text) {
        Ok(edited) => edited,
        Err(error) => {
            *count.refused.entry(format!("{:?}", error.kind())).or_default() += 1;
            return;
        }
    };
    count.edits += 1;
    let mut broken = |law: &str| count.broken.push(format!("{name}: {law}"));
    if holds(&once.text) != Some(true) {
        broken("the text does not read as asked");
    }
    match edit(&once.text) {
        Ok(twice) if twice.text == once.text => {}
        _ => broken("done twice is not done once"),
    }
    if let Some(changed) = once.changed {
        let (start, end) = (changed.start as usize, changed.end as usize);
        if !once.text.starts_with(&text[..start]) || !once.text.ends_with(&text[end..]) {
            broken("bytes outside the edit are different");
        }
    }
}

/// Finds a field in any case, as Kustomize does.
fn field<'s>(root: Node<'s>, name: &str) -> Option<Node<'s>> {
    root.entries().find(|(key, _)| key.as_str().eq_ignore_ascii_case(name)).map(|it| it.1)
}
