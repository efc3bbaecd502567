//! The controllers: Deployments, their sets of pods, budgets and endpoints.

mod budgets;
mod deployments;
mod endpoints;
mod sets;

pub(crate) use deployments::{OWN, generation, read_condition, read_status};

use crate::clock::Moment;
use crate::state::Cluster;

/// More rounds than any number of Deployments needs at one moment.
const ROUNDS: usize = 10_000;

impl Cluster {
    /// Lets the controllers act until they have nothing to do at this moment; returns when they look again.
    pub(crate) fn run_controllers(&mut self) -> Option<Moment> {
        let mut again = None;
        for _ in 0..ROUNDS {
            let (changed, next) = self.run_deployments();
            again = next;
            // What takes no time has happened before anybody looks again.
            if !(self.run_sets() | self.run_kubelets() | changed) {
                break;
            }
        }
        self.update_endpoints();
        self.update_budgets();
        again
    }
}
