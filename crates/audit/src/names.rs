//! Names that have to be there once.

use std::collections::BTreeMap;

use tidegate_object::Node;
use tidegate_source::{Diagnostic, Label, Mark};

use crate::code::Code;
use crate::pods::{Pods, list, text};

pub(crate) fn look(pods: &Pods<'_>, found: &mut Vec<Diagnostic>) {
    let shown = pods.shown();
    let containers = pods.containers().map(|it| (it.name().to_owned(), it.mark()));
    report(containers, found, |name| {
        let message = format!("two containers of {shown} have the name `{name}`");
        Code::DuplicateContainer.finding(message).help("give one of them another name")
    });
    let volumes = list(pods.spec, "volumes");
    report(named(volumes, "name"), found, |name| {
        let message = format!("two volumes of {shown} have the name `{name}`");
        Code::DuplicateVolume.finding(message).help("give one of them another name")
    });
    for container in pods.containers() {
        let of = format!("container `{}` of {shown}", container.name());
        report(named(list(container.node, "env"), "name"), found, |name| {
            let message = format!(
                "the variable `{name}` of {of} is set twice: the last one counts, or an apply is refused"
            );
            Code::DuplicateEnv.finding(message).help("keep one of the two")
        });
        let ports = list(container.node, "ports");
        report(named(ports, "name"), found, |name| {
            let message = format!("two ports of {of} have the name `{name}`");
            Code::DuplicatePortName.finding(message).help("give one of them another name")
        });
        let numbers = ports.iter().filter_map(|port| {
            let number = port.get("containerPort")?;
            let protocol = text(port, "protocol").unwrap_or("TCP");
            Some((format!("{}/{protocol}", number.as_i64()?), number.mark))
        });
        report(numbers, found, |port| {
            let message = format!("{of} declares port {port} twice: an apply keeps one of them");
            Code::DuplicatePort.finding(message).help("keep one of the two")
        });
        report(named(list(container.node, "volumeMounts"), "mountPath"), found, |path| {
            let message = format!("two volumes of {of} are mounted at `{path}`");
            Code::DuplicateMount.finding(message).help("mount one of them elsewhere")
        });
    }
}

fn named<'n>(items: &'n [Node], key: &'n str) -> impl Iterator<Item = (String, Mark)> + 'n {
    items.iter().filter_map(move |item| {
        let name = item.get(key)?;
        Some((name.as_str().filter(|it| !it.is_empty())?.to_owned(), name.mark))
    })
}

/// Reports each name that stands more than once, at its second place.
fn report(
    names: impl Iterator<Item = (String, Mark)>,
    found: &mut Vec<Diagnostic>,
    told: impl Fn(&str) -> Diagnostic,
) {
    let mut seen: BTreeMap<String, Mark> = BTreeMap::new();
    for (name, mark) in names {
        match seen.get(&name) {
            Some(first) => {
                found.push(
                    told(&name)
                        .at(Label::new(mark, "the second one"))
                        .at(Label::new(*first, "the first one")),
                );
            }
            None => {
                seen.insert(name, mark);
            }
        }
    }
}
