//! Which version an environment's policy wants for a group, and why; and whether an image may be deployed there.

use std::collections::BTreeMap;

use semver::Version;
use tidegate_image_update::{BakedError, BakedSettings, ENVIRONMENT_LABEL, SETTINGS_LABEL};
use tidegate_tag_policy::{
    Constraint, Decision, Downgrade, Held as HeldTag, Reason, Select, Situation, TagInfo, TagList,
    TagPolicy, Verdict, decide as decide_tag,
};
use tidegate_version_bump::TagTemplate;

use crate::config::{Component, Environment, Group};
use crate::error::Error;
use crate::holds::Held;
use crate::images::{self, About};
use crate::plan::Remark;
use crate::release::template;
use crate::triggers;
use crate::world::{World, failed_in_git};

/// The most reasons that a plan names; the newest tags come first.
const REASONS: usize = 12;

/// What a decision is asked for.
pub(crate) struct Question<'q> {
    pub(crate) world: &'q World,
    pub(crate) environment: &'q Environment,
    pub(crate) group: &'q Group,
    pub(crate) constraint: &'q str,
    /// The components of the group, each with its image repository.
    pub(crate) repositories: &'q [(&'q str, &'q str)],
    /// The components of the group, each with the tag and digest that the overlay names.
    pub(crate) deployed: &'q [(&'q str, &'q str, &'q str)],
    /// The tag whose images are still to be built.
    pub(crate) coming: Option<&'q str>,
    /// The version that is ordered.
    pub(crate) ordered: Option<&'q Version>,
    pub(crate) held: &'q Held,
    pub(crate) allow_downgrade: bool,
}

/// What the policy wants.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// The tag; `None` where nothing is to be changed.
    pub(crate) tag: Option<String>,
    /// Why, tag by tag.
    pub(crate) remarks: Vec<Remark>,
}

/// Decides for a group: all of its components move to one version, so a tag counts only where all of them have it.
pub(crate) fn decide(question: &Question<'_>) -> Result<Wanted, Error> {
    let Question { world, group, .. } = question;
    let template = template(group)?;
    let mut wanted = Wanted::default();
    let (candidates, incomplete) = candidates(question)?;
    for (tag, missing) in incomplete {
        let text = format!(
            "{tag}: {missing} has no image of it yet; a group is deployed together or not at all"
        );
        wanted.remarks.push(Remark::new("incomplete-group", text));
    }
    let released = released(world, question, &template)?;
    let select = match question.ordered {
        Some(version) => format!("={version}"),
        None => question.constraint.to_owned(),
    };
    let constraint: Constraint = select.parse().map_err(|error| {
        Error::misuse(
            "config-policy",
            format!("the constraint `{select}` is not usable: {error}"),
            "",
        )
    })?;
    let deployed = question.deployed.iter().map(|(_, tag, _)| *tag);
    let current =
        deployed.filter_map(|tag| template.parse(tag).map(|version| (version, tag))).max();
    let current = current.map(|(_, tag)| TagInfo::named(tag));
    let held = held(question, &template, &candidates);
    let situation = Situation {
        current: current.as_ref(),
        held: &held,
        released: Some(&released),
        downgrade: if question.allow_downgrade { Downgrade::Allowed } else { Downgrade::Refused },
    };
    let list = TagList::complete(candidates.iter().map(|tag| TagInfo::named(tag)).collect());
    let decision = decide_tag(&TagPolicy::new(Select::Semver(constraint)), &situation, &list)
        .map_err(|error| Error::refused("policy", error.to_string(), ""))?;
    let chosen = decision.chosen.as_ref().map(|it| it.name.clone());
    if let Some(tag) = question.ordered.map(|version| template.format(version))
        && chosen.as_deref() != Some(&tag)
    {
        return Err(not_deployable(question, &decision, &tag));
    }
    for explained in decision.reasons.iter().take(REASONS) {
        wanted.remarks.push(Remark::new("policy", explained.to_string()));
    }
    if decision.reasons.len() > REASONS {
        let text = format!("and {} older tags", decision.reasons.len() - REASONS);
        wanted.remarks.push(Remark::new("policy", text));
    }
    wanted.remarks.extend(moved(question)?);
    let behind = question.deployed.iter().any(|(_, tag, _)| chosen.as_deref() != Some(*tag));
    wanted.tag = match (decision.verdict, question.coming) {
        (Verdict::Update, _) => chosen,
        // What is coming is deployed already, or is a part of the group behind the others.
        (Verdict::UpToDate, coming) if behind || coming == chosen.as_deref() => chosen,
        _ => None,
    };
    if let Some(coming) = question.coming {
        settle_coming(question, &template, coming, &mut wanted);
    }
    Ok(wanted)
}

