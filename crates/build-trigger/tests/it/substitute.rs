use std::fmt::Write;

use proptest::prelude::*;

use crate::place::{COMMIT, ON_MAIN, ON_TAG, Place, branch, tag};

/// The value that a text gets as a substitution, next to `_A` = `v1.2.3-rc`, `_P` = `a/b/c/d`, and an empty `_E`.
#[track_caller]
fn check(text: &str, expected: &str) {
    let quoted = text.replace('\'', "''");
    let config = format!(
        "steps: [{{name: alpine}}]\nsubstitutions:\n  _A: v1.2.3-rc\n  _P: a/b/c/d\n  _E: ''\n  _X: '{quoted}'\n"
    );
    let build = Place::new(ON_TAG, &config).build(&tag("v1.2.3"));
    assert_eq!(build.substitutions["_X"].as_deref(), Some(expected), "{text}");
}

#[test]
fn built_in_substitutions_tell_the_event() {
    check("$TAG_NAME|$BRANCH_NAME|$REF_NAME", "v1.2.3||v1.2.3");
    check("$COMMIT_SHA $REVISION_ID", &format!("{COMMIT} {COMMIT}"));
    check("$SHORT_SHA", "0123456");
    check("$REPO_NAME $REPO_FULL_NAME", "shop acme/shop");
    check("$TRIGGER_NAME $TRIGGER_BUILD_CONFIG_PATH", "t cloudbuild.yaml");
    check("$PROJECT_ID", "shop");
    check("[$_PR_NUMBER]", "[]");
}

#[test]
fn dollar_signs_are_read_as_documented() {
    check("$$_A $${_A} $$", "$_A ${_A} $");
    check("$ 5 $x ${x} 100$", "$ 5 $x ${x} 100$");
    check("$_A.$_P", "v1.2.3-rc.a/b/c/d");
    check("${_A}B", "v1.2.3-rcB");
    check("$$$_A", "$v1.2.3-rc");
}

#[test]
fn defaults_stand_in() {
    check("${_E:-x}|${_E-x}|${_NONE:-x}|${_NONE-x}", "x||x|x");
    check("${_A:-x}", "v1.2.3-rc");
    check("${_NONE:-}", "");
    check("${_NONE:-${_E:-$TAG_NAME}}", "v1.2.3");
    check("${_A:+yes}|${_E:+yes}|${_E+yes}|${_NONE+yes}", "yes||yes|");
    check("${_A:?is needed}", "v1.2.3-rc");
    check(r"${_NONE:-a\}b}", "a}b");
}

#[test]
fn ends_are_trimmed() {
    check("${_A#v}|${_A#x}|${_A%-rc}|${_A%x}", "1.2.3-rc|v1.2.3-rc|v1.2.3|v1.2.3-rc");
    check("${_P#*/}|${_P##*/}|${_P%/*}|${_P%%/*}", "b/c/d|d|a/b/c|a");
    check("${_A#?}|${_A##[a-z]*}|${_A%[!a]}", "1.2.3-rc||v1.2.3-r");
    check("${_A#$_E}", "v1.2.3-rc");
    check("${_A%-*}", "v1.2.3");
}

#[test]
fn parts_are_replaced() {
    check("${_A/./-}|${_A//./-}", "v1-2.3-rc|v1-2-3-rc");
    check("${_P/#a/x}|${_P/#b/x}|${_P/%d/x}|${_P/%c/x}", "x/b/c/d|a/b/c/d|a/b/c/x|a/b/c/d");
    check(r"${_P//\//-}", "a-b-c-d");
    check("${_A//./}", "v123-rc");
    check("${_A//[0-9]/#}", "v#.#.#-rc");
    check("${_P/b*/$TAG_NAME}", "a/v1.2.3");
    check("${_A/}", "v1.2.3-rc");
}

