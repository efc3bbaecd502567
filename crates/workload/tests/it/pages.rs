//! Every finding has a row in the docs.

/// Every text in the sources that stands where a finding's code does.
fn codes() -> Vec<String> {
    let sources =
        [include_str!("../../src/proof/decide.rs"), include_str!("../../src/proof/remarks.rs")];
    let quoted = |line: &str| {
        let code = line.split('"').nth(1)?;
        let kebab =
            code.contains('-') && code.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
        kebab.then(|| code.to_owned())
    };
    let lines = sources.iter().flat_map(|source| source.lines());
    lines.filter(|line| !line.contains("serde")).filter_map(quoted).collect()
}

#[test]
fn every_finding_has_a_row_in_the_docs() {
    let page = include_str!("../../../../docs/findings/rollouts.md");
    let codes = codes();
    assert!(codes.len() >= 26, "only {} codes were found", codes.len());
    for code in codes {
        assert!(page.contains(&format!("| `{code}` |")), "`{code}` has no row");
    }
}
