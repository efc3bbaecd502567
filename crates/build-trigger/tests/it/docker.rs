use crate::place::{ON_MAIN, ON_TAG, Place, branch, tag};

/// The images that a build of `v1.2.3` pushes.
#[track_caller]
fn pushes(config: &str, expected: &[&str]) {
    let mut place = Place::new(ON_TAG, config);
    let build = place.build(&tag("v1.2.3"));
    let images: Vec<&str> = build.images.iter().map(|it| it.reference.as_str()).collect();
    assert_eq!(images, expected);
}

#[track_caller]
fn step_pushes(step: &str, expected: &[&str]) {
    pushes(&format!("steps:\n- {step}\n"), expected);
}

#[test]
fn listed_images_are_pushed() {
    pushes(
        "steps: [{name: alpine}]\nimages: ['r/a:$TAG_NAME', 'r/b:$SHORT_SHA']\n",
        &["r/a:v1.2.3", "r/b:0123456"],
    );
    pushes(
        "steps: [{name: alpine}]\nartifacts: {images: ['r/a:1']}\nimages: ['r/a:1']\n",
        &["r/a:1"],
    );
    pushes("steps: [{name: alpine}]\n", &[]);
}

#[test]
fn docker_steps_are_read() {
    step_pushes(
        "{name: gcr.io/cloud-builders/docker, args: [push, 'r/a:$TAG_NAME']}",
        &["r/a:v1.2.3"],
    );
    step_pushes("{name: 'docker:27', args: [image, push, -q, r/a]}", &["r/a"]);
    step_pushes("{name: docker, args: [build, -t, 'r/a:1', .]}", &[]);
    step_pushes(
        "{name: docker, args: [buildx, build, --push, -t, 'r/a:1', --tag=r/a:2, .]}",
        &["r/a:1", "r/a:2"],
    );
    step_pushes(
        "{name: docker, args: [build, '--output=type=image,push=true', -t, 'r/a:1', .]}",
        &["r/a:1"],
    );
    step_pushes("{name: alpine, entrypoint: docker, args: [push, 'r/a:1']}", &["r/a:1"]);
    step_pushes("{name: docker, args: [--config, x, version]}", &[]);
    step_pushes("{name: alpine, args: [push, 'r/a:1']}", &[]);
}

#[test]
fn all_tags_are_those_that_were_built() {
    let config = "
steps:
- {name: docker, args: [build, -t, 'r/a:1', -t, 'r/a:2', -t, 'r/ab:3', .]}
- {name: docker, args: [push, --all-tags, r/a]}
";
    pushes(config, &["r/a:1", "r/a:2"]);
}

#[test]
fn kaniko_pushes_its_destinations() {
    let step = "{name: 'gcr.io/kaniko-project/executor:v1', args: [--destination=r/a:1, -d, 'r/a:2', --build-arg=X=1]}";
    step_pushes(step, &["r/a:1", "r/a:2"]);
    step_pushes(
        "{name: gcr.io/kaniko-project/executor, args: [--no-push, --destination=r/a:1]}",
        &[],
    );
}

#[test]
fn scripts_are_believed_when_the_images_are_listed() {
    let config = "
steps:
- name: gcr.io/cloud-builders/docker
  entrypoint: bash
  args: [-c, 'docker build -t r/a:1 . && docker push r/a:1']
images: ['r/a:1']
";
    pushes(config, &["r/a:1"]);
    pushes("steps: [{name: alpine, script: 'echo $HOME ${x} $(date)'}]\n", &[]);
}

#[test]
fn trigger_chooses_the_repository_and_the_tag() {
    let config = "
steps: [{name: docker, args: [build, -t, '${_REPOSITORY}/api:${_TAG}', .]}]
images: ['${_REPOSITORY}/api:${_TAG}']
substitutions: {_REPOSITORY: host/dev, _TAG: latest}
";
    let mut main = Place::new(ON_MAIN, config);
    assert_eq!(main.build(&branch("main")).images[0].reference, "host/dev/api:latest");
    let trigger = format!("{ON_TAG}substitutions: {{_REPOSITORY: host/prod, _TAG: $TAG_NAME}}\n");
    let mut release = Place::new(&trigger, config);
    let build = release.build(&tag("v1.2.3"));
    assert_eq!(build.images[0].reference, "host/prod/api:v1.2.3");
    assert_eq!(build.substitutions["_TAG"].as_deref(), Some("v1.2.3"));
    let place = release.sources.place(build.images[0].mark).expect("it is written in a file");
    assert_eq!(place.to_string(), "cloudbuild.yaml:3:10");
}

#[test]
fn inline_build_is_read() {
    let trigger = "
name: t
github: {name: shop, push: {branch: .*}}
build:
  steps: [{name: docker, args: [build, -t, 'r/$REPO_NAME:$BRANCH_NAME', .]}]
  images: ['r/$REPO_NAME:$BRANCH_NAME']
  tags: ['$REPO_FULL_NAME', '$BUILD_ID']
";
    let build = Place::new(trigger, "").build(&branch("dev"));
    assert_eq!((build.images[0].reference.as_str(), build.config), ("r/shop:dev", None));
}

#[test]
fn baked_settings_come_from_variables_and_build_arguments() {
    let config = "
steps:
- name: node
  env: ['EXPO_PUBLIC_API=${_API}', 'NODE_ENV=production']
- name: docker
  args: [build, --build-arg, 'EXPO_PUBLIC_WS=wss://x?a=b', '--build-arg=EXPO_PUBLIC_API=${_API}', --build-arg, PLAIN, .]
options:
  env: ['EXPO_PUBLIC_ENV=$_ENV', 'EXPO_PUBLIC_API=overridden by the steps']
substitutions: {_API: 'https://${_ENV}.example', _ENV: dev}
";
    let build = Place::new(ON_MAIN, config).build(&branch("main"));
    let baked = build.baked("EXPO_PUBLIC_").expect("they agree");
    let baked: Vec<(&str, &str)> =
        baked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let expected = [
        ("EXPO_PUBLIC_API", "https://dev.example"),
        ("EXPO_PUBLIC_ENV", "dev"),
        ("EXPO_PUBLIC_WS", "wss://x?a=b"),
    ];
    assert_eq!(baked, expected);
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let config =
        "steps:\n- {name: a, env: [EXPO_PUBLIC_A=1]}\n- {name: b, env: [EXPO_PUBLIC_A=2]}\n";
    let build = Place::new(ON_MAIN, config).build(&branch("main"));
    let error = build.baked("EXPO_PUBLIC_").expect_err("they differ");
    assert_eq!(error.message, "`EXPO_PUBLIC_A` is set to two different values");
    assert_eq!(error.labels.len(), 2);
    let config = "steps:\n- {name: a, env: [EXPO_PUBLIC_A=$BUILD_ID]}\n";
    let build = Place::new(ON_MAIN, config).build(&branch("main"));
    let error = build.baked("EXPO_PUBLIC_").expect_err("nobody knows it yet");
    assert_eq!(error.message, "the value of `EXPO_PUBLIC_A` is not known before the build runs");
}
