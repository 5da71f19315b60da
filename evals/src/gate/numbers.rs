//! The numbers of a small world and the tables that hold them.

use serde_json::Map;
use wherefore_contract::{
    Decimal,
    evidence::Evidence,
    period::Period,
    question::Language,
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};

use super::Dice;

/// The numbers behind the tables.
pub(super) struct Numbers {
    pub(super) language: Language,
    pub(super) names: Vec<String>,
    /// Billed and effective cost of each name.
    pub(super) costs: Vec<[Decimal; 2]>,
    /// Billed cost of each month from July 2024 on.
    pub(super) months: Vec<Decimal>,
    /// Cost of each name in August and September 2024.
    pub(super) compared: Vec<[Decimal; 2]>,
    pub(super) effects: Vec<(&'static str, &'static str, &'static str, Decimal)>,
}

const NAMES: &[&str] = &[
    "Amazon EC2",
    "Amazon S3",
    "AWS Lambda",
    "Amazon RDS",
    "AWS KMS",
    "Amazon Route 53",
    "Virtual Machines",
    "BigQuery",
    "Azure Files",
    "million dollar tag",
    "team-7",
];

const EFFECTS: &[(&str, &str, &str)] = &[
    ("volume", "volume", "거래량"),
    ("intensity", "intensity", "사용 강도"),
    ("mix", "mix", "구성"),
    ("price", "price", "단가"),
];

impl Numbers {
    pub(super) fn new(dice: &mut Dice) -> Self {
        let mut names: Vec<String> = Vec::new();
        let first = dice.below(NAMES.len());
        for offset in 0..3 + dice.below(4) {
            names.extend(NAMES.get((first + offset) % NAMES.len()).map(|name| (*name).to_owned()));
        }
        let mut amount = |least: usize| -> Decimal {
            let digits = 2 + u32::try_from(dice.below(4)).unwrap_or(0);
            let whole = least + dice.below(10_usize.pow(digits));
            let scale = [0_u32, 2, 4, 9].get(dice.below(4)).copied().unwrap_or(2);
            let fraction = i64::try_from(dice.below(10_usize.pow(scale))).unwrap_or(0);
            Decimal::from(whole) + Decimal::new(fraction, scale)
        };
        let pair = |amount: &mut dyn FnMut(usize) -> Decimal| [amount(10), amount(10)];
        let costs = names.iter().map(|_| pair(&mut amount)).collect();
        let months = (0..3).map(|_| amount(50)).collect();
        let compared = names.iter().map(|_| pair(&mut amount)).collect();
        let effects = EFFECTS
            .iter()
            .enumerate()
            .map(|(index, (id, en, ko))| {
                let value = amount(1);
                (*id, *en, *ko, if index % 2 == 0 { value } else { -value })
            })
            .collect();
        let language = if dice.below(2) == 0 { Language::En } else { Language::Ko };
        Self { language, names, costs, months, compared, effects }
    }

    pub(super) fn evidence(&self) -> Vec<Evidence> {
        let usd = || Unit::parse("USD");
        let text = |value: &Decimal| Some(value.to_string());
        let total = |at: usize| self.costs.iter().filter_map(|pair| pair.get(at)).sum::<Decimal>();
        let whole = table(
            "e1",
            vec![Column::measure("billed_cost", usd()), Column::measure("effective_cost", usd())],
            vec![vec![text(&total(0)), text(&total(1))]],
        );
        let rows = self.names.iter().zip(&self.costs);
        let breakdown = table(
            "e2",
            vec![
                Column::dimension("cloud_service"),
                Column::measure("billed_cost", usd()),
                Column::measure("effective_cost", usd()),
                Column::measure("share", Unit::Percent),
            ],
            rows.map(|(name, [billed, effective])| {
                let share = (*billed * Decimal::ONE_HUNDRED / total(0)).round_dp(6);
                vec![Some(name.clone()), text(billed), text(effective), text(&share)]
            })
            .collect(),
        );
        let mut months = table(
            "e3",
            vec![Column::time("month"), Column::measure("billed_cost", usd())],
            (self.months.iter().enumerate())
                .map(|(index, cost)| vec![Some(format!("2024-{:02}", 7 + index)), text(cost)])
                .collect(),
        );
        months.facts.period = span(7, 10);
        let mut compared = table(
            "e4",
            vec![
                Column::dimension("cloud_service"),
                in_month(Column::measure("billed_cost_from", usd()), 8),
                in_month(Column::measure("billed_cost_to", usd()), 9),
                Column::measure("change", usd()),
            ],
            (self.names.iter().zip(&self.compared))
                .map(|(name, [from, to])| {
                    vec![Some(name.clone()), text(from), text(to), text(&(*to - *from))]
                })
                .collect(),
        );
        compared.facts.period = None;
        let mut bridge = table(
            "e5",
            vec![Column::dimension("effect"), Column::measure("amount", usd())],
            self.effects
                .iter()
                .map(|(id, _, _, value)| vec![Some((*id).to_owned()), text(value)])
                .collect(),
        );
        bridge.facts.period = None;
        vec![whole, breakdown, months, compared, bridge]
    }
}

fn table(id: &str, columns: Vec<Column>, rows: Vec<Vec<Option<String>>>) -> Evidence {
    Evidence {
        id: id.to_owned(),
        tool: "query_cost".to_owned(),
        arguments: Map::new(),
        snapshot: "s000001".to_owned(),
        facts: FactTable {
            name: "cost".to_owned(),
            table: Table { columns, rows },
            source: "embedded:billing".to_owned(),
            statement: None,
            parameters: Vec::new(),
            period: span(9, 10),
            filters: Vec::new(),
            data_as_of: None,
            complete: true,
        },
        notices: Vec::new(),
    }
}

/// From the first of one month of 2024 to the first of another.
pub(crate) fn span(from: i8, to: i8) -> Option<Period> {
    let day = |month| jiff::civil::Date::new(2024, month, 1).ok();
    Period::of_days(day(from)?, day(to)?).ok()
}

fn in_month(column: Column, month: i8) -> Column {
    Column { period: span(month, month + 1), ..column }
}
