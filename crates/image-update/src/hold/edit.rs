use std::fmt::Write as _;

use tidegate_source::Span;
use tidegate_yaml::{Kind, Node, Stream, Style};

use super::file::{
    API_VERSION, Hold, HoldError, HoldErrorKind, HoldErrors, HoldFile, HoldSubject, KIND,
};
use crate::edit::{Context, Edits, line_break, line_end, line_start, scalar};

/// Chooses holds to be lifted: those of a subject, of one version or of all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HoldSelector {
    /// Of what; `None` for anything.
    pub subject: Option<HoldSubject>,
    /// Which version; `None` for each.
    pub version: Option<String>,
}

impl HoldSelector {
    /// Returns whether a hold is meant.
    #[must_use]
    pub fn selects(&self, hold: &Hold) -> bool {
        self.subject.as_ref().is_none_or(|it| *it == hold.subject)
            && self.version.as_ref().is_none_or(|it| *it == hold.version)
    }
}

impl std::fmt::Display for HoldSelector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.version, &self.subject) {
            (Some(version), Some(subject)) => write!(f, "{version} of {subject}"),
            (Some(version), None) => f.write_str(version),
            (None, Some(subject)) => write!(f, "{subject}"),
            (None, None) => f.write_str("anything"),
        }
    }
}

/// Adds a hold to a file's text, at the end of the list; every other byte stays. An empty text becomes a new file.
///
/// Where the subject's version is held already, whatever the reason, the text is returned as it is: adding twice is
/// adding once.
///
/// # Errors
///
/// The mistakes of [`HoldFile::parse`]; [`HoldErrorKind::NotEditable`] when the list is written in brackets with
/// something in it, or is an alias.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{Hold, HoldSubject, add_hold};
///
/// let hold = Hold {
///     subject: HoldSubject::Component("backend".to_owned()),
///     version: "1.3.0".to_owned(),
///     reason: "loses messages: see #12".to_owned(),
///     who: "Ada".to_owned(),
///     when: "2026-03-01T12:00:00Z".parse().expect("a moment"),
///     expires: None,
/// };
/// let text = add_hold("", &hold)?;
/// assert!(text.ends_with("    version: 1.3.0
///     reason: \"loses messages: see #12\"
///     who: Ada
///     when: 2026-03-01T12:00:00Z
/// "));
/// assert_eq!(add_hold(&text, &hold)?, text);
/// # Ok::<(), tidegate_image_update::HoldErrors>(())
/// ```
pub fn add_hold(text: &str, hold: &Hold) -> Result<String, HoldErrors> {
    let file = HoldFile::parse(text)?;
    let same = |it: &Hold| it.subject == hold.subject && it.version == hold.version;
    if file.holds().any(same) {
        return Ok(text.to_owned());
    }
    let stream = Stream::parse(text).map_err(|_| not_editable(Span::default()))?;
    let newline = line_break(text);
    let Some(root) = stream.root().filter(|it| !it.is_null()) else {
        let mut out = text.to_owned();
        end_line(&mut out, newline);
        let _ =
            write!(out, "apiVersion: {API_VERSION}{newline}kind: {KIND}{newline}holds:{newline}");
        out.push_str(&entry(hold, "  ", newline));
        return Ok(out);
    };
    if root.style() == Style::Flow {
        return Err(not_editable(root.span()));
    }
    let mut edits = Edits::default();
    let list = root.get("holds");
    let (at, indent) = match list {
        None => (line_end(text, root.span().range().end), "  "),
        Some(list) if list.is_null() || is_empty_flow(list) => {
            // What stands for the empty list goes, with the blanks before it.
            let written = list.outer_span().range();
            let kept = text[..written.start].trim_end_matches([' ', '\t']).len();
            if !written.is_empty() {
                edits.replace(Span::from_range(kept..written.end), "");
            }
            (line_end(text, written.end), "  ")
        }
        Some(list) if list.kind() == Kind::Sequence && list.style() == Style::Block => {
            let span = list.span().range();
            (end_of_lines(text, span.end), &text[line_start(text, span.start)..span.start])
        }
        Some(list) => return Err(not_editable(list.span())),
    };
    let mut lines = if at > 0 && !text[..at].ends_with('\n') { newline } else { "" }.to_owned();
    if list.is_none() {
        lines += &format!("holds:{newline}");
    }
    edits.insert(at, lines + &entry(hold, indent, newline));
    let wanted: Vec<&Hold> = file.holds().chain([hold]).collect();
    checked(edits.apply(text), &wanted, root.span())
}

