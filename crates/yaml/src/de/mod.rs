//! Serde over the tape.

mod access;
mod error;
mod spanned;

use std::cell::Cell;

use serde::de::{Deserialize, DeserializeOwned, Visitor};
use tidegate_source::Span;

use self::access::{Entries, Enum, Items, SpannedParts};
pub use self::error::DeserializeError;
pub use self::spanned::Spanned;
use crate::error::ErrorKind;
use crate::node::Node;
use crate::resolve::{Scalar, resolve_yaml11};
use crate::stream::Stream;
use crate::tape::{Kind, Style};

/// Nested values deeper than this are refused, so that no type can exhaust the stack.
const MAX_DEPTH: usize = 128;

/// How many nodes may be visited for each one that was written: what aliases may unfold to.
const UNFOLDING: usize = 100;

/// Reads a text that holds one document (or JSON) into a value.
///
/// Keys that stand twice are an error. A string field takes a number or a boolean as it is written (`tag: 1.10`), a
/// boolean field takes `yes`, `no`, `on` and `off` as go-yaml does; merge keys `<<` are carried out.
///
/// # Errors
///
/// The first mistake, with its place: of the text, or of the value that does not fit.
///
/// ```
/// use serde::Deserialize;
/// use tidegate_yaml::from_str;
///
/// #[derive(Debug, Deserialize, PartialEq)]
/// #[serde(deny_unknown_fields)]
/// struct Step { name: String, count: u8 }
///
/// let steps: Vec<Step> = from_str("- {name: a, count: 1}\n- name: 1.10\n  count: 2\n")?;
/// assert_eq!(steps[1], Step { name: "1.10".into(), count: 2 });
///
/// let error = from_str::<Vec<Step>>("- name: a\n  cuont: 1\n").unwrap_err();
/// assert_eq!(error.to_string(), "unknown field `cuont`, expected `name` or `count`");
/// assert_eq!((error.path(), error.span().start), ("[0].cuont", 12));
/// assert_eq!(error.help(), Some("a field with a similar name exists: `count`"));
/// # Ok::<(), tidegate_yaml::DeserializeError>(())
/// ```
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, DeserializeError> {
    let stream = Stream::parse(text).map_err(|errors| errors.first().clone())?;
    if let Some(error) = stream.duplicate_keys().into_iter().next() {
        return Err(error.into());
    }
    let mut documents = stream.documents();
    let first = documents.next();
    if let Some(second) = documents.next() {
        let span = Span { end: second.span().start, ..second.span() };
        return Err(DeserializeError::new("expected one document, found another", span));
    }
    match first {
        Some(document) => from_node(document.root()),
        None => from_node_or_nothing(),
    }
}

fn from_node_or_nothing<T: DeserializeOwned>() -> Result<T, DeserializeError> {
    let nothing = Stream::parse("---\n").map_err(|errors| errors.first().clone())?;
    match nothing.root() {
        Some(root) => from_node(root),
        None => Err(DeserializeError::new("expected a document", Span::default())),
    }
}

/// Reads a node into a value, which may borrow from the stream. Keys that stand twice are not looked for here.
///
/// # Errors
///
/// The first value that does not fit, with its place; values nested deeper than 128 levels; aliases that make more visits
/// than a hundred for each node that was written.
///
/// ```
/// use serde::Deserialize;
/// use tidegate_yaml::{Stream, from_node};
///
/// #[derive(Debug, Deserialize, PartialEq)]
/// struct Image<'t> { name: &'t str, digest: Option<&'t str> }
///
/// let stream = Stream::parse("images:\n- name: web\n- name: [hub]\n")?;
/// let images = stream.root().and_then(|it| it.get("images")).ok_or("no images")?;
/// let web: Image<'_> = from_node(images.item(0).ok_or("no image")?)?;
/// assert_eq!(web, Image { name: "web", digest: None });
///
/// let error = from_node::<Vec<Image<'_>>>(images).unwrap_err();
/// assert_eq!((error.path(), error.span().of(stream.text())), ("[1].name", "[hub]"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_node<'s, T: Deserialize<'s>>(node: Node<'s>) -> Result<T, DeserializeError> {
    let budget = Cell::new(node.stream().len().saturating_mul(UNFOLDING).saturating_add(UNFOLDING));
    T::deserialize(Deserializer { node, depth: 0, budget: &budget })
}

