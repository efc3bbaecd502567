use semver::Version;
use tidegate_repository::{CheckError, ObjectId, ReleasePolicy, State};
use tidegate_source::{Diagnostic, Label, Mark, Sources};
use tidegate_version_bump::{
    CargoManifest, Found, Level, PackageVersion, TagTemplate, VersionFile as Format, agree, bump,
    check_tags, set_cargo_lock, set_package_lock, set_version,
};

use crate::action::{Action, ImagesAction, TagAction};
use crate::config::{Environment, Group, Policy};
use crate::error::{Complaint, Error};
use crate::images;
use crate::plan::{Plan, Remark, Station, Step, Value};
use crate::steps::commit_of;
use crate::steps::rollout::ROLLOUT_FAILED;
use crate::triggers;
use crate::update::{Deployment, Target, deployment_steps};
use crate::world::{World, failed_in_git};

/// What a release is asked for.
#[derive(Clone, Debug)]
pub struct ReleaseRequest {
    /// A level (`major`, `minor`, `patch`, `release`, `alpha`, `beta`, `rc`) or a version.
    pub what: String,
    /// The group; the only one unless given.
    pub group: Option<String>,
    /// The environment that it ends in; the one with a version policy unless given.
    pub environment: Option<String>,
    /// The last station.
    pub until: Station,
    /// Whether the version is deployed though a higher one runs.
    pub allow_downgrade: bool,
    /// Findings that are allowed.
    pub allow: Vec<String>,
    /// Why they are.
    pub reason: Option<String>,
}

/// Makes the plan of a release: tag, images, override, rollout.
///
/// Where HEAD is a release whose road has not come to its end, the plan finishes that one.
///
/// # Errors
///
/// [`Error::Misuse`] for a request that names nothing known; [`Error::Refused`] with every reason not to release.
pub fn plan_release(world: &World, request: &ReleaseRequest) -> Result<Plan, Error> {
    images::check_faults(world)?;
    let environment = release_environment(world, request.environment.as_deref())?;
    let group = group(world, request.group.as_deref())?;
    let template = template(group)?;
    let road = Road { world, request, environment, group, template };
    if let Some(plan) = road.begun()? {
        return Ok(plan);
    }
    let state = road.state()?;
    let version = road.next(&state)?;
    road.plan(&version, Some(&state))
}

/// Returns the environment that releases go to.
fn release_environment<'w>(world: &'w World, name: Option<&str>) -> Result<&'w Environment, Error> {
    if name.is_some() {
        return world.environment(name);
    }
    let versioned: Vec<&Environment> = world
        .config()
        .environments
        .iter()
        .filter(|it| matches!(it.policy, Policy::Semver(_)))
        .collect();
    match versioned.as_slice() {
        [only] => Ok(only),
        _ => world.environment(None),
    }
}

