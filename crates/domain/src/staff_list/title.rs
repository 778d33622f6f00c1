//! What the lines above the header tell.

use chrono::NaiveDate;

use super::matching::organization_key;

/// The day the list was true: «на 01.09.2026», or the first of September of «2026-2027 учебный год».
/// Experience is counted back from this day, so the same list read a year later says the same.
pub fn list_date(title: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let whole = words.iter().find_map(|word| {
        let core = word.trim_matches(|sign: char| !sign.is_ascii_digit());
        NaiveDate::parse_from_str(core, "%d.%m.%Y").ok().filter(|_| core.len() == 10)
    });
    whole.or_else(|| school_year(title))
}

fn school_year(title: &str) -> Option<NaiveDate> {
    let low = title.to_lowercase();
    if !low.contains("уч") {
        return None;
    }
    let joined: String = low
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| if matches!(sign, '–' | '—' | '/' | '‑') { '-' } else { sign })
        .collect();
    let places = joined.char_indices().filter(|(_, sign)| *sign == '-').map(|(place, _)| place);
    for place in places {
        let first = joined.get(place.checked_sub(4)?..place).and_then(|year| year.parse::<i32>().ok());
        let after: String = joined[place + 1..].chars().take_while(char::is_ascii_digit).collect();
        let Some(first) = first.filter(|year| (2000..2100).contains(year)) else { continue };
        if after == (first + 1).to_string() || after == format!("{:02}", (first + 1) % 100) {
            return NaiveDate::from_ymd_opt(first, 9, 1);
        }
    }
    None
}

/// True when the title of a list names this organization; «СОШ №5» is not found inside «СОШ №51».
pub fn title_names_organization(title: &str, organization: &str) -> bool {
    let (title, name) = (organization_key(title), organization_key(organization));
    if name.is_empty() {
        return false;
    }
    let edge = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_alphanumeric());
    title.match_indices(&name).any(|(place, found)| {
        edge(title[..place].chars().next_back()) && edge(title[place + found.len()..].chars().next())
    })
}
