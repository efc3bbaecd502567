//! Names that objects use for each other, changed where the object that they name was renamed or moved.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark, Sources};

use crate::config::Config;
use crate::fieldspec::{FieldSpec, NameReference, Segment};
use crate::identity::{DEFAULT_NAMESPACE, Gvk, NO_NAMESPACE};
use crate::parallel::{change_each, look_at_each};
use crate::resource::Resource;
use crate::resources::{Named, Resources};
use crate::text::text_of;
use crate::transform::in_style_of;

/// Which of Kustomize's own references are followed through objects of a kind: made once for all overlays of a session.
#[derive(Default)]
pub(crate) struct Plans {
    /// By what is [wanted](Wanted), then by API version and first kind.
    known: HashMap<Wanted, HashMap<(Text, Text), Arc<Plan>>>,
}

/// Follows every back-reference.
///
/// The built-in references are followed where an object that they may name has a history; paths that a configuration
/// adds are followed always, since they may not fit the objects.
pub(crate) fn fix(
    resources: &mut Resources,
    config: &Config,
    sources: &Sources,
    session: &mut Plans,
) -> Result<(), Vec<Diagnostic>> {
    let bindings = resources.iter().filter(|it| it.kind() == "RoleBinding");
    let mut mistakes: Vec<Diagnostic> = bindings
        .filter_map(|resource| Some(bound_namespaces(resource.root()).err()?.explain(resource)))
        .collect();
    mistakes.extend(resources.iter().filter_map(nameless_subject));
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let all = config.adds_name_references();
    if !all && !resources.iter().any(Resource::has_history) {
        return Ok(());
    }
    // Kustomize keeps previous names, namespaces and kinds as three texts with commas between them.
    let uneven = resources.iter().filter(|it| it.has_uneven_history());
    mistakes.extend(uneven.map(|resource| {
        let message =
            format!("a comma in the name, namespace or kind of {}", resource.original_id());
        Diagnostic::error("comma-in-name", message)
            .at(Label::new(resource.place(), "this object is renamed or moved"))
            .help("remove the comma, which no name in Kubernetes has")
    }));
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let references = config.name_reference();
    let today = look_at_each(resources.contents(), Today::new);
    let wanted = Wanted::new(resources, &references, all);
    let mut own = HashMap::new();
    let plans = match &references {
        Cow::Borrowed(_) => session.known.entry(wanted.clone()).or_default(),
        Cow::Owned(_) => &mut own,
    };
    let mut referrers = referrers(resources, &references, &wanted, plans);
    // Trees are changed while names are looked up, which stand beside them.
    resources.take_roots(referrers.iter_mut().map(|it| (it.at, &mut it.root)));
    let scope = Scope {
        sources,
        resources: resources.by_name(),
        today: &today,
        references: &references,
        first_namespaces: OnceLock::new(),
    };
    let failed = change_each(
        &mut referrers,
        || (),
        |(), it| {
            let search = Search::new(&scope, it.at, &it.root);
            let outcome = search.and_then(|search| {
                let outcome = it.plan.follow(&mut it.root, 0, &search);
                it.changed = search.changed.get();
                outcome
            });
            outcome.err().map(|mistake| (it.at, mistake))
        },
    );
    for it in referrers {
        let resource = resources.content_mut(it.at);
        *resource.root_mut() = it.root;
        if it.changed {
            resource.settle_shared();
        }
    }
    mistakes.extend(failed.into_iter().map(|(at, error)| {
        let candidates = error.candidates.clone();
        candidates.into_iter().fold(error.explain(resources.get(at)), |mistake, candidate| {
            mistake.at(Label::new(resources.get(candidate).place(), "may be meant"))
        })
    }));
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// An object that may name others.
struct Referrer {
    at: usize,
    plan: Arc<Plan>,
    /// Its tree, while names in it are changed.
    root: Node,
    changed: bool,
}

/// Returns the objects that have something to follow.
fn referrers(
    resources: &Resources,
    references: &[NameReference],
    wanted: &Wanted,
    plans: &mut HashMap<(Text, Text), Arc<Plan>>,
) -> Vec<Referrer> {
    let mut found = Vec::new();
    let mut last: Option<((Text, Text), Arc<Plan>)> = None;
    for (at, resource) in resources.iter().enumerate() {
        let first = resource.original_id().gvk;
        // Objects come in runs of one kind.
        let plan = match &last {
            Some(((version, kind), plan))
                if *version == *resource.api_version() && *kind == *first.kind =>
            {
                Arc::clone(plan)
            }
            _ => {
                let key = (Text::from(resource.api_version()), Text::from(first.kind));
                let made = || Arc::new(wanted.plan(references, &first));
                let plan = Arc::clone(plans.entry(key.clone()).or_insert_with(made));
                last = Some((key, Arc::clone(&plan)));
                plan
            }
        };
        if plan.nodes.len() > 1 {
            found.push(Referrer { at, plan, root: Node::default(), changed: false });
        }
    }
    found
}

/// What an object is called at the end of the build.
struct Today {
    api_version: Text,
    kind: Text,
    name: Text,
    name_mark: Mark,
    namespace: Text,
    namespace_mark: Mark,
    cluster_scoped: bool,
}

impl Today {
    fn new(resource: &Resource) -> Self {
        let root = resource.root();
        let text = |path: &[&str]| match root.at(path).map(|it| &it.value) {
            Some(Value::String(text)) => text.clone(),
            _ => root.at(path).map_or(Text::literal(""), |it| Text::from(&*text_of(it))),
        };
        let mark = |field| root.at(&["metadata", field]).map_or(Mark::NONE, |node| node.mark);
        Self {
            api_version: text(&["apiVersion"]),
            kind: text(&["kind"]),
            name: text(&["metadata", "name"]),
            name_mark: mark("name"),
            namespace: text(&["metadata", "namespace"]),
            namespace_mark: mark("namespace"),
            cluster_scoped: resource.id().cluster_scoped,
        }
    }

    fn effective_namespace(&self) -> &str {
        match &*self.namespace {
            _ if self.cluster_scoped => NO_NAMESPACE,
            "" => DEFAULT_NAMESPACE,
            namespace => namespace,
        }
    }
}

/// Which back-references can change anything in this build.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Wanted {
    /// Per reference: objects that it may name have a history, or it is followed anyhow.
    known: Vec<bool>,
    /// Per reference: one of them was renamed.
    renamed: Vec<bool>,
}

