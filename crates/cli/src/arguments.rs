use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use tidegate_workload::Interval;

/// Takes a release from a version to a finished Kubernetes rollout, and back again.
#[derive(Debug, Parser)]
#[command(name = "tidegate", version, after_help = EXIT_CODES, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done, or nothing to do (4 for the latter with --exit-code); 1 failed half-way, \
run again to finish; 2 misuse; 3 refused, or findings; 130 interrupted.";

/// The folder of the sandbox, unless another is named.
pub(crate) const SANDBOX: &str = "target/sandbox";

const DIFF: &str = "Compares two renders by what they mean, and says which changes restart pods

  diff [-e ENVIRONMENT] [REF]     the environment's overlay at REF of the devops repository against the tip of its
                                  branch; REF is the commit before the tip unless given
  diff [-e ENVIRONMENT] REF REF   the same between two commits
  diff REF DIR                    an overlay at REF of the repository that it lies in against the work tree
  diff DIR DIR                    two overlays, folders or files of manifests

Ends with 3 when the renders differ.";

/// What every command takes. A page of help lists it behind what the command alone takes.
#[derive(Args, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Common {
    /// Works on the example in a folder of its own, `target/sandbox` unless given, instead of on real places
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = SANDBOX,
        conflicts_with = "config"
    )]
    pub(crate) sandbox: Option<PathBuf>,
    /// The configuration; `tidegate.yaml` of this folder or one above it unless given
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// How results are printed on standard output
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Ends with 4 instead of 0 when there was nothing to do
    #[arg(long, global = true)]
    pub(crate) exit_code: bool,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For a pull request; `diff` writes it.
    Markdown,
    /// For code hosts, SARIF 2.1.0; `check` and `lint` write it.
    Sarif,
}

/// How a plan is carried out.
#[derive(Args, Debug)]
pub(crate) struct Execution {
    /// Prints the plan and changes nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Carries the plan out without asking
    #[arg(long, short = 'y')]
    pub(crate) yes: bool,
}

/// What goes on in spite of the proof.
#[derive(Args, Debug)]
pub(crate) struct Allowance {
    /// Goes on in spite of a finding that refuses; the commit records it
    #[arg(long, value_name = "CODE", requires = "reason")]
    pub(crate) allow: Vec<String>,
    /// Why the finding is allowed; the commit records that, too
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

/// What goes wrong in the sandbox.
#[derive(Args, Debug)]
pub(crate) struct Faults {
    /// Makes the next image or its build misbehave, in the sandbox:
    /// COMPONENT=never-ready|late|crash-loop|build-fails|build-slow
    #[arg(long, value_name = "FAULT", requires = "sandbox")]
    pub(crate) fault: Vec<String>,
}

/// An environment of the configuration.
#[derive(Args, Debug)]
pub(crate) struct In {
    /// The environment, as the configuration calls it; its default or only one unless given
    #[arg(long, short = 'e', value_name = "ENVIRONMENT")]
    pub(crate) env: Option<String>,
}

/// One environment of the configuration, or all of them.
#[derive(Args, Debug)]
pub(crate) struct Of {
    /// Only this environment
    #[arg(long, short = 'e', value_name = "ENVIRONMENT")]
    pub(crate) env: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Takes a version down the production road: tag, images, override, rollout
    Release(Release),
    /// Starts the builds of a commit of the main branch for an environment that follows a tag such as `latest`
    Deploy(Deploy),
    /// Approves builds that wait, and takes them on to the rollout
    Approve(Approve),
    /// Runs the image updater alone: registry, policy, override commit
    Update(Update),
    /// Runs the reconciler alone: desired from git, live from the cluster, diff, apply, roll out
    Sync(Sync),
    /// Takes a version back, and holds it
    Rollback(Rollback),
    /// Lists, adds and lifts holds
    #[command(subcommand)]
    Hold(Hold),
    /// Shows where every environment and component stands
    Status(Status),
    /// Follows a version, commit, digest or image along the road
    Trace(Trace),
    /// Builds a Kustomize overlay: the same flags and bytes as `kustomize build`
    Render(Render),
    /// Proves every workload of an overlay, a folder of manifests or standard input, and looks over an overlay as `lint`
    Check(Check),
    /// Compares two renders by what they mean, and says which changes restart pods
    #[command(long_about = DIFF)]
    Diff(Diff),
    /// Finds what a kustomization says in vain, twice or in an old way
    Lint(Lint),
    /// Edits a kustomization file in place and leaves every other byte as it is
    Edit(Edit),
    /// Prints the JSON Schema of tidegate.yaml
    Schema,
    /// Prints a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Release {
    /// What to raise (major, minor, patch; alpha, beta, rc for a pre-release; release ends one), or a version
    #[arg(value_name = "LEVEL|VERSION", default_value = "patch")]
    pub(crate) what: String,
    /// The group of components; needed when there are several
    #[arg(long, short = 'g', value_name = "GROUP")]
    pub(crate) group: Option<String>,
    /// Stops after this station of the road
    #[arg(long, value_name = "STATION", value_enum)]
    pub(crate) until: Option<Until>,
    /// Deploys the version though a higher one runs
    #[arg(long)]
    pub(crate) allow_downgrade: bool,
    #[command(flatten)]
    pub(crate) environment: In,
    #[command(flatten)]
    pub(crate) execution: Execution,
    #[command(flatten)]
    pub(crate) allowance: Allowance,
    #[command(flatten)]
    pub(crate) faults: Faults,
}

/// A station of the road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Until {
    /// The tag is on the remote.
    Tag,
    /// The images are in the registry.
    Image,
    /// The override is committed.
    Override,
    /// The rollout has finished.
    Rollout,
}

