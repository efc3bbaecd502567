/// Quantities as manifests write them: requests, limits and volumes.
pub const QUANTITIES: &[&str] = &[
    "10m", "100m", "250m", "500m", "1", "2", "0.5", "1.5", "64Mi", "128Mi", "256Mi", "512Mi",
    "1Gi", "2Gi", "1.5Gi", "10Gi", "100Gi", "1Ti", "500k", "100M", "1G", "20G", "1e3", "1000Ki",
];