impl Wanted {
    fn new(resources: &Resources, references: &[NameReference], all: bool) -> Self {
        let mut wanted =
            Self { known: vec![all; references.len()], renamed: vec![all; references.len()] };
        if all {
            return wanted;
        }
        let mut seen: HashSet<(Gvk<'_>, bool)> = HashSet::new();
        // Objects come in runs of one kind.
        let mut last = None;
        for resource in resources.iter() {
            let name = resource.name();
            for id in resource.previous_ids() {
                let renamed = id.name != name;
                let kind = (id.gvk, renamed);
                if last == Some(kind) || !seen.insert(kind) {
                    continue;
                }
                last = Some(kind);
                for (nth, reference) in references.iter().enumerate() {
                    if id.gvk.is_selected(&reference.gvk()) {
                        wanted.known[nth] = true;
                        wanted.renamed[nth] |= renamed;
                    }
                }
            }
        }
        wanted
    }

    /// Collects the paths to follow through objects whose first kind is this one.
    fn plan(&self, references: &[NameReference], first: &Gvk<'_>) -> Plan {
        let mut plan = Plan { nodes: vec![PlanNode::default()] };
        for (nth, reference) in references.iter().enumerate() {
            if !self.known[nth] {
                continue;
            }
            for spec in reference.referrers.as_slice() {
                if !spec.selects(first) {
                    continue;
                }
                // A plain name only changes with the object's name; what holds a namespace too may change with it.
                if self.renamed[nth] || !spec.path().ends_with("/name") {
                    plan.add(spec, nth);
                }
            }
        }
        plan
    }
}

/// Paths, those with a common beginning together.
struct Plan {
    nodes: Vec<PlanNode>,
}

#[derive(Default)]
struct PlanNode {
    /// Step of a path, where it goes on.
    children: Vec<(Segment, usize)>,
    /// The references whose objects are named here, in order, and whether the path is that of the name of a role.
    targets: Vec<(usize, bool)>,
}

impl Plan {
    fn add(&mut self, spec: &FieldSpec, reference: usize) {
        let mut at = 0;
        for segment in spec.segments() {
            let known = self.nodes[at].children.iter().find(|(it, _)| it == segment);
            at = if let Some((_, next)) = known {
                *next
            } else {
                self.nodes.push(PlanNode::default());
                let next = self.nodes.len() - 1;
                self.nodes[at].children.push((segment.clone(), next));
                next
            };
        }
        let target = (reference, spec.path().ends_with("roleRef/name"));
        if !self.nodes[at].targets.contains(&target) {
            self.nodes[at].targets.push(target);
        }
    }

