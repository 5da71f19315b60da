//! Names that the catalog found in the question, grouped by the words they stand on.

use std::collections::BTreeMap;

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    metadata::{MatchKind, MetadataHit},
};

/// Words of the question that name something, and what they may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    pub start: usize,
    pub end: usize,
    /// Whether the spelling is that of the catalog or one of its aliases.
    pub exact: bool,
    /// The possible meanings, best first: a dimension and its values.
    pub options: Vec<(Dimension, Vec<String>)>,
}

// The catalog gives no more hits than this for one text (the limit of `find_metadata`).
const HITS_READ: usize = 100;

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
    spans.into_iter().map(|((start, end), hits)| entity(start, end, &hits)).collect()
}

fn entity(start: usize, end: usize, hits: &[&MetadataHit]) -> Entity {
    let named = |hit: &&&MetadataHit| matches!(hit.how, MatchKind::Exact | MatchKind::Alias);
    let exact = hits.iter().any(|hit| named(&hit));
    let best = hits.iter().map(|hit| hit.score).max().unwrap_or(0);
    let kept = hits.iter().filter(|hit| if exact { named(hit) } else { hit.score == best });
    let mut options: Vec<(Dimension, Vec<String>)> = Vec::new();
    for hit in kept {
        match options.iter_mut().find(|(dimension, _)| *dimension == hit.dimension) {
            Some((_, values)) if values.contains(&hit.value) => {}
            Some((_, values)) => values.push(hit.value.clone()),
            None => options.push((hit.dimension.clone(), vec![hit.value.clone()])),
        }
    }
    options.sort_by_key(|(dimension, _)| (precedence(dimension), dimension.clone()));
    Entity { start, end, exact, options }
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
            F::UsageType | F::SkuMeter | F::ResourceType | F::Publisher => 6,
            F::ResourceName | F::ResourceId | F::Operation | F::InvoiceIssuer => 7,
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
