use super::*;
use crate::telemetry::Reading;

fn reading(days: u32, peak: &str, busiest_day: &str) -> Reading {
    let [peak, busiest_day] = [peak, busiest_day].map(decimal);
    Reading { series: 1, days, average: peak, peak, p99_5: peak, sum: busiest_day, busiest_day }
}

fn measured(all: &[(&str, &str, Reading)]) -> Telemetry {
    let mut telemetry = Telemetry { least_days: 14, ..Telemetry::default() };
    for (resource, signal, reading) in all {
        let of = telemetry.readings.entry((*resource).to_owned()).or_default();
        of.insert((*signal).to_owned(), *reading);
    }
    telemetry
}

fn judged(lines: Vec<UsageLine>, telemetry: &Telemetry) -> Judged {
    let estate = estate(lines);
    let rules = Rules::embedded().unwrap();
    let checks: Vec<&Check> = rules.checks.iter().collect();
    let found = check(&estate, &rules, &checks);
    measure(&estate, &rules, &checks, telemetry, found)
}

fn told(judged: &Judged, check: &str) -> Vec<(String, Effect, &'static str)> {
    let of = judged.candidates.iter().filter(|one| one.check == check);
    of.map(|one| {
        let key = (one.check.clone(), one.resource_id.clone());
        (one.resource_id.clone(), one.effect, judged.backing[&key].name())
    })
    .collect()
}

#[test]
fn a_machine_is_idle_only_where_processor_and_network_were_measured_for_long_enough() {
    let machines = ["i-idle", "i-busy", "i-chatty", "i-young", "i-half"];
    let lines = machines.iter().map(|id| line("BoxUsage:m5.2xlarge", id, "280", "720")).collect();
    let telemetry = measured(&[
        ("i-idle", "cpu", reading(30, "4.9", "0")),
        ("i-idle", "network", reading(30, "9", "4999999")),
        ("i-busy", "cpu", reading(30, "60", "0")),
        ("i-busy", "network", reading(30, "9", "100")),
        ("i-chatty", "cpu", reading(30, "2", "0")),
        ("i-chatty", "network", reading(30, "9", "5000000")),
        ("i-young", "cpu", reading(13, "2", "0")),
        ("i-young", "network", reading(30, "9", "100")),
        ("i-half", "cpu", reading(30, "2", "0")),
    ]);
    let judged = judged(lines, &telemetry);
    let idle = told(&judged, "quiet_machine");
    assert_eq!(idle, [("i-idle".to_owned(), Effect::Part(Share::WHOLE), "measured")]);
    let measured = judged.measured["quiet_machine"];
    assert_eq!((measured.resources, measured.with_points, measured.series), (5, 3, 6));
    let looked = judged.looked.iter().find(|row| row.check == "quiet_machine").unwrap();
    assert_eq!((looked.found, looked.reach), (1, Reach::Told));
    let looked = judged.looked.iter().find(|row| row.check == "quiet_database").unwrap();
    assert_eq!(looked.reach, Reach::NoTelemetry);
}

#[test]
fn a_size_is_halved_where_processor_and_memory_leave_a_fifth_of_the_smaller_one_free() {
    let lines = vec![
        line("BoxUsage:m5.2xlarge", "i-fits", "280", "720"),
        line("BoxUsage:m5.2xlarge", "i-full", "280", "720"),
        line("BoxUsage:m5.2xlarge", "i-unknown", "280", "720"),
        line("BoxUsage:r5.2xlarge", "i-priced", "360", "720"),
        line("BoxUsage:r5.xlarge", "i-small", "162", "720"),
    ];
    let telemetry = measured(&[
        ("i-fits", "cpu", reading(30, "40", "0")),
        ("i-fits", "memory", reading(30, "40", "0")),
        ("i-full", "cpu", reading(30, "10", "0")),
        ("i-full", "memory", reading(30, "41", "0")),
        ("i-unknown", "cpu", reading(30, "10", "0")),
        ("i-priced", "cpu", reading(30, "10", "0")),
        ("i-priced", "memory", reading(30, "10", "0")),
    ]);
    let judged = judged(lines, &telemetry);
    let part = |part: &str| Effect::Part(Share::exactly(decimal(part)));
    assert_eq!(
        told(&judged, "rightsize_machine"),
        [
            ("i-fits".to_owned(), part("0.5"), "measured"),
            // The region's own rate of the smaller size: 162 of 360 for as many hours.
            ("i-priced".to_owned(), part("0.55"), "measured"),
        ]
    );
}

