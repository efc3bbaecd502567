//! The two readers of this crate against each other: lines read directly, and everything through tokens.

use proptest::prelude::*;

use super::parse_with;

/// Pieces that YAML texts are made of, and some that break them.
const PIECES: &[&str] = &[
    "a",
    "b",
    "key",
    "key:",
    "key: ",
    ": ",
    ":",
    "- ",
    "-",
    "- a: 1",
    "\n",
    "\n",
    "\n",
    "\n  ",
    "\n  ",
    "\n    ",
    "\n      ",
    " ",
    "  ",
    "# c",
    " # c",
    "'x'",
    "\"y\"",
    "'",
    "\"",
    "\\",
    "|",
    "|+\n",
    ">-\n",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "&a ",
    "*a",
    "!t ",
    "!!str ",
    "? ",
    "?",
    "---\n",
    "--- ",
    "...\n",
    "\t",
    "\r\n",
    "\r",
    "é",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "%",
    "%YAML 1.1\n",
    "@",
    "`",
    "1",
    "yes",
    "~",
    "\nkey: value",
    "\n  key: value",
    "\n- item",
    "\n  - item",
    "\n- key: value",
    "\nkey:\n  ",
    "\nkey:\n- ",
    "\nlong key with words: v",
    "a:b",
    "a#b",
    "http://x:80/y",
    "k: [a, \"b\"]",
    "k: [1, 'b', yes",
    "k: []\n",
    "k: {}",
];

pub(crate) fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..24).prop_map(|it| it.concat())
}

/// Lines that look like manifests, with a piece of the above here and there.
pub(crate) fn manifest() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        8 => proptest::sample::select(vec!["v", "1", "\"q\"", "'s' # c", "two words", "", "x:y", "-1", "a #c", "[]", "{}", "[a, 1] # c", "['s', \"q\", no, 2001-01-01]", "[x, [y]]", "{a: b}"]),
        1 => proptest::sample::select(PIECES),
    ];
    let line = (0usize..5, 0usize..6, value).prop_map(|(indent, kind, value)| {
        let blanks = "  ".repeat(indent);
        match kind {
            0 => format!("{blanks}- {value}\n"),
            1 => format!("{blanks}- k: {value}\n"),
            2 => format!("{blanks}k:\n"),
            3 => format!("{blanks}# {value}\n"),
            4 => format!("{blanks}{value}\n"),
            _ => format!("{blanks}k: {value}\n"),
        }
    });
    proptest::collection::vec(line, 0..12).prop_map(|it| it.concat())
}

fn check(text: &str) {
    let quick = parse_with(text, true);
    let slow = parse_with(text, false);
    assert_eq!(format!("{:?}", quick.1), format!("{:?}", slow.1), "{text:?}");
    assert_eq!(format!("{:?}", quick.0), format!("{:?}", slow.0), "{text:?}");
    words(text);
}

/// What the tape calls a word is a string to both readers, and is printed as it is written.
fn words(text: &str) {
    let (stream, _) = crate::Stream::parse_what_can_be(text);
    for slot in (0..).take(stream.len()) {
        let node = crate::Node::new(&stream, slot);
        let Some(span) = node.word() else { continue };
        let word = span.of(text);
        assert_eq!(node.resolve(), Ok(Some(crate::Scalar::String(word.into()))), "{text:?}");
        assert!(!crate::is_yaml11_non_string(word), "{word:?} in {text:?}");
        let mut printed = [String::new(), String::new()];
        for (nth, out) in printed.iter_mut().enumerate() {
            let mut emitter = crate::Emitter::new(out);
            emitter.begin_map();
            if nth == 0 {
                emitter.key(word);
                emitter.string(word);
            } else {
                emitter.word_key(word);
                emitter.word(word);
            }
            emitter.end_map();
        }
        assert_eq!(printed[0], printed[1], "{text:?}");
        // What is longer than a line is folded at a blank.
        if word.len() < 40 || !word.contains(' ') {
            assert_eq!(printed[0], format!("{word}: {word}\n"), "{text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn direct_lines_give_the_tape_that_tokens_give(text in text()) {
        check(&text);
    }

    #[test]
    fn direct_lines_give_the_tape_that_tokens_give_on_manifests(text in manifest()) {
        check(&text);
    }
}
