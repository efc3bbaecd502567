use semver::Version;
use tidegate_version_bump::{
    CargoManifest, PackageVersion, VersionFile, VersionFileErrorKind as Kind, agree,
    set_cargo_lock, set_package_lock,
};

fn file(path: &str) -> VersionFile {
    VersionFile::kind_for(path, None).expect("there is no pattern")
}

/// Reads a version, sets another and looks that nothing else has changed.
#[track_caller]
fn reads(file: &VersionFile, text: &str, version: &str) {
    let found = file.read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(found.version.to_string(), version, "{text}");
    assert_eq!(found.span.of(text), version, "{text}");
    let set = file.set(text, &Version::new(99, 0, 0)).expect("it was read");
    let (before, after) = (&text[..found.span.start as usize], &text[found.span.end as usize..]);
    assert_eq!(set, format!("{before}99.0.0{after}"));
    assert_eq!(file.set(text, &found.version).as_deref(), Ok(text));
}

#[track_caller]
fn fails(file: &VersionFile, text: &str, kind: Kind, at: &str) {
    let error = file.read(text).expect_err(text);
    assert_eq!((error.kind(), error.span().of(text)), (kind, at), "{text}");
    assert_eq!(file.set(text, &Version::new(1, 0, 0)), Err(error));
}

#[test]
fn a_plain_file_is_one_version() {
    let plain = file("backend/VERSION");
    reads(&plain, "1.2.3", "1.2.3");
    reads(&plain, "1.2.3\n", "1.2.3");
    reads(&plain, "v1.2.3\r\n", "1.2.3");
    reads(&plain, "\u{feff}1.2.3\n", "1.2.3");
    reads(&plain, "\n  1.2.3-rc.1+b \t\n\n", "1.2.3-rc.1+b");
    fails(&plain, "", Kind::Empty, "");
    fails(&plain, " \n", Kind::Empty, " \n");
    fails(&plain, "1.2\n", Kind::NotAVersion, "1.2");
    fails(&plain, "version\n", Kind::NotAVersion, "version");
    fails(&plain, "1.2.3\n\n1.2.4 \n", Kind::MoreThanOneLine, "1.2.4");
    fails(&plain, "01.2.3", Kind::NotAVersion, "01.2.3");
}

#[test]
fn cargo_manifests_are_read_as_toml() {
    let cargo = file("Cargo.toml");
    reads(&cargo, "[package]\nname = \"a\"\nversion = \"1.2.3\" # here\n", "1.2.3");
    reads(&cargo, "[package]\r\nversion='1.2.3'\r\n", "1.2.3");
    reads(&cargo, "package = { version = \"1.2.3\", name = 'x' }", "1.2.3");
    reads(&cargo, "package.version = \"1.2.3\"", "1.2.3");
    reads(&cargo, "[\"package\"]\n\"version\" = \"1.2.3\"", "1.2.3");
    reads(&cargo, "[workspace.package]\nversion = \"1.2.3\"\n", "1.2.3");
    let both = "[workspace.package]\nversion = \"2.0.0\"\n[package]\nversion = \"1.2.3\"\n";
    reads(&cargo, both, "1.2.3");
    let noise = "[dependencies]\nversion = \"9.0.0\"\n[dependencies.package]\nversion = \"8.0.0\"\n\
                 [package]\nversion = \"1.2.3\"\nmetadata = [{ version = \"7.0.0\" }]\n";
    reads(&cargo, noise, "1.2.3");
    fails(&cargo, "[package]\nversion = \"1.2\"\n", Kind::NotAVersion, "1.2");
    fails(&cargo, "[package]\nversion = 1\n", Kind::NotAString, "1");
    fails(&cargo, "[package]\nversion = \"1.\\u0032.3\"\n", Kind::NotAString, "\"1.\\u0032.3\"");
    fails(
        &cargo,
        "[package]\nversion = \"\"\"1.2.3\"\"\"\n",
        Kind::NotAString,
        "\"\"\"1.2.3\"\"\"",
    );
    fails(&cargo, "[package]\nversion.workspace = true\n", Kind::Inherited, "true");
    fails(&cargo, "[package]\nname = \"a\"\n", Kind::Missing, "");
    let error = cargo.read("[package\nversion = \"1.2.3\"\n").expect_err("no TOML");
    assert_eq!(error.kind(), Kind::Malformed);
    let deep = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(cargo.read(&deep).expect_err("too deep").kind(), Kind::Malformed);
    let long = format!("a{} = 1\n", ".a".repeat(10_000)).repeat(10);
    assert_eq!(cargo.read(&long).expect_err("too long").kind(), Kind::Malformed);
}

#[test]
fn package_files_are_read_as_json() {
    let package = file("frontend/package.json");
    assert_eq!(package.lock_file(), Some("package-lock.json"));
    reads(&package, "{\n  \"name\": \"a\",\n  \"version\": \"1.2.3\"\n}\n", "1.2.3");
    reads(&package, "{\n\t\"version\":\t\"1.2.3\",\n\t\"x\": {\"version\": \"0.0.1\"}\n}", "1.2.3");
    reads(&package, "{\"version\":\"1.2.3\"}", "1.2.3");
    fails(&package, "{\"version\": 1}", Kind::NotAString, "1");
    fails(&package, "{\"version\": \"1.\\u0032.3\"}", Kind::NotAString, "\"1.\\u0032.3\"");
    fails(&package, "{\"name\": \"a\"}", Kind::Missing, "{");
    fails(&package, "{\"version\": \"1.0.0\", \"version\": \"1.0.1\"}", Kind::Twice, "\"version\"");
    fails(&package, "{\"version\": \"one\"}", Kind::NotAVersion, "one");
    assert_eq!(package.read("[1, 2").expect_err("open").kind(), Kind::Malformed);
    assert_eq!(package.read("version: 1.0.0").expect_err("YAML").kind(), Kind::Malformed);
}

