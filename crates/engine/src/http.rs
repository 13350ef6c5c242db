//! Asking a server on this machine whether it is there.

use std::net::IpAddr;
use std::time::Duration;

use ureq::http::Uri;

/// How long a server on this machine may take to answer.
const LIMIT: Duration = Duration::from_secs(5);

/// The status that `url` answers with, or why it was not asked or did not answer. Redirects are not
/// followed, and only loopback addresses are asked: content must not make this machine talk to others.
pub(crate) fn status(url: &str) -> Result<u16, String> {
    let uri: Uri = url
        .parse()
        .map_err(|error| format!("{url} is not an address: {error}."))?;
    if uri.scheme_str() != Some("http") || !uri.host().is_some_and(is_loopback) {
        return Err(format!("{url} is not on this machine, so it was not asked."));
    }
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(LIMIT))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .build()
        .into();
    match agent.get(url).call() {
        Ok(response) => Ok(response.status().as_u16()),
        Err(error) => Err(format!("Nothing answered at {url} ({error}).")),
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_asked() {
        for url in [
            "http://example.com/",
            "https://127.0.0.1/",
            "http://127.0.0.1.example.com/",
            "ftp://localhost",
            "http://",
        ] {
            assert!(status(url).is_err(), "{url}");
        }
        assert!(is_loopback("127.8.9.1") && is_loopback("[::1]") && is_loopback("LOCALHOST"));
    }
}
