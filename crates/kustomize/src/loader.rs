//! Loading: paths seen from a kustomization's folder, each file read once, every refusal with a place and a mend.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use tidegate_object::{Node, Reading, Text, Value, from_yaml};
use tidegate_source::{Diagnostic, Label, Mark, SourceId, Sources, Span, nearest};
use tidegate_yaml::{Kind, Stream, Style};

use crate::decode::Written;
use crate::files::{FileError, Files};
use crate::go_json;
use crate::parallel::in_parallel;
use crate::path;
use crate::pieces;
use crate::text::unfolded_from;

/// Which files a kustomization may name besides other kustomizations.
///
/// ```
/// use tidegate_kustomize::{LoadRestriction, Memory, Options, build};
///
/// let files = Memory::from_iter([
///     ("prod/kustomization.yaml", "resources: [../common/hub.yaml]\n"),
///     ("common/hub.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: hub}\n"),
/// ]);
/// let builds = |load_restriction| build(&files, "prod", &Options { load_restriction, ..Options::default() }).is_ok();
/// assert!(builds(LoadRestriction::None) && !builds(LoadRestriction::RootOnly));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoadRestriction {
    /// Only files in or below its own folder, links followed.
    #[default]
    RootOnly,
    /// Any file.
    None,
}

/// The folder of a kustomization.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    /// The real path.
    pub(crate) real: Rc<str>,
    /// The path in the words of the user.
    pub(crate) display: Rc<str>,
}

/// A text that was read.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub(crate) id: SourceId,
    pub(crate) text: Arc<Arc<str>>,
}

impl Loaded {
    /// Returns the whole text as a value, without copying it.
    pub(crate) fn whole(&self) -> Text {
        Text::part(&self.text, 0..self.text.len()).unwrap_or_else(|| Text::from(&**self.text))
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark::new(self.id, Span::from_range(0..self.text.len()))
    }
}

/// A text that was read ahead, and what was made of its documents where they could be read.
pub(crate) struct ReadAhead<T> {
    pub(crate) loaded: Loaded,
    pub(crate) made: Option<T>,
}

/// A file that will be asked for.
struct Upcoming {
    /// What its content is [kept under](key).
    key: String,
    display: Arc<str>,
    /// Its place in the list that is read.
    listed: Option<usize>,
    /// Whether its documents will be asked for.
    documents: bool,
}

/// The content of a file.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Text(Loaded),
    Binary(Rc<[u8]>),
}

/// Reads files and keeps what it has read.
pub(crate) struct Loader<'f> {
    files: &'f dyn Files,
    pub(crate) sources: Sources,
    restriction: LoadRestriction,
    folders: HashMap<String, Result<Rc<str>, FileError>>,
    contents: HashMap<String, Content>,
    documents: HashMap<SourceId, Rc<Vec<Node>>>,
    /// What will be asked for, and was not read yet.
    expected: Vec<Upcoming>,
    /// Whether files are asked for again, by another overlay.
    keep: bool,
}

impl<'f> Loader<'f> {
    pub(crate) fn new(files: &'f dyn Files, restriction: LoadRestriction, keep: bool) -> Self {
        Self {
            files,
            sources: Sources::new(),
            restriction,
            folders: HashMap::new(),
            contents: HashMap::new(),
            documents: HashMap::new(),
            expected: Vec::new(),
            keep,
        }
    }

    /// Returns the table of what was read; it is gone where no other build follows.
    pub(crate) fn take_sources(&mut self) -> Sources {
        if self.keep { self.sources.clone() } else { std::mem::take(&mut self.sources) }
    }

    /// Returns the real paths of the files that were read.
    pub(crate) fn files_read(&self) -> BTreeSet<String> {
        let path = |key: &String| of_key(key).0.to_owned();
        self.contents.keys().map(path).collect()
    }

    /// Returns the real path of a folder.
    pub(crate) fn folder(&mut self, path: &str) -> Result<Rc<str>, FileError> {
        if let Some(known) = self.folders.get(path) {
            return known.clone();
        }
        let found: Result<Rc<str>, FileError> = self.files.folder(path).map(Rc::from);
        if let Ok(real) = &found
            && **real != *path
        {
            // A real path is its own.
            self.folders.insert(real.to_string(), found.clone());
        }
        self.folders.insert(path.to_owned(), found.clone());
        found
    }

