use tidegate_version_bump::{ConventionalCommit, Level, level_of_commits};

#[test]
fn each_message_asks_for_its_level() {
    for (message, expected) in [
        ("fix: a leak", Some(Level::Patch)),
        ("Fix(ui): a leak", Some(Level::Patch)),
        ("feat: search", Some(Level::Minor)),
        ("feat(api): search\n\nWith words.", Some(Level::Minor)),
        ("chore!: drop Node 18", Some(Level::Major)),
        ("fix(api)!: rename", Some(Level::Major)),
        ("docs: x\n\nBREAKING CHANGE: the pages moved", Some(Level::Major)),
        ("docs: x\n\nBREAKING-CHANGE #12", Some(Level::Major)),
        ("docs: x\n\nbreaking change: not in lower case", None),
        ("docs: typo", None),
        ("feat:no blank", None),
        ("feat: ", None),
        ("feat(): no scope", None),
        ("feat(a: open scope", None),
        ("two words: no type", None),
        (": nothing", None),
        ("", None),
    ] {
        assert_eq!(level_of_commits([message]), expected, "{message}");
    }
}

#[test]
fn the_highest_level_wins() {
    let messages = ["fix: a", "feat: b", "docs: c"];
    assert_eq!(level_of_commits(messages), Some(Level::Minor));
    assert_eq!(level_of_commits(messages.into_iter().chain(["x!: d"])), Some(Level::Major));
    assert_eq!(level_of_commits([]), None);
}

#[test]
fn parts_are_kept_as_written() {
    let commit = ConventionalCommit::parse("Feat(a b): say: hello \nrest").expect("the form");
    assert_eq!((commit.kind, commit.scope, commit.breaking), ("Feat", Some("a b"), false));
    assert_eq!(commit.description, "say: hello");
}
