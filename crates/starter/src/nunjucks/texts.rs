//! Texts, counted in UTF-16 as JavaScript does.
//!
//! A text is kept as UTF-8; half a character, which JavaScript can cut, becomes the replacement character.

/// How long a text is.
pub(super) fn length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// The one at a place.
pub(super) fn unit(text: &str, at: usize) -> Option<String> {
    if text.is_ascii() {
        return text.get(at..=at).map(str::to_owned);
    }
    text.encode_utf16()
        .nth(at)
        .map(|unit| String::from_utf16_lossy(&[unit]))
}

/// From one place to before another, within the text.
pub(super) fn cut(text: &str, from: usize, to: usize) -> String {
    if text.is_ascii() {
        let to = to.min(text.len());
        return text[from.min(to)..to].to_owned();
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    let to = to.min(units.len());
    String::from_utf16_lossy(&units[from.min(to)..to])
}

/// Each one by itself.
pub(super) fn units(text: &str) -> Vec<String> {
    if text.is_ascii() {
        return text.chars().map(String::from).collect();
    }
    text.encode_utf16()
        .map(|unit| String::from_utf16_lossy(&[unit]))
        .collect()
}

/// The place of a byte.
pub(super) fn place(text: &str, byte: usize) -> usize {
    length(&text[..byte])
}

/// The byte at a place, or the next one where a character goes on.
pub(super) fn byte(text: &str, place: usize) -> usize {
    if text.is_ascii() {
        return place.min(text.len());
    }
    let mut at = 0;
    for (byte, c) in text.char_indices() {
        if at >= place {
            return byte;
        }
        at += c.len_utf16();
    }
    text.len()
}
