//! What counts as unusual in a series: every figure with its source, as data.

use serde::Deserialize;
use thiserror::Error;

const TABLE: &str = include_str!("settings.toml");

/// A table of settings that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the settings of series are not valid: {0}")]
pub struct InvalidSettings(pub String);

/// How the cost of a false alarm stands to the cost of a missed one; the three profiles of the Numenta Anomaly Benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    Standard,
    /// False alarms cost twice as much.
    LowFp,
    /// Missed anomalies cost twice as much.
    LowFn,
}

impl Profile {
    pub const ALL: [Self; 3] = [Self::Standard, Self::LowFp, Self::LowFn];

    /// The word in settings and arguments.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::LowFp => "low_fp",
            Self::LowFn => "low_fn",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// All settings of this room. The defaults and their sources stand in `settings.toml` beside this file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesSettings {
    watch: WatchSettings,
    alarm: Alarms,
    /// Settings of change points.
    pub breaks: BreakSettings,
    /// Settings of events.
    pub events: EventSettings,
    /// Settings of forecasts.
    pub forecast: ForecastSettings,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Alarms {
    standard: f64,
    low_fp: f64,
    low_fn: f64,
}

/// Settings of the watch over one series. Lengths are in points unless they say days.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatchSettings {
    /// The past that the usual level and spread are taken from.
    pub long: usize,
    /// The latest points whose mean is the present level.
    pub short: usize,
    /// The latest points whose distribution is held against the long past.
    pub shape: usize,
    /// The latest steps whose size is held against the long past.
    pub steps: usize,
    /// Fewer points of past judge nothing.
    pub least: usize,
    /// The spread is at least this part of the largest size.
    pub least_spread: f64,
    /// The spread is at least this part of the range.
    pub least_of_range: f64,
    /// Days, or weeks, of which a phase takes its median.
    pub season_cycles: usize,
    /// A season is used when its error is below this part of that of the level.
    pub season_skill: f64,
    /// Points over which both errors are compared at least.
    pub season_points: usize,
    /// The weight of a point in the running errors.
    pub season_weight: f64,
    /// Errors count up to so many spreads, so that one outlier decides no season.
    pub season_cap: f64,
    /// A gap of so many usual steps empties the short windows.
    pub gap_steps: i64,
    /// Points after an alarm within which only something rarer is new.
    pub quiet: usize,
    /// A surprise from here on begins the quiet time, in powers of ten.
    pub quiet_from: f64,
    /// What is new within it is rarer by so many powers of ten.
    pub quiet_step: f64,
    /// What is not new keeps this part of its surprise.
    pub quiet_keeps: f64,
    /// How the tails are fitted.
    pub tail: TailSettings,
    /// The surprise of an alarm, in powers of ten; it has the score 0.5.
    #[serde(skip)]
    pub alarm: f64,
}

/// How the tail of a statistic is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TailSettings {
    /// Points whose largest deviation is one observation.
    pub block: usize,
    /// The part of the blocks that makes the tail.
    pub share: f64,
    /// At least so many blocks make the tail.
    pub fewest: usize,
    /// At most so many are kept, of each generation.
    pub most: usize,
    /// Fewer blocks judge nothing.
    pub least: usize,
    /// Blocks after which the generation before is forgotten.
    pub generation: usize,
    /// The least index of the tail: at 0.1 a deviation of 1.26 times is ten times as rare.
    pub least_heavy: f64,
    /// The smallest deviation that a tail starts at.
    pub floor: f64,
    /// What was seen before is at least this part as likely as it was frequent.
    pub seen_weight: f64,
}

/// Settings of change points. Lengths are in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakSettings {
    /// What a change costs, in logarithms of the length.
    pub price: f64,
    /// One step that explains this part of the squared deviations is a change, whatever carried the level there.
    pub one_step: f64,
    /// Shorter series have no change.
    pub least: usize,
    /// The shortest level.
    pub least_segment: usize,
    /// The most changes that are tried.
    pub most_changes: usize,
    /// At most one change in so many points is tried.
    pub points_a_change: usize,
    /// Longer series are first looked at in blocks.
    pub most_points: usize,
    /// Outliers are pulled to so many spreads from their neighbours' median.
    pub outlier_spreads: f64,
    /// Lengths of cycles that are tested.
    pub cycles: Vec<usize>,
    /// The least autocorrelation of a cycle.
    pub cycle_likeness: f64,
    /// It is at least so much above that of half the cycle.
    pub cycle_stands_out: f64,
    /// The bound of an onset's interval; 7.35 holds 95 % of steps in normal noise.
    pub interval_bound: f64,
}

