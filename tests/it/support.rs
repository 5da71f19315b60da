//! A small company's bills, written by hand and loaded as anyone would load them, and a client of the router.

use std::{fmt::Write as _, fs, path::PathBuf};

use axum::{Router, body::Body};
use jiff::{ToSpan as _, civil::date};
use serde_json::Value;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use wherefore::{app::App, clock::Clock, config::Config, http, wiring};
use wherefore_load::{LoadOptions, Quiet, load};

/// The day on which everything is asked.
pub(crate) const AS_OF: &str = "2024-10-15";

/// A warehouse with August and September 2024; it goes when this is dropped.
pub(crate) struct Estate {
    pub(crate) folder: TempDir,
    pub(crate) config: Config,
}

/// Two providers, three cloud services, one workload with transactions:
/// Amazon EC2 10.25 USD a day in August and 12.50 in September (workload `checkout`), Amazon S3 1.10 a day,
/// Virtual Machines 5.00 a day; 1000 transactions of checkout a day.
pub(crate) fn estate() -> Estate {
    let folder = tempfile::tempdir().unwrap();
    let bill = folder.path().join("focus.csv");
    let counts = folder.path().join("transactions.csv");
    fs::write(&bill, bill_text()).unwrap();
    fs::write(&counts, counts_text()).unwrap();
    let warehouse = folder.path().join("warehouse");
    let options = LoadOptions {
        ..LoadOptions::new(warehouse.clone(), "2024-10-15T00:00:00Z".parse().unwrap())
    };
    let report = load(&[bill, counts], &options, &Quiet).unwrap();
    assert!(report.is_complete(), "{report:?}");
    let config = Config::read(|name| match name {
        "WHEREFORE_WAREHOUSE" => Some(warehouse.display().to_string()),
        _ => None,
    })
    .unwrap();
    Estate { folder, config }
}

fn bill_text() -> String {
    let mut text = "BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargeDescription,ChargeFrequency,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,ListCost,ContractedCost,ConsumedQuantity,ConsumedUnit,PricingQuantity,PricingUnit,ListUnitPrice,PricingCategory,ProviderName,PublisherName,InvoiceIssuerName,RegionId,RegionName,ServiceName,ServiceCategory,SkuId,SubAccountId,SubAccountName,Tags\n".to_owned();
    let lines = [
        (
            "AWS",
            "123456789012",
            "Amazon Elastic Compute Cloud",
            "Compute",
            ["10.25", "12.50"],
            r#"{""workload"":""checkout""}"#,
            "us-east-1",
        ),
        (
            "AWS",
            "123456789012",
            "Amazon Simple Storage Service",
            "Storage",
            ["1.10", "1.10"],
            "{}",
            "us-east-1",
        ),
        (
            "Microsoft",
            "billing-7",
            "Virtual Machines",
            "Compute",
            ["5.00", "5.00"],
            "{}",
            "koreacentral",
        ),
    ];
    for (at, month) in [date(2024, 8, 1), date(2024, 9, 1)].into_iter().enumerate() {
        let after = month.saturating_add(1.month());
        let mut day = month;
        while day < after {
            let next = day.saturating_add(1.day());
            for (provider, account, cloud_service, category, costs, tags, region) in &lines {
                let cost = costs[at];
                let _ = writeln!(
                    text,
                    "{account},Main,USD,{month}T00:00:00Z,{after}T00:00:00Z,Usage,Usage of {cloud_service},Usage-Based,{day}T00:00:00Z,{next}T00:00:00Z,{cost},{cost},{cost},{cost},{cost},Hours,{cost},Hours,1,Standard,{provider},{provider},{provider},{region},{region},{cloud_service},{category},sku-1,sub-1,Production,\"{tags}\""
                );
            }
            day = next;
        }
    }
    text
}

fn counts_text() -> String {
    let mut text = "period,workload,transactions\n".to_owned();
    let mut day = date(2024, 8, 1);
    while day < date(2024, 10, 1) {
        let _ = writeln!(text, "{day},checkout,1000");
        day = day.saturating_add(1.day());
    }
    text
}

impl Estate {
    pub(crate) async fn app(&self) -> App {
        let clock = Clock::standing_at("2024-10-15T09:00:00Z".parse().unwrap());
        wiring::app(&self.config, clock, wiring::Keep::Nothing).await.unwrap()
    }

    pub(crate) async fn router(&self) -> Router {
        http::router(self.app().await, CancellationToken::new())
    }

    pub(crate) fn warehouse(&self) -> &str {
        self.config.warehouse.to_str().unwrap()
    }
}

/// A request as the page sends it.
pub(crate) fn request(method: &str, path: &str, body: Option<Value>) -> axum::http::Request<Body> {
    let builder =
        axum::http::Request::builder().method(method).uri(path).header("host", "localhost:8080");
    match body {
        Some(body) => {
            builder.header("content-type", "application/json").body(Body::from(body.to_string()))
        }
        None => builder.body(Body::empty()),
    }
    .unwrap()
}

/// A reply read to its end.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) async fn send(router: &Router, request: axum::http::Request<Body>) -> Reply {
    let reply = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = reply.into_parts();
    let bytes = axum::body::to_bytes(body, 64 << 20).await.unwrap();
    Reply {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// The folder of shared test data, where it is present.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests find their optional data through one variable"
    )]
    let found =
        std::env::var("WHEREFORE_SHARED").ok().map(|folder| PathBuf::from(folder).join(path));
    let found = found.filter(|path| path.exists());
    if found.is_none() {
        println!("skipped: WHEREFORE_SHARED has no {path}");
    }
    found
}
