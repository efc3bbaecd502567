//! `check`: every workload proved, before anything is committed or applied.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::rc::Rc;

use tidegate_audit::{Autoscaler, Written};
use tidegate_object::{Identity, Object};
use tidegate_pipeline::Error;
use tidegate_reach::{Makers, Network, Probes, Scope};
use tidegate_source::{Diagnostic, Severity};
use tidegate_workload::{
    Assumptions, Budget, BudgetIndex, Context, LimitRange, Quota, VolumeClaim, Workload,
    idle_budgets, prove,
};

use crate::arguments::{Check, Common};
use crate::findings::Findings;
use crate::sarif::Subject;
use crate::{allowed, lint, manifests, singletons};

pub(crate) fn run(common: &Common, check: &Check) -> Result<u8, Error> {
    let found = look(common, check).or_else(|error| Findings::refused(error, common.format))?;
    found.print(common.format, Subject { command: "check", what: &check.what })?;
    Ok(if found.reach(Severity::Warning) { 3 } else { 0 })
}

/// Finds all that there is to be found, in the order in which it is printed.
fn look(common: &Common, check: &Check) -> Result<Findings, Error> {
    let manifests = manifests::read(&check.what)?;
    let sources = Rc::new(manifests.sources);
    let (allowed, mistakes) = allowed::read(&manifests.objects, &sources);
    let mut findings = Findings::default();
    findings.extend(mistakes, &sources, &[]);
    let singletons = singletons::of(common, check, &manifests.objects)?;
    findings.extend(proved(&manifests.objects, check, &singletons), &sources, &allowed);
    findings.extend(reached(&manifests.objects, check), &sources, &allowed);
    let audited = audited(&manifests.objects, &manifests.written, singletons);
    findings.extend(audited, &sources, &allowed);
    if manifests::is_overlay(Path::new(&check.what)) {
        let lint = lint::of(&check.what)?;
        findings.extend(lint.findings, &Rc::new(lint.sources), &allowed);
    }
    findings.sort();
    Ok(findings)
}

/// Proves the workloads among objects. What can't be read as what it says it is, is a finding too.
fn proved(objects: &[Object], check: &Check, singletons: &BTreeSet<Identity>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut workloads = all(objects, Workload::is_workload, Workload::from_object, &mut found);
    let budgets = all(objects, Budget::is_budget, Budget::from_object, &mut found);
    let is_core = |object: &Object, kind| object.group().is_empty() && object.kind() == kind;
    let quotas = all(objects, |it| is_core(it, "ResourceQuota"), Quota::from_object, &mut found);
    let limits = all(objects, |it| is_core(it, "LimitRange"), LimitRange::from_object, &mut found);
    let claims: Vec<VolumeClaim> = objects.iter().filter_map(VolumeClaim::from_object).collect();
    for scaler in objects.iter().filter_map(Autoscaler::from_object) {
        for workload in &mut workloads {
            scaler.scale(workload);
        }
    }
    let index = BudgetIndex::new(&budgets);
    for workload in &workloads {
        let namespace = namespace(&workload.identity.namespace);
        let here = |other: &str| self::namespace(other) == namespace;
        let context = Context {
            assumptions: Assumptions {
                starts: check.starts,
                answers: check.answers,
                evictions: check.evictions,
                ..Assumptions::default()
            },
            quotas: quotas.iter().filter(|it| here(&it.identity.namespace)).cloned().collect(),
            limit_ranges: limits
                .iter()
                .filter(|it| here(&it.identity.namespace))
                .cloned()
                .collect(),
            claims: claims.iter().filter(|it| here(&it.identity.namespace)).cloned().collect(),
            singleton: singletons.contains(&workload.identity),
            ..Context::default()
        };
        let guards = index.selecting(&workload.identity.namespace, &workload.pod.labels);
        let guards: Vec<Budget> =
            guards.into_iter().filter_map(|at| budgets.get(at)).cloned().collect();
        let proof = prove(workload, &guards, &context);
        found.extend(proof.findings);
    }
    found.extend(idle(objects, &workloads, &budgets, &index, check));
    found
}

