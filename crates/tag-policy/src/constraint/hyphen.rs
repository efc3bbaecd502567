use super::lexer::{blank, operand};

/// Rewrites each range `A - B` of a constraint to `>= A, <= B `; the dash needs blanks on both sides.
///
/// Blanks around the range go with it.
///
/// Source: Masterminds/semver `constraints.go`, `rewriteRange`.
///
/// ```
/// use tidegate_tag_policy::rewrite_hyphen_ranges;
///
/// assert_eq!(rewrite_hyphen_ranges("1.2 - 2, !=1.5"), ">= 1.2, <= 2 , !=1.5");
/// assert_eq!(rewrite_hyphen_ranges("1.2-rc"), "1.2-rc");
/// ```
#[must_use]
pub fn rewrite_hyphen_ranges(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some((low, high, end)) = range(text, at) {
            out.push_str(">= ");
            out.push_str(low);
            out.push_str(", <= ");
            out.push_str(high);
            out.push(' ');
            at = end;
        } else {
            out.push(c);
            at += c.len_utf8();
        }
    }
    out
}

/// Reads a range, with the blanks around it, that begins at an offset; returns its bounds and where it ends.
fn range(text: &str, start: usize) -> Option<(&str, &str, usize)> {
    let low_start = blank(text, start);
    let low = operand(&text[low_start..])?.whole;
    let low_end = low_start + low.len();
    let dash = blank(text, low_end);
    if dash == low_end || !text[dash..].starts_with('-') {
        return None;
    }
    let high_start = blank(text, dash + 1);
    if high_start == dash + 1 {
        return None;
    }
    let high = operand(&text[high_start..])?.whole;
    Some((low, high, blank(text, high_start + high.len())))
}
