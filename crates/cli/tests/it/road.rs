//! The road in the sandbox, command by command.

use crate::harness::{PROD, Sandbox};

/// The digest that the overlay of production pins for a component.
fn pinned(sandbox: &Sandbox, component: &str) -> (String, String) {
    let text = sandbox.devops_file(PROD);
    let entry = text
        .split("- name: ")
        .find(|it| it.contains(&format!("tomoda-prod-repo/tomoda-{component}")))
        .expect("an entry");
    let field = |key: &str| {
        let line = entry.lines().find(|line| line.trim_start().starts_with(key)).expect("a field");
        line.split_whitespace().nth(1).expect("a value").trim_matches('"').to_owned()
    };
    (field("newTag:"), field("digest:"))
}

#[test]
fn a_version_becomes_a_rollout() {
    let sandbox = Sandbox::new();
    let before = sandbox.devops_file(PROD);
    let tip = sandbox.git("devops.git", &["rev-parse", "main"]);
    let ran = sandbox.run(&["release", "minor"]).ok();
    assert!(ran.stdout.contains("released v1.3.0"), "{}", ran.stdout);

    // The application's remote has the commit and an annotated tag.
    assert_eq!(sandbox.git("app.git", &["cat-file", "-t", "v1.3.0"]), "tag\n");
    assert_eq!(sandbox.git("app.git", &["show", "v1.3.0:backend/VERSION"]), "1.3.0\n");
    assert_eq!(
        sandbox.git("app.git", &["log", "-1", "--format=%s", "main"]),
        "release: tomoda 1.3.0\n"
    );

    // The layouts hold both images by their tag, and are whole.
    for component in ["backend", "frontend"] {
        let layout = format!(
            "registry/asia-east1-docker.pkg.dev/development-485000/tomoda-prod-repo/tomoda-{component}"
        );
        let findings = tidegate_registry::verify(&sandbox.path(&layout));
        assert!(findings.is_empty(), "{findings:?}");
        let index =
            std::fs::read_to_string(sandbox.path(&layout).join("index.json")).expect("an index");
        let (tag, digest) = pinned(&sandbox, component);
        assert_eq!(tag, "v1.3.0");
        assert!(index.contains(&digest) && index.contains("\"v1.3.0\""), "{index}");
    }

    // One commit in the devops repository, which touches only values below `images:`.
    let parent = sandbox.git("devops.git", &["rev-parse", "main^"]);
    assert_eq!(parent, tip);
    assert_eq!(
        sandbox.git("devops.git", &["diff", "--name-only", "main^", "main"]),
        format!("{PROD}\n")
    );
    let after = sandbox.devops_file(PROD);
    let changed = before.lines().zip(after.lines()).filter(|(a, b)| a != b);
    for (old, new) in changed {
        let key = |line: &str| line.trim_start().split(':').next().unwrap_or_default().to_owned();
        assert_eq!(key(old), key(new));
        assert!(["newTag", "digest"].contains(&key(new).as_str()), "{new}");
    }
    assert_eq!(before.lines().count(), after.lines().count());
    assert!(after.contains("newTag: v1.3.0 # backend"), "comments stay: {after}");

    // Both Deployments run it.
    let status = sandbox.run(&["status", "--env", "prod"]).ok().stdout;
    assert_eq!(status.matches("v1.3.0").count(), 4, "{status}");
    assert!(status.contains("Synced") && !status.contains("Degraded"), "{status}");

    // The chain can be followed from the version, the commit and the digest.
    let commit = sandbox.git("app.git", &["rev-parse", "v1.3.0^{commit}"]);
    let by_version = sandbox.run(&["trace", "1.3.0"]).ok().stdout;
    for kind in ["commit", "tag", "trigger", "image", "override", "render", "rollout"] {
        assert!(
            by_version.lines().any(|line| line.trim_start().starts_with(kind)),
            "{kind}: {by_version}"
        );
    }
    let links = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let (_, digest) = pinned(&sandbox, "backend");
    for other in [commit.trim(), &digest, "v1.3.0", "tomoda-backend:v1.3.0"] {
        assert_eq!(
            links(&sandbox.run(&["trace", other]).ok().stdout),
            links(&by_version),
            "{other}"
        );
    }
}

