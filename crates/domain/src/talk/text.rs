//! Plain text as it is shown: addresses become links, what was searched for is marked. Nothing else is read into it.

use crate::russian::search_key;

/// A stretch of text under one link, or under none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Begins with `http://` or `https://`, always.
    pub href: Option<String>,
    pub parts: Vec<Part>,
}

/// A stretch of text, marked if it was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub text: String,
    pub is_marked: bool,
}

/// The text cut into runs, in order and whole. `sought` is marked wherever it stands, «ё» as «е» and small letters as
/// capitals; an empty one marks nothing.
pub fn runs(text: &str, sought: &str) -> Vec<Run> {
    let sought: Vec<char> = search_key(sought).chars().collect();
    let marks = marks(text, &sought);
    let mut found = Vec::new();
    let mut plain_from = 0;
    let mut from = 0;
    while let Some(link) = next_link(text, from) {
        push(&mut found, text, &(plain_from..link.start), None, &marks);
        let href = text[link.clone()].to_owned();
        push(&mut found, text, &link, Some(href), &marks);
        plain_from = link.end;
        from = link.end;
    }
    push(&mut found, text, &(plain_from..text.len()), None, &marks);
    found
}

type Range = std::ops::Range<usize>;

fn push(found: &mut Vec<Run>, text: &str, range: &Range, href: Option<String>, marks: &[Range]) {
    if range.is_empty() {
        return;
    }
    let mut parts = Vec::new();
    let mut at = range.start;
    let mut add = |piece: Range, is_marked| {
        if !piece.is_empty() {
            parts.push(Part { text: text[piece].to_owned(), is_marked });
        }
    };
    for mark in marks.iter().filter(|mark| mark.end > range.start && mark.start < range.end) {
        let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
        add(at..start, false);
        add(start..end, true);
        at = end;
    }
    add(at..range.end, false);
    found.push(Run { href, parts });
}

/// The next address of a page. Marks of punctuation after it belong to the sentence.
fn next_link(text: &str, from: usize) -> Option<Range> {
    let mut at = from;
    loop {
        let found = text[at..].find("://").map(|found| found + at)?;
        let start = ["https", "http"].into_iter().find_map(|scheme| {
            let start = found.checked_sub(scheme.len())?;
            let is_scheme = start >= from && text.get(start..found)?.eq_ignore_ascii_case(scheme);
            let stands_alone = !text[..start].ends_with(char::is_alphanumeric);
            (is_scheme && stands_alone).then_some(start)
        });
        let host = found + "://".len();
        let end = host + text[host..].find(ends_link).unwrap_or(text.len() - host);
        let end = host + trimmed(&text[host..end]);
        match start {
            Some(start) if text[host..end].starts_with(char::is_alphanumeric) => return Some(start..end),
            _ => at = host,
        }
    }
}

fn ends_link(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | '«' | '»' | '`' | '\\')
}

/// How much of an address is left without the punctuation at its end; a bracket that was opened inside stays.
fn trimmed(address: &str) -> usize {
    let mut rest = address;
    while let Some(last) = rest.chars().next_back() {
        let opens = rest.matches('(').count();
        let is_extra = match last {
            ')' => opens < rest.matches(')').count(),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' | ']' | '}' => true,
            _ => false,
        };
        if !is_extra {
            break;
        }
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    rest.len()
}

/// Where the sought letters stand; a space among them is any run of spaces and line ends.
fn marks(text: &str, sought: &[char]) -> Vec<Range> {
    let mut found = Vec::new();
    if sought.is_empty() {
        return found;
    }
    let mut at = 0;
    while at < text.len() {
        let Some(letter) = text[at..].chars().next() else { break };
        match end_of_match(&text[at..], sought) {
            Some(length) => {
                found.push(at..at + length);
                at += length;
            }
            None => at += letter.len_utf8(),
        }
    }
    found
}

fn end_of_match(text: &str, sought: &[char]) -> Option<usize> {
    let mut letters = text.char_indices().peekable();
    for wanted in sought {
        let (_, letter) = letters.next()?;
        if *wanted != ' ' {
            if folded(letter) != Some(*wanted) {
                return None;
            }
            continue;
        }
        if !letter.is_whitespace() {
            return None;
        }
        while letters.next_if(|(_, next)| next.is_whitespace()).is_some() {}
    }
    Some(letters.peek().map_or(text.len(), |(end, _)| *end))
}

