use std::collections::HashMap;

use tidegate_source::Span;

use crate::error::{Error, ErrorKind, Errors};
use crate::node::Node;
use crate::parse;
use crate::tape::{DocumentSlot, Kind, Tape};

/// The documents of a text, as a tape of nodes that borrows the text.
///
/// ```
/// use tidegate_yaml::Stream;
///
/// let stream = Stream::parse("kind: Pod\n---\nkind: Service\n")?;
/// let kinds = stream.documents().filter_map(|it| it.root().get("kind"));
/// assert_eq!(kinds.map(|it| it.as_str()).collect::<Vec<_>>(), ["Pod", "Service"]);
/// assert_eq!(stream.len(), 6, "two mappings, of a key and a value each");
/// assert!(Stream::parse("# nothing\n")?.is_empty());
/// # Ok::<(), tidegate_yaml::Errors>(())
/// ```
#[derive(Clone, Debug)]
pub struct Stream<'t> {
    pub(crate) text: &'t str,
    pub(crate) tape: Tape,
}

impl<'t> Stream<'t> {
    /// Reads a text. Keys that stand twice are no mistake here; [`Stream::duplicate_keys`] finds them.
    ///
    /// # Errors
    ///
    /// Every mistake that can be told apart, up to 64: reading goes on at the next `---` line.
    ///
    /// # Examples
    ///
    /// ```
    /// use tidegate_yaml::Stream;
    ///
    /// let stream = Stream::parse("a: [1, two]\n---\nb: &x yes\n")?;
    /// let roots: Vec<_> = stream.documents().map(|it| it.root()).collect();
    /// assert_eq!(roots[0].get("a").and_then(|a| a.item(1)).map(|it| it.as_str()).as_deref(), Some("two"));
    /// assert_eq!(roots[1].get("b").and_then(|b| b.anchor()).map(|(name, _)| name), Some("x"));
    ///
    /// let errors = Stream::parse("a: b: c\n---\n- x\ny\n").unwrap_err();
    /// assert_eq!(errors.iter().count(), 2);
    /// assert_eq!(errors.first().to_string(), "mapping values are not allowed in this context");
    /// assert_eq!(errors.first().span().start, 4);
    /// # Ok::<(), tidegate_yaml::Errors>(())
    /// ```
    pub fn parse(text: &'t str) -> Result<Self, Errors> {
        let (stream, errors) = Self::parse_what_can_be(text);
        match Errors::new(errors) {
            None => Ok(stream),
            Some(errors) => Err(errors),
        }
    }

    /// Reads a text; returns the documents that have no mistake, and the mistakes of the others.
    ///
    /// ```
    /// use tidegate_yaml::Stream;
    ///
    /// let (stream, errors) = Stream::parse_what_can_be("a: b: c\n---\nkind: Pod\n");
    /// assert_eq!(errors.len(), 1);
    /// let kind = stream.root().and_then(|it| it.get("kind")).map(|it| it.as_str());
    /// assert_eq!(kind.as_deref(), Some("Pod"));
    /// ```
    #[must_use]
    pub fn parse_what_can_be(text: &'t str) -> (Self, Vec<Error>) {
        let (tape, errors) = parse::parse(text);
        (Self { text, tape }, errors)
    }

