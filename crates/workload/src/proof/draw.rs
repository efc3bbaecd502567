use std::fmt::{self, Write as _};

use super::timeline::{Event, Moment, Timeline};

/// Pods beyond this many are drawn as a number.
const DRAWN: i32 = 24;

/// The timeline for a terminal: a line for each moment with the pods as marks, `●` an available pod, `○` one that is
/// not, old ones before the bar and new ones behind it.
///
/// ```text
///      0 s  ●|         the rollout begins
///      0 s  ●|○        1 new pod is created
///     25 s  ●|○        1 new pod is ready
/// ```
impl fmt::Display for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let times: Vec<String> = self.moments.iter().map(|it| it.at.to_string()).collect();
        let pods: Vec<String> = self.moments.iter().map(marks).collect();
        let width = |texts: &[String]| texts.iter().map(|it| it.chars().count()).max().unwrap_or(0);
        let (time_width, pod_width) = (width(&times), width(&pods));
        for ((moment, time), pods) in self.moments.iter().zip(&times).zip(&pods) {
            writeln!(f, "{time:>time_width$}  {pods:<pod_width$}  {}", moment.event)?;
        }
        Ok(())
    }
}

fn marks(moment: &Moment) -> String {
    // Old pods serve before new ones do: what is available beyond them is new.
    let old_available = moment.available.min(moment.old);
    let new_available = moment.available - old_available;
    let group = |all: i32, available: i32| {
        if all > DRAWN {
            return format!("{available}/{all}");
        }
        let mark = |at| if at < available { '●' } else { '○' };
        (0..all).map(mark).collect()
    };
    format!("{}|{}", group(moment.old, old_available), group(moment.new, new_available))
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let some = |pods: i32, what: &str, one: &str, more: &str| {
            let verb = if pods == 1 { one } else { more };
            format!("{pods} {what}{} {verb}", if pods == 1 { "" } else { "s" })
        };
        f.write_str(&match *self {
            Self::Begins => "the rollout begins".to_owned(),
            Self::Created(pods) => some(pods, "new pod", "is created", "are created"),
            Self::Refused(pods) => some(pods, "new pod", "is refused", "are refused"),
            Self::Ready(pods) => some(pods, "new pod", "is ready", "are ready"),
            Self::Available(pods) => some(pods, "new pod", "is available", "are available"),
            Self::Killed(pods) => some(
                pods,
                "new pod",
                "is killed before it answers, and starts again",
                "are killed before they answer, and start again",
            ),
            Self::Ending(pods) => some(pods, "old pod", "is told to end", "are told to end"),
            Self::Ended(pods) => some(pods, "old pod", "has ended", "have ended"),
            Self::Repeats(times) => some(times, "more round", "like the last", "like the last"),
            Self::Complete => "the rollout is complete".to_owned(),
            Self::Stalled => "nothing can happen any more".to_owned(),
            Self::DeadlineExceeded => "the progress deadline is exceeded".to_owned(),
        })
    }
}

/// Width and height of a drawing, and the lines of text around it.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 160.0;
const MARGIN: f64 = 40.0;

impl Timeline {
    /// Draws the timeline as SVG: time from left to right, new pods stacked on old ones, and the available pods as a
    /// line. Output depends on the timeline alone.
    ///
    /// ```
    /// assert!(tidegate_workload::Timeline::default().to_svg().starts_with("<svg"));
    /// ```
    #[must_use]
    pub fn to_svg(&self) -> String {
        let most = self.moments.iter().map(|it| it.old + it.new).max().unwrap_or(0).max(1);
        let end = self.end().0.max(1);
        #[expect(clippy::cast_precision_loss, reason = "places on a drawing")]
        let x = |at: i64| MARGIN + at as f64 / end as f64 * WIDTH;
        let y = |pods: i32| MARGIN + HEIGHT - f64::from(pods) / f64::from(most) * HEIGHT;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"sans-serif\" \
             font-size=\"11\">\n",
            WIDTH + 2.0 * MARGIN,
            HEIGHT + 2.0 * MARGIN,
        );
        let area = |name: &str, colour: &str, low: fn(&Moment) -> i32, high: fn(&Moment) -> i32| {
            let mut path = String::new();
            for (at, moment) in self.moments.iter().enumerate() {
                let until = self.moments.get(at + 1).map_or(end, |next| next.at.0);
                if until == moment.at.0 || high(moment) == low(moment) {
                    continue;
                }
                let (left, right) = (x(moment.at.0), x(until));
                let (top, bottom) = (y(high(moment)), y(low(moment)));
                // Writing to a string cannot fail.
                let _ = write!(path, "M{left:.1} {bottom:.1}V{top:.1}H{right:.1}V{bottom:.1}Z");
            }
            format!("<path d=\"{path}\" fill=\"{colour}\"><title>{name}</title></path>\n")
        };
        svg += &area("old pods", "#9aa5b1", |_| 0, |it| it.old);
        svg += &area("new pods", "#8ecae6", |it| it.old, |it| it.old + it.new);
        let mut line = String::new();
        for (at, moment) in self.moments.iter().enumerate() {
            let start = if at == 0 { "M" } else { "L" };
            let until = self.moments.get(at + 1).map_or(end, |next| next.at.0);
            let level = y(moment.available);
            let _ = write!(line, "{start}{:.1} {level:.1}H{:.1}", x(moment.at.0), x(until));
        }
        let _ = writeln!(
            svg,
            "<path d=\"{line}\" fill=\"none\" stroke=\"#1b6e3c\" stroke-width=\"2\"><title>available pods\
             </title></path>"
        );
        let _ = writeln!(
            svg,
            "<text x=\"{MARGIN}\" y=\"{:.1}\">0 s</text>\n<text x=\"{:.1}\" y=\"{:.1}\" \
             text-anchor=\"end\">{}</text>",
            MARGIN + HEIGHT + 16.0,
            MARGIN + WIDTH,
            MARGIN + HEIGHT + 16.0,
            self.end(),
        );
        svg + "</svg>\n"
    }
}
