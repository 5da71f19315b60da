//! Proposals that rest on more than the bill: fleets with quiet hours, and clients that call too much.

use futures::try_join;
use rust_decimal::Decimal;
use wherefore_analysis::savings::{Candidate, Check, Estate, Find, Looked, Reach, UsageLine};
use wherefore_contract::quality::CostDescription;

use super::Request;
use crate::{
    api_call_cost::{Excess, excesses},
    refuse::Refusal,
    scaling_schedule::{Scheduled, schedules},
    serve::Tools,
};

/// What is known of workloads, and the checks that asked for it.
#[derive(Default)]
pub(super) struct Beside<'a> {
    scaling: Option<(&'a Check, Vec<Scheduled>)>,
    calls: Option<(&'a Check, Option<Vec<Excess>>)>,
}

impl<'a> Beside<'a> {
    pub(super) async fn read(
        tools: &Tools,
        request: &Request,
        checks: &[&'a Check],
        description: &CostDescription,
    ) -> Result<Self, Refusal> {
        let of = |find: &Find| checks.iter().copied().find(|check| check.find == *find);
        let (scaling, calls) = (of(&Find::Scaling), of(&Find::Calls));
        let until = request.period.end().date();
        let (schedules, excesses) = try_join!(
            async {
                match scaling {
                    Some(_) => schedules(tools, until, description).await,
                    None => Ok(Vec::new()),
                }
            },
            async {
                // Conditions on charges say nothing of calls by client.
                match calls.filter(|_| request.filters.is_empty()) {
                    Some(_) => excesses(tools, request.period, description).await,
                    None => Ok(None),
                }
            }
        )?;
        Ok(Self {
            scaling: scaling.map(|check| (check, schedules)),
            calls: calls.map(|check| (check, excesses)),
        })
    }

    /// Workloads whose lines are needed.
    pub(super) fn workloads(&self) -> Vec<String> {
        let scaling = self.scaling.iter().flat_map(|(_, all)| all);
        let calls = self.calls.iter().flat_map(|(_, all)| all.iter().flatten());
        let mut names: Vec<String> = scaling
            .map(|one| one.workload.clone())
            .chain(calls.map(|one| one.workload.clone()))
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// What is proposed on the lines of the estate, and what was looked at.
    pub(super) fn propose(&self, tools: &Tools, estate: &Estate) -> (Vec<Candidate>, Vec<Looked>) {
        let mut candidates = Vec::new();
        let mut looked = Vec::new();
        if let Some((check, schedules)) = &self.scaling {
            let found = of_schedules(tools, estate, check, schedules, &mut candidates);
            looked.push(found);
        }
        if let Some((check, excesses)) = &self.calls {
            let found = of_calls(tools, estate, check, excesses.as_deref(), &mut candidates);
            looked.push(found);
        }
        (candidates, looked)
    }
}

fn is_of(line: &UsageLine, workload: &str) -> bool {
    line.workload.eq_ignore_ascii_case(workload)
}

fn of_schedules(
    tools: &Tools,
    estate: &Estate,
    check: &Check,
    schedules: &[Scheduled],
    candidates: &mut Vec<Candidate>,
) -> Looked {
    let reach = if schedules.is_empty() { Reach::NotLoaded } else { Reach::Told };
    let mut looked = empty(check, reach);
    for Scheduled { workload, fleet, scaling } in schedules {
        let lines = estate.open_where(|line| {
            is_of(line, workload)
                && tools
                    .rules
                    .scalable
                    .of(&line.cloud_service, &line.usage_type, &line.unit)
                    .is_some()
        });
        add(&mut looked, estate, &lines);
        let found = wherefore_analysis::savings::scaling(check, workload, lines, scaling, fleet);
        looked.found += usize::from(found.is_some());
        candidates.extend(found);
    }
    looked
}

fn of_calls(
    tools: &Tools,
    estate: &Estate,
    check: &Check,
    excesses: Option<&[Excess]>,
    candidates: &mut Vec<Candidate>,
) -> Looked {
    let reach = if excesses.is_some() { Reach::Told } else { Reach::NotLoaded };
    let mut looked = empty(check, reach);
    for excess in excesses.unwrap_or_default() {
        let lines = estate.open_where(|line| {
            let counted = tools.rules.meters.of(&line.cloud_service, &line.usage_type, &line.unit);
            is_of(line, &excess.workload)
                && counted.is_some_and(|(meter, _)| meter.id == excess.meter)
        });
        add(&mut looked, estate, &lines);
        let Some(saving) = excess.saving else { continue };
        let name = format!("{} {} {}", excess.workload, excess.operation, excess.client);
        let found = wherefore_analysis::savings::calls(estate, check, name, lines, saving);
        looked.found += usize::from(found.is_some());
        candidates.extend(found);
    }
    looked
}

fn empty(check: &Check, reach: Reach) -> Looked {
    Looked { check: check.id.clone(), lines: 0, kinds: 0, cost: Decimal::ZERO, found: 0, reach }
}

fn add(looked: &mut Looked, estate: &Estate, lines: &[usize]) {
    let of = || lines.iter().filter_map(|place| estate.lines.get(*place));
    looked.lines += lines.len();
    looked.kinds +=
        of().map(|line| line.usage_type.as_str()).collect::<std::collections::BTreeSet<_>>().len();
    looked.cost += of().map(|line| line.cost).sum::<Decimal>();
}
