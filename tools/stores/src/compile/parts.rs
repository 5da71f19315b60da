//! The columns that measures are made of: most are one aggregate, some are one aggregate over another.

use wherefore_contract::cost::{CostMetric, Measure, Statistic};

use super::{
    Number,
    demand::{Demand, without_repeats},
    order::quotient,
    shape::{Shape, is_identifier},
};

/// One aggregate of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A measure that is one aggregate.
    Whole(Measure),
    /// The number of rows that hold this cost.
    Counted(CostMetric),
}

/// How a measure is made of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Made {
    Plain(Part),
    /// The first over the second.
    Over(Part, Part),
}

impl Part {
    fn name(&self) -> String {
        match self {
            Self::Whole(measure) => measure.column_name(),
            Self::Counted(cost) => format!("counted_{}", cost.measure()),
        }
    }

    /// Whether it is counted over transactions and not over charges.
    pub(super) fn is_transactions(&self) -> bool {
        *self == Self::Whole(Measure::Transactions)
    }

    /// Whether it is zero where there is no row.
    pub(super) fn is_zero_without_rows(&self) -> bool {
        match self {
            Self::Whole(Measure::Distinct(_)) | Self::Counted(_) => true,
            Self::Whole(measure) => measure.is_additive(),
        }
    }
}

fn made(measure: &Measure, shape: &Shape) -> Made {
    let whole = |measure: &Measure| Part::Whole(measure.clone());
    match measure {
        Measure::UnitCost => {
            Made::Over(Part::Whole(shape.unit_cost_basis()), Part::Whole(Measure::Transactions))
        }
        Measure::UnitPrice(cost) => {
            Made::Over(Part::Whole(cost.measure()), Part::Whole(Measure::PricingQuantity))
        }
        Measure::OfRow(Statistic::Mean, cost) => {
            Made::Over(Part::Whole(cost.measure()), Part::Counted(*cost))
        }
        Measure::OfRow(Statistic::Max | Statistic::Min, _)
        | Measure::BilledCost
        | Measure::EffectiveCost
        | Measure::ListCost
        | Measure::ContractedCost
        | Measure::ConsumedQuantity
        | Measure::PricingQuantity
        | Measure::Rows
        | Measure::Distinct(_)
        | Measure::FirstCharge
        | Measure::LastCharge
        | Measure::ChargedUntil
        | Measure::Transactions => Made::Plain(whole(measure)),
    }
}

/// A part inside the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) part: Part,
    pub(super) alias: String,
}

/// The parts that the statement must compute for its measures.
pub(super) struct Parts<'a> {
    shape: &'a Shape,
    list: Vec<Base>,
}

impl<'a> Parts<'a> {
    /// The parts of all measures of a demand, measures of one part first.
    pub(super) fn of(demand: &Demand, shape: &'a Shape) -> Self {
        let mut plain = Vec::new();
        let mut divided = Vec::new();
        for measure in &demand.measures {
            match made(measure, shape) {
                Made::Plain(part) => plain.push(part),
                Made::Over(over, under) => divided.extend([over, under]),
            }
        }
        plain.extend(divided);
        let named = without_repeats(&plain).into_iter().enumerate().map(|(index, part)| {
            let name = part.name();
            let alias = if is_identifier(&name) { name } else { format!("measure_{index}") };
            Base { part, alias }
        });
        Self { shape, list: named.collect() }
    }

    /// Every part, in the order of the statement's columns.
    pub(super) fn list(&self) -> &[Base] {
        &self.list
    }

    /// The parts that one measure is made of.
    pub(super) fn behind(&self, measure: &Measure) -> Vec<&Base> {
        let parts = match made(measure, self.shape) {
            Made::Plain(part) => vec![part],
            Made::Over(over, under) => vec![over, under],
        };
        self.list.iter().filter(|base| parts.contains(&base.part)).collect()
    }

    /// A measure as exact arithmetic over cells; `cell` gives where a part stands.
    pub(super) fn number(&self, measure: &Measure, cell: impl Fn(usize) -> usize) -> Number {
        let at = |part: &Part| {
            let index = self.list.iter().position(|base| base.part == *part);
            Box::new(Number::Cell(cell(index.unwrap_or_default())))
        };
        match made(measure, self.shape) {
            Made::Plain(part) => *at(&part),
            Made::Over(over, under) => Number::Over(at(&over), at(&under)),
        }
    }

    /// A measure as an expression of the statement; `column` names the column of a part.
    pub(super) fn expression(&self, measure: &Measure, column: impl Fn(&str) -> String) -> String {
        let of = |part: &Part| {
            let base = self.list.iter().find(|base| base.part == *part);
            base.map_or_else(String::new, |base| column(&base.alias))
        };
        match made(measure, self.shape) {
            Made::Plain(part) => of(&part),
            Made::Over(over, under) => quotient(&of(&over), &of(&under)),
        }
    }

    /// Whether the measure is a quotient, whose expression is not exact.
    pub(super) fn is_quotient(&self, measure: &Measure) -> bool {
        matches!(made(measure, self.shape), Made::Over(..))
    }
}