#[test]
fn a_rollback_stays_back_until_a_later_release_passes_it() {
    let sandbox = Sandbox::new();
    sandbox.run(&["release", "minor"]).ok();
    let good = pinned(&sandbox, "backend");
    sandbox.run(&["release", "patch"]).ok();
    let ran = sandbox.run(&["rollback", "--env", "prod", "--reason", "loses messages"]).ok();
    assert!(ran.stderr.contains("(recommended)"), "{}", ran.stderr);
    assert_eq!(pinned(&sandbox, "backend"), good);
    let tip = sandbox.git("devops.git", &["rev-parse", "main"]);

    let ran = sandbox.run(&["update", "--env", "prod"]).ok();
    assert_eq!(ran.stdout, "nothing to do\n");
    assert!(
        ran.stderr.contains("v1.3.1: held since") && ran.stderr.contains("loses messages"),
        "{}",
        ran.stderr
    );
    assert_eq!(sandbox.git("devops.git", &["rev-parse", "main"]), tip);
    assert_eq!(sandbox.run(&["update", "--env", "prod", "--exit-code"]).code, 4);
    let chain = sandbox.run(&["trace", "1.3.0"]).ok().stdout;
    assert!(chain.contains("rollback  [prod]") && chain.contains("1.3.1 back to 1.3.0"), "{chain}");
    let chain = sandbox.run(&["trace", "1.3.1"]).ok().stdout;
    assert!(chain.contains("hold      [prod] 1.3.1: loses messages"), "{chain}");

    let holds = sandbox.run(&["hold", "list", "--env", "prod"]).ok().stdout;
    assert!(holds.contains("tomoda 1.3.1  loses messages"), "{holds}");
    let status = sandbox.run(&["status", "--env", "prod"]).ok().stdout;
    assert!(status.contains("held: tomoda 1.3.1: loses messages"), "{status}");

    sandbox.run(&["release", "patch"]).ok();
    assert_eq!(pinned(&sandbox, "backend").0, "v1.3.2");
    assert_eq!(pinned(&sandbox, "frontend").0, "v1.3.2");
}

#[test]
fn holds_are_added_listed_and_lifted() {
    let sandbox = Sandbox::new();
    sandbox.run(&["release", "minor", "--until", "image"]).ok();
    sandbox.run(&["hold", "add", "1.3.0", "--env", "prod"]).refused(2, &["--reason <TEXT>"]);
    sandbox
        .run(&["hold", "add", "1.3.0", "--env", "prod", "--reason", " "])
        .refused(2, &["a hold needs a reason", "--reason TEXT"]);
    sandbox
        .run(&["hold", "add", "1.3.0", "--env", "prod", "--reason", "wait for the app stores"])
        .ok();
    let ran = sandbox.run(&["update", "--env", "prod"]).ok();
    assert!(ran.stderr.contains("wait for the app stores"), "{}", ran.stderr);
    assert_eq!(pinned(&sandbox, "backend").0, "v1.2.3");
    // Nothing of it is rendered.
    let render = sandbox.path("devops/k8s/apps/tomoda/overlays/prod");
    let text = crate::harness::run(sandbox.folder.path(), &["render", &render.to_string_lossy()])
        .ok()
        .stdout;
    assert!(!text.contains("wait for the app stores"));
    let again = sandbox.run(&["hold", "add", "1.3.0", "--env", "prod", "--reason", "twice"]).ok();
    assert_eq!(again.stdout, "nothing to do\n");
    sandbox.run(&["hold", "lift", "1.3.0", "--env", "prod"]).ok();
    assert!(
        sandbox.run(&["hold", "list", "--env", "prod"]).ok().stdout.contains("no version is held")
    );
    sandbox.run(&["update", "--env", "prod"]).ok();
    assert_eq!(pinned(&sandbox, "backend").0, "v1.3.0");
}

