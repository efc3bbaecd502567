use crate::place::{ON_MAIN, Place, branch};

#[track_caller]
fn config(text: &str, expected: &str) {
    let found = Place::new(ON_MAIN, text).refusal(&branch("main"));
    assert_eq!(found, expected.trim_start_matches('\n').trim_end(), "\n{found}");
}

#[track_caller]
#[expect(dead_code)]
fn trigger(text: &str, expected: &str) {
    let found = Place::new(text, "steps: [{name: alpine}]\n").refusal(&branch("main"));
    assert_eq!(found, expected.trim_start_matches('\n').trim_end(), "\n{found}");
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
