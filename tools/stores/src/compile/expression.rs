//! Dimensions and measures as SQL expressions over one relation.

use wherefore_contract::{
    cost::{ChargeKind, CostMetric, Measure, Statistic},
    dimension::{Dimension, FocusDimension, Grain},
    error::StoreError,
    table::Column,
};

use super::{
    Source,
    parts::Part,
    relation::Relation,
    shape::{Hints, Shape},
};

/// A grouping key: its expression, the name it has inside the statement, and the column that readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) dimension: Dimension,
    pub(super) expression: String,
    pub(super) alias: String,
}

impl Key {
    /// The key of `dimension` over charges.
    pub(super) fn over_charges(
        dimension: &Dimension,
        charges: &mut Relation,
        shape: &Shape,
        hints: Hints,
    ) -> Result<Self, StoreError> {
        let (expression, alias) = match dimension {
            Dimension::Column(column) => {
                shape.check_column(*column)?;
                (charges.column(column.column()), column.name().to_owned())
            }
            Dimension::Tag(key) => {
                let column = shape.tag_column(key, hints)?;
                (charges.column(column), column.to_owned())
            }
            Dimension::Workload => {
                (charges.column(shape.workload_column()?), "workload".to_owned())
            }
            Dimension::Time(grain) => {
                let start = charges.column("ChargePeriodStart");
                (grain_expression(*grain, &start), grain.name().to_owned())
            }
        };
        Ok(Self { dimension: dimension.clone(), expression, alias })
    }

    /// The key over transactions; `None` for what transactions do not have.
    pub(super) fn over_transactions(dimension: &Dimension, counts: &mut Relation) -> Option<Self> {
        let expression = match dimension {
            Dimension::Workload => counts.column("Workload"),
            Dimension::Time(grain) => grain_expression(*grain, &counts.column("PeriodStart")),
            Dimension::Column(_) | Dimension::Tag(_) => return None,
        };
        let alias = match dimension {
            Dimension::Time(grain) => grain.name(),
            Dimension::Column(_) | Dimension::Tag(_) | Dimension::Workload => "workload",
        };
        Some(Self { dimension: dimension.clone(), expression, alias: alias.to_owned() })
    }

    /// The column that readers see.
    pub(super) fn column(&self) -> Column {
        let name = self.dimension.name();
        if self.is_time() { Column::time(name) } else { Column::dimension(name) }
    }

    /// How its cells are written.
    pub(super) fn source(&self, index: usize) -> Source {
        match self.dimension {
            Dimension::Time(Grain::WeekPart) => Source::Text(index),
            Dimension::Time(grain) => Source::Grain(index, grain),
            Dimension::Column(FocusDimension::BillingPeriod) => Source::Date(index),
            Dimension::Column(_) | Dimension::Tag(_) | Dimension::Workload => Source::Text(index),
        }
    }

    /// Whether it is a moment or a grain of time.
    pub(super) fn is_time(&self) -> bool {
        matches!(
            self.dimension,
            Dimension::Time(_) | Dimension::Column(FocusDimension::BillingPeriod)
        )
    }
}

/// Whether transactions can be grouped and filtered by it.
pub(super) fn is_shared(dimension: &Dimension) -> bool {
    matches!(dimension, Dimension::Workload | Dimension::Time(_))
}

// Grouping is on moments and numbers: their text is written once a group, not once a row.
fn grain_expression(grain: Grain, start: &str) -> String {
    match grain {
        Grain::Hour => format!("date_trunc('hour', {start})"),
        Grain::Day => format!("date_trunc('day', {start})"),
        Grain::IsoWeek => format!("date_trunc('week', {start})"),
        Grain::Month => format!("date_trunc('month', {start})"),
        Grain::Quarter => format!("date_trunc('quarter', {start})"),
        Grain::Year => format!("date_trunc('year', {start})"),
        Grain::Weekday => weekday(start),
        Grain::WeekPart => format!(
            "case when extract(dow from {start}) in (0, 6) then 'weekend' else 'weekday' end"
        ),
        Grain::HourOfDay => format!("extract(hour from {start})"),
    }
}

/// Monday to Sunday as 1 to 7; engines agree only on Sunday as 0.
pub(super) fn weekday(start: &str) -> String {
    format!("case extract(dow from {start}) when 0 then 7 else extract(dow from {start}) end")
}

