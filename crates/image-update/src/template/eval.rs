use std::cmp::Ordering;
use std::fmt::Write as _;
use std::ops::ControlFlow;

use tidegate_source::Span;

use super::parse::{Command, Node, Operand, OperandKind, Pipe};
use super::{TemplateError, TemplateValue};

pub(super) fn render(body: &[Node], data: &TemplateValue) -> Result<String, TemplateError> {
    let mut filler = Filler { out: String::new(), variables: vec![("$".to_owned(), data.clone())] };
    // `break` and `continue` stand inside of a range, so nothing is left over here.
    let _: ControlFlow<Leave> = filler.nodes(body, data)?;
    Ok(filler.out)
}

/// How the body of a range ended early.
enum Leave {
    Break,
    Continue,
}

struct Filler {
    out: String,
    variables: Vec<(String, TemplateValue)>,
}

type Flow = Result<ControlFlow<Leave>, TemplateError>;

impl Filler {
    fn nodes(&mut self, nodes: &[Node], dot: &TemplateValue) -> Flow {
        let scope = self.variables.len();
        let mut flow = ControlFlow::Continue(());
        for node in nodes {
            flow = self.node(node, dot)?;
            if flow.is_break() {
                break;
            }
        }
        self.variables.truncate(scope);
        Ok(flow)
    }

    fn node(&mut self, node: &Node, dot: &TemplateValue) -> Flow {
        match node {
            Node::Text(text) => self.out.push_str(text),
            Node::Print(pipe) => {
                let value = self.pipe(pipe, dot)?;
                self.out.push_str(&printed(&value));
            }
            Node::Set { name, new, pipe } => {
                let value = self.pipe(pipe, dot)?;
                if *new {
                    self.variables.push((name.clone(), value));
                } else {
                    let known = self.variables.iter_mut().rev().find(|(it, _)| it == name);
                    let known = known.ok_or_else(|| undefined(name, pipe.span))?;
                    known.1 = value;
                }
            }
            Node::If { test, then, otherwise } => {
                let value = self.pipe(&test.pipe, dot)?;
                let nodes = if truth(&value) { then } else { otherwise };
                return self.with_names(&test.names, &[value], nodes, dot);
            }
            Node::With { test, then, otherwise } => {
                let value = self.pipe(&test.pipe, dot)?;
                let holds = truth(&value);
                let inner = if holds { value.clone() } else { dot.clone() };
                let nodes = if holds { then } else { otherwise };
                return self.with_names(&test.names, &[value], nodes, &inner);
            }
            Node::Range { over, body, otherwise } => {
                let value = self.pipe(&over.pipe, dot)?;
                return self.range(&over.names, value, over.pipe.span, body, otherwise, dot);
            }
            Node::Break => return Ok(ControlFlow::Break(Leave::Break)),
            Node::Continue => return Ok(ControlFlow::Break(Leave::Continue)),
        }
        Ok(ControlFlow::Continue(()))
    }

    fn with_names(
        &mut self,
        names: &[String],
        values: &[TemplateValue],
        nodes: &[Node],
        dot: &TemplateValue,
    ) -> Flow {
        let scope = self.variables.len();
        self.variables.extend(names.iter().cloned().zip(values.iter().cloned()));
        let flow = self.nodes(nodes, dot);
        self.variables.truncate(scope);
        flow
    }

