//! Costs, quantities and prices of AWS line items on every basis.

use crate::{
    cells::Chunk,
    map::{self, Mapped, cur::CurPlan, line_type::LineType},
    notes::SourceNotes,
    schema::ChargeColumn,
};

/// Columns that are read here.
pub(super) const READ: &[&str] = &[
    "line_item_line_item_type",
    "line_item_usage_amount",
    "line_item_unblended_cost",
    "line_item_net_unblended_cost",
    "line_item_line_item_description",
    "line_item_product_code",
    "pricing_public_on_demand_cost",
    "reservation_reservation_a_r_n",
    "reservation_effective_cost",
    "reservation_net_effective_cost",
    "reservation_unused_amortized_upfront_fee_for_billing_period",
    "reservation_unused_recurring_fee",
    "reservation_net_unused_amortized_upfront_fee_for_billing_period",
    "reservation_net_unused_recurring_fee",
    "reservation_amortized_upfront_fee_for_billing_period",
    "savings_plan_savings_plan_effective_cost",
    "savings_plan_net_savings_plan_effective_cost",
    "savings_plan_total_commitment_to_date",
    "savings_plan_used_commitment",
    "savings_plan_amortized_upfront_commitment_for_billing_period",
];

/// Columns without which a basis or the closing identity cannot be computed.
pub(super) const NEEDED: &[&str] = &[
    "line_item_unblended_cost",
    "line_item_currency_code",
    "pricing_public_on_demand_cost",
    "reservation_effective_cost",
    "savings_plan_savings_plan_effective_cost",
    "savings_plan_total_commitment_to_date",
    "savings_plan_used_commitment",
];

type Numbers = Option<Vec<Option<i128>>>;

// The columns of one amortised basis, gross or net. Net cells fall back to their gross twins.
struct Basis {
    unblended: Vec<Option<i128>>,
    plan_effective: Numbers,
    plan_commitment: Numbers,
    plan_used: Numbers,
    reserved_effective: Numbers,
    reserved_unused_upfront: Numbers,
    reserved_unused_recurring: Numbers,
}

fn at(numbers: &Numbers, row: usize) -> Option<i128> {
    numbers.as_ref()?.get(row).copied().flatten()
}

impl Basis {
    // What each line type costs once upfront fees are spread (the amortised view of AWS CID,
    // summary_view.sql). Where a report lacks the columns of a commitment, its lines keep their
    // unblended cost, so that the sum still closes; where it only lacks the unused part, the fee
    // counts 0, because the used part stands on the usage.
    fn amortised(&self, row: usize, kind: LineType, fee: FeeKind) -> Option<i128> {
        let unblended = self.unblended.get(row).copied().flatten();
        let (planned, reserved) =
            (self.plan_effective.is_some(), self.reserved_effective.is_some());
        match kind {
            LineType::SavingsPlanCoveredUsage if planned => {
                at(&self.plan_effective, row).or(unblended)
            }
            LineType::SavingsPlanRecurringFee if planned => {
                let committed = at(&self.plan_commitment, row);
                let unused = committed.zip(at(&self.plan_used, row));
                Some(unused.map_or(0, |(committed, used)| committed - used))
            }
            LineType::SavingsPlanNegation | LineType::SavingsPlanUpfrontFee if planned => Some(0),
            LineType::DiscountedUsage => at(&self.reserved_effective, row).or(unblended),
            LineType::RiFee if reserved => {
                let upfront = at(&self.reserved_unused_upfront, row).unwrap_or(0);
                Some(upfront + at(&self.reserved_unused_recurring, row).unwrap_or(0))
            }
            LineType::Fee if fee == FeeKind::Reservation && reserved => Some(0),
            LineType::Refund if fee == FeeKind::PlanRefund => Some(0),
            LineType::SavingsPlanCoveredUsage
            | LineType::SavingsPlanRecurringFee
            | LineType::SavingsPlanNegation
            | LineType::SavingsPlanUpfrontFee
            | LineType::RiFee
            | LineType::Fee
            | LineType::Refund
            | LineType::Usage
            | LineType::Tax
            | LineType::Credit
            | LineType::Discount
            | LineType::Other => unblended,
        }
    }
}

