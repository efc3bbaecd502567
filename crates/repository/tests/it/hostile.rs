//! The user's configuration: obeyed where it is theirs to say, without effect on what is committed, and unheard in
//! isolation.

use std::path::PathBuf;

use tidegate_repository::{
    BareClone, Environment, FileChange, LogQuery, Release, ReleasePolicy, WorkTree, clone,
    init_bare,
};

use crate::place::{DATE, Place, hook, tester};
use crate::release::{POLICY, release};

/// A configuration that changes how nearly everything behaves that this crate calls.
const CONFIG: &str = "
[alias]
    commit = !false
    push = !false
    status = !false
[user]
    name = Mallory
    email = mallory@example.org
[core]
    autocrlf = true
    quotePath = true
    abbrev = 4
    pager = false
    editor = false
[color]
    ui = always
[push]
    default = nothing
    followTags = true
    autoSetupRemote = true
    recurseSubmodules = on-demand
[pull]
    rebase = true
[merge]
    ff = false
[status]
    short = true
    branch = true
    showUntrackedFiles = all
    relativePaths = true
[format]
    pretty = %s
[log]
    date = relative
    decorate = full
    showSignature = true
    follow = true
[tag]
    sort = -version:refname
[trailer]
    separators = =
[i18n]
    logOutputEncoding = ISO-8859-1
    commitEncoding = ISO-8859-1
[diff]
    renames = copies
    noprefix = true
    mnemonicPrefix = true
[commit]
    cleanup = scissors
    status = false
    verbose = true
[init]
    defaultBranch = -odd
[fetch]
    prune = true
    all = true
[advice]
    detachedHead = true
";

/// Settings that keep git from working at all where they are heard.
const FATAL: &str = "
[core]
    hooksPath = HOOKS
    excludesFile = IGNORE
    attributesFile = ATTRIBUTES
[commit]
    gpgSign = true
[tag]
    gpgSign = true
[gpg]
    program = false
