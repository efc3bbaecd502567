//! A timeline drawn for a terminal, without colours: one line per pod below a scale of seconds.

use super::{Timeline, TimelinePod};
use crate::clock::{Moment, Span};
use crate::rollout::{Rollout, RolloutOutcome};
use crate::state::Serving;

/// How a timeline is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Columns of the terminal; below 60 counts as 60.
    pub width: usize,
    /// Which characters may be used.
    pub charset: Charset,
}

/// Which characters a drawing is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// Blocks and lines.
    Unicode,
    /// Only ASCII.
    Ascii,
}

/// What a pod does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Absent,
    Created,
    Started,
    Serving,
    Stopping,
}

/// In the order of a life.
const ALL: [Doing; 5] =
    [Doing::Absent, Doing::Created, Doing::Started, Doing::Serving, Doing::Stopping];

/// The lines of a drawing.
struct Lines {
    begin: char,
    line: char,
    tick: char,
    mark: char,
    ellipsis: &'static str,
}

impl Charset {
    const fn cell(self, doing: Doing) -> char {
        match (self, doing) {
            (_, Doing::Absent) => ' ',
            (Self::Unicode, Doing::Created) => '·',
            (Self::Unicode, Doing::Started) => '═',
            (Self::Unicode, Doing::Serving) => '█',
            (Self::Unicode, Doing::Stopping) => '░',
            (Self::Ascii, Doing::Created) => '.',
            (Self::Ascii, Doing::Started) => '=',
            (Self::Ascii, Doing::Serving) => '#',
            (Self::Ascii, Doing::Stopping) => '-',
        }
    }

    const fn lines(self) -> Lines {
        match self {
            Self::Unicode => {
                Lines { begin: '├', line: '─', tick: '┼', mark: '▲', ellipsis: "…" }
            }
            Self::Ascii => Lines { begin: '+', line: '-', tick: '+', mark: '^', ellipsis: "..." },
        }
    }
}

/// Columns from one tick to the next.
const TICK: usize = 10;

/// Milliseconds that a column may stand for.
const STEPS: [i64; 16] = [
    100, 200, 500, 1000, 2000, 3000, 6000, 12_000, 15_000, 30_000, 60_000, 180_000, 360_000,
    720_000, 1_800_000, 3_600_000,
];

/// Where things stand in the drawing.
struct Scale {
    from: Moment,
    until: Moment,
    /// Milliseconds of a column.
    step: i64,
    columns: usize,
    /// Columns before the first moment.
    label: usize,
    width: usize,
    charset: Charset,
}

impl Timeline {
    /// Draws the timeline as text with a line end after each line; no line is wider than [`Drawing::width`].
    ///
    /// Above stand the Deployment and its revisions with their images, then the scale, then one line per pod, then a
    /// mark where each rollout ended, and last what the signs mean.
    #[must_use]
    pub fn draw(&self, drawing: &Drawing) -> String {
        let scale = Scale::new(self, drawing);
        let charset = drawing.charset;
        let mut lines = vec![format!("{} in {}", self.deployment, self.namespace)];
        for (revision, image) in self.revisions() {
            let named = format!("  revision {revision}  ");
            let room = scale.width.saturating_sub(named.len());
            lines.push(format!("{named}{}", tail(&image, room, charset)));
        }
        lines.push(String::new());
        lines.extend(scale.axis());
        lines.extend(self.pods.iter().flat_map(|it| scale.pod(it)));
        let ended =
            self.rollouts.iter().filter(|it| it.finished.is_some_and(|at| at <= self.until));
        lines.extend(ended.filter_map(|it| scale.end(it)));
        lines.push(String::new());
        let signs = [
            (Doing::Created, "created"),
            (Doing::Started, "started"),
            (Doing::Serving, "serving"),
            (Doing::Stopping, "stopping"),
        ];
        let legend = signs.map(|(doing, word)| format!("{} {word}", charset.cell(doing)));
        lines.push(legend.join("  "));
        lines.iter().flat_map(|it| [it.trim_end(), "\n"]).collect()
    }

    /// Returns each revision of the pods with its image, lowest first.
    fn revisions(&self) -> Vec<(i64, String)> {
        let of = |it: &TimelinePod| (it.revision, it.image.clone());
        let mut revisions: Vec<(i64, String)> = self.pods.iter().map(of).collect();
        revisions.sort();
        revisions.dedup();
        revisions
    }
}

impl Scale {
    fn new(timeline: &Timeline, drawing: &Drawing) -> Self {
        let width = drawing.width.max(60);
        let labels = timeline.pods.iter().map(|it| label(it).chars().count());
        let label = labels.max().unwrap_or(0).min(16) + 2;
        let room = i64::try_from(width.saturating_sub(label)).unwrap_or(i64::MAX).max(1);
        let span = (timeline.until - timeline.from).0.max(1);
        let fits = |step: &&i64| span <= step.saturating_mul(room);
        let hour = STEPS[STEPS.len() - 1];
        // A span of days or years: as many hours for a column as it needs.
        let many_hours = || (span / hour.saturating_mul(room) + 1).saturating_mul(hour);
        let step = STEPS.iter().find(fits).copied().unwrap_or_else(many_hours);
        let used = span / step + i64::from(span % step != 0);
        Self {
            from: timeline.from,
            until: timeline.until,
            step,
            columns: usize::try_from(used).unwrap_or(1),
            label,
            width,
            charset: drawing.charset,
        }
    }

    fn at(&self, column: usize) -> Moment {
        let column = i64::try_from(column).unwrap_or(i64::MAX);
        self.from + Span(self.step.saturating_mul(column))
    }

