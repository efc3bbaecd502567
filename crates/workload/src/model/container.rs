use tidegate_object::Node;
use tidegate_source::Mark;

use super::field::Field;
use super::read::Reader;
use crate::code;
use crate::int_or_percent::IntOrString;
use crate::probe::{Handlers, HttpGet, Probe, ProbeContainer, ProbeKind};
use crate::pull_policy::PullPolicy;
use crate::resources::Resources;
use crate::seconds::Seconds;

/// A probe and where each of its fields was written.
///
/// ```
/// use tidegate_workload::{MarkedProbe, Probe};
///
/// let probe = MarkedProbe::new(&Probe::default());
/// // Defaults are filled in, and stand nowhere.
/// assert_eq!((probe.probe.period_seconds, probe.mark.is_some()), (10, false));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedProbe {
    /// The probe, defaults filled in.
    pub probe: Probe,
    /// Where the probe was written.
    pub mark: Mark,
    marks: Vec<(&'static str, Mark)>,
}

impl MarkedProbe {
    /// Creates a probe that no text holds, with its defaults filled in.
    ///
    /// ```
    /// use tidegate_workload::{MarkedProbe, Probe};
    ///
    /// let probe = MarkedProbe::new(&Probe { failure_threshold: 6, ..Probe::default() });
    /// assert_eq!((probe.probe.failure_threshold, probe.probe.timeout_seconds), (6, 1));
    /// ```
    #[must_use]
    pub fn new(probe: &Probe) -> Self {
        Self { probe: probe.defaulted(), mark: Mark::NONE, marks: Vec::new() }
    }

    /// Returns where a field was written, or the probe where it is missing.
    ///
    /// ```
    /// use tidegate_workload::Workload;
    ///
    /// let text = "
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: hub}
    /// spec:
    ///   template:
    ///     spec:
    ///       containers: [{name: hub, image: hub, livenessProbe: {periodSeconds: 5, tcpSocket: {port: 80}}}]
    /// ";
    /// let mut sources = tidegate_source::Sources::new();
    /// let file = sources.add("hub.yaml", text);
    /// # let objects = tidegate_object::manifests(text.into(), file).expect("no mistake");
    /// let hub = Workload::from_object(&objects[0]).map_err(|all| all[0].clone())?;
    /// let probe = hub.pod.containers[0].liveness.as_ref().expect("it is written");
    /// assert_eq!(sources.snippet(probe.field_mark("periodSeconds")), Some("5"));
    /// // What is not written has the place of the probe.
    /// assert_eq!(probe.field_mark("timeoutSeconds"), probe.mark);
    /// # Ok::<(), tidegate_source::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn field_mark(&self, field: &str) -> Mark {
        self.marks.iter().find(|(name, _)| *name == field).map_or(self.mark, |(_, mark)| *mark)
    }

    /// Returns the port that is asked, and where it was written.
    ///
    /// ```
    /// use tidegate_workload::{Handlers, IntOrString, MarkedProbe, Probe};
    ///
    /// let handlers = Handlers { tcp_socket: Some("redis".into()), ..Handlers::default() };
    /// let probe = MarkedProbe::new(&Probe { handlers, ..Probe::default() });
    /// assert_eq!(probe.port().map(|it| it.0), Some(IntOrString::String("redis".into())));
    /// assert_eq!(MarkedProbe::new(&Probe::default()).port(), None);
    /// ```
    #[must_use]
    pub fn port(&self) -> Option<(IntOrString, Mark)> {
        let handlers = &self.probe.handlers;
        let port = match (&handlers.http_get, &handlers.tcp_socket, handlers.grpc) {
            (Some(request), ..) => request.port.clone(),
            (_, Some(port), _) => port.clone(),
            (.., Some(port)) => IntOrString::Int(port),
            _ => return None,
        };
        Some((port, self.field_mark("port")))
    }
}

/// A port that a container declares.
///
/// ```
/// use tidegate_workload::{Container, ContainerPort};
///
/// let mut hub = Container::new("hub", "tomoda/hub:1.4.0");
/// hub.ports.push(ContainerPort { name: "http".into(), number: 8080, mark: Default::default() });
/// let named = hub.ports.iter().find(|it| it.name == "http");
/// assert_eq!(named.map(|it| it.number), Some(8080));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerPort {
    /// Name; empty where none is written.
    pub name: String,
    /// Number.
    pub number: i32,
    /// Where it was written.
    pub mark: Mark,
}

