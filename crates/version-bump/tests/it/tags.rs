use semver::Version;
use tidegate_version_bump::{
    TagConflictKind, TagTemplate, TagTemplateErrorKind as Kind, check_tags,
};

#[test]
fn templates_read_what_they_write() {
    for template in ["v{version}", "{version}", "app-{version}", "a/b/v{version}-final"] {
        let parsed: TagTemplate = template.parse().expect(template);
        assert_eq!(parsed.to_string(), template);
        let version = Version::parse("1.2.3-rc.1").expect("valid");
        assert_eq!(parsed.parse(&parsed.format(&version)), Some(version), "{template}");
        assert_eq!(parsed.parse("other"), None);
    }
    assert_eq!(TagTemplate::default().to_string(), "v{version}");
    assert_eq!(TagTemplate::default().parse("v1.2"), None);
}

#[test]
fn bad_templates_are_refused_where_they_are_wrong() {
    for (template, kind, at) in [
        ("v1", Kind::NoVersion, "v1"),
        ("", Kind::NoVersion, ""),
        ("{version}-{version}", Kind::SecondVersion, "{version}"),
        ("my v{version}", Kind::Forbidden(' '), " "),
        ("v{version}~", Kind::Forbidden('~'), "~"),
        ("v{{version}", Kind::Forbidden('{'), "{"),
        ("-{version}", Kind::NotATag, "-{version}"),
        ("a..{version}", Kind::NotATag, ".."),
        ("a//{version}", Kind::NotATag, "//"),
        (".a/{version}", Kind::NotATag, ".a/{version}"),
        ("{version}.lock", Kind::NotATag, "{version}.lock"),
        ("{version}/", Kind::NotATag, "{version}/"),
    ] {
        let error = template.parse::<TagTemplate>().expect_err(template);
        assert_eq!((error.kind(), error.span().of(template)), (kind, at), "{template}");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn tags_in_the_way_are_named_once() {
    let template = TagTemplate::default();
    let all = ["v1.2.3", "v1.3.0", "v1.3.0+b", "v1.x", "frontend/v9.0.0"];
    let check = |version: &str, reachable: &[&str]| {
        let version = Version::parse(version).expect(version);
        check_tags(&version, &template, reachable.iter().copied(), all)
    };
    assert_eq!(check("1.2.4", &["v1.2.3"]), Ok(()));
    assert_eq!(check("1.4.0", &all), Ok(()));
    let error = check("1.3.0", &all).expect_err("it exists");
    let tags: Vec<_> = error.conflicts().iter().map(|it| (&*it.tag, it.kind)).collect();
    assert_eq!(tags, [("v1.3.0+b", TagConflictKind::Exists), ("v1.3.0", TagConflictKind::Exists)]);
    let error = check("1.2.9", &all).expect_err("it is below a tag");
    assert_eq!(
        error.to_string(),
        "1.2.9 can't be released: it is not above v1.3.0+b, which is part of the history; it is \
         not above v1.3.0, which is part of the history"
    );
    assert!(error.help().starts_with("release a version above 1.3.0"), "{}", error.help());
}
