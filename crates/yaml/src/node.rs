use std::borrow::Cow;

use tidegate_source::Span;

use crate::error::{Error, ErrorKind};
use crate::resolve::{Scalar, resolve};
use crate::stream::Stream;
use crate::tape::{
    DIGIT_IN_FLOW, EMPTY_IN_FLOW, HAS_PROPERTIES, Kind, Properties, Slot, Style, VERBATIM, WORD,
};
use crate::value::{refolded, value};

/// A node of a document: a cursor of four words, to be copied freely.
///
/// ```
/// use tidegate_yaml::{Kind, Stream, Style};
///
/// let text = "base: &one !!str 'a' # first\nlist: [*one, ~]\n";
/// let stream = Stream::parse(text)?;
/// let root = stream.root().ok_or("no document")?;
/// let base = root.get("base").ok_or("no entry")?;
/// assert_eq!((base.kind(), base.style()), (Kind::Scalar, Style::SingleQuoted));
/// assert_eq!((base.span().of(text), base.outer_span().of(text)), ("'a'", "&one !!str 'a'"));
/// assert_eq!(base.anchor().map(|(name, _)| name), Some("one"));
/// assert_eq!(base.tag().map(|(name, span)| (name, span.of(text))), Some(("!!str", "!!str")));
///
/// let (key, list) = root.entry("list").ok_or("no entry")?;
/// let alias = list.item(0).ok_or("no item")?;
/// assert_eq!((key.as_str(), alias.as_str(), list.as_str()), ("list".into(), "a".into(), "".into()));
/// assert!(alias.kind() == Kind::Alias && alias.target() == base);
/// assert!(list.item(1).is_some_and(|it| it.is_null()) && list.item(2).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Node<'s> {
    stream: &'s Stream<'s>,
    slot: u32,
    /// What lies on the tape there.
    raw: Slot,
}

/// Two nodes are equal when they are the same node of the same stream.
impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.stream, other.stream) && self.slot == other.slot
    }
}

impl Eq for Node<'_> {}

impl<'s> Node<'s> {
    /// The node at a place on the tape.
    #[inline]
    pub(crate) fn new(stream: &'s Stream<'s>, slot: u32) -> Self {
        Self { stream, slot, raw: stream.tape.slots[slot as usize] }
    }

    #[inline]
    pub(crate) const fn raw(self) -> Slot {
        self.raw
    }

    /// The node at another place on the tape.
    pub(crate) fn at(self, slot: u32) -> Self {
        Self::new(self.stream, slot)
    }

