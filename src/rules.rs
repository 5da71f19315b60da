//! Tables of rules that a file of one's own replaces: which settings name them, and how they reach the tools.

use std::{collections::BTreeMap, fs, path::PathBuf};

use wherefore_tools::Tools;
use wherefore_tools::rules::{CallMeters, CallRules, InvalidRules, ScalableUsage, ScalingRules};

/// The settings that name files of rules, and what each replaces.
pub const RULE_SETTINGS: [(&str, &str); 4] = [
    (SCALING, "file of rules for scaling schedules, by value and source (default: built in)"),
    (SCALABLE, "file of usage that counts as a fleet that scales by the hour (default: built in)"),
    (METERS, "file of meters that count API calls (default: built in)"),
    (
        CALLS,
        "file of rules for clients that call too much, by value and source (default: built in)",
    ),
];
const SCALING: &str = "WHEREFORE_SCALING_RULES";
const SCALABLE: &str = "WHEREFORE_SCALABLE_USAGE";
const METERS: &str = "WHEREFORE_CALL_METERS";
const CALLS: &str = "WHEREFORE_CALL_RULES";

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
        source: InvalidRules,
    },
}

/// The files that settings name.
pub fn named(lookup: impl Fn(&str) -> Option<String>) -> RuleFiles {
    let file = |(name, _): (&'static str, &str)| Some((name, PathBuf::from(lookup(name)?)));
    RULE_SETTINGS.into_iter().filter_map(file).collect()
}

/// The tools with the rules of the files.
///
/// # Errors
/// When a file cannot be read or holds no such rules.
pub fn apply(tools: Tools, files: &RuleFiles) -> Result<Tools, RuleError> {
    let scaling = read(files, SCALING, ScalingRules::parse)?.unwrap_or_default();
    let scalable = read(files, SCALABLE, ScalableUsage::parse)?.unwrap_or_default();
    let meters = read(files, METERS, CallMeters::parse)?.unwrap_or_default();
    let calls = read(files, CALLS, CallRules::parse)?.unwrap_or_default();
    Ok(tools.with_scaling(scaling, scalable).with_calls(meters, calls))
}

fn read<T>(
    files: &RuleFiles,
    setting: &'static str,
    parse: fn(&str) -> Result<T, InvalidRules>,
) -> Result<Option<T>, RuleError> {
    let Some(path) = files.get(setting) else { return Ok(None) };
    let text = fs::read_to_string(path).map_err(|source| RuleError::Unreadable {
        setting,
        path: path.clone(),
        source,
    })?;
    let rules = parse(&text);
    rules.map(Some).map_err(|source| RuleError::Invalid { setting, path: path.clone(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_rules_is_read_and_a_wrong_one_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scaling.toml");
        fs::write(&path, "[headroom]\nvalue = 0.5\nsource = \"our SLO review\"\n").unwrap();
        let named = named(|name| (name == SCALING).then(|| path.display().to_string()));
        let read_back = read(&named, SCALING, ScalingRules::parse).unwrap().unwrap();
        assert!((read_back.headroom - 0.5).abs() < 1e-9);
        assert!(read(&named, METERS, CallMeters::parse).unwrap().is_none());
        fs::write(&path, "[headroom]\nvalue = 0.5\nsource = \"\"\n").unwrap();
        let refused = read(&named, SCALING, ScalingRules::parse).unwrap_err().to_string();
        assert!(refused.contains("WHEREFORE_SCALING_RULES"), "{refused}");
    }
}