/// A container of a pod template.
///
/// ```
/// use tidegate_workload::{Container, PullPolicy, Seconds};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let hub = hub("replicas: 1");
/// let container: &Container = &hub.pod.containers[0];
/// assert_eq!((&*container.name, &*container.image.value), ("hub", "tomoda/hub:1.4.0"));
/// // The policy is the default for a tag, and was not written.
/// assert_eq!(container.pull_policy.value, PullPolicy::IfNotPresent);
/// assert!(!container.pull_policy.written && container.readiness.is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Name.
    pub name: String,
    /// Where it was written.
    pub mark: Mark,
    /// Image, as written.
    pub image: Field<String>,
    /// When the registry is asked; the default for the image where it is not written.
    pub pull_policy: Field<PullPolicy>,
    /// Whether the container gets traffic.
    pub readiness: Option<MarkedProbe>,
    /// Whether it lives.
    pub liveness: Option<MarkedProbe>,
    /// Whether it has started.
    pub startup: Option<MarkedProbe>,
    /// What it asks for and may use.
    pub resources: Field<Resources>,
    /// Ports that it declares.
    pub ports: Vec<ContainerPort>,
    /// How long its `preStop` hook sleeps, where that can be read from it.
    pub pre_stop: Option<Field<Option<Seconds>>>,
    /// For an init container, whether it goes on beside the others.
    pub sidecar: bool,
}

impl Container {
    /// Creates a container without probes and resources that no text holds.
    ///
    /// ```
    /// use tidegate_workload::{Container, PullPolicy};
    ///
    /// assert_eq!(Container::new("hub", "tomoda/hub").pull_policy.value, PullPolicy::Always);
    /// assert!(!Container::new("hub", "tomoda/hub:1.4.0").sidecar);
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, image: impl Into<String>) -> Self {
        let image = image.into();
        Self {
            name: name.into(),
            mark: Mark::NONE,
            pull_policy: Field::default_in(PullPolicy::default_for(&image), Mark::NONE),
            image: Field::default_in(image, Mark::NONE),
            readiness: None,
            liveness: None,
            startup: None,
            resources: Field::default_in(Resources::default(), Mark::NONE),
            ports: Vec::new(),
            pre_stop: None,
            sidecar: false,
        }
    }

    /// Returns the probe of a kind.
    ///
    /// ```
    /// use tidegate_workload::{Container, MarkedProbe, Probe, ProbeKind};
    ///
    /// let mut hub = Container::new("hub", "tomoda/hub:1.4.0");
    /// hub.liveness = Some(MarkedProbe::new(&Probe { period_seconds: 30, ..Probe::default() }));
    /// assert_eq!(hub.probe(ProbeKind::Liveness).map(|it| it.probe.period_seconds), Some(30));
    /// assert!(hub.probe(ProbeKind::Startup).is_none());
    /// ```
    #[must_use]
    pub const fn probe(&self, kind: ProbeKind) -> Option<&MarkedProbe> {
        match kind {
            ProbeKind::Readiness => self.readiness.as_ref(),
            ProbeKind::Liveness => self.liveness.as_ref(),
            ProbeKind::Startup => self.startup.as_ref(),
        }
    }

    /// Returns the probe of a kind, to change it.
    pub(crate) const fn probe_mut(&mut self, kind: ProbeKind) -> Option<&mut MarkedProbe> {
        match kind {
            ProbeKind::Readiness => self.readiness.as_mut(),
            ProbeKind::Liveness => self.liveness.as_mut(),
            ProbeKind::Startup => self.startup.as_mut(),
        }
    }

    pub(super) fn read(node: &Node, init: bool, reader: &mut Reader) -> Self {
        let name = reader.text(node, "name").unwrap_or_default().to_owned();
        let image = match Reader::present(node, "image") {
            Some(image) => {
                let text = reader.text(node, "image").unwrap_or_default().to_owned();
                Field::written(text, image.mark)
            }
            None => Field::default_in(String::new(), node.mark),
        };
        let policy = PullPolicy::default_for(&image.value);
        let pull_policy = match Reader::present(node, "imagePullPolicy") {
            None => Field::default_in(policy, node.mark),
            Some(written) => {
                let policy = match written.as_str() {
                    Some("Always") => PullPolicy::Always,
                    Some("IfNotPresent") => PullPolicy::IfNotPresent,
                    Some("Never") => PullPolicy::Never,
                    _ => {
                        let message = "pull policy is not one of Always, IfNotPresent and Never";
                        reader.wrong(written, message);
                        policy
                    }
                };
                Field::written(policy, written.mark)
            }
        };
        let sidecar = init && reader.text(node, "restartPolicy") == Some("Always");
        let place =
            if init { ProbeContainer::Init { restarts: sidecar } } else { ProbeContainer::Main };
        let mut probe = |kind: ProbeKind| read_probe(node, kind, place, reader);
        Self {
            mark: node.mark,
            image,
            pull_policy,
            readiness: probe(ProbeKind::Readiness),
            liveness: probe(ProbeKind::Liveness),
            startup: probe(ProbeKind::Startup),
            resources: reader.resources(node),
            ports: read_ports(node, reader),
            pre_stop: read_pre_stop(node),
            sidecar,
            name,
        }
    }
}

