/// Returns whether a glob matches a whole name: `*` any characters but `/`, `**` any characters, `?` one but `/`.
pub(crate) fn matches(glob: &str, name: &str) -> bool {
    let glob: Vec<char> = glob.chars().collect();
    // The set of positions in the glob that can be reached; each character of the name moves it on.
    let mut reached = vec![false; glob.len() + 1];
    reached[0] = true;
    skip_stars(&glob, &mut reached);
    for c in name.chars() {
        let mut next = vec![false; glob.len() + 1];
        for (at, _) in reached.iter().enumerate().filter(|(_, here)| **here) {
            match glob.get(at) {
                Some('*') => {
                    let any = glob.get(at + 1) == Some(&'*') || at > 0 && glob[at - 1] == '*';
                    next[at] |= any || c != '/';
                }
                Some('?') => next[at + 1] |= c != '/',
                Some(wanted) => next[at + 1] |= *wanted == c,
                None => {}
            }
        }
        skip_stars(&glob, &mut next);
        reached = next;
    }
    reached[glob.len()]
}

/// A star may match nothing.
fn skip_stars(glob: &[char], reached: &mut [bool]) {
    for at in 0..glob.len() {
        reached[at + 1] |= reached[at] && glob[at] == '*';
    }
}