    /// Returns the folder that a kustomization names.
    pub(crate) fn root_below(&mut self, root: &Root, path: &str) -> Result<Root, FileError> {
        let real = self.folder(&path::join(&root.real, path))?;
        Ok(Root { real, display: path::join(&root.display, path).into() })
    }

    /// Reads a file that a kustomization names.
    pub(crate) fn content(
        &mut self,
        root: &Root,
        written: &Written,
    ) -> Result<Content, Diagnostic> {
        self.read(root, written).map_err(|error| self.refusal(root, written, &error))
    }

    /// Reads a text that a kustomization names.
    pub(crate) fn text(&mut self, root: &Root, written: &Written) -> Result<Loaded, Diagnostic> {
        match self.content(root, written)? {
            Content::Text(loaded) => Ok(loaded),
            Content::Binary(_) => Err(not_utf8(written)),
        }
    }

    /// Reads a file; `None` where there is no such file.
    pub(crate) fn optional(
        &mut self,
        root: &Root,
        name: &str,
    ) -> Option<Result<Content, FileError>> {
        let written = Written { text: Text::from(name), mark: Mark::NONE };
        match self.read(root, &written) {
            Err(FileError::NotFound | FileError::NotAFile | FileError::NotAFolder) => None,
            other => Some(other),
        }
    }

    /// Reads a file that a kustomization names; the reason alone where that fails.
    pub(crate) fn read(&mut self, root: &Root, written: &Written) -> Result<Content, FileError> {
        let full = self.full_path(root, written)?;
        let within = self.within(root);
        let key = key(&full, within);
        if let Some(content) = self.contents.get(&key) {
            return Ok(content.clone());
        }
        let bytes = self.files.read(&full, within)?;
        let content = match String::from_utf8(bytes) {
            Ok(text) => Content::Text(self.add_text(root, written, text)),
            Err(error) => Content::Binary(error.into_bytes().into()),
        };
        self.contents.insert(key, content.clone());
        Ok(content)
    }

    /// Returns the path of a file: the real path of its folder, and its name.
    fn full_path(&mut self, root: &Root, written: &str) -> Result<String, FileError> {
        if path::is_name(written) && &*root.real != "." {
            return Ok(path::join(&root.real, written));
        }
        let wanted = path::resolve(&root.real, written);
        let (folder, name) = path::split(&wanted);
        let real = self.folder(folder)?;
        Ok(if &*real == "." { name.to_owned() } else { path::join(&real, name) })
    }

