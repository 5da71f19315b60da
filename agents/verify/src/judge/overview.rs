//! What a whole draft speaks of: the periods, measures and conditions that its figures share.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::{
    answer::Status,
    dimension::Dimension,
    draft::{CalcOp, Draft, DraftResult, FactOrCalc, Scale, Sentence, Span},
    evidence::FactRef,
    filter::{Filter, FilterOp},
    period::Period,
    question::Language,
    table::ColumnKind,
    unit::Unit,
};

use crate::{
    context::Context,
    document::Written,
    escape,
    ledger::{self, Ledger, Role, role},
    render::{self, Phrase, phrase},
    resolve::{Kind, Piece},
};

/// What the sentences of a draft share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Overview {
    /// The draft answers nothing: it is declined or asks back.
    pub(crate) declines: bool,
    /// Periods of the levels that sentences show.
    pub(crate) figure_periods: BTreeSet<Period>,
    /// Periods that sentences of the answer itself name; gaps and next questions may name others.
    pub(crate) said_periods: BTreeSet<Period>,
    /// Periods of everything cited: sentences, result, tables, charts.
    pub(crate) cited_periods: BTreeSet<Period>,
    /// Measures that sentences show and whose unit does not already say what they are.
    pub(crate) measures: BTreeSet<String>,
    /// Measures of everything cited.
    pub(crate) cited_measures: BTreeSet<String>,
    /// Conditions of the evidence behind figures, by its id.
    pub(crate) filters: BTreeMap<String, Vec<Filter>>,
    /// The round unit that amounts are shown in.
    pub(crate) scale: Option<Scale>,
}

pub(crate) fn declines(status: Status) -> bool {
    match status {
        Status::Declined | Status::NeedsClarification => true,
        Status::Answered | Status::Partial => false,
    }
}

/// Whether the unit of a figure already says what is counted: "5,000 transactions", "건당 $0.01".
pub(crate) fn says_itself(unit: &Unit) -> bool {
    match unit {
        Unit::Count(noun) => noun != "distinct",
        Unit::CurrencyPer { .. } => true,
        Unit::Currency(_) | Unit::Quantity(_) | Unit::Percent | Unit::Ratio => false,
    }
}

/// The cells that a sentence takes figures from.
pub(crate) fn figure_facts(sentence: &Sentence) -> impl Iterator<Item = &FactRef> {
    let figures =
        sentence.0.iter().filter(|span| !matches!(span, Span::Name { .. } | Span::Measure { .. }));
    figures.flat_map(Span::facts)
}

impl Overview {
    pub(crate) fn of(draft: &Draft, ledger: &Ledger) -> Self {
        let mut overview =
            Self { declines: declines(draft.status), scale: draft.scale, ..Self::default() };
        for sentence in all_sentences(draft) {
            for at in figure_facts(sentence) {
                overview.add_figure(at, ledger);
            }
            sentence.0.iter().for_each(|span| overview.add_periods(span, ledger));
        }
        let own = std::iter::once(&draft.headline)
            .chain(&draft.body)
            .chain(draft.assumptions.iter().map(|assumption| &assumption.sentence));
        overview.said_periods.extend(own.flat_map(|sentence| &sentence.0).filter_map(|span| {
            if let Span::Period { period } = span { Some(*period) } else { None }
        }));
        for at in result_facts(&draft.result).into_iter().chain(draft.verdict.values()) {
            overview.cite(at, ledger);
        }
        let rows_of = match &draft.result {
            DraftResult::Rows { evidence, .. } => Some(evidence.as_str()),
            DraftResult::None | DraftResult::Scalar { .. } | DraftResult::Cells { .. } => None,
        };
        let tables = draft.tables.iter().map(|table| table.evidence.as_str());
        let charts = draft.charts.iter().map(|chart| chart.evidence.as_str());
        for id in rows_of.into_iter().chain(tables).chain(charts) {
            overview.cite_whole(id, ledger);
        }
        overview
    }

    fn add_figure(&mut self, at: &FactRef, ledger: &Ledger) {
        self.cite(at, ledger);
        let Some(fact) = ledger.fact(at) else { return };
        if needs_measure(at, &fact.unit) {
            self.measures.insert(ledger.measure(at));
        }
    }

