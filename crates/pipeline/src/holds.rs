use std::fmt;

use serde::Serialize;
use tidegate_image_update::{
    Hold, HoldErrors, HoldFile, HoldSelector, HoldState, HoldSubject, Moment, add_hold, lift_hold,
};
use tidegate_repository::ObjectId;
use tidegate_source::Sources;

use crate::action::{HoldChange, OverrideAction};
use crate::clock::rfc3339;
use crate::config::{Environment, Group, OURSELVES};
use crate::error::{Complaint, Error};
use crate::plan::{Heading, Plan, Remark};
use crate::release::{group, template};
use crate::update::{override_step, parse_version};
use crate::world::{World, failed_in_git};

/// What a hold is asked for.
#[derive(Clone, Debug)]
pub struct HoldRequest {
    /// The environment.
    pub environment: Option<String>,
    /// The version.
    pub version: String,
    /// Why.
    pub reason: String,
    /// When it should be looked at again, RFC 3339.
    pub expires: Option<String>,
}

/// A hold, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HoldRow {
    /// What is held: a group or a component.
    pub subject: String,
    /// The version.
    pub version: String,
    /// Why.
    pub reason: String,
    /// Who put it up.
    pub who: String,
    /// When, RFC 3339.
    pub when: String,
    /// When it should be looked at again.
    pub expires: Option<String>,
    /// Whether that time has passed. An expired hold holds all the same.
    pub expired: bool,
    /// Where it is written.
    pub place: String,
}

/// The holds of an environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HoldList {
    /// What the list is about.
    pub heading: Heading,
    /// The holds in the order of the file.
    pub holds: Vec<HoldRow>,
}

impl fmt::Display for HoldList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.heading)?;
        if self.holds.is_empty() {
            return writeln!(f, "no version is held");
        }
        for hold in &self.holds {
            let expired = if hold.expired { " (expired; it holds until it is lifted)" } else { "" };
            writeln!(f, "{} {}  {}{expired}", hold.subject, hold.version, hold.reason)?;
            writeln!(f, "  by {} at {}, {}", hold.who, hold.when, hold.place)?;
        }
        Ok(())
    }
}

/// The holds of an environment at a commit of the devops repository.
#[derive(Debug)]
pub(crate) struct Held {
    /// The path of their file.
    pub(crate) path: String,
    /// Its text; empty where there is no file.
    pub(crate) text: String,
    file: HoldFile,
    now: String,
}

impl Held {
    /// Returns the hold of a version of a group or of one of its components.
    pub(crate) fn of(&self, component: &str, group: &str, version: &str) -> Option<(&Hold, bool)> {
        let now: Moment = self.now.parse().ok()?;
        match self.file.is_held(component, Some(group), version, &now) {
            HoldState::Free => None,
            HoldState::Held(hold) => Some((hold, false)),
            HoldState::Expired(hold) => Some((hold, true)),
        }
    }

    /// Returns where a hold is written.
    pub(crate) fn place(&self, hold: &Hold) -> String {
        let line = self
            .file
            .span(hold)
            .map(|span| tidegate_source::line_column(&self.text, span.start).line);
        line.map_or_else(|| self.path.clone(), |line| format!("{}:{line}", self.path))
    }

    /// Returns a line for each hold.
    pub(crate) fn lines(&self) -> Vec<String> {
        let line = |row: HoldRow| {
            let expired = if row.expired { " (expired; it holds until it is lifted)" } else { "" };
            format!("{} {}: {}{expired} ({})", row.subject, row.version, row.reason, row.place)
        };
        self.rows().into_iter().map(line).collect()
    }

    fn rows(&self) -> Vec<HoldRow> {
        let now: Option<Moment> = self.now.parse().ok();
        let row = |hold: &Hold| HoldRow {
            subject: hold.subject.name().to_owned(),
            version: hold.version.clone(),
            reason: hold.reason.clone(),
            who: hold.who.clone(),
            when: hold.when.to_string(),
            expires: hold.expires.as_ref().map(ToString::to_string),
            expired: hold
                .expires
                .as_ref()
                .zip(now.as_ref())
                .is_some_and(|(expires, now)| expires <= now),
            place: self.place(hold),
        };
        self.file.holds().map(row).collect()
    }
}

/// Returns the path of the file of holds of an environment.
pub(crate) fn path(world: &World, environment: &Environment) -> String {
    let config = world.config();
    let folder = config.devops.holds.trim_end_matches('/');
    format!("{folder}/{}-{}.yaml", config.application.value, environment.name.value)
}

/// Reads the holds of an environment at a commit of the devops repository.
pub(crate) fn read(
    world: &World,
    environment: &Environment,
    commit: &ObjectId,
) -> Result<Held, Error> {
    let path = path(world, environment);
    let bytes =
        world.devops()?.file(commit, &path).map_err(|it| failed_in_git(&it))?.unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|error| {
        Error::refused("not-utf8", format!("{path} is not UTF-8: {error}"), "save it as UTF-8")
    })?;
    let file = HoldFile::parse(&text).map_err(|errors| complain(&path, &text, &errors))?;
    Ok(Held { path, text, file, now: rfc3339(world.clock.seconds()) })
}

fn complain(path: &str, text: &str, errors: &HoldErrors) -> Error {
    let mut sources = Sources::new();
    let source = sources.add(path, text);
    let diagnostics = errors.iter().map(|it| it.to_diagnostic(source)).collect();
    Error::Refused(Complaint { diagnostics, sources })
}

