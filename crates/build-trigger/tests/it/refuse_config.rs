//! Build configurations that are refused: each kind of mistake, with the message as a user sees it.

use crate::place::{ON_MAIN, Place, branch};

/// A build configuration that is refused, and what is said about it.
#[track_caller]
fn config(text: &str, expected: &str) {
    let found = Place::new(ON_MAIN, text).refusal(&branch("main"));
    assert_eq!(found, expected.trim(), "\n{found}");
}

#[test]
fn misspelt_substitution_points_at_its_dollar_sign() {
    config(
        "steps: [{name: alpine}]\nimages: ['r/a:${_TGA}']\nsubstitutions: {_TAG: '1'}\n",
        r"
error[undefined-substitution]: substitution `_TGA` is not defined
 --> cloudbuild.yaml:2:15
  |
2 | images: ['r/a:${_TGA}']
  |               ^^^^^^^
  |
  = help: a substitution with a similar name exists: `_TAG`",
    );
}

#[test]
fn foreign_variable_is_told_from_a_substitution() {
    config(
        "steps:\n- name: alpine\n  args: [sh, -c, echo $HOME]\n",
        r"
error[undefined-substitution]: `HOME` is none of Cloud Build's substitutions
 --> cloudbuild.yaml:3:23
  |
3 |   args: [sh, -c, echo $HOME]
  |                       ^^^^^
  |
  = help: a substitution of your own starts with `_`; where the shell shall read it, write `$$HOME`",
    );
}

#[test]
fn defined_nowhere_says_where_to_define_it() {
    config(
        "steps:\n- name: ${_X}\n",
        r"
error[undefined-substitution]: substitution `_X` is not defined
 --> cloudbuild.yaml:2:9
  |
2 | - name: ${_X}
  |         ^^^^^
  |
  = help: define it under `substitutions` of the trigger or of the build configuration",
    );
}

#[test]
fn cycle_shows_its_ring() {
    config(
        "steps: [{name: alpine}]\nsubstitutions:\n  _A: a${_B}\n  _B: ${_A}\n",
        r"
error[substitution-cycle]: substitution `_A` contains itself: _A → _B → _A
 --> cloudbuild.yaml:4:7
  |
4 |   _B: ${_A}
  |       ^^^^^",
    );
}

#[test]
fn open_brace_is_pointed_at() {
    config(
        "steps: [{name: alpine}]\nimages: ['r/a:${_TAG']\nsubstitutions: {_TAG: '1'}\n",
        r"
error[bad-substitution]: `${_TAG` is not closed
 --> cloudbuild.yaml:2:15
  |
2 | images: ['r/a:${_TAG']
  |               ^^^^^^",
    );
}

#[test]
fn unknown_operation_is_named() {
    config(
        "steps: [{name: alpine}]\nimages: ['r/a:${_TAG@U}']\nsubstitutions: {_TAG: '1'}\n",
        r"
error[bad-substitution]: `@` is no operation on a substitution
 --> cloudbuild.yaml:2:15
  |
2 | images: ['r/a:${_TAG@U}']
  |               ^^^^^^",
    );
}

#[test]
fn forgotten_dash_of_a_default() {
    config(
        "steps: [{name: alpine}]\nimages: ['r/a:${_TAG:latest}']\n",
        r"
error[bad-substitution]: expected a whole number: `${NAME:offset}` or `${NAME:offset:length}`
 --> cloudbuild.yaml:2:21
  |
2 | images: ['r/a:${_TAG:latest}']
  |                     ^^^^^^^
  |
  = help: a default is written `${NAME:-default}`",
    );
}

#[test]
fn assignment_is_refused() {
    config(
        "steps: [{name: alpine}]\nimages: ['r/a:${_TAG:=latest}']\n",
        r"
error[bad-substitution]: `=` would set a substitution, which a build cannot do
 --> cloudbuild.yaml:2:15
  |
2 | images: ['r/a:${_TAG:=latest}']
  |               ^^^^^^^^
  |
  = help: `:-` puts the default in without setting it",
    );
}

#[test]
fn required_value_says_its_message() {
    config(
        "steps: [{name: alpine}]\nimages: ['r/a:${TAG_NAME:?only tags are released}']\n",
        r"
error[required-substitution]: substitution `TAG_NAME`: only tags are released
 --> cloudbuild.yaml:2:15
  |
2 | images: ['r/a:${TAG_NAME:?only tags are released}']
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    );
}

