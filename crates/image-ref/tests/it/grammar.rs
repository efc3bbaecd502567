use tidegate_image_ref::{
    Digest, ImageReference, Reference, ReferenceErrorKind as Kind, Tag, check_oci_name, compose,
    is_domain, match_reference, sort,
};

const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[track_caller]
fn parses(text: &str, domain: Option<&str>, path: &str, tag: Option<&str>, digest: Option<&str>) {
    let reference = Reference::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(
        (reference.domain(), reference.path(), reference.tag(), reference.digest()),
        (domain, path, tag, digest),
        "{text}"
    );
    assert_eq!(reference.to_string(), text);
    assert_eq!(reference.to_owned().as_str(), text);
}

#[track_caller]
fn fails(text: &str, kind: Kind, at: &str, reason: &str) {
    let error = Reference::parse(text).expect_err(text);
    assert_eq!(
        (error.kind(), error.span().of(text), error.kind().reason()),
        (kind, at, reason),
        "{text}"
    );
    assert!(!error.to_string().is_empty());
}

#[test]
fn parts_are_found() {
    let digest = format!("sha256:{HEX}");
    let digest = Some(&*digest);
    parses("app", None, "app", None, None);
    parses("app:1.4", None, "app", Some("1.4"), None);
    parses("app:5000", None, "app", Some("5000"), None);
    parses("team/app", Some("team"), "app", None, None);
    parses("team_a/app", None, "team_a/app", None, None);
    parses("host:5000/app:x", Some("host:5000"), "app", Some("x"), None);
    parses("Host.Example/a/b", Some("Host.Example"), "a/b", None, None);
    parses("[2001:db8::1]:443/app", Some("[2001:db8::1]:443"), "app", None, None);
    parses("[::]/app", Some("[::]"), "app", None, None);
    parses("a.b__c--d/e", None, "a.b__c--d/e", None, None);
    parses(&format!("app@sha256:{HEX}"), None, "app", None, digest);
    parses(&format!("r.io/app:1@sha256:{HEX}"), Some("r.io"), "app", Some("1"), digest);
    parses(&format!("app:{}", "t".repeat(128)), None, "app", Some(&"t".repeat(128)), None);
    let long = "p".repeat(255);
    parses(&format!("r.io/{long}"), Some("r.io"), &long, None, None);
}

#[test]
fn the_mistake_is_named_where_it_is() {
    fails("", Kind::NameEmpty, "", "name_empty");
    fails(":1", Kind::NameMissing, ":", "invalid_format");
    fails("@sha256:00", Kind::NameMissing, "@", "invalid_format");
    fails("/app", Kind::NameMissing, "/", "invalid_format");
    fails("app ", Kind::NameForbidden(' '), " ", "invalid_format");
    fails("äpp", Kind::NameForbidden('ä'), "ä", "invalid_format");
    fails("r.io/a$b", Kind::NameForbidden('$'), "$", "invalid_format");
    fails("app-", Kind::SeparatorMisplaced, "-", "invalid_format");
    fails("a..b", Kind::SeparatorMisplaced, ".", "invalid_format");
    fails("a___b", Kind::SeparatorMisplaced, "_", "invalid_format");
    fails("r.io/-a", Kind::SeparatorMisplaced, "-", "invalid_format");
    fails("r.io//a", Kind::PathComponentEmpty, "/", "invalid_format");
    fails("r.io/a/", Kind::PathComponentEmpty, "/", "invalid_format");
    fails("r_1:5000/a", Kind::DomainInvalid, "r_1:5000", "invalid_format");
    fails("[::1]", Kind::DomainInvalid, "[::1]", "invalid_format");
    fails("[fe80::1%eth0]/a", Kind::DomainInvalid, "[fe80::1%eth0]", "invalid_format");
    fails("r.io/a/B:x", Kind::NameContainsUppercase, "B", "name_contains_uppercase");
    fails("App", Kind::NameContainsUppercase, "A", "name_contains_uppercase");
    fails("App:a~", Kind::NameForbidden('A'), "A", "invalid_format");
    fails("app:", Kind::TagEmpty, ":", "invalid_format");
    fails(&format!("app:@sha256:{HEX}"), Kind::TagEmpty, ":", "invalid_format");
    fails("app:.1", Kind::TagForbidden('.'), ".", "invalid_format");
    fails("app:1+b", Kind::TagForbidden('+'), "+", "invalid_format");
    fails("app:1:2", Kind::TagForbidden(':'), ":", "invalid_format");
    fails(
        &format!("app:{}", "t".repeat(129)),
        Kind::TagTooLong,
        &"t".repeat(129),
        "invalid_format",
    );
    fails("app@sha256:00", Kind::DigestMalformed, "sha256:00", "invalid_format");
    fails("app@", Kind::DigestMalformed, "", "invalid_format");
    fails(
        &format!("app@sha256:{}", &HEX[1..]),
        Kind::DigestInvalidLength,
        &HEX[1..],
        "digest_invalid_length",
    );
    fails(
        &format!("app@sha512:{HEX}{HEX}"),
        Kind::DigestUnsupported,
        "sha512",
        "digest_unsupported",
    );
    let upper = HEX.to_uppercase();
    fails(
        &format!("app@sha256:{upper}"),
        Kind::DigestInvalidFormat,
        &upper,
        "digest_invalid_format",
    );
    fails(
        &format!("app@SHA256:{HEX}"),
        Kind::DigestInvalidFormat,
        "SHA256",
        "digest_invalid_format",
    );
    let long = "p".repeat(256);
    fails(&format!("r.io/{long}:1"), Kind::NameTooLong, &long, "name_too_long");
}

