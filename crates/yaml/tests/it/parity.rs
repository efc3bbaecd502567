//! Answers of `kubectl kustomize` (v5.6.0, of kubectl 1.33) to a kustomization whose one resource is the input.

use crate::read::reprint;

#[track_caller]
fn check(text: &str, expected: &str) {
    let printed = reprint(text).expect("valid and printable");
    for (nth, (ours, theirs)) in printed.lines().zip(expected.lines()).enumerate() {
        assert_eq!(ours, theirs, "line {}", nth + 1);
    }
    assert_eq!(printed, expected);
}

#[test]
fn plain_scalars_are_read_as_the_reference_reads_them() {
    check(
        include_str!("../data/print/plain-scalars.in.yaml"),
        include_str!("../data/print/plain-scalars.out.yaml"),
    );
}

#[test]
fn long_and_multi_line_strings_are_laid_out_as_by_the_reference() {
    check(
        include_str!("../data/print/folding-and-blocks.in.yaml"),
        include_str!("../data/print/folding-and-blocks.out.yaml"),
    );
}

#[test]
fn keys_stand_in_the_order_and_the_form_of_the_reference() {
    check(
        include_str!("../data/print/keys-and-nesting.in.yaml"),
        include_str!("../data/print/keys-and-nesting.out.yaml"),
    );
}
