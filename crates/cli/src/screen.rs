//! What people see while a command runs. Progress goes to standard error, so that data can be piped.

use std::io::{IsTerminal as _, Write};

use anstream::AutoStream;
use tidegate_pipeline::{Complaint, Event, Plan, Remark, Step};
use tidegate_source::{Colour, render};

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const GREEN: &str = "\x1b[32m";
const YELLOW: &str = "\x1b[33m";
const PLAIN: &str = "\x1b[0m";

/// Draws events on standard error. Colours are left out where standard error is no terminal, or `NO_COLOR` is set.
pub(crate) struct Screen {
    out: AutoStream<std::io::Stderr>,
    colour: Colour,
    /// Whether nobody can read it any more.
    closed: bool,
}

impl Screen {
    pub(crate) fn new() -> Self {
        let stderr = std::io::stderr();
        let coloured = stderr.is_terminal()
            && !matches!(AutoStream::choice(&stderr), anstream::ColorChoice::Never);
        let colour = if coloured { Colour::Always } else { Colour::Never };
        Self { out: AutoStream::auto(stderr), colour, closed: false }
    }

    /// Draws what happens. A screen that can't be written to any more is no reason to stop a release.
    pub(crate) fn draw(&mut self, event: &Event<'_>) {
        if self.closed {
            return;
        }
        let text = match event {
            Event::Heading(heading) => format!("{BOLD}{heading}{PLAIN}\n"),
            Event::Begins { step, of, station, title } => {
                format!("\n{BOLD}[{}/{of}] {station}{PLAIN}  {title}\n", step + 1)
            }
            Event::Detail(detail) => format!("      {DIM}·{PLAIN} {detail}\n"),
            Event::Drawing(drawing) => drawing.lines().fold(String::new(), |text, line| {
                let indent = if line.is_empty() { "" } else { "      " };
                text + indent + line + "\n"
            }),
            Event::Remark(remark) => remark_text(remark),
            Event::Ends { found_done, detail, .. } => {
                let how = if *found_done { "was done already" } else { "done" };
                let sign = if *found_done { "=" } else { "✓" };
                let detail = if detail.is_empty() { String::new() } else { format!(": {detail}") };
                format!("      {GREEN}{sign}{PLAIN} {how}{detail}\n")
            }
            _ => return,
        };
        self.write(&text);
    }

    /// Draws what stands against a command.
    pub(crate) fn complain(&mut self, complaint: &Complaint) {
        for diagnostic in &complaint.diagnostics {
            let text = render(diagnostic, &complaint.sources, self.colour);
            self.write(&format!("{text}\n"));
        }
    }

    /// Writes a line.
    pub(crate) fn say(&mut self, line: &str) {
        self.write(&format!("{line}\n"));
    }

    fn write(&mut self, text: &str) {
        let out = &mut self.out;
        if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
            self.closed = true;
        }
    }
}

fn remark_text(remark: &Remark) -> String {
    let mut lines =
        vec![format!("      {YELLOW}!{PLAIN} {} {DIM}[{}]{PLAIN}", remark.text, remark.code)];
    lines.extend(remark.places.iter().map(|place| format!("        {DIM}at{PLAIN} {place}")));
    lines.extend(remark.notes.iter().map(|note| format!("        {DIM}note:{PLAIN} {note}")));
    lines.extend(remark.help.iter().map(|help| format!("        {DIM}help:{PLAIN} {help}")));
    lines.join("\n") + "\n"
}

/// Writes a plan for people: what `--dry-run` prints.
pub(crate) fn plan_text(plan: &Plan) -> String {
    let mut lines = vec![plan.heading.to_string(), format!("plan: {}", plan.request)];
    if let Some(comparison) = &plan.comparison {
        lines.push(format!("\n{}", comparison.to_string().trim_end()));
    }
    if plan.steps.is_empty() {
        lines.push("\nnothing to do".to_owned());
    }
    for (nth, step) in plan.steps.iter().enumerate() {
        lines.extend(step_lines(nth, plan.steps.len(), step));
    }
    if !plan.remarks.is_empty() {
        lines.push("\nto know".to_owned());
    }
    for remark in &plan.remarks {
        lines.push(format!("  ! {} [{}]", remark.text, remark.code));
        lines.extend(remark.places.iter().map(|place| format!("    at {place}")));
        lines.extend(remark.notes.iter().map(|note| format!("    note: {note}")));
        lines.extend(remark.help.iter().map(|help| format!("    help: {help}")));
    }
    lines.join("\n") + "\n"
}

fn step_lines(nth: usize, of: usize, step: &Step) -> Vec<String> {
    let mut lines = vec![format!("\n[{}/{of}] {}  {}", nth + 1, step.station, step.title)];
    lines.extend(step.expects.iter().map(|it| format!("  expects  {it}")));
    lines.extend(step.does.iter().map(|it| format!("  does     {it}")));
    lines.push(format!("  undo     {}", step.undo));
    lines
}
