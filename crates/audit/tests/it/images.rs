use tidegate_audit::{Code, Written, is_mutable, overridden};

use crate::fixture::{check, check_codes, healthy_but, objects, told};

fn with_image(image: &str) -> String {
    healthy_but(&[("image: web:v1.2.3\n", &format!("image: {image}\n"))])
}

#[test]
fn a_tag_that_is_moved_is_told_with_what_the_pull_policy_makes_of_it() {
    check(
        &with_image("ghcr.io/shop/web:latest"),
        &[
            "image-mutable-tag 13:16 the tag `latest` of the image of container `web` of Deployment `web` names no version, and is moved",
            "note: imagePullPolicy is Always: each start of a pod may run another image, and a rollback brings none back",
            "help: name a version, or put the digest behind the tag: `TAG@sha256:…`",
        ],
    );
    check(
        &with_image("web:main"),
        &[
            "image-mutable-tag 13:16 the tag `main` of the image of container `web` of Deployment `web` names no version, and is moved",
            "note: imagePullPolicy is IfNotPresent: a node keeps what it pulled first, so pods may run different images",
            "help: name a version, or put the digest behind the tag: `TAG@sha256:…`",
        ],
    );
    check(
        &with_image("localhost:5000/web"),
        &[
            "image-without-tag 13:16 `localhost:5000/web`, the image of container `web` of Deployment `web`, has no tag: `latest` is meant",
            "note: imagePullPolicy is Always: each start of a pod may run another image, and a rollback brings none back",
            "help: name a version, or put the digest behind the tag: `TAG@sha256:…`",
        ],
    );
    let never = with_image("web:dev\n        imagePullPolicy: Never");
    check(
        &never,
        &[
            "image-mutable-tag 13:16 the tag `dev` of the image of container `web` of Deployment `web` names no version, and is moved",
            "note: imagePullPolicy is Never: each node runs what somebody put there",
            "help: name a version, or put the digest behind the tag: `TAG@sha256:…`",
            "image-never-pulled 14:26 the image of container `web` of Deployment `web` is never pulled: a node that does not have it can't run the pod",
            "help: write IfNotPresent",
        ],
    );
}

#[test]
fn a_digest_is_fixed_and_need_not_be_asked_for() {
    let pinned = format!("web:latest@sha256:{}", "3f".repeat(32));
    check(&with_image(&pinned), &[]);
    check(
        &with_image(&format!("{pinned}\n        imagePullPolicy: Always")),
        &[
            "pull-always-pinned 14:26 the image of container `web` of Deployment `web` is fixed by its digest, and the registry is asked at every start all the same: without the registry no container starts again",
            "at 13:16 the digest",
            "help: write IfNotPresent, if a digest is always there",
        ],
    );
    check(&with_image("web:v1.2.3\n        imagePullPolicy: Always"), &[]);
}

#[test]
fn an_image_that_is_none_is_told_at_its_character() {
    check(&with_image("ko://example.com/shop/cmd/web"), &[]);
    check(
        &with_image("ghcr.io/shop/Web:v1"),
        &[
            "image-invalid 13:29 `ghcr.io/shop/Web:v1`, the image of container `web` of Deployment `web`, is no image reference: the name of an image is written in lower case",
            "help: write the name in lower case; only tags may have capitals",
        ],
    );
    check(
        &with_image("'web:v1.2.3+linux'"),
        &[
            "image-invalid 13:27 `web:v1.2.3+linux`, the image of container `web` of Deployment `web`, is no image reference: '+' can't stand here in an image tag",
            "help: a tag can't hold build metadata; leave out `+` and what follows, or write `-`",
        ],
    );
    check(
        &with_image("''"),
        &[
            "image-missing 13:16 container `web` of Deployment `web` has no image",
            "help: name an image",
        ],
    );
    check_codes(&healthy_but(&[("        image: web:v1.2.3\n", "")]), &[Code::ImageMissing]);
}

#[test]
fn init_containers_have_images_too() {
    let init = "      initContainers: [{name: first, image: busybox}]\n      containers:\n";
    check_codes(&healthy_but(&[("      containers:\n", init)]), &[Code::ImageWithoutTag]);
}

#[test]
fn versions_dates_and_commits_are_no_channels() {
    for tag in [
        "1",
        "v1",
        "1.27",
        "22.04",
        "2026-01-05",
        "sha-1f3e5d7",
        "abcdefa",
        "1.27-alpine",
        "nightly-20260105",
    ] {
        assert!(!is_mutable(tag), "{tag}");
    }
    for tag in
        ["latest", "LATEST", "main", "stable", "alpine", "edge", "v1-latest", "1.2-SNAPSHOT", "dev"]
    {
        assert!(is_mutable(tag), "{tag}");
    }
}

#[test]
fn a_mutable_tag_in_a_base_is_found_below_its_override() {
    let built = healthy_but(&[("web:v1.2.3", "web:v2.0.0")]);
    let texts = [with_image("web:latest"), built, with_image("web:main")];
    let (all, sources) = objects(&texts.join("---\n"));
    let pairs = |rendered| [Written { file: &all[0], rendered }];
    let found = overridden(&pairs(&all[2]));
    let told: Vec<String> = found.iter().flat_map(|it| told(it, &sources)).collect();
    assert_eq!(
        told,
        [
            "image-mutable-in-base 13:16 container `web` of Deployment `web` runs the tag `latest` wherever no overlay overrides it",
            "at 41:16 overridden here",
            "help: name a version in the base, too, or a word such as `placeholder`, which no registry has",
        ]
    );
    // What nothing overrides, or another tag that is moved, is no such finding, and each place is told once.
    assert_eq!(overridden(&pairs(&all[0])), []);
    assert_eq!(overridden(&pairs(&all[4])), []);
    // A word that only an overlay can replace is what a base should have.
    let texts = [with_image("web:placeholder"), with_image("web:v2.0.0")];
    let (bare, _) = objects(&texts.join("---\n"));
    assert_eq!(overridden(&[Written { file: &bare[0], rendered: &bare[2] }]), []);
    let twice = [Written { file: &all[0], rendered: &all[2] }; 2];
    assert_eq!(overridden(&twice).len(), 1);
}
