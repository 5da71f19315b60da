//! Both providers against stand-ins that speak the wire: what is sent, what is read, and what breaks.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail where it stands"
)]

mod bedrock;
mod openai;
mod probe;
mod sent;
mod stand_in;
