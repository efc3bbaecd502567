//! Images that misbehave, to see what a rollout makes of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::clock::Span;
use crate::state::Cluster;

/// How an image misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "kind")]
#[non_exhaustive]
pub enum Fault {
    /// It runs, and its readiness probe never succeeds. Liveness and startup probes do.
    NeverReady,
    /// It answers its probes later than others.
    Late {
        /// By how much.
        by: Span,
    },
    /// Its containers end soon after each start.
    CrashLoop,
    /// It cannot be pulled.
    ImagePull,
}

/// Why a text names no fault.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("unknown fault `{text}`; known: never-ready, late=SECONDS, crash-loop, image-pull")]
pub struct FaultError {
    text: String,
}

/// `never-ready`, `late=SECONDS`, `crash-loop`, `image-pull`.
///
/// ```
/// use tidegate_cluster::{Fault, Span};
///
/// assert_eq!("late=90".parse(), Ok(Fault::Late { by: Span::seconds(90) }));
/// let error = "sometimes".parse::<Fault>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown fault `sometimes`; known: never-ready, late=SECONDS, crash-loop, image-pull"
/// );
/// ```
impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let late = || {
            let seconds: u32 = text.strip_prefix("late=")?.parse().ok()?;
            Some(Self::Late { by: Span::seconds(i64::from(seconds)) })
        };
        match text {
            "never-ready" => Ok(Self::NeverReady),
            "crash-loop" => Ok(Self::CrashLoop),
            "image-pull" => Ok(Self::ImagePull),
            _ => late().ok_or_else(|| FaultError { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeverReady => f.write_str("never-ready"),
            Self::Late { by } => write!(f, "late={}", by.0 / 1000),
            Self::CrashLoop => f.write_str("crash-loop"),
            Self::ImagePull => f.write_str("image-pull"),
        }
    }
}

/// A fault of one image of a Deployment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImageFault {
    /// Namespace of the Deployment.
    pub namespace: String,
    /// The Deployment.
    pub deployment: String,
    /// The image that has it, as the pod template writes it; `None` until the next image comes.
    pub image: Option<String>,
    /// How it misbehaves.
    pub fault: Fault,
}

impl Cluster {
    /// Lets the next image of a Deployment misbehave: the first that its pod template gets from now on and that none
    /// of its pod sets had. A fault that still waits for its image is replaced.
    pub fn inject(&mut self, namespace: &str, deployment: &str, fault: Fault) {
        let waiting = |it: &ImageFault| {
            it.image.is_none() && it.namespace == namespace && it.deployment == deployment
        };
        self.faults.retain(|it| !waiting(it));
        self.faults.push(ImageFault {
            namespace: namespace.to_owned(),
            deployment: deployment.to_owned(),
            image: None,
            fault,
        });
    }

    /// Returns the faults that wait for an image or have found one.
    #[must_use]
    pub fn faults(&self) -> &[ImageFault] {
        &self.faults
    }

    /// Gives a waiting fault to the first of the images that the Deployment never had.
    pub(crate) fn bind_fault(&mut self, namespace: &str, deployment: &str, images: &[String]) {
        let known: Vec<&str> = self
            .replica_sets
            .iter()
            .filter(|it| it.namespace == namespace && it.deployment == deployment)
            .flat_map(|it| crate::kubelet::images(&it.template.0))
            .collect();
        let new = images.iter().find(|it| !known.contains(&it.as_str()));
        let waiting = self.faults.iter_mut().find(|it| {
            it.image.is_none() && it.namespace == namespace && it.deployment == deployment
        });
        if let (Some(fault), Some(image)) = (waiting, new) {
            fault.image = Some(image.clone());
        }
    }

    pub(crate) fn fault_of(&self, namespace: &str, deployment: &str, image: &str) -> Option<Fault> {
        let is = |it: &&ImageFault| {
            it.namespace == namespace
                && it.deployment == deployment
                && it.image.as_deref() == Some(image)
        };
        self.faults.iter().rev().find(is).map(|it| it.fault)
    }
}
