use std::collections::BTreeMap;

use tidegate_cluster::{Cluster, RolloutOutcome};
use tidegate_object::Node;
use tidegate_repository::{LogQuery, ObjectId};
use tidegate_rollback::{
    ArgoCdFacts, Automated, CommitSince, Deployed, Fact, ObeysHold, Pin, Reconciler, RevertFacts,
    RollbackPlan, RolloutEnd, Situation, Target as BackTo, TemplateDifference, UndoFacts, Updater,
    Way, compare,
};
use tidegate_source::Place;
use tidegate_yaml::Stream;

use crate::action::{Action, HoldChange, OverrideAction, UndoAction};
use crate::config::{Component, Environment, Group, OURSELVES, Policy};
use crate::error::Error;
use crate::holds::{self, Held, who};
use crate::images;
use crate::live;
use crate::outrank;
use crate::overlay::{ImageEntry, Overlay};
use crate::plan::{Plan, Remark, Station, Step, Value};
use crate::release::template;
use crate::steps::{self, DEVOPS_COMMIT};
use crate::update::{Deployment, Target, add_steps, override_step, parse_version, rollout_step};
use crate::workloads;
use crate::world::{World, failed_in_git};

/// How often Argo CD looks at git unless told otherwise, in seconds (`timeout.reconciliation`).
const ARGOCD_POLL: u64 = 180;

/// How many commits of an overlay's history are read.
const HISTORY: usize = 200;

/// The way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RollbackWay {
    /// One commit that names the older version, and holds the newer.
    Override,
    /// `git revert` of the commits since, and a hold.
    Revert,
    /// `kubectl rollout undo`, past git.
    Undo,
}

/// What a rollback is asked for.
#[derive(Clone, Debug)]
pub struct RollbackRequest {
    /// The environment.
    pub environment: Option<String>,
    /// The group; needed when there are several.
    pub group: Option<String>,
    /// The version to return to; the last one that finished and is not held unless given.
    pub to: Option<String>,
    /// The way back.
    pub by: RollbackWay,
    /// Findings that are allowed.
    pub allow: Vec<String>,
    /// Why they are, and why the version is held.
    pub reason: Option<String>,
}

/// Makes the plan of a rollback: the ways compared, then override and hold in one commit, then the rollout.
///
/// # Errors
///
/// [`Error::Refused`] where there is nothing to go back to, or the way is refused, each with its reasons.
pub fn plan_rollback(world: &World, request: &RollbackRequest) -> Result<Plan, Error> {
    let environment = world.environment(request.environment.as_deref())?;
    let name = &environment.name.value;
    let group = crate::release::group(world, request.group.as_deref())?;
    let tip = world.devops_tip()?;
    let overlay = Overlay::read(world, environment, &tip)?;
    let held = holds::read(world, environment, &tip)?;
    let back = Back { world, environment, group, overlay, held };
    let situation = back.situation(request)?;
    let comparison = compare(&situation);
    let way = match request.by {
        RollbackWay::Override => Way::Override,
        RollbackWay::Revert => Way::Revert,
        RollbackWay::Undo => Way::RolloutUndo,
    };
    let target = allowed(&comparison, way)?.clone();
    let mut plan = Plan::empty(
        world.heading(environment),
        format!("rollback --env {name} --to {}", target.version),
    );
    match request.by {
        RollbackWay::Override => back.by_override(request, &situation, &target, &mut plan)?,
        RollbackWay::Revert => back.by_revert(request, &situation, &target, &mut plan)?,
        RollbackWay::Undo => back.by_undo(&situation, &mut plan),
    }
    plan.comparison = Some(comparison);
    Ok(plan)
}

/// Returns the version to go back to, or every reason why this way is closed.
fn allowed(comparison: &RollbackPlan, way: Way) -> Result<&Deployed, Error> {
    let Some(target) = &comparison.to else {
        return Err(Error::refused(
            "nothing-to-go-back-to",
            comparison.to_string().trim_end().to_owned(),
            "name a version that was deployed with --to, or lift its hold",
        ));
    };
    let refused: Vec<String> = comparison
        .way(way)
        .map(|it| it.refused.iter().map(ToString::to_string).collect())
        .unwrap_or_default();
    if refused.is_empty() {
        return Ok(target);
    }
    Err(Error::refused(
        "way-refused",
        format!("{way} is refused: {}", refused.join("; ")),
        "take the recommended way: rollback --by override",
    ))
}