/// Returns an edited text when it says what it should; what is laid out in a way that the edit did not foresee is
/// refused.
fn checked(text: String, wanted: &[&Hold], span: Span) -> Result<String, HoldErrors> {
    match HoldFile::parse(&text) {
        Ok(file) if file.holds().eq(wanted.iter().copied()) => Ok(text),
        _ => Err(not_editable(span)),
    }
}

/// Lifts the holds that a selector chooses: their lines go, every other byte stays. A list that becomes empty is
/// written `[]`.
///
/// # Errors
///
/// The mistakes of [`HoldFile::parse`]; [`HoldErrorKind::NotHeld`] when nothing is chosen;
/// [`HoldErrorKind::NotEditable`] when the list is written in brackets or is an alias.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{HoldErrorKind, HoldSelector, lift_hold};
///
/// let text = "\
/// apiVersion: tidegate/v1
/// kind: Holds
/// holds:
///   - {component: backend, version: 1.3.0, reason: bad, who: Ada, when: 2026-03-01T12:00:00Z}
/// ";
/// let selector = HoldSelector { subject: None, version: Some("1.3.0".to_owned()) };
/// let lifted = lift_hold(text, &selector)?;
/// assert_eq!(lifted, "apiVersion: tidegate/v1\nkind: Holds\nholds: []\n");
/// let errors = lift_hold(&lifted, &selector).unwrap_err();
/// assert_eq!(errors.to_string(), "there is no hold on 1.3.0");
/// # Ok::<(), tidegate_image_update::HoldErrors>(())
/// ```
pub fn lift_hold(text: &str, selector: &HoldSelector) -> Result<String, HoldErrors> {
    let file = HoldFile::parse(text)?;
    let chosen: Vec<bool> = file.holds().map(|it| selector.selects(it)).collect();
    let stream = Stream::parse(text).map_err(|_| not_editable(Span::default()))?;
    let list = stream.root().and_then(|root| root.get("holds"));
    let (Some(list), true) = (list, chosen.contains(&true)) else {
        let kind = HoldErrorKind::NotHeld(selector.to_string());
        let span = list.map_or_else(Span::default, Node::span);
        return Err(HoldError { kind, span }.into());
    };
    if list.kind() != Kind::Sequence || list.style() != Style::Block {
        return Err(not_editable(list.span()));
    }
    let mut edits = Edits::default();
    for (item, _) in list.items().zip(&chosen).filter(|(_, chosen)| **chosen) {
        let span = item.outer_span().range();
        let lines = line_start(text, span.start)..end_of_lines(text, span.end);
        edits.replace(Span::from_range(lines), "");
    }
    if !chosen.contains(&false) {
        let before = &text[..list.outer_span().range().start];
        edits.insert(before.rfind(':').map_or(before.len(), |colon| colon + 1), " []");
    }
    let wanted: Vec<&Hold> = file.holds().filter(|it| !selector.selects(it)).collect();
    checked(edits.apply(text), &wanted, list.span())
}

fn not_editable(span: Span) -> HoldErrors {
    HoldError { kind: HoldErrorKind::NotEditable, span }.into()
}

fn is_empty_flow(list: Node<'_>) -> bool {
    list.kind() == Kind::Sequence && list.style() == Style::Flow && list.items().next().is_none()
}

/// Returns the offset behind the last line of a node that ends at an offset.
fn end_of_lines(text: &str, end: usize) -> usize {
    if text[..end].ends_with('\n') { end } else { line_end(text, end) }
}

fn end_line(text: &mut String, newline: &str) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(newline);
    }
}

/// The lines of a hold.
fn entry(hold: &Hold, indent: &str, newline: &str) -> String {
    let mut fields = vec![
        (hold.subject.key(), hold.subject.name()),
        ("version", &hold.version),
        ("reason", &hold.reason),
        ("who", &hold.who),
    ];
    let (when, expires) = (hold.when.as_str(), hold.expires.as_ref().map(|it| it.as_str()));
    fields.push(("when", when));
    fields.extend(expires.map(|it| ("expires", it)));
    let mut out = String::new();
    for (nth, (key, value)) in fields.into_iter().enumerate() {
        let dash = if nth == 0 { "- " } else { "  " };
        // A moment is a timestamp to YAML; this reader takes it as it stands.
        let value = match key {
            "when" | "expires" => value.to_owned(),
            _ => scalar(value, Context::Block),
        };
        let _ = write!(out, "{indent}{dash}{key}: {value}{newline}");
    }
    out
}