    fn follow(&self, node: &mut Node, at: usize, search: &Search<'_>) -> Result<(), Mistake> {
        let here = &self.nodes[at];
        for (reference, of_role) in &here.targets {
            search.set(node, *reference, *of_role)?;
        }
        if here.children.is_empty() { Ok(()) } else { self.descend(node, here, search) }
    }

    fn descend(
        &self,
        node: &mut Node,
        here: &PlanNode,
        search: &Search<'_>,
    ) -> Result<(), Mistake> {
        match &mut node.value {
            Value::Null => Ok(()),
            Value::List(items) => {
                items.iter_mut().try_for_each(|item| self.descend(item, here, search))
            }
            Value::Map(map) => {
                for (segment, next) in &here.children {
                    if segment.is_place() {
                        let message = segment.no_field(node.mark).message;
                        return Err(Mistake::new("field-path", message, node.mark));
                    }
                    let Some(field) = map.get_mut(segment.name()) else { continue };
                    if segment.is_list() && field.is_null() {
                        field.value = Value::List(Vec::new());
                    }
                    self.follow(field, *next, search)?;
                }
                Ok(())
            }
            other => {
                let message =
                    format!("expected a mapping or a list, found a {}", other.type_name());
                Err(Mistake::new("field-type", message, node.mark))
            }
        }
    }
}

struct Mistake {
    code: &'static str,
    message: String,
    mark: Mark,
    candidates: Vec<usize>,
    help: &'static str,
}

impl Mistake {
    fn new(code: &'static str, message: impl Into<String>, mark: Mark) -> Self {
        Self { code, message: message.into(), mark, candidates: Vec::new(), help: "" }
    }

    fn nameless(mark: Mark) -> Self {
        Self::new("field-type", "the field names an object, but has no `name`", mark)
    }

    fn explain(self, resource: &Resource) -> Diagnostic {
        let mark = if self.mark.is_some() { self.mark } else { resource.place() };
        let mistake = Diagnostic::error(self.code, self.message)
            .at(Label::new(mark, ""))
            .note(format!("in a reference of {}", resource.id()));
        if self.help.is_empty() { mistake } else { mistake.help(self.help) }
    }
}

/// What is the same for every object.
struct Scope<'a> {
    sources: &'a Sources,
    /// Without the trees of those that are searched.
    resources: Named<'a>,
    today: &'a [Today],
    references: &'a [NameReference],
    /// The objects that were first in a namespace, once they are asked for.
    first_namespaces: OnceLock<HashMap<Text, Vec<usize>>>,
}

/// Finds a subject of a role binding that has no name: Kustomize looks at all of them, whether or not an account was renamed.
fn nameless_subject(resource: &Resource) -> Option<Diagnostic> {
    if !matches!(resource.kind(), "RoleBinding" | "ClusterRoleBinding")
        || resource.gvk().group != "rbac.authorization.k8s.io"
    {
        return None;
    }
    let subjects = resource.root().get("subjects")?;
    let all = subjects.as_list().unwrap_or(std::slice::from_ref(subjects));
    let nameless =
        all.iter().find(|it| it.as_map().is_some_and(|map| !map.contains_key("name")))?;
    Some(Mistake::nameless(nameless.mark).explain(resource))
}

/// Returns the namespaces of the service accounts that a role binding binds.
fn bound_namespaces(root: &Node) -> Result<Vec<Text>, Mistake> {
    let mut bound = Vec::new();
    for subject in root.get("subjects").and_then(Node::as_list).unwrap_or_default() {
        let account = subject.get("kind").is_some_and(|it| text_of(it) == "ServiceAccount");
        let entries = subject.as_map().map(Map::entries).unwrap_or_default();
        let entry = entries.iter().find(|it| it.key == *"namespace").filter(|_| account);
        match entry.map(|it| (it, &it.node.value)) {
            Some((_, Value::String(namespace))) => bound.push(namespace.clone()),
            Some((entry, value)) => {
                let found = match value {
                    Value::Null => "empty".to_owned(),
                    other => format!("a {}", other.type_name()),
                };
                let message =
                    format!("the namespace of a service account is {found}, not a string");
                let mark = if value == &Value::Null { entry.key_mark } else { entry.node.mark };
                let help = "name the namespace, or remove the field";
                return Err(Mistake { help, ..Mistake::new("field-type", message, mark) });
            }
            None => {}
        }
    }
    Ok(bound)
}