#[test]
fn tag_that_is_empty_on_a_branch() {
    config(
        "steps: [{name: alpine}]\nimages:\n- r/a:$TAG_NAME\n",
        r"
error[bad-image]: image `r/a:` has an empty tag after substitution
 --> cloudbuild.yaml:3:3
  |
3 | - r/a:$TAG_NAME
  |   ^^^^^^^^^^^^^
  |
  = help: `$TAG_NAME` is empty on a push of a branch, `$BRANCH_NAME` on a push of a tag",
    );
}

#[test]
fn image_named_by_the_build_itself() {
    config(
        "steps:\n- name: docker\n  args: [push, \"r/a:$BUILD_ID\"]\n",
        r#"
error[later-substitution]: the name of this image holds `$BUILD_ID`, which is not known before the build runs
 --> cloudbuild.yaml:3:16
  |
3 |   args: [push, "r/a:$BUILD_ID"]
  |                ^^^^^^^^^^^^^^^
  |
  = help: name images by `$TAG_NAME` or `$SHORT_SHA`, so that they can be found again"#,
    );
}

#[test]
fn fact_that_nobody_gave() {
    config(
        "steps: [{name: alpine}]\nimages: ['$LOCATION-docker.pkg.dev/p/r/a:1']\n",
        r"
error[later-substitution]: the name of this image holds `$LOCATION`, which is not known before the build runs
 --> cloudbuild.yaml:2:10
  |
2 | images: ['$LOCATION-docker.pkg.dev/p/r/a:1']
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: say what `LOCATION` is in the configuration of the pipeline",
    );
}

#[test]
fn script_that_pushes_is_not_guessed() {
    config(
        "steps:\n- name: gcr.io/cloud-builders/docker\n  entrypoint: bash\n  args:\n  - -c\n  - docker push r/a:1\n",
        r"
error[not-understood]: a script pushes images, and which ones cannot be read from it
 --> cloudbuild.yaml:6:5
  |
6 |   - docker push r/a:1
  |     ^^^^^^^^^^^^^^^^^
  |
  = help: list the images under `images`",
    );
}

#[test]
fn misspelt_field_of_a_build() {
    config(
        "steps:\n- name: alpine\n  agrs: [x]\n",
        r"
error[unknown-field]: unknown field `agrs`, expected one of `name`, `id`, `entrypoint`, `args`, `env`, `dir`, `script`, `automapSubstitutions`, `automap_substitutions`, `secretEnv`, `secret_env`, `waitFor`, `wait_for`, `volumes`, `timeout`, `allowFailure`, `allow_failure`, `allowExitCodes`, `allow_exit_codes`
 --> cloudbuild.yaml:3:3
  |
3 |   agrs: [x]
  |   ^^^^
  |
  = note: at `steps[0].agrs`
  = help: a field with a similar name exists: `args`",
    );
}

#[test]
fn misspelt_option() {
    config(
        "steps: [{name: alpine}]\noptions: {substitutionOption: MUSTMATCH}\n",
        r"
error[unknown-variant]: unknown variant `MUSTMATCH`, expected `MUST_MATCH` or `ALLOW_LOOSE`
 --> cloudbuild.yaml:2:31
  |
2 | options: {substitutionOption: MUSTMATCH}
  |                               ^^^^^^^^^
  |
  = note: at `options.substitutionOption`
  = help: did you mean `MUST_MATCH`?",
    );
}

#[test]
fn variable_without_a_value() {
    config(
        "steps:\n- name: alpine\n  env: [EXPO_PUBLIC_API]\n",
        r"
error[bad-variable]: variable `EXPO_PUBLIC_API` is not of the form `NAME=value`
 --> cloudbuild.yaml:3:9
  |
3 |   env: [EXPO_PUBLIC_API]
  |         ^^^^^^^^^^^^^^^",
    );
}

#[test]
fn script_with_arguments() {
    config(
        "steps:\n- name: alpine\n  args: [x]\n  script: echo\n",
        r"
error[step-script]: a step with `script` takes neither `args` nor `entrypoint`
 --> cloudbuild.yaml:4:11
  |
4 |   script: echo
  |           ^^^^",
    );
}

