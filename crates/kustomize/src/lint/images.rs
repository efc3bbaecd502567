use tidegate_source::{Diagnostic, Label, nearest};

use crate::images::{ImageEntry, ImagePattern, Reading, split_image};

/// Looks at the entries as they meet the images of a build, one after the other.
pub(super) fn findings(entries: &[ImageEntry], images: &[String]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    // Each image as it is after the entries so far, and the entry that changed it last.
    let mut now: Vec<(String, Option<usize>)> =
        images.iter().map(|it| (it.clone(), None)).collect();
    for (at, entry) in entries.iter().enumerate() {
        let warn = |code: &'static str, message: String, label: &'static str| {
            Diagnostic::warning(code, message).at(Label::new(entry.mark, label))
        };
        let name = &entry.name;
        let pattern = ImagePattern::new(name, Reading::Pattern);
        let literal = ImagePattern::new(name, Reading::Literal);
        let first = entries[..at].iter().find(|it| it.name == *name);
        if let Some(first) = first {
            let message = format!("two `images` entries have the name `{name}`");
            let finding = warn("image-duplicate", message, "the second one")
                .at(Label::new(first.mark, "the first one"))
                .help("keep one of the entries");
            findings.push(finding);
        }
        if pattern.is_invalid() {
            let message =
                format!("the name `{name}` is no regular expression, so it is for no image");
            findings.push(
                warn("image-pattern", message, "")
                    .help("escape characters such as `+` with a `\\`"),
            );
            continue;
        }
        let surprise = images.iter().find(|it| pattern.matches(it) && !literal.matches(it));
        if let Some(image) = surprise {
            let message =
                format!("the name `{name}` is read as a pattern, and so is for `{image}` too");
            findings.push(
                warn("image-pattern", message, "")
                    .help(format!("write `{}` to name that image alone", name.replace('.', "\\."))),
            );
        }
        let matched: Vec<usize> =
            (0..now.len()).filter(|image| pattern.matches(&now[*image].0)).collect();
        let earlier = matched.iter().find_map(|image| now[*image].1.map(|by| (*image, by)));
        if let (Some((image, by)), None) = (earlier, first) {
            let image = &images[image];
            let message = format!("two `images` entries are for the image `{image}`");
            let finding = warn("image-ambiguous", message, "the second one")
                .at(Label::new(entries[by].mark, "the first one"));
            findings.push(finding.help("name the image in one entry only"));
        }
        if matched.is_empty() && first.is_none() {
            let by =
                (0..now.len()).find(|image| pattern.matches(&images[*image])).map(|it| &now[it]);
            let finding = if let Some((changed, Some(by))) = by {
                let message = format!("the `images` entry `{name}` is never reached");
                warn("image-shadowed", message, "")
                    .at(Label::new(entries[*by].mark, format!("this entry makes it `{changed}`")))
                    .help("put the entry before that one, or remove it")
            } else {
                let message = format!("the `images` entry `{name}` is for no image");
                let finding = warn("image-unused", message, "");
                let names = images.iter().map(|it| split_image(it).name);
                match nearest(name, names) {
                    Some(near) => finding.help(format!("there is an image `{near}`")),
                    None => finding.help("correct the name, or remove the entry"),
                }
            };
            findings.push(finding);
        }
        for image in matched {
            now[image] = (entry.applied(&now[image].0), Some(at));
        }
    }
    findings
}
