//! How well charges are tagged.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    draft::{ChartKind, Draft, DraftChart, DraftResult, DraftTable, Sentence},
    evidence::{Evidence, FactRef},
};

use super::super::answered;
use crate::{
    say::{
        line::Line,
        scene::{Scene, at},
        voice::{Allocated, Reached},
    },
    tagging::{self, Focus},
};

const KEYS: [&str; 7] = [
    "tagging_key",
    "tagged_cost",
    "cost_share",
    "tagged_rows",
    "row_share",
    "tag_values",
    "like_key",
];
const ALIKE: [&str; 6] =
    ["tagging_key", "tagging_value", "like_value", "likeness", "tagged_cost", "tagged_rows"];

/// The answer; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let allocation = scene.found(0, "allocation")?;
    let found = Found {
        scene,
        allocation,
        keys: scene.found(0, "tag_keys"),
        alike: scene.found(0, "near_values"),
        services: scene.found(0, "untagged_cloud_service"),
        accounts: scene.found(0, "untagged_sub_account"),
    };
    let focus = tagging::asked(scene.question.text()).unwrap_or(Focus::Hygiene);
    let mut draft = match focus {
        Focus::Keys => found.of_keys()?,
        Focus::Alike => found.of_alike()?,
        Focus::Missing => found.of_missing().unwrap_or_else(|| found.of_allocation()),
        Focus::Hygiene => found.of_hygiene(),
        Focus::Allocation => found.of_allocation(),
    };
    // Sentences that the headline says already are not said again.
    let headline = draft.headline.clone();
    draft.body.retain(|sentence| *sentence != headline);
    Some(draft)
}

struct Found<'a> {
    scene: &'a Scene<'a>,
    allocation: &'a Evidence,
    keys: Option<&'a Evidence>,
    alike: Option<&'a Evidence>,
    services: Option<&'a Evidence>,
    accounts: Option<&'a Evidence>,
}

