use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, Label};

use super::Images;
use crate::fieldspec::{Create, FieldSpec, FieldSpecs, Segment};
use crate::identity::Gvk;
use crate::text::text_of;

/// A kind that the transformer leaves alone, because its fields describe objects and are none.
const IGNORED_KIND: &str = "CustomResourceDefinition";

/// Fields whose lists hold containers, in objects of any kind.
const CONTAINER_LISTS: [&str; 2] = ["containers", "initContainers"];

/// How deep an object may nest.
const MAX_DEPTH: usize = 400;

impl Images {
    /// Kinds whose objects are left as they are.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpecs, ImageEntry, Images, Reading, Specs};
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let mut definition = object("{kind: CustomResourceDefinition, spec: {containers: [{image: hub}]}}").root;
    /// assert!(Images::IGNORED_KINDS.contains(&"CustomResourceDefinition"));
    /// let hub = ImageEntry { name: "hub".into(), new_tag: "1.4.0".into(), ..ImageEntry::default() };
    /// let images = Images::new([hub], Reading::Pattern);
    /// assert_eq!(images.transform(&mut definition, FieldSpecs::builtin(Specs::Images))?, 0);
    /// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
    /// ```
    pub const IGNORED_KINDS: [&'static str; 1] = [IGNORED_KIND];

    /// Applies the entries to an object: to the `image` of everything in a `containers` or `initContainers` list
    /// anywhere, and then to the fields of the specs. Returns how many images the entries were for.
    ///
    /// As in Kustomize, an image that is found in both ways gets each entry twice; that shows with `tagSuffix` alone.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpecs, ImageEntry, Images, Reading};
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let mut pod = object(
    ///     "{apiVersion: v1, kind: Pod, spec: {initContainers: [{image: hub}], containers: [{image: 'hub:1.3.0'}, {image: web}]}}",
    /// ).root;
    /// let hub = ImageEntry { name: "hub".into(), new_tag: "1.4.0".into(), ..ImageEntry::default() };
    /// let images = Images::new([hub], Reading::Pattern);
    /// assert_eq!(images.transform(&mut pod, &FieldSpecs::default())?, 2);
    /// let containers = pod.at(&["spec", "containers"]).and_then(|it| it.as_list()).expect("a list");
    /// assert_eq!(containers[0].get("image").and_then(|it| it.as_str()), Some("hub:1.4.0"));
    /// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - `field-type`: an image is no plain value, a container no mapping, or a field path goes through a plain value.
    /// - `field-path`: a step of a field path has no name.
    /// - `too-deep`: the object nests deeper than 400 levels.
    pub fn transform(
        &self,
        object: &mut Node,
        specs: &FieldSpecs,
    ) -> Result<usize, Box<Diagnostic>> {
        self.walk(object, specs, true)
    }

    /// Applies the entries to the fields of the specs alone.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpec, FieldSpecs, ImageEntry, Images, Reading};
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let mut workflow = object("{kind: Workflow, spec: {image: hub, containers: [{image: hub}]}}").root;
    /// let mut specs = FieldSpecs::default();
    /// specs.push(FieldSpec::new("spec/image"));
    /// let hub = ImageEntry { name: "hub".into(), new_tag: "1.4.0".into(), ..ImageEntry::default() };
    /// // Only what the specs name, and not the containers.
    /// assert_eq!(Images::new([hub], Reading::Pattern).transform_fields(&mut workflow, &specs)?, 1);
    /// assert_eq!(workflow.at(&["spec", "image"]).and_then(|it| it.as_str()), Some("hub:1.4.0"));
    /// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Images::transform`].
    pub fn transform_fields(
        &self,
        object: &mut Node,
        specs: &FieldSpecs,
    ) -> Result<usize, Box<Diagnostic>> {
        self.walk(object, specs, false)
    }

    /// Returns the image texts that [`Images::transform`] would look at.
    pub(crate) fn images_in(
        &self,
        object: &Node,
        specs: &FieldSpecs,
    ) -> Result<Vec<String>, Box<Diagnostic>> {
        let mut object = object.clone();
        let mut seen = Vec::new();
        self.walk_with(&mut object, specs, true, Some(&mut seen))?;
        Ok(seen)
    }

    fn walk(
        &self,
        object: &mut Node,
        specs: &FieldSpecs,
        containers: bool,
    ) -> Result<usize, Box<Diagnostic>> {
        self.walk_with(object, specs, containers, None)
    }

    fn walk_with(
        &self,
        object: &mut Node,
        specs: &FieldSpecs,
        containers: bool,
        seen: Option<&mut Vec<String>>,
    ) -> Result<usize, Box<Diagnostic>> {
        let text = |field: &str| match object.get(field).map(|it| &it.value) {
            Some(Value::String(text)) => text.clone(),
            _ => Text::literal(""),
        };
        let (api_version, kind) = (text("apiVersion"), text("kind"));
        if kind == *IGNORED_KIND || self.entries.is_empty() {
            return Ok(0);
        }
        let specs: Vec<&FieldSpec> = specs.matching(Gvk::new(&api_version, &kind)).collect();
        for spec in specs.iter().filter(|it| it.names_a_place() || it.has_unnamed_step()) {
            spec.visit(object, Create::Never, &mut |_| Ok(()))?;
        }
        let paths: Vec<&[Segment]> = specs.iter().map(|it| it.segments()).collect();
        let mut walk = Walk { images: self, containers, changed: 0, depth: 0, seen };
        walk.node(object, &paths, Place::Elsewhere)?;
        Ok(walk.changed)
    }
}

/// What is known about a node from the fields above it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Elsewhere,
    /// The value of `containers` or `initContainers`.
    Containers,
    /// An element of such a list.
    Container,
    /// The `image` of such an element.
    Image,
}

/// One walk over an object for all entries and all field specs.
struct Walk<'a> {
    images: &'a Images,
    containers: bool,
    changed: usize,
    depth: usize,
    /// Where images are only listed.
    seen: Option<&'a mut Vec<String>>,
}