#[test]
fn an_expired_hold_holds_until_it_is_lifted() {
    let sandbox = Sandbox::new();
    sandbox.run(&["release", "minor", "--until", "image"]).ok();
    let expires = "2026-01-01T00:00:00Z";
    sandbox
        .run(&["hold", "add", "1.3.0", "--env", "prod", "--reason", "freeze", "--expires", expires])
        .ok();
    let ran = sandbox.run(&["update", "--env", "prod"]).ok();
    assert!(ran.stderr.contains("expired, and holds until it is lifted"), "{}", ran.stderr);
    assert!(
        sandbox
            .run(&["hold", "list", "--env", "prod"])
            .ok()
            .stdout
            .contains("(expired; it holds until it is lifted)")
    );
}

#[test]
fn the_main_branch_may_have_another_name() {
    let sandbox = Sandbox::new();
    sandbox.git("app.git", &["branch", "--move", "main", "trunk"]);
    sandbox.git("app", &["branch", "--move", "main", "trunk"]);
    for trigger in ["backend", "frontend"] {
        let file = format!("deploy/triggers/{trigger}-main.yaml");
        let text = std::fs::read_to_string(sandbox.path("app").join(&file)).expect("a trigger");
        sandbox.commit(&file, &text.replace("^main$", "^trunk$"));
    }
    let deploy = ["deploy", "--env", "dev", "--dry-run"];
    sandbox.run(&deploy).refused(3, &["origin has no branch `main`"]);
    let config = sandbox.path("app/tidegate.yaml");
    let text = std::fs::read_to_string(&config).expect("the configuration");
    let text = text + "\nrepository:\n  branches: [release/*, trunk]\n";
    std::fs::write(&config, text).expect("the configuration");
    let plan = sandbox.run(&deploy).ok().stdout;
    assert!(plan.contains("asks for an approval of backend"), "{plan}");
}

#[test]
fn a_build_of_main_waits_for_its_approval() {
    let sandbox = Sandbox::new();
    sandbox.commit("backend/main.go", "package main\n\nfunc main() {}\n");
    let commit = sandbox.git("app", &["rev-parse", "--short=7", "HEAD"]);
    let build = format!("backend-{}", commit.trim());
    let dev = "k8s/apps/tomoda/overlays/dev/kustomization.yaml";
    let before = sandbox.devops_file(dev);
    let ran = sandbox.run(&["deploy", "--env", "dev"]).ok();
    assert_eq!(ran.stdout, "approve with: tidegate approve --sandbox=box --env dev\n");
    assert_eq!(sandbox.devops_file(dev), before);
    assert!(
        sandbox
            .run(&["status", "--env", "dev"])
            .ok()
            .stdout
            .contains(&format!("waits for an approval: {build}"))
    );

    sandbox
        .run(&["approve", "backend-0000000", "--env", "dev"])
        .refused(2, &["no build `backend-0000000` waits", &build]);
    sandbox.run(&["approve", &build]).ok();
    let after = sandbox.devops_file(dev);
    assert_ne!(after, before);
    assert_eq!(before.lines().zip(after.lines()).filter(|(a, b)| a != b).count(), 1, "{after}");
    let status = sandbox.run(&["status", "--env", "dev"]).ok().stdout;
    assert!(!status.contains(&format!("approval: {build}")), "{status}");
    assert!(status.contains("Healthy"), "{status}");
}

#[test]
fn the_reconciler_alone_applies_what_git_says() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["sync", "--env", "prod"]).ok().stdout, "nothing to do\n");
    sandbox.run(&["release", "minor", "--until", "override"]).ok();
    assert!(sandbox.run(&["status", "--env", "prod"]).ok().stdout.contains("OutOfSync"));
    let ran = sandbox.run(&["sync", "--env", "prod"]).ok();
    assert!(ran.stderr.contains("Deployment/tomoda-backend, restarts pods"), "{}", ran.stderr);
    assert!(ran.stderr.contains("serving"), "a timeline is drawn: {}", ran.stderr);
    assert!(sandbox.run(&["status", "--env", "prod"]).ok().stdout.contains("Synced"));
}

