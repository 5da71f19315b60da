//! A model that does its worst on purpose: the same seed, agent and turn give the same reply.

mod acts;

use std::time::Duration;

use futures::future::{BoxFuture, FutureExt as _};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use wherefore_contract::{
    Decimal,
    answer::Status,
    draft::{ChartKind, Draft, DraftChart, Sentence},
    question::Language,
    tool::ToolCall,
};
use wherefore_model::{
    ChatModel, ModelError, ModelRequest, Price, Reply,
    team::{ANALYZER, COLLECTOR, RESEARCH, SUBMIT_ANSWER, SUBMIT_FINDINGS},
    wire,
};

use super::{
    asked::Asked,
    behaviour::Behaviour,
    calls, honest,
    honest::{ReadTable, object, reply_of, turn},
    lies, obey,
};
use crate::gate::Dice;

/// What every such model is called.
pub(super) const NAME: &str = "hostile";

/// The most tokens that a reply uses unless it lies about that.
pub(super) const REPLY_TOKENS: u64 = 2_000;

/// A model for one question.
pub(super) struct HostileModel {
    seed: u64,
    asked: &'static Asked,
    /// What it does; empty for an honest model.
    mix: Vec<Behaviour>,
    price: Price,
    /// Whether it looks at what a server of others says, too.
    asks_server: bool,
}

impl HostileModel {
    pub(super) fn new(seed: u64, asked: &'static Asked, mix: Vec<Behaviour>) -> Self {
        Self { seed, asked, mix, price: price(), asks_server: seed.is_multiple_of(5) }
    }

    pub(super) fn with_server(self) -> Self {
        Self { asks_server: true, ..self }
    }
}

/// A price with which a few dozen replies cost a dollar.
pub(super) fn price() -> Price {
    Price {
        input: Decimal::from(3),
        output: Decimal::from(15),
        cache_read: None,
        cache_write: None,
        source: "made up for this suite".to_owned(),
    }
}

/// Choices of a seed at one place of one conversation.
fn dice(seed: u64, agent: &str, turn: usize) -> Dice {
    // FNV-1a over the place, so that neighbouring seeds share nothing.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let turn = u64::try_from(turn).unwrap_or(0).to_le_bytes();
    for byte in seed.to_le_bytes().iter().chain(agent.as_bytes()).chain(&turn) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    Dice::from(ChaCha8Rng::seed_from_u64(hash))
}

/// What the model of a seed does: one to four ways, taking turns so that a thousand seeds hold each often.
pub(super) fn mix(seed: u64) -> Vec<Behaviour> {
    let mut dice = dice(seed, "mix", 0);
    let count = u64::try_from(Behaviour::ALL.len()).unwrap_or(1);
    let first = usize::try_from(seed % count).unwrap_or(0);
    let mut mix: Vec<Behaviour> = Behaviour::ALL.get(first).copied().into_iter().collect();
    for _ in 0..dice.below(4) {
        // Nothing comes of the others where nothing is ever answered.
        let more = dice.pick(Behaviour::ALL).copied().filter(|one| *one != Behaviour::Hangs);
        mix.extend(more.filter(|one| !mix.contains(one)));
    }
    mix.sort_unstable();
    mix
}

impl ChatModel for HostileModel {
    fn name(&self) -> &str {
        NAME
    }

    fn max_output_tokens(&self) -> u64 {
        REPLY_TOKENS / 2
    }

    fn price(&self) -> Option<&Price> {
        Some(&self.price)
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        async move {
            let turn = turn(&request);
            let mut dice = dice(self.seed, request.agent, turn);
            // Now and then it is honest, so that what it does wrong comes deep into a run, too.
            let way = if dice.below(3) == 0 { None } else { dice.pick(&self.mix).copied() };
            if way == Some(Behaviour::Hangs) && turn + dice.below(3) > 1 {
                futures::future::pending::<()>().await;
            }
            self.next(way, &request, &mut dice)
        }
        .boxed()
    }
}

struct Scene<'a, 'r> {
    request: &'a ModelRequest<'r>,
    asked: &'static Asked,
    results: Vec<Value>,
    tables: Vec<ReadTable>,
    language: Language,
}