#[test]
fn what_the_bill_calls_idle_is_confirmed_or_withdrawn_by_what_was_measured() {
    let gateway = |id: &str| UsageLine {
        cloud_service: "Amazon Virtual Private Cloud".to_owned(),
        ..line("NatGateway-Hours", id, "32", "720")
    };
    let arn = |end: &str| format!("arn:aws:ec2:us-east-1:1:natgateway/{end}");
    let [idle, used, dark] = ["nat-idle", "nat-used", "nat-dark"].map(arn);
    let lines = vec![gateway(&idle), gateway(&used), gateway(&dark)];
    let telemetry = measured(&[
        (&idle, "nat_bytes", reading(30, "0", "0")),
        (&idle, "nat_connections", reading(30, "0", "0")),
        (&used, "nat_bytes", reading(30, "900", "4000")),
    ]);
    let judged = judged(lines, &telemetry);
    assert_eq!(
        told(&judged, "idle_nat_gateway"),
        [
            (dark, Effect::Part(Share::WHOLE), "unmeasured"),
            (idle, Effect::Part(Share::WHOLE), "confirmed"),
        ]
    );
    // What the bill found already is not found again.
    assert!(told(&judged, "quiet_nat_gateway").is_empty());
    let [gone] = judged.withdrawn.as_slice() else { panic!("{:?}", judged.withdrawn) };
    assert_eq!(
        (gone.candidate.resource_id.as_str(), gone.measured),
        (used.as_str(), decimal("4000"))
    );
    let looked = judged.looked.iter().find(|row| row.check == "idle_nat_gateway").unwrap();
    assert_eq!(looked.found, 2);
}

#[test]
fn quiet_hours_take_the_place_of_the_usual_schedule() {
    let developers = |id: &str| UsageLine {
        environment: "dev".to_owned(),
        ..line("BoxUsage:m6g.large", id, "100", "720")
    };
    let lines = vec![developers("i-nights"), developers("i-never"), developers("i-dark")];
    let mut telemetry = measured(&[
        ("i-nights", "cpu", reading(30, "60", "0")),
        ("i-never", "cpu", reading(30, "60", "0")),
    ]);
    telemetry.quiet_hours.insert("i-nights".to_owned(), 84);
    telemetry.quiet_hours.insert("i-never".to_owned(), 10);
    let judged = judged(lines, &telemetry);
    let half = Effect::Part(Share::exactly(decimal("0.5")));
    assert_eq!(told(&judged, "quiet_hours_schedule"), [("i-nights".to_owned(), half, "measured")]);
    let usual = told(&judged, "non_production_schedule");
    let usual: Vec<_> = usual.iter().map(|(id, _, told)| (id.as_str(), *told)).collect();
    assert_eq!(usual, [("i-dark", "unmeasured")]);
    // Measured to be used in most hours of the week: the usual schedule is withdrawn.
    let gone: Vec<_> =
        judged.withdrawn.iter().map(|one| one.candidate.resource_id.as_str()).collect();
    assert_eq!(gone, ["i-never"]);
}

#[test]
fn functions_get_the_memory_that_they_use_and_headroom() {
    let function = line("Lambda-GB-Second", "pay", "100", "9000000");
    let telemetry = measured(&[("pay", "function_memory", reading(20, "25", "0"))]);
    let judged = judged(vec![function], &telemetry);
    let share = Share { low: Decimal::ZERO, ..Share::exactly(decimal("0.7")) };
    let told = told(&judged, "function_memory");
    assert_eq!(told, [("pay".to_owned(), Effect::Part(share), "measured")]);
}

#[test]
fn logs_stored_beyond_some_months_of_what_is_written_are_worth_a_look() {
    let logs = |usage: &str, id: &str, cost: &str, quantity: &str| UsageLine {
        cloud_service: "AmazonCloudWatch".to_owned(),
        unit: "GB".to_owned(),
        ..line(usage, id, cost, quantity)
    };
    let lines = vec![
        logs("TimedStorage-ByteHrs", "old", "30", "1000"),
        logs("DataProcessing-Bytes", "old", "50", "100"),
        logs("TimedStorage-ByteHrs", "new", "3", "40"),
        logs("DataProcessing-Bytes", "new", "50", "100"),
        logs("TimedStorage-ByteHrs", "silent", "9", "300"),
    ];
    let estate = estate(lines);
    let rules = Rules::embedded().unwrap();
    let retention = rules.check("log_retention").unwrap();
    let (found, _) = check(&estate, &rules, &[retention]);
    let highs: Vec<_> =
        found.iter().map(|one| (one.resource_id.as_str(), one.effect.share().high)).collect();
    // Three months of 100 GB take 45 GB of the 1,000 in store.
    assert_eq!(highs, [("old", decimal("0.955")), ("silent", Decimal::ONE)]);
}