/// What a fee or refund stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FeeKind {
    /// Upfront fee of a reservation.
    Reservation,
    /// Money back for the upfront fee of a Savings Plan.
    PlanRefund,
    Plain,
}

type Kinds = [(LineType, FeeKind)];

impl CurPlan {
    fn numbers(&self, chunk: &Chunk, name: &str, notes: &mut SourceNotes) -> Numbers {
        map::numbers(chunk, self.place(name), name, notes)
    }

    fn fee_kind(&self, chunk: &Chunk, row: usize, kind: LineType) -> FeeKind {
        let text = |name: &str| chunk.at(self.place(name)).text(row);
        if kind == LineType::Fee && text("reservation_reservation_a_r_n").is_some() {
            return FeeKind::Reservation;
        }
        let of_plan = kind == LineType::Refund
            && text("line_item_product_code").as_deref() == Some("ComputeSavingsPlans")
            && text("line_item_line_item_description").is_some_and(|text| {
                text.starts_with("Refund for one-time fee for Savings Plan ID")
            });
        if of_plan { FeeKind::PlanRefund } else { FeeKind::Plain }
    }

    pub(super) fn set_amounts(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        types: &[LineType],
        notes: &mut SourceNotes,
    ) {
        let kind_of = |(row, kind): (usize, &LineType)| (*kind, self.fee_kind(chunk, row, *kind));
        let kinds: Vec<_> = types.iter().enumerate().map(kind_of).collect();
        let gross = self.gross_basis(chunk, notes);
        let amortised = |basis: &Basis| {
            let rows = kinds.iter().enumerate();
            map::decimals(rows.map(|(row, (kind, fee))| basis.amortised(row, *kind, *fee)))
        };
        if self.place("line_item_unblended_cost").is_some() {
            mapped.set(ChargeColumn::EffectiveCost, amortised(&gross));
        }
        if let Some(net) = self.net_basis(chunk, &gross, notes) {
            mapped.set(ChargeColumn::NetEffectiveCost, amortised(&net));
            mapped.set(ChargeColumn::NetBilledCost, map::decimals(net.unblended));
        }
        self.set_upfront(mapped, chunk, &kinds, &gross.unblended, notes);
        self.set_before_discounts(mapped, chunk, types, &gross.unblended, notes);
        self.set_quantities(mapped, chunk, types, notes);
    }

    fn gross_basis(&self, chunk: &Chunk, notes: &mut SourceNotes) -> Basis {
        // Words in it are counted once, as those of BilledCost.
        let mut counted = SourceNotes::new(String::new(), notes.layout);
        let unblended = self.numbers(chunk, "line_item_unblended_cost", &mut counted);
        let mut read = |name: &str| self.numbers(chunk, name, notes);
        Basis {
            unblended: unblended.unwrap_or_else(|| vec![None; chunk.rows]),
            plan_effective: read("savings_plan_savings_plan_effective_cost"),
            plan_commitment: read("savings_plan_total_commitment_to_date"),
            plan_used: read("savings_plan_used_commitment"),
            reserved_effective: read("reservation_effective_cost"),
            reserved_unused_upfront: read(
                "reservation_unused_amortized_upfront_fee_for_billing_period",
            ),
            reserved_unused_recurring: read("reservation_unused_recurring_fee"),
        }
    }

