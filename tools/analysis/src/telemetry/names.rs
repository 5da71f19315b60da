//! Which resource of a bill an id of telemetry means: bills name many by ARN, metrics by the end of it.

use std::collections::BTreeMap;

/// The resources of a bill, found by what telemetry calls them.
#[derive(Debug, Clone, Default)]
pub struct Names {
    // Lower-case id or end of one -> the ids that it may mean, with their accounts.
    ends: BTreeMap<String, Vec<(String, String)>>,
}

impl Names {
    /// Of ids and the accounts that they stand in.
    #[must_use]
    pub fn of<'a>(resources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut names = Self::default();
        for (id, account) in resources {
            let lower = id.to_lowercase();
            let marks = lower.match_indices([':', '/']).map(|(at, mark)| at + mark.len());
            // An ARN in a bill may end in `:*`, as those of log groups do.
            for start in std::iter::once(0).chain(marks) {
                let Some(end) = lower.get(start..).map(|end| end.trim_end_matches(":*")) else {
                    continue;
                };
                if end.is_empty() || end == "*" {
                    continue;
                }
                let held = names.ends.entry(end.to_owned()).or_default();
                let meant = (id.to_owned(), account.to_owned());
                if !held.contains(&meant) {
                    held.push(meant);
                }
            }
        }
        names
    }

    /// The one id that a name means: where several end alike, the one in the account that is told. `None` where the
    /// bill has none, or more than one.
    #[must_use]
    pub fn find(&self, name: &str, account: &str) -> Option<&str> {
        let lower = name.trim().to_lowercase();
        let held = self.ends.get(lower.trim_end_matches(":*"))?;
        let told =
            |(_, of): &&(String, String)| account.is_empty() || of.is_empty() || of == account;
        let mut fitting = held.iter().filter(told);
        let (first, _) = fitting.next()?;
        fitting.next().is_none().then_some(first.as_str())
    }
}
