use std::fmt;

use crate::situation::{Deployed, Fact, Pin};

/// A way to go back.
///
/// ```
/// use tidegate_rollback::{Way, compare};
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let plan = compare(&situation());
/// let ways: Vec<Way> = plan.ways.iter().map(|it| it.way).collect();
/// assert_eq!(ways, Way::ALL);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Way {
    /// Pin the older images in the overlay and hold the bad version, in one commit.
    Override,
    /// `git revert` what came since, and hold the bad version, in one commit.
    Revert,
    /// Argo CD's rollback to an entry of its history.
    ArgoCdHistory,
    /// `kubectl rollout undo` on each workload.
    RolloutUndo,
}

impl Way {
    /// The ways, the one that lasts best first.
    ///
    /// ```
    /// use tidegate_rollback::Way;
    ///
    /// assert_eq!(Way::ALL.iter().filter(|it| it.writes_git()).count(), 2);
    /// ```
    pub const ALL: [Self; 4] =
        [Self::Override, Self::Revert, Self::ArgoCdHistory, Self::RolloutUndo];

    /// Returns whether the way writes to git. One that does not leaves git and the cluster apart.
    ///
    /// ```
    /// use tidegate_rollback::Way;
    ///
    /// assert!(Way::Override.writes_git() && Way::Revert.writes_git());
    /// // What only the cluster has, the next sync may undo.
    /// assert!(!Way::RolloutUndo.writes_git());
    /// ```
    #[must_use]
    pub const fn writes_git(self) -> bool {
        matches!(self, Self::Override | Self::Revert)
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Override => "override",
            Self::Revert => "git revert",
            Self::ArgoCdHistory => "Argo CD history rollback",
            Self::RolloutUndo => "kubectl rollout undo",
        })
    }
}

/// One thing that a way changes.
///
/// ```
/// use tidegate_rollback::{Change, Way, compare};
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let plan = compare(&situation());
/// let changes = &plan.way(Way::Override).expect("all ways are compared").changes;
/// assert!(matches!(&changes[0], Change::Image { component, to, .. } if component == "backend" && to.tag == "1.3.0"));
/// assert!(changes.contains(&Change::Hold { version: "1.4.0".into() }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Change {
    /// The overlay pins another image.
    Image {
        /// The component.
        component: String,
        /// What is pinned now.
        from: Pin,
        /// What will be pinned.
        to: Pin,
    },
    /// The version is held: updaters leave it alone.
    Hold {
        /// The version.
        version: String,
    },
    /// Another updater is told of the hold.
    TellUpdater {
        /// Its name.
        updater: String,
        /// The edit.
        edit: String,
    },
    /// A commit is taken back.
    Revert {
        /// Its id.
        commit: String,
        /// The first line of its message.
        subject: String,
        /// What else goes back with it.
        other_paths: Vec<String>,
    },
    /// The cluster is set to an older git revision, all objects of the application.
    LiveRevision {
        /// The git revision.
        revision: String,
    },
    /// The cluster's workload gets an older pod template.
    LiveTemplate {
        /// The workload.
        workload: String,
        /// The revision of the template.
        revision: i64,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Image { component, from, to } => write!(f, "{component}: {from} becomes {to}"),
            Self::Hold { version } => write!(f, "hold on {version}"),
            Self::TellUpdater { updater, edit } => write!(f, "{updater} is told: {edit}"),
            Self::Revert { commit, subject, other_paths } => {
                write!(f, "reverts {commit} {subject:?}")?;
                if other_paths.is_empty() {
                    Ok(())
                } else {
                    write!(f, ", and with it {}", other_paths.join(", "))
                }
            }
            Self::LiveRevision { revision } => write!(f, "cluster only: git revision {revision}"),
            Self::LiveTemplate { workload, revision } => {
                write!(f, "cluster only: {workload} gets the pod template of revision {revision}")
            }
        }
    }
}

/// When somebody acts next.
///
/// ```
/// use tidegate_rollback::{Act, When, compare};
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let plan = compare(&situation());
/// // Nobody reconciles this environment but the person who deploys.
/// let next = &plan.ways[0].next;
/// assert!(next.iter().any(|it| it.act == Act::Applies && it.when == When::ByHand));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum When {
    /// Within so many seconds.
    WithinSeconds(u64),
    /// As soon as it sees the difference: seconds.
    AtOnce,
    /// With the next commit that changes the environment.
    NextCommit,
    /// When somebody starts it.
    ByHand,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WithinSeconds(seconds) => write!(f, "within {seconds} s"),
            Self::AtOnce => f.write_str("at once"),
            Self::NextCommit => f.write_str("with the next commit"),
            Self::ByHand => f.write_str("when somebody starts it"),
        }
    }
}

