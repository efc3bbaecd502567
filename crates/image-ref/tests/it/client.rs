use tidegate_image_ref::{ClientErrorKind as Kind, ClientReference, Registry, Scheme, Validation};

#[track_caller]
fn check(text: &str, validation: Validation<'_>, expected: Result<&str, Kind>) {
    let answer = ClientReference::parse(text, validation);
    let answer = answer.map(|it| it.name()).map_err(|error| error.kind());
    assert_eq!(answer.as_deref().map_err(|kind| *kind), expected, "{text}");
}

#[test]
fn weak_validation_fills_in() {
    let weak = Validation::WEAK;
    let own = Validation::Weak { default_registry: "r.io", default_tag: "stable" };
    let hex = "0a".repeat(32);
    check("app", weak, Ok("index.docker.io/library/app:latest"));
    check("docker.io/app:1", weak, Ok("index.docker.io/library/app:1"));
    check("team/app", weak, Ok("index.docker.io/team/app:latest"));
    check("localhost/app", weak, Ok("localhost/app:latest"));
    check("r.io:80/app", weak, Ok("r.io:80/app:latest"));
    check("app", own, Ok("r.io/app:stable"));
    let pinned = format!("index.docker.io/library/app@sha256:{hex}");
    check(&format!("app:1@sha256:{hex}"), weak, Ok(&pinned));
    // Neither order nor repetition is checked.
    check("a..b-:x", weak, Ok("index.docker.io/library/a..b-:x"));
}

#[test]
fn refusals_name_their_reason() {
    let (weak, strict) = (Validation::WEAK, Validation::Strict);
    let hex = "0a".repeat(32);
    check("", weak, Err(Kind::RepositoryLength));
    check("App", weak, Err(Kind::RepositoryForbidden('A')));
    check(&"a".repeat(256), weak, Err(Kind::RepositoryLength));
    check("a%b:1/app", weak, Err(Kind::RegistryInvalid));
    check("r.io:x/app", weak, Err(Kind::RegistryInvalid));
    check("app:", weak, Err(Kind::TagLength));
    check("app:1+2", weak, Err(Kind::TagForbidden('+')));
    check("app@md5:00", weak, Err(Kind::DigestUnsupported));
    check("app@sha256:00", weak, Err(Kind::DigestInvalid));
    check(&format!("app@sha256:{hex}@x"), weak, Err(Kind::SecondDigest));
    check("r.io/app", strict, Err(Kind::TagMissing));
    check("team/app:1", strict, Err(Kind::RegistryMissing));
    check("docker.io/app:1", strict, Err(Kind::NamespaceMissing));
    check("r.io/team/app:1", strict, Ok("r.io/team/app:1"));
    let error = ClientReference::parse("r.io/a:b~", weak).expect_err("a tilde");
    assert_eq!(error.span().of("r.io/a:b~"), "~");
}

#[test]
fn private_places_are_asked_without_encryption() {
    for (registry, private, scheme) in [
        ("localhost", false, Scheme::Https),
        ("localhost:5000", false, Scheme::Http),
        ("x.localhost", false, Scheme::Http),
        ("x.localhost:123456", false, Scheme::Https),
        ("127.0.0.1:80", false, Scheme::Http),
        ("127.0.0.2", false, Scheme::Https),
        ("[::1]:5000", false, Scheme::Http),
        ("::1", false, Scheme::Http),
        ("[::2]", false, Scheme::Https),
        ("172.16.0.1", true, Scheme::Http),
        ("172.32.0.1", false, Scheme::Https),
        ("192.168.0.1:5000", true, Scheme::Http),
        ("r.io", false, Scheme::Https),
    ] {
        let parsed = Registry::parse(registry, Validation::WEAK).expect(registry);
        assert_eq!((parsed.is_private(), parsed.scheme()), (private, scheme), "{registry}");
    }
}
