//! Bills the month again with fleets that follow their transactions, and with clients that call as they did before.

use jiff::civil::Weekday;
use rust_decimal::Decimal;

use super::World;
use crate::{
    calendar::date_of,
    planted::{BlockTruth, CallsTruth, HoursTruth},
};

const HOURS_OF_DAY: usize = 24;
// Hours of weekdays that a machine outside production is needed.
const OFFICE: std::ops::Range<usize> = 8..18;

impl World<'_> {
    /// The part of each hour of the month that a thing still runs, by hours of office.
    pub(super) fn office(&self) -> Vec<Decimal> {
        self.each_hour(|is_weekend, hour| {
            if !is_weekend && OFFICE.contains(&hour) { Decimal::ONE } else { Decimal::ZERO }
        })
    }

    fn each_hour(&self, part: impl Fn(bool, usize) -> Decimal) -> Vec<Decimal> {
        let days = self.month.start..self.month.end;
        days.flat_map(|day| {
            let weekday = date_of(day).weekday();
            let is_weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
            (0..HOURS_OF_DAY).map(move |hour| (is_weekend, hour))
        })
        .map(|(is_weekend, hour)| part(is_weekend, hour))
        .collect()
    }

    pub(super) fn call_less(&mut self, calls: Option<&CallsTruth>) {
        let Some(truth) = calls else { return };
        let meter = "ReadRequestUnits";
        let place = self.things.iter().position(|thing| {
            thing.usage_type == meter && thing.workload.as_deref() == Some(&truth.workload)
        });
        let Some(place) = place else { return };
        let Some(spared) = truth.monthly_saving.checked_div(self.left_of(place)) else { return };
        let name = format!("{} {} {}", truth.workload, truth.operation, truth.client);
        self.record("api_calls", &name, &[(place, Decimal::ONE - spared)], true);
    }

    pub(super) fn follow_transactions(&mut self, fleets: &[HoursTruth]) {
        for fleet in fleets.iter().filter(|fleet| !fleet.blocks.is_empty()) {
            let is_own = |name: &Option<String>| name.as_deref() == Some(&fleet.workload);
            let Some(place) = self.things.iter().position(|thing| is_own(&thing.workload)) else {
                continue;
            };
            let hours = self.each_hour(|is_weekend, hour| {
                let holds = |block: &&BlockTruth| {
                    (block.from_hour..block.to_hour).contains(&hour)
                        && match block.days.as_str() {
                            "weekdays" => !is_weekend,
                            "weekends" => is_weekend,
                            _ => true,
                        }
                };
                let block = fleet.blocks.iter().find(holds);
                let needed = block.map_or(fleet.instances, |block| block.capacity);
                Decimal::from(needed) / Decimal::from(fleet.instances)
            });
            self.record_hours("scaling_schedule", &fleet.workload, place, hours, true);
        }
    }
}
