//! Costs, quantities and prices of AWS line items on every basis.

use crate::{
    cells::Chunk,
    map::{self, Mapped, cur::CurPlan, line_type::LineType},
    notes::SourceNotes,
    number,
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
    "savings_plan_recurring_commitment_for_billing_period",
    "savings_plan_net_amortized_upfront_commitment_for_billing_period",
    "savings_plan_net_recurring_commitment_for_billing_period",
    "reservation_net_amortized_upfront_fee_for_billing_period",
    "reservation_unused_quantity",
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
    /// What was committed and not used.
    plan_unused: Numbers,
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
                Some(at(&self.plan_unused, row).unwrap_or(0))
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

/// Whether the columns after discounts are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Net {
    No,
    Yes,
}

// The cost of lines that pay upfront, or give such a payment back.
fn paid_upfront(kinds: &Kinds, costs: &[Option<i128>]) -> Vec<Option<i128>> {
    let paid = |kind: LineType, fee: FeeKind| {
        kind == LineType::SavingsPlanUpfrontFee || fee != FeeKind::Plain
    };
    let lines = kinds.iter().zip(costs);
    lines.map(|((kind, fee), cost)| cost.filter(|_| paid(*kind, *fee))).collect()
}

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
            self.set_net_upfront(mapped, chunk, &kinds, &net.unblended, notes);
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
        let committed = read("savings_plan_total_commitment_to_date");
        let used = read("savings_plan_used_commitment");
        let unused = |row| Some(at(&committed, row)? - at(&used, row)?);
        Basis {
            unblended: unblended.unwrap_or_else(|| vec![None; chunk.rows]),
            plan_effective: read("savings_plan_savings_plan_effective_cost"),
            plan_unused: Some((0..chunk.rows).map(unused).collect()),
            reserved_effective: read("reservation_effective_cost"),
            reserved_unused_upfront: read(
                "reservation_unused_amortized_upfront_fee_for_billing_period",
            ),
            reserved_unused_recurring: read("reservation_unused_recurring_fee"),
        }
    }

    // `None` when the report has no net columns. AWS fills them only for accounts with a discount and
    // only where it applies, so an empty cell stands for its gross twin; whether any is filled is noted.
    fn net_basis(&self, chunk: &Chunk, gross: &Basis, notes: &mut SourceNotes) -> Option<Basis> {
        let net = self.numbers(chunk, "line_item_net_unblended_cost", notes)?;
        notes.net_rows += net.iter().flatten().count() as u64;
        let plan_unused = self.net_unused(chunk, &gross.plan_unused, notes);
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
            plan_unused: Some(plan_unused),
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

    // The report has no net twin of the unused part of a Savings Plan. It bears the discount of its fee: the
    // net commitment of the period over the gross one. Without those columns the gross part stands.
    fn net_unused(
        &self,
        chunk: &Chunk,
        gross: &Numbers,
        notes: &mut SourceNotes,
    ) -> Vec<Option<i128>> {
        let parts = ["recurring", "amortized_upfront"];
        let mut counted = SourceNotes::new(String::new(), notes.layout);
        let own = parts.map(|part| {
            let name = format!("savings_plan_{part}_commitment_for_billing_period");
            self.numbers(chunk, &name, &mut counted)
        });
        let net = parts.map(|part| {
            let name = format!("savings_plan_net_{part}_commitment_for_billing_period");
            self.numbers(chunk, &name, notes)
        });
        let cells = (0..chunk.rows).map(|row| {
            let unused = at(gross, row)?;
            let whole: i128 = own.iter().filter_map(|cells| at(cells, row)).sum();
            let pairs = net.iter().zip(&own);
            let after: i128 = pairs.filter_map(|(net, own)| at(net, row).or(at(own, row))).sum();
            number::part(unused, after, whole).or(Some(unused))
        });
        cells.collect()
    }

    // What of the upfront fees belongs to this period, on the fee lines.
    fn spread(
        &self,
        chunk: &Chunk,
        kinds: &Kinds,
        net: Net,
        notes: &mut SourceNotes,
    ) -> Option<Vec<Option<i128>>> {
        // Words in the gross columns are counted once.
        let mut counted = SourceNotes::new(String::new(), notes.layout);
        let mut read = |before: &str, after: &str| {
            let first = if net == Net::No { &mut *notes } else { &mut counted };
            let own = self.numbers(chunk, &format!("{before}{after}"), first);
            match net {
                Net::No => own,
                Net::Yes => match self.numbers(chunk, &format!("{before}net_{after}"), notes) {
                    Some(net) => {
                        let cells = net.into_iter().enumerate();
                        Some(cells.map(|(row, cell)| cell.or(at(&own, row))).collect())
                    }
                    None => own,
                },
            }
        };
        let plan = read("savings_plan_", "amortized_upfront_commitment_for_billing_period");
        let reserved = read("reservation_", "amortized_upfront_fee_for_billing_period");
        if plan.is_none() && reserved.is_none() {
            return None;
        }
        let cells = kinds.iter().enumerate().map(|(row, (kind, _))| {
            if *kind == LineType::SavingsPlanRecurringFee {
                at(&plan, row)
            } else if *kind == LineType::RiFee {
                at(&reserved, row)
            } else {
                None
            }
        });
        Some(cells.collect())
    }

    fn set_net_upfront(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        kinds: &Kinds,
        unblended: &[Option<i128>],
        notes: &mut SourceNotes,
    ) {
        mapped.set(ChargeColumn::NetUpfrontFee, map::decimals(paid_upfront(kinds, unblended)));
        if let Some(spread) = self.spread(chunk, kinds, Net::Yes, notes) {
            mapped.set(ChargeColumn::NetAmortizedUpfront, map::decimals(spread));
        }
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
        mapped.set(ChargeColumn::UpfrontFee, map::decimals(paid_upfront(kinds, unblended)));
        if let Some(spread) = self.spread(chunk, kinds, Net::No, notes) {
            mapped.set(ChargeColumn::AmortizedUpfront, map::decimals(spread));
        }
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
        self.set_reserved(mapped, chunk, types, &quantity, notes);
    }

    // Hours of a reservation: those that ran on its usage, and those that nobody used on its fee.
    fn set_reserved(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        types: &[LineType],
        quantity: &Numbers,
        notes: &mut SourceNotes,
    ) {
        let Some(unused) = self.numbers(chunk, "reservation_unused_quantity", notes) else {
            return;
        };
        let unused = Some(unused);
        let held = types.iter().enumerate().map(|(row, kind)| match kind {
            LineType::DiscountedUsage => at(quantity, row),
            LineType::RiFee => at(&unused, row),
            LineType::SavingsPlanCoveredUsage
            | LineType::SavingsPlanRecurringFee
            | LineType::SavingsPlanNegation
            | LineType::SavingsPlanUpfrontFee
            | LineType::Fee
            | LineType::Refund
            | LineType::Usage
            | LineType::Tax
            | LineType::Credit
            | LineType::Discount
            | LineType::Other => None,
        });
        mapped.set(ChargeColumn::CommitmentDiscountQuantity, map::decimals(held));
    }
}
