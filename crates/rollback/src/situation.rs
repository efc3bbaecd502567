use std::collections::BTreeMap;
use std::fmt;

use tidegate_source::Place;

use crate::argocd::{Automated, HistoryEntry};
use crate::configuration::ConfigurationNeed;
use crate::undo::TemplateDifference;

/// Something that was observed, and the line it was read from.
///
/// ```
/// use tidegate_rollback::Fact;
/// use tidegate_source::{Mark, Sources, Span};
///
/// let mut sources = Sources::new();
/// let file = sources.add("application.yaml", "spec:\n  syncPolicy: {automated: {selfHeal: true}}\n");
/// let place = sources.place(Mark::new(file, Span::new(32, 46))).expect("it lies in the file");
/// let fact = Fact::read_at("selfHeal is true", place);
/// assert_eq!(fact.to_string(), "selfHeal is true (application.yaml:2:27)");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fact {
    /// What was observed, as a phrase: `syncPolicy.automated.selfHeal is true`.
    pub text: String,
    /// Where it was read, if in a text.
    pub place: Option<Place>,
}

impl Fact {
    /// Creates a fact that no text holds.
    ///
    /// ```
    /// use tidegate_rollback::Fact;
    ///
    /// assert_eq!(Fact::new("a hold of 2026-11-20").to_string(), "a hold of 2026-11-20");
    /// ```
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), place: None }
    }

    /// Creates a fact that was read at a place.
    ///
    /// ```
    /// use tidegate_rollback::Fact;
    /// use tidegate_source::{Mark, Sources, Span};
    ///
    /// let mut sources = Sources::new();
    /// let file = sources.add("holds.yaml", "- {component: backend, version: 1.4.0}\n");
    /// let place = sources.place(Mark::new(file, Span::new(2, 38))).expect("it lies in the file");
    /// assert_eq!(Fact::read_at("1.4.0 is held", place).to_string(), "1.4.0 is held (holds.yaml:1:3)");
    /// ```
    #[must_use]
    pub fn read_at(text: impl Into<String>, place: Place) -> Self {
        Self { text: text.into(), place: Some(place) }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        self.place.as_ref().map_or(Ok(()), |place| write!(f, " ({place})"))
    }
}

/// The image of a component as an overlay pins it.
///
/// ```
/// use tidegate_rollback::Pin;
///
/// let pin = Pin { tag: "1.4.0".into(), digest: Some(format!("sha256:{}", "3f".repeat(32))) };
/// assert!(pin.to_string().starts_with("1.4.0@sha256:3f3f"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pin {
    /// The tag.
    pub tag: String,
    /// The digest that the tag resolved to, where one is pinned.
    pub digest: Option<String>,
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)?;
        self.digest.as_ref().map_or(Ok(()), |digest| write!(f, "@{digest}"))
    }
}

/// How a rollout ended.
///
/// ```
/// use tidegate_rollback::{RolloutEnd, RuledOut, compare};
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
/// situation.history[0].rollout = RolloutEnd::Unknown;
/// let plan = compare(&situation);
/// assert_eq!(plan.considered[1].ruled_out, Some(RuledOut::Unrecorded));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum RolloutEnd {
    /// It finished.
    Finished,
    /// It did not: it missed its deadline, or was overtaken.
    Unfinished(Fact),
    /// Nobody recorded it.
    Unknown,
}

/// A version that was deployed to the environment: one entry of its history.
///
/// ```
/// use tidegate_rollback::{Fact, RuledOut, compare};
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
/// let gone = Fact::new("manifest unknown");
/// situation.history[0].image_gone = Some(gone.clone());
/// let plan = compare(&situation);
/// assert_eq!(plan.considered[1].ruled_out, Some(RuledOut::ImageGone(gone)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Deployed {
    /// The version.
    pub version: String,
    /// What the overlay pinned, by component.
    pub pins: BTreeMap<String, Pin>,
    /// The commit of the devops repository that brought it.
    pub commit: String,
    /// How its rollout ended.
    pub rollout: RolloutEnd,
    /// The hold on this version, where there is one; an expired hold still holds.
    pub held: Option<Fact>,
    /// Why an image of it can't be pulled any more, where that is so.
    pub image_gone: Option<Fact>,
}

impl Deployed {
    /// Makes an entry of a version that is not held and whose images can be pulled.
    ///
    /// ```
    /// use tidegate_rollback::{Deployed, RolloutEnd};
    ///
    /// let entry = Deployed::new("1.3.0", "c0ffee", Default::default(), RolloutEnd::Finished);
    /// assert_eq!((entry.held, entry.image_gone), (None, None));
    /// ```
    #[must_use]
    pub fn new(
        version: impl Into<String>,
        commit: impl Into<String>,
        pins: BTreeMap<String, Pin>,
        rollout: RolloutEnd,
    ) -> Self {
        Self {
            version: version.into(),
            pins,
            commit: commit.into(),
            rollout,
            held: None,
            image_gone: None,
        }
    }
}