    /// Returns the folder that files have to be in.
    fn within<'r>(&self, root: &'r Root) -> Option<&'r str> {
        match self.restriction {
            LoadRestriction::RootOnly => Some(&root.real),
            LoadRestriction::None => None,
        }
    }

    fn add_text(&mut self, root: &Root, written: &str, text: String) -> Loaded {
        let text: Arc<Arc<str>> = Arc::new(text.into());
        let id = self.sources.add(display(&root.display, written), Arc::clone(&*text));
        Loaded { id, text }
    }

    /// Returns whether documents are asked for again, by another overlay.
    pub(crate) const fn keeps(&self) -> bool {
        self.keep
    }

    /// Notes a file that will be asked for: it is read with the next long list.
    pub(crate) fn expect(&mut self, root: &Root, written: &Written, documents: bool) {
        let file = self.upcoming(root, written, None, documents);
        self.expected.extend(file);
    }

    /// Forgets what was to be read with a long list: there was none.
    pub(crate) fn expect_nothing(&mut self) {
        self.expected.clear();
    }

    /// Finds a file that is not read yet.
    fn upcoming(
        &mut self,
        root: &Root,
        written: &Written,
        listed: Option<usize>,
        documents: bool,
    ) -> Option<Upcoming> {
        if is_url(written) {
            return None;
        }
        let path = self.full_path(root, written).ok()?;
        let key = key(&path, self.within(root));
        if self.contents.contains_key(&key) {
            return None;
        }
        let display = display(&root.display, written).into();
        Some(Upcoming { key, display, listed, documents })
    }

    /// Reads the files of a long list ahead, and makes something of the documents of each, by as many threads as there are
    /// processors; nothing for a short list. What can't be read or made is left alone: whoever asks for it is told.
    pub(crate) fn read_ahead<T: Send>(
        &mut self,
        root: &Root,
        list: &[Written],
        convert: impl Fn(Vec<Node>) -> Option<T> + Sync,
    ) -> Vec<Option<ReadAhead<T>>> {
        if list.len() < LONG_LIST {
            return Vec::new();
        }
        let mut wanted: Vec<Upcoming> = Vec::with_capacity(list.len() + self.expected.len());
        for (nth, written) in list.iter().enumerate() {
            wanted.extend(self.upcoming(root, written, Some(nth), true));
        }
        wanted.append(&mut self.expected);
        let wanted: Vec<_> = wanted.into_iter().enumerate().collect();
        let (files, sources) = (self.files, &self.sources);
        let portion = (wanted.len() / PORTIONS).clamp(LEAST, MOST);
        let read = in_parallel(&wanted, portion, |(before, it)| {
            let (path, within) = of_key(&it.key);
            let text = String::from_utf8(files.read(path, within).ok()?).ok()?;
            let loaded = Loaded { id: sources.upcoming(*before), text: Arc::new(text.into()) };
            let documents = if it.documents { documents(&loaded).ok() } else { None };
            Some(match it.listed {
                Some(_) => (loaded, documents.and_then(&convert), None),
                None => (loaded, None, documents),
            })
        });
        let mut ahead: Vec<Option<ReadAhead<T>>> = Vec::new();
        ahead.resize_with(list.len(), || None);
        self.contents.reserve(wanted.len());
        for ((_, it), read) in wanted.into_iter().zip(read) {
            let Some((loaded, made, documents)) = read else {
                // The names of those behind it are given already: this one stays without a text.
                self.sources.add("", "");
                continue;
            };
            self.sources.add(it.display, Arc::clone(&*loaded.text));
            // One that is listed twice is there already.
            if self.contents.contains_key(&it.key) {
                continue;
            }
            self.contents.insert(it.key, Content::Text(loaded.clone()));
            if let Some(documents) = documents {
                self.keep_documents(loaded.id, documents);
            }
            if let Some(place) = it.listed.and_then(|nth| ahead.get_mut(nth)) {
                *place = Some(ReadAhead { loaded, made });
            }
        }
        ahead
    }

    /// Reads the files of a long list ahead, for when their documents are asked for.
    pub(crate) fn keep_ahead(&mut self, root: &Root, list: &[Written]) {
        for ReadAhead { loaded, made } in self.read_ahead(root, list, Some).into_iter().flatten() {
            if let Some(documents) = made {
                self.keep_documents(loaded.id, documents);
            }
        }
    }

    /// Keeps documents that were read ahead, for whoever asks for them next.
    pub(crate) fn keep_documents(&mut self, text: SourceId, documents: Vec<Node>) {
        self.documents.insert(text, Rc::new(documents));
    }

    /// Reads the documents of a text as resources: those that hold nothing are left out.
    pub(crate) fn documents(&mut self, loaded: &Loaded) -> Result<Rc<Vec<Node>>, Vec<Diagnostic>> {
        let known = if self.keep {
            self.documents.get(&loaded.id).map(Rc::clone)
        } else {
            self.documents.remove(&loaded.id)
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let documents = Rc::new(documents(loaded)?);
        if self.keep {
            self.documents.insert(loaded.id, Rc::clone(&documents));
        }
        Ok(documents)
    }

    /// Explains why a file that a kustomization names is not read.
    pub(crate) fn refusal(&self, root: &Root, written: &Written, error: &FileError) -> Diagnostic {
        let label = Label::new(written.mark, "named here");
        let name = &**written;
        match error {
            FileError::NotFound | FileError::NotAFolder if is_url(name) => not_fetched(written),
            FileError::NotFound | FileError::NotAFolder => {
                let mistake =
                    Diagnostic::error("file-not-found", format!("the file `{name}` does not exist"))
                        .at(label);
                mistake.help(self.instead(root, written))
            }
            FileError::NotAFile => {
                Diagnostic::error("not-a-file", format!("`{name}` is not a file")).at(label)
            }
            FileError::Outside { .. } => {
                Diagnostic::error(
                    "outside-root",
                    format!("the file `{name}` is not in or below `{}`", root.display),
                )
                .at(label)
                .help("move the file below the kustomization's folder, or lift the restriction with `--load-restrictor LoadRestrictionsNone`")
            }
            _ => Diagnostic::error("file-unreadable", format!("the file `{name}` can't be read: {error}"))
                .at(label),
        }
    }

    /// Returns the names in a kustomization's folder, sorted.
    pub(crate) fn names(&self, root: &Root) -> Vec<String> {
        let mut names = self.files.names(&root.real);
        names.sort();
        names
    }

    /// Says what to write instead of a path that does not exist.
    pub(crate) fn instead(&self, root: &Root, written: &str) -> String {
        if let Some(similar) = self.similar(root, written) {
            return format!("there is a `{similar}`");
        }
        let folder = match &*root.display {
            "" => "the kustomization's folder".to_owned(),
            display => format!("the kustomization's folder, `{display}`"),
        };
        format!("make the file, or mend the path, which is taken from {folder}")
    }

    /// Returns the path that is most like one that does not exist: it differs in one part, the first that is wrong.
    fn similar(&self, root: &Root, written: &str) -> Option<String> {
        if written.starts_with('/') {
            return None;
        }
        let mut right = String::new();
        let mut parts = written.trim_end_matches('/').split('/').peekable();
        while let Some(part) = parts.next() {
            let folder = path::resolve(&root.real, if right.is_empty() { "." } else { &right });
            let mut names = self.files.names(&folder);
            names.sort();
            let is_there = names.iter().any(|name| name == part);
            if matches!(part, "" | "." | "..") || (is_there && parts.peek().is_some()) {
                right = right + part + "/";
                continue;
            }
            let similar = nearest(part, names.iter().map(String::as_str).filter(|it| *it != part))?;
            let rest: Vec<&str> = std::iter::once("").chain(parts).collect();
            return Some(right + similar + &rest.join("/"));
        }
        None
    }
}

