//! Metrics of the workloads: every minute around incidents, every hour over weeks.

use std::{fmt::Write as _, path::Path};

use rand_chacha::ChaCha8Rng;

use super::{
    draw::{Row, count, factor, normal, real},
    estate::{Estate, Role, Workload},
    flow::{Flow, Moment},
    otlp::{Lines, attributes, nanos, resource, text},
    stories::{AFTER, REFERENCE, Stories},
};
use crate::DemoError;

// Hours are written from so many days before the month of incidents.
const HISTORY_DAYS: i64 = 12;
const MONTH_DAYS: i64 = 31;
// Gauges that move slowly are read so often, in minutes.
const SLOW: i64 = 5;

/// What a moment measures: minutes around incidents are sums over one, hours are sums over sixty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Minute,
    Hour,
}

impl Span {
    fn seconds(self) -> f64 {
        match self {
            Self::Minute => 60.0,
            Self::Hour => 3600.0,
        }
    }
}

/// Writes every series; returns how many.
pub(super) fn write(
    path: &Path,
    estate: &Estate,
    stories: &Stories,
    first_day: i64,
    random: &mut ChaCha8Rng,
) -> Result<usize, DemoError> {
    let hours = hours(estate, stories, first_day, random);
    let mut lines = Lines::open(path)?;
    let mut series = 0;
    for (place, workload) in estate.workloads.iter().enumerate() {
        if workload.role == Role::Outside {
            continue;
        }
        let mut restarts = 0.0;
        let windows = stories.incidents.iter().map(|incident| (Span::Minute, &incident.moments));
        for (span, moments) in std::iter::once((Span::Hour, &hours)).chain(windows) {
            let metrics = measure(workload, place, span, moments, &mut restarts, random);
            series = series.max(metrics.len());
            let metrics: Vec<String> = metrics.into_iter().map(Series::json).collect();
            lines.put(&format!(
                "{{\"resourceMetrics\":[{{\"resource\":{},\"scopeMetrics\":[{{\"scope\":{{\"name\":\"moonjar\"}},\"metrics\":[{}]}}]}}]}}",
                resource(workload, None),
                metrics.join(",")
            ))?;
        }
    }
    lines.close()?;
    Ok(series)
}

// One settled minute stands for each hour that no incident's window touches.
fn hours(
    estate: &Estate,
    stories: &Stories,
    first_day: i64,
    random: &mut ChaCha8Rng,
) -> Vec<Moment> {
    let mut flow = Flow::new(estate, &stories.lasting, stories.habits);
    let mut all = Vec::new();
    for hour in (first_day - HISTORY_DAYS) * 24..(first_day + MONTH_DAYS) * 24 {
        let is_told = stories.incidents.iter().any(|incident| {
            let (from, until) = (incident.onset - REFERENCE, incident.onset + AFTER);
            hour * 60 < until && (hour + 1) * 60 > from
        });
        if !is_told {
            let moment = flow.minute(hour * 60 + 30, random);
            all.push(Moment { minute: hour * 60, ..moment });
        }
    }
    all
}

/// A metric with its points.
struct Series {
    name: &'static str,
    unit: &'static str,
    is_histogram: bool,
    points: String,
}

impl Series {
    fn new(name: &'static str, unit: &'static str, is_histogram: bool) -> Self {
        Self { name, unit, is_histogram, points: String::new() }
    }

    fn gauge(&mut self, at: u128, value: f64) {
        let comma = if self.points.is_empty() { "" } else { "," };
        let _ = write!(self.points, "{comma}{{\"timeUnixNano\":\"{at}\",\"asDouble\":{value:.4}}}");
    }

    // A histogram without buckets: count, sum and extremes, which are what is read.
    fn spread(&mut self, at: (u128, u128), of: &Answered, pairs: &[(&str, &str)]) {
        let comma = if self.points.is_empty() { "" } else { "," };
        let _ = write!(
            self.points,
            "{comma}{{\"attributes\":{},\"startTimeUnixNano\":\"{}\",\"timeUnixNano\":\"{}\",\"count\":\"{:.0}\",\"sum\":{:.5},\"min\":{:.5},\"max\":{:.5}}}",
            attributes(pairs),
            at.0,
            at.1,
            of.count,
            of.mean_s * of.count,
            of.mean_s * 0.3,
            of.mean_s * of.longest
        );
    }

