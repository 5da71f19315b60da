//! Names that the catalog found in the question, grouped by the words they stand on.

use std::collections::BTreeMap;

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    metadata::{MatchKind, MetadataHit},
};

use super::word::Meaning;

/// What a name may mean: a dimension and its values.
pub(crate) type Meant = (Dimension, Vec<String>);

/// Words of the question that name something, and what they may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    pub start: usize,
    pub end: usize,
    /// Whether the spelling is that of the catalog or one of its aliases.
    pub exact: bool,
    /// Whether it is an everyday word or a short number: a name only beside a word that says so.
    pub ordinary: bool,
    /// Whether the values are parts of what charges spell.
    pub contains: bool,
    /// The possible meanings, best first.
    pub options: Vec<Meant>,
    /// Meanings that only a word beside the name can choose: names that hold these words among others.
    pub weak: Vec<Meant>,
}

impl Entity {
    /// Whether it is the id of one account.
    pub(crate) fn is_one_account(&self) -> bool {
        let account = Dimension::Column(FocusDimension::SubAccountId);
        matches!(self.options.as_slice(), [(one, values)] if *one == account && values.len() == 1)
    }
}

// The catalog gives no more hits than this for one text (the limit of `find_metadata`).
const HITS_READ: usize = 100;
// Points of the catalog: names of one place within this distance are equally meant.
const NEAR: u32 = 100;
// Points of a part that few names have.
const RARE: u32 = 500;
// Points of a name that is two slips away.
const TWO_SLIPS: u32 = 200;
// Points of an everyday word that happens to be a name.
const ORDINARY: u32 = 600;
// Letters of a word that tells charges apart by itself.
const DESCRIBED: usize = 5;

/// Groups hits by the bytes they matched. Hits that point outside the question are dropped.
pub(crate) fn entities(hits: &[MetadataHit], text: &str) -> Vec<Entity> {
    let mut spans: BTreeMap<(usize, usize), Vec<&MetadataHit>> = BTreeMap::new();
    for hit in
        hits.iter().take(HITS_READ).filter(|hit| text.get(hit.matched.0..hit.matched.1).is_some())
    {
        if hit.matched.0 < hit.matched.1 {
            spans.entry(hit.matched).or_default().push(hit);
        }
    }
    spans
        .into_iter()
        .map(|((start, end), hits)| {
            let said = text.get(start..end).unwrap_or_default();
            let mut found = entity(start, end, said, &hits);
            complete(&mut found, said, text.get(..start).unwrap_or_default());
            describe(&mut found, said);
            found
        })
        .collect()
}

// "Azure SQL": with the word before it, the word stands for the one service whose name holds both.
fn complete(found: &mut Entity, said: &str, before: &str) {
    let service = Dimension::Column(FocusDimension::ServiceName);
    let Some((_, values)) = found.weak.iter().find(|(dimension, _)| *dimension == service) else {
        return;
    };
    let [name] = values.as_slice() else { return };
    let Some(prior) = before.strip_suffix(' ').and_then(|text| text.rsplit(' ').next()) else {
        return;
    };
    let holds = |word: &str| {
        name.split(|letter: char| !letter.is_alphanumeric())
            .any(|part| part.eq_ignore_ascii_case(word))
    };
    if found.options.is_empty() && !found.exact && holds(said) && holds(prior) {
        found.options = vec![(service, vec![name.clone()])];
    }
}

// "memory", "throughput": a word that only descriptions of charges hold narrows them.
fn describe(found: &mut Entity, said: &str) {
    let described = Dimension::Column(FocusDimension::ChargeDescription);
    let alone = found.weak.iter().all(|(dimension, _)| {
        matches!(
            dimension,
            Dimension::Column(
                FocusDimension::ChargeDescription
                    | FocusDimension::UsageType
                    | FocusDimension::SkuMeter
                    | FocusDimension::Operation
                    | FocusDimension::ProductFamily
            )
        )
    });
    let held = found.weak.iter().any(|(dimension, _)| *dimension == described);
    let word = said.len() >= DESCRIBED && said.bytes().all(|byte| byte.is_ascii_alphabetic());
    let word = word && !super::unread::THINGS.contains(&said.to_lowercase().as_str());
    if found.options.is_empty() && !found.exact && alone && held && word {
        found.contains = true;
        found.options = vec![(described, vec![said.to_owned()])];
    }
}

