//! Which Deployment runs which component.

use tidegate_image_ref::Reference;
use tidegate_object::{Identity, Node, Object};

use crate::config::{Config, Environment};
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

impl Config {
    /// Returns the Deployments among objects that run a component which is a singleton, in whichever environment.
    ///
    /// ```
    /// use tidegate_object::manifests;
    /// use tidegate_pipeline::Config;
    /// use tidegate_source::Sources;
    ///
    /// let config = Config::parse("tidegate.yaml", "\
    /// apiVersion: tidegate/v1
    /// application: shop
    /// groups: [{name: shop, tag: 'v{version}', files: [VERSION]}]
    /// components: [{name: hub, group: shop, image: hub, singleton: true}]
    /// registry: {layouts: ../registry}
    /// devops: {remote: ../devops.git, path: shop}
    /// environments:
    /// - {name: prod, overlay: prod, images: registry.example/prod, policy: {semver: '*'}, cluster: {simulated: c.json}}
    /// ").map_err(|it| it.diagnostics[0].clone())?;
    /// let hub = "\
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: hub}
    /// spec: {template: {spec: {containers: [{name: hub, image: 'registry.example/prod/hub:v1'}]}}}
    /// ";
    /// let objects = manifests(hub.into(), Sources::new().add("hub.yaml", hub)).expect("no mistake");
    /// assert_eq!(config.singletons(&objects), [objects[0].identity()]);
    /// # Ok::<(), tidegate_source::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn singletons(&self, objects: &[Object]) -> Vec<Identity> {
        let singletons = self.services().filter(|(component, _)| component.singleton);
        let repositories: Vec<String> = singletons
            .flat_map(|(_, image)| {
                self.environments.iter().map(move |it| images::repository(it, image))
            })
            .collect();
        let runs_one = |object: &&Object| {
            object.kind() == "Deployment"
                && images_of(object).any(|image| {
                    Reference::parse(image)
                        .is_ok_and(|it| repositories.iter().any(|name| it.name() == name))
                })
        };
        objects.iter().filter(runs_one).map(Object::identity).collect()
    }
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
