use proptest::prelude::*;
use tidegate_image_update::{
    Hold, HoldErrorKind, HoldFile, HoldSelector, HoldState, HoldSubject, Moment, add_hold,
    lift_hold,
};

fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

fn hold(component: &str, version: &str) -> Hold {
    Hold {
        subject: HoldSubject::Component(component.to_owned()),
        version: version.to_owned(),
        reason: "loses messages".to_owned(),
        who: "Ada <ada@shop.example>".to_owned(),
        when: moment("2026-03-01T12:00:00Z"),
        expires: None,
    }
}

fn of(component: &str, version: &str) -> HoldSelector {
    HoldSelector {
        subject: Some(HoldSubject::Component(component.to_owned())),
        version: Some(version.to_owned()),
    }
}

const FILE: &str = "\
# Versions that stay out of production.
apiVersion: tidegate/v1
kind: Holds
holds:
# found on a Friday
- component: web   # the shop
  version: '1.10'
  reason: >-
    crashes
    on start
  who: Ada
  when: 2026-03-01T12:00:00+01:00
- group: shop
  version: 2.0.0
  reason: \"slow\"
  who: Bob
  when: 2026-03-02T12:00:00Z
  expires: 2026-03-09T12:00:00Z

# the end
";

#[test]
fn a_new_file_is_printed_whole() {
    let mut hold = hold("web", "1.10");
    hold.expires = Some(moment("2026-04-01T00:00:00Z"));
    assert_eq!(
        add_hold("", &hold).unwrap(),
        "\
apiVersion: tidegate/v1
kind: Holds
holds:
- component: web
  version: \"1.10\"
  reason: loses messages
  who: Ada <ada@shop.example>
  when: 2026-03-01T12:00:00Z
  expires: 2026-04-01T00:00:00Z
"
    );
}

#[test]
fn adding_keeps_every_byte_and_follows_the_indentation() {
    let text = add_hold(FILE, &hold("web", "1.11.0")).unwrap();
    let added = "\
- component: web
  version: 1.11.0
  reason: loses messages
  who: Ada <ada@shop.example>
  when: 2026-03-01T12:00:00Z
";
    assert_eq!(text, FILE.replace("\n\n# the end", &format!("\n{added}\n# the end")));
}

#[test]
fn a_version_that_is_held_already_is_not_held_twice() {
    let mut other = hold("web", "1.10");
    other.reason = "another reason".to_owned();
    assert_eq!(add_hold(FILE, &other).unwrap(), FILE);
}

#[test]
fn an_empty_list_of_any_form_takes_the_first_hold() {
    for list in ["holds: []", "holds:", "holds: ~ # none", "holds: [ ]   # none"] {
        let text = format!("kind: Holds\n{list}\napiVersion: tidegate/v1\n");
        let added = add_hold(&text, &hold("web", "1.0.0")).unwrap();
        assert_eq!(HoldFile::parse(&added).unwrap().holds().len(), 1, "{added}");
        assert!(added.ends_with("\napiVersion: tidegate/v1\n"), "{added}");
        assert_eq!(added.contains("# none"), list.contains("# none"), "{added}");
    }
    let without = "apiVersion: tidegate/v1\nkind: Holds";
    let added = add_hold(without, &hold("web", "1.0.0")).unwrap();
    assert!(added.starts_with("apiVersion: tidegate/v1\nkind: Holds\nholds:\n- component: web\n"));
}

#[test]
fn carriage_returns_stay() {
    let text = FILE.replace('\n', "\r\n");
    let added = add_hold(&text, &hold("web", "3.0.0")).unwrap();
    assert_eq!(added.matches('\n').count(), added.matches("\r\n").count());
    assert_eq!(lift_hold(&added, &of("web", "3.0.0")).unwrap(), text);
}

#[test]
fn lifting_takes_the_lines_of_the_hold_and_nothing_else() {
    let text = lift_hold(FILE, &of("web", "1.10")).unwrap();
    // The comment above the hold is about it.
    let from = FILE.find("# found").unwrap();
    let to = FILE.find("- group").unwrap();
    assert_eq!(text, format!("{}{}", &FILE[..from], &FILE[to..]));
}

