//! Builds sentences span by span.

use wherefore_contract::{
    dimension::Dimension,
    draft::{CalcOp, Extreme, Format, Particle, Sentence, Span, TrendStyle},
    evidence::FactRef,
    period::Period,
};

use super::scene::Word;
use crate::request::Slice;

/// A sentence in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Line(Vec<Span>);

impl Line {
    pub(super) fn text(mut self, text: &str) -> Self {
        if let Some(Span::Text { text: before }) = self.0.last_mut() {
            before.push_str(text);
        } else {
            self.0.push(Span::Text { text: text.to_owned() });
        }
        self
    }

    fn with(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }

    pub(super) fn value(self, fact: FactRef) -> Self {
        self.with(Span::Value { fact, format: Format::Auto })
    }

    pub(super) fn signed(self, fact: FactRef) -> Self {
        self.with(Span::Value { fact, format: Format::Signed })
    }

    pub(super) fn absolute(self, fact: FactRef) -> Self {
        self.with(Span::Value { fact, format: Format::Absolute })
    }

    pub(super) fn calc(self, op: CalcOp, facts: Vec<FactRef>, format: Format) -> Self {
        self.with(Span::Calc { op, facts, format })
    }

    pub(super) fn name(self, fact: FactRef) -> Self {
        self.with(Span::Name { fact })
    }

    /// The names of one row: the first one, and what tells it closer in brackets.
    pub(super) fn names(self, facts: &[FactRef]) -> Self {
        let line = facts.iter().enumerate().fold(self, |line, (index, fact)| {
            let between = match index {
                0 => "",
                1 => " (",
                _ => ", ",
            };
            let line = if between.is_empty() { line } else { line.text(between) };
            line.name(fact.clone())
        });
        if facts.len() > 1 { line.text(")") } else { line }
    }

    pub(super) fn measure(self, fact: FactRef) -> Self {
        self.with(Span::Measure { fact })
    }

    pub(super) fn trend(self, from: Option<FactRef>, to: FactRef) -> Self {
        self.with(Span::Trend { from, to, style: TrendStyle::Verb })
    }

    /// The direction of a change as a noun: "rise", "증가".
    pub(super) fn trend_noun(self, change: FactRef) -> Self {
        self.with(Span::Trend { from: None, to: change, style: TrendStyle::Noun })
    }

    pub(super) fn extreme(self, fact: FactRef, which: Extreme) -> Self {
        self.with(Span::Extreme { fact, which })
    }

    /// The place of a figure in its column: "the 2nd largest".
    pub(super) fn place(self, fact: FactRef, which: Extreme) -> Self {
        self.with(Span::Place { fact, which })
    }

    pub(super) fn dimension(self, dimension: &Dimension) -> Self {
        self.with(Span::Dimension { dimension: dimension.clone() })
    }

    /// Names of dimensions with words between them.
    pub(super) fn dimensions(self, dimensions: &[Dimension], between: &str) -> Self {
        dimensions.iter().enumerate().fold(self, |line, (index, dimension)| {
            let line = if index > 0 { line.text(between) } else { line };
            line.dimension(dimension)
        })
    }

    /// The thresholds and limits of the call behind `evidence`.
    pub(super) fn terms(self, evidence: &str) -> Self {
        self.with(Span::Terms { evidence: evidence.to_owned() })
    }

    /// The version of the FOCUS standard that brought a column.
    pub(super) fn since(self, dimension: &Dimension) -> Self {
        self.with(Span::Since { dimension: dimension.clone() })
    }

    pub(super) fn period(self, period: Period) -> Self {
        self.with(Span::Period { period })
    }

    pub(super) fn count(self, evidence: &str) -> Self {
        self.with(Span::Count { evidence: evidence.to_owned() })
    }

    pub(super) fn asked(self, (start, end): Slice) -> Self {
        self.with(Span::Asked { start, end })
    }

    /// Parts of the question, parted by commas.
    pub(super) fn all_asked(self, slices: &[Slice]) -> Self {
        let words: Vec<Word> = slices.iter().copied().map(Word::Asked).collect();
        self.words(&words)
    }

    /// Names of conditions, parted by commas.
    pub(super) fn words(self, words: &[Word]) -> Self {
        words.iter().enumerate().fold(self, |line, (index, word)| {
            let line = if index > 0 { line.text(", ") } else { line };
            match word {
                Word::Name(fact) => line.name(fact.clone()),
                Word::Asked(slice) => line.asked(*slice),
                Word::Dimension(dimension) => line.dimension(dimension),
            }
        })
    }

    pub(super) fn particle(self, particle: Particle) -> Self {
        self.with(Span::Particle { particle })
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "only text joins the text before it")]
    pub(super) fn join(mut self, other: Self) -> Self {
        for span in other.0 {
            self = match span {
                Span::Text { text } => self.text(&text),
                span => self.with(span),
            };
        }
        self
    }

    pub(super) fn done(self) -> Sentence {
        Sentence(self.0)
    }
}
