use serde_json::json;

use super::*;

fn mask() -> Mask {
    Mask::new(b"a key of the tests").unwrap()
}

/// The kinds that were found, in order.
fn kinds(text: &str) -> Vec<&'static str> {
    let found = mask().find(&rules::plain(text));
    found.into_iter().filter_map(|found| found.kind).map(Kind::word).collect()
}

#[test]
fn what_points_at_somebody_is_found_in_every_shape_it_comes_in() {
    for (text, expected) in [
        ("account 123456789012.", &["account"][..]),
        ("계정 123456789012의 비용", &["account"]),
        ("1234-5678-9012", &["account"]),
        ("arn:aws:iam::123456789012:user/kim", &["account"]),
        ("arn%3Aaws%3Aiam%3A%3A123456789012%3Arole", &["account"]),
        ("s3://logs-123456789012/x", &["account"]),
        ("bucket123456789012", &["account"]),
        (r"line\n123456789012\tend", &["account"]),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com", &["account"]),
        ("１２３４５６７８９０１２", &["account"]),
        ("/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/x", &["account"]),
        ("mail kim@example.co.kr now", &["email"]),
        ("담당자kim.min-su+aws@example.com에게", &["email"]),
        ("홍길동@예시.한국", &["email"]),
        ("from=kim%40example.com", &["email"]),
        ("10.1.2.3 and ip-10-0-12-7.ec2.internal", &["ip", "ip"]),
        ("2001:db8::8a2e:370:7334", &["ip"]),
        ("fe80::1ff:fe23:4567:890a", &["ip"]),
        ("AKIAIOSFODNN7EXAMPLE", &["key"]),
        ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", &["secret"]),
        ("Authorization: Bearer abc123def456ghi789", &["secret"]),
        ("password=hunter2hunter2", &["secret"]),
        (r#"{\"api_key\": \"k-99aabbccdd\"}"#, &["secret"]),
        ("비밀번호: 사과나무12", &["secret"]),
        ("postgres://admin:s3cr3tpw@db/x", &["secret"]),
        ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", &["secret"]),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P", &["secret"]),
        ("900101-1234567 주민번호", &["resident"]),
        ("8001011000008", &["resident"]),
        ("010-1234-5678", &["phone"]),
        ("01012345678로 전화", &["phone"]),
        ("+82 10 1234 5678", &["phone"]),
        ("+82-2-345-6789, 02-345-6789", &["phone", "phone"]),
        ("+1 415 555 2671", &["phone"]),
        ("+442071838750", &["phone"]),
        ("(415) 555-2671", &["phone"]),
        ("4111 1111 1111 1111", &["card"]),
        ("4111-1111-1111-1111", &["card"]),
        ("378282246310005", &["card"]),
    ] {
        assert_eq!(kinds(text), expected, "{text}");
    }
}

#[test]
fn figures_dates_and_our_own_ids_stay() {
    for text in [
        "$1,234,567.89",
        "1234.5678901200",
        "0.123456789012",
        "-0.123456789012345678",
        "123456789012.50 USD",
        "₩123456789012",
        "123456789012 KRW",
        "123456789012원",
        "USD 4111111111111111",
        "-123456789012",
        "+12345678901.25",
        "+12.345678901%",
        "2024-10-15T00:00:00Z",
        "2024-09-01/2024-10-01",
        "20241015",
        "10:15:30.123456789",
        "a_01JD2K7W3V9Q8N4T6R5X0ZHBMA",
        "c_01JD2K7W3V9Q8N4T6R5X0ZHBMA",
        "e1/0/billed_cost",
        "s000001",
        "0.2.1",
        "call_9f86d081884c7d659a2feaa0c55ad015",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "550e8400-e29b-41d4-a716-446655440000",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "wherefore::cli::ask",
        "m5.24xlarge us-east-1 BoxUsage:m5.large",
        "tokens: 123456, max_tokens=4096, output_tokens: 1234567",
        "1,200,000 requests, 35.5 per cent, 12 months",
        "AWS Secrets Manager costs rose; basic support",
        "SELECT SUM(BilledCost) FROM charges WHERE ServiceName IN ($1, $2)",
        "v10.2.3.4",
    ] {
        assert_eq!(mask().text(text), text, "{:?}", mask().find(text));
    }
}

#[test]
fn the_same_value_is_the_same_token_however_it_is_written_and_only_with_the_same_key() {
    let mask = mask();
    let token = mask.text("123456789012").into_owned();
    assert_eq!(mask.text("1234-5678-9012"), token);
    assert_eq!(mask.text("arn:aws:iam::123456789012:root"), format!("arn:aws:iam::{token}:root"));
    assert_eq!(mask.text("+82 10-1234-5678"), mask.text("01012345678"));
    assert_eq!(mask.text("Kim@Example.com"), mask.text("kim@example.com"));
    assert_eq!(mask.text("ip-10-0-0-1"), mask.text("10.0.0.1"));
    assert_ne!(mask.text("123456789013"), token);
    assert_ne!(Mask::new(b"another").unwrap().text("123456789012"), token);
    assert!(token.starts_with("<account:") && token.len() == 22, "{token}");
}

#[test]
fn masking_twice_changes_nothing() {
    let mask = mask();
    for index in 0..2_000_u64 {
        let text = format!(
            "a {} b +82-10-{:04}-{:04}",
            100_000_000_000 + index * 7919,
            index,
            9999 - index
        );
        let once = mask.text(&text).into_owned();
        assert_eq!(mask.text(&once), once);
    }
    // A token whose digits alone would look like an account stays as it is.
    assert_eq!(mask.text("<email:123456789012>"), "<email:123456789012>");
}

#[test]
fn json_stays_json_and_measures_stay_figures() {
    let mut value = json!({
        "columns": [
            { "name": "sub_account", "kind": "dimension" },
            { "name": "requests", "kind": "measure" },
        ],
        "rows": [["123456789012", "345678901234"], ["kim@example.com", "not a figure: 123456789012"]],
        "password": "tiger",
        "next": { "inner": "{\"account\": 123456789012, \"text\": \"a\\n123456789012\"}" },
        "by": { "123456789012": 5 },
        "input_tokens": 345_678,
    });
    mask().json(&mut value);
    let shown = value.to_string();
    assert!(!shown.contains("123456789012") && !shown.contains("tiger"), "{shown}");
    assert!(!shown.contains("kim@example.com"), "{shown}");
    assert_eq!(value["rows"][0][1], "345678901234");
    assert_eq!(value["input_tokens"], 345_678);
    let inner: serde_json::Value =
        serde_json::from_str(value["next"]["inner"].as_str().unwrap()).unwrap();
    assert_eq!(inner["account"], value["rows"][0][0]);
}
