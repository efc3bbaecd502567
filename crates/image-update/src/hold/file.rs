use std::fmt;

use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span, nearest};
use tidegate_yaml::{Kind, Node, Stream};

use super::moment::{Moment, MomentError};

/// `apiVersion` of a file of holds.
pub(super) const API_VERSION: &str = "tidegate/v1";
/// `kind` of a file of holds.
pub(super) const KIND: &str = "Holds";

/// What is held: one component, or a group that deploys together.
///
/// ```
/// use tidegate_image_update::HoldSubject;
///
/// let subject = HoldSubject::Group("tomoda".into());
/// assert_eq!((subject.key(), subject.name()), ("group", "tomoda"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum HoldSubject {
    /// A component.
    Component(String),
    /// A group of components.
    Group(String),
}

impl HoldSubject {
    /// Returns the key under which the file names it.
    ///
    /// ```
    /// use tidegate_image_update::HoldSubject;
    ///
    /// assert_eq!(HoldSubject::Component("backend".into()).key(), "component");
    /// ```
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Component(_) => "component",
            Self::Group(_) => "group",
        }
    }

    /// Returns its name.
    ///
    /// ```
    /// use tidegate_image_update::HoldSubject;
    ///
    /// assert_eq!(HoldSubject::Component("backend".into()).name(), "backend");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Component(name) | Self::Group(name) => name,
        }
    }
}

impl fmt::Display for HoldSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key(), self.name())
    }
}

/// A version that must not be deployed, and why.
///
/// ```
/// use tidegate_image_update::{Hold, HoldFile, HoldSubject, add_hold};
///
/// let hold = Hold {
///     subject: HoldSubject::Group("tomoda".into()),
///     version: "1.4.0".into(),
///     reason: "loses orders".into(),
///     who: "Ada".into(),
///     when: "2026-11-20T12:00:00Z".parse().expect("a moment"),
///     expires: Some("2026-12-01T00:00:00Z".parse().expect("a moment")),
/// };
/// let file = HoldFile::parse(&add_hold("", &hold)?)?;
/// assert!(file.holds().eq([&hold]));
/// # Ok::<(), tidegate_image_update::HoldErrors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Hold {
    /// Of what.
    pub subject: HoldSubject,
    /// The version, in the text that it is written with.
    pub version: String,
    /// Why.
    pub reason: String,
    /// Who put it up.
    pub who: String,
    /// When.
    pub when: Moment,
    /// From when on it is reported as expired; it holds until it is lifted all the same.
    pub expires: Option<Moment>,
}

/// Whether a version may be deployed.
///
/// ```
/// use tidegate_image_update::{HoldFile, HoldState};
///
/// let file = HoldFile::parse("\
/// apiVersion: tidegate/v1
/// kind: Holds
/// holds:
/// - {component: backend, version: 1.4.0, reason: slow, who: Ada, when: 2026-11-01T12:00:00Z, expires: 2026-11-08T12:00:00Z}
/// ")?;
/// let now = "2026-11-23T12:00:00Z".parse().expect("a moment");
/// let state = file.is_held("backend", None, "1.4.0", &now);
/// // It has expired, and holds all the same until somebody lifts it.
/// assert!(matches!(state, HoldState::Expired(_)) && state.hold().is_some());
/// # Ok::<(), tidegate_image_update::HoldErrors>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldState<'f> {
    /// Nothing holds it.
    Free,
    /// It is held.
    Held(&'f Hold),
    /// It is held, by a hold that has expired and wants to be lifted or renewed.
    Expired(&'f Hold),
}

impl<'f> HoldState<'f> {
    /// Returns the hold, expired or not.
    ///
    /// ```
    /// use tidegate_image_update::HoldState;
    ///
    /// assert_eq!(HoldState::Free.hold(), None);
    /// ```
    #[must_use]
    pub const fn hold(self) -> Option<&'f Hold> {
        match self {
            Self::Free => None,
            Self::Held(hold) | Self::Expired(hold) => Some(hold),
        }
    }
}

