use proptest::prelude::*;
use tidegate_image_ref::{
    AnyReference, ClientReference, Digest, ImageReference, Reference, Tag, Validation,
};

/// References by construction.
fn references() -> impl Strategy<Value = String> {
    let part = "[a-z0-9]{1,6}((\\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}";
    let domain = "([A-Za-z0-9]([A-Za-z0-9-]{0,5}[A-Za-z0-9])?(\\.[A-Za-z0-9]{1,4}){0,2}|\\[[0-9a-f:]{2,9}\\])(:[0-9]{1,5})?/";
    let path = proptest::collection::vec(part, 1..4).prop_map(|it| it.join("/"));
    let tag = ":[A-Za-z0-9_][A-Za-z0-9_.-]{0,12}";
    (
        proptest::option::of(domain),
        path,
        proptest::option::of(tag),
        proptest::option::of("@sha256:[0-9a-f]{64}"),
    )
        .prop_map(|(domain, path, tag, digest)| {
            [domain, Some(path), tag, digest].into_iter().flatten().collect()
        })
}

proptest! {
    #[test]
    fn parse_then_print_is_identity(text in references()) {
        let reference = Reference::parse(&text).expect("it was built by the grammar");
        prop_assert_eq!(reference.to_string(), &*text);
        prop_assert_eq!(reference.name().len(), reference.path().len()
            + reference.domain().map_or(0, |it| it.len() + 1));
        // Putting the parts together gives the text again.
        let owned = reference.to_owned();
        let again = owned.without_tag().without_digest();
        let again = owned.to_tag().map_or(again.clone(), |it| again.with_tag(&it));
        let again = owned.to_digest().map_or(again.clone(), |it| again.with_digest(&it));
        prop_assert_eq!(again.as_ref().path(), reference.path());
        prop_assert_eq!(again.as_str(), &*text);
    }

    #[test]
    fn normalising_twice_is_normalising_once(text in references()) {
        if let Ok(canonical) = ImageReference::normalized(&text) {
            prop_assert_eq!(ImageReference::normalized(canonical.as_str()), Ok(canonical.clone()));
            prop_assert!(Reference::parse_canonical(canonical.as_str()).is_ok());
            prop_assert_eq!(canonical.to_tag(), Reference::parse(&text).ok().and_then(|it| it.to_tag()));
        }
    }

    #[test]
    fn the_order_is_total(mut texts in proptest::collection::vec(references(), 0..12)) {
        let mut parsed: Vec<_> = texts.iter().map(|it| it.parse::<ImageReference>().expect("valid")).collect();
        parsed.sort();
        prop_assert!(parsed.is_sorted());
        texts.reverse();
        let mut again: Vec<_> = texts.iter().map(|it| it.parse::<ImageReference>().expect("valid")).collect();
        again.sort();
        prop_assert_eq!(parsed, again);
    }

    #[test]
    fn never_panics(text in ".{0,40}") {
        let _ = Reference::parse(&text);
        let _ = AnyReference::parse(&text);
        let _ = ClientReference::parse(&text, Validation::WEAK);
        let _ = text.parse::<Digest>();
        let _ = text.parse::<Tag>();
    }

    #[test]
    fn spans_lie_in_the_text(text in "[a-zA-Z0-9._:@/\\[\\]é~-]{0,24}") {
        for error in [
            Reference::parse(&text).err(),
            Reference::parse_name(&text).err(),
            ImageReference::normalized(&text).err(),
        ].into_iter().flatten() {
            prop_assert!(text.get(error.span().range()).is_some(), "{:?} {}", error, text);
        }
    }

    #[test]
    fn a_damaged_reference_has_one_place(text in references(), at in any::<prop::sample::Index>()) {
        let at = at.index(text.len());
        let damaged = format!("{}~{}", &text[..at], &text[at..]);
        let error = Reference::parse(&damaged).expect_err("no reference has a tilde");
        prop_assert!(error.span().start as usize <= at);
    }
}