/// Returns the path of a file in the words of the user.
fn display(folder: &str, written: &str) -> String {
    if written.starts_with('/') { path::clean_path(written) } else { path::join(folder, written) }
}

/// Explains that what lies on the network is left there.
pub(crate) fn not_fetched(written: &Written) -> Diagnostic {
    let message = format!("`{}` is not on this machine, and nothing is fetched", &**written);
    Diagnostic::error("remote-resource", message)
        .at(Label::new(written.mark, "asked for here"))
        .help("fetch it beforehand, keep the copy in the repository, and name the copy here")
}

/// Explains that a file holds no text.
pub(crate) fn not_utf8(written: &Written) -> Diagnostic {
    Diagnostic::error("not-utf8", format!("the file `{}` is not UTF-8 text", &**written))
        .at(Label::new(written.mark, "named here"))
        .help("save the file as UTF-8")
}

/// Lists from this length on are read by several threads: below it, starting them costs more than they bring.
const LONG_LIST: usize = 48;

/// A thread takes so many files at a time that there are about so many portions: none waits long for another at the end.
const PORTIONS: usize = 32;
const LEAST: usize = 4;
const MOST: usize = 16;

/// Returns whether an entry names a place on the network, where nothing is looked for.
pub(crate) fn is_url(written: &str) -> bool {
    written.starts_with("http://") || written.starts_with("https://")
}

/// What the content of a file is kept under: its path, and the folder that it had to be in.
fn key(full: &str, within: Option<&str>) -> String {
    [full, "\0", within.unwrap_or_default()].concat()
}

/// Returns the path of a file and the folder that it had to be in.
fn of_key(key: &str) -> (&str, Option<&str>) {
    let (path, within) = key.split_once('\0').unwrap_or((key, ""));
    (path, Some(within).filter(|it| !it.is_empty()))
}

/// Reads the documents of a text as kustomize divides it.
pub(crate) fn documents(loaded: &Loaded) -> Result<Vec<Node>, Vec<Diagnostic>> {
    let (stream, errors) = Stream::parse_what_can_be(&loaded.text);
    if !errors.is_empty()
        && let Some(text) = pieces::readable(&loaded.text)
    {
        return documents(&Loaded { id: loaded.id, text: Arc::new(Arc::from(text)) });
    }
    let mut mistakes: Vec<Diagnostic> =
        errors.iter().map(|error| error.to_diagnostic(loaded.id)).collect();
    let mut documents = Vec::with_capacity(stream.documents().len());
    for (nth, document) in stream.documents().enumerate() {
        if nth == 0 && document.is_explicit() {
            mistakes.extend(directive(loaded, document.span()));
        }
        if nth > 0 {
            // A document without `---` can only follow a line `...`, and what follows that is not looked at.
            if !document.is_explicit() {
                continue;
            }
            mistakes.extend(text_behind_separator(loaded, document.span()));
        }
        match from_yaml(document.root(), loaded.id, &loaded.text, Reading::Resource) {
            Ok(node) => documents.push(node),
            Err(found) => mistakes.extend(found),
        }
    }
    let alone = documents.len() == 1;
    for document in &mut documents {
        unfold_items(document, alone, loaded);
    }
    if mistakes.is_empty() { Ok(documents) } else { Err(mistakes) }
}

