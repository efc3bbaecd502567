use std::collections::BTreeMap;
use std::fmt;

use tidegate_object::Node;

use crate::read;
use crate::verdict::Match;

/// What is known of one label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label<'l> {
    /// It is not there.
    Absent,
    /// It is there, with this value.
    Is(&'l str),
    /// It is there, with some value.
    Present,
    /// It is there, and its value is this name with a number behind a dash.
    Numbered(&'l str),
    /// Nothing is known.
    Open,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

impl Requirement {
    /// Whether a label with this value fulfils it.
    fn has(&self, value: &str) -> bool {
        match self.operator {
            Operator::In => self.values.iter().any(|it| it == value),
            Operator::NotIn => self.values.iter().all(|it| it != value),
            Operator::Exists => true,
            Operator::DoesNotExist => false,
        }
    }

    /// Whether a missing label fulfils it.
    const fn absent(&self) -> bool {
        matches!(self.operator, Operator::NotIn | Operator::DoesNotExist)
    }
}

/// A choice among labels; the empty one chooses everything.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use tidegate_object::{Map, Node};
/// use tidegate_reach::Selector;
///
/// let labels: Map = [("app", Node::from("web"))].into_iter().collect();
/// let selector = Selector::read(&[("matchLabels", Node::from(labels))].into_iter().collect::<Map>().into());
/// assert_eq!(selector.to_string(), "app=web");
/// assert!(selector.matches(&BTreeMap::from([("app".to_owned(), "web".to_owned())])));
/// assert!(!selector.matches(&BTreeMap::new()));
/// ```
///
/// Source: Kubernetes `apimachinery/pkg/apis/meta/v1/helpers.go`, `LabelSelectorAsSelector`, and
/// `apimachinery/pkg/labels/selector.go`, `Requirement.Matches`: `NotIn` holds for a label that is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    requirements: Vec<Requirement>,
}

impl Selector {
    /// Reads a `LabelSelector`: `matchLabels` and `matchExpressions`. An operator that does not exist chooses nothing.
    ///
    /// ```
    /// use tidegate_reach::Selector;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let policy = objects("{kind: NetworkPolicy, spec: {podSelector: {}}}");
    /// let everything = Selector::read(policy[0].at(&["spec", "podSelector"]).expect("it is written"));
    /// assert!(everything.is_empty() && everything.matches(&Default::default()));
    /// ```
    #[must_use]
    pub fn read(node: &Node) -> Self {
        let labels = node.get("matchLabels").map(Self::of_labels).unwrap_or_default();
        let mut requirements = labels.requirements;
        for expression in read::list(node, "matchExpressions") {
            let values = read::list(expression, "values").iter().filter_map(Node::as_str);
            let values: Vec<String> = values.map(str::to_owned).collect();
            let key = read::text(expression, "key").to_owned();
            let (operator, values) = match read::text(expression, "operator") {
                "In" => (Operator::In, values),
                "NotIn" => (Operator::NotIn, values),
                "Exists" => (Operator::Exists, Vec::new()),
                "DoesNotExist" => (Operator::DoesNotExist, Vec::new()),
                _ => (Operator::In, Vec::new()),
            };
            requirements.push(Requirement { key, operator, values });
        }
        Self { requirements }
    }

    /// Reads the selector of a Service: a mapping from labels to values.
    ///
    /// ```
    /// use tidegate_reach::Selector;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let hub = objects("{apiVersion: v1, kind: Service, metadata: {name: hub}, spec: {selector: {app: hub, tier: web}}}");
    /// let selector = Selector::of_labels(hub[0].at(&["spec", "selector"]).expect("it is written"));
    /// assert_eq!(selector.to_string(), "app=hub,tier=web");
    /// ```
    #[must_use]
    pub fn of_labels(labels: &Node) -> Self {
        let requirement = |(key, value): (&str, &str)| Requirement {
            key: key.to_owned(),
            operator: Operator::In,
            values: vec![value.to_owned()],
        };
        Self { requirements: read::texts(labels).map(requirement).collect() }
    }

    /// Returns whether it chooses everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Returns whether it chooses something with these labels.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use tidegate_reach::Selector;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let policy = objects("{kind: NetworkPolicy, spec: {podSelector: {matchExpressions: [{key: track, operator: NotIn, values: [canary]}]}}}");
    /// let selector = Selector::read(policy[0].at(&["spec", "podSelector"]).expect("it is written"));
    /// assert!(!selector.matches(&BTreeMap::from([("track".into(), "canary".into())])));
    /// // Who has no such label is not listed.
    /// assert!(selector.matches(&BTreeMap::new()));
    /// ```
    #[must_use]
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        let label = |key: &str| labels.get(key).map_or(Label::Absent, |it| Label::Is(it));
        self.holds(label) == Match::Yes
    }

    /// Decides for labels of which not everything is known: whether every completion is chosen, or none, or some.
    pub(crate) fn holds<'l>(&self, label: impl Fn(&str) -> Label<'l>) -> Match {
        let mut all = Match::Yes;
        for (at, requirement) in self.requirements.iter().enumerate() {
            let key = &requirement.key;
            let one = match label(key) {
                Label::Absent => requirement.absent().into(),
                Label::Is(value) => requirement.has(value).into(),
                _ if self.requirements[..at].iter().any(|it| it.key == *key) => continue,
                unknown => self.open(key, unknown),
            };
            if one == Match::No {
                return Match::No;
            }
            all = all.and(one);
        }
        all
    }

    /// Decides what is asked of one label whose value is not known, all of it together.
    fn open(&self, key: &str, label: Label<'_>) -> Match {
        let asked: Vec<&Requirement> =
            self.requirements.iter().filter(|it| it.key == key).collect();
        let fits = |value: &str| match label {
            Label::Numbered(name) => {
                let number = value.strip_prefix(name).and_then(|it| it.strip_prefix('-'));
                number.is_some_and(|it| {
                    !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit())
                })
            }
            _ => true,
        };
        let may_be_absent = label == Label::Open;
        let absent = asked.iter().all(|it| it.absent());
        let named = asked.iter().find(|it| it.operator == Operator::In);
        let present = match named {
            Some(named) => {
                named.values.iter().any(|value| fits(value) && asked.iter().all(|it| it.has(value)))
            }
            None => asked.iter().all(|it| it.operator != Operator::DoesNotExist),
        };
        // A value is refused by no requirement only where none names a value that it may have.
        let any_value = asked.iter().all(|it| match it.operator {
            Operator::Exists => true,
            Operator::NotIn => !it.values.iter().any(|value| fits(value)),
            Operator::In | Operator::DoesNotExist => false,
        });
        match () {
            () if any_value && (absent || !may_be_absent) => Match::Yes,
            () if present || (may_be_absent && absent) => Match::Maybe,
            () => Match::No,
        }
    }

    /// Labels that everything chosen has, each with one of its values: ways into an index.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &[String])> {
        let named = self.requirements.iter().filter(|it| it.operator == Operator::In);
        named.map(|it| (it.key.as_str(), it.values.as_slice()))
    }

    /// The labels that everything chosen has, where it asks for one value of each.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = (&str, &str)> {
        self.requirements.iter().filter_map(|it| match (it.operator, it.values.as_slice()) {
            (Operator::In, [value]) => Some((it.key.as_str(), value.as_str())),
            _ => None,
        })
    }

    /// The keys that it asks about.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.requirements.iter().map(|it| it.key.as_str())
    }
}

/// As `kubectl` writes selectors: `app=web,tier in (a,b),!old`; the empty one as nothing.
impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, requirement) in self.requirements.iter().enumerate() {
            let between = if at == 0 { "" } else { "," };
            let (key, values) = (&requirement.key, requirement.values.join(","));
            match (requirement.operator, requirement.values.len()) {
                (Operator::In, 1) => write!(f, "{between}{key}={values}")?,
                (Operator::In, _) => write!(f, "{between}{key} in ({values})")?,
                (Operator::NotIn, 1) => write!(f, "{between}{key}!={values}")?,
                (Operator::NotIn, _) => write!(f, "{between}{key} notin ({values})")?,
                (Operator::Exists, _) => write!(f, "{between}{key}")?,
                (Operator::DoesNotExist, _) => write!(f, "{between}!{key}")?,
            }
        }
        Ok(())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Selector {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
