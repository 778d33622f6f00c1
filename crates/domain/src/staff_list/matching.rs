//! Keys by which candidates are fetched, and how near a known person is to a row.

use chrono::{Datelike, NaiveDate};

use super::known::{KnownEmployment, KnownPerson};
use super::row::ParsedRow;
use super::text::search_key;
use crate::ids::OrganizationId;
use crate::person::FullName;

/// Surname, given name and patronymic for comparing: «ё» as «е», low letters, Latin look-alikes mended.
/// Candidates of a row are all persons with the same [`name_key`], [`short_key`] or (with the same date of
/// birth) [`given_key`], and those with the same phone or e-mail.
pub fn name_key(name: &FullName) -> String {
    search_key(&name.full())
}

/// The key of surname and given name, for people whose patronymic one of the sources has lost.
pub fn short_key(name: &FullName) -> String {
    search_key(&format!("{} {}", name.surname, name.given))
}

/// The key of given name and patronymic, for people who may have changed the surname. None without a patronymic.
pub fn given_key(name: &FullName) -> Option<String> {
    name.patronymic.as_ref().map(|patronymic| search_key(&format!("{} {patronymic}", name.given)))
}

/// Positions and subjects for comparing: punctuation and case do not matter.
pub fn position_key(text: &str) -> String {
    search_key(text)
        .chars()
        .map(|sign| if sign.is_alphanumeric() { sign } else { ' ' })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Names of organizations for comparing: quotes, spaces after «№» and case do not matter.
pub fn organization_key(text: &str) -> String {
    let plain: String = search_key(text)
        .chars()
        .map(|sign| if sign.is_alphanumeric() || sign == '№' { sign } else { ' ' })
        .collect();
    plain.replace('№', " № ").split_whitespace().collect::<Vec<_>>().join(" ").replace("№ ", "№")
}

/// How near a known person is to a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Nearness {
    /// Name and date of birth are the same.
    Certain,
    /// The same by what both sources have.
    Likely,
    /// May be the same; why, in words.
    Doubtful(String),
    /// May be the same only if one of the dates of birth is wrong.
    Slip(String),
    Other,
}

/// Is this the person of the row?
pub(super) fn nearness(known: &KnownPerson, row: &ParsedRow, organization: OrganizationId) -> Nearness {
    let Some(name) = &row.name else { return Nearness::Other };
    let here = Here::of(known, row, organization);
    let birth = compare_birth(known.born_on, row.born_on);
    let was = known.name.full();
    let doubt = |text: String| Nearness::Doubtful(text);
    match (compare_name(&known.name, name), birth) {
        (NameMatch::Full, Birth::Same) => Nearness::Certain,
        (NameMatch::Full, Birth::Unknown) if here.contact || here.position => Nearness::Likely,
        (NameMatch::Full, Birth::Unknown) => {
            doubt("То же имя, но дата рождения не указана: может быть однофамилец.".to_owned())
        }
        (NameMatch::Full, Birth::Near(how)) if here.organization || here.contact => {
            Nearness::Slip(format!("То же имя, но {how}: возможно, опечатка."))
        }
        (NameMatch::Full, Birth::Different) if here.contact => {
            Nearness::Slip("То же имя и тот же телефон или адрес почты, но другая дата рождения.".to_owned())
        }
        (NameMatch::NoPatronymic, Birth::Same) if here.organization || here.contact => Nearness::Likely,
        (NameMatch::NoPatronymic, Birth::Same) => {
            doubt(format!("Те же фамилия, имя и дата рождения, но отчество есть не везде: {was}."))
        }
        (NameMatch::NoPatronymic, Birth::Unknown) if here.organization || here.contact => {
            doubt(format!("Те же фамилия и имя, отчество и дата рождения есть не везде: {was}."))
        }
        (NameMatch::OtherSurname, Birth::Same) if here.organization || here.contact => {
            doubt(format!("Возможно, сменила фамилию: {was}, та же дата рождения.").replace(
                "сменила",
                if row.gender_or_guess() == Some(crate::person::Gender::Male) {
                    "сменил"
                } else {
                    "сменила"
                },
            ))
        }
        (NameMatch::OtherSurname, Birth::Unknown) if here.contact => {
            doubt(format!("Возможно, смена фамилии: {was}, тот же телефон или адрес почты."))
        }
        _ => Nearness::Other,
    }
}

