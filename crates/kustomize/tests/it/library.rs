//! The library: sessions, origins, places of files, options.

use std::collections::BTreeMap;

use tidegate_kustomize::{
    FileError, Files, Folder, LoadRestriction, Memory, Options, Order, Session, build,
};

const APP: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n";

fn overlays() -> Memory {
    Memory::from_iter([
        ("base/kustomization.yaml", "resources: [app.yaml]\n"),
        ("base/app.yaml", APP),
        ("dev/kustomization.yaml", "resources: [../base]\nnamePrefix: dev-\n"),
        ("prod/kustomization.yaml", "resources: [../base]\nnamespace: prod\n"),
    ])
}

#[test]
fn a_session_builds_what_single_builds_do() {
    let files = overlays();
    let mut session = Session::new(&files, Options::default());
    for overlay in ["dev", "prod", "base", "dev"] {
        let shared = session.build(overlay).expect("a build").to_yaml().expect("printable");
        let alone = build(&files, overlay, &Options::default()).expect("a build");
        assert_eq!(shared, alone.to_yaml().expect("printable"));
    }
}

#[test]
fn a_session_goes_on_behind_a_failure() {
    let mut files = overlays();
    files.insert("bad/kustomization.yaml", "resources: [../bass]\n");
    let mut session = Session::new(&files, Options::default());
    let failure = session.build("bad").expect_err("a mistake");
    assert_eq!(failure.to_string(), "there is no file or folder `../bass`");
    assert_eq!(failure.mistakes[0].help, ["there is a `../base`"]);
    assert!(session.build("dev").is_ok());
}

#[test]
fn fields_know_what_set_them() {
    let files = Memory::from_iter([
        (
            "kustomization.yaml",
            "resources: [app.yaml]\nnamePrefix: a-\nlabels:\n- pairs: {x.y/z: v}\npatches: [{path: p.yaml}]\nconfigMapGenerator:\n- name: m\n  files: [f.txt]\n",
        ),
        ("app.yaml", APP),
        (
            "p.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: NodePort\n",
        ),
        ("f.txt", "content\n"),
    ]);
    let built = build(&files, ".", &Options::default()).expect("a build");
    let origins: Vec<String> = built
        .origins()
        .into_iter()
        .map(|it| {
            let place = it.place.map(|place| place.to_string()).unwrap_or_default();
            format!("{} {} {place} {}", it.object, it.path, it.setter)
        })
        .collect();
    assert_eq!(
        origins,
        [
            "0 apiVersion kustomization.yaml:7:3 ConfigMapGenerator",
            "0 kind kustomization.yaml:7:3 ConfigMapGenerator",
            "0 metadata.name kustomization.yaml:2:13 PrefixTransformer",
            "0 metadata.labels[\"x.y/z\"] kustomization.yaml:4:18 LabelTransformer",
            "0 data[\"f.txt\"] f.txt:1:1 ConfigMapGenerator",
            "1 apiVersion app.yaml:1:13 resource",
            "1 kind app.yaml:2:7 resource",
            "1 metadata.name kustomization.yaml:2:13 PrefixTransformer",
            "1 metadata.labels[\"x.y/z\"] kustomization.yaml:4:18 LabelTransformer",
            "1 spec.type p.yaml:5:9 PatchTransformer",
        ]
    );
}

#[test]
fn objects_know_where_they_were_written() {
    let files = Memory::from_iter([
        ("kustomization.yaml", "resources: [two.yaml]\n"),
        ("two.yaml", &*format!("{APP}---\n{}", APP.replace("web", "api"))),
    ]);
    let options = Options { order: Order::AsLoaded, ..Options::default() };
    let built = build(&files, ".", &options).expect("a build");
    let places: Vec<String> = built
        .objects()
        .iter()
        .filter_map(|it| built.sources.place(it.mark).map(|place| place.to_string()))
        .collect();
    assert_eq!(places, ["two.yaml:1:1", "two.yaml:5:1"]);
}

#[test]
fn the_order_is_an_option() {
    let files = Memory::from_iter([
        ("kustomization.yaml", "resources: [a.yaml]\n"),
        ("a.yaml", &*format!("{APP}---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: n}}\n")),
    ]);
    let first = |order| {
        let options = Options { order, ..Options::default() };
        let built = build(&files, ".", &options).expect("a build");
        built.objects()[0].object.kind().to_owned()
    };
    assert_eq!(first(Order::Legacy), "Namespace");
    assert_eq!(first(Order::AsLoaded), "Service");
}

#[test]
fn the_load_restriction_is_an_option() {
    let files = Memory::from_iter([
        ("a/kustomization.yaml", "resources: [../b/app.yaml]\n"),
        ("b/app.yaml", APP),
    ]);
    assert!(build(&files, "a", &Options::default()).is_err());
    let options = Options { load_restriction: LoadRestriction::None, ..Options::default() };
    assert!(build(&files, "a", &options).is_ok());
}

