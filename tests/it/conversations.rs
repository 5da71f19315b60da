//! Conversations are kept where a caller asks for it, and only there; in them a question may refine the
//! one before, and a reading that was corrected is answered as it stands.

use axum::Router;
use serde_json::{Value, json};

use crate::support::{AS_OF, Reply, estate, request, send};

async fn ask(router: &Router, body: Value) -> Reply {
    let mut body = body;
    body["as_of"] = json!(AS_OF);
    send(router, request("POST", "/v1/ask", Some(body))).await
}

/// The answers of questions that follow each other in one new conversation.
async fn talk(router: &Router, questions: &[&str]) -> Vec<Value> {
    let mut id = "new".to_owned();
    let mut answers = Vec::new();
    for question in questions {
        let reply = ask(router, json!({ "question": question, "conversation": id })).await;
        assert_eq!(reply.status, 200, "{question}: {}", reply.body);
        reply.header("wherefore-conversation").clone_into(&mut id);
        answers.push(reply.json());
    }
    answers
}

fn cells(answer: &Value) -> Value {
    json!([answer["status"], answer["result"]["rows"]])
}

#[tokio::test]
async fn a_conversation_is_kept_listed_shown_and_deleted() {
    let estate = estate();
    let router = estate.router().await;
    let ask = |question: &str, conversation: &str| {
        request(
            "POST",
            "/v1/ask",
            Some(json!({ "question": question, "as_of": AS_OF, "conversation": conversation })),
        )
    };
    let first = send(&router, ask("billed cost by month", "new")).await;
    let id = first.header("wherefore-conversation").to_owned();
    assert!(id.starts_with("c_"), "{id}");
    let second = send(&router, ask("9월 비용 합계", &id)).await;
    assert_eq!(second.header("wherefore-conversation"), id);

    let listed = send(&router, request("GET", "/v1/conversations", None)).await.json();
    assert_eq!(listed["conversations"][0]["id"], id);
    assert_eq!(listed["conversations"][0]["title"], "billed cost by month");
    let shown =
        send(&router, request("GET", &format!("/v1/conversations/{id}"), None)).await.json();
    assert_eq!(shown["messages"][0]["answer"], first.json());
    assert_eq!(shown["messages"][1]["answer"], second.json());
    assert_eq!(shown["messages"].as_array().unwrap().len(), 2);

    let delete = || request("DELETE", &format!("/v1/conversations/{id}"), None);
    assert_eq!(send(&router, delete()).await.status, 204);
    assert_eq!(send(&router, delete()).await.status, 404);
    assert_eq!(
        send(&router, request("GET", &format!("/v1/conversations/{id}"), None)).await.status,
        404
    );
}

#[tokio::test]
async fn without_a_conversation_nothing_is_kept() {
    let estate = estate();
    let router = estate.router().await;
    let reply = send(
        &router,
        request(
            "POST",
            "/v1/ask",
            Some(json!({ "question": "billed cost by month", "as_of": AS_OF })),
        ),
    )
    .await;
    assert_eq!((reply.status, reply.header("wherefore-conversation")), (200, ""));
    let listed = send(&router, request("GET", "/v1/conversations", None)).await.json();
    assert_eq!(listed, json!({ "conversations": [] }));
}