    /// Draws the scale: moments above, ticks below.
    fn axis(&self) -> [String; 2] {
        let lines = self.charset.lines();
        let mut moments = String::new();
        let mut axis = " ".repeat(self.label);
        for column in 0..self.columns {
            let tick = column % TICK == 0;
            axis.push(match column {
                0 => lines.begin,
                _ if tick => lines.tick,
                _ => lines.line,
            });
            let text = clock(self.at(column) - self.from);
            let free = moments.is_empty() || moments.len() < self.label + column;
            if tick && free && self.label + column + text.len() <= self.width {
                let gap = (self.label + column).saturating_sub(moments.len());
                moments.push_str(&" ".repeat(gap));
                moments.push_str(&text);
            }
        }
        [moments, axis]
    }

    /// Draws a pod's life, and what is wrong with it behind, or below where there is no room behind.
    fn pod(&self, pod: &TimelinePod) -> Vec<String> {
        let room = self.label - 2;
        let mut life = format!("{:<room$}  ", tail(&label(pod), room, self.charset));
        for column in 0..self.columns {
            let until = self.at(column + 1).min(self.until);
            life.push(self.charset.cell(pod.mostly(self.at(column), until)));
        }
        let life = life.trim_end().to_owned();
        let restarts = match pod.restarts {
            0 => None,
            1 => Some("1 restart".to_owned()),
            n => Some(format!("{n} restarts")),
        };
        let waiting = pod.waiting.clone().filter(|it| it != "ContainerCreating");
        let notes: Vec<String> = restarts.into_iter().chain(waiting).collect();
        let notes = notes.join(", ");
        if notes.is_empty() {
            return vec![life];
        }
        if life.chars().count() + 2 + notes.len() <= self.width {
            return vec![format!("{life}  {notes}")];
        }
        let indent = self.width.saturating_sub(notes.len());
        vec![life, format!("{:indent$}{notes}", "")]
    }

    /// Draws a mark below the end of a rollout, and how it ended beside it, on the side that has room.
    fn end(&self, rollout: &Rollout) -> Option<String> {
        let at = rollout.finished?;
        let (revision, took) = (rollout.revision, at - rollout.started);
        let said = match rollout.outcome {
            RolloutOutcome::Running => return None,
            RolloutOutcome::Complete => format!("revision {revision} complete after {took}"),
            RolloutOutcome::Failed => {
                format!("revision {revision} missed its deadline after {took}")
            }
            RolloutOutcome::Superseded => format!("revision {revision} superseded after {took}"),
        };
        let mark = self.charset.lines().mark;
        let column = usize::try_from((at - self.from).0.max(0) / self.step).unwrap_or(0);
        let column = self.label + column.min(self.columns - 1);
        if column + 2 + said.len() <= self.width {
            return Some(format!("{:column$}{mark} {said}", ""));
        }
        let indent = column.saturating_sub(said.len() + 1);
        Some(format!("{:indent$}{said} {mark}", ""))
    }
}

impl TimelinePod {
    /// Returns what the pod does for most of a span; of equal parts, the later in its life.
    fn mostly(&self, from: Moment, until: Moment) -> Doing {
        let served = self.serving.iter().flat_map(|it| [Some(it.from), it.until]);
        let life =
            [Some(from), Some(until), Some(self.created), self.started, self.deleted, self.gone];
        let mut bounds: Vec<Moment> = life.into_iter().chain(served).flatten().collect();
        bounds.retain(|it| (from..=until).contains(it));
        bounds.sort_unstable();
        let mut parts = [0_i64; ALL.len()];
        for pair in bounds.windows(2) {
            let doing = self.doing(pair[0]);
            let at = ALL.iter().position(|it| *it == doing).unwrap_or(0);
            parts[at] += (pair[1] - pair[0]).0;
        }
        let longest = parts.iter().copied().max().unwrap_or(0);
        parts.iter().rposition(|it| *it == longest).map_or(Doing::Absent, |at| ALL[at])
    }

    fn doing(&self, at: Moment) -> Doing {
        let reached = |moment: Option<Moment>| moment.is_some_and(|it| it <= at);
        let serves = |it: &Serving| it.from <= at && it.until.is_none_or(|end| at < end);
        if at < self.created || reached(self.gone) {
            Doing::Absent
        } else if reached(self.deleted) {
            Doing::Stopping
        } else if self.serving.iter().any(serves) {
            Doing::Serving
        } else if reached(self.started) {
            Doing::Started
        } else {
            Doing::Created
        }
    }
}

/// `r2 x7k2p`: the revision, and the letters that tell the pod from its siblings.
fn label(pod: &TimelinePod) -> String {
    let suffix = pod.name.rsplit('-').next().unwrap_or_default();
    format!("r{} {suffix}", pod.revision)
}

/// Returns the end of a text that fits a number of columns: of an image, the end says more.
fn tail(text: &str, columns: usize, charset: Charset) -> String {
    let n = text.chars().count();
    if n <= columns {
        return text.to_owned();
    }
    let ellipsis = charset.lines().ellipsis;
    let kept = columns.saturating_sub(ellipsis.chars().count());
    let end: String = text.chars().skip(n - kept).collect();
    format!("{ellipsis}{end}")
}

/// `0 s`, `45 s`, `2:30`, `1:00:00`, `12 d`.
fn clock(span: Span) -> String {
    let seconds = span.0.div_euclid(1000);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => span.to_string(),
        (0, _) => format!("{minutes}:{rest:02}"),
        (100.., _) => format!("{} d", hours / 24),
        _ => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}
