//! A reading in one line, as people check it: measure, names, grouping, period.

use wherefore_contract::{
    cost::{Direction, Measure},
    filter::{Filter, FilterOp},
    question::Language,
};
use wherefore_offline::request::{Ask, Moment, Reading};
use wherefore_verify::render;

/// "billed cost, cloud service: Amazon EC2, by region, September 2024".
#[must_use]
pub fn line(reading: &Reading, language: Language) -> String {
    parts(reading, language).into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(", ")
}

/// The parts of a reading with what each is called in corrections: `measure`, `filter`, `by`, `period`,
/// `compare`, `top`.
#[must_use]
pub fn parts(reading: &Reading, language: Language) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let measures: Vec<String> =
        reading.measures.iter().map(|measure| measure_words(measure, language)).collect();
    all.push(("measure", measures.join(" + ")));
    if matches!(reading.ask, Ask::Explain | Ask::ExplainUnitCost) {
        all.push(("ask", word(language, "why it moved", "변동 원인")));
    }
    all.extend(
        reading.conditions.iter().map(|held| ("filter", filter_words(&held.filter, language))),
    );
    if !reading.dimensions.is_empty() {
        let names: Vec<String> = reading
            .dimensions
            .iter()
            .map(|dimension| render::dimension(dimension, language))
            .collect();
        all.push((
            "by",
            match language {
                Language::En => format!("by {}", names.join(" and ")),
                Language::Ko => names.iter().map(|name| by(name)).collect::<Vec<_>>().join(", "),
            },
        ));
    }
    let period = reading.period.map_or_else(
        || word(language, "all that is loaded", "적재된 전체 기간"),
        |moment| moment_words(moment, language),
    );
    all.push(("period", period));
    if let Some(base) = reading.base {
        let base = moment_words(base, language);
        all.push((
            "compare",
            match language {
                Language::En => format!("compared with {base}"),
                Language::Ko => format!("{base} 대비"),
            },
        ));
    }
    let daily = reading.per_day || matches!(reading.ask, Ask::PerDay | Ask::ComparePerDay);
    if daily {
        all.push(("ask", word(language, "per day", "일평균")));
    }
    if let Some(limit) = reading.limit {
        all.push((
            "top",
            match (language, reading.direction) {
                (Language::En, Direction::Descending) => format!("top {limit}"),
                (Language::En, Direction::Ascending) => format!("bottom {limit}"),
                (Language::Ko, Direction::Descending) => format!("상위 {limit}개"),
                (Language::Ko, Direction::Ascending) => format!("하위 {limit}개"),
            },
        ));
    }
    all
}

fn word(language: Language, english: &str, korean: &str) -> String {
    match language {
        Language::En => english.to_owned(),
        Language::Ko => korean.to_owned(),
    }
}

// "월별" says "by" already.
fn by(name: &str) -> String {
    if name.ends_with('별') { name.to_owned() } else { format!("{name}별") }
}

fn measure_words(measure: &Measure, language: Language) -> String {
    render::measure(&measure.column_name(), language)
}

fn moment_words(moment: Moment, language: Language) -> String {
    render::period(moment.period, language)
}

fn filter_words(filter: &Filter, language: Language) -> String {
    let name = render::dimension(&filter.dimension, language);
    let values = filter.values.join(", ");
    match (filter.op, language) {
        (FilterOp::In, _) => format!("{name}: {values}"),
        (FilterOp::NotIn, Language::En) => format!("without {name}: {values}"),
        (FilterOp::NotIn, Language::Ko) => format!("{name}: {values} 제외"),
        (FilterOp::Contains, Language::En) => format!("{name} containing {values}"),
        (FilterOp::Contains, Language::Ko) => format!("{name}: {values} 포함"),
        (FilterOp::NotContains, Language::En) => format!("{name} not containing {values}"),
        (FilterOp::NotContains, Language::Ko) => format!("{name}: {values} 미포함"),
        (FilterOp::IsNull, Language::En) => format!("without a {name}"),
        (FilterOp::IsNull, Language::Ko) => format!("{name} 없음"),
        (FilterOp::NotNull, Language::En) => format!("with a {name}"),
        (FilterOp::NotNull, Language::Ko) => format!("{name} 있음"),
    }
}
