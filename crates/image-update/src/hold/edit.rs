use tidegate_source::Span;
use tidegate_yaml::Stream;
use tidegate_yaml::edit::{self, EditError, New};

use super::file::{
    API_VERSION, Hold, HoldError, HoldErrorKind, HoldErrors, HoldFile, HoldSubject, KIND,
};
use super::moment::Moment;

/// Chooses holds to be lifted: those of a subject, of one version or of all.
///
/// ```
/// use tidegate_image_update::{HoldSelector, HoldSubject};
///
/// let selector =
///     HoldSelector { subject: Some(HoldSubject::Component("backend".into())), version: None };
/// assert!(selector.to_string().contains("backend"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HoldSelector {
    /// Of what; `None` for anything.
    pub subject: Option<HoldSubject>,
    /// Which version; `None` for each.
    pub version: Option<String>,
}

impl HoldSelector {
    /// Returns whether a hold is meant.
    ///
    /// ```
    /// use tidegate_image_update::{HoldFile, HoldSelector, HoldSubject};
    ///
    /// let file = HoldFile::parse("\
    /// apiVersion: tidegate/v1
    /// kind: Holds
    /// holds:
    /// - {component: backend, version: 1.4.0, reason: loses orders, who: Ada, when: 2026-11-20T12:00:00Z}
    /// ")?;
    /// let hold = file.holds().next().expect("there is one");
    /// let version = |text: &str| HoldSelector { subject: None, version: Some(text.into()) };
    /// assert!(version("1.4.0").selects(hold) && !version("1.3.0").selects(hold));
    /// # Ok::<(), tidegate_image_update::HoldErrors>(())
    /// ```
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
/// assert!(text.ends_with("- component: backend
///   version: 1.3.0
///   reason: 'loses messages: see #12'
///   who: Ada
///   when: 2026-03-01T12:00:00Z
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
    let Some(root) = stream.root().filter(|it| !it.is_null()) else {
        let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let head = format!("{text}{newline}apiVersion: {API_VERSION}\nkind: {KIND}\nholds: []\n");
        return add_hold(&head, hold);
    };
    let list = root.get("holds").filter(|it| it.items().next().is_some());
    let edits = match list {
        Some(list) => edit::push_item(list, &entry(hold)),
        None => edit::set_entry(root, "holds", &New::List(vec![entry(hold)])),
    };
    Ok(edits?.apply(text))
}

/// Lifts the holds that a selector chooses: their lines go, with the comments
/// in and directly above them; every other byte stays. A list that becomes empty is written `[]`.
///
/// # Errors
///
/// The mistakes of [`HoldFile::parse`]; [`HoldErrorKind::NotHeld`] when nothing is chosen;
/// [`HoldErrorKind::NotEditable`] when the list is an alias.
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
    let chosen: Vec<usize> = file
        .holds()
        .enumerate()
        .filter(|(_, hold)| selector.selects(hold))
        .map(|(nth, _)| nth)
        .collect();
    if chosen.is_empty() {
        let kind = HoldErrorKind::NotHeld(selector.to_string());
        return Err(HoldError { kind, span: Span::default() }.into());
    }
    let mut text = text.to_owned();
    // From the last on, so that the numbers of the others stay.
    for nth in chosen.into_iter().rev() {
        let stream = Stream::parse(&text).map_err(|_| not_editable(Span::default()))?;
        let list = stream.root().and_then(|root| root.get("holds"));
        let list = list.ok_or_else(|| not_editable(Span::default()))?;
        text = edit::remove_item(list, nth)?.apply(&text);
    }
    Ok(text)
}

fn not_editable(span: Span) -> HoldErrors {
    let message = "the text can't be read again".to_owned();
    HoldError { kind: HoldErrorKind::NotEditable { message, help: None }, span }.into()
}

impl From<EditError> for HoldErrors {
    fn from(error: EditError) -> Self {
        let kind = HoldErrorKind::NotEditable { message: error.to_string(), help: error.help() };
        HoldError { kind, span: error.span() }.into()
    }
}

fn entry(hold: &Hold) -> New {
    let text = |key: &str, value: &str| (key.to_owned(), New::from(value));
    // A moment is a timestamp to YAML, and needs no quotes.
    let moment = |key: &str, value: &Moment| (key.to_owned(), New::Plain(value.to_string()));
    let mut fields = vec![
        text(hold.subject.key(), hold.subject.name()),
        text("version", &hold.version),
        text("reason", &hold.reason),
        text("who", &hold.who),
        moment("when", &hold.when),
    ];
    fields.extend(hold.expires.as_ref().map(|it| moment("expires", it)));
    New::Map(fields)
}
