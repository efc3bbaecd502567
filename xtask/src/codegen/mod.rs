//! `cargo xtask codegen FOLDER`: writes the committed tables of facts about Kubernetes and Kustomize.
//!
//! The folder holds `kubernetes-schema-v1.21.2.json` and `kustomize-default-field-specs.json`.

mod field_specs;
mod schema;

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Context as _;
use serde_json::Value;

/// First line of every generated file.
const HEADER: &str =
    "// Written by `cargo xtask codegen`; change the generator, not this file.\n\n";

pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<ExitCode> {
    let [folder] = arguments else { anyhow::bail!("usage: cargo xtask codegen FOLDER") };
    let folder = Path::new(folder);
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/kustomize/src");
    let schema = read(&folder.join("kubernetes-schema-v1.21.2.json"))?;
    let (types, definitions) = schema::tables(&schema)?;
    for (name, text) in [("schema/table.rs", types), ("schema/definitions.rs", definitions)] {
        let path = crate_folder.join(name);
        write(&path, &text)?;
        let status = Command::new("rustfmt").args(["--edition", "2024"]).arg(&path).status()?;
        anyhow::ensure!(status.success(), "rustfmt refused {}", path.display());
    }
    // A row a line, however long: this table is left as it is written.
    let specs = read(&folder.join("kustomize-default-field-specs.json"))?;
    write(&crate_folder.join("fieldspec/table.rs"), &field_specs::table(&specs)?)?;
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> anyhow::Result<Value> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, format!("{HEADER}{text}"))
        .with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}", path.display());
    Ok(())
}
