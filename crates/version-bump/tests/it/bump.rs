use semver::{BuildMetadata, Version};
use tidegate_version_bump::{
    BumpErrorKind, Level, RequirementErrorKind, bump, set_version, upgrade_requirement,
};

#[track_caller]
fn check(version: &str, level: Level, expected: Result<&str, BumpErrorKind>) {
    let version = Version::parse(version).expect(version);
    let answer = bump(&version, level, None);
    let answer = answer.map(|it| it.version.to_string()).map_err(|error| error.kind());
    assert_eq!(answer.as_deref().map_err(|kind| *kind), expected, "{version} {level}");
}

#[test]
fn each_level_has_its_step() {
    check("3.4.5", Level::Major, Ok("4.0.0"));
    check("3.4.5", Level::Minor, Ok("3.5.0"));
    check("3.4.5", Level::Patch, Ok("3.4.6"));
    check("3.4.5", Level::Release, Ok("3.4.5"));
    check("3.4.5", Level::Alpha, Ok("3.4.6-alpha.1"));
    check("3.4.5-alpha", Level::Alpha, Ok("3.4.5-alpha.1"));
    check("3.4.5-alpha.7", Level::Alpha, Ok("3.4.5-alpha.8"));
    check("3.4.5-alpha.7", Level::Beta, Ok("3.4.5-beta.1"));
    check("3.4.5-rc.1", Level::Beta, Err(BumpErrorKind::EarlierPhase));
    check("3.4.5-nightly.3", Level::Rc, Ok("3.4.5-rc.1"));
    check("3.4.5-nightly.x", Level::Rc, Err(BumpErrorKind::UnsupportedScheme));
    check("3.4.5-nightly.x", Level::Patch, Ok("3.4.5"));
    check("3.4.5-beta.2+x", Level::Release, Ok("3.4.5+x"));
    check("18446744073709551615.0.0", Level::Major, Err(BumpErrorKind::Overflow));
    check("1.0.0-rc.18446744073709551615", Level::Rc, Err(BumpErrorKind::Overflow));
}

#[test]
fn errors_say_what_to_do() {
    let rc = Version::parse("2.0.0-rc.1").expect("valid");
    let error = bump(&rc, Level::Beta, None).expect_err("backwards");
    assert_eq!(
        error.to_string(),
        "would go back to an earlier pre-release phase: from 2.0.0-rc.1 to beta"
    );
    assert!(error.help().is_some());
    assert_eq!(error.version(), &rc);
    let error = set_version(&rc, &Version::new(1, 9, 0), None).expect_err("down");
    assert_eq!(error.to_string(), "cannot downgrade from 2.0.0-rc.1 to 1.9.0");
    let unknown = "mini".parse::<Level>().expect_err("no level");
    assert_eq!(
        unknown.to_string(),
        "`mini` is no level; there are major, minor, patch, release, rc, beta, alpha"
    );
}

#[test]
fn metadata_is_kept_or_replaced() {
    let build = BuildMetadata::new("ci.7").expect("valid");
    let version = Version::parse("1.0.0+old").expect("valid");
    let set = |wanted: &str, metadata| {
        let wanted = Version::parse(wanted).expect("valid");
        set_version(&version, &wanted, metadata).expect("not down")
    };
    assert_eq!(set("1.1.0", None).version.to_string(), "1.1.0+old");
    assert_eq!(set("1.1.0", Some(&build)).version.to_string(), "1.1.0+ci.7");
    assert_eq!(set("1.1.0+new", Some(&build)).version.to_string(), "1.1.0+new");
    assert!(!set("1.0.0+new", None).changed);
}

#[test]
fn requirements_keep_their_form() {
    let check = |requirement: &str, version: &str, expected: Option<&str>| {
        let version = Version::parse(version).expect(version);
        let upgraded = upgrade_requirement(requirement, &version).expect(requirement);
        assert_eq!(upgraded.as_deref(), expected, "{requirement} {version}");
    };
    check("0.3", "0.4.1", Some("0.4"));
    check("=0.3.1", "0.3.1", None);
    check("^2.1.0", "3.0.0-rc.1", Some("^3.0.0-rc.1"));
    check("2.*", "3.1.0", Some("3.*"));
    check("~1, ^1.2", "2.3.4", Some("~2, ^2.3"));
    let kind = |requirement| {
        upgrade_requirement(requirement, &Version::new(1, 0, 0)).expect_err(requirement).kind()
    };
    assert_eq!(kind("<2"), RequirementErrorKind::Unsupported);
    assert_eq!(kind("a.b"), RequirementErrorKind::Invalid);
}