#[test]
fn the_old_pod_serves_while_the_new_one_never_gets_ready() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["release", "minor", "--fault", "backend=never-ready"]);
    let ran = ran.refused(
        1,
        &[
            "missed its progress deadline",
            "the old pods keep serving",
            "tidegate rollback --sandbox=box --env prod",
        ],
    );
    assert!(ran.stderr.contains("missed its deadline after 10 min"), "{}", ran.stderr);
    let status = sandbox.run(&["status", "--env", "prod"]).ok().stdout;
    assert!(status.contains("Degraded") && status.contains("v1.3.0 and v1.2.3"), "{status}");
    let state = std::fs::read_to_string(sandbox.path("cluster.json")).expect("the cluster's state");
    let state: serde_json::Value = serde_json::from_str(&state).expect("JSON");
    let rollouts = state["rollouts"].as_array().expect("rollouts");
    let failed = rollouts.iter().find(|it| it["outcome"] == "failed").expect("a failed rollout");
    assert_eq!(failed["deployment"], "tomoda-backend");

    // The next release may pass it, or it is taken back.
    let planned = sandbox.run(&["release", "patch", "--dry-run"]).ok().stdout;
    assert!(planned.contains("1.3.0 → 1.3.1"), "{planned}");
    let advised = ["rollback", "--sandbox=box", "--env", "prod"];
    crate::harness::run(sandbox.folder.path(), &advised).ok();
    assert_eq!(pinned(&sandbox, "backend").0, "v1.2.3");
    assert_eq!(pinned(&sandbox, "frontend").0, "v1.2.3");
    let status = sandbox.run(&["status", "--env", "prod"]).ok().stdout;
    assert!(!status.contains("Degraded"), "{status}");
}

#[test]
fn a_build_that_fails_deploys_neither_component() {
    let sandbox = Sandbox::new();
    let before = sandbox.devops_file(PROD);
    sandbox
        .run(&["release", "minor", "--fault", "frontend=build-fails"])
        .refused(1, &["the build of frontend", "run the command again"]);
    assert_eq!(sandbox.devops_file(PROD), before);
    let ran = sandbox.run(&["update", "--env", "prod"]).ok();
    assert!(ran.stderr.contains("v1.3.0: frontend has no image of it yet"), "{}", ran.stderr);
    // The same command, without the fault, takes it up.
    let ran = sandbox.run(&["release", "minor"]).ok();
    assert!(ran.stderr.contains("v1.3.0 was begun"), "{}", ran.stderr);
    assert_eq!(pinned(&sandbox, "frontend").0, "v1.3.0");
}

#[test]
fn other_ways_back_are_compared_and_refused_where_automation_would_undo_them() {
    let sandbox = Sandbox::new();
    sandbox.run(&["release", "minor"]).ok();
    sandbox
        .run(&["rollback", "--env", "prod", "--by", "undo"])
        .refused(3, &["rollout undo is refused", "selfHeal", "--by override"]);
    let tip = sandbox.git("devops.git", &["rev-parse", "main"]);
    let ran = sandbox.run(&["rollback", "--env", "prod", "--by", "revert"]).ok();
    assert!(ran.stderr.contains("Argo CD"), "{}", ran.stderr);
    assert_eq!(pinned(&sandbox, "backend").0, "v1.2.3");
    let log = sandbox.git("devops.git", &["log", "--format=%s", &format!("{}..main", tip.trim())]);
    assert!(log.contains("Revert \"prod: tomoda v1.2.3 → v1.3.0\""), "{log}");
    assert!(sandbox.run(&["hold", "list", "--env", "prod"]).ok().stdout.contains("tomoda 1.3.0"));
}

