//! Triggers that are refused: each kind of mistake, with the message as a user sees it.

use crate::place::{Place, branch};

/// A trigger that is refused, and what is said about it.
#[track_caller]
fn trigger(text: &str, expected: &str) {
    let found = Place::new(text, "steps: [{name: alpine}]\n").refusal(&branch("main"));
    assert_eq!(found, expected.trim(), "\n{found}");
}

#[test]
fn payload_binding_is_refused() {
    trigger(
        "name: t\ngithub: {name: shop, push: {branch: .*}}\nfilename: cloudbuild.yaml\nsubstitutions:\n  _WHO: $(body.sender.login)\n",
        r"
error[bad-substitution]: a binding to an event's payload is not understood here
 --> trigger.yaml:5:9
  |
5 |   _WHO: $(body.sender.login)
  |         ^^^^^^^^^^^^^^^^^^^^
  |
  = help: write `$$(` where the shell shall read it",
    );
}

#[test]
fn missing_configuration() {
    trigger(
        "name: t\ngithub: {name: shop, push: {branch: .*}}\nfilename: build/cloudbuild.yaml\n",
        r"
error[no-build-config]: build configuration `build/cloudbuild.yaml` is not in the repository
 --> trigger.yaml:3:11
  |
3 | filename: build/cloudbuild.yaml
  |           ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: add it, or change `filename` of trigger `t`",
    );
}

#[test]
fn misspelt_field_of_a_trigger() {
    trigger(
        "name: t\ngithub: {name: shop, push: {branch: .*}}\nfilename: cloudbuild.yaml\nincludeFiles: ['backend/**']\n",
        r"
error[unknown-field]: unknown field `includeFiles`, expected one of `resourceName`, `id`, `createTime`, `eventType`, `includeBuildLogs`, `serviceAccount`, `sourceToBuild`, `name`, `description`, `tags`, `github`, `triggerTemplate`, `repositoryEventConfig`, `developerConnectEventConfig`, `bitbucketServerTriggerConfig`, `gitlabEnterpriseEventsConfig`, `pubsubConfig`, `webhookConfig`, `substitutions`, `includedFiles`, `ignoredFiles`, `filter`, `approvalConfig`, `disabled`, `autodetect`, `filename`, `gitFileSource`, `build`
 --> trigger.yaml:4:1
  |
4 | includeFiles: ['backend/**']
  | ^^^^^^^^^^^^
  |
  = note: at `includeFiles`
  = help: a field with a similar name exists: `includedFiles`",
    );
}

#[test]
fn pattern_that_is_none() {
    trigger(
        "name: t\ngithub:\n  name: shop\n  push:\n    branch: ^release/(\nfilename: cloudbuild.yaml\n",
        r"
error[bad-pattern]: pattern `^release/(`: missing closing )
 --> trigger.yaml:5:13
  |
5 |     branch: ^release/(
  |             ^^^^^^^^^^
  |
  = help: write a backslash before a parenthesis that is meant literally",
    );
}

#[test]
fn look_ahead_is_not_re2() {
    trigger(
        "name: t\ntriggerTemplate: {branchName: '^(?!main$)'}\nfilename: cloudbuild.yaml\n",
        r"
error[bad-pattern]: pattern `^(?!main$)`: invalid or unsupported Perl syntax
 --> trigger.yaml:2:33
  |
2 | triggerTemplate: {branchName: '^(?!main$)'}
  |                                 ^^^
  |
  = help: look-around does not exist in this syntax; the flags are i, m, s and U",
    );
}

#[test]
fn glob_that_is_none() {
    trigger(
        "name: t\ngithub: {name: shop, push: {branch: .*}}\nfilename: cloudbuild.yaml\nincludedFiles:\n- 'docs/['\n",
        r"
error[bad-glob]: pattern `docs/[`: syntax error in pattern
 --> trigger.yaml:5:9
  |
5 | - 'docs/['
  |         ^
  |
  = help: write `\[` for a bracket that is meant literally",
    );
}