/// Finds the budgets that guard no pod among objects.
fn idle(
    objects: &[Object],
    workloads: &[Workload],
    budgets: &[Budget],
    index: &BudgetIndex<'_>,
    check: &Check,
) -> Vec<Diagnostic> {
    // What runs pods and is no workload of the proof, or can't be read, is guarded all the same.
    let proved: HashSet<&Identity> = workloads.iter().map(|it| &it.identity).collect();
    let others = objects.iter().filter(|it| !proved.contains(&it.identity()));
    let others: Vec<_> =
        others.filter_map(|it| Some((it.namespace(), tidegate_audit::pod_labels(it)?))).collect();
    // A folder of policies says nothing of pods that lie elsewhere.
    if workloads.is_empty() && others.is_empty() {
        return Vec::new();
    }
    let guarding = |(namespace, labels): &(&str, _)| index.selecting(namespace, labels);
    let guarding: HashSet<usize> = others.iter().flat_map(guarding).collect();
    let budgets: Vec<Budget> = budgets
        .iter()
        .enumerate()
        .filter(|(at, _)| !guarding.contains(at))
        .map(|(_, it)| it.clone())
        .collect();
    let makers = Makers::of(objects);
    let known: HashSet<(&String, &str)> = workloads
        .iter()
        .flat_map(|it| it.pod.labels.values().map(|value| (&it.identity.namespace, value.as_str())))
        .collect();
    let elsewhere = |budget: &Budget| {
        let asked = &budget.selector.value;
        let listed = asked.match_expressions.iter().flat_map(|it| &it.values);
        let values = asked.match_labels.values().chain(listed).map(String::as_str);
        let namespace = &budget.identity.namespace;
        makers.of_pods(namespace, values.clone()).or_else(|| {
            let alike =
                is_whole(&check.what) || values.clone().any(|it| known.contains(&(namespace, it)));
            (!alike).then(|| {
                "nothing among the objects is like it: its pods may be deployed apart".to_owned()
            })
        })
    };
    idle_budgets(workloads, &budgets, elsewhere)
}

/// Follows what reaches what among objects, whether or not any of them is a workload.
fn reached(objects: &[Object], check: &Check) -> Vec<Diagnostic> {
    let scope = if is_whole(&check.what) { Scope::Whole } else { Scope::Part };
    Network::of(objects).findings(scope, Probes::BesideProof)
}

/// Files may be some of many; what was built, or is piped, is all that runs together.
fn is_whole(what: &str) -> bool {
    what == "-" || manifests::is_overlay(Path::new(what))
}

/// Looks over the objects, and over the files of an overlay below what was applied to them.
fn audited(
    objects: &[Object],
    written: &[(Object, usize)],
    singletons: BTreeSet<Identity>,
) -> Vec<Diagnostic> {
    let context = tidegate_audit::Context { singletons };
    let mut found = tidegate_audit::audit(objects, &context);
    let pairs = written
        .iter()
        .filter_map(|(file, nth)| Some(Written { file, rendered: objects.get(*nth)? }));
    found.extend(tidegate_audit::overridden(&pairs.collect::<Vec<_>>()));
    found
}

/// Objects without a namespace are put where others name `default`.
fn namespace(written: &str) -> &str {
    if written.is_empty() { "default" } else { written }
}

fn all<T>(
    objects: &[Object],
    is_one: impl Fn(&Object) -> bool,
    read: impl Fn(&Object) -> Result<T, Vec<Diagnostic>>,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<T> {
    let read = objects.iter().filter(|it| is_one(it)).map(read);
    read.filter_map(|it| it.map_err(|found| mistakes.extend(found)).ok()).collect()
}
