use jiff::civil::date;
use wherefore_contract::{
    answer::{Run, Status},
    draft::{Draft, DraftResult, DraftTable, Format, Sentence, Span},
    evidence::{Evidence, FactRef},
    question::Question,
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};
use wherefore_verify::{Context, verify};

use super::*;

const HOSTILE: [&str; 6] = [
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "<script src=//evil.example/x.js>",
    "plain, \"quoted\"",
];

fn october() -> Period {
    Period::month_of(date(2026, 10, 1))
}

// A table of the one piece of evidence under a headline.
fn drafted(headline: Sentence, columns: Vec<String>) -> Draft {
    Draft {
        status: Status::Answered,
        reading: None,
        headline,
        body: Vec::new(),
        tables: vec![DraftTable { evidence: "e1".to_owned(), columns: Vec::new() }],
        result: DraftResult::Rows { evidence: "e1".to_owned(), columns },
        verdict: std::collections::BTreeMap::new(),
        findings: Vec::new(),
        hypotheses: Vec::new(),
        assumptions: Vec::new(),
        gaps: Vec::new(),
        charts: Vec::new(),
        next: Vec::new(),
        scale: None,
    }
}

// An answer of one table, as the gate lets it through.
fn answer(names: &[&str], costs: &[&str]) -> VerifiedAnswer {
    let question = Question::parse("cost by team", None, date(2026, 11, 5)).unwrap();
    let usd = || Unit::parse("USD");
    let mut columns =
        vec![Column::measure("billed_cost", usd()), Column::measure("usage_billed_cost", usd())];
    if !names.is_empty() {
        columns.insert(0, Column::dimension("tag:team"));
    }
    let rows = (0..costs.len()).map(|row| {
        let cost = Some(costs[row].to_owned());
        let mut cells = vec![cost.clone(), cost];
        if let Some(name) = names.get(row) {
            cells.insert(0, (!name.is_empty()).then(|| (*name).to_owned()));
        }
        cells
    });
    let facts = FactTable {
        name: "cost".to_owned(),
        table: Table { columns, rows: rows.collect() },
        source: "embedded:billing".to_owned(),
        statement: Some("SELECT \"a<b\"".to_owned()),
        parameters: vec!["x".to_owned()],
        period: Some(october()),
        filters: Vec::new(),
        data_as_of: None,
        complete: true,
    };
    let evidence = [Evidence {
        id: "e1".to_owned(),
        tool: "query_cost".to_owned(),
        arguments: serde_json::Map::new(),
        snapshot: "s000001".to_owned(),
        facts,
        notices: Vec::new(),
    }];
    let fact = |column: &str| FactRef::new("e1", 0, column);
    let text = |text: &str| Span::Text { text: text.to_owned() };
    let mut spans = vec![text("The "), Span::Measure { fact: fact("billed_cost") }];
    if !names.is_empty() {
        spans.extend([text(" of "), Span::Name { fact: fact("tag:team") }]);
    }
    spans.extend([text(" in "), Span::Period { period: october() }, text(" was ")]);
    spans.extend([Span::Value { fact: fact("billed_cost"), format: Format::Auto }, text(".")]);
    let columns = evidence[0].facts.table.columns.iter().map(|column| column.name.clone());
    let columns = columns.collect();
    let draft = drafted(Sentence(spans), columns);
    let periods = [october()];
    let context = Context {
        question: &question,
        evidence: &evidence,
        periods: &periods,
        run: Run::default(),
    };
    let answer = verify(&draft, &context);
    assert_eq!(answer.answer().run.withheld, 0, "{:?}", answer.answer().gaps);
    answer
}

// Six owners with names that others chose, and charges of nobody.
fn report(total: &str) -> Report {
    let names: Vec<&str> = HOSTILE.into_iter().chain([""]).collect();
    let costs = ["70.000000000000000001", "6", "5", "4", "3", "2", "10"];
    let mut report = Report {
        kind: Kind::Chargeback,
        language: Language::En,
        month: october(),
        base: None,
        by: Some(Dimension::Tag("team".to_owned())),
        sharing: Sharing::Rules,
        as_of: date(2026, 11, 5),
        snapshot: "s000001".to_owned(),
        sections: vec![
            Section { key: "owners", answers: vec![answer(&names, &costs)] },
            Section { key: "total", answers: vec![answer(&[], &[total])] },
        ],
        closing: None,
    };
    report.closing = make::closing(&report);
    report
}

