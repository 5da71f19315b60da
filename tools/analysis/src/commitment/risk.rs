//! The risk curve: what commitments of growing size bring, and what they bring in the worst stretch.

use rust_decimal::Decimal;

use super::{
    offers::Discount,
    plan::{Cut, Evaluation, Load, Sizing, evaluate},
};

/// A commitment on the risk curve, at the typical discount: its `low` is what the worst stretch of the window saves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskPoint {
    /// The part of the points of each load that lie below what is covered; `None` for the best size.
    pub quantile: Option<Decimal>,
    pub found: Evaluation,
}

/// The commitments that cover the loads at these quantiles and the best one, from the smallest to the largest.
#[must_use]
pub fn risk_curve(loads: &[Load], quantiles: &[Decimal], cut: Cut) -> Option<Vec<RiskPoint>> {
    let known = |load: &Load| Load {
        points: load.points.clone(),
        discount: Discount::known(load.discount.typical),
    };
    let loads: Vec<Load> = loads.iter().map(known).collect();
    let at = |quantile: Option<Decimal>| {
        let sizing = quantile.map_or(Sizing::Best, Sizing::Quantile);
        Some(RiskPoint { quantile, found: evaluate(&loads, sizing, cut)? })
    };
    let all = quantiles.iter().copied().map(Some).chain([None]);
    let mut points = all.map(at).collect::<Option<Vec<_>>>()?;
    points.sort_by_key(|point| (point.found.hourly_commitment, point.quantile));
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_saving_rises_to_the_best_commitment_and_falls_behind_it() {
        let half = Discount::known(Decimal::new(5, 1));
        let load = Load { points: (1..=10).map(Decimal::from).collect(), discount: half };
        let quantiles = [1, 3, 7, 10].map(|tenth| Decimal::new(tenth, 1));
        let cut = Cut { block: 5, training_part: half.typical };
        let points = risk_curve(&[load], &quantiles, cut).unwrap();
        let best = points.iter().position(|point| point.quantile.is_none()).unwrap();
        assert_eq!((best, points.len()), (2, 5));
        let savings: Vec<Decimal> = points.iter().map(|point| point.found.monthly_saving).collect();
        let (rising, falling) = savings.split_at(best + 1);
        assert!(rising.is_sorted_by(|one, next| one < next));
        assert!(falling.is_sorted_by(|one, next| one > next) && rising.last() > falling.first());
        // The worst stretch is the first: loads of 1 to 5.
        assert_eq!(points.last().unwrap().found.low, Decimal::from(730 * (3 - 5)));
        assert!(points.iter().all(|point| point.found.low <= point.found.monthly_saving));
    }
}
