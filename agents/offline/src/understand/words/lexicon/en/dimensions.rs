//! English words: what charges are grouped by.

#![expect(clippy::too_many_lines, reason = "a list of words is a table")]

use wherefore_contract::dimension::{Dimension, FocusDimension as F};

use crate::understand::word::Meaning::{self, Service, Tag};

/// Meanings with the words that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Meaning, &'static str)> {
    let column = |column: F| Meaning::Dimension(Dimension::Column(column));
    vec![
        (
            Service,
            "service|services|cloud service|cloud services|product|products|service name|service names",
        ),
        (
            Meaning::Dimension(Dimension::Workload),
            "workload|workloads|application workload|microservice|microservices",
        ),
        (
            column(F::Provider),
            "provider|providers|cloud provider|cloud providers|vendor|vendors|csp|csps|hyperscaler",
        ),
        (
            column(F::Publisher),
            "publisher|publishers|publisher name|publisher names|seller|sellers",
        ),
        (
            column(F::InvoiceIssuer),
            "invoice issuer|issuer|invoice issuers|issuers|issuing entity|issuing entities|invoicing entity|invoicing entities|invoice issuer name",
        ),
        (
            column(F::SubAccountId),
            "account|accounts|project|projects|project id|project ids|gcp project|gcp projects|google cloud project|google cloud projects|sub account|sub accounts|subaccount|subaccounts|linked account|linked accounts|member account|member accounts|subscription|subscriptions|project account|sub account id|sub account ids|usage account|usage accounts|account id|account ids",
        ),
        (
            column(F::SubAccountName),
            "account name|account names|project name|project names|gcp project name|sub account name|sub account names|subscription name|subscription names",
        ),
        (column(F::SubAccountType), "sub account type|account type"),
        (
            column(F::BillingAccountId),
            "billing account|billing accounts|billing account id|billing account ids|payer account|payer|payers|management account",
        ),
        (column(F::BillingAccountName), "billing account name|billing account names|payer name"),
        (column(F::BillingAccountType), "billing account type"),
        (column(F::Region), "region|regions|location|locations|geography"),
        (column(F::RegionName), "region name|region names|name of the region|names of the regions"),
        (column(F::AvailabilityZone), "availability zone|availability zones|az|azs|zone|zones"),
        (
            column(F::ServiceCategory),
            "service category|service categories|category of service|category|categories",
        ),
        (
            column(F::ServiceSubcategory),
            "service subcategory|service subcategories|subcategory|subcategories",
        ),
        (
            column(F::ChargeCategory),
            "charge category|charge categories|charge type|charge types|type of charge|types of charge|kind of charge|kinds of charges",
        ),
        (column(F::ChargeClass), "charge class|charge classes"),
        (column(F::ChargeFrequency), "charge frequency|charge frequencies|billing frequency"),
        (
            column(F::ChargeDescription),
            "service description|service descriptions|sku description|sku descriptions|product description|product descriptions|charge description|charge descriptions|description|descriptions",
        ),
        (
            column(F::PricingCategory),
            "pricing category|pricing categories|pricing model|pricing models|purchase option|purchase options",
        ),
        (column(F::PricingUnit), "pricing unit|pricing units"),
        (
            column(F::ConsumedUnit),
            "consumed unit|consumed units|billing unit|billing units|usage unit|usage units|unit of usage|units of usage|unit of measure|units of measure",
        ),
        (column(F::PricingCurrency), "pricing currency|pricing currencies"),
        (column(F::BillingCurrency), "billing currency|billing currencies|currencies"),
        (
            column(F::CommitmentDiscountId),
            "commitment discount id|commitment|commitments|commitment discount|commitment discounts|cud|cuds|committed use discount|committed use discounts",
        ),
        (
            column(F::CommitmentDiscountName),
            "commitment discount name|commitment name|commitment names|commitment discount names|reservation name|reservation names|savings plan name|savings plan names|cud name|cud names",
        ),
        (
            column(F::CommitmentDiscountType),
            "commitment discount type|commitment discount types|commitment type|commitment types|type of commitment|types of commitment|kind of commitment",
        ),
        (
            column(F::CommitmentDiscountCategory),
            "commitment discount category|commitment category|commitment categories",
        ),
        (column(F::CommitmentDiscountStatus), "commitment discount status|commitment status"),
        (column(F::CapacityReservationId), "capacity reservation|capacity reservations"),
        (column(F::CapacityReservationStatus), "capacity reservation status"),
        (column(F::InvoiceId), "invoice|invoices|invoice id|invoice ids|invoice number"),
        (
            column(F::BillingPeriod),
            "billing period|billing periods|billing month|billing months|invoice month",
        ),
        (column(F::ResourceId), "resource|resources|resource id|resource ids"),
        (column(F::ResourceName), "resource name|resource names"),
        (column(F::ResourceType), "resource type|resource types"),
        (column(F::SkuId), "sku|skus|sku id|sku ids"),
        (column(F::SkuMeter), "sku meter|sku meters|meter|meters"),
        (column(F::SkuPriceId), "sku price id|sku price|sku price ids|sku prices"),
        (
            column(F::InstanceType),
            "instance type|instance types|instance size|instance sizes|instance family|machine type|machine types",
        ),
        (column(F::LineItemType), "line item type|line item types"),
        (
            column(F::ChargeDescription),
            "line item description|line item descriptions|lineitem descriptions|line descriptions|line description",
        ),
        (column(F::Operation), "operation|operations"),
        (
            column(F::ProductFamily),
            "product family|product families|family of products|families of products|service family|service families",
        ),
        (column(F::ServiceCode), "service code|service codes|product code|product codes"),
        (column(F::UsageType), "usage type|usage types"),
        (Tag, "tag|tags|tagged|label|labels|tag key|tag value|tag values"),
    ]
}
