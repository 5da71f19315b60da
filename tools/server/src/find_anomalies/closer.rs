//! Looks closer at the largest anomalies: the resource and the workload that carry them.

use wherefore_analysis::Anomaly;
use wherefore_contract::{
    Decimal,
    cost::{CompareQuery, Direction, Order},
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
    quality::CostDescription,
};

use super::read::Look;
use crate::{operating::is_filled, refuse::Refusal, serve::Tools};

// Each look is a statement over the charges of its days.
const LOOKED_AT: usize = 5;
// The part of the change, in percent, that one of them must carry: most of it, as for the steps of a path.
const CARRIES: i64 = 70;

/// What carries an anomaly, where one does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Closer {
    pub(super) workload: Option<String>,
    pub(super) resource: Option<String>,
}

/// The resource and workload of each anomaly, in its order.
pub(super) async fn look_closer(
    tools: &Tools,
    look: &Look<'_>,
    anomalies: &[Anomaly],
    description: &CostDescription,
) -> Result<Vec<Closer>, Refusal> {
    let workload = Dimension::Workload;
    let resource = Dimension::Column(FocusDimension::ResourceId);
    let tag = Dimension::Tag(description.workload_tag.clone());
    let has_workload = is_filled(description, &workload) || is_filled(description, &tag);
    let has_resource = is_filled(description, &resource);
    let mut found = Vec::new();
    for anomaly in anomalies.iter().take(LOOKED_AT) {
        let carrier = async |dimension: &Dimension, has: bool| {
            if has { carrier(tools, look, anomaly, description, dimension).await } else { Ok(None) }
        };
        found.push(Closer {
            workload: carrier(&workload, has_workload).await?,
            resource: carrier(&resource, has_resource).await?,
        });
    }
    found.resize(anomalies.len(), Closer::default());
    Ok(found)
}

// The value that carries most of the change against as many days before.
async fn carrier(
    tools: &Tools,
    look: &Look<'_>,
    anomaly: &Anomaly,
    description: &CostDescription,
    dimension: &Dimension,
) -> Result<Option<String>, Refusal> {
    let long = anomaly.days.len();
    let before = anomaly.days.start.saturating_sub(long)..anomaly.days.start;
    let (Some(from), Some(to)) = (look.period(&before), look.period(&anomaly.days)) else {
        return Ok(None);
    };
    let filters = look.all_filters(description);
    let steps = look.dimensions.iter().zip(&anomaly.path);
    let path = steps.filter_map(|(dimension, value)| Some(step(dimension, value.as_deref()?)));
    let direction = if anomaly.impact.is_sign_negative() {
        Direction::Ascending
    } else {
        Direction::Descending
    };
    let query = CompareQuery {
        dimensions: vec![dimension.clone()],
        filters: filters.into_iter().chain(path).collect(),
        order: vec![Order { by: "change".to_owned(), direction }],
        limit: Some(1),
        share: true,
        ..CompareQuery::total(look.measure.clone(), from, to)
    };
    let table = tools.costs.compare(&query, &tools.scope).await?.table;
    let carries =
        table.number(0, "share_of_change").is_some_and(|share| share >= Decimal::from(CARRIES));
    Ok(table.text(0, &dimension.name()).filter(|_| carries).map(str::to_owned))
}

fn step(dimension: &Dimension, value: &str) -> Filter {
    if value.is_empty() {
        return Filter { dimension: dimension.clone(), op: FilterOp::IsNull, values: Vec::new() };
    }
    Filter::any_of(dimension.clone(), [value])
}
