use serde::de::value::{BorrowedStrDeserializer, U32Deserializer};
use serde::de::{
    DeserializeSeed, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

use super::Deserializer;
use super::error::DeserializeError;
use super::spanned;
use crate::node::Node;
use crate::tape::Kind;

/// The entries of a mapping, merge keys carried out.
pub(super) struct Entries<'s, 'b> {
    parent: Deserializer<'s, 'b>,
    rest: std::vec::IntoIter<(Node<'s>, Node<'s>)>,
    entry: Option<(Node<'s>, Node<'s>)>,
}

impl<'s, 'b> Entries<'s, 'b> {
    pub(super) fn new(parent: Deserializer<'s, 'b>) -> Result<Self, DeserializeError> {
        let rest = parent.node.merged_entries()?.into_iter();
        Ok(Self { parent, rest, entry: None })
    }
}

impl<'s> MapAccess<'s> for Entries<'s, '_> {
    type Error = DeserializeError;

    fn next_key_seed<K: DeserializeSeed<'s>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        self.entry = self.rest.next();
        let Some((key, _)) = self.entry else { return Ok(None) };
        let nested = self.parent.nested(key);
        nested
            .place_errors(seed.deserialize(nested))
            .map(Some)
            .map_err(|error| error.below_key(&key.as_str()))
    }

    fn next_value_seed<V: DeserializeSeed<'s>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Self::Error> {
        let Some((key, value)) = self.entry else {
            return Err(DeserializeError::custom("a value was asked for before its key"));
        };
        let nested = self.parent.nested(value);
        // Nothing is written behind the colon: the key is the place to show.
        let empty = value.span().is_empty().then(|| key.span());
        nested.place_errors(seed.deserialize(nested)).map_err(|error| {
            let error = error.below_key(&key.as_str());
            match empty {
                Some(span) if error.span().is_empty() => error.moved_to(span),
                _ => error,
            }
        })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

pub(super) struct Items<'s, 'b> {
    parent: Deserializer<'s, 'b>,
    rest: crate::node::Items<'s>,
    nth: usize,
}

impl<'s, 'b> Items<'s, 'b> {
    pub(super) fn new(parent: Deserializer<'s, 'b>) -> Self {
        Self { parent, rest: parent.node.items(), nth: 0 }
    }
}

impl<'s> SeqAccess<'s> for Items<'s, '_> {
    type Error = DeserializeError;

    fn next_element_seed<T: DeserializeSeed<'s>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Self::Error> {
        let Some(item) = self.rest.next() else { return Ok(None) };
        let nth = self.nth;
        self.nth += 1;
        let nested = self.parent.nested(item);
        nested
            .place_errors(seed.deserialize(nested))
            .map(Some)
            .map_err(|error| error.below_index(nth))
    }
}

/// An enum as serde's data model has it: a name alone, or a mapping from the name to its content.
pub(super) struct Enum<'s, 'b> {
    parent: Deserializer<'s, 'b>,
    name: Node<'s>,
    content: Option<Node<'s>>,
}

impl<'s, 'b> Enum<'s, 'b> {
    pub(super) fn new(parent: Deserializer<'s, 'b>) -> Result<Self, DeserializeError> {
        let node = parent.node.target();
        if node.kind() == Kind::Scalar {
            return Ok(Self { parent, name: node, content: None });
        }
        let mut entries = node.entries();
        match (entries.next(), entries.next()) {
            (Some((name, content)), None) => Ok(Self { parent, name, content: Some(content) }),
            _ => Err(DeserializeError::new(
                "expected the name of a variant, or a mapping with one entry",
                parent.place(),
            )),
        }
    }
}

impl<'s> EnumAccess<'s> for Enum<'s, '_> {
    type Error = DeserializeError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'s>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self::Variant), Self::Error> {
        let nested = self.parent.nested(self.name);
        let value = nested.place_errors(seed.deserialize(nested))?;
        Ok((value, self))
    }
}

impl<'s> VariantAccess<'s> for Enum<'s, '_> {
    type Error = DeserializeError;

    fn unit_variant(self) -> Result<(), Self::Error> {
        match self.content {
            Some(content) if !content.is_null() => Err(DeserializeError::invalid_type(
                Unexpected::Other("a value"),
                &"nothing behind this name",
            )
            .or_at(content.span())),
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'s>>(
        self,
        seed: T,
    ) -> Result<T::Value, Self::Error> {
        let Some(content) = self.content else {
            return Err(DeserializeError::invalid_type(Unexpected::UnitVariant, &"a value"));
        };
        let nested = self.parent.nested(content);
        nested
            .place_errors(seed.deserialize(nested))
            .map_err(|error| error.below_key(&self.name.as_str()))
    }

    fn tuple_variant<V: Visitor<'s>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.newtype_variant_seed(Content(visitor))
    }

    fn struct_variant<V: Visitor<'s>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.newtype_variant_seed(Content(visitor))
    }
}

/// A visitor as a seed.
struct Content<V>(V);

impl<'s, V: Visitor<'s>> DeserializeSeed<'s> for Content<V> {
    type Value = V::Value;

    fn deserialize<D: serde::Deserializer<'s>>(self, it: D) -> Result<V::Value, D::Error> {
        it.deserialize_any(self.0)
    }
}

/// The parts of a [`super::Spanned`]: start, end, value.
pub(super) struct SpannedParts<'s, 'b> {
    parent: Deserializer<'s, 'b>,
    next: usize,
}

impl<'s, 'b> SpannedParts<'s, 'b> {
    pub(super) fn new(parent: Deserializer<'s, 'b>) -> Self {
        Self { parent, next: 0 }
    }
}

impl<'s> MapAccess<'s> for SpannedParts<'s, '_> {
    type Error = DeserializeError;

    fn next_key_seed<K: DeserializeSeed<'s>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        match spanned::FIELDS.get(self.next) {
            None => Ok(None),
            Some(name) => {
                self.next += 1;
                seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'s>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Self::Error> {
        let span = self.parent.node.span();
        let number = |it: u32| -> U32Deserializer<DeserializeError> { it.into_deserializer() };
        match self.next {
            1 => seed.deserialize(number(span.start)),
            2 => seed.deserialize(number(span.end)),
            _ => seed.deserialize(self.parent),
        }
    }
}