    // `None` when the report has no net columns, or none is filled: AWS fills them only for
    // accounts with a discount.
    fn net_basis(&self, chunk: &Chunk, gross: &Basis, notes: &mut SourceNotes) -> Option<Basis> {
        let net = self.numbers(chunk, "line_item_net_unblended_cost", notes)?;
        if net.iter().all(Option::is_none) {
            return None;
        }
        let mut over = |name: &str, twin: &Numbers| match self.numbers(chunk, name, notes) {
            None => twin.clone(),
            Some(net) => {
                let cells = net.into_iter().enumerate();
                Some(cells.map(|(row, net)| net.or(at(twin, row))).collect::<Vec<_>>())
            }
        };
        let unblended = net.into_iter().zip(&gross.unblended);
        Some(Basis {
            unblended: unblended.map(|(net, gross)| net.or(*gross)).collect(),
            plan_effective: over(
                "savings_plan_net_savings_plan_effective_cost",
                &gross.plan_effective,
            ),
            plan_commitment: gross.plan_commitment.clone(),
            plan_used: gross.plan_used.clone(),
            reserved_effective: over("reservation_net_effective_cost", &gross.reserved_effective),
            reserved_unused_upfront: over(
                "reservation_net_unused_amortized_upfront_fee_for_billing_period",
                &gross.reserved_unused_upfront,
            ),
            reserved_unused_recurring: over(
                "reservation_net_unused_recurring_fee",
                &gross.reserved_unused_recurring,
            ),
        })
    }

    // Both sides of the closing identity: fees paid upfront, and what of them belongs to this period.
    fn set_upfront(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        kinds: &Kinds,
        unblended: &[Option<i128>],
        notes: &mut SourceNotes,
    ) {
        let paid = |kind: LineType, fee: FeeKind| {
            kind == LineType::SavingsPlanUpfrontFee || fee != FeeKind::Plain
        };
        let fees = kinds.iter().zip(unblended);
        let fees = fees.map(|((kind, fee), cost)| cost.filter(|_| paid(*kind, *fee)));
        mapped.set(ChargeColumn::UpfrontFee, map::decimals(fees));
        let plan = "savings_plan_amortized_upfront_commitment_for_billing_period";
        let plan = self.numbers(chunk, plan, notes);
        let reserved = "reservation_amortized_upfront_fee_for_billing_period";
        let reserved = self.numbers(chunk, reserved, notes);
        if plan.is_none() && reserved.is_none() {
            return;
        }
        let spread = kinds.iter().enumerate().map(|(row, (kind, _))| {
            if *kind == LineType::SavingsPlanRecurringFee {
                at(&plan, row)
            } else if *kind == LineType::RiFee {
                at(&reserved, row)
            } else {
                None
            }
        });
        mapped.set(ChargeColumn::AmortizedUpfront, map::decimals(spread));
    }

    fn set_before_discounts(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        types: &[LineType],
        unblended: &[Option<i128>],
        notes: &mut SourceNotes,
    ) {
        let list = self.numbers(chunk, "pricing_public_on_demand_cost", notes);
        let list_of = |(row, kind): (usize, &LineType)| {
            if *kind == LineType::SavingsPlanNegation { Some(0) } else { at(&list, row) }
        };
        let lists: Vec<_> = types.iter().enumerate().map(list_of).collect();
        // The report has no column for it: negotiated rates stand in unblended cost; reserved usage
        // is 0 there and takes its list price.
        let contracted = types.iter().zip(unblended).zip(&lists).map(|((kind, cost), list)| {
            if *kind == LineType::DiscountedUsage {
                *list
            } else if *kind == LineType::SavingsPlanNegation {
                Some(0)
            } else {
                *cost
            }
        });
        mapped.set(ChargeColumn::ContractedCost, map::decimals(contracted));
        if list.is_some() {
            mapped.set(ChargeColumn::ListCost, map::decimals(lists));
        }
    }

    fn set_quantities(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        types: &[LineType],
        notes: &mut SourceNotes,
    ) {
        let quantity = self.numbers(chunk, "line_item_usage_amount", notes);
        let metered = |keep: fn(LineType) -> bool| {
            let rows = types.iter().enumerate();
            map::decimals(rows.map(|(row, kind)| at(&quantity, row).filter(|_| keep(*kind))))
        };
        let priced = metered(|kind| kind != LineType::SavingsPlanNegation);
        mapped.set(ChargeColumn::PricingQuantity, priced);
        mapped.set(ChargeColumn::ConsumedQuantity, metered(LineType::is_running_usage));
    }
}