[url \"ext::false \"]
    insteadOf = /
    insteadOf = https://
";

fn config(place: &Place, name: &str, text: &str) -> PathBuf {
    let path = place.path(name);
    std::fs::write(&path, text).expect("it can be written");
    path
}

fn user(place: &Place, text: &str) -> Environment {
    let config = config(place, "gitconfig", text);
    Environment::user()
        .with_variable("HOME", place.path("home"))
        .with_variable("XDG_CONFIG_HOME", place.path("home"))
        .with_variable("GIT_CONFIG_NOSYSTEM", "1")
        .with_variable("GIT_CONFIG_GLOBAL", config)
}

/// An isolated environment in a process whose surroundings do all they can.
fn besieged(place: &Place) -> Environment {
    let hooks = place.path("hooks-of-mallory");
    hook(&place.path("mallory"), "pre-commit", "exit 1");
    std::fs::rename(place.path("mallory").join("hooks"), &hooks).expect("it can be moved");
    let ignore = config(place, "ignore", "*\n");
    let attributes = config(place, "attributes", "* text eol=crlf\n");
    let text = format!("{CONFIG}{FATAL}")
        .replace("HOOKS", &hooks.display().to_string())
        .replace("IGNORE", &ignore.display().to_string())
        .replace("ATTRIBUTES", &attributes.display().to_string());
    let global = config(place, "hostile", &text);
    let home = place.path("hostile-home");
    std::fs::create_dir_all(home.join("git")).expect("it can be made");
    for (name, text) in
        [(".gitconfig", text.as_str()), ("git/config", &text), ("git/ignore", "*\n")]
    {
        std::fs::write(home.join(name), text).expect("it can be written");
    }
    Environment::isolated(tester())
        .with_variable("HOME", &home)
        .with_variable("XDG_CONFIG_HOME", &home)
        .with_variable("GIT_CONFIG_GLOBAL", &global)
        .with_variable("GIT_CONFIG_SYSTEM", &global)
        .with_variable("GIT_CONFIG_COUNT", "1")
        .with_variable("GIT_CONFIG_KEY_0", "commit.gpgSign")
        .with_variable("GIT_CONFIG_VALUE_0", "true")
        .with_variable("GIT_DIR", place.path("nowhere"))
        .with_variable("GIT_WORK_TREE", "/")
        .with_variable("GIT_INDEX_FILE", place.path("no-index"))
        .with_variable("GIT_OBJECT_DIRECTORY", place.path("no-objects"))
        .with_variable("GIT_NAMESPACE", "elsewhere")
        .with_variable("GIT_AUTHOR_NAME", "Mallory")
        .with_variable("GIT_AUTHOR_DATE", "@1 +0000")
        .with_variable("GIT_COMMITTER_EMAIL", "mallory@example.org")
        .with_variable("GIT_TEMPLATE_DIR", place.path("hooks-of-mallory"))
        .with_variable("GIT_NOGLOB_PATHSPECS", "1")
        .with_variable("GIT_SSH_COMMAND", "false")
        .with_variable("GIT_EXTERNAL_DIFF", "false")
        .with_variable("GIT_TRACE", "2")
        .with_variable("LANG", "de_DE.UTF-8")
        .with_variable("LANGUAGE", "de")
        .with_variable("LC_ALL", "de_DE.UTF-8")
}

#[test]
fn isolated_git_is_deaf_to_its_surroundings() {
    let quiet = Place::new();
    let expected = quiet.clone("work").make_release(&release()).expect("it can be made");

    let mut place = Place::new();
    place.environment = besieged(&place);
    let remote = place.path("second.git");
    init_bare(&remote, &place.environment, "main").expect("it can be made");
    let tree =
        clone(&place.address(), &place.path("work"), &place.environment).expect("it can be cloned");
    assert_eq!(std::fs::read(tree.root().join("VERSION")).expect("it is there"), b"1.2.3\n");
    tree.check_release(&POLICY).expect("nothing stands against it");
    let released = tree.make_release(&release()).expect("it can be made");
    assert_eq!((&released.commit, &released.tag), (&expected.commit, &expected.tag));
    tree.push_release("origin", &released).expect("it can be pushed");

    let copy = place.copy("copy");
    let base = copy.tip("main").expect("the name is valid");
    let change = FileChange::set("new.yaml", "a: 1\n");
    let commit = copy
        .commit_files(base.as_ref(), &[change], "Ünïcode\n\nKey: value\n", None, DATE)
        .expect("it commits");
    copy.push("main", base.as_ref(), &commit).expect("it can be pushed");
    let described = copy.describe(&commit).expect("it is here");
    assert_eq!((described.author, described.author_date), (tester(), 1_700_000_000));
    assert_eq!(described.trailers, [("Key".to_owned(), "value".to_owned())]);
}

#[test]
fn users_habits_do_not_change_what_is_released() {
    let place = Place::new();
    place.clone("work");
    let tree = WorkTree::open(&place.path("work"), &user(&place, CONFIG)).expect("it opens");
    let state = tree.check_release(&POLICY).expect("nothing stands against it");
    let message = "Release 1.3.0 – ünïcode\n\n# not a comment\n\nKey: value\n";
    let edits: [(&str, &[u8]); 2] = [("VERSION", b"1.3.0\n"), ("ü.txt", b"a\nb\n")];
    let release = Release { edits: &edits, message, ..release() };
    let released = tree.make_release(&release).expect("it can be made");
    assert_eq!(
        tree.file(&released.commit, "ü.txt").expect("it reads").as_deref(),
        Some(&b"a\nb\n"[..])
    );
    let described = tree.describe(&released.commit).expect("it is here");
    assert_eq!(
        (described.author.name.as_str(), described.subject.as_str()),
        ("Mallory", "Release 1.3.0 – ünïcode")
    );
    assert_eq!(described.message, message.trim_end());
    assert_eq!(described.trailers, [("Key".to_owned(), "value".to_owned())]);
    let changed = tree.changed_files(Some(&state.head), &released.commit).expect("both are here");
    assert_eq!(changed, ["VERSION", "ü.txt"]);
    let query = LogQuery {
        to: &released.commit,
        from: None,
        paths: &["VERSION"],
        first_parent: false,
        limit: None,
    };
    assert_eq!(tree.log(&query).expect("it reads").len(), 2);
    let local = tree
        .create_tag("local-only", &released.commit, "stays here", DATE)
        .expect("it can be made");
    tree.push_release("origin", &released).expect("it can be pushed");
    let refs = tree.remote_refs("origin").expect("it answers");
    assert_eq!(refs.tag("v1.3.0"), Some(&released.tag));
    assert_eq!(refs.tag(&local.name), None, "push.followTags is not asked");
    let policy = ReleasePolicy { tag: Some("v1.4.0"), ..POLICY };
    tree.check_release(&policy).expect("the next one can follow");
}

#[test]
fn users_own_git_writes_back_too() {
    let place = Place::new();
    let copy = BareClone::open(&place.path("cache"), &place.address(), &user(&place, CONFIG))
        .expect("it opens");
    copy.fetch().expect("it answers");
    let base = copy.tip("main").expect("the name is valid");
    let change = FileChange::set("crlf.yaml", "a: 1\r\nb: 2\n");
    let commit = copy.commit_files(base.as_ref(), &[change], "x", None, DATE).expect("it commits");
    assert_eq!(
        copy.file(&commit, "crlf.yaml").expect("it reads").as_deref(),
        Some(&b"a: 1\r\nb: 2\n"[..])
    );
    copy.push("main", base.as_ref(), &commit).expect("it can be pushed");
    assert_eq!(copy.ask().expect("it answers").branch("main"), Some(&commit));
}

#[test]
fn failing_signature_stops_the_release_and_changes_nothing() {
    let place = Place::new();
    place.clone("work");
    let signing = format!("{CONFIG}[gpg]\n  program = false\n[commit]\n  gpgSign = true\n");
    let tree = WorkTree::open(&place.path("work"), &user(&place, &signing)).expect("it opens");
    let head = tree.commit("HEAD").expect("there is a commit");
    let error = tree.make_release(&release()).expect_err("it cannot be signed");
    assert!(error.reason().contains("gpg failed to sign the data"), "{error}");
    assert_eq!(tree.commit("HEAD").expect("there is a commit"), head);
    tree.check_release(&POLICY).expect("nothing is left behind");
    let tags = signing.replace("[commit]\n  gpgSign", "[tag]\n  gpgSign");
    let tree = WorkTree::open(&place.path("work"), &user(&place, &tags)).expect("it opens");
    tree.make_release(&release()).expect_err("the tag cannot be signed");
    assert_eq!(tree.commit("HEAD").expect("there is a commit"), head);
    tree.check_release(&POLICY).expect("nothing is left behind");
}

#[cfg(unix)]
#[test]
fn commits_and_tags_are_signed_when_git_is_configured_to() {
    let place = Place::new();
    place.clone("work");
    let script = "cat > /dev/null\necho '[GNUPG:] SIG_CREATED x' >&2\n\
        printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nsigned\\n-----END PGP SIGNATURE-----\\n'";
    hook(&place.path("signer"), "gpg", script);
    let program = place.path("signer").join("hooks/gpg");
    let signing = format!(
        "[user]\nname = U\nemail = u@example.org\n[gpg]\nprogram = {}\n[commit]\ngpgSign = true\n[tag]\ngpgSign = true\n",
        program.display()
    );
    let environment = user(&place, &signing);
    let tree = WorkTree::open(&place.path("work"), &environment).expect("it opens");
    let released = tree.make_release(&release()).expect("it can be made");
    let raw = |id: &str| {
        let mut command = std::process::Command::new("git");
        let output = command
            .current_dir(tree.root())
            .args(["cat-file", "-p", id])
            .output()
            .expect("git starts");
        String::from_utf8(output.stdout).expect("it is text")
    };
    assert!(raw(released.commit.as_str()).contains("gpgsig -----BEGIN PGP SIGNATURE-----"));
    assert!(raw(released.tag.object.as_str()).contains("-----BEGIN PGP SIGNATURE-----"));
    let copy =
        BareClone::open(&place.path("cache"), &place.address(), &environment).expect("it opens");
    copy.fetch().expect("it answers");
    let base = copy.tip("main").expect("the name is valid");
    let commit = copy
        .commit_files(base.as_ref(), &[FileChange::set("x", "x")], "x", None, DATE)
        .expect("it commits");
    copy.push("main", base.as_ref(), &commit).expect("it can be pushed");
    crate::place::git(&tree, &["fetch", "-q"]);
    assert!(raw(commit.as_str()).contains("gpgsig "));
}

#[cfg(unix)]
#[test]
fn users_hooks_run() {
    let place = Place::new();
    let tree = place.clone("work");
    hook(tree.git_dir(), "commit-msg", "echo 'Change-Id: I1' >> \"$1\"");
    hook(tree.git_dir(), "pre-push", "cat > pushed-refs");
    let released = tree.make_release(&release()).expect("it can be made");
    let described = tree.describe(&released.commit).expect("it is here");
    assert!(described.message.ends_with("Change-Id: I1"), "{}", described.message);
    tree.push_release("origin", &released).expect("it can be pushed");
    let pushed = std::fs::read_to_string(tree.root().join("pushed-refs")).expect("the hook ran");
    assert_eq!(pushed.lines().count(), 2);
}

#[test]
fn git_with_an_empty_home_works() {
    let place = Place::new();
    place.clone("work");
    std::fs::create_dir(place.path("home")).expect("it can be made");
    let tree = WorkTree::open(&place.path("work"), &user(&place, "")).expect("it opens");
    tree.set_config("user.name", "U").expect("it can be set");
    tree.set_config("user.email", "u@example.org").expect("it can be set");
    let released = tree.make_release(&release()).expect("it can be made");
    tree.push_release("origin", &released).expect("it can be pushed");
    for key in ["--global", "x", "user.na me", "a\n.b"] {
        assert!(tree.set_config(key, "x").is_err(), "{key:?}");
    }
}

#[test]
fn variables_that_point_elsewhere_are_not_followed() {
    let place = Place::new();
    place.clone("work");
    let environment = user(&place, "[user]\nname = U\nemail = u@example.org\n")
        .with_variable("GIT_DIR", place.path("nowhere"))
        .with_variable("GIT_INDEX_FILE", place.path("no-index"))
        .with_variable("GIT_WORK_TREE", "/");
    let tree = WorkTree::open(&place.path("work"), &environment).expect("it opens");
    assert_eq!(tree.root(), place.path("work"));
    tree.make_release(&release()).expect("it can be made");
}
