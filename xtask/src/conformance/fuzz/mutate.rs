//! Mutants: cases with a few changes of bytes, lines, words, trees and files.

use super::cases::Case;
use super::random::Random;

/// Values that are odd somewhere: numbers at a limit, texts that YAML takes for something else, patterns, paths, tags.
const VALUES: [&str; 72] = [
    "",
    "~",
    "null",
    "true",
    "yes",
    "0",
    "-1",
    "010",
    "0x1F",
    "1e999",
    "-0.0",
    ".inf",
    ".nan",
    "99999999999999999999",
    "9223372036854775808",
    "-9223372036854775809",
    "1_000",
    "12:30",
    "2001-01-01",
    "\"\"",
    "''",
    "\"\\u0000\"",
    "\"\\uD800\"",
    "\"\\x85\"",
    "\"a\\nb\"",
    "|-\n    a\n",
    "[]",
    "{}",
    "[[]]",
    "{{}}",
    "[a",
    "{a: b",
    "\"a",
    "'a",
    "*a",
    "&a b",
    "&a [*a]",
    "!!str 1",
    "!!int x",
    "!!binary aGk=",
    "!!binary %",
    "!!float 1",
    "!!null x",
    "!!bool x",
    "!!timestamp x",
    "!x y",
    "<<",
    "{<<: *a}",
    "$(A)",
    "$(A)$(A)$$(A)",
    ".*",
    "(a+)+$",
    "(?i)[",
    "x{1000}{1000}",
    "^a|b$",
    "..",
    "../..",
    "../../../../etc/passwd",
    "/etc/passwd",
    ".",
    "./",
    "--output",
    "https://example.com/a",
    "git@example.com:a",
    "a.b.c",
    "spec.*.a",
    "metadata.[a=b].c",
    "-1.-1",
    "/spec/-",
    "/",
    "apps/v1",
    "é\u{2028}\u{85}\u{feff}",
];

/// Lines that mean something in a kustomization, in a patch or in an object.
const LINES: [&str; 40] = [
    "resources: [.]",
    "resources: [..]",
    "- ../",
    "- kustomization.yaml",
    "components: [.]",
    "namespace: x",
    "namePrefix: a-",
    "nameSuffix: -b",
    "kind: Component",
    "kind: List",
    "kind: ConfigMapList",
    "items:",
    "items: [{}]",
    "commonLabels: {a: b}",
    "labels: [{pairs: {a: b}, includeSelectors: true}]",
    "commonAnnotations: {a: b}",
    "images: [{name: '.*', newTag: v1}]",
    "replicas: [{name: a, count: 99999999999}]",
    "$patch: delete",
    "$patch: replace",
    "$patch: x",
    "$setElementOrder/containers: [{name: a}]",
    "$deleteFromPrimitiveList/args: [a]",
    "$retainKeys: [a]",
    "<<: *a",
    "a: &a {b: *a}",
    "---",
    "--- a",
    "...",
    "%YAML 1.1",
    "%TAG ! a",
    "? a",
    "? [a]",
    ": a",
    "- ",
    "- - a",
    "#",
    "vars: [{name: A, objref: {kind: Service, name: a}}]",
    "buildMetadata: [originAnnotations, transformerAnnotations]",
    "patches: [{patch: '[{\"op\": \"move\", \"from\": \"/metadata\", \"path\": \"/metadata/a\"}]', target: {}}]",
];

const BYTES: [&[u8]; 16] = [
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\t",
    b"\r",
    b"\r\n",
    b"\x85",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x1b",
    b":",
    b"\"",
    b"\n\n",
    b" ",
    b"#",
];

/// Makes a mutant of one of the cases.
pub(super) fn mutant(cases: &[Case], random: &mut Random) -> Case {
    let mut case = random.of(cases).clone();
    let donor = random.of(cases).clone();
    loop {
        change(&mut case, &donor, random);
        if random.chance(60) {
            return case;
        }
    }
}

/// Makes one change.
fn change(case: &mut Case, donor: &Case, random: &mut Random) {
    if random.chance(8) {
        return files(case, donor, random);
    }
    let Some(path) = choose(case, random) else { return };
    let other = choose(donor, random).and_then(|it| donor.files.get(&it).cloned());
    let paths: Vec<String> = case.files.keys().cloned().collect();
    let Some(content) = case.files.get_mut(&path) else { return };
    if random.chance(8) {
        bytes(content, random);
        return;
    }
    let mut lines: Vec<Vec<u8>> =
        content.split_inclusive(|it| *it == b'\n').map(<[u8]>::to_vec).collect();
    match random.below(100) {
        0..22 => line(&mut lines, &other.unwrap_or_default(), random),
        22..64 => word(&mut lines, &paths, random),
        64..94 => tree(&mut lines, &other.unwrap_or_default(), random),
        _ => whole(&mut lines, random),
    }
    *content = lines.concat();
    content.truncate(1 << 20);
}

