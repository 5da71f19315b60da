//! Messages of Amazon SNS: signed by AWS, of topics that the settings name, or not read at all.
//!
//! Source: docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html and
//! sns-verify-signature-of-message-verify-message-signature.html.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use aws_lc_rs::signature::{
    RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, RsaParameters,
    UnparsedPublicKey,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use rustls_pki_types::{CertificateDer, pem::PemObject as _};
use serde::Deserialize;
use webpki::EndEntityCert;

/// Certificates that are held; SNS has a few in each region.
const HELD: usize = 16;
/// A message is refused when it was signed longer ago: SNS gives up on HTTP deliveries after less than an hour of retries
/// (docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html), so an older one is replayed by somebody else.
const AGE: SignedDuration = SignedDuration::from_hours(2);

/// A message as it is posted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Message {
    #[serde(rename = "Type")]
    pub kind: Kind,
    pub message_id: String,
    pub topic_arn: String,
    pub message: String,
    pub timestamp: String,
    signature_version: String,
    signature: String,
    #[serde(rename = "SigningCertURL")]
    cert_url: String,
    subject: Option<String>,
    token: Option<String>,
    #[serde(rename = "SubscribeURL")]
    pub subscribe_url: Option<String>,
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Kind {
    Notification,
    SubscriptionConfirmation,
    UnsubscribeConfirmation,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Notification => "Notification",
            Self::SubscriptionConfirmation => "SubscriptionConfirmation",
            Self::UnsubscribeConfirmation => "UnsubscribeConfirmation",
        }
    }
}

/// A message is not read.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("no topic may send alarms: name its ARN in WHEREFORE_SNS_TOPICS")]
    Off,
    #[error("the body is no message of Amazon SNS")]
    NoMessage(#[source] serde_json::Error),
    #[error("the topic is not one of WHEREFORE_SNS_TOPICS")]
    Topic,
    #[error("the certificate stands at no address of Amazon SNS")]
    Address,
    #[error("the certificate could not be fetched: {0}")]
    Fetch(String),
    #[error("the certificate cannot be used: {0}")]
    Certificate(&'static str),
    #[error("the signature version `{0}` is not known")]
    Version(String),
    #[error("the signature does not fit")]
    Signature,
    #[error("the message was signed too long ago")]
    Old,
}

/// Fetches what stands at an address.
pub type Fetch = Arc<dyn Fn(String) -> BoxFuture<'static, Result<String, String>> + Send + Sync>;

/// Reads messages of the topics that it knows.
#[derive(Clone)]
pub struct Messages {
    topics: Arc<[String]>,
    fetch: Fetch,
    certificates: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Messages {
    /// Messages of these topics, given by their ARNs; none may send where there are none.
    #[must_use]
    pub fn new(topics: Vec<String>, fetch: Fetch) -> Self {
        Self { topics: topics.into(), fetch, certificates: Arc::default() }
    }

    /// The message, when AWS signed it for one of the topics, not long before `now`.
    ///
    /// # Errors
    /// When anything about it is in doubt.
    pub async fn read(&self, body: &[u8], now: Timestamp) -> Result<Message, Refused> {
        if self.topics.is_empty() {
            return Err(Refused::Off);
        }
        let message: Message = serde_json::from_slice(body).map_err(Refused::NoMessage)?;
        if !self.topics.contains(&message.topic_arn) {
            return Err(Refused::Topic);
        }
        if !is_of_sns(&message.cert_url) || !is_certificate(&message.cert_url) {
            return Err(Refused::Address);
        }
        let certificate = self.certificate(&message.cert_url).await?;
        check(&message, &certificate, now)?;
        Ok(message)
    }

    /// Tells SNS that the subscription is wanted.
    ///
    /// # Errors
    /// When the address is none of SNS, or cannot be reached.
    pub async fn confirm(&self, message: &Message) -> Result<(), Refused> {
        let address = message.subscribe_url.clone().filter(|address| is_of_sns(address));
        let address = address.ok_or(Refused::Address)?;
        (self.fetch)(address).await.map(drop).map_err(Refused::Fetch)
    }

    async fn certificate(&self, address: &str) -> Result<String, Refused> {
        let held = |text: Option<String>| {
            let mut all = self.certificates.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(text) = text {
                if all.len() >= HELD {
                    all.clear();
                }
                all.insert(address.to_owned(), text);
            }
            all.get(address).cloned()
        };
        if let Some(known) = held(None) {
            return Ok(known);
        }
        let fetched = (self.fetch)(address.to_owned()).await.map_err(Refused::Fetch)?;
        Ok(held(Some(fetched.clone())).unwrap_or(fetched))
    }
}

fn is_certificate(address: &str) -> bool {
    address.rsplit_once('.').is_some_and(|(_, ending)| ending == "pem")
}

/// Whether an address is one of Amazon SNS: `https://sns.<region>.amazonaws.com/…`, in China with `.cn`.
fn is_of_sns(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://sns.") else { return false };
    let Some((host, _)) = rest.split_once('/') else { return false };
    let region = host.strip_suffix(".cn").unwrap_or(host).strip_suffix(".amazonaws.com");
    region.is_some_and(|region| {
        !region.is_empty()
            && region
                .chars()
                .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-')
    })
}

fn check(message: &Message, certificate: &str, now: Timestamp) -> Result<(), Refused> {
    let algorithm: &'static RsaParameters = match message.signature_version.as_str() {
        "1" => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        "2" => &RSA_PKCS1_2048_8192_SHA256,
        other => return Err(Refused::Version(other.chars().take(20).collect())),
    };
    let der = CertificateDer::from_pem_slice(certificate.as_bytes())
        .map_err(|_| Refused::Certificate("it is no PEM document"))?;
    let certificate = EndEntityCert::try_from(&der)
        .map_err(|_| Refused::Certificate("it is no X.509 certificate"))?;
    let signature = BASE64_STANDARD.decode(&message.signature).map_err(|_| Refused::Signature)?;
    // Its chain was checked when it was fetched: from Amazon's own host, over TLS.
    let key = certificate.subject_public_key_info();
    UnparsedPublicKey::new(algorithm, key.as_ref())
        .verify(signed_text(message).as_bytes(), &signature)
        .map_err(|_| Refused::Signature)?;
    // Only now may its own words be believed.
    let signed: Timestamp = message.timestamp.parse().map_err(|_| Refused::Old)?;
    let age = now.duration_since(signed);
    if age > AGE || age < -AGE { Err(Refused::Old) } else { Ok(()) }
}

/// What the signature is of: names and values of these keys, a line each, in this order.
fn signed_text(message: &Message) -> String {
    let kind = message.kind.name();
    let mut lines = vec![("Message", message.message.as_str()), ("MessageId", &message.message_id)];
    match message.kind {
        Kind::Notification => {
            lines.extend(message.subject.as_deref().map(|subject| ("Subject", subject)));
            lines.push(("Timestamp", &message.timestamp));
        }
        Kind::SubscriptionConfirmation | Kind::UnsubscribeConfirmation => {
            lines.push(("SubscribeURL", message.subscribe_url.as_deref().unwrap_or_default()));
            lines.push(("Timestamp", &message.timestamp));
            lines.push(("Token", message.token.as_deref().unwrap_or_default()));
        }
    }
    lines.push(("TopicArn", &message.topic_arn));
    lines.push(("Type", kind));
    lines.iter().fold(String::new(), |text, (key, value)| text + key + "\n" + value + "\n")
}
