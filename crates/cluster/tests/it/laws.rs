use proptest::prelude::*;
use tidegate_cluster::{Cluster, Fault, RolloutOutcome, Span};
use tidegate_workload::{Assumptions, Context, Finish, Interval, Workload, prove};

use crate::{HOUR, apply, deployment, running, serving};

/// What a Deployment may look like whose rollouts must end.
#[derive(Clone, Debug)]
struct Shape {
    replicas: i64,
    strategy: String,
    min_ready: i64,
    probes: String,
}

impl Shape {
    fn fields(&self) -> String {
        format!(
            r#""replicas":{},"strategy":{{{}}},"minReadySeconds":{},"#,
            self.replicas, self.strategy, self.min_ready
        )
    }

    fn recreates(&self) -> bool {
        self.strategy.contains("Recreate")
    }
}

fn amount() -> impl Strategy<Value = String> {
    prop_oneof![
        (0_u8..4).prop_map(|it| it.to_string()),
        (0_u8..=10).prop_map(|it| format!("\"{}%\"", it * 10)),
    ]
}

prop_compose! {
    fn probe(kind: &'static str)(
        delay in 0_i64..20,
        period in 0_i64..12,
        success in 1_i64..4,
        failure in 3_i64..5,
    ) -> String {
        let success = if kind == "readinessProbe" { success } else { 1 };
        format!(
            r#""{kind}":{{"tcpSocket":{{"port":80}},"initialDelaySeconds":{delay},"periodSeconds":{period},
            "successThreshold":{success},"failureThreshold":{failure}}},"#
        )
    }
}

