use std::fmt;

use tidegate_source::{Diagnostic, Sources};

use crate::plan::Station;

/// What stands against something: diagnostics, and the texts that they point into.
#[derive(Clone, Debug)]
pub struct Complaint {
    /// What is wrong; at least one.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts.
    pub sources: Sources,
}

impl Complaint {
    /// Creates a complaint that no text holds.
    #[must_use]
    pub fn plain(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        let help = help.into();
        let mut diagnostic = Diagnostic::error(code, message.into());
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        Self { diagnostics: vec![diagnostic], sources: Sources::new() }
    }

    /// Creates a complaint about one place.
    #[must_use]
    pub fn new(diagnostic: Diagnostic, sources: Sources) -> Self {
        Self { diagnostics: vec![diagnostic], sources }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, diagnostic) in self.diagnostics.iter().enumerate() {
            if nth > 0 {
                f.write_str("\n")?;
            }
            if let Some(place) =
                diagnostic.labels.first().and_then(|it| self.sources.place(it.mark))
            {
                write!(f, "{place}: ")?;
            }
            write!(f, "{diagnostic}")?;
            for help in &diagnostic.help {
                write!(f, "\nhelp: {help}")?;
            }
        }
        Ok(())
    }
}

/// Why a command did not come to its end. Each kind has an exit code of its own.
#[derive(Clone, Debug)]
pub enum Error {
    /// The command line or the configuration asks for what can't be (exit code 2).
    Misuse(Complaint),
    /// The request is refused, and nothing was changed (exit code 3).
    Refused(Complaint),
    /// A step failed; what was done before stays, and the same command takes it up (exit code 1).
    Failed {
        /// The step, where one had begun.
        station: Option<Station>,
        /// What went wrong.
        complaint: Complaint,
    },
    /// The user interrupted the run (exit code 130).
    Interrupted,
}

impl Error {
    /// Creates a refusal that no text holds.
    #[must_use]
    pub fn refused(
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::Refused(Complaint::plain(code, message, help))
    }

    /// Creates a misuse that no text holds.
    #[must_use]
    pub fn misuse(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Misuse(Complaint::plain(code, message, help))
    }

    /// Creates a failure that no text holds.
    #[must_use]
    pub fn failed(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Failed { station: None, complaint: Complaint::plain(code, message, help) }
    }

    /// Says during which step a failure came.
    #[must_use]
    pub fn during(self, at: Station) -> Self {
        match self {
            Self::Failed { complaint, .. } => Self::Failed { station: Some(at), complaint },
            other => other,
        }
    }

    /// Returns the exit code of a program that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Failed { .. } => 1,
            Self::Misuse(_) => 2,
            Self::Refused(_) => 3,
            Self::Interrupted => 130,
        }
    }

    /// Returns what stands against it; nothing for an interruption.
    #[must_use]
    pub const fn complaint(&self) -> Option<&Complaint> {
        match self {
            Self::Misuse(complaint) | Self::Refused(complaint) | Self::Failed { complaint, .. } => {
                Some(complaint)
            }
            Self::Interrupted => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.complaint() {
            Some(complaint) => complaint.fmt(f),
            None => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for Error {}
