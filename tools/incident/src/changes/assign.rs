//! Which workload a change belongs to, by the names that the telemetry knows.

use std::collections::BTreeMap;

use serde_json::Value;
use wherefore_contract::incident::Change;

/// Names of workloads, and how they are found in names of resources and in paths of files.
///
/// A name is found where its words stand one after the other in the other name (`prod-checkout-api-v2` holds `checkout`
/// and `checkout-api`). The name with the most letters wins; two different ones of equal length, or two that stand apart in
/// one name, are no answer, because a wrong workload is worse than none.
#[derive(Debug, Clone, Default)]
pub struct WorkloadNames {
    /// By their words.
    known: BTreeMap<Vec<String>, String>,
    /// By other names that a person gave.
    mapped: BTreeMap<String, String>,
}

impl WorkloadNames {
    /// Of the workloads that are known.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let known = names
            .into_iter()
            .map(|name| (words(&name), name))
            .filter(|(words, _)| !words.is_empty());
        Self { known: known.collect(), mapped: BTreeMap::new() }
    }

    /// A resource (as its source names it) that belongs to a workload whatever it is called.
    #[must_use]
    pub fn with(mut self, resource: &str, workload: &str) -> Self {
        self.mapped.insert(resource.to_owned(), workload.to_owned());
        self
    }

    /// Gives a change that has none its workload, and writes the name of one that has as the telemetry writes it.
    pub fn assign(&self, change: &mut Change) {
        if let Some(name) = &change.workload {
            if let Some(known) = self.known.get(&words(name)) {
                change.workload = Some(known.clone());
            }
            return;
        }
        let resource = change.resource.as_deref();
        change.workload = resource
            .and_then(|resource| self.mapped.get(resource).cloned())
            .or_else(|| self.find(resource.unwrap_or_default()))
            .or_else(|| self.of_files(change.after.get("files")))
            .or_else(|| self.of_fields(change));
    }

    /// The workload whose name stands in this one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<String> {
        let words = words(name);
        let mut found: Vec<(usize, usize, &String)> = Vec::new();
        for (known, workload) in &self.known {
            for (at, window) in words.windows(known.len()).enumerate() {
                if window == known.as_slice() {
                    found.push((at, at + known.len(), workload));
                }
            }
        }
        let (from, to, longest) =
            found.iter().max_by_key(|(from, to, name)| (to - from, name.len())).copied()?;
        // Whatever else was found must lie inside of the longest, or be the same.
        let alone =
            found.iter().all(|(start, end, name)| *name == longest || *start >= from && *end <= to);
        let tied =
            found.iter().any(|(start, end, name)| *name != longest && end - start == to - from);
        (alone && !tied).then(|| longest.clone())
    }

    /// The workload that all files which name one name.
    fn of_files(&self, files: Option<&Value>) -> Option<String> {
        let files = files?.as_array()?.iter().filter_map(Value::as_str);
        let mut named = files.filter_map(|file| {
            // The folder nearest to the root speaks first.
            file.split('/').find_map(|part| self.find(part))
        });
        let first = named.next()?;
        named.all(|other| other == first).then_some(first)
    }

    /// The name of a parameter or group, where the resource is only an id.
    fn of_fields(&self, change: &Change) -> Option<String> {
        let names = [
            "name",
            "groupName",
            "service",
            "serviceName",
            "functionName",
            "family",
            "clusterName",
        ];
        names.iter().find_map(|key| self.find(change.after.get(*key)?.as_str()?))
    }
}

fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            before = ' ';
            continue;
        }
        // `CheckoutApi` is `checkout`, `api`.
        let begins = before == ' ' || letter.is_uppercase() && before.is_lowercase();
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words
}