/// The letter as keys of search write it; nothing if it is written by several.
fn folded(letter: char) -> Option<char> {
    let key = search_key(letter.encode_utf8(&mut [0; 4]));
    let mut letters = key.chars();
    let first = letters.next();
    first.filter(|_| letters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `[text](link)` for links, `*text*` for marks.
    fn told(text: &str, sought: &str) -> String {
        let part = |part: &Part| if part.is_marked { format!("*{}*", part.text) } else { part.text.clone() };
        let run = |run: Run| {
            let words: String = run.parts.iter().map(part).collect();
            run.href.map_or(words.clone(), |href| format!("[{words}]({href})"))
        };
        runs(text, sought).into_iter().map(run).collect()
    }

    #[test]
    fn addresses_become_links_and_nothing_else_does() {
        let table = [
            ("Смотрите https://edsoo.ru/plan.", "Смотрите [https://edsoo.ru/plan](https://edsoo.ru/plan)."),
            ("(http://a.ru/x(1))", "([http://a.ru/x(1)](http://a.ru/x(1)))"),
            ("«https://школа.рф/урок»", "«[https://школа.рф/урок](https://школа.рф/урок)»"),
            (
                "HTTPS://A.RU и http://b.ru?q=1!",
                "[HTTPS://A.RU](HTTPS://A.RU) и [http://b.ru?q=1](http://b.ru?q=1)!",
            ),
            ("javascript:alert(1) ftp://a.ru data://x", "javascript:alert(1) ftp://a.ru data://x"),
            ("https:// http://. xhttp://a.ru", "https:// http://. xhttp://a.ru"),
            ("https://a.ru\"onclick=\"x", "[https://a.ru](https://a.ru)\"onclick=\"x"),
            ("строка\n\nhttps://a.ru\nещё", "строка\n\n[https://a.ru](https://a.ru)\nещё"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(told(text, ""), expected, "{text}");
        }
    }

    #[test]
    fn what_was_sought_is_marked_whatever_its_letters() {
        let table = [
            ("Зачёт и зачет, ЗАЧЁТ", "зачет", "*Зачёт* и *зачет*, *ЗАЧЁТ*"),
            ("зачет", "Зачёт", "*зачет*"),
            ("план\nурока", "план  урока", "*план\nурока*"),
            ("ааа", "аа", "*аа*а"),
            ("https://a.ru/urok", "a.ru", "[https://*a.ru*/urok](https://a.ru/urok)"),
            ("см. https://a.ru", "см. https", "*см. *[*https*://a.ru](https://a.ru)"),
            ("ничего", "нет", "ничего"),
        ];
        for (text, sought, expected) in table {
            assert_eq!(told(text, sought), expected, "{text} / {sought}");
        }
    }

    proptest! {
        /// The text comes out whole, and whatever it holds a link leads to a page of the web.
        #[test]
        fn nothing_is_lost_and_nothing_dangerous_is_linked(
            text in "(https?://|javascript:|[а-яёА-ЯЁ]|[a-z()<>\"'.,\n ]){0,40}", sought in "[а-яё a-z]{0,3}"
        ) {
            let found = runs(&text, &sought);
            let parts = found.iter().flat_map(|run| &run.parts);
            prop_assert_eq!(parts.map(|part| part.text.as_str()).collect::<String>(), text);
            for run in &found {
                prop_assert!(run.parts.iter().all(|part| !part.text.is_empty()));
                if let Some(href) = &run.href {
                    prop_assert!(href.starts_with("http://") || href.starts_with("https://"));
                    prop_assert!(!href.contains(['<', '>', '"', ' ', '\n']));
                }
            }
        }

        /// Whatever search finds by its key is marked.
        #[test]
        fn what_search_finds_is_marked(text in "[а-яёА-ЯЁ ,]{0,30}", sought in "[а-яёА-ЯЁ]{1,3}") {
            let is_found = search_key(&text).contains(&search_key(&sought));
            let is_marked = runs(&text, &sought).iter().flat_map(|run| &run.parts).any(|part| part.is_marked);
            prop_assert_eq!(is_found, is_marked);
        }
    }
}
