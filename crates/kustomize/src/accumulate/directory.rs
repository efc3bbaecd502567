use std::rc::Rc;

use tidegate_source::{Diagnostic, Label, Mark, Span, nearest};

use super::{Accumulator, Engine, Failed, Frame};
use crate::decode::Written;
use crate::files::FileError;
use crate::kustomization::{FILE_NAMES, Kind, Kustomization};
use crate::loader::{Content, Root, configuration};
use crate::path;
use crate::provenance::join;
use crate::resources::{Arriving, Resources};
use crate::schema::Schema;
use crate::text::listed;

/// How many kustomizations may lead to one another.
const MAX_DEPTH: usize = 200;

impl Engine<'_> {
    /// Reads the kustomization file of a folder.
    pub(super) fn load(&mut self, root: &Root) -> Result<Rc<Kustomization>, Failed> {
        if let Some(known) = self.kustomizations.get(&root.real) {
            return Ok(Rc::clone(known));
        }
        let mut found = Vec::new();
        for name in FILE_NAMES {
            if let Some(Ok(content)) = self.loader.optional(root, name) {
                found.push((name, content));
            }
        }
        let named = self.frames.last().map_or(Mark::NONE, |frame| frame.named);
        let (name, content) = match found.as_slice() {
            [only] => only,
            [] => {
                let mistake = self.missing(root, named);
                self.report([mistake]);
                return Err(Failed);
            }
            several => {
                let all: Vec<&str> = several.iter().map(|(name, _)| *name).collect();
                let message = format!("`{}` has {}", folder_name(root), listed(&all, "and"));
                let mut mistake = Diagnostic::error("several-kustomizations", message);
                if named.is_some() {
                    mistake = mistake.at(Label::new(named, "named here"));
                }
                for (_, content) in several {
                    if let Content::Text(loaded) = content {
                        let start = Mark::new(loaded.id, Span::new(0, 0));
                        mistake = mistake.at(Label::new(start, "one of them"));
                    }
                }
                let mistake = mistake.help("keep one of them");
                self.report([mistake]);
                return Err(Failed);
            }
        };
        let Content::Text(loaded) = content else {
            let message = format!("`{}/{name}` is not UTF-8 text", root.display);
            let mistake = Diagnostic::error("not-utf8", message).help("save the file as UTF-8");
            let named = named.is_some().then(|| Label::new(named, "named here"));
            self.report([named.into_iter().fold(mistake, Diagnostic::at)]);
            return Err(Failed);
        };
        let node = configuration(loaded);
        let mut node = self.settle(node)?.unwrap_or_default();
        if node.is_null() {
            node.mark = loaded.mark();
        }
        let (kustomization, found) = Kustomization::decode(&node, name);
        let n_mistakes = self.mistakes.len();
        self.report(found);
        if self.mistakes.len() > n_mistakes {
            return Err(Failed);
        }
        self.roles().kustomization(&kustomization);
        let kustomization = Rc::new(kustomization);
        if self.share {
            self.kustomizations.insert(Rc::clone(&root.real), Rc::clone(&kustomization));
        }
        Ok(kustomization)
    }

    #[inline(never)]
    fn missing(&self, root: &Root, named: Mark) -> Diagnostic {
        let message = format!("`{}` has no kustomization file", folder_name(root));
        let mistake =
            Diagnostic::error("no-kustomization", message).at(Label::new(named, "named here"));
        let present = self.loader.names(root);
        let similar = present.iter().find_map(|name| nearest(name, FILE_NAMES).map(|_| name));
        match similar {
            // It is listed, and can't be opened.
            Some(name) if FILE_NAMES.contains(&&**name) => mistake.help(format!(
                "`{name}` is there and is no file: where it is a link, mend its target"
            )),
            Some(name) => mistake.help(format!("rename `{name}` to `kustomization.yaml`")),
            None => mistake.help("a kustomization file is called `kustomization.yaml`"),
        }
    }

    /// Reads the schema that a kustomization names. The first one that is named in a build counts.
    #[inline(never)]
    pub(super) fn set_schema(
        &mut self,
        root: &Root,
        kustomization: &Kustomization,
    ) -> Result<(), Failed> {
        let field = |name: &str| {
            kustomization.openapi.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
        };
        let (path, version) = (field("path"), field("version"));
        let document = match path {
            Some(path) => {
                let outcome = self.document(root, path);
                Some(self.settle(outcome)?)
            }
            None => None,
        };
        if self.schema_is_set {
            return Ok(());
        }
        match (document, version) {
            (Some(_), Some(version)) => {
                let mistake =
                    Diagnostic::error("openapi", "`path` and `version` can't be given together")
                        .at(Label::new(version.mark, ""))
                        .help("remove one of the two");
                self.report([mistake]);
                Err(Failed)
            }
            (Some(document), None) => {
                let given = Schema::given(&document, self.beside).map_err(|it| vec![*it]);
                self.schema = self.settle(given)?;
                self.schema_is_set = true;
                Ok(())
            }
            (None, Some(version)) if !version.is_empty() && &**version != "v1.21.2" => {
                let message = format!("the schema of Kubernetes `{}` is not built in", &**version);
                let mistake = Diagnostic::error("openapi", message)
                    .at(Label::new(version.mark, ""))
                    .help("write `version: v1.21.2`, or name a file with `path`");
                self.report([mistake]);
                Err(Failed)
            }
            (None, version) => {
                self.schema_is_set = version.is_some_and(|it| !it.is_empty());
                Ok(())
            }
        }
    }

    /// Builds the kustomization of a folder that another one names.
    pub(super) fn base(
        &mut self,
        root: &Root,
        written: &Written,
        component: bool,
        accumulator: &mut Accumulator,
    ) -> Result<(), Failed> {
        let sub = self.sub_root(root, written).map_err(|mistake| {
            self.report([mistake]);
            Failed
        })?;
        let around = self.origin.clone();
        self.origin = around.as_ref().map(|folder| join(folder, written));
        self.frames.push(Frame { root: sub.clone(), named: written.mark });
        let outcome = self.sub(&sub, component, accumulator, written);
        self.frames.pop();
        self.origin = around;
        outcome
    }

    fn sub(
        &mut self,
        root: &Root,
        component: bool,
        accumulator: &mut Accumulator,
        written: &Written,
    ) -> Result<(), Failed> {
        let key = (Rc::clone(&root.real), self.origin.clone(), self.beside);
        if !component && let Some((known, beside)) = self.bases.get(&key) {
            let known = Rc::clone(known);
            self.beside = *beside;
            let merged = self.merge(accumulator, (*known).clone(), written);
            return merged;
        }
        let kustomization = self.load(root)?;
        self.set_schema(root, &kustomization)?;
        let wanted = if component { Kind::Component } else { Kind::Kustomization };
        if kustomization.kind != wanted {
            let (message, help) = if component {
                let message = format!("`{}` is not a component", &**written);
                (message, "name it under `resources`, or give it `kind: Component`")
            } else {
                (format!("`{}` is a component", &**written), "name it under `components`")
            };
            let mistake = Diagnostic::error("wrong-kind", message)
                .at(Label::new(written.mark, "named here"))
                .help(help);
            self.report([mistake]);
            return Err(Failed);
        }
        if component {
            let before = std::mem::replace(accumulator, Accumulator::new());
            *accumulator = self.accumulate(root, &kustomization, before)?;
            return self.distinct(&accumulator.resources, written);
        }
        let built = self.accumulate(root, &kustomization, Accumulator::new())?;
        if self.share && !self.schema_is_set {
            let built = Rc::new(built);
            self.bases.insert(key, (Rc::clone(&built), self.beside));
            return self.merge(accumulator, (*built).clone(), written);
        }
        self.merge(accumulator, built, written)
    }

    /// Refuses two objects of one identity behind the transformers of a component, also where what comes later would
    /// take one of them away.
    fn distinct(&mut self, resources: &Resources, written: &Written) -> Result<(), Failed> {
        if !self.may_clash || !resources.may_repeat() {
            return Ok(());
        }
        let behind = || format!("behind the component `{}`", &**written);
        let Some(mistake) = resources.clash("duplicate-id", behind) else { return Ok(()) };
        let help = "give them different names, or remove one of them in the component";
        self.report([mistake.help(help)]);
        Err(Failed)
    }

    /// Adds what a base has to what was gathered.
    #[inline(never)]
    fn merge(
        &mut self,
        accumulator: &mut Accumulator,
        other: Accumulator,
        written: &Written,
    ) -> Result<(), Failed> {
        let distinct = !other.resources.may_repeat();
        let appended = if distinct && accumulator.resources.len() == 0 {
            accumulator.resources = other.resources;
            Ok(())
        } else {
            let list = other.resources.into_list().into_iter().map(Arriving::new);
            self.append(&mut accumulator.resources, list, written)
        };
        let merged = accumulator
            .config
            .merge(&other.config)
            .map_err(|it| vec![it.explain(Label::new(written.mark, ""))]);
        let merged = self.settle(merged);
        let mut mistakes = Vec::new();
        for var in other.vars.values() {
            mistakes.extend(crate::vars::add(&mut accumulator.vars, var).err());
        }
        let vars = self.settle(if mistakes.is_empty() { Ok(()) } else { Err(mistakes) });
        appended.and(merged).and(vars)
    }

    /// Finds the folder that a kustomization names, if it may be named there.
    #[inline(never)]
    fn sub_root(&mut self, root: &Root, written: &Written) -> Result<Root, Diagnostic> {
        let label = Label::new(written.mark, "named here");
        let path: &str = written;
        if path.is_empty() {
            let mistake = Diagnostic::error("empty-path", "the path is empty").at(label);
            return Err(mistake.help("remove the entry"));
        }
        if path.starts_with('/') {
            let message = format!("the folder `{path}` is given by an absolute path");
            let mistake = Diagnostic::error("absolute-path", message).at(label);
            return Err(mistake.help("write the path as seen from the kustomization's folder"));
        }
        let odd = |part: &str| part != ".." && part.contains("..");
        if path.split('/').any(odd) {
            let message = format!("the path `{path}` has a part with `..` in it");
            let mistake = Diagnostic::error("ambiguous-path", message).at(label);
            return Err(
                mistake.help("check the indentation: two entries of the list may have become one")
            );
        }
        let sub = self.loader.root_below(root, path).map_err(|error| match error {
            FileError::NotAFolder => {
                let message = format!("`{path}` is a file, not a folder");
                let mistake = Diagnostic::error("not-a-folder", message).at(label.clone());
                mistake.help("name files under `resources`")
            }
            FileError::NotFound => {
                let message = format!("there is no file or folder `{path}`");
                let mistake = Diagnostic::error("file-not-found", message).at(label.clone());
                mistake.help(self.loader.instead(root, path))
            }
            error => {
                let message = format!("the folder `{path}` can't be read: {error}");
                Diagnostic::error("file-unreadable", message).at(label.clone())
            }
        })?;
        let cycle = self.frames.iter().find(|frame| path::is_within(&frame.root.real, &sub.real));
        if let Some(frame) = cycle {
            let message = if frame.root.real == sub.real {
                format!("`{path}` leads back to `{}`, which is being built", frame.root.display)
            } else {
                format!("`{path}` holds `{}`, which is being built", frame.root.display)
            };
            let mistake = Diagnostic::error("cycle", message).at(label);
            return Err(mistake.help("a kustomization can't name itself or a folder around it"));
        }
        if self.frames.len() >= MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} kustomizations lead to one another");
            return Err(Diagnostic::error("too-deep", message).at(label));
        }
        Ok(sub)
    }
}

/// Returns the name of a kustomization's folder for a message.
fn folder_name(root: &Root) -> &str {
    if root.display.is_empty() { "." } else { &root.display }
}
