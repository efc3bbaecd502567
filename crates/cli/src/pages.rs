//! What the documentation says of each finding, for those who read it on a code host.

/// The pages on findings.
const PAGES: [&str; 5] = [
    include_str!("../../../docs/findings/rollouts.md"),
    include_str!("../../../docs/findings/reachability.md"),
    include_str!("../../../docs/findings/workloads.md"),
    include_str!("../../../docs/findings/kustomizations.md"),
    include_str!("../../../docs/findings/manifests.md"),
];

/// A finding's section.
pub(crate) struct Section {
    /// What it means, in one sentence.
    pub(crate) title: String,
    /// The whole, as Markdown without links.
    pub(crate) text: String,
}

/// Returns every code that has a section, in the order of the pages.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    let headings = PAGES.iter().flat_map(|page| page.lines());
    headings.filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'))
}

/// Finds the section of a code.
pub(crate) fn section(code: &str) -> Option<Section> {
    let heading = format!("\n### `{code}`\n");
    let body = PAGES.iter().find_map(|page| page.split_once(&heading))?.1;
    let end = ["\n## ", "\n### "].iter().filter_map(|it| body.find(it)).min();
    let text = without_links(body[..end.unwrap_or(body.len())].trim());
    let first = text.lines().next().unwrap_or_default();
    let sentence = first.split_once(".** ").map_or(first, |(_, sentence)| sentence);
    Some(Section { title: sentence.replace("**", ""), text })
}

/// Links lead from page to page: elsewhere they would lead nowhere.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, link) = rest.split_at(at);
        let (Some(open), Some(close)) = (before.rfind('['), link.find(')')) else { break };
        out.push_str(&before[..open]);
        out.push_str(&before[open + 1..]);
        rest = &link[close + 1..];
    }
    out + rest
}