/// Chooses a file, a kustomization half of the time.
fn choose(case: &Case, random: &mut Random) -> Option<String> {
    let paths: Vec<&String> = case.files.keys().collect();
    let main: Vec<&String> =
        paths.iter().copied().filter(|it| it.to_lowercase().contains("kustomization")).collect();
    let list = if random.chance(50) && !main.is_empty() { main } else { paths };
    (!list.is_empty()).then(|| (*random.of(&list)).clone())
}

/// Changes which files there are.
fn files(case: &mut Case, donor: &Case, random: &mut Random) {
    let (Some(one), Some(two)) = (choose(case, random), choose(case, random)) else { return };
    match random.below(7) {
        0 => drop(case.files.remove(&one)),
        1 => {
            let (a, b) = (case.files.remove(&one), case.files.remove(&two));
            case.files.extend(b.map(|it| (one, it)));
            case.files.extend(a.map(|it| (two, it)));
        }
        2 => {
            let copy = case.files.get(&one).cloned().unwrap_or_default();
            case.files.insert(two, copy);
        }
        3 => {
            // A folder where a file was, and the other way round.
            let content = case.files.remove(&one).unwrap_or_default();
            case.files.insert(format!("{one}/kustomization.yaml"), content);
        }
        4 => {
            // A ring of kustomizations.
            let up = "../".repeat(one.matches('/').count());
            let content = case.files.entry(one).or_default();
            content.extend(format!("\nresources: [\"{up}{}\"]\n", case.build).bytes());
        }
        5 => {
            let content = choose(donor, random).and_then(|it| donor.files.get(&it).cloned());
            case.files.insert(one, content.unwrap_or_default());
        }
        _ => {
            case.build = match one.rsplit_once('/') {
                Some((folder, _)) => folder.to_owned(),
                None => ".".to_owned(),
            };
        }
    }
}

