use tidegate_pattern::{PatternErrorKind as Kind, Regex, is_literal};

#[track_caller]
fn matches(pattern: &str, yes: &[&str], no: &[&str]) {
    let regex = Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
    for text in yes {
        assert!(regex.full_match(text), "`{pattern}` should match {text:?}");
    }
    for text in no {
        assert!(!regex.full_match(text), "`{pattern}` should not match {text:?}");
    }
}

#[track_caller]
fn refused(pattern: &str, kind: Kind, at: &str) {
    let error = Regex::new(pattern).expect_err(pattern);
    assert_eq!((error.kind(), error.span().of(pattern)), (kind, at), "{pattern}");
}

#[test]
fn what_rust_refuses_and_go_takes() {
    matches(r"\Qa.b\Ec", &["a.bc"], &["axbc"]);
    matches(r"\Qa\Eb*", &["a", "abb"], &["aa"]);
    matches(r"\Qab", &["ab"], &["a"]);
    matches("{", &["{"], &[""]);
    matches("a{", &["a{"], &["a"]);
    matches("x{a}", &["x{a}"], &["x"]);
    matches("x{,3}", &["x{,3}"], &["xx"]);
    matches("x{01}", &["x{01}"], &["x"]);
    matches(r"\123", &["S"], &["\\123"]);
    matches(r"\0", &["\0"], &["0"]);
    matches(r"\p{^L}", &["1"], &["a"]);
    matches(r"\P{^L}", &["a"], &["1"]);
    matches("[[]", &["["], &["]"]);
    matches(r"[\d-z]", &["7", "-", "z"], &["y"]);
    matches("[]a]+", &["]a"], &["b"]);
    matches("[a-]+", &["a-"], &["b"]);
    matches("(?P<n>a)(?P<n>b)", &["ab"], &["a"]);
    matches(r"[\x{D800}]", &[], &["a", "\u{d7ff}"]);
    matches(r"[^\x{D800}-\x{DFFF}]", &["a"], &[]);
    matches("a(?i)*", &["", "aa"], &["A"]);
    matches("a*(?i)?", &["", "aa"], &["A"]);
}

#[test]
fn what_both_take_and_read_differently() {
    matches(r"\d+\w\b", &["12a"], &["١a"]);
    matches(r"\D", &["١"], &["1"]);
    matches(r"\w", &["_"], &["é"]);
    matches(r"\s+", &[" \t\r\n\u{c}"], &["\u{b}", "\u{a0}"]);
    matches("[[:space:]]", &["\u{b}"], &["\u{a0}"]);
    matches("[a&&b]+", &["a&b"], &["c"]);
    matches("[+--b]+", &["+,-b"], &["a"]);
    refused("[a--b]", Kind::InvalidCharRange, "a--");
    matches("[a~~b]+", &["a~b"], &["c"]);
    matches("[[a]]", &["[]", "a]"], &["a"]);
    matches(r"\<a\>", &["<a>"], &["a"]);
    matches("<a>", &["<a>"], &["a"]);
    matches(r"\b{start}", &[], &["start"]);
    matches(r"a\B.", &["ab"], &["a "]);
    matches(r"(?i)\w", &["\u{212a}"], &["-"]);
    matches("é\\b", &[], &["é"]);
}

#[test]
fn what_is_the_same() {
    matches("^a$", &["a"], &["a\n"]);
    matches(r"\Aa\z", &["a"], &["a\n"]);
    matches("(?m)a$\n^b", &["a\nb"], &["ab"]);
    matches("(?m:a$)\n(?-m:b)$", &["a\nb"], &[]);
    matches("(?i)straße", &["STRAßE"], &["STRASSE"]);
    matches("(?s).", &["\n"], &[]);
    matches(".", &["é"], &["\n"]);
    matches("[^a]", &["\n"], &["a"]);
    matches("(?i-s:A).", &["ab"], &["a\n"]);
    matches(r"[[:alpha:]\pN]+", &["a1½"], &["-"]);
    matches(r"[[:^alpha:]]", &["1"], &["a"]);
    matches(r"\pL\p{Greek}", &["aα"], &["αa"]);
    matches(r"\p{Any}", &["\n"], &[""]);
    matches(r"\x{1F600}\x41", &["😀A"], &[]);
    matches("a||b", &["", "a", "b"], &["c"]);
    matches("()|(|a)", &["", "a"], &["b"]);
    matches("a{2,3}", &["aa", "aaa"], &["a", "aaaa"]);
    matches("a{0}b", &["b"], &["ab"]);
    matches("#(?:[ #]&~-)?", &["#", "# &~-"], &[" "]);
}

#[test]
fn greed_follows_the_flag() {
    let first = |pattern: &str| Regex::new(pattern).expect(pattern).find("aaa");
    assert_eq!(first("a+"), Some(0..3));
    assert_eq!(first("a+?"), Some(0..1));
    assert_eq!(first("(?U)a+"), Some(0..1));
    assert_eq!(first("(?U)a+?"), Some(0..3));
    assert_eq!(first("(?U:a)+"), Some(0..3));
    assert_eq!(first("a|aa"), Some(0..1));
}