/// Says why a version that is ordered was not chosen.
fn not_deployable(question: &Question<'_>, decision: &Decision, tag: &str) -> Error {
    let Some(explained) = decision.reasons.iter().find(|it| it.tag == tag) else {
        let images = &question.environment.images.value;
        let why = format!("{tag} has no complete set of images in {images}");
        let mend = "wait for its builds, or order a version that has its images";
        return Error::refused("not-deployable", why, mend);
    };
    let mend = match &explained.reason {
        Reason::LowerThanCurrent { .. } => "order it with --allow-downgrade",
        Reason::Held { .. } => "lift the hold first with `hold lift`",
        _ => "",
    };
    Error::refused("not-deployable", explained.to_string(), mend)
}

/// Wants the version that is coming, or nothing: another one is for a later update.
fn settle_coming(
    question: &Question<'_>,
    template: &TagTemplate,
    coming: &str,
    wanted: &mut Wanted,
) {
    if wanted.tag.as_deref() == Some(coming) {
        // The plan itself says what is deployed; why the others are not is of no interest then.
        wanted.remarks.retain(|it| it.code != "policy" && it.code != "incomplete-group");
        return;
    }
    wanted.tag = None;
    let environment = &question.environment.name.value;
    let text = format!("{coming} is tagged and built, and not deployed to {environment}");
    let mend = format!(
        "to deploy it: {} --to {} --allow-downgrade",
        question.world.command_line("update", environment),
        template.parse(coming).map(|it| it.to_string()).unwrap_or_default()
    );
    wanted.remarks.push(Remark::new("not-deployed", text).help(mend));
}

/// A tag that not all components of a group have, and the component that lacks it.
type Incomplete = (String, String);

/// Returns the tags that all components of the group have, and those that only some have.
fn candidates(question: &Question<'_>) -> Result<(Vec<String>, Vec<Incomplete>), Error> {
    let mut lists = Vec::new();
    for (component, repository) in question.repositories {
        let mut tags: Vec<String> =
            images::tags(question.world, repository)?.into_iter().map(|(tag, _)| tag).collect();
        if let Some(coming) = question.coming
            && !tags.iter().any(|tag| tag == coming)
        {
            tags.push(coming.to_owned());
        }
        lists.push((*component, tags));
    }
    let mut all: Vec<String> = lists.iter().flat_map(|(_, tags)| tags.clone()).collect();
    all.sort();
    all.dedup();
    let mut incomplete = Vec::new();
    all.retain(|tag| match lists.iter().find(|(_, tags)| !tags.contains(tag)) {
        None => true,
        Some((component, _)) => {
            incomplete.push((tag.clone(), (*component).to_owned()));
            false
        }
    });
    Ok((all, incomplete))
}

/// Returns the versions that have their tag on the application's remote.
fn released(
    world: &World,
    question: &Question<'_>,
    template: &TagTemplate,
) -> Result<Vec<Version>, Error> {
    let remote = &world.config().repository.remote;
    let refs = world.app.remote_refs(remote).map_err(|it| failed_in_git(&it))?;
    let mut versions: Vec<Version> =
        refs.tags.iter().filter_map(|tag| template.parse(&tag.name)).collect();
    versions.extend(question.coming.and_then(|tag| template.parse(tag)));
    Ok(versions)
}

