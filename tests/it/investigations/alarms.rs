//! Alarms through Amazon SNS: read when signed for a topic that may send, and one investigation each however often they come.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use axum::Router;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures::FutureExt as _;
use serde_json::{Value, json};
use wherefore::{investigations::sns::Messages, state::State};

use super::{begin, later, router};
use crate::support::{Estate, estate, request, send};

const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:alarms";
const CERTIFICATE: &str = include_str!("sns-test.pem");
const KEY: &[u8] = include_bytes!("sns-test.key.der");
const ADDRESS: &str = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-test.pem";
// By `openssl dgst -sha1 -sign` with the key beside this file.
const SHA1: &str = include_str!("sns-test.sha1");

fn signed(id: &str, message: &Value) -> Value {
    let (message, at) = (message.to_string(), "2024-10-15T08:59:00.000Z");
    let text = format!(
        "Message\n{message}\nMessageId\n{id}\nSubject\nALARM\nTimestamp\n{at}\nTopicArn\n{TOPIC}\nType\nNotification\n"
    );
    json!({
        "Type": "Notification", "MessageId": id, "TopicArn": TOPIC, "Subject": "ALARM", "Message": message,
        "Timestamp": at, "SignatureVersion": "2", "Signature": signature(&text), "SigningCertURL": ADDRESS,
    })
}

fn signature(text: &str) -> String {
    let key = RsaKeyPair::from_pkcs8(KEY).unwrap();
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
    BASE64_STANDARD.encode(signature)
}

fn alarm(name: &str) -> Value {
    json!({
        "AlarmName": name, "AWSAccountId": "111122223333", "NewStateValue": "ALARM",
        "StateChangeTime": "2024-10-15T08:58:00.000+0000", "AlarmArn": format!("arn:aws:cloudwatch:us-east-1:111122223333:alarm:{name}"),
        "Trigger": {"MetricName": "TargetResponseTime", "Dimensions": [{"name": "ServiceName", "value": "checkout"}]},
    })
}

struct Open {
    router: Router,
    fetched: Arc<AtomicUsize>,
    _estate: Estate,
}

async fn open(topics: &[&str]) -> Open {
    let estate = estate();
    let state = Arc::new(State::in_memory().unwrap());
    let mut app = later(&estate, &state, 0).await;
    let fetched = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&fetched);
    let topics = topics.iter().map(|topic| (*topic).to_owned()).collect();
    app.alarms = Messages::new(
        topics,
        Arc::new(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            async { Ok(CERTIFICATE.to_owned()) }.boxed()
        }),
    );
    Open { router: router(&app), fetched, _estate: estate }
}

async fn post(open: &Open, body: &Value) -> (u16, Value) {
    let reply = send(&open.router, request("POST", "/v1/alarms/sns", Some(body.clone()))).await;
    (reply.status, reply.json())
}

