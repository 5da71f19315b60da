//! The words that each provider has for an account: project, subscription, linked account.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::Filter,
};

use super::super::{
    super::{link::same_family, word::Meaning},
    Draft,
};
use crate::request::Condition;

const ACCOUNT: Dimension = Dimension::Column(FocusDimension::SubAccountId);
const NAME: Dimension = Dimension::Column(FocusDimension::SubAccountName);
const KIND: Dimension = Dimension::Column(FocusDimension::SubAccountType);
const PROVIDER: Dimension = Dimension::Column(FocusDimension::Provider);

// The word, and what the name of its provider holds.
const WORDS: &[(&str, &str)] = &[
    ("project", "google"),
    ("프로젝트", "google"),
    ("subscription", "microsoft"),
    ("구독", "microsoft"),
    ("linked account", "aws"),
    ("연결계정", "aws"),
    ("링크드계정", "aws"),
];

impl Draft<'_> {
    /// "by project", "구독별": accounts, and those of one provider where several are loaded.
    pub(in crate::understand::decide) fn kinds_of_accounts(&mut self) {
        for at in 0..self.items.len() {
            let text: String =
                self.text_of(at).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            let of_kind = match self.meaning(at) {
                Some(Meaning::Entity(index)) => self
                    .entities
                    .get(*index)
                    .is_some_and(|entity| entity.options.iter().any(|(one, _)| *one == KIND)),
                Some(Meaning::Dimension(dimension)) => [ACCOUNT, NAME].contains(dimension),
                _ => false,
            };
            if !of_kind {
                continue;
            }
            let korean = text.replace(' ', "");
            let word = WORDS.iter().find(|(word, _)| text.contains(word) || korean.contains(word));
            let tag = Dimension::Tag("project".to_owned());
            let tagged =
                self.known.description.dimensions.iter().any(|fill| fill.dimension == tag.name());
            let own = matches!(text.as_str(), "project" | "projects" | "프로젝트");
            let named =
                self.meaning(at) == Some(&Meaning::Dimension(NAME)) && !self.stands_with_id(at);
            let Some(item) = self.items.get_mut(at) else { continue };
            if own && tagged {
                item.meaning = Meaning::Dimension(tag);
                continue;
            }
            item.meaning = Meaning::Dimension(if named { NAME } else { ACCOUNT });
            if let Some((_, provider)) = word {
                self.accounts_of(at, provider, own);
            }
        }
    }

    // "구독 이름이랑 ID", "project name and id": ids are asked for, and names stand beside them.
    fn stands_with_id(&self, at: usize) -> bool {
        (at.saturating_sub(3)..(at + 5).min(self.items.len())).any(|near| {
            near != at
                && matches!(
                    self.text_of(near).to_lowercase().as_str(),
                    "id" | "ids" | "아이디" | "번호"
                )
        })
    }

    // Charges of the provider whose word was said; a word of none that is loaded is no word for its accounts.
    fn accounts_of(&mut self, at: usize, provider: &str, own: bool) {
        let loaded = &self.known.description.providers;
        let of_word: Vec<String> =
            loaded.iter().filter(|one| one.to_lowercase().contains(provider)).cloned().collect();
        if of_word.is_empty() {
            if own
                && !loaded.is_empty()
                && let Some(item) = self.items.get_mut(at)
            {
                item.meaning = Meaning::Unknown;
            }
            return;
        }
        let said = self.flag(|meaning| match meaning {
            Meaning::Entity(index) => self.entities.get(*index).is_some_and(|entity| {
                entity.options.iter().any(|(one, _)| *one == PROVIDER || same_family(one, &ACCOUNT))
            }),
            _ => false,
        });
        if said
            || of_word.len() == loaded.len()
            || self.conditions.iter().any(|held| held.filter.dimension == PROVIDER)
        {
            return;
        }
        let asked = self.items.get(at).map(|item| (item.start, item.end)).into_iter().collect();
        self.conditions.push(Condition { filter: Filter::any_of(PROVIDER, of_word), asked });
    }
}