struct Here {
    organization: bool,
    position: bool,
    contact: bool,
}

impl Here {
    fn of(known: &KnownPerson, row: &ParsedRow, organization: OrganizationId) -> Self {
        let jobs = || known.employments.iter().filter(|job| job.organization_id == organization);
        let position = row.position.as_deref().map(position_key);
        let equal = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        Self {
            organization: jobs().next().is_some(),
            position: jobs().any(|job| Some(position_key(&job.position)) == position),
            contact: equal(&known.phone, &row.phone) || equal(&known.email, &row.email),
        }
    }
}

enum NameMatch {
    Full,
    NoPatronymic,
    OtherSurname,
    Other,
}

fn compare_name(known: &FullName, row: &FullName) -> NameMatch {
    if name_key(known) == name_key(row) {
        return NameMatch::Full;
    }
    if known.patronymic.is_some() != row.patronymic.is_some() && short_key(known) == short_key(row) {
        return NameMatch::NoPatronymic;
    }
    match (given_key(known), given_key(row)) {
        (Some(one), Some(other)) if one == other => NameMatch::OtherSurname,
        _ => NameMatch::Other,
    }
}

enum Birth {
    Same,
    Unknown,
    /// Looks like a slip of the pen.
    Near(String),
    Different,
}

fn compare_birth(known: Option<NaiveDate>, row: Option<NaiveDate>) -> Birth {
    let (Some(known), Some(row)) = (known, row) else { return Birth::Unknown };
    if known == row {
        return Birth::Same;
    }
    let dates = format!("{} и {}", known.format("%d.%m.%Y"), row.format("%d.%m.%Y"));
    if known.year() == row.year() && known.day() == row.month() && known.month() == row.day() {
        return Birth::Near(format!("день и месяц рождения переставлены ({dates})"));
    }
    let digits = |date: NaiveDate| date.format("%d%m%Y").to_string().into_bytes();
    let different = digits(known).iter().zip(digits(row)).filter(|(one, other)| *one != other).count();
    if different == 1 {
        return Birth::Near(format!("дата рождения отличается одной цифрой ({dates})"));
    }
    Birth::Different
}

/// The employment a row speaks about, by its place in the list of employments.
pub(super) fn find_employment(
    known: &KnownPerson,
    row: &ParsedRow,
    organization: OrganizationId,
    transfer: super::apply::Transfer,
) -> Option<usize> {
    let jobs: Vec<(usize, &KnownEmployment)> = known
        .employments
        .iter()
        .enumerate()
        .filter(|(_, job)| job.organization_id == organization && job.ended.is_none())
        .collect();
    let Some(position) = row.position.as_deref().map(position_key) else {
        // Nothing is said about the position: the row can speak only about the only job here.
        return if let [(place, _)] = jobs.as_slice() { Some(*place) } else { None };
    };
    let same: Vec<_> = jobs.iter().filter(|(_, job)| position_key(&job.position) == position).collect();
    let subject = row.subject.as_deref().map(position_key);
    let known_subject = |job: &KnownEmployment| job.subject.as_deref().map(position_key);
    let exact = same.iter().find(|(_, job)| known_subject(job) == subject);
    let open = same.iter().find(|(_, job)| subject.is_none() || job.subject.is_none());
    if let Some((place, _)) = exact.or(open) {
        return Some(*place);
    }
    if transfer == super::apply::Transfer::Refused {
        return None;
    }
    match (same.as_slice(), jobs.as_slice()) {
        ([(place, _)], _) | ([], [(place, _)]) => Some(*place),
        _ => None,
    }
}
