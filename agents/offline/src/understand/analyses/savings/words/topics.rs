//! What checks are about, and the words for it.

/// A thing that checks are about.
pub(in crate::understand::analyses::savings) struct Topic {
    pub(in crate::understand::analyses::savings) words: &'static [&'static str],
    pub(in crate::understand::analyses::savings) checks: &'static [&'static str],
    /// It is moved from one kind to another.
    pub(in crate::understand::analyses::savings) moves: bool,
    /// Its words alone ask for it, when they ask for no cost.
    pub(in crate::understand::analyses::savings) tells: bool,
}

const fn topic(words: &'static [&'static str], checks: &'static [&'static str]) -> Topic {
    Topic { words, checks, moves: false, tells: false }
}

const GRAVITON: &[&str] =
    &["graviton_ec2", "graviton_rds", "graviton_cache", "graviton_search", "graviton_lambda"];

/// What checks are about.
pub(in crate::understand::analyses::savings) const TOPICS: &[Topic] = &[
    Topic { moves: true, ..topic(&["gp3", "gp2", "to gp3"], &["gp2_to_gp3", "rds_gp2_to_gp3"]) },
    Topic {
        moves: true,
        ..topic(
            &[
                "graviton",
                "gravitons",
                "arm based",
                "arm instances",
                "arm64",
                "그라비톤",
                "그래비톤",
            ],
            GRAVITON,
        )
    },
    Topic {
        moves: true,
        tells: true,
        ..topic(
            &[
                "previous generation",
                "previous generations",
                "old generation",
                "older generation",
                "old generations",
                "older generations",
                "outdated instance*",
                "outdated generation*",
                "legacy instance*",
                "old instance*",
                "구세대",
                "이전세대",
                "구형인스턴스",
                "옛날세대",
                "오래된인스턴스",
            ],
            &["newer_generation", "previous_generation"],
        )
    },
    topic(
        &["nat gateway", "nat gateways", "nat", "nats", "nat게이트웨이", "낫게이트웨이"],
        &["idle_nat_gateway"],
    ),
    topic(
        &["load balancer", "load balancers", "elb", "elbs", "alb", "albs", "로드밸런서"],
        &["idle_load_balancer"],
    ),
    topic(
        &[
            "elastic ip",
            "elastic ips",
            "public ip",
            "public ips",
            "ip address*",
            "ip",
            "ips",
            "public ipv4",
            "ipv4",
            "eip",
            "eips",
            "탄력적ip",
            "공인ip",
            "퍼블릭ip",
            "고정ip",
            "공인아이피",
            "아이피",
        ],
        &["idle_public_ip"],
    ),
    topic(
        &["ebs volume", "ebs volumes", "volume", "volumes", "disk", "disks", "볼륨", "디스크"],
        &["volume_without_machine"],
    ),
    Topic {
        tells: true,
        ..topic(
            &[
                "old snapshot*",
                "older snapshot*",
                "오래된스냅샷",
                "묵은스냅샷",
                "스냅샷오래된",
                "스냅샷중오래된",
            ],
            &["old_snapshot"],
        )
    },
    topic(&["snapshot", "snapshots", "스냅샷"], &["old_snapshot"]),
    Topic {
        moves: true,
        ..topic(
            &[
                "log volume*",
                "log ingestion",
                "log retention",
                "log storage",
                "logging volume*",
                "logging cost*",
                "logging bill",
                "log costs",
                "log cost",
                "cloudwatch logs",
                "로그수집량",
                "로그수집",
                "로그적재량",
                "로그보존",
                "로그보관",
                "로그저장",
                "로그비용",
                "로그볼륨",
                "로그양",
                "로그량",
            ],
            &["log_ingestion", "log_retention"],
        )
    },
    topic(
        &["dynamodb table*", "empty table*", "provisioned capacity", "다이나모", "빈테이블"],
        &["idle_capacity_table"],
    ),
    Topic {
        moves: true,
        ..topic(
            &[
                "storage class",
                "storage classes",
                "infrequent access",
                "스토리지클래스",
                "저장클래스",
            ],
            &["s3_storage_class"],
        )
    },
    Topic {
        moves: true,
        ..topic(&["extended support", "연장지원", "확장지원"], &["extended_support"])
    },
    Topic {
        moves: true,
        ..topic(
            &[
                "non production",
                "non prod",
                "nonprod",
                "outside business hours",
                "office hours",
                "at night",
                "off hours",
                "over the weekend",
                "on weekends",
                "nights and weekends",
                "비운영",
                "야간",
                "주말에",
                "밤에끄",
                "퇴근후",
            ],
            &["non_production_schedule"],
        )
    },
];

/// Words that say which of a topic's checks are meant.
pub(in crate::understand::analyses::savings) const NARROWER: &[(&[&str], &[&str])] = &[
    (&["ec2", "instance", "instances", "인스턴스"], &["graviton_ec2"]),
    (
        &["rds", "aurora", "database", "databases", "데이터베이스", "db"],
        &["graviton_rds", "rds_gp2_to_gp3"],
    ),
    (&["elasticache", "cache", "redis", "캐시"], &["graviton_cache"]),
    (&["opensearch", "elasticsearch"], &["graviton_search"]),
    // No volume of a disk.
    (&["log volume*", "logging volume*", "로그볼륨"], &["log_ingestion", "log_retention"]),
    (&["lambda", "function", "functions", "람다", "함수"], &["graviton_lambda"]),
];

/// What "idle resources" without a name are.
pub(in crate::understand::analyses::savings) const IDLE_CHECKS: &[&str] = &[
    "idle_nat_gateway",
    "idle_load_balancer",
    "idle_public_ip",
    "idle_capacity_table",
    "volume_without_machine",
    "old_snapshot",
    "quiet_machine",
    "quiet_database",
    "quiet_volume",
    "quiet_load_balancer",
    "quiet_nat_gateway",
];
