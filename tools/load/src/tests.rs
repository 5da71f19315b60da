//! Loads of small hand-made bills, from the file to the warehouse.

mod bases;
mod budgets;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use arrow::{
    array::{Array, AsArray},
    datatypes::Decimal128Type,
};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use wherefore_contract::quality::NoticeCode;

use crate::{
    LoadError, LoadOptions, Quiet,
    commit::{Step, WriteLock},
    load::{load, load_checked},
    manifest::Warehouse,
    number,
    report::{IdentityOutcome, LoadReport},
};

struct House {
    folder: tempfile::TempDir,
}

impl House {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("warehouse")
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn options(&self) -> LoadOptions {
        LoadOptions::new(self.root(), "2026-11-01T00:00:00Z".parse().unwrap())
    }

    fn load(&self, path: &Path) -> LoadReport {
        load(&[path.to_owned()], &self.options(), &Quiet).unwrap()
    }

    /// `(month, service, tag workload, billed, effective)` of every row of the current snapshot.
    fn rows(&self) -> Vec<String> {
        let warehouse = Warehouse::open(self.root());
        let Ok(manifest) = warehouse.current() else { return Vec::new() };
        let mut rows = Vec::new();
        for file in manifest.charge_files {
            let opened = File::open(warehouse.path_of(&file.path)).unwrap();
            let reader = ParquetRecordBatchReaderBuilder::try_new(opened).unwrap().build().unwrap();
            for batch in reader {
                let batch = batch.unwrap();
                let text = |name: &str, row: usize| match batch.column_by_name(name) {
                    Some(column) if !column.is_null(row) => {
                        column.as_string::<i32>().value(row).to_owned()
                    }
                    Some(_) | None => "-".to_owned(),
                };
                let decimal = |name: &str, row: usize| {
                    let column = batch.column_by_name(name).unwrap();
                    let cost = column.as_primitive::<Decimal128Type>();
                    if cost.is_null(row) { "-".to_owned() } else { number::format(cost.value(row)) }
                };
                for row in 0..batch.num_rows() {
                    rows.push(format!(
                        "{} {} {} {} {}",
                        file.key.billing_period.strftime("%Y-%m"),
                        text("ServiceName", row),
                        text("x_tag_workload", row),
                        decimal("BilledCost", row),
                        decimal("EffectiveCost", row)
                    ));
                }
            }
        }
        rows
    }
}

const FOCUS_HEADER: &str = "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,BilledCost,EffectiveCost,Tags";

fn focus(rows: &[(u32, u32, &str, &str, &str)]) -> String {
    let mut text = FOCUS_HEADER.to_owned();
    for (month, day, service, billed, tags) in rows {
        let tags = tags.replace('"', "\"\"");
        let next = month + 1;
        let after = day + 1;
        write!(
            text,
            "\nAWS,1,USD,2024-{month:02}-01,2024-{next:02}-01,2024-{month:02}-{day:02}T00:00:00Z,2024-{month:02}-{after:02}T00:00:00Z,Usage,{service},{billed},{billed},\"{tags}\""
        )
        .unwrap();
    }
    text
}

