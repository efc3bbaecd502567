//! Every finding is made by a test.

use tidegate_reach::CODES;

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