impl HostileModel {
    fn next(
        &self,
        way: Option<Behaviour>,
        request: &ModelRequest<'_>,
        dice: &mut Dice,
    ) -> Result<Reply, ModelError> {
        let results = honest::results(&wire::read(request.messages, request.view));
        let tables = honest::tables(&results);
        let language = request.question.language();
        let scene = Scene { request, asked: self.asked, results, tables, language };
        let honest = honest::reply(self.asked, self.asks_server, request);
        match way {
            None => Ok(honest),
            Some(Behaviour::Fails) if dice.below(2) == 0 => Err(failure(dice)),
            Some(way) => Ok(scene.act(way, honest, dice)),
        }
    }
}

fn failure(dice: &mut Dice) -> ModelError {
    let (model, reason) = (NAME.to_owned(), "the bill is $9,999".to_owned());
    match dice.below(7) {
        0 => ModelError::Malformed { model, reason },
        1 => ModelError::Cut { model, reason },
        2 => ModelError::Throttled { model, reason, retry_after: Some(Duration::from_millis(1)) },
        3 => ModelError::Timeout { model, limit: Duration::from_secs(1) },
        4 => ModelError::Denied { model, reason },
        5 => ModelError::TooLong { model },
        _ => ModelError::Rejected { model, reason },
    }
}

impl Scene<'_, '_> {
    fn role(&self) -> &str {
        self.request.role
    }

    fn calls(&self, calls: impl IntoIterator<Item = calls::Call>) -> Reply {
        reply_of(self.request, calls)
    }

    fn act(&self, way: Behaviour, honest: Reply, dice: &mut Dice) -> Reply {
        match way {
            Behaviour::InventsTools
            | Behaviour::CallsToolsOfOthers
            | Behaviour::TriesToWrite
            | Behaviour::SqlInArguments
            | Behaviour::BrokenArguments
            | Behaviour::BrokenSubmission
            | Behaviour::SameCallAgain
            | Behaviour::SameCallVaried
            | Behaviour::PingPong
            | Behaviour::DelegatesBelow
            | Behaviour::FiftyCalls
            | Behaviour::SubmitsAndCalls
            | Behaviour::StrangeIds => self.calls_badly(way, &honest, dice),
            Behaviour::DigitsInWords
            | Behaviour::NumberWords
            | Behaviour::FactsOfOthers
            | Behaviour::WrongCompany
            | Behaviour::WrongWords
            | Behaviour::FalseNames
            | Behaviour::AddressesAndMarkup
            | Behaviour::DeclinesWithFigures => self.lies(way, honest, dice),
            Behaviour::ObeysTheData => self.obeys(honest),
            Behaviour::NeverFinishes
            | Behaviour::SaysNothing
            | Behaviour::Refuses
            | Behaviour::IsCutShort
            | Behaviour::Floods
            | Behaviour::HugeUsage
            | Behaviour::ThinksInFigures
            | Behaviour::Fails
            | Behaviour::Hangs => self.misbehaves(way, honest, dice),
        }
    }

    fn lie(&self, way: Behaviour, dice: &mut Dice) -> Sentence {
        if way == Behaviour::NumberWords {
            lies::number_words(dice)
        } else if way == Behaviour::FactsOfOthers {
            lies::foreign_facts(&self.tables, dice)
        } else if way == Behaviour::WrongCompany {
            lies::wrong_company(&self.tables, self.request.question, dice)
        } else if way == Behaviour::WrongWords {
            lies::wrong_words(dice)
        } else if way == Behaviour::AddressesAndMarkup {
            lies::markup(dice)
        } else {
            lies::digits(dice)
        }
    }

