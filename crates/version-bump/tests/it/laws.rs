use proptest::prelude::*;
use semver::{BuildMetadata, Prerelease, Version};
use tidegate_version_bump::{
    Level, TagTemplate, VersionFile, bump, check_tags, level_of_commits, set_cargo_lock,
    set_package_lock, upgrade_requirement,
};

/// Versions whose pre-release, where there is one, is in a phase that the levels know.
fn versions() -> impl Strategy<Value = Version> {
    let pre = prop_oneof![
        3 => Just(String::new()),
        2 => ("alpha|beta|rc", 0_u64..20).prop_map(|(phase, number)| format!("{phase}.{number}")),
        1 => "alpha|beta|rc",
    ];
    (0_u64..9, 0_u64..9, 0_u64..9, pre, "|b\\.[0-9a-f]{4}").prop_map(
        |(major, minor, patch, pre, build)| Version {
            major,
            minor,
            patch,
            pre: Prerelease::new(&pre).expect("a pre-release"),
            build: BuildMetadata::new(&build).expect("metadata"),
        },
    )
}

fn levels() -> impl Strategy<Value = Level> {
    proptest::sample::select(&Level::ALL[..])
}

proptest! {
    #[test]
    fn a_bump_is_strictly_greater(version in versions(), level in levels()) {
        if let Ok(bumped) = bump(&version, level, None) {
            if bumped.changed {
                prop_assert!(bumped.version.cmp_precedence(&version).is_gt());
            } else {
                prop_assert_eq!(level, Level::Release);
                prop_assert_eq!(&bumped.version, &version);
            }
            prop_assert_eq!(bumped.version.to_string().parse::<Version>().ok(), Some(bumped.version));
        }
    }

    #[test]
    fn a_release_ends_every_pre_release(version in versions(), level in levels()) {
        if let Ok(bumped) = bump(&version, level, None) {
            let released = bump(&bumped.version, Level::Release, None).expect("always possible");
            prop_assert!(released.version.pre.is_empty());
        }
    }

    #[test]
    fn edits_are_local_and_idempotent(
        version in versions(),
        next in versions(),
        before in "[ \\t\\n]{0,3}",
        after in "[ \\t\\r\\n]{0,3}",
    ) {
        let plain = VersionFile::kind_for("VERSION", None).expect("no pattern");
        let cargo = VersionFile::kind_for("Cargo.toml", None).expect("no pattern");
        let json = VersionFile::kind_for("package.json", None).expect("no pattern");
        let blank = after.replace('\r', "");
        for (file, head, tail) in [
            (&plain, before.clone(), after.clone()),
            (&plain, format!("{before}v"), after.clone()),
            (&cargo, format!("# é{blank}\n[package]{blank}\nversion = \""), format!("\"{blank}\n[x]\nversion = \"0.0.0\"\n")),
            (&json, format!("{{{before}\"a\": [\"é\"],{before}\"version\":{before}\""), format!("\"{after}}}{after}")),
        ] {
            let text = format!("{head}{version}{tail}");
            let set = file.set(&text, &next).expect("a version file");
            prop_assert_eq!(&set, &format!("{head}{next}{tail}"));
            prop_assert_eq!(file.set(&set, &next).expect("still one"), set.clone());
            prop_assert_eq!(file.read(&set).expect("still one").version, next.clone());
        }
    }

    #[test]
    fn never_panics(text in ".{0,60}") {
        for path in ["VERSION", "Cargo.toml", "package.json"] {
            let _ = VersionFile::kind_for(path, None).expect("no pattern").read(&text);
        }
        let _ = VersionFile::kind_for("x", Some(&text)).map(|it| it.read(&text));
        let version = Version::new(1, 0, 0);
        let _ = set_cargo_lock(&text, &["a"], &version);
        let _ = set_package_lock(&text, &version);
        let _ = upgrade_requirement(&text, &version);
        let _ = text.parse::<TagTemplate>();
        let _ = level_of_commits([&*text]);
    }

    #[test]
    fn what_the_tags_admit_is_above_all_of_them(
        version in versions(),
        reachable in proptest::collection::vec(versions(), 0..5),
    ) {
        let template = TagTemplate::default();
        let tags: Vec<_> = reachable.iter().map(|it| template.format(it)).collect();
        let tags = || tags.iter().map(String::as_str);
        let admitted = check_tags(&version, &template, tags(), tags()).is_ok();
        prop_assert_eq!(admitted, reachable.iter().all(|it| version.cmp_precedence(it).is_gt()));
    }
}