#[test]
fn a_hotfix_is_deployed_while_the_newer_version_is_held() {
    let sandbox = Sandbox::new();
    sandbox.run(&["release", "minor"]).ok();
    sandbox.run(&["rollback", "--env", "prod"]).ok();
    sandbox.git("app", &["switch", "--quiet", "--create", "release/1.2", "v1.2.3"]);
    sandbox.git("app", &["push", "--quiet", "--set-upstream", "origin", "release/1.2"]);
    sandbox.run(&["release", "patch"]).ok();
    assert_eq!(
        sandbox.git("app.git", &["log", "-1", "--format=%s", "v1.2.4"]),
        "release: tomoda 1.2.4\n"
    );
    assert_eq!(pinned(&sandbox, "backend").0, "v1.2.4");
}

#[test]
fn a_hotfix_below_what_runs_is_tagged_and_deployed_only_when_ordered() {
    let sandbox = Sandbox::new();
    sandbox.run(&["release", "minor"]).ok();
    sandbox.git("app", &["switch", "--quiet", "--create", "release/1.2", "v1.2.3"]);
    sandbox.git("app", &["push", "--quiet", "--set-upstream", "origin", "release/1.2"]);
    let ran = sandbox.run(&["release", "patch"]).ok();
    assert!(
        ran.stderr.contains("v1.2.4 is tagged and built, and not deployed to prod"),
        "{}",
        ran.stderr
    );
    assert_eq!(pinned(&sandbox, "backend").0, "v1.3.0");
    sandbox
        .run(&["update", "--env", "prod", "--to", "1.2.4"])
        .refused(3, &["lower than v1.3.0", "--allow-downgrade"]);
    sandbox.run(&["update", "--env", "prod", "--to", "1.2.4", "--allow-downgrade"]).ok();
    assert_eq!(pinned(&sandbox, "backend").0, "v1.2.4");
}

#[test]
fn a_second_group_is_released_alone() {
    let sandbox = Sandbox::new();
    let config =
        std::fs::read_to_string(sandbox.path("app/tidegate.yaml")).expect("the configuration");
    let config = config.replace(
        "components:\n",
        "  - name: docs\n    tag: docs/v{version}\n    files:\n      - docs/VERSION\n\ncomponents:\n",
    );
    std::fs::create_dir(sandbox.path("app/docs")).expect("a folder");
    std::fs::write(sandbox.path("app/docs/VERSION"), "0.1.0\n").expect("a version file");
    sandbox.commit("tidegate.yaml", &config);
    sandbox
        .run(&["release", "minor", "--env", "prod"])
        .refused(2, &["several groups: tomoda, docs", "--group"]);
    let before = sandbox.devops_file(PROD);
    sandbox.run(&["release", "minor", "--group", "docs"]).ok();
    assert_eq!(sandbox.git("app.git", &["show", "docs/v0.2.0:docs/VERSION"]), "0.2.0\n");
    assert_eq!(sandbox.git("app.git", &["show", "docs/v0.2.0:backend/VERSION"]), "1.2.3\n");
    assert_eq!(sandbox.devops_file(PROD), before);
    sandbox.run(&["release", "minor", "--group", "tomoda"]).ok();
    assert_eq!(pinned(&sandbox, "backend").0, "v1.3.0");
}

/// What `git` and the other tools keep for themselves.
fn changes_only(
    before: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>,
    sandbox: &Sandbox,
) -> Vec<String> {
    let after = sandbox.snapshot();
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    keys.into_iter()
        .filter(|key| before.get(*key) != after.get(*key))
        .map(|it| it.display().to_string())
        .collect()
}

#[test]
fn a_dry_run_leaves_every_byte_and_its_plan_is_the_one_carried_out() {
    let sandbox = Sandbox::new();
    sandbox.run(&["release", "minor"]).ok();
    sandbox.commit("backend/main.go", "package main\n\nfunc main() {}\n");
    let commands: [&[&str]; 8] = [
        &["release", "patch"],
        &["rollback", "--env", "prod"],
        &["hold", "add", "1.4.0", "--env", "prod", "--reason", "no"],
        &["hold", "lift", "1.4.0", "--env", "prod"],
        &["deploy", "--env", "dev"],
        &["approve", "--env", "dev"],
        &["update", "--env", "prod", "--to", "1.2.3", "--allow-downgrade"],
        &["sync", "--env", "prod"],
    ];
    for command in commands {
        let before = sandbox.snapshot();
        let planned =
            sandbox.run(&[command, &["--dry-run", "--format", "json"]].concat()).ok().stdout;
        assert_eq!(changes_only(&before, &sandbox), Vec::<String>::new(), "{command:?}");
        let outcome = sandbox.run(&[command, &["--format", "json"]].concat()).ok().stdout;
        let planned: serde_json::Value = serde_json::from_str(&planned).expect("a plan");
        let outcome: serde_json::Value = serde_json::from_str(&outcome).expect("an outcome");
        assert_eq!(outcome["plan"], planned, "{command:?}");
    }
}

