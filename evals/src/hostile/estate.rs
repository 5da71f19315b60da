//! A small company whose bill carries texts of others: in tags, names and descriptions, as a provider would write them.

use std::fmt::Write as _;

use jiff::{ToSpan as _, civil::date};

/// Texts by the places where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) tag: String,
    pub(super) resource: String,
    pub(super) account: String,
    pub(super) description: String,
    /// What a server of others says about log lines, changes and people's messages.
    pub(super) log: String,
}

impl Texts {
    /// The same places with nothing to say.
    pub(super) fn plain() -> Self {
        let word = str::to_owned;
        Self {
            tag: word("platform"),
            resource: word("archive-bucket"),
            account: word("Staging"),
            description: word("Requests of the archive"),
            log: word("GET /cart 200"),
        }
    }
}

const HEAD: &str = "BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,\
ChargeDescription,ChargeFrequency,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,ListCost,ContractedCost,\
ConsumedQuantity,ConsumedUnit,PricingQuantity,PricingUnit,ListUnitPrice,PricingCategory,ProviderName,PublisherName,\
InvoiceIssuerName,RegionId,RegionName,ServiceName,ServiceCategory,SkuId,SubAccountId,SubAccountName,ResourceId,ResourceName,Tags";

struct Line<'t> {
    cloud_service: &'static str,
    category: &'static str,
    /// Cost of a day in August and in September.
    costs: [&'static str; 2],
    workload: Option<&'static str>,
    team: &'t str,
    account: (&'static str, &'t str),
    resource: (&'static str, &'t str),
    description: &'t str,
}

fn lines(texts: &Texts) -> [Line<'_>; 5] {
    let production = ("111111111111", "Production");
    let line = Line {
        cloud_service: "Amazon Elastic Compute Cloud",
        category: "Compute",
        costs: ["10.25", "12.5"],
        workload: Some("checkout"),
        team: "shop",
        account: production,
        resource: ("i-0a1b2c", "web-front"),
        description: "Instance hours",
    };
    [
        Line { ..line },
        Line {
            cloud_service: "Amazon Simple Storage Service",
            category: "Storage",
            costs: ["1.1", "1.3"],
            workload: None,
            team: &texts.tag,
            resource: ("bucket-1", &texts.resource),
            ..line
        },
        Line {
            cloud_service: "AWS Lambda",
            costs: ["3.75", "2.4"],
            workload: Some("billing"),
            team: "core",
            resource: ("fn-1", "billing-worker"),
            description: &texts.description,
            ..line
        },
        Line {
            cloud_service: "Amazon Relational Database Service",
            category: "Databases",
            costs: ["7.77", "7.77"],
            workload: Some("checkout"),
            account: ("222222222222", &texts.account),
            resource: ("db-1", "orders"),
            description: "Database hours",
            ..line
        },
        Line {
            cloud_service: "AWS Key Management Service",
            category: "Security",
            costs: ["0.0312", "0.0298"],
            workload: None,
            // Somebody called a team so.
            team: "$1.00",
            account: ("222222222222", &texts.account),
            resource: ("key-1", &texts.resource),
            description: &texts.description,
        },
    ]
}

// Quoted as RFC 4180 says.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The files of the company: names and contents, August and September 2024.
pub(super) fn files(texts: &Texts) -> Vec<(String, String)> {
    let mut bill = format!("{HEAD}\n");
    let mut counts = "period,workload,transactions\n".to_owned();
    for (at, month) in [date(2024, 8, 1), date(2024, 9, 1)].into_iter().enumerate() {
        let after = month.saturating_add(1.month());
        let mut day = month;
        while day < after {
            let next = day.saturating_add(1.day());
            for line in lines(texts) {
                let cost = line.costs.get(at).copied().unwrap_or_default();
                let mut tags = serde_json::Map::new();
                tags.insert("team".to_owned(), line.team.into());
                if let Some(workload) = line.workload {
                    tags.insert("workload".to_owned(), workload.into());
                }
                let tags = quoted(&serde_json::Value::Object(tags).to_string());
                let (account, account_name) = (line.account.0, quoted(line.account.1));
                let (resource, resource_name) = (line.resource.0, quoted(line.resource.1));
                let description = quoted(line.description);
                let (name, category) = (line.cloud_service, line.category);
                let _ = writeln!(
                    bill,
                    "000000000000,Main,USD,{month}T00:00:00Z,{after}T00:00:00Z,Usage,{description},Usage-Based,\
                     {day}T00:00:00Z,{next}T00:00:00Z,{cost},{cost},{cost},{cost},{cost},Hours,{cost},Hours,1,Standard,\
                     AWS,AWS,AWS,us-east-1,us-east-1,{name},{category},sku-1,{account},{account_name},{resource},\
                     {resource_name},{tags}"
                );
            }
            let checkout = if at == 0 { 1000 } else { 1100 };
            let _ = writeln!(counts, "{day},checkout,{checkout}\n{day},billing,500");
            day = next;
        }
    }
    vec![("bill.csv".to_owned(), bill), ("transactions.csv".to_owned(), counts)]
}