    fn properties(self) -> Option<&'s Properties> {
        if self.raw().flags & HAS_PROPERTIES == 0 {
            return None;
        }
        self.stream.tape.properties(self.slot)
    }

    /// Returns what the node is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.raw().kind
    }

    /// Returns how the node is written.
    #[must_use]
    pub fn style(self) -> Style {
        self.raw().style
    }

    /// Returns the bytes of the node, without its anchor and tag.
    ///
    /// A quoted scalar's span holds its quotes; a block scalar's runs from `|` or `>` to the end of its last line; a
    /// block collection's from its first key or dash to the end of its last node. Nothing behind a `:` or `-` is an
    /// empty span there.
    #[must_use]
    pub fn span(self) -> Span {
        self.raw().span()
    }

    /// Returns the bytes of the node with its anchor and tag.
    #[must_use]
    pub fn outer_span(self) -> Span {
        let span = self.span();
        let Some(properties) = self.properties() else { return span };
        let starts = [properties.anchor, properties.tag];
        let start = starts.iter().flatten().map(|it| it.start).min().unwrap_or(span.start);
        Span { start, ..span }
    }

    /// Returns the name of the node's anchor (YAML 1.2.2, section 6.9.2) and where it is written, with its `&`.
    #[must_use]
    pub fn anchor(self) -> Option<(&'s str, Span)> {
        let span = self.properties()?.anchor?;
        Some((Span::new(span.start + 1, span.end).of(self.stream.text), span))
    }

    /// Returns the node's tag (YAML 1.2.2, section 6.9.1), with its handle resolved and short where it is one of YAML's own
    /// (`!!int`), and where it is written.
    #[must_use]
    pub fn tag(self) -> Option<(&'s str, Span)> {
        let properties = self.properties()?;
        Some((&properties.tag_name, properties.tag?))
    }

    /// Returns the node that an alias names (YAML 1.2.2, section 7.1); any other node is its own target.
    ///
    /// An alias never names a node that it stands in, and a target is never an alias.
    #[must_use]
    pub fn target(self) -> Self {
        match self.raw() {
            Slot { kind: Kind::Alias, last, .. } => self.at(last),
            _ => self,
        }
    }

    /// Returns the value of a scalar as text, or of the scalar that an alias names; `""` for a collection.
    #[must_use]
    pub fn as_str(self) -> Cow<'s, str> {
        let slot = self.target().raw();
        match slot.kind {
            Kind::Scalar => value(self.stream.text, slot),
            _ => Cow::Borrowed(""),
        }
    }

    /// Returns the bytes that are the value of a scalar as they stand: the text between the quotes of a quoted one.
    /// `None` where the value differs from the text, by escapes or folding, and for anything but a scalar.
    ///
    /// ```
    /// use tidegate_yaml::Stream;
    ///
    /// let text = "[plain, 'quoted', \"esc\\u0061ped\"]";
    /// let stream = Stream::parse(text)?;
    /// let spans = stream.root().into_iter().flat_map(|it| it.items()).map(|it| it.verbatim());
    /// let texts: Vec<_> = spans.map(|it| it.map(|it| it.of(text))).collect();
    /// assert_eq!(texts, [Some("plain"), Some("quoted"), None]);
    /// # Ok::<(), tidegate_yaml::Errors>(())
    /// ```
    #[must_use]
    pub fn verbatim(self) -> Option<Span> {
        let slot = self.raw();
        if slot.kind != Kind::Scalar || slot.flags & VERBATIM == 0 {
            return None;
        }
        Some(match slot.style {
            Style::SingleQuoted | Style::DoubleQuoted => Span::new(slot.start + 1, slot.end - 1),
            _ => slot.span(),
        })
    }

    /// Returns the span of a scalar that is a word: plain and in one line, of ASCII characters, without tag or anchor, a
    /// string to YAML 1.1 and 1.2, and printed by the [`Emitter`](crate::Emitter) just as it is written here. Most keys and
    /// most values of a manifest are words. An alias is none.
    ///
    /// ```
    /// let stream = tidegate_yaml::Stream::parse("image: nginx:1.27\nreplicas: 2\nyes: \"no\"\n")?;
    /// let words = stream.root().into_iter().flat_map(|it| it.entries()).map(|(key, value)| (key.word(), value.word()));
    /// let texts = words.map(|(key, value)| (key.map(|it| it.of(stream.text())), value.map(|it| it.of(stream.text()))));
    /// assert_eq!(texts.collect::<Vec<_>>(), [(Some("image"), Some("nginx:1.27")), (Some("replicas"), None), (None, None)]);
    /// # Ok::<(), tidegate_yaml::Errors>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn word(self) -> Option<Span> {
        let slot = self.raw();
        (slot.flags & WORD != 0).then_some(slot.span())
    }

    /// Returns the span between the quotes of a scalar whose value is what stands there, without tag or anchor. An alias is
    /// none.
    ///
    /// ```
    /// let text = "['a', \"b\", \"c\\n\", !t 'd', e]";
    /// let stream = tidegate_yaml::Stream::parse(text)?;
    /// let items = stream.root().into_iter().flat_map(|it| it.items());
    /// let texts = items.map(|it| it.quoted().map(|it| it.of(text)));
    /// assert_eq!(texts.collect::<Vec<_>>(), [Some("a"), Some("b"), None, None, None]);
    /// # Ok::<(), tidegate_yaml::Errors>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn quoted(self) -> Option<Span> {
        let slot = self.raw();
        let quoted = matches!(slot.style, Style::SingleQuoted | Style::DoubleQuoted);
        let verbatim = slot.flags & (VERBATIM | HAS_PROPERTIES) == VERBATIM;
        (quoted && verbatim).then(|| Span::new(slot.start + 1, slot.end - 1))
    }

    /// Translates a place inside a scalar's value into the text: the span of the bytes that gave those of the value.
    ///
    /// Exact where the value stands in the text as it is; the whole node otherwise.
    ///
    /// ```
    /// use tidegate_source::Span;
    /// use tidegate_yaml::Stream;
    ///
    /// let text = "image: 'web:v!1' # or\nother: \"web\\x3av!1\"\n";
    /// let stream = Stream::parse(text)?;
    /// let root = stream.root().ok_or("no document")?;
    /// let tag = |key| root.get(key).map(|it| it.rebase(Span::new(4, 7)).of(text));
    /// assert_eq!(tag("image"), Some("v!1"));
    /// assert_eq!(tag("other"), Some("\"web\\x3av!1\""));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rebase(self, inner: Span) -> Span {
        match self.verbatim() {
            Some(span) if inner.end <= span.len() => inner.shifted(span.start),
            _ => self.span(),
        }
    }

    /// Returns what a scalar means: the reading of go-yaml v3, which kustomize reads resources with.
    ///
    /// An alias means what its target does; a collection reads as `None`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::TagMismatch`] when the scalar has a tag that its text does not fit, such as `!!int x`.
    pub fn resolve(self) -> Result<Option<Scalar<'s>>, Error> {
        let node = self.target();
        let slot = node.raw();
        if slot.kind != Kind::Scalar {
            return Ok(None);
        }
        let text = value(self.stream.text, slot);
        let tag = node.tag().map(|(name, _)| name);
        match resolve(text, slot.style == Style::Plain, tag) {
            Ok(scalar) => Ok(Some(scalar)),
            Err(mismatch) => Err(Error::new(ErrorKind::TagMismatch, self.span()).detail(mismatch)),
        }
    }

    /// Returns what a scalar means when go-yaml v3 has printed it and read it back, which is what kustomize does with
    /// each resource before it prints it.
    ///
    /// That is [`Node::resolve`] but for three cases. Nothing at all in a flow collection (`{a: }`) is printed as `''`
    /// and comes back as an empty string. A time of day in a flow collection is printed in quotes, since a `:` is in
    /// it, and comes back as a string. A folded scalar (`>`) with lines that begin with a blank is printed with line
    /// breaks too many or too few (`emitterc.go` looks at the first character of the whole value where it means the
    /// next line's).
    ///
    /// # Errors
    ///
    /// Those of [`Node::resolve`].
    ///
    /// ```
    /// use tidegate_yaml::{Scalar, Stream};
    ///
    /// let stream = Stream::parse("{a: }")?;
    /// let a = stream.root().and_then(|it| it.get("a")).ok_or("no entry")?;
    /// assert_eq!(a.resolve()?, Some(Scalar::Null));
    /// assert_eq!(a.resolve_reprinted()?, Some(Scalar::String("".into())));
    ///
    /// let stream = Stream::parse("[2001-01-01 10:00:00, 2001-01-01]")?;
    /// let items: Vec<_> = stream.root().into_iter().flat_map(|it| it.items()).collect();
    /// assert_eq!(items[0].resolve_reprinted()?, Some(Scalar::String("2001-01-01 10:00:00".into())));
    /// assert_eq!(items[1].resolve_reprinted()?, items[1].resolve()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resolve_reprinted(self) -> Result<Option<Scalar<'s>>, Error> {
        let raw = self.target().raw();
        if raw.flags & EMPTY_IN_FLOW != 0 {
            return Ok(Some(Scalar::String(Cow::Borrowed(""))));
        }
        let scalar = self.resolve()?;
        Ok(match scalar {
            Some(Scalar::Timestamp(_))
                if raw.flags & DIGIT_IN_FLOW != 0
                    && self.target().tag().is_none()
                    && self.as_str().contains(':') =>
            {
                Some(Scalar::String(self.as_str()))
            }
            Some(Scalar::String(text)) if raw.style == Style::Folded => {
                let folded = refolded(&text).into_owned();
                Some(Scalar::String(folded.into()))
            }
            scalar => scalar,
        })
    }

    /// Returns whether this is a scalar that means `null`, or an alias to one.
    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(self.resolve(), Ok(Some(Scalar::Null)))
    }

    /// Returns the items of a sequence, or of the sequence that an alias names; nothing for anything else.
    #[must_use]
    pub fn items(self) -> Items<'s> {
        let node = self.target();
        let slot = node.raw();
        let end = match slot.kind {
            Kind::Sequence => slot.last + 1,
            _ => node.slot + 1,
        };
        Items { stream: node.stream, next: node.slot + 1, end }
    }

    /// Returns the entries of a mapping, or of the mapping that an alias names; nothing for anything else. Merge keys
    /// `<<` are entries like any other.
    #[must_use]
    pub fn entries(self) -> Entries<'s> {
        let node = self.target();
        let slot = node.raw();
        let end = match slot.kind {
            Kind::Mapping => slot.last + 1,
            _ => node.slot + 1,
        };
        Entries { nodes: Items { stream: node.stream, next: node.slot + 1, end } }
    }

    /// Returns the value of the first entry whose key is this text.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        self.entry(key).map(|(_, value)| value)
    }

    /// Returns the first entry whose key is this text.
    #[must_use]
    pub fn entry(self, key: &str) -> Option<(Self, Self)> {
        self.entries().find(|(it, _)| it.target().kind() == Kind::Scalar && it.as_str() == key)
    }

    /// Returns the item of a sequence at an index, from 0.
    #[must_use]
    pub fn item(self, index: usize) -> Option<Self> {
        self.items().nth(index)
    }

    /// Returns the stream that holds the node.
    #[must_use]
    pub fn stream(self) -> &'s Stream<'s> {
        self.stream
    }

    /// Returns the node's place on the tape: nodes are numbered in the order of the text, a collection before its
    /// content.
    pub(crate) fn index(self) -> u32 {
        self.slot
    }
}

