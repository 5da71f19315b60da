//! Two cost metrics, or two things, against each other: in percent, and by how much they differ.

use wherefore_contract::{
    cost::Measure,
    filter::{AmountCondition, Comparison, Filter, FilterOp},
};

use super::super::{
    super::{commitment::dearness, word::Meaning},
    Draft,
};
use crate::request::{Ask, Condition, Side};

// Words that say that one of two amounts lies below or above the other.
const LOWER: &[&str] = &[
    "below", "lower", "less", "cheaper", "under", "discount", "낮", "저렴", "싼", "싸", "적게",
    "적은", "적어", "할인",
];
const HIGHER: &[&str] =
    &["above", "higher", "more than", "exceed", "dearer", "높", "비싸", "비싼", "많이", "더 큰"];
// What stands behind the amount that another is measured by, in Korean.
const BASES: &[&str] = &["보다", "대비", "에비해", "에 비해"];

impl Draft<'_> {
    fn two_metrics(&self) -> Option<[Measure; 2]> {
        let costs: Vec<&Measure> = self.measures.iter().filter(|one| one.is_cost()).collect();
        match costs.as_slice() {
            [one, other] if self.measures.len() == 2 => Some([(*one).clone(), (*other).clone()]),
            _ => None,
        }
    }

    fn mentions(&self, words: &[&str]) -> bool {
        let lower = self.text.to_lowercase();
        words.iter().any(|word| {
            lower.match_indices(word).any(|(at, _)| {
                let before = lower.get(..at).and_then(|text| text.chars().next_back());
                !(word.is_ascii() && before.is_some_and(|letter| letter.is_ascii_alphanumeric()))
            })
        })
    }

    /// "what percentage of list is effective", "유효 비용이 정가보다 몇 % 낮아", "EC2는 RDS의 몇 %".
    pub(in crate::understand::decide) fn in_percent(&mut self) -> Option<Ask> {
        if !self.has(&Meaning::Share) && !self.asks_percent() {
            return None;
        }
        if self.periods_named() >= 2 || self.moves_in_time() && self.two_metrics().is_none() {
            return None;
        }
        let Some([one, other]) = self.two_metrics() else { return self.one_of_another() };
        let side = |measure| Side { measure, conditions: self.conditions.clone(), period: None };
        let mut sides = vec![side(one), side(other)];
        if self.first_is_base() {
            sides.reverse();
        }
        self.sides = sides;
        let apart = self.mentions(LOWER) || self.mentions(HIGHER) || self.has(&Meaning::Discount);
        Some(if apart { Ask::PercentApart } else { Ask::Percent })
    }

    // "정가보다 유효 비용이", "정가 대비 유효 비용": what is measured by stands first.
    fn first_is_base(&self) -> bool {
        let first = (0..self.items.len()).find(
            |at| matches!(self.meaning(*at), Some(Meaning::Measure(measure)) if measure.is_cost()),
        );
        first.is_some_and(|at| {
            let end = self.items.get(at).map_or(0, |item| item.end);
            let rest = self.text.get(end..).unwrap_or_default().trim_start();
            BASES.iter().any(|base| rest.starts_with(base))
        })
    }

    // "prod 비용은 dev의 몇 퍼센트": one of two named things in percent of the other.
    fn one_of_another(&mut self) -> Option<Ask> {
        if let Some(ask) = self.several_of_another() {
            return Some(ask);
        }
        let at = self.two_values().filter(|_| self.dimensions.is_empty())?;
        let asked = self.conditions.get(at)?.asked.clone();
        let base = asked.iter().position(|(_, end)| {
            let rest = self.text.get(*end..).unwrap_or_default();
            let owned = costless(rest).strip_prefix('의').unwrap_or_default().trim_start();
            owned.starts_with('몇') || owned.starts_with("얼마")
        });
        let english = asked.iter().position(|(start, _)| {
            let ahead = self.text.get(..*start).unwrap_or_default().to_lowercase();
            let ahead = ahead.trim_end();
            [
                "as a percentage of",
                "as a percent of",
                "as a share of",
                "percentage of",
                "percent of",
            ]
            .iter()
            .any(|words| ahead.ends_with(words))
        });
        let joined = asked.windows(2).any(|pair| {
            let [(_, end), (start, _)] = pair else { return false };
            let between = self.text.get(*end..*start).unwrap_or_default().trim();
            matches!(between, "and" | "와" | "과" | "," | "랑")
        });
        let base = base.or_else(|| english.filter(|_| !joined))?;
        let mut sides = self.sides_of(at)?;
        if base == 0 {
            sides.reverse();
        }
        self.sides = sides;
        Some(Ask::Percent)
    }

    // "staging과 dev를 합친 비용은 prod 비용의 몇 %": several together in percent of one.
    pub(in crate::understand::decide) fn several_of_another(&mut self) -> Option<Ask> {
        let together = self
            .mentions(&["합친", "합한", "합쳐", "합치", "더한", "together", "combined", "plus"]);
        let at = self.conditions.iter().position(|held| {
            held.filter.op == FilterOp::In
                && held.filter.values.len() > 2
                && held.asked.len() == held.filter.values.len()
        });
        let at = at.filter(|_| together && self.dimensions.is_empty())?;
        let listed = self.conditions.get(at)?.clone();
        let base = listed.asked.iter().position(|(start, end)| {
            let rest = self.text.get(*end..).unwrap_or_default().trim_start();
            let kinds = ["환경", "계정", "팀", "서비스", "비용", "지출", "요금", "금액"];
            let mut rest = rest;
            while let Some(shorter) = kinds.iter().find_map(|kind| rest.strip_prefix(kind)) {
                rest = shorter.trim_start();
            }
            let korean = rest.strip_prefix('의').map(str::trim_start);
            let ahead = self.text.get(..*start).unwrap_or_default().to_lowercase();
            korean.is_some_and(|rest| rest.starts_with('몇') || rest.starts_with("얼마"))
                || ["percentage of", "percent of", "% of"]
                    .iter()
                    .any(|words| ahead.trim_end().ends_with(words))
        })?;
        let mut sides = self.sides_of(at)?;
        let below = sides.remove(base);
        let mut above = sides.first()?.clone();
        let held = above.conditions.last_mut()?;
        held.filter.values = sides
            .iter()
            .filter_map(|side| side.conditions.last())
            .flat_map(|one| one.filter.values.clone())
            .collect();
        held.asked = sides
            .iter()
            .filter_map(|side| side.conditions.last())
            .flat_map(|one| one.asked.clone())
            .collect();
        self.sides = vec![above, below];
        Some(Ask::Percent)
    }

    // Where two values of one dimension are named, each by itself.
    fn two_values(&self) -> Option<usize> {
        self.conditions.iter().position(|held| {
            held.filter.op == FilterOp::In && held.filter.values.len() == 2 && held.asked.len() == 2
        })
    }

    /// One side for each value of the condition at `at`, in their order.
    pub(in crate::understand::decide) fn sides_of(&self, at: usize) -> Option<Vec<Side>> {
        let listed = self.conditions.get(at)?.clone();
        let measure = self.measures.iter().find(|measure| measure.is_cost()).cloned();
        let default = self.known.description.default_cost.clone();
        let measure = measure.or(default).unwrap_or(Measure::BilledCost);
        let others: Vec<Condition> =
            self.conditions.iter().filter(|held| **held != listed).cloned().collect();
        let side = |(value, asked): (&String, &(usize, usize))| Side {
            measure: measure.clone(),
            conditions: others
                .iter()
                .cloned()
                .chain([Condition {
                    filter: Filter::any_of(listed.filter.dimension.clone(), [value.clone()]),
                    asked: vec![*asked],
                }])
                .collect(),
            period: None,
        };
        Some(listed.filter.values.iter().zip(&listed.asked).map(side).collect())
    }

    /// "by how much is effective cost lower than billed", "which services have a list cost above billed".
    pub(in crate::understand::decide) fn metrics_apart(&mut self) -> Option<Ask> {
        self.two_metrics()?;
        let apart = self.subtracts()
            || self.has(&Meaning::Difference)
            || self.mentions(LOWER)
            || self.mentions(HIGHER)
            || self.mentions(&["how far"]);
        let timed = self.periods_named() >= 2 || self.is_grained() || self.has(&Meaning::Times);
        (apart && !timed && self.bounds.is_empty()).then_some(Ask::Saving)
    }

    // "정가에서 청구액을 뺀", "list minus billed": one cost less the other.
    fn subtracts(&mut self) -> bool {
        let cost = |at: Option<usize>| {
            at.is_some_and(
                |at| matches!(self.meaning(at), Some(Meaning::Measure(measure)) if measure.is_cost()),
            )
        };
        let found = (0..self.items.len()).find(|at| {
            let at = *at;
            let text = self.text_of(at).to_lowercase();
            let korean = ["뺀", "빼", "차감"].iter().any(|stem| text.starts_with(stem));
            let english = matches!(text.as_str(), "minus" | "less" | "subtracting" | "-");
            (korean && cost(self.previous_meaning(at)))
                || (english && cost(self.previous_meaning(at)) && cost(self.next_meaning(at)))
        });
        if let Some(at) = found {
            self.mark(at);
        }
        found.is_some()
    }

    /// Which rows a question keeps of those in which two metrics differ.
    pub(in crate::understand::decide) fn kept_gap(&self, ask: Ask) -> Option<AmountCondition> {
        let which = self.has(&Meaning::Which) && !self.dimensions.is_empty();
        let [one, other] = self.two_metrics().filter(|_| ask == Ask::Saving && which)?;
        let (one, other) = (one.cost()?, other.cost()?);
        let dear_first = dearness(one) <= dearness(other);
        let saved =
            if dear_first { Measure::Saved(one, other) } else { Measure::Saved(other, one) };
        let op = if self.has(&Meaning::Difference) {
            Comparison::NotEqual
        } else if self.mentions(HIGHER) == dear_first {
            Comparison::Above
        } else {
            Comparison::Below
        };
        let value = wherefore_contract::Decimal::ZERO;
        Some(AmountCondition::amount(saved.column_name(), op, value))
    }
}

// "EC2 비용의", "EC2 계정 지출의": what stands behind the words for what a name costs.
fn costless(rest: &str) -> &str {
    const CARRIED: &[&str] = &[
        "비용",
        "지출",
        "금액",
        "요금",
        "청구액",
        "사용액",
        "청구",
        "유효",
        "계정",
        "서비스",
        "환경",
        "팀",
        "앱",
    ];
    let mut rest = rest.trim_start();
    while let Some(shorter) = CARRIED.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter.trim_start();
    }
    rest
}
