//! How alike the goals of two programs are: copied programs are noticed kindly, never punished.

use std::collections::BTreeSet;

use super::text::{Body, Text};
use crate::russian::search_key;

/// Words in a row that are compared.
const SHINGLE: usize = 3;

/// The goals of a text as they are compared: letters and digits only, «ё» as «е», a line for each.
pub fn goals_key(text: &Text) -> String {
    let goal = |body: &Body| match body {
        Body::Goal { text, measure, .. } => Some(words(&format!("{text} {measure}")).join(" ")),
        _ => None,
    };
    text.goals().filter_map(|(_, body)| goal(body)).collect::<Vec<_>>().join("\n")
}

/// The goals that are the pair's own: those taken over from the municipal base word by word are no copying (D12).
pub fn without_taken(key: &str, taken: &str) -> String {
    let is_own = |line: &&str| !taken.lines().any(|known| known == *line);
    key.lines().filter(is_own).collect::<Vec<_>>().join("\n")
}

/// How much of what the two say is said by both, in percent. Two empty texts have nothing in common.
pub fn percent_alike(one: &str, other: &str) -> u32 {
    let (one, other) = (shingles(one), shingles(other));
    let common = one.intersection(&other).count();
    let all = one.union(&other).count();
    if all == 0 {
        return 0;
    }
    u32::try_from(common * 100 / all).unwrap_or(100)
}

/// Runs of words of each line; a short line is one run.
fn shingles(key: &str) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    for line in key.lines() {
        let words = words(line);
        if words.is_empty() {
            continue;
        }
        if words.len() < SHINGLE {
            found.insert(words);
            continue;
        }
        found.extend(words.windows(SHINGLE).map(<[String]>::to_vec));
    }
    found
}

fn words(text: &str) -> Vec<String> {
    let plain = search_key(text).replace('ё', "е");
    plain
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
