//! What the made-up company buys: three providers, their accounts, regions and list prices.

use crate::money::Price;

/// Who bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Provider {
    Aws,
    Microsoft,
    Google,
}

/// An account and its name.
pub(crate) type Named = (&'static str, &'static str);

/// A region: id, name, and what it puts before a usage type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Region {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) prefix: &'static str,
}

impl Provider {
    pub(crate) const ALL: [Self; 3] = [Self::Aws, Self::Microsoft, Self::Google];

    /// Folder of its bills.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Microsoft => "microsoft",
            Self::Google => "google",
        }
    }

    /// FOCUS `ProviderName`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Microsoft => "Microsoft",
            Self::Google => "Google Cloud",
        }
    }

    pub(crate) fn billing_account(self) -> Named {
        match self {
            Self::Aws => ("410000000017", "Moonjar Payer"),
            Self::Microsoft => ("8810442", "Moonjar Enterprise"),
            Self::Google => ("01A4F2-77C0DE-MOONJR", "Moonjar Cloud Billing"),
        }
    }

    /// FOCUS `SubAccountType`.
    pub(crate) fn sub_account_type(self) -> &'static str {
        match self {
            Self::Aws => "Account",
            Self::Microsoft => "Subscription",
            Self::Google => "Project",
        }
    }

    /// The first is the platform's: shared charges stand there.
    pub(crate) fn sub_accounts(self) -> &'static [Named] {
        match self {
            Self::Aws => &[
                ("410000000101", "moonjar-platform"),
                ("410000000102", "moonjar-commerce-prod"),
                ("410000000103", "moonjar-payments-prod"),
                ("410000000104", "moonjar-data"),
                ("410000000105", "moonjar-staging"),
            ],
            Self::Microsoft => &[
                ("6c1f6c5e-0000-4000-8000-000000000001", "moonjar-shared"),
                ("6c1f6c5e-0000-4000-8000-000000000002", "moonjar-backoffice"),
                ("6c1f6c5e-0000-4000-8000-000000000003", "moonjar-analytics"),
            ],
            Self::Google => &[
                ("moonjar-core-3141", "Moonjar Core"),
                ("moonjar-search-2718", "Moonjar Search"),
                ("moonjar-ml-1618", "Moonjar ML"),
            ],
        }
    }

    /// The first is the home region.
    pub(crate) fn regions(self) -> &'static [Region] {
        const fn region(id: &'static str, name: &'static str, prefix: &'static str) -> Region {
            Region { id, name, prefix }
        }
        match self {
            Self::Aws => {
                &const {
                    [
                        region("ap-northeast-2", "Asia Pacific (Seoul)", "APN2-"),
                        region("us-east-1", "US East (N. Virginia)", ""),
                        region("eu-central-1", "Europe (Frankfurt)", "EUC1-"),
                    ]
                }
            }
            Self::Microsoft => {
                &const {
                    [
                        region("koreacentral", "Korea Central", ""),
                        region("westeurope", "West Europe", ""),
                    ]
                }
            }
            Self::Google => {
                &const { [region("asia-northeast3", "Seoul", ""), region("us-central1", "Iowa", "")] }
            }
        }
    }

    /// FOCUS `ServiceName` of the support plan, and its monthly fee in dollars.
    pub(crate) fn support(self) -> (&'static str, f64) {
        match self {
            Self::Aws => ("AWS Support (Business)", 4200.0),
            Self::Microsoft => ("Azure Support", 1000.0),
            Self::Google => ("Google Cloud Support", 1500.0),
        }
    }

    /// Commitment: FOCUS `CommitmentDiscountType`, and what its ids start with.
    pub(crate) fn commitment(self) -> Named {
        match self {
            Self::Aws => {
                ("Reserved", "arn:aws:ec2:ap-northeast-2:410000000101:reserved-instances/")
            }
            Self::Microsoft => ("Reservation", "/providers/Microsoft.Capacity/reservations/"),
            Self::Google => ("Resource-based CUD", "projects/moonjar-core-3141/commitments/"),
        }
    }
}

/// One thing that is sold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sku {
    pub(crate) provider: Provider,
    /// FOCUS `ServiceName`.
    pub(crate) cloud_service: &'static str,
    /// FOCUS `ServiceCategory`.
    pub(crate) category: &'static str,
    /// FOCUS `SkuMeter`, without the region's prefix.
    pub(crate) meter: &'static str,
    /// List price in dollars.
    pub(crate) price: &'static str,
    pub(crate) unit: &'static str,
    /// What the resource is called in ids, e.g. `instance`.
    pub(crate) resource: &'static str,
}

impl Sku {
    pub(crate) fn list_price(&self) -> Option<Price> {
        Price::parse(self.price)
    }
}

macro_rules! skus {
    ($($name:ident: $provider:ident $service:literal $category:literal $meter:literal $price:literal $unit:literal $resource:literal;)*) => {
        $(pub(crate) const $name: Sku = Sku {
            provider: Provider::$provider, cloud_service: $service, category: $category, meter: $meter,
            price: $price, unit: $unit, resource: $resource,
        };)*

        /// Everything that is sold, for checks.
        #[cfg(test)]
        pub(crate) const ALL: &[Sku] = &[$($name,)*];
    };
}