/// A part of a measure of charges as an aggregate over the rows for which `condition` holds, or over all.
///
/// `None` for what is no measure of charges.
pub(super) fn aggregate(
    part: &Part,
    condition: Option<&str>,
    charges: &mut Relation,
    shape: &Shape,
    hints: Hints,
) -> Result<Option<String>, StoreError> {
    let when = |value: String| match condition {
        Some(condition) => format!("case when {condition} then {value} end"),
        None => value,
    };
    let measure = match part {
        Part::Whole(measure) => measure,
        Part::Counted(cost) => {
            return Ok(Some(format!("count({})", when(charges.column(cost.column())))));
        }
        Part::OfKind(kind, cost) => {
            let of_kind = when(of_kind(*kind, *cost, charges));
            return Ok(Some(format!("sum({of_kind})")));
        }
        Part::Used => return Ok(Some(used(condition, charges))),
        Part::Committed => return Ok(Some(committed(condition, charges))),
    };
    let (function, value) = match measure {
        Measure::BilledCost => ("sum", charges.column("BilledCost")),
        Measure::EffectiveCost => ("sum", charges.column("EffectiveCost")),
        Measure::ListCost => ("sum", charges.column("ListCost")),
        Measure::ContractedCost => ("sum", charges.column("ContractedCost")),
        Measure::NetBilledCost => ("sum", net("x_NetBilledCost", "BilledCost", charges)),
        Measure::NetEffectiveCost => ("sum", net("x_NetEffectiveCost", "EffectiveCost", charges)),
        Measure::ConsumedQuantity => ("sum", charges.column("ConsumedQuantity")),
        Measure::PricingQuantity => ("sum", charges.column("PricingQuantity")),
        Measure::CommitmentQuantity => ("sum", charges.column("CommitmentDiscountQuantity")),
        Measure::Rows => {
            let counted = if condition.is_some() { when("1".to_owned()) } else { "*".to_owned() };
            return Ok(Some(format!("count({counted})")));
        }
        Measure::Distinct(dimension) => {
            let key = Key::over_charges(dimension, charges, shape, hints)?;
            return Ok(Some(format!("count(distinct {})", when(key.expression))));
        }
        Measure::FirstCharge | Measure::FirstDay => ("min", charges.column("ChargePeriodStart")),
        Measure::LastCharge | Measure::LastDay => ("max", charges.column("ChargePeriodStart")),
        Measure::ChargedUntil => ("max", charges.column("ChargePeriodEnd")),
        Measure::OfRow(Statistic::Max, cost) => ("max", charges.column(cost.column())),
        Measure::OfRow(Statistic::Min, cost) => ("min", charges.column(cost.column())),
        Measure::OfRow(Statistic::Median, cost) => ("median", charges.column(cost.column())),
        // These are made of other parts.
        Measure::Transactions
        | Measure::UnitCost
        | Measure::UnitPrice(_)
        | Measure::Lacking(_)
        | Measure::Saved(..)
        | Measure::OfKind(..)
        | Measure::Discount(..)
        | Measure::Commitment(_)
        | Measure::OfRow(Statistic::Mean, _) => return Ok(None),
    };
    Ok(Some(format!("{function}({})", when(value))))
}

// A net cost, and its gross twin where a row has none: bills in FOCUS and rows that no discount applies to.
fn net(column: &str, gross: &str, charges: &mut Relation) -> String {
    let (net, gross) = (charges.column(column), charges.column(gross));
    format!("coalesce({net}, {gross})")
}

// A cost where the charge is of this kind, and zero of the same type where it is of another.
fn of_kind(kind: ChargeKind, cost: CostMetric, charges: &mut Relation) -> String {
    let (category, others) = kind.category();
    let held = charges.column("ChargeCategory");
    let value = charges.column(cost.column());
    let sign = if others { "<>" } else { "=" };
    format!("case when {held} {sign} '{category}' then {value} else {value} - {value} end")
}

// The sum of a column over the rows of a commitment status; nothing where there is no such row.
fn of_status(
    status: &str,
    column: &str,
    condition: Option<&str>,
    charges: &mut Relation,
) -> String {
    let held = charges.column("CommitmentDiscountStatus");
    let value = charges.column(column);
    let also = condition.map(|condition| format!(" and {condition}")).unwrap_or_default();
    format!("sum(case when {held} = '{status}'{also} then {value} end)")
}

// What usage drew from commitments; zero where commitments were not used at all.
fn used(condition: Option<&str>, charges: &mut Relation) -> String {
    let [used, unused] =
        ["Used", "Unused"].map(|status| of_status(status, "EffectiveCost", condition, charges));
    format!("coalesce({used}, {unused} - {unused})")
}

// What commitments cost. Where the bill prices their unused part, that and the used part together. Reports
// without it state what was paid alone: the fees, whose rows stand for what is not used.
fn committed(condition: Option<&str>, charges: &mut Relation) -> String {
    let used = used(condition, charges);
    let unused = of_status("Unused", "EffectiveCost", condition, charges);
    let paid = of_status("Unused", "BilledCost", condition, charges);
    format!(
        "case when {unused} is null then {used} when {unused} <> 0 then {used} + {unused} when {paid} > {used} then {paid} else {used} end"
    )
}
