use tidegate_yaml::{Emitter, Kind, Node, Stream};

use super::error::{EditError, EditErrorKind};
use super::image::{Change, ImageEdit, arguments_by_name};
use super::{field, mapping, with_first_field};

/// Carries out `kustomize edit set image ARGUMENTS…` and writes the field `images` as that command does: all entries
/// anew, sorted by name, keys sorted, dashes without indentation. The rest of the text stays as it is.
///
/// Comments and styles inside the field are lost, and of several entries with one name the last stays;
/// [`set_images`](super::set_images) keeps both.
///
/// ```
/// use tidegate_kustomize::edit::images_in_reference_form;
///
/// let text = "images:\n  - newTag: '1.0'\n    name: web # ours\nnamespace: tomoda # too\n";
/// let written = images_in_reference_form(text, &["hub=registry.example/hub:1.4.0"])?;
/// // Sorted, without the comment; what lies outside of the field stays.
/// assert!(written.starts_with("images:\n- name: hub\n  newName: registry.example/hub\n"));
/// assert!(written.ends_with("namespace: tomoda # too\n") && !written.contains("# ours"));
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditErrorKind::Argument`] where there is no argument or one can't be read; [`EditErrorKind::WrongType`] where
/// `images` is no list of mappings; [`EditErrorKind::Syntax`] and [`EditErrorKind::NotAKustomization`] where the text
/// can't be read.
pub fn images_in_reference_form(text: &str, arguments: &[&str]) -> Result<String, EditError> {
    let edits = arguments_by_name(arguments)?;
    let stream = Stream::parse(text)?;
    let root = mapping(&stream)?;
    let present = root.map(|it| field(it, "images")).transpose()?.flatten();
    let mut images: Vec<Image> = Vec::new();
    for item in present.iter().flat_map(|(_, list)| list.items()) {
        let image = Image::read(item)?;
        images.retain(|it| it.name != image.name);
        images.push(image);
    }
    for edit in edits {
        let at = images.iter().position(|it| it.name == edit.name).unwrap_or_else(|| {
            images.push(Image { name: edit.name.clone(), ..Image::default() });
            images.len() - 1
        });
        images[at].change(edit);
    }
    images.sort_by(|a, b| a.name.cmp(&b.name));
    let mut rendered = String::new();
    let mut emitter = Emitter::new(&mut rendered);
    emitter.begin_map();
    emitter.key("images");
    emitter.begin_list();
    for image in &images {
        image.write(&mut emitter);
    }
    emitter.end_list();
    emitter.end_map();
    emitter.finish().map_err(|error| {
        let nowhere = tidegate_source::Span::new(0, 0);
        EditError::new(EditErrorKind::Argument, nowhere, error.to_string())
    })?;
    Ok(match present {
        None => with_first_field(text, &rendered),
        Some((key, list)) => {
            let (start, end) = (key.outer_span().start as usize, list.span().end as usize);
            let end = end.max(key.span().end as usize);
            // A list in lines ends with its last value, and a comment may follow on that line; it belongs to the entry.
            let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
            format!("{}{rendered}{}", &text[..start], &text[end..])
        }
    })
}

#[derive(Default)]
struct Image {
    name: String,
    new_name: String,
    new_tag: String,
    digest: String,
    tag_suffix: String,
}

impl Image {
    fn read(item: Node<'_>) -> Result<Self, EditError> {
        if item.target().kind() != Kind::Mapping {
            let message = "an entry of `images` is a mapping";
            return Err(EditError::new(EditErrorKind::WrongType, item.span(), message));
        }
        let text = |name: &str| -> Result<String, EditError> {
            let value = field(item, name)?.map(|(_, value)| value).filter(|it| !it.is_null());
            Ok(value.map_or(String::new(), |it| it.as_str().into_owned()))
        };
        Ok(Self {
            name: text("name")?,
            new_name: text("newName")?,
            new_tag: text("newTag")?,
            digest: text("digest")?,
            tag_suffix: text("tagSuffix")?,
        })
    }

    fn change(&mut self, edit: ImageEdit) {
        let apply = |part: &mut String, change: Change| match change {
            Change::Keep => {}
            Change::Set(value) => *part = value,
            Change::Remove => part.clear(),
        };
        apply(&mut self.new_name, edit.new_name);
        apply(&mut self.new_tag, edit.new_tag);
        apply(&mut self.digest, edit.digest);
        apply(&mut self.tag_suffix, edit.tag_suffix);
    }

    fn write(&self, emitter: &mut Emitter<'_>) {
        emitter.begin_map();
        for (key, value) in [
            ("digest", &self.digest),
            ("name", &self.name),
            ("newName", &self.new_name),
            ("newTag", &self.new_tag),
            ("tagSuffix", &self.tag_suffix),
        ] {
            if !value.is_empty() {
                emitter.key(key);
                emitter.string(value);
            }
        }
        emitter.end_map();
    }
}