/// The holds of one application in one environment: one YAML file of the devops repository, outside of what is
/// rendered.
///
/// ```yaml
/// apiVersion: tidegate/v1
/// kind: Holds
/// holds:
///   - component: tomoda-backend
///     version: 1.3.0
///     reason: loses messages on reconnect
///     who: Ada <ada@tomoda.example>
///     when: 2026-03-01T12:00:00Z
/// ```
///
/// An entry names a `component` or a `group`; `expires` may follow `when`. Anything else is an error.
///
/// ```
/// use tidegate_image_update::{Hold, HoldFile, HoldSubject, add_hold};
///
/// let hold = Hold {
///     subject: HoldSubject::Component("backend".into()),
///     version: "1.4.0".into(),
///     reason: "loses orders".into(),
///     who: "Ada".into(),
///     when: "2026-11-20T12:00:00Z".parse().expect("a moment"),
///     expires: None,
/// };
/// // A file that is empty holds nothing.
/// assert_eq!(HoldFile::parse("")?.holds().len(), 0);
/// assert_eq!(HoldFile::parse(&add_hold("", &hold)?)?.holds().len(), 1);
/// # Ok::<(), tidegate_image_update::HoldErrors>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoldFile {
    holds: Vec<(Hold, Span)>,
}

impl HoldFile {
    /// Reads a file. An empty text is a file without holds.
    ///
    /// # Errors
    ///
    /// All mistakes that are found, each with its place.
    ///
    /// # Examples
    ///
    /// ```
    /// use tidegate_image_update::{HoldFile, HoldState};
    ///
    /// let file = HoldFile::parse("\
    /// apiVersion: tidegate/v1
    /// kind: Holds
    /// holds:
    ///   - group: tomoda
    ///     version: 1.3.0
    ///     reason: loses messages
    ///     who: Ada
    ///     when: 2026-03-01T12:00:00Z
    ///     expires: 2026-03-08T12:00:00Z
    /// ")?;
    /// let state = |version, now: &str| file.is_held("backend", Some("tomoda"), version, &now.parse().unwrap());
    /// assert!(matches!(state("1.3.0", "2026-03-02T00:00:00Z"), HoldState::Held(_)));
    /// assert!(matches!(state("1.3.0", "2026-04-02T00:00:00Z"), HoldState::Expired(_)));
    /// assert_eq!(state("1.3.1", "2026-03-02T00:00:00Z"), HoldState::Free);
    ///
    /// let errors = HoldFile::parse("holds:\n  - componet: backend\n").unwrap_err();
    /// assert!(errors.to_string().contains("unknown field `componet`"));
    /// # Ok::<(), tidegate_image_update::HoldErrors>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, HoldErrors> {
        let stream = Stream::parse(text).map_err(|errors| {
            let mistake = |it: &tidegate_yaml::Error| HoldError {
                kind: HoldErrorKind::Yaml(it.to_string()),
                span: it.span(),
            };
            HoldErrors(errors.iter().map(mistake).collect())
        })?;
        let mut reader = Reader::default();
        for error in stream.duplicate_keys() {
            reader.report(HoldErrorKind::Yaml(error.to_string()), error.span());
        }
        let mut documents = stream.documents();
        let holds = documents.next().map_or_else(Vec::new, |it| reader.file(it.root()));
        if let Some(second) = documents.next() {
            reader.report(HoldErrorKind::SecondDocument, second.span());
        }
        if reader.errors.is_empty() {
            Ok(Self { holds })
        } else {
            reader.errors.sort_by_key(|it| it.span.start);
            Err(HoldErrors(reader.errors))
        }
    }

    /// Returns the holds, in the order of the file.
    ///
    /// ```
    /// use tidegate_image_update::HoldFile;
    ///
    /// let file = HoldFile::parse("\
    /// apiVersion: tidegate/v1
    /// kind: Holds
    /// holds:
    /// - {component: backend, version: 1.4.0, reason: loses orders, who: Ada, when: 2026-11-20T12:00:00Z}
    /// - {group: tomoda, version: 1.2.0, reason: slow, who: Bob, when: 2026-10-20T12:00:00Z}
    /// ")?;
    /// let versions: Vec<&str> = file.holds().map(|it| &*it.version).collect();
    /// assert_eq!(versions, ["1.4.0", "1.2.0"]);
    /// # Ok::<(), tidegate_image_update::HoldErrors>(())
    /// ```
    #[must_use]
    pub fn holds(&self) -> impl ExactSizeIterator<Item = &Hold> {
        self.holds.iter().map(|(hold, _)| hold)
    }

    /// Returns where a hold stands in the text, the first that is equal.
    ///
    /// ```
    /// use tidegate_image_update::HoldFile;
    ///
    /// let text = "\
    /// apiVersion: tidegate/v1
    /// kind: Holds
    /// holds:
    /// - {component: backend, version: 1.4.0, reason: loses orders, who: Ada, when: 2026-11-20T12:00:00Z}
    /// ";
    /// let file = HoldFile::parse(text)?;
    /// let hold = file.holds().next().expect("there is one");
    /// let span = file.span(hold).expect("it stands in the file");
    /// assert!(span.of(text).starts_with("{component: backend"));
    /// # Ok::<(), tidegate_image_update::HoldErrors>(())
    /// ```
    #[must_use]
    pub fn span(&self, hold: &Hold) -> Option<Span> {
        self.holds.iter().find(|(it, _)| it == hold).map(|(_, span)| *span)
    }

    /// Answers whether a version of a component is held, itself or through its group. Of several holds one that has
    /// not expired counts first.
    ///
    /// ```
    /// use tidegate_image_update::{HoldFile, HoldState};
    ///
    /// let file = HoldFile::parse("\
    /// apiVersion: tidegate/v1
    /// kind: Holds
    /// holds:
    /// - {group: tomoda, version: 1.4.0, reason: loses orders, who: Ada, when: 2026-11-20T12:00:00Z}
    /// ")?;
    /// let now = "2026-11-23T12:00:00Z".parse().expect("a moment");
    /// // A component is held with its group.
    /// assert!(matches!(file.is_held("backend", Some("tomoda"), "1.4.0", &now), HoldState::Held(_)));
    /// assert_eq!(file.is_held("backend", None, "1.4.0", &now), HoldState::Free);
    /// # Ok::<(), tidegate_image_update::HoldErrors>(())
    /// ```
    #[must_use]
    pub fn is_held(
        &self,
        component: &str,
        group: Option<&str>,
        version: &str,
        now: &Moment,
    ) -> HoldState<'_> {
        let concerns = |hold: &&Hold| {
            hold.version == version
                && match &hold.subject {
                    HoldSubject::Component(name) => name == component,
                    HoldSubject::Group(name) => Some(name.as_str()) == group,
                }
        };
        let expired = |hold: &Hold| hold.expires.as_ref().is_some_and(|it| it <= now);
        match self.holds().filter(concerns).min_by_key(|it| expired(it)) {
            None => HoldState::Free,
            Some(hold) if expired(hold) => HoldState::Expired(hold),
            Some(hold) => HoldState::Held(hold),
        }
    }
}