/// Changes bytes.
fn bytes(content: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(content.len() + 1);
    let end = (at + 1 + random.below(12)).min(content.len());
    match random.below(6) {
        0 => drop(content.drain(at.min(end)..end)),
        1 => {
            let copy = content[at.min(end)..end].to_vec();
            content.splice(at..at, copy);
        }
        2 => {
            if let Some(byte) = content.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        3 => content.truncate(at),
        _ => {
            content.splice(at..at, random.of(&BYTES).iter().copied());
        }
    }
}

/// Changes the order and the number of lines, and how far they are indented.
fn line(lines: &mut Vec<Vec<u8>>, other: &[u8], random: &mut Random) {
    if lines.is_empty() {
        lines.push(b"\n".to_vec());
    }
    let (at, to) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(8) {
        0 => drop(lines.remove(at)),
        1 => {
            let copy = lines[at].clone();
            lines.insert(to, copy);
        }
        2 => lines.swap(at, to),
        3 => {
            let by = 1 + random.below(3);
            let range = at.min(to)..=at.max(to).min(at.min(to) + 5);
            for line in &mut lines[range] {
                line.splice(0..0, vec![b' '; by]);
            }
        }
        4 => {
            let range = at.min(to)..=at.max(to).min(at.min(to) + 5);
            for line in &mut lines[range] {
                let blanks = indent(line).min(1 + random.below(3));
                line.drain(..blanks);
            }
        }
        5 => {
            let foreign: Vec<&[u8]> = other.split_inclusive(|it| *it == b'\n').collect();
            if !foreign.is_empty() {
                lines.insert(to, random.of(&foreign).to_vec());
            }
        }
        6 => {
            // Two lines in one.
            let next = if at + 1 < lines.len() { lines.remove(at + 1) } else { Vec::new() };
            let kept = lines[at].len().saturating_sub(1);
            lines[at].truncate(kept);
            lines[at].extend(next);
        }
        _ => {
            let blanks = " ".repeat(indent(&lines[at]));
            lines.insert(at, format!("{blanks}{}\n", random.of(&LINES)).into_bytes());
        }
    }
}

/// Changes one word, or what stands before it.
fn word(lines: &mut [Vec<u8>], paths: &[String], random: &mut Random) {
    if lines.is_empty() {
        return;
    }
    let at = random.below(lines.len());
    let line = &mut lines[at];
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./*$".contains(byte);
    let starts: Vec<usize> = (0..line.len())
        .filter(|at| is_word(&line[*at]) && (*at == 0 || !is_word(&line[*at - 1])))
        .collect();
    if starts.is_empty() {
        return;
    }
    // The last word is most often the value.
    let last = starts[starts.len() - 1];
    let start = if random.chance(50) { last } else { *random.of(&starts) };
    let end = start + line[start..].iter().take_while(|it| is_word(it)).count();
    let new: Vec<u8> = match random.below(10) {
        0..6 => random.of(&VALUES).as_bytes().to_vec(),
        6 => random.of(paths).clone().into_bytes(),
        7 => {
            let anchor = *random.of(&["&a ", "*a ", "!!str ", "!!int ", "!x ", "- ", "? ", "$"]);
            [anchor.as_bytes(), &line[start..end]].concat()
        }
        8 => {
            let mut word = line[start..end].to_vec();
            word.extend(line[start..end].to_vec());
            word
        }
        _ => "x".repeat(1 << random.below(14)).into_bytes(),
    };
    line.splice(start..end, new);
}

/// Changes a line and all that is indented below it.
fn tree(lines: &mut Vec<Vec<u8>>, other: &[u8], random: &mut Random) {
    if lines.is_empty() {
        return;
    }
    let at = random.below(lines.len());
    let end = below(lines, at);
    match random.below(8) {
        0 => drop(lines.drain(at..end)),
        1 => {
            let copy = lines[at..end].to_vec();
            lines.splice(at..at, copy);
        }
        2 => {
            let moved: Vec<_> = lines.drain(at..end).collect();
            let to = random.below(lines.len() + 1);
            lines.splice(to..to, moved);
        }
        3 => {
            let foreign: Vec<Vec<u8>> =
                other.split_inclusive(|it| *it == b'\n').map(<[u8]>::to_vec).collect();
            if foreign.is_empty() {
                return;
            }
            let from = random.below(foreign.len());
            let tree = foreign[from..below(&foreign, from)].to_vec();
            let by = indent(&lines[at]);
            let shift = by.saturating_sub(indent(&tree[0]));
            let tree = tree.into_iter().map(|line| [vec![b' '; shift], line].concat());
            lines.splice(at..end, tree);
        }
        4 => {
            // Deep, in the one line or over many.
            let blanks = " ".repeat(indent(&lines[at]));
            let depth = 1 << random.below(12);
            let open = *random.of(&["[", "{a: ", "- ", "? ", "!x [", "&a ["]);
            lines.insert(at, format!("{blanks}a: {}1\n", open.repeat(depth)).into_bytes());
        }
        5 => {
            let blanks = indent(&lines[at]);
            let depth = 1 << random.below(9);
            let deep =
                (0..depth).map(|nth| format!("{}a:\n", " ".repeat(blanks + nth)).into_bytes());
            lines.splice(at..at, deep);
        }
        6 => {
            // Aliases of aliases.
            let blanks = " ".repeat(indent(&lines[at]));
            let levels = *random.of(&[1, 2, 2, 3, 3, 12]);
            let bomb = (0..levels).map(|nth| {
                let before = if nth == 0 { "x" } else { &format!("*b{}", nth - 1) };
                format!("{blanks}b{nth}: &b{nth} [{}]\n", [before; 9].join(", ")).into_bytes()
            });
            lines.splice(at..at, bomb);
        }
        _ => {
            // One key many times, or many keys.
            let blanks = " ".repeat(indent(&lines[at]));
            let count = 1 << random.below(10);
            let same = random.chance(30);
            let many = (0..count).map(|nth| {
                let key = if same { "k".to_owned() } else { format!("k{nth}") };
                format!("{blanks}{key}: {nth}\n").into_bytes()
            });
            lines.splice(at..at, many);
        }
    }
}

/// Changes a whole file.
fn whole(lines: &mut Vec<Vec<u8>>, random: &mut Random) {
    match random.below(6) {
        0 => {
            for line in lines {
                if line.ends_with(b"\n") {
                    line.splice(line.len() - 1.., *b"\r\n");
                }
            }
        }
        1 => lines.insert(0, b"\xef\xbb\xbf".to_vec()),
        2 => {
            if let Some(last) = lines.last_mut().filter(|it| it.ends_with(b"\n")) {
                last.pop();
            }
        }
        3 => {
            let copy = lines.clone();
            lines.push(b"---\n".to_vec());
            lines.extend(copy);
        }
        4 => {
            for line in lines {
                let tabs = indent(line) / 2;
                line.splice(..tabs * 2, vec![b'\t'; tabs]);
            }
        }
        _ => lines.reverse(),
    }
}

fn indent(line: &[u8]) -> usize {
    line.iter().take_while(|it| **it == b' ').count()
}

/// Returns the end of what is indented below a line.
fn below(lines: &[Vec<u8>], at: usize) -> usize {
    let blanks = indent(&lines[at]);
    let deeper = lines[at + 1..].iter().take_while(|it| indent(it) > blanks).count();
    at + 1 + deeper
}
