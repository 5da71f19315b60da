//! The sentences of a ticket, in English and Korean.

use std::fmt::Write as _;

use wherefore_contract::{incident::Signal, question::Language};

use super::{
    super::watch::{CrossingTimes, Ended, Event, EventKind, EvidenceBlock, Facts},
    plain::{code, figure, minute, plain, signed, with_unit},
};

// Blocks of evidence that a ticket shows: two weeks.
const SHOWN: usize = 28;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words(Language);

impl Words {
    pub(super) fn of(language: Language) -> Self {
        Self(language)
    }

    fn pick(self, english: &'static str, korean: &'static str) -> &'static str {
        match self.0 {
            Language::En => english,
            Language::Ko => korean,
        }
    }

    fn say(self, english: String, korean: String) -> String {
        match self.0 {
            Language::En => english,
            Language::Ko => korean,
        }
    }

    pub(super) fn signal(self, signal: Signal) -> &'static str {
        match signal {
            Signal::Latency => self.pick("latency", "지연 시간"),
            Signal::Errors => self.pick("errors", "오류"),
            Signal::Traffic => self.pick("traffic", "트래픽"),
            Signal::Saturation => self.pick("saturation", "포화도"),
            Signal::Cost => self.pick("cost", "비용"),
        }
    }

    pub(super) fn title(self, event: &Event) -> String {
        let facts = &event.facts;
        let (workload, deployment) =
            (plain(&facts.subject.workload), plain(&facts.subject.deployment));
        let short = |text: String| text.chars().take(40).collect::<String>();
        let (workload, deployment) = (short(workload), short(deployment));
        let signal = self.signal(facts.subject.signal);
        if event.kind == EventKind::Gone {
            return self.say(
                format!("Closed: drift of {signal} of {workload} after deployment {deployment}"),
                format!("종료: 배포 {deployment} 이후 {workload}의 {signal} 드리프트"),
            );
        }
        let size = self.relative(facts);
        self.say(
            format!("Slow drift after deployment {deployment}: {signal} of {workload} {size} off its usual level"),
            format!("배포 {deployment} 이후 완만한 드리프트: {workload}의 {signal}, 평소 대비 {size}"),
        )
    }

    fn relative(self, facts: &Facts) -> String {
        let sigma = signed((facts.size_sigma * 10.0).round() / 10.0);
        match facts.size_percent.filter(|percent| percent.is_finite()) {
            Some(percent) => format!("{} %", signed((percent * 10.0).round() / 10.0)),
            None => {
                self.say(format!("{sigma} standard deviations"), format!("표준편차의 {sigma}배"))
            }
        }
    }

    pub(super) fn markdown(self, event: &Event) -> String {
        let mut out = format!("# {}\n\n", escaped(&self.title(event)));
        for line in self.lines(event) {
            let _ = writeln!(out, "- **{}**: {}", line.0, line.1);
        }
        let _ = writeln!(out, "\n{}\n", self.next_step(event));
        let _ = writeln!(out, "## {}\n", self.pick("Evidence", "근거"));
        let _ = writeln!(
            out,
            "{}",
            self.pick(
                "| Half day from | Usual | Actual | Off, standard deviations |",
                "| 반나절 시작 | 평소 | 실제 | 편차(표준편차 단위) |",
            )
        );
        let _ = writeln!(out, "|---|---:|---:|---:|");
        for block in shown(&event.facts) {
            let EvidenceBlock { from, usual, actual, off_sigma } = block;
            let (usual, actual) = (figure(*usual), figure(*actual));
            let off = signed((off_sigma * 100.0).round() / 100.0);
            let _ = writeln!(out, "| {} | {usual} | {actual} | {off} |", minute(*from));
        }
        let _ = writeln!(out, "\n<!-- {} -->", event.facts.key);
        out
    }

    /// Name and text of each fact; texts are Markdown whose only markup is code.
    pub(super) fn lines(self, event: &Event) -> Vec<(&'static str, String)> {
        let facts = &event.facts;
        let mut lines = vec![
            (self.pick("Status", "상태"), self.status(event)),
            (self.pick("What drifts", "드리프트 대상"), self.what(facts)),
            (self.pick("Size", "크기"), self.size(facts)),
            (self.pick("Deployment", "배포"), self.deployment(facts)),
            (self.pick("Began", "시작"), self.began(facts)),
            (self.pick("Line", "기준선"), self.line(facts)),
            (self.pick("How sure", "확실성"), self.sure(facts)),
        ];
        if facts.missing_before + facts.missing_after > 0 {
            let (before, after) = (facts.missing_before, facts.missing_after);
            lines.push((self.pick("Gaps", "누락"), self.say(
                format!("{before} hours of the baseline and {after} hours since the deployment hold no data."),
                format!("기준 구간 {before}시간, 배포 이후 {after}시간의 데이터가 없습니다."),
            )));
        }
        lines
    }

    fn status(self, event: &Event) -> String {
        let at = minute(event.at);
        match (event.kind, event.ended) {
            (EventKind::Opened, _) => self.say(format!("open since {at}"), format!("{at}부터 열림")),
            (EventKind::Updated, _) => {
                let opened = minute(event.facts.opened_at);
                self.say(format!("open since {opened}, updated {at}"), format!("{opened}부터 열림, {at} 갱신"))
            }
            (EventKind::Gone, Some(Ended::Settled)) => self.say(
                format!("closed {at}: the level did not come back, and it has been followed long enough to be the usual one now"),
                format!("{at} 종료: 이전 수준으로 돌아오지 않았으나 충분히 오래 지속되어 현재의 평소 수준으로 봅니다"),
            ),
            (EventKind::Gone, Some(Ended::Gone | Ended::Quiet | Ended::Blind(_)) | None) => self.say(
                format!("closed {at}: the level is back where it was"),
                format!("{at} 종료: 이전 수준으로 돌아왔습니다"),
            ),
        }
    }

    fn what(self, facts: &Facts) -> String {
        let subject = &facts.subject;
        let (metric, workload) = (code(&subject.metric), code(&subject.workload));
        let signal = self.signal(subject.signal);
        let mut text = self.say(
            format!("{metric} ({signal}) of {workload}"),
            format!("{workload}의 {metric} ({signal})"),
        );
        let place = [
            (self.pick("account", "계정"), &subject.account),
            (self.pick("region", "리전"), &subject.region),
        ];
        for (name, value) in place {
            if let Some(value) = value {
                let _ = write!(text, ", {name} {}", code(value));
            }
        }
        text
    }

    fn size(self, facts: &Facts) -> String {
        let unit = facts.subject.unit.as_deref();
        let [actual, usual] =
            [facts.actual, facts.usual].map(|value| with_unit(&figure(value), unit));
        let size = with_unit(&signed(facts.size), unit);
        let sigma = signed((facts.size_sigma * 10.0).round() / 10.0);
        let percent = facts
            .size_percent
            .filter(|percent| percent.is_finite())
            .map_or(String::new(), |percent| {
                format!(", {} %", signed((percent * 10.0).round() / 10.0))
            });
        let mut text = self.say(
            format!("{actual} in the last 24 hours, usual before the deployment {usual}: {size}{percent}, {sigma} standard deviations."),
            format!("최근 24시간 {actual}, 배포 전 평소 {usual}: {size}{percent}, 표준편차의 {sigma}배."),
        );
        if facts.control_beta > 0.0 {
            text.push_str(self.pick(
                " What workloads without the deployment show as well is taken off.",
                " 배포가 없던 워크로드에도 나타난 변화는 제외한 값입니다.",
            ));
        }
        text
    }

    fn deployment(self, facts: &Facts) -> String {
        let subject = &facts.subject;
        let (id, at) = (code(&subject.deployment), minute(subject.deployed_at));
        let hours = facts.delay_hours;
        let summary =
            subject.summary.as_deref().map_or(String::new(), |text| format!(" ({})", code(text)));
        self.say(
            format!("{id} at {at}{summary}; the drift was found {hours} hours later."),
            format!("{id}, {at}{summary}. 배포 {hours}시간 후 발견했습니다."),
        )
    }

    fn began(self, facts: &Facts) -> String {
        let slope = facts.slope_per_day.filter(|slope| slope.is_finite()).map(|slope| {
            let slope = with_unit(&signed(slope), facts.subject.unit.as_deref());
            self.say(format!(", since then {slope} a day"), format!(", 이후 하루 {slope}"))
        });
        let onset = facts.onset.map_or_else(
            || self.pick("could not be dated", "시점을 특정할 수 없음").to_owned(),
            |onset| self.say(format!("about {}", minute(onset)), format!("{} 무렵", minute(onset))),
        );
        format!("{onset}{}", slope.unwrap_or_default())
    }

    fn line(self, facts: &Facts) -> String {
        let Some(CrossingTimes { line, at, earliest, latest }) = &facts.crossing else {
            return self
                .pick(
                    "none is known, or there are too few days to project",
                    "설정된 기준선이 없거나 예측에 필요한 일수가 부족합니다",
                )
                .to_owned();
        };
        let line = with_unit(&figure(*line), facts.subject.unit.as_deref());
        let time = |time: &Option<jiff::Timestamp>| time.map(minute);
        match time(at) {
            None => self.say(
                format!("{line}; not reached within a year at this pace"),
                format!("{line}; 현재 추세로는 1년 안에 도달하지 않습니다"),
            ),
            Some(_) if *at == Some(facts.at) => self.say(
                format!("{line}; the daily peak is there already"),
                format!("{line}; 일일 최고치가 이미 도달했습니다"),
            ),
            Some(at) => {
                let earliest = time(earliest).unwrap_or_else(|| at.clone());
                let latest =
                    time(latest).unwrap_or_else(|| self.pick("never", "도달하지 않음").to_owned());
                self.say(
                    format!("{line}; the daily peak reaches it about {at} (95 %: {earliest} to {latest})"),
                    format!("{line}; 일일 최고치가 {at} 무렵 도달할 전망(95 % 구간: {earliest} ~ {latest})"),
                )
            }
        }
    }

    fn sure(self, facts: &Facts) -> String {
        let [evidence, enough] =
            [facts.log10_wealth, facts.enough].map(|log10| figure((log10 * 10.0).round() / 10.0));
        let days = facts.baseline_days;
        self.say(
            format!("evidence 10^{evidence} where 10^{enough} is enough for this series; baseline of {days} days before the deployment."),
            format!("근거 10^{evidence} (이 시계열의 기준 10^{enough}); 배포 전 {days}일을 기준으로 삼았습니다."),
        )
    }

    pub(super) fn next_step(self, event: &Event) -> &'static str {
        match event.kind {
            EventKind::Opened | EventKind::Updated => self.pick(
                "Next: compare what this deployment changed with what the metric measures; if it fits, roll back or fix forward. A person decides.",
                "다음 단계: 이 배포의 변경 내용이 해당 지표와 관련이 있는지 확인하고, 관련이 있다면 롤백하거나 수정 배포를 검토하세요. 결정은 담당자가 합니다.",
            ),
            EventKind::Gone => self.pick("Nothing is left to do.", "추가로 할 일은 없습니다."),
        }
    }
}

pub(super) fn shown(facts: &Facts) -> &[EvidenceBlock] {
    let from = facts.evidence.len().saturating_sub(SHOWN);
    facts.evidence.get(from..).unwrap_or_default()
}

// Markup in a heading is text; a zero-width joiner keeps mentions from reaching anyone.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if "\\`*_{}[]<>()#!|~&".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
        if letter == '@' {
            out.push('\u{200d}');
        }
    }
    out
}
