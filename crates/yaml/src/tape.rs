use tidegate_source::Span;

/// What a node is: the kinds of YAML 1.2.2, section 3.2.1.1, and the alias (section 7.1).
///
/// ```
/// use tidegate_yaml::{Kind, Stream};
///
/// let stream = Stream::parse("[&a {}, *a, b]")?;
/// let kinds = stream.root().into_iter().flat_map(|it| it.items()).map(|it| it.kind());
/// assert_eq!(kinds.collect::<Vec<_>>(), [Kind::Mapping, Kind::Alias, Kind::Scalar]);
/// # Ok::<(), tidegate_yaml::Errors>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A scalar.
    Scalar,
    /// A sequence.
    Sequence,
    /// A mapping.
    Mapping,
    /// A reference `*name` to an anchored node.
    Alias,
}

/// How a node is written: the styles of YAML 1.2.2, sections 7.3 (plain and quoted scalars), 8.1 (block scalars), 7.4 and
/// 8.2 (collections).
///
/// ```
/// use tidegate_yaml::{Stream, Style};
///
/// let stream = Stream::parse("- a\n- \"b\"\n- |\n  c\n- [d]\n- e: f\n")?;
/// let styles = stream.root().into_iter().flat_map(|it| it.items()).map(|it| it.style());
/// let expected = [Style::Plain, Style::DoubleQuoted, Style::Literal, Style::Flow, Style::Block];
/// assert_eq!(styles.collect::<Vec<_>>(), expected);
/// # Ok::<(), tidegate_yaml::Errors>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// A scalar without quotes, or nothing at all.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// A collection by indentation.
    Block,
    /// A collection in brackets or braces.
    Flow,
}

/// The node has an anchor or a tag, kept in the table of properties.
pub(crate) const HAS_PROPERTIES: u8 = 1;
/// The scalar's value is its text (without the quotes), byte for byte.
pub(crate) const VERBATIM: u8 = 2;
/// A block scalar that keeps its last line breaks (`+`).
pub(crate) const KEEP: u8 = 4;
/// A block scalar without any last line break (`-`).
pub(crate) const STRIP: u8 = 8;
/// Nothing is written, inside of a flow collection.
pub(crate) const EMPTY_IN_FLOW: u8 = 16;
/// A plain scalar inside of a flow collection that begins with a digit.
pub(crate) const DIGIT_IN_FLOW: u8 = 64;
/// A plain scalar without tag that every reader takes for a string and the emitter writes as it stands.
pub(crate) const WORD: u8 = 32;

/// One node on the tape. Nodes lie in the order of the text, a collection before its content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) kind: Kind,
    pub(crate) style: Style,
    pub(crate) flags: u8,
    /// Offset of the first byte, behind anchor and tag.
    pub(crate) start: u32,
    /// Offset behind the last byte.
    pub(crate) end: u32,
    /// Of a collection: index of the last slot inside it, itself when empty. Of an alias: its target. Of a block
    /// scalar: the column of its lines.
    pub(crate) last: u32,
}

impl Slot {
    pub(crate) const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Returns the index behind this node, which lies at `slot`, and everything in it.
    #[inline]
    pub(crate) const fn next(self, slot: u32) -> u32 {
        match self.kind {
            Kind::Sequence | Kind::Mapping => self.last + 1,
            Kind::Scalar | Kind::Alias => slot + 1,
        }
    }
}

/// Anchor and tag of one node.
#[derive(Clone, Debug)]
pub(crate) struct Properties {
    pub(crate) slot: u32,
    /// With its `&`.
    pub(crate) anchor: Option<Span>,
    /// As written.
    pub(crate) tag: Option<Span>,
    /// The tag with its handle resolved, short where it is one of YAML's own (`!!int`).
    pub(crate) tag_name: Box<str>,
}

/// One document of a stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DocumentSlot {
    pub(crate) root: u32,
    /// From the first directive or `---`, or from the first content.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) explicit: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Tape {
    pub(crate) slots: Vec<Slot>,
    pub(crate) properties: Vec<Properties>,
    pub(crate) documents: Vec<DocumentSlot>,
}

impl Tape {
    pub(crate) fn properties(&self, slot: u32) -> Option<&Properties> {
        let at = self.properties.binary_search_by_key(&slot, |it| it.slot).ok()?;
        self.properties.get(at)
    }

    /// Returns the index behind the node and everything in it.
    pub(crate) fn next(&self, slot: u32) -> u32 {
        self.slots.get(slot as usize).map_or(slot + 1, |it| it.next(slot))
    }
}
