//! Tables of rules that files of one's own replace: which setting names each, and how they reach the tools.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use wherefore_tools::{InvalidTable, RuleTable, RuleTables};

/// The table, the setting that names its file, and what it is.
pub type RuleSetting = (RuleTable, &'static str, &'static str);

/// Every setting that names a file of rules.
pub const RULE_SETTINGS: [RuleSetting; 12] = [
    (
        RuleTable::Allocation,
        "WHEREFORE_ALLOCATION_RULES",
        "file that says how shared cost is split (default: in proportion to direct cost)",
    ),
    (
        RuleTable::Anomalies,
        "WHEREFORE_ANOMALY_SETTINGS",
        "file of thresholds for what counts as unusual (default: built in)",
    ),
    (
        RuleTable::Calls,
        "WHEREFORE_CALL_RULES",
        "file of rules for clients that call too much, by value and source (default: built in)",
    ),
    (
        RuleTable::Meters,
        "WHEREFORE_CALL_METERS",
        "file of meters that count API calls (default: built in)",
    ),
    (
        RuleTable::Offers,
        "WHEREFORE_COMMITMENT_OFFERS",
        "file of commitment offers with their discounts (default: a table of published ones)",
    ),
    (
        RuleTable::Outlook,
        "WHEREFORE_FORECAST_SETTINGS",
        "file that says how much past a forecast needs and how it is tried (default: built in)",
    ),
    (
        RuleTable::Regime,
        "WHEREFORE_REGIME_SETTINGS",
        "file that says when a unit cost has moved (default: built in)",
    ),
    (
        RuleTable::Savings,
        "WHEREFORE_SAVINGS_RULES",
        "file of checks for what can be saved (default: built in)",
    ),
    (
        RuleTable::Scalable,
        "WHEREFORE_SCALABLE_USAGE",
        "file of usage that counts as a fleet that scales by the hour (default: built in)",
    ),
    (
        RuleTable::Scaling,
        "WHEREFORE_SCALING_RULES",
        "file of rules for scaling schedules, by value and source (default: built in)",
    ),
    (
        RuleTable::Signals,
        "WHEREFORE_METRIC_SIGNALS",
        "file that says what metrics of telemetry mean (default: built in)",
    ),
    (
        RuleTable::Tagging,
        "WHEREFORE_TAGGING_RULES",
        "file that says how tags are judged: targets, keys of owners, slips (default: built in)",
    ),
];

/// Files of rules by the setting that names them.
pub type RuleFiles = BTreeMap<&'static str, PathBuf>;

/// A file of rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    #[error("the file `{}` that {setting} names could not be read", .path.display())]
    Unreadable {
        setting: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },

    #[error("the file `{}` that {setting} names holds no such rules", .path.display())]
    Invalid {
        setting: &'static str,
        path: PathBuf,
        #[source]
        source: InvalidTable,
    },

    #[error("the rules that come with the program cannot be used")]
    Embedded(#[source] InvalidTable),
}

/// The key of a setting in the settings file, e.g. `savings_rules`.
fn key(setting: &str) -> String {
    setting.trim_start_matches("WHEREFORE_").to_ascii_lowercase()
}

/// Whether the settings file may hold this key.
#[must_use]
pub fn is_key(word: &str) -> bool {
    RULE_SETTINGS.iter().any(|(_, setting, _)| key(setting) == word)
}

/// The files that settings name: the environment above the settings file.
pub fn named(
    lookup: impl Fn(&str) -> Option<String>,
    from_file: &BTreeMap<String, toml::Value>,
) -> RuleFiles {
    let file = |(_, setting, _): RuleSetting| {
        let of_file = || Some(from_file.get(&key(setting))?.as_str()?.to_owned());
        Some((setting, PathBuf::from(lookup(setting).or_else(of_file)?)))
    };
    RULE_SETTINGS.into_iter().filter_map(file).collect()
}

/// The tables that are built in, with those of the files in their place.
///
/// # Errors
/// When a file cannot be read or holds no such table; the message names the file, its cause the key.
pub fn tables(files: &RuleFiles) -> Result<Arc<RuleTables>, RuleError> {
    let mut tables = RuleTables::embedded().map_err(RuleError::Embedded)?;
    for (table, setting, _) in RULE_SETTINGS {
        let Some(path) = files.get(setting) else { continue };
        let text = fs::read_to_string(path).map_err(|source| RuleError::Unreadable {
            setting,
            path: path.clone(),
            source,
        })?;
        let replaced = tables.replace(table, &text);
        replaced.map_err(|source| RuleError::Invalid { setting, path: path.clone(), source })?;
    }
    Ok(Arc::new(tables))
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn each_table_has_one_setting() {
        let mut tables: Vec<RuleTable> = RULE_SETTINGS.iter().map(|(table, ..)| *table).collect();
        tables.sort_unstable();
        assert_eq!(tables, RuleTable::ALL);
        assert!(is_key("forecast_settings") && !is_key("warehouse"));
    }

    #[test]
    fn a_file_of_rules_is_read_and_a_wrong_one_named_with_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scaling.toml");
        let setting = "WHEREFORE_SCALING_RULES";
        fs::write(&path, "[headroom]\nvalue = 0.5\nsource = \"our SLO review\"\n").unwrap();
        let from_file = BTreeMap::from([(key(setting), path.display().to_string().into())]);
        let files = named(|_| None, &from_file);
        assert_eq!(files, RuleFiles::from([(setting, path.clone())]));
        assert!(tables(&files).is_ok());
        fs::write(&path, "[headroom]\nvalue = 50\nsource = \"x\"\n").unwrap();
        let refused = tables(&files).unwrap_err();
        assert!(
            refused.to_string().contains(setting) && refused.to_string().contains("scaling.toml")
        );
        assert!(refused.source().unwrap().to_string().contains("`headroom`"));
        let above = named(|name| (name == setting).then(|| "/nowhere".to_owned()), &from_file);
        assert!(matches!(tables(&above), Err(RuleError::Unreadable { .. })));
    }
}
