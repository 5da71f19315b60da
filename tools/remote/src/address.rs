//! Which addresses a server or a token endpoint may have: https, or this machine; never the link or an instance's
//! metadata, whatever a name resolves to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use http::Uri;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// An address may not be reached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("`{url}` is no address such as https://example.com/mcp")]
    Malformed { url: String },
    #[error("`{url}` must be https; http is for this machine alone")]
    Open { url: String },
    #[error("`{url}` carries a name and password; name a token instead")]
    Credentials { url: String },
    #[error("`{host}` leads to {address}, where no MCP server may be")]
    Forbidden { host: String, address: IpAddr },
}

/// Checks an address as it is written.
///
/// # Errors
/// When it is neither https nor this machine, or names an address that is never reached.
pub(crate) fn check(url: &str) -> Result<(), AddressError> {
    let malformed = || AddressError::Malformed { url: url.to_owned() };
    let uri: Uri = url.parse().map_err(|_| malformed())?;
    let authority = uri.authority().ok_or_else(malformed)?;
    if authority.as_str().contains('@') {
        // The text is not repeated: it holds the password.
        return Err(AddressError::Credentials { url: format!("…@{}", authority.host()) });
    }
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    let literal: Option<IpAddr> = host.parse().ok();
    // "127.1" or "0x7f000001" are numbers to some resolvers and names to others.
    let last = host.rsplit('.').next().unwrap_or_default();
    if literal.is_none()
        && (host.is_empty() || last.starts_with(|first: char| first.is_ascii_digit()))
    {
        return Err(malformed());
    }
    if let Some(address) = literal.filter(|address| is_forbidden(*address)) {
        return Err(AddressError::Forbidden { host: host.to_owned(), address });
    }
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if is_here(host, literal) => Ok(()),
        Some("http") => Err(AddressError::Open { url: url.to_owned() }),
        Some(_) | None => Err(malformed()),
    }
}

fn is_here(host: &str, literal: Option<IpAddr>) -> bool {
    host.eq_ignore_ascii_case("localhost") || literal.is_some_and(|address| address.is_loopback())
}

/// Addresses of the link, of instance metadata and of nobody in particular.
fn is_forbidden(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_forbidden_v4(v4),
        IpAddr::V6(v6) => {
            match v6.to_ipv4_mapped().or_else(|| v6.to_ipv4().filter(|_| !v6.is_loopback())) {
                Some(v4) => is_forbidden_v4(v4),
                None => {
                    v6.is_unspecified()
                    || v6.is_multicast()
                    || v6.is_unicast_link_local()
                    // Instance metadata over IPv6.
                    || v6 == Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)
                }
            }
        }
    }
}

fn is_forbidden_v4(address: Ipv4Addr) -> bool {
    address.is_unspecified()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        // Instance metadata of another provider.
        || address == Ipv4Addr::new(100, 100, 100, 200)
}

/// Resolves names and drops what may not be reached. The connection uses what was checked here: a name cannot change
/// between check and use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CheckedNames;

impl Resolve for CheckedNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            if let Some(problem) = refused(&host, &found) {
                return Err(problem.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn refused(host: &str, found: &[SocketAddr]) -> Option<AddressError> {
    let is_local = host.eq_ignore_ascii_case("localhost");
    let bad = found.iter().map(SocketAddr::ip).find(|address| {
        // A public name that leads to this machine is an attack on what listens here.
        is_forbidden(*address) || (address.is_loopback() && !is_local)
    })?;
    Some(AddressError::Forbidden { host: host.to_owned(), address: bad })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_reached() {
        for good in [
            "https://abc.gateway.bedrock-agentcore.ap-northeast-2.amazonaws.com/mcp",
            "https://10.0.3.4:8443/mcp",
            "http://localhost:8000/mcp",
            "http://127.0.0.1:8000/mcp",
            "http://[::1]:8000/mcp",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "http://example.com/mcp",
            "http://169.254.169.254/latest/meta-data",
            "https://169.254.169.254/mcp",
            "https://[::ffff:169.254.169.254]/mcp",
            "https://[fd00:ec2::254]/mcp",
            "https://[fe80::1]/mcp",
            "https://0.0.0.0/mcp",
            "http://10.0.0.1/mcp",
            "ftp://example.com",
            "file:///etc/passwd",
            "https://user:secret@example.com/mcp",
            "https://2852039166/",
            "https://169.254.43518/",
            "https://0xa9fea9fe/",
            "/mcp",
            "",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        let hidden = check("https://user:secret@example.com/mcp").unwrap_err().to_string();
        assert!(!hidden.contains("secret"), "{hidden}");
    }

    #[test]
    fn a_name_that_leads_to_metadata_or_to_this_machine_is_refused() {
        let at = |text: &str| -> Vec<SocketAddr> { vec![text.parse().unwrap()] };
        assert!(refused("evil.example", &at("169.254.169.254:0")).is_some());
        assert!(refused("evil.example", &at("127.0.0.1:0")).is_some());
        assert!(refused("evil.example", &at("[::ffff:169.254.169.254]:0")).is_some());
        assert!(refused("localhost", &at("127.0.0.1:0")).is_none());
        assert!(refused("inside.example", &at("10.1.2.3:0")).is_none());
    }
}