// List prices are near what the providers asked in their home regions in 2025; nothing rests on it.
skus! {
    EC2_M5: Aws "Amazon Elastic Compute Cloud" "Compute" "BoxUsage:m5.xlarge" "0.236" "Hrs" "instance";
    EC2_M6G: Aws "Amazon Elastic Compute Cloud" "Compute" "BoxUsage:m6g.xlarge" "0.188" "Hrs" "instance";
    EC2_C5: Aws "Amazon Elastic Compute Cloud" "Compute" "BoxUsage:c5.2xlarge" "0.384" "Hrs" "instance";
    EC2_R5: Aws "Amazon Elastic Compute Cloud" "Compute" "BoxUsage:r5.xlarge" "0.304" "Hrs" "instance";
    EBS_GP3: Aws "Amazon Elastic Compute Cloud" "Storage" "EBS:VolumeUsage.gp3" "0.0912" "GB-Mo" "volume";
    EBS_GP2: Aws "Amazon Elastic Compute Cloud" "Storage" "EBS:VolumeUsage.gp2" "0.114" "GB-Mo" "volume";
    NAT_BYTES: Aws "Amazon Virtual Private Cloud" "Networking" "NatGateway-Bytes" "0.059" "GB" "natgateway";
    NAT_HOURS: Aws "Amazon Virtual Private Cloud" "Networking" "NatGateway-Hours" "0.059" "Hrs" "natgateway";
    TRANSFER: Aws "AWS Data Transfer" "Networking" "DataTransfer-Out-Bytes" "0.126" "GB" "transfer";
    RDS_R5: Aws "Amazon Relational Database Service" "Databases" "InstanceUsage:db.r5.xlarge" "0.58" "Hrs" "db";
    RDS_STORAGE: Aws "Amazon Relational Database Service" "Databases" "RDS:GP3-Storage" "0.131" "GB-Mo" "db";
    AURORA_IO: Aws "Amazon Relational Database Service" "Databases" "Aurora:StorageIOUsage" "0.00000024" "IOs" "cluster";
    DYNAMO_READ: Aws "Amazon DynamoDB" "Databases" "ReadRequestUnits" "0.000000135625" "ReadRequestUnits" "table";
    DYNAMO_WRITE: Aws "Amazon DynamoDB" "Databases" "WriteRequestUnits" "0.0000006781" "WriteRequestUnits" "table";
    CACHE: Aws "Amazon ElastiCache" "Databases" "NodeUsage:cache.r6g.large" "0.247" "Hrs" "cluster";
    SEARCH: Aws "Amazon OpenSearch Service" "Analytics" "ESInstance:r6g.xlarge.search" "0.402" "Hrs" "domain";
    S3_STORAGE: Aws "Amazon Simple Storage Service" "Storage" "TimedStorage-ByteHrs" "0.025" "GB-Mo" "bucket";
    S3_REQUESTS: Aws "Amazon Simple Storage Service" "Storage" "Requests-Tier1" "0.0000045" "Requests" "bucket";
    LOGS: Aws "AmazonCloudWatch" "Management and Governance" "DataProcessing-Bytes" "0.76" "GB" "log-group";
    LAMBDA: Aws "AWS Lambda" "Compute" "Lambda-GB-Second" "0.0000166667" "Lambda-GB-Second" "function";
    BALANCER: Aws "Elastic Load Balancing" "Networking" "LCUUsage" "0.008" "LCU-Hrs" "loadbalancer";
    QUEUE: Aws "Amazon Simple Queue Service" "Integration" "Requests-Tier1" "0.0000004" "Requests" "queue";
    AZURE_D4: Microsoft "Virtual Machines" "Compute" "D4s v5" "0.236" "Hours" "virtualMachines";
    AZURE_D8: Microsoft "Virtual Machines" "Compute" "D8s v5" "0.472" "Hours" "virtualMachines";
    AZURE_DISK: Microsoft "Storage" "Storage" "P20 LRS Disk" "0.108" "GB/Month" "disks";
    AZURE_BLOB: Microsoft "Storage" "Storage" "Hot LRS Data Stored" "0.0196" "GB/Month" "storageAccounts";
    AZURE_SQL: Microsoft "SQL Database" "Databases" "General Purpose vCore" "0.2525" "Hours" "servers";
    AZURE_LOGS: Microsoft "Log Analytics" "Management and Governance" "Analytics Logs Data Ingestion" "2.76" "GB" "workspaces";
    AZURE_OUT: Microsoft "Bandwidth" "Networking" "Standard Data Transfer Out" "0.12" "GB" "transfer";
    AZURE_REDIS: Microsoft "Azure Cache for Redis" "Databases" "C3 Cache" "0.45" "Hours" "redis";
    GCP_CORE: Google "Compute Engine" "Compute" "N2 Instance Core" "0.0405" "hour" "instances";
    GCP_RAM: Google "Compute Engine" "Compute" "N2 Instance Ram" "0.00543" "gibibyte hour" "instances";
    GCP_DISK: Google "Compute Engine" "Storage" "Balanced PD Capacity" "0.13" "gibibyte month" "disks";
    GCP_STORAGE: Google "Cloud Storage" "Storage" "Standard Storage" "0.023" "gibibyte month" "buckets";
    GCP_QUERY: Google "BigQuery" "Analytics" "Analysis" "7.5" "tebibyte" "projects";
    GCP_RUN: Google "Cloud Run" "Compute" "CPU Allocation Time" "0.000024" "second" "services";
    GCP_OUT: Google "Networking" "Networking" "Internet Data Transfer Out" "0.147" "gibibyte" "networks";
    GCP_LOGS: Google "Cloud Logging" "Management and Governance" "Log Storage Cost" "0.5" "gibibyte" "logs";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_price_can_be_read() {
        assert!(ALL.iter().all(|sku| sku.list_price().is_some_and(|price| price.0 > 0)));
    }
}
