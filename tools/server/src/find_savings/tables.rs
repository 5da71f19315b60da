//! Writes the plan as tables of facts: `savings`, `verdict`, `by_check`, `looked_at`, `to_examine`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use wherefore_analysis::{
    savings::{Candidate, Judged, Level, Looked, Plan, Saving, UsageLine},
    telemetry::Signals,
};
use wherefore_contract::{
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};

use super::{Request, market::OnDemand, read::Read};
use crate::fact_table::{Row, cell, computed, text};

const SOURCE: &str = "computed:savings";

/// Everything that was read and found.
pub(super) struct Story<'a> {
    pub(super) request: &'a Request,
    pub(super) read: &'a Read,
    pub(super) on_demand: Option<&'a OnDemand>,
    pub(super) plan: &'a Plan,
    pub(super) judged: &'a Judged,
    /// What telemetry measured, where some of it is loaded that checks read.
    pub(super) telemetry: Option<&'a super::telemetry::Read>,
    pub(super) signals: &'a Signals,
}

impl Story<'_> {
    /// `savings` answers; `looked_at` says what was looked at, found or not.
    pub(super) fn tables(&self) -> Vec<FactTable> {
        let listed = Listed::of(self);
        let mut tables = vec![
            self.savings(),
            self.verdict(),
            self.by_check(),
            self.looked_at(),
            self.to_examine(),
            self.to_commit(),
            listed.largest(),
            listed.folded(),
            self.found_nothing(),
        ];
        tables.extend(
            self.telemetry.into_iter().flat_map(|read| [self.withdrawn(), Self::metrics(read)]),
        );
        tables
    }

    fn money(&self) -> Unit {
        let on_demand = self.on_demand.map(OnDemand::currency);
        match self.read.currency.as_ref().or(on_demand) {
            Some(currency) => Unit::Currency(currency.clone()),
            None => Unit::Quantity("currency".to_owned()),
        }
    }

    fn table(&self, name: &str, columns: Vec<Column>, rows: Vec<Row>) -> FactTable {
        let on_demand = self.on_demand.and_then(OnDemand::table);
        let read = self.read.lines.as_ref().or(on_demand);
        FactTable {
            statement: read.and_then(|read| read.statement.clone()),
            parameters: read.map(|read| read.parameters.clone()).unwrap_or_default(),
            period: Some(self.request.period),
            filters: self.request.filters.clone(),
            data_as_of: read.and_then(|read| read.data_as_of.clone()),
            complete: read.is_none_or(|read| read.complete) && !self.read.is_cut,
            ..computed(name, SOURCE, columns, rows)
        }
    }

    // The rule's words: title in both languages, effort and risk.
    fn rule(&self, id: &str) -> [Option<String>; 4] {
        self.request.rules.check(id).map_or([const { None }; 4], |check| {
            let level = |level: Level| cell(level.name());
            [text(&check.en), text(&check.ko), level(check.effort), level(check.risk)]
        })
    }

    fn first_line(&self, candidate: &Candidate) -> Option<&UsageLine> {
        candidate.lines.first().and_then(|place| self.read.estate.lines.get(*place))
    }

    fn savings(&self) -> FactTable {
        let rows = self.plan.savings.iter().map(|saving| self.saving(saving)).collect();
        self.table("savings", self.saving_columns(), rows)
    }

    fn saving_columns(&self) -> Vec<Column> {
        let mut columns: Vec<Column> = ["check", "resource_id", "cloud_service", "sub_account"]
            .map(Column::dimension)
            .to_vec();
        let amounts = ["monthly_saving", "low", "high"];
        columns.extend(amounts.map(|name| Column::measure(name, self.money())));
        let words = [
            "effort",
            "risk",
            "action",
            "rate_basis",
            "region",
            "usage_type",
            "title_en",
            "title_ko",
            "telemetry",
        ];
        columns.extend(words.map(Column::dimension));
        columns
            .extend(["cost_before", "cost_left"].map(|name| Column::measure(name, self.money())));
        columns
    }

    fn saving(&self, saving: &Saving) -> Row {
        let Saving { candidate, monthly, low, high, cost_before, cost_left, bought } = saving;
        let line = self.first_line(candidate);
        let of = |word: fn(&UsageLine) -> &String| line.and_then(|line| text(word(line)));
        let [title_en, title_ko, effort, risk] = self.rule(&candidate.check);
        // A commitment is of the whole organisation, not of one account.
        let (covers, region) = match bought {
            Some(bought) => (text(&bought.group), text(&bought.region)),
            None => (of(|line| &line.cloud_service), of(|line| &line.region)),
        };
        vec![
            cell(&candidate.check),
            text(&candidate.resource_id),
            covers,
            of(|line| &line.sub_account),
            number(*monthly),
            number(*low),
            number(*high),
            effort,
            risk,
            cell(candidate.action.name()),
            cell(candidate.basis.name()),
            region,
            of(|line| &line.usage_type),
            title_en,
            title_ko,
            self.backing(candidate),
            number(*cost_before),
            number(*cost_left),
        ]
    }

    // What telemetry says of it; nothing where none is loaded.
    fn backing(&self, candidate: &Candidate) -> Option<String> {
        self.telemetry?;
        let key = (candidate.check.clone(), candidate.resource_id.clone());
        self.judged.backing.get(&key).and_then(|backing| cell(backing.name()))
    }

    fn verdict(&self) -> FactTable {
        let Plan { total, total_low, total_high, total_without_order, .. } = self.plan;
        let examined: Decimal = self.looked_cost();
        let amounts = [
            ("total_monthly_saving", *total),
            ("least_saving", *total_low),
            ("greatest_saving", *total_high),
            ("total_without_order", *total_without_order),
            ("cost_examined", examined),
        ];
        let mut columns: Vec<Column> =
            amounts.iter().map(|(name, _)| Column::measure(*name, self.money())).collect();
        let mut row: Row = amounts.iter().map(|(_, amount)| number(*amount)).collect();
        let rows = self.read.estate.lines.len();
        columns.push(Column::measure("lines_examined", Unit::Count("rows".to_owned())));
        row.push(cell(rows));
        columns.push(Column::measure("findings", Unit::Count("distinct".to_owned())));
        row.push(cell(self.plan.savings.len()));
        let listed = Listed::of(self);
        let folded = listed.rest.iter().map(|saving| saving.monthly).sum();
        columns.push(Column::measure("folded_saving", self.money()));
        row.push(number(folded));
        columns.push(Column::measure("findings_listed", Unit::Count("distinct".to_owned())));
        row.push(cell(listed.first.len()));
        columns.push(Column::measure("findings_folded", Unit::Count("distinct".to_owned())));
        row.push(cell(listed.rest.len()));
        self.table("verdict", columns, vec![row])
    }

    fn looked_cost(&self) -> Decimal {
        self.read.estate.lines.iter().map(|line| line.cost).sum()
    }

    fn by_check(&self) -> FactTable {
        self.sums("by_check", &self.plan.savings.iter().collect::<Vec<_>>())
    }

    // Sums by kind, the largest first.
    fn sums(&self, name: &str, savings: &[&Saving]) -> FactTable {
        let mut sums: BTreeMap<&str, (Decimal, Decimal, Decimal, usize)> = BTreeMap::new();
        for saving in savings {
            let sum = sums.entry(&saving.candidate.check).or_default();
            sum.0 += saving.monthly;
            sum.1 += saving.low;
            sum.2 += saving.high;
            sum.3 += 1;
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by(|(one, left), (other, right)| right.0.cmp(&left.0).then(one.cmp(other)));
        let mut columns = ["check", "title_en", "title_ko"].map(Column::dimension).to_vec();
        let amounts = ["monthly_saving", "low", "high"];
        columns.extend(amounts.map(|name| Column::measure(name, self.money())));
        columns.push(Column::measure("findings", Unit::Count("distinct".to_owned())));
        let rows = sums.into_iter().map(|(id, (monthly, low, high, count))| {
            let [title_en, title_ko, ..] = self.rule(id);
            let amounts = [monthly, low, high].map(number);
            [cell(id), title_en, title_ko].into_iter().chain(amounts).chain([cell(count)]).collect()
        });
        self.table(name, columns, rows.collect())
    }

    fn looked_at(&self) -> FactTable {
        self.looked("looked_at", |_| true)
    }

    // Checks that looked at something and found nothing.
    fn found_nothing(&self) -> FactTable {
        self.looked("found_nothing", |looked| looked.found == 0 && looked.lines > 0)
    }

    fn looked(&self, name: &str, wanted: impl Fn(&Looked) -> bool) -> FactTable {
        let count = |noun: &str| Unit::Count(noun.to_owned());
        let mut columns =
            ["check", "title_en", "title_ko", "reach"].map(Column::dimension).to_vec();
        columns.extend([
            Column::measure("lines_examined", count("rows")),
            Column::measure("usage_types_examined", count("distinct")),
            Column::measure("cost_examined", self.money()),
            Column::measure("findings", count("distinct")),
            Column::measure("resources_examined", count("distinct")),
            Column::measure("resources_measured", count("distinct")),
            Column::measure("series_read", count("series")),
            Column::measure("days_measured", count("days")),
        ]);
        let rows = self.judged.looked.iter().filter(|looked| wanted(looked)).map(|looked| {
            let measured = self.judged.measured.get(&looked.check);
            let of = |value: Option<u32>| value.and_then(cell);
            let [title_en, title_ko, ..] = self.rule(&looked.check);
            vec![
                cell(&looked.check),
                title_en,
                title_ko,
                cell(looked.reach.name()),
                cell(looked.lines),
                cell(looked.kinds),
                number(looked.cost),
                cell(looked.found),
                of(measured.map(|it| it.resources)),
                of(measured.map(|it| it.with_points)),
                of(measured.map(|it| it.series)),
                of(measured.map(|it| it.days)),
            ]
        });
        self.table(name, columns, rows.collect())
    }

    // What the last step of the plan means to buy.
    fn to_commit(&self) -> FactTable {
        let names = ["covers", "machine_family", "region", "offer", "payment"];
        let mut columns = names.map(Column::dimension).to_vec();
        let per_hour = self.money().currency().map_or_else(
            || self.money(),
            |currency| Unit::CurrencyPer { currency: currency.clone(), per: "hour".to_owned() },
        );
        columns.push(Column::measure("term", Unit::Count("months".to_owned())));
        columns.push(Column::measure("hourly_commitment", per_hour));
        columns.push(Column::measure("monthly_saving", self.money()));
        let shares = ["utilization", "coverage", "discount"];
        columns.extend(shares.map(|name| Column::measure(name, Unit::Percent)));
        let rows = self.plan.savings.iter().filter_map(|saving| {
            let bought = saving.bought.as_ref()?;
            let percent = |part: Decimal| number((part * Decimal::ONE_HUNDRED).round_dp(4));
            Some(vec![
                cell(&bought.group),
                text(&saving.candidate.resource_id),
                text(&bought.region),
                cell(&bought.offer),
                bought.terms.and_then(|(_, payment)| cell(payment.name())),
                bought.terms.and_then(|(months, _)| cell(months)),
                number(bought.hourly_commitment),
                number(saving.monthly),
                percent(bought.utilization),
                percent(bought.coverage),
                percent(bought.discount),
            ])
        });
        self.table("to_commit", columns, rows.collect())
    }

    fn to_examine(&self) -> FactTable {
        let names =
            ["check", "resource_id", "cloud_service", "sub_account", "title_en", "title_ko"];
        let mut columns = names.map(Column::dimension).to_vec();
        columns.extend(
            ["cost_before", "possible_saving"].map(|name| Column::measure(name, self.money())),
        );
        let rows = self.plan.examined.iter().map(|examined| {
            let line = self.first_line(&examined.candidate);
            let of = |word: fn(&UsageLine) -> &String| line.and_then(|line| text(word(line)));
            let [title_en, title_ko, ..] = self.rule(&examined.candidate.check);
            vec![
                cell(&examined.candidate.check),
                text(&examined.candidate.resource_id),
                of(|line| &line.cloud_service),
                of(|line| &line.sub_account),
                title_en,
                title_ko,
                number(examined.cost),
                number(examined.up_to),
            ]
        });
        self.table("to_examine", columns, rows.collect())
    }

    /// Findings of the bill that were measured to be in use, with the figure that says so.
    fn withdrawn(&self) -> FactTable {
        let names = [
            "check",
            "resource_id",
            "cloud_service",
            "sub_account",
            "title_en",
            "title_ko",
            "signal_en",
            "signal_ko",
            "statistic",
            "metric_unit",
        ];
        let mut columns = names.map(Column::dimension).to_vec();
        columns.extend(["measured", "bound"].map(|name| Column::measure_by(name, "metric_unit")));
        columns.push(Column::measure("days_measured", Unit::Count("days".to_owned())));
        let rows = self.judged.withdrawn.iter().map(|gone| {
            let line = self.first_line(&gone.candidate);
            let of = |word: fn(&UsageLine) -> &String| line.and_then(|line| text(word(line)));
            let [title_en, title_ko, ..] = self.rule(&gone.candidate.check);
            let signal = self.signals.signal(&gone.signal);
            let word = |word: fn(&wherefore_analysis::telemetry::Signal) -> &String| {
                signal.and_then(|signal| text(word(signal)))
            };
            vec![
                cell(&gone.candidate.check),
                text(&gone.candidate.resource_id),
                of(|line| &line.cloud_service),
                of(|line| &line.sub_account),
                title_en,
                title_ko,
                word(|signal| &signal.en),
                word(|signal| &signal.ko),
                cell(gone.statistic.name()),
                word(|signal| &signal.unit),
                number(gone.measured),
                number(gone.below),
                cell(gone.days),
            ]
        });
        // Points are of their own window, which the table of what was read tells.
        FactTable { period: None, ..self.table("withdrawn", columns, rows.collect()) }
    }

    /// What was read of telemetry: series and days.
    fn metrics(read: &super::telemetry::Read) -> FactTable {
        let count = |noun: &str| Unit::Count(noun.to_owned());
        let columns = vec![
            Column::time("measured_from"),
            Column::time("measured_until"),
            Column::measure("series_read", count("series")),
            Column::measure("days_measured", count("days")),
            Column::measure("resources_measured", count("distinct")),
        ];
        let table = &read.table.table;
        let days =
            (0..table.rows.len()).filter_map(|row| table.number(row, "days_with_data")).max();
        let last = read.period.end().date().yesterday().unwrap_or(read.period.end().date());
        let row = vec![
            cell(read.period.start().date()),
            cell(last),
            cell(table.rows.len()),
            number(days.unwrap_or_default()),
            cell(read.telemetry.readings.len()),
        ];
        FactTable {
            name: "telemetry".to_owned(),
            table: Table { columns, rows: vec![row] },
            period: None,
            filters: Vec::new(),
            ..read.table.clone()
        }
    }
}

/// The largest savings, which are listed one by one, and the others.
struct Listed<'a> {
    story: &'a Story<'a>,
    first: Vec<&'a Saving>,
    rest: Vec<&'a Saving>,
}

impl<'a> Listed<'a> {
    fn of(story: &'a Story<'a>) -> Self {
        let mut first: Vec<&Saving> = story.plan.savings.iter().collect();
        // The sort keeps the order of doing among equals.
        first.sort_by_key(|saving| std::cmp::Reverse(saving.monthly));
        let shown = story.request.rules.settings.shown.min(first.len());
        let rest = first.split_off(shown);
        Self { story, first, rest }
    }

    fn largest(&self) -> FactTable {
        let rows = self.first.iter().map(|saving| self.story.saving(saving)).collect();
        self.story.table("largest", self.story.saving_columns(), rows)
    }

    fn folded(&self) -> FactTable {
        self.story.sums("folded", &self.rest)
    }
}

fn number(value: Decimal) -> Option<String> {
    cell(value.normalize())
}
