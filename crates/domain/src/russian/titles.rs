//! Positions and organizations in cases, by the dictionary.

use std::sync::LazyLock;

use rumorph::{Analysis, Dictionary};

use super::case::Case;

/// A position in a case: the head noun and its adjectives change, what they govern stays.
///
/// «учитель математики» → «учителю математики», «педагог-психолог» → «педагогом-психологом»,
/// «старший воспитатель» → «старшего воспитателя»; «и. о. директора» stays. A second position after
/// a comma or a dash is declined as well. Text in capitals only stays: it may be an abbreviation.
pub fn decline_position(position: &str, case: Case) -> String {
    let mut result = String::with_capacity(position.len() + 16);
    let mut rest = position;
    loop {
        let separator = SEPARATORS.into_iter().filter_map(|sign| Some((rest.find(sign)?, sign))).min();
        let (piece, sign, after) = match separator {
            Some((at, sign)) => (&rest[..at], sign, &rest[at + sign.len()..]),
            None => (rest, "", ""),
        };
        // «учитель физики, математики»: the second piece is a tail, not a position.
        if result.is_empty() || starts_with_person(piece) {
            result.push_str(&decline_phrase(piece, case, Being::Person));
        } else {
            result.push_str(piece);
        }
        result.push_str(sign);
        if sign.is_empty() {
            return result;
        }
        rest = after;
    }
}

/// Signs between two positions of one person: «учитель - логопед», «методист, учитель».
const SEPARATORS: [&str; 4] = [", ", " - ", " – ", " — "];

/// An organization in a case: the words before the quotes change, the name in quotes stays.
///
/// «Департамент образования» → «Департаменту образования»; «МБОУ «СОШ №1»» stays: abbreviations
/// do not change.
pub fn decline_organization(name: &str, case: Case) -> String {
    let quote = name.find(['«', '"', '„', '“']).unwrap_or(name.len());
    let (words, quoted) = name.split_at(quote);
    format!("{}{quoted}", decline_phrase(words, case, Being::Thing))
}

/// Decides the accusative: a person is «вижу учителя», a thing is «вижу департамент».
#[derive(Clone, Copy, PartialEq, Eq)]
enum Being {
    Person,
    Thing,
}

/// What a word does in the phrase.
enum Role {
    /// An adjective or participle before the head: changes, the head is still to come.
    Attribute(Analysis),
    /// The head noun: changes, and everything after it stays.
    Head(Analysis),
}

/// First parts of compounds that do not change: «бизнес-тренера», «экс-директора».
const FIXED_FIRST_PARTS: [&str; 18] = [
    "бизнес",
    "веб",
    "арт",
    "пресс",
    "медиа",
    "вице",
    "экс",
    "контр",
    "штаб",
    "топ",
    "интернет",
    "онлайн",
    "премьер",
    "генерал",
    "спорт",
    "фитнес",
    "мини",
    "кино",
];

pub(super) fn dictionary() -> Option<&'static Dictionary> {
    static DICTIONARY: LazyLock<Option<Dictionary>> = LazyLock::new(|| Dictionary::bundled().ok());
    DICTIONARY.as_ref()
}

fn decline_phrase(phrase: &str, case: Case, being: Being) -> String {
    let Some(dictionary) = dictionary().filter(|_| case != Case::Nominative) else {
        return phrase.to_owned();
    };
    let mut result = String::with_capacity(phrase.len() + 16);
    let mut rest = phrase;
    let mut gender = None;
    while !rest.is_empty() {
        let end = rest
            .find(char::is_whitespace)
            .map_or(rest.len(), |space| rest.len() - rest[space..].trim_start().len());
        let (piece, after) = rest.split_at(end);
        let Some(step) = decline_token(dictionary, piece, case, being, gender.as_deref()) else {
            break;
        };
        result.push_str(&step.text);
        rest = after;
        gender = gender.or(step.gender);
        if step.is_head {
            break;
        }
    }
    result.push_str(rest);
    result
}

struct Step {
    text: String,
    is_head: bool,
    gender: Option<String>,
}

