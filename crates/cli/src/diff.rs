//! `diff`: two renders side by side, by what they mean.

use std::path::Path;

use tidegate_object::Object;
use tidegate_pipeline::{Error, rendered, rendered_folder};
use tidegate_reconcile::{ManifestDiff, compare_manifests};

use crate::arguments::{Common, Diff, Format};
use crate::changing::open_to_read;
use crate::screen::Screen;
use crate::{manifests, print_bytes, print_json};

/// The commit before the tip.
const BEFORE: &str = "~1";

pub(crate) fn run(common: &Common, diff: &Diff, screen: &mut Screen) -> Result<u8, Error> {
    let (before, after) = sides(common, diff, screen)?;
    let difference = compare_manifests(&before, &after);
    match common.format {
        Format::Markdown => print_bytes(difference.to_markdown().as_bytes())?,
        Format::Json => print_json(&serde_json::json!({
            "objects": difference.objects,
            "restarts": difference.restarts().map(ToString::to_string).collect::<Vec<_>>(),
        }))?,
        _ => print_bytes(text(&difference).as_bytes())?,
    }
    Ok(if difference.is_empty() { 0 } else { 3 })
}

fn sides(
    common: &Common,
    diff: &Diff,
    screen: &mut Screen,
) -> Result<(Vec<Object>, Vec<Object>), Error> {
    let is_place = |it: &String| it == "-" || Path::new(it).exists();
    match (&diff.before, &diff.after) {
        (Some(before), Some(after)) if is_place(after) => {
            if diff.environment.env.is_some() {
                return Err(Error::misuse(
                    "environment",
                    "folders are compared without an environment",
                    "leave --env out",
                ));
            }
            let old = if is_place(before) {
                manifests::read(before)?.objects
            } else {
                rendered_folder(Path::new(after), before)?.build.into_objects()
            };
            Ok((old, manifests::read(after)?.objects))
        }
        (before, after) => {
            let world =
                open_to_read(common, screen).map_err(|it| no_place(it, after.as_deref()))?;
            let environment = diff.environment.env.as_deref();
            let after = rendered(&world, environment, after.as_deref())?;
            let before = before.clone().unwrap_or_else(|| format!("{}{BEFORE}", after.commit));
            let before = rendered(&world, environment, Some(&before))?;
            screen.say(&format!("{} → {}", before.commit.short(), after.commit.short()));
            Ok((before.build.into_objects(), after.build.into_objects()))
        }
    }
}

/// Without a configuration two folders are meant, and what was named as the newer one is none.
fn no_place(mut error: Error, after: Option<&str>) -> Error {
    if let (Error::Misuse(complaint), Some(after)) = (&mut error, after) {
        for mistake in complaint.diagnostics.iter_mut().filter(|it| it.code == "no-config") {
            mistake
                .help
                .insert(0, format!("name a folder or a file: `{after}` is not there").into());
        }
    }
    error
}

fn text(difference: &ManifestDiff) -> String {
    if difference.is_empty() {
        return "no difference\n".to_owned();
    }
    let restarts: Vec<String> =
        difference.restarts().map(|it| format!("{}/{}", it.kind, it.name)).collect();
    let restarts = if restarts.is_empty() {
        "no pod is restarted\n".to_owned()
    } else {
        format!("pods are restarted: {}\n", restarts.join(", "))
    };
    difference.to_string() + &restarts
}
