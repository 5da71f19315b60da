//! Settings of what is remembered from one conversation to the next.

use std::num::NonZeroU32;

use super::{ConfigError, ParseSetting as _};

// A year: the same month of the year before is what people compare with.
const USUAL_DAYS: &str = "365";

/// Whether people are remembered, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemorySettings {
    /// Off keeps nothing new and brings nothing back; what is kept can still be seen and forgotten.
    pub is_on: bool,
    /// What is older is forgotten.
    pub days: NonZeroU32,
}

impl MemorySettings {
    /// Reads both settings; `text` looks one up in the environment or the file.
    pub(super) fn read(switch: Option<String>, days: Option<String>) -> Result<Self, ConfigError> {
        let switch: Switch = switch
            .unwrap_or_else(|| "on".to_owned())
            .parse_setting("WHEREFORE_MEMORY", "on or off")?;
        let days = days
            .unwrap_or_else(|| USUAL_DAYS.to_owned())
            .parse_setting("WHEREFORE_MEMORY_DAYS", "whole days such as 365")?;
        Ok(Self { is_on: switch == Switch::On, days })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Switch {
    On,
    Off,
}

impl std::str::FromStr for Switch {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.trim().to_ascii_lowercase().as_str() {
            "on" | "true" | "1" => Ok(Self::On),
            "off" | "false" | "0" => Ok(Self::Off),
            _ => Err(()),
        }
    }
}
