//! Names that the question says to be of a kind, "team aurora", where nothing of this kind has them.

use wherefore_contract::dimension::{Dimension, FocusDimension};

use super::super::super::{
    decide::Draft,
    lexicon::PEOPLE,
    link::{Entity, precedence, same_family},
    word::Meaning,
};

// What a name rather stands for than for a fragment of a description has a smaller precedence.
const FRAGMENT: u8 = 6;

impl Draft<'_> {
    /// Whether a word beside the linked name at `at` says what kind of thing it is, and it is none of
    /// this kind: then the name that is linked is not the one that is meant.
    pub(in crate::understand) fn is_misnamed(&self, at: usize, entity: &Entity) -> bool {
        self.kind_before(at).is_some_and(|kind| !may_be(entity, &kind))
            || (is_fragment(entity)
                && self.kind_behind(at).is_some_and(|kind| !may_be(entity, &kind)))
    }

    /// "the finance team", "team finance": a word of everyday talk that names one of a kind here.
    pub(super) fn names_people(&self, at: usize) -> bool {
        PEOPLE.contains(&self.text_of(at).to_lowercase().as_str())
            && self.meaning(at) == Some(&Meaning::Filler)
            && (self.kind_before(at).is_some() || self.kind_behind(at).is_some())
    }

    // "team aurora", "account named web": one thing of a kind, and its name.
    fn kind_before(&self, at: usize) -> Option<Dimension> {
        let joins = |index: &usize| {
            matches!(self.text_of(*index), "'" | "\"" | "`" | "‘" | "“" | "=" | ":")
                || matches!(self.text_of(*index).to_lowercase().as_str(), "named" | "called" | "id")
        };
        let place = (0..at).rev().find(|index| !joins(index))?;
        let kind = self.nameable(place)?;
        let text = self.text_of(place).to_lowercase();
        let single = text.is_ascii() && (!text.ends_with('s') || text.ends_with("ss"));
        let before = place.checked_sub(1);
        let listed = before.and_then(|index| self.meaning(index)).is_some_and(|meaning| {
            !matches!(
                meaning,
                Meaning::Filler
                    | Meaning::Particle
                    | Meaning::And
                    | Meaning::Mark
                    | Meaning::Open
                    | Meaning::Only
                    | Meaning::Cost
                    | Meaning::Exclude
                    | Meaning::Compare
                    | Meaning::When(_)
            )
        });
        let all = before.is_some_and(|index| {
            matches!(
                self.text_of(index).to_lowercase().as_str(),
                "all" | "any" | "what" | "some" | "and" | "," | "&"
            )
        });
        (single && !listed && !all && !self.is_grouped(place)).then_some(kind)
    }

    // "aurora team", "오로라팀".
    fn kind_behind(&self, at: usize) -> Option<Dimension> {
        let quoted = matches!(self.text_of(at + 1), "'" | "\"" | "`" | "’" | "”");
        let place = at + 1 + usize::from(quoted);
        let kind = self.nameable(place)?;
        let text = self.text_of(place).to_lowercase();
        let plural = text.is_ascii() && text.ends_with('s') && !text.ends_with("ss");
        (!plural && !self.is_grouped(place)).then_some(kind)
    }

    // Kinds of things that people call by name.
    fn nameable(&self, at: usize) -> Option<Dimension> {
        use FocusDimension as F;
        let Some(Meaning::Dimension(kind)) = self.meaning(at) else { return None };
        let named = match kind {
            Dimension::Workload | Dimension::Tag(_) => true,
            Dimension::Column(column) => matches!(
                column,
                F::Provider
                    | F::SubAccountId
                    | F::SubAccountName
                    | F::BillingAccountId
                    | F::Region
                    | F::RegionName
                    | F::AvailabilityZone
            ),
            Dimension::Time(_) => false,
        };
        named.then(|| kind.clone())
    }
}

fn is_fragment(entity: &Entity) -> bool {
    entity.contains || entity.options.iter().all(|(dimension, _)| precedence(dimension) >= FRAGMENT)
}

// People call what a tag names an app, a project or a workload, and an account a project too.
fn may_be(entity: &Entity, kind: &Dimension) -> bool {
    entity.options.iter().chain(&entity.weak).any(|(one, _)| {
        same_family(one, kind)
            || (*kind == Dimension::Workload && matches!(one, Dimension::Tag(_)))
            || (matches!(
                kind,
                Dimension::Column(FocusDimension::Region | FocusDimension::RegionName)
            ) && matches!(
                one,
                Dimension::Column(FocusDimension::Region | FocusDimension::RegionName)
            ))
    })
}