/// Applies changes of holds to the text of their file.
pub(crate) fn edited(
    path: &str,
    text: &str,
    changes: &[HoldChange],
    when: &str,
) -> Result<String, Error> {
    let moment = |text: &str| {
        text.parse::<Moment>().map_err(|error| {
            Error::misuse("time", error.to_string(), "write a time such as 2026-03-01T12:00:00Z")
        })
    };
    let mut edited = text.to_owned();
    for change in changes {
        edited = match change {
            HoldChange::Add { group, version, reason, who, expires } => {
                let hold = Hold {
                    subject: HoldSubject::Group(group.clone()),
                    version: version.clone(),
                    reason: reason.clone(),
                    who: who.clone(),
                    when: moment(when)?,
                    expires: expires.as_deref().map(moment).transpose()?,
                };
                add_hold(&edited, &hold)
            }
            HoldChange::Lift { group, version } => {
                let selector = HoldSelector {
                    subject: Some(HoldSubject::Group(group.clone())),
                    version: Some(version.clone()),
                };
                lift_hold(&edited, &selector)
            }
        }
        .map_err(|errors| complain(path, &edited, &errors))?;
    }
    Ok(edited)
}

/// Whether the changes are already true in the text of their file.
pub(crate) fn are_true(path: &str, text: &str, changes: &[HoldChange]) -> Result<bool, Error> {
    let file = HoldFile::parse(text).map_err(|errors| complain(path, text, &errors))?;
    let there = |group: &str, version: &str| {
        file.holds()
            .any(|it| it.version == version && it.subject == HoldSubject::Group(group.to_owned()))
    };
    Ok(changes.iter().all(|change| match change {
        HoldChange::Add { group, version, .. } => there(group, version),
        HoldChange::Lift { group, version } => !there(group, version),
    }))
}

/// Lists the holds of an environment.
///
/// # Errors
///
/// [`Error::Misuse`] for an unknown environment; [`Error::Refused`] for a file that can't be read, with the places.
pub fn holds(world: &World, environment: Option<&str>) -> Result<HoldList, Error> {
    let environment = world.environment(environment)?;
    let held = read(world, environment, &world.devops_tip()?)?;
    Ok(HoldList { heading: world.heading(environment), holds: held.rows() })
}

/// Makes the plan that holds a version.
///
/// # Errors
///
/// [`Error::Misuse`] without a reason or for what is no version.
pub fn plan_hold(world: &World, request: &HoldRequest) -> Result<Plan, Error> {
    let environment = world.environment(request.environment.as_deref())?;
    let version = parse_version(&request.version)?.to_string();
    if request.reason.trim().is_empty() {
        return Err(Error::misuse(
            "reason-needed",
            "a hold needs a reason",
            "say why with --reason TEXT",
        ));
    }
    let change = HoldChange::Add {
        group: holding_group(world, &version)?.name.value.clone(),
        version: version.clone(),
        reason: request.reason.clone(),
        who: who(world),
        expires: request.expires.clone(),
    };
    let words = format!("hold add {version}");
    plan(world, environment, &words, change, format!("hold {version}"))
}

/// Makes the plan that lifts the hold of a version.
///
/// # Errors
///
/// [`Error::Misuse`] for what is no version.
pub fn plan_lift(world: &World, environment: Option<&str>, version: &str) -> Result<Plan, Error> {
    let environment = world.environment(environment)?;
    let version = parse_version(version)?.to_string();
    let group = holding_group(world, &version)?.name.value.clone();
    let change = HoldChange::Lift { group, version: version.clone() };
    plan(
        world,
        environment,
        &format!("hold lift {version}"),
        change,
        format!("lift the hold of {version}"),
    )
}

/// Returns the group that a version belongs to: the only one, or the one that has its tag.
fn holding_group<'w>(world: &'w World, version: &str) -> Result<&'w Group, Error> {
    if world.config().groups.len() == 1 {
        return group(world, None);
    }
    let version = parse_version(version)?;
    let mut having = Vec::new();
    for group in &world.config().groups {
        let tag = template(group)?.format(&version);
        if world.app.tag(&tag).map_err(|it| failed_in_git(&it))?.is_some() {
            having.push(group);
        }
    }
    match having.as_slice() {
        [only] => Ok(only),
        _ => Err(Error::misuse(
            "group-needed",
            format!(
                "{version} is a version of {} groups, so it is not clear what to hold",
                having.len()
            ),
            "edit the file of holds in the devops repository: it names the group",
        )),
    }
}

/// Returns who orders something: the identity that git commits with.
pub(crate) fn who(world: &World) -> String {
    world
        .app
        .identity()
        .ok()
        .flatten()
        .map_or_else(|| "somebody".to_owned(), |it| format!("{} <{}>", it.name, it.email))
}

fn plan(
    world: &World,
    environment: &Environment,
    request: &str,
    change: HoldChange,
    title: String,
) -> Result<Plan, Error> {
    let tip = world.devops_tip()?;
    let held = read(world, environment, &tip)?;
    let mut plan = Plan::empty(
        world.heading(environment),
        format!("{request} --env {}", environment.name.value),
    );
    let changes = vec![change];
    if are_true(&held.path, &held.text, &changes)? {
        plan.remarks.push(Remark::new("up-to-date", format!("{} says so already", held.path)));
        return Ok(plan);
    }
    // The texts are computed once here, so that what can't be written is refused before anything is done.
    edited(&held.path, &held.text, &changes, &rfc3339(world.clock.seconds()))?;
    let action = OverrideAction {
        environment: environment.name.value.clone(),
        file: held.path,
        branch: world.config().devops.branch.clone(),
        subject: format!(
            "{}: {} {title}",
            environment.name.value,
            world.config().application.value
        ),
        images: Vec::new(),
        reverts: Vec::new(),
        holds: changes,
        trailers: Vec::new(),
        downgrade: false,
        by: OURSELVES.to_owned(),
    };
    plan.steps.push(override_step(tip.short(), title, action));
    Ok(plan)
}
