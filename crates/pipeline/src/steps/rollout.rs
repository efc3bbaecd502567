//! The reconciler: desired from git, live from the cluster, applied, and watched to its end.

use tidegate_cluster::{
    ApplyOptions, Charset, Cluster, Drawing, Fault as ImageFault, Moment, RolloutOutcome, Span,
};
use tidegate_object::Object;
use tidegate_reconcile::{Action, SyncStatus, plan_sync};
use tidegate_repository::ObjectId;

use crate::action::RolloutAction;
use crate::config::{Environment, OURSELVES};
use crate::error::{Complaint, Error};
use crate::event::{Event, Observer};
use crate::fault::FaultKind;
use crate::images;
use crate::live;
use crate::overlay::Overlay;
use crate::plan::Bindings;
use crate::workloads;
use crate::world::{World, failed_in_git};

use super::Done;

/// How long after a commit the reconciler sees it, in seconds of virtual time.
const SYNC_LAG: i64 = 10;

/// The most that a rollout is watched: beyond any progress deadline that people set.
const WATCH: Span = Span::seconds(24 * 3600);

/// How late a pod is that the fault `late` delays.
const LATE: Span = Span::seconds(120);

/// The code of the failure of a rollout that missed its deadline.
pub const ROLLOUT_FAILED: &str = "rollout-failed";

/// The step is true when nothing differs between git and cluster and every rollout has finished.
pub(crate) fn detect(
    world: &World,
    action: &RolloutAction,
    bound: &Bindings,
) -> Result<Option<Done>, Error> {
    let environment = world.environment(Some(&action.environment))?;
    let Some(cluster) = live::cluster(world, environment)? else { return Ok(None) };
    let Some(revision) = revision(world, action, bound)? else { return Ok(None) };
    let desired = desired(world, environment, &revision)?;
    let live: Vec<Object> = cluster.objects().cloned().collect();
    let plan = plan_sync(&desired, &live, &live::sync_options(world, environment));
    if plan.status != SyncStatus::Synced {
        return Ok(None);
    }
    let namespace = namespace(&desired);
    for name in &action.deployments {
        match newest(&cluster, &namespace, name) {
            Some(RolloutOutcome::Complete) | None => {}
            Some(RolloutOutcome::Failed) => {
                return Err(missed(world, environment, std::slice::from_ref(name)));
            }
            Some(_) => return Ok(None),
        }
    }
    Ok(Some(Done {
        detail: format!("the cluster is as git says at {}", revision.short()),
        ..Done::default()
    }))
}

/// Applies what differs and watches the rollouts.
pub(crate) fn act(
    world: &World,
    action: &RolloutAction,
    bound: &Bindings,
    observer: &mut Observer<'_>,
) -> Result<Done, Error> {
    let environment = world.environment(Some(&action.environment))?;
    refuse_real(world, environment)?;
    let Some(revision) = revision(world, action, bound)? else {
        return Err(Error::failed(
            "unbound",
            "the commit of the devops repository is not known",
            "run the command again",
        ));
    };
    let Some(mut cluster) = live::cluster(world, environment)? else {
        return Err(Error::refused("cluster", "there is no cluster to apply to", ""));
    };
    let described = world.devops()?.describe(&revision).map_err(|it| failed_in_git(&it))?;
    wait_until(&mut cluster, world.clock.after(described.commit_date, SYNC_LAG));
    let desired = desired(world, environment, &revision)?;
    let live: Vec<Object> = cluster.objects().cloned().collect();
    let plan = plan_sync(&desired, &live, &live::sync_options(world, environment));
    inject(world, environment, &desired, &mut cluster)?;
    let began = cluster.now();
    let options = ApplyOptions {
        namespace: namespace(&desired),
        manager: live::sync_options(world, environment).manager,
        create_namespaces: true,
    };
    for task in plan.changing() {
        let restarts = if task.diff.restarts_pods() { ", restarts pods" } else { "" };
        observer(Event::Detail(&format!(
            "{} {}/{}{restarts}",
            task.action, task.identity.kind, task.identity.name
        )));
    }
    let wanted: Vec<Object> = plan.tasks.iter().filter_map(|task| task.desired.clone()).collect();
    cluster.apply(&wanted, &options).map_err(|error| {
        let diagnostics = error.diagnostics().to_vec();
        Error::Refused(Complaint { diagnostics, sources: tidegate_source::Sources::new() })
    })?;
    for task in plan.tasks.iter().filter(|task| task.action == Action::Prune) {
        cluster.delete(&task.identity);
    }
    let settled = cluster.run_until_settled(WATCH);
    live::save(world, environment, &cluster)?;
    let namespace = namespace(&desired);
    let drawing = Drawing { width: 74, charset: Charset::Unicode };
    for name in &action.deployments {
        let timeline = cluster.last_rollout_timeline(&namespace, name);
        if let Some(timeline) = timeline.filter(|it| it.from >= began) {
            observer(Event::Drawing(&timeline.draw(&drawing)));
        }
    }
    let failed: Vec<String> = action
        .deployments
        .iter()
        .filter(|name| settled.failed.contains(&format!("{namespace}/{name}")))
        .cloned()
        .collect();
    if !failed.is_empty() {
        return Err(missed(world, environment, &failed));
    }
    let seconds = (cluster.now().0 - began.0) / 1000;
    Ok(Done {
        detail: format!("every pod is new and available after {}", duration(seconds)),
        summary: vec![format!(
            "{} runs what git says at {}",
            environment.name.value,
            revision.short()
        )],
        ..Done::default()
    })
}