#[test]
fn lifting_everything_leaves_an_empty_list() {
    let text = lift_hold(FILE, &HoldSelector { subject: None, version: None }).unwrap();
    assert!(text.contains("\nkind: Holds\nholds: []\n"), "{text}");
    assert_eq!(HoldFile::parse(&text).unwrap().holds().len(), 0);
}

#[test]
fn what_is_not_held_cannot_be_lifted() {
    let errors = lift_hold(FILE, &of("web", "9.9.9")).unwrap_err();
    assert_eq!(errors.to_string(), "there is no hold on 9.9.9 of component web");
}

#[test]
fn a_list_in_brackets_does_not_grow_by_a_mapping() {
    let text = "apiVersion: tidegate/v1\nkind: Holds\nholds: [{component: web, version: 1.0.0, \
                reason: x, who: y, when: 2026-03-01T12:00:00Z}]\n";
    let errors = add_hold(text, &hold("web", "2.0.0")).unwrap_err();
    let first = errors.iter().next().unwrap();
    assert!(matches!(first.kind(), HoldErrorKind::NotEditable { .. }));
    assert!(first.span().of(text).starts_with("[{component"));
    let lifted = lift_hold(text, &of("web", "1.0.0")).unwrap();
    assert!(lifted.ends_with("\nholds: []\n"), "{lifted}");
}

#[test]
fn groups_hold_their_components_and_expired_holds_still_hold() {
    let file = HoldFile::parse(FILE).unwrap();
    let held = |component, group, version, now: &str| match file.is_held(
        component,
        group,
        version,
        &moment(now),
    ) {
        HoldState::Free => "free",
        HoldState::Held(_) => "held",
        HoldState::Expired(_) => "expired",
    };
    assert_eq!(held("web", None, "1.10", "2030-01-01T00:00:00Z"), "held");
    assert_eq!(held("api", None, "1.10", "2030-01-01T00:00:00Z"), "free");
    assert_eq!(held("api", Some("shop"), "2.0.0", "2026-03-09T11:59:59Z"), "held");
    assert_eq!(held("api", Some("shop"), "2.0.0", "2026-03-09T12:00:00Z"), "expired");
    assert_eq!(held("api", None, "2.0.0", "2026-03-03T00:00:00Z"), "free");
    let first = file.holds().next().unwrap();
    assert_eq!((&*first.reason, &*first.version), ("crashes on start", "1.10"));
    assert!(file.span(first).unwrap().of(FILE).starts_with("component: web"));
}

#[track_caller]
fn refused(text: &str, expected: &[(&str, &str)]) {
    let errors = HoldFile::parse(text).expect_err("mistakes");
    let found: Vec<(String, &str)> =
        errors.iter().map(|it| (it.to_string(), it.span().of(text))).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(what, place)| (&**what, *place)).collect();
    assert_eq!(found, expected);
}

const HEAD: &str = "apiVersion: tidegate/v1\nkind: Holds\n";

#[test]
fn every_mistake_is_found_with_its_place() {
    let text = format!(
        "{HEAD}holds:\n- componet: web\n  version: 1.0.0\n  reason: x\n  who: y\n  when: today\n- group: [a]\n"
    );
    refused(
        &text,
        &[
            ("unknown field `componet`", "componet"),
            ("a hold names either a `component` or a `group`", "componet"),
            ("\"today\" is no date and time such as 2026-03-01T12:00:00Z", "today"),
            ("a hold names either a `component` or a `group`", "group"),
            ("field `version` is missing", "group"),
            ("field `reason` is missing", "group"),
            ("field `who` is missing", "group"),
            ("field `when` is missing", "group"),
            ("group must be a text", "[a]"),
        ],
    );
}

