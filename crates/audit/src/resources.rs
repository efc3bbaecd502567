//! Requests, limits and their amounts.

use tidegate_object::{Node, Number, Object, Value};
use tidegate_source::{Diagnostic, Label, Mark, Span};
use tidegate_workload::{LimitRange, LimitedKind, Quantity, ResourceList};

use crate::code::Code;
use crate::pods::{Container, Pods, Role, namespace, present};

/// Fewer bytes than this are no memory for a process.
const LEAST_MEMORY: i64 = 1 << 20;

/// More cores than this are no request of one container, but a forgotten `m`.
const MOST_CORES: i64 = 100;

/// The requests that a namespace fills in.
#[derive(Debug, Default)]
pub(crate) struct Defaults {
    ranges: Vec<(String, ResourceList, ResourceList)>,
}

impl Defaults {
    pub(crate) fn of(objects: &[Object]) -> Self {
        let is_range = |it: &&Object| it.group().is_empty() && it.kind() == "LimitRange";
        let mut ranges = Vec::new();
        for object in objects.iter().filter(is_range) {
            // What can't be read is reported where limit ranges are proved.
            let Ok(range) = LimitRange::from_object(object) else { continue };
            for item in range.limits.into_iter().filter(|it| it.kind == LimitedKind::Container) {
                ranges.push((namespace(object).to_owned(), item.default_request, item.default));
            }
        }
        Self { ranges }
    }

    fn requests(&self, namespace: &str, resource: &str) -> bool {
        self.ranges.iter().any(|(of, requests, limits)| {
            of == namespace && (requests.contains_key(resource) || limits.contains_key(resource))
        })
    }

    fn limits(&self, namespace: &str, resource: &str) -> bool {
        self.ranges.iter().any(|(of, _, limits)| of == namespace && limits.contains_key(resource))
    }
}

pub(crate) fn look(pods: &Pods<'_>, defaults: &Defaults, found: &mut Vec<Diagnostic>) {
    // The proof of rollouts reads the amounts of these kinds, and reports those that are none.
    let read_elsewhere = matches!(pods.object.kind(), "Deployment" | "StatefulSet" | "DaemonSet");
    for container in pods.containers() {
        let of = format!("container `{}` of {}", container.name(), pods.shown());
        if container.role != Role::Init {
            missing(pods, container, &of, defaults, found);
        }
        amounts(container, &of, read_elsewhere, found);
    }
}

/// Returns whether a container has an amount of a resource; a limit is its request, too.
pub(crate) fn requests(pods: &Pods<'_>, container: Container<'_>, resource: &str) -> bool {
    ["requests", "limits"].into_iter().any(|block| states(pods, container, block, resource))
}

/// Returns whether an amount stands in a container or in the resources of the pod itself.
fn states(pods: &Pods<'_>, container: Container<'_>, block: &str, resource: &str) -> bool {
    let path = ["resources", block, resource];
    [container.node, pods.spec].into_iter().any(|it| it.at(&path).is_some_and(|it| !it.is_null()))
}

fn missing(
    pods: &Pods<'_>,
    container: Container<'_>,
    of: &str,
    defaults: &Defaults,
    found: &mut Vec<Diagnostic>,
) {
    let here = namespace(pods.object);
    let lacks =
        |resource| !requests(pods, container, resource) && !defaults.requests(here, resource);
    let what = match (lacks("cpu"), lacks("memory")) {
        (true, true) => {
            Some(("neither CPU nor memory", "requests.cpu and resources.requests.memory"))
        }
        (true, false) => Some(("no CPU", "requests.cpu")),
        (false, true) => Some(("no memory", "requests.memory")),
        (false, false) => None,
    };
    let mark = present(container.node, "resources").map_or(container.mark(), |it| it.mark);
    if let Some((what, fields)) = what {
        let message = format!("{of} requests {what}: a node may be full and still take it");
        found.push(
            Code::NoRequests
                .finding(message)
                .at(Label::new(mark, ""))
                .help(format!("state resources.{fields}, from what it uses")),
        );
    }
    if !states(pods, container, "limits", "memory") && !defaults.limits(here, "memory") {
        let message = format!(
            "{of} has no memory limit: what it leaks is taken from its neighbours on the node"
        );
        let finding = Code::NoMemoryLimit.finding(message).at(Label::new(mark, ""));
        found.push(finding.help("state resources.limits.memory"));
    }
}