/// Refuses to apply to what is not simulated, and says what to run instead.
pub(crate) fn refuse_real(world: &World, environment: &Environment) -> Result<(), Error> {
    let reconciler = &world.config().roles(environment).reconciler;
    let simulated = live::state_file(world, environment).is_some();
    if simulated && reconciler == OURSELVES {
        return Ok(());
    }
    let name =
        environment.application.as_ref().and_then(|it| application_name(&it.value)).unwrap_or_else(
            || format!("{}-{}", world.config().application.value, environment.name.value),
        );
    Err(Error::refused(
        "real-cluster",
        format!("{} is applied to by {reconciler}, never from here", environment.name.value),
        format!("run: argocd app sync {name} && argocd app wait {name} --health"),
    ))
}

/// Returns the name of an Argo CD Application by the file that it is written in.
fn application_name(path: &str) -> Option<String> {
    let file = path.rsplit('/').next()?;
    file.rsplit_once('.').map(|(name, _)| name.to_owned())
}

fn revision(
    world: &World,
    action: &RolloutAction,
    bound: &Bindings,
) -> Result<Option<ObjectId>, Error> {
    let Some(text) = action.revision.resolve(bound) else { return Ok(None) };
    world.devops()?.commit(text).map(Some).map_err(|it| failed_in_git(&it))
}

/// Returns the objects that git wants at a commit.
pub(crate) fn desired(
    world: &World,
    environment: &Environment,
    commit: &ObjectId,
) -> Result<Vec<Object>, Error> {
    Ok(Overlay::read(world, environment, commit)?.build(world)?.into_objects())
}

/// Returns the namespace of an environment's workloads.
pub(crate) fn namespace(objects: &[Object]) -> String {
    let deployment = objects.iter().find(|it| it.kind() == "Deployment");
    deployment
        .map(|it| it.namespace().to_owned())
        .filter(|it| !it.is_empty())
        .unwrap_or_else(|| "default".to_owned())
}

/// Returns how the newest rollout of a Deployment stands.
fn newest(cluster: &Cluster, namespace: &str, name: &str) -> Option<RolloutOutcome> {
    let mut of =
        cluster.rollouts().iter().filter(|it| it.namespace == namespace && it.deployment == name);
    of.next_back().map(|it| it.outcome)
}

/// Moves the clock to a time, if that is still to come.
pub(crate) fn wait_until(cluster: &mut Cluster, seconds: i64) {
    let until = Moment(seconds.saturating_mul(1000));
    if until > cluster.now() {
        cluster.advance(until - cluster.now());
    }
}

/// Tells the simulated cluster which images misbehave: their labels say so.
fn inject(
    world: &World,
    environment: &Environment,
    desired: &[Object],
    cluster: &mut Cluster,
) -> Result<(), Error> {
    for workload in workloads::of(world, environment, desired) {
        let Some(about) = images::about_digest(world, &workload.repository, &workload.digest)?
        else {
            continue;
        };
        let kind = about.fault.as_str();
        let fault = if kind == FaultKind::NeverReady.to_string() {
            ImageFault::NeverReady
        } else if kind == FaultKind::Late.to_string() {
            ImageFault::Late { by: LATE }
        } else if kind == FaultKind::CrashLoop.to_string() {
            ImageFault::CrashLoop
        } else {
            continue;
        };
        cluster.inject(&workload.namespace, &workload.deployment, fault);
    }
    Ok(())
}

fn missed(world: &World, environment: &Environment, names: &[String]) -> Error {
    let name = &environment.name.value;
    let complaint = Complaint::plain(
        ROLLOUT_FAILED,
        format!(
            "the rollout of {} in {name} missed its progress deadline; the old pods keep serving",
            names.join(" and ")
        ),
        format!("take it back: {}", world.command_line("rollback", name)),
    );
    Error::Failed { station: None, complaint }
}

/// Writes a span of seconds for people.
pub(crate) fn duration(seconds: i64) -> String {
    match seconds {
        0..=119 => format!("{seconds} s"),
        _ if seconds % 60 == 0 => format!("{} min", seconds / 60),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
