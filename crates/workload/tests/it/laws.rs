//! Laws of the controller's step and of quantities.

use proptest::prelude::*;
use tidegate_workload::{
    Change, DeploymentSpec, DeploymentState, Format, IntOrPercent, Quantity, ReplicaSetState,
    Seconds, Strategy as Rolling, step,
};

fn amounts() -> impl Strategy<Value = IntOrPercent> {
    prop_oneof![(0..12).prop_map(IntOrPercent::Int), (0..=100_i64).prop_map(IntOrPercent::Percent)]
}

fn strategies() -> impl Strategy<Value = Rolling> {
    let rolling = (amounts(), amounts()).prop_map(|(max_surge, max_unavailable)| {
        Rolling::RollingUpdate { max_surge, max_unavailable }
    });
    prop_oneof![1 => Just(Rolling::Recreate), 3 => rolling]
}

/// A Deployment in the middle of something: up to three sets, some of whose pods serve.
fn states() -> impl Strategy<Value = DeploymentState> {
    let set = (0..15, 0..=100_i32, any::<bool>());
    (0..12, strategies(), prop::collection::vec(set, 0..4)).prop_map(
        |(replicas, strategy, sets)| {
            let spec = DeploymentSpec { replicas, strategy, ..DeploymentSpec::default() };
            let mut state = DeploymentState::new(spec, "wanted");
            for (at, (pods, serving, wanted)) in sets.into_iter().enumerate() {
                let at = i64::try_from(at).expect("small numbers");
                let template =
                    if wanted && at > 0 { "wanted".to_owned() } else { format!("v{at}") };
                let set = ReplicaSetState::new(format!("set-{at}"), template, Seconds(at));
                let mut set = set.all_available(pods);
                set.available = pods * serving / 100;
                set.ready = set.available;
                set.revision = at;
                state.sets.push(set);
            }
            state
        },
    )
}

/// Makes every set's pods what it wants; new ones serve at once.
fn settle(state: &mut DeploymentState) {
    for set in &mut state.sets {
        *set = set.clone().all_available(set.replicas);
    }
}

fn wanted(state: &DeploymentState) -> i32 {
    state.sets.iter().map(|set| set.replicas).sum()
}

proptest! {
    #[test]
    fn a_step_never_goes_above_the_ceiling(state in states()) {
        let ceiling = state.spec.replicas + state.spec.fenceposts().surge;
        let before = wanted(&state);
        let mut after = state;
        let taken = step(&after, Seconds(100));
        after.apply(&taken, Seconds(100));
        prop_assert!(wanted(&after) <= before.max(ceiling));
    }

    #[test]
    fn a_rolling_step_never_takes_available_pods_below_the_floor(state in states()) {
        prop_assume!(state.spec.strategy != Rolling::Recreate);
        let floor = state.spec.replicas - state.spec.fenceposts().unavailable;
        let available = |state: &DeploymentState| -> i32 {
            state.sets.iter().map(|set| set.available.min(set.replicas)).sum()
        };
        let before = available(&state);
        let new = state.new_set();
        let too_large = new.is_some_and(|at| state.sets[at].replicas > state.spec.replicas);
        prop_assume!(!too_large);
        let mut after = state;
        let taken = step(&after, Seconds(100));
        after.apply(&taken, Seconds(100));
        prop_assert!(available(&after) >= before.min(floor), "{before} -> {}", available(&after));
    }

    #[test]
    fn every_rollout_without_faults_ends(state in states()) {
        let mut state = state;
        let bound = 20 + 4 * (wanted(&state) + state.spec.replicas);
        for at in 0..bound {
            let now = Seconds(100 + i64::from(at));
            let taken = step(&state, now);
            let idle = taken.is_idle(&state);
            state.apply(&taken, now);
            settle(&mut state);
            if taken.complete && idle {
                break;
            }
        }
        let new = state.new_set().expect("the wanted set was created");
        prop_assert_eq!(state.sets[new].replicas, state.spec.replicas);
        prop_assert_eq!(wanted(&state), state.spec.replicas);
    }

    #[test]
    fn asking_twice_gives_the_same_step(state in states()) {
        prop_assert_eq!(step(&state, Seconds(7)), step(&state, Seconds(7)));
    }

    #[test]
    fn history_goes_only_when_nothing_else_is_left_to_do(state in states()) {
        let taken = step(&state, Seconds(7));
        let deletes = taken.changes.iter().any(|it| matches!(it, Change::Delete { .. }));
        let scales = taken.changes.iter().any(|it| matches!(it, Change::Scale { .. }));
        prop_assert!(!(deletes && scales));
    }
}