/// Returns the group of a name, or the only one.
pub(crate) fn group<'w>(world: &'w World, name: Option<&str>) -> Result<&'w Group, Error> {
    let groups = &world.config().groups;
    let known: Vec<&str> = groups.iter().map(|it| it.name.value.as_str()).collect();
    match (name, groups.as_slice()) {
        (None, [only]) => Ok(only),
        (None, _) => Err(Error::misuse(
            "group-needed",
            format!("there are several groups: {}", known.join(", ")),
            "name one with --group",
        )),
        (Some(name), _) => world.config().group(name).ok_or_else(|| {
            let help = tidegate_source::nearest(name, known.iter().copied()).map_or_else(
                || format!("known: {}", known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            Error::misuse("unknown-group", format!("there is no group `{name}`"), help)
        }),
    }
}

/// Returns the tag template of a group. The configuration was checked, so it is one.
pub(crate) fn template(group: &Group) -> Result<TagTemplate, Error> {
    group.tag.value.parse().map_err(|error| {
        Error::misuse("config-tag-template", format!("{}: {error}", group.tag.value), "")
    })
}

/// A version file of a group with its text.
struct Versioned {
    path: String,
    text: String,
    format: Format,
    found: Found,
}

/// Reads the version files of a group from the work tree.
fn versioned(world: &World, group: &Group) -> Result<Vec<Versioned>, Error> {
    let mut files = Vec::new();
    for file in &group.files {
        let file = &file.value;
        let path = file.path();
        let full = world.app.root().join(path);
        let text = std::fs::read_to_string(&full).map_err(|error| {
            Error::refused(
                "version-file",
                format!("the version file {path} can't be read: {error}"),
                "create it, or correct `files` in tidegate.yaml",
            )
        })?;
        let complain = |code: &'static str,
                        message: String,
                        span: Option<tidegate_source::Span>,
                        help: String| {
            let mut sources = Sources::new();
            let source = sources.add(path, text.as_str());
            let mut diagnostic = Diagnostic::error(code, message);
            if let Some(span) = span {
                diagnostic = diagnostic.at(Label::new(Mark::new(source, span), ""));
            }
            let otherwise = "write the version there as text, such as \"1.4.0\"".to_owned();
            diagnostic = diagnostic.help(if help.is_empty() { otherwise } else { help });
            Error::Refused(Complaint::new(diagnostic, sources))
        };
        let format = Format::kind_for(path, file.pattern()).map_err(|error| {
            complain(
                "version-file",
                format!("{path}: {error}"),
                None,
                error.help().unwrap_or_default().to_owned(),
            )
        })?;
        let found = format.read(&text).map_err(|error| {
            let help = error.help().unwrap_or_default().to_owned();
            complain("version-file", format!("{path}: {error}"), Some(error.span()), help)
        })?;
        files.push(Versioned { path: path.to_owned(), text, format, found });
    }
    Ok(files)
}

/// Returns the version that the files of a group have in common.
fn current(group: &Group, files: &[Versioned]) -> Result<Version, Error> {
    let agreed =
        agree(files.iter().map(|it| (it.path.as_str(), &it.found))).map_err(|disagreement| {
            let mut sources = Sources::new();
            let mut diagnostic = Diagnostic::error("versions-disagree", disagreement.to_string());
            for file in files {
                let source = sources.add(file.path.as_str(), file.text.as_str());
                let label = format!("has {}", file.found.version);
                diagnostic = diagnostic.at(Label::new(Mark::new(source, file.found.span), label));
            }
            Error::Refused(Complaint::new(diagnostic.help(disagreement.help()), sources))
        })?;
    agreed.ok_or_else(|| {
        Error::misuse(
            "config-files",
            format!("group `{}` has no version files", group.name.value),
            "",
        )
    })
}

/// A file of the release commit.
pub(crate) struct Edit {
    /// Its path.
    pub(crate) path: String,
    /// What it said before.
    pub(crate) from: String,
    /// Its new text.
    pub(crate) text: String,
}

/// Computes the new texts of a group's version files, and of the lock files that follow them.
pub(crate) fn version_edits(world: &World, group: &str, to: &str) -> Result<Vec<Edit>, Error> {
    let group = self::group(world, Some(group))?;
    let version: Version = to
        .parse()
        .map_err(|error| Error::misuse("version", format!("`{to}` is no version: {error}"), ""))?;
    let mut edits = Vec::new();
    for file in versioned(world, group)? {
        let refuse = |error: &dyn std::fmt::Display| {
            Error::refused("version-file", format!("{} can't be edited: {error}", file.path), "")
        };
        let text = file.format.set(&file.text, &version).map_err(|error| refuse(&error))?;
        let from = file.found.version.to_string();
        if let Some((path, text)) = lock_file(world, &file, &version)? {
            edits.push(Edit { path, from: from.clone(), text });
        }
        edits.push(Edit { path: file.path, from, text });
    }
    edits.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(edits)
}

/// Computes the new text of the lock file beside a manifest; `None` where there is none, or nothing changes.
fn lock_file(
    world: &World,
    file: &Versioned,
    version: &Version,
) -> Result<Option<(String, String)>, Error> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let lock = match name {
        "Cargo.toml" => "Cargo.lock",
        "package.json" => "package-lock.json",
        _ => return Ok(None),
    };
    let path = format!("{}{lock}", &file.path[..file.path.len() - name.len()]);
    let Ok(text) = std::fs::read_to_string(world.app.root().join(&path)) else { return Ok(None) };
    let refuse = |error: &dyn std::fmt::Display| {
        Error::refused("version-file", format!("{path} can't follow {}: {error}", file.path), "")
    };
    let changed = if lock == "Cargo.lock" {
        let manifest = CargoManifest::parse(&file.text).map_err(|error| refuse(&error))?;
        let mut packages: Vec<String> = manifest.name.into_iter().collect();
        packages.extend(members(world, &file.path, &manifest.members)?);
        let names: Vec<&str> = packages.iter().map(String::as_str).collect();
        set_cargo_lock(&text, &names, version).map_err(|error| refuse(&error))?
    } else {
        set_package_lock(&text, version).map_err(|error| refuse(&error))?
    };
    Ok((changed != text).then_some((path, changed)))
}

