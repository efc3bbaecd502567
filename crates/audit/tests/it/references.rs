use tidegate_audit::Code;

use crate::fixture::{check, check_codes, healthy_but};

const IMAGE: &str = "        image: web:v1.2.3\n";

fn container(fields: &str) -> String {
    healthy_but(&[(IMAGE, &format!("{IMAGE}        {fields}\n"))])
}

fn pod(fields: &str) -> String {
    healthy_but(&[("      containers:\n", &format!("      {fields}\n      containers:\n"))])
}

const SETTINGS: &str =
    "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {level: debug}\n";

#[test]
fn what_pods_need_is_noted_where_it_is_not_there() {
    let text = container(
        "envFrom: [{configMapRef: {name: setting}}, {secretRef: {name: key, optional: true}}]",
    );
    check(
        &text,
        &[
            "reference-missing 14:41 ConfigMap `setting`, which container `web` of Deployment `web` needs, is not among these manifests: it has to be in the cluster before",
        ],
    );
    check(
        &format!("{text}{SETTINGS}"),
        &[
            "reference-missing 14:41 ConfigMap `setting`, which container `web` of Deployment `web` needs, is not among these manifests: it has to be in the cluster before",
            "help: there is a ConfigMap `settings`",
        ],
    );
    check(&format!("{}{SETTINGS}", text.replace("name: setting}", "name: settings}")), &[]);
}

#[test]
fn one_object_that_is_missing_is_one_finding() {
    let text = container(
        "env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: a}}}, {name: B, valueFrom: {secretKeyRef: {name: s, key: b}}}]",
    );
    check(
        &text,
        &[
            "reference-missing 14:58 Secret `s`, which container `web` of Deployment `web` needs, is not among these manifests: it has to be in the cluster before",
            "at 14:115 ",
        ],
    );
    // An operator makes it of another object.
    let sealed = "---\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s}\n";
    check(&format!("{text}{sealed}"), &[]);
    // One that is filled by somebody else holds every key.
    let empty = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n";
    check(&format!("{text}{empty}"), &[]);
    check(
        &format!("{text}{empty}stringData: {{a: x}}\n"),
        &[
            "reference-key-missing 14:123 Secret `s` has no key `b`, which container `web` of Deployment `web` needs: the pod does not start",
            "at 30:1 the object",
            "help: add the key, or say `optional: true`",
        ],
    );
}

#[test]
fn keys_are_compared_with_what_is_there() {
    let volume =
        "volumes: [{name: v, configMap: {name: settings, items: [{key: levle, path: l}]}}]";
    check(
        &format!("{}{SETTINGS}", pod(volume)),
        &[
            "reference-key-missing 11:69 ConfigMap `settings` has no key `levle`, which Deployment `web` needs: the pod does not start",
            "at 30:1 the object",
            "help: there is a key `level`",
        ],
    );
    check(&format!("{}{SETTINGS}", pod(&volume.replace("levle", "level"))), &[]);
}

#[test]
fn claims_accounts_and_projected_volumes_are_needed_too() {
    let volumes = "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}, {name: p, projected: {sources: [{secret: {name: tls}}, {configMap: {name: kube-root-ca.crt}}]}}]";
    check_codes(&pod(volumes), &[Code::ReferenceMissing, Code::ReferenceMissing]);
    check(
        &pod("serviceAccountName: web"),
        &[
            "reference-missing 11:27 ServiceAccount `web`, which Deployment `web` needs, is not among these manifests: it has to be in the cluster before",
        ],
    );
    check(&pod("serviceAccountName: default"), &[]);
    let elsewhere =
        "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: other}\n";
    check_codes(
        &format!("{}{elsewhere}", pod("serviceAccountName: web")),
        &[Code::ReferenceMissing],
    );
}

#[test]
fn a_mount_needs_its_volume() {
    let text = container("volumeMounts: [{name: dta, mountPath: /data}]");
    check(
        &text,
        &[
            "mount-without-volume 14:31 container `web` of Deployment `web` mounts the volume `dta`, which its pod does not have",
            "help: add the volume to the pod, or remove the mount",
        ],
    );
    let volumes = "      volumes: [{name: data, emptyDir: {}}]\n      containers:\n";
    let with = text.replace("      containers:\n", volumes);
    check(
        &with,
        &[
            "mount-without-volume 15:31 container `web` of Deployment `web` mounts the volume `dta`, which its pod does not have",
            "help: there is a volume `data`",
        ],
    );
    // The claims of a StatefulSet are volumes of its pods.
    let set = text.replace("kind: Deployment", "kind: StatefulSet").replace(
        "  replicas: 2\n",
        "  replicas: 2\n  volumeClaimTemplates: [{metadata: {name: dta}}]\n",
    );
    check(&set, &[]);
}