struct Back<'b> {
    world: &'b World,
    environment: &'b Environment,
    group: &'b Group,
    overlay: Overlay,
    held: Held,
}

impl Back<'_> {
    /// The components of the group that have an image here.
    fn components(&self) -> impl Iterator<Item = (&Component, String)> {
        let group = &self.group.name.value;
        self.world
            .config()
            .services()
            .filter(move |(component, _)| component.group.value == *group)
            .map(|(component, image)| (component, images::repository(self.environment, image)))
    }

    fn situation(&self, request: &RollbackRequest) -> Result<Situation, Error> {
        let cluster = live::cluster(self.world, self.environment)?;
        let history = self.history(cluster.as_ref())?;
        let target = match &request.to {
            Some(version) => BackTo::Version(self.version_text(version)?),
            None => BackTo::LastGood,
        };
        let chosen = choose(&history, &target);
        let current = history.last().map(|it| it.version.clone());
        Ok(Situation {
            environment: self.environment.name.value.clone(),
            components: self
                .components()
                .map(|(component, _)| component.name.value.clone())
                .collect(),
            overlay: self.overlay.file.clone(),
            reconciler: self.reconciler()?,
            updaters: self.updaters(current.as_deref())?,
            outranked_by: outrank::facts(self.world, self.environment, &self.overlay.commit)?,
            revert: self.revert(chosen)?,
            argocd: self.environment.application.as_ref().map(|file| ArgoCdFacts {
                application: file
                    .value
                    .rsplit('/')
                    .next()
                    .and_then(|it| it.split('.').next())
                    .unwrap_or_default()
                    .to_owned(),
                deleting: false,
                history: Vec::new(),
            }),
            undo: self.undo(cluster.as_ref(), chosen),
            history,
            target,
        })
    }

    /// Returns a version in the text that the history uses.
    fn version_text(&self, written: &str) -> Result<String, Error> {
        match self.environment.policy {
            Policy::Semver(_) => parse_version(written).map(|it| it.to_string()),
            Policy::Digest(_) => Ok(written.to_owned()),
        }
    }

    /// Reads what the overlay has pinned, oldest first. Neighbours that pin the same are one entry.
    fn history(&self, cluster: Option<&Cluster>) -> Result<Vec<Deployed>, Error> {
        let devops = self.world.devops()?;
        let mut revisions = devops
            .history(&self.overlay.commit, &self.overlay.file, Some(HISTORY))
            .map_err(|it| failed_in_git(&it))?;
        revisions.reverse();
        let mut history: Vec<Deployed> = Vec::new();
        for revision in revisions {
            let Some(text) = revision.after.and_then(|bytes| String::from_utf8(bytes).ok()) else {
                continue;
            };
            let Ok(entries) = self.overlay.with_text(text).images() else { continue };
            let Some(deployed) = self.deployed(cluster, revision.commit.id.short(), &entries)?
            else {
                continue;
            };
            match history.last_mut() {
                Some(last) if last.pins == deployed.pins => {}
                _ => history.push(deployed),
            }
        }
        Ok(history)
    }

    fn deployed(
        &self,
        cluster: Option<&Cluster>,
        commit: &str,
        entries: &[ImageEntry],
    ) -> Result<Option<Deployed>, Error> {
        let mut pins = BTreeMap::new();
        let mut version = String::new();
        let mut end = Some(RolloutEnd::Finished);
        let mut hold = None;
        let mut gone = None;
        let template = template(self.group)?;
        for (component, repository) in self.components() {
            let name = &component.name.value;
            let Some(entry) = entries.iter().find(|it| it.repository == repository) else {
                continue;
            };
            let tagged = template.parse(&entry.tag).map(|it| it.to_string());
            version = match (&self.environment.policy, tagged) {
                (Policy::Semver(_), Some(version)) => version,
                _ if entry.digest.is_empty() => entry.tag.clone(),
                _ => steps::images::short(&entry.digest).to_owned(),
            };
            if let Some((found, _)) = self.held.of(name, &self.group.name.value, &version) {
                hold = Some(Fact::new(format!("{} ({})", found.reason, self.held.place(found))));
            }
            if !entry.digest.is_empty()
                && images::about_digest(self.world, &repository, &entry.digest)?.is_none()
            {
                gone = Some(Fact::new(format!("{repository} has no {}", entry.digest)));
            }
            end = worse(end, rollout_end(cluster, &repository, entry));
            let digest = (!entry.digest.is_empty()).then(|| entry.digest.clone());
            pins.insert(name.clone(), Pin { tag: entry.tag.clone(), digest });
        }
        if pins.is_empty() {
            return Ok(None);
        }
        Ok(Some(Deployed {
            version,
            pins,
            commit: commit.to_owned(),
            rollout: end.unwrap_or(RolloutEnd::Unknown),
            held: hold,
            image_gone: gone,
        }))
    }

    /// Reads who applies, and how that is set, from the Application in the devops repository.
    fn reconciler(&self) -> Result<Reconciler, Error> {
        let name = self.world.config().roles(self.environment).reconciler.clone();
        let none = Reconciler {
            name: name.clone(),
            automated: None,
            poll_s: ARGOCD_POLL,
            settings: Fact::new("no Application is named in tidegate.yaml"),
        };
        let Some(file) = &self.environment.application else { return Ok(none) };
        let bytes = self
            .world
            .devops()?
            .file(&self.overlay.commit, &file.value)
            .map_err(|it| failed_in_git(&it))?;
        let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else {
            return Ok(none);
        };
        let Ok(stream) = Stream::parse(&text) else { return Ok(none) };
        let policy = stream.root().and_then(|it| it.get("spec")?.get("syncPolicy"));
        let Some(automated) = policy.and_then(|it| it.get("automated")) else {
            return Ok(Reconciler {
                settings: Fact::new(format!("{} has no automated sync", file.value)),
                ..none
            });
        };
        let is = |key: &str| automated.get(key).is_some_and(|it| it.as_str() == "true");
        let enabled = automated.get("enabled").is_none_or(|it| it.as_str() != "false");
        let at = tidegate_source::line_column(&text, automated.span().start);
        let place = Place { file: file.value.clone(), line: at.line, column: at.column };
        let settings = Automated {
            prune: is("prune"),
            self_heal: is("selfHeal"),
            allow_empty: is("allowEmpty"),
        };
        Ok(Reconciler {
            name,
            automated: enabled.then_some(settings),
            poll_s: ARGOCD_POLL,
            settings: Fact::read_at(
                if settings.self_heal {
                    "syncPolicy.automated with selfHeal"
                } else {
                    "syncPolicy.automated"
                },
                place,
            ),
        })
    }

    fn updaters(&self, current: Option<&str>) -> Result<Vec<Updater>, Error> {
        let mut updaters = vec![Updater {
            name: "tidegate update".to_owned(),
            interval_s: None,
            obeys: ObeysHold::ByItself,
            would_choose: current.map(str::to_owned),
            settings: Fact::new("`policy` in tidegate.yaml"),
        }];
        updaters.extend(outrank::updaters(
            self.world,
            self.environment,
            &self.overlay.commit,
            current,
        )?);
        Ok(updaters)
    }

    /// Reads the commits since the version to go back to, and tries whether they can be taken back.
    fn revert(&self, chosen: Option<&Deployed>) -> Result<RevertFacts, Error> {
        let Some(chosen) = chosen else { return Ok(RevertFacts::default()) };
        let devops = self.world.devops()?;
        let since = devops.commit(&chosen.commit).map_err(|it| failed_in_git(&it))?;
        let path = self.world.config().devops.path.value.clone();
        let query = LogQuery {
            to: &self.overlay.commit,
            from: Some(&since),
            paths: &[&path],
            first_parent: false,
            limit: Some(HISTORY),
        };
        let mut facts = RevertFacts::default();
        for commit in devops.log(&query).map_err(|it| failed_in_git(&it))? {
            let changed = devops
                .changed_files(commit.parents.first(), &commit.id)
                .map_err(|it| failed_in_git(&it))?;
            if let Err(error) = devops.revert_changes(&commit.id, &self.overlay.commit)
                && facts.commits.is_empty()
            {
                facts.conflicts.push(Fact::new(error.reason().to_owned()));
            }
            facts.commits.push(CommitSince {
                id: commit.id.as_str().to_owned(),
                subject: commit.subject.clone(),
                other_paths: changed.into_iter().filter(|it| *it != self.overlay.file).collect(),
            });
        }
        Ok(facts)
    }

    fn undo(&self, cluster: Option<&Cluster>, chosen: Option<&Deployed>) -> Vec<UndoFacts> {
        let (Some(cluster), Some(chosen)) = (cluster, chosen) else { return Vec::new() };
        let objects: Vec<_> = cluster.objects().cloned().collect();
        let mut facts = Vec::new();
        for running in workloads::of(self.world, self.environment, &objects) {
            let Some(pin) = chosen.pins.get(&running.component) else { continue };
            let image = format!("{}:{pin}", running.repository);
            let sets = cluster.replica_sets().iter();
            let mine = sets.filter(|it| {
                it.namespace == running.namespace && it.deployment == running.deployment
            });
            let revision = mine
                .filter(|it| template_images(&it.template.0).any(|it| it == image))
                .map(|it| it.revision)
                .max();
            let paused = cluster
                .deployment(&running.namespace, &running.deployment)
                .and_then(|it| it.at(&["spec", "paused"]))
                .and_then(Node::as_bool);
            facts.push(UndoFacts {
                workload: format!("Deployment/{}", running.deployment),
                paused: paused == Some(true),
                revision,
                difference: if running.image == image {
                    TemplateDifference::None
                } else {
                    TemplateDifference::Different
                },
                needs: Vec::new(),
            });
        }
        facts
    }

    /// The hold of what runs now.
    fn hold(&self, request: &RollbackRequest, situation: &Situation) -> Vec<HoldChange> {
        let Some(current) = situation.history.last() else { return Vec::new() };
        let reason = request.reason.clone().unwrap_or_else(|| {
            let end = match &current.rollout {
                RolloutEnd::Unfinished(fact) => format!(": {fact}"),
                _ => String::new(),
            };
            format!("rolled back{end}")
        });
        vec![HoldChange::Add {
            group: self.group.name.value.clone(),
            version: current.version.clone(),
            reason,
            who: who(self.world),
            expires: None,
        }]
    }

    fn action(
        &self,
        request: &RollbackRequest,
        situation: &Situation,
        target: &Deployed,
    ) -> OverrideAction {
        let from = situation.history.last().map(|it| it.version.as_str()).unwrap_or_default();
        let config = self.world.config();
        OverrideAction {
            environment: self.environment.name.value.clone(),
            file: self.overlay.file.clone(),
            branch: config.devops.branch.clone(),
            images: Vec::new(),
            reverts: Vec::new(),
            holds: self.hold(request, situation),
            trailers: Vec::new(),
            subject: format!(
                "{}: {} {from} back to {}",
                self.environment.name.value, config.application.value, target.version
            ),
            downgrade: true,
            by: OURSELVES.to_owned(),
        }
    }

    fn by_override(
        &self,
        request: &RollbackRequest,
        situation: &Situation,
        target: &Deployed,
        plan: &mut Plan,
    ) -> Result<(), Error> {
        let mut action = self.action(request, situation, target);
        for (component, repository) in self.components() {
            let entry = self.overlay.image(&repository)?;
            let Some(pin) = target.pins.get(&component.name.value) else { continue };
            let digest = Value::Known(pin.digest.clone().unwrap_or_default());
            action.images.push(entry.into_change(&component.name.value, pin.tag.clone(), digest));
        }
        let from = situation.history.last().map(|it| it.version.as_str()).unwrap_or_default();
        let deployment = Deployment {
            world: self.world,
            environment: self.environment,
            target: Target::Registry { to: None },
            allow_downgrade: true,
            allow: &request.allow,
            reason: request.reason.as_deref(),
        };
        add_steps(
            &deployment,
            &self.overlay,
            format!("{from} back to {}, and a hold on {from}", target.version),
            action,
            plan,
        )
    }

    fn by_revert(
        &self,
        request: &RollbackRequest,
        situation: &Situation,
        target: &Deployed,
        plan: &mut Plan,
    ) -> Result<(), Error> {
        let mut action = self.action(request, situation, target);
        action.reverts = situation.revert.commits.iter().map(|it| it.id.clone()).collect();
        let build = self.overlay.build(self.world)?;
        let proof = crate::proof::prove(self.world, self.environment, &build)?;
        let reconciler = self.world.config().roles(self.environment).reconciler.clone();
        let name = &self.environment.name.value;
        let title = format!("takes back {} commits", action.reverts.len());
        plan.steps.push(override_step(self.overlay.commit.short(), title, action));
        plan.steps.push(rollout_step(
            name,
            Value::unknown(DEVOPS_COMMIT),
            proof.deployments,
            reconciler,
        ));
        Ok(())
    }

    fn by_undo(&self, situation: &Situation, plan: &mut Plan) {
        let deployments: Vec<(String, i64)> = situation
            .undo
            .iter()
            .filter_map(|it| Some((it.workload.rsplit('/').next()?.to_owned(), it.revision?)))
            .collect();
        plan.remarks.push(
            Remark::new("drift", "git keeps naming the newer version; the next sync puts it back")
                .help("make a rollback by override as soon as you can"),
        );
        plan.steps.push(Step {
            station: Station::Rollout,
            title: "rollout undo".to_owned(),
            expects: Vec::new(),
            does: deployments
                .iter()
                .map(|(name, revision)| format!("{name}: the template of revision {revision}"))
                .collect(),
            undo: "sync".to_owned(),
            action: Action::Undo(UndoAction {
                environment: self.environment.name.value.clone(),
                deployments,
            }),
        });
    }
}

