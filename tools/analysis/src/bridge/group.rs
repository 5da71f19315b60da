//! Which lines are one kind of usage, so that a blend of them has a meaning.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::BridgeLine;

/// Lines that are measured in one unit and sold as one kind of usage.
#[derive(Debug, Default)]
pub(super) struct Grouped<'a> {
    /// Lines whose usage continues, together: their blend is a mix.
    pub(super) groups: Vec<Vec<&'a BridgeLine>>,
    /// Lines that exist in the later period only and displaced nothing of their kind.
    pub(super) new: Vec<&'a BridgeLine>,
    /// Lines that exist in the earlier period only and were replaced by nothing of their kind.
    pub(super) gone: Vec<&'a BridgeLine>,
    /// Lines with cost on both sides but no usable quantity.
    pub(super) unmeasured: Vec<&'a BridgeLine>,
}

/// The kind of usage that a usage type belongs to.
///
/// AWS writes the size after a colon (`APN2-BoxUsage:m5.large`), so the text before it is the
/// kind; a usage type without one is a kind of its own (`NatGateway-Bytes`). Meters written as
/// words, as Microsoft and Google do (`D4s v5`, `N2 Instance Core`), are blended within their
/// service and unit.
#[must_use]
pub fn usage_family(usage_type: &str) -> &str {
    match usage_type.split_once(':') {
        Some((kind, _)) => kind,
        None if usage_type.contains(' ') => "",
        None => usage_type,
    }
}

/// Sorts operating lines into kinds. Deterministic: groups and lines keep the order of their keys.
pub(super) fn group(lines: &[BridgeLine]) -> Grouped<'_> {
    let mut kinds: BTreeMap<(&str, &str, &str), Vec<&BridgeLine>> = BTreeMap::new();
    let mut grouped = Grouped::default();
    for line in lines {
        if line.cost_from.is_zero() && line.cost_to.is_zero() {
            continue;
        }
        match Presence::of(line) {
            Presence::Measured => {
                let key = (&*line.cloud_service, usage_family(&line.usage_type), &*line.unit);
                kinds.entry(key).or_default().push(line);
            }
            Presence::OnlyLater => grouped.new.push(line),
            Presence::OnlyEarlier => grouped.gone.push(line),
            Presence::Unmeasured => grouped.unmeasured.push(line),
        }
    }
    for members in kinds.into_values() {
        let appeared = |line: &&BridgeLine| quantity(line.quantity_from).is_zero();
        let vanished = |line: &&BridgeLine| quantity(line.quantity_to).is_zero();
        let swapped = members.iter().any(&appeared) && members.iter().any(&vanished);
        let keep_new = swapped || displaced(&members, Side::Earlier, &appeared);
        let keep_gone = swapped || displaced(&members, Side::Later, &vanished);
        let mut together = Vec::with_capacity(members.len());
        for line in members {
            if appeared(&line) && !keep_new {
                grouped.new.push(line);
            } else if vanished(&line) && !keep_gone {
                grouped.gone.push(line);
            } else {
                together.push(line);
            }
        }
        if !together.is_empty() {
            grouped.groups.push(together);
        }
    }
    grouped
}

enum Presence {
    Measured,
    OnlyLater,
    OnlyEarlier,
    Unmeasured,
}

impl Presence {
    // A quantity is usable when it is positive where there is a cost, and never negative.
    fn of(line: &BridgeLine) -> Self {
        let usable = |quantity: Option<Decimal>, cost: Decimal| match quantity {
            Some(quantity) if quantity > Decimal::ZERO => true,
            Some(quantity) => quantity.is_zero() && cost.is_zero(),
            None => cost.is_zero(),
        };
        let some = [line.quantity_from, line.quantity_to]
            .into_iter()
            .flatten()
            .any(|quantity| quantity > Decimal::ZERO);
        if some
            && usable(line.quantity_from, line.cost_from)
            && usable(line.quantity_to, line.cost_to)
        {
            Self::Measured
        } else if line.cost_from.is_zero() {
            Self::OnlyLater
        } else if line.cost_to.is_zero() {
            Self::OnlyEarlier
        } else {
            Self::Unmeasured
        }
    }
}

/// A quantity that is absent counts as none.
pub(super) fn quantity(of: Option<Decimal>) -> Decimal {
    of.unwrap_or(Decimal::ZERO)
}

#[derive(Clone, Copy)]
enum Side {
    Earlier,
    Later,
}

// Lines that appear take over from others of their kind when those gave up at least half as much
// as appeared; then the change is one of blend. The same backwards for lines that vanish.
fn displaced(
    members: &[&BridgeLine],
    side: Side,
    is_single: &impl Fn(&&BridgeLine) -> bool,
) -> bool {
    let (mut single, mut given_up) = (Decimal::ZERO, Decimal::ZERO);
    for line in members {
        let (from, to) = (quantity(line.quantity_from), quantity(line.quantity_to));
        let lost = match side {
            Side::Earlier => from.saturating_sub(to),
            Side::Later => to.saturating_sub(from),
        };
        if is_single(line) {
            single = single.saturating_add(lost.abs());
        } else if lost > Decimal::ZERO {
            given_up = given_up.saturating_add(lost);
        }
    }
    !single.is_zero() && given_up >= single / Decimal::TWO
}
