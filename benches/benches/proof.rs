//! Proving rollouts: growth with replicas, and with the number of workloads.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tidegate_benches::proof::{assumptions, budget, deployment};
use tidegate_workload::{Finish, Workload, prove};

fn main() {
    let proof = prove(&deployment(10, "25%"), &[budget()], &assumptions());
    assert!(
        matches!(proof.finishes, Finish::Always { longest } if longest.0 == 2 * 51),
        "{proof:?}"
    );
    let large = prove(&deployment(1000, "1"), &[budget()], &assumptions());
    assert!(
        matches!(large.finishes, Finish::Always { longest } if longest.0 == 1000 * 51),
        "{large:?}"
    );
    divan::main();
}

#[divan::bench(name = "proof/replicas/quarter", args = [10, 100, 1000])]
fn quarter(bencher: Bencher<'_, '_>, replicas: i32) {
    let (workload, budgets, context) = (deployment(replicas, "25%"), [budget()], assumptions());
    bencher.bench(|| black_box(prove(black_box(&workload), &budgets, &context)));
}

#[divan::bench(name = "proof/replicas/one-by-one", args = [10, 100, 1000])]
fn one_by_one(bencher: Bencher<'_, '_>, replicas: i32) {
    let (workload, budgets, context) = (deployment(replicas, "1"), [budget()], assumptions());
    bencher.bench(|| black_box(prove(black_box(&workload), &budgets, &context)));
}

#[divan::bench(name = "proof/workloads", args = [10, 100, 1000])]
fn workloads(bencher: Bencher<'_, '_>, count: usize) {
    let sizes = (1..=10).cycle().take(count);
    let workloads: Vec<Workload> = sizes.map(|it| deployment(it, "25%")).collect();
    let (budgets, context) = ([budget()], assumptions());
    bencher.counter(ItemsCount::new(count)).bench(|| {
        for workload in &workloads {
            black_box(prove(black_box(workload), &budgets, &context));
        }
    });
}
