//! `wherefore report`: questions that belong together, as one document.

use std::{fs, io, io::Write as _, path::Path};

use super::{
    Context, Exit, arguments::report::Report as Arguments, failure::Failure, output::Output,
};
use crate::{
    report::{self, Form, Marks, Order, Report},
    wiring,
};

pub(super) async fn run(arguments: Arguments, context: Context) -> Result<Exit, Failure> {
    let config = context.config.with(arguments.warehouse.warehouse, None);
    let as_of = arguments.reading.as_of.unwrap_or_else(|| context.clock.today());
    let app = wiring::app(&config, context.clock, wiring::Keep::Nothing).await?;
    let order = Order {
        kind: arguments.kind.into(),
        month: arguments.month,
        by: arguments.by,
        sharing: arguments.allocate,
        language: arguments.reading.language.map(Into::into).unwrap_or_default(),
        as_of,
    };
    let output = context.output;
    let report = report::make(&app, &order, &|title| output.note(title)).await?;
    let marks = if arguments.bom { Marks::ByteOrder } else { Marks::None };
    let bytes = report.written(arguments.format, marks)?;
    match &arguments.output {
        Some(path) => {
            fs::write(path, bytes)
                .map_err(|source| Failure::Unwritable { path: path.clone(), source })?;
            output.note(&path.display().to_string());
        }
        None if arguments.format == Form::Xlsx => {
            let path = Path::new(&format!("{}.xlsx", report.file_stem())).to_path_buf();
            fs::write(&path, bytes)
                .map_err(|source| Failure::Unwritable { path: path.clone(), source })?;
            output.note(&path.display().to_string());
        }
        None => io::stdout().lock().write_all(&bytes).map_err(Failure::Output)?,
    }
    Ok(closed(&report, output))
}

// A bill whose parts do not add up is shown, and is a failure.
fn closed(report: &Report, output: Output) -> Exit {
    match &report.closing {
        Some(report::Closing::Open { column }) => {
            output.note(&format!("the rows do not add up to the bill in `{column}`"));
            Exit::Failed
        }
        Some(report::Closing::Exact) | None => Exit::Done,
    }
}
