use std::fmt;

use serde::Serialize;
use tidegate_image_ref::Reference;
use tidegate_object::Object;
use tidegate_reconcile::{SyncStatus, plan_sync};

use crate::config::Environment;
use crate::error::Error;
use crate::holds;
use crate::images;
use crate::live;
use crate::overlay::Overlay;
use crate::pending;
use crate::plan::Heading;
use crate::release::template;
use crate::steps::images::short;
use crate::workloads;
use crate::world::World;

/// Where a component stands in an environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComponentStatus {
    /// The component.
    pub component: String,
    /// The Deployment that runs it; empty where the overlay renders none.
    pub deployment: String,
    /// The tag that git wants.
    pub desired: String,
    /// The digest that git wants.
    pub digest: String,
    /// The tags that the pods run, newest first, joined by `and`; empty where that can't be told from here.
    pub live: String,
    /// Their digests, likewise.
    pub live_digest: String,
    /// Pods that are ready, and pods that are wanted.
    pub ready: Option<(i64, i64)>,
    /// Health: `Healthy`, `Progressing`, `Degraded`, …; empty where it can't be told from here.
    pub health: String,
    /// The hold of the desired version, where there is one.
    pub held: Option<String>,
}

/// Where an environment stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnvironmentStatus {
    /// What it is.
    pub heading: Heading,
    /// The commit of the devops repository.
    pub commit: String,
    /// `Synced` or `OutOfSync`; empty where it can't be told from here.
    pub sync: String,
    /// Its components.
    pub components: Vec<ComponentStatus>,
    /// Versions that are held, with the reasons.
    pub holds: Vec<String>,
    /// Builds that wait for an approval.
    pub waiting: Vec<String>,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The environments, in the order of the configuration.
    pub environments: Vec<EnvironmentStatus>,
}

/// Observes where the environments stand.
///
/// # Errors
///
/// [`Error::Misuse`] for an unknown environment; [`Error::Failed`] where a place can't be reached.
pub fn status(world: &World, environment: Option<&str>) -> Result<Status, Error> {
    let chosen: Vec<&Environment> = match environment {
        Some(name) => vec![world.environment(Some(name))?],
        None => world.config().environments.iter().collect(),
    };
    let environments = chosen.into_iter().map(|it| observe(world, it)).collect::<Result<_, _>>()?;
    Ok(Status { environments })
}

fn observe(world: &World, environment: &Environment) -> Result<EnvironmentStatus, Error> {
    let tip = world.devops_tip()?;
    let overlay = Overlay::read(world, environment, &tip)?;
    let desired = overlay.build(world)?.into_objects();
    let running = workloads::of(world, environment, &desired);
    let held = holds::read(world, environment, &tip)?;
    let cluster = live::cluster(world, environment)?;
    let objects: Vec<Object> = cluster.iter().flat_map(|it| it.objects().cloned()).collect();
    let sync = cluster.as_ref().map(|_| {
        let plan = plan_sync(&desired, &objects, &live::sync_options(world, environment));
        if plan.status == SyncStatus::Synced { "Synced" } else { "OutOfSync" }
    });
    let mut components = Vec::new();
    for (component, image) in world.config().services() {
        let repository = images::repository(environment, image);
        let entry = overlay.image(&repository)?;
        let wanted = running.iter().find(|it| it.component == component.name.value);
        let summary = cluster
            .as_ref()
            .zip(wanted)
            .and_then(|(it, wanted)| it.summary(&wanted.namespace, &wanted.deployment));
        let images = summary.iter().flat_map(|it| &it.running_images);
        let references =
            images.filter_map(|it| Reference::parse(it).ok()).filter(|it| it.name() == repository);
        let (tags, digests): (Vec<_>, Vec<_>) = references
            .map(|it| (it.tag().unwrap_or_default(), it.digest().unwrap_or_default()))
            .unzip();
        let group = world.config().group(&component.group.value);
        let version = group.and_then(|group| template(group).ok()?.parse(&entry.tag));
        let found = version.and_then(|version| {
            held.of(&component.name.value, &component.group.value, &version.to_string())
        });
        components.push(ComponentStatus {
            component: component.name.value.clone(),
            deployment: wanted.map(|it| it.deployment.clone()).unwrap_or_default(),
            desired: entry.tag,
            digest: entry.digest,
            live: tags.join(" and "),
            live_digest: digests.join(" and "),
            ready: summary.as_ref().map(|it| (i64::from(it.ready), i64::from(it.replicas))),
            health: summary.map(|it| it.health.status.to_string()).unwrap_or_default(),
            held: found.map(|(hold, _)| hold.reason.clone()),
        });
    }
    let name = &environment.name.value;
    let waiting = pending::read(world)
        .into_iter()
        .filter(|it| it.environment == *name)
        .map(|it| it.id)
        .collect();
    Ok(EnvironmentStatus {
        heading: world.heading(environment),
        commit: tip.as_str().to_owned(),
        sync: sync.unwrap_or_default().to_owned(),
        components,
        holds: held.lines(),
        waiting,
    })
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, environment) in self.environments.iter().enumerate() {
            if nth > 0 {
                writeln!(f)?;
            }
            environment.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for EnvironmentStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sync = if self.sync.is_empty() { "live state unknown from here" } else { &self.sync };
        writeln!(f, "{}", self.heading)?;
        writeln!(f, "  git at {}, {sync}", self.commit.get(..7).unwrap_or(&self.commit))?;
        let head = ["component", "desired", "digest", "live", "ready", "health"].map(str::to_owned);
        let mut rows = vec![head];
        rows.extend(self.components.iter().map(row));
        let widths: Vec<usize> = (0..6)
            .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
            .collect();
        for row in rows {
            let cells: Vec<String> =
                row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            writeln!(f, "  {}", cells.join("  ").trim_end())?;
        }
        for component in self.components.iter().filter(|it| it.held.is_some()) {
            writeln!(f, "  {} runs a held version", component.component)?;
        }
        for hold in &self.holds {
            writeln!(f, "  held: {hold}")?;
        }
        for build in &self.waiting {
            writeln!(f, "  waits for an approval: {build}")?;
        }
        Ok(())
    }
}

fn row(component: &ComponentStatus) -> [String; 6] {
    let or = |text: &str, otherwise: &str| {
        if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
    };
    let live = if component.live_digest.is_empty() || component.live_digest == component.digest {
        or(&component.live, "-")
    } else if component.live == component.desired {
        format!("{} (another digest)", component.live)
    } else {
        or(&component.live, "-")
    };
    [
        component.component.clone(),
        or(&component.desired, "-"),
        or(short(&component.digest), "-"),
        live,
        component
            .ready
            .map_or_else(|| "-".to_owned(), |(ready, wanted)| format!("{ready}/{wanted}")),
        or(&component.health, "-"),
    ]
}