/// Which version to go back to.
///
/// ```
/// use tidegate_rollback::{Target, compare};
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
/// situation.target = Target::Version("1.3.0".into());
/// assert_eq!(compare(&situation).to.map(|it| it.version), Some("1.3.0".into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Target {
    /// The last one whose rollout finished and that is not held.
    LastGood,
    /// This one.
    Version(String),
}

/// Who brings git to the cluster, and how it is set.
///
/// ```
/// use tidegate_rollback::{Automated, Fact, Reconciler, Way, compare};
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
/// situation.reconciler = Reconciler {
///     name: "argocd".into(),
///     automated: Some(Automated { prune: true, self_heal: true, allow_empty: false }),
///     poll_s: 180,
///     settings: Fact::new("syncPolicy.automated.selfHeal is true"),
/// };
/// // Argo CD refuses its own rollback while automated sync is on.
/// let plan = compare(&situation);
/// assert!(plan.way(Way::ArgoCdHistory).is_some_and(|it| !it.is_allowed()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reconciler {
    /// Its name: `argocd`, `tidegate`.
    pub name: String,
    /// Automated sync, where it is on.
    pub automated: Option<Automated>,
    /// At most so many seconds pass until it sees a new commit.
    pub poll_s: u64,
    /// Where its settings were read.
    pub settings: Fact,
}

/// How an updater learns of a hold.
///
/// ```
/// use tidegate_rollback::{Change, Fact, ObeysHold, Updater, Way, compare};
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
///     name: "argocd-image-updater".into(),
///     interval_s: Some(120),
///     obeys: ObeysHold::ByEdit("ignore-tags gets 1.4.0".into()),
///     would_choose: Some("1.4.0".into()),
///     settings: Fact::new("annotations of the Application hub"),
/// });
/// let plan = compare(&situation);
/// let told = |it: &Change| matches!(it, Change::TellUpdater { edit, .. } if edit == "ignore-tags gets 1.4.0");
/// assert!(plan.way(Way::Override).is_some_and(|it| it.changes.iter().any(told) && it.lasts()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum ObeysHold {
    /// It reads the hold itself.
    ByItself,
    /// The same commit tells it, by this edit: `ignore-tags gets 1.5.0`.
    ByEdit(String),
    /// It can't be told.
    No(Fact),
}

/// Something that writes newer versions into git by itself.
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
///     name: "tidegate update".into(),
///     interval_s: None,
///     obeys: ObeysHold::ByItself,
///     would_choose: Some("1.4.0".into()),
///     settings: Fact::new("policy ~1 of prod"),
/// });
/// let plan = compare(&situation);
/// let next = &plan.way(Way::Override).expect("all ways are compared").next;
/// assert!(next.iter().any(|it| it.who == "tidegate update" && it.act == Act::Nothing));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Updater {
    /// Its name: `tidegate update`, `argocd-image-updater`, `flux`.
    pub name: String,
    /// It acts every so many seconds; `None` when only somebody's command starts it.
    pub interval_s: Option<u64>,
    /// How it learns of a hold.
    pub obeys: ObeysHold,
    /// The version that it would choose while nothing is held.
    pub would_choose: Option<String>,
    /// Where its settings were read.
    pub settings: Fact,
}

/// A commit of the devops repository since the version to go back to.
///
/// ```
/// use tidegate_rollback::{Change, CommitSince, RevertFacts, Way, compare};
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
/// let commit = CommitSince {
///     id: "f00d".into(),
///     subject: "deploy(prod): backend 1.4.0".into(),
///     other_paths: vec!["overlays/prod/settings.env".into()],
/// };
/// situation.revert = RevertFacts { commits: vec![commit], conflicts: vec![] };
/// let plan = compare(&situation);
/// let changes = &plan.way(Way::Revert).expect("all ways are compared").changes;
/// assert!(matches!(&changes[0], Change::Revert { other_paths, .. } if other_paths.len() == 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CommitSince {
    /// Its id.
    pub id: String,
    /// The first line of its message.
    pub subject: String,
    /// Files that it changes beyond the pinned images of these components.
    pub other_paths: Vec<String>,
}

/// What `git revert` would meet.
///
/// ```
/// use tidegate_rollback::{Fact, RevertFacts, Way, compare};
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
/// let conflict = Fact::new("overlays/prod/kustomization.yaml was changed since");
/// situation.revert = RevertFacts { commits: vec![], conflicts: vec![conflict.clone()] };
/// let plan = compare(&situation);
/// assert!(plan.way(Way::Revert).is_some_and(|it| it.refused.contains(&conflict)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RevertFacts {
    /// The commits that it would take back, newest first: those that changed what the environment renders.
    pub commits: Vec<CommitSince>,
    /// Where it would conflict.
    pub conflicts: Vec<Fact>,
}

