//! Which questions a report asks, as typed requests beside the words they are shown with.

use wherefore_contract::{
    cost::{ChargeKind, CostMetric, Measure},
    dimension::{Dimension, FocusDimension, Grain},
    period::Period,
    quality::{CostDescription, Severity},
};
use wherefore_offline::request::{Analysis, Ask, Moment, Reading};

use super::{Kind, Sharing};

/// Rows of a ranking.
const TOP: u32 = 10;

/// What a report is about, as far as its questions need it.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) kind: Kind,
    pub(super) month: Period,
    pub(super) base: Option<Period>,
    /// The month that is running or comes next, to be forecast.
    pub(super) next: Period,
    pub(super) as_of: jiff::civil::Date,
    pub(super) by: Dimension,
    pub(super) sharing: Sharing,
    pub(super) cost: Measure,
    pub(super) counted: bool,
    /// Whether budgets are loaded.
    pub(super) budgeted: bool,
}

/// One question of a report.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// The section it belongs to.
    pub(super) key: &'static str,
    pub(super) reading: Reading,
}

/// The cost that a kind of report is about.
pub(super) fn cost(kind: Kind, description: &CostDescription) -> Measure {
    let barred = |measure: &Measure| {
        let name = measure.to_string();
        let bars = |notice: &&wherefore_contract::quality::Notice| {
            notice.severity == Severity::Bar && notice.subject == name
        };
        description.notices.iter().find(bars).is_some()
    };
    let usual = description.default_cost.clone().filter(Measure::is_cost);
    let usual = usual.unwrap_or(Measure::BilledCost);
    match kind {
        Kind::Review => usual,
        Kind::Chargeback => Measure::BilledCost,
        Kind::Showback if barred(&Measure::EffectiveCost) => usual,
        Kind::Showback => Measure::EffectiveCost,
    }
}

/// The questions of a report, in its order.
pub(super) fn questions(subject: &Subject) -> Vec<Asked> {
    match subject.kind {
        Kind::Review => review(subject),
        Kind::Chargeback | Kind::Showback => division(subject),
    }
}

fn reading(subject: &Subject, ask: Ask) -> Reading {
    Reading {
        ask,
        measures: vec![subject.cost.clone()],
        measure_stated: true,
        period: Some(moment(subject.month)),
        as_of: Some(subject.as_of),
        ..Reading::default()
    }
}

fn moment(period: Period) -> Moment {
    Moment { period, asked: None }
}

fn column(column: FocusDimension) -> Dimension {
    Dimension::Column(column)
}

fn asked(key: &'static str, reading: Reading) -> Asked {
    Asked { key, reading }
}

fn against(subject: &Subject, ask: Ask, base: Period) -> Reading {
    Reading { base: Some(moment(base)), ..reading(subject, ask) }
}

fn review(subject: &Subject) -> Vec<Asked> {
    let mut all = Vec::new();
    match subject.base {
        Some(base) => {
            all.push(asked("spend", against(subject, Ask::Compare, base)));
            all.push(asked("drivers", against(subject, Ask::Explain, base)));
        }
        None => all.push(asked("spend", reading(subject, Ask::Total))),
    }
    if subject.counted {
        all.push(asked(
            "units",
            Reading {
                measures: vec![Measure::UnitCost],
                dimensions: vec![Dimension::Workload],
                limit: Some(TOP),
                ..reading(subject, Ask::UnitCost)
            },
        ));
    }
    for dimension in [FocusDimension::ServiceName, FocusDimension::SubAccountId] {
        all.push(asked("parts", by(subject, column(dimension))));
    }
    all.push(asked("credits", by(subject, column(FocusDimension::ChargeCategory))));
    let analysis = |analysis| reading(subject, Ask::Analysis(analysis));
    if subject.budgeted {
        all.push(asked("budgets", analysis(Analysis::Budgets)));
    }
    all.push(asked("commitments", analysis(Analysis::Commitments)));
    all.push(asked(
        "forecast",
        Reading { period: Some(moment(subject.next)), ..reading(subject, Ask::Forecast) },
    ));
    all.push(asked("unusual", analysis(Analysis::Unusual)));
    all.push(asked("savings", analysis(Analysis::Savings)));
    // Targets of allocation are meant of the cost that the tool itself takes.
    all.push(asked(
        "tags",
        Reading { measures: Vec::new(), measure_stated: false, ..analysis(Analysis::Tagging) },
    ));
    all.push(asked(
        "data",
        Reading { measures: vec![Measure::Rows], ..reading(subject, Ask::Coverage) },
    ));
    all
}

fn by(subject: &Subject, dimension: Dimension) -> Reading {
    Reading { dimensions: vec![dimension], limit: Some(TOP), ..reading(subject, Ask::Breakdown) }
}

/// Why the unit cost of a workload moved.
pub(super) fn unit_cost(subject: &Subject, workload: &str) -> Option<Asked> {
    let base = subject.base?;
    Some(asked(
        "units",
        Reading {
            workload: Some(workload.to_owned()),
            measures: vec![Measure::UnitCost],
            ..against(subject, Ask::ExplainUnitCost, base)
        },
    ))
}

/// The measures of a divided bill: the whole, and what it is made of.
pub(super) fn divided(subject: &Subject) -> Vec<Measure> {
    let cost = subject.cost.cost().unwrap_or(CostMetric::Billed);
    let kinds = [
        ChargeKind::Usage,
        ChargeKind::Purchase,
        ChargeKind::Tax,
        ChargeKind::Adjustment,
        ChargeKind::Credit,
    ];
    let parts = kinds.into_iter().map(|kind| Measure::OfKind(kind, cost));
    std::iter::once(subject.cost.clone()).chain(parts).collect()
}

fn division(subject: &Subject) -> Vec<Asked> {
    let measures = divided(subject);
    let owners = Reading {
        measures: measures.clone(),
        dimensions: vec![subject.by.clone()],
        ..reading(subject, Ask::Breakdown)
    };
    let mut all = vec![
        asked("owners", owners),
        asked("total", Reading { measures, ..reading(subject, Ask::Total) }),
    ];
    let bears = matches!(
        subject.by,
        Dimension::Workload
            | Dimension::Tag(_)
            | Dimension::Column(FocusDimension::SubAccountId | FocusDimension::SubAccountName)
    );
    if let Some(allocation) = subject.sharing.ask().filter(|_| bears) {
        all.push(asked(
            "shared",
            Reading {
                dimensions: vec![subject.by.clone()],
                allocation: Some(allocation),
                ..reading(subject, Ask::Analysis(Analysis::Allocation))
            },
        ));
    }
    if let Some(base) = subject.base {
        all.push(asked(
            "months",
            Reading {
                dimensions: vec![subject.by.clone()],
                ..against(subject, Ask::Compare, base)
            },
        ));
        all.push(asked("months", against(subject, Ask::Compare, base)));
    }
    all.push(asked(
        "course",
        Reading {
            period: None,
            dimensions: vec![Dimension::Time(Grain::Month), subject.by.clone()],
            ..reading(subject, Ask::Breakdown)
        },
    ));
    let allocation = Reading {
        measures: Vec::new(),
        measure_stated: false,
        ..reading(subject, Ask::Analysis(Analysis::Tagging))
    };
    all.push(asked("tags", allocation));
    all
}
