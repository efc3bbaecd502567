//! A difference drawn as text: one reader of the data among several.

use std::fmt;

use super::{Change, ChangeKind, Effect, ObjectDiff};
use crate::tree::Tree;

/// The longest value that is drawn, in characters.
const LONGEST: usize = 240;

impl fmt::Display for ObjectDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.changes.iter().try_for_each(|change| writeln!(f, "{change}"))
    }
}

/// `~ PATH: LIVE → DESIRED`, `+ PATH: DESIRED`, `- PATH: LIVE`; behind it, in brackets, what it brings about.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.kind {
            ChangeKind::Added => '+',
            ChangeKind::Changed => '~',
            ChangeKind::Removed => '-',
        };
        write!(f, "{sign} {}: ", self.path)?;
        match (&self.live, &self.desired) {
            (Some(live), Some(desired)) => write!(f, "{} → {}", short(live), short(desired))?,
            (Some(only), None) | (None, Some(only)) => f.write_str(&short(only))?,
            (None, None) => {}
        }
        f.write_str(match self.effect {
            Effect::InPlace => "",
            Effect::RestartsPods => " (restarts pods)",
            Effect::Refused => " (refused: delete the object and create it anew)",
        })
    }
}

/// Returns a value in one line: a plain text bare, everything else as JSON, cut where it is long.
fn short(tree: &Tree) -> String {
    let bare = |text: &str| {
        !text.is_empty() && !text.contains(char::is_control) && text.trim().len() == text.len()
    };
    let text = match tree.0.as_str() {
        Some(text) if bare(text) => text.to_owned(),
        _ => tree.to_string(),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let mut cut: String = text.chars().take(LONGEST - 1).collect();
    cut.push('…');
    cut
}
