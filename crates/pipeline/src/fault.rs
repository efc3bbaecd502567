use std::fmt;
use std::str::FromStr;

/// A fault of the next image of a component, or of its build; for the sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The component.
    pub component: String,
    /// What goes wrong.
    pub kind: FaultKind,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The new pod never becomes ready.
    NeverReady,
    /// The new pod becomes ready two minutes late.
    Late,
    /// The new container ends again and again.
    CrashLoop,
    /// The build fails.
    BuildFails,
    /// The build takes twenty minutes longer.
    BuildSlow,
}

impl FaultKind {
    const NAMES: [(&'static str, Self); 5] = [
        ("never-ready", Self::NeverReady),
        ("late", Self::Late),
        ("crash-loop", Self::CrashLoop),
        ("build-fails", Self::BuildFails),
        ("build-slow", Self::BuildSlow),
    ];
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMES.iter().find(|(_, kind)| kind == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

/// Why a text names no fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` names no fault; write COMPONENT=FAULT, where FAULT is one of {}", known())]
pub struct FaultError {
    text: String,
}

fn known() -> String {
    FaultKind::NAMES.map(|(name, _)| name).join(", ")
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let fault = text.split_once('=').and_then(|(component, name)| {
            let (_, kind) = FaultKind::NAMES.iter().find(|(known, _)| *known == name)?;
            Some(Self { component: component.to_owned(), kind: *kind })
        });
        fault
            .filter(|it| !it.component.is_empty())
            .ok_or_else(|| FaultError { text: text.to_owned() })
    }
}
