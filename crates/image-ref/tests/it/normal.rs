use tidegate_image_ref::{AnyReference, ImageReference, Reference, ReferenceErrorKind as Kind};

#[track_caller]
fn normal(text: &str, canonical: &str, familiar: &str) {
    let reference = ImageReference::normalized(text).unwrap_or_else(|e| panic!("{text}: {e}"));
    assert_eq!(reference.as_str(), canonical, "{text}");
    assert_eq!(reference.familiar().as_str(), familiar, "{text}");
    assert_eq!(reference.canonical().as_ref(), Ok(&reference), "{text}");
}

#[test]
fn docker_hub_is_filled_in_and_left_out_again() {
    normal("app", "docker.io/library/app", "app");
    normal("app:1", "docker.io/library/app:1", "app:1");
    normal("team/app", "docker.io/team/app", "team/app");
    normal("library/app", "docker.io/library/app", "app");
    normal("docker.io/app", "docker.io/library/app", "app");
    normal("index.docker.io/app", "docker.io/library/app", "app");
    normal("docker.io/library/a/b", "docker.io/library/a/b", "library/a/b");
    normal("localhost/app", "localhost/app", "localhost/app");
    normal("LOCAL/app", "LOCAL/app", "LOCAL/app");
    normal("r.io/app", "r.io/app", "r.io/app");
    normal("r:1/app", "r:1/app", "r:1/app");
    normal("127.0.0.1", "docker.io/library/127.0.0.1", "127.0.0.1");
}

#[test]
fn places_of_mistakes_are_those_of_the_given_text() {
    let long = "p".repeat(250);
    for (text, kind, at) in [
        ("app:1+b", Kind::TagForbidden('+'), "+"),
        ("team/a$", Kind::NameForbidden('$'), "$"),
        ("index.docker.io/a$", Kind::NameForbidden('$'), "$"),
        ("r.io/a$", Kind::NameForbidden('$'), "$"),
        ("Team/App", Kind::NameContainsUppercase, "A"),
        ("app/", Kind::PathComponentEmpty, "/"),
        ("app@sha256:00", Kind::DigestMalformed, "sha256:00"),
        (&*"0a".repeat(32), Kind::BareIdentifier, &*"0a".repeat(32)),
        (&*long, Kind::NameTooLong, &*long),
    ] {
        let error = ImageReference::normalized(text).expect_err(text);
        assert_eq!((error.kind(), error.span().of(text)), (kind, at), "{text}");
    }
}

#[test]
fn a_reference_is_pinned_or_tagged() {
    let digest = format!("sha256:{}", "0a".repeat(32));
    let docker = |text: &str| ImageReference::docker_ref(text).map(ImageReference::into_string);
    assert_eq!(docker("app").as_deref(), Ok("docker.io/library/app:latest"));
    assert_eq!(docker("r.io/app:1").as_deref(), Ok("r.io/app:1"));
    assert_eq!(docker(&format!("r.io/app:1@{digest}")), Ok(format!("r.io/app@{digest}")));
    assert!(docker("App").is_err());
}

#[test]
fn only_what_is_complete_is_canonical() {
    assert!(Reference::parse_canonical("r.io/app:1").is_ok());
    for text in ["app", "docker.io/app", "index.docker.io/library/app", "team/app"] {
        let error = Reference::parse_canonical(text).expect_err(text);
        assert_eq!(error.kind(), Kind::NameNotCanonical, "{text}");
    }
    assert_eq!(
        Reference::parse_name("App").expect_err("upper case").kind(),
        Kind::NameForbidden('A')
    );
}

#[test]
fn identifiers_and_digests_stand_for_themselves() {
    let hex = "0a".repeat(32);
    let digest = format!("sha256:{hex}");
    for text in [&hex, &digest] {
        let any = AnyReference::parse(text).expect(text);
        assert!(any.is_digest_only());
        assert_eq!(any.to_string(), digest);
        assert_eq!(any.familiar_match(|it| Ok::<_, ()>(it == digest)), Ok(true));
    }
    assert!(!AnyReference::parse(&hex[1..]).expect("a name").is_digest_only());
}
