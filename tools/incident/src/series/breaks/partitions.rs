//! The best partitions into levels for each number of changes.

use crate::numbers::count;

/// Sums that give the squared error of the mean of any stretch at once.
#[derive(Debug)]
pub(super) struct Sums {
    values: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    pub(super) fn new(values: &[f64]) -> Self {
        // Around the mean, so that squares of large levels lose no digits.
        let middle = values.iter().sum::<f64>() / count(values.len().max(1));
        let summed = |of: fn(f64) -> f64| {
            let mut sum = 0.0;
            let rest = values.iter().map(|value| {
                sum += of(value - middle);
                sum
            });
            std::iter::once(0.0).chain(rest).collect()
        };
        Self { values: summed(|value| value), squares: summed(|value| value * value) }
    }

    /// The squared error of `from..to` around its mean.
    pub(super) fn error(&self, from: usize, to: usize) -> f64 {
        let of = |sums: &[f64]| match (sums.get(from), sums.get(to)) {
            (Some(before), Some(after)) => after - before,
            (None, _) | (_, None) => 0.0,
        };
        let sum = of(&self.values);
        (of(&self.squares) - sum * sum / count(to.saturating_sub(from).max(1))).max(0.0)
    }
}

/// For 0, 1, … `most` changes the partition with the least squared error, each level at least `least` points long (segment
/// neighbourhood: Auger and Lawrence, "Algorithms for the optimal identification of segment neighborhoods", 1989). Time
/// grows with the square of the length.
pub(super) fn partitions(values: &[f64], most: usize, least: usize) -> Vec<Vec<usize>> {
    let length = values.len();
    let least = least.max(1);
    let sums = Sums::new(values);
    let mut errors: Vec<f64> =
        (0..=length).map(|to| if to < least { f64::INFINITY } else { sums.error(0, to) }).collect();
    let mut backs: Vec<Vec<usize>> = Vec::new();
    let mut found = vec![Vec::new()];
    for _ in 0..most {
        let mut next = vec![f64::INFINITY; length + 1];
        let mut back = vec![0; length + 1];
        for (to, (best, place)) in next.iter_mut().zip(&mut back).enumerate().skip(2 * least) {
            for (from, before) in errors.iter().enumerate().take(to - least + 1).skip(least) {
                let whole = before + sums.error(from, to);
                if whole < *best {
                    (*best, *place) = (whole, from);
                }
            }
        }
        if next.last().is_none_or(|last| !last.is_finite()) {
            break;
        }
        errors = next;
        backs.push(back);
        found.push(traced(&backs, length));
    }
    found
}

fn traced(backs: &[Vec<usize>], length: usize) -> Vec<usize> {
    let mut at = Vec::with_capacity(backs.len());
    let mut to = length;
    for back in backs.iter().rev() {
        to = back.get(to).copied().unwrap_or(0);
        at.push(to);
    }
    at.reverse();
    at
}

/// Each change moved to the best place within `reach` points, its neighbours held.
pub(super) fn refined(values: &[f64], at: &[usize], reach: usize) -> Vec<usize> {
    let sums = Sums::new(values);
    let mut moved: Vec<usize> = Vec::with_capacity(at.len());
    for (index, &place) in at.iter().enumerate() {
        let from = moved.last().copied().unwrap_or(0);
        let to = at.get(index + 1).copied().unwrap_or(values.len());
        let (low, high) =
            (place.saturating_sub(reach).max(from + 1), (place + reach).min(to.saturating_sub(1)));
        let error = |place: usize| sums.error(from, place) + sums.error(place, to);
        let best = (low..=high).min_by(|one, other| error(*one).total_cmp(&error(*other)));
        moved.push(best.unwrap_or(place));
    }
    moved
}