#[test]
fn a_folder_follows_links_and_keeps_to_the_root() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for name in ["app", "out"] {
        std::fs::create_dir(path(name)).expect("a folder");
    }
    std::fs::write(path("app/real.yaml"), APP).expect("a file");
    std::fs::write(path("out/secret.yaml"), APP).expect("a file");
    std::os::unix::fs::symlink("real.yaml", path("app/inside.yaml")).expect("a link");
    std::os::unix::fs::symlink("../out/secret.yaml", path("app/outside.yaml")).expect("a link");
    let app = path("app");
    let build_with = |resource: &str| {
        let text = format!("resources: [{resource}]\n");
        std::fs::write(path("app/kustomization.yaml"), text).expect("a file");
        build(&Folder::new(), app.to_str().expect("UTF-8"), &Options::default())
    };
    assert!(build_with("inside.yaml").is_ok());
    let failure = build_with("outside.yaml").expect_err("a link out of the root");
    assert_eq!(failure.mistakes[0].code, "outside-root");
    let failure = build_with("../out/secret.yaml").expect_err("a path out of the root");
    assert_eq!(failure.mistakes[0].code, "outside-root");
}

#[test]
fn a_jail_holds_bases_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for name in ["jail", "jail/app", "base"] {
        std::fs::create_dir(path(name)).expect("a folder");
    }
    std::fs::write(path("base/kustomization.yaml"), "namePrefix: a-\n").expect("a file");
    std::fs::write(path("jail/app/kustomization.yaml"), "resources: [../../base]\n")
        .expect("a file");
    let app = path("jail/app");
    let app = app.to_str().expect("UTF-8");
    assert!(build(&Folder::new(), app, &Options::default()).is_ok());
    let jail = Folder::within(&path("jail")).expect("a folder");
    let failure = build(&jail, app, &Options::default()).expect_err("a base outside the jail");
    assert_eq!(failure.mistakes[0].code, "outside-root");
}

/// A tree at a commit: names to content, no links, no disk.
struct Tree(Vec<(&'static str, &'static str)>);

impl Files for Tree {
    fn folder(&self, path: &str) -> Result<String, FileError> {
        let below = format!("{path}/");
        let known = |(file, _): &(&str, &str)| path == "." || file.starts_with(&below);
        if self.0.iter().any(known) { Ok(path.to_owned()) } else { Err(FileError::NotFound) }
    }

    fn read(&self, path: &str, _within: Option<&str>) -> Result<Vec<u8>, FileError> {
        match self.0.iter().find(|(file, _)| *file == path) {
            Some((_, content)) => Ok(content.as_bytes().to_vec()),
            None if self.folder(path).is_ok() => Err(FileError::NotAFile),
            None => Err(FileError::NotFound),
        }
    }

    fn names(&self, _folder: &str) -> Vec<String> {
        Vec::new()
    }
}

#[test]
fn another_place_of_files_is_three_functions() {
    let tree = Tree(vec![
        ("k8s/base/app.yaml", APP),
        ("k8s/base/kustomization.yaml", "resources: [app.yaml]\n"),
        ("k8s/prod/kustomization.yaml", "resources: [../base]\nnameSuffix: -prod\n"),
    ]);
    let built = build(&tree, "k8s/prod", &Options::default()).expect("a build");
    assert_eq!(built.objects()[0].object.name(), "web-prod");
}

#[test]
fn a_long_list_may_hold_folders_and_every_object_knows_its_file() {
    let mut list = vec!["resources:".to_owned()];
    let mut files = vec![
        ("base/kustomization.yaml".to_owned(), "resources: [in-base.yaml]\n".to_owned()),
        ("base/in-base.yaml".to_owned(), service("in-base")),
    ];
    for nth in 0..70 {
        if nth == 3 {
            list.push("- ../base".to_owned());
        }
        list.push(format!("- app-{nth}.yaml"));
        files.push((format!("long/app-{nth}.yaml"), service(&format!("app-{nth}"))));
    }
    files.push(("long/kustomization.yaml".to_owned(), list.join("\n")));
    let built = build(&Memory::from_iter(files), "long", &Options::default()).expect("it builds");
    assert_eq!(built.objects().len(), 71);
    for built_one in built.objects() {
        let name = built_one.object.name();
        let folder = if name == "in-base" { "base" } else { "long" };
        let path = built.sources.path(built_one.mark.source).expect("read from a file");
        assert_eq!(path, format!("{folder}/{name}.yaml"));
    }
}

