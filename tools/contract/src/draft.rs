//! What a model submits: an answer made of spans, with no room for digits. Only the verifier turns
//! it into an answer that a reader may see.

pub mod schema;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{answer::Status, dimension::Dimension, evidence::FactRef, period::Period};

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "span", rename_all = "snake_case")]
pub enum Span {
    /// Words. No digits of any script, number words, units, currencies, words of direction or rank,
    /// or names of measures: those have spans of their own.
    Text { text: String },
    /// A figure.
    Value {
        fact: FactRef,
        #[serde(default)]
        format: Format,
    },
    /// A figure computed from facts, in exact arithmetic, by code.
    Calc {
        op: CalcOp,
        facts: Vec<FactRef>,
        #[serde(default)]
        format: Format,
    },
    /// The name in a dimension or time cell, e.g. a cloud service or a month.
    Name { fact: FactRef },
    /// The name of the measure in that cell's column, e.g. "billed cost".
    Measure { fact: FactRef },
    /// "rose", "fell" or "did not change", chosen by code from two facts or from the sign of one
    /// (when `from` is absent).
    Trend {
        #[serde(default)]
        from: Option<FactRef>,
        to: FactRef,
        #[serde(default)]
        style: TrendStyle,
    },
    /// "the largest" or "the smallest": checked against the whole column of that cell.
    Extreme { fact: FactRef, which: Extreme },
    /// The place of that cell in its column, counted by code from one end: "the 2nd largest".
    Place { fact: FactRef, which: Extreme },
    /// A stretch of time that the figures of the same sentence belong to, or that was asked for.
    Period { period: Period },
    /// How many rows a piece of evidence has, or the first N that were asked for.
    Count { evidence: String },
    /// A part of the question, as bytes `[start, end)`: quantities and names are repeated this way.
    Asked { start: usize, end: usize },
    /// Which rows a query kept, in words of code from the arguments of its call: "billed cost above
    /// $100.00", "top 3 by billed cost". Stands in assumptions only.
    Terms { evidence: String },
    /// The version of the FOCUS standard that brought the column of a dimension, e.g. "FOCUS 1.1".
    Since { dimension: Dimension },
    /// The name of a dimension, e.g. "cloud service", "app 태그". Tag keys must stand in the evidence.
    Dimension { dimension: Dimension },
    /// A part of the text in a dimension cell, e.g. of a log line, as bytes `[start, end)` of it: repeated letter by letter,
    /// read again from the evidence before it is shown.
    Quote { fact: FactRef, start: usize, end: usize },
    /// A Korean particle that follows the word before it.
    Particle { particle: Particle },
}

impl Span {
    /// The cells that it shows or speaks of, in its order.
    pub fn facts(&self) -> impl Iterator<Item = &FactRef> {
        let (first, rest): (Option<&FactRef>, &[FactRef]) = match self {
            Self::Value { fact, .. }
            | Self::Name { fact }
            | Self::Quote { fact, .. }
            | Self::Measure { fact }
            | Self::Extreme { fact, .. }
            | Self::Place { fact, .. } => (None, std::slice::from_ref(fact)),
            Self::Calc { facts, .. } => (None, facts),
            Self::Trend { from, to, .. } => (from.as_ref(), std::slice::from_ref(to)),
            Self::Text { .. }
            | Self::Period { .. }
            | Self::Count { .. }
            | Self::Asked { .. }
            | Self::Terms { .. }
            | Self::Since { .. }
            | Self::Dimension { .. }
            | Self::Particle { .. } => (None, &[]),
        };
        first.into_iter().chain(rest)
    }

    /// The ids of the evidence that it rests on.
    pub fn evidence(&self) -> impl Iterator<Item = &str> {
        let whole = match self {
            Self::Count { evidence } | Self::Terms { evidence } => Some(evidence.as_str()),
            Self::Text { .. }
            | Self::Value { .. }
            | Self::Calc { .. }
            | Self::Name { .. }
            | Self::Quote { .. }
            | Self::Measure { .. }
            | Self::Trend { .. }
            | Self::Extreme { .. }
            | Self::Place { .. }
            | Self::Period { .. }
            | Self::Asked { .. }
            | Self::Since { .. }
            | Self::Dimension { .. }
            | Self::Particle { .. } => None,
        };
        self.facts().map(|fact| fact.evidence.as_str()).chain(whole)
    }
}

/// A round unit in which amounts of money are shown, as the question asked: "in thousands", "억 단위로".
/// It changes how a figure is written, never the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// "$32.3 thousand", "32.3천 달러".
    Thousand,
    /// "$1.23 million", "1.23백만 달러".
    Million,
    /// "$1.23 billion", "1.23십억 달러".
    Billion,
    /// Korean 만: "1,234만 원". English has no word for it and shows the figure in full.
    Man,
    /// Korean 억: "12.3억 원". English has no word for it and shows the figure in full.
    Eok,
    /// Grouped by 만 and 억: "12억 3,456만 7,890원". English shows the figure in full.
    Grouped,
}

/// How a figure is shown. Every format keeps the unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Everyday precision of its unit: cents for dollars, more digits for small amounts.
    #[default]
    Auto,
    /// All digits there are.
    Exact,
    /// With its sign, also when it is positive: for changes.
    Signed,
    /// Without its sign, beside a span of direction that carries it.
    Absolute,
}

