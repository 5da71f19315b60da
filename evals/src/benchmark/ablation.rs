//! What each part of the ranking is worth: the same settings without it.

use wherefore_incident::causes::CauseSettings;

/// The settings as they are first, then without each part, by name.
pub(crate) fn variants(settings: &CauseSettings) -> Vec<(&'static str, CauseSettings)> {
    let without = |take: fn(&mut CauseSettings)| {
        let mut less = settings.clone();
        take(&mut less);
        less
    };
    vec![
        ("whole", settings.clone()),
        ("course", without(|less| less.series.off_course = 1.0)),
        ("unexplained", without(|less| less.parts.explained = 0.0)),
        ("reach", without(|less| less.parts.unreached = 1.0)),
        (
            "vantage",
            without(|less| {
                less.parts.seen_by_callers = 1.0;
                less.parts.client = 1.0;
            }),
        ),
        ("aside", without(|less| less.parts.aside = 0.0)),
        ("second_kind", without(|less| less.parts.second_kind = 0.0)),
        ("successions", without(|less| less.weights.succession = 0.0)),
        (
            "patterns",
            without(|less| {
                less.weights.pattern_error = 0.0;
                less.weights.pattern_warning = 0.0;
                less.weights.pattern_information = 0.0;
            }),
        ),
        ("spans", without(|less| less.weights.spans = 0.0)),
        ("traffic", without(|less| less.weights.traffic = 0.0)),
        ("saturation", without(|less| less.weights.saturation = 0.0)),
    ]
}
