use tidegate_source::Mark;

/// The value of a field and where it was written; a default has the place of the block that it belongs to.
///
/// ```
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let hub = hub("replicas: 2");
/// assert_eq!((hub.replicas.value, hub.replicas.written), (2, true));
/// // Ten minutes are the default.
/// assert_eq!(hub.progress_deadline.value.map(|it| it.0), Some(600));
/// assert!(!hub.progress_deadline.written);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T> {
    /// The value, the default where none is written.
    pub value: T,
    /// Where it was written, or the block where it is missing.
    pub mark: Mark,
    /// Whether it was written at all.
    pub written: bool,
}

impl<T> Field<T> {
    /// Creates a field that was written.
    ///
    /// ```
    /// use tidegate_workload::Field;
    /// use tidegate_source::{Mark, SourceId, Span};
    ///
    /// let replicas = Field::written(3, Mark::new(SourceId::NONE, Span::new(70, 71)));
    /// assert!(replicas.written);
    /// assert_eq!(replicas.mark.span.range(), 70..71);
    /// ```
    #[must_use]
    pub const fn written(value: T, mark: Mark) -> Self {
        Self { value, mark, written: true }
    }

    /// Creates a field that was not written, in the block at `mark`.
    ///
    /// ```
    /// use tidegate_workload::Field;
    /// use tidegate_source::{Mark, SourceId, Span};
    ///
    /// // `spec` stands at bytes 60 to 200, and says nothing of replicas.
    /// let replicas = Field::default_in(1, Mark::new(SourceId::NONE, Span::new(60, 200)));
    /// assert!(!replicas.written);
    /// ```
    #[must_use]
    pub const fn default_in(value: T, mark: Mark) -> Self {
        Self { value, mark, written: false }
    }

    /// Changes the value and keeps the place.
    ///
    /// ```
    /// use tidegate_workload::{Field, Seconds};
    ///
    /// let grace = Field::written(30, tidegate_source::Mark::NONE).map(Seconds);
    /// assert_eq!((grace.value, grace.written), (Seconds(30), true));
    /// ```
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        Field { value: change(self.value), mark: self.mark, written: self.written }
    }
}
