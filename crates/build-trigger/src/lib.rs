//! Which builds a git event starts: Cloud Build triggers, substitutions, approvals.
//!
//! ```
//! use std::sync::Arc;
//! use tidegate_build_trigger::{Facts, GitRef, Outcome, Push, Trigger, verdicts};
//! use tidegate_source::Sources;
//!
//! let trigger: Arc<str> = "
//! name: api-release
//! github: {owner: acme, name: api, push: {tag: '^v[0-9]+'}}
//! filename: cloudbuild.yaml
//! substitutions: {_TAG: $TAG_NAME}
//! ".into();
//! let config: Arc<str> = "
//! steps: [{name: docker, args: [build, -t, 'host/api:${_TAG:-latest}', .]}]
//! images: ['host/api:${_TAG:-latest}']
//! ".into();
//!
//! let mut sources = Sources::new();
//! let source = sources.add("deploy/api.yaml", Arc::clone(&trigger));
//! let triggers = Trigger::parse(source, &trigger).expect("it is well written");
//! let mut push = Push {
//!     git_ref: GitRef::Tag("v1.3.0".to_owned()),
//!     commit: "0123456789abcdef0123456789abcdef01234567".to_owned(),
//!     message: "Release 1.3.0".to_owned(),
//!     changed_files: None,
//!     repository: None,
//! };
//! let mut read = |path: &str| Some((sources.add(path, Arc::clone(&config)), Arc::clone(&config)));
//! let verdict = &verdicts(&push, &triggers, &Facts::default(), &mut read)[0];
//! let Outcome::Build(build) = &verdict.outcome else { panic!("the tag matches") };
//! assert_eq!(build.images[0].reference, "host/api:v1.3.0");
//!
//! push.git_ref = GitRef::Branch("main".to_owned());
//! let verdict = &verdicts(&push, &triggers, &Facts::default(), &mut read)[0];
//! let Outcome::Nothing(reason) = &verdict.outcome else { panic!("it waits for tags") };
//! assert_eq!(reason.to_string(), "it starts on tags");
//! ```
//!
//! # Model
//!
//! A [`Push`] is what a code host reports: a branch or a tag, its commit, the files that changed. A [`Trigger`] decides
//! whether it starts on it, and says why not. A [`Build`] is what would then run: whether it waits for an approval, which
//! images it pushes under which names, and which settings it hands to its programs, so that those baked into
//! a frontend can be compared ([`Build::baked`]). Substitutions are put into every text of a build configuration, and each
//! mistake is reported at its place in the file that holds it.
//!
//! Everything is a function of the texts: no service is asked, and nothing runs.
//!
//! # Scope
//!
//! What is not understood is refused by name and place, never guessed: `filter` expressions, `autodetect`,
//! configurations in another repository, payload bindings `$(…)`, and scripts that push images which the configuration
//! does not list. Of steps only docker and kaniko are read for the images that they push. Whether an image name is
//! valid is for the crate of image references to say. Defaults in a Dockerfile and `.env` files are not read.
//!
//! # Conformance
//!
//! The Cloud Build API v1 (`BuildTrigger`, `Build`) as documented; fields that change nothing here are known by name,
//! any other is an error. Patterns of branches and tags are RE2 and match anywhere in the name unless anchored. Bash's
//! parameter expansions: `:-` `-` `:+` `+` `:?` `?` `#` `##` `%` `%%` `/` `//` `/#` `/%` `:offset:length` `^` `^^`
//! `,` `,,` and `${#NAME}`. Known differences: a substitution that is not defined is an error here, where Cloud
//! Build runs the build of a trigger with an empty text; and expansions are understood in every text, not in the values of
//! substitutions alone.
mod build;
mod config;
mod decide;
mod docker;
mod event;
mod raw;
mod substitution;
mod trigger;
mod written;

pub use build::{Build, ImageName, Outcome, ReadFile, Setting, Verdict, verdicts};
pub use config::BuildConfig;
pub use decide::Reason;
pub use event::{GitRef, Push, RepositoryName};
pub use substitution::Facts;
pub use trigger::Trigger;
