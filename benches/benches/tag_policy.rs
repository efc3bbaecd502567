//! The newest of many tags, beside reading all of them with `semver` and taking the greatest.
//!
//! The unit is tags a second.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use semver::Version;
use tidegate_tag_policy::{
    Constraint, Downgrade, Select, Situation, TagInfo, TagList, TagPolicy, decide,
};

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [100, 10_000, 1_000_000];

/// Tags in an order without pattern: releases, and one pre-release in eight.
fn tags(count: usize) -> Vec<String> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    (0..count)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let (major, minor, patch) = (state % 40, (state >> 8) % 200, (state >> 16) % 1_000);
            match (state >> 32) % 8 {
                0 => format!("{major}.{minor}.{patch}-rc.{}", (state >> 40) % 20),
                _ => format!("{major}.{minor}.{patch}"),
            }
        })
        .collect()
}

#[divan::bench(args = SIZES)]
fn tidegate_newest(bencher: Bencher<'_, '_>, count: usize) {
    let tags = tags(count);
    let constraint = Constraint::any();
    let expected = tags.iter().filter_map(|it| Version::parse(it).ok());
    let expected = expected.filter(|it| it.pre.is_empty()).max().expect("a release");
    assert_eq!(constraint.newest(tags.iter().map(String::as_str)), Some(&*expected.to_string()));
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| black_box(&constraint).newest(black_box(&tags).iter().map(String::as_str)));
}

#[divan::bench(args = SIZES)]
fn semver_parse_all_and_max(bencher: Bencher<'_, '_>, count: usize) {
    let tags = tags(count);
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| black_box(&tags).iter().filter_map(|it| Version::parse(it).ok()).max());
}

/// The whole decision, with its reason for every tag.
#[divan::bench(args = [100, 10_000])]
fn tidegate_decide(bencher: Bencher<'_, '_>, count: usize) {
    let list = TagList::complete(tags(count).iter().map(|it| TagInfo::named(it)).collect());
    let policy = TagPolicy::new(Select::Semver("^20".parse().expect("a constraint")));
    let current = TagInfo::named("20.0.0");
    let situation = Situation {
        current: Some(&current),
        held: &[],
        released: None,
        downgrade: Downgrade::Refused,
    };
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        decide(black_box(&policy), &situation, &list).expect("the list is complete")
    });
}
