//! The proof of a rollout before anything is committed, and what a user may allow in spite of it.

use tidegate_image_update::{Allowed, Trailer};
use tidegate_kustomize::Build;
use tidegate_object::Object;
use tidegate_source::{Diagnostic, Severity, Sources};
use tidegate_workload::{
    Budget, Context, LimitRange, Quota, VolumeClaim, Workload, idle_budgets,
    prove as prove_workload,
};

use crate::config::Environment;
use crate::error::{Complaint, Error};
use crate::plan::Remark;
use crate::workloads;
use crate::world::World;

/// What was found about the rollouts of an environment.
#[derive(Debug)]
pub(crate) struct Proof {
    /// The Deployments that run the components.
    pub(crate) deployments: Vec<String>,
    findings: Vec<Diagnostic>,
    sources: Sources,
}

/// Proves the rollouts of what was built.
pub(crate) fn prove(
    world: &World,
    environment: &Environment,
    build: &Build,
) -> Result<Proof, Error> {
    let objects: Vec<Object> = build.objects().iter().map(|it| it.object.clone()).collect();
    let running = workloads::of(world, environment, &objects);
    let mut mistakes: Vec<Diagnostic> = Vec::new();
    let mut read = |result: Result<(), Vec<Diagnostic>>| {
        if let Err(found) = result {
            mistakes.extend(found);
        }
    };
    let (mut all, mut budgets, mut quotas, mut limit_ranges) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut others: Vec<Workload> = Vec::new();
    for object in &objects {
        match object.kind() {
            "Deployment" => read(Workload::from_object(object).map(|it| all.push(it))),
            // Budgets guard their pods, too; their rollouts are not this one.
            "StatefulSet" | "DaemonSet" => others.extend(Workload::from_object(object)),
            "PodDisruptionBudget" => read(Budget::from_object(object).map(|it| budgets.push(it))),
            "ResourceQuota" => read(Quota::from_object(object).map(|it| quotas.push(it))),
            "LimitRange" => read(LimitRange::from_object(object).map(|it| limit_ranges.push(it))),
            _ => {}
        }
    }
    if !mistakes.is_empty() {
        return Err(Error::Refused(Complaint {
            diagnostics: mistakes,
            sources: build.sources.clone(),
        }));
    }
    let mut findings = Vec::new();
    for workload in &all {
        let component = running.iter().find(|it| it.deployment == workload.identity.name);
        let context = Context {
            quotas: quotas.clone(),
            limit_ranges: limit_ranges.clone(),
            claims: objects.iter().filter_map(VolumeClaim::from_object).collect(),
            singleton: component.is_some_and(|it| it.singleton),
            ..Context::default()
        };
        findings.extend(prove_workload(workload, &budgets, &context).findings);
    }
    let pods = all.iter().chain(&others).cloned().collect::<Vec<_>>();
    findings.extend(idle_budgets(&pods, &budgets, |_| None));
    let mut deployments: Vec<String> = running.into_iter().map(|it| it.deployment).collect();
    deployments.dedup();
    Ok(Proof { deployments, findings, sources: build.sources.clone() })
}

impl Proof {
    /// Splits the findings into what a user should know and what refuses. What refuses may be allowed by its code, with
    /// a reason; the trailers of the commit then say so.
    pub(crate) fn judge(
        &self,
        allow: &[String],
        reason: Option<&str>,
    ) -> Result<(Vec<Remark>, Vec<String>), Error> {
        let allowed = |finding: &&Diagnostic| allow.iter().any(|code| *code == finding.code);
        let refusing: Vec<Diagnostic> = self
            .findings
            .iter()
            .filter(|finding| refuses(finding) && !allowed(finding))
            .map(|finding| {
                finding.clone().help(format!(
                    "to go on in spite of it: --allow {} --reason TEXT",
                    finding.code
                ))
            })
            .collect();
        if !refusing.is_empty() {
            return Err(Error::Refused(Complaint {
                diagnostics: refusing,
                sources: self.sources.clone(),
            }));
        }
        let remarks = self.findings.iter().map(|finding| self.remark(finding)).collect();
        let mut trailers: Vec<String> = self
            .findings
            .iter()
            .filter(|it| refuses(it))
            .map(|finding| Allowed {
                finding: finding.code.to_string(),
                reason: reason.unwrap_or_default().to_owned(),
            })
            .map(|allowed| allowed.trailer().to_string())
            .collect();
        trailers.dedup();
        Ok((remarks, trailers))
    }

    /// Judges once more, with what the plan has allowed: the text may have changed since.
    pub(crate) fn judge_again(&self, trailers: &[String]) -> Result<(), Error> {
        let allowed: Vec<String> = trailers
            .iter()
            .filter_map(|line| Allowed::from_trailer(&Trailer::from_line(line)?))
            .map(|allowed| allowed.finding)
            .collect();
        self.judge(&allowed, None).map(|_| ())
    }

    fn remark(&self, finding: &Diagnostic) -> Remark {
        let place = |it: &tidegate_source::Label| {
            self.sources.place(it.mark).map(|place| place.to_string())
        };
        Remark {
            code: finding.code.to_string(),
            text: finding.message.to_string(),
            places: finding.labels.iter().filter_map(place).collect(),
            notes: finding.notes.iter().map(ToString::to_string).collect(),
            help: finding.help.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Whether a finding stops the rollout from being committed, unless it is allowed.
fn refuses(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error
}
