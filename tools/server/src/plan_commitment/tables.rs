//! A plan as tables: what is recommended or asked for, all offers, the risk curve, and what to buy.

use wherefore_analysis::commitment::{
    HOURS_OF_A_MONTH, offers,
    plan::{Sizing, together},
    risk::{RiskPoint, risk_curve},
    state::coverage,
};
use wherefore_contract::{Decimal, money::Currency, table::Column, tool::FactTable, unit::Unit};

use super::{Story, candidates::Candidate, even::is_asked};
use crate::fact_table::{Row, cell, computed, text};

// Digits of an amount that a plan keeps.
const PLACES: u32 = 8;

/// Months as they are counted.
pub(super) fn months() -> Unit {
    Unit::Count("months".to_owned())
}

fn exact(value: Decimal) -> Option<String> {
    cell(value.round_dp(PLACES).normalize())
}

fn percent(part: Decimal) -> Option<String> {
    cell((part * Decimal::ONE_HUNDRED).round_dp(4).normalize())
}

impl Story<'_> {
    /// The answer first: one row a group, or the rows that the arguments name. No table without load.
    pub(super) fn tables(&self) -> Vec<FactTable> {
        let groups: Vec<&str> = self.offers.groups();
        let all: Vec<Vec<Candidate>> =
            groups.iter().map(|group| self.candidates(group, Sizing::Best)).collect();
        let terms = self.args.hourly_commitment.map(|hourly| self.what_if(&groups, hourly));
        let first: Vec<Candidate> = match &terms {
            Some(terms) => self.usual(terms).cloned().into_iter().collect(),
            None => all.iter().filter_map(|group| self.best(group)).cloned().collect(),
        };
        let disputed = self.disputed(&all);
        if first.is_empty() && disputed.is_empty() {
            return Vec::new();
        }
        let beside = first.iter().flat_map(|best| self.others(&all, best)).cloned().collect();
        let lead = first.iter().max_by_key(|candidate| candidate.found.monthly_saving);
        let name = if terms.is_some() { "what_if" } else { "plan" };
        let terms = terms.map(|terms| self.offers("what_if_offers", &terms));
        let every: Vec<Candidate> = all.into_iter().flatten().collect();
        let risk = lead.and_then(|lead| self.risk(lead));
        let bought = lead.map(|lead| self.bought(lead));
        let some = |name: &str, candidates: &[Candidate]| {
            (!candidates.is_empty()).then(|| self.offers(name, candidates))
        };
        let beside: Vec<Candidate> = beside;
        let answers = [some(name, &first), some("side_by_side", &disputed), terms];
        let behind = [some("beside", &beside), some("offers", &every), risk, bought];
        let rest = [self.throughput_table(), Some(self.load())];
        answers.into_iter().chain(behind).chain(rest).flatten().collect()
    }

    /// Every offer of the groups whose offers sources disagree on, each on its shortest term and smallest upfront
    /// payment.
    fn disputed(&self, all: &[Vec<Candidate>]) -> Vec<Candidate> {
        let mut kept: Vec<Candidate> = Vec::new();
        let order = |one: &Candidate| one.terms.map(|terms| (terms.months, terms.payment));
        for one in all.iter().flatten().filter(|one| self.is_disputed(one)) {
            let same =
                |other: &&mut Candidate| (&other.group, &other.offer) == (&one.group, &one.offer);
            match kept.iter_mut().find(same) {
                Some(known) if order(one) < order(known) => *known = one.clone(),
                Some(_) => {}
                None => kept.push(one.clone()),
            }
        }
        kept
    }

    /// Whether sources disagree on what is sold for the usage: all its offers are told, none recommended.
    fn is_disputed(&self, candidate: &Candidate) -> bool {
        let worth = candidate.found.monthly_saving > Decimal::ZERO;
        let disputed = self.offers.offers.iter().filter(|offer| offer.is_disputed);
        let mut families =
            disputed.flat_map(|offer| &offer.rates).flat_map(|rate| rate.discount.keys());
        let group = |family: &String| {
            let known = self.offers.families.iter().find(|known| known.id == *family);
            known.is_some_and(|known| known.group == candidate.group)
        };
        worth && self.args.hourly_commitment.is_none() && families.any(group)
    }

    /// The best of every other offer for the same usage, on the terms that are recommended.
    fn others<'c>(
        &self,
        all: &'c [Vec<Candidate>],
        best: &Candidate,
    ) -> impl Iterator<Item = &'c Candidate> {
        let judged = &self.offers.judgement;
        let wanted = best
            .terms
            .map_or((judged.term_months, judged.payment), |terms| (terms.months, terms.payment));
        let (group, offer) = (best.group.clone(), best.offer.clone());
        all.iter().flatten().filter(move |other| {
            let fits = other.terms.is_some_and(|terms| (terms.months, terms.payment) == wanted);
            let worth = other.found.monthly_saving > Decimal::ZERO;
            fits && worth && other.group == group && other.offer != offer
        })
    }

    /// What of provisioned throughput can be reserved.
    fn throughput_table(&self) -> Option<FactTable> {
        let all = self.throughputs();
        let rows: Vec<Row> = all
            .iter()
            .map(|throughput| {
                vec![
                    text(&throughput.machines.machine),
                    text(&throughput.machines.region),
                    percent(throughput.billed),
                    exact(throughput.needed),
                    exact(throughput.reserved),
                ]
            })
            .collect();
        let units = || Unit::Quantity("units".to_owned());
        let columns = vec![
            Column::dimension("usage_type"),
            Column::dimension("region"),
            Column::measure("billed_hours", Unit::Percent),
            Column::measure("low_units", units()),
            Column::measure("reserved_units", units()),
        ];
        (!rows.is_empty()).then(|| self.told("throughput", columns, rows))
    }

    /// The offer of a group that is worth most among those that the arguments name. Where they name none, the rates
    /// on the bill count, or else the shortest term without an upfront payment.
    fn best<'c>(&self, group: &'c [Candidate]) -> Option<&'c Candidate> {
        let named = |candidate: &&Candidate| is_asked(self.args, &candidate.offer);
        let worth = |candidate: &&Candidate| candidate.found.monthly_saving > Decimal::ZERO;
        let open: Vec<&Candidate> =
            group.iter().filter(named).filter(worth).filter(|one| !self.is_disputed(one)).collect();
        let asked = self.args.term_months.is_some() || self.args.payment.is_some();
        let own = open.iter().copied().filter(|candidate| candidate.terms.is_none() && !asked);
        let judged = &self.offers.judgement;
        let wanted_term = self.args.term_months.unwrap_or(judged.term_months);
        let wanted_payment = self.args.payment.map_or(judged.payment, offers::Payment::from);
        let fitting = open.iter().copied().filter(|candidate| {
            candidate.terms.is_some_and(|terms| {
                let term = self.args.term_months.is_none() && self.args.payment.is_some();
                let payment = self.args.payment.is_none() && self.args.term_months.is_some();
                (terms.months == wanted_term || term)
                    && (terms.payment == wanted_payment || payment)
            })
        });
        // An offer that is not sold on the usual terms is told on the nearest ones.
        let other = open.iter().copied().filter(|candidate| !asked && candidate.terms.is_some());
        most(own).or_else(|| most(fitting)).or_else(|| {
            other.min_by_key(|candidate| candidate.terms.map(|terms| (terms.months, terms.payment)))
        })
    }

    /// So much an hour, under the offers that one amount an hour commits to, for the group with the largest load.
    fn what_if(&self, groups: &[&str], hourly: Decimal) -> Vec<Candidate> {
        let fits = |candidate: &Candidate| {
            candidate.terms.is_some_and(|terms| {
                self.args.term_months.is_none_or(|months| months == terms.months)
                    && self.args.payment.is_none_or(|payment| terms.payment == payment.into())
            })
        };
        let of = |group: &&str| -> Vec<Candidate> {
            let all = self.candidates(group, Sizing::Hourly(hourly)).into_iter();
            all.filter(|candidate| is_asked(self.args, &candidate.offer) && fits(candidate))
                .collect()
        };
        let cost = |group: &[Candidate]| {
            let loads = group.iter().filter_map(|candidate| together(&candidate.loads));
            loads.map(|load| load.points.iter().sum::<Decimal>()).max()
        };
        let each: Vec<Vec<Candidate>> = groups.iter().map(of).collect();
        each.into_iter().rev().max_by_key(|group| cost(group)).unwrap_or_default()
    }

    /// The one on the terms that are recommended where none are named; else the first.
    fn usual<'c>(&self, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
        let judged = &self.offers.judgement;
        let usual = |candidate: &&Candidate| {
            candidate.terms.is_some_and(|terms| {
                terms.months == judged.term_months && terms.payment == judged.payment
            })
        };
        candidates.iter().find(usual).or(candidates.first())
    }

    fn currency(&self) -> Unit {
        Unit::Currency(self.usage.currency.clone())
    }

    fn columns(&self) -> Vec<Column> {
        let money = |name: &str| Column::measure(name, self.currency());
        let percent = |name: &str| Column::measure(name, Unit::Percent);
        let month = |name: &str| Column::measure(name, months());
        vec![
            Column::dimension("covers"),
            Column::dimension("offer"),
            month("term"),
            Column::dimension("payment"),
            Column::measure("hourly_commitment", per_hour(&self.usage.currency)),
            money("monthly_saving"),
            money("low"),
            money("high"),
            percent("utilization"),
            percent("coverage"),
            percent("discount"),
            Column::dimension("rate_source"),
            percent("break_even_utilization"),
            month("break_even_month"),
            month("whole_term_month"),
            money("upfront"),
            money("held_out_saving"),
            money("held_out_best"),
            money("on_demand_cost"),
            Column::measure("reserved_units", Unit::Quantity("units".to_owned())),
        ]
    }

    fn offers(&self, name: &str, candidates: &[Candidate]) -> FactTable {
        let rows = candidates.iter().map(offered).collect();
        self.told(name, self.columns(), rows)
    }

    /// The whole load of the leading offer under commitments of growing size.
    fn risk(&self, lead: &Candidate) -> Option<FactTable> {
        let points = risk_curve(&lead.loads, &self.offers.judgement.quantiles, self.cut())?;
        let rows = points.iter().map(risk_row).collect();
        let money = |name: &str| Column::measure(name, self.currency());
        let percent = |name: &str| Column::measure(name, Unit::Percent);
        let columns = vec![
            percent("load_quantile"),
            Column::measure("hourly_commitment", per_hour(&self.usage.currency)),
            money("monthly_saving"),
            money("worst_saving"),
            percent("utilization"),
            percent("coverage"),
        ];
        Some(self.told("risk", columns, rows))
    }

    /// What the leading offer means to buy, the largest first.
    fn bought(&self, lead: &Candidate) -> FactTable {
        let mut each: Vec<_> = lead.machines.iter().zip(&lead.found.outcomes).collect();
        each.retain(|(_, outcome)| outcome.hourly_commitment > Decimal::ZERO);
        each.sort_by_key(|(_, outcome)| std::cmp::Reverse(outcome.hourly_commitment));
        let rows = each.into_iter().map(|(machines, outcome)| {
            let named = machines.as_ref();
            vec![
                text(&lead.group),
                named.and_then(|machines| text(&machines.machine)),
                named.and_then(|machines| text(&machines.region)),
                exact(outcome.hourly_commitment),
                exact(outcome.monthly_saving),
                percent(outcome.utilization),
                percent(outcome.coverage),
            ]
        });
        let rows = rows.collect();
        let columns = vec![
            Column::dimension("covers"),
            Column::dimension("machine_family"),
            Column::dimension("region"),
            Column::measure("hourly_commitment", per_hour(&self.usage.currency)),
            Column::measure("monthly_saving", self.currency()),
            Column::measure("utilization", Unit::Percent),
            Column::measure("coverage", Unit::Percent),
        ];
        self.told("to_buy", columns, rows)
    }

    /// What the plan rests on: on-demand and covered cost of each group.
    fn load(&self) -> FactTable {
        let rows = self.usage.groups.iter().map(|(group, usage)| {
            let on_demand: Decimal = usage.on_demand.values().sum();
            let covered: Decimal =
                usage.covered.values().map(|held| held.on_demand.unwrap_or(held.used)).sum();
            vec![
                text(group),
                exact(on_demand),
                exact(covered),
                coverage(covered, on_demand).and_then(percent),
                cell(self.window.days()),
                cell(self.loads.fineness.grain().name()),
            ]
        });
        let rows = rows.collect();
        let columns = vec![
            Column::dimension("covers"),
            Column::measure("on_demand_cost", self.currency()),
            Column::measure("covered_cost", self.currency()),
            Column::measure("coverage", Unit::Percent),
            Column::measure("days_loaded", Unit::Count("days".to_owned())),
            Column::dimension("grain"),
        ];
        self.told("load", columns, rows)
    }

    fn told(&self, name: &str, columns: Vec<Column>, rows: Vec<Row>) -> FactTable {
        let read = &self.loads.read;
        FactTable {
            statement: read.statement.clone(),
            parameters: read.parameters.clone(),
            period: Some(self.window),
            filters: self.args.filters.clone(),
            data_as_of: read.data_as_of.clone(),
            ..computed(name, &read.source, columns, rows)
        }
    }
}