/// What is wrong with a file of holds.
///
/// ```
/// use tidegate_image_update::{HoldErrorKind, HoldFile};
///
/// let errors = HoldFile::parse("apiVersion: tidegate/v1\nkind: Hold\nholds: []\n").unwrap_err();
/// let kind = errors.iter().next().map(|it| it.kind().clone());
/// assert_eq!(kind, Some(HoldErrorKind::OtherKind { field: "kind", expected: "Holds" }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HoldErrorKind {
    /// It is not YAML, or a key stands twice.
    Yaml(String),
    /// A second document follows.
    SecondDocument,
    /// Another form was expected: `a mapping`, `a list`, `a text`.
    Wrong {
        /// Of what.
        what: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// A field that there is not, and the known one that is most like it.
    UnknownField {
        /// Its name.
        field: String,
        /// The nearest known name.
        nearest: Option<&'static str>,
    },
    /// A field is missing.
    MissingField(&'static str),
    /// Neither `component` nor `group`, or both.
    Subject,
    /// `apiVersion` or `kind` is another one.
    OtherKind {
        /// The field.
        field: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// Not a date and time.
    Moment(MomentError),
    /// A hold to be lifted is not there.
    NotHeld(String),
    /// The text can't be edited in place: the list is written in brackets or behind an alias, say.
    NotEditable {
        /// What is in the way.
        message: String,
        /// What to do, where that is known.
        help: Option<&'static str>,
    },
}

impl fmt::Display for HoldErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yaml(message) => f.write_str(message),
            Self::SecondDocument => f.write_str("a file of holds is one document"),
            Self::Wrong { what, expected } => write!(f, "{what} must be {expected}"),
            Self::UnknownField { field, .. } => write!(f, "unknown field `{field}`"),
            Self::MissingField(field) => write!(f, "field `{field}` is missing"),
            Self::Subject => f.write_str("a hold names either a `component` or a `group`"),
            Self::OtherKind { field, expected } => write!(f, "`{field}` must be `{expected}`"),
            Self::Moment(error) => error.fmt(f),
            Self::NotHeld(what) => write!(f, "there is no hold on {what}"),
            Self::NotEditable { message, .. } => {
                write!(f, "the holds can't be edited in place: {message}")
            }
        }
    }
}

