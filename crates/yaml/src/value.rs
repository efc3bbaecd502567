//! From the text of a scalar to its value: folding, escapes, chomping.

use std::borrow::Cow;

use crate::chars::{at, break_len, is_blank, is_break};
use crate::emit;
use crate::lanes;
use crate::stream::Stream;
use crate::tape::{KEEP, STRIP, Slot, Style, VERBATIM};

/// Returns the value of a scalar.
pub(crate) fn value(text: &str, slot: Slot) -> Cow<'_, str> {
    let raw = slot.span().of(text);
    let inner = match slot.style {
        Style::SingleQuoted | Style::DoubleQuoted => raw.get(1..raw.len() - 1).unwrap_or(""),
        _ => raw,
    };
    if slot.flags & VERBATIM != 0 {
        return Cow::Borrowed(inner);
    }
    match slot.style {
        Style::SingleQuoted | Style::DoubleQuoted => {
            Cow::Owned(quoted(inner, slot.style == Style::DoubleQuoted))
        }
        Style::Literal | Style::Folded => Cow::Owned(block(raw, slot)),
        _ => Cow::Owned(plain(raw)),
    }
}

/// Appends what a run of line breaks becomes inside a plain or quoted scalar: a single `\n` is a space, of more the
/// first is dropped; U+2028 and U+2029 stay.
fn fold(out: &mut String, breaks: &str) {
    let bytes = breaks.as_bytes();
    let mut pos = 0;
    let mut first = true;
    let mut joined = true;
    while pos < bytes.len() {
        let width = break_len(bytes, pos);
        if width == 0 {
            pos += 1;
            continue;
        }
        let separator = width == 3;
        if !first || separator {
            joined = false;
            out.push_str(if separator { &breaks[pos..pos + width] } else { "\n" });
        }
        first = false;
        pos += width;
    }
    if joined && !first {
        out.push(' ');
    }
}

/// Returns the offset behind the blanks and line breaks at `pos`, and whether there is a break among them.
fn gap(bytes: &[u8], mut pos: usize) -> (usize, bool) {
    let mut broken = false;
    loop {
        let width = break_len(bytes, pos);
        if width > 0 {
            broken = true;
            pos += width;
        } else if pos < bytes.len() && is_blank(bytes[pos]) {
            pos += 1;
        } else {
            return (pos, broken);
        }
    }
}

fn plain(raw: &str) -> String {
    let bytes = raw.as_bytes();
    let mut out = String::with_capacity(raw.len());
    let mut pos = 0;
    while pos < bytes.len() {
        let from = pos;
        while pos < bytes.len() && !is_blank(bytes[pos]) && !is_break(bytes, pos) {
            pos += 1;
        }
        out.push_str(&raw[from..pos]);
        let (end, broken) = gap(bytes, pos);
        if broken {
            fold(&mut out, &raw[pos..end]);
        } else {
            out.push_str(&raw[pos..end]);
        }
        pos = end;
    }
    out
}

fn quoted(raw: &str, double: bool) -> String {
    let bytes = raw.as_bytes();
    let mut out = String::with_capacity(raw.len());
    let mut pos = 0;
    while pos < bytes.len() {
        let from = pos;
        while pos < bytes.len()
            && !is_blank(bytes[pos])
            && !is_break(bytes, pos)
            && bytes[pos] != if double { b'\\' } else { b'\'' }
        {
            pos += 1;
        }
        out.push_str(&raw[from..pos]);
        if pos >= bytes.len() {
            break;
        }
        if !double && bytes[pos] == b'\'' {
            out.push('\'');
            pos += 2;
        } else if bytes[pos] == b'\\' && double {
            let width = break_len(bytes, pos + 1);
            if width > 0 {
                // An escaped line break vanishes; empty lines behind it stay.
                let from = pos + 1 + width;
                let (end, _) = gap(bytes, from);
                escaped_breaks(&mut out, &raw[from..end]);
                pos = end;
            } else {
                pos += escape(&mut out, &raw[pos..]);
            }
        } else {
            let (end, broken) = gap(bytes, pos);
            if broken {
                fold(&mut out, &raw[pos..end]);
            } else {
                out.push_str(&raw[pos..end]);
            }
            pos = end;
        }
    }
    out
}

