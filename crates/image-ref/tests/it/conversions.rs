#[cfg(feature = "serde")]
#[test]
fn values_are_written_as_their_text() {
    use tidegate_image_ref::{Digest, ImageReference, Reference, Tag};

    let json = r#"["app:1","1","sha256:HEX"]"#.replace("HEX", &"0a".repeat(32));
    let read: (ImageReference, Tag, Digest) = serde_json::from_str(&json).expect("all are valid");
    assert_eq!(serde_json::to_string(&read).expect("text"), json);
    let borrowed: Reference<'_> = serde_json::from_str(r#""r.io/app""#).expect("valid");
    assert_eq!(borrowed.domain(), Some("r.io"));
    let error = serde_json::from_str::<Tag>(r#""a b""#).expect_err("a blank");
    assert!(error.to_string().contains("can't stand here in an image tag"), "{error}");
}

#[cfg(feature = "oci-spec")]
#[test]
fn the_other_type_holds_the_canonical_form() {
    use oci_spec::distribution::Reference as OciReference;
    use tidegate_image_ref::ImageReference;

    let digest = format!("sha256:{}", "0a".repeat(32));
    for (text, expected) in [
        ("app".to_owned(), "docker.io/library/app:latest".to_owned()),
        ("r.io/app:1".to_owned(), "r.io/app:1".to_owned()),
        (format!("r.io/app@{digest}"), format!("r.io/app@{digest}")),
        (format!("r.io/app:1@{digest}"), format!("r.io/app:1@{digest}")),
    ] {
        let ours = ImageReference::parse(&text).expect("valid");
        let theirs = OciReference::try_from(&ours).expect("convertible");
        assert_eq!(theirs.registry(), expected.split('/').next().expect("a registry"));
        assert_eq!(ImageReference::try_from(&theirs).expect("valid").as_str(), expected);
    }
    let odd = OciReference::with_tag("r.io".into(), "App".into(), "1".into());
    assert!(ImageReference::try_from(&odd).is_err());
}