/// What automation does after a way was taken.
///
/// ```
/// use tidegate_rollback::{Act, Fact, ObeysHold, Updater, Way, compare};
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let mut situation = situation();
/// situation.updaters.push(Updater {
///     name: "flux".into(),
///     interval_s: Some(60),
///     obeys: ObeysHold::No(Fact::new("it knows of no holds")),
///     would_choose: Some("1.4.0".into()),
///     settings: Fact::new("an ImageUpdateAutomation"),
/// });
/// let plan = compare(&situation);
/// let way = plan.way(Way::Override).expect("all ways are compared");
/// assert!(way.next.iter().any(|it| it.act == Act::PutsBack { version: "1.4.0".into() }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Act {
    /// It changes nothing.
    Nothing,
    /// It brings the rollback to the cluster.
    Applies,
    /// It puts a version that was left back in its place.
    PutsBack {
        /// The version.
        version: String,
    },
}

/// What somebody does next, and the fact that says so.
///
/// ```
/// use tidegate_rollback::{Way, compare};
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let plan = compare(&situation());
/// let way = plan.way(Way::Override).expect("all ways are compared");
/// assert_eq!(way.next[0].who, "tidegate");
/// assert_eq!(way.next[0].because.text, "deployed by hand");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reaction {
    /// Who: a reconciler's or an updater's name.
    pub who: String,
    /// What.
    pub act: Act,
    /// When.
    pub when: When,
    /// Why.
    pub because: Fact,
}

impl fmt::Display for Reaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who, act, when, because } = self;
        match act {
            Act::Nothing => write!(f, "{who} changes nothing: {because}"),
            Act::Applies => write!(f, "{who} applies it {when}: {because}"),
            Act::PutsBack { version } => write!(f, "{who} puts {version} back {when}: {because}"),
        }
    }
}

/// A way to go back, judged.
///
/// ```
/// use tidegate_rollback::{Way, compare};
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let plan = compare(&situation());
/// let undo = plan.way(Way::RolloutUndo).expect("all ways are compared");
/// // Nothing is known of the workloads.
/// assert!(!undo.is_allowed());
/// let pinned = plan.way(Way::Override).expect("all ways are compared");
/// assert!(pinned.is_allowed() && !pinned.changes.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct WayPlan {
    /// Which.
    pub way: Way,
    /// Why it is refused; empty when it is allowed.
    pub refused: Vec<Fact>,
    /// What it changes, in the order in which it is done.
    pub changes: Vec<Change>,
    /// What stays as the newer version left it.
    pub stays_behind: Vec<Fact>,
    /// What automation does next.
    pub next: Vec<Reaction>,
}

impl WayPlan {
    /// Returns whether nothing speaks against it.
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        self.refused.is_empty()
    }

    /// Returns whether it stays done: no automation puts the version back.
    ///
    /// ```
    /// use tidegate_rollback::{Way, compare};
    /// # fn situation() -> tidegate_rollback::Situation {
    /// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
    /// #     let deployed = |version: &str, rollout| {
    /// #         let pin = Pin { tag: version.into(), digest: None };
    /// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
    /// #     };
    /// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
    /// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
    /// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
    /// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
    /// # }
    ///
    /// let plan = compare(&situation());
    /// assert!(plan.way(Way::Override).is_some_and(|it| it.lasts()));
    /// ```
    #[must_use]
    pub fn lasts(&self) -> bool {
        self.next.iter().all(|it| !matches!(it.act, Act::PutsBack { .. }))
    }
}

/// Why an entry of the history was not chosen.
///
/// ```
/// use tidegate_rollback::{RuledOut, compare};
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let plan = compare(&situation());
/// let why: Vec<_> = plan.considered.iter().map(|it| (&*it.version, it.ruled_out.clone())).collect();
/// assert_eq!(why, [("1.4.0", Some(RuledOut::Current)), ("1.3.0", None)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum RuledOut {
    /// It is what runs now.
    Current,
    /// It is held.
    Held(Fact),
    /// Its rollout did not finish.
    Unfinished(Fact),
    /// Nobody recorded whether its rollout finished.
    Unrecorded,
    /// An image of it can't be pulled.
    ImageGone(Fact),
    /// It has no image recorded for a component.
    NoImage {
        /// The component.
        component: String,
    },
    /// Another version was asked for.
    NotAskedFor,
    /// A later one was chosen.
    OlderThanChoice,
}