    // A sum or mean over several periods belongs to the stretch from the first to the last.
    fn add_periods(&mut self, span: &Span, ledger: &Ledger) {
        let level = |at: &&FactRef| matches!(role(&at.column), Role::Level);
        let period = |at: &FactRef| ledger.fact(at).and_then(|fact| fact.period);
        match span {
            Span::Calc { op: CalcOp::Sum | CalcOp::Mean, facts, .. } => {
                let periods: Vec<Period> = facts.iter().filter_map(period).collect();
                let start = periods.iter().map(|period| period.start()).min();
                let end = periods.iter().map(|period| period.end()).max();
                let whole = start.zip(end).and_then(|(start, end)| Period::new(start, end).ok());
                self.figure_periods.extend(whole);
                self.cited_periods.extend(whole);
            }
            Span::Calc { facts, .. } => {
                self.figure_periods.extend(facts.iter().filter(level).filter_map(period));
            }
            Span::Value { fact, .. } | Span::Extreme { fact, .. } | Span::Place { fact, .. } => {
                self.figure_periods.extend(Some(fact).filter(level).and_then(period));
            }
            Span::Trend { from, to, .. } => {
                self.figure_periods
                    .extend(from.iter().chain(Some(to)).filter(level).filter_map(period));
            }
            Span::Text { .. }
            | Span::Name { .. }
            | Span::Quote { .. }
            | Span::Measure { .. }
            | Span::Period { .. }
            | Span::Count { .. }
            | Span::Asked { .. }
            | Span::Terms { .. }
            | Span::Since { .. }
            | Span::Dimension { .. }
            | Span::Particle { .. } => {}
        }
    }

    fn cite(&mut self, at: &FactRef, ledger: &Ledger) {
        let Some(fact) = ledger.fact(at) else { return };
        self.cited_periods.extend(fact.period);
        self.cited_measures.insert(ledger.measure(at));
        self.cited_measures.insert(render::base_measure(&at.column).to_owned());
        if let Some(evidence) = ledger.evidence(&at.evidence) {
            self.cited_periods.extend(evidence.facts.period);
            self.filters.insert(at.evidence.clone(), evidence.facts.filters.clone());
        }
    }

    fn cite_whole(&mut self, id: &str, ledger: &Ledger) {
        let Some(evidence) = ledger.evidence(id) else { return };
        self.cited_periods.extend(ledger::periods(evidence));
        let measures =
            evidence.facts.table.columns.iter().filter(|c| c.kind == ColumnKind::Measure);
        self.cited_measures.extend(measures.map(|c| render::base_measure(&c.name).to_owned()));
        self.filters.insert(id.to_owned(), evidence.facts.filters.clone());
    }
}

/// Whether a figure needs the name of its measure beside it, in the sentence or for the whole answer.
pub(crate) fn needs_measure(at: &FactRef, unit: &Unit) -> bool {
    matches!(role(&at.column), Role::Level | Role::Change) && !says_itself(unit)
}

fn all_sentences(draft: &Draft) -> impl Iterator<Item = &Sentence> {
    std::iter::once(&draft.headline)
        .chain(&draft.body)
        .chain(draft.findings.iter().map(|finding| &finding.sentence))
        .chain(draft.assumptions.iter().map(|assumption| &assumption.sentence))
        .chain(draft.gaps.iter().map(|gap| &gap.sentence))
        .chain(draft.gaps.iter().map(|gap| &gap.effect))
}

fn result_facts(result: &DraftResult) -> Vec<&FactRef> {
    match result {
        DraftResult::Scalar { value, .. } => value.facts().iter().collect(),
        DraftResult::Cells { rows, .. } => {
            rows.iter().flatten().flat_map(FactOrCalc::facts).collect()
        }
        DraftResult::None | DraftResult::Rows { .. } => Vec::new(),
    }
}

/// What code adds to a draft so that its figures are not misread.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    pub(crate) assumptions: Vec<(String, Written)>,
    pub(crate) gaps: Vec<(String, String, Written)>,
    pub(crate) partial: bool,
}

/// States the period, the measure and the conditions that figures share where the draft does not,
/// and declares figures of periods that are not loaded in full.
pub(crate) fn notes(
    draft: &Draft,
    context: &Context,
    ledger: &Ledger,
    overview: &Overview,
) -> Notes {
    let mut notes = Notes::default();
    if overview.declines {
        return notes;
    }
    let language = context.question.language();
    let spans: Vec<&Span> = all_sentences(draft).flat_map(|sentence| &sentence.0).collect();
    note_period(&mut notes, &spans, ledger, overview, language);
    note_measure(&mut notes, &spans, ledger, overview, language);
    note_filters(&mut notes, &spans, context, ledger, overview, language);
    note_partial(&mut notes, draft, ledger, overview, language);
    notes
}

