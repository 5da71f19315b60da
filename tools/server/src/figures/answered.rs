//! The result of a call that read figures: its tables, and the notices about loaded data that touch them.

use wherefore_contract::{
    cost::{CostMetric, Measure},
    dimension::Dimension,
    filter::{Filter, FilterOp},
    period::Period,
    quality::{CostDescription, Notice, NoticeCode},
    tool::{FactTable, Found},
};

use crate::{
    fact_table::{found, nothing},
    refuse::Refusal,
    serve::Tools,
};

/// A larger table is of no use to a model or a reader, and is refused rather than cut unseen.
pub(crate) const ROW_LIMIT: usize = 10_000;

/// The tables when their rows can be taken in, nothing when there is no row, with what qualifies either.
///
/// # Errors
/// When a table is too large to be given.
pub(crate) fn answered(
    tools: &Tools,
    touched: &Touched<'_>,
    description: &CostDescription,
    tables: Vec<FactTable>,
    searched: String,
) -> Result<Found, Refusal> {
    let rows = tables.iter().map(|table| table.table.rows.len()).max().unwrap_or_default();
    if rows > ROW_LIMIT {
        return Err(Refusal::Failed(format!(
            "the result has {rows} rows, more than the {ROW_LIMIT} that are given; set a limit, group by less or filter more"
        )));
    }
    let result =
        if rows == 0 { nothing(searched) } else { found(tables, tools.costs.snapshot(), searched) };
    Ok(Found { notices: touched.notices(description), ..result })
}

/// What a call read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Touched<'a> {
    pub(crate) measures: &'a [Measure],
    pub(crate) dimensions: &'a [Dimension],
    pub(crate) filters: &'a [Filter],
    /// Empty when everything that is loaded was read.
    pub(crate) periods: &'a [Period],
}

// The cost that a bill's own column gives, by its words (AWS data dictionaries of CUR 1 and 2, FOCUS columns);
// `None` where it may touch any figure.
fn cost_of_column(column: &str) -> Option<Measure> {
    let words = column.to_lowercase();
    let has = |word: &str| words.contains(word);
    if has("public_on_demand") || has("publicondemand") || has("listcost") || has("list_cost") {
        return Some(Measure::ListCost);
    }
    if has("effective") {
        let net = has("_net_") || has("/net");
        return Some(if net { Measure::NetEffectiveCost } else { Measure::EffectiveCost });
    }
    if has("contractedcost") || has("contracted_cost") {
        return Some(Measure::ContractedCost);
    }
    (has("unblended") || has("billedcost") || has("billed_cost")).then_some(Measure::BilledCost)
}

