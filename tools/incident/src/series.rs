//! One series of points over time: what is unusual in it, where it changed, and how it goes on.

pub mod breaks;
pub mod detect;
pub mod events;
pub mod forecast;
pub mod settings;
mod tail;
mod window;

#[cfg(test)]
mod tests;

pub use breaks::{Breaks, Cost, Onset, Way, change_points, date_onset, optimal_partition};
pub use detect::{ALARM, LeftOut, Look, Verdict, Watch};
pub use events::{Band, Direction, Event, Found, find_anomalies};
pub use forecast::{Model, SeriesForecast, Step, forecast_series};
pub use settings::{
    BreakSettings, EventSettings, ForecastSettings, InvalidSettings, Profile, SeriesSettings,
    WatchSettings,
};

/// One point of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Unix time in seconds.
    pub at: i64,
    /// The measured value; NaN and infinities count as missing.
    pub value: f64,
}
