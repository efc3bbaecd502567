use std::fmt;

use crate::template::{Template, TemplateError, TemplateValue};
use crate::update::Update;

/// The template of a commit message when none is configured.
///
/// Fields: `.Environment`, `.Action` (`deploy`, `rollback`), `.Updates` with `.Component .Entry .OldTag .NewTag
/// .OldDigest .NewDigest .Why`.
pub const DEFAULT_MESSAGE: &str = "\
{{ .Action }}({{ .Environment }}): {{ range $nth, $it := .Updates }}{{ if $nth }}, {{ end }}{{ $it.Component }} {{ $it.NewTag }}{{ end }}

{{ range .Updates -}}
{{ .Component }}: {{ or .OldTag \"nothing\" }} -> {{ .NewTag }}{{ if .NewDigest }}@{{ .NewDigest }}{{ end }}{{ if .Why }} ({{ .Why }}){{ end }}
{{ end -}}
";

/// A line `Key: value` at the end of a commit message, as `git interpret-trailers` reads it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Trailer {
    /// Letters, digits and dashes.
    pub key: String,
    /// One line.
    pub value: String,
}

/// Key of the trailer that keeps why a finding was allowed.
pub const ALLOW_TRAILER: &str = "Tidegate-Allow";

/// A finding that somebody allowed, and why: the trailer `Tidegate-Allow: FINDING (reason)`.
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
    #[must_use]
    pub fn trailer(&self) -> Trailer {
        let reason = self.reason.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = format!("{} ({reason})", self.finding);
        Trailer { key: ALLOW_TRAILER.to_owned(), value }
    }

    /// Reads it back from a trailer; `None` for another trailer or another form.
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
