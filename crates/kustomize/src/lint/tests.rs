use super::*;
use crate::files::Memory;

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: a, image: 'web:1'}\n  - {name: b, image: 'ghcr.io/x:1'}\n";

fn run(kustomization: &str, others: &[(&str, &str)]) -> Lint {
    let mut files =
        Memory::from_iter([("o/kustomization.yaml", kustomization), ("o/pod.yaml", POD)]);
    for (path, text) in others {
        files.insert(path, *text);
    }
    lint(&files, "o", &Options::default()).expect("it builds")
}

#[track_caller]
fn finds(kustomization: &str, expected: &[(&str, &str)]) {
    let lint = run(&format!("resources: [pod.yaml]\n{kustomization}"), &[]);
    let found: Vec<_> = lint.findings.iter().map(|it| (&*it.code, &*it.message)).collect();
    assert_eq!(found, expected);
}

#[test]
fn entries_for_no_image_are_found() {
    finds(
        "images: [{name: wep, newTag: x}]\n",
        &[("image-unused", "the `images` entry `wep` is for no image")],
    );
    finds("images: [{name: web, newTag: x}]\n", &[]);
}

#[test]
fn entries_that_others_make_vain_are_found() {
    finds(
        "images: [{name: web, newName: site}, {name: 'web:1', newTag: x}]\n",
        &[("image-shadowed", "the `images` entry `web:1` is never reached")],
    );
    finds(
        "images: [{name: web, newTag: x}, {name: web, newTag: z}]\n",
        &[("image-duplicate", "two `images` entries have the name `web`")],
    );
    finds(
        "images: [{name: web, newName: site}, {name: site, newTag: z}]\n",
        &[("image-ambiguous", "two `images` entries are for the image `web:1`")],
    );
}

#[test]
fn names_that_are_patterns_are_found() {
    finds(
        "images: [{name: 'w.b', newTag: x}]\n",
        &[("image-pattern", "the name `w.b` is read as a pattern, and so is for `web:1` too")],
    );
    finds(
        "images: [{name: 'web(', newTag: x}]\n",
        &[("image-pattern", "the name `web(` is no regular expression, so it is for no image")],
    );
    finds("images: [{name: ghcr.io/x, newTag: x}]\n", &[]);
}

#[test]
fn patches_for_no_object_are_found() {
    let operations = "- {op: add, path: /a, value: 1}";
    finds(
        &format!("patches: [{{target: {{kind: Job}}, patch: '{operations}'}}]\n"),
        &[("patch-unused", "the patch is for no object")],
    );
    finds(&format!("patches: [{{target: {{kind: Pod}}, patch: '{operations}'}}]\n"), &[]);
    let merge = "{apiVersion: v1, kind: Job, metadata: {name: z}, a: 1}";
    finds(
        &format!("patches: [{{target: {{kind: Job}}, patch: '{merge}'}}]\n"),
        &[("patch-unused", "the patch is for no object")],
    );
}

#[test]
fn a_component_by_itself_is_not_in_vain() {
    let vain = "resources: [pod.yaml]\nimages: [{name: wep, newTag: x}]\npatches:\n- {target: {kind: Job}, patch: '- {op: remove, path: /spec}'}\n";
    let codes =
        |lint: &Lint| lint.findings.iter().map(|it| it.code.to_string()).collect::<Vec<_>>();
    assert_eq!(codes(&run(vain, &[])), ["patch-unused", "image-unused"]);
    let component =
        format!("apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n{vain}");
    assert_eq!(codes(&run(&component, &[])), [""; 0]);
    // Where it is included there is nothing else to wait for.
    let included = run(
        "resources: [pod.yaml]\ncomponents: [../c]\n",
        &[("c/kustomization.yaml", &component.replace("resources: [pod.yaml]\n", ""))],
    );
    assert_eq!(codes(&included), ["patch-unused", "image-unused"]);
}

#[test]
fn files_that_nothing_reads_are_found() {
    let lint = run(
        "resources: [pod.yaml]\n",
        &[
            ("o/old.yaml", "a: 1"),
            ("o/sub/x.yml", ""),
            ("o/sub2/kustomization.yaml", ""),
            ("o/notes.md", ""),
        ],
    );
    let found: Vec<_> = lint.findings.iter().map(|it| &*it.message).collect();
    assert_eq!(found, ["the file `old.yaml` is not used", "the file `sub/x.yml` is not used"]);
}

#[track_caller]
fn fixes(before: &str, after: Option<&str>) {
    let base = [
        ("base/kustomization.yaml", "resources: [pod.yaml]\nnamePrefix: b-\n"),
        ("base/pod.yaml", POD),
    ];
    let merge = ("o/merge.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {x: 1}\n");
    let lint = run(before, &[base[0], base[1], merge]);
    assert_eq!(lint.fix.as_ref().map(|it| it.text.as_str()), after);
    if let Some(fix) = lint.fix {
        assert_eq!(fix.path, "o/kustomization.yaml");
    }
}

#[test]
fn deprecated_fields_are_rewritten() {
    fixes("bases: # here\n- ../base\n", Some("resources: # here\n- ../base\n"));
    fixes(
        "resources:\n- pod.yaml\nbases:\n- ../base\n",
        Some("resources:\n- pod.yaml\n- ../base\n"),
    );
    fixes(
        "resources: [pod.yaml]\nimageTags:\n- name: web\n  newTag: v\n",
        Some("resources: [pod.yaml]\nimages:\n- name: web\n  newTag: v\n"),
    );
    fixes(
        "resources: [pod.yaml]\npatchesStrategicMerge:\n- merge.yaml\n",
        Some("resources: [pod.yaml]\npatches:\n- path: merge.yaml\n"),
    );
    fixes(
        "resources: [pod.yaml]\ncommonLabels:\n  app: x\n",
        Some("resources: [pod.yaml]\nlabels:\n- includeSelectors: true\n  pairs:\n    app: x\n"),
    );
    fixes("resources: [pod.yaml]\n", None);
}

#[test]
fn what_would_change_the_build_or_lose_a_comment_is_left() {
    fixes("resources: [pod.yaml]\nbases:\n# why\n- ../base\n", None);
    // A patch by JSON 6902 sees the prefix of this kustomization, one of `patches` does not.
    let named = "resources: [pod.yaml]\nnamePrefix: q-\npatchesJson6902:\n- target: {version: v1, kind: Pod, name: p}\n  patch: '- {op: test, path: /metadata/name, value: q-p}'\n";
    fixes(named, None);
}
