use tidegate_pattern::{Glob, PatternErrorKind, filepath_match, path_match};

#[test]
fn path_match_follows_its_grammar() {
    for (pattern, name, expected) in [
        ("abc", "abc", true),
        ("*", "", true),
        ("*", "a/b", false),
        ("a*", "ab/c", false),
        ("a*/b", "abc/b", true),
        ("a*b*c", "axxbyyc", true),
        ("a*b*c", "axxbyyd", false),
        ("a*b?c*x", "abxbbxdbxebxczzx", true),
        ("a*b?c*x", "abxbbxdbxebxczzy", false),
        ("?", "é", true),
        ("?", "/", false),
        ("[é-ü]", "ö", true),
        ("[^a]", "/", true),
        ("[^a-c]x", "bx", false),
        ("a[*]b", "a*b", true),
        (r"a\*b", "a*b", true),
        (r"a\*b", "axb", false),
        (r"[\]\-x]", "-", true),
        ("", "", true),
        ("", "a", false),
        ("**", "ab", true),
        ("a**c", "abc", true),
        ("*x", "xxx", true),
    ] {
        assert_eq!(path_match(pattern, name), Ok(expected), "{pattern} {name}");
        assert_eq!(filepath_match(pattern, name), Ok(expected), "{pattern} {name}");
    }
}

#[test]
fn a_bad_pattern_is_found_behind_a_mismatch() {
    for pattern in
        ["[", "[]", "[^]", "[a", "[a-", "[-x]", "[x-]", r"[\", "a[", r"x\", "a*[", "a*b*[c"]
    {
        for name in ["", "a", "x", "zzz"] {
            let error = path_match(pattern, name).expect_err(pattern);
            assert_eq!(error.kind(), PatternErrorKind::BadGlob, "{pattern} {name}");
            assert!(!error.span().is_empty(), "{pattern} {name}");
        }
        assert!(Glob::new(pattern).is_err(), "{pattern}");
    }
}

#[test]
fn two_stars_cross_segments() {
    let check = |pattern: &str, yes: &[&str], no: &[&str]| {
        let glob = Glob::new(pattern).expect(pattern);
        assert!(yes.iter().all(|path| glob.is_match(path)), "{pattern} {yes:?}");
        assert!(!no.iter().any(|path| glob.is_match(path)), "{pattern} {no:?}");
    };
    check("**", &["a", "a/b/c"], &[]);
    check("a/**", &["a/b", "a/b/c"], &["b", "ab/c"]);
    check("**/b", &["b", "a/b", "a/a/b"], &["a/b/c", "ab"]);
    check("a/**/b/*.go", &["a/b/x.go", "a/x/b/x.go", "a/b/b/x.go"], &["a/b/x/y.go", "a/x.go"]);
    check("**/a/**/b", &["a/b", "x/a/y/b"], &["b/a"]);
    check("a**", &["ab"], &["a/b"]);
    check("README.md", &["README.md"], &["docs/README.md"]);
}

#[test]
fn many_stars_take_no_time() {
    let path = "a/".repeat(5_000);
    assert!(!Glob::new(&"**/a/".repeat(200)).expect("valid").is_match(&format!("{path}b")));
    assert!(!path_match(&"*a".repeat(200), &format!("{}b", "a".repeat(5_000))).expect("valid"));
}
