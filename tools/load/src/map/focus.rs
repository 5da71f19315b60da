//! FOCUS 1.0, 1.1 and 1.2: the columns are ours already, and any of them may be missing.

use std::collections::BTreeMap;

use crate::{
    cells::Chunk,
    error::Refusal,
    map::{self, Mapped, tags::JsonTags},
    notes::SourceNotes,
    schema::{ChargeColumn, ColumnType},
};

/// Where each column of the warehouse stands in the file.
pub(crate) struct FocusPlan {
    places: BTreeMap<ChargeColumn, usize>,
    tags: Option<JsonTags>,
}

impl FocusPlan {
    pub(crate) fn of(header: &[String], notes: &mut SourceNotes) -> Result<Self, Refusal> {
        let mut places: BTreeMap<ChargeColumn, usize> = BTreeMap::new();
        for (place, name) in header.iter().enumerate() {
            match ChargeColumn::by_name(name) {
                Some(column) => {
                    if let Some(first) = places.insert(column, place) {
                        let first = header.get(first).cloned().unwrap_or_default();
                        return Err(Refusal::SameColumnTwice { first, second: name.clone() });
                    }
                }
                None => notes.unknown_columns.push(name.clone()),
            }
        }
        for column in
            [ChargeColumn::BilledCost, ChargeColumn::EffectiveCost, ChargeColumn::BillingCurrency]
        {
            if !places.contains_key(&column) {
                notes.absent.push(column.name().to_owned());
            }
        }
        let tags = places.get(&ChargeColumn::Tags).map(|place| JsonTags::focus(*place));
        Ok(Self { places, tags })
    }

    pub(crate) fn wanted(&self) -> Vec<usize> {
        self.places.values().copied().collect()
    }

    pub(crate) fn map(&self, chunk: &Chunk, notes: &mut SourceNotes) -> Result<Mapped, Refusal> {
        let mut mapped = Mapped::new(chunk.rows);
        for (column, place) in &self.places {
            let (name, place) = (column.name(), Some(*place));
            let array = match column.spec().kind {
                ColumnType::Text => map::text(chunk, &[place])?,
                ColumnType::Decimal => map::numbers(chunk, place, name, notes).map(map::decimals),
                ColumnType::Time => map::moments(chunk, place, name, notes)?,
            };
            if let Some(array) = array {
                mapped.set(*column, array);
            }
        }
        // FOCUS has no usage type before SkuMeter names what is metered; reports group by either.
        if !mapped.has(ChargeColumn::UsageType) && mapped.has(ChargeColumn::SkuMeter) {
            let meter = mapped.column(ChargeColumn::SkuMeter);
            mapped.set(ChargeColumn::UsageType, meter);
        }
        if let Some(tags) = &self.tags {
            mapped.tags = tags.read(chunk, notes)?;
        }
        Ok(mapped)
    }
}
