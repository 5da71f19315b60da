//! From what each hour needs to few blocks of the day: borders cost, so each has to spare something.

use super::{HourOfWeek, rules::ScalingRules, weeks::HOURS};

/// A stretch of hours on some days of the week with one capacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// First and last day, 0 for Monday.
    pub first_day: usize,
    pub last_day: usize,
    /// From this hour, until before this one, 0 to 24.
    pub from_hour: usize,
    pub to_hour: usize,
    /// Units that expected demand needs with the headroom.
    pub min_units: u32,
    /// Units that the upper quantile of demand needs with the headroom: what the saving is told for.
    pub max_units: u32,
    /// Units that run now, on average.
    pub running: f64,
    /// Expected transactions in an hour, on average.
    pub expected: f64,
}

/// Days that share a schedule, from coarse to fine.
const GROUPINGS: [&[(usize, usize)]; 3] =
    [&[(0, 6)], &[(0, 4), (5, 6)], &[(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)]];

/// The blocks of a week. A finer grouping of days stands only when it spares enough more than a coarser.
pub(super) fn plan(hours: &[HourOfWeek], rules: &ScalingRules) -> Vec<Block> {
    let running: f64 = hours.iter().map(|hour| hour.running).sum();
    let mut best: Option<(f64, Vec<Block>)> = None;
    for grouping in GROUPINGS {
        let blocks: Vec<Block> =
            grouping.iter().flat_map(|days| of_days(hours, *days, rules)).collect();
        let units = unit_hours(&blocks);
        let is_better = best
            .as_ref()
            .is_none_or(|(least, _)| units < least - 2.0 * rules.change_share * running);
        if is_better {
            best = Some((units, blocks));
        }
    }
    best.map(|(_, blocks)| blocks).unwrap_or_default()
}

/// Unit-hours of a week under the blocks.
fn unit_hours(blocks: &[Block]) -> f64 {
    blocks.iter().map(|block| f64::from(block.max_units) * hours_of(block)).sum()
}

#[expect(clippy::cast_precision_loss, reason = "hours of a week")]
fn hours_of(block: &Block) -> f64 {
    ((block.last_day + 1 - block.first_day) * (block.to_hour - block.from_hour)) as f64
}

/// The hour of the week of an hour of a day.
fn cell(hours: &[HourOfWeek], day: usize, hour: usize) -> Option<&HourOfWeek> {
    hours.get(day * HOURS + hour)
}

// Days that share a schedule need, in each hour, what the neediest of them needs.
fn of_days(
    hours: &[HourOfWeek],
    (first, last): (usize, usize),
    rules: &ScalingRules,
) -> Vec<Block> {
    let cells = |hour: usize| (first..=last).filter_map(move |day| cell(hours, day, hour));
    let needed: Vec<u32> =
        (0..HOURS).map(|hour| cells(hour).map(|cell| cell.needed).max().unwrap_or(0)).collect();
    let running: f64 =
        (0..HOURS).map(|hour| cells(hour).map(|cell| cell.running).fold(0.0, f64::max)).sum();
    let borders = borders(&needed, rules.change_share * running, rules.max_blocks);
    borders
        .windows(2)
        .filter_map(|pair| {
            let (from_hour, to_hour) = (*pair.first()?, *pair.last()?);
            let within = || (from_hour..to_hour).flat_map(cells);
            #[expect(clippy::cast_precision_loss, reason = "hours of a week")]
            let count = within().count().max(1) as f64;
            let mean = |of: fn(&HourOfWeek) -> f64| within().map(of).sum::<f64>() / count;
            let max_units = within().map(|cell| cell.needed).max()?;
            let expected = within().map(|cell| cell.expected).fold(0.0, f64::max);
            let high = within().map(|cell| cell.high).fold(0.0, f64::max);
            Some(Block {
                first_day: first,
                last_day: last,
                from_hour,
                to_hour,
                min_units: lesser(max_units, expected, high, rules.min_units),
                max_units,
                running: mean(|cell| cell.running),
                expected: mean(|cell| cell.expected),
            })
        })
        .collect()
}

// Units for the expected demand where `units` serve the high one.
fn lesser(units: u32, expected: f64, high: f64, least: u32) -> u32 {
    if high <= 0.0 {
        return units;
    }
    let part = (f64::from(units) * expected / high).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most `units`, and not negative"
    )]
    let part = part.clamp(0.0, f64::from(units)) as u32;
    part.max(least).min(units)
}

/// Borders of the blocks of a day, from 0 to 24: the partition whose unit-hours and price of borders are
/// least together, in at most `most` blocks (dynamic programming over the hours).
fn borders(needed: &[u32], price: f64, most: usize) -> Vec<usize> {
    let count = needed.len();
    let cost = |from: usize, to: usize| {
        let within = needed.get(from..to).unwrap_or_default();
        let units = within.iter().copied().max().unwrap_or(0);
        f64::from(units) * f64::from(u32::try_from(within.len()).unwrap_or(0)) + price
    };
    // For each number of blocks: the least cost of the first hours, and where the last block begins.
    let mut rows: Vec<Vec<(f64, usize)>> = vec![(0..=count).map(|to| (cost(0, to), 0)).collect()];
    for _ in 1..most.max(1) {
        let before = rows.last().cloned().unwrap_or_default();
        let row = (0..=count)
            .map(|to| {
                let splits =
                    (1..to).filter_map(|from| Some((before.get(from)?.0 + cost(from, to), from)));
                splits.fold((f64::INFINITY, 0), |best, one| if one.0 < best.0 { one } else { best })
            })
            .collect();
        rows.push(row);
    }
    let at = |blocks: usize, to: usize| {
        rows.get(blocks).and_then(|row| row.get(to)).copied().unwrap_or((f64::INFINITY, 0))
    };
    let mut blocks = 0;
    for more in 1..rows.len() {
        if at(more, count).0 < at(blocks, count).0 {
            blocks = more;
        }
    }
    let mut borders = vec![count];
    let mut to = count;
    for left in (0..=blocks).rev() {
        to = at(left, to).1;
        borders.push(to);
    }
    borders.reverse();
    borders.dedup();
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_stand_where_they_spare_more_than_they_cost() {
        let mut day = vec![4; 24];
        day[9..19].fill(20);
        assert_eq!(borders(&day, 1.0, 5), [0, 9, 19, 24]);
        assert_eq!(borders(&day, 1.0, 2), [0, 9, 24]);
        assert_eq!(borders(&day, 1000.0, 5), [0, 24]);
        assert_eq!(borders(&[3; 24], 0.0, 5), [0, 24]);
    }
}
