//! What the steps of a build push, and what they bake in.

use tidegate_source::Mark;

use crate::config::Step;
use crate::substitution::Text;

/// An argument after substitution, and where it is written.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) text: Text,
    pub(crate) mark: Mark,
}

/// What one step does to images.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    /// Images that the step pushes.
    pub(crate) pushed: Vec<Argument>,
    /// Repositories of which the step pushes every tag that was built.
    pub(crate) pushed_with_all_tags: Vec<Argument>,
    /// Images that the step builds and keeps.
    pub(crate) built: Vec<Argument>,
    /// Build arguments, as `NAME=value`.
    pub(crate) build_args: Vec<Argument>,
    /// Where the step does something to images that is not understood, and what.
    pub(crate) unread: Option<(Mark, &'static str)>,
}

/// Programs that a script pushes images with.
const PUSHERS: [&str; 7] = [
    "docker push",
    "docker image push",
    "--push",
    "crane push",
    "skopeo copy",
    "buildah push",
    "kaniko/executor",
];

/// Reads one step; `name` is its builder after substitution.
pub(crate) fn effects(step: &Step, name: &str, arguments: &[Argument]) -> Effects {
    let script = step.script.as_ref().map(|script| (script.value.clone(), script.mark));
    if let Some((text, mark)) = script {
        return of_script(&text, mark);
    }
    let entrypoint = step.entrypoint.as_ref().map(|it| it.value.as_str());
    let program = entrypoint.unwrap_or_default().rsplit('/').next().unwrap_or_default();
    if matches!(program, "bash" | "sh" | "ash" | "dash" | "zsh") {
        let mut effects = Effects::default();
        for argument in arguments {
            if let Text::Known(text) = &argument.text {
                effects.unread = effects.unread.or(of_script(text, argument.mark).unread);
            }
        }
        return effects;
    }
    let builder = builder(name);
    match (builder.as_str(), program) {
        ("docker", "" | "docker") | (_, "docker") => of_docker(arguments, step.name.mark),
        ("executor" | "kaniko", "") => of_kaniko(arguments),
        _ => Effects::default(),
    }
}

/// The last part of an image's name, without tag and digest.
fn builder(name: &str) -> String {
    let name = name.split('@').next().unwrap_or_default();
    let last = name.rsplit('/').next().unwrap_or_default();
    last.split(':').next().unwrap_or_default().to_owned()
}

fn of_script(text: &str, mark: Mark) -> Effects {
    let pushes = PUSHERS.iter().any(|pusher| text.contains(pusher));
    let unread = pushes.then_some((mark, "a script pushes images"));
    Effects { unread, ..Effects::default() }
}

fn of_docker(arguments: &[Argument], place: Mark) -> Effects {
    let mut words = Words::new(arguments);
    let mut command = words.command();
    while matches!(command, Some("buildx" | "image" | "builder")) {
        command = words.command();
    }
    match command {
        Some("build" | "b") => of_build(words),
        Some("push") => of_push(words),
        Some("compose" | "bake" | "manifest" | "stack") => Effects {
            unread: Some((place, "this docker command may push images")),
            ..Effects::default()
        },
        _ => Effects::default(),
    }
}

fn of_build(mut words: Words<'_>) -> Effects {
    let mut effects = Effects::default();
    let mut tags = Vec::new();
    let mut pushes = false;
    while let Some(word) = words.next() {
        match word.flag(&["-t", "--tag", "--build-arg", "-o", "--output"]) {
            Some(("-t" | "--tag", inline)) => tags.extend(inline.or_else(|| words.next().cloned())),
            Some(("--build-arg", inline)) => {
                effects.build_args.extend(inline.or_else(|| words.next().cloned()));
            }
            Some((_, inline)) => {
                let output = inline.or_else(|| words.next().cloned());
                let output = output.as_ref().and_then(Argument::known).unwrap_or_default();
                pushes |= output.contains("type=registry") || output.contains("push=true");
            }
            None => pushes |= matches!(word.known(), Some("--push" | "--push=true")),
        }
    }
    if pushes {
        effects.pushed = tags;
    } else {
        effects.built = tags;
    }
    effects
}

fn of_push(mut words: Words<'_>) -> Effects {
    let mut effects = Effects::default();
    let mut all_tags = false;
    while let Some(word) = words.next() {
        match word.known() {
            Some("-a" | "--all-tags") => all_tags = true,
            Some(flag) if flag.starts_with('-') => {}
            _ => effects.pushed.push(word.clone()),
        }
    }
    if all_tags {
        effects.pushed_with_all_tags = std::mem::take(&mut effects.pushed);
    }
    effects
}

fn of_kaniko(arguments: &[Argument]) -> Effects {
    let mut effects = Effects::default();
    let mut words = Words::new(arguments);
    let mut pushes = true;
    while let Some(word) = words.next() {
        match word.flag(&["-d", "--destination", "--build-arg"]) {
            Some(("--build-arg", inline)) => {
                effects.build_args.extend(inline.or_else(|| words.next().cloned()));
            }
            Some((_, inline)) => effects.pushed.extend(inline.or_else(|| words.next().cloned())),
            None => pushes &= !matches!(word.known(), Some("--no-push" | "--no-push=true")),
        }
    }
    if !pushes {
        effects.built = std::mem::take(&mut effects.pushed);
    }
    effects
}

/// The arguments of a step, read from the left.
struct Words<'a> {
    rest: std::slice::Iter<'a, Argument>,
}

impl<'a> Words<'a> {
    fn new(arguments: &'a [Argument]) -> Self {
        Self { rest: arguments.iter() }
    }

    fn next(&mut self) -> Option<&'a Argument> {
        self.rest.next()
    }

    /// The next argument that is no option.
    fn command(&mut self) -> Option<&'a str> {
        self.rest.by_ref().filter_map(Argument::known).find(|word| !word.starts_with('-'))
    }
}

impl Argument {
    fn known(&self) -> Option<&str> {
        match &self.text {
            Text::Known(text) => Some(text),
            Text::Later(_) => None,
        }
    }

    /// Reads an option that takes a value: its name, and the value when it is written behind a `=`.
    fn flag<'n>(&self, names: &[&'n str]) -> Option<(&'n str, Option<Self>)> {
        let text = self.known()?;
        for name in names {
            let Some(rest) = text.strip_prefix(name) else { continue };
            if rest.is_empty() {
                return Some((name, None));
            }
            if let Some(value) = rest.strip_prefix('=') {
                return Some((
                    name,
                    Some(Self { text: Text::Known(value.to_owned()), mark: self.mark }),
                ));
            }
        }
        None
    }
}