    fn range(
        &mut self,
        names: &[String],
        value: TemplateValue,
        span: Span,
        body: &[Node],
        otherwise: &[Node],
        dot: &TemplateValue,
    ) -> Flow {
        let items: Vec<(TemplateValue, TemplateValue)> = match value {
            TemplateValue::List(items) => (0..).map(TemplateValue::Int).zip(items).collect(),
            TemplateValue::Map(map) => map
                .into_iter()
                .map(|(key, it)| (TemplateValue::Text(key), TemplateValue::Text(it)))
                .collect(),
            TemplateValue::Nothing => Vec::new(),
            other => {
                let message = format!("range can't iterate over {}", printed(&other));
                return Err(TemplateError::new(message, span));
            }
        };
        if items.is_empty() {
            return self.nodes(otherwise, dot);
        }
        for (index, item) in items {
            let values =
                if names.len() == 2 { vec![index, item.clone()] } else { vec![item.clone()] };
            match self.with_names(names, &values, body, &item)? {
                ControlFlow::Break(Leave::Break) => break,
                ControlFlow::Break(Leave::Continue) | ControlFlow::Continue(()) => {}
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn pipe(&self, pipe: &Pipe, dot: &TemplateValue) -> Result<TemplateValue, TemplateError> {
        let mut value = None;
        for command in &pipe.commands {
            value = Some(self.command(command, dot, value)?);
        }
        value.ok_or_else(|| TemplateError::new("missing value", pipe.span))
    }

    fn command(
        &self,
        command: &Command,
        dot: &TemplateValue,
        last: Option<TemplateValue>,
    ) -> Result<TemplateValue, TemplateError> {
        let OperandKind::Function(name) = &command.head.kind else {
            return self.operand(&command.head, dot);
        };
        let span = command.head.span;
        if matches!(name.as_str(), "and" | "or") {
            // They stop at the argument that decides.
            let mut value = None;
            for operand in &command.arguments {
                let it = self.operand(operand, dot)?;
                let decided = truth(&it) == (name == "or");
                value = Some(it);
                if decided {
                    break;
                }
            }
            let undecided = value.as_ref().is_none_or(|it| truth(it) == (name == "and"));
            let value = if undecided { last.or(value) } else { value };
            return value
                .ok_or_else(|| TemplateError::new(format!("`{name}` needs an argument"), span));
        }
        let mut arguments = Vec::new();
        for operand in &command.arguments {
            arguments.push(self.operand(operand, dot)?);
        }
        arguments.extend(last);
        call(name, &arguments).map_err(|message| TemplateError::new(message, span))
    }

    fn operand(
        &self,
        operand: &Operand,
        dot: &TemplateValue,
    ) -> Result<TemplateValue, TemplateError> {
        let span = operand.span;
        let mut value = match &operand.kind {
            OperandKind::Dot => dot.clone(),
            OperandKind::Variable(name) => {
                let known = self.variables.iter().rev().find(|(it, _)| it == name);
                known.ok_or_else(|| undefined(name, span))?.1.clone()
            }
            OperandKind::Text(text) => TemplateValue::Text(text.clone()),
            OperandKind::Int(number) => TemplateValue::Int(*number),
            OperandKind::Bool(it) => TemplateValue::Bool(*it),
            OperandKind::Nil => TemplateValue::Nothing,
            OperandKind::Function(name) => {
                call(name, &[]).map_err(|message| TemplateError::new(message, span))?
            }
            OperandKind::Group(pipe) => self.pipe(pipe, dot)?,
        };
        for field in &operand.fields {
            value =
                read_field(&value, field).map_err(|message| TemplateError::new(message, span))?;
        }
        Ok(value)
    }
}

fn undefined(name: &str, span: Span) -> TemplateError {
    TemplateError::new(format!("variable `{name}` is not defined"), span)
}

fn read_field(value: &TemplateValue, field: &str) -> Result<TemplateValue, String> {
    match value {
        TemplateValue::Record(fields) => fields
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, value)| value.clone())
            .ok_or_else(|| {
                let known = tidegate_source::nearest(field, fields.iter().map(|(name, _)| *name));
                let near = known.map_or_else(String::new, |it| format!("; there is `.{it}`"));
                format!("there is no field `.{field}`{near}")
            }),
        TemplateValue::Map(map) => {
            Ok(map.get(field).map_or(TemplateValue::Nothing, |it| TemplateValue::Text(it.clone())))
        }
        other => Err(format!("{} has no fields", printed(other))),
    }
}

fn call(name: &str, arguments: &[TemplateValue]) -> Result<TemplateValue, String> {
    use TemplateValue::{Bool, Int, List, Map, Nothing, Record, Text};
    let wrong = || Err(format!("wrong arguments for `{name}`"));
    Ok(match (name, arguments) {
        ("not", [it]) => Bool(!truth(it)),
        ("eq", [first, others @ ..]) if !others.is_empty() => Bool(others.contains(first)),
        ("ne", [one, other]) => Bool(one != other),
        ("lt" | "le" | "gt" | "ge", [one, other]) => {
            let order = match (one, other) {
                (Text(one), Text(other)) => one.cmp(other),
                (Int(one), Int(other)) => one.cmp(other),
                _ => return wrong(),
            };
            Bool(match name {
                "lt" => order == Ordering::Less,
                "le" => order != Ordering::Greater,
                "gt" => order == Ordering::Greater,
                _ => order != Ordering::Less,
            })
        }
        ("len", [it]) => {
            let length = match it {
                Text(text) => text.len(),
                List(items) => items.len(),
                Map(map) => map.len(),
                Int(_) | Bool(_) | Record(_) | Nothing => return wrong(),
            };
            Int(i64::try_from(length).unwrap_or(i64::MAX))
        }
        ("index", [from, keys @ ..]) => {
            let mut value = from.clone();
            for key in keys {
                value = match (&value, key) {
                    (Map(map), Text(key)) => Text(map.get(key).cloned().unwrap_or_default()),
                    (List(items), Int(nth)) => usize::try_from(*nth)
                        .ok()
                        .and_then(|nth| items.get(nth).cloned())
                        .ok_or_else(|| format!("index {nth} is out of range"))?,
                    _ => return wrong(),
                };
            }
            value
        }
        ("print", items) => {
            // Blanks stand between neighbours of which neither is a text.
            let mut text = String::new();
            for (nth, item) in items.iter().enumerate() {
                let before = nth.checked_sub(1).map(|nth| &items[nth]);
                if before.is_some_and(|it| !matches!(it, Text(_))) && !matches!(item, Text(_)) {
                    text.push(' ');
                }
                text.push_str(&printed(item));
            }
            Text(text)
        }
        ("println", items) => Text(items.iter().map(printed).collect::<Vec<_>>().join(" ") + "\n"),
        ("printf", [Text(format), items @ ..]) => Text(formatted(format, items)?),
        _ => return wrong(),
    })
}

/// `printf` with the verbs `%s %v %d %q %%`, without widths.
fn formatted(format: &str, items: &[TemplateValue]) -> Result<String, String> {
    let mut items = items.iter();
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(it) = chars.next() {
        if it != '%' {
            out.push(it);
            continue;
        }
        let verb = chars.next().ok_or("`printf` ends with a single %")?;
        if verb == '%' {
            out.push('%');
            continue;
        }
        let item = items.next().ok_or_else(|| format!("`printf` has no value for %{verb}"))?;
        match (verb, item) {
            ('s', TemplateValue::Text(text)) => out.push_str(text),
            ('d', TemplateValue::Int(number)) => write!(out, "{number}").unwrap_or(()),
            ('q', TemplateValue::Text(text)) => write!(out, "{text:?}").unwrap_or(()),
            ('v', item) => out.push_str(&printed(item)),
            _ => return Err(format!("`printf` can't print {} as %{verb}", printed(item))),
        }
    }
    match items.next() {
        None => Ok(out),
        Some(_) => Err("`printf` has a value too many".to_owned()),
    }
}

fn truth(value: &TemplateValue) -> bool {
    match value {
        TemplateValue::Text(text) => !text.is_empty(),
        TemplateValue::Int(number) => *number != 0,
        TemplateValue::Bool(it) => *it,
        TemplateValue::List(items) => !items.is_empty(),
        TemplateValue::Map(map) => !map.is_empty(),
        TemplateValue::Record(_) => true,
        TemplateValue::Nothing => false,
    }
}

/// Prints a value as Go's `%v` does.
fn printed(value: &TemplateValue) -> String {
    match value {
        TemplateValue::Text(text) => text.clone(),
        TemplateValue::Int(number) => number.to_string(),
        TemplateValue::Bool(it) => it.to_string(),
        TemplateValue::List(items) => {
            format!("[{}]", items.iter().map(printed).collect::<Vec<_>>().join(" "))
        }
        TemplateValue::Map(map) => {
            let entries: Vec<String> = map.iter().map(|(key, it)| format!("{key}:{it}")).collect();
            format!("map[{}]", entries.join(" "))
        }
        TemplateValue::Record(fields) => {
            let fields: Vec<String> = fields.iter().map(|(_, it)| printed(it)).collect();
            format!("{{{}}}", fields.join(" "))
        }
        TemplateValue::Nothing => "<no value>".to_owned(),
    }
}
