use std::collections::BTreeMap;

use tidegate_image_update::{
    BRANCH_LIMIT, BranchSetting, DEFAULT_COMMIT_MESSAGE, FluxPolicy, GitSource, ImageChange,
    ImageEntry, ImageTag, Target, Template, WriteBackError, branch_name, checkout_branch,
    default_override_file, find_kustomization, flux_markers, has_document_start,
    merge_override_file, set_application_image, set_flux_markers, write_back_images,
    write_back_message, write_back_target,
};
use tidegate_tag_policy::ImageSpec;

#[track_caller]
fn check_entry(text: &str, fields: &[(&str, &str)]) {
    assert_eq!(ImageEntry::from_override(text).fields(), fields);
}

#[test]
fn an_override_becomes_an_entry_whether_or_not_it_is_a_reference() {
    check_entry("redis", &[("name", "redis")]);
    check_entry("docker.io/redis:7", &[("name", "docker.io/redis"), ("newTag", "7")]);
    check_entry(
        "x=localhost:5000/a/b:1",
        &[("name", "x"), ("newName", "localhost:5000/a/b"), ("newTag", "1")],
    );
    check_entry("q.io/a:t@short", &[("name", "q.io/a"), ("newTag", "t"), ("digest", "short")]);
    check_entry("a@short", &[("name", "a"), ("digest", "short")]);
}

fn change(image: &str, old: &str, new: &str) -> ImageChange {
    ImageChange {
        image: ImageSpec::parse(image),
        old: ImageTag::named(old),
        new: ImageTag::named(new),
        labels: BTreeMap::new(),
    }
}

#[test]
fn branch_names_are_filled_and_cut_between_characters() {
    let changes = [change("w=q.io/a/web", "1", "2")];
    let name = branch_name(
        "{{.AppNamespace}}/{{.AppName}}/{{.TargetKey}}{{range .Images}}-{{.Alias}}{{.OldTag}}{{end}}",
        "ns",
        "app",
        "k",
        &changes,
    );
    assert_eq!(name.as_deref(), Ok("ns/app/k-w1"));
    let hash = branch_name("{{.SHA256}}", "", "", "", &changes).unwrap();
    // The hash of `a/web-1-2,`, as sha256sum prints it.
    assert_eq!(hash.len(), 64);
    assert_ne!(hash, branch_name("{{.SHA256}}", "", "", "", &[]).unwrap());
    let long = branch_name(&format!("x{}", "é".repeat(200)), "", "", "", &[]).unwrap();
    assert_eq!(long.len(), BRANCH_LIMIT);
    let odd = branch_name(&"é".repeat(200), "", "", "", &[]).unwrap();
    assert_eq!(odd.len(), BRANCH_LIMIT - 1);
    assert!(branch_name("{{.Gone}}", "", "", "", &[]).is_err());
}

