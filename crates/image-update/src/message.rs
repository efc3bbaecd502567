use std::fmt;

use crate::template::{Template, TemplateError, TemplateValue};
use crate::update::Update;

/// The template of a commit message when none is configured.
///
/// Fields: `.Environment`, `.Action` (`deploy`, `rollback`), `.Updates` with `.Component .Entry .OldTag .NewTag
/// .OldDigest .NewDigest .Why`.
///
/// ```
/// use tidegate_image_update::{DEFAULT_MESSAGE, Pinned, Template, Update, commit_message};
///
/// let pin = |tag: &str| Pinned { tag: Some(tag.into()), ..Pinned::default() };
/// let update = |component: &str| Update {
///     component: component.into(),
///     entry: component.into(),
///     from: pin("1.4.0"),
///     to: pin("1.3.0"),
///     why: String::new(),
/// };
/// let template = Template::parse(DEFAULT_MESSAGE)?;
/// let message = commit_message(&template, "prod", "rollback", &[update("hub"), update("web")], &[])?;
/// assert_eq!(message.lines().next(), Some("rollback(prod): hub 1.3.0, web 1.3.0"));
/// # Ok::<(), tidegate_image_update::TemplateError>(())
/// ```
pub const DEFAULT_MESSAGE: &str = "\
{{ .Action }}({{ .Environment }}): {{ range $nth, $it := .Updates }}{{ if $nth }}, {{ end }}{{ $it.Component }} {{ $it.NewTag }}{{ end }}

{{ range .Updates -}}
{{ .Component }}: {{ or .OldTag \"nothing\" }} -> {{ .NewTag }}{{ if .NewDigest }}@{{ .NewDigest }}{{ end }}{{ if .Why }} ({{ .Why }}){{ end }}
{{ end -}}
";

/// A line `Key: value` at the end of a commit message, as `git interpret-trailers` reads it.
///
/// ```
/// use tidegate_image_update::Trailer;
///
/// let trailer = Trailer { key: "Reviewed-by".into(), value: "Ada".into() };
/// assert_eq!(trailer.to_string(), "Reviewed-by: Ada");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Trailer {
    /// Letters, digits and dashes.
    pub key: String,
    /// One line.
    pub value: String,
}

/// Key of the trailer that keeps why a finding was allowed.
///
/// ```
/// use tidegate_image_update::{ALLOW_TRAILER, trailers};
///
/// let message = "deploy(prod): hub 1.4.0\n\nTidegate-Allow: singleton-overlap (short)\nSigned-off-by: Ada\n";
/// let allowed = trailers(message).into_iter().filter(|it| it.key == ALLOW_TRAILER).count();
/// assert_eq!(allowed, 1);
/// ```
pub const ALLOW_TRAILER: &str = "Tidegate-Allow";

/// A finding that somebody allowed, and why: the trailer `Tidegate-Allow: FINDING (reason)`.
///
/// ```
/// use tidegate_image_update::Allowed;
///
/// let allowed = Allowed { finding: "singleton-overlap".into(), reason: "two hubs for 5 s".into() };
/// assert_eq!(Allowed::from_trailer(&allowed.trailer()), Some(allowed));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Allowed {
    /// The finding's name.
    pub finding: String,
    /// Why it was allowed.
    pub reason: String,
}

impl Allowed {
    /// Returns the trailer. Blanks and line breaks in the reason become single blanks.
    ///
    /// ```
    /// use tidegate_image_update::Allowed;
    ///
    /// // A reason is written on one line.
    /// let allowed = Allowed { finding: "no-drain".into(), reason: "one hub,\n  at night".into() };
    /// assert_eq!(allowed.trailer().to_string(), "Tidegate-Allow: no-drain (one hub, at night)");
    /// ```
    #[must_use]
    pub fn trailer(&self) -> Trailer {
        let reason = self.reason.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = format!("{} ({reason})", self.finding);
        Trailer { key: ALLOW_TRAILER.to_owned(), value }
    }

    /// Reads it back from a trailer; `None` for another trailer or another form.
    ///
    /// ```
    /// use tidegate_image_update::{Allowed, Trailer};
    ///
    /// let read = |line| Trailer::from_line(line).and_then(|it| Allowed::from_trailer(&it));
    /// assert_eq!(read("Tidegate-Allow: no-drain (one hub)").map(|it| it.finding), Some("no-drain".into()));
    /// // Without a reason nothing is allowed.
    /// assert_eq!(read("Tidegate-Allow: no-drain"), None);
    /// ```
    #[must_use]
    pub fn from_trailer(trailer: &Trailer) -> Option<Self> {
        if !trailer.key.eq_ignore_ascii_case(ALLOW_TRAILER) {
            return None;
        }
        let (finding, rest) = trailer.value.split_once(" (")?;
        let reason = rest.strip_suffix(')')?;
        Some(Self { finding: finding.to_owned(), reason: reason.to_owned() })
    }
}