#[test]
fn several_environments_want_a_name() {
    let sandbox = Sandbox::new();
    sandbox
        .run(&["update"])
        .refused(2, &["there are several environments: dev, prod", "--env", "defaultEnvironment"]);
    sandbox
        .run(&["update", "--env", "prd"])
        .refused(2, &["there is no environment `prd`", "did you mean `prod`?"]);
    sandbox
        .run(&["trace", "9.9.9"])
        .refused(2, &["`9.9.9` is no version, commit, digest or image"]);
}

#[test]
fn a_rollout_that_cannot_finish_is_refused_before_the_tag_unless_it_is_allowed() {
    let sandbox = Sandbox::new();
    let file = "k8s/apps/tomoda/base/backend-deployment.yaml";
    let path = sandbox.path("devops").join(file);
    let text = std::fs::read_to_string(&path).expect("the Deployment");
    let slow = "  replicas: 1\n  minReadySeconds: 60\n  progressDeadlineSeconds: 30\n";
    std::fs::write(&path, text.replacen("  replicas: 1\n", slow, 1)).expect("the Deployment");
    sandbox.git("devops", &["commit", "--quiet", "--all", "--message", "slower"]);
    sandbox.git("devops", &["push", "--quiet", "origin", "main"]);
    let ran = sandbox.run(&["release", "minor", "--until", "override"]);
    let ran = ran.refused(3, &["backend-deployment.yaml:", "--allow"]);
    assert_eq!(sandbox.git("app.git", &["tag", "--list", "v1.3.0"]), "", "no version is burnt");
    let code = ran.stderr.split(['[', ']']).nth(1).expect("a code").to_owned();
    let allow = ["--allow", &code, "--reason", "seen\nby us"];
    sandbox.run(&[&["release", "minor", "--until", "override"], &allow[..]].concat()).ok();
    let message = sandbox.git("devops.git", &["log", "-1", "--format=%B", "main"]);
    assert!(message.contains(&format!("\nTidegate-Allow: {code} (seen by us)\n")), "{message}");
}

/// Starts a command that goes on by itself, waits until it has said something, and interrupts it.
fn interrupted(sandbox: &Sandbox, arguments: &[&str], words: &str) -> (i32, String) {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .args(arguments)
        .arg("--sandbox=box")
        .current_dir(sandbox.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut said = String::new();
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
    while !said.contains(words) {
        assert_ne!(lines.read_line(&mut said).expect("text"), 0, "it ended: {said}");
    }
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("kill starts").success());
    (child.wait().expect("it ends").code().unwrap_or(-1), said)
}

#[test]
fn what_goes_on_by_itself_ends_when_it_is_interrupted() {
    let sandbox = Sandbox::new();
    let (code, _) = interrupted(&sandbox, &["status", "--watch", "--env", "prod"], "frontend  ");
    assert_eq!(code, 130);
    sandbox.run(&["release", "minor", "--until", "image"]).ok();
    let watch = ["update", "--env", "prod", "--watch", "--interval", "1"];
    let (code, said) = interrupted(&sandbox, &watch, "nothing to do\n");
    assert_eq!(code, 130);
    assert!(said.contains("committed to main: prod: tomoda v1.2.3 → v1.3.0"), "{said}");
    assert_eq!(pinned(&sandbox, "backend").0, "v1.3.0");
}
