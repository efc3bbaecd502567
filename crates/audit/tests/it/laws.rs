use std::collections::BTreeSet;

use tidegate_audit::{Code, Context, audit};
use tidegate_object::{Map, Node, Number, Object, Value};

use crate::fixture::{HEALTHY, found_with, objects};

#[test]
fn codes_have_one_name_each() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|it| it.name()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    let kebab = |it: &&str| it.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
    assert!(names.iter().all(kebab), "{names:?}");
}

/// Puts other values in the place of a node and of all nodes below it, one at a time.
fn each_replaced(root: &Node, path: &mut Vec<usize>, top: &Node, seen: &mut impl FnMut(Node)) {
    let others = [
        Value::Null,
        Value::Bool(true),
        Value::Number(Number::Int(i64::MIN)),
        Value::Number(Number::Float("1e400".into())),
        Value::String("%?@:/ é".into()),
        Value::List(vec![Node::default(), Node::from("x")]),
        Value::Map(Map::new()),
    ];
    for other in others {
        let mut changed = top.clone();
        if let Some(node) = at(&mut changed, path) {
            node.value = other;
        }
        seen(changed);
    }
    let count = match &root.value {
        Value::Map(map) => map.len(),
        Value::List(items) => items.len(),
        _ => 0,
    };
    for nth in 0..count {
        let below = match &root.value {
            Value::Map(map) => &map.entries()[nth].node,
            Value::List(items) => &items[nth],
            _ => continue,
        };
        path.push(nth);
        each_replaced(below, path, top, seen);
        path.pop();
    }
}

fn at<'n>(root: &'n mut Node, path: &[usize]) -> Option<&'n mut Node> {
    path.iter().try_fold(root, |node, nth| match &mut node.value {
        Value::Map(map) => map.entries_mut().get_mut(*nth).map(|it| &mut it.node),
        Value::List(items) => items.get_mut(*nth),
        _ => None,
    })
}

#[test]
fn never_panics_whatever_a_field_holds() {
    let rich = format!(
        "{HEALTHY}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: web}}
spec:
  scaleTargetRef: {{kind: Deployment, name: web}}
  metrics: [{{type: Resource, resource: {{name: cpu, target: {{type: Utilization}}}}}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db}}
spec:
  updateStrategy: {{rollingUpdate: {{partition: 1}}}}
  volumeClaimTemplates: [{{metadata: {{name: data}}}}]
  template:
    spec:
      serviceAccountName: db
      volumes: [{{name: v, projected: {{sources: [{{secret: {{name: s, items: [{{key: k}}]}}}}]}}}}]
      containers:
      - name: db
        image: db:latest
        env: [{{name: A, valueFrom: {{configMapKeyRef: {{name: c, key: k}}}}}}]
        ports: [{{containerPort: 80, name: p}}]
        volumeMounts: [{{name: data, mountPath: /d}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: c}}
data: {{a: b}}
"
    );
    let (all, _) = objects(&rich);
    let mut seen = 0;
    for (nth, object) in all.iter().enumerate() {
        each_replaced(&object.root, &mut Vec::new(), &object.root, &mut |changed| {
            let mut objects = all.clone();
            objects[nth] = Object::new(changed);
            seen += usize::from(audit(&objects, &Context::default()).len() < 100);
        });
    }
    assert!(seen > 700, "{seen}");
}

#[test]
fn looking_twice_finds_the_same() {
    let text = HEALTHY.replace("web:v1.2.3", "web").replace("replicas: 2", "replicas: 1");
    let (first, second) =
        (found_with(&text, &Context::default()), found_with(&text, &Context::default()));
    assert_eq!(first.0, second.0);
    assert_eq!(first.0.len(), 2);
}
