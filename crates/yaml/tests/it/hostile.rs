use tidegate_yaml::edit;
use tidegate_yaml::{ErrorKind, Kind, MAX_DEPTH, Stream};

use crate::read::reprint;

#[track_caller]
fn first_error(text: &str) -> ErrorKind {
    Stream::parse(text).expect_err("not valid").first().kind()
}

#[test]
fn nesting_is_limited() {
    assert_eq!(first_error(&"[".repeat(MAX_DEPTH + 1)), ErrorKind::TooDeep);
    assert_eq!(first_error(&"- ".repeat(MAX_DEPTH + 1)), ErrorKind::TooDeep);
    let brackets = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    assert_eq!(Stream::parse(&brackets).map(|it| it.len()), Ok(MAX_DEPTH));
    let mut steps = String::new();
    for depth in 0..MAX_DEPTH / 10 {
        steps.push_str(&" ".repeat(depth));
        steps.push_str("a:\n");
    }
    assert_eq!(Stream::parse(&steps).map(|it| it.len()), Ok(MAX_DEPTH / 5 + 1));
}

#[test]
fn many_documents_and_large_scalars_are_read_in_one_go() {
    let stream = "a: 1\n---\n".repeat(100_000);
    assert_eq!(Stream::parse(&stream).map(|it| it.documents().len()), Ok(100_000 + 1));
    let scalar = "x".repeat(1 << 20);
    let text = format!("a: {scalar}\nb: '{scalar}'\nc: |\n  {scalar}\n");
    let stream = Stream::parse(&text).expect("valid YAML");
    let c = stream.root().and_then(|it| it.get("c")).expect("an entry");
    assert_eq!(c.as_str().len(), scalar.len() + 1);
}

#[test]
fn aliases_are_references() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for nth in 1..40 {
        let before = format!("*a{}, ", nth - 1).repeat(9);
        let line = format!("a{nth}: &a{nth} [{before}]\n");
        text.push_str(&line);
    }
    let stream = Stream::parse(&text).expect("valid YAML");
    assert!(stream.len() < 1_000);
    assert_eq!(first_error("a: &x [*x]\n"), ErrorKind::RecursiveAlias);
    assert_eq!(first_error("a: *x\n"), ErrorKind::UnknownAnchor);
    assert_eq!(first_error("a: &x 1\n---\nb: *x\n"), ErrorKind::UnknownAnchor);
}

#[test]
fn what_is_no_text_is_refused_with_its_place() {
    let errors = Stream::parse_bytes(b"a: 1\nb: \xff\n").expect_err("not UTF-8");
    assert_eq!((errors.first().kind(), errors.first().span().start), (ErrorKind::InvalidUtf8, 8));
    let errors = Stream::parse("a: \u{1}\nb: \u{7f}\nc: \u{fffe}\n").expect_err("not valid");
    let places: Vec<_> = errors.iter().map(|it| it.span().start).collect();
    assert_eq!(places, [3, 8, 13]);
    let long = "k".repeat(1_100);
    assert_eq!(first_error(&format!("a: 1\n{long}: 1\n")), ErrorKind::ExpectedColon);
}

/// Texts that are cut, repeated and mixed: `TIDEGATE_MUTANTS` says how many, 3,000 otherwise.
#[test]
fn mutants_never_panic_and_what_is_read_prints_stably() {
    const SEEDS: [&str; 5] = [
        "apiVersion: v1\nkind: A\nspec:\n  list:\n  - a: 1\n    b: 'x'\n  -   two words # note\n  text: |-\n    l\n\n    m\n",
        "%YAML 1.1\n--- !t\n? [k, {a: b}]\n: &x \"q\\u00e9\\\n  r\"\n? >+2\n    f\n   g\n\n: *x\n...\n---\n- - -\n",
        "{a: [1, 2.5, ~, yes], \"b\":'c', ? d, e: , f:g}\n",
        "\u{feff}a:\tb\r\nc:\r\n- d\r\n- e: é\u{85}f: \u{2028}\r\n<<: {x: !!int 5}\r\n",
        "base: &b {a: 1}\nuse:\n  <<: [*b]\n  t: 2001-01-01\n  u: !!binary aGk=\n  v: 0x1F\n",
    ];
    let count =
        std::env::var("TIDEGATE_MUTANTS").ok().and_then(|it| it.parse().ok()).unwrap_or(3_000);
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap_or(0)
    };
    for _ in 0..count {
        let mut chars: Vec<char> = SEEDS[next(SEEDS.len())].chars().collect();
        for _ in 0..=next(6) {
            let other: Vec<char> = SEEDS[next(SEEDS.len())].chars().collect();
            let (from, at) = (next(other.len()), next(chars.len() + 1));
            let piece = other[from..(from + next(12)).min(other.len())].to_vec();
            match next(3) {
                0 => chars.truncate(at),
                1 => drop(chars.drain(at..(at + next(8)).min(chars.len()))),
                _ => drop(chars.splice(at..at, piece)),
            }
        }
        let text: String = chars.into_iter().collect();
        let (stream, _) = Stream::parse_what_can_be(&text);
        assert!(stream.duplicate_keys().len() <= stream.len());
        for document in stream.documents() {
            let root = document.root();
            assert!(text.get(root.span().range()).is_some(), "{text:?}");
            let edits = match root.kind() {
                Kind::Mapping => edit::set_entry(root, "a", &"new".into()),
                Kind::Sequence => edit::push_item(root, &"new".into()),
                _ => edit::set(root, &"new".into()),
            };
            if let Ok(edits) = edits {
                assert!(
                    Stream::parse(&edits.apply(&text)).is_ok() || Stream::parse(&text).is_err()
                );
            }
        }
        if let Some(once) = reprint(&text) {
            assert_eq!(reprint(&once).as_ref(), Some(&once), "{text:?}");
        }
    }
}

#[test]
fn mistakes_point_at_whole_characters() {
    for text in [
        "é: 1\n- 2\n",
        " \u{feff}a:\n - b\n  c: d\n",
        "é:\n - 1\n- 2\n",
        "[é é: 1 ]\n- é",
        "é: [\n é",
    ] {
        let (_, errors) = Stream::parse_what_can_be(text);
        assert!(!errors.is_empty(), "{text:?} is read");
        let sources = &mut tidegate_source::Sources::new();
        let id = sources.add("a.yaml", text);
        for label in errors.iter().flat_map(|it| it.to_diagnostic(id).labels) {
            assert!(text.get(label.mark.span.range()).is_some(), "{text:?}: {label:?}");
        }
    }
}
