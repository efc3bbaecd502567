use crate::config::OURSELVES;
use crate::error::Error;
use crate::plan::{Bindings, Plan, Remark, Value};
use crate::steps::rollout;
use crate::update::rollout_step;
use crate::workloads;
use crate::world::World;

/// Makes the plan of the reconciler: what git says is compared with what lives, and applied.
///
/// # Errors
///
/// [`Error::Refused`] for a cluster that is not simulated, with the command to run instead.
pub fn plan_sync(world: &World, environment: Option<&str>) -> Result<Plan, Error> {
    let environment = world.environment(environment)?;
    rollout::refuse_real(world, environment)?;
    let tip = world.devops_tip()?;
    let objects = rollout::desired(world, environment, &tip)?;
    let running = workloads::of(world, environment, &objects);
    let deployments = running.into_iter().map(|it| it.deployment).collect();
    let name = environment.name.value.clone();
    let mut plan = Plan::empty(world.heading(environment), format!("sync --env {name}"));
    let step = rollout_step(
        &name,
        Value::Known(tip.as_str().to_owned()),
        deployments,
        OURSELVES.to_owned(),
    );
    match crate::execute::detect(world, &step.action, &Bindings::new())? {
        Some(done) => plan.remarks.push(Remark::new("synced", done.detail)),
        None => plan.steps.push(step),
    }
    Ok(plan)
}