/// Iterates over the items of a sequence.
///
/// ```
/// use tidegate_yaml::Stream;
///
/// let stream = Stream::parse("- a\n- [b]\n- c\n")?;
/// let items = stream.root().ok_or("no document")?.items();
/// assert_eq!(items.map(|it| it.as_str()).collect::<Vec<_>>(), ["a", "", "c"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Items<'s> {
    stream: &'s Stream<'s>,
    next: u32,
    end: u32,
}

impl<'s> Iterator for Items<'s> {
    type Item = Node<'s>;

    #[inline]
    fn next(&mut self) -> Option<Node<'s>> {
        if self.next >= self.end {
            return None;
        }
        let node = Node::new(self.stream, self.next);
        self.next = node.raw.next(node.slot);
        Some(node)
    }
}

/// Iterates over the entries of a mapping: key and value.
///
/// ```
/// use tidegate_yaml::Stream;
///
/// let stream = Stream::parse("a: 1\nb:\n  c: 2\n")?;
/// let entries = stream.root().ok_or("no document")?.entries();
/// assert_eq!(entries.map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Entries<'s> {
    nodes: Items<'s>,
}

impl<'s> Iterator for Entries<'s> {
    type Item = (Node<'s>, Node<'s>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Some((self.nodes.next()?, self.nodes.next()?))
    }
}