    /// Reads bytes that should be UTF-8.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidUtf8`] with the offset of the first byte that is not UTF-8; otherwise those of
    /// [`Stream::parse`].
    ///
    /// ```
    /// use tidegate_yaml::{ErrorKind, Stream};
    ///
    /// assert!(Stream::parse_bytes("name: größe\n".as_bytes()).is_ok());
    /// let errors = Stream::parse_bytes(b"name: gr\xF6\xDFe\n").map(|_| ()).unwrap_err();
    /// assert_eq!((errors.first().kind(), errors.first().span().start), (ErrorKind::InvalidUtf8, 8));
    /// ```
    pub fn parse_bytes(bytes: &'t [u8]) -> Result<Self, Errors> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(text),
            Err(error) => {
                let from = error.valid_up_to();
                let to = from + error.error_len().unwrap_or(bytes.len() - from);
                Err(Error::new(ErrorKind::InvalidUtf8, Span::from_range(from..to))
                    .detail(format!("at byte {from}"))
                    .into())
            }
        }
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Iterates over the documents.
    #[must_use]
    pub fn documents(&self) -> impl ExactSizeIterator<Item = Document<'_>> {
        self.tape.documents.iter().map(|slot| Document { stream: self, slot: *slot })
    }

    /// Returns the root of the first document.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_>> {
        self.documents().next().map(Document::root)
    }

    /// Returns the number of nodes in all documents; a key is a node, an alias one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tape.slots.len()
    }

    /// Returns whether there is no node, hence no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tape.slots.is_empty()
    }

    /// Finds keys that stand twice in their mapping, in the order of the text. Two keys are the same when they are
    /// scalars of the same text, whatever their quotes and tags, as go-yaml v3 compares them. Each error's
    /// [`origin`](Error::origin) is the first of the two.
    ///
    /// ```
    /// use tidegate_yaml::Stream;
    ///
    /// let stream = Stream::parse("a: 1\n'a': 2\n")?;
    /// let errors = stream.duplicate_keys();
    /// assert_eq!(errors[0].span().of(stream.text()), "'a'");
    /// assert_eq!(errors[0].origin().map(|it| it.start), Some(0));
    /// # Ok::<(), tidegate_yaml::Errors>(())
    /// ```
    #[must_use]
    pub fn duplicate_keys(&self) -> Vec<Error> {
        let mut errors = Vec::new();
        for (at, slot) in (0..).zip(&self.tape.slots) {
            if slot.kind == Kind::Mapping {
                repeated_keys(Node::new(self, at), &mut errors);
            }
        }
        errors
    }
}

/// Mappings up to this many entries are searched pair by pair.
const FEW: usize = 16;

fn repeated_keys(mapping: Node<'_>, errors: &mut Vec<Error>) {
    let repeated = |key: Node<'_>, first: Node<'_>| {
        Error::new(ErrorKind::DuplicateKey, key.span())
            .since(first.span(), "first defined here")
            .detail(format!("`{}`", key.as_str()))
    };
    let keys = || mapping.entries().map(|(key, _)| key).filter(|key| key.kind() == Kind::Scalar);
    let mut few = [const { None }; FEW];
    for (nth, key) in keys().enumerate() {
        if nth == FEW {
            let mut seen = HashMap::new();
            let start = errors.len();
            for key in keys() {
                match seen.entry(key.as_str()) {
                    std::collections::hash_map::Entry::Vacant(it) => {
                        it.insert(key);
                    }
                    std::collections::hash_map::Entry::Occupied(it) => {
                        let error = repeated(key, *it.get());
                        if !errors[..start].contains(&error) {
                            errors.push(error);
                        }
                    }
                }
            }
            return;
        }
        let text = key.as_str();
        if let Some(first) = few[..nth].iter().flatten().find(|(_, it)| *it == text) {
            errors.push(repeated(key, first.0));
        }
        few[nth] = Some((key, text));
    }
}

/// One document of a stream.
///
/// ```
/// use tidegate_yaml::Stream;
///
/// let stream = Stream::parse("a: 1\n--- # next\nb: 2\n")?;
/// let documents: Vec<_> = stream.documents().map(|it| (it.is_explicit(), it.span().of(stream.text()))).collect();
/// assert_eq!(documents, [(false, "a: 1"), (true, "--- # next\nb: 2")]);
/// # Ok::<(), tidegate_yaml::Errors>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Document<'s> {
    stream: &'s Stream<'s>,
    slot: DocumentSlot,
}

impl<'s> Document<'s> {
    /// Returns its root; an empty plain scalar when nothing is written.
    #[must_use]
    pub fn root(self) -> Node<'s> {
        Node::new(self.stream, self.slot.root)
    }

    /// Returns its bytes: from its directives or its `---`, or from its first node, to the end of its last node or
    /// its `...`.
    #[must_use]
    pub fn span(self) -> Span {
        Span::new(self.slot.start, self.slot.end)
    }

    /// Returns whether it begins with `---`.
    #[must_use]
    pub fn is_explicit(self) -> bool {
        self.slot.explicit
    }
}