/// Inflects one word with the signs around it, or says that the tail begins here.
fn decline_token(
    dictionary: &Dictionary,
    token: &str,
    case: Case,
    being: Being,
    gender: Option<&str>,
) -> Option<Step> {
    let word = token.trim_matches(|sign: char| !sign.is_alphabetic());
    if word.is_empty() {
        // Leading spaces, or a dash: nothing to change and nothing to stop at.
        return token.trim().is_empty().then(|| Step {
            text: token.to_owned(),
            is_head: false,
            gender: None,
        });
    }
    let start = token.find(word)?;
    let (before, after) = (&token[..start], &token[start + word.len()..]);
    if after.starts_with('.') || is_abbreviation(word) {
        return None;
    }
    let parts: Vec<&str> = word.split('-').collect();
    let last = parts.len() - 1;
    let mut forms = Vec::with_capacity(parts.len());
    let mut step = Step { text: String::new(), is_head: false, gender: None };
    for (index, part) in parts.into_iter().enumerate() {
        let role = if index < last && FIXED_FIRST_PARTS.contains(&part.to_lowercase().as_str()) {
            None
        } else {
            role_of(dictionary, part, gender)
        };
        match role {
            Some(Role::Head(analysis)) => {
                step.is_head = true;
                forms.push(inflect(dictionary, part, &analysis, case, being));
            }
            Some(Role::Attribute(analysis)) => {
                step.gender = feature(dictionary, &analysis, "Gender").map(str::to_owned);
                forms.push(inflect(dictionary, part, &analysis, case, being));
            }
            // The first part of «учебно-методический» is no word of its own.
            None if index < last => forms.push(part.to_owned()),
            None => return None,
        }
    }
    step.text = format!("{before}{}{after}", forms.join("-"));
    Some(step)
}

/// «МБОУ», «ДОУ», also «врио» and «ио», which do not change and govern the rest.
fn is_abbreviation(word: &str) -> bool {
    let capitals = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    capitals || ["врио", "ио", "зам", "зав"].contains(&word.to_lowercase().as_str())
}

fn feature<'d>(dictionary: &'d Dictionary, analysis: &Analysis, name: &str) -> Option<&'d str> {
    dictionary.ud_tag(analysis.ud)?.feat(name)
}

/// A nominative singular reading of the word that agrees with the adjectives before it.
/// Without one the word belongs to the tail: «библиотекой», «обязанности».
fn role_of(dictionary: &Dictionary, word: &str, gender: Option<&str>) -> Option<Role> {
    let readings = dictionary.analyze(word);
    let fits = |analysis: &&Analysis| {
        let value = |name| feature(dictionary, analysis, name);
        value("Case") == Some("Nom")
            && value("Number") == Some("Sing")
            && gender.is_none_or(|gender| value("Gender").is_none_or(|own| own == gender))
    };
    let pos = |analysis: &Analysis| dictionary.ud_tag(analysis.ud).map(|tag| tag.pos().to_owned());
    // «старший», «исполняющий» are adjectives first; «вожатая» is a noun only.
    let attribute = readings.iter().filter(fits).find(|analysis| is_attribute(pos(analysis).as_deref()));
    if let Some(analysis) = attribute {
        return Some(Role::Attribute(analysis.clone()));
    }
    let noun = readings.iter().filter(fits).find(|analysis| pos(analysis).as_deref() == Some("NOUN"));
    noun.map(|analysis| Role::Head(analysis.clone()))
}

fn is_attribute(pos: Option<&str>) -> bool {
    matches!(pos, Some("ADJ" | "VERB" | "DET"))
}

fn starts_with_person(piece: &str) -> bool {
    let Some(dictionary) = dictionary() else { return false };
    piece.split_whitespace().next().is_some_and(|word| {
        let last = word.rsplit('-').next().unwrap_or(word);
        dictionary.analyze(last).iter().any(|analysis| {
            let value = |name| feature(dictionary, analysis, name);
            let nominative = value("Case") == Some("Nom") && value("Number") == Some("Sing");
            nominative && (value("Animacy") == Some("Anim") || value("Degree") == Some("Pos"))
        })
    })
}

fn inflect(dictionary: &Dictionary, word: &str, analysis: &Analysis, case: Case, being: Being) -> String {
    let mut features = vec![("Case", case_feature(case)), ("Number", "Sing")];
    let is_noun = dictionary.ud_tag(analysis.ud).is_some_and(|tag| tag.pos() == "NOUN");
    let masculine = feature(dictionary, analysis, "Gender") == Some("Masc");
    if case == Case::Accusative && masculine && !is_noun {
        features.push(("Animacy", if being == Being::Person { "Anim" } else { "Inan" }));
    }
    dictionary
        .inflect(analysis, &features)
        .map_or_else(|| word.to_owned(), |form| written_like(word, &form.word))
}

const fn case_feature(case: Case) -> &'static str {
    match case {
        Case::Nominative => "Nom",
        Case::Genitive => "Gen",
        Case::Dative => "Dat",
        Case::Accusative => "Acc",
        Case::Instrumental => "Ins",
        Case::Prepositional => "Loc",
    }
}

/// The dictionary answers in small letters and writes «ё» everywhere: gives the form the capitals of
/// the word, and «е» where the author wrote «е».
fn written_like(word: &str, form: &str) -> String {
    let mut original = word.chars();
    form.chars()
        .map(|letter| match original.next() {
            Some('е' | 'Е') if letter == 'ё' => 'е',
            Some(own) if own.is_uppercase() => letter.to_uppercase().next().unwrap_or(letter),
            _ => letter,
        })
        .collect()
}