#[tokio::test]
async fn a_signed_alarm_begins_one_investigation_however_often_it_is_delivered() {
    let open = open(&[TOPIC]).await;
    let message = signed("m-1", &alarm("checkout-p99"));
    let (status, first) = post(&open, &message).await;
    assert_eq!((status, first["outcome"].as_str()), (202, Some("begun")), "{first}");
    // All at once, as SNS may.
    let again = futures::future::join_all((0..20).map(|_| post(&open, &message))).await;
    for (status, known) in again {
        assert_eq!((status, known["outcome"].as_str()), (200, Some("known")));
        assert_eq!(known["investigation"], first["investigation"]);
    }
    let (_, other) = post(&open, &signed("m-2", &alarm("checkout-p99"))).await;
    assert_ne!(other["investigation"], first["investigation"]);
    assert_eq!(open.fetched.load(Ordering::SeqCst), 1, "a certificate is fetched once");
    let listed = send(&open.router, request("GET", "/v1/investigations", None)).await.json();
    let listed = listed["investigations"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(
        listed[0]["question"],
        "Why did the latency of checkout get worse at 2024-10-15 08:58 UTC?"
    );

    // That all is well again, or words that are no alarm, begin nothing.
    let mut well = alarm("checkout-p99");
    well["NewStateValue"] = json!("OK");
    for (id, message) in [("m-3", well), ("m-4", json!("hello"))] {
        let (status, said) = post(&open, &signed(id, &message)).await;
        assert_eq!((status, said["outcome"].as_str()), (200, Some("nothing")));
    }
    let (status, _) = begin(&open.router, None, json!({ "alarm": alarm("a") })).await;
    assert_eq!(status, 202);
}

#[tokio::test]
async fn what_aws_did_not_sign_for_a_known_topic_is_not_read() {
    let open_one = open(&[TOPIC]).await;
    let good = signed("m-1", &alarm("checkout-p99"));
    let spoil: [(&str, Value); 9] = [
        ("Message", json!(alarm("payment-p99").to_string())),
        ("MessageId", json!("m-9")),
        ("Subject", json!("OK")),
        ("TopicArn", json!("arn:aws:sns:us-east-1:111122223333:others")),
        ("Signature", json!("AAAA")),
        ("SignatureVersion", json!("3")),
        ("SigningCertURL", json!("https://evil.example/cert.pem")),
        ("SigningCertURL", json!("https://sns.us-east-1.amazonaws.com.evil.example/cert.pem")),
        ("Timestamp", json!("2024-10-15T03:00:00.000Z")),
    ];
    for (key, value) in spoil {
        let mut bad = good.clone();
        bad[key] = value;
        let (status, said) = post(&open_one, &bad).await;
        assert_eq!(status, 403, "{key}: {said}");
    }
    // A day later the same message is somebody else's.
    let old = signed_at("m-7", "2024-10-14T08:59:00.000Z");
    let (status, said) = post(&open_one, &old).await;
    assert_eq!(status, 403);
    assert!(said["detail"].as_str().unwrap().contains("too long ago"), "{said}");
    let (status, _) = post(&open_one, &json!({ "Type": "Notification" })).await;
    assert_eq!(status, 403);
    let listed = send(&open_one.router, request("GET", "/v1/investigations", None)).await.json();
    assert_eq!(listed["investigations"], json!([]));

    let closed = open(&[]).await;
    let (status, said) = post(&closed, &good).await;
    assert_eq!(status, 403);
    assert!(said["detail"].as_str().unwrap().contains("WHEREFORE_SNS_TOPICS"), "{said}");
    assert_eq!(closed.fetched.load(Ordering::SeqCst), 0);
}

fn signed_at(id: &str, at: &str) -> Value {
    let message = alarm("checkout-p99").to_string();
    let text = format!(
        "Message\n{message}\nMessageId\n{id}\nTimestamp\n{at}\nTopicArn\n{TOPIC}\nType\nNotification\n"
    );
    json!({
        "Type": "Notification", "MessageId": id, "TopicArn": TOPIC, "Message": message, "Timestamp": at,
        "SignatureVersion": "2", "Signature": signature(&text), "SigningCertURL": ADDRESS,
    })
}

#[tokio::test]
async fn the_first_version_of_signatures_is_read_and_a_subscription_is_confirmed() {
    let open = open(&[TOPIC]).await;
    let first = json!({
        "Type": "Notification", "MessageId": "m-1", "TopicArn": TOPIC, "Message": "hello",
        "Timestamp": "2024-10-15T08:59:00.000Z", "SignatureVersion": "1", "Signature": SHA1.trim(), "SigningCertURL": ADDRESS,
    });
    let (status, said) = post(&open, &first).await;
    assert_eq!((status, said["outcome"].as_str()), (200, Some("nothing")), "{said}");

    let subscribe = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t";
    let at = "2024-10-15T08:59:00.000Z";
    let text = |address: &str| {
        format!(
            "Message\nhi\nMessageId\nm-2\nSubscribeURL\n{address}\nTimestamp\n{at}\nToken\nt\nTopicArn\n{TOPIC}\nType\nSubscriptionConfirmation\n"
        )
    };
    let asked = |address: &str| {
        json!({
            "Type": "SubscriptionConfirmation", "MessageId": "m-2", "TopicArn": TOPIC, "Message": "hi", "Timestamp": at, "Token": "t",
            "SubscribeURL": address, "SignatureVersion": "2", "Signature": signature(&text(address)), "SigningCertURL": ADDRESS,
        })
    };
    let (status, said) = post(&open, &asked(subscribe)).await;
    assert_eq!((status, said["outcome"].as_str()), (200, Some("confirmed")), "{said}");
    assert_eq!(open.fetched.load(Ordering::SeqCst), 2, "the certificate, and the confirmation");
    let (status, _) = post(&open, &asked("https://evil.example/")).await;
    assert_eq!((status, open.fetched.load(Ordering::SeqCst)), (403, 2));
}