/// The search for the objects that one object names.
struct Search<'a> {
    scope: &'a Scope<'a>,
    referrer: usize,
    /// Namespaces of the service accounts that a role binding binds.
    bound: Vec<Text>,
    /// Group and kind of the role that it binds them to.
    role: Option<(Text, Text)>,
    /// Whether a name was changed.
    changed: Cell<bool>,
}

impl<'a> Search<'a> {
    fn new(scope: &'a Scope<'a>, referrer: usize, root: &Node) -> Result<Self, Mistake> {
        let text = |path: &[&str]| root.at(path).map(|node| Text::from(&*text_of(node)));
        let role = text(&["roleRef", "apiGroup"]).zip(text(&["roleRef", "kind"]));
        let today = &scope.today[referrer];
        let bound = if today.kind == *"RoleBinding" && !today.cluster_scoped {
            bound_namespaces(root)?
        } else {
            Vec::new()
        };
        Ok(Self { scope, referrer, bound, role, changed: Cell::new(false) })
    }

    /// Changes a name, a mapping with a name, or a list of these.
    fn set(&self, node: &mut Node, reference: usize, of_role: bool) -> Result<(), Mistake> {
        match &mut node.value {
            Value::Null => Ok(()),
            Value::List(items) => items.iter_mut().try_for_each(|item| match &mut item.value {
                Value::Null => Ok(()),
                Value::List(_) => {
                    let message = "expected a name or a mapping with a name, found a list";
                    Err(Mistake::new("field-type", message, item.mark))
                }
                Value::Map(_) => self.set_mapping(item, reference, of_role),
                _ => self.set_name(item, reference, of_role),
            }),
            Value::Map(_) => self.set_mapping(node, reference, of_role),
            _ => self.set_name(node, reference, of_role),
        }
    }

    fn set_name(&self, node: &mut Node, reference: usize, of_role: bool) -> Result<(), Mistake> {
        let name = text_of(node);
        let same = |a: &Today, b: &Today| a.name == b.name;
        let found = self.find(&name, reference, of_role, node.mark, |_| true, same)?;
        if let Some(found) = found {
            let new = &self.scope.today[found];
            if *new.name != *name {
                let name = in_style_of(node, new.name.clone(), self.scope.sources);
                *node = Node::new(name, new.name_mark);
                self.changed.set(true);
            }
        }
        Ok(())
    }

    fn set_mapping(&self, node: &mut Node, reference: usize, of_role: bool) -> Result<(), Mistake> {
        let mark = node.mark;
        let Some(map) = node.as_map_mut() else { return Ok(()) };
        let Some(name) = map.get("name") else { return Err(Mistake::nameless(mark)) };
        let mark = if name.mark.is_some() { name.mark } else { mark };
        let old = text_of(name).into_owned();
        let namespace = map.get("namespace").map(|it| text_of(it).into_owned());
        let by_first = namespace.as_deref().is_some_and(|namespace| {
            let namespaces = self.scope.first_namespaces.get_or_init(|| self.first_namespaces());
            let places = namespaces.get(namespace);
            places.is_some_and(|places| places.iter().any(|at| self.is_near(*at)))
        });
        let in_namespace = |at: usize| match namespace.as_deref() {
            None => true,
            Some(namespace) if by_first => self.first_namespace(at) == namespace,
            Some(namespace) => self.scope.today[at].effective_namespace() == namespace,
        };
        let same = |a: &Today, b: &Today| a.name == b.name && a.namespace == b.namespace;
        let Some(found) = self.find(&old, reference, of_role, mark, in_namespace, same)? else {
            return Ok(());
        };
        let new = &self.scope.today[found];
        if *new.name == *old && new.namespace.is_empty() {
            return Ok(());
        }
        let sources = self.scope.sources;
        self.changed.set(true);
        let mut set = |field, text: &Text, mark| {
            // A field that is made is a string; one that is there keeps its style.
            let value = match map.get(field) {
                Some(present) => in_style_of(present, text.clone(), sources),
                None => Value::String(text.clone()),
            };
            map.insert(Text::literal(field), Node::new(value, mark));
        };
        set("name", &new.name, new.name_mark);
        if !new.namespace.is_empty() {
            set("namespace", &new.namespace, new.namespace_mark);
        }
        Ok(())
    }

