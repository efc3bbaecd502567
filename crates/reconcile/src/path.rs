//! Paths to fields, through lists whose elements have keys.

use std::fmt;

/// One step on the way to a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Step {
    /// A field of a mapping.
    Field(String),
    /// The element of a list whose key fields have these values.
    Key(Vec<(&'static str, String)>),
    /// The element of a set that has this value.
    Value(String),
    /// An element by its position, from 0.
    Index(usize),
}

impl Step {
    /// Returns the name of a field.
    #[must_use]
    pub fn as_field(&self) -> Option<&str> {
        match self {
            Self::Field(name) => Some(name),
            _ => None,
        }
    }
}

/// The way from an object to one of its fields.
///
/// Drawn like `spec.template.spec.containers[name=web].image`; a field name that holds a dot or a bracket stands in
/// brackets and quotes: `metadata.annotations["example.com/owner"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldPath(Vec<Step>);

impl FieldPath {
    pub(crate) fn new(steps: Vec<Step>) -> Self {
        Self(steps)
    }

    /// Returns the steps from the object to the field.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns whether the path begins with these field names.
    ///
    /// A list's element takes no name, so `["spec", "template"]` is above every field of a pod template.
    #[must_use]
    pub fn is_below(&self, names: &[&str]) -> bool {
        self.0.len() >= names.len()
            && self.0.iter().zip(names).all(|(step, name)| step.as_field() == Some(name))
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if name.is_empty() || name.contains(['.', '[', ']', '"']) => {
                    write!(f, "[{name:?}]")?;
                }
                Step::Field(name) if nth == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Key(keys) => {
                    f.write_str("[")?;
                    for (nth, (field, value)) in keys.iter().enumerate() {
                        let comma = if nth == 0 { "" } else { "," };
                        write!(f, "{comma}{field}={value}")?;
                    }
                    f.write_str("]")?;
                }
                Step::Value(value) => write!(f, "[={value}]")?,
                Step::Index(at) => write!(f, "[{at}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for FieldPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
