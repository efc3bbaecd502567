//! Every finding has a heading in the docs, and is made by a test.

use tidegate_reach::CODES;

#[test]
fn every_finding_has_a_heading_in_the_docs() {
    let page = include_str!("../../../../docs/findings/reachability.md");
    for code in CODES {
        assert!(page.contains(&format!("\n### `{code}`\n")), "`{code}` has no heading");
    }
    let headings = page.lines().filter(|it| it.starts_with("### `")).count();
    assert_eq!(headings, CODES.len(), "a heading is of no finding");
}

#[test]
fn every_finding_is_pinned_by_a_test() {
    let tests = [
        include_str!("policies.rs"),
        include_str!("references.rs"),
        include_str!("routes.rs"),
        include_str!("services.rs"),
    ];
    for code in CODES {
        let pinned = format!(" {code} ");
        assert!(tests.iter().any(|it| it.contains(&pinned)), "`{code}` is in no test");
    }
}
