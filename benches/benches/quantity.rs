//! Reading, comparing and printing quantities, beside the `kube_quantity` crate.

use std::fmt::{Display, Write as _};

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

fn ours() -> Vec<Quantity> {
    tidegate_benches::QUANTITIES.iter().map(|it| it.parse().expect("valid")).collect()
}

fn theirs() -> Vec<ParsedQuantity> {
    let read = |it: &&str| ParsedQuantity::try_from(*it).expect("valid");
    tidegate_benches::QUANTITIES.iter().map(read).collect()
}

/// Prints each into a text that keeps its memory.
fn print<T>(bencher: Bencher<'_, '_>, quantities: &[T], print: impl Fn(&T, &mut String)) {
    let mut text = String::with_capacity(64);
    bencher.counter(items()).bench_local(|| {
        for quantity in quantities {
            text.clear();
            print(black_box(quantity), &mut text);
            black_box(text.as_str());
        }
    });
}

fn display<T: Display>(quantity: &T, text: &mut String) {
    write!(text, "{quantity}").expect("a string takes any text");
}

/// Prints each into a text of its own, which the allocator has to find and to take back.
fn print_new<T: Display>(bencher: Bencher<'_, '_>, quantities: &[T]) {
    bencher.counter(items()).bench_local(|| {
        for quantity in quantities {
            black_box(black_box(quantity).to_string());
        }
    });
}

#[divan::bench(name = "quantity/print/tidegate")]
fn print_ours(bencher: Bencher<'_, '_>) {
    print(bencher, &ours(), Quantity::push_to);
}

#[divan::bench(name = "quantity/print/kube_quantity")]
fn print_theirs(bencher: Bencher<'_, '_>) {
    print(bencher, &theirs(), display);
}

#[divan::bench(name = "quantity/display/tidegate")]
fn display_ours(bencher: Bencher<'_, '_>) {
    print(bencher, &ours(), display);
}

#[divan::bench(name = "quantity/print_new/tidegate")]
fn print_new_ours(bencher: Bencher<'_, '_>) {
    print_new(bencher, &ours());
}

#[divan::bench(name = "quantity/print_new/kube_quantity")]
fn print_new_theirs(bencher: Bencher<'_, '_>) {
    print_new(bencher, &theirs());
}

#[divan::bench(name = "quantity/add/tidegate")]
fn add_ours(bencher: Bencher<'_, '_>) {
    let quantities = ours();
    bencher
        .counter(items())
        .bench(|| quantities.iter().fold(Quantity::ZERO, |sum, it| &sum + black_box(it)));
}

#[divan::bench(name = "quantity/add/kube_quantity")]
fn add_theirs(bencher: Bencher<'_, '_>) {
    let quantities = theirs();
    bencher.counter(items()).bench(|| {
        quantities.iter().fold(ParsedQuantity::try_from("0").expect("valid"), |sum, it| {
            sum + black_box(it.clone())
        })
    });
}
