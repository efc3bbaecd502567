use std::collections::BTreeMap;

use serde::Deserialize;
use tidegate_yaml::{Spanned, from_str};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Config {
    name: String,
    #[serde(default)]
    steps: Vec<Step>,
    #[serde(default)]
    level: Option<Level>,
    #[serde(default)]
    on: bool,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Step {
    count: u8,
    image: Spanned<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Level {
    Patch,
    Custom { major: u8 },
}

#[track_caller]
fn fails(text: &str, message: &str, path: &str, place: &str) {
    let error = from_str::<Config>(text).expect_err("does not fit");
    assert_eq!((error.to_string().as_str(), error.path()), (message, path));
    assert_eq!(error.span().of(text), place);
}

#[test]
fn values_are_read_with_their_places() {
    let text =
        "name: 1.10\nsteps:\n- {count: 1, image: 'a:1'}\nlevel: {custom: {major: 2}}\non: yes\n";
    let config: Config = from_str(text).expect("fits");
    assert_eq!((config.name.as_str(), config.on), ("1.10", true));
    assert_eq!(config.level, Some(Level::Custom { major: 2 }));
    assert_eq!(config.steps[0].image.span.of(text), "'a:1'");
    let json: Config = from_str("{\"name\": \"x\", \"level\": \"patch\"}").expect("fits");
    assert_eq!(json.level, Some(Level::Patch));
    let merged: BTreeMap<String, BTreeMap<String, i64>> =
        from_str("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n").expect("fits");
    assert_eq!(merged["b"].iter().map(|it| *it.1).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn mistakes_have_a_place_and_a_path() {
    fails("steps: []\n", "missing field `name`", "", "steps");
    let expected = "expected one of `name`, `steps`, `level`, `on`";
    fails("name: x\nnmae: y\n", &format!("unknown field `nmae`, {expected}"), "nmae", "nmae");
    fails("name:\n", "invalid type: null, expected a string", "name", "name");
    let text = "name: x\nsteps:\n- count: 1\n  image: a\n- count: 300\n  image: b\n";
    fails(text, "invalid value: integer `300`, expected u8", "steps[1].count", "300");
    fails(
        "name: x\nsteps: no list\n",
        "invalid type: string \"no list\", expected a sequence",
        "steps",
        "no list",
    );
    fails("name: x\nsteps:\n- image: a\n", "missing field `count`", "steps[0]", "image");
    fails("name: x\nname: y\n", "mapping key already defined: `name`", "", "name");
    fails("name: [\n", "did not find expected node content", "", "");
    let expected = "unknown variant `pach`, expected `patch` or `custom`";
    fails("name: x\nlevel: pach\n", expected, "level", "pach");
}

#[test]
fn aliases_unfold_to_a_limit() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for nth in 1..12 {
        let before = format!("*a{}, ", nth - 1).repeat(9);
        let line = format!("a{nth}: &a{nth} [{before}]\n");
        text.push_str(&line);
    }
    let error = from_str::<serde_yaml::Value>(&text).expect_err("too much");
    assert_eq!(error.code(), "yaml-excessive-aliasing");
    let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    let error = from_str::<serde_yaml::Value>(&deep).expect_err("too deep");
    assert_eq!(error.to_string(), "values are nested deeper than 128 levels");
}
