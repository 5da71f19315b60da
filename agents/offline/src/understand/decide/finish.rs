//! Puts a reading together once its parts are known.

use wherefore_contract::{
    cost::{CostMetric, Direction, Measure, PeriodBasis, Statistic},
    dimension::{Dimension, FocusDimension, Grain},
    filter::{AmountCondition, Filter, FilterOp},
};

use super::super::word::{Category, Meaning};
use super::Draft;
use crate::{
    causes,
    request::{Ask, Condition, Note, Reading},
};

// Lists of a dimension with more values than this are cut where the question ranks them.
const ROWS_LISTED: u32 = 50;

impl Draft<'_> {
    pub(super) fn direction(&self) -> Direction {
        let falls = self.has(&Meaning::Fall) && !self.has(&Meaning::Rise);
        let ascends = self.has(&Meaning::Rank(Direction::Ascending))
            || self.has(&Meaning::Sort(Direction::Ascending));
        if self.gives_back() && (self.ranks() || self.sorts()) {
            return if ascends { Direction::Descending } else { Direction::Ascending };
        }
        if ascends || (falls && self.moves()) || self.has(&Meaning::Gone) {
            Direction::Ascending
        } else {
            Direction::Descending
        }
    }

    // Credits and refunds stand in bills as negative amounts: the largest is the lowest.
    fn gives_back(&self) -> bool {
        let kind = Category::Credit.filter().dimension;
        let amounts = self.measures.iter().all(Measure::is_cost);
        amounts
            && self.conditions.iter().any(|held| {
                held.filter.dimension == kind
                    && held.filter.op == FilterOp::In
                    && held
                        .filter
                        .values
                        .iter()
                        .all(|value| matches!(value.as_str(), "Credit" | "Adjustment"))
            })
    }

    // A thing is new where the time before holds no row of it, whatever its rows cost.
    fn count_rows_of_the_new(&mut self, one_sided: Option<&AmountCondition>) {
        let absent = one_sided.is_some_and(|bound| bound.column.starts_with("rows_"));
        if absent && !self.measures.contains(&Measure::Rows) {
            self.measures.push(Measure::Rows);
        }
    }

    pub(super) fn reading(mut self, ask: Ask) -> Reading {
        let stated = !self.measures.is_empty();
        self.fill_measures(ask);
        self.settle_commitment(ask);
        self.measures_of(ask);
        let compared = matches!(ask, Ask::Compare | Ask::ComparePerDay) || self.change;
        let one_sided = self.one_sided(ask).or_else(|| self.kept_gap(ask));
        self.cut(ask);
        self.leave_out_nameless(ask, !self.bounds.is_empty());
        let (mut having, amounts) = self.settle_bounds(compared);
        self.count_rows_of_the_new(one_sided.as_ref());
        having.extend(one_sided);
        let direction = self.direction();
        self.rank(ask);
        self.settle_fold();
        self.notes.extend(self.whole_period());
        let workload = self.workload();
        let parts = self.sides_of_causes(ask);
        self.keep_to_loaded_days(ask);
        Reading {
            ask,
            measures: self.measures,
            measure_stated: stated,
            dimensions: self.dimensions,
            conditions: self.conditions,
            period: self.period,
            base: self.base,
            limit: self.limit,
            direction,
            workload,
            parts,
            loaded: self.calendar.coverage.filter(|_| matches!(ask, Ask::Explain | Ask::Compare)),
            having,
            amounts,
            limit_per: self.limit_per,
            nth: self.nth,
            per_day: self.per_day,
            change: self.change,
            running: self.running,
            absent: self.absent,
            scale: self.scale,
            fold: self.fold,
            fold_per: self.fold_per,
            fold_share: self.fold_share,
            rank_by: self.rank_by,
            as_of: matches!(ask, Ask::Forecast | Ask::Analysis(_)).then_some(self.calendar.as_of),
            sides: self.sides,
            period_basis: self.basis,
            within: self.within,
            only_count: self.only_count,
            share_of_change: self.share_of_change,
            commitment: self.commitment,
            unread: self.unread,
            schedule: self.schedule,
            allocation: self.allocation,
            bridge: self.bridge,
            checks: self.checks,
            budget: self.budget,
            notes: self.notes,
            ..Reading::default()
        }
    }

    // Analyses choose their own time where the question names none.
    fn whole_period(&self) -> Option<Note> {
        let whole = self.whole && self.period.is_none() && self.analysis.is_none();
        whole.then_some(Note::WholePeriod)
    }

    fn sides_of_causes(&self, ask: Ask) -> Vec<Dimension> {
        let explains = ask == Ask::Explain;
        if explains { causes::sides(self.known, &self.conditions) } else { Vec::new() }
    }

    fn default_cost(&self) -> Measure {
        self.known.description.default_cost.clone().unwrap_or(Measure::BilledCost)
    }

    fn metric(&self) -> CostMetric {
        let stated = self.measures.iter().find_map(Measure::cost);
        stated.or_else(|| self.default_cost().cost()).unwrap_or(CostMetric::Billed)
    }

    fn fill_measures(&mut self, ask: Ask) {
        // What a saving lies between is settled with its conditions.
        if self.measures.is_empty() && ask != Ask::Saving {
            let measure = self.priced_by_use().unwrap_or_else(|| self.default_cost());
            self.measures.push(measure);
        }
        let metric = self.metric();
        if self.prices_units() || self.prices_hours() {
            self.priced_usage();
            self.keep_grains_asked();
            let stated: Vec<CostMetric> = self.measures.iter().filter_map(Measure::cost).collect();
            let metrics = if stated.is_empty() { vec![metric] } else { stated };
            let beside = self.asked_beside_the_price();
            self.measures = metrics.into_iter().map(Measure::UnitPrice).chain(beside).collect();
        }
        let averages = self.has(&Meaning::Average) && ask != Ask::Average;
        let of_rows = self.has(&Meaning::Single) || self.measures.contains(&Measure::Rows);
        if averages && of_rows && matches!(ask, Ask::Total | Ask::Breakdown) {
            self.measures = vec![Measure::OfRow(Statistic::Mean, metric)];
        } else if self.has(&Meaning::Single)
            && self.ranks()
            && matches!(ask, Ask::Total | Ask::Breakdown)
        {
            self.measures = vec![Measure::OfRow(self.end_of_rows(), metric)];
        }
    }

    // "시간당 단가" is of no time; "월별 비용과 단가" is.
    fn keep_grains_asked(&mut self) {
        let asked: Vec<Grain> = (0..self.items.len())
            .filter(|at| {
                ["별", "씩", "마다"].iter().any(|end| self.text_of(*at).ends_with(end))
                    || (self.is_grouped_by(*at) && self.unit_at(*at) != Some(Grain::Hour))
            })
            .filter_map(|at| self.unit_at(at))
            .collect();
        self.dimensions
            .retain(|dimension| dimension.grain().is_none_or(|grain| asked.contains(&grain)));
    }

    // "price per hour of m5.large", "m5.large 시간당": a thing that is billed by the hour.
    fn prices_hours(&self) -> bool {
        let hourly = (0..self.items.len()).any(|at| {
            self.unit_at(at) == Some(Grain::Hour)
                && (self.is_grouped_by(at)
                    || self.text_of(at).ends_with('당')
                    || (self.text_of(at) == "hour" && self.has(&Meaning::Per)))
        });
        let thing = self.conditions.iter().any(|held| {
            matches!(
                held.filter.dimension,
                Dimension::Column(
                    FocusDimension::InstanceType
                        | FocusDimension::SkuMeter
                        | FocusDimension::SkuId
                        | FocusDimension::UsageType
                        | FocusDimension::Operation
                        | FocusDimension::ChargeDescription
                )
            )
        });
        hourly && thing && !self.has(&Meaning::Average)
    }

    fn measures_of(&mut self, ask: Ask) {
        match ask {
            Ask::Count => {
                let beside = self.asked_beside_the_count();
                let counted = self.counted.clone().map(Measure::Distinct);
                self.measures = counted.into_iter().chain(beside).collect();
            }
            // "리소스 수 변화": what is counted moves, and no cost is asked for.
            Ask::Compare if self.counted.is_some() && !self.has(&Meaning::Cost) => {
                let counted = self.counted.clone().map(Measure::Distinct);
                self.measures = counted.into_iter().collect();
            }
            Ask::Average => {
                let cost = self.measures.iter().find(|measure| measure.is_cost()).cloned();
                let first = cost.unwrap_or_else(|| self.default_cost());
                self.measures = std::iter::once(first).chain(self.divisor.clone()).collect();
            }
            Ask::Exists if !self.measures.contains(&Measure::Rows) => {
                self.measures.insert(0, Measure::Rows);
            }
            Ask::FirstSeen | Ask::Completeness | Ask::Coverage if self.asks_day() => {
                self.measures.extend([Measure::FirstDay, Measure::LastDay]);
            }
            Ask::UnitCost | Ask::ExplainUnitCost => self.measures = vec![Measure::UnitCost],
            Ask::Ratio | Ask::Percent | Ask::PercentApart | Ask::Difference | Ask::Beside => {
                self.measures = self.sides.iter().map(|side| side.measure.clone()).collect();
            }
            _ => {}
        }
        self.figures_beside(ask);
    }

    // How many rows are asked for, where a superlative says it.
    fn cut(&mut self, ask: Ask) {
        let lists = matches!(ask, Ask::Breakdown | Ask::Compare | Ask::Average | Ask::Saving)
            || (ask == Ask::Explain && !self.dimensions.is_empty())
            || (matches!(ask, Ask::UnitCost | Ask::Ratio) && !self.dimensions.is_empty())
            || (ask == Ask::Trend && self.change)
            || (ask == Ask::Count && self.ranks());
        if !lists || self.limit.is_some() || self.dimensions.is_empty() {
            return;
        }
        if let Some(place) = self.nth {
            self.limit = Some(place);
        } else if (self.ranks() && !self.lists_all())
            || self.asks_one_cause(ask)
            || self.names_the_top_one()
        {
            self.limit = Some(1);
        } else if (self.ranks() || self.sorts()) && self.is_wide() {
            self.limit = Some(ROWS_LISTED);
        }
    }

    // "the dearest team": charges that belong to none are no team. What keeps them out is a condition
    // of its own, which the answer states.
    fn leave_out_nameless(&mut self, ask: Ask, bounded: bool) {
        let ranked = (self.limit.is_some() && !self.sums_only()) || bounded;
        let reaches = matches!(ask, Ask::Cumulative(_));
        let ranked = ranked || reaches;
        let rows = matches!(ask, Ask::Breakdown | Ask::Compare | Ask::Average) || reaches;
        let counts = ask == Ask::Count && bounded;
        if ask == Ask::List {
            self.list_names();
            return;
        }
        if !ranked || !(rows || counts) || self.has(&Meaning::Without) {
            return;
        }
        let things = self.dimensions.iter().chain(self.counted.iter().filter(|_| counts));
        for dimension in things.cloned().collect::<Vec<_>>() {
            let named = is_of_some(&dimension)
                || (counts && self.has_gaps(&dimension))
                || (self.ranks() && self.is_partly_placed(&dimension));
            let held = self.conditions.iter().any(|held| held.filter.dimension == dimension);
            let grouped = ask == Ask::Compare && self.groups_explicitly(&dimension);
            if named && !held && !grouped {
                let filter = Filter { dimension, op: FilterOp::NotNull, values: Vec::new() };
                self.conditions.push(Condition { filter, asked: Vec::new() });
            }
        }
    }

    // Some charges have no place, such as taxes: they are no region.
    fn is_partly_placed(&self, dimension: &Dimension) -> bool {
        let place = matches!(
            dimension,
            Dimension::Column(
                FocusDimension::Region
                    | FocusDimension::RegionName
                    | FocusDimension::AvailabilityZone
            )
        );
        place && self.has_gaps(dimension)
    }

    // Whether charges without a value are loaded.
    fn has_gaps(&self, dimension: &Dimension) -> bool {
        let fills = self.known.description.dimensions.iter();
        fills
            .filter(|fill| fill.dimension == dimension.name())
            .any(|fill| !fill.filled_percent.starts_with("100"))
    }

    // A long list that is cut for its length alone.
    fn sums_only(&self) -> bool {
        self.limit == Some(ROWS_LISTED)
    }

    // What rows are ranked by, where it is not the usual order.
    fn rank(&mut self, ask: Ask) {
        if self.rank_by.is_some() {
            return;
        }
        let ranked = self.ranks() || self.sorts() || self.limit.is_some();
        if ask == Ask::Count && self.ranks() {
            let counted = |measure: &&Measure| matches!(measure, Measure::Distinct(_));
            self.rank_by = self.measures.iter().find(counted).map(Measure::column_name);
            return;
        }
        let compared = matches!(ask, Ask::Compare | Ask::Explain) && !self.dimensions.is_empty();
        // "in dollars and percent": the amount leads, and the percentage stands beside it.
        if compared && ranked && self.asks_percent() && !self.has(&Meaning::Money) {
            self.rank_by = Some("change_percent".to_owned());
        } else if ask == Ask::Breakdown && ranked && self.is_grained() && self.limit_per.is_empty()
        {
            self.rank_by = self.measures.first().map(Measure::column_name);
        }
    }

    // "which service drove it", "어느 서비스 때문이야": the one that moved most.
    fn asks_one_cause(&self, ask: Ask) -> bool {
        ask == Ask::Explain && self.has(&Meaning::Which) && !self.names_several()
    }

    // "which services cost most", "cost by service, largest first": all rows are asked for.
    fn lists_all(&self) -> bool {
        let plural = self.names_several();
        let by = self.has(&Meaning::By) || self.has(&Meaning::Total);
        let hour = (0..self.items.len()).any(|at| self.text_of(at).starts_with('몇'));
        let which = self.has(&Meaning::Which) || hour;
        plural || (by && !which) || self.sorts()
    }

    // "the top subscription": one of them, where "top subscriptions" lists.
    fn names_the_top_one(&self) -> bool {
        (0..self.items.len()).any(|at| {
            let end = matches!(self.text_of(at).to_lowercase().as_str(), "top" | "bottom");
            let noun = self.text_of(at + 1).to_lowercase();
            let one = noun.is_ascii() && (!noun.ends_with('s') || noun.ends_with("ss"));
            end && one && self.dimension_at(at + 1).is_some()
        })
    }

    fn names_several(&self) -> bool {
        let counted: Vec<&Dimension> = self
            .measures
            .iter()
            .filter_map(|measure| match measure {
                Measure::Distinct(dimension) => Some(dimension),
                _ => None,
            })
            .collect();
        (0..self.items.len()).any(|at| {
            // "used by the most accounts": how many there are, and not what is listed.
            if self.dimension_at(at).is_some_and(|own| counted.contains(&&own)) {
                return false;
            }
            let text = self.text_of(at).to_lowercase();
            let english = text.is_ascii() && text.ends_with('s') && !text.ends_with("ss");
            let korean = self.text_of(at + 1).starts_with('들');
            self.dimension_at(at).is_some() && (english || korean)
        })
    }

    fn is_wide(&self) -> bool {
        let fills = &self.known.description.dimensions;
        self.dimensions.iter().any(|dimension| {
            fills.iter().any(|fill| {
                fill.dimension == dimension.name() && fill.distinct > u64::from(ROWS_LISTED)
            })
        })
    }

    /// The basis that the question names for its period.
    pub(super) fn period_basis(&self) -> PeriodBasis {
        let billing = Dimension::Column(FocusDimension::BillingPeriod);
        let named = (0..self.items.len())
            .any(|at| self.dimension_at(at).as_ref() == Some(&billing) && !self.is_grouped(at));
        if named { PeriodBasis::Billing } else { PeriodBasis::Charge }
    }

    /// The one workload that the question names.
    pub(in crate::understand) fn workload(&self) -> Option<String> {
        let condition =
            self.conditions.iter().find(|held| held.filter.dimension == Dimension::Workload)?;
        condition.filter.values.first().cloned()
    }

    pub(super) fn is_grained(&self) -> bool {
        self.dimensions.iter().any(|dimension| dimension.grain().is_some())
    }

    pub(super) fn grain_asked(&self) -> Option<Grain> {
        self.dimensions.iter().find_map(Dimension::grain)
    }
}

// Dimensions that many charges have no value of: taxes are of no resource.
pub(super) fn is_of_some(dimension: &Dimension) -> bool {
    use FocusDimension as F;
    match dimension {
        Dimension::Tag(_) | Dimension::Workload => true,
        Dimension::Column(column) => matches!(
            column,
            F::InstanceType
                | F::ResourceId
                | F::ResourceName
                | F::ResourceType
                | F::CommitmentDiscountId
                | F::CommitmentDiscountName
                | F::CommitmentDiscountType
                | F::AvailabilityZone
                | F::Operation
                | F::ProductFamily
        ),
        Dimension::Time(_) => false,
    }
}