#[derive(Clone, Copy, Debug)]
struct Deserializer<'s, 'b> {
    node: Node<'s>,
    depth: usize,
    budget: &'b Cell<usize>,
}

impl<'s> Deserializer<'s, '_> {
    fn nested(self, node: Node<'s>) -> Self {
        Self { node, depth: self.depth + 1, ..self }
    }

    /// The place of the node for a message: a collection's first entry stands for it.
    fn place(self) -> Span {
        let node = self.node;
        match (node.kind(), node.style()) {
            (Kind::Mapping, Style::Block) => {
                node.entries().next().map_or(node.span(), |(key, _)| key.span())
            }
            (Kind::Sequence, Style::Block) => {
                Span::new(node.span().start, node.span().start.saturating_add(1))
            }
            _ => node.span(),
        }
    }

    fn enter(self) -> Result<(), DeserializeError> {
        if self.depth > MAX_DEPTH {
            let message = format!("values are nested deeper than {MAX_DEPTH} levels");
            return Err(DeserializeError::new(message, self.place()));
        }
        match self.budget.get().checked_sub(1) {
            Some(rest) => {
                self.budget.set(rest);
                Ok(())
            }
            None => Err(crate::Error::new(ErrorKind::ExcessiveAliasing, self.place()).into()),
        }
    }

    fn scalar(self) -> Result<Option<Scalar<'s>>, DeserializeError> {
        Ok(self.node.resolve()?)
    }

    fn visit<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        self.enter()?;
        match self.node.target().kind() {
            Kind::Mapping => visitor.visit_map(Entries::new(self)?),
            Kind::Sequence => visitor.visit_seq(Items::new(self)),
            _ => match self.scalar()? {
                Some(Scalar::Bool(it)) => visitor.visit_bool(it),
                Some(Scalar::Int(it)) => visitor.visit_i64(it),
                Some(Scalar::Unsigned(it)) => visitor.visit_u64(it),
                Some(Scalar::Float(it)) => visitor.visit_f64(it),
                Some(Scalar::Null) | None => visitor.visit_unit(),
                Some(_) => self.visit_text(visitor),
            },
        }
    }

    fn visit_text<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        match self.node.as_str() {
            std::borrow::Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            std::borrow::Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn is_null(self) -> Result<bool, DeserializeError> {
        Ok(matches!(self.scalar()?, Some(Scalar::Null)))
    }

    fn place_errors<T>(self, result: Result<T, DeserializeError>) -> Result<T, DeserializeError> {
        result.map_err(|error| error.or_at(self.place()))
    }
}

impl<'s> serde::Deserializer<'s> for Deserializer<'s, '_> {
    type Error = DeserializeError;

    fn deserialize_any<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.place_errors(self.visit(visitor))
    }

    fn deserialize_bool<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let node = self.node.target();
        if node.kind() == Kind::Scalar
            && node.style() == Style::Plain
            && node.tag().is_none()
            && let Scalar::Bool(it) = resolve_yaml11(&node.as_str())
        {
            return self.place_errors(visitor.visit_bool(it));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_str<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let is_text = self.node.target().kind() == Kind::Scalar && !self.is_null()?;
        if is_text {
            self.place_errors(self.visit_text(visitor))
        } else {
            self.deserialize_any(visitor)
        }
    }

    fn deserialize_string<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let is_null = self.is_null()?;
        self.place_errors(if is_null { visitor.visit_none() } else { visitor.visit_some(self) })
    }

    fn deserialize_newtype_struct<V: Visitor<'s>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.place_errors(visitor.visit_newtype_struct(self))
    }

    fn deserialize_struct<V: Visitor<'s>>(
        self,
        name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        if name == spanned::NAME {
            return self.place_errors(visitor.visit_map(SpannedParts::new(self)));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'s>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.enter()?;
        self.place_errors(visitor.visit_enum(Enum::new(self)?))
    }

    fn deserialize_ignored_any<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'s>>
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 bytes byte_buf unit unit_struct seq tuple tuple_struct map
    }
}