fn note_period(
    notes: &mut Notes,
    spans: &[&Span],
    ledger: &Ledger,
    overview: &Overview,
    language: Language,
) {
    let time = |fact: &FactRef| ledger.column(fact).is_some_and(|c| c.kind == ColumnKind::Time);
    let said = spans.iter().any(|span| {
        matches!(span, Span::Period { .. }) || matches!(span, Span::Name { fact } if time(fact))
    });
    if said {
        return;
    }
    for period in &overview.figure_periods {
        let mut words = Written::words(phrase(Phrase::Periods, language));
        push_period(&mut words, *period, language);
        notes.assumptions.push(("period".to_owned(), words));
    }
}

fn push_period(words: &mut Written, period: Period, language: Language) {
    let exact = Some(period.to_string());
    words.push_claim(render::period(period, language), "period", exact, &[]);
}

fn note_measure(
    notes: &mut Notes,
    spans: &[&Span],
    ledger: &Ledger,
    overview: &Overview,
    language: Language,
) {
    let said = spans.iter().any(|span| matches!(span, Span::Measure { .. }));
    if said || overview.measures.is_empty() {
        return;
    }
    let cited = spans.iter().filter_map(|span| match span {
        Span::Value { fact, .. } | Span::Extreme { fact, .. } | Span::Place { fact, .. } => {
            Some(fact)
        }
        Span::Calc { facts, .. } => facts.first(),
        Span::Text { .. }
        | Span::Name { .. }
        | Span::Quote { .. }
        | Span::Measure { .. }
        | Span::Trend { .. }
        | Span::Period { .. }
        | Span::Count { .. }
        | Span::Asked { .. }
        | Span::Terms { .. }
        | Span::Since { .. }
        | Span::Dimension { .. }
        | Span::Particle { .. } => None,
    });
    let mut seen: Vec<String> = Vec::new();
    for at in cited {
        let base = ledger.measure(at);
        if !overview.measures.contains(&base) || seen.contains(&base) {
            continue;
        }
        let mut words = Written::words(phrase(Phrase::Measures, language));
        let shown = escape::name(&render::measure(&base, language));
        // The claim points at a column of that measure in the same evidence.
        let column = ledger.evidence(&at.evidence).and_then(|evidence| {
            let columns = evidence.facts.table.columns.iter();
            columns.map(|c| &c.name).find(|name| render::base_measure(name) == base)
        });
        if let Some(column) = column {
            let fact = FactRef::new(at.evidence.clone(), at.row, column.clone());
            words.push_claim(shown, "measure", None, &[fact]);
            notes.assumptions.push(("cost_metric".to_owned(), words));
        }
        seen.push(base);
    }
}

fn note_filters(
    notes: &mut Notes,
    spans: &[&Span],
    context: &Context,
    ledger: &Ledger,
    overview: &Overview,
    language: Language,
) {
    let mut seen: Vec<&Filter> = Vec::new();
    for (id, filters) in &overview.filters {
        // Charges without any tag are told in one line, however many keys there are.
        let untagged = untagged_words(filters, language);
        if let Some(shown) = &untagged
            && !notes.assumptions.iter().any(|(_, words)| words.text.ends_with(shown.as_str()))
        {
            let mut words = Written::words(phrase(Phrase::Filters, language));
            words.push_claim(shown.clone(), "untagged", Some(id.clone()), &[]);
            notes.assumptions.push(("filters".to_owned(), words));
        }
        for (index, filter) in filters.iter().enumerate() {
            let said = spans.iter().any(|span| mentions(span, filter, context, ledger));
            let told = untagged.is_some() && is_untagged(filter);
            if said || told || seen.contains(&filter) {
                continue;
            }
            seen.push(filter);
            let mut words = Written::words(phrase(Phrase::Filters, language));
            let at = Some(format!("{id}/{index}"));
            words.push_claim(filter_words(filter, language), "filter", at, &[]);
            notes.assumptions.push(("filters".to_owned(), words));
        }
    }
}

// From so many keys on, charges without tags are told by their count.
const UNTAGGED_FROM: usize = 4;

/// Whether a condition asks for charges without a tag of this key.
pub(crate) fn is_untagged(filter: &Filter) -> bool {
    filter.op == FilterOp::IsNull && matches!(filter.dimension, Dimension::Tag(_))
}

/// How many tags charges must not carry, where there are many: "no value in any of 35 tags".
pub(crate) fn untagged_words(filters: &[Filter], language: Language) -> Option<String> {
    let count = filters.iter().filter(|filter| is_untagged(filter)).count();
    (count >= UNTAGGED_FROM).then(|| match language {
        Language::En => format!("no value in any of {count} tags"),
        Language::Ko => format!("태그 {count}개 모두 값 없음"),
    })
}