fn shape() -> impl Strategy<Value = Shape> {
    let rolling = (amount(), amount()).prop_filter_map(
        "one of them lets pods move",
        |(surge, unavailable)| {
            let zero = |it: &str| it == "0" || it == "\"0%\"";
            (!(zero(&surge) && zero(&unavailable))).then(|| {
                format!(r#""rollingUpdate":{{"maxSurge":{surge},"maxUnavailable":{unavailable}}}"#)
            })
        },
    );
    let strategy = prop_oneof![5 => rolling, 1 => Just(r#""type":"Recreate""#.to_owned())];
    let optional = |probe: BoxedStrategy<String>| prop_oneof![Just(String::new()), probe];
    (
        0_i64..7,
        strategy,
        prop_oneof![Just(0_i64), 0_i64..40],
        optional(probe("readinessProbe").boxed()),
        optional(probe("livenessProbe").boxed()),
        optional(probe("startupProbe").boxed()),
    )
        .prop_map(|(replicas, strategy, min_ready, readiness, liveness, startup)| Shape {
            replicas,
            strategy,
            min_ready,
            probes: format!("{readiness}{liveness}{startup}"),
        })
}

/// Checks at one moment what must hold at every one.
fn holds(cluster: &Cluster, shape: &Shape, served_before: bool) -> Result<(), TestCaseError> {
    let object = cluster.deployment("prod", "web").expect("it is there");
    let spec = Workload::from_object(object).expect("it is valid").deployment_spec();
    let posts = spec.fenceposts();
    let wanted: i32 = cluster.replica_sets().iter().map(|it| it.replicas).sum();
    let ceiling = spec.replicas + posts.surge;
    prop_assert!(wanted <= ceiling, "{wanted} pods are wanted, the ceiling is {ceiling}");
    let min_ready = Span::seconds(shape.min_ready);
    let pods = cluster.pods();
    let available = pods.iter().filter(|it| it.available(cluster.now(), min_ready)).count();
    let floor = usize::try_from(spec.replicas - posts.unavailable).unwrap_or(0);
    if !shape.recreates() && served_before {
        prop_assert!(available >= floor, "{available} pods are available, the floor is {floor}");
        let never_empty = posts.unavailable == 0 && spec.replicas > 0;
        prop_assert!(!(never_empty && serving(cluster).is_empty()), "nobody serves");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rollout_without_faults_ends_between_floor_and_ceiling(shape in shape()) {
        let (fields, probes) = (shape.fields(), &shape.probes);
        let mut cluster = running(&fields, probes);
        apply(&mut cluster, deployment("web:2", &fields, probes));
        let mut ended = false;
        for _ in 0..3600 {
            holds(&cluster, &shape, true)?;
            ended = cluster.run_until_settled(Span::ZERO).succeeded()
                && cluster.pods().iter().all(|it| it.deleted.is_none());
            if ended {
                break;
            }
            cluster.advance(Span::seconds(1));
        }
        prop_assert!(ended, "it goes on after an hour");
        prop_assert!(cluster.pods().iter().all(|it| it.images() == ["web:2"]));
        prop_assert_eq!(cluster.pods().len(), usize::try_from(shape.replicas).unwrap_or(0));
        prop_assert_eq!(serving(&cluster).len(), cluster.pods().len());
    }

    #[test]
    fn faulty_image_never_takes_the_pods_below_the_floor(
        shape in shape(),
        fault in prop_oneof![
            Just(Fault::NeverReady),
            Just(Fault::CrashLoop),
            Just(Fault::ImagePull),
            (0_i64..200).prop_map(|it| Fault::Late { by: Span::seconds(it) }),
        ],
        steps in proptest::collection::vec(1_i64..90, 1..20),
    ) {
        let (fields, probes) = (shape.fields(), &shape.probes);
        let mut cluster = running(&fields, probes);
        // Without a readiness probe, a container counts as ready until its liveness probe kills it.
        let late = matches!(fault, Fault::Late { .. });
        prop_assume!(!late || probes.contains("readinessProbe"));
        cluster.inject("prod", "web", fault);
        apply(&mut cluster, deployment("web:2", &fields, probes));
        for step in steps {
            holds(&cluster, &shape, true)?;
            cluster.advance(Span::seconds(step));
        }
        apply(&mut cluster, deployment("web:3", &fields, probes));
        let settled = cluster.run_until_settled(HOUR);
        prop_assert!(settled.succeeded(), "a good image recovers: {settled:?}");
        prop_assert!(cluster.pods().iter().all(|it| it.images() == ["web:3"]));
    }

    #[test]
    fn time_in_parts_is_time_as_a_whole(
        shape in shape(),
        parts in proptest::collection::vec(1_i64..30_000, 1..12),
    ) {
        let (fields, probes) = (shape.fields(), &shape.probes);
        let mut whole = running(&fields, probes);
        apply(&mut whole, deployment("web:2", &fields, probes));
        let mut pieces = whole.clone();
        for part in &parts {
            pieces.advance(Span(*part));
        }
        whole.advance(Span(parts.iter().sum()));
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn undo_after_a_rollout_restores_what_ran(shape in shape()) {
        let (fields, probes) = (shape.fields(), &shape.probes);
        let mut cluster = running(&fields, probes);
        apply(&mut cluster, deployment("web:2", &fields, probes));
        prop_assert!(cluster.run_until_settled(HOUR).succeeded());
        cluster.rollout_undo("prod", "web", 0).expect("there is an earlier revision");
        prop_assert!(cluster.run_until_settled(HOUR).succeeded());
        prop_assert!(cluster.pods().iter().all(|it| it.images() == ["web:1"]));
        prop_assert_eq!(cluster.replica_sets().len(), 2);
    }

    #[test]
    fn simulation_stays_within_what_the_proof_says(
        shape in shape(),
        late in prop_oneof![Just(0_i64), 0_i64..90],
    ) {
        let (fields, probes) = (shape.fields(), &shape.probes);
        let mut cluster = running(&fields, probes);
        let manifest = deployment("web:2", &fields, probes);
        let workload = Workload::from_object(&manifest).expect("it is valid");
        let assumptions = Assumptions {
            answers: Some(Interval::new(2, 2 + late)),
            evictions: 0,
            ..cluster.assumptions().for_proof(&workload)
        };
        let proof = prove(&workload, &[], &Context { assumptions, ..Context::default() });
        cluster.inject("prod", "web", Fault::Late { by: Span::seconds(late) });
        apply(&mut cluster, manifest);
        let least = i64::from(proof.availability.least_undisturbed);
        let most = proof.availability.most;
        let min_ready = Span::seconds(shape.min_ready);
        for _ in 0..3600 {
            if proof.holds() {
                let pods = cluster.pods().iter();
                let available = pods.filter(|it| it.available(cluster.now(), min_ready)).count();
                prop_assert!(i64::try_from(available).unwrap_or(0) >= least, "{available} < {least}");
            }
            let wanted: i32 = cluster.replica_sets().iter().map(|it| it.replicas).sum();
            prop_assert!(wanted <= most, "{wanted} pods are wanted, the proof says at most {most}");
            let settled = cluster.run_until_settled(Span::ZERO);
            if settled.unfinished.is_empty() && cluster.pods().iter().all(|it| it.deleted.is_none()) {
                break;
            }
            cluster.advance(Span::seconds(1));
        }
        let rollout = cluster.rollouts().last().expect("there was one");
        let took = rollout.finished.map(|it| it - rollout.started);
        match &proof.finishes {
            Finish::Always { longest } => {
                prop_assert_eq!(rollout.outcome, RolloutOutcome::Complete);
                prop_assert!(took <= Some(Span::from(*longest)), "{took:?} > {longest}");
            }
            Finish::Not(_) => {}
            other => prop_assert!(false, "everything is assumed: {other:?}"),
        }
    }
}
