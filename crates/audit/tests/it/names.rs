use crate::fixture::{check, healthy_but};

#[test]
fn names_that_stand_twice_are_told_at_both_places() {
    let port = "        image: web:v1.2.3\n";
    let with = |fields: &str| healthy_but(&[(port, &format!("{port}{fields}"))]);
    check(
        &with("        env: [{name: A, value: x}, {name: B}, {name: A, value: y}]\n"),
        &[
            "duplicate-env 14:54 the variable `A` of container `web` of Deployment `web` is set twice: the last one counts, or an apply is refused",
            "at 14:22 the first one",
            "help: keep one of the two",
        ],
    );
    check(
        &with(
            "        ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}, {containerPort: 80, protocol: TCP}]\n",
        ),
        &[
            "duplicate-port 14:90 container `web` of Deployment `web` declares port 80/TCP twice: an apply keeps one of them",
            "at 14:33 the first one",
            "help: keep one of the two",
        ],
    );
    check(
        &with(
            "        ports: [{name: http, containerPort: 80}, {name: http, containerPort: 81}]\n",
        ),
        &[
            "duplicate-port-name 14:57 two ports of container `web` of Deployment `web` have the name `http`",
            "at 14:24 the first one",
            "help: give one of them another name",
        ],
    );
    let volumes =
        "      volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}]\n      containers:\n";
    check(
        &healthy_but(&[("      containers:\n", volumes)]),
        &[
            "duplicate-volume 11:49 two volumes of Deployment `web` have the name `a`",
            "at 11:24 the first one",
            "help: give one of them another name",
        ],
    );
    let mounts = "        volumeMounts: [{name: a, mountPath: /x}, {name: b, mountPath: /x}]\n";
    let two = volumes.replacen("{name: a", "{name: b", 1);
    check(
        &with(mounts).replace("      containers:\n", &two),
        &[
            "duplicate-mount 15:71 two volumes of container `web` of Deployment `web` are mounted at `/x`",
            "at 15:45 the first one",
            "help: mount one of them elsewhere",
        ],
    );
    let second = "      initContainers: [{name: web, image: 'first:1'}]\n      containers:\n";
    check(
        &healthy_but(&[("      containers:\n", second)]),
        &[
            "duplicate-container 13:15 two containers of Deployment `web` have the name `web`",
            "at 11:31 the first one",
            "help: give one of them another name",
        ],
    );
}
