//! Workloads whose rollouts are proved.

use std::collections::BTreeMap;

use tidegate_object::Identity;
use tidegate_source::Mark;
use tidegate_workload::{
    Assumptions, Budget, BudgetRule, Container, Context, Field, Handlers, IntOrPercent,
    IntOrString, Interval, LabelSelector, MarkedProbe, PodTemplate, Probe, Rolling, Seconds,
    UnhealthyPodEvictionPolicy, Workload, WorkloadKind,
};

fn field<T>(value: T) -> Field<T> {
    Field::written(value, Mark::NONE)
}

fn labels() -> BTreeMap<String, String> {
    BTreeMap::from([("app".to_owned(), "web".to_owned())])
}

fn probe(delay: i32, period: i32) -> MarkedProbe {
    let handlers = Handlers { tcp_socket: Some(8080.into()), ..Handlers::default() };
    let probe = Probe {
        handlers,
        initial_delay_seconds: delay,
        period_seconds: period,
        ..Probe::default()
    };
    MarkedProbe::new(&probe)
}

/// A Deployment with probes, `minReadySeconds` 15, and `surge` as its surge; a percentage also bounds the pods that
/// may be missing.
///
/// # Panics
///
/// When `surge` is neither a number nor a percentage.
#[must_use]
pub fn deployment(replicas: i32, surge: &str) -> Workload {
    let surge = IntOrPercent::try_from(&IntOrString::from_text(surge)).expect("an amount");
    let unavailable = match surge {
        IntOrPercent::Int(_) => IntOrPercent::Int(0),
        percent @ IntOrPercent::Percent(_) => percent,
    };
    let mut container = Container::new("web", "registry.example/web:1.2.3");
    container.readiness = Some(probe(10, 10));
    container.liveness = Some(probe(15, 30));
    Workload {
        identity: Identity::default(),
        mark: Mark::NONE,
        kind: WorkloadKind::Deployment,
        replicas: field(replicas),
        rolling: Rolling {
            recreate: false,
            mark: Mark::NONE,
            max_surge: field(surge),
            max_unavailable: field(unavailable),
            on_delete: false,
            partition: field(0),
            parallel: false,
        },
        min_ready: field(Seconds(15)),
        progress_deadline: field(Some(Seconds(600))),
        paused: field(false),
        revision_history_limit: field(10),
        selector: field(LabelSelector { match_labels: labels(), match_expressions: Vec::new() }),
        pod: PodTemplate {
            mark: Mark::NONE,
            labels: labels(),
            containers: vec![container],
            init_containers: Vec::new(),
            termination_grace_period: field(Seconds(30)),
            readiness_gates: Vec::new(),
            resources: None,
            claims: Vec::new(),
        },
    }
}

/// A budget over the pods of [`deployment`].
#[must_use]
pub fn budget() -> Budget {
    Budget {
        identity: Identity::default(),
        mark: Mark::NONE,
        selector: field(LabelSelector { match_labels: labels(), match_expressions: Vec::new() }),
        rule: field(BudgetRule::MaxUnavailable(IntOrPercent::Int(1))),
        unhealthy: field(UnhealthyPodEvictionPolicy::default()),
    }
}

/// Pods that start within 5 s and answer within 20 s.
#[must_use]
pub fn assumptions() -> Context {
    let assumptions = Assumptions {
        starts: Some(Interval::new(1, 5)),
        answers: Some(Interval::new(1, 20)),
        ..Assumptions::default()
    };
    Context { assumptions, ..Context::default() }
}