impl Walk<'_> {
    /// Visits a node; `paths` are what is left of the field paths that lead through it.
    fn node(
        &mut self,
        node: &mut Node,
        paths: &[&[Segment]],
        place: Place,
    ) -> Result<(), Box<Diagnostic>> {
        let found = paths.iter().filter(|it| it.is_empty()).count();
        let times = found + usize::from(place == Place::Image);
        if times > 0 {
            self.image(node, times)?;
        }
        if place == Place::Container && !matches!(node.value, Value::Map(_) | Value::Null) {
            return Err(wrong_type(node, "a container", "a mapping").into());
        }
        if self.depth == MAX_DEPTH {
            let message = format!("an object nests deeper than {MAX_DEPTH} levels");
            return Err(Diagnostic::error("too-deep", message)
                .at(Label::new(node.mark, ""))
                .into());
        }
        self.depth += 1;
        match &mut node.value {
            Value::List(items) if self.containers || paths.len() > found => {
                let open: Vec<&[Segment]> =
                    paths.iter().copied().filter(|it| !it.is_empty()).collect();
                let place = match place {
                    Place::Containers => Place::Container,
                    _ => Place::Elsewhere,
                };
                for item in items {
                    self.node(item, &open, place)?;
                }
            }
            Value::Map(fields) => self.fields(fields, paths, place)?,
            Value::Null | Value::List(_) => {}
            _ if paths.iter().any(|it| !it.is_empty() && !is_of_a_volume(it)) => {
                return Err(wrong_type(node, "a field path goes on here", "a mapping").into());
            }
            _ => {}
        }
        self.depth -= 1;
        Ok(())
    }

    fn fields(
        &mut self,
        fields: &mut Map,
        paths: &[&[Segment]],
        place: Place,
    ) -> Result<(), Box<Diagnostic>> {
        for entry in fields.entries_mut() {
            let mut inner: Vec<&[Segment]> = Vec::new();
            for path in paths {
                let Some((segment, rest)) = path.split_first() else { continue };
                if entry.key != *segment.name() {
                    continue;
                }
                if segment.is_list() && entry.node.is_null() {
                    entry.node.value = Value::List(Vec::new());
                }
                inner.push(rest);
            }
            let is_leaf = !matches!(entry.node.value, Value::Map(_) | Value::List(_));
            let place = if !self.containers {
                Place::Elsewhere
            } else if place == Place::Container && entry.key == *"image" {
                Place::Image
            } else if !is_leaf && CONTAINER_LISTS.iter().any(|it| entry.key == **it) {
                Place::Containers
            } else {
                Place::Elsewhere
            };
            if !inner.is_empty() || place == Place::Image || self.containers && !is_leaf {
                self.node(&mut entry.node, &inner, place)?;
            }
        }
        Ok(())
    }

    fn image(&mut self, node: &mut Node, times: usize) -> Result<(), Box<Diagnostic>> {
        match &node.value {
            Value::Null => return Ok(()),
            Value::List(_) | Value::Map(_) => {
                return Err(wrong_type(node, "an image", "a string").into());
            }
            _ => {}
        }
        let text = text_of(node);
        if let Some(seen) = &mut self.seen {
            seen.push(text.into_owned());
        } else if let Some((new, entry)) = self.images.applied_times(&text, times) {
            *node = Node::new(Value::String(new.into()), self.images.entries[entry].mark);
            self.changed += 1;
        }
        Ok(())
    }
}

/// Returns whether a path goes on from a volume to its image. A `PodSecurityPolicy` has names of kinds in `spec.volumes`:
/// no version of Kustomize before these paths minded, and a plain value holds no image.
fn is_of_a_volume(path: &[Segment]) -> bool {
    matches!(path, [image, reference] if image.name() == "image" && reference.name() == "reference")
}

fn wrong_type(node: &Node, what: &str, wanted: &str) -> Diagnostic {
    let kind = node.value.type_name();
    Diagnostic::error("field-type", format!("{what}: expected {wanted}, found a {kind}"))
        .at(Label::new(node.mark, format!("a {kind}")))
}