impl Touched<'_> {
    /// The notices of `description` that touch what was read, in their own order.
    pub(crate) fn notices(&self, description: &CostDescription) -> Vec<Notice> {
        let mut kept: Vec<Notice> = description
            .notices
            .iter()
            .filter(|notice| {
                self.touches_period(notice)
                    && self.touches_subject(notice)
                    && self.touches_source(notice, &description.providers)
            })
            .cloned()
            .collect();
        kept.sort_by(|left, right| right.severity.cmp(&left.severity).then(left.cmp(right)));
        kept.dedup();
        kept
    }

    fn touches_period(&self, notice: &Notice) -> bool {
        self.in_month(notice.billing_period)
    }

    fn in_month(&self, month: Option<jiff::civil::Date>) -> bool {
        let Some(month) = month.map(Period::month_of) else { return true };
        self.periods.is_empty() || self.periods.iter().any(|period| period.overlaps(month))
    }

    fn touches_subject(&self, notice: &Notice) -> bool {
        if notice.code == NoticeCode::UnknownWorkload {
            return self.reads_transactions();
        }
        let subject = notice.subject.as_str();
        if let Ok(measure) = subject.parse::<Measure>() {
            return self.measures.contains(&measure) || self.is_made_of(&measure);
        }
        if let Some(measure) = cost_of_column(subject) {
            return self.measures.contains(&measure) || self.is_made_of(&measure);
        }
        if let Ok(dimension) = subject.parse::<Dimension>() {
            return self.dimensions.contains(&dimension)
                || self.filters.iter().any(|filter| filter.dimension == dimension);
        }
        true
    }

    /// Whether what was read may lie in this bill: a source as notices name it, and its billing period.
    pub(crate) fn reaches(
        &self,
        description: &CostDescription,
        source: &str,
        month: jiff::civil::Date,
    ) -> bool {
        let in_time = self.in_month(Some(month));
        in_time && self.in_source(source, &description.providers)
    }

    /// Whether a filter on the provider leaves the notice's source out. A source that begins with no
    /// loaded provider, such as a file, may hold any of them.
    fn touches_source(&self, notice: &Notice, providers: &[String]) -> bool {
        self.in_source(&notice.source, providers)
    }

    fn in_source(&self, source: &str, providers: &[String]) -> bool {
        let source = source.to_lowercase();
        let Some(provider) = providers
            .iter()
            .map(|provider| provider.to_lowercase())
            .find(|provider| source.starts_with(provider))
        else {
            return true;
        };
        let equal = |value: &String| value.to_lowercase() == provider;
        let within = |value: &String| provider.contains(&value.to_lowercase());
        self.filters.iter().filter(|filter| filter.dimension.name() == "provider").all(|filter| {
            match filter.op {
                FilterOp::In => filter.values.iter().any(equal),
                FilterOp::NotIn => !filter.values.iter().any(equal),
                FilterOp::Contains => filter.values.iter().any(within),
                FilterOp::NotContains => !filter.values.iter().any(within),
                FilterOp::IsNull | FilterOp::NotNull => true,
            }
        })
    }

    /// Whether a measure that was read is computed from this one.
    fn is_made_of(&self, part: &Measure) -> bool {
        self.measures.iter().any(|measure| {
            let priced = matches!(measure, Measure::UnitPrice(_));
            measure.cost().map(CostMetric::measure).as_ref() == Some(part)
                || (priced && *part == Measure::PricingQuantity)
        })
    }

    fn reads_transactions(&self) -> bool {
        self.measures
            .iter()
            .any(|measure| matches!(measure, Measure::Transactions | Measure::UnitCost))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use wherefore_contract::quality::Severity;

    use super::*;

    fn notice(code: NoticeCode, subject: &str, source: &str, month: Option<Date>) -> Notice {
        Notice {
            code,
            subject: subject.into(),
            source: source.into(),
            billing_period: month,
            severity: Severity::Warning,
            figures: std::collections::BTreeMap::new(),
            text: String::new(),
        }
    }

    #[test]
    fn only_notices_about_what_was_read_are_kept() {
        let september = date(2024, 9, 1);
        let description = CostDescription {
            notices: vec![
                notice(NoticeCode::MixedCurrencies, "", "", None),
                notice(NoticeCode::RoundedMetric, "list_cost", "", Some(september)),
                notice(NoticeCode::RoundedMetric, "billed_cost", "", Some(september)),
                notice(NoticeCode::MissingDays, "", "Microsoft 42", Some(september)),
                notice(NoticeCode::InvalidTags, "", "bill.parquet", None),
                notice(NoticeCode::PartialPeriod, "", "AWS", Some(date(2024, 10, 1))),
                notice(NoticeCode::UnknownWorkload, "ghost", "", None),
                notice(NoticeCode::Untagged, "tag:team", "", None),
            ],
            providers: vec!["AWS".into(), "Microsoft".into()],
            ..CostDescription::default()
        };
        let touched = Touched {
            measures: &[Measure::BilledCost],
            dimensions: &[],
            filters: &[Filter::any_of("provider".parse().unwrap(), ["aws"])],
            periods: &[Period::month_of(september)],
        };
        let kept: Vec<_> = touched
            .notices(&description)
            .into_iter()
            .map(|notice| (notice.code, notice.subject))
            .collect();
        assert_eq!(
            kept,
            [
                (NoticeCode::RoundedMetric, "billed_cost".to_owned()),
                (NoticeCode::MixedCurrencies, String::new()),
                (NoticeCode::InvalidTags, String::new()),
            ]
        );
    }
}