/// A mistake in a file of holds, and where.
///
/// ```
/// use tidegate_image_update::HoldFile;
///
/// let text = "apiVersion: tidegate/v1\nkind: Holds\nholds: none\n";
/// let errors = HoldFile::parse(text).unwrap_err();
/// let first = errors.iter().next().expect("there is at least one");
/// assert_eq!(first.span().of(text), "none");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldError {
    pub(super) kind: HoldErrorKind,
    pub(super) span: Span,
}

impl HoldError {
    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> &HoldErrorKind {
        &self.kind
    }

    /// Returns where.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Returns the mistake as a diagnostic of a file.
    ///
    /// ```
    /// use tidegate_image_update::HoldFile;
    ///
    /// let text = "apiVersion: tidegate/v1\nkind: Holds\nhold: []\n";
    /// let source = tidegate_source::Sources::new().add("holds.yaml", text);
    /// let errors = HoldFile::parse(text).unwrap_err();
    /// let told: Vec<_> = errors.iter().flat_map(|it| it.to_diagnostic(source).help).collect();
    /// assert!(told.iter().any(|it| it.contains("`holds`")));
    /// ```
    #[must_use]
    pub fn to_diagnostic(&self, source: SourceId) -> Diagnostic {
        let diagnostic = Diagnostic::error("hold-file", self.kind.to_string())
            .at(Label::new(Mark::new(source, self.span), ""));
        match &self.kind {
            HoldErrorKind::UnknownField { nearest: Some(known), .. } => {
                diagnostic.help(format!("a field with a similar name exists: `{known}`"))
            }
            HoldErrorKind::NotEditable { help: Some(help), .. } => diagnostic.help(*help),
            HoldErrorKind::MissingField("expires") | HoldErrorKind::Moment(_) => {
                diagnostic.help("write it as RFC 3339 has it: 2026-03-01T12:00:00Z")
            }
            _ => diagnostic,
        }
    }
}

impl fmt::Display for HoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for HoldError {}

/// All mistakes of a file of holds, in the order of the text; at least one.
///
/// ```
/// use tidegate_image_update::HoldFile;
///
/// // Every mistake is told at once.
/// let errors = HoldFile::parse("apiVersion: tidegate/v2\nkind: Holds\nhold: []\n").unwrap_err();
/// assert!(errors.iter().count() >= 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldErrors(pub(super) Vec<HoldError>);

impl HoldErrors {
    /// Iterates over the mistakes.
    pub fn iter(&self) -> std::slice::Iter<'_, HoldError> {
        self.0.iter()
    }
}

