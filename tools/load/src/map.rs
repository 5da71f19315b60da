//! From the columns of a file to the columns of the warehouse.

pub(crate) mod cur;
pub(crate) mod focus;
pub(crate) mod line_type;
pub(crate) mod oci;
pub(crate) mod tags;

use std::{collections::BTreeMap, sync::Arc};

use arrow::array::{Array, ArrayRef, Decimal128Array, TimestampMicrosecondArray, new_null_array};

use crate::{
    cells::{Cells, Chunk},
    columns::{TextColumn, decimal_builder, time_builder},
    error::Refusal,
    layout::Layout,
    moment,
    notes::SourceNotes,
    number::Number,
    schema::ChargeColumn,
};

/// Rows in the columns of the warehouse.
pub(crate) struct Mapped {
    pub(crate) rows: usize,
    columns: BTreeMap<ChargeColumn, ArrayRef>,
    /// Normalised tag key -> values.
    pub(crate) tags: BTreeMap<String, ArrayRef>,
}

impl Mapped {
    pub(crate) fn new(rows: usize) -> Self {
        Self { rows, columns: BTreeMap::new(), tags: BTreeMap::new() }
    }

    pub(crate) fn set(&mut self, column: ChargeColumn, array: ArrayRef) {
        self.columns.insert(column, array);
    }

    /// The column, all null when nothing filled it.
    pub(crate) fn column(&self, column: ChargeColumn) -> ArrayRef {
        let absent = || new_null_array(&column.spec().kind.data_type(), self.rows);
        self.columns.get(&column).cloned().unwrap_or_else(absent)
    }

    pub(crate) fn has(&self, column: ChargeColumn) -> bool {
        self.columns.contains_key(&column)
    }

    /// A copy of which every column is what `keep` makes of it.
    pub(crate) fn select(
        &self,
        keep: impl Fn(&ArrayRef) -> Result<ArrayRef, arrow::error::ArrowError>,
        rows: usize,
    ) -> Result<Self, Refusal> {
        let mut selected = Self::new(rows);
        for (column, array) in &self.columns {
            selected.columns.insert(*column, keep(array)?);
        }
        for (key, array) in &self.tags {
            let array = keep(array)?;
            // A key that occurs only in other rows is none of these rows'.
            if array.null_count() < array.len() {
                selected.tags.insert(key.clone(), array);
            }
        }
        Ok(selected)
    }
}

/// How one file is read: fixed once its header is known.
pub(crate) enum Plan {
    Focus(focus::FocusPlan),
    Cur(Box<cur::CurPlan>),
    Oci(oci::OciPlan),
}

impl Plan {
    /// `None` for transactions and calls, which are no charges.
    pub(crate) fn of(
        layout: Layout,
        header: &[String],
        notes: &mut SourceNotes,
    ) -> Result<Option<Self>, Refusal> {
        Ok(match layout {
            Layout::Focus10 | Layout::Focus11 | Layout::Focus12 => {
                Some(Self::Focus(focus::FocusPlan::of(header, notes)?))
            }
            Layout::LegacyCur | Layout::Cur2 => {
                Some(Self::Cur(Box::new(cur::CurPlan::of(header, notes))))
            }
            Layout::OciCost => Some(Self::Oci(oci::OciPlan::of(header, notes))),
            Layout::Transactions
            | Layout::ApiCalls
            | Layout::Budgets
            | Layout::Metrics
            | Layout::OtlpMetrics
            | Layout::Logs
            | Layout::Spans
            | Layout::OtlpRecords
            | Layout::CloudTrail
            | Layout::ConfigItems
            | Layout::Changes
            | Layout::GitLog => None,
        })
    }

    /// Places of the header that are read.
    pub(crate) fn wanted(&self) -> Vec<usize> {
        match self {
            Self::Focus(plan) => plan.wanted(),
            Self::Cur(plan) => plan.wanted(),
            Self::Oci(plan) => plan.wanted(),
        }
    }

    pub(crate) fn map(&self, chunk: &Chunk, notes: &mut SourceNotes) -> Result<Mapped, Refusal> {
        notes.rows += chunk.rows as u64;
        let mut mapped = match self {
            Self::Focus(plan) => plan.map(chunk, notes)?,
            Self::Cur(plan) => plan.map(chunk, notes)?,
            Self::Oci(plan) => plan.map(chunk, notes)?,
        };
        fill_billing_period(&mut mapped, chunk)?;
        Ok(mapped)
    }
}

/// Copies text; absent cells of the first column fall back to the next.
pub(crate) fn text(chunk: &Chunk, places: &[Option<usize>]) -> Result<Option<ArrayRef>, Refusal> {
    let columns: Vec<&Cells> =
        places.iter().flatten().map(|place| chunk.at(Some(*place))).collect();
    if columns.is_empty() {
        return Ok(None);
    }
    let mut column = TextColumn::new();
    for row in 0..chunk.rows {
        let cell = columns.iter().find_map(|cells| cells.text(row));
        column.push(cell.as_deref())?;
    }
    Ok(Some(column.finish()?))
}

