//! Argo CD Image Updater's own rules, run as a model on what a rollback leaves: they change nothing either.

use std::path::Path;
use std::process::Command;

use tidegate_pipeline::{ExecuteOptions, RollbackRequest, RollbackWay, execute, plan_rollback};
use tidegate_registry::Layout;
use tidegate_tag_policy::{
    AllowTags, Application, IgnoreTags, RegistryAnswer, TagInfo, UpdateSettings, UpdateStrategy,
    update_round,
};

use crate::resume::{laid_out, release, world};

const PREFIX: &str = "asia-east1-docker.pkg.dev/development-485000/tomoda-prod-repo";

/// The Application of production, watched by the Image Updater as well.
const ANNOTATIONS: &str = concat!(
    "  annotations:\n",
    "    argocd-image-updater.argoproj.io/image-list: ",
    "backend=asia-east1-docker.pkg.dev/development-485000/tomoda-prod-repo/tomoda-backend\n",
    "    argocd-image-updater.argoproj.io/backend.update-strategy: semver\n",
);

fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@tidegate.invalid"];
    let done = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(identity)
        .args(arguments)
        .output()
        .expect("git starts");
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

/// Runs a round of the Image Updater's rules on production's Application: how many images it would change.
fn round(application: &str, folder: &Path, live: &str) -> usize {
    let repository = format!("{PREFIX}/tomoda-backend");
    let layout = Layout::open(&folder.join("registry").join(&repository)).expect("a layout");
    let tags: Vec<TagInfo> =
        layout.tags().expect("tags").iter().map(|it| TagInfo::named(it.tag.as_str())).collect();
    let ignored: Vec<String> = application
        .lines()
        .filter_map(|line| {
            line.trim().strip_prefix("argocd-image-updater.argoproj.io/backend.ignore-tags:")
        })
        .flat_map(|globs| globs.split(',').map(|it| it.trim().trim_matches('"').to_owned()))
        .collect();
    let application = Application {
        namespace: "argocd".to_owned(),
        live_images: vec![format!("{repository}:{live}")],
        overrides: Vec::new(),
    };
    let settings = UpdateSettings {
        images: vec![format!("backend={repository}")],
        strategy: UpdateStrategy::Semver,
        allow: AllowTags::default(),
        ignore: IgnoreTags::new(ignored.iter().map(String::as_str)),
        kustomize_image_name: None,
        force_update: false,
        pull_secret: None,
    };
    update_round(&application, &settings, |_| RegistryAnswer::Tags(tags.clone())).updated
}

#[test]
fn the_image_updater_leaves_a_rollback_alone() {
    let folder = laid_out();
    let place = folder.path().join("box");
    release(folder.path(), None).expect("1.3.0");
    release(folder.path(), None).expect("1.4.0");

    // Only now somebody lets the Image Updater watch production too.
    let devops = place.join("devops");
    git(&devops, &["pull", "--quiet", "--ff-only"]);
    let file = "k8s/argocd/tomoda-prod.yaml";
    let text = std::fs::read_to_string(devops.join(file)).expect("the Application");
    let text =
        text.replacen("  namespace: argocd\n", &format!("  namespace: argocd\n{ANNOTATIONS}"), 1);
    std::fs::write(devops.join(file), &text).expect("the Application");
    git(
        &devops,
        &["commit", "--quiet", "--all", "--message", "let the Image Updater watch production"],
    );
    git(&devops, &["push", "--quiet", "origin", "main"]);

    let world = world(folder.path());
    let request = RollbackRequest {
        environment: Some("prod".to_owned()),
        group: None,
        to: None,
        by: RollbackWay::Override,
        allow: Vec::new(),
        reason: None,
    };
    let plan = plan_rollback(&world, &request).expect("a way back");
    execute(&world, &plan, &ExecuteOptions::default(), &mut |_| {}).expect("the rollback");

    // Override, hold and the word to the other updater are one commit.
    let names = git(&place.join("devops.git"), &["diff", "--name-only", "main^", "main"]);
    assert_eq!(
        names,
        "k8s/apps/tomoda/overlays/prod/kustomization.yaml\nk8s/argocd/tomoda-prod.yaml\nk8s/holds/tomoda-prod.yaml\n"
    );
    let told = git(&place.join("devops.git"), &["show", &format!("main:{file}")]);
    assert_eq!(round(&told, &place, "v1.3.0"), 0, "{told}");
    // Untold it would put the version back.
    assert_eq!(round(&text, &place, "v1.3.0"), 1);
}