const AUGUST: &[(u32, u32, &str, &str, &str)] =
    &[(8, 1, "Amazon EC2", "1.10", r#"{"Workload ":"checkout"}"#), (8, 2, "Amazon S3", "2E-7", "")];

#[test]
fn a_bill_is_loaded_exactly_and_its_tags_become_columns() {
    let house = House::new();
    let report = house.load(&house.write("august.csv", focus(AUGUST)));
    assert!(report.is_complete());
    let rows = ["2024-08 Amazon EC2 checkout 1.1 1.1", "2024-08 Amazon S3 - 0.0000002 0.0000002"];
    assert_eq!(house.rows(), rows);
    let manifest = Warehouse::open(house.root()).current().unwrap();
    let tags = BTreeMap::from([("workload".to_owned(), "x_tag_workload".to_owned())]);
    assert_eq!(manifest.tag_columns, tags);
    let catalog = Warehouse::open(house.root()).catalog(&manifest).unwrap();
    let values = |name: &str| -> Vec<String> {
        catalog.dimensions[name].iter().map(|value| value.value.clone()).collect()
    };
    assert_eq!(values("cloud_service"), ["Amazon EC2", "Amazon S3"]);
    assert_eq!(values("workload"), ["checkout"]);
}

#[test]
fn a_period_loaded_again_is_replaced_whole_and_the_difference_is_told() {
    let house = House::new();
    house.load(&house.write("august.csv", focus(AUGUST)));
    let september = [(9, 1, "Amazon EC2", "5", "")];
    house.load(&house.write("september.csv", focus(&september)));
    let restated = [(8, 1, "Amazon EC2", "0.9", "")];
    let report = house.load(&house.write("august-final.csv", focus(&restated)));
    assert_eq!(house.rows(), ["2024-08 Amazon EC2 - 0.9 0.9", "2024-09 Amazon EC2 - 5 5"]);
    let [restatement] = report.restated.as_slice() else { panic!("{:?}", report.restated) };
    assert_eq!((restatement.rows_before, restatement.rows_after), (2, 1));
    assert_eq!(restatement.billed[0].difference, "-0.2000002");
    let noticed = |report: &LoadReport| {
        report.description.notices.iter().any(|notice| notice.code == NoticeCode::Restated)
    };
    assert!(noticed(&report));
    let again = house.load(&house.write("august-final.csv", focus(&restated)));
    assert!(!noticed(&again), "the same bill again is no restatement");
    // The snapshot before still reads its own files.
    let warehouse = Warehouse::open(house.root());
    let first = warehouse.snapshot("s000001").unwrap();
    assert!(first.charge_files.iter().all(|file| warehouse.path_of(&file.path).exists()));
    assert_eq!(warehouse.snapshots().unwrap().len(), 4);
}

#[test]
fn the_last_snapshots_are_kept_and_the_files_of_others_removed() {
    let house = House::new();
    let path = house.write("august.csv", focus(AUGUST));
    let options = LoadOptions { kept_snapshots: 2, ..house.options() };
    for _ in 0..4 {
        load(std::slice::from_ref(&path), &options, &Quiet).unwrap();
    }
    let warehouse = Warehouse::open(house.root());
    assert_eq!(warehouse.snapshots().unwrap(), ["s000003", "s000004"]);
    let folder = house.root().join("charges/billing_period=2024-08");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "s000003-0001-0001.parquet",
            "s000003-0001-0001.stats.json",
            "s000004-0001-0001.parquet",
            "s000004-0001-0001.stats.json"
        ]
    );
    let refused = warehouse.snapshot("s000001").unwrap_err().to_string();
    assert_eq!(refused, "snapshot `s000001` is not kept any more; kept are s000003, s000004");
}

#[test]
fn a_load_that_dies_at_any_step_leaves_the_old_state_or_the_new() {
    for step in [
        Step::Staged,
        Step::Moved,
        Step::CatalogWritten,
        Step::ManifestWritten,
        Step::Committed,
        Step::Pruned,
    ] {
        let house = House::new();
        house.load(&house.write("august.csv", focus(AUGUST)));
        let old = house.rows();
        let next = house.write("new.csv", focus(&[(8, 3, "Amazon RDS", "7", "")]));
        let crash = |at: Step| if at == step { Err(LoadError::Interrupted) } else { Ok(()) };
        load_checked(std::slice::from_ref(&next), &house.options(), &Quiet, &crash).unwrap_err();
        let new = vec!["2024-08 Amazon RDS - 7 7".to_owned()];
        let committed = matches!(step, Step::Committed | Step::Pruned);
        assert_eq!(house.rows(), if committed { new.clone() } else { old }, "{step:?}");
        let report = house.load(&next);
        assert!(report.is_complete(), "the next load goes on after {step:?}");
        assert_eq!(house.rows(), new);
        assert_eq!(fs::read_dir(house.root().join("staging")).unwrap().count(), 0);
    }
}

#[test]
fn two_loads_never_write_at_once() {
    let house = House::new();
    let lock = WriteLock::take(&house.root()).unwrap();
    let path = house.write("august.csv", focus(AUGUST));
    let refused = load(std::slice::from_ref(&path), &house.options(), &Quiet).unwrap_err();
    assert!(matches!(refused, LoadError::Locked(_)), "{refused}");
    drop(lock);
    assert!(house.load(&path).is_complete());
}