impl Found<'_> {
    fn of_hygiene(&self) -> Draft {
        let mut draft = self.of_allocation();
        draft.body.extend(self.key_line());
        draft.body.extend(self.missing_lines());
        draft.body.extend(self.alike_line());
        if let Some(keys) = self.keys {
            draft.result = whole(keys, &KEYS);
            draft.tables = vec![table(keys, &KEYS)];
            draft.charts.extend(shares(keys));
        }
        draft.tables.extend(self.alike.map(|alike| table(alike, &ALIKE)));
        draft.tables.extend(self.services.map(all_of));
        draft
    }

    fn of_allocation(&self) -> Draft {
        let held = self.allocation;
        let mut draft = answered(self.allocated());
        let fact = |column: &str| at(held, 0, column);
        let reached = match held.name(0, "stage") {
            Some("run") => Some(Reached::Run),
            Some("crawl") => Some(Reached::Crawl),
            Some(_) => Some(Reached::Neither),
            None => None,
        };
        let voice = self.scene.voice();
        draft.body.extend(
            reached.map(|own| voice.targets(own, &fact("target_crawl"), &fact("target_run"))),
        );
        let named = held.name(0, "allocation_keys").is_some();
        draft.body.extend(named.then(|| voice.owners(fact("allocation_keys"))));
        draft.result = all_columns(held);
        draft.tables.extend(self.services.map(all_of));
        draft.tables.extend(self.accounts.map(all_of));
        draft
    }

    fn of_keys(&self) -> Option<Draft> {
        let keys = self.keys?;
        let mut draft = answered(self.key_line()?);
        draft.body.push(self.allocated());
        draft.result = whole(keys, &KEYS);
        draft.tables.push(table(keys, &KEYS));
        draft.charts.extend(shares(keys));
        Some(draft)
    }

    fn of_alike(&self) -> Option<Draft> {
        let mut draft = answered(self.alike_line()?);
        draft.body.extend(self.key_line());
        draft.result = match self.alike {
            Some(alike) => whole(alike, &ALIKE),
            None => DraftResult::Cells {
                columns: ALIKE.iter().map(|name| (*name).to_owned()).collect(),
                rows: Vec::new(),
            },
        };
        draft.tables.extend(self.alike.map(|alike| table(alike, &ALIKE)));
        // Keys that look alike stand beside the values.
        let alike = |keys: &&Evidence| {
            (0..keys.facts.table.rows.len()).any(|row| keys.name(row, "like_key").is_some())
        };
        draft.tables.extend(self.keys.filter(alike).map(|keys| table(keys, &KEYS)));
        Some(draft)
    }

    fn of_missing(&self) -> Option<Draft> {
        let first = self.services.or(self.accounts)?;
        let mut lines = self.missing_lines().into_iter();
        let mut draft = answered(lines.next()?);
        draft.body.extend(lines);
        draft.body.push(self.allocated());
        draft.result = all_columns(first);
        draft.tables.extend(self.services.map(all_of));
        draft.tables.extend(self.accounts.map(all_of));
        draft.charts.extend(
            self.services
                .and_then(|held| bars(held, FocusDimension::ServiceName.name(), "untagged_cost")),
        );
        Some(draft)
    }

    fn allocated(&self) -> Sentence {
        let held = self.allocation;
        let fact = |column: &str| at(held, 0, column);
        let all = held.facts.table.columns.iter().find(|column| column.name.ends_with("_cost"));
        let own = Allocated {
            all: fact(all.map(|column| column.name.as_str()).unwrap_or_default()),
            owned: fact("allocated_cost"),
            unowned: fact("unallocated_cost"),
            share: held.fact(0, "allocated_share").map(|_| fact("allocated_share")),
        };
        self.scene.voice().tags_allocated(&self.scene.about(held.facts.period), &own)
    }

    fn key_line(&self) -> Option<Sentence> {
        let keys = self.keys?;
        let share = keys.fact(0, "cost_share").map(|_| at(keys, 0, "cost_share"));
        let (key, cost) = (at(keys, 0, "tagging_key"), at(keys, 0, "tagged_cost"));
        let about = self.scene.about(keys.facts.period);
        Some(self.scene.voice().tag_keys(&about, &keys.id, key, cost, share))
    }

    fn alike_line(&self) -> Option<Sentence> {
        let voice = self.scene.voice();
        let Some(alike) = self.alike else {
            return Some(voice.no_tags_alike(&self.keys?.id));
        };
        let names =
            ["tagging_value", "tagging_key", "like_value"].map(|column| at(alike, 0, column));
        Some(voice.tags_alike(&alike.id, names, at(alike, 0, "tagged_cost")))
    }

    fn missing_lines(&self) -> Vec<Sentence> {
        let lists = [
            (self.services, FocusDimension::ServiceName),
            (self.accounts, FocusDimension::SubAccountId),
        ];
        let lists = lists.into_iter().filter_map(|(held, of)| Some((held?, Dimension::Column(of))));
        lists
            .map(|(held, of)| {
                let share = held.fact(0, "untagged_share").map(|_| at(held, 0, "untagged_share"));
                let (name, cost) = (at(held, 0, &of.name()), at(held, 0, "untagged_cost"));
                let about = self.scene.about(held.facts.period);
                self.scene.voice().tags_missing(&about, &of, name, cost, share)
            })
            .collect()
    }
}

fn whole(held: &Evidence, columns: &[&str]) -> DraftResult {
    let columns = columns.iter().map(|name| (*name).to_owned()).collect();
    DraftResult::Rows { evidence: held.id.clone(), columns }
}

fn all_columns(held: &Evidence) -> DraftResult {
    super::super::all_rows(held)
}

fn all_of(held: &Evidence) -> DraftTable {
    super::super::table(held)
}

// A column without any value says nothing.
fn table(held: &Evidence, columns: &[&str]) -> DraftTable {
    let rows = held.facts.table.rows.len();
    let filled = |name: &&&str| {
        (0..rows).any(|row| held.facts.table.text(row, name).is_some_and(|text| !text.is_empty()))
    };
    let columns = columns.iter().filter(filled).map(|name| (*name).to_owned()).collect();
    DraftTable { evidence: held.id.clone(), columns }
}

fn shares(keys: &Evidence) -> Option<DraftChart> {
    bars(keys, "tagging_key", "cost_share")
}

fn bars(held: &Evidence, x: &str, y: &str) -> Option<DraftChart> {
    let figure: FactRef = at(held, 0, y);
    (held.facts.table.rows.len() > 1).then(|| DraftChart {
        title: Line::default().measure(figure).done(),
        kind: ChartKind::Bars,
        evidence: held.id.clone(),
        x: x.to_owned(),
        y: vec![y.to_owned()],
        series: None,
    })
}
