//! The report as `JUnit` XML, which build servers show.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::super::score::{CaseResult, QuestionsReport};
use crate::report::Outcome;

/// The document could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the JUnit document could not be written")]
pub struct JunitError(#[source] quick_junit::SerializeError);

/// One test suite a dataset, one test case a question; what is not right is a failure.
///
/// # Errors
/// When a text cannot be written as XML.
pub fn junit(report: &QuestionsReport) -> Result<String, JunitError> {
    let mut document = Report::new("wherefore eval questions");
    let mut datasets: Vec<&str> =
        report.results.iter().map(|result| result.dataset.as_str()).collect();
    datasets.sort_unstable();
    datasets.dedup();
    for dataset in datasets {
        let mut suite = TestSuite::new(dataset);
        let mut time = Duration::ZERO;
        for result in report.results.iter().filter(|result| result.dataset == dataset) {
            time = time.saturating_add(Duration::from_micros(result.elapsed_us));
            suite.add_test_case(test_case(result));
        }
        suite.set_time(time);
        document.add_test_suite(suite);
    }
    document.to_string().map_err(JunitError)
}

fn test_case(result: &CaseResult) -> TestCase {
    let mut case = TestCase::new(result.id.as_str(), status(result));
    case.set_classname(format!("{}.{}", result.part, result.kind));
    case.set_time(Duration::from_micros(result.elapsed_us));
    case.set_system_out(format!("{}\n{}", result.question, result.reading));
    case
}

fn status(result: &CaseResult) -> TestCaseStatus {
    let failed = |kind, name: &str| {
        let mut status = TestCaseStatus::non_success(kind);
        status.set_type(name).set_message(result.why.as_str());
        status.set_description(format!(
            "asked: {}\nexpected:\n{}\ngot:\n{}",
            result.question, result.expected, result.got
        ));
        status
    };
    match result.outcome {
        Outcome::Right => TestCaseStatus::success(),
        _ if result.status.is_none() => failed(NonSuccessKind::Error, "failed"),
        Outcome::Wrong => failed(NonSuccessKind::Failure, "wrong"),
        Outcome::Declined => failed(NonSuccessKind::Failure, "declined"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_right_is_a_failure_and_markup_is_escaped() {
        let wrong = CaseResult {
            id: "b".to_owned(),
            outcome: Outcome::Wrong,
            question: "a <b> & \"c\"]]>\u{1}?".to_owned(),
            why: "the figure differs".to_owned(),
            ..CaseResult::example()
        };
        let report = QuestionsReport::new(vec![CaseResult::example(), wrong]);
        let text = junit(&report).unwrap();
        assert!(text.contains(r#"tests="2" skipped="0" failures="1""#), "{text}");
        assert!(text.contains("asked: a &lt;b&gt; &amp;"), "{text}");
        assert!(text.contains(r#"message="the figure differs" type="wrong""#), "{text}");
    }
}