fn held(question: &Question<'_>, template: &TagTemplate, tags: &[String]) -> Vec<HeldTag> {
    let group = &question.group.name.value;
    let mut held = Vec::new();
    for tag in tags {
        let Some(version) = template.parse(tag) else { continue };
        let found = question
            .repositories
            .iter()
            .find_map(|(component, _)| question.held.of(component, group, &version.to_string()));
        if let Some((hold, expired)) = found {
            let expired =
                if expired { " (the hold has expired, and holds until it is lifted)" } else { "" };
            held.push(HeldTag {
                tag: tag.clone(),
                since: Some(hold.when.to_string()),
                why: format!("{}{expired}, {}", hold.reason, question.held.place(hold)),
            });
        }
    }
    held
}

/// Reports deployed tags that name another image now: a finding, never an update.
fn moved(question: &Question<'_>) -> Result<Vec<Remark>, Error> {
    let mut remarks = Vec::new();
    for ((component, repository), (_, tag, digest)) in
        question.repositories.iter().zip(question.deployed)
    {
        if tag.is_empty() || digest.is_empty() {
            continue;
        }
        if let Some(about) = images::about_tag(question.world, repository, tag)?
            && about.digest != *digest
        {
            let text = format!(
                "{component}: {tag} names {} now, and {digest} is deployed; a released tag has moved",
                about.digest
            );
            let help = "find out who pushed it; production stays at the digest that it has";
            remarks.push(Remark::new("tag-moved", text).help(help));
        }
    }
    Ok(remarks)
}

/// Refuses an image that is not what its tag says: built from another commit, or for another environment.
pub(crate) fn check_image(
    world: &World,
    environment: &Environment,
    group: &Group,
    component: &Component,
    repository: &str,
    tag: &str,
    about: &About,
) -> Result<(), Error> {
    let remote = &world.config().repository.remote;
    let refs = world.app.remote_refs(remote).map_err(|it| failed_in_git(&it))?;
    if template(group)?.parse(tag).is_some()
        && let Some(tagged) = refs.tag(tag)
    {
        images::check_revision(
            &format!("{repository}:{tag}"),
            component,
            about,
            tagged.commit.as_str(),
        )?;
    }
    check_baked(world, environment, component, repository, tag, about)
}

/// Refuses an image whose settings were baked for another environment, or with other values than this one needs.
pub(crate) fn check_baked(
    world: &World,
    environment: &Environment,
    component: &Component,
    repository: &str,
    tag: &str,
    about: &About,
) -> Result<(), Error> {
    if component.baked.is_none() || about.settings.is_empty() {
        return Ok(());
    }
    let name = &environment.name.value;
    let labels = BTreeMap::from([
        (ENVIRONMENT_LABEL.to_owned(), about.environment.clone()),
        (SETTINGS_LABEL.to_owned(), about.settings.clone()),
    ]);
    let check = |settings: Option<&str>| {
        let expected = BakedSettings { environment: name, settings };
        tidegate_image_update::check_baked(&labels, expected).map_err(|error| {
            let image = format!("{repository}:{tag}");
            let (code, message) = match error {
                BakedError::OtherEnvironment { actual, .. } => {
                    ("baked-elsewhere", format!("{image} was baked for {actual}, not for {name}"))
                }
                _ => (
                    "baked-otherwise",
                    format!("{image} was baked with other settings than {name} has now"),
                ),
            };
            let help =
                "rebuild it for this environment: a baked setting can't be changed in a manifest";
            Error::refused(code, message, help)
        })
    };
    check(None)?;
    // What another environment's image was baked with is no question.
    check(triggers::settings(world, environment, component, tag)?.as_deref())
}