fn offered(candidate: &Candidate) -> Row {
    let found = &candidate.found;
    let even = candidate.break_even().map(|terms| terms.break_even(found.utilization));
    let upfront = candidate.break_even().and_then(|terms| terms.upfront(found.hourly_commitment));
    let month = |month: Option<Decimal>| month.and_then(exact);
    vec![
        text(&candidate.group),
        text(&candidate.offer),
        candidate.terms.and_then(|terms| cell(terms.months)),
        candidate.terms.and_then(|terms| cell(terms.payment.name())),
        exact(found.hourly_commitment),
        exact(found.monthly_saving),
        exact(found.low),
        exact(found.high),
        percent(found.utilization),
        percent(found.coverage),
        percent(found.discount),
        cell(candidate.source.name()),
        percent(Decimal::ONE - found.discount),
        month(even.and_then(|even| even.month)),
        month(even.and_then(|even| even.whole_term_month)),
        upfront.and_then(exact),
        found.held_out.and_then(|held| exact(held.monthly_saving)),
        found.held_out.and_then(|held| exact(held.best)),
        monthly_cost(candidate).and_then(exact),
        candidate.units.and_then(exact),
    ]
}

fn monthly_cost(candidate: &Candidate) -> Option<Decimal> {
    let hours = Decimal::from(HOURS_OF_A_MONTH);
    let each = candidate.loads.iter().map(|load| {
        let sum: Decimal = load.points.iter().sum();
        sum.checked_div(Decimal::from(load.points.len()))?.checked_mul(hours)
    });
    each.sum()
}

fn risk_row(point: &RiskPoint) -> Row {
    let found = &point.found;
    vec![
        point.quantile.and_then(percent),
        exact(found.hourly_commitment),
        exact(found.monthly_saving),
        exact(found.low),
        percent(found.utilization),
        percent(found.coverage),
    ]
}

fn per_hour(currency: &Currency) -> Unit {
    Unit::CurrencyPer { currency: currency.clone(), per: "hour".to_owned() }
}

// The candidate that saves most, the first of the table where several save the same.
fn most<'c>(mut candidates: impl Iterator<Item = &'c Candidate> + Clone) -> Option<&'c Candidate> {
    let best = candidates.clone().map(|candidate| candidate.found.monthly_saving).max()?;
    candidates.find(|candidate| candidate.found.monthly_saving == best)
}
