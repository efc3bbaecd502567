//! The disruption controller: how many pods each budget lets go now.

use tidegate_object::{Map, Node};
use tidegate_workload::{Budget, BudgetStatus, Controllers};

use crate::controller::generation;
use crate::objects::set;
use crate::state::{Cluster, Pod};

impl Cluster {
    /// Writes the status of every budget.
    pub(crate) fn update_budgets(&mut self) {
        for at in 0..self.objects.len() {
            let object = &self.objects[at].0;
            let Ok(budget) = Budget::from_object(object) else { continue };
            let status = self.budget_status(&budget);
            let counts = [
                ("observedGeneration", generation(object)),
                ("disruptionsAllowed", i64::from(status.disruptions_allowed)),
                ("currentHealthy", i64::from(status.current_healthy)),
                ("desiredHealthy", i64::from(status.desired_healthy)),
                ("expectedPods", i64::from(status.expected_pods)),
            ];
            let fields: Map =
                counts.into_iter().map(|(name, count)| (name, Node::from(count))).collect();
            set(&mut self.objects[at].0.root, &["status"], Node::from(fields));
        }
    }

    pub(crate) fn budget_status(&self, budget: &Budget) -> BudgetStatus {
        let selected: Vec<&Pod> =
            self.pods.iter().filter(|it| budget.selects(&it.namespace, &it.labels)).collect();
        let wanted = |it: &&crate::state::ReplicaSet| {
            selected.iter().any(|pod| pod.namespace == it.namespace && pod.replica_set == it.name)
        };
        // The controller of a Deployment's pods is the Deployment: its replicas count, not those of its sets.
        let mut owners: Vec<(&str, &str)> = self
            .replica_sets
            .iter()
            .filter(wanted)
            .map(|it| (it.namespace.as_str(), it.deployment.as_str()))
            .collect();
        owners.sort_unstable();
        owners.dedup();
        let replicas = owners.into_iter().map(|(namespace, name)| {
            let object = self.deployment(namespace, name);
            let replicas = object.and_then(|it| it.at(&["spec", "replicas"])?.as_i64());
            i32::try_from(replicas.unwrap_or(0)).unwrap_or(i32::MAX)
        });
        let scale = replicas.fold(0, i32::saturating_add);
        let healthy = selected.iter().filter(|it| it.serves()).count();
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        BudgetStatus::of(
            budget.rule.value,
            count(selected.len()),
            count(healthy),
            Controllers::Scale(scale),
        )
    }
}
