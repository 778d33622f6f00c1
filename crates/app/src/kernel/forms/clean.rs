//! What may stand in a text at all.

/// Whether a text may have several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
}

/// Characters that have no place in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Forbidden;

/// Cuts spaces at the ends, takes out marks of no width that come along with text copied from an editor,
/// and makes all line ends one kind. Refuses NUL, other control characters, and marks that turn the
/// direction of writing (with them a name can be shown different from what is stored).
pub(super) fn clean(typed: &str, lines: Lines) -> Result<String, Forbidden> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|character| !has_no_width(*character)).collect();
    let text = text.trim();
    if text.chars().any(|character| is_forbidden(character, lines)) {
        return Err(Forbidden);
    }
    Ok(text.to_owned())
}

const fn has_no_width(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn is_forbidden(character: char, lines: Lines) -> bool {
    match character {
        '\n' | '\t' => lines == Lines::One,
        // Marks of direction and line separators.
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_text_is_tidied() {
        assert_eq!(clean("\u{feff} \u{a0}Щер\u{ad}бакова\u{200b}\t", Lines::One).unwrap(), "Щербакова");
        assert_eq!(clean("а\r\nб\rв\n", Lines::Many).unwrap(), "а\nб\nв");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(clean("а\nб", Lines::One), Err(Forbidden));
        assert_eq!(clean("а\r\nSet-Cookie: x", Lines::One), Err(Forbidden));
        assert_eq!(clean("а\tб", Lines::Many).unwrap(), "а\tб");
    }

    #[test]
    fn invisible_tricks_are_refused() {
        for nasty in [
            "\0",
            "Ив\0ан",
            "a\u{1b}[2J",
            "\u{7f}",
            "\u{85}x",
            "х\u{202e}txt.exe",
            "\u{2066}а\u{2069}",
            "а\u{2028}б",
        ] {
            assert_eq!(clean(&format!("а{nasty}а"), Lines::Many), Err(Forbidden), "{nasty:?}");
        }
    }
}
