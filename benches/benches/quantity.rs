//! Reading, comparing and printing quantities, beside the `kube_quantity` crate.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use kube_quantity::ParsedQuantity;
use tidegate_workload::Quantity;

fn main() {
    // A fast wrong answer must not win: both read every text as the same number.
    for text in tidegate_benches::QUANTITIES {
        let ours: Quantity = text.parse().expect("the inputs are valid");
        let theirs = ParsedQuantity::try_from(*text).expect("the inputs are valid");
        let floats = (ours.to_f64(), theirs.to_bytes_f64().unwrap_or(f64::NAN));
        assert!((floats.0 - floats.1).abs() <= floats.0.abs() * 1e-9, "{text}: {floats:?}");
    }
    divan::main();
}

fn items() -> ItemsCount {
    ItemsCount::new(tidegate_benches::QUANTITIES.len())
}

#[divan::bench(name = "quantity/parse/tidegate")]
fn parse_ours(bencher: Bencher<'_, '_>) {
    bencher.counter(items()).bench(|| {
        for text in tidegate_benches::QUANTITIES {
            let quantity: Quantity = black_box(*text).parse().expect("the inputs are valid");
            black_box(quantity);
        }
    });
}

#[divan::bench(name = "quantity/parse/kube_quantity")]
fn parse_theirs(bencher: Bencher<'_, '_>) {
    bencher.counter(items()).bench(|| {
        for text in tidegate_benches::QUANTITIES {
            black_box(ParsedQuantity::try_from(black_box(*text)).expect("the inputs are valid"));
        }
    });
}

#[divan::bench(name = "quantity/print/tidegate")]
fn print_ours(bencher: Bencher<'_, '_>) {
    let quantities: Vec<Quantity> =
        tidegate_benches::QUANTITIES.iter().map(|it| it.parse().expect("valid")).collect();
    bencher.counter(items()).bench(|| {
        for quantity in &quantities {
            black_box(black_box(quantity).to_string());
        }
    });
}

#[divan::bench(name = "quantity/print/kube_quantity")]
fn print_theirs(bencher: Bencher<'_, '_>) {
    let quantities: Vec<ParsedQuantity> = tidegate_benches::QUANTITIES
        .iter()
        .map(|it| ParsedQuantity::try_from(*it).expect("valid"))
        .collect();
    bencher.counter(items()).bench(|| {
        for quantity in &quantities {
            black_box(black_box(quantity).to_string());
        }
    });
}

#[divan::bench(name = "quantity/add/tidegate")]
fn add_ours(bencher: Bencher<'_, '_>) {
    let quantities: Vec<Quantity> =
        tidegate_benches::QUANTITIES.iter().map(|it| it.parse().expect("valid")).collect();
    bencher
        .counter(items())
        .bench(|| quantities.iter().fold(Quantity::ZERO, |sum, it| &sum + black_box(it)));
}

#[divan::bench(name = "quantity/add/kube_quantity")]
fn add_theirs(bencher: Bencher<'_, '_>) {
    let quantities: Vec<ParsedQuantity> = tidegate_benches::QUANTITIES
        .iter()
        .map(|it| ParsedQuantity::try_from(*it).expect("valid"))
        .collect();
    bencher.counter(items()).bench(|| {
        quantities.iter().fold(ParsedQuantity::try_from("0").expect("valid"), |sum, it| {
            sum + black_box(it.clone())
        })
    });
}
