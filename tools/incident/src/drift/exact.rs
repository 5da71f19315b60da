//! Numbers kept bit for bit: a watch that is read back after a restart must go on exactly where it stopped, and decimal text
//! of floating-point numbers is not read back exactly by every reader.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

/// What has a form of whole numbers.
pub(crate) trait Exact: Sized {
    type Kept: Serialize + DeserializeOwned;
    fn keep(&self) -> Self::Kept;
    fn back(kept: Self::Kept) -> Self;
}

impl Exact for f64 {
    type Kept = u64;

    fn keep(&self) -> u64 {
        self.to_bits()
    }

    fn back(kept: u64) -> Self {
        Self::from_bits(kept)
    }
}

impl<T: Exact> Exact for Option<T> {
    type Kept = Option<T::Kept>;

    fn keep(&self) -> Self::Kept {
        self.as_ref().map(T::keep)
    }

    fn back(kept: Self::Kept) -> Self {
        kept.map(T::back)
    }
}

impl<T: Exact> Exact for Vec<T> {
    type Kept = Vec<T::Kept>;

    fn keep(&self) -> Self::Kept {
        self.iter().map(T::keep).collect()
    }

    fn back(kept: Self::Kept) -> Self {
        kept.into_iter().map(T::back).collect()
    }
}

impl<T: Exact> Exact for BTreeMap<i64, T> {
    type Kept = BTreeMap<i64, T::Kept>;

    fn keep(&self) -> Self::Kept {
        self.iter().map(|(key, value)| (*key, value.keep())).collect()
    }

    fn back(kept: Self::Kept) -> Self {
        kept.into_iter().map(|(key, value)| (key, T::back(value))).collect()
    }
}

pub(crate) fn serialize<T: Exact, S: Serializer>(value: &T, out: S) -> Result<S::Ok, S::Error> {
    value.keep().serialize(out)
}

pub(crate) fn deserialize<'de, T: Exact, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    Ok(T::back(T::Kept::deserialize(from)?))
}