/// Fills a column with one text.
pub(crate) fn constant(value: &str, rows: usize) -> Result<ArrayRef, Refusal> {
    let mut column = TextColumn::new();
    for _ in 0..rows {
        column.push(Some(value))?;
    }
    Ok(column.finish()?)
}

/// Reads exact numbers; words become null and are counted.
pub(crate) fn numbers(
    chunk: &Chunk,
    place: Option<usize>,
    name: &str,
    notes: &mut SourceNotes,
) -> Option<Vec<Option<i128>>> {
    let cells = chunk.at(Some(place?));
    Some((0..chunk.rows).map(|row| number(cells, row, name, notes)).collect())
}

fn number(cells: &Cells, row: usize, name: &str, notes: &mut SourceNotes) -> Option<i128> {
    match cells.number(row) {
        Number::Exact(value) => Some(value),
        Number::Cut(value) => {
            notes.cut(name);
            Some(value)
        }
        Number::Absent => None,
        Number::Word => {
            notes.word(name, &cells.text(row).unwrap_or_default());
            None
        }
    }
}

/// An array of decimals of the warehouse's type.
pub(crate) fn decimals(values: impl IntoIterator<Item = Option<i128>>) -> ArrayRef {
    let mut builder = decimal_builder(0);
    for value in values {
        builder.append_option(value);
    }
    let array: Decimal128Array = builder.finish();
    Arc::new(array)
}

/// Reads moments.
///
/// # Errors
/// The row, column and value of a cell that is no moment: a bill with impossible times is not guessed at.
pub(crate) fn moments(
    chunk: &Chunk,
    place: Option<usize>,
    name: &str,
    notes: &mut SourceNotes,
) -> Result<Option<ArrayRef>, Refusal> {
    let Some(place) = place else { return Ok(None) };
    let cells = chunk.at(Some(place));
    let mut builder = time_builder(chunk.rows);
    let mut last = None;
    for row in 0..chunk.rows {
        let moment = cells.moment(row).map_err(|no_moment| Refusal::Moment {
            row: chunk.first_row + row as u64,
            column: name.to_owned(),
            value: no_moment.text,
        })?;
        let (micros, spelling) = moment.map_or((None, None), |(at, how)| (Some(at), how));
        if let Some(spelling) = spelling.filter(|spelling| last != Some(*spelling)) {
            notes.spelled(name, spelling);
            last = Some(spelling);
        }
        builder.append_option(micros);
    }
    Ok(Some(Arc::new(builder.finish())))
}

// Files without a billing period (and rows without one) belong to the month of their charge.
fn fill_billing_period(mapped: &mut Mapped, chunk: &Chunk) -> Result<(), Refusal> {
    let starts = mapped.column(ChargeColumn::ChargePeriodStart);
    let billing = mapped.column(ChargeColumn::BillingPeriodStart);
    let ends = mapped.column(ChargeColumn::BillingPeriodEnd);
    let (Some(starts), Some(billing), Some(ends)) = (times(&starts), times(&billing), times(&ends))
    else {
        return Ok(());
    };
    if starts.null_count() == 0 && billing.null_count() == 0 && ends.null_count() == 0 {
        return Ok(());
    }
    let mut filled = (time_builder(mapped.rows), time_builder(mapped.rows));
    for row in 0..mapped.rows {
        if starts.is_null(row) {
            return Err(Refusal::NoMoment {
                row: chunk.first_row + row as u64,
                column: "start of its charge period".to_owned(),
            });
        }
        let known = if billing.is_null(row) { starts.value(row) } else { billing.value(row) };
        let month = moment::date_of(known).map(|date| {
            let first = date.first_of_month();
            let next = date.last_of_month().tomorrow().unwrap_or(first);
            (moment::micros_of_date(first), moment::micros_of_date(next))
        });
        let start = if billing.is_null(row) { month.map(|month| month.0) } else { Some(known) };
        let end =
            if ends.is_null(row) { month.map(|month| month.1) } else { Some(ends.value(row)) };
        filled.0.append_option(start);
        filled.1.append_option(end);
    }
    mapped.set(ChargeColumn::BillingPeriodStart, Arc::new(filled.0.finish()));
    mapped.set(ChargeColumn::BillingPeriodEnd, Arc::new(filled.1.finish()));
    Ok(())
}

/// The moments of an array, when it holds moments.
pub(crate) fn times(array: &ArrayRef) -> Option<&TimestampMicrosecondArray> {
    array.as_any().downcast_ref()
}