/// Takes back what printing makes of folded texts in a list of objects. The items of a list that is alone in its file and
/// just a `List` are read like other objects, of which annotations alone lose their style; those of other lists are read
/// as JSON.
///
/// Source: kyaml's `ByteReader.Read`, and `inlineAnyEmbeddedLists` in kustomize's `api/resource/factory.go`.
fn unfold_items(document: &mut Node, alone: bool, loaded: &Loaded) {
    let kind = document.get("kind").and_then(Node::as_str).unwrap_or_default();
    if !kind.ends_with("List") {
        return;
    }
    let annotations_only = alone && matches!(kind, "List" | "ResourceList");
    let items = document.at_mut(&["items"]).map(|it| &mut it.value);
    let Some(Value::List(items)) = items else { return };
    for item in items {
        if !annotations_only {
            unfold(item, loaded);
        } else if let Some(annotations) = item.at_mut(&["metadata", "annotations"]) {
            unfold(annotations, loaded);
        }
    }
}

fn unfold(node: &mut Node, loaded: &Loaded) {
    match &mut node.value {
        Value::String(text) => {
            if let Some(read) = unfolded_from(text, node.mark.span.of(&loaded.text)) {
                *text = read;
            }
        }
        Value::Map(map) => map.entries_mut().iter_mut().for_each(|it| unfold(&mut it.node, loaded)),
        Value::List(items) => items.iter_mut().for_each(|it| unfold(it, loaded)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A directive and the document that it is for end up in different pieces of the text.
fn directive(loaded: &Loaded, document: Span) -> Option<Diagnostic> {
    let line = loaded.text.get(document.range())?.lines().next()?;
    let start = document.range().start;
    let place = Mark::new(loaded.id, Span::from_range(start..start + line.len()));
    line.starts_with('%').then(|| {
        Diagnostic::error("document-separator", "a directive in front of `---`")
            .at(Label::new(place, "Kustomize cuts the text behind it, and finds no document"))
            .help("remove the directive")
    })
}

/// A line that divides two documents holds nothing else but a comment.
fn text_behind_separator(loaded: &Loaded, span: Span) -> Option<Diagnostic> {
    let rest = loaded.text.get(span.start as usize..)?;
    let at = rest.find("---")?;
    let line = rest[at + 3..].split('\n').next()?;
    let behind = line.trim();
    if behind.is_empty() || behind.starts_with('#') || !rest[at + 3..].contains('\n') {
        return None;
    }
    let start = span.start as usize + at + 3 + (line.len() - line.trim_start().len());
    let mark = Mark::new(loaded.id, Span::from_range(start..start + behind.len()));
    let mistake = Diagnostic::error("document-separator", "text behind a document separator")
        .at(Label::new(mark, ""))
        .help("begin the document on the next line");
    Some(mistake)
}

/// Reads the first document of a text as the tools read their own configuration; `None` where there is none.
pub(crate) fn configuration(loaded: &Loaded) -> Result<Option<Node>, Vec<Diagnostic>> {
    let (stream, errors) = Stream::parse_what_can_be(&loaded.text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| error.to_diagnostic(loaded.id)).collect());
    }
    let Some(root) = stream.root() else { return Ok(None) };
    from_yaml(root, loaded.id, &loaded.text, Reading::Configuration).map(Some)
}

/// Reads the first document of a file of configuration: no key may stand twice, and what follows is not looked at.
pub(crate) fn configuration_file(loaded: &Loaded) -> Result<Option<Node>, Vec<Diagnostic>> {
    let (stream, errors) = Stream::parse_what_can_be(&loaded.text);
    if !errors.is_empty()
        && let Some(text) = pieces::first_readable(&loaded.text)
    {
        return configuration_file(&Loaded { id: loaded.id, text: Arc::new(Arc::from(text)) });
    }
    let read = stream.root().filter(|_| errors.is_empty());
    if let Some(root) = read
        && let Err(mut mistakes) = from_yaml(root, loaded.id, &loaded.text, Reading::Resource)
    {
        mistakes.retain(|it| it.code == "yaml-duplicate-key");
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
    }
    configuration(loaded)
}

/// Reads the first document of a text as configuration; what begins with `{` has to be JSON.
pub(crate) fn json_or_yaml(loaded: &Loaded) -> Result<Option<Node>, Vec<Diagnostic>> {
    let stream = Stream::parse(&loaded.text).ok().filter(|_| loaded.text.starts_with('{'));
    if let Some(odd) = stream.as_ref().and_then(Stream::root).and_then(not_json) {
        let mistake =
            Diagnostic::error("invalid-schema", "a text that begins with `{` has to be JSON")
                .at(Label::new(Mark::new(loaded.id, odd.span()), "not JSON"))
                .help("put keys and strings in double quotes");
        return Err(vec![mistake]);
    }
    configuration(loaded)
}

/// The operations of a JSON patch.
pub(crate) struct Operations {
    /// The list; `None` where nothing is written.
    pub(crate) node: Option<Node>,
    /// The places in the list of tests whose value is not written as Go's encoder writes it.
    pub(crate) odd_tests: Vec<usize>,
}

/// Reads the operations of a JSON patch. What begins with `[` is JSON, and anything else YAML as the tools read their own
/// configuration.
pub(crate) fn operations(loaded: &Loaded) -> Result<Operations, Vec<Diagnostic>> {
    let mut odd_tests = Vec::new();
    if loaded.text.starts_with('[') {
        let stream = Stream::parse(&loaded.text).ok();
        let root = stream.as_ref().and_then(Stream::root);
        if let Some(odd) = root.and_then(not_json) {
            let mark = Mark::new(loaded.id, odd.span());
            let mistake = Diagnostic::error("json-patch", "a text that begins with `[` has to be JSON")
                .at(Label::new(mark, "not JSON"))
                .help("put keys and strings in double quotes, or write the list in lines that begin with `- `");
            return Err(vec![mistake]);
        }
        let is_odd = |operation: tidegate_yaml::Node<'_>| {
            operation.get("op").is_some_and(|it| it.as_str() == "test")
                && operation.get("value").is_some_and(|it| is_odd(it, &loaded.text))
        };
        let items = root.into_iter().flat_map(tidegate_yaml::Node::items).enumerate();
        odd_tests = items.filter(|(_, it)| is_odd(*it)).map(|it| it.0).collect();
    }
    configuration(loaded).map(|node| Operations { node, odd_tests })
}

