//! The report as one page that needs nothing beside itself.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, context, value::Serde};
use serde::Serialize;

use super::{
    super::{
        compare::Comparison,
        score::{CaseResult, QuestionsReport, percent},
    },
    tables::TABLES,
};
use crate::report::{Counts, Outcome};

/// The page could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the HTML report could not be written")]
pub struct HtmlError(#[from] minijinja::Error);

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    cases: u32,
    right: u32,
    wrong: u32,
    declined: u32,
    percent: String,
}

#[derive(Serialize)]
struct Group<'a> {
    name: &'a str,
    lines: Vec<Line<'a>>,
}

/// The page: counts, figures, what changed, failures in full, and every case in a line.
///
/// # Errors
/// When the page's template fails, which is an error of this program.
pub fn html(report: &QuestionsReport, compared: Option<&Comparison>) -> Result<String, HtmlError> {
    let mut pages = Environment::new();
    pages.set_undefined_behavior(UndefinedBehavior::Strict);
    // Questions and answers are written by others: all of them are escaped.
    pages.set_auto_escape_callback(|_| AutoEscape::Html);
    pages.add_template("report", include_str!("html/report.html"))?;
    let suite = &report.suite;
    let whole = Counts {
        cases: suite.cases,
        right: suite.right,
        wrong: suite.wrong,
        declined: suite.declined,
    };
    let mut failed: Vec<&CaseResult> =
        report.results.iter().filter(|result| result.outcome != Outcome::Right).collect();
    failed.sort_by_key(|result| result.outcome != Outcome::Wrong);
    let unsaid: Vec<&CaseResult> =
        report.results.iter().filter(|result| !result.unsaid.is_empty()).collect();
    let page = pages.get_template("report")?.render(context! {
        whole => Serde(line("all", &whole)),
        groups => Serde(groups(report)),
        figures => Serde(&suite.figures),
        failed => Serde(failed),
        unsaid => Serde(unsaid),
        results => Serde(&report.results),
        compared => Serde(compared),
    })?;
    Ok(page)
}

fn groups(report: &QuestionsReport) -> Vec<Group<'_>> {
    let group = |name: &'static str| {
        let prefix = format!("{name}/");
        let lines = report
            .suite
            .by
            .iter()
            .filter_map(|(key, counts)| Some(line(key.strip_prefix(&prefix)?, counts)));
        Group { name, lines: lines.collect() }
    };
    TABLES.into_iter().map(group).filter(|group| group.lines.len() > 1).collect()
}

fn line<'a>(name: &'a str, counts: &Counts) -> Line<'a> {
    let count = |count: u32| usize::try_from(count).unwrap_or(0);
    Line {
        name,
        cases: counts.cases,
        right: counts.right,
        wrong: counts.wrong,
        declined: counts.declined,
        percent: percent(count(counts.right), count(counts.cases)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::compare;

    #[test]
    fn every_text_of_others_is_escaped_and_nothing_is_loaded_from_elsewhere() {
        let hostile = "<script>alert(1)</script>\"'";
        let wrong = CaseResult {
            id: hostile.to_owned(),
            question: hostile.to_owned(),
            kind: hostile.to_owned(),
            expected: hostile.to_owned(),
            got: hostile.to_owned(),
            why: hostile.to_owned(),
            reading: hostile.to_owned(),
            unsaid: vec![hostile.to_owned()],
            outcome: Outcome::Wrong,
            ..CaseResult::example()
        };
        let report = QuestionsReport::new(vec![wrong, CaseResult::example()]);
        let earlier = QuestionsReport::new(vec![CaseResult {
            id: hostile.to_owned(),
            ..CaseResult::example()
        }]);
        let page = html(&report, Some(&compare(&earlier, &report))).unwrap();
        assert!(!page.contains("<script>alert"), "{page}");
        assert!(page.matches("&lt;script&gt;alert(1)&lt;").count() >= 8, "{page}");
        assert!(!page.contains("http://") && !page.contains("https://"), "{page}");
    }

    #[test]
    fn a_report_of_counts_alone_is_a_page_too() {
        let report = QuestionsReport::new(vec![CaseResult::example()]).counts_only();
        assert!(html(&report, None).unwrap().contains("</html>"));
    }
}