/// Returns the names of a workspace's packages that have the workspace's version.
fn members(world: &World, manifest: &str, globs: &[String]) -> Result<Vec<String>, Error> {
    let folder = manifest.strip_suffix("Cargo.toml").unwrap_or_default();
    let head = world.app.commit("HEAD").map_err(|it| failed_in_git(&it))?;
    let tree = world.app.tree(&head).map_err(|it| failed_in_git(&it))?;
    let mut names = Vec::new();
    for path in tree.files(folder.trim_end_matches('/')).map_err(|it| failed_in_git(&it))? {
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        let Some(place) = inside.strip_suffix("/Cargo.toml") else { continue };
        if !globs.iter().any(|glob| tidegate_pattern::path_match(glob, place).unwrap_or(false)) {
            continue;
        }
        let bytes = tree.read(&path).map_err(|it| failed_in_git(&it))?.unwrap_or_default();
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let Ok(member) = CargoManifest::parse(&text) else { continue };
        if member.package_version == PackageVersion::Inherited {
            names.extend(member.name);
        }
    }
    Ok(names)
}

/// A release on its way.
struct Road<'r> {
    world: &'r World,
    request: &'r ReleaseRequest,
    environment: &'r Environment,
    group: &'r Group,
    template: TagTemplate,
}

