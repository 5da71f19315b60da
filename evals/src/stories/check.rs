//! One answer document against the truths of its story.

use std::collections::BTreeMap;

use wherefore_contract::{
    Decimal,
    answer::{Answer, AnswerResult, ResultKind, Status},
};
use wherefore_demo::StoryTruth;

use crate::report::Outcome;

/// How an answer went.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub(super) outcome: Outcome,
    /// What is not right, in words.
    pub(super) misses: Vec<String>,
    /// What the answer says, in one line.
    pub(super) got: String,
    pub(super) regime: bool,
    /// `None` where the story has no single cause.
    pub(super) cause: Option<bool>,
    /// Whether the rows of the bridge sum to the change in cost within half a cent.
    pub(super) closed: bool,
    /// How far they are from it.
    pub(super) apart: Decimal,
}

/// No answer.
impl Default for Checked {
    fn default() -> Self {
        Self {
            outcome: Outcome::Declined,
            misses: Vec::new(),
            got: String::new(),
            regime: false,
            cause: None,
            closed: false,
            apart: Decimal::ZERO,
        }
    }
}

impl Checked {
    pub(super) fn miss(&mut self, what: impl Into<String>) {
        self.misses.push(what.into());
        self.outcome = Outcome::Wrong;
    }

    fn must(&mut self, holds: bool, what: impl FnOnce() -> String) -> bool {
        if !holds {
            self.miss(what());
        }
        holds
    }
}

// Half a cent.
const CENT: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

// Unit costs and unit amounts have eighteen decimals; a sum of some dozens may differ in the last.
const LAST_DIGITS: Decimal = Decimal::from_parts(100, 0, 0, false, 18);

/// Holds an answer against the story.
pub(super) fn check(story: &StoryTruth, answer: &Answer) -> Checked {
    let mut checked = Checked { got: got(answer), ..Checked::default() };
    if matches!(answer.status, Status::Declined | Status::NeedsClarification) {
        checked.cause = story.main_cause.as_ref().map(|_| false);
        checked.misses.push(format!("not answered: {}", answer.headline));
        return checked;
    }
    checked.outcome = Outcome::Right;
    verdict(story, answer, &mut checked);
    match Bridge::read(&answer.result) {
        Some(bridge) => bridge_sums(story, &bridge, &mut checked),
        None => checked.miss("the result is no bridge"),
    }
    checked.must(answer.run.withheld == 0, || "a sentence was withheld".to_owned());
    checked
}

fn text<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.verdict.as_ref()?.get(name)?.as_str()
}

fn number(answer: &Answer, name: &str) -> Option<Decimal> {
    text(answer, name)?.parse().ok()
}

fn cause_of(answer: &Answer) -> Option<[&str; 3]> {
    let cause = answer.verdict.as_ref()?.get("main_cause")?;
    let part = |name: &str| cause.get(name).and_then(serde_json::Value::as_str);
    Some([part("effect")?, part("cloud_service").unwrap_or(""), part("usage_type").unwrap_or("")])
}

fn got(answer: &Answer) -> String {
    let word = |name: &str| text(answer, name).unwrap_or("none").to_owned();
    let cause = cause_of(answer).map_or_else(
        || "no single cause".to_owned(),
        |[effect, cloud_service, usage_type]| format!("{effect} at {cloud_service} {usage_type}"),
    );
    format!(
        "{}; {cause}; unit cost {} to {}; interval {} to {}",
        word("regime"),
        word("unit_cost_from"),
        word("unit_cost_to"),
        word("change_low"),
        word("change_high")
    )
}

// What was made to happen to the price of the line: the provider repriced it, or its commitment ended.
const PRICE_PARTS: [(&str, &str); 2] =
    [("price_cut", "price_list"), ("commitment_expiry", "price_commitment")];

