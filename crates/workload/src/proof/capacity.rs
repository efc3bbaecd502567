use tidegate_source::Mark;

use super::context::Context;
use crate::model::{LimitRange, LimitedKind, Workload};
use crate::quantity::Quantity;
use crate::resources::{ResourceList, Resources};

/// Why a pod is not even created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rejection {
    /// The rule: `maxLimitRequestRatio` of `cpu`, …
    pub(super) rule: String,
    /// Where the rule was written.
    pub(super) mark: Mark,
    /// Which container breaks it, where it is one.
    pub(super) container: Option<usize>,
}

/// How many pods fit a bound of a quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Index of the quota.
    pub(super) quota: usize,
    /// The bound, as the quota names it.
    pub(super) resource: String,
    /// Where it was written.
    pub(super) mark: Mark,
    /// Pods that fit at once.
    pub(super) pods: i32,
    /// What one pod takes of it.
    pub(super) each: Quantity,
}

/// What admission says of the pods of a rollout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Capacity {
    /// The bound that leaves the least room; `None` for no bound.
    pub(super) tightest: Option<Room>,
    /// A bound that asks for something the pod does not say.
    pub(super) unsaid: Option<(usize, String, Mark)>,
    /// A limit range that refuses the pod.
    pub(super) rejected: Option<Rejection>,
    /// Whether no new pod is admitted, whatever the bounds.
    closed: bool,
}

impl Capacity {
    pub(super) fn of(workload: &Workload, context: &Context) -> Self {
        if context.quotas.is_empty() && context.limit_ranges.is_empty() {
            return Self::default();
        }
        let defaulted = with_defaults(workload, &context.limit_ranges);
        let rejected = context.limit_ranges.iter().find_map(|range| rejection(range, &defaulted));
        let pod = defaulted.pod.resources();
        let mut capacity = Self { rejected, ..Self::default() };
        for (at, quota) in context.quotas.iter().enumerate() {
            for (name, hard) in &quota.hard {
                let each = match taken(name, &pod) {
                    Taken::Nothing => continue,
                    Taken::Unsaid => {
                        capacity.unsaid.get_or_insert((at, name.clone(), hard.mark));
                        continue;
                    }
                    Taken::Amount(each) => each,
                };
                let used = quota.used_by_others.get(name);
                let left = used.map_or_else(|| hard.value.clone(), |used| &hard.value - used);
                let pods = fit(&left, &each);
                if capacity.tightest.as_ref().is_none_or(|it| pods < it.pods) {
                    let (mark, resource) = (hard.mark, name.clone());
                    capacity.tightest = Some(Room { quota: at, resource, mark, pods, each });
                }
            }
        }
        capacity
    }

    /// Pods that fit at once.
    pub(super) fn pods(&self) -> i32 {
        if self.closed { 0 } else { self.tightest.as_ref().map_or(i32::MAX, |it| it.pods) }
    }

    /// Refuses every new pod from now on.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }
}

/// What one pod takes of a bound.
enum Taken {
    /// The bound is not about pods.
    Nothing,
    /// The pod does not say.
    Unsaid,
    Amount(Quantity),
}

fn taken(name: &str, pod: &Resources) -> Taken {
    let said = |list: &ResourceList, name: &str| {
        list.get(name).cloned().map_or(Taken::Unsaid, Taken::Amount)
    };
    if matches!(name, "pods" | "count/pods") {
        return Taken::Amount(Quantity::from_scaled(1, 0, crate::Format::DecimalSI));
    }
    if let Some(name) = name.strip_prefix("limits.") {
        return said(&pod.limits, name);
    }
    match name.strip_prefix("requests.").unwrap_or(name) {
        "cpu" | "memory" => said(&pod.requests, name.strip_prefix("requests.").unwrap_or(name)),
        // Storage is counted by claims, and what else a pod does not ask for it does not take.
        "storage" => Taken::Nothing,
        other if name.starts_with("requests.") => {
            Taken::Amount(pod.requests.get(other).cloned().unwrap_or(Quantity::ZERO))
        }
        _ => Taken::Nothing,
    }
}