#[test]
fn every_kind_has_a_sentence_and_most_a_mend() {
    for text in ["a$", "a:1+b", "a:", "App", "a@sha256:0"] {
        let error = Reference::parse(text).expect_err(text);
        assert!(error.help().is_some(), "{text}");
        assert!(!error.to_string().ends_with('.'), "{text}");
    }
}

#[test]
fn the_grammar_alone_knows_no_limits() {
    let long = format!("r.io/{}@x9+y:{}", "p".repeat(300), "F".repeat(40));
    let parts = match_reference(&long).expect("the form fits");
    assert_eq!(parts.path.len(), 300);
    assert_eq!(parts.name().len(), 305);
    assert!(parts.digest.is_some_and(|it| it.starts_with("x9+y:")));
    for (text, expected) in [
        ("a", true),
        ("a-b.c:0", true),
        ("[::1]:0", true),
        ("a-", false),
        ("a..b", false),
        ("a:", false),
        ("[]", false),
        ("", false),
        ("a_b", false),
    ] {
        assert_eq!(is_domain(text), expected, "{text}");
    }
}

#[test]
fn names_of_the_oci_specification_have_no_domain() {
    for name in ["a", "0", "library/nginx", "a.b/c__d", "a---b"] {
        assert!(check_oci_name(name).is_ok(), "{name}");
    }
    for (name, kind) in [
        ("", Kind::NameEmpty),
        ("r.io:5000/a", Kind::NameForbidden(':')),
        ("a@b", Kind::NameForbidden('@')),
        ("A", Kind::NameForbidden('A')),
        ("a//b", Kind::PathComponentEmpty),
        ("a_-b", Kind::SeparatorMisplaced),
    ] {
        assert_eq!(check_oci_name(name).expect_err(name).kind(), kind, "{name}");
    }
}

#[test]
fn composing_checks_each_part() {
    let short = "sha256:0123456789abcdef0123456789abcdef";
    assert_eq!(compose("app", Some("1"), Some(short)), Ok(format!("app:1@{short}")));
    assert_eq!(compose("app", None, None).as_deref(), Ok("app"));
    let kind = |name, tag, digest| compose(name, tag, digest).expect_err("a bad part").kind();
    assert_eq!(kind("app:1", None, None), Kind::NotNameOnly);
    assert_eq!(kind("app", Some(""), None), Kind::TagEmpty);
    assert_eq!(kind("app", Some("-1"), None), Kind::TagForbidden('-'));
    assert_eq!(kind("app", None, Some("sha256:xyz")), Kind::DigestMalformed);
}

#[test]
fn parts_can_be_exchanged() {
    let digest: Digest = format!("sha256:{HEX}").parse().expect("a digest");
    let tag: Tag = "2".parse().expect("a tag");
    let app = ImageReference::parse("r.io/app:1").expect("a reference");
    assert_eq!(app.with_tag(&tag).as_str(), "r.io/app:2");
    let pinned = app.with_digest(&digest);
    assert_eq!(pinned.as_str(), format!("r.io/app:1@sha256:{HEX}"));
    assert_eq!(pinned.with_tag(&tag).to_digest(), Some(digest));
    assert_eq!(pinned.without_tag().tag(), None);
    assert_eq!(pinned.without_digest(), app);
    let other = Reference::parse("mirror:80/x/y").expect("a reference");
    let moved = pinned.with_name(other);
    assert_eq!((moved.domain(), moved.path(), moved.tag()), (Some("mirror:80"), "x/y", Some("1")));
}

#[test]
fn digests_and_tags_are_checked_alone() {
    assert_eq!(Digest::from_sha256([0x0f; 32]).sha256_hex(), "0f".repeat(32));
    for (text, kind) in [
        ("", Kind::DigestMalformed),
        ("sha256:", Kind::DigestMalformed),
        (":00", Kind::DigestMalformed),
        ("sha256:00", Kind::DigestInvalidLength),
        ("md5:00", Kind::DigestUnsupported),
        ("MD5:00", Kind::DigestInvalidFormat),
        ("md5:0/0", Kind::DigestInvalidFormat),
    ] {
        assert_eq!(text.parse::<Digest>().expect_err(text).kind(), kind, "{text}");
    }
    assert_eq!("é".parse::<Tag>().expect_err("not ASCII").span().range(), 0..2);
    assert_eq!(Tag::latest().to_string(), "latest");
}

#[test]
fn the_order_prefers_information() {
    let with_digest = format!("b@sha256:{HEX}");
    let both = format!("c:1@sha256:{HEX}");
    assert_eq!(
        sort(["a", "?", HEX, &*with_digest, "b:2", "b:1", &*both, "!"]),
        [
            &*format!("docker.io/library/{both}"),
            "docker.io/library/b:1",
            "docker.io/library/b:2",
            &*format!("docker.io/library/{with_digest}"),
            "docker.io/library/a",
            &*format!("sha256:{HEX}"),
            "!",
            "?",
        ]
    );
}

#[test]
fn values_can_be_shared_between_threads() {
    fn check<T: Send + Sync + Clone + std::fmt::Debug>() {}
    check::<Reference<'_>>();
    check::<ImageReference>();
    check::<Digest>();
    check::<Tag>();
    check::<tidegate_image_ref::ReferenceError>();
}
