//! What holds for every build, whatever its input.

use std::sync::Arc;

use tidegate_kustomize::{Memory, Options, Order, Session, build, lint};
use tidegate_object::{Node, Number, Reading, Value, from_yaml};
use tidegate_source::{Diagnostic, Sources};
use tidegate_yaml::{Emitter, Stream};

use super::cases::Case;

/// Holds a case against the laws. Returns the code of its first mistake, if it has one, or the law that is broken.
pub(super) fn hold(case: &Case, nth: u64) -> Result<Option<String>, String> {
    let files: Memory = case.files.iter().map(|(path, text)| (path, text.clone())).collect();
    let order = if nth.is_multiple_of(2) { Order::Legacy } else { Order::AsLoaded };
    let options = Options { order, ..Options::default() };
    let outcome = |built: Result<_, tidegate_kustomize::Failure>| match built {
        Ok(built) => {
            let built: tidegate_kustomize::Build = built;
            places(&built.warnings, &built.sources)?;
            drop(built.origins());
            Ok(built.to_yaml().map_err(|mistake| vec![*mistake]))
        }
        Err(failure) => {
            if failure.mistakes.is_empty() {
                return Err("a build fails without a mistake".to_owned());
            }
            places(&failure.mistakes, &failure.sources)?;
            places(&failure.warnings, &failure.sources)?;
            Ok(Err(failure.mistakes))
        }
    };
    let once = outcome(build(&files, &case.build, &options))?;
    if once != outcome(build(&files, &case.build, &options))? {
        return Err("building twice gives two results".to_owned());
    }
    let mut session = Session::new(&files, options.clone());
    for round in ["first", "second"] {
        let shared = outcome(session.build(&case.build))?;
        if shared.as_ref().ok() != once.as_ref().ok() {
            return Err(format!("the {round} build of a session gives another result"));
        }
    }
    if lint(&files, &case.build, &options).is_ok() && once.is_err() {
        // What can be built and not printed can be linted all the same.
        let unprintable = |it: &Diagnostic| it.code == "unprintable";
        if !once.as_ref().is_err_and(|it| it.iter().all(unprintable)) {
            return Err("what does not build is linted".to_owned());
        }
    }
    match once {
        Ok(text) => printed_again(&text).map(|()| None),
        Err(mistakes) => Ok(mistakes.first().map(|it| it.code.to_string())),
    }
}

/// Each mistake lies in a text that was read, and can be drawn.
fn places(diagnostics: &[Diagnostic], sources: &Sources) -> Result<(), String> {
    for diagnostic in diagnostics {
        if diagnostic.message.is_empty() || diagnostic.code.is_empty() {
            return Err("a mistake says nothing".to_owned());
        }
        let report = diagnostic.report(sources);
        for label in diagnostic.labels.iter().filter(|it| it.mark.is_some()) {
            let inside = sources.text(label.mark.source).is_some_and(|text| {
                text.get(label.mark.span.start as usize..label.mark.span.end as usize).is_some()
            });
            if !inside {
                return Err(format!("`{}` lies outside its text", report.message));
            }
        }
        drop(tidegate_source::render(diagnostic, sources, tidegate_source::Colour::Never));
    }
    Ok(())
}

/// What was printed can be read, and is printed again as it is.
fn printed_again(text: &str) -> Result<(), String> {
    let stream = Stream::parse(text).map_err(|it| format!("the output can't be read: {it}"))?;
    let shared: Arc<Arc<str>> = Arc::new(text.into());
    let mut sources = Sources::new();
    let source = sources.add("output", text);
    let mut again = String::new();
    let mut emitter = Emitter::new(&mut again);
    for document in stream.documents() {
        let node = from_yaml(document.root(), source, &shared, Reading::Resource)
            .map_err(|it| format!("the output can't be read as resources: {}", it[0]))?;
        if text.is_empty() && node.is_null() {
            continue;
        }
        emit(&mut emitter, &node);
        emitter.end_document();
    }
    emitter.finish().map_err(|it| format!("the output can't be printed again: {it}"))?;
    if again == text {
        return Ok(());
    }
    let (before, after) = text
        .lines()
        .zip(again.lines())
        .find(|(before, after)| before != after)
        .unwrap_or((text, &again));
    Err(format!("printed again, the output is another: `{before}`, then `{after}`"))
}

/// Writes a node in the order in which it was read.
fn emit(emitter: &mut Emitter<'_>, node: &Node) {
    match &node.value {
        Value::Null => emitter.null(),
        Value::Bool(it) => emitter.bool(*it),
        Value::Number(Number::Int(number)) => emitter.int(*number),
        Value::Number(Number::Unsigned(number)) => emitter.unsigned(*number),
        Value::Number(Number::Float(text)) => emitter.float(text.parse().unwrap_or(f64::NAN)),
        Value::String(text) => emitter.string(text),
        Value::List(items) => {
            emitter.begin_list();
            for item in items {
                emit(emitter, item);
            }
            emitter.end_list();
        }
        Value::Map(map) => {
            emitter.begin_map();
            for entry in map.entries() {
                emitter.key(&entry.key);
                emit(emitter, &entry.node);
            }
            emitter.end_map();
        }
    }
}