fn entity(start: usize, end: usize, said: &str, hits: &[&MetadataHit]) -> Entity {
    let named = |hit: &&&MetadataHit| {
        matches!(hit.how, MatchKind::Exact | MatchKind::Alias | MatchKind::Contains)
    };
    let hits: Vec<&MetadataHit> =
        hits.iter().copied().filter(|hit| !is_another_name(hit)).collect();
    let hits = hits.as_slice();
    let exact = hits.iter().any(|hit| named(&hit));
    let best =
        hits.iter().filter(|hit| !exact || named(hit)).map(|hit| hit.score).max().unwrap_or(0);
    // A name that people gave counts as they wrote it before any alias of another one.
    let given = hits.iter().any(|hit| hit.how == MatchKind::Exact && is_given(&hit.dimension));
    let aliased =
        |hit: &MetadataHit| given && hit.how == MatchKind::Alias && is_given(&hit.dimension);
    // The id of a region is that region alone, whatever others stand in the same place.
    let region = Dimension::Column(FocusDimension::Region);
    let is_own = |hit: &MetadataHit| {
        hit.dimension == region
            && hit.how == MatchKind::Exact
            && hit.value.eq_ignore_ascii_case(said)
    };
    let by_id = hits.iter().any(|hit| is_own(hit));
    let (strong, rest): (Vec<&MetadataHit>, Vec<&MetadataHit>) = hits.iter().partition(|hit| {
        if by_id {
            is_own(hit)
        } else if exact {
            named(hit) && hit.score + NEAR >= best && !aliased(hit)
        } else {
            hit.score == best && is_sure(hit, said)
        }
    });
    let mut options = grouped(&strong);
    commitments_by_name(&strong, &mut options);
    let mut weak = grouped(&rest);
    // A part of several names is none of them by itself, unless it is an id.
    let slip = strong.iter().all(|hit| hit.how == MatchKind::Typo);
    if !exact && !slip && !is_id(said) && options.iter().any(|(_, values)| values.len() > 1) {
        weak = options.into_iter().chain(weak).collect();
        options = Vec::new();
    }
    prefer_category(said, &mut options);
    Entity {
        start,
        end,
        exact,
        ordinary: exact && best <= ORDINARY,
        contains: exact && strong.iter().all(|hit| hit.how == MatchKind::Contains),
        options,
        weak,
    }
}

// Two slips in a name that people gave are rather another name.
fn is_another_name(hit: &MetadataHit) -> bool {
    hit.how == MatchKind::Typo && hit.score <= TWO_SLIPS && is_given(&hit.dimension)
}

fn grouped(hits: &[&MetadataHit]) -> Vec<Meant> {
    let mut options: Vec<Meant> = Vec::new();
    for hit in hits {
        match options.iter_mut().find(|(dimension, _)| *dimension == hit.dimension) {
            Some((_, values)) if values.contains(&hit.value) => {}
            Some((_, values)) => values.push(hit.value.clone()),
            None => options.push((hit.dimension.clone(), vec![hit.value.clone()])),
        }
    }
    options.sort_by_key(|(dimension, _)| (precedence(dimension), dimension.clone()));
    options
}

// Many commitments share a name, more than a catalog lists: the name stands for all of them.
fn commitments_by_name(hits: &[&MetadataHit], options: &mut [Meant]) {
    let id = Dimension::Column(FocusDimension::CommitmentDiscountId);
    let mut labels = hits.iter().filter(|hit| hit.dimension == id).map(|hit| hit.label.as_ref());
    let Some(Some(name)) = labels.next() else { return };
    let one = labels.all(|label| label == Some(name));
    if let Some(option) = options.iter_mut().find(|(dimension, _)| one && *dimension == id)
        && option.1.len() > 1
    {
        let by_name = Dimension::Column(FocusDimension::CommitmentDiscountName);
        *option = (by_name, vec![name.clone()]);
    }
}

// Whether people give the names of this dimension themselves.
fn is_given(dimension: &Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Workload
            | Dimension::Tag(_)
            | Dimension::Column(FocusDimension::SubAccountId | FocusDimension::SubAccountName)
    )
}

// Whether a part of a name or a slip in it is enough, without a word beside it that says what it is.
fn is_sure(hit: &MetadataHit, said: &str) -> bool {
    use FocusDimension as F;
    let column = match &hit.dimension {
        Dimension::Workload | Dimension::Tag(_) => true,
        Dimension::Column(column) => matches!(
            column,
            F::Provider
                | F::ServiceName
                | F::ServiceCategory
                | F::Region
                | F::RegionName
                | F::SubAccountId
                | F::SubAccountName
                | F::Publisher
        ),
        Dimension::Time(_) => false,
    };
    match hit.how {
        MatchKind::Exact | MatchKind::Alias | MatchKind::Contains => true,
        MatchKind::Words => hit.score >= RARE && (column || is_id(said)),
        MatchKind::Typo => column,
        MatchKind::Prefix => false,
    }
}

