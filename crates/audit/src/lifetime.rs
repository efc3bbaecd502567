//! How pods end, and what becomes of them then.

use tidegate_source::{Diagnostic, Label};

use crate::code::Code;
use crate::pods::{Pods, present};

pub(crate) fn look(pods: &Pods<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(grace) = present(pods.spec, "terminationGracePeriodSeconds")
        && grace.as_i64() == Some(0)
    {
        let message =
            format!("pods of {} get no time to stop: what they do is cut off", pods.shown());
        found.push(
            Code::GraceZero
                .finding(message)
                .at(Label::new(grace.mark, ""))
                .help("drop the field: 30 s is the default"),
        );
    }
    found.extend(restart(pods));
    if let Some(old) = present(pods.spec, "serviceAccount")
        && present(pods.spec, "serviceAccountName").is_none()
    {
        let message = format!(
            "{} names its service account by `serviceAccount`, which is deprecated",
            pods.shown()
        );
        let finding = Code::DeprecatedServiceAccount.finding(message).at(Label::new(old.mark, ""));
        found.push(finding.help("name it by serviceAccountName"));
    }
}

/// Source: Kubernetes `pkg/apis/apps/validation/validation.go` (`Always` alone) and `pkg/apis/batch/validation/validation.go`
/// (`OnFailure` or `Never`; a Job has no default of its own, and `Always` is that of pods).
fn restart(pods: &Pods<'_>) -> Option<Diagnostic> {
    let written = present(pods.spec, "restartPolicy");
    let policy = written.map_or(Some("Always"), |it| it.as_str())?;
    let (taken, help): (&[&str], _) = match pods.object.kind() {
        "Job" | "CronJob" => (&["OnFailure", "Never"], "write restartPolicy: OnFailure, or Never"),
        "Pod" => (&["Always", "OnFailure", "Never"], "write Always, OnFailure or Never"),
        _ => (&["Always"], "drop the field: its pods are always restarted"),
    };
    if taken.contains(&policy) {
        return None;
    }
    let message = match written {
        Some(_) => format!("{} does not take the restart policy `{policy}`", pods.shown()),
        None => format!(
            "{} has no restart policy, and pods by default have one that it does not take",
            pods.shown()
        ),
    };
    let mark = written.map_or(pods.spec.mark, |it| it.mark);
    Some(Code::RestartPolicyRefused.finding(message).at(Label::new(mark, "")).help(help))
}
