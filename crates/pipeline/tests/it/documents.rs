//! The pages that repeat something are held against it.

use std::path::Path;

#[test]
fn configuration_page_shows_the_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(root.join("docs/configuration.md")).expect("the page");
    let block =
        page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block");
    assert_eq!(block, include_str!("../../example/app/tidegate.yaml"));
}