#[derive(Args, Debug)]
pub(crate) struct Deploy {
    /// The commit; the tip of the remote's main branch unless given
    #[arg(value_name = "COMMIT")]
    pub(crate) commit: Option<String>,
    #[command(flatten)]
    pub(crate) environment: In,
    #[command(flatten)]
    pub(crate) execution: Execution,
    #[command(flatten)]
    pub(crate) faults: Faults,
}

#[derive(Args, Debug)]
pub(crate) struct Approve {
    /// The build; all that wait unless given
    #[arg(value_name = "BUILD")]
    pub(crate) build: Option<String>,
    #[command(flatten)]
    pub(crate) environment: In,
    #[command(flatten)]
    pub(crate) execution: Execution,
    #[command(flatten)]
    pub(crate) allowance: Allowance,
    #[command(flatten)]
    pub(crate) faults: Faults,
}

#[derive(Args, Debug)]
pub(crate) struct Update {
    /// Deploys this version, where the policy would choose another
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: Option<String>,
    /// Lets the version go down
    #[arg(long)]
    pub(crate) allow_downgrade: bool,
    /// Looks for newer versions again and again, until interrupted
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) watch: bool,
    /// Seconds between two looks
    #[arg(long, value_name = "SECONDS", default_value_t = 120, requires = "watch")]
    pub(crate) interval: u64,
    #[command(flatten)]
    pub(crate) environment: In,
    #[command(flatten)]
    pub(crate) execution: Execution,
    #[command(flatten)]
    pub(crate) allowance: Allowance,
}

#[derive(Args, Debug)]
pub(crate) struct Sync {
    #[command(flatten)]
    pub(crate) environment: In,
    #[command(flatten)]
    pub(crate) execution: Execution,
}

