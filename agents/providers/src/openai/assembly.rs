//! Calls put together from the parts that servers really send: without ids, under wrong indexes, with the name in every
//! part or in none, whole or in pieces, twice.

use serde_json::Value;

use crate::arguments;

/// One call so far.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Slot {
    index: Option<i64>,
    pub(super) id: String,
    pub(super) name: String,
    /// The text of the arguments, or what stands for it where the server sent JSON itself.
    pub(super) arguments: String,
}

/// The calls of one reply, in the order in which they began.
#[derive(Debug, Default)]
pub(super) struct Calls(pub(super) Vec<Slot>);

impl Calls {
    /// Adds one part and tells how many bytes it had.
    pub(super) fn take(&mut self, part: &Value) -> usize {
        let index = part.get("index").and_then(Value::as_i64);
        let text =
            |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let id = text(part.get("id"));
        let function = part.get("function").unwrap_or(part);
        let name = text(function.get("name"));
        let arguments = match function.get("arguments") {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        let at = self.place(index, &id, &name, &arguments).unwrap_or_else(|| {
            self.0.push(Slot { index, ..Slot::default() });
            self.0.len() - 1
        });
        let Some(slot) = self.0.get_mut(at) else { return 0 };
        if slot.id.is_empty() {
            slot.id = id;
        }
        if slot.name.is_empty() {
            slot.name = name;
        }
        // A server that sends the whole call again adds nothing.
        if !(is_whole(&slot.arguments) && slot.arguments.trim() == arguments.trim()) {
            slot.arguments.push_str(&arguments);
        }
        arguments.len()
    }

    /// The call that a part continues: by its id, else by its index, else the one that is being written. `None` where it
    /// begins another.
    fn place(&self, index: Option<i64>, id: &str, name: &str, arguments: &str) -> Option<usize> {
        if !id.is_empty()
            && let Some(at) = self.0.iter().position(|slot| slot.id == id)
        {
            return Some(at);
        }
        let at = match index {
            // Where two calls share an index, the later one is being written.
            Some(_) => self.0.iter().rposition(|slot| slot.index == index)?,
            None => self.0.len().checked_sub(1)?,
        };
        let slot = self.0.get(at)?;
        let is_other_name = !name.is_empty() && !slot.name.is_empty() && name != slot.name;
        let is_other_id = !id.is_empty() && !slot.id.is_empty() && !name.is_empty();
        // The same name again with whole arguments behind whole arguments is a second call, unless it is the same one.
        let is_second = !name.is_empty()
            && arguments.trim_start().starts_with('{')
            && is_whole(&slot.arguments)
            && slot.arguments.trim() != arguments.trim();
        let begins = is_other_name || is_other_id || is_second;
        (!begins).then_some(at)
    }
}

fn is_whole(arguments: &str) -> bool {
    !arguments.trim().is_empty() && arguments::read(arguments).is_ok()
}
