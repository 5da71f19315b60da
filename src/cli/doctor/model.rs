//! The model end: whether the language model of the settings can be reached, answers and calls tools.

use jiff::civil::Date;
use wherefore_contract::question::Question;
use wherefore_providers::{
    ModelChoice,
    probe::{Standing, probe},
};

use super::{Check, Health};
use crate::{config::Config, wiring::model::prices};

pub(super) async fn checks(config: &Config, today: Date) -> Vec<Check> {
    let settings = &config.model;
    let prices = match prices(config) {
        Ok(prices) => prices,
        Err(problem) => return vec![Check::new("model", Health::Bad, problem.to_string())],
    };
    // Rules read the question, language models the messages of the probe: it only has to be there.
    let Ok(question) = Question::parse("ready?", None, today) else { return Vec::new() };
    let findings = probe(&settings.choice, &settings.options, &prices, &question).await;
    let is_used = settings.choice != ModelChoice::Offline;
    let mut checks: Vec<Check> = findings
        .into_iter()
        .map(|finding| {
            let health = match finding.standing {
                Standing::Fine => Health::Ok,
                Standing::Lacking => Health::Warning,
                Standing::Broken => Health::Bad,
            };
            Check::new(finding.what, health, finding.detail)
        })
        .collect();
    if is_used {
        checks.push(bounds(config));
    }
    checks
}

fn bounds(config: &Config) -> Check {
    let limits = config.model.limits;
    let tokens = limits.tokens.map_or("any number of".to_owned(), |tokens| tokens.to_string());
    let money = limits.money_usd.map_or("no bound in money".to_owned(), |usd| format!("{usd} USD"));
    let detail = format!(
        "at most {} replies, {} tool calls, {tokens} tokens, {money}; the rules answer when the model cannot",
        limits.turns, limits.tool_calls
    );
    Check::new("one question", Health::Ok, detail)
}