#[tokio::test]
async fn korean_follow_ups_refine_the_question_before() {
    let estate = estate();
    let router = estate.router().await;
    let questions = [
        "9월 AWS 청구 비용은?",
        "그럼 서비스별로는?",
        "EC2만",
        "8월은?",
        "9월이랑 비교하면?",
        "왜?",
        "아니 청구 비용 말고 유효 비용으로",
    ];
    let answers = talk(&router, &questions).await;
    let ec2 = "Amazon Elastic Compute Cloud";
    let s3 = "Amazon Simple Storage Service";
    assert_eq!(cells(&answers[0]), json!(["answered", [["408"]]]), "{}", answers[0]["text"]);
    assert_eq!(answers[1]["result"]["rows"][0][0], ec2, "{}", answers[1]["text"]);
    assert_eq!(answers[1]["result"]["rows"][1][0], s3, "{}", answers[1]["text"]);
    assert_eq!(answers[1]["result"]["rows"][0][1], "375", "{}", answers[1]["text"]);
    assert_eq!(answers[2]["result"]["rows"][0][1], "375", "{}", answers[2]["text"]);
    assert_eq!(answers[2]["result"]["rows"].as_array().unwrap().len(), 1);
    assert_eq!(answers[3]["result"]["rows"][0][1], "317.75", "{}", answers[3]["text"]);
    let compared = answers[4]["result"]["rows"][0].as_array().unwrap();
    assert!(
        compared.contains(&json!("317.75")) && compared.contains(&json!("375")),
        "{compared:?}"
    );
    assert_eq!(answers[5]["reading"]["ask"], "explain", "{}", answers[5]["text"]);
    assert_eq!(answers[6]["reading"]["measures"], json!(["effective_cost"]));
    assert_eq!(answers[6]["reading"]["conditions"][1]["filter"]["values"], json!([ec2]));
    for (question, answer) in questions.iter().zip(&answers) {
        assert_eq!(answer["run"]["withheld"], 0, "{question}: {}", answer["text"]);
        assert_eq!(answer["language"], "ko", "{question}");
    }
}

#[tokio::test]
async fn english_follow_ups_refine_the_question_before() {
    let estate = estate();
    let router = estate.router().await;
    let questions = [
        "What was the billed cost in September?",
        "by provider",
        "only AWS",
        "how did it change?",
        "what about per day?",
        "same for Microsoft",
        "and only EC2, in August?",
    ];
    let answers = talk(&router, &questions).await;
    assert_eq!(cells(&answers[0]), json!(["answered", [["558"]]]), "{}", answers[0]["text"]);
    let providers: Vec<&Value> =
        answers[1]["result"]["rows"].as_array().unwrap().iter().map(|row| &row[0]).collect();
    assert_eq!(providers, ["AWS", "Microsoft"]);
    assert_eq!(answers[2]["result"]["rows"][0][1], "408", "{}", answers[2]["text"]);
    let compared = answers[3]["result"]["rows"][0].as_array().unwrap();
    assert!(
        compared.contains(&json!("351.85")) && compared.contains(&json!("408")),
        "{compared:?}"
    );
    assert_eq!(answers[4]["reading"]["ask"], "compare_per_day", "{}", answers[4]["text"]);
    // August has no month before it that is loaded.
    assert_eq!(answers[6]["gaps"][0]["code"], "missing_period", "{}", answers[6]["text"]);
    let reading = &answers[5]["reading"];
    assert_eq!(reading["conditions"][0]["filter"]["values"], json!(["Microsoft"]));
    for (question, answer) in questions.iter().zip(&answers) {
        assert_eq!(answer["run"]["withheld"], 0, "{question}: {}", answer["text"]);
    }
    let text = answers[2]["text"].as_str().unwrap();
    assert!(text.contains("AWS"), "the condition is named: {text}");
}

#[tokio::test]
async fn a_whole_question_starts_anew_and_a_fragment_alone_is_asked_back() {
    let estate = estate();
    let router = estate.router().await;
    let answers = talk(
        &router,
        &["AWS billed cost in September by cloud service", "What did we spend in August?"],
    )
    .await;
    assert_eq!(cells(&answers[1]), json!(["answered", [["506.85"]]]), "{}", answers[1]["text"]);
    for question in ["왜?", "and for S3?", "그럼 리전별로는?"] {
        let answer =
            ask(&router, json!({ "question": question, "conversation": "new" })).await.json();
        assert_eq!(answer["status"], "needs_clarification", "{question}: {}", answer["text"]);
        assert_eq!(answer["result"]["type"], "none", "{question}");
        assert_eq!(answer["gaps"][0]["code"], "no_earlier_question", "{question}");
        assert_eq!(answer["run"]["withheld"], 0, "{question}: {}", answer["text"]);
    }
}