fn amounts(container: Container<'_>, of: &str, read_elsewhere: bool, found: &mut Vec<Diagnostic>) {
    let Some(resources) = present(container.node, "resources") else { return };
    for block in ["requests", "limits"] {
        let amounts = present(resources, block).and_then(Node::as_map);
        for (name, node) in amounts.into_iter().flat_map(tidegate_object::Map::iter) {
            match quantity(node) {
                Ok(amount) => found.extend(judge(of, block, name, node, &amount)),
                Err(finding) if !read_elsewhere => found.push(*finding),
                Err(_) => {}
            }
        }
    }
    let requests = present(resources, "requests").and_then(Node::as_map);
    for (name, request) in requests.into_iter().flat_map(tidegate_object::Map::iter) {
        let Some(limit) = resources.at(&["limits", name]).filter(|it| !it.is_null()) else {
            continue;
        };
        let (Ok(asked), Ok(most)) = (quantity(request), quantity(limit)) else { continue };
        if asked > most {
            let message = format!("{of} requests {asked} of {name}, and its limit is {most}");
            found.push(
                Code::RequestAboveLimit
                    .finding(message)
                    .at(Label::new(request.mark, ""))
                    .at(Label::new(limit.mark, "the limit"))
                    .help("raise the limit, or request less"),
            );
        }
    }
}

fn judge(of: &str, block: &str, name: &str, node: &Node, amount: &Quantity) -> Option<Diagnostic> {
    let kind = if block == "requests" { "request" } else { "limit" };
    let written = written(node);
    if amount.signum() < 0 {
        let message = format!("the {kind} of {name} of {of} is {written}: below nothing");
        return Some(Code::NegativeAmount.finding(message).at(Label::new(node.mark, "")));
    }
    let bytes = matches!(name, "memory" | "ephemeral-storage");
    if amount.is_zero() {
        let means = if kind == "request" { "reserves nothing" } else { "is no limit" };
        let message = format!("the {kind} of {name} of {of} is 0, which {means}");
        let applies = bytes || name == "cpu";
        return applies.then(|| Code::ZeroAmount.finding(message).at(Label::new(node.mark, "")));
    }
    let finding = |means: String, help: &'static str| {
        let message = format!("the {kind} of {name} of {of} is {written}: {means}");
        Some(Code::ImplausibleAmount.finding(message).at(Label::new(node.mark, "")).help(help))
    };
    let whole = amount.round_up(0).1;
    match name {
        "memory" | "ephemeral-storage" if !whole => finding(
            "not even a whole number of bytes".to_owned(),
            "`m` means a thousandth; write `M` for a million bytes, `Mi` for 1024 times 1024",
        ),
        "memory" if amount.value().is_some_and(|it| it < LEAST_MEMORY) => finding(
            format!("{} bytes", amount.value().unwrap_or_default()),
            "write a suffix: `Mi` for 1024 times 1024 bytes, `Gi` for 1024 times as much",
        ),
        "cpu" if !amount.round_up(3).1 => finding(
            "less than a thousandth of a core".to_owned(),
            "amounts of CPU are rounded up to a thousandth; write `1m` or more",
        ),
        "cpu" if amount.value().is_none_or(|it| it >= MOST_CORES) => {
            finding("that many cores".to_owned(), "write `m` behind it for thousandths of a core")
        }
        _ => None,
    }
}

fn written(node: &Node) -> String {
    match &node.value {
        Value::String(text) | Value::Number(Number::Float(text)) => text.as_str().to_owned(),
        Value::Number(Number::Int(number)) => number.to_string(),
        Value::Number(Number::Unsigned(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn quantity(node: &Node) -> Result<Quantity, Box<Diagnostic>> {
    let text = written(node);
    text.parse().map_err(|error: tidegate_workload::QuantityError| {
        let message = format!("`{text}` is no amount: {error}");
        let finding = Code::InvalidQuantity.finding(message);
        Box::new(
            finding.at(Label::new(inside(node.mark, &text, error.span()), "")).help(error.help()),
        )
    })
}

/// Moves a place inside a scalar's text into the file, where the scalar was written plainly or in plain quotes.
pub(crate) fn inside(mark: Mark, text: &str, span: Span) -> Mark {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    match mark.span.len().checked_sub(length) {
        Some(quotes @ (0 | 2)) => {
            Mark::new(mark.source, span.shifted(mark.span.start + quotes / 2))
        }
        _ => mark,
    }
}
