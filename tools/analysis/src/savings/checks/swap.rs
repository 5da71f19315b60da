//! What a cheaper kind could do: volumes, families and generations of machines.

use rust_decimal::Decimal;

use super::{is_served, part};
use crate::savings::{
    After, Basis, Candidate, Share,
    estate::{UsageLine, View},
    rules::{Check, Find, Performance, Swap, bare, is_of},
};

/// Lines whose kind has a cheaper one, at its own rate in the same region or at the rule's ratio.
pub(super) fn swap(view: &View<'_>, check: &Check) -> Vec<Candidate> {
    let Find::Swap { marker, sizes, operations, swaps, performance } = &check.find else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (place, line) in view.estate.open() {
        if !operations.is_empty() && !operations.contains(&line.operation) {
            continue;
        }
        let Some((head, rest)) = line.usage_type.split_once(marker.as_str()) else { continue };
        let (family, size) =
            rest.split_once('.').map_or((rest, None), |(family, size)| (family, Some(size)));
        let Some(swap) = swaps.iter().find(|swap| swap.from == family) else { continue };
        if !sizes.is_empty() && !size.is_some_and(|size| sizes.contains(size)) {
            continue;
        }
        let size = size.map_or_else(String::new, |size| format!(".{size}"));
        let to = format!("{head}{marker}{}{size}", swap.to);
        let Some((share, basis)) = saved(view, line, swap, &to) else { continue };
        let share = match performance {
            Some(needs) => kept_fast(share, line, view.estate.days, needs),
            None => share,
        };
        if share.high > Decimal::ZERO {
            let id = if line.resource_id.is_empty() { &line.usage_type } else { &line.resource_id };
            let moved = part(check, id, vec![place], share, basis);
            all.push(Candidate { after: After::As(to), ..moved });
        }
    }
    all
}

/// Lines whose usage type has another name that is cheaper.
pub(super) fn rename(view: &View<'_>, check: &Check, swaps: &[Swap]) -> Vec<Candidate> {
    let one = |(place, line): (usize, &UsageLine)| {
        let served = is_served(&line.cloud_service, &check.find);
        let swap = swaps.iter().find(|swap| served && is_of(&line.usage_type, &swap.from))?;
        let to = line.usage_type.replacen(bare(&swap.from), &swap.to, 1);
        let (share, basis) = saved(view, line, swap, &to)?;
        let id = if line.resource_id.is_empty() { &line.usage_type } else { &line.resource_id };
        let moved = part(check, id, vec![place], share, basis);
        Some(Candidate { after: After::As(to), ..moved })
    };
    view.estate.open().filter_map(one).collect()
}

// What the other kind costs less, as a part of this one's cost.
fn saved(view: &View<'_>, line: &UsageLine, swap: &Swap, to: &str) -> Option<(Share, Basis)> {
    let own = view.own_price(line, to).zip(line.price());
    if let Some((other, price)) = own {
        let part = Decimal::ONE - other.checked_div(price)?;
        return (part > Decimal::ZERO).then(|| (Share::exactly(part), Basis::OwnRate));
    }
    let (Some(low), Some(expected), Some(high)) = (swap.low, swap.expected, swap.high) else {
        return None;
    };
    Some((Share { low, expected, high }, Basis::Published))
}

// A large volume needs IOPS beside its size to stay as fast, and at the least throughput too. Its size is what is
// charged in a whole period; a volume that began later is larger than its quantity says.
fn kept_fast(share: Share, line: &UsageLine, days: u32, needs: &Performance) -> Share {
    let charged = Decimal::from(line.days.max(1));
    let Some(size) = line
        .quantity
        .checked_mul(Decimal::from(days))
        .and_then(|size| size.checked_div(charged))
        .filter(|size| *size > Decimal::ZERO)
    else {
        return share;
    };
    let bought = (size * needs.iops_per_gb).min(needs.iops_most) - needs.iops_free;
    let iops = bought.max(Decimal::ZERO) * needs.iops_price;
    let throughput = if size >= needs.fast_from_gb {
        needs.throughput_extra * needs.throughput_price
    } else {
        Decimal::ZERO
    };
    // Both are prices of so many GB of the new kind: parts of the cost of all GB of it.
    let less = |part: Decimal, extra: Decimal| {
        let extra = extra.checked_div(size).unwrap_or_default() * (Decimal::ONE - part);
        (part - extra).max(Decimal::ZERO)
    };
    Share {
        low: less(share.low, iops + throughput),
        expected: less(share.expected, iops),
        high: share.high,
    }
}
