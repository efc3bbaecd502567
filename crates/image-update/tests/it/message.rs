use proptest::prelude::*;
use tidegate_image_update::{
    ALLOW_TRAILER, Allowed, DEFAULT_MESSAGE, Pinned, Template, Trailer, Update, commit_message,
    trailers,
};

fn update(component: &str, from: Option<&str>, to: &str, digest: Option<&str>) -> Update {
    let pin = |tag: Option<&str>, digest: Option<&str>| Pinned {
        repository: None,
        tag: tag.map(str::to_owned),
        digest: digest.map(str::to_owned),
    };
    Update {
        component: component.to_owned(),
        entry: component.to_owned(),
        from: pin(from, None),
        to: pin(Some(to), digest),
        why: String::new(),
    }
}

#[test]
fn the_default_message_says_old_and_new_of_each_image() {
    let template = Template::parse(DEFAULT_MESSAGE).unwrap();
    let updates = [
        update("backend", Some("v1.4.0"), "v1.5.0", Some("sha256:aa")),
        update("frontend", None, "v1.5.0", None),
    ];
    assert_eq!(
        commit_message(&template, "prod", "deploy", &updates, &[]).unwrap(),
        "\
deploy(prod): backend v1.5.0, frontend v1.5.0

backend: v1.4.0 -> v1.5.0@sha256:aa
frontend: nothing -> v1.5.0
"
    );
}

#[test]
fn a_template_of_ones_own_may_use_every_field() {
    let template = Template::parse(
        "{{range .Updates}}{{.Entry}} {{.OldTag}}{{.OldDigest}}..{{.NewTag}}{{.NewDigest}}{{.Why}}{{end}}",
    )
    .unwrap();
    let message =
        commit_message(&template, "e", "a", &[update("x", Some("1"), "2", Some("@d"))], &[]);
    assert_eq!(message.unwrap(), "x 1..2@d\n");
    let wrong = Template::parse("{{.Component}}").unwrap();
    let error = commit_message(&wrong, "e", "a", &[], &[]).unwrap_err();
    assert_eq!(error.to_string(), "there is no field `.Component`");
}

#[track_caller]
fn check(message: &str, expected: &[&str]) {
    let found: Vec<String> = trailers(message).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn only_a_last_paragraph_of_trailers_counts() {
    check("subject\n\nKey: value\n", &["Key: value"]);
    check("subject\n\nKey: value\n\n\n", &["Key: value"]);
    check("subject\n\nText: yes,\nand more text\n", &[]);
    check("subject\n\nKey: value\n\nlast words\n", &[]);
    check("Key: value\n", &[]);
    check("subject\n\n  indented\nKey: value\n", &[]);
    check("subject\n\nno key: value\n", &[]);
    check("", &[]);
}

#[test]
fn an_allowed_finding_is_read_back() {
    let allowed = Allowed { finding: "no-drain".to_owned(), reason: "one\n hub (yet)".to_owned() };
    let trailer = allowed.trailer();
    assert_eq!(trailer.to_string(), "Tidegate-Allow: no-drain (one hub (yet))");
    let read = Allowed::from_trailer(&trailer).unwrap();
    assert_eq!((&*read.finding, &*read.reason), ("no-drain", "one hub (yet)"));
    let other = Trailer { key: "Signed-off-by".to_owned(), value: "x (y)".to_owned() };
    assert_eq!(Allowed::from_trailer(&other), None);
    let bare = Trailer { key: ALLOW_TRAILER.to_owned(), value: "no-drain".to_owned() };
    assert_eq!(Allowed::from_trailer(&bare), None);
}

proptest! {
    #[test]
    fn written_trailers_are_read_back(
        all in prop::collection::vec(("[A-Za-z][A-Za-z0-9-]{0,8}", "[!-~]([ -~]{0,12}[!-~])?"), 1..4),
    ) {
        let all: Vec<Trailer> =
            all.into_iter().map(|(key, value)| Trailer { key, value }).collect();
        let template = Template::parse(DEFAULT_MESSAGE).unwrap();
        let message =
            commit_message(&template, "prod", "deploy", &[update("a", None, "1", None)], &all);
        prop_assert_eq!(trailers(&message.unwrap()), all);
    }
}