#[tokio::test]
async fn the_reading_of_an_answer_sent_back_gives_the_same_result() {
    let estate = estate();
    let router = estate.router().await;
    for question in [
        "What was the billed cost in September?",
        "9월 AWS 서비스별 유효 비용은?",
        "How did September compare with August, by provider?",
        "8월 대비 9월 비용이 왜 늘었어?",
        "billed cost by month",
        "What was the cost per transaction of checkout in September?",
        "average daily cost in September",
        "What share of September cost was AWS?",
        "top 2 cloud services by cost in September",
    ] {
        let first = ask(&router, json!({ "question": question })).await.json();
        assert!(first["reading"].is_object(), "{question}: {}", first["text"]);
        let again =
            ask(&router, json!({ "question": question, "request": first["reading"] })).await.json();
        assert_eq!(
            again["result"], first["result"],
            "{question}\n{}\n{}",
            first["text"], again["text"]
        );
        assert_eq!(again["run"]["withheld"], 0, "{question}: {}", again["text"]);
    }
}

#[tokio::test]
async fn a_corrected_reading_is_answered_and_can_be_refined() {
    let estate = estate();
    let router = estate.router().await;
    let first = ask(
        &router,
        json!({ "question": "September cost of AWS by cloud service", "conversation": "new" }),
    )
    .await;
    let id = first.header("wherefore-conversation").to_owned();
    let mut reading = first.json()["reading"].clone();
    reading["conditions"] = json!([]);
    reading["dimensions"] = json!(["provider"]);
    reading["measures"] = json!(["effective_cost"]);
    let corrected = ask(
        &router,
        json!({ "question": "September cost of AWS by cloud service", "request": reading, "conversation": id }),
    )
    .await
    .json();
    assert_eq!(corrected["result"]["rows"][0][0], "AWS", "{}", corrected["text"]);
    assert_eq!(corrected["result"]["rows"][0][1], "408");
    assert_eq!(corrected["reading"]["measures"], json!(["effective_cost"]));
    let refined =
        ask(&router, json!({ "question": "only Microsoft", "conversation": id })).await.json();
    assert_eq!(
        refined["result"]["rows"],
        json!([["Microsoft", "150", "100"]]),
        "{}",
        refined["text"]
    );
    let kept = send(&router, request("GET", &format!("/v1/conversations/{id}"), None)).await.json();
    let messages = kept["messages"].as_array().unwrap();
    let readings: Vec<&Value> = messages.iter().map(|message| &message["reading"]).collect();
    assert_eq!(readings, [&first.json()["reading"], &corrected["reading"], &refined["reading"]]);
}

#[tokio::test]
async fn a_reading_alone_is_a_question_and_a_broken_one_is_a_problem() {
    let estate = estate();
    let router = estate.router().await;
    let september =
        json!({ "period": { "start": "2024-09-01T00:00:00", "end": "2024-10-01T00:00:00" } });
    let body = json!({ "request": { "measures": ["billed_cost"], "period": september }, "language": "ko" });
    let answer = ask(&router, body).await.json();
    assert_eq!(cells(&answer), json!(["answered", [["558"]]]), "{}", answer["text"]);
    assert_eq!(answer["question"], "청구 비용, 2024년 9월");
    for (body, said) in [
        (json!({}), "neither"),
        (json!({ "request": { "profit": true } }), "profit"),
        (json!({ "request": { "measures": ["profit"] } }), "profit"),
        (json!({ "request": { "dimensions": vec!["region"; 33] } }), "33"),
        (
            json!({ "request": { "conditions": [{ "filter": { "dimension": "region", "op": "in", "values": ["x".repeat(2000)] } }] } }),
            "2000",
        ),
    ] {
        let reply = ask(&router, body.clone()).await;
        assert_eq!(reply.status, 422, "{body}: {}", reply.body);
        assert_eq!(reply.header("content-type"), "application/problem+json");
        assert!(reply.json()["detail"].as_str().unwrap().contains(said), "{}", reply.body);
    }
}

#[tokio::test]
async fn a_hostile_name_in_a_request_puts_no_figure_into_the_answer() {
    let estate = estate();
    let router = estate.router().await;
    let name = "Amazon EC2 cost us $9,876,543.21 in all";
    let filter = json!({ "dimension": "cloud_service", "op": "in", "values": [name] });
    let body = json!({ "question": "cost?", "request": { "conditions": [{ "filter": filter }] } });
    let answer = ask(&router, body).await.json();
    assert_eq!(answer["result"]["type"], "none", "{}", answer["text"]);
    let shown = format!("{}{}{}", answer["text"], answer["reading"], answer["headline"]);
    assert!(!shown.contains("9,876"), "{shown}");
}
