//! How pods are replaced. What a Deployment's strategy does to availability is the rollout proof's subject.

use tidegate_source::{Diagnostic, Label};

use crate::code::Code;
use crate::pods::{Pods, present, text};

pub(crate) fn look(pods: &Pods<'_>, found: &mut Vec<Diagnostic>) {
    let Some(spec) = pods.object.at(&["spec"]) else { return };
    if pods.is("Deployment") {
        let strategy = present(spec, "strategy").filter(|it| text(it, "type") == Some("Recreate"));
        // Source: Kubernetes `pkg/apis/apps/validation/validation.go`, `ValidateDeploymentStrategy`.
        if let Some(fields) = strategy.and_then(|it| present(it, "rollingUpdate")) {
            let message = format!("{} says Recreate, and how a rolling update goes", pods.shown());
            found.push(
                Code::RecreateWithRollingFields
                    .finding(message)
                    .at(Label::new(fields.mark, ""))
                    .help("remove rollingUpdate; a patch does so with `rollingUpdate: null`"),
            );
        }
        return;
    }
    if !pods.is("StatefulSet") && !pods.is("DaemonSet") {
        return;
    }
    let Some(strategy) = present(spec, "updateStrategy") else { return };
    if let Some(kind) = strategy.get("type").filter(|it| it.as_str() == Some("OnDelete")) {
        let message =
            format!("pods of {} keep the old template until somebody deletes them", pods.shown());
        found.push(Code::UpdateOnDelete.finding(message).at(Label::new(kind.mark, "")));
    }
    let partition = strategy.at(&["rollingUpdate", "partition"]);
    if let Some((node, number)) = partition.and_then(|it| Some((it, it.as_i64()?)))
        && number > 0
    {
        let message =
            format!("pods of {} below the ordinal {number} keep the old template", pods.shown());
        found.push(
            Code::UpdatePartition
                .finding(message)
                .at(Label::new(node.mark, ""))
                .help("set it to 0 when the new template has proved itself"),
        );
    }
}
