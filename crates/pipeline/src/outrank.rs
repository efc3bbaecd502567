//! What elsewhere in the devops repository outranks the line that an update edits, or writes to it as well.

use tidegate_image_update::{Elsewhere, Outranks, OverlayImage, find_elsewhere, ignore_tag};
use tidegate_repository::{FileChange, ObjectId};
use tidegate_rollback::{Fact, ObeysHold, Updater};
use tidegate_source::{Diagnostic, Place, Sources, line_column};

use crate::action::{HoldChange, OverrideAction};
use crate::config::{Environment, OURSELVES};
use crate::error::{Complaint, Error};
use crate::images;
use crate::overlay::{Overlay, is_yaml};
use crate::release::{group, template};
use crate::update::parse_version;
use crate::world::{World, failed_in_git};

/// How often Image Updater looks unless told otherwise, in seconds.
const UPDATER_INTERVAL: u64 = 120;

/// Words that a file has to hold to be read at all: most files of a devops repository are about something else.
const TELLING: [&str; 3] = ["argocd-image-updater", "argoproj.io/", "$imagepolicy"];

/// Settings elsewhere about one component's image, and the texts that they stand in.
struct Found {
    component: String,
    settings: Vec<Elsewhere>,
}

/// The texts of the devops repository that may say something about an overlay's images.
fn texts(
    world: &World,
    environment: &Environment,
    commit: &ObjectId,
) -> Result<Vec<(String, String)>, Error> {
    let tree = world.devops()?.tree(commit).map_err(|it| failed_in_git(&it))?;
    let folder = crate::overlay::folder(world, environment);
    let mut texts = Vec::new();
    for path in tree.files("").map_err(|it| failed_in_git(&it))? {
        let beside = path.rsplit_once('/').is_some_and(|(place, _)| place == folder);
        if !is_yaml(&path) && !beside {
            continue;
        }
        let Some(bytes) = tree.read(&path).map_err(|it| failed_in_git(&it))? else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if beside || TELLING.iter().any(|word| text.contains(word)) {
            texts.push((path, text));
        }
    }
    Ok(texts)
}

fn find(
    world: &World,
    environment: &Environment,
    commit: &ObjectId,
    texts: &[(String, String)],
) -> Result<Vec<Found>, Error> {
    let overlay = Overlay::read(world, environment, commit)?;
    let borrowed: Vec<(&str, &str)> =
        texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut found = Vec::new();
    for (component, image) in world.config().services() {
        let repository = images::repository(environment, image);
        let Ok(entry) = overlay.image(&repository) else { continue };
        let image =
            OverlayImage { folder: &overlay.folder, entry: &entry.name, repository: &repository };
        let settings = find_elsewhere(&borrowed, image);
        if !settings.is_empty() {
            found.push(Found { component: component.name.value.clone(), settings });
        }
    }
    Ok(found)
}

/// Refuses an edit of a line that something else outranks, or that another updater writes too, each with file and line.
/// A rollback is not refused because of another updater: its commit tells that updater about the hold.
pub(crate) fn refuse(
    world: &World,
    environment: &Environment,
    commit: &ObjectId,
    action: &OverrideAction,
) -> Result<(), Error> {
    let texts = texts(world, environment, commit)?;
    let mut sources = Sources::new();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for found in find(world, environment, commit, &texts)? {
        if !action.images.iter().any(|change| change.component == found.component) {
            continue;
        }
        for setting in found.settings {
            let told = !action.holds.is_empty() || action.by != OURSELVES;
            if told && matches!(setting.outranks, Outranks::Updater(_)) {
                continue;
            }
            let text =
                texts.iter().find(|(path, _)| *path == setting.path).map_or("", |(_, text)| text);
            let source = sources.add(setting.path.as_str(), text);
            diagnostics.push(setting.to_diagnostic(source));
        }
    }
    if diagnostics.is_empty() {
        Ok(())
    } else {
        Err(Error::Refused(Complaint { diagnostics, sources }))
    }
}

fn fact(setting: &Elsewhere, texts: &[(String, String)]) -> Fact {
    let text = texts.iter().find(|(path, _)| *path == setting.path).map_or("", |(_, text)| text);
    let at = line_column(text, setting.span.start);
    Fact::read_at(
        setting.written.clone(),
        Place { file: setting.path.clone(), line: at.line, column: at.column },
    )
}

/// Returns what outranks the overlay's `images:`, for the comparison of the ways back.
pub(crate) fn facts(
    world: &World,
    environment: &Environment,
    commit: &ObjectId,
) -> Result<Vec<Fact>, Error> {
    let texts = texts(world, environment, commit)?;
    let found = find(world, environment, commit, &texts)?;
    let settings = found.iter().flat_map(|it| &it.settings);
    let outranking = settings.filter(|it| !matches!(it.outranks, Outranks::Updater(_)));
    Ok(outranking.map(|it| fact(it, &texts)).collect())
}

/// Returns the other updaters that write the overlay's images, for the comparison of the ways back.
pub(crate) fn updaters(
    world: &World,
    environment: &Environment,
    commit: &ObjectId,
    current: Option<&str>,
) -> Result<Vec<Updater>, Error> {
    let texts = texts(world, environment, commit)?;
    let mut updaters: Vec<Updater> = Vec::new();
    for setting in find(world, environment, commit, &texts)?.iter().flat_map(|it| &it.settings) {
        let Outranks::Updater(config) = &setting.outranks else { continue };
        let text =
            texts.iter().find(|(path, _)| *path == setting.path).map_or("", |(_, text)| text);
        let obeys = match ignore_tag(text, config, current.unwrap_or_default()) {
            Ok(_) => ObeysHold::ByEdit(format!(
                "{} ignores {}",
                setting.path,
                current.unwrap_or_default()
            )),
            Err(error) => ObeysHold::No(Fact::new(error.to_string())),
        };
        updaters.push(Updater {
            name: "argocd-image-updater".to_owned(),
            interval_s: Some(UPDATER_INTERVAL),
            obeys,
            would_choose: current.map(str::to_owned),
            settings: fact(setting, &texts),
        });
    }
    Ok(updaters)
}

/// Computes the edits that tell other updaters about the holds of a commit, so that they leave the version alone too.
pub(crate) fn tell_updaters(
    world: &World,
    environment: &Environment,
    commit: &ObjectId,
    holds: &[HoldChange],
) -> Result<Vec<FileChange>, Error> {
    let mut texts = texts(world, environment, commit)?;
    let found = find(world, environment, commit, &texts)?;
    let mut changed: Vec<String> = Vec::new();
    for hold in holds {
        let HoldChange::Add { group: name, version, .. } = hold else { continue };
        let tag = template(group(world, Some(name))?)?.format(&parse_version(version)?);
        for setting in found.iter().flat_map(|it| &it.settings) {
            let Outranks::Updater(config) = &setting.outranks else { continue };
            let Some((path, text)) = texts.iter_mut().find(|(path, _)| *path == setting.path)
            else {
                continue;
            };
            // One that can't be told is named by the comparison of the ways back.
            let Ok(told) = ignore_tag(text, config, &tag) else { continue };
            if told != *text {
                *text = told;
                changed.push(path.clone());
            }
        }
    }
    let texts = texts.into_iter().filter(|(path, _)| changed.contains(path));
    Ok(texts.map(|(path, text)| FileChange::set(path, text)).collect())
}