    /// Picks the object that a name means; `None` where there is none that is known.
    fn find(
        &self,
        name: &str,
        reference: usize,
        of_role: bool,
        mark: Mark,
        wanted: impl Fn(usize) -> bool,
        same: impl Fn(&Today, &Today) -> bool,
    ) -> Result<Option<usize>, Mistake> {
        let target = self.scope.references[reference].gvk();
        let role = self.role.as_ref().filter(|_| of_role);
        let role = role.map(|(group, kind)| Gvk { group, version: "", kind });
        let candidates = self.scope.resources.candidates(name);
        let mut found: Vec<usize> = Vec::new();
        for at in candidates {
            let previous = || self.previous(at);
            if self.is_near(at)
                && wanted(at)
                && previous().any(|(old, _)| old == name)
                && previous().any(|(_, gvk)| gvk.is_selected(&target))
                && role.is_none_or(|role| previous().any(|(_, gvk)| gvk.is_selected(&role)))
                && self.is_in_same_namespace(at)
            {
                found.push(at);
            }
        }
        if let [only] = found.as_slice() {
            return Ok(Some(*only));
        }
        found.retain(|at| self.same_affixes(*at, true));
        if found.len() > 1 {
            found.retain(|at| self.same_affixes(*at, false));
        }
        let Some((first, others)) = found.split_first() else { return Ok(None) };
        let today = &self.scope.today;
        if others.iter().all(|at| same(&today[*first], &today[*at])) {
            return Ok(Some(*first));
        }
        let message = format!("`{name}` may mean {} objects", found.len());
        Err(Mistake {
            candidates: found.into_iter().take(4).collect(),
            help: "give the objects different names, or name the namespace",
            ..Mistake::new("ambiguous-reference", message, mark)
        })
    }

    /// Iterates over the names and kinds that an object had before.
    fn previous(&self, at: usize) -> impl Iterator<Item = (&'a str, Gvk<'a>)> {
        let today = &self.scope.today[at];
        let resource = self.scope.resources.get(at);
        resource.previous_names_and_kinds().map(move |(name, kind)| {
            (name, Gvk { kind, ..Gvk::new(&today.api_version, &today.kind) })
        })
    }

    fn first_namespace(&self, at: usize) -> &'a str {
        match self.scope.resources.get(at).first_namespace() {
            Some(namespace) => namespace,
            None => self.scope.today[at].effective_namespace(),
        }
    }

    fn first_namespaces(&self) -> HashMap<Text, Vec<usize>> {
        let mut namespaces: HashMap<Text, Vec<usize>> = HashMap::new();
        for at in 0..self.scope.resources.len() {
            namespaces.entry(self.first_namespace(at).into()).or_default().push(at);
        }
        namespaces.remove(NO_NAMESPACE);
        namespaces
    }

    /// Returns whether an object is one that the referrer could name: of no namespace, of the same one, or of one that it
    /// binds accounts of.
    fn is_near(&self, at: usize) -> bool {
        let (from, to) = (&self.scope.today[self.referrer], &self.scope.today[at]);
        from.cluster_scoped
            || to.cluster_scoped
            || from.effective_namespace() == to.effective_namespace()
            || self.bound.contains(&to.namespace)
    }

    fn is_in_same_namespace(&self, at: usize) -> bool {
        let (from, to) = (&self.scope.today[self.referrer], &self.scope.today[at]);
        from.cluster_scoped
            || to.cluster_scoped
            || to.kind == *"ServiceAccount"
            || from.effective_namespace() == to.effective_namespace()
    }

    fn same_affixes(&self, at: usize, empty_matches: bool) -> bool {
        let (from, to) = (self.scope.resources.get(self.referrer), self.scope.resources.get(at));
        let same = |a: &[Text], b: &[Text]| {
            (empty_matches && (a.is_empty() || b.is_empty())) || end_alike(a, b)
        };
        same(from.prefixes(), to.prefixes()) && same(from.suffixes(), to.suffixes())
    }
}

/// Returns whether the shorter list is the end of the longer; an empty one only is of an empty one.
fn end_alike(a: &[Text], b: &[Text]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() { long.is_empty() } else { long.ends_with(short) }
}