/// Arithmetic over facts. The evaluator refuses what units do not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalcOp {
    /// All facts added: one unit, additive.
    Sum,
    /// First minus second: one unit.
    Difference,
    /// First over second: one unit gives "times", money over a count gives money per count.
    Ratio,
    /// First over second in percent: one unit.
    Share,
    /// First over second in percent, of whatever two amounts of one unit and time.
    Percent,
    /// How far the first lies from the second, either way, in percent of the second.
    PercentApart,
    /// From the first to the second, in percent of the first: one unit.
    PercentChange,
    /// The fact over the days of its period: additive units.
    PerDay,
    /// The arithmetic mean of the facts: one unit, additive.
    Mean,
}

/// How a direction is worded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrendStyle {
    /// A verb: "rose", "fell", "did not change"; "늘었습니다", "줄었습니다", "변하지 않았습니다".
    #[default]
    Verb,
    /// A noun: "rise", "fall", "no change"; "증가", "감소", "변동 없음".
    Noun,
}

/// An end of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Extreme {
    Largest,
    Smallest,
}

/// Korean particles whose form depends on the word before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Particle {
    /// 은/는
    Topic,
    /// 이/가
    Subject,
    /// 을/를
    Object,
    /// 으로/로
    Toward,
    /// 과/와
    And,
    /// 입니다 after any word, 이고/고 is not needed by us
    Copula,
}

/// Spans that read as one sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Sentence(pub Vec<Span>);

/// One finding of a role: a sentence and the evidence it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftFinding {
    pub sentence: Sentence,
    /// Evidence ids, e.g. `["e1"]`.
    pub evidence: Vec<String>,
}

/// A possible cause. Code builds it from the evidence of an investigation: rank and score are cells of it, and a model has
/// no say in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftHypothesis {
    /// The figure in [0, 1] that it is ranked by, e.g. `e3/0/score`.
    pub score: FactRef,
    /// What it is, in a sentence.
    pub cause: Sentence,
    /// Names of the workloads from the cause to the symptom, in that order.
    #[serde(default)]
    pub path: Vec<FactRef>,
    /// Evidence that speaks for it.
    #[serde(default)]
    pub supports: Vec<String>,
    /// Evidence that speaks against it.
    #[serde(default)]
    pub contradicts: Vec<String>,
    /// What a person should look at next.
    #[serde(default)]
    pub next_check: Sentence,
}

/// What an answer is missing, or what qualifies it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftGap {
    /// One word, e.g. `missing_period`, `missing_column`, `missing_volumes`, `unknown_entity`,
    /// `out_of_scope`, `not_understood`, `partial_period`.
    pub code: String,
    /// Which data it concerns: `cost`, `transactions`, `catalog`, `question`.
    pub source: String,
    pub sentence: Sentence,
    /// What it means for the answer; empty when there is nothing to add.
    #[serde(default)]
    pub effect: Sentence,
}

/// How a question was read where it left room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftAssumption {
    /// One word, e.g. `period_reading`, `cost_metric`, `read_as`.
    pub code: String,
    pub sentence: Sentence,
}

/// The direct answer for machines, built by code from evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum DraftResult {
    /// No figure: with `declined` and `needs_clarification`.
    #[default]
    None,
    /// One figure.
    Scalar { name: String, value: FactOrCalc },
    /// Columns of one piece of evidence, all rows in order.
    Rows { evidence: String, columns: Vec<String> },
    /// Rows of named figures, each a fact, a calculation or a name.
    Cells { columns: Vec<String>, rows: Vec<Vec<FactOrCalc>> },
}

/// A cell of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactOrCalc {
    Fact(FactRef),
    Calc { op: CalcOp, facts: Vec<FactRef> },
}

impl FactOrCalc {
    /// The cells that it is made of.
    #[must_use]
    pub fn facts(&self) -> &[FactRef] {
        match self {
            Self::Fact(fact) => std::slice::from_ref(fact),
            Self::Calc { facts, .. } => facts,
        }
    }
}

/// A chart over one piece of evidence; code draws it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftChart {
    pub title: Sentence,
    pub kind: ChartKind,
    pub evidence: String,
    /// The column of names or moments along the axis.
    pub x: String,
    /// The measure columns, drawn in this order.
    pub y: Vec<String>,
    /// The column that splits rows into series, for stacked bars and lines.
    #[serde(default)]
    pub series: Option<String>,
}

/// Kinds of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    Bars,
    StackedBars,
    Line,
    /// Steps from a first to a last total: the bridge.
    Waterfall,
}

/// A whole answer as a model submits it. [`schema`] says what models are told about its form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    pub status: Status,
    // Code fills it from the request that the tools were asked with; a model has no say in it.
    #[serde(default)]
    pub reading: Option<Map<String, Value>>,
    pub headline: Sentence,
    /// Paragraphs under the headline.
    #[serde(default)]
    pub body: Vec<Sentence>,
    /// Evidence shown as a table under the text, with the columns to show (empty: all).
    #[serde(default)]
    pub tables: Vec<DraftTable>,
    #[serde(default)]
    pub result: DraftResult,
    /// Named scalars beside the result, e.g. `regime`, `unit_cost_from`; names as answer documents fix them.
    #[serde(default)]
    pub verdict: BTreeMap<String, FactRef>,
    #[serde(default)]
    pub findings: Vec<DraftFinding>,
    /// Likeliest first; scores never rise from one to the next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hypotheses: Vec<DraftHypothesis>,
    #[serde(default)]
    pub assumptions: Vec<DraftAssumption>,
    #[serde(default)]
    pub gaps: Vec<DraftGap>,
    #[serde(default)]
    pub charts: Vec<DraftChart>,
    /// Questions that could be asked next.
    #[serde(default)]
    pub next: Vec<Sentence>,
    /// The round unit that the question asked amounts in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
}

/// A piece of evidence that is shown as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftTable {
    pub evidence: String,
    #[serde(default)]
    pub columns: Vec<String>,
}