fn read_ports(node: &Node, reader: &mut Reader) -> Vec<ContainerPort> {
    let mut ports = Vec::new();
    for port in reader.list(node, "ports") {
        let name = reader.text(port, "name").unwrap_or_default().to_owned();
        let number = reader.int32(port, "containerPort", 0);
        ports.push(ContainerPort { name, number: number.value, mark: number.mark });
    }
    ports
}

fn read_probe(
    node: &Node,
    kind: ProbeKind,
    place: ProbeContainer,
    reader: &mut Reader,
) -> Option<MarkedProbe> {
    const COUNTS: [&str; 6] = [
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold",
        "terminationGracePeriodSeconds",
    ];
    let block = Reader::present(node, kind.field())?;
    let mut marks: Vec<(&'static str, Mark)> = COUNTS
        .iter()
        .filter_map(|field| Some((*field, Reader::present(block, field)?.mark)))
        .collect();
    let handler_port = |name: &str| Reader::present(block, name)?.get("port");
    let port = handler_port("httpGet").or(handler_port("tcpSocket")).or(handler_port("grpc"));
    marks.extend(port.map(|it| ("port", it.mark)));
    let of_handler = |node: &Node| node.get("port").and_then(Reader::int_or_string);
    let http_get = Reader::present(block, "httpGet").map(|request| HttpGet {
        path: reader.text(request, "path").unwrap_or_default().to_owned(),
        port: of_handler(request).unwrap_or(IntOrString::Int(0)),
        scheme: reader.text(request, "scheme").unwrap_or_default().to_owned(),
    });
    let exec = Reader::present(block, "exec").map(|exec| {
        let command = reader.list(exec, "command").iter();
        command.filter_map(|it| it.as_str().map(str::to_owned)).collect()
    });
    let tcp_socket =
        Reader::present(block, "tcpSocket").map(|it| of_handler(it).unwrap_or(IntOrString::Int(0)));
    let grpc = Reader::present(block, "grpc").map(|it| reader.int32(it, "port", 0).value);
    let mut count = |field: &str| reader.int32(block, field, 0).value;
    let probe = Probe {
        handlers: Handlers { exec, http_get, tcp_socket, grpc },
        initial_delay_seconds: count(COUNTS[0]),
        timeout_seconds: count(COUNTS[1]),
        period_seconds: count(COUNTS[2]),
        success_threshold: count(COUNTS[3]),
        failure_threshold: count(COUNTS[4]),
        termination_grace_period_seconds: Reader::present(block, COUNTS[5])
            .map(|_| reader.int(block, COUNTS[5], 0).value),
    }
    .defaulted();
    let marked = MarkedProbe { probe, mark: block.mark, marks };
    for error in marked.probe.validate(kind, place) {
        let field = error.field.rsplit('.').next().unwrap_or_default();
        let path = if error.field.is_empty() { "" } else { "." };
        let message = format!("{}{path}{} {}", kind.field(), error.field, error.rule);
        reader.report(code::INVALID_PROBE, marked.field_mark(field), message);
    }
    Some(marked)
}

/// The sleep of a `preStop` hook: `sleep.seconds`, or a command that only sleeps.
fn read_pre_stop(node: &Node) -> Option<Field<Option<Seconds>>> {
    let hook = node.at(&["lifecycle", "preStop"]).filter(|it| !it.is_null())?;
    if let Some(seconds) = hook.at(&["sleep", "seconds"]) {
        return Some(Field::written(seconds.as_i64().map(Seconds), seconds.mark));
    }
    let command = hook.at(&["exec", "command"]).and_then(Node::as_list);
    let words: Vec<&str> = command
        .into_iter()
        .flatten()
        .filter_map(Node::as_str)
        .flat_map(str::split_whitespace)
        .filter(|word| !matches!(*word, "sh" | "/bin/sh" | "bash" | "/bin/bash" | "-c"))
        .collect();
    let slept = match words.as_slice() {
        ["sleep" | "/bin/sleep" | "/usr/bin/sleep", seconds] => {
            seconds.strip_suffix('s').unwrap_or(seconds).parse().ok().map(Seconds)
        }
        _ => None,
    };
    Some(Field::written(slept, hook.mark))
}