/// The entry of the history that a rollback is likely to choose: what revert and undo are looked at for.
fn choose<'h>(history: &'h [Deployed], target: &BackTo) -> Option<&'h Deployed> {
    let current = history.last()?;
    history.iter().rev().find(|it| {
        it.version != current.version
            && match target {
                BackTo::Version(version) => it.version == *version,
                BackTo::LastGood => {
                    it.rollout == RolloutEnd::Finished
                        && it.held.is_none()
                        && it.image_gone.is_none()
                }
            }
    })
}

/// Of two ends the one that is worse; no end at all outranks nothing.
fn worse(a: Option<RolloutEnd>, b: RolloutEnd) -> Option<RolloutEnd> {
    match (a, b) {
        (Some(RolloutEnd::Finished), b) => Some(b),
        (Some(unfinished @ RolloutEnd::Unfinished(_)), _)
        | (Some(_), unfinished @ RolloutEnd::Unfinished(_)) => Some(unfinished),
        (a, _) => a,
    }
}

/// Returns how the last rollout of an image ended, as the cluster has it on record.
fn rollout_end(cluster: Option<&Cluster>, repository: &str, entry: &ImageEntry) -> RolloutEnd {
    let Some(cluster) = cluster else { return RolloutEnd::Unknown };
    let digest = if entry.digest.is_empty() { String::new() } else { format!("@{}", entry.digest) };
    let image = format!("{repository}:{}{digest}", entry.tag);
    let mut ends = cluster
        .rollouts()
        .iter()
        .filter(|it| it.images.contains(&image))
        .map(|it| (it.outcome, &it.reason));
    let of = |outcome: RolloutOutcome, reason: &str| match outcome {
        RolloutOutcome::Complete => RolloutEnd::Finished,
        RolloutOutcome::Running => RolloutEnd::Unfinished(Fact::new("its rollout goes on")),
        RolloutOutcome::Failed => RolloutEnd::Unfinished(Fact::new(reason.to_owned())),
        RolloutOutcome::Superseded => {
            RolloutEnd::Unfinished(Fact::new("another version came before it had finished"))
        }
    };
    ends.next_back().map_or(RolloutEnd::Unknown, |(outcome, reason)| of(outcome, reason))
}

fn template_images(template: &Node) -> impl Iterator<Item = &str> {
    let containers =
        template.at(&["spec", "containers"]).and_then(Node::as_list).unwrap_or_default();
    containers.iter().filter_map(|it| it.get("image").and_then(Node::as_str))
}

/// A commit of the devops repository, for those who follow a chain.
pub(crate) fn commits_of_image(
    world: &World,
    environment: &Environment,
    tip: &ObjectId,
    repository: &str,
    digest: &str,
) -> Result<Vec<tidegate_repository::Commit>, Error> {
    let overlay = Overlay::read(world, environment, tip)?;
    let revisions = world
        .devops()?
        .history(tip, &overlay.file, Some(HISTORY))
        .map_err(|it| failed_in_git(&it))?;
    let pins = |bytes: &Option<Vec<u8>>| {
        let text = bytes.as_ref().and_then(|it| String::from_utf8(it.clone()).ok());
        let entries =
            text.and_then(|text| overlay.with_text(text).images().ok()).unwrap_or_default();
        entries.iter().any(|it| it.repository == repository && it.digest == digest)
    };
    Ok(revisions
        .into_iter()
        .filter(|it| pins(&it.after) && !pins(&it.before))
        .map(|it| it.commit)
        .collect())
}