impl<'e> IntoIterator for &'e HoldErrors {
    type Item = &'e HoldError;
    type IntoIter = std::slice::Iter<'e, HoldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl From<HoldError> for HoldErrors {
    fn from(error: HoldError) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for HoldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, error) in self.0.iter().enumerate() {
            f.write_str(if nth == 0 { "" } else { "; " })?;
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for HoldErrors {}

const FILE_FIELDS: [&str; 3] = ["apiVersion", "kind", "holds"];
const HOLD_FIELDS: [&str; 7] =
    ["component", "group", "version", "reason", "who", "when", "expires"];

#[derive(Default)]
struct Reader {
    errors: Vec<HoldError>,
}

impl Reader {
    fn report(&mut self, kind: HoldErrorKind, span: Span) {
        self.errors.push(HoldError { kind, span });
    }

    fn file(&mut self, root: Node<'_>) -> Vec<(Hold, Span)> {
        if root.is_null() {
            return Vec::new();
        }
        if !self.mapping(root, "a file of holds", &FILE_FIELDS) {
            return Vec::new();
        }
        for (field, expected) in [("apiVersion", API_VERSION), ("kind", KIND)] {
            match root.get(field) {
                None => self.report(HoldErrorKind::MissingField(field), start(root)),
                Some(node) if node.as_str() != expected => {
                    self.report(HoldErrorKind::OtherKind { field, expected }, node.span());
                }
                Some(_) => {}
            }
        }
        let Some(list) = root.get("holds").filter(|it| !it.is_null()) else { return Vec::new() };
        if list.target().kind() != Kind::Sequence {
            self.report(HoldErrorKind::Wrong { what: "`holds`", expected: "a list" }, list.span());
            return Vec::new();
        }
        list.items().filter_map(|it| Some((self.hold(it)?, it.span()))).collect()
    }

    fn hold(&mut self, node: Node<'_>) -> Option<Hold> {
        if !self.mapping(node, "a hold", &HOLD_FIELDS) {
            return None;
        }
        let subject = match (self.optional(node, "component"), self.optional(node, "group")) {
            (Some(name), None) => Some(HoldSubject::Component(name)),
            (None, Some(name)) => Some(HoldSubject::Group(name)),
            _ => {
                self.report(HoldErrorKind::Subject, start(node));
                None
            }
        };
        let version = self.required(node, "version");
        let reason = self.required(node, "reason");
        let who = self.required(node, "who");
        let when = self.required(node, "when").and_then(|it| self.moment(node, "when", &it));
        let expires = self.optional(node, "expires");
        let expires = match expires {
            Some(text) => Some(self.moment(node, "expires", &text)?),
            None => None,
        };
        Some(Hold {
            subject: subject?,
            version: version?,
            reason: reason?,
            who: who?,
            when: when?,
            expires,
        })
    }

    fn mapping(&mut self, node: Node<'_>, what: &'static str, known: &[&'static str]) -> bool {
        if node.target().kind() != Kind::Mapping {
            self.report(HoldErrorKind::Wrong { what, expected: "a mapping" }, node.span());
            return false;
        }
        for (key, _) in node.entries() {
            let field = key.as_str();
            if !known.contains(&&*field) {
                let nearest = nearest(&field, known.iter().copied())
                    .and_then(|near| known.iter().find(|it| **it == near).copied());
                let field = field.into_owned();
                self.report(HoldErrorKind::UnknownField { field, nearest }, key.span());
            }
        }
        true
    }

    fn optional(&mut self, node: Node<'_>, field: &'static str) -> Option<String> {
        let value = node.get(field)?;
        if value.target().kind() != Kind::Scalar || value.is_null() {
            self.report(HoldErrorKind::Wrong { what: field, expected: "a text" }, value.span());
            return None;
        }
        Some(value.as_str().into_owned())
    }

    fn required(&mut self, node: Node<'_>, field: &'static str) -> Option<String> {
        if node.get(field).is_none() {
            self.report(HoldErrorKind::MissingField(field), start(node));
        }
        self.optional(node, field)
    }

    fn moment(&mut self, node: Node<'_>, field: &str, text: &str) -> Option<Moment> {
        match text.parse() {
            Ok(moment) => Some(moment),
            Err(error) => {
                let span = node.get(field).map_or_else(|| node.span(), Node::span);
                self.report(HoldErrorKind::Moment(error), span);
                None
            }
        }
    }
}

/// The first key of a mapping: where something that is missing is reported.
fn start(node: Node<'_>) -> Span {
    node.entries().next().map_or_else(|| node.span(), |(key, _)| key.span())
}
