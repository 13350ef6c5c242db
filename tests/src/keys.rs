//! Keys by name, for the protocol's actions.

use serde_json::{Value, json};

/// The actions that press a chord such as `Ctrl+K`, `Shift+Tab`, `Enter` or `a`, and let go of it.
///
/// # Panics
/// When a key has no name here.
pub(crate) fn chord(keys: &str) -> Value {
    let keys: Vec<String> = keys.split('+').map(key).collect();
    let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
    let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
    json!([{ "type": "key", "id": "keyboard", "actions": down.chain(up).collect::<Vec<_>>() }])
}

/// The actions that type this text, a key after the other.
pub(crate) fn text(text: &str) -> Value {
    let actions: Vec<Value> = text
        .chars()
        .flat_map(|key| {
            [
                json!({ "type": "keyDown", "value": key }),
                json!({ "type": "keyUp", "value": key }),
            ]
        })
        .collect();
    json!([{ "type": "key", "id": "keyboard", "actions": actions }])
}

/// The code points are those of the `WebDriver` recommendation, section 17.4.2.
fn key(name: &str) -> String {
    let point = match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Ctrl" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "Left" => '\u{E012}',
        "Up" => '\u{E013}',
        "Right" => '\u{E014}',
        "Down" => '\u{E015}',
        "Delete" => '\u{E017}',
        "Meta" => '\u{E03D}',
        _ => {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter.to_ascii_lowercase(),
                _ => panic!("the test kit knows no key named {name:?}"),
            }
        }
    };
    point.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chord_lets_go_in_the_opposite_order() {
        let actions = chord("Ctrl+K");
        let told: Vec<String> = actions[0]["actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|action| {
                format!(
                    "{}{}",
                    action["type"].as_str().unwrap(),
                    action["value"].as_str().unwrap()
                )
            })
            .collect();
        assert_eq!(told, ["keyDown\u{E009}", "keyDownk", "keyUpk", "keyUp\u{E009}"]);
    }

    #[test]
    #[should_panic(expected = "knows no key named \"Hyper\"")]
    fn an_unknown_key_is_named() {
        drop(chord("Hyper+K"));
    }
}
