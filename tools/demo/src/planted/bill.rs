//! Bills of what is planted: FOCUS 1.2 files of a payer of their own, one a month.

use std::{fs, path::Path};

use wherefore_load::focus_file::{FocusFileWriter, FocusRow};

use crate::{
    DemoError,
    calendar::{Calendar, Month, midnight},
    catalog::{Named, Provider},
};

/// Who pays for planted charges.
#[derive(Debug, Clone, Copy)]
pub(super) struct Payer {
    pub(super) account: Named,
    /// The folder of its bills under `bills/`.
    pub(super) folder: &'static str,
    /// What its invoice numbers begin with.
    pub(super) invoice: &'static str,
}

impl Payer {
    /// Writes `dir/bills/<folder>/<YYYY-MM>.parquet`: every month, each of its `lines` with the columns that all rows
    /// of the month share.
    pub(super) fn bill<T>(
        self,
        dir: &Path,
        calendar: &Calendar,
        lines: &[T],
        mut write: impl FnMut(&mut FocusFileWriter, Month, &FocusRow<'_>, &T) -> Result<(), DemoError>,
    ) -> Result<(), DemoError> {
        let folder = dir.join("bills").join(self.folder);
        fs::create_dir_all(&folder)
            .map_err(|source| DemoError::Folder { path: folder.clone(), source })?;
        for month in &calendar.months {
            let path = folder.join(format!("{}.parquet", month.first.strftime("%Y-%m")));
            let mut file = FocusFileWriter::create(path)?;
            let invoice = format!("{}-{}", self.invoice, month.first.strftime("%Y%m"));
            let row = self.row(*month, &invoice);
            for line in lines {
                write(&mut file, *month, &row, line)?;
            }
            file.finish()?;
        }
        Ok(())
    }

    fn row(self, month: Month, invoice: &str) -> FocusRow<'_> {
        let period = month.period();
        FocusRow {
            billing_account_id: Some(self.account.0),
            billing_account_name: Some(self.account.1),
            billing_account_type: Some("Billing Account"),
            billing_currency: Some("USD"),
            billing_period_start: Some(period.start()),
            billing_period_end: Some(period.end()),
            invoice_id: Some(invoice),
            invoice_issuer_name: Some(Provider::Aws.name()),
            provider_name: Some(Provider::Aws.name()),
            publisher_name: Some(Provider::Aws.name()),
            sub_account_type: Some(Provider::Aws.sub_account_type()),
            ..FocusRow::default()
        }
    }
}

/// The row on one day of the company's time.
pub(super) fn on_day<'a>(row: &FocusRow<'a>, day: usize) -> FocusRow<'a> {
    FocusRow {
        charge_period_start: Some(midnight(day)),
        charge_period_end: Some(midnight(day + 1)),
        ..*row
    }
}
