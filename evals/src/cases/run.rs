//! Runs a case: the tools that answer from its tables, its scripts, and the team.

use std::{sync::Arc, time::Duration};

use futures::future::{BoxFuture, FutureExt as _, ready};
use jiff::civil::date;
use serde::Deserialize;
use serde_json::{Map, Value};
use wherefore_contract::{
    answer::Answer,
    evidence::period_named,
    filter::Filter,
    ports::ToolCaller,
    quality::{Notice, NoticeCode, Severity},
    question::{Language, Question},
    table::{Column, Table},
    tool::{FactTable, ToolCall, ToolData, ToolOutcome, ToolSpec},
    unit::Unit,
};
use wherefore_model::{ChatModel, Reply, ScriptedModel, StopReason, team};
use wherefore_team::{Budget, Role, RolePrompt, Roster, RunRecord, Settings, Silent, Team};

use super::{Case, CaseError, ColumnAnswer, TableAnswer, ToolAnswer, WORLD, check::contains};

/// Words of a reply in a script, in the place of a call.
const SAYS: &str = "says";

/// What came of a case.
#[derive(Debug)]
pub struct Outcome {
    pub answer: Answer,
    pub record: RunRecord,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct World {
    tool: Vec<ToolAnswer>,
}

impl Case {
    /// Asks its question of a team on `model`, over the tools of the case.
    ///
    /// # Errors
    /// When something in the case cannot be read.
    pub async fn run(&self, model: Arc<dyn ChatModel>) -> Result<Outcome, CaseError> {
        let world: World = toml::from_str(WORLD)
            .map_err(|source| CaseError::Unread { source: Box::new(source) })?;
        let answers: Vec<ToolAnswer> = self.tool.iter().cloned().chain(world.tool).collect();
        let tools = Tools::new(self, answers)?;
        let language = match self.language.as_deref() {
            Some("ko") => Language::Ko,
            _ => Language::En,
        };
        let mut question = Question::parse(&self.question, Some(language), date(2024, 10, 15))
            .map_err(|error| self.broken(error))?;
        for memory in &self.remembered {
            let memory = serde_json::from_str(memory).map_err(|error| self.broken(error))?;
            question.remembered.push(memory);
        }
        let team = Team::of(self.roster()?, model, Settings::new(|| 0))
            .map_err(|error| self.broken(error))?;
        let (answer, record) = team.answer_with_record(&question, &tools, &Silent).await;
        Ok(Outcome { answer: answer.into_answer(), record })
    }

    /// The replies of a competent model.
    ///
    /// # Errors
    /// When the arguments of a call are no JSON.
    pub fn script(&self) -> Result<ScriptedModel, CaseError> {
        self.scripted(self.script.iter())
    }

    /// The replies of a model that breaks the rule.
    ///
    /// # Errors
    /// When the arguments of a call are no JSON.
    pub fn wrong_script(&self) -> Result<ScriptedModel, CaseError> {
        let replaced =
            |reply: &&Vec<String>| self.wrong.iter().all(|wrong| wrong.first() != reply.first());
        self.scripted(self.script.iter().filter(replaced).chain(&self.wrong))
    }

    fn scripted<'a>(
        &self,
        replies: impl Iterator<Item = &'a Vec<String>>,
    ) -> Result<ScriptedModel, CaseError> {
        let mut model = ScriptedModel::default();
        for reply in replies {
            let Some((role, said)) = reply.split_first() else { continue };
            let mut scripted = Reply::default();
            for (index, pair) in said.chunks(2).enumerate() {
                match pair {
                    [name, words] if name == SAYS => scripted.text = Some(words.clone()),
                    [name, arguments] => {
                        let arguments = self.json(arguments)?;
                        let call =
                            ToolCall { id: format!("c{index}"), name: name.clone(), arguments };
                        scripted.calls.push(call);
                        scripted.stop = StopReason::ToolUse;
                    }
                    _ => {
                        return Err(
                            self.broken(format!("`{pair:?}` is no tool with its arguments"))
                        );
                    }
                }
            }
            model = model.with(role, [scripted]);
        }
        Ok(model)
    }

    fn roster(&self) -> Result<Roster, CaseError> {
        let mut roster = Roster::default();
        if !self.remote.is_empty() {
            roster = roster
                .with_tools(team::ANALYZER, self.remote.clone())
                .map_err(|error| self.broken(error))?;
        }
        let Some(own) = &self.role else { return Ok(roster) };
        let role = Role {
            name: own.name.clone(),
            about: "Answers what its name says.".to_owned(),
            prompt: RolePrompt::Own(own.prompt.clone()),
            tools: own.tools.clone(),
            submission: team::SUBMIT_FINDINGS.to_owned(),
            budget: Budget::new(6, 8, Duration::from_secs(20)),
        };
        roster.with_role(role).map_err(|error| self.broken(error))
    }