#[test]
fn slices_count_characters() {
    check("${_A:1}|${_A:1:3}|${_A:0:100}|${_A:100}", "1.2.3-rc|1.2|v1.2.3-rc|");
    check("${_A: -2}|${_A: -5:3}|${_A:1:-3}|${_A: -100}", "rc|.3-|1.2.3|");
    check("${COMMIT_SHA:0:12}", "0123456789ab");
    check("${#_A}|${#_E}", "9|0");
}

#[test]
fn case_is_changed() {
    check("${_A^}|${_A^^}|${_A,}|${_A,,}", "V1.2.3-rc|V1.2.3-RC|v1.2.3-rc|v1.2.3-rc");
    check("${REPO_NAME^^}", "SHOP");
}

#[test]
fn substitutions_refer_to_each_other() {
    let config = "steps: [{name: alpine}]\nsubstitutions: {_C: '${_B}c', _B: '${_A}b', _A: a}\n";
    let build = Place::new(ON_MAIN, config).build(&branch("main"));
    assert_eq!(build.substitutions["_C"].as_deref(), Some("abc"));
}

#[test]
fn unknown_values_stay_unknown() {
    let config =
        "steps: [{name: alpine}]\nsubstitutions: {_ID: 'b-$BUILD_ID', _NEXT: '${_ID#b}'}\n";
    let build = Place::new(ON_MAIN, config).build(&branch("main"));
    assert_eq!((&build.substitutions["_ID"], &build.substitutions["_NEXT"]), (&None, &None));
}

#[test]
fn growing_values_stay_small() {
    let mut config =
        "steps: [{name: alpine}]\nsubstitutions:\n  _A00: aaaaaaaaaaaaaaaa\n".to_owned();
    for n in 1..40 {
        let before = n - 1;
        writeln!(config, "  _A{n:02}: $_A{before:02}$_A{before:02}").expect("a string takes all");
    }
    let refusal = Place::new(ON_MAIN, &config).refusal(&branch("main"));
    assert!(refusal.contains("substitutions make this longer than 65536 bytes"), "{refusal}");
}

/// A second, slow reading of bash patterns.
fn matches(pattern: &[char], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), None) => matches(rest, text),
        (Some(('*', rest)), Some((_, less))) => matches(rest, text) || matches(pattern, less),
        (Some((p, rest)), Some((c, less))) => (p == c || *p == '?') && matches(rest, less),
        _ => false,
    }
}

proptest! {
    #[test]
    fn trimming_agrees_with_a_slow_reading(pattern in "[ab*?]{1,5}", value in "[ab]{1,8}") {
        let text = format!("'${{_V#{pattern}}}|${{_V##{pattern}}}|${{_V%{pattern}}}|${{_V%%{pattern}}}'");
        let config = format!("steps: [{{name: alpine}}]\nsubstitutions: {{_V: {value}, _X: {text}}}\n");
        let build = Place::new(ON_MAIN, &config).build(&branch("main"));
        let (p, v): (Vec<char>, Vec<char>) = (pattern.chars().collect(), value.chars().collect());
        let heads: Vec<usize> = (0..=v.len()).filter(|end| matches(&p, &v[..*end])).collect();
        let tails: Vec<usize> = (0..=v.len()).filter(|start| matches(&p, &v[*start..])).collect();
        let head = |at: Option<&usize>| &value[at.copied().unwrap_or(0)..];
        let tail = |at: Option<&usize>| &value[..at.copied().unwrap_or(v.len())];
        let expected = [head(heads.first()), head(heads.last()), tail(tails.last()), tail(tails.first())].join("|");
        prop_assert_eq!(build.substitutions["_X"].as_deref(), Some(expected.as_str()));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|[$\\{\\}_A#%/:^,a\\[\\]*?!\\\\-]{0,30}") {
        let quoted = text.replace('\'', "''");
        let config = format!("steps: [{{name: alpine}}]\nsubstitutions: {{_A: a, _X: '{quoted}'}}\n");
        let outcome = Place::new(ON_MAIN, &config).outcome(&branch("main"));
        prop_assert!(outcome.is_ok());
    }
}