#[derive(Args, Debug)]
pub(crate) struct Rollback {
    /// The version to return to; the last one whose rollout finished and that is not held unless given
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: Option<String>,
    /// The group of components; needed when there are several
    #[arg(long, short = 'g', value_name = "GROUP")]
    pub(crate) group: Option<String>,
    /// The way back
    #[arg(long, value_name = "WAY", value_enum, default_value_t = Way::Override)]
    pub(crate) by: Way,
    #[command(flatten)]
    pub(crate) environment: In,
    #[command(flatten)]
    pub(crate) execution: Execution,
    /// Goes on in spite of a finding that refuses; the commit records it
    #[arg(long, value_name = "CODE", requires = "reason")]
    pub(crate) allow: Vec<String>,
    /// Why the version is held, and why a finding is allowed
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

/// A way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Way {
    /// One commit that names the older version, and holds the newer.
    Override,
    /// `git revert` of the commits since, and a hold.
    Revert,
    /// `kubectl rollout undo`: a last resort that git does not know of.
    Undo,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Hold {
    /// Lists the holds
    List {
        #[command(flatten)]
        environment: In,
    },
    /// Holds a version: it is not deployed until the hold is lifted
    Add {
        /// The version, such as 1.4.0
        version: String,
        /// Why it must not be deployed
        #[arg(long, value_name = "TEXT", required = true)]
        reason: String,
        /// When the hold should be looked at again, such as 2026-03-01T09:00:00Z; it holds until lifted all the same
        #[arg(long, value_name = "TIME")]
        expires: Option<String>,
        #[command(flatten)]
        environment: In,
        #[command(flatten)]
        execution: Execution,
    },
    /// Lifts the hold of a version
    Lift {
        /// The version, such as 1.4.0
        version: String,
        #[command(flatten)]
        environment: In,
        #[command(flatten)]
        execution: Execution,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Status {
    /// Draws again whenever something has changed, until interrupted
    #[arg(long, short = 'w')]
    pub(crate) watch: bool,
    #[command(flatten)]
    pub(crate) environment: Of,
}

#[derive(Args, Debug)]
pub(crate) struct Trace {
    /// A version, commit, digest or image
    #[arg(value_name = "X")]
    pub(crate) what: String,
    #[command(flatten)]
    pub(crate) environment: Of,
}

#[derive(Args, Debug)]
pub(crate) struct Render {
    /// What `kustomize build` takes
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "DIR and flags of kustomize build"
    )]
    pub(crate) arguments: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Edit {
    #[command(subcommand)]
    pub(crate) command: EditCommand,
    /// The kustomization file; the one of this folder unless given
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Prints the difference and changes nothing
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EditCommand {
    /// Sets the value of a field
    #[command(subcommand)]
    Set(Set),
    /// Adds an item to a list
    #[command(subcommand)]
    Add(Add),
    /// Removes an item from a list
    #[command(subcommand)]
    Remove(Remove),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Set {
    /// Sets name, tag and digest of images, with the arguments of `kustomize edit set image`
    Image {
        /// `NAME=NEW`, `NAME=NEW:TAG`, `NAME=NEW@DIGEST`, `NAME:TAG`, `NAME@DIGEST`; a `*` keeps what there is
        #[arg(value_name = "[NAME=]NEW[:TAG][@DIGEST]", required = true)]
        images: Vec<String>,
    },
    /// Sets the namespace of every object
    Namespace {
        /// The namespace
        #[arg(value_name = "NAMESPACE")]
        namespace: String,
    },
    /// Sets how many pods workloads have
    Replicas {
        /// Name of a workload, and the count
        #[arg(value_name = "NAME=COUNT", required = true)]
        replicas: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Add {
    /// Adds files or folders to `resources`
    Resource {
        /// The file or folder, as the kustomization names it
        #[arg(value_name = "PATH", required = true)]
        paths: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Remove {
    /// Removes files or folders from `resources`
    Resource {
        /// The file or folder, as the kustomization names it
        #[arg(value_name = "PATH", required = true)]
        paths: Vec<String>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// The folder of the kustomization
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: String,
    /// Rewrites deprecated fields where the build stays the same
    #[arg(long)]
    pub(crate) fix: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// A folder with a kustomization, a folder of manifests, a file of them, or `-` for standard input
    #[arg(value_name = "DIR|-", default_value = ".")]
    pub(crate) what: String,
    /// A workload of which no two pods may serve at once
    #[arg(long, value_name = "NAME")]
    pub(crate) singleton: Vec<String>,
    /// Seconds from a pod's creation until its containers run; unless given, a finding says how long they may take
    #[arg(long, value_name = "LEAST..MOST", value_parser = interval)]
    pub(crate) starts: Option<Interval>,
    /// Seconds from a container's start until it answers its probes; unless given, a finding says how long it may take
    #[arg(long, value_name = "LEAST..MOST", value_parser = interval)]
    pub(crate) answers: Option<Interval>,
    /// How many pods may be evicted during a rollout
    #[arg(long, value_name = "PODS", default_value_t = 1)]
    pub(crate) evictions: u32,
}

/// Reads `LEAST..MOST`, in seconds.
fn interval(text: &str) -> Result<Interval, String> {
    let wrong = || format!("`{text}` is not two numbers of seconds, as `2..20`");
    let (least, most) = text.split_once("..").ok_or_else(wrong)?;
    let number = |text: &str| text.parse::<u32>().map(i64::from).map_err(|_| wrong());
    let (least, most) = (number(least)?, number(most)?);
    if least > most {
        return Err(format!("{least} is more than {most}: the least comes first"));
    }
    Ok(Interval::new(least, most))
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The older side
    #[arg(value_name = "REF|DIR")]
    pub(crate) before: Option<String>,
    /// The newer side
    #[arg(value_name = "REF|DIR")]
    pub(crate) after: Option<String>,
    #[command(flatten)]
    pub(crate) environment: In,
}
