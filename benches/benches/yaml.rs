//! Reading manifests to a tree with positions, and printing them, beside the crates that do the like.
//!
//! `cargo bench -p tidegate-benches --bench yaml`

use std::sync::Arc;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tidegate_benches::manifests;
use tidegate_object::{Number, Reading, Value, from_yaml};
use tidegate_source::SourceId;
use tidegate_yaml::{Emitter, Kind, Node, Scalar, Stream};
use yaml_rust2::{Yaml, YamlEmitter, YamlLoader};

/// One manifest, a folder, a fleet.
const SIZES: [usize; 3] = [1, 100, 4_000];

fn main() {
    let text = manifests(2);
    assert_eq!(print(&Stream::parse(&text).expect("valid YAML")), print_sorted(&text));
    divan::main();
}

/// What go-yaml prints is, for keys that are in its order already, what was written: checked by reading it again.
fn print_sorted(text: &str) -> String {
    let once = print(&Stream::parse(text).expect("valid YAML"));
    print(&Stream::parse(&once).expect("valid YAML"))
}

fn print(stream: &Stream<'_>) -> String {
    let mut out = String::with_capacity(stream.text().len() * 5 / 4);
    let mut emitter = Emitter::new(&mut out);
    for document in stream.documents() {
        node(document.root(), &mut emitter);
        emitter.end_document();
    }
    emitter.finish().expect("printable");
    out
}

fn node(it: Node<'_>, out: &mut Emitter<'_>) {
    match it.kind() {
        Kind::Mapping => {
            out.begin_map();
            for (key, value) in it.entries() {
                out.key(&key.as_str());
                node(value, out);
            }
            out.end_map();
        }
        Kind::Sequence => {
            out.begin_list();
            it.items().for_each(|item| node(item, out));
            out.end_list();
        }
        Kind::Scalar | Kind::Alias => match it.resolve().expect("no tags") {
            Some(Scalar::Int(number)) => out.int(number),
            Some(Scalar::Bool(value)) => out.bool(value),
            Some(Scalar::String(text)) => out.string(&text),
            _ => out.null(),
        },
    }
}

#[divan::bench(args = SIZES, name = "yaml/parse/manifests")]
fn parse(bencher: Bencher<'_, '_>, count: usize) {
    let text = manifests(count);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| Stream::parse(black_box(&text)).map(|it| it.len()));
}

#[divan::bench(args = SIZES, name = "yaml/parse/manifests, yaml-rust2")]
fn parse_yaml_rust2(bencher: Bencher<'_, '_>, count: usize) {
    let text = manifests(count);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| YamlLoader::load_from_str(black_box(&text)));
}

#[divan::bench(args = SIZES, name = "yaml/parse/manifests, serde_yaml")]
fn parse_serde_yaml(bencher: Bencher<'_, '_>, count: usize) {
    let text = manifests(count);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let documents = serde_yaml::Deserializer::from_str(black_box(&text));
        let read = |it| <serde_yaml::Value as serde::Deserialize>::deserialize(it);
        documents.filter_map(|it| read(it).ok()).count()
    });
}

/// The same content as JSON, one array; throughput is counted in bytes of the YAML, so that the times compare.
#[divan::bench(args = SIZES, name = "yaml/parse/manifests as JSON, serde_json")]
fn parse_serde_json(bencher: Bencher<'_, '_>, count: usize) {
    let text = manifests(count);
    let documents: Vec<serde_json::Value> = serde_yaml::Deserializer::from_str(&text)
        .map(|it| serde::Deserialize::deserialize(it).expect("valid YAML"))
        .collect();
    let json = serde_json::to_string(&documents).expect("JSON");
    bencher
        .counter(BytesCount::of_str(&json))
        .bench(|| serde_json::from_str::<serde_json::Value>(black_box(&json)));
}

#[divan::bench(args = SIZES, name = "yaml/print/manifests")]
fn print_ours(bencher: Bencher<'_, '_>, count: usize) {
    let text = manifests(count);
    let stream = Stream::parse(&text).expect("valid YAML");
    bencher.counter(BytesCount::of_str(&text)).bench(|| print(black_box(&stream)));
}

/// As programs print: from a tree that was changed since it was read, as the other library prints from its own.
#[divan::bench(args = SIZES, name = "yaml/print/tree of manifests")]
fn print_tree(bencher: Bencher<'_, '_>, count: usize) {
    let text = manifests(count);
    let trees = trees(&text);
    assert_eq!(print_trees(&trees), print(&Stream::parse(&text).expect("valid YAML")));
    bencher.counter(BytesCount::of_str(&text)).bench(|| print_trees(black_box(&trees)));
}

fn trees(text: &str) -> Vec<tidegate_object::Node> {
    let stream = Stream::parse(text).expect("valid YAML");
    let shared = Arc::new(Arc::from(text));
    let documents = stream.documents();
    let read = documents.map(|it| from_yaml(it.root(), SourceId::NONE, &shared, Reading::Resource));
    read.collect::<Result<_, _>>().expect("objects")
}

fn print_trees(trees: &[tidegate_object::Node]) -> String {
    let mut out = String::with_capacity(trees.len() * 1024);
    let mut emitter = Emitter::new(&mut out);
    for tree in trees {
        tree_node(tree, &mut emitter);
        emitter.end_document();
    }
    emitter.finish().expect("printable");
    out
}

fn tree_node(it: &tidegate_object::Node, out: &mut Emitter<'_>) {
    match &it.value {
        Value::Map(map) => {
            out.begin_map();
            for entry in map.entries() {
                match entry.key.as_word() {
                    Some(word) => out.word_key(word),
                    None => out.key(&entry.key),
                }
                tree_node(&entry.node, out);
            }
            out.end_map();
        }
        Value::List(items) => {
            out.begin_list();
            for item in items {
                tree_node(item, out);
            }
            out.end_list();
        }
        Value::String(text) => match text.as_word() {
            Some(word) => out.word(word),
            None => out.string(text),
        },
        Value::Number(Number::Int(number)) => out.int(*number),
        Value::Bool(value) => out.bool(*value),
        Value::Null | Value::Number(_) => out.null(),
    }
}

#[divan::bench(args = SIZES, name = "yaml/print/manifests, yaml-rust2")]
fn print_yaml_rust2(bencher: Bencher<'_, '_>, count: usize) {
    let text = manifests(count);
    let documents: Vec<Yaml> = YamlLoader::load_from_str(&text).expect("valid YAML");
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let mut out = String::with_capacity(text.len() * 5 / 4);
        for document in black_box(&documents) {
            YamlEmitter::new(&mut out).dump(document).expect("printable");
        }
        out
    });
}

#[divan::bench(args = SIZES, name = "yaml/edit/one scalar")]
fn edit_one(bencher: Bencher<'_, '_>, count: usize) {
    use tidegate_yaml::edit;
    let text = manifests(count);
    let stream = Stream::parse(&text).expect("valid YAML");
    let root = stream.root().expect("a document");
    let node = edit::find(root, &["spec".into(), "replicas".into()]).expect("replicas");
    bencher.bench(|| edit::set(black_box(node), &9.into()));
}