impl Trailer {
    /// Reads one line `Key: value`; `None` for another form.
    ///
    /// ```
    /// use tidegate_image_update::Trailer;
    ///
    /// let trailer = Trailer::from_line("Signed-off-by: Ada <ada@tomoda.example>").expect("a trailer");
    /// assert_eq!((&*trailer.key, &*trailer.value), ("Signed-off-by", "Ada <ada@tomoda.example>"));
    /// assert_eq!(Trailer::from_line("no colon"), None);
    /// ```
    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        let (key, value) = line.split_once(": ")?;
        Some(Self { key: key.to_owned(), value: value.to_owned() })
    }
}

impl fmt::Display for Trailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.value)
    }
}

/// Writes a commit message: the template filled with the updates, and the trailers behind a blank line.
///
/// # Errors
///
/// Those of the template.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{
///     Allowed, DEFAULT_MESSAGE, Pinned, Template, Update, commit_message, trailers,
/// };
///
/// let pin = |tag: &str| Pinned { tag: Some(tag.to_owned()), ..Pinned::default() };
/// let update = Update {
///     component: "web".to_owned(),
///     entry: "web".to_owned(),
///     from: pin("v1.3"),
///     to: pin("v1.4"),
///     why: "the newest".to_owned(),
/// };
/// let allowed = Allowed { finding: "no-drain".to_owned(), reason: "one hub".to_owned() };
/// let template = Template::parse(DEFAULT_MESSAGE)?;
/// let message = commit_message(&template, "prod", "deploy", &[update], &[allowed.trailer()])?;
/// assert_eq!(message, "\
/// deploy(prod): web v1.4
///
/// web: v1.3 -> v1.4 (the newest)
///
/// Tidegate-Allow: no-drain (one hub)
/// ");
/// assert_eq!(Allowed::from_trailer(&trailers(&message)[0]), Some(allowed));
/// # Ok::<(), tidegate_image_update::TemplateError>(())
/// ```
pub fn commit_message(
    template: &Template,
    environment: &str,
    action: &str,
    updates: &[Update],
    trailers: &[Trailer],
) -> Result<String, TemplateError> {
    let text = |it: &str| TemplateValue::Text(it.to_owned());
    let part = |it: &Option<String>| TemplateValue::Text(it.clone().unwrap_or_default());
    let updates = updates.iter().map(|it| {
        TemplateValue::Record(vec![
            ("Component", text(&it.component)),
            ("Entry", text(&it.entry)),
            ("OldTag", part(&it.from.tag)),
            ("NewTag", part(&it.to.tag)),
            ("OldDigest", part(&it.from.digest)),
            ("NewDigest", part(&it.to.digest)),
            ("Why", text(&it.why)),
        ])
    });
    let data = TemplateValue::Record(vec![
        ("Environment", text(environment)),
        ("Action", text(action)),
        ("Updates", TemplateValue::List(updates.collect())),
    ]);
    let body = template.render(&data)?;
    let mut message = format!("{}\n", body.trim_end());
    for (nth, trailer) in trailers.iter().enumerate() {
        let blank = if nth == 0 { "\n" } else { "" };
        message.push_str(blank);
        message.push_str(&trailer.to_string());
        message.push('\n');
    }
    Ok(message)
}

/// Reads the trailers of a commit message: its last paragraph, where that is not the subject and every line of it is
/// `Key: value` or, beginning with a blank, goes on with the line before.
///
/// ```
/// use tidegate_image_update::trailers;
///
/// let message = "Subject: with a colon\n\nText.\n\nSigned-off-by: Ada\nReviewed-by: Bob\n  <bob@a.example>\n";
/// let found: Vec<String> = trailers(message).iter().map(ToString::to_string).collect();
/// assert_eq!(found, ["Signed-off-by: Ada", "Reviewed-by: Bob <bob@a.example>"]);
/// assert!(trailers("Subject: with a colon\n").is_empty());
/// ```
#[must_use]
pub fn trailers(message: &str) -> Vec<Trailer> {
    let lines: Vec<&str> = message.trim_end().lines().map(str::trim_end).collect();
    let Some(blank) = lines.iter().rposition(|it| it.is_empty()) else { return Vec::new() };
    let mut found: Vec<Trailer> = Vec::new();
    for line in &lines[blank + 1..] {
        if line.starts_with([' ', '\t']) {
            let Some(last) = found.last_mut() else { return Vec::new() };
            last.value = format!("{} {}", last.value, line.trim());
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { return Vec::new() };
        let is_key = |it: char| it.is_ascii_alphanumeric() || it == '-';
        if key.is_empty() || !key.chars().all(is_key) {
            return Vec::new();
        }
        found.push(Trailer { key: key.to_owned(), value: value.trim().to_owned() });
    }
    found
}
