use tidegate_image_update::{
    Elsewhere, Outranks, OverlayImage, TellError, UpdaterConfig, find_elsewhere, ignore_tag,
};
use tidegate_source::Sources;

const IMAGE: OverlayImage<'static> =
    OverlayImage { folder: "k8s/prod/", entry: "web", repository: "ghcr.io/acme/web" };

fn found(files: &[(&str, &str)]) -> Vec<Elsewhere> {
    find_elsewhere(files, IMAGE)
}

/// File, line, code and message of each.
fn reported(files: &[(&str, &str)]) -> Vec<String> {
    let mut sources = Sources::new();
    let ids: Vec<_> = files.iter().map(|(path, text)| sources.add(*path, *text)).collect();
    found(files)
        .iter()
        .map(|it| {
            let nth = files.iter().position(|(path, _)| *path == it.path).expect("a given file");
            let diagnostic = it.to_diagnostic(ids[nth]);
            let place = sources.place(diagnostic.labels[0].mark).expect("a place");
            assert!(!diagnostic.help.is_empty());
            format!("{place} {} {}", diagnostic.code, diagnostic.message)
        })
        .collect()
}

const APPLICATION: &str = "\
# who deploys
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
  annotations:
    argocd-image-updater.argoproj.io/image-list: api=ghcr.io/acme/api, w=ghcr.io/acme/web:~1
    argocd-image-updater.argoproj.io/w.ignore-tags: latest
spec:
  sources:
  - path: k8s/other
    kustomize: {images: [ghcr.io/acme/web:no]}
  - path: ./k8s/prod
    kustomize:
      images:
      - ghcr.io/acme/api:1
      - web=ghcr.io/acme/web:1
";

const IMAGE_UPDATER: &str = "\
apiVersion: argocd-image-updater.argoproj.io/v1alpha1
kind: ImageUpdater
metadata: {name: all}
spec:
  commonUpdateSettings:
    ignoreTags: [edge, nightly]
  applicationRefs:
  - namePattern: sh*
    images:
    - alias: w
      imageName: ghcr.io/acme/web:1.x
    - alias: api
      imageName: ghcr.io/acme/api
  - namePattern: other
    images:
    - alias: w
      imageName: ghcr.io/acme/web
";

#[test]
fn every_setting_that_outranks_the_line_is_named_with_file_and_line() {
    let source_file = "kustomize:\n  images:\n  - ghcr.io/acme/web:1.2\n  - other:1\n";
    let overlay = "images:\n- name: api\n  newTag: x # {\"$imagepolicy\": \"f:api:tag\"}\n- name: web\n  newTag: x # {\"$imagepolicy\": \"f:web:tag\"}\n";
    let files = [
        ("k8s/prod/.argocd-source-shop.yaml", source_file),
        ("k8s/dev/.argocd-source-shop.yaml", source_file),
        ("k8s/prod/kustomization.yaml", overlay),
        ("argocd/shop.yaml", APPLICATION),
        ("argocd/updater.yaml", IMAGE_UPDATER),
        ("README.md", "# no: yaml: at all\n"),
    ];
    assert_eq!(
        reported(&files),
        [
            "k8s/prod/.argocd-source-shop.yaml:3:5 image-overridden Argo CD merges this file over the overlay: ghcr.io/acme/web:1.2 outranks `images:`",
            "k8s/prod/kustomization.yaml:5:13 other-updater Flux sets this field from the policy f:web:tag",
            "argocd/shop.yaml:7:50 other-updater Argo CD Image Updater updates w=ghcr.io/acme/web:~1 for the Application shop",
            "argocd/shop.yaml:17:9 image-overridden the Application shop overrides the image: web=ghcr.io/acme/web:1 outranks `images:`",
            "argocd/updater.yaml:11:18 other-updater the ImageUpdater all updates ghcr.io/acme/web:1.x",
        ]
    );
}