#[test]
fn bad_files_are_refused_with_one_sentence_and_load_nothing() {
    let gzip = |text: &str| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    };
    let august = focus(AUGUST);
    let packed = gzip(&august.repeat(50));
    let impossible =
        august.replace("2024-08-02T00:00:00Z,2024-08-03", "2024-08-02T30:00:00Z,2024-08-03");
    let mut latin = august.clone().into_bytes();
    latin.extend(b"\nAWS,1,USD,2024-08-01,2024-09-01,2024-08-01,2024-08-02,Usage,caf\xe9,1,1,");
    for (name, bytes, sentence) in [
        ("empty.csv", Vec::new(), "is empty"),
        ("blank.csv", b"\n\n".to_vec(), "is empty"),
        ("cut.csv.gz", packed[..packed.len() / 2].to_vec(), "cut off"),
        ("cut.parquet", b"PAR1 and nothing".to_vec(), "is no valid Parquet file"),
        ("book.csv", b"PK\x03\x04....".to_vec(), "zip archive"),
        (
            "ragged.csv",
            format!("{august}\nAWS,1").into_bytes(),
            "row 3 has 2 cells where the header has 12",
        ),
        (
            "time.csv",
            impossible.into_bytes(),
            "row 2, ChargePeriodStart: `2024-08-02T30:00:00Z` is no moment",
        ),
        ("quote.csv", format!("{august}\n\"AWS").into_bytes(), "quoted cell"),
        ("latin.csv", latin, "row 3"),
        ("twice.csv", august.replace("Tags", "billedcost").into_bytes(), "mean the same"),
        ("other.csv", b"a;b;c\n1;2;3".to_vec(), "is no cost table that is known"),
    ] {
        let house = House::new();
        let report = house.load(&house.write(name, bytes));
        assert_eq!((report.snapshot.clone(), report.loaded.len()), (None, 0), "{name}");
        let [refused] = report.refused.as_slice() else { panic!("{name}: {report:?}") };
        assert!(refused.reason.contains(sentence), "{name}: {}", refused.reason);
        assert_eq!(house.rows(), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_refused_file_withholds_its_periods_and_no_others() {
    let house = House::new();
    house.load(&house.write("before.csv", focus(AUGUST)));
    let before = house.rows();
    house.write("bills/part1.csv", focus(&[(8, 1, "Amazon EC2", "50", "")]));
    house.write("bills/part2.csv", format!("{}\nAWS,1", focus(&[(8, 2, "Amazon S3", "60", "")])));
    house.write("bills/september.csv", focus(&[(9, 1, "Amazon S3", "3", "")]));
    house.write("bills/readme.md", "not a bill");
    house.write("bills/counts.csv", "timestamp,value\n1,2");
    let report = house.load(&house.folder.path().join("bills"));
    // part2 broke before its first chunk was through, so the whole folder is in doubt.
    assert!(!report.is_complete());
    assert_eq!(report.refused.len(), 1);
    assert_eq!(report.skipped.len(), 2);
    assert!(report.withheld.iter().any(|period| period.key.billing_period.month() == 8));
    let august: Vec<_> =
        house.rows().into_iter().filter(|row| row.starts_with("2024-08")).collect();
    assert_eq!(august, before);
}

const CUR_HEADER: &str = "bill/PayerAccountId,bill/BillingPeriodStartDate,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,lineItem/Operation,lineItem/UsageAmount,lineItem/CurrencyCode,lineItem/UnblendedCost,lineItem/LineItemDescription,pricing/publicOnDemandCost,reservation/ReservationARN,reservation/EffectiveCost,reservation/UnusedAmortizedUpfrontFeeForBillingPeriod,reservation/UnusedRecurringFee,reservation/AmortizedUpfrontFeeForBillingPeriod,savingsPlan/SavingsPlanARN,savingsPlan/SavingsPlanEffectiveCost,savingsPlan/TotalCommitmentToDate,savingsPlan/UsedCommitment,savingsPlan/AmortizedUpfrontCommitmentForBillingPeriod,resourceTags/user:Workload";

// One row: type, cost, then `column=value` for the others.
fn cur_row(kind: &str, cost: &str, others: &[(&str, &str)]) -> String {
    let cells = CUR_HEADER.split(',').map(|column| {
        let given = others.iter().find(|(name, _)| *name == column).map(|(_, value)| *value);
        given.unwrap_or(match column {
            "bill/PayerAccountId" | "lineItem/UsageAccountId" => "9",
            "bill/BillingPeriodStartDate" | "lineItem/UsageStartDate" => "2024-08-01T00:00:00Z",
            "lineItem/UsageEndDate" => "2024-08-01T01:00:00Z",
            "lineItem/LineItemType" => kind,
            "lineItem/ProductCode" => "AmazonEC2",
            "lineItem/CurrencyCode" => "USD",
            "lineItem/UnblendedCost" => cost,
            _ => "",
        })
    });
    cells.collect::<Vec<_>>().join(",")
}

#[test]
#[expect(clippy::too_many_lines, reason = "one bill, whole")]
fn commitments_of_aws_are_amortised_and_the_identity_closes() {
    let house = House::new();
    let plan_used = "savingsPlan/SavingsPlanEffectiveCost";
    let plan = "savingsPlan/SavingsPlanARN";
    let rows = [
        cur_row("Usage", "10", &[("resourceTags/user:Workload", "checkout")]),
        cur_row("SavingsPlanCoveredUsage", "8", &[(plan, "sp"), (plan_used, "5")]),
        cur_row("SavingsPlanNegation", "-8", &[(plan, "sp")]),
        cur_row(
            "SavingsPlanRecurringFee",
            "4",
            &[
                (plan, "sp"),
                ("savingsPlan/TotalCommitmentToDate", "6"),
                ("savingsPlan/UsedCommitment", "5"),
                ("savingsPlan/AmortizedUpfrontCommitmentForBillingPeriod", "2"),
            ],
        ),
        cur_row("SavingsPlanUpfrontFee", "700", &[(plan, "sp")]),
        cur_row(
            "DiscountedUsage",
            "0",
            &[("reservation/ReservationARN", "ri"), ("reservation/EffectiveCost", "3")],
        ),
        cur_row(
            "RIFee",
            "2.5",
            &[
                ("reservation/ReservationARN", "ri"),
                ("reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "0.25"),
                ("reservation/UnusedRecurringFee", "0.75"),
                ("reservation/AmortizedUpfrontFeeForBillingPeriod", "1.5"),
            ],
        ),
        cur_row("Fee", "30", &[("reservation/ReservationARN", "ri")]),
        cur_row("Tax", "1", &[]),
        cur_row("Credit", "-2", &[]),
        cur_row("Usage", "99", &[("lineItem/Operation", "EKSPod-EC2")]),
    ];
    let bill = house.write("cur.csv", format!("{CUR_HEADER}\n{}", rows.join("\n")));
    let report = house.load(&bill);
    let costs: Vec<String> =
        house.rows().into_iter().map(|row| row.replace("2024-08 AmazonEC2 ", "")).collect();
    let expected = [
        "checkout 10 10",
        "- 8 5",
        "- -8 0",
        "- 4 1",
        "- 700 0",
        "- 0 3",
        "- 2.5 1",
        "- 30 0",
        "- 1 1",
        "- -2 -2",
    ];
    assert_eq!(costs, expected);
    let outcomes: Vec<_> = report.identities.iter().map(|check| check.outcome.clone()).collect();
    let holds = |left: &str, right: &str| IdentityOutcome::Holds {
        left: left.to_owned(),
        right: right.to_owned(),
    };
    assert_eq!(outcomes, [holds("19", "19"), holds("0", "0")]);
    let split =
        report.description.notices.iter().find(|notice| notice.code == NoticeCode::SplitCostRows);
    assert_eq!(split.unwrap().figures["rows"], "1");
}

#[test]
fn transactions_replace_the_span_they_cover() {
    let house = House::new();
    house.load(&house.write("august.csv", focus(AUGUST)));
    let daily = "period,workload,transactions\n2024-08-01,checkout,100\n2024-08-02,checkout,200\n2024-08-04,search,5\n";
    house.load(&house.write("daily.csv", daily));
    let hourly = "Period,Workload,Transactions\n2024-08-02T00:00:00Z,checkout,7\n2024-08-02T01:00:00Z,checkout,8\n";
    let report = house.load(&house.write("hourly.csv", hourly));
    let covered: Vec<String> = report
        .description
        .transactions
        .iter()
        .map(|coverage| {
            format!(
                "{} {} {} {}",
                coverage.workload, coverage.period, coverage.grain, coverage.has_charges
            )
        })
        .collect();
    assert_eq!(
        covered,
        [
            "checkout [2024-08-01, 2024-08-02T02:00:00) hour true",
            "search [2024-08-04, 2024-08-05) day false",
        ]
    );
    let manifest = Warehouse::open(house.root()).current().unwrap();
    assert_eq!(manifest.transaction_files[0].rows, 4);
    for (bad, sentence) in [
        ("2024-08-01,checkout,many", "`many` is no count"),
        ("2024-08-01,checkout,-1", "`-1` is no count"),
        ("2024-08-01,,1", "names no workload"),
        ("2024-08-01,a,1\n2024-08-01,a,2", "again"),
    ] {
        let path = house.write("bad.csv", format!("period,workload,transactions\n{bad}\n"));
        let report = house.load(&path);
        assert!(report.refused[0].reason.contains(sentence), "{}", report.refused[0].reason);
    }
}

#[test]
fn a_tag_that_appears_late_starts_another_file_and_loses_no_row() {
    let house = House::new();
    let mut rows = vec![(8, 1, "Amazon EC2", "1", r#"{"team":"a"}"#); 40_000];
    rows.push((8, 2, "Amazon EC2", "1", r#"{"late":"b"}"#));
    house.load(&house.write("august.csv", focus(&rows)));
    let manifest = Warehouse::open(house.root()).current().unwrap();
    let files: Vec<_> = manifest
        .charge_files
        .iter()
        .map(|file| (file.rows, file.tag_columns.keys().cloned().collect::<Vec<_>>().join(",")))
        .collect();
    assert_eq!(files, [(32_768, "team".to_owned()), (7_233, "late,team".to_owned())]);
}

#[test]
fn a_bill_that_was_saved_twice_counts_once() {
    let house = House::new();
    house.write("bills/august.csv", focus(AUGUST));
    house.write("bills/copy of august.csv", focus(AUGUST));
    let report = house.load(&house.folder.path().join("bills"));
    assert_eq!(report.description.rows, 2);
    assert!(report.skipped[0].reason.starts_with("has the same bytes as"));
}

#[test]
fn the_report_says_what_bars_and_what_qualifies_a_figure() {
    let house = House::new();
    let mut bill = FOCUS_HEADER.replace("Tags", "Tags,Colour");
    for day in (1..=12).chain(14..=15) {
        let (day, next) = (format!("{day:02}"), format!("{:02}", day + 1));
        write!(
            bill,
            "\nAWS,1,USD,2024-08-01,2024-09-01,2024-08-{day},2024-08-{next} 00:00:00,Usage,Amazon S3,0.25,0,no json,red"
        )
        .unwrap();
    }
    bill.push_str(
        "\nAWS,1,USD,2024-08-01,2024-09-01,2024-08-15,2024-08-16,Credit,Amazon S3,-3.5,n/a,,",
    );
    bill.push_str("\nAWS,1,EUR,2024-08-01,2024-09-01,2024-07-31,2024-08-01,Usage,Amazon S3,1,1,,");
    let report = house.load(&house.write("dirty.csv", bill));
    let notices: Vec<String> = report
        .description
        .notices
        .iter()
        .map(|notice| {
            format!("{:?} {:?} {}: {}", notice.severity, notice.code, notice.subject, notice.text)
        })
        .collect();
    insta::assert_snapshot!(notices.join("\n"), @r"
    Warning MissingDays : 1 day without an ordinary charge: 2024-08-13
    Warning PartialPeriod : the billing period is loaded up to 2024-08-16 only; it ends at 2024-09-01
    Bar RoundedMetric effective_cost: effective_cost is rounded to whole units: 15 of 15 amounts are whole, 1 of 16 of billed_cost; use billed_cost
    Bar ZeroMetric effective_cost: effective_cost is 0 on 14 of 16 rows that are billed and that no commitment covers
    Bar MissingMetric contracted_cost: no row holds contracted_cost
    Bar MissingMetric list_cost: no row holds list_cost
    Warning MixedCurrencies billing_currency: charges are billed in EUR, USD; no sum crosses currencies
    Warning NotANumber EffectiveCost: dirty.csv: no number in 1 cell of EffectiveCost, e.g. `n/a`; read as absent
    Warning CreditsHideUsage billed_cost: credits of -3.5 USD cancel 100.00 % of 3.5 USD; 0 USD remain
    Note Untagged tag:workload: 16 of 16 rows (100.00 %) carry no tag `workload`; billed without it: 1 of 1 EUR, 0 of 0 USD; no charge carries any tag
    Note BilledElsewhere billing_period: 1 row outside the time of the billing period; billed 1
    Note MixedTimeSpellings : dirty.csv: moments are spelled in several ways (2024-09-01, 2024-09-01 05:00:00); all read as UTC
    Note UnknownColumns : dirty.csv: left out 1 column, not of FOCUS 1.0: Colour
    Warning InvalidTags tags: dirty.csv: tags that are no JSON object in 14 rows; kept as text only
    ");
}

const TERM_HEADER: &str = "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeFrequency,ServiceName,BilledCost,EffectiveCost,ListCost,CommitmentDiscountId,CommitmentDiscountStatus";

// A month of two commitments: one bought once for two months, one that recurs.
fn term_month(month: u32, purchase: bool, unused: &str) -> String {
    let next = month + 1;
    let place = format!(
        "AWS,1,USD,2024-{month:02}-01,2024-{next:02}-01,2024-{month:02}-01,2024-{month:02}-02"
    );
    let mut text = TERM_HEADER.to_owned();
    if purchase {
        write!(text, "\n{place},Purchase,,One-Time,Amazon EC2,100,0,0,term,").unwrap();
    }
    write!(
        text,
        "\n{place},Purchase,,Recurring,Amazon EC2,7,0,0,fee,\n{place},Usage,,Usage-Based,Amazon EC2,0,7,9,fee,Used\n{place},Usage,,Usage-Based,Amazon EC2,0,40,60,term,Used\n{place},Usage,,Usage-Based,Amazon EC2,0,{unused},0,term,Unused\n{place},Usage,Correction,Usage-Based,Amazon EC2,-1,-1,-2,,"
    )
    .unwrap();
    text
}

#[test]
fn a_commitment_for_a_term_closes_over_all_loaded_periods() {
    let house = House::new();
    let outcomes = |report: &LoadReport| -> Vec<String> {
        let checks = report.identities.iter();
        checks.map(|check| format!("{} {:?}", check.name, check.outcome)).collect()
    };
    let told = |report: &LoadReport| -> Vec<String> {
        let notices = report.description.notices.iter();
        let kept = notices.filter(|notice| {
            matches!(
                notice.code,
                NoticeCode::IdentityFailed
                    | NoticeCode::IdentityUnchecked
                    | NoticeCode::ListBelowEffective
            )
        });
        kept.map(|notice| notice.text.clone()).collect()
    };
    let first = house.load(&house.write("8.csv", term_month(8, true, "10")));
    let unchecked = "used + unused = purchased cannot be checked for 1 commitment, because their term goes on after the last loaded period: `term`";
    assert_eq!(told(&first), [unchecked]);
    let second = house.load(&house.write("9.csv", term_month(9, false, "10")));
    assert_eq!(told(&second), [""; 0]);
    let term = "used + unused = purchased, commitment `term`";
    let fee = "used + unused = purchased, commitment `fee`";
    assert_eq!(
        outcomes(&second),
        [
            format!("{fee} Holds {{ left: \"7\", right: \"7\" }}"),
            format!("{term} Holds {{ left: \"100\", right: \"100\" }}"),
            format!("{fee} Holds {{ left: \"7\", right: \"7\" }}"),
        ]
    );
    let wrong = house.load(&house.write("9b.csv", term_month(9, false, "15")));
    let fails = "used + unused = purchased does not hold: `term`: 105 against 100, 5 apart";
    assert_eq!(told(&wrong), [fails]);
}

#[test]
fn a_bill_without_charges_is_left_alone_and_said_so() {
    let house = House::new();
    house.load(&house.write("bills/august.csv", focus(AUGUST)));
    let report = house.load(&house.write("empty/september.csv", FOCUS_HEADER));
    assert_eq!((report.snapshot, report.skipped.len()), (None, 1));
    assert_eq!(report.skipped[0].reason, "holds a header and no charge");
    assert_eq!(house.rows().len(), 2);
}