impl fmt::Display for RuledOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Current => f.write_str("is what runs now"),
            Self::Held(fact) => write!(f, "is held: {fact}"),
            Self::Unfinished(fact) => write!(f, "its rollout did not finish: {fact}"),
            Self::Unrecorded => f.write_str("nobody recorded whether its rollout finished"),
            Self::ImageGone(fact) => write!(f, "its image can't be pulled: {fact}"),
            Self::NoImage { component } => write!(f, "has no image recorded for {component}"),
            Self::NotAskedFor => f.write_str("another version was asked for"),
            Self::OlderThanChoice => f.write_str("a later version is good"),
        }
    }
}

/// An entry of the history, and what became of it. `None` is the choice itself.
///
/// ```
/// use tidegate_rollback::compare;
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let plan = compare(&situation());
/// let newest = &plan.considered[0];
/// assert_eq!((&*newest.version, &*newest.commit), ("1.4.0", "c1.4.0"));
/// assert!(newest.ruled_out.is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Considered {
    /// The version.
    pub version: String,
    /// The commit that brought it.
    pub commit: String,
    /// Why it is not the choice; `None` when it is.
    pub ruled_out: Option<RuledOut>,
}

/// Rollbacks compared: what was chosen and why, each way with its consequences, and the one to take.
///
/// `Display` draws it as text; with the feature `serde` the same value is JSON.
///
/// ```
/// use tidegate_rollback::compare;
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let plan = compare(&situation());
/// assert_eq!((&*plan.environment, plan.from.as_deref()), ("prod", Some("1.4.0")));
/// assert_eq!(plan.components, ["backend"]);
/// assert!(plan.to_string().contains("1.3.0"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct RollbackPlan {
    /// The environment.
    pub environment: String,
    /// What goes back together.
    pub components: Vec<String>,
    /// The version that runs now; `None` when nothing was ever deployed.
    pub from: Option<String>,
    /// The version to go back to; `None` when there is none, and then `considered` says why.
    pub to: Option<Deployed>,
    /// Every entry of the history, newest first.
    pub considered: Vec<Considered>,
    /// Things worth knowing about the choice.
    pub warnings: Vec<Fact>,
    /// The ways, in the order of [`Way::ALL`]; empty without a version to go back to.
    pub ways: Vec<WayPlan>,
    /// The way to take; `None` when no way that lasts is allowed.
    pub recommended: Option<Way>,
}

impl RollbackPlan {
    /// Returns a way by its name.
    ///
    /// ```
    /// use tidegate_rollback::{Way, compare};
    /// # fn situation() -> tidegate_rollback::Situation {
    /// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
    /// #     let deployed = |version: &str, rollout| {
    /// #         let pin = Pin { tag: version.into(), digest: None };
    /// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
    /// #     };
    /// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
    /// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
    /// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
    /// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
    /// # }
    ///
    /// let plan = compare(&situation());
    /// assert!(Way::ALL.iter().all(|it| plan.way(*it).is_some()));
    /// ```
    #[must_use]
    pub fn way(&self, way: Way) -> Option<&WayPlan> {
        self.ways.iter().find(|it| it.way == way)
    }
}

impl fmt::Display for RollbackPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = self.from.as_deref().unwrap_or("nothing");
        let components = self.components.join(", ");
        match &self.to {
            Some(to) => {
                let (environment, version) = (&self.environment, &to.version);
                writeln!(f, "{environment}: {components} from {from} back to {version}")?;
            }
            None => {
                writeln!(f, "{}: no version to go back to from {from}", self.environment)?;
            }
        }
        for it in &self.considered {
            if let Some(ruled_out) = &it.ruled_out {
                writeln!(f, "  {} ({}) {ruled_out}", it.version, it.commit)?;
            }
        }
        for warning in &self.warnings {
            writeln!(f, "  warning: {warning}")?;
        }
        for way in &self.ways {
            let mark = if self.recommended == Some(way.way) { " (recommended)" } else { "" };
            writeln!(f, "{}{mark}", way.way)?;
            for fact in &way.refused {
                writeln!(f, "  refused: {fact}")?;
            }
            for change in &way.changes {
                writeln!(f, "  changes: {change}")?;
            }
            for fact in &way.stays_behind {
                writeln!(f, "  stays: {fact}")?;
            }
            for reaction in &way.next {
                writeln!(f, "  next: {reaction}")?;
            }
        }
        Ok(())
    }
}
