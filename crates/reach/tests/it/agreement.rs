//! The network agrees with the oracle on generated clusters.

use std::collections::BTreeSet;

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tidegate_object::manifests;
use tidegate_reach::{Network, Peer, PortRef, Probes, Protocol, Scope, Verdict};
use tidegate_source::Sources;

use crate::generated::{Cluster, PORTS, cluster};
use crate::oracle::{self, Other};

const ADDRESSES: [[u8; 4]; 4] = [[1, 1, 1, 1], [1, 2, 1, 1], [2, 1, 2, 1], [9, 9, 9, 9]];

fn peer(it: Other) -> Peer {
    match it {
        Other::Workload(at) => Peer::Pods(at),
        Other::Address(address) => Peer::Address(address.into()),
        Other::Anyone => Peer::Anyone,
    }
}

fn check(cluster: &Cluster) {
    let text = cluster.text();
    let source = Sources::new().add("cluster.json", text.as_str());
    let network = Network::of(&manifests(text.into(), source).expect("it is YAML"));

    let workloads = || (0..cluster.workloads.len()).map(Other::Workload);
    let others = || workloads().chain(ADDRESSES.map(Other::Address)).chain([Other::Anyone]);
    for (from, to) in others().flat_map(|from| others().map(move |to| (from, to))) {
        for port in PORTS.into_iter().chain([83]) {
            for (udp, protocol) in [(false, Protocol::Tcp), (true, Protocol::Udp)] {
                let expected = oracle::may_talk(cluster, from, to, (port, udp));
                let verdict = network.may_talk(peer(from), peer(to), port, protocol);
                assert_eq!(
                    verdict, expected,
                    "{from:?} to {to:?}, {port}/{protocol}: {cluster:#?}"
                );
            }
        }
    }

    let findings = network.findings(Scope::Whole, Probes::All);
    let told = |code: &str| -> BTreeSet<String> {
        let of = findings.iter().filter(|it| it.code == code);
        of.filter_map(|it| it.message.split('`').nth(1).map(str::to_owned)).collect()
    };
    let (mut cut, mut depends, mut nothing) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (at, service) in network.services().iter().enumerate() {
        assert_eq!(service.pods, oracle::behind(cluster, at), "{cluster:#?}");
        if service.pods.is_empty() {
            nothing.insert(format!("s{at}"));
        }
        for port in 0..service.ports.len() {
            let expected = oracle::ends(cluster, at, port);
            let (_, _, udp) = cluster.services[at].ports[port];
            let name = format!("i{at}-{port}");
            let route = network.routes().iter().find(|it| it.from.name == name);
            let route = route.expect("every port has a route");
            let ends: Vec<(usize, u16)> = route.ends.iter().map(|it| (it.pods, it.port)).collect();
            assert_eq!(ends, expected, "{cluster:#?}");
            for (pods, number) in &expected {
                let by_name = PortRef::Name(format!("p{port}"));
                assert_eq!(network.target(at, &by_name, *pods), Some(*number));
            }
            let verdicts = expected.iter().map(|(pods, number)| {
                oracle::may_talk(cluster, Other::Anyone, Other::Workload(*pods), (*number, udp))
            });
            let verdicts: Vec<Verdict> = verdicts.collect();
            if !verdicts.is_empty() && verdicts.iter().all(|it| *it == Verdict::Denied) {
                cut.insert(name);
            } else if !verdicts.is_empty() && verdicts.iter().all(|it| *it != Verdict::Allowed) {
                depends.insert(name);
            }
        }
    }
    assert_eq!(told("route-cut"), cut, "{cluster:#?}");
    assert_eq!(told("route-depends"), depends, "{cluster:#?}");
    assert_eq!(told("service-selects-nothing"), nothing, "{cluster:#?}");
}

/// `TIDEGATE_CLUSTERS` says how many clusters are generated; always the same ones.
#[test]
fn the_network_agrees_with_the_oracle() {
    let count = std::env::var("TIDEGATE_CLUSTERS").ok().and_then(|it| it.parse().ok());
    let config =
        Config { cases: count.unwrap_or(300), failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let agreed = runner.run(&cluster(), |cluster| {
        check(&cluster);
        Ok(())
    });
    agreed.expect("they agree");
}
