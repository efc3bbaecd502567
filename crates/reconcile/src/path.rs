//! Paths to fields, through lists whose elements have keys.

use std::fmt;

/// One step on the way to a field.
///
/// ```
/// use tidegate_reconcile::{Step, diff};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let hub = |image: &str| objects(&format!("{{apiVersion: v1, kind: Pod, metadata: {{name: hub}}, spec: {{containers: [{{name: hub, image: {image}}}]}}}}")).remove(0);
/// let difference = diff(&hub("new"), &hub("old"), None);
/// assert_eq!(difference.changes[0].path.steps()[2], Step::Key(vec![("name", "hub".into())]));
/// ```
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
    ///
    /// ```
    /// use tidegate_reconcile::Step;
    ///
    /// assert_eq!(Step::Field("spec".into()).as_field(), Some("spec"));
    /// assert_eq!(Step::Index(0).as_field(), None);
    /// ```
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
///
/// ```
/// use tidegate_reconcile::diff;
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let notes = |owner: &str| objects(&format!("{{apiVersion: v1, kind: Secret, metadata: {{name: s, annotations: {{example.com/owner: {owner}}}}}}}")).remove(0);
/// let path = &diff(&notes("us"), &notes("them"), None).changes[0].path;
/// assert_eq!(path.to_string(), r#"metadata.annotations["example.com/owner"]"#);
/// assert_eq!(path.steps().len(), 3);
/// ```
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
    ///
    /// ```
    /// use tidegate_reconcile::diff;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let hub = |replicas| objects(&format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub}}, spec: {{replicas: {replicas}}}}}")).remove(0);
    /// let path = &diff(&hub(3), &hub(2), None).changes[0].path;
    /// assert!(path.is_below(&["spec"]) && !path.is_below(&["spec", "template"]));
    /// ```
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