/// The line breaks behind an escaped one: all are kept, as go-yaml has no first one to fold.
fn escaped_breaks(out: &mut String, gap: &str) {
    let bytes = gap.as_bytes();
    let mut pos = 0;
    while pos < bytes.len() {
        match break_len(bytes, pos) {
            0 => pos += 1,
            3 => {
                out.push_str(&gap[pos..pos + 3]);
                pos += 3;
            }
            width => {
                out.push('\n');
                pos += width;
            }
        }
    }
}

/// Appends the character of an escape sequence that the scanner has checked; returns its length.
fn escape(out: &mut String, raw: &str) -> usize {
    let bytes = raw.as_bytes();
    let (c, digits) = match at(bytes, 1) {
        b'0' => ('\0', 0),
        b'a' => ('\u{7}', 0),
        b'b' => ('\u{8}', 0),
        b't' | b'\t' => ('\t', 0),
        b'n' => ('\n', 0),
        b'v' => ('\u{b}', 0),
        b'f' => ('\u{c}', 0),
        b'r' => ('\r', 0),
        b'e' => ('\u{1b}', 0),
        b'N' => ('\u{85}', 0),
        b'_' => ('\u{a0}', 0),
        b'L' => ('\u{2028}', 0),
        b'P' => ('\u{2029}', 0),
        b'x' => ('\0', 2),
        b'u' => ('\0', 4),
        b'U' => ('\0', 8),
        other => (char::from(other), 0),
    };
    if digits == 0 {
        out.push(c);
        return 2;
    }
    let code = raw.get(2..2 + digits).and_then(|it| u32::from_str_radix(it, 16).ok());
    out.push(code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
    2 + digits
}

fn block(raw: &str, slot: Slot) -> String {
    if slot.style == Style::Literal && raw.is_ascii() && !raw.contains('\r') {
        literal_lines(raw, slot)
    } else {
        block_lines(raw, slot)
    }
}

/// The lines of a literal scalar that are divided by `\n` alone: as [`block_lines`] reads them.
fn literal_lines(raw: &str, slot: Slot) -> String {
    let column = slot.last as usize;
    let mut out = String::with_capacity(raw.len());
    let (mut leading, mut trailing) = ("", 0);
    let behind_header = raw.split_once('\n').map_or("", |(_, lines)| lines);
    for line in lanes::lines(behind_header) {
        let (content, line_break) = match line.strip_suffix('\n') {
            Some(content) => (content, "\n"),
            None => (line, ""),
        };
        let blanks = content.bytes().take(column).take_while(|byte| *byte == b' ').count();
        if blanks == content.len() && !line_break.is_empty() {
            trailing += 1;
            continue;
        }
        if blanks < column || blanks == content.len() {
            break;
        }
        out.push_str(leading);
        out.extend(std::iter::repeat_n('\n', std::mem::take(&mut trailing)));
        out.push_str(&content[blanks..]);
        leading = line_break;
    }
    if slot.flags & STRIP == 0 {
        out.push_str(leading);
    }
    if slot.flags & KEEP != 0 {
        out.extend(std::iter::repeat_n('\n', trailing));
    }
    out
}

fn block_lines(raw: &str, slot: Slot) -> String {
    let bytes = raw.as_bytes();
    let column = slot.last as usize;
    let literal = slot.style == Style::Literal;
    let mut out = String::with_capacity(raw.len());
    let mut pos = 0;
    while pos < bytes.len() && !is_break(bytes, pos) {
        pos += 1;
    }
    pos += break_len(bytes, pos);
    // `leading` is the break that ended the last line; `trailing` the empty lines behind it.
    let mut leading = "";
    let mut trailing = String::new();
    let mut leading_blank = false;
    loop {
        let mut width = 0;
        while width < column && at(bytes, pos) == b' ' {
            pos += 1;
            width += 1;
        }
        let end_of_line = break_len(bytes, pos);
        if end_of_line > 0 {
            trailing.push_str(normal(&raw[pos..pos + end_of_line]));
            pos += end_of_line;
            continue;
        }
        if width < column || pos >= bytes.len() {
            break;
        }
        let blank = is_blank(bytes[pos]);
        if !literal && leading == "\n" && !leading_blank && !blank {
            if trailing.is_empty() {
                out.push(' ');
            }
        } else {
            out.push_str(leading);
        }
        out.push_str(&trailing);
        trailing.clear();
        leading_blank = blank;
        let from = pos;
        while pos < bytes.len() && !is_break(bytes, pos) {
            pos += 1;
        }
        out.push_str(&raw[from..pos]);
        let end_of_line = break_len(bytes, pos);
        leading = normal(&raw[pos..pos + end_of_line]);
        pos += end_of_line;
    }
    if slot.flags & STRIP == 0 {
        out.push_str(leading);
    }
    if slot.flags & KEEP != 0 {
        out.push_str(&trailing);
    }
    out
}

/// A line break as it stands in a value: U+2028 and U+2029 stay, everything else is `\n`.
fn normal(line_break: &str) -> &str {
    match line_break.len() {
        0 => "",
        3 => line_break,
        _ => "\n",
    }
}

/// Returns what the value of a folded scalar becomes when go-yaml v3 prints it as one and reads it back: more blank
/// lines, where a line is indented further.
///
/// ```
/// assert_eq!(tidegate_yaml::refolded("a b\n"), "a b\n");
/// assert_eq!(tidegate_yaml::refolded("a\n b\n"), "a\n\n b\n");
/// ```
#[must_use]
pub fn refolded(text: &str) -> Cow<'_, str> {
    let body = text.trim_end_matches('\n');
    let needs_care =
        body.contains("\n ") || body.contains("\n\t") || text.starts_with([' ', '\t', '\n']);
    let keeps = text.len() > body.len() + 1;
    if !needs_care && !keeps || !emit::may_be_block(text) {
        return Cow::Borrowed(text);
    }
    match Stream::parse(&print_folded(text)).ok().as_ref().and_then(Stream::root) {
        Some(root) => Cow::Owned(root.as_str().into_owned()),
        None => Cow::Borrowed(text),
    }
}