#[test]
fn branch_and_tag_together() {
    trigger(
        "name: t\ngithub:\n  push: {branch: main, tag: v1}\nfilename: cloudbuild.yaml\n",
        r"
error[trigger-events]: a branch and a tag are given; a trigger starts on one of them
 --> trigger.yaml:3:9
  |
3 |   push: {branch: main, tag: v1}
  |         ^^^^^^^^^^^^^^^^^^^^^^^",
    );
}

#[test]
fn push_of_nothing() {
    trigger(
        "name: t\ngithub:\n  push: {invertRegex: true}\nfilename: cloudbuild.yaml\n",
        r"
error[trigger-events]: neither a branch nor a tag is given
 --> trigger.yaml:3:9
  |
3 |   push: {invertRegex: true}
  |         ^^^^^^^^^^^^^^^^^^^",
    );
}

#[test]
fn two_kinds_of_events() {
    trigger(
        "name: t\ngithub: {push: {branch: .*}}\nwebhookConfig: {secret: s}\nfilename: cloudbuild.yaml\n",
        r"
error[trigger-events]: trigger `t` starts on several kinds of events
 --> trigger.yaml:1:7
  |
1 | name: t
  |       ^
  |
  = help: keep one of `github`, `triggerTemplate`, `repositoryEventConfig`, `pubsubConfig`, `webhookConfig`",
    );
}

#[test]
fn two_configurations() {
    trigger(
        "name: t\ngithub: {push: {branch: .*}}\nfilename: cloudbuild.yaml\nautodetect: true\n",
        r"
error[trigger-build]: trigger `t` has several build configurations
 --> trigger.yaml:1:7
  |
1 | name: t
  |       ^
  |
  = help: keep one of `filename`, `build`, `gitFileSource`, `autodetect`",
    );
}

#[test]
fn no_configuration() {
    trigger(
        "name: t\ngithub: {push: {branch: .*}}\n",
        r"
error[trigger-build]: trigger `t` names no build configuration
 --> trigger.yaml:1:7
  |
1 | name: t
  |       ^
  |
  = help: add `filename: cloudbuild.yaml`, or `build` with the steps",
    );
}

#[test]
fn detected_configuration() {
    trigger(
        "name: t\ngithub: {push: {branch: .*}}\nautodetect: true\n",
        r"
error[not-understood]: `autodetect` chooses the build configuration while it runs, which is not understood here
 --> trigger.yaml:3:13
  |
3 | autodetect: true
  |             ^^^^
  |
  = help: name a file of this repository under `filename`",
    );
}

#[test]
fn configuration_elsewhere() {
    trigger(
        "name: t\ngithub: {push: {branch: .*}}\ngitFileSource:\n  path: cloudbuild.yaml\n  uri: https://git.example/other\n",
        r"
error[not-understood]: the build configuration lies in another repository, which is not read here
 --> trigger.yaml:4:3
  |
4 | /   path: cloudbuild.yaml
5 | |   uri: https://git.example/other
  | |________________________________^
  |
  = help: name a file of this repository under `filename`",
    );
}

#[test]
fn filter_is_not_guessed() {
    trigger(
        "name: t\ngithub: {push: {branch: .*}}\nfilename: cloudbuild.yaml\nfilter: _X == \"1\"\n",
        r#"
error[not-understood]: trigger `t` has a filter, which is not understood here
 --> trigger.yaml:4:9
  |
4 | filter: _X == "1"
  |         ^^^^^^^^^
  |
  = help: filter by branch, tag or `includedFiles`, or list the expected images in the configuration"#,
    );
}

#[test]
fn name_with_a_blank() {
    trigger(
        "name: my trigger\ngithub: {push: {branch: .*}}\nfilename: cloudbuild.yaml\n",
        r"
error[trigger-name]: trigger name `my trigger` is not 1 to 64 letters, digits and inner dashes
 --> trigger.yaml:1:7
  |
1 | name: my trigger
  |       ^^^^^^^^^^",
    );
}

#[test]
fn trigger_without_a_name() {
    trigger(
        "github: {push: {branch: .*}}\nfilename: cloudbuild.yaml\n",
        r"
error[missing-field]: missing field `name`
 --> trigger.yaml:1:1
  |
1 | github: {push: {branch: .*}}
  | ^^^^^^",
    );
}