    /// Puts lies into whatever honest submission stands there; other replies stay as they are.
    fn lies(&self, way: Behaviour, mut honest: Reply, dice: &mut Dice) -> Reply {
        for call in &mut honest.calls {
            match call.name.as_str() {
                SUBMIT_ANSWER => {
                    let read = serde_json::from_value(Value::Object(call.arguments.clone()));
                    let mut draft: Draft = read.unwrap_or_else(|_| honest::declined(self.language));
                    self.spoil(way, &mut draft, dice);
                    call.arguments = object(serde_json::to_value(draft).unwrap_or_default());
                }
                SUBMIT_FINDINGS => {
                    let (finding, gap) = (self.lie(way, dice), self.lie(way, dice));
                    call.arguments = object(json!({
                        "findings": [{ "sentence": finding, "evidence": ["e1", "e99"] }],
                        "gaps": [{ "code": "missing_data", "source": "cost", "sentence": gap }],
                    }));
                }
                ANALYZER | COLLECTOR | RESEARCH => {
                    let task = self.lie(way, dice);
                    call.arguments.insert("task".to_owned(), json!(words_of(&task)));
                }
                _ => {}
            }
        }
        if dice.below(4) == 0 {
            honest.text = Some(words_of(&self.lie(way, dice)));
        }
        honest
    }

    fn spoil(&self, way: Behaviour, draft: &mut Draft, dice: &mut Dice) {
        if way == Behaviour::DeclinesWithFigures {
            draft.status =
                if dice.below(2) == 0 { Status::Declined } else { Status::NeedsClarification };
            draft.headline = lies::digits(dice);
            let figures = lies::foreign_facts(&self.tables, dice);
            draft.gaps.push(wherefore_contract::draft::DraftGap {
                effect: figures,
                ..honest::gap_of("missing_data", "The cost is nowhere.")
            });
            draft.next = vec![lies::number_words(dice), lies::foreign_facts(&self.tables, dice)];
            return;
        }
        if way == Behaviour::FalseNames {
            lies::false_names(draft, &self.tables, dice);
            return;
        }
        let lie = self.lie(way, dice);
        match dice.below(8) {
            0 => draft.headline = lie,
            1 => draft.body.push(lie),
            2 => draft.headline.0.extend(lie.0),
            3 => draft.next.push(lie),
            4 => draft.assumptions.push(wherefore_contract::draft::DraftAssumption {
                sentence: lie,
                ..honest::assumption_of("read_as", "")
            }),
            5 => draft.gaps.push(wherefore_contract::draft::DraftGap {
                sentence: lie.clone(),
                effect: lie,
                ..honest::gap_of("missing_data", "")
            }),
            6 => draft.charts.extend(self.chart(lie, dice)),
            _ => draft.findings.push(wherefore_contract::draft::DraftFinding {
                sentence: lie,
                evidence: vec!["e1".to_owned(), "e9999".to_owned()],
            }),
        }
        for _ in 0..dice.below(3) {
            draft.body.push(self.lie(way, dice));
        }
    }

    fn chart(&self, title: Sentence, dice: &mut Dice) -> Option<DraftChart> {
        let table = dice.pick(&self.tables)?;
        let kinds =
            [ChartKind::Bars, ChartKind::Line, ChartKind::StackedBars, ChartKind::Waterfall];
        Some(DraftChart {
            title,
            kind: dice.pick(&kinds).copied().unwrap_or(ChartKind::Bars),
            evidence: table.id.clone(),
            x: table.columns.first()?.name.clone(),
            y: table.named("measure").take(1 + dice.below(2)).map(str::to_owned).collect(),
            series: None,
        })
    }

    /// Does what texts in tool results tell it to do.
    fn obeys(&self, mut honest: Reply) -> Reply {
        let orders = obey::orders(&self.results);
        if orders.is_empty() {
            return honest;
        }
        let named: Vec<calls::Call> = orders.iter().flat_map(|order| obey::calls(order)).collect();
        if !named.is_empty() && turn(self.request) < 2 {
            return self.calls(named);
        }
        for call in &mut honest.calls {
            obey::into_submission(call, &orders, self.language);
        }
        honest.text = orders.first().cloned();
        honest
    }
}

fn words_of(sentence: &Sentence) -> String {
    let words = sentence.0.iter().map(|span| {
        if let wherefore_contract::draft::Span::Text { text } = span {
            text.clone()
        } else {
            serde_json::to_string(span).unwrap_or_default()
        }
    });
    words.collect()
}

impl std::fmt::Debug for HostileModel {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("HostileModel")
            .field("seed", &self.seed)
            .field("mix", &self.mix)
            .finish_non_exhaustive()
    }
}

/// Whether two calls are the same one.
pub(super) fn is_same(one: &ToolCall, other: &ToolCall) -> bool {
    one.name == other.name && one.arguments == other.arguments
}