#[test]
fn rows_that_add_up_to_the_last_digit_close_the_bill() {
    assert_eq!(report("100.000000000000000001").closing, Some(Closing::Exact));
    let open = Closing::Open { column: "billed_cost".to_owned() };
    assert_eq!(report("100").closing, Some(open.clone()));
    assert!(report("100").html().contains("class=\"closing open\""));
    assert!(words::closing(&open, Language::Ko).contains("billed_cost"));
}

#[test]
fn csv_keeps_every_digit_and_hands_no_formula_to_a_spreadsheet() {
    let text = report("100.000000000000000001").csv(Marks::None);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines,
        [
            "\"Month\",\"Tag team\",\"Billed cost\",\"Billed cost of usage\",\"currency\"",
            "\"2026-10\",\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",70.000000000000000001,70.000000000000000001,\"USD\"",
            "\"2026-10\",\"'+1+cmd|' /C calc'!A0\",6,6,\"USD\"",
            "\"2026-10\",\"'-2+3\",5,5,\"USD\"",
            "\"2026-10\",\"'@SUM(A1:A9)\",4,4,\"USD\"",
            "\"2026-10\",\"<script src=//evil.example/x.js>\",3,3,\"USD\"",
            "\"2026-10\",\"plain, \"\"quoted\"\"\",2,2,\"USD\"",
            "\"2026-10\",\"(unallocated)\",10,10,\"USD\"",
            "\"2026-10\",\"Total\",100.000000000000000001,100.000000000000000001,\"USD\"",
            "",
        ]
    );
    for opens in ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1", "\u{a0}=1"] {
        assert!(csv::harmless(opens).starts_with('\''), "{opens:?}");
    }
    assert_eq!(csv::harmless("a=1"), "a=1");
    assert!(report("100").csv(Marks::ByteOrder).starts_with('\u{feff}'));
}

#[test]
fn the_page_loads_nothing_and_escapes_what_others_wrote() {
    for language in [Language::En, Language::Ko] {
        let report = Report { language, ..report("100.000000000000000001") };
        let page = report.html();
        assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none';"));
        for reference in
            ["src=", "@import", "url(", "<script", "<link", "<iframe", "href=\"http", "onerror="]
        {
            let own = page.replace("&lt;script src=", "");
            assert!(!own.contains(reference), "{reference}");
        }
        assert!(page.contains("&lt;script src=//evil.example"));
        // Every link leads to a place of the page.
        for link in page.split("href=\"#").skip(1) {
            let place = link.split('"').next().unwrap();
            assert!(page.contains(&format!("id=\"{place}\"")), "{place}");
        }
        assert!(page.contains("<a class=\"figure\" href=\"#s1-1-e1\""));
        assert!(page.contains("SELECT &quot;a&lt;b&quot;"));
    }
}

// The files of a workbook by name.
fn unpacked(bytes: Vec<u8>) -> std::collections::BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let text = |name: String| {
        let file = std::io::read_to_string(archive.by_name(&name).unwrap()).unwrap();
        (name, file)
    };
    names.into_iter().map(text).collect()
}

#[test]
fn a_workbook_holds_numbers_as_numbers_and_names_as_text() {
    let bytes = report("100.000000000000000001").xlsx().unwrap();
    assert_eq!(bytes, report("100.000000000000000001").xlsx().unwrap());
    let files = unpacked(bytes);
    let owners = &files["xl/worksheets/sheet1.xml"];
    // A spreadsheet holds the nearest number of fifteen digits.
    assert!(owners.contains("<v>70</v></c>"), "{owners}");
    assert!(files["xl/styles.xml"].contains("&quot;$&quot;#,##0.00"));
    assert!(files["xl/sharedStrings.xml"].contains("<t>=HYPERLINK("));
    assert!(files.values().all(|file| !file.contains("<f>")));
    assert!(owners.contains("state=\"frozen\"") && owners.contains("<col min=\"1\""));
    for sheet in ["Owners", "Notes", "Evidence"] {
        assert!(files["xl/workbook.xml"].contains(&format!("<sheet name=\"{sheet}\"")), "{sheet}");
    }
    assert!(files["docProps/core.xml"].contains(">2026-11-05T00:00:00Z<"));
}

#[test]
fn months_are_read_and_written_alike() {
    let month: Month = "2024-12".parse().unwrap();
    assert_eq!(month.to_string(), "2024-12");
    assert_eq!(
        (month.before().to_string(), month.after().to_string()),
        ("2024-11".to_owned(), "2025-01".to_owned())
    );
    for wrong in ["2024", "2024-13", "12-2024x", "", "2024-1-1"] {
        assert!(wrong.parse::<Month>().is_err(), "{wrong}");
    }
}