fn numbers() -> impl Strategy<Value = String> {
    let suffix = prop::sample::select(vec![
        "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3",
        "E-3", "e12",
    ]);
    ("[+-]?[0-9]{1,24}(\\.[0-9]{0,12})?", suffix).prop_map(|(digits, suffix)| digits + suffix)
}

/// Binary amounts are left out: the largest of them are cut when they are read.
fn formats() -> impl Strategy<Value = Format> {
    prop::sample::select(vec![Format::DecimalSI, Format::DecimalExponent])
}

/// The number and the text that a quantity has by plain reckoning on its digits: the same rule, the long way.
fn by_hand(text: &str) -> Option<String> {
    let parts = Quantity::split(text).ok()?;
    let exponent: i32 = match parts.suffix {
        "n" => -9,
        "u" => -6,
        "m" => -3,
        "" => 0,
        "k" => 3,
        "M" => 6,
        "G" => 9,
        "T" => 12,
        "P" => 15,
        "E" => 18,
        _ => return None,
    };
    let digits = format!("{}{}", parts.integer, parts.fraction);
    let point = i32::try_from(parts.fraction.len()).ok()? - exponent;
    if point > 9 {
        return None;
    }
    let digits = digits + &"0".repeat(usize::try_from(9 - point).ok()?);
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let thousands = zeros / 3;
    let number = &digits[..digits.len() - thousands * 3];
    let suffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    let sign = if parts.positive { "" } else { "-" };
    let suffix = suffixes.get(thousands).map_or_else(
        || format!("e{}", i32::try_from(thousands).unwrap_or(0) * 3 - 9),
        |it| (*it).to_owned(),
    );
    Some(format!("{sign}{number}{suffix}"))
}

fn read(text: &str) -> Quantity {
    text.parse().expect("generated quantities are valid")
}

proptest! {
    #[test]
    fn canonical_text_reads_as_the_same_quantity(text in numbers()) {
        let quantity = read(&text);
        let again = read(&quantity.to_string());
        prop_assert_eq!(&again, &quantity);
        prop_assert_eq!(again.to_string(), quantity.to_string());
    }

    #[test]
    fn decimal_text_is_what_it_is_by_hand(text in numbers()) {
        if let Some(wanted) = by_hand(&text) {
            prop_assert_eq!(read(&text).to_string(), wanted);
        }
    }

    #[test]
    fn order_is_total_and_that_of_the_differences(left in numbers(), right in numbers()) {
        let (left, right) = (read(&left), read(&right));
        let difference = &left - &right;
        prop_assert_eq!(left.cmp(&right) as i8, difference.signum());
        prop_assert_eq!(right.cmp(&left), left.cmp(&right).reverse());
        prop_assert_eq!(left == right, difference.is_zero());
    }

    #[test]
    fn a_sum_less_one_part_is_the_other(left in numbers(), right in numbers()) {
        let (left, right) = (read(&left), read(&right));
        prop_assert_eq!(&(&(&left + &right) - &right), &left);
        prop_assert_eq!(&left + &right, &right + &left);
    }

    #[test]
    fn a_product_is_a_sum(text in numbers(), by in 0..6_i64) {
        let quantity = read(&text);
        let sum = (0..by).fold(Quantity::ZERO, |sum, _| &sum + &quantity);
        prop_assert_eq!(quantity.times(by).0, sum);
    }

    #[test]
    fn decimal_formats_keep_the_number(text in numbers(), format in formats()) {
        let quantity = read(&text);
        prop_assert_eq!(read(&quantity.with_format(format).to_string()), quantity);
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,40}") {
        let _ = text.parse::<Quantity>();
        let _ = Quantity::reprint(&text);
        let _ = Quantity::from_json(&text);
        let _ = Seconds::from_rfc3339(&text);
    }

    #[test]
    fn reading_never_panics_on_what_looks_like_a_quantity(
        text in "[+-]?[0-9.]{0,30}([eE][+-]?[0-9]{0,12}|[numkMGTPE]i?)?",
    ) {
        if let Ok(quantity) = text.parse::<Quantity>() {
            prop_assert_eq!(read(&quantity.to_string()), quantity);
        }
    }
}
