//! The tomoda example: what the sandbox is filled with.

/// The application's repository. Paths are relative to its root.
pub(super) const APP: &[(&str, &str)] = &[
    ("README.md", include_str!("../../example/app/README.md")),
    ("backend/Dockerfile", include_str!("../../example/app/backend/Dockerfile")),
    ("backend/VERSION", include_str!("../../example/app/backend/VERSION")),
    ("backend/cloudbuild.yaml", include_str!("../../example/app/backend/cloudbuild.yaml")),
    ("backend/main.go", include_str!("../../example/app/backend/main.go")),
    (
        "deploy/triggers/backend-main.yaml",
        include_str!("../../example/app/deploy/triggers/backend-main.yaml"),
    ),
    (
        "deploy/triggers/backend-release.yaml",
        include_str!("../../example/app/deploy/triggers/backend-release.yaml"),
    ),
    (
        "deploy/triggers/frontend-main.yaml",
        include_str!("../../example/app/deploy/triggers/frontend-main.yaml"),
    ),
    (
        "deploy/triggers/frontend-release.yaml",
        include_str!("../../example/app/deploy/triggers/frontend-release.yaml"),
    ),
    ("frontend/Dockerfile", include_str!("../../example/app/frontend/Dockerfile")),
    ("frontend/VERSION", include_str!("../../example/app/frontend/VERSION")),
    ("frontend/cloudbuild.yaml", include_str!("../../example/app/frontend/cloudbuild.yaml")),
    (
        "frontend/dist/assets/index.js",
        include_str!("../../example/app/frontend/dist/assets/index.js"),
    ),
    ("frontend/dist/index.html", include_str!("../../example/app/frontend/dist/index.html")),
    ("frontend/nginx.conf", include_str!("../../example/app/frontend/nginx.conf")),
    ("mobile/app.json", include_str!("../../example/app/mobile/app.json")),
    ("tidegate.yaml", include_str!("../../example/app/tidegate.yaml")),
];

/// The devops repository. Paths are relative to its root.
pub(super) const DEVOPS: &[(&str, &str)] = &[
    (
        "k8s/apps/tomoda/base/backend-deployment.yaml",
        include_str!("../../example/devops/k8s/apps/tomoda/base/backend-deployment.yaml"),
    ),
    (
        "k8s/apps/tomoda/base/frontend-deployment.yaml",
        include_str!("../../example/devops/k8s/apps/tomoda/base/frontend-deployment.yaml"),
    ),
    (
        "k8s/apps/tomoda/base/ingress.yaml",
        include_str!("../../example/devops/k8s/apps/tomoda/base/ingress.yaml"),
    ),
    (
        "k8s/apps/tomoda/base/kustomization.yaml",
        include_str!("../../example/devops/k8s/apps/tomoda/base/kustomization.yaml"),
    ),
    (
        "k8s/apps/tomoda/base/network-policy.yaml",
        include_str!("../../example/devops/k8s/apps/tomoda/base/network-policy.yaml"),
    ),
    (
        "k8s/apps/tomoda/overlays/dev/host.yaml",
        include_str!("../../example/devops/k8s/apps/tomoda/overlays/dev/host.yaml"),
    ),
    (
        "k8s/apps/tomoda/overlays/dev/kustomization.yaml",
        include_str!("../../example/devops/k8s/apps/tomoda/overlays/dev/kustomization.yaml"),
    ),
    (
        "k8s/apps/tomoda/overlays/prod/kustomization.yaml",
        include_str!("../../example/devops/k8s/apps/tomoda/overlays/prod/kustomization.yaml"),
    ),
    (
        "k8s/apps/tomoda/overlays/prod/pdb.yaml",
        include_str!("../../example/devops/k8s/apps/tomoda/overlays/prod/pdb.yaml"),
    ),
    ("k8s/argocd/tomoda-dev.yaml", include_str!("../../example/devops/k8s/argocd/tomoda-dev.yaml")),
    (
        "k8s/argocd/tomoda-prod.yaml",
        include_str!("../../example/devops/k8s/argocd/tomoda-prod.yaml"),
    ),
];