#[test]
fn the_head_of_the_file_is_checked() {
    refused(
        "kind: Hold\nholds: []\n",
        &[("field `apiVersion` is missing", "kind"), ("`kind` must be `Holds`", "Hold")],
    );
    refused("- a\n", &[("a file of holds must be a mapping", "- a")]);
    refused(&format!("{HEAD}holds: 3\n"), &[("`holds` must be a list", "3")]);
    refused(&format!("{HEAD}---\na: b\n"), &[("a file of holds is one document", "---\na: b")]);
}

#[test]
fn both_subjects_or_a_key_twice_are_refused() {
    let both = format!(
        "{HEAD}holds:\n- {{component: a, group: b, version: v, reason: r, who: w, when: 2026-03-01T12:00:00Z}}\n"
    );
    refused(&both, &[("a hold names either a `component` or a `group`", "component")]);
    let twice = format!("{HEAD}holds: []\nholds: []\n");
    let errors = HoldFile::parse(&twice).unwrap_err();
    assert_eq!(errors.iter().count(), 1);
}

#[test]
fn moments_are_checked_and_compared_by_instant() {
    for bad in [
        "2026-13-01T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01",
        "2026-03-01T00:00:00",
        "2026-03-01T00:00:00.Z",
        "2026-3-1T00:00:00Z",
        "",
        "2026-03-01T00:00:00+2:00",
        "2026-03-01T00:00:00*02:00",
    ] {
        assert!(bad.parse::<Moment>().is_err(), "{bad}");
    }
    assert!(moment("2028-02-29T23:59:59.5Z") < moment("2028-02-29T23:59:59.75Z"));
    assert!(moment("1969-12-31T23:59:59Z") < moment("1970-01-01T00:00:00Z"));
    assert_eq!(moment("2026-01-01 00:30:00+01:00"), moment("2025-12-31T23:30:00z"));
}

fn holds() -> impl Strategy<Value = Hold> {
    let text = "[a-zA-Z0-9#:'\"{}@éß!?* -]{1,20}";
    (any::<bool>(), "[a-z]{1,3}", "[0-9a-z.]{1,6}", text, text, any::<bool>()).prop_map(
        |(group, name, version, reason, who, expires)| Hold {
            subject: if group { HoldSubject::Group(name) } else { HoldSubject::Component(name) },
            version,
            reason,
            who,
            when: moment("2026-03-01T12:00:00Z"),
            expires: expires.then(|| moment("2027-03-01T12:00:00-03:00")),
        },
    )
}

proptest! {
    #[test]
    fn what_is_added_is_read_back(all in prop::collection::vec(holds(), 1..6)) {
        let mut text = String::new();
        let mut kept: Vec<Hold> = Vec::new();
        for hold in all {
            text = add_hold(&text, &hold).unwrap();
            if !kept.iter().any(|it| it.subject == hold.subject && it.version == hold.version) {
                kept.push(hold);
            }
        }
        let file = HoldFile::parse(&text).unwrap();
        prop_assert!(file.holds().eq(kept.iter()));
    }

    #[test]
    fn adding_then_lifting_restores_the_text(hold in holds(), base in 0..3_u8) {
        let text = match base {
            0 => FILE.to_owned(),
            1 => format!("{HEAD}holds: []\n"),
            _ => FILE.replace("\n  ", "\n     ").replace("\n- ", "\n   - "),
        };
        let added = add_hold(&text, &hold).unwrap();
        prop_assert_eq!(&add_hold(&added, &hold).unwrap(), &added, "adding twice is adding once");
        let selector = HoldSelector {
            subject: Some(hold.subject.clone()),
            version: Some(hold.version.clone()),
        };
        prop_assert_eq!(lift_hold(&added, &selector).unwrap(), text);
    }

    #[test]
    fn never_panics(text in "[a-zA-Z:\\[\\]{}&*#'\"\n\r\t -]{0,80}") {
        if let Err(errors) = HoldFile::parse(&text) {
            prop_assert!(errors.iter().next().is_some());
        }
        let _: Result<String, _> = add_hold(&text, &hold("web", "1"));
        let _: Result<String, _> = lift_hold(&text, &of("web", "1"));
    }
}
