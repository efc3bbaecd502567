use tidegate_pattern::Regex;

#[track_caller]
fn check(pattern: &str, text: &str, template: &str, expected: &str) {
    let regex = Regex::new(pattern).expect(pattern);
    let captures = regex.captures(text).expect("the pattern matches");
    assert_eq!(captures.expand(template), expected, "{template}");
}

#[test]
fn references_are_read_as_go_reads_them() {
    let (pattern, text) = (r"(?P<a>\w+)-(\d+)(x)?", "build-17");
    check(pattern, text, "$a.$2", "build.17");
    check(pattern, text, "${a}s$2$3", "builds17");
    check(pattern, text, "$as", "");
    check(pattern, text, "$0", "build-17");
    check(pattern, text, "$02|${2|${}|$-|$", "|${2|${}|$-|$");
    check(pattern, text, "$$2 $9 $99999999999", "$2  ");
    check(pattern, text, "é$é$a", "ébuild");
}

#[test]
fn the_first_of_two_groups_of_one_name_that_matched_answers() {
    check("(?P<n>a)|(?P<n>b)", "b", "<$n>", "<b>");
    check("(?P<n>a)(?P<n>b)", "ab", "<$n>", "<a>");
}

#[test]
fn full_captures_need_the_whole_text() {
    let regex = Regex::new("(a|ab)").expect("valid");
    assert_eq!(regex.full_captures("ab").expect("whole").get(1), Some("ab"));
    assert_eq!(regex.captures("ab").expect("somewhere").range(1), Some(0..1));
    assert!(regex.full_captures("abc").is_none());
}