/// What Argo CD knows of the Application.
///
/// ```
/// use tidegate_rollback::{ArgoCdFacts, Change, HistoryEntry, Way, compare};
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
/// situation.argocd = Some(ArgoCdFacts {
///     application: "hub".into(),
///     deleting: false,
///     history: vec![HistoryEntry { id: 7, revision: "c1.3.0".into() }],
/// });
/// let plan = compare(&situation);
/// let back = plan.way(Way::ArgoCdHistory).expect("all ways are compared");
/// assert!(back.changes.contains(&Change::LiveRevision { revision: "c1.3.0".into() }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ArgoCdFacts {
    /// Its name.
    pub application: String,
    /// It is being deleted.
    pub deleting: bool,
    /// `status.history`, oldest first.
    pub history: Vec<HistoryEntry>,
}

/// A workload that `kubectl rollout undo` would take back.
///
/// ```
/// use tidegate_rollback::{Change, TemplateDifference, UndoFacts, Way, compare};
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
/// situation.undo.push(UndoFacts {
///     workload: "Deployment/backend".into(),
///     paused: false,
///     revision: Some(3),
///     difference: TemplateDifference::Different,
///     needs: vec![],
/// });
/// let plan = compare(&situation);
/// let undo = plan.way(Way::RolloutUndo).expect("all ways are compared");
/// let change = Change::LiveTemplate { workload: "Deployment/backend".into(), revision: 3 };
/// assert!(undo.changes.contains(&change));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UndoFacts {
    /// The workload: `Deployment/tomoda-backend`.
    pub workload: String,
    /// `spec.paused` is true.
    pub paused: bool,
    /// The revision whose template has the target's image, where the history still has one.
    pub revision: Option<i64>,
    /// How that template compares with the present one.
    pub difference: TemplateDifference,
    /// The `ConfigMaps` and `Secrets` that it uses.
    pub needs: Vec<ConfigurationNeed>,
}

/// All that a rollback is planned from: observed by the caller, plain values here.
///
/// ```
/// use tidegate_rollback::{Target, compare};
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
/// situation.target = Target::Version("1.2.0".into());
/// let plan = compare(&situation);
/// // Nobody deployed it: the derivation says of each entry that it was not asked for.
/// assert!(plan.to.is_none() && plan.considered.iter().all(|it| it.ruled_out.is_some()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Situation {
    /// The environment.
    pub environment: String,
    /// What goes back together.
    pub components: Vec<String>,
    /// The file whose `images:` pin the components.
    pub overlay: String,
    /// What was deployed, oldest first; the last entry is the present one.
    pub history: Vec<Deployed>,
    /// Which version to go back to.
    pub target: Target,
    /// Who brings git to the cluster.
    pub reconciler: Reconciler,
    /// Who writes newer versions into git.
    pub updaters: Vec<Updater>,
    /// Settings elsewhere that outrank the overlay's `images:`.
    pub outranked_by: Vec<Fact>,
    /// What `git revert` would meet.
    pub revert: RevertFacts,
    /// The Argo CD Application, where one deploys the environment.
    pub argocd: Option<ArgoCdFacts>,
    /// The workloads of the components.
    pub undo: Vec<UndoFacts>,
}

impl Situation {
    /// Makes a situation in which nothing is known beside the history and the reconciler: all components that the present
    /// entry pins go back together, to the last good version.
    ///
    /// ```
    /// use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation, Target};
    ///
    /// let settings = Fact::new("no reconciler is configured");
    /// let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
    /// let pin = Pin { tag: "1.4.0".into(), digest: None };
    /// let present = Deployed::new("1.4.0", "f00d", [("backend".into(), pin)].into(), RolloutEnd::Unknown);
    /// let situation = Situation::new("prod", "overlays/prod/kustomization.yaml", vec![present], reconciler);
    /// assert_eq!((situation.components, situation.target), (vec!["backend".into()], Target::LastGood));
    /// ```
    #[must_use]
    pub fn new(
        environment: impl Into<String>,
        overlay: impl Into<String>,
        history: Vec<Deployed>,
        reconciler: Reconciler,
    ) -> Self {
        let components = history.last().map(|it| it.pins.keys().cloned().collect());
        Self {
            environment: environment.into(),
            components: components.unwrap_or_default(),
            overlay: overlay.into(),
            history,
            target: Target::LastGood,
            reconciler,
            updaters: Vec::new(),
            outranked_by: Vec::new(),
            revert: RevertFacts::default(),
            argocd: None,
            undo: Vec::new(),
        }
    }
}