/// An overlay with patches and generators on a base of so many Deployments, each with a configuration of its own.
fn overlay_on(count: usize, patch: &str) -> Memory {
    let mut list = vec!["resources:".to_owned()];
    let mut files = Vec::new();
    for nth in 0..count {
        list.push(format!("- app-{nth}.yaml"));
        let text = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: app-{nth}}}\nspec: {{template: {{spec: {{\
             volumes: [{{name: v, configMap: {{name: set-{nth}}}}}]}}}}}}\n---\n\
             apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: set-{nth}}}\n"
        );
        files.push((format!("base/app-{nth}.yaml"), text));
    }
    files.push(("base/kustomization.yaml".to_owned(), list.join("\n")));
    let overlay = "resources: [../base]\nnamePrefix: prod-\ncommonLabels: {env: prod}\n\
         patches:\n- path: scale.yaml\n- path: operations.yaml\n  target: {kind: Deployment, name: app-1}\n\
         configMapGenerator:\n- name: made\n  files: [text=made.txt, made.bin]\n  envs: [made.env]\n";
    let scale =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app-0}\nspec: {replicas: 3}\n";
    let more = [
        ("prod/kustomization.yaml", overlay),
        ("prod/scale.yaml", if patch.is_empty() { scale } else { patch }),
        ("prod/operations.yaml", "- {op: add, path: /spec/paused, value: true}\n"),
        ("prod/made.txt", "one: {two\n"),
        ("prod/made.env", "A=1\n"),
    ];
    files.extend(more.map(|(path, text)| (path.to_owned(), text.to_owned())));
    let mut memory = Memory::from_iter(files);
    memory.insert("prod/made.bin", [0xFF, 0xFE]);
    memory
}

#[test]
fn a_large_base_is_built_as_a_small_one() {
    // So many that files are read, and names changed, by several threads; and so few that they are not.
    let [large, small] = [300, 2].map(|count| {
        let built = build(&overlay_on(count, ""), "prod", &Options::default()).expect("it builds");
        let names = built.objects().iter().map(|it| it.object.name().to_owned());
        let texts = built.to_yaml().expect("printable");
        names.zip(texts.split("---\n").map(str::to_owned)).collect::<BTreeMap<_, _>>()
    });
    assert_eq!((large.len(), small.len()), (601, 5));
    for (name, text) in &small {
        assert_eq!(large.get(name), Some(text), "{name}");
    }
    for nth in 0..300 {
        let deployment = &large[&format!("prod-app-{nth}")];
        assert!(deployment.contains(&format!("name: prod-set-{nth}\n")), "{deployment}");
    }
    let made = small.iter().find(|(name, _)| name.starts_with("prod-made-")).expect("generated").1;
    for part in ["made.bin: //4=\n", "one: {two\n", "A: \"1\"\n"] {
        assert!(made.contains(part), "{made}");
    }
}

#[test]
fn two_objects_of_one_name_are_found_behind_the_references_between_them() {
    let deployment =
        |name: &str| format!("apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\n");
    let files = Memory::from_iter([
        (
            "kustomization.yaml",
            "resources: [one.yaml, two.yaml, set.yaml]\nnamePrefix: prod-\npatches:\n\
             - target: {kind: Deployment, name: two}\n  patch: '[{\"op\": \"replace\", \"path\": \"/metadata/name\", \"value\": \"one\"}]'\n\
             - target: {kind: ConfigMap}\n  patch: '[{\"op\": \"replace\", \"path\": \"/metadata/name\", \"value\": \"other\"}]'\n",
        ),
        ("one.yaml", &deployment("one")),
        ("two.yaml", &deployment("two")),
        ("set.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: set}\n"),
    ]);
    let failure = build(&files, ".", &Options::default()).expect_err("two are the same");
    let codes: Vec<_> = failure.mistakes.iter().map(|it| it.code.clone()).collect();
    assert_eq!(codes, ["duplicate-id"]);
}

#[test]
fn a_mistake_beside_a_large_base_is_that_beside_a_small_one() {
    for patch in ["kind: [", "- op: test\n", "kind: Deployment\nmetadata: {name: nobody}\n"] {
        let [large, small] = [300, 2].map(|count| {
            let failure = build(&overlay_on(count, patch), "prod", &Options::default())
                .expect_err("it can't be built");
            let shown = failure.mistakes.iter().map(|mistake| {
                let place = mistake.labels.first().and_then(|it| failure.sources.place(it.mark));
                (mistake.code.clone(), mistake.message.to_string(), place.map(|it| it.to_string()))
            });
            shown.collect::<Vec<_>>()
        });
        assert_eq!(large, small);
        assert!(large.iter().all(|(.., place)| place.is_some()), "{large:?}");
    }
}

fn service(name: &str) -> String {
    format!("apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\n")
}