// Letters and digits mixed, as machines name things.
fn is_id(said: &str) -> bool {
    let digits = said.bytes().filter(u8::is_ascii_digit).count();
    said.len() >= 8 && digits >= 3
}

// "compute" is the category, "COMPUTE" the service that a provider spells so.
fn prefer_category(said: &str, options: &mut [Meant]) {
    let place = |column: FocusDimension, options: &[Meant]| {
        options.iter().position(|(dimension, _)| *dimension == Dimension::Column(column))
    };
    let (Some(category), Some(service)) = (
        place(FocusDimension::ServiceCategory, options),
        place(FocusDimension::ServiceName, options),
    ) else {
        return;
    };
    let values =
        |at: usize| options.get(at).map_or(&[] as &[String], |(_, values)| values.as_slice());
    // "network" is the service NETWORK and the category Networking.
    let same = values(category).iter().any(|name| {
        let name = name.to_lowercase();
        values(service).iter().any(|other| name.starts_with(&other.to_lowercase()))
    });
    let spelled = values(service).iter().any(|name| name == said)
        && !values(category).iter().any(|name| name == said);
    let bare = !said.is_ascii()
        || values(service).iter().any(|name| name.eq_ignore_ascii_case(said))
        || values(category).iter().any(|name| name.eq_ignore_ascii_case(said));
    if same && bare && !spelled {
        options.swap(category, service);
    }
}

/// How natural it is that a bare name means this dimension; smaller is more natural. Dimensions of
/// one rank differ in kind, and only the words around them can decide.
pub(crate) fn precedence(dimension: &Dimension) -> u8 {
    use FocusDimension as F;
    match dimension {
        Dimension::Column(column) => match column {
            F::Provider => 0,
            F::ServiceName | F::Region => 1,
            F::SubAccountId | F::SubAccountName => 2,
            F::RegionName | F::ServiceCode | F::ServiceCategory | F::BillingAccountId => 4,
            F::ServiceSubcategory | F::InstanceType | F::ChargeCategory => 5,
            F::UsageType | F::ProductFamily | F::ResourceType | F::Publisher => 6,
            F::SkuMeter | F::ResourceName | F::ResourceId | F::Operation | F::InvoiceIssuer => 7,
            _ => 8,
        },
        Dimension::Workload => 2,
        Dimension::Tag(_) => 3,
        Dimension::Time(_) => 9,
    }
}

/// Whether two dimensions name the same thing, by id and by name.
pub(crate) fn same_family(left: &Dimension, right: &Dimension) -> bool {
    family(left) == family(right)
}

fn family(dimension: &Dimension) -> String {
    let name = dimension.name();
    match name.strip_suffix("_name") {
        Some(stem) if stem != "resource" => stem.to_owned(),
        _ if name == "service_code" => "cloud_service".to_owned(),
        _ if name == "resource_id" => "resource".to_owned(),
        _ => name.trim_end_matches("_name").to_owned(),
    }
}

/// Whether a word for a kind of thing covers this dimension. People call what a tag names an app or a workload too.
pub(crate) fn is_kind(said: &Meaning, one: &Dimension) -> bool {
    match said {
        Meaning::Service => {
            matches!(one, Dimension::Workload | Dimension::Column(FocusDimension::ServiceName))
        }
        Meaning::Dimension(Dimension::Workload) => {
            matches!(one, Dimension::Workload | Dimension::Tag(_))
        }
        Meaning::Dimension(said) => same_family(one, said),
        _ => false,
    }
}

/// Whether two dimensions of one name are different things, as an account and a tag, or two tags.
pub(crate) fn differs_in_kind(first: &Dimension, other: &Dimension) -> bool {
    let named_by_us = |dimension: &Dimension| {
        matches!(
            dimension,
            Dimension::Workload
                | Dimension::Tag(_)
                | Dimension::Column(FocusDimension::SubAccountId | FocusDimension::SubAccountName)
        )
    };
    // A workload is what people mean by its name, even where a tag repeats it.
    let repeats = matches!((first, other), (Dimension::Workload, Dimension::Tag(_)));
    named_by_us(first) && named_by_us(other) && !same_family(first, other) && !repeats
}
