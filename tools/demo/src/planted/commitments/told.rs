//! What was planted, as it was drawn: commitments of the last month, the best further one, units that can be reserved.

use rust_decimal::Decimal;

use super::{
    CommitmentsTruth, HeldTruth, LoadTruth, ThroughputTruth, UnitsTruth,
    draw::{Estate, Plan, Reservation, Throughput},
};
use crate::DemoError;

const HOURS_OF_A_DAY: usize = 24;
/// 8,760 hours of a year over twelve.
const HOURS_OF_A_MONTH: i64 = 730;
const DAYS_OF_A_LOAD: usize = 90;
const BLOCK: i64 = 100;
// Amounts are tried in millionths of a dollar, which the prices are whole multiples of.
const SCALE: u32 = 6;

pub(super) fn truth(estate: &Estate) -> Result<CommitmentsTruth, DemoError> {
    let month = estate.months.last().ok_or(DemoError::TooLarge)?;
    let hours = month.days() * HOURS_OF_A_DAY;
    let held = [
        plan(&estate.plan, hours)?,
        reserved("half_idle", &estate.idle, hours)?,
        reserved("ends_soon", &estate.ending, hours)?,
    ];
    let sub_account =
        estate.tables.first().map_or("", |throughput| throughput.usage.account.1).to_owned();
    Ok(CommitmentsTruth {
        period: month.period(),
        held: held.into(),
        load: load(&estate.plan)?,
        throughput: ThroughputTruth {
            sub_account,
            usage: estate.tables.iter().map(units).collect(),
        },
    })
}

fn latest(all: &[i64], hours: usize) -> &[i64] {
    all.get(all.len().saturating_sub(hours)..).unwrap_or(all)
}

fn plan(plan: &Plan, hours: usize) -> Result<HeldTruth, DemoError> {
    let running = latest(&plan.running, hours);
    let covered: i64 = running.iter().map(|machines| (*machines).min(plan.machines)).sum();
    let bought = i64::try_from(running.len()).map_err(|_| DemoError::TooLarge)? * plan.machines;
    Ok(HeldTruth {
        role: "well_used".to_owned(),
        commitment: plan.id.clone(),
        sub_account: plan.covered.account.1.to_owned(),
        commitment_cost: Decimal::from(bought) * plan.rate(),
        unused_cost: Decimal::from(bought - covered) * plan.rate(),
        on_demand_cost: Decimal::from(covered) * plan.covered.price,
        used_hours: None,
        unused_hours: None,
        ends_on: plan.end.date(),
    })
}

fn reserved(role: &str, held: &Reservation, hours: usize) -> Result<HeldTruth, DemoError> {
    let running = latest(&held.running, hours);
    let used: i64 = running.iter().map(|machines| (*machines).min(held.machines)).sum();
    let bought = i64::try_from(running.len()).map_err(|_| DemoError::TooLarge)? * held.machines;
    Ok(HeldTruth {
        role: role.to_owned(),
        commitment: held.id.clone(),
        sub_account: held.usage.account.1.to_owned(),
        commitment_cost: Decimal::from(bought) * held.rate,
        unused_cost: Decimal::from(bought - used) * held.rate,
        on_demand_cost: Decimal::from(used) * held.usage.price,
        used_hours: Some(Decimal::from(used)),
        unused_hours: Some(Decimal::from(bought - used)),
        ends_on: held.end.date(),
    })
}

// Every load that occurs is tried as what the commitment covers: between two of them its worth is a straight line.
fn load(plan: &Plan) -> Result<LoadTruth, DemoError> {
    let hours = DAYS_OF_A_LOAD * HOURS_OF_A_DAY;
    let open = latest(&plan.running, hours).iter().zip(latest(&plan.running_beside, hours));
    let [price, beside] = [plan.covered.price, plan.beside.price].map(millionths);
    let loads: Vec<i128> = open
        .map(|(machines, others)| {
            i128::from((machines - plan.machines).max(0)) * price + i128::from(*others) * beside
        })
        .collect();
    let count = i128::try_from(loads.len()).map_err(|_| DemoError::TooLarge)?;
    // In hundred-millionths, as the discount is in whole percent.
    let percent = i128::from(100) - millionths(plan.discount) / 10_000;
    let worth = |covers: i128| {
        let used: i128 = loads.iter().map(|load| (*load).min(covers)).sum();
        used * 100 - count * covers * percent
    };
    let mut tried = loads.clone();
    tried.sort_unstable();
    tried.dedup();
    let mut best = (0, 0);
    for covers in tried {
        let worth = worth(covers);
        if worth > best.1 {
            best = (covers, worth);
        }
    }
    let amount = |value: i128| Decimal::try_from_i128_with_scale(value, SCALE + 2);
    let saved = amount(best.1).map_err(|_| DemoError::TooLarge)?;
    Ok(LoadTruth {
        sub_account: plan.covered.account.1.to_owned(),
        discount: plan.discount,
        hourly_commitment: amount(best.0 * percent).map_err(|_| DemoError::TooLarge)?.normalize(),
        monthly_saving: (saved * Decimal::from(HOURS_OF_A_MONTH) / Decimal::from(loads.len()))
            .round_dp(8)
            .normalize(),
    })
}

fn millionths(price: Decimal) -> i128 {
    let mut price = price;
    price.rescale(SCALE);
    price.mantissa()
}

fn units(throughput: &Throughput) -> UnitsTruth {
    let hours = DAYS_OF_A_LOAD * HOURS_OF_A_DAY;
    let mut needed = latest(&throughput.units, hours).to_vec();
    needed.sort_unstable();
    let busy = needed.iter().filter(|units| **units > 0).count();
    let is_steady = busy * 100 >= needed.len() * 95;
    let low = needed.get((needed.len().div_ceil(20)).max(1) - 1).copied().unwrap_or(0);
    UnitsTruth {
        usage_type: throughput.usage.meter(),
        region: throughput.usage.region.id.to_owned(),
        units: if is_steady { low / BLOCK * BLOCK } else { 0 },
    }
}
