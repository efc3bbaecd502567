/// Returns the known word that is most like a mistaken one, or `None` when none is near.
///
/// Near means: at most a third of the longer word's characters have to be inserted, deleted, replaced or swapped
/// with their neighbour (optimal string alignment distance), case set aside. Of equally near words the first wins.
///
/// ```
/// use tidegate_source::nearest;
///
/// assert_eq!(nearest("namePrefx", ["nameSuffix", "namePrefix"]), Some("namePrefix"));
/// assert_eq!(nearest("colour", ["images", "patches"]), None);
/// ```
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let folded: Vec<char> = word.to_lowercase().chars().take(LONGEST).collect();
    known
        .into_iter()
        .filter_map(|candidate| {
            let other: Vec<char> = candidate.to_lowercase().chars().take(LONGEST).collect();
            let distance = distance(&folded, &other);
            (distance * 3 <= folded.len().max(other.len())).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Longer words are compared by their beginning, so that hostile input costs nothing.
const LONGEST: usize = 64;

fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, left) in a.iter().enumerate() {
        let mut current = vec![row + 1; b.len() + 1];
        for (column, right) in b.iter().enumerate() {
            let replaced = last[column] + usize::from(left != right);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *left == b[column - 1] && a[row - 1] == *right {
                best = best.min(before[column - 1] + 1);
            }
            current[column + 1] = best;
        }
        before = std::mem::replace(&mut last, current);
    }
    last[b.len()]
}
