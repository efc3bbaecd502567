use tidegate_build_trigger::{Outcome, Push, RepositoryName};

use crate::place::{ON_MAIN, ON_TAG, Place, branch, tag};

const CONFIG: &str = "steps: [{name: alpine}]\n";

/// What a trigger makes of a push: `build`, `approval`, or why nothing starts.
#[track_caller]
fn check(trigger: &str, push: &Push, expected: &str) {
    let mut place = Place::new(trigger, CONFIG);
    let found = match place.outcome(push).expect("the trigger reads") {
        Outcome::Build(build) if build.needs_approval => "approval".to_owned(),
        Outcome::Build(_) => "build".to_owned(),
        Outcome::Nothing(reason) => reason.to_string(),
        Outcome::Refused(mistakes) => panic!("{mistakes:?}"),
    };
    assert_eq!(found, expected);
}

fn with_files(mut push: Push, files: &[&str]) -> Push {
    push.changed_files = Some(files.iter().map(|file| (*file).to_owned()).collect());
    push
}

#[test]
fn branch_and_tag_are_different_events() {
    check(ON_MAIN, &branch("main"), "build");
    check(ON_MAIN, &branch("main-2"), "the name does not match `^main$`");
    check(ON_MAIN, &tag("main"), "it starts on branches");
    check(ON_TAG, &tag("v1.2.3"), "build");
    check(ON_TAG, &branch("v1.2.3"), "it starts on tags");
    check(ON_TAG, &tag("release-1"), "the name does not match `^v[0-9]`");
}

#[test]
fn pattern_without_anchors_matches_anywhere() {
    let trigger =
        "name: t\ntriggerTemplate: {repoName: shop, branchName: main}\nfilename: cloudbuild.yaml\n";
    check(trigger, &branch("main"), "build");
    check(trigger, &branch("not-main-either"), "build");
    check(trigger, &branch("dev"), "the name does not match `main`");
}

#[test]
fn inverted_pattern_starts_on_the_others() {
    let trigger = "name: t\ngithub: {name: shop, push: {branch: '^main$', invertRegex: true}}\nfilename: cloudbuild.yaml\n";
    check(trigger, &branch("dev"), "build");
    check(trigger, &branch("main"), "the name matches `^main$`, and the pattern is inverted");
    let template =
        "name: t\ntriggerTemplate: {tagName: ^v, invertRegex: true}\nfilename: cloudbuild.yaml\n";
    check(template, &tag("x"), "build");
    check(template, &tag("v1"), "the name matches `^v`, and the pattern is inverted");
}

#[test]
fn other_kinds_of_events_do_not_start_on_a_push() {
    let trigger = |what: &str| format!("name: t\n{what}\nfilename: cloudbuild.yaml\n");
    let on = |what: &str, expected: &str| check(&trigger(what), &branch("main"), expected);
    on("github: {name: shop, pullRequest: {branch: ^main$}}", "it starts on pull requests");
    on("pubsubConfig: {topic: projects/p/topics/t}", "it starts on Pub/Sub messages");
    on("webhookConfig: {secret: projects/p/secrets/s/versions/1}", "it starts on a webhook");
    on(
        "sourceToBuild: {uri: https://git.example/shop, ref: refs/heads/main, repoType: GITHUB}",
        "it starts on a call by hand",
    );
    on("disabled: true\ngithub: {name: shop, push: {branch: .*}}", "it is disabled");
    on(
        "repositoryEventConfig: {repository: projects/p/locations/l/connections/c/repositories/r, push: {branch: .*}}",
        "build",
    );
}

#[test]
fn trigger_of_another_repository_does_not_start() {
    let push = |owner: Option<&str>, name: &str| {
        let mut push = branch("main");
        push.repository =
            Some(RepositoryName { owner: owner.map(str::to_owned), name: name.to_owned() });
        push
    };
    check(ON_MAIN, &push(Some("acme"), "shop"), "build");
    check(ON_MAIN, &push(None, "Shop"), "build");
    check(ON_MAIN, &push(Some("other"), "shop"), "it belongs to repository `acme/shop`");
    check(ON_MAIN, &push(None, "api"), "it belongs to repository `acme/shop`");
}

#[test]
fn files_decide_as_documented() {
    let filters = |text: &str| format!("{ON_MAIN}{text}");
    let backend = filters("includedFiles: ['backend/**', go.mod]\n");
    check(&backend, &with_files(branch("main"), &["backend/a/b.go", "README.md"]), "build");
    check(&backend, &with_files(branch("main"), &["go.mod"]), "build");
    let none = "no changed file is among `includedFiles`: backend/**, go.mod";
    check(&backend, &with_files(branch("main"), &["frontend/x.ts", "sub/go.mod"]), none);
    let docs = filters("ignoredFiles: ['**/*.md']\n");
    check(
        &docs,
        &with_files(branch("main"), &["README.md", "docs/a.md"]),
        "all changed files are among `ignoredFiles`",
    );
    check(&docs, &with_files(branch("main"), &["README.md", "main.go"]), "build");
    let both = filters("includedFiles: ['backend/**']\nignoredFiles: ['**/*.md']\n");
    check(
        &both,
        &with_files(branch("main"), &["backend/README.md", "x.go"]),
        "no changed file is among `includedFiles`: backend/**",
    );
    check(&both, &with_files(branch("main"), &["backend/main.go"]), "build");
}

#[test]
fn unknown_files_hold_nothing_back() {
    check(&format!("{ON_TAG}includedFiles: ['backend/**']\n"), &tag("v1"), "build");
    check(&format!("{ON_TAG}ignoredFiles: ['**']\n"), &tag("v1"), "build");
}

#[test]
fn message_can_ask_to_skip() {
    for message in ["Typo [skip ci]\n", "[ci skip] Typo\n"] {
        let mut push = branch("main");
        push.message = message.to_owned();
        check(ON_MAIN, &push, "the commit message asks to skip it");
    }
}

#[test]
fn approval_is_waited_for() {
    check(
        &format!("{ON_MAIN}approvalConfig: {{approvalRequired: true}}\n"),
        &branch("main"),
        "approval",
    );
    check(&format!("{ON_MAIN}approvalConfig: {{}}\n"), &branch("main"), "build");
}

#[test]
fn exported_trigger_is_read_with_all_its_fields() {
    let exported = "\
approvalConfig:
  approvalRequired: true
createTime: '2025-01-02T03:04:05.678901234Z'
description: Builds the shop
eventType: REPO
filename: cloudbuild.yaml
github:
  name: shop
  owner: acme
  push:
    branch: ^main$
id: 11111111-2222-3333-4444-555555555555
includeBuildLogs: INCLUDE_BUILD_LOGS_WITH_STATUS
name: shop-main
resourceName: projects/1/locations/global/triggers/11111111-2222-3333-4444-555555555555
serviceAccount: projects/shop/serviceAccounts/builder@shop.iam.gserviceaccount.com
substitutions:
  _TAG: latest
tags:
- shop
";
    check(exported, &branch("main"), "approval");
}

#[test]
fn several_documents_are_several_triggers() {
    let mut place = Place::new(&format!("{ON_MAIN}---\n{ON_TAG}---\n"), CONFIG);
    assert_eq!(place.trigger().expect("they read").len(), 2);
}