#[test]
fn a_pattern_finds_its_group() {
    let named = VersionFile::kind_for("x", Some(r#"(VERSION) = "(?P<version>[^"]*)""#));
    reads(&named.expect("a pattern"), "const VERSION = \"1.2.3\";\n", "1.2.3");
    let first = VersionFile::kind_for("Cargo.toml", Some(r"(?m)^app (\S+)$")).expect("a pattern");
    reads(&first, "x\napp 1.2.3\ny", "1.2.3");
    fails(&first, "x\ny", Kind::NoMatch, "x\ny");
    fails(&first, "app 1.2.3\napp 1.2.4", Kind::MoreThanOneMatch, "app 1.2.4");
    fails(&first, "app one", Kind::NotAVersion, "one");
    let optional = VersionFile::kind_for("x", Some("a(b)?")).expect("a pattern");
    fails(&optional, "xa", Kind::NoMatch, "xa");
    let kind = |pattern| VersionFile::kind_for("x", Some(pattern)).expect_err(pattern).kind();
    assert_eq!(kind("version"), Kind::PatternWithoutGroup);
    assert_eq!(kind("(a"), Kind::InvalidPattern);
}

const LOCK: &str = r#"version = 4

[[package]]
name = "app"
version = "1.3.0"
dependencies = [
 "lib 1.3.0",
 "lib 0.9.0 (registry+https://example.com)",
 "other",
]

[[package]]
name = "lib"
version = "0.9.0"
source = "registry+https://example.com"

[[package]]
name = "lib"
version = "1.3.0"

[[package]]
name = "other"
version = "1.3.0"
source = "registry+https://example.com"
"#;

#[test]
fn a_lock_file_of_cargo_follows_in_its_own_packages() {
    let next = Version::new(1, 4, 0);
    let set = set_cargo_lock(LOCK, &["app", "lib", "other", "new"], &next).expect("valid");
    let expected = LOCK
        .replacen("version = \"1.3.0\"", "version = \"1.4.0\"", 2)
        .replace("lib 1.3.0", "lib 1.4.0");
    assert_eq!(set, expected);
    assert_eq!(set_cargo_lock(&set, &["app", "lib"], &next).as_ref(), Ok(&set));
    assert_eq!(set_cargo_lock(LOCK, &[], &next).as_deref(), Ok(LOCK));
    let wrong = "[[package]]\nname = \"app\"\nversion = 1\n";
    assert_eq!(
        set_cargo_lock(wrong, &["app"], &next).expect_err("no text").kind(),
        Kind::NotAString
    );
}

#[test]
fn a_lock_file_of_npm_follows_in_two_places() {
    let next = Version::new(1, 4, 0);
    let lock = "{\n  \"version\": \"1.3.0\",\n  \"lockfileVersion\": 3,\n  \"packages\": {\n    \"\": {\n      \
                \"version\": \"1.3.0\"\n    },\n    \"node_modules/x\": {\n      \"version\": \"1.3.0\"\n    }\n  }\n}\n";
    let set = set_package_lock(lock, &next).expect("valid");
    assert_eq!(set, lock.replacen("1.3.0", "1.4.0", 2));
    assert_eq!(set_package_lock("{}", &next).as_deref(), Ok("{}"));
    assert_eq!(set_package_lock("{", &next).expect_err("open").kind(), Kind::Malformed);
}

#[test]
fn a_manifest_tells_names_and_members() {
    let manifest = CargoManifest::parse(
        "[workspace]\nmembers = [\"crates/*\", 'xtask']\n[workspace.package]\nversion = \"1.0.0\"\n\
         [package]\nname = \"root\"\nversion = \"2.0.0\"\n",
    )
    .expect("valid");
    assert_eq!(manifest.members, ["crates/*", "xtask"]);
    assert_eq!(manifest.name.as_deref(), Some("root"));
    assert!(
        matches!(manifest.package_version, PackageVersion::Own(found) if found.place.line == 7)
    );
    assert_eq!(manifest.workspace_version.map(|it| it.place.line), Some(4));
    let bad = CargoManifest::parse("[package]\nversion = \"x\"\n").expect_err("no version");
    assert_eq!(bad.kind(), Kind::NotAVersion);
    let empty = CargoManifest::parse("").expect("an empty manifest is TOML");
    assert_eq!(empty.package_version, PackageVersion::Missing);
}

#[test]
fn files_of_a_group_agree_or_are_all_named() {
    let plain = file("VERSION");
    let (one, two) = (plain.read("1.0.0").expect("valid"), plain.read("\n2.0.0").expect("valid"));
    assert_eq!(agree([]), Ok(None));
    assert_eq!(agree([("a", &one), ("b", &one)]), Ok(Some(Version::new(1, 0, 0))));
    let error = agree([("a", &one), ("b", &two), ("c", &one)]).expect_err("two differ");
    assert_eq!(
        error.to_string(),
        "the version files do not agree: a:1 has 1.0.0, b:2 has 2.0.0, c:1 has 1.0.0"
    );
    assert_eq!(error.help(), "write 2.0.0 into a, c");
    assert_eq!(error.files().len(), 3);
}
