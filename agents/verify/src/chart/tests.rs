use serde_json::Map;
use wherefore_contract::{
    draft::Sentence,
    table::{Column, Table},
    tool::FactTable,
};

use super::*;

fn evidence(names: &[&str]) -> Evidence {
    let rows = names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            vec![
                Some((*name).to_owned()),
                Some(format!("{}.5", 10 - 7 * i64::try_from(index).unwrap())),
            ]
        })
        .collect();
    let columns = vec![Column::dimension("effect"), Column::measure("amount", Unit::parse("USD"))];
    Evidence {
        id: "e1".to_owned(),
        tool: "explain_unit_cost".to_owned(),
        arguments: Map::new(),
        snapshot: "s000001".to_owned(),
        facts: FactTable {
            name: "bridge".to_owned(),
            table: Table { columns, rows },
            source: "computed".to_owned(),
            statement: None,
            parameters: Vec::new(),
            period: None,
            filters: Vec::new(),
            data_as_of: None,
            complete: true,
        },
        notices: Vec::new(),
    }
}

fn chart(kind: ChartKind) -> DraftChart {
    DraftChart {
        title: Sentence::default(),
        kind,
        evidence: "e1".to_owned(),
        x: "effect".to_owned(),
        y: vec!["amount".to_owned()],
        series: None,
    }
}

#[test]
fn every_kind_is_drawn_twice_alike_and_says_what_it_shows() {
    let evidence = [evidence(&["volume", "price", "mix"])];
    for kind in [ChartKind::Bars, ChartKind::StackedBars, ChartKind::Line, ChartKind::Waterfall] {
        let svg = draw(&chart(kind), "Bridge", &evidence, Language::Ko).unwrap();
        assert_eq!(svg, draw(&chart(kind), "Bridge", &evidence, Language::Ko).unwrap());
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
        for part in ["role=\"img\"", "<title>Bridge</title>", "<desc>거래량", "+$10.50", "-$4.50"]
        {
            assert!(svg.contains(part), "{kind:?} lacks {part}: {svg}");
        }
    }
}

#[test]
fn names_written_by_others_cannot_become_markup() {
    let evidence =
        [evidence(&["</text><script>alert(1)</script>", "\" onload=\"x", "\u{202e}abc"])];
    for kind in [ChartKind::Bars, ChartKind::StackedBars, ChartKind::Line, ChartKind::Waterfall] {
        let svg = draw(&chart(kind), "<b>", &evidence, Language::En).unwrap();
        assert!(
            !svg.contains("<script") && !svg.contains("\" onload") && !svg.contains('\u{202e}')
        );
    }
}

#[test]
fn a_chart_over_unknown_columns_is_refused() {
    let evidence = [evidence(&["volume"])];
    for wrong in [
        DraftChart { evidence: "e2".to_owned(), ..chart(ChartKind::Bars) },
        DraftChart { x: "amount".to_owned(), ..chart(ChartKind::Bars) },
        DraftChart { y: vec!["effect".to_owned()], ..chart(ChartKind::Bars) },
        DraftChart { y: Vec::new(), ..chart(ChartKind::Bars) },
    ] {
        assert!(draw(&wrong, "", &evidence, Language::En).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_legend_of_many_series_goes_on_in_further_rows_inside_the_drawing() {
    let names: Vec<String> =
        (0..9).map(|index| format!("Amazon Elastic Compute {index}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut svg = super::svg::Svg::new();
    let below = svg.legend(&names, 100, 700);
    let drawn = svg.finish((720, 100), "", "");
    let places: Vec<(f64, f64)> = drawn
        .split("<text ")
        .skip(1)
        .map(|text| {
            let read = |key: &str| -> f64 {
                let rest = text.split_once(key).unwrap().1;
                rest.split('"').next().unwrap().parse().unwrap()
            };
            (read("x=\""), read("y=\""))
        })
        .collect();
    assert_eq!(places.len(), 9);
    assert!(places.iter().all(|(x, y)| *x < 600.0 && *y < f64::from(below)), "{places:?}");
    let rows: std::collections::BTreeSet<String> =
        places.iter().map(|(_, y)| y.to_string()).collect();
    assert!(rows.len() >= 3, "{rows:?}");
    assert_eq!(super::svg::Svg::new().legend(&[], 100, 700), 10);
}

#[test]
fn labels_of_ticks_are_left_out_where_they_would_run_into_each_other() {
    let room = wherefore_contract::Decimal::from(100);
    assert_eq!(super::axis::every(["$0.00", "$50.00"].into_iter(), room), 1);
    assert_eq!(super::axis::every(["$1,000,000,000,000.00"].into_iter(), room), 2);
}
