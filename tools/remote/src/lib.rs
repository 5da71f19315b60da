//! Other people's MCP servers behind the tool port: reached with bounds, named apart, their definitions pinned, their
//! output read as data.

mod address;
mod auth;
mod connection;
mod definition;
mod names;
mod patient;
mod result;
mod server;
mod settings;
mod toolbox;

pub use self::{
    address::AddressError,
    auth::{Auth, Clock, OAuth, Secret, SigV4},
    names::{Segments, segments},
    server::{Refused, ServerState, ToolState},
    settings::{InvalidServer, Offered, Outside, PASSED_ON, ServerSettings, Way},
    toolbox::{Servers, Toolbox},
};