#[test]
fn the_hash_of_no_change_is_that_of_the_empty_text() {
    let hash = branch_name("{{.SHA256}}", "", "", "", &[]).unwrap();
    assert_eq!(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn a_message_that_cannot_be_filled_falls_back() {
    let template = Template::parse("{{.Nope}}").unwrap();
    assert_eq!(write_back_message(&template, "shop", &[]), "build: update of application shop");
    let template = Template::parse(DEFAULT_COMMIT_MESSAGE).unwrap();
    let mut change = change("q.io/a/web", "1", "2");
    change.new.digest = "sha256:aa".to_owned();
    assert_eq!(
        write_back_message(&template, "shop", &[change]),
        "build: automatic update of shop\n\nupdates image a/web tag '1' to 'sha256:aa'\n"
    );
}

#[test]
fn branch_settings_split_at_one_colon() {
    let read = |text: &str| BranchSetting::parse(text).map(|it| (it.checkout, it.push));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(read("main"), Ok((some("main"), None)));
    assert_eq!(read("main:"), Ok((some("main"), None)));
    assert_eq!(read(" :next "), Ok((None, some("next"))));
    assert_eq!(read(""), Ok((None, None)));
    assert_eq!(read("a:b:").unwrap_err().to_string(), "invalid format for git-branch: a:b:");
}

#[test]
fn one_source_is_taken_whatever_the_repository() {
    let source = |repository: &str, revision: &str, kustomize| GitSource {
        repository: repository.to_owned(),
        target_revision: revision.to_owned(),
        helm: false,
        kustomize,
    };
    let one = [source("https://a", "v1", false)];
    assert_eq!(checkout_branch(&one, Some("https://b")), Some("v1"));
    let two = [source("https://a", "v1", false), source("https://b", "v2", true)];
    assert_eq!(checkout_branch(&two, None), Some("v2"));
    assert_eq!(checkout_branch(&two, Some("https://a")), Some("v1"));
    assert_eq!(checkout_branch(&[], None), None);
}

#[test]
fn targets_are_paths_of_the_repository() {
    let target = |setting| write_back_target(setting, "./apps//shop/", "shop", "team", "argocd");
    let file = |path: &str| Ok(Target::File { path: path.to_owned() });
    let folder = |directory: &str| Ok(Target::Kustomization { directory: directory.to_owned() });
    assert_eq!(target(None), file("apps/shop/.argocd-source-team_shop.yaml"));
    assert_eq!(target(Some("kustomization:/base")), folder("base"));
    assert_eq!(target(Some("kustomization:../../..")), folder(".."));
    assert_eq!(target(Some("helmvalues:values/prod.yaml")), file("apps/shop/values/prod.yaml"));
    assert_eq!(target(Some("images.yaml")), file("images.yaml"));
    let error = target(Some("apps/kustomization.yml")).unwrap_err();
    assert!(error.to_string().contains("looks like a standard kustomization file"), "{error}");
    assert_eq!(default_override_file("", "shop", "x", "default"), ".argocd-source-shop.yaml");
    assert_eq!(find_kustomization(".", &["Kustomization"]).as_deref(), Ok("Kustomization"));
    let error = find_kustomization("apps", &["deploy.yaml"]).unwrap_err();
    assert_eq!(error.to_string(), "could not find kustomization in apps");
}

#[test]
fn override_lists_keep_their_order() {
    let list = |items: &[&str]| items.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    // An entry without a tag is replaced; a new one without a tag replaces none.
    assert_eq!(merge_override_file(&list(&["a", "b:1"]), &list(&["a:2", "b"])), ["a:2", "b:1"]);
    assert_eq!(merge_override_file(&list(&["q.io/a:1"]), &list(&["a:2"])), ["q.io/a:1", "a:2"]);
    let after = set_application_image(&list(&["x=q.io/a:1", "y=q.io/a:1"]), "q.io/a:2", Some("y"));
    assert_eq!(after, ["x=q.io/a:1", "y=q.io/a:2"]);
}

#[track_caller]
fn check_file(before: &str, overrides: &[&str], after: Option<&str>) {
    let entries: Vec<ImageEntry> =
        overrides.iter().map(|it| ImageEntry::from_override(it)).collect();
    assert_eq!(write_back_images(Some(before), &entries).expect("an edit").as_deref(), after);
}

#[test]
fn an_entry_is_replaced_whole_and_its_neighbours_stay() {
    check_file(
        "images:\n# one\n- digest: sha256:aa # two\n  newName: q.io/x\n  name: web\n\n- name: api\n  newTag: '1'\n",
        &["web:2"],
        Some("images:\n# one\n- name: web\n  newTag: \"2\"\n\n- name: api\n  newTag: '1'\n"),
    );
    check_file("images:\n- name: web\n  newTag: v1\n", &["web:v1"], None);
}

#[test]
fn a_missing_list_is_made() {
    check_file(
        "resources:\n- a\n",
        &["web:v1"],
        Some("resources:\n- a\nimages:\n- name: web\n  newTag: v1\n"),
    );
    check_file(
        "# none\n{} # yet\n",
        &["web:1"],
        Some("# none\nimages:\n- name: web\n  newTag: \"1\" # yet\n"),
    );
    check_file("images: []\n", &["web:v1"], Some("images:\n- name: web\n  newTag: v1\n"));
}

#[test]
fn what_is_no_single_document_is_refused() {
    let entry = [ImageEntry::from_override("web:2")];
    let error = |text: Option<&str>| write_back_images(text, &entry).unwrap_err();
    assert_eq!(error(None), WriteBackError::Missing);
    assert_eq!(error(Some("a: b\n---\nc: d\n")), WriteBackError::Documents);
    assert_eq!(error(Some("")), WriteBackError::Documents);
    assert!(matches!(error(Some("# note\nimages: {")), WriteBackError::Yaml { .. }));
    assert!(matches!(error(Some("- a\n")), WriteBackError::NotEditable { .. }));
}

#[test]
fn a_document_start_stands_behind_comments_and_directives_alone() {
    assert!(has_document_start("---"));
    assert!(has_document_start("%YAML 1.2\n\n# a\n---\t# b\n"));
    assert!(!has_document_start("----\n"));
    assert!(!has_document_start(""));
}

fn policy(latest: &str) -> [FluxPolicy; 1] {
    [FluxPolicy { namespace: "ns".to_owned(), name: "web".to_owned(), latest: latest.to_owned() }]
}

#[test]
fn flux_markers_are_comments_that_are_json_and_nothing_else() {
    let text = "\
a: x # {\"$imagepolicy\": \"ns:web\"}
b: x # see {\"$imagepolicy\": \"ns:web\"}
c: x # {\"$imagepolicy\": \"ns:web\"} too
d: x ## {\"other\": \"y\", \"$imagepolicy\": \"ns:web:tag\"}
e: # {\"$imagepolicy\": \"ns:web\"}
  f: |
    x # {\"$imagepolicy\": \"ns:web\"}
g: [x, y] # {\"$imagepolicy\": \"ns:web\"}
h:
- x # {\"$imagepolicy\": \"ns:web:name\"}
i: x # {\"$imagepolicy\": 3}
";
    let found: Vec<(String, usize)> = flux_markers(text)
        .into_iter()
        .map(|it| (it.setter, text[..it.value.start as usize].matches('\n').count() + 1))
        .collect();
    let expected = [("ns:web", 1), ("ns:web:tag", 4), ("ns:web:name", 10)];
    assert_eq!(found, expected.map(|(setter, line)| (setter.to_owned(), line)));
}

#[test]
fn flux_sets_parts_and_keeps_quotes() {
    let text = "a: 'x' # {\"$imagepolicy\": \"ns:web:tag\"}\nb: x # {\"$imagepolicy\": \"ns:web:digest\"}\nc: x # {\"$imagepolicy\": \"ns:web:nope\"}\n";
    let result = set_flux_markers(text, &policy("q.io:5000/web:1.10@sha256:aa"));
    assert_eq!(result.text.unwrap(), text.replace("'x'", "'1.10'").replace("b: x", "b: sha256:aa"));
    assert_eq!(result.changes.len(), 2);
    let untouched = set_flux_markers("a: x # {\"$imagepolicy\": \"ns:web:tag\"}\n", &[]);
    assert_eq!((untouched.text, untouched.changes.len()), (None, 0));
}
