//! Parameters of a statement under construction.

use super::Value;

/// Collects values and hands out their placeholders. Equal values share one.
#[derive(Debug, Default)]
pub(super) struct Binder {
    values: Vec<Value>,
}

impl Binder {
    /// The placeholder of `value`, e.g. `$3`.
    pub(super) fn bind(&mut self, value: Value) -> String {
        let index = self.values.iter().position(|known| *known == value).unwrap_or_else(|| {
            self.values.push(value);
            self.values.len() - 1
        });
        format!("${}", index + 1)
    }

    /// Placeholders of all `values`, for a list.
    pub(super) fn bind_all(&mut self, values: impl IntoIterator<Item = Value>) -> String {
        let names: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        names.join(", ")
    }

    /// The values, in the order of their placeholders.
    pub(super) fn finish(self) -> Vec<Value> {
        self.values
    }
}