/// Returns whether some scalar of a JSON text is not written as Go's encoder writes its value.
fn is_odd(node: tidegate_yaml::Node<'_>, text: &str) -> bool {
    match node.kind() {
        Kind::Mapping => node.entries().any(|(_, value)| is_odd(value, text)),
        Kind::Sequence => node.items().any(|item| is_odd(item, text)),
        Kind::Alias => false,
        Kind::Scalar => {
            let (value, written) = (node.as_str(), node.span().of(text));
            let encoded = match node.style() {
                Style::DoubleQuoted => {
                    let mut encoded = String::new();
                    go_json::write_text(&mut encoded, &value);
                    encoded
                }
                _ => match (value.parse::<i64>(), value.parse::<u64>(), value.parse::<f64>()) {
                    (Ok(number), ..) => number.to_string(),
                    (_, Ok(number), _) => number.to_string(),
                    (.., Ok(number)) => tidegate_yaml::json_float(number),
                    _ => return false,
                },
            };
            encoded != written
        }
    }
}

/// Finds a scalar that JSON does not know.
fn not_json(node: tidegate_yaml::Node<'_>) -> Option<tidegate_yaml::Node<'_>> {
    match node.kind() {
        Kind::Mapping => node.entries().find_map(|(key, value)| {
            if key.style() == Style::DoubleQuoted { not_json(value) } else { Some(key) }
        }),
        Kind::Sequence => node.items().find_map(not_json),
        Kind::Alias => Some(node),
        Kind::Scalar => {
            let literal = matches!(&*node.as_str(), "true" | "false" | "null")
                || node.as_str().parse::<f64>().is_ok_and(f64::is_finite);
            let known = match node.style() {
                Style::DoubleQuoted => true,
                Style::Plain => literal,
                _ => false,
            };
            (!known).then_some(node)
        }
    }
}