#[test]
fn what_go_refuses() {
    refused("x**", Kind::InvalidRepeatOp, "**");
    refused("x*+", Kind::InvalidRepeatOp, "*+");
    refused("x++?", Kind::InvalidRepeatOp, "++?");
    refused("x{2}{3}", Kind::InvalidRepeatOp, "{2}{3}");
    refused("a{1001}", Kind::InvalidRepeatSize, "{1001}");
    refused("a{2,1}", Kind::InvalidRepeatSize, "{2,1}");
    refused("a{99999999999}", Kind::InvalidRepeatSize, "{99999999999}");
    refused("(a{40}){40}", Kind::InvalidRepeatSize, "{40}");
    refused("(?x)a", Kind::InvalidPerlOp, "(?x");
    refused("(?u)a", Kind::InvalidPerlOp, "(?u");
    refused("(?R)a", Kind::InvalidPerlOp, "(?R");
    refused("(?=a)", Kind::InvalidPerlOp, "(?=");
    refused("(?i-)a", Kind::InvalidPerlOp, "(?i-)");
    refused("(?i--s)a", Kind::InvalidPerlOp, "(?i--");
    refused("(?i", Kind::InvalidPerlOp, "(?i");
    refused(r"a\u0041", Kind::InvalidEscape, r"\u");
    refused(r"\Z", Kind::InvalidEscape, r"\Z");
    refused(r"\C", Kind::InvalidEscape, r"\C");
    refused(r"(a)\1", Kind::InvalidEscape, r"\1");
    refused(r"\x{110000}", Kind::InvalidEscape, r"\x{110000");
    refused(r"\x{}", Kind::InvalidEscape, r"\x{}");
    refused("(?P<é>a)", Kind::InvalidNamedCapture, "(?P<é>");
    refused("(?P<>a)", Kind::InvalidNamedCapture, "(?P<>");
    refused("(?<a", Kind::InvalidNamedCapture, "(?<a");
    refused("[[:foo:]]", Kind::InvalidCharRange, "[:foo:]");
    refused(r"\p{Foo}", Kind::InvalidCharRange, r"\p{Foo}");
    refused(r"\p{greek}", Kind::InvalidCharRange, r"\p{greek}");
    refused(r"x\p", Kind::InvalidCharRange, r"\p");
    refused("[z-a]", Kind::InvalidCharRange, "z-a");
    refused("x[a", Kind::MissingBracket, "[a");
    refused("[]", Kind::MissingBracket, "[]");
    refused("(a", Kind::MissingParen, "(a");
    refused("a)b", Kind::UnexpectedParen, ")");
    refused("*a", Kind::MissingRepeatArgument, "*");
    refused("a|?", Kind::MissingRepeatArgument, "?");
    refused("({2})", Kind::MissingRepeatArgument, "{2}");
    refused(r"a\", Kind::TrailingBackslash, r"\");
}

#[test]
fn hostile_patterns_meet_a_limit() {
    let deep = |n| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    assert!(Regex::new(&deep(Regex::MAX_DEPTH)).expect("at the limit").full_match("a"));
    let nested = format!(
        "{}a{}",
        "((?:x|".repeat(Regex::MAX_DEPTH / 2),
        "y)*)+?".repeat(Regex::MAX_DEPTH / 2)
    );
    assert!(Regex::new(&nested).is_ok());
    let kind = |pattern: &str| Regex::new(pattern).expect_err("too much").kind();
    assert_eq!(kind(&deep(Regex::MAX_DEPTH + 1)), Kind::NestingDepth);
    assert_eq!(kind(&"(".repeat(60_000)), Kind::NestingDepth);
    assert_eq!(kind(&"a".repeat(Regex::MAX_PATTERN_LEN + 1)), Kind::TooLarge);
    assert_eq!(kind(r"\pL{1000}\pL{1000}\pL{1000}"), Kind::TooLarge);
    assert_eq!(kind(&format!("a{}", "*(?i)".repeat(10_000))), Kind::TooLarge);
    // Exponential for engines that backtrack.
    let text = "a".repeat(20_000);
    assert!(!Regex::new("(a|aa|a?)*b").expect("valid").is_match(&text));
}

#[test]
fn a_literal_has_no_special_character() {
    assert_eq!(is_literal("registry/app_1-x"), Some("registry/app_1-x"));
    for special in [r"\", ".", "+", "*", "?", "(", ")", "|", "[", "]", "{", "}", "^", "$"] {
        assert_eq!(is_literal(special), None, "{special}");
    }
}

#[test]
fn values_can_be_shared_between_threads() {
    fn check<T: Send + Sync + Clone + std::fmt::Debug>() {}
    check::<Regex>();
    check::<tidegate_pattern::Glob>();
    check::<tidegate_pattern::PatternError>();
}
