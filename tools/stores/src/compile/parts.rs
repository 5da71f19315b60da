//! The columns that measures are made of: most are one aggregate, some are one aggregate over another.

use wherefore_contract::cost::{ChargeKind, CommitmentFigure, CostMetric, Measure, Statistic};

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
    /// The cost of one kind of charges.
    OfKind(ChargeKind, CostMetric),
    /// What usage drew from commitments.
    Used,
    /// What was paid for commitments, used or not.
    Committed,
}

/// How a measure is made of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Made {
    Plain(Part),
    /// The first over the second.
    Over(Part, Part),
    /// The first less the second.
    Less(Part, Part),
    /// The first in percent of the second.
    Percent(Part, Part),
    /// By how many percent of the first the second lies below it.
    Below(Part, Part),
}

impl Made {
    fn parts(&self) -> Vec<&Part> {
        match self {
            Self::Plain(part) => vec![part],
            Self::Over(first, second)
            | Self::Less(first, second)
            | Self::Percent(first, second)
            | Self::Below(first, second) => vec![first, second],
        }
    }
}

impl Part {
    fn name(&self) -> String {
        match self {
            Self::Whole(measure) => measure.column_name(),
            Self::Counted(cost) => format!("counted_{}", cost.measure()),
            Self::OfKind(kind, cost) => Measure::OfKind(*kind, *cost).column_name(),
            Self::Used => Measure::Commitment(CommitmentFigure::Used).column_name(),
            Self::Committed => Measure::Commitment(CommitmentFigure::Committed).column_name(),
        }
    }

    /// Whether it is counted over transactions and not over charges.
    pub(super) fn is_transactions(&self) -> bool {
        *self == Self::Whole(Measure::Transactions)
    }

    /// Whether it is zero where there is no row.
    pub(super) fn is_zero_without_rows(&self) -> bool {
        match self {
            Self::Whole(Measure::Distinct(_))
            | Self::Counted(_)
            | Self::OfKind(..)
            | Self::Used
            | Self::Committed => true,
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
        Measure::Saved(dear, cheap) => {
            Made::Less(Part::Whole(dear.measure()), Part::Whole(cheap.measure()))
        }
        Measure::Discount(dear, cheap) => {
            Made::Below(Part::Whole(dear.measure()), Part::Whole(cheap.measure()))
        }
        Measure::Lacking(cost) => Made::Less(whole(&Measure::Rows), Part::Counted(*cost)),
        Measure::OfKind(kind, cost) => Made::Plain(Part::OfKind(*kind, *cost)),
        Measure::Commitment(CommitmentFigure::Used) => Made::Plain(Part::Used),
        Measure::Commitment(CommitmentFigure::Committed) => Made::Plain(Part::Committed),
        Measure::Commitment(CommitmentFigure::Unused) => Made::Less(Part::Committed, Part::Used),
        Measure::Commitment(CommitmentFigure::Utilization) => {
            Made::Percent(Part::Used, Part::Committed)
        }
        Measure::Commitment(CommitmentFigure::UnusedPart) => {
            Made::Below(Part::Committed, Part::Used)
        }
        Measure::OfRow(Statistic::Max | Statistic::Min | Statistic::Median, _)
        | Measure::BilledCost
        | Measure::EffectiveCost
        | Measure::ListCost
        | Measure::ContractedCost
        | Measure::NetBilledCost
        | Measure::NetEffectiveCost
        | Measure::ConsumedQuantity
        | Measure::PricingQuantity
        | Measure::CommitmentQuantity
        | Measure::Rows
        | Measure::Distinct(_)
        | Measure::FirstCharge
        | Measure::LastCharge
        | Measure::ChargedUntil
        | Measure::FirstDay
        | Measure::LastDay
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
                of_two
                @ (Made::Over(..) | Made::Less(..) | Made::Percent(..) | Made::Below(..)) => {
                    divided.extend(of_two.parts().into_iter().cloned());
                }
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
        let made = made(measure, self.shape);
        let parts = made.parts();
        self.list.iter().filter(|base| parts.contains(&&base.part)).collect()
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
            Made::Less(first, second) => Number::Less(at(&first), at(&second)),
            Made::Percent(part, whole) => Number::PercentOf(at(&part), at(&whole)),
            Made::Below(whole, part) => {
                Number::PercentOf(Box::new(Number::Less(at(&whole), at(&part))), at(&whole))
            }
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
            Made::Less(first, second) => format!("({} - {})", of(&first), of(&second)),
            Made::Percent(part, whole) => hundredfold(&quotient(&of(&part), &of(&whole))),
            Made::Below(whole, part) => {
                let (whole, part) = (of(&whole), of(&part));
                hundredfold(&quotient(&format!("({whole} - {part})"), &whole))
            }
        }
    }

    /// Whether the measure is a quotient, whose expression is not exact.
    pub(super) fn is_quotient(&self, measure: &Measure) -> bool {
        match made(measure, self.shape) {
            Made::Plain(_) | Made::Less(..) => false,
            Made::Over(..) | Made::Percent(..) | Made::Below(..) => true,
        }
    }
}

fn hundredfold(quotient: &str) -> String {
    format!("(100 * {quotient})")
}
