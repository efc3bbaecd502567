use proptest::prelude::*;
use tidegate_repository::masked;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(masked(text), expected);
    assert_eq!(masked(expected), expected, "masking twice is masking once");
}

#[test]
fn credentials_of_urls_are_hidden() {
    check("https://token@git.example/a.git", "https://***@git.example/a.git");
    check("https://me:pa:ss@git.example:8443/a", "https://***@git.example:8443/a");
    check("https://me:p@ss@git.example/a", "https://***@git.example/a");
    check("https://me:p/ss@git.example/a", "https://***@git.example/a");
    check("ssh://me:secret@git.example/a", "ssh://***@git.example/a");
    check("fatal: 'http://x:y@h/' and <http://z@h>", "fatal: 'http://***@h/' and <http://***@h>");
    check("ö=https://x:y@h\nnext", "ö=https://***@h\nnext");
    check(
        "https://h/a?private_token=abc&ref=main&X-Signature=1",
        "https://h/a?private_token=***&ref=main&X-Signature=***",
    );
}

#[test]
fn what_is_no_credential_stays() {
    for text in [
        "ssh://git@git.example/a.git",
        "git+ssh://git@git.example/a.git",
        "git@git.example:a.git",
        "https://git.example:8443/a@v1",
        "https://git.example/a@b",
        "file:///tmp/a@b.git",
        "://",
        "a://",
        "",
    ] {
        check(text, text);
    }
}

proptest! {
    #[test]
    fn no_password_survives(before in "[ a-z'\"(]{0,5}", user in "[a-z]{1,5}", password in "[A-Z0-9:@%+-]{1,8}", after in "[ /a-z@:.?'=&]{0,12}") {
        let text = format!("{before}https://{user}:{password}X7Z@host{after}");
        prop_assert!(!masked(&text).contains("X7Z"), "{}", masked(&text));
    }

    #[test]
    fn any_text_can_be_masked(text in "\\PC{0,40}|[a-z:/@?&= ']{0,40}") {
        let once = masked(&text).into_owned();
        prop_assert_eq!(masked(&once), once.clone());
    }
}