    pub(super) fn json(&self, text: &str) -> Result<Map<String, Value>, CaseError> {
        let broken = || CaseError::Json { id: self.id.clone(), json: text.to_owned() };
        serde_json::from_str(text).map_err(|_| broken())
    }

    fn broken(&self, reason: impl std::fmt::Display) -> CaseError {
        CaseError::Broken { id: self.id.clone(), reason: reason.to_string() }
    }
}

/// Tools that give what the case and the world say, the first entry that fits a call.
struct Tools {
    specs: Vec<ToolSpec>,
    answers: Vec<(String, Map<String, Value>, ToolOutcome)>,
}

impl Tools {
    fn new(case: &Case, answers: Vec<ToolAnswer>) -> Result<Self, CaseError> {
        let mut specs: Vec<ToolSpec> = Vec::new();
        let mut held = Vec::new();
        for answer in answers {
            if specs.iter().all(|spec| spec.name != answer.name) {
                specs.push(ToolSpec {
                    name: answer.name.clone(),
                    description: String::new(),
                    input_schema: Map::new(),
                });
            }
            let when =
                answer.when.as_deref().map_or_else(|| Ok(Map::new()), |when| case.json(when))?;
            held.push((answer.name.clone(), when, outcome(answer)));
        }
        Ok(Self { specs, answers: held })
    }
}

impl ToolCaller for Tools {
    fn tools(&self) -> &[ToolSpec] {
        &self.specs
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        let arguments = Value::Object(call.arguments.clone());
        let fits = |(name, when, _): &&(String, Map<String, Value>, ToolOutcome)| {
            *name == call.name && contains(&arguments, &Value::Object(when.clone()))
        };
        let found = self.answers.iter().find(fits);
        let outcome = found.map(|(.., outcome)| filtered(outcome.clone(), &call.arguments));
        let unknown =
            || ToolOutcome::Error { message: format!("`{}` has no such data here", call.name) };
        ready(outcome.unwrap_or_else(unknown)).boxed()
    }
}

/// The tables with the conditions of their call, as the data's tools give them.
fn filtered(mut outcome: ToolOutcome, arguments: &Map<String, Value>) -> ToolOutcome {
    let filters = arguments.get("filters").cloned().unwrap_or_default();
    let filters: Vec<Filter> = serde_json::from_value(filters).unwrap_or_default();
    if let ToolOutcome::Data { data, .. } = &mut outcome {
        for table in &mut data.tables {
            table.filters.clone_from(&filters);
        }
    }
    outcome
}

fn outcome(answer: ToolAnswer) -> ToolOutcome {
    if let Some(message) = answer.error {
        return ToolOutcome::Error { message };
    }
    let notices: Vec<Notice> = answer.is_partial.then(open_bill).into_iter().collect();
    if let Some(searched) = answer.searched {
        return ToolOutcome::NoData { searched, notices };
    }
    let tables =
        answer.table.into_iter().map(|table| fact_table(table, !answer.is_partial)).collect();
    ToolOutcome::Data {
        data: Box::new(ToolData { tables, snapshot: "s000001".to_owned() }),
        notices,
    }
}

fn open_bill() -> Notice {
    Notice {
        code: NoticeCode::PartialPeriod,
        subject: String::new(),
        source: String::new(),
        billing_period: Some(date(2024, 9, 1)),
        severity: Severity::Warning,
        figures: std::collections::BTreeMap::default(),
        text: "the bill of 2024-09 is not closed".to_owned(),
    }
}

fn fact_table(table: TableAnswer, complete: bool) -> FactTable {
    let cells = |row: Vec<String>| {
        row.into_iter().map(|cell| (!cell.is_empty()).then_some(cell)).collect::<Vec<_>>()
    };
    FactTable {
        name: table.name,
        table: Table {
            columns: table.columns.into_iter().map(column).collect(),
            rows: table.rows.into_iter().map(cells).collect(),
        },
        source: "embedded:billing".to_owned(),
        statement: None,
        parameters: Vec::new(),
        period: table.period.as_deref().and_then(period_named),
        filters: Vec::new(),
        data_as_of: None,
        complete,
    }
}

fn column(answer: ColumnAnswer) -> Column {
    let period = answer.period.as_deref().and_then(period_named);
    let column = match answer.unit {
        Some(unit) => Column::measure(answer.name, Unit::parse(&unit)),
        None if answer.is_time => Column::time(answer.name),
        None => Column::dimension(answer.name),
    };
    Column { period, ..column }
}
