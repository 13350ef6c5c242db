//! `content:` addresses: pictures of the open roadbook, and nothing else of the disk.

use tauri::http::{Response, StatusCode, header};

use crate::opened::Opened;

/// Answers for a path such as `/assets/library/escalation.svg`, percent-encoded.
pub(crate) async fn respond(opened: &Opened, path: &str) -> Response<Vec<u8>> {
    let found = match (opened.engine().await, decode(path.trim_start_matches('/'))) {
        (Ok(engine), Some(path)) => engine.asset(&path).ok(),
        _ => None,
    };
    let mut response = Response::new(Vec::new());
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        header::HeaderValue::from_static("nosniff"),
    );
    // A picture that is a document of its own (SVG) loads nothing and runs nothing.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        header::HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    match found {
        Some(asset) => {
            headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(asset.media_type));
            *response.body_mut() = asset.bytes;
        }
        None => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

/// Undoes percent-encoding; `None` for what is not UTF-8 or not encoded rightly.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_names_are_read() {
        assert_eq!(decode("assets/a%20b%C3%BC.svg").as_deref(), Some("assets/a bü.svg"));
        assert_eq!(decode("a%2"), None);
        assert_eq!(decode("%ff"), None);
    }
}
