//! Watching one series point by point: each detector says how far off a point is, its own past says how rare that is.

use super::{Sample, settings::WatchSettings, tail::Tail};

mod baseline;
mod flat;
mod level;
mod point;
mod season;
mod shape;
mod steps;

#[cfg(test)]
mod tests;

use baseline::{Base, Baseline};

/// What a detector looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// One point against what is expected of its time.
    Point,
    /// The mean of the latest points against what was expected of them.
    Level,
    /// How much neighbouring points differ: more, or less, than usual.
    Spread,
    /// How the latest values are distributed.
    Shape,
    /// How long the same value stands.
    Flat,
}

impl Look {
    const ALL: [Self; 5] = [Self::Point, Self::Level, Self::Spread, Self::Shape, Self::Flat];

    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Level => "level",
            Self::Spread => "spread",
            Self::Shape => "shape",
            Self::Flat => "flat",
        }
    }
}

/// One way to look at a series, point by point, seeing only the past.
trait Detector {
    /// How far off the series is at this point, in a unit of its own, zero or more; `None` when it cannot tell yet.
    fn deviation(&mut self, value: f64, base: &Base<'_>) -> Option<f64>;

    /// Forgets the latest points, because a gap follows.
    fn cut(&mut self);
}

/// What the watch says of one point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// From 0 to 1, comparable across series: 0.5 is an alarm, what repeats a fresh alarm has less.
    pub score: f64,
    /// How rare the point is, in powers of ten: 3 comes once in a thousand blocks of ordinary time.
    pub surprise: f64,
    /// The same by detector, in the order of [`Look`].
    pub surprises: [f64; 5],
    /// What is unusual most.
    pub look: Option<Look>,
    /// The value that was expected; `None` at the beginning of a series.
    pub expected: Option<f64>,
    /// The robust standard deviation around it.
    pub spread: Option<f64>,
}

/// The score of an alarm, in every profile.
pub const ALARM: f64 = 0.5;

/// Points that were not judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// NaN and infinities.
    pub missing: usize,
    /// Points that are not later than the one before.
    pub out_of_order: usize,
}

/// A watch over one series: constant memory, some hundred nanoseconds a point.
#[derive(Debug, Clone)]
pub struct Watch {
    settings: WatchSettings,
    baseline: Baseline,
    point: point::Point,
    level: level::Level,
    steps: steps::Steps,
    shape: shape::Shape,
    flat: flat::Flat,
    tails: [Tail; 5],
    last: Option<i64>,
    step: Option<i64>,
    quiet: Quiet,
    left_out: LeftOut,
}

// How long ago the last alarm was, and how rare.
#[derive(Debug, Clone, Copy, Default)]
struct Quiet {
    left: usize,
    held: f64,
}

// Larger sizes would overflow in squares.
const LARGEST: f64 = 1e150;

impl Watch {
    /// A watch that has seen nothing.
    #[must_use]
    pub fn new(settings: WatchSettings) -> Self {
        Self {
            settings,
            baseline: Baseline::new(&settings),
            point: point::Point,
            level: level::Level::new(settings.short),
            steps: steps::Steps::new(&settings),
            shape: shape::Shape::new(settings.shape),
            flat: flat::Flat::default(),
            tails: std::array::from_fn(|_| Tail::new(settings.tail)),
            last: None,
            step: None,
            quiet: Quiet::default(),
            left_out: LeftOut::default(),
        }
    }

    /// Judges a point by those before it, and remembers it. `None` when it was left out.
    pub fn push(&mut self, sample: Sample) -> Option<Verdict> {
        if !sample.value.is_finite() {
            self.left_out.missing += 1;
            return None;
        }
        if self.last.is_some_and(|last| sample.at < last) {
            self.left_out.out_of_order += 1;
            return None;
        }
        self.note_step(sample.at);
        let value = sample.value.clamp(-LARGEST, LARGEST);
        let mut verdict = Verdict {
            score: 0.0,
            surprise: 0.0,
            surprises: [0.0; 5],
            look: None,
            expected: None,
            spread: None,
        };
        let (mut surprise, mut look) = (0.0, None);
        if let Some(base) = self.baseline.look(sample.at, value) {
            verdict.expected = Some(base.expected);
            verdict.spread = Some(base.spread);
            let deviations = [
                self.point.deviation(value, &base),
                self.level.deviation(value, &base),
                self.steps.deviation(value, &base),
                self.shape.deviation(value, &base),
                self.flat.deviation(value, &base),
            ];
            let looks =
                self.tails.iter_mut().zip(deviations).zip(Look::ALL).zip(&mut verdict.surprises);
            for (((tail, deviation), this), kept) in looks {
                let Some(deviation) = deviation else { continue };
                let rare = -tail.push(deviation).log10();
                *kept = rare;
                if rare > surprise {
                    (surprise, look) = (rare, Some(this));
                }
            }
        }
        self.baseline.remember(sample.at, value);
        verdict.surprise = surprise;
        verdict.look = look;
        verdict.score = self.score(surprise);
        Some(verdict)
    }

    /// What was left out so far.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
        self.left_out
    }

    // The usual step follows the times slowly, so that one gap changes nothing.
    fn note_step(&mut self, at: i64) {
        let Some(last) = self.last.replace(at) else { return };
        let passed = at.saturating_sub(last);
        let usual = *self.step.get_or_insert(passed);
        if usual > 0 && passed / usual >= self.settings.gap_steps {
            let cut: [&mut dyn Detector; 5] = [
                &mut self.point,
                &mut self.level,
                &mut self.steps,
                &mut self.shape,
                &mut self.flat,
            ];
            cut.into_iter().for_each(Detector::cut);
        }
        self.step =
            Some(usual.saturating_add((passed - usual).signum()).max(1).min(passed.max(usual)));
    }

    // Half at the surprise of an alarm. One thing alarms once: what follows it counts only when it is rarer still.
    fn score(&mut self, surprise: f64) -> f64 {
        let settings = &self.settings;
        self.quiet.left = self.quiet.left.saturating_sub(1);
        let bar = if self.quiet.left > 0 {
            self.quiet.held + settings.quiet_step
        } else {
            settings.quiet_from
        };
        let mut counted = surprise;
        if surprise > bar {
            self.quiet = Quiet { left: settings.quiet, held: surprise };
        } else if self.quiet.left > 0 {
            counted *= settings.quiet_keeps;
        }
        if counted <= 0.0 { 0.0 } else { counted / (counted + settings.alarm) }
    }
}
