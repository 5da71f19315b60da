//! What was spent and what was reached, by the spy's own count.

use std::collections::BTreeMap;

use wherefore_contract::Decimal;
use wherefore_model::Usage;

use super::{Case, Fault, fault};
use crate::hostile::model;

/// What one question may spend; `None` where nothing bounds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Model calls of all agents.
    pub(crate) turns: Option<usize>,
    /// Calls of tools of the data.
    pub(crate) tool_calls: Option<usize>,
    pub(crate) tokens: Option<u64>,
    pub(crate) money_usd: Option<Decimal>,
    /// Tools that each role may reach, by its name.
    pub(crate) tools: BTreeMap<String, Vec<String>>,
    /// Model calls and tool calls that one agent of a role may make.
    pub(crate) per_agent: BTreeMap<String, (usize, usize)>,
}

pub(super) fn check(case: &Case<'_>) -> Vec<Fault> {
    let mut faults = reached(case);
    faults.extend(whole(case));
    faults.extend(agents(case));
    faults
}

// Every call that reached a tool was made by an agent whose role has that tool.
fn reached(case: &Case<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for called in case.calls {
        let name = &called.call.name;
        let allowed = case.replies.iter().any(|reply| {
            let has = case.bounds.tools.get(&reply.role).is_some_and(|tools| tools.contains(name));
            has && reply.calls.iter().any(|call| model::is_same(call, &called.call))
        });
        if !allowed {
            faults.push(fault("write", format!("`{name}` ran for nobody who has it")));
        }
    }
    faults
}

fn tokens(usage: Usage) -> u64 {
    usage.input_tokens.saturating_add(usage.output_tokens)
}

fn money(usage: Usage) -> Decimal {
    model::price().of(usage)
}

// No model call begins once what had ended had used up a bound: then at most the calls under way are over it.
fn whole(case: &Case<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let bounds = case.bounds;
    let (replies, calls) = (case.replies, case.calls);
    if bounds.turns.is_some_and(|most| replies.len() > most + 1) {
        faults.push(fault("budget", format!("{} model calls", replies.len())));
    }
    if bounds.tool_calls.is_some_and(|most| calls.len() > most + 1) {
        faults.push(fault("budget", format!("{} tool calls", calls.len())));
    }
    for reply in replies {
        let (used, paid) = (tokens(reply.before), money(reply.before));
        if bounds.tokens.is_some_and(|most| used >= most) {
            faults.push(fault("budget", format!("a model call began after {used} tokens")));
        }
        if bounds.money_usd.is_some_and(|most| paid >= most) {
            faults.push(fault("budget", format!("a model call began after {paid} USD")));
        }
    }
    faults.extend(honest_sums(case));
    faults
}

// Where replies use what their model said they would at most, the whole is over by no more than one of them.
fn honest_sums(case: &Case<'_>) -> Vec<Fault> {
    let used: Vec<Usage> = case.replies.iter().filter_map(|reply| reply.usage).collect();
    if used.iter().any(|usage| tokens(*usage) > model::REPLY_TOKENS) {
        return Vec::new();
    }
    let sum: u64 = used.iter().map(|usage| tokens(*usage)).sum();
    let largest = used.iter().map(|usage| tokens(*usage)).max().unwrap_or(0);
    let over = case.bounds.tokens.is_some_and(|most| sum > most + largest);
    over.then(|| fault("budget", format!("{sum} tokens in all"))).into_iter().collect()
}

fn agents(case: &Case<'_>) -> Vec<Fault> {
    let mut by: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for reply in case.replies {
        *by.entry((&reply.role, &reply.agent)).or_default() += 1;
    }
    let over = by.into_iter().filter_map(|((role, agent), turns)| {
        let (most, _) = case.bounds.per_agent.get(role)?;
        (turns > most + 1)
            .then(|| fault("budget", format!("{turns} model calls of {role} {agent}")))
    });
    over.collect()
}
