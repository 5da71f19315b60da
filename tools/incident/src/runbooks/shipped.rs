//! The runbooks that come with the product: one for every kind of cause, in every language.

use super::{Runbook, RunbookError, read_runbook};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        [$(
            (concat!("en/", $name, ".md"), include_str!(concat!("../../runbooks/en/", $name, ".md"))),
            (concat!("ko/", $name, ".md"), include_str!(concat!("../../runbooks/ko/", $name, ".md"))),
        )+]
    };
}

/// Reads the shipped runbooks, in both languages.
///
/// # Errors
/// Never in a released program: a test reads them.
pub fn shipped() -> Result<Vec<Runbook>, RunbookError> {
    let files = files![
        "bad-deployment",
        "config-change",
        "resource-leak",
        "resource-saturation",
        "dependency-failure",
        "retry-storm",
        "noisy-neighbour",
        "quota-reached",
        "certificate-expired",
        "traffic-surge",
        "network-fault",
        "code-fault",
        "cost-spike",
        "unknown-cause",
    ];
    let read =
        |(place, text): &(&str, &str)| Ok(Runbook { shipped: true, ..read_runbook(text, place)? });
    files.iter().map(read).collect()
}
