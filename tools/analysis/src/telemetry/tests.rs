use super::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn summary(metric: &str, state: &str, resource: &str, values: [&str; 3]) -> Summary {
    let [minimum, average, peak] = values.map(decimal);
    Summary {
        metric: metric.to_owned(),
        state: state.to_owned(),
        resource_id: resource.to_owned(),
        minimum,
        figures: Reading {
            series: 1,
            days: 30,
            average,
            peak,
            p99_5: peak,
            sum: average,
            busiest_day: average,
        },
        ..Summary::default()
    }
}

#[test]
fn the_embedded_table_can_be_read_and_every_signal_has_words_for_it() {
    let table = Signals::embedded().unwrap();
    assert!(table.signals.len() >= 12);
    assert!(table.signals.iter().all(|signal| !signal.en.is_empty() && !signal.ko.is_empty()));
    assert!(table.window.least_days <= table.window.days);
    let twice = format!(
        "{EMBEDDED}\n[[signal]]\nid = \"cpu\"\nen = \"x\"\nko = \"x\"\nunit = \"%\"\ntogether = \"add\"\nsource = \"x\"\nmetrics = [{{ name = \"x\" }}]\n"
    );
    assert!(Signals::parse(&twice).unwrap_err().to_string().contains("`cpu`"));
}

#[test]
fn metrics_of_different_sources_mean_the_same_signal() {
    let table = Signals::embedded().unwrap();
    let names = Names::of([("i-1", "42"), ("i-2", "42"), ("i-3", "42")]);
    let summaries = [
        summary("amazonaws.com/AWS/EC2/CPUUtilization", "", "i-1", ["1", "2", "4"]),
        // Fractions of time by mode: what is not idle is used.
        summary("system.cpu.utilization", "idle", "i-2", ["0.90", "0.97", "0.99"]),
        summary("system.cpu.utilization", "user", "i-2", ["0.01", "0.02", "0.10"]),
        summary("NetworkIn", "", "i-1", ["0", "100", "200"]),
        summary("NetworkOut", "", "i-1", ["0", "50", "70"]),
        summary("unheard.of", "", "i-3", ["0", "0", "0"]),
        summary("CPUUtilization", "", "i-9", ["0", "0", "0"]),
    ];
    let readings = table.readings(&summaries, &names);
    assert_eq!(readings.keys().collect::<Vec<_>>(), ["i-1", "i-2"]);
    assert_eq!(readings["i-1"]["cpu"].peak, decimal("4"));
    let idle = readings["i-2"]["cpu"];
    assert_eq!((idle.peak, idle.average), (decimal("10"), decimal("3")));
    let network = readings["i-1"]["network"];
    assert_eq!((network.busiest_day, network.series), (decimal("150"), 2));
    let wanted = table.wanted(&["NetworkIn", "x/CPUUtilization", "other"], &["cpu"]);
    assert_eq!(wanted, ["x/CPUUtilization"]);
}

#[test]
fn the_end_of_an_arn_names_a_resource_unless_two_end_alike() {
    let names = Names::of([
        ("arn:aws:rds:us-east-1:42:db:orders", "42"),
        ("arn:aws:rds:us-east-1:43:db:orders", "43"),
        ("arn:aws:elasticloadbalancing:us-east-1:42:loadbalancer/app/shop/50dc", "42"),
        ("arn:aws:logs:us-east-1:42:log-group:/aws/lambda/pay:*", "42"),
        ("vol-1", "42"),
    ]);
    assert_eq!(names.find("orders", "43"), Some("arn:aws:rds:us-east-1:43:db:orders"));
    assert_eq!(names.find("orders", ""), None);
    assert_eq!(names.find("Orders", "44"), None);
    assert!(names.find("app/shop/50dc", "").is_some_and(|id| id.ends_with("app/shop/50dc")));
    assert!(names.find("/aws/lambda/pay", "42").is_some());
    assert_eq!(names.find("VOL-1", ""), Some("vol-1"));
    assert_eq!((names.find("ol-1", ""), names.find("", "")), (None, None));
}
