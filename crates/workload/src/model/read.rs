use tidegate_object::{Node, Number, Value};
use tidegate_source::{Diagnostic, Label, Mark, Span};

use super::field::Field;
use crate::code::{self, Code};
use crate::int_or_percent::{IntOrPercent, IntOrString};
use crate::quantity::Quantity;
use crate::resources::{ResourceList, Resources};

/// Reads fields and collects what is wrong with them.
#[derive(Debug)]
pub(super) struct Reader {
    /// `Deployment web`, for the notes.
    pub(super) subject: String,
    pub(super) found: Vec<Diagnostic>,
}

impl Reader {
    pub(super) fn new(kind: &str, name: &str) -> Self {
        Self { subject: format!("{kind} `{name}`"), found: Vec::new() }
    }

    pub(super) fn report(&mut self, code: Code, mark: Mark, message: String) {
        let diagnostic = Diagnostic::error(code.name(), message)
            .at(Label::new(mark, ""))
            .note(format!("in {}", self.subject));
        self.found.push(diagnostic);
    }

    pub(super) fn help(&mut self, help: &'static str) {
        if let Some(last) = self.found.pop() {
            self.found.push(last.help(help));
        }
    }

    pub(super) fn wrong(&mut self, node: &Node, message: &str) {
        self.report(code::WRONG_TYPE, node.mark, message.to_owned());
    }

    /// The value of a field that is written and not `null`.
    pub(super) fn present<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
        node.get(key).filter(|it| !it.is_null())
    }

    pub(super) fn list<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        let Some(list) = Self::present(node, key) else { return &[] };
        list.as_list().unwrap_or_else(|| {
            self.wrong(list, &format!("`{key}` is a {}, not a list", list.value.type_name()));
            &[]
        })
    }

    pub(super) fn text<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n str> {
        let value = Self::present(node, key)?;
        let text = value.as_str();
        if text.is_none() {
            self.wrong(value, &format!("`{key}` is a {}, not a string", value.value.type_name()));
        }
        text
    }

    pub(super) fn bool(&mut self, node: &Node, key: &str, default: bool) -> Field<bool> {
        let Some(value) = Self::present(node, key) else {
            return Field::default_in(default, node.mark);
        };
        if value.as_bool().is_none() {
            self.wrong(value, &format!("`{key}` is a {}, not a boolean", value.value.type_name()));
        }
        Field::written(value.as_bool().unwrap_or(default), value.mark)
    }

    pub(super) fn int(&mut self, node: &Node, key: &str, default: i64) -> Field<i64> {
        let Some(value) = Self::present(node, key) else {
            return Field::default_in(default, node.mark);
        };
        let number = value.as_i64();
        if number.is_none() {
            let type_name = value.value.type_name();
            self.wrong(value, &format!("`{key}` is a {type_name}, not a whole number"));
        }
        Field::written(number.unwrap_or(default), value.mark)
    }

    pub(super) fn int32(&mut self, node: &Node, key: &str, default: i32) -> Field<i32> {
        let field = self.int(node, key, i64::from(default));
        if i32::try_from(field.value).is_err() {
            self.report(code::OUT_OF_RANGE, field.mark, format!("`{key}` does not fit 32 bits"));
        }
        field.map(|it| i32::try_from(it).unwrap_or(default))
    }

    /// Like [`Reader::int32`], and at least 0.
    pub(super) fn count(&mut self, node: &Node, key: &str, default: i32) -> Field<i32> {
        let field = self.int32(node, key, default);
        if field.value < 0 {
            self.report(code::OUT_OF_RANGE, field.mark, format!("`{key}` is below 0"));
        }
        field.map(|it| it.max(0))
    }

    pub(super) fn int_or_string(node: &Node) -> Option<IntOrString> {
        match &node.value {
            Value::String(text) => Some(IntOrString::String(text.as_str().to_owned())),
            Value::Number(_) => i32::try_from(node.as_i64()?).ok().map(IntOrString::Int),
            _ => None,
        }
    }

    pub(super) fn amount(
        &mut self,
        node: &Node,
        key: &str,
        default: IntOrPercent,
    ) -> Field<IntOrPercent> {
        let Some(value) = Self::present(node, key) else {
            return Field::default_in(default, node.mark);
        };
        let amount = Self::int_or_string(value)
            .and_then(|it| IntOrPercent::try_from(&it).ok())
            .filter(|it| it.number().0 >= 0);
        if amount.is_none() {
            let message = format!("`{key}` is neither a number of pods nor a percentage of them");
            self.report(code::INVALID_AMOUNT, value.mark, message);
            self.help("write a number such as 1, or a whole percentage such as 25%");
        }
        Field::written(amount.unwrap_or(default), value.mark)
    }

    pub(super) fn quantity(&mut self, node: &Node, name: &str) -> Option<Quantity> {
        let text = match &node.value {
            Value::String(text) | Value::Number(Number::Float(text)) => text.as_str().to_owned(),
            Value::Number(Number::Int(number)) => number.to_string(),
            Value::Number(Number::Unsigned(number)) => number.to_string(),
            _ => {
                self.wrong(node, &format!("`{name}` is no quantity"));
                return None;
            }
        };
        match text.parse::<Quantity>() {
            Ok(quantity) => Some(quantity),
            Err(error) => {
                let mark = inner(node.mark, &text, error.span());
                self.report(code::INVALID_QUANTITY, mark, format!("`{name}`: {error}"));
                self.help(error.help());
                None
            }
        }
    }

    pub(super) fn quantities(&mut self, node: &Node, key: &str) -> ResourceList {
        let mut list = ResourceList::new();
        let Some(value) = Self::present(node, key) else { return list };
        let Some(map) = value.as_map() else {
            self.wrong(value, &format!("`{key}` is not a mapping"));
            return list;
        };
        for (name, amount) in map.iter() {
            if let Some(quantity) = self.quantity(amount, name) {
                list.insert(name.to_owned(), quantity);
            }
        }
        list
    }

    pub(super) fn resources(&mut self, node: &Node) -> Field<Resources> {
        let Some(block) = Self::present(node, "resources") else {
            return Field::default_in(Resources::default(), node.mark);
        };
        let resources = Resources {
            requests: self.quantities(block, "requests"),
            limits: self.quantities(block, "limits"),
        };
        Field::written(resources, block.mark)
    }
}

/// Moves a place inside a scalar's text into the file, where the scalar was written plainly or in plain quotes.
fn inner(mark: Mark, text: &str, span: Span) -> Mark {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let quotes = mark.span.len().checked_sub(length);
    match quotes {
        Some(quotes @ (0 | 2)) => {
            Mark::new(mark.source, span.shifted(mark.span.start + quotes / 2))
        }
        _ => mark,
    }
}