#[test]
fn build_without_steps() {
    config(
        "images: [r/a]\n",
        r"
error[no-steps]: a build needs at least one step
 --> cloudbuild.yaml:1:1
  |
1 | images: [r/a]
  | ^",
    );
}

#[test]
fn small_letters_in_a_name() {
    config(
        "steps: [{name: alpine}]\nsubstitutions: {image-tag: '1'}\n",
        r"
error[substitution-name]: `image-tag` is no name for a substitution
 --> cloudbuild.yaml:2:17
  |
2 | substitutions: {image-tag: '1'}
  |                 ^^^^^^^^^
  |
  = help: a name is `_` and then capital letters, digits or `_`, such as `_IMAGE_TAG`",
    );
}

#[test]
fn wrong_type() {
    config(
        "steps: {name: alpine}\n",
        r"
error[invalid-type]: invalid type: map, expected a sequence
 --> cloudbuild.yaml:1:8
  |
1 | steps: {name: alpine}
  |        ^^^^^^^^^^^^^^
  |
  = note: at `steps`",
    );
}

#[test]
fn same_key_twice() {
    config(
        "steps: [{name: alpine}]\nimages: [a]\nimages: [b]\n",
        r"
error[yaml-duplicate-key]: mapping key already defined: `images`
 --> cloudbuild.yaml:3:1
  |
2 | images: [a]
  | ------ first defined here
3 | images: [b]
  | ^^^^^^
  |
  = help: remove one of the two",
    );
}

#[test]
fn broken_yaml() {
    config(
        "steps:\n- name: 'alpine\n",
        r"
error[yaml-unclosed-quote]: found unexpected end of stream
 --> cloudbuild.yaml:2:9
  |
2 | - name: 'alpine
  |         ^
  |
  = help: close the quote",
    );
}

#[test]
fn empty_configuration() {
    config(
        "# nothing\n",
        r"
error[empty-file]: nothing is written here
 --> cloudbuild.yaml:1:1
  |
1 | # nothing
  | ^",
    );
}

#[test]
fn every_mistake_is_told() {
    config(
        "steps:\n- name: docker\n  args: [build, -t, \"${_A}\", \"${_B\", \"$HOSTNAME\"]\nimages: [\"$_C\"]\n",
        r#"
error[undefined-substitution]: substitution `_A` is not defined
 --> cloudbuild.yaml:3:22
  |
3 |   args: [build, -t, "${_A}", "${_B", "$HOSTNAME"]
  |                      ^^^^^
  |
  = help: define it under `substitutions` of the trigger or of the build configuration
error[bad-substitution]: `${_B` is not closed
 --> cloudbuild.yaml:3:31
  |
3 |   args: [build, -t, "${_A}", "${_B", "$HOSTNAME"]
  |                               ^^^^
error[undefined-substitution]: `HOSTNAME` is none of Cloud Build's substitutions
 --> cloudbuild.yaml:3:39
  |
3 |   args: [build, -t, "${_A}", "${_B", "$HOSTNAME"]
  |                                       ^^^^^^^^^
  |
  = help: a substitution of your own starts with `_`; where the shell shall read it, write `$$HOSTNAME`
error[undefined-substitution]: substitution `_C` is not defined
 --> cloudbuild.yaml:4:11
  |
4 | images: ["$_C"]
  |           ^^^
  |
  = help: define it under `substitutions` of the trigger or of the build configuration"#,
    );
}

#[test]
fn case_with_a_pattern() {
    config(
        "steps: [{name: alpine}]\nimages: ['r/a:${_TAG^^x}']\nsubstitutions: {_TAG: '1'}\n",
        r"
error[bad-substitution]: `x` is not expected in `${_TAG…}`
 --> cloudbuild.yaml:2:15
  |
2 | images: ['r/a:${_TAG^^x}']
  |               ^^^^^^^^",
    );
}

#[test]
fn several_documents_are_no_configuration() {
    config(
        "steps: [{name: alpine}]\n---\nsteps: [{name: alpine}]\n",
        r"
error[several-documents]: a build configuration is one document, and here are several
 --> cloudbuild.yaml:1:1
  |
1 | steps: [{name: alpine}]
  | ^",
    );
}