fn verdict(story: &StoryTruth, answer: &Answer, checked: &mut Checked) {
    let regime = text(answer, "regime").unwrap_or("none");
    checked.regime =
        checked.must(regime == story.regime, || format!("the regime is given as {regime}"));
    let workload = text(answer, "workload").unwrap_or("none");
    checked.must(workload == story.workload, || format!("it is about {workload}"));
    for (name, wanted) in
        [("unit_cost_from", story.unit_cost_from), ("unit_cost_to", story.unit_cost_to)]
    {
        let given = number(answer, name);
        checked.must(given == Some(wanted), || format!("{name} is not {wanted}"));
    }
    let named = |name: &str| format!("{name} is missing");
    for name in ["change_low", "change_high"] {
        checked.must(number(answer, name).is_some(), || named(name));
    }
    if let Some((_, part)) = PRICE_PARTS.iter().find(|(id, _)| *id == story.id) {
        let cause = answer.verdict.as_ref().and_then(|verdict| verdict.get("main_cause"));
        let given = cause.and_then(|cause| cause.get("price_part")?.as_str());
        checked.must(given == Some(*part), || format!("the price part is given as {given:?}"));
    }
    if let Some(main) = &story.main_cause {
        let wanted = [&*main.effect, &*main.cloud_service, &*main.usage_type];
        let given = cause_of(answer);
        let is_right =
            checked.must(given == Some(wanted), || format!("the main cause is given as {given:?}"));
        checked.cause = Some(is_right);
    }
}

/// The rows of a bridge: effect, cloud service, amount, unit amount.
struct Bridge<'a> {
    rows: Vec<(&'a str, &'a str, Decimal, Decimal)>,
}

impl<'a> Bridge<'a> {
    fn read(result: &'a AnswerResult) -> Option<Self> {
        if result.kind != ResultKind::Rows {
            return None;
        }
        let place = |name: &str| result.columns.iter().position(|column| column.name == name);
        let (effect, cloud_service) = (place("effect")?, place("cloud_service")?);
        let (amount, unit_amount) = (place("amount")?, place("unit_amount")?);
        let cell = |row: &'a [Option<String>], at: usize| row.get(at)?.as_deref();
        let figure = |row: &'a [Option<String>], at: usize| cell(row, at)?.parse().ok();
        let row = |row: &'a Vec<Option<String>>| {
            Some((
                cell(row, effect)?,
                cell(row, cloud_service).unwrap_or_default(),
                figure(row, amount)?,
                figure(row, unit_amount)?,
            ))
        };
        Some(Self { rows: result.rows.iter().map(row).collect::<Option<_>>()? })
    }

    fn sum(&self, of: impl Fn(&(&str, &str, Decimal, Decimal)) -> Option<Decimal>) -> Decimal {
        self.rows.iter().filter_map(of).sum()
    }
}

fn bridge_sums(story: &StoryTruth, bridge: &Bridge<'_>, checked: &mut Checked) {
    let change = story.cost_total_to - story.cost_total_from;
    checked.apart = (bridge.sum(|row| Some(row.2)) - change).abs();
    checked.closed = checked.apart < CENT;
    let apart = checked.apart;
    checked.must(apart < CENT, || format!("the rows are {apart} from the change in cost"));
    let unit = |cost: Decimal, count: i64| cost.checked_div(Decimal::from(count));
    let unit_change = unit(story.cost_total_to, story.transactions_to)
        .zip(unit(story.cost_total_from, story.transactions_from))
        .map(|(to, from)| to - from);
    let unit_apart = unit_change.map(|change| (bridge.sum(|row| Some(row.3)) - change).abs());
    checked.must(unit_apart.is_some_and(|apart| apart < LAST_DIGITS), || {
        format!("the rows are {unit_apart:?} from the change in unit cost")
    });
    for effect in ["new", "gone", "non_operating"] {
        let wanted = story.exact_effects.get(effect).and_then(|amount| amount.parse().ok());
        let wanted: Decimal = wanted.unwrap_or_default();
        let given = bridge.sum(|row| (row.0 == effect).then_some(row.2));
        checked.must(given == wanted, || format!("`{effect}` sums to {given}, not to {wanted}"));
    }
    by_cloud_service(story, bridge, checked);
}

// Every method gives each cloud service the change of its own lines.
fn by_cloud_service(story: &StoryTruth, bridge: &Bridge<'_>, checked: &mut Checked) {
    let mut wanted: BTreeMap<&str, Decimal> = BTreeMap::new();
    for line in &story.lines {
        *wanted.entry(&line.cloud_service).or_default() += line.cost_to - line.cost_from;
    }
    for (cloud_service, change) in wanted {
        let mine = |row: &(&str, &str, Decimal, Decimal)| {
            (row.1 == cloud_service && row.0 != "non_operating").then_some(row.2)
        };
        let apart = (bridge.sum(mine) - change).abs();
        checked.must(apart < CENT, || format!("{cloud_service} is {apart} from its own change"));
    }
}
