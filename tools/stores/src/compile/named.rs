//! The names that stand beside ids: an account's name beside its number, a region's beside its code.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    table::Column,
};

use super::{
    Output, Source, demand::Demand, expression::Key, layers::Layers, relation::Relation,
    shape::Shape,
};

/// A column of names, and the key whose values they name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    id: FocusDimension,
    name: FocusDimension,
}

const NAMED: [Named; 5] = [
    Named { id: FocusDimension::SubAccountId, name: FocusDimension::SubAccountName },
    Named { id: FocusDimension::BillingAccountId, name: FocusDimension::BillingAccountName },
    Named {
        id: FocusDimension::CommitmentDiscountId,
        name: FocusDimension::CommitmentDiscountName,
    },
    Named { id: FocusDimension::ResourceId, name: FocusDimension::ResourceName },
    Named { id: FocusDimension::Region, name: FocusDimension::RegionName },
];

impl Named {
    /// The names that are loaded for what is grouped by, where they are no keys themselves.
    ///
    /// Beside transactions nothing is named: their side of the join holds no charge.
    pub(super) fn of(demand: &Demand, shape: &Shape) -> Vec<Self> {
        let has = |column| demand.dimensions.contains(&Dimension::Column(column));
        let named = NAMED.into_iter().filter(|named| {
            has(named.id) && !has(named.name) && shape.filled.contains(named.name.name())
        });
        if demand.transactions { Vec::new() } else { named.collect() }
    }

    /// Its column inside the statement.
    pub(super) fn alias(self) -> &'static str {
        self.name.name()
    }

    /// The one name of a group; none where its charges spell several.
    pub(super) fn aggregate(self, charges: &mut Relation) -> String {
        let column = charges.column(self.name.column());
        format!(
            "case when min({column}) = max({column}) then min({column}) end as {}",
            self.alias()
        )
    }

    fn output(self, layers: &Layers) -> Output {
        Output {
            column: Column::dimension(self.name.name()),
            source: Source::Text(layers.index(self.alias())),
        }
    }
}

/// The columns of the keys, each with its names behind it.
pub(super) fn key_outputs(keys: &[Key], named: &[Named], layers: &Layers) -> Vec<Output> {
    let mut outputs = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        outputs.push(Output { column: key.column(), source: key.source(index) });
        let own = named.iter().filter(|named| key.dimension == Dimension::Column(named.id));
        outputs.extend(own.map(|named| named.output(layers)));
    }
    outputs
}
