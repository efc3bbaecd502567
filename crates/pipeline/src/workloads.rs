//! Which Deployment runs which component.

use tidegate_image_ref::Reference;
use tidegate_object::{Node, Object};

use crate::config::Environment;
use crate::images;
use crate::world::World;

/// A Deployment that runs a component's image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Running {
    /// The component.
    pub(crate) component: String,
    /// Whether two pods of it must not serve at once.
    pub(crate) singleton: bool,
    /// Namespace of the Deployment.
    pub(crate) namespace: String,
    /// Name of the Deployment.
    pub(crate) deployment: String,
    /// The image repository.
    pub(crate) repository: String,
    /// The image as the pod template writes it.
    pub(crate) image: String,
    /// Its tag; empty where there is none.
    pub(crate) tag: String,
    /// Its digest; empty where there is none.
    pub(crate) digest: String,
}

/// Finds the Deployments that run the components of the configuration, in the order of the components.
pub(crate) fn of(world: &World, environment: &Environment, objects: &[Object]) -> Vec<Running> {
    let mut running = Vec::new();
    for (component, image) in world.config().services() {
        let repository = images::repository(environment, image);
        for object in objects.iter().filter(|it| it.kind() == "Deployment") {
            for written in images_of(object) {
                let Ok(reference) = Reference::parse(written) else { continue };
                if reference.name() != repository {
                    continue;
                }
                running.push(Running {
                    component: component.name.value.clone(),
                    singleton: component.singleton,
                    namespace: object.namespace().to_owned(),
                    deployment: object.name().to_owned(),
                    repository: repository.clone(),
                    image: written.to_owned(),
                    tag: reference.tag().unwrap_or_default().to_owned(),
                    digest: reference.digest().unwrap_or_default().to_owned(),
                });
            }
        }
    }
    running
}

/// Returns the images of the containers of a Deployment.
pub(crate) fn images_of(object: &Object) -> impl Iterator<Item = &str> {
    let spec = object.at(&["spec", "template", "spec"]);
    ["initContainers", "containers"].into_iter().flat_map(move |list| {
        let containers =
            spec.and_then(|it| it.get(list)).and_then(Node::as_list).unwrap_or_default();
        containers.iter().filter_map(|it| it.get("image").and_then(Node::as_str))
    })
}
