/// A value to be written.
///
/// ```
/// use tidegate_yaml::Stream;
/// use tidegate_yaml::edit::{self, New};
///
/// let text = "env: []\n";
/// let stream = Stream::parse(text)?;
/// let env = stream.root().and_then(|it| it.get("env")).ok_or("no env")?;
/// let port = New::Map(vec![("name".into(), "PORT".into()), ("value".into(), "8080".into())]);
/// let edits = edit::set(env, &New::List(vec![port]))?;
/// assert_eq!(edits.apply(text), "env:\n- name: PORT\n  value: \"8080\"\n");
///
/// let error = edit::set(env, &New::Plain("08:15".into())).unwrap_err();
/// assert_eq!(error.kind(), edit::EditErrorKind::InvalidValue);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// A string; it is put in quotes where it has to be.
    String(String),
    /// A number, `true`, `false` or `null`, in the text that is to be written, without quotes.
    Plain(String),
    /// A mapping; keys in the order in which they are to be written.
    Map(Vec<(String, New)>),
    /// A list.
    List(Vec<New>),
}

impl From<&str> for New {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for New {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<i64> for New {
    fn from(number: i64) -> Self {
        Self::Plain(number.to_string())
    }
}

impl From<bool> for New {
    fn from(value: bool) -> Self {
        Self::Plain(value.to_string())
    }
}