/// `yaml_emitter_write_folded_scalar` of go-yaml v3, without its width: `>` and its hints, and the lines indented by 2.
fn print_folded(text: &str) -> String {
    let mut out = String::from(">");
    if text.starts_with([' ', '\n']) {
        out.push('2');
    }
    if !text.ends_with('\n') {
        out.push('-');
    } else if text.len() == 1 || text.ends_with("\n\n") {
        out.push('+');
    }
    out.push('\n');
    let opens_plain = !text.trim_start_matches('\n').starts_with([' ', '\t']);
    let (mut after_break, mut blank_line) = (true, true);
    for c in text.chars() {
        if c == '\n' {
            if !after_break && !blank_line && opens_plain {
                out.push('\n');
            }
            out.push('\n');
            after_break = true;
        } else {
            if after_break {
                out.push_str("  ");
                blank_line = matches!(c, ' ' | '\t');
            }
            out.push(c);
            after_break = false;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tape::Kind;

    proptest! {
        #[test]
        fn literal_lines_are_read_in_both_ways_alike(
            lines in prop::collection::vec("( {0,4}[a#: ]{0,3})", 0..6),
            chomping in prop::sample::select(vec![0, STRIP, KEEP]),
            column in 1_u32..4,
            ended in any::<bool>(),
        ) {
            let mut raw = format!("|\n{}", lines.join("\n"));
            if ended {
                raw.push('\n');
            }
            let slot = Slot {
                kind: Kind::Scalar,
                style: Style::Literal,
                flags: chomping,
                start: 0,
                end: u32::try_from(raw.len()).expect("short"),
                last: column,
            };
            prop_assert_eq!(literal_lines(&raw, slot), block_lines(&raw, slot));
        }
    }
}