    fn json(self) -> String {
        let Self { name, unit, is_histogram, points } = self;
        let (kind, more) = if is_histogram {
            ("histogram", ",\"aggregationTemporality\":1")
        } else {
            ("gauge", "")
        };
        format!(
            "{{\"name\":{},\"unit\":{},\"{kind}\":{{\"dataPoints\":[{points}]{more}}}}}",
            text(name),
            text(unit)
        )
    }
}

struct Answered {
    count: f64,
    mean_s: f64,
    longest: f64,
}

fn measure(
    workload: &Workload,
    place: usize,
    span: Span,
    moments: &[Moment],
    restarts: &mut f64,
    random: &mut ChaCha8Rng,
) -> Vec<Series> {
    let mut duration = Series::new("http.server.request.duration", "s", true);
    let mut active = Series::new("http.server.active_requests", "{request}", false);
    let mut connections = Series::new("db.client.connection.count", "{connection}", false);
    let mut cpu = Series::new("k8s.pod.cpu_limit_utilization", "1", false);
    let mut steal = Series::new("container.cpu.throttled.share", "1", false);
    let mut memory = Series::new("k8s.pod.memory_limit_utilization", "1", false);
    let mut restarted = Series::new("k8s.container.restarts", "{restart}", false);
    let mut cost = Series::new("cost.hourly", "USD/h", false);
    for moment in moments {
        let at = nanos(moment.minute, 0.0);
        let seen = |row: &Row| row.at(place);
        answered(&mut duration, workload, place, span, moment, random);
        let noise = |random: &mut ChaCha8Rng, spread: f64| 1.0 + spread * normal(random);
        active.gauge(at, (seen(&moment.in_flight) * noise(random, 0.04)).max(0.0));
        let pooled = 5.0 * workload.replicas + seen(&moment.in_flight);
        connections.gauge(at, (pooled * noise(random, 0.02)).round());
        cpu.gauge(at, (seen(&moment.cpu) * noise(random, 0.03)).clamp(0.0, 1.0));
        steal.gauge(at, (seen(&moment.stolen) + 0.004 * normal(random).abs()).min(1.0));
        memory.gauge(at, (seen(&moment.memory) + 0.003 * normal(random)).clamp(0.0, 1.0));
        // A killed replica starts again, every few minutes another.
        *restarts += if seen(&moment.killed) > 0.0 { count(random, 0.4) } else { 0.0 };
        if span == Span::Hour || moment.minute % SLOW == 0 {
            restarted.gauge(at, *restarts);
            cost.gauge(at, seen(&moment.spend) * noise(random, 0.01));
        }
    }
    match workload.role {
        Role::Gateway | Role::Api | Role::Core => {
            vec![duration, active, cpu, steal, memory, restarted, cost]
        }
        Role::Database | Role::Cache => vec![connections, cpu, memory, cost],
        Role::Batch => vec![cpu, memory, restarted, cost],
        Role::Outside => Vec::new(),
    }
}

fn answered(
    series: &mut Series,
    workload: &Workload,
    place: usize,
    span: Span,
    moment: &Moment,
    random: &mut ChaCha8Rng,
) {
    if !matches!(workload.role, Role::Gateway | Role::Api | Role::Core) {
        return;
    }
    let start = nanos(moment.minute, 0.0);
    let at = (start, nanos(moment.minute, span.seconds()));
    let all = count(random, moment.rps.at(place) * span.seconds());
    let failed = count(random, all * moment.errors.at(place)).min(all);
    let mean_s = moment.latency.at(place) / 1000.0;
    let good = Answered {
        count: all - failed,
        mean_s: mean_s * factor(random, 0.03),
        longest: 3.0 + real(usize::from(all > 100.0)) + 0.5 * normal(random).abs(),
    };
    series.spread(at, &good, &[("http.response.status_code", "200")]);
    if failed > 0.0 {
        let rejected = moment.rejected.at(place) > 0.5 * moment.errors.at(place);
        let status = if rejected { "503" } else { "500" };
        let bad = Answered {
            count: failed,
            mean_s: if rejected { 0.004 } else { mean_s * factor(random, 0.1) },
            longest: 2.0,
        };
        let pairs = [("http.response.status_code", status), ("error.type", status)];
        series.spread(at, &bad, &pairs);
    }
}