#[test]
fn an_application_set_with_a_path_to_be_filled_in_may_be_the_overlay() {
    let set = "\
kind: ApplicationSet
metadata: {name: all}
spec:
  template:
    spec:
      source:
        path: 'k8s/{{env}}'
        kustomize: {images: ['ghcr.io/acme/web:1']}
";
    let found = found(&[("argocd/set.yaml", set)]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].outranks, Outranks::Application { name: "all".to_owned() });
}

#[test]
fn settings_of_other_images_and_folders_are_none_of_ours() {
    let other = APPLICATION.replace("acme/web", "acme/web2").replace("web=", "web2=");
    assert_eq!(reported(&[("a.yaml", &other)]), [""; 0]);
    let elsewhere = APPLICATION.replace("./k8s/prod", "k8s/prod2");
    assert_eq!(reported(&[("a.yaml", &elsewhere)]), [""; 0]);
}

fn annotations(alias: &str) -> UpdaterConfig {
    UpdaterConfig::Annotations { application: "shop".to_owned(), alias: alias.to_owned() }
}

#[track_caller]
fn told(text: &str, updater: &UpdaterConfig, expected: &str) {
    let tell = |text| ignore_tag(text, updater, "1.5.0").expect("an edit");
    let once = tell(text);
    assert_eq!(once, expected);
    assert_eq!(tell(&once), once, "telling twice is telling once");
}

#[test]
fn an_annotation_gets_the_tag_behind_the_others() {
    told(
        APPLICATION,
        &annotations("w"),
        &APPLICATION.replace("ignore-tags: latest", "ignore-tags: latest, 1.5.0"),
    );
}

#[test]
fn a_missing_annotation_is_added_and_put_in_quotes_where_it_must_be() {
    let tail = "w.ignore-tags: latest\n";
    told(
        APPLICATION,
        &annotations("api"),
        &APPLICATION.replace(
            tail,
            &format!("{tail}    argocd-image-updater.argoproj.io/api.ignore-tags: 1.5.0\n"),
        ),
    );
    let once = ignore_tag(APPLICATION, &annotations(""), "1.5").unwrap();
    assert!(once.contains("argoproj.io/ignore-tags: \"1.5\"\n"), "{once}");
}

#[test]
fn an_image_of_a_resource_keeps_the_tags_that_it_inherited() {
    let updater = UpdaterConfig::ImageUpdater {
        name: "all".to_owned(),
        image: "ghcr.io/acme/web:1.x".to_owned(),
    };
    let told = ignore_tag(IMAGE_UPDATER, &updater, "1.5.0").unwrap();
    let own = &told[told.find("imageName: ghcr.io/acme/web:1.x").unwrap()..];
    let own = &own[..own.find("- alias: api").unwrap()];
    let order: Vec<Option<usize>> =
        ["edge", "nightly", "1.5.0"].iter().map(|it| own.find(it)).collect();
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{own}");
    assert_eq!(ignore_tag(&told, &updater, "1.5.0").unwrap(), told);
    let more = ignore_tag(&told, &updater, "1.6.0").unwrap();
    assert_eq!(more.matches("1.6.0").count(), 1);
}

#[test]
fn what_cannot_be_told_says_why() {
    let error = |text: &str, updater: &UpdaterConfig| ignore_tag(text, updater, "1").unwrap_err();
    let gone = UpdaterConfig::Annotations { application: "gone".to_owned(), alias: String::new() };
    assert_eq!(error(APPLICATION, &gone).to_string(), "there is no Application gone in the file");
    let bare = "kind: Application\nmetadata: {name: shop}\n";
    assert_eq!(
        error(bare, &annotations("w")).to_string(),
        "there is no annotations on the Application in the file"
    );
    let flux = UpdaterConfig::FluxMarker { setter: "f:web".to_owned() };
    assert!(matches!(error("", &flux), TellError::NoList { .. }));
    assert!(matches!(error("a: [", &annotations("w")), TellError::Yaml { .. }));
}