impl Road<'_> {
    /// Checks that a release may be made from here.
    fn state(&self) -> Result<State, Error> {
        let branches: Vec<&str> =
            self.world.config().repository.branches.iter().map(String::as_str).collect();
        let glob = self.group.tag.value.replace("{version}", "*");
        let policy = ReleasePolicy {
            branches: &branches,
            remote: &self.world.config().repository.remote,
            tags: &[&glob],
            tag: None,
        };
        self.world.app.check_release(&policy).map_err(|error| match error {
            CheckError::Git(error) => failed_in_git(&error),
            CheckError::Refused(refusals) => {
                let diagnostics = refusals.iter().map(|it| {
                    let code = format!("git-{}", kebab(&format!("{:?}", it.kind)));
                    Diagnostic::error(code, it.reason.clone()).help(it.mend.clone())
                });
                Error::Refused(Complaint {
                    diagnostics: diagnostics.collect(),
                    sources: Sources::new(),
                })
            }
        })
    }

    /// Returns the version that the files have.
    fn current(&self) -> Result<Version, Error> {
        current(self.group, &versioned(self.world, self.group)?)
    }

    /// Returns the version that is asked for by its text, if it is not a level.
    fn explicit(&self) -> Result<Option<Version>, Error> {
        let what = &self.request.what;
        if what.parse::<Level>().is_ok() {
            return Ok(None);
        }
        what.strip_prefix('v').unwrap_or(what).parse().map(Some).map_err(|_| {
            Error::misuse(
                "version",
                format!("`{what}` is neither a level nor a version"),
                "levels: major, minor, patch, release, alpha, beta, rc; versions: such as 1.4.0",
            )
        })
    }

    /// Chooses the version, and holds it against the tags there are.
    fn next(&self, state: &State) -> Result<Version, Error> {
        let current = self.current()?;
        let refuse = |error: &tidegate_version_bump::BumpError| {
            Error::refused("version", error.to_string(), error.help().unwrap_or_default())
        };
        let (bump, explicit) = if let Some(version) = self.explicit()? {
            (set_version(&current, &version, None).map_err(|it| refuse(&it))?, true)
        } else {
            let level: Level = self.request.what.parse().map_err(
                |error: tidegate_version_bump::UnknownLevel| {
                    Error::misuse("version", error.to_string(), "")
                },
            )?;
            (bump(&current, level, None).map_err(|it| refuse(&it))?, false)
        };
        // The files may name a version that was never tagged, and then it can be released as it is.
        if !bump.changed && !explicit {
            return Err(Error::refused(
                "version",
                format!(
                    "{current} is a release already, so `{}` changes nothing",
                    self.request.what
                ),
                "name another level, such as patch",
            ));
        }
        let reachable =
            self.world.app.tags_reachable(&state.head, "**").map_err(|it| failed_in_git(&it))?;
        let all = state.remote.tags.iter().map(|tag| tag.name.as_str());
        let reachable = reachable.iter().map(|tag| tag.name.as_str());
        check_tags(&bump.version, &self.template, reachable, all)
            .map_err(|error| Error::refused("version-taken", error.to_string(), error.help()))?;
        Ok(bump.version)
    }

    /// Returns the plan that finishes a release which an earlier run has begun, where HEAD is one.
    fn begun(&self) -> Result<Option<Plan>, Error> {
        let Ok(version) = self.current() else { return Ok(None) };
        if self.explicit()?.is_some_and(|wanted| wanted != version) {
            return Ok(None);
        }
        let tag = self.template.format(&version);
        let remote = &self.world.config().repository.remote;
        let Some(head) = self.world.app.resolve("HEAD").map_err(|it| failed_in_git(&it))? else {
            return Ok(None);
        };
        let described = self.world.app.describe(&head).map_err(|it| failed_in_git(&it))?;
        if described.message.trim_end() != self.message(&version) {
            return Ok(None);
        }
        let Ok(refs) = self.world.app.remote_refs(remote) else { return Ok(None) };
        if let Some(there) = refs.tag(&tag) {
            if there.commit != head {
                return Ok(None);
            }
            let mut plan = self.plan(&version, None)?;
            let unfinished = plan
                .steps
                .iter()
                .any(|step| step.station > Station::Tag && step.station <= self.request.until);
            let waiting = unfinished && self.is_unfinished(&plan)?;
            if !waiting {
                return Ok(None);
            }
            plan.remarks.insert(0, self.taken_up(&tag));
            return Ok(Some(plan));
        }
        let branch = self.world.app.branch().map_err(|it| failed_in_git(&it))?.unwrap_or_default();
        let left = self.world.app.unpushed(remote, &branch).map_err(|it| failed_in_git(&it))?;
        if left.is_none_or(|it| it.commit.id != head) {
            return Ok(None);
        }
        let mut plan = self.plan(&version, None)?;
        plan.remarks.insert(0, self.taken_up(&tag));
        Ok(Some(plan))
    }

    fn taken_up(&self, tag: &str) -> Remark {
        Remark::new(
            "taken-up",
            format!("{tag} was begun and has not come to its end; this run finishes it"),
        )
        .help(format!("to release another version instead, name it: {} VERSION", self.command()))
    }

    /// Whether a step of a plan is not true yet, up to the last station that is asked for.
    fn is_unfinished(&self, plan: &Plan) -> Result<bool, Error> {
        let mut bound = crate::plan::Bindings::new();
        for step in plan.steps.iter().filter(|step| step.station <= self.request.until) {
            match crate::execute::detect(self.world, &step.action, &bound) {
                Ok(Some(done)) => bound.extend(done.bound),
                Ok(None) => return Ok(true),
                // A rollout that has failed has come to its end: the next release may pass it.
                Err(error) if is_failed_rollout(&error) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    fn command(&self) -> String {
        if self.world.config().groups.len() > 1 {
            format!("release --group {}", self.group.name.value)
        } else {
            "release".to_owned()
        }
    }

    fn message(&self, version: &Version) -> String {
        format!("release: {} {version}", self.group.name.value)
    }

    /// Makes the plan for a version. Without a state the release commit exists already.
    fn plan(&self, version: &Version, state: Option<&State>) -> Result<Plan, Error> {
        let mut plan = Plan::empty(
            self.world.heading(self.environment),
            format!("{} {version}", self.command()),
        );
        let tag = self.template.format(version);
        plan.steps.push(self.tag_step(version, &tag, state)?);
        if self.request.until > Station::Tag {
            self.deployment(version, &tag, &mut plan)?;
        }
        for component in &self.world.config().components {
            if let Some(place) = &component.elsewhere
                && component.group.value == self.group.name.value
            {
                let text = format!(
                    "{} is not deployed by this road: {}",
                    component.name.value, place.value
                );
                plan.remarks.push(Remark::new("elsewhere", text));
            }
        }
        Ok(plan)
    }

    fn tag_step(&self, version: &Version, tag: &str, state: Option<&State>) -> Result<Step, Error> {
        let config = self.world.config();
        let remote = &config.repository.remote;
        let branch = match state {
            Some(state) => state.branch.clone(),
            None => self.world.app.branch().map_err(|it| failed_in_git(&it))?.unwrap_or_default(),
        };
        let message = self.message(version);
        let from = self.current()?.to_string();
        let files: Vec<String> = if state.is_some() {
            version_edits(self.world, &self.group.name.value, &version.to_string())?
                .into_iter()
                .map(|edit| edit.path)
                .collect()
        } else {
            Vec::new()
        };
        let base = state.map(|it| it.head.as_str().to_owned()).unwrap_or_default();
        let mut expects = vec![format!("{remote} has no tag {tag}")];
        if let Some(state) = state {
            expects
                .insert(0, format!("{branch} is at {} here and on {remote}", state.head.short()));
        }
        let mut does: Vec<String> =
            files.iter().map(|path| format!("{path}: {from} becomes {version}")).collect();
        does.push(format!("one commit `{message}` and one annotated tag {tag}"));
        does.push(format!("one atomic push of {branch} and {tag} to {remote}"));
        Ok(Step {
            station: Station::Tag,
            title: format!("{} {from} → {version}", self.group.name.value),
            expects,
            does,
            undo: "a tag that is pushed stays: what follows from it is taken back by `rollback`"
                .to_owned(),
            action: Action::Tag(TagAction {
                group: self.group.name.value.clone(),
                from,
                to: version.to_string(),
                tag: tag.to_owned(),
                branch,
                remote: remote.clone(),
                base,
                files,
                message,
                tag_message: format!("{} {version}", self.group.name.value),
            }),
        })
    }

    /// Adds images, override and rollout, as far as they follow from the tag.
    fn deployment(&self, version: &Version, tag: &str, plan: &mut Plan) -> Result<(), Error> {
        let commit = self.world.app.resolve(tag).map_err(|it| failed_in_git(&it))?;
        let started =
            triggers::tag_builds(self.world, self.environment, self.group, tag, commit.as_ref())?;
        plan.remarks.extend(started.remarks);
        let names: Vec<&str> =
            started.builds.iter().map(|build| build.component.as_str()).collect();
        if names.is_empty() {
            return Ok(());
        }
        let mut does = Vec::new();
        for build in &started.builds {
            let by = if build.trigger.is_empty() {
                String::new()
            } else {
                format!(" (trigger {})", build.trigger)
            };
            does.push(format!("{}:{}{by}", build.repository, build.tags.join(", ")));
        }
        plan.steps.push(Step {
            station: Station::Image,
            title: format!("{} at {tag}", names.join(" and ")),
            expects: vec![format!("{tag} is on {}", self.world.config().repository.remote)],
            does,
            undo: "images stay; nothing is deployed by being built".to_owned(),
            action: Action::Images(ImagesAction {
                environment: self.environment.name.value.clone(),
                commit: commit.as_ref().map_or_else(
                    || Value::unknown(commit_of(tag)),
                    |it: &ObjectId| Value::Known(it.as_str().to_owned()),
                ),
                version: version.to_string(),
                builds: started.builds,
            }),
        });
        if self.request.until == Station::Image {
            return Ok(());
        }
        let deployment = Deployment {
            world: self.world,
            environment: self.environment,
            target: Target::Coming { group: self.group, version: version.clone() },
            allow_downgrade: self.request.allow_downgrade,
            allow: &self.request.allow,
            reason: self.request.reason.as_deref(),
        };
        deployment_steps(&deployment, plan)
    }
}

fn is_failed_rollout(error: &Error) -> bool {
    let complaint = error.complaint();
    complaint.is_some_and(|it| it.diagnostics.iter().any(|it| it.code == ROLLOUT_FAILED))
}

/// `BranchNotAllowed` becomes `branch-not-allowed`.
fn kebab(name: &str) -> String {
    name.chars().enumerate().fold(String::new(), |mut text, (nth, c)| {
        if c.is_ascii_uppercase() && nth > 0 {
            text.push('-');
        }
        text.push(c.to_ascii_lowercase());
        text
    })
}