/// A condition in words, e.g. `region in us-east-1`.
pub(crate) fn filter_words(filter: &Filter, language: Language) -> String {
    let column = render::column(&filter.dimension.name(), language);
    let values: Vec<String> = filter.values.iter().map(|value| escape::name(value)).collect();
    let values = values.join(", ");
    match (filter.op, language) {
        (FilterOp::In, _) => format!("{column}: {values}"),
        (FilterOp::NotIn, Language::En) => format!("{column}: not {values}"),
        (FilterOp::NotIn, Language::Ko) => format!("{column}: {values} 제외"),
        (FilterOp::Contains, Language::En) => format!("{column} contains {values}"),
        (FilterOp::Contains, Language::Ko) => format!("{column}: {values} 포함"),
        (FilterOp::NotContains, Language::En) => format!("{column} does not contain {values}"),
        (FilterOp::NotContains, Language::Ko) => format!("{column}: {values} 미포함"),
        (FilterOp::IsNull, Language::En) => format!("{column} has no value"),
        (FilterOp::IsNull, Language::Ko) => format!("{column}: 값 없음"),
        (FilterOp::NotNull, Language::En) => format!("{column} has a value"),
        (FilterOp::NotNull, Language::Ko) => format!("{column}: 값 있음"),
    }
}

/// Whether a span tells the reader of a condition.
pub(crate) fn mentions(span: &Span, filter: &Filter, context: &Context, ledger: &Ledger) -> bool {
    let words = ledger::filter_words(filter);
    let same = |said: &str| says_one_of(&words, said);
    match span {
        Span::Name { fact } => ledger
            .evidence(&fact.evidence)
            .and_then(|evidence| evidence.name(fact.row, &fact.column))
            .is_some_and(same),
        Span::Asked { start, end } => context.question.text().get(*start..*end).is_some_and(same),
        Span::Dimension { dimension } => same(&dimension.name()),
        Span::Text { .. }
        | Span::Quote { .. }
        | Span::Value { .. }
        | Span::Calc { .. }
        | Span::Measure { .. }
        | Span::Trend { .. }
        | Span::Extreme { .. }
        | Span::Place { .. }
        | Span::Period { .. }
        | Span::Count { .. }
        | Span::Terms { .. }
        | Span::Since { .. }
        | Span::Particle { .. } => false,
    }
}

/// The same as [`mentions`], for a span that is already resolved.
pub(crate) fn piece_mentions(piece: &Piece, filter: &Filter, ledger: &Ledger) -> bool {
    let same = |said: &str| says_one_of(&ledger::filter_words(filter), said);
    if let Kind::Asked { words } = &piece.kind {
        return same(words);
    }
    if piece.kind == Kind::Dimension {
        return piece.exact.as_deref().is_some_and(same);
    }
    let at = piece.facts.first().filter(|_| piece.kind == Kind::Name);
    at.and_then(|at| ledger.evidence(&at.evidence)?.name(at.row, &at.column)).is_some_and(same)
}

fn says_one_of(words: &[String], said: &str) -> bool {
    let said = said.to_lowercase();
    words.iter().any(|word| {
        let word = word.to_lowercase();
        said == word || (said.chars().count() > 1 && (said.contains(&word) || word.contains(&said)))
    })
}

/// The cells that resolved pieces take figures, directions and ranks from.
pub(crate) fn figure_facts_of(pieces: &[Piece]) -> impl Iterator<Item = &FactRef> {
    let figures = pieces.iter().filter(|piece| {
        piece.is_figure()
            || matches!(piece.kind, Kind::Trend { .. } | Kind::Extreme { .. } | Kind::Place { .. })
    });
    figures.flat_map(|piece| &piece.facts)
}

fn note_partial(
    notes: &mut Notes,
    draft: &Draft,
    ledger: &Ledger,
    overview: &Overview,
    language: Language,
) {
    let declared = |code: &str| code.starts_with("partial") || code.starts_with("missing");
    let gaps = draft.gaps.iter().map(|gap| gap.code.as_str());
    let said = gaps.chain(draft.assumptions.iter().map(|each| each.code.as_str())).any(declared);
    let mut periods = BTreeSet::new();
    let mut partial = false;
    for id in overview.filters.keys() {
        if let Some(evidence) = ledger.evidence(id)
            && !evidence.facts.complete
        {
            partial = true;
            periods.extend(evidence.facts.period);
        }
    }
    notes.partial = partial;
    if !partial || said {
        return;
    }
    let mut words = Written::words(phrase(Phrase::Partial, language));
    for (index, period) in periods.iter().enumerate() {
        words.push(if index > 0 { ", " } else { "" });
        push_period(&mut words, *period, language);
    }
    notes.gaps.push(("partial_period".to_owned(), "cost".to_owned(), words));
}
