use tidegate_source::Span;

use crate::error::{Error, ErrorKind};

const PREFIX: &str = "tag:yaml.org,2002:";

/// The directives of one document.
#[derive(Debug, Default)]
pub(super) struct Directives<'t> {
    version: Option<Span>,
    handles: Vec<(&'t str, &'t str)>,
}

impl<'t> Directives<'t> {
    pub(super) fn clear(&mut self) {
        self.version = None;
        self.handles.clear();
    }

    /// Reads `%YAML 1.1` or `%TAG !handle! prefix`.
    pub(super) fn read(&mut self, text: &'t str, span: Span) -> Result<(), Error> {
        let mut words = span.of(text).split([' ', '\t']).filter(|word| !word.is_empty());
        let name = words.next().unwrap_or_default();
        let (first, second, rest) = (words.next(), words.next(), words.next());
        match (name, first, second, rest) {
            ("%YAML", Some(version), None, None) => {
                if self.version.replace(span).is_some() {
                    return Err(Error::new(ErrorKind::DuplicateDirective, span));
                }
                let number = |part: &str| {
                    (1..=2).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit())
                };
                match version.split_once('.') {
                    Some((major, minor)) if number(major) && number(minor) => {
                        match (major.trim_start_matches('0'), minor.trim_start_matches('0')) {
                            ("1", "1") => Ok(()),
                            _ => Err(Error::new(ErrorKind::IncompatibleVersion, span)),
                        }
                    }
                    _ => Err(Error::new(ErrorKind::InvalidDirective, span)),
                }
            }
            ("%TAG", Some(handle), Some(prefix), None) if is_handle(handle) => {
                if self.handles.iter().any(|(known, _)| *known == handle) {
                    return Err(Error::new(ErrorKind::DuplicateDirective, span));
                }
                self.handles.push((handle, prefix));
                Ok(())
            }
            _ => Err(Error::new(ErrorKind::InvalidDirective, span)),
        }
    }

    /// Returns a tag with its handle resolved, in its short form where it is one of YAML's own.
    pub(super) fn tag(&self, text: &'t str, span: Span) -> Result<Box<str>, Error> {
        let written = span.of(text);
        if let Some(uri) = written.strip_prefix("!<").and_then(|it| it.strip_suffix('>')) {
            return Ok(short(uri));
        }
        if written == "!" {
            return Ok("!".into());
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let body = &written[1..];
        let suffix = body.trim_start_matches(is_word);
        let (handle, suffix) = match suffix.strip_prefix('!') {
            Some(suffix) => (&written[..written.len() - suffix.len()], suffix),
            None => ("!", body),
        };
        let declared = self.handles.iter().find(|(known, _)| *known == handle);
        let prefix = match (declared, handle) {
            (Some((_, prefix)), _) => *prefix,
            (None, "!") => "!",
            (None, "!!") => PREFIX,
            _ => {
                return Err(
                    Error::new(ErrorKind::UndefinedTagHandle, span).detail(format!("`{handle}`"))
                );
            }
        };
        Ok(short(&format!("{prefix}{suffix}")))
    }
}

fn short(tag: &str) -> Box<str> {
    match tag.strip_prefix(PREFIX) {
        Some(name) => format!("!!{name}").into(),
        None => tag.into(),
    }
}

fn is_handle(handle: &str) -> bool {
    handle == "!"
        || handle.strip_prefix('!').and_then(|it| it.strip_suffix('!')).is_some_and(|name| {
            name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
        })
}
