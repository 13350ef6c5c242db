//! How large a picture is, read from its first bytes, so that a page keeps its place before the picture is there.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::raw_html::{Piece, attribute, pieces};

/// Bytes of an SVG in which its first tag ends.
const HEAD: u64 = 16 * 1024;
/// Pixels; more than this is no size to lay a page out by.
const LARGEST: usize = 100_000;

/// Width and height in CSS pixels; `None` for a file that is missing or does not say.
pub(crate) fn size(root: &Path, path: &str) -> Option<(usize, usize)> {
    let file = crate::resolve_inside(root, path).ok()?;
    if !file.is_file() {
        return None;
    }
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let (width, height) = if ending.as_deref() == Some("svg") {
        let mut head = Vec::new();
        File::open(file).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
        of_svg(&String::from_utf8_lossy(&head))?
    } else {
        let size = imagesize::size(file).ok()?;
        (size.width, size.height)
    };
    let fits = |pixels: usize| (1..=LARGEST).contains(&pixels);
    (fits(width) && fits(height)).then_some((width, height))
}

/// What the first tag says: its size, else that of its view box.
fn of_svg(text: &str) -> Option<(usize, usize)> {
    let attributes = pieces(text).into_iter().find_map(|piece| match piece {
        Piece::Open { name, attributes, .. } if name == "svg" => Some(attributes),
        Piece::Open { .. } | Piece::Text(_) | Piece::Close { .. } | Piece::Other(_) => None,
    })?;
    let own = |name| pixels(attribute(&attributes, name)?.trim().trim_end_matches("px"));
    if let (Some(width), Some(height)) = (own("width"), own("height")) {
        return Some((width, height));
    }
    let mut numbers = attribute(&attributes, "viewbox")?
        .split([' ', ','])
        .filter(|part| !part.is_empty());
    Some((pixels(numbers.nth(2)?)?, pixels(numbers.next()?)?))
}

fn pixels(text: &str) -> Option<usize> {
    let number: f64 = text.parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size on a screen, and checked"
    )]
    (number.is_finite() && number >= 1.0).then_some(number.round() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_says_its_size_or_that_of_its_view_box() {
        let head = "<?xml version=\"1.0\"?><!-- <svg width='1' height='1'> -->\n";
        for (tag, size) in [
            (
                "<svg width=\"720\" height='330px' viewBox=\"0 0 1 1\">",
                Some((720, 330)),
            ),
            ("<svg viewBox=\"0 0 760.4 400\">", Some((760, 400))),
            ("<svg width=\"100%\" viewBox=\"-5,-5,20,10\">", Some((20, 10))),
            ("<svg width=\"100%\" height=\"50%\">", None),
            ("<svg viewBox=\"0 0 NaN inf\">", None),
            ("no picture", None),
        ] {
            assert_eq!(of_svg(&format!("{head}{tag}")), size, "{tag}");
        }
    }
}