/// Settings of events: stretches of a series that stand out.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventSettings {
    /// Spreads from what is expected at which an event begins.
    pub begins_at: f64,
    /// Spreads at which it still lasts; also half the width of the expected range.
    pub lasts_at: f64,
    /// So many ordinary points within an event do not end it.
    pub quiet: usize,
    /// Points that are looked at together.
    pub neighbours: usize,
    /// The spread of means of neighbours is at least this part of that of points.
    pub least_joint: f64,
    /// In a healthy reference this part of the points is below …
    pub healthy_part: f64,
    /// … what an event must be beyond, so many times.
    pub healthy_times: f64,
    /// The same where nothing is known to be healthy.
    pub mixed_part: f64,
    pub mixed_times: f64,
    /// Fewer points of reference tell nothing.
    pub least: usize,
    /// The spread is at least this part of the mean distance.
    pub of_mean: f64,
    /// The spread is at least this part of the largest size.
    pub least_spread: f64,
    /// A course is expected when its error is below this part of that of the level.
    pub season_skill: f64,
    /// Courses that are tried: seconds of the cycle and of one phase of it.
    pub cycles: [(i64, i64); 2],
    /// A gap is longer than so many usual steps.
    pub gap_steps: f64,
}

/// Settings of forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForecastSettings {
    /// Only so many of the latest points are looked at.
    pub most_points: usize,
    /// Tests hold back nothing when fewer points would be left.
    pub least: usize,
    /// Stretches that the models are tested on.
    pub origins: usize,
    /// The mean of so many models is the forecast.
    pub combined: usize,
    /// The part of values that the interval is to hold.
    pub covered: f64,
    /// Errors of models that were chosen for small errors are larger afterwards, so many times.
    pub widened: f64,
    /// The interval of a series that is too short to test, in typical steps.
    pub walk_width: f64,
}

impl SeriesSettings {
    /// Reads a table; what it leaves out is an error, so that a table always says everything.
    ///
    /// # Errors
    /// When the text is no such table, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidSettings> {
        let settings: Self =
            toml::from_str(text).map_err(|why| InvalidSettings(why.to_string()))?;
        let watch = &settings.watch;
        for (name, value, most) in [
            ("season_skill", watch.season_skill, 1.0),
            ("season_weight", watch.season_weight, 1.0),
            ("quiet_keeps", watch.quiet_keeps, 1.0),
            ("least_spread", watch.least_spread, 1.0),
            ("least_of_range", watch.least_of_range, 1.0),
            ("share", watch.tail.share, 1.0),
            ("standard", settings.alarm.standard, 10.0),
            ("low_fp", settings.alarm.low_fp, 10.0),
            ("low_fn", settings.alarm.low_fn, 10.0),
        ] {
            if !(0.0..=most).contains(&value) {
                return Err(InvalidSettings(format!("`{name}` must lie from 0 to {most}")));
            }
        }
        if settings.breaks.least_segment == 0 || settings.breaks.most_points < 100 {
            let why = "`least_segment` must not be zero, and `most_points` not below 100";
            return Err(InvalidSettings(why.to_owned()));
        }
        if settings.forecast.combined == 0 || !(0.0..1.0).contains(&settings.forecast.covered) {
            let why = "`combined` must not be zero, and `covered` lie below 1";
            return Err(InvalidSettings(why.to_owned()));
        }
        let events = &settings.events;
        if !(events.lasts_at > 0.0 && events.lasts_at <= events.begins_at) {
            let why = "`lasts_at` must lie above zero and not above `begins_at`";
            return Err(InvalidSettings(why.to_owned()));
        }
        if watch.short == 0 || watch.short > watch.long || watch.shape > watch.long {
            let why = "`short` and `shape` must be shorter than `long`, and not zero";
            return Err(InvalidSettings(why.to_owned()));
        }
        Ok(settings)
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidSettings> {
        Self::parse(TABLE)
    }

    /// The settings of a watch under this profile.
    #[must_use]
    pub fn watch(&self, profile: Profile) -> WatchSettings {
        let alarm = match profile {
            Profile::Standard => self.alarm.standard,
            Profile::LowFp => self.alarm.low_fp,
            Profile::LowFn => self.alarm.low_fn,
        };
        WatchSettings { alarm, ..self.watch }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_whole_and_a_wrong_one_is_named() {
        let settings = SeriesSettings::embedded().unwrap();
        assert!(settings.watch(Profile::LowFp).alarm >= settings.watch(Profile::LowFn).alarm);
        let wrong = TABLE.replace("season_skill = 0.7", "season_skill = 7.0");
        assert!(SeriesSettings::parse(&wrong).unwrap_err().0.contains("season_skill"));
        assert!(SeriesSettings::parse("[watch]").is_err());
    }

    #[test]
    fn profiles_have_the_names_of_the_arguments() {
        assert_eq!(Profile::named("low_fp"), Some(Profile::LowFp));
        assert_eq!(Profile::named("LOW"), None);
    }
}
