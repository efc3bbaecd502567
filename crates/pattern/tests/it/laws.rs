use proptest::prelude::*;
use tidegate_pattern::{Glob, Regex, is_literal, path_match};

/// A second, simple matcher: one rule a line, by recursion.
fn slow_match(pattern: &[char], name: &[char]) -> bool {
    match (pattern, name) {
        ([], []) => true,
        (['*', rest @ ..], _) => {
            slow_match(rest, name)
                || name.first().is_some_and(|c| *c != '/') && slow_match(pattern, &name[1..])
        }
        (['?', rest @ ..], [c, name @ ..]) => *c != '/' && slow_match(rest, name),
        ([p, rest @ ..], [c, name @ ..]) => p == c && slow_match(rest, name),
        _ => false,
    }
}

proptest! {
    #[test]
    fn never_panics(pattern in r"[\\a-c0-9\[\]{}()*+?|^$.,<>:P=!é&~-]{0,24}", text in ".{0,12}") {
        if let Ok(regex) = Regex::new(&pattern) {
            let whole = regex.full_match(&text);
            prop_assert!(!whole || regex.is_match(&text));
            if let Some(captures) = regex.captures(&text) {
                let _ = captures.expand(&pattern);
            }
        }
        let _ = path_match(&pattern, &text);
    }

    #[test]
    fn arbitrary_text_never_panics(pattern in ".*", text in ".*") {
        let _ = Regex::new(&pattern).map(|it| it.is_match(&text));
        let _ = Glob::new(&pattern).map(|it| it.is_match(&text));
    }

    #[test]
    fn a_quoted_text_matches_itself_alone(text in r"[^\\]{0,20}", other in ".{0,20}") {
        let regex = Regex::new(&format!(r"\Q{text}\E")).expect("quoted text is a pattern");
        prop_assert!(regex.full_match(&text));
        prop_assert_eq!(regex.full_match(&other), text == other);
    }

    #[test]
    fn a_literal_matches_itself(pattern in "[a-z./:_-]{0,12}") {
        if let Some(text) = is_literal(&pattern) {
            prop_assert!(Regex::new(&pattern).expect("a literal").full_match(text));
        }
    }

    #[test]
    fn path_match_agrees_with_the_slow_matcher(pattern in "[ab/*?]{0,8}", name in "[ab/é]{0,8}") {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        prop_assert_eq!(
            path_match(&pattern, &name).expect("no brackets"),
            slow_match(&chars(&pattern), &chars(&name))
        );
    }
}
