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

// What AWS writes before the colon where different things, not sizes, stand after it.
const CONTAINERS: [&str; 3] = ["EBS", "RDS", "Aurora"];

/// The kind of usage that a usage type belongs to: what is left without the size.
///
/// AWS writes the size after a colon (`APN2-BoxUsage:m5.large` is of kind `APN2-BoxUsage`), but
/// what stands there for volumes and databases first names the thing (`EBS:VolumeUsage.gp3` is of
/// kind `EBS:VolumeUsage`).
/// Meters in words carry the size in the words that have digits (`D4s v5`, `N2 Instance Core`).
/// Spot is the same usage as on demand, Arm the same as x86, and storage classes are classes of
/// one storage. Every other usage type is a kind of its own.
#[must_use]
pub fn usage_family(usage_type: &str) -> String {
    let has_digit = |word: &str| word.chars().any(|letter| letter.is_ascii_digit());
    let kind = match usage_type.split_once(':') {
        Some((kind, size)) => match size.split('.').next() {
            Some(word)
                if CONTAINERS.iter().any(|ending| kind.ends_with(ending)) && !has_digit(word) =>
            {
                format!("{kind}:{word}")
            }
            Some(_) | None => kind.to_owned(),
        },
        None if usage_type.contains(' ') => {
            let words = usage_type.split_whitespace().filter(|word| !has_digit(word));
            words.collect::<Vec<_>>().join(" ")
        }
        None => usage_type.to_owned(),
    };
    match kind.split_once("TimedStorage-") {
        Some((region, class)) if class.ends_with("ByteHrs") => {
            format!("{region}TimedStorage-ByteHrs")
        }
        Some(_) | None => kind.replace("SpotUsage", "BoxUsage").replace("-ARM", ""),
    }
}

/// Sorts operating lines into kinds. Deterministic: groups and lines keep the order of their keys.
pub(super) fn group<'a>(lines: &[&'a BridgeLine]) -> Grouped<'a> {
    let mut kinds: BTreeMap<(&str, String, &str), Vec<&BridgeLine>> = BTreeMap::new();
    let mut grouped = Grouped::default();
    for &line in lines {
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