/// How many times an amount fits, by halving: quantities know no division.
fn fit(left: &Quantity, each: &Quantity) -> i32 {
    if each.signum() <= 0 {
        return i32::MAX;
    }
    if let (Some(left), Some(each)) = (left.scaled_value(-9), each.scaled_value(-9)) {
        return i32::try_from((left / each).max(0)).unwrap_or(i32::MAX);
    }
    let (mut fits, mut beyond) = (0_i64, i64::from(i32::MAX));
    while beyond - fits > 1 {
        let middle = fits + (beyond - fits) / 2;
        if each.times(middle).0 <= *left { fits = middle } else { beyond = middle }
    }
    i32::try_from(fits).unwrap_or(i32::MAX)
}

/// The workload with the limits and requests that limit ranges fill in.
///
/// Source: Kubernetes `plugin/pkg/admission/limitranger/admission.go`, `mergeContainerResources`.
fn with_defaults(workload: &Workload, ranges: &[LimitRange]) -> Workload {
    let mut defaulted = workload.clone();
    let items = ranges.iter().flat_map(|it| &it.limits);
    for item in items.filter(|it| it.kind == LimitedKind::Container) {
        let pod = &mut defaulted.pod;
        for container in pod.containers.iter_mut().chain(&mut pod.init_containers) {
            let resources = &mut container.resources.value;
            *resources = resources.defaulted();
            let fill = |list: &mut ResourceList, defaults: &ResourceList| {
                for (name, amount) in defaults {
                    list.entry(name.clone()).or_insert_with(|| amount.clone());
                }
            };
            fill(&mut resources.limits, &item.default);
            fill(&mut resources.requests, &item.default_request);
            *resources = resources.defaulted();
        }
    }
    defaulted
}

fn rejection(range: &LimitRange, workload: &Workload) -> Option<Rejection> {
    range.limits.iter().find_map(|item| {
        let check = |container: Option<usize>, resources: &Resources| {
            broken_limit(item, resources).map(|rule| Rejection { rule, mark: item.mark, container })
        };
        match item.kind {
            LimitedKind::Container => workload
                .pod
                .containers
                .iter()
                .enumerate()
                .find_map(|(at, it)| check(Some(at), &it.resources.value)),
            LimitedKind::Pod => check(None, &workload.pod.resources()),
            LimitedKind::Other => None,
        }
    })
}

fn broken_limit(item: &crate::model::LimitItem, resources: &Resources) -> Option<String> {
    let (requests, limits) = (&resources.requests, &resources.limits);
    for (name, min) in &item.min {
        match requests.get(name).or(limits.get(name)) {
            None => return Some(format!("a minimum of {min} {name}, and none is asked for")),
            Some(asked) if asked < min => {
                return Some(format!("a minimum of {min} {name}, and {asked} is asked for"));
            }
            Some(_) => {}
        }
    }
    for (name, max) in &item.max {
        match limits.get(name) {
            None => return Some(format!("a maximum of {max} {name}, and there is no limit")),
            Some(limit) if limit > max => {
                return Some(format!("a maximum of {max} {name}, and the limit is {limit}"));
            }
            Some(_) => {}
        }
    }
    for (name, ratio) in &item.max_limit_request_ratio {
        let (Some(request), Some(limit)) = (requests.get(name), limits.get(name)) else {
            return Some(format!(
                "a ratio of limit to request of {ratio} for {name}, and one is missing"
            ));
        };
        // limit / request > ratio, without division: both sides in thousandths
        let thousandths = ratio.milli_value().unwrap_or(i64::MAX);
        let thousand_limits = limit.times(1000).0;
        if thousand_limits > request.times(thousandths).0 {
            return Some(format!(
                "a ratio of limit to request of {ratio} for {name}, and {limit} to {request} is more"
            ));
        }
    }
    None
}
