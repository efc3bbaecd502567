//! The short ways of reading and printing against the long ones.

use std::fmt;

use proptest::prelude::*;

use super::Quantity;
use super::parse::{unusual, usual};
use super::print::Usual;

const SUFFIXES: [&str; 22] = [
    "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e0",
    "e3", "E9", "e-9", "e12", "i",
];

/// A quantity that prints itself the long way.
struct Long<'q>(&'q Quantity);

impl fmt::Display for Long<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.unusual(f)
    }
}

#[track_caller]
fn check(text: &str) {
    let long = unusual(text);
    if let Some((size, format)) = usual(text.as_bytes()) {
        let long = long.as_ref().unwrap_or_else(|error| panic!("{text}: {error}"));
        let short = Quantity { amount: super::Amount::Small(size), format };
        assert_eq!((&short, format), (long, long.format()), "{text}");
    }
    let Ok(quantity) = long else { return };
    let printed = Long(&quantity).to_string();
    let mut pushed = String::from(">");
    quantity.push_to(&mut pushed);
    assert_eq!((quantity.to_string().as_str(), &pushed[1..]), (&*printed, &*printed), "{text}");
}

/// A number of digits, a point among them, and what may stand around them.
fn text() -> impl Strategy<Value = String> {
    let suffix = proptest::sample::select(SUFFIXES.as_slice());
    let sign = proptest::sample::select(["", "", "", "-", "+"].as_slice());
    ("[0-9]{0,20}", proptest::option::of("[0-9]{0,11}"), sign, suffix).prop_map(
        |(whole, fraction, sign, suffix)| {
            let fraction = fraction.map(|it| format!(".{it}")).unwrap_or_default();
            format!("{sign}{whole}{fraction}{suffix}")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_short_way_reads_and_prints_what_the_long_one_does(text in text()) {
        check(&text);
    }
}

#[test]
fn every_small_number_is_read_and_printed_alike_both_ways() {
    for suffix in SUFFIXES {
        for number in (0..=4100).chain([9_999, 16_384, 1_000_000, 1_048_576]) {
            check(&format!("{number}{suffix}"));
            check(&format!("{number}.5{suffix}"));
        }
    }
}

#[test]
fn what_manifests_write_takes_the_short_way() {
    for text in ["10m", "0.5", "2", "512Mi", "1.5Gi", "1e3", "1000Ki", "20G", "999999.5Ti"] {
        assert!(usual(text.as_bytes()).is_some(), "{text}");
        let quantity: Quantity = text.parse().unwrap_or(Quantity::ZERO);
        assert!(Usual::of(&quantity).is_some(), "{text}");
    }
    for text in ["", ".5", "-1", "+1", "1i", "i", "1e", "1eE", "1Ei", "9223372036854775808Ki"] {
        assert!(usual(text.as_bytes()).is_none(), "{text}");
    }
}
