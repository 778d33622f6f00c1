//! What a completed sheet says, in words: the same for the person and for their mentor.

use nastavnik_domain::competence::{
    Difference, Level, Profile, Questionnaire, Score, Shift, Standing, View, differences, dynamics,
    to_begin_with,
};

use super::radar::{Radar, radar};
use super::sheet::{Content, Sheet};
use crate::kernel::filters::short_date;
use crate::kernel::page::Tone;

/// A sheet with what is written in it.
pub(super) struct Read {
    pub(super) sheet: Sheet,
    pub(super) content: Content,
}

/// Everything the page shows.
pub(super) struct Report {
    /// «Лист: вход, 2026/27, завершён 12.11.2026».
    pub(super) label: String,
    /// «итог года, 2025/26»; empty when there is nothing to compare with.
    pub(super) then_label: String,
    pub(super) deficits: Vec<Named>,
    pub(super) strengths: Vec<Named>,
    pub(super) beginnings: Vec<Beginning>,
    pub(super) radar: Radar,
    pub(super) rows: Vec<Row>,
    pub(super) sections: Vec<SectionView>,
    pub(super) topics: Vec<Topic>,
    /// Whose views were compared; empty when nobody has given one.
    pub(super) views: Vec<String>,
}

/// A domain in words.
pub(super) struct Named {
    pub(super) short: String,
    pub(super) title: String,
}

/// What to begin with.
pub(super) struct Beginning {
    pub(super) text: String,
    pub(super) domain: &'static str,
    pub(super) level: &'static str,
}

/// A line of the table under the picture.
pub(super) struct Row {
    pub(super) short: String,
    pub(super) now: String,
    pub(super) then: String,
    pub(super) change: String,
    pub(super) tone: Tone,
    pub(super) word: &'static str,
}

/// The answers of a domain.
pub(super) struct SectionView {
    pub(super) short: String,
    pub(super) note: String,
    pub(super) items: Vec<ItemView>,
}

/// One answer.
pub(super) struct ItemView {
    pub(super) text: String,
    pub(super) level: &'static str,
    pub(super) is_important: bool,
}

/// An item two people see differently.
pub(super) struct Topic {
    pub(super) text: String,
    pub(super) domain: &'static str,
    pub(super) own: &'static str,
    pub(super) other: &'static str,
    pub(super) whose: String,
}

/// Puts the report together: a completed own sheet, the earlier one it is compared with, others' views of the same
/// wave.
pub(super) fn report(read: &Read, then: Option<&Read>, views: &[Read]) -> anyhow::Result<Report> {
    let set = read.sheet.questionnaire()?;
    let profile = read.sheet.profile(&read.content.answers)?;
    let shifts = then.map(|then| dynamics(&then.content.answers, &read.content.answers)).unwrap_or_default();
    let then = then.filter(|_| !shifts.is_empty());
    Ok(Report {
        label: format!("Лист: {}, завершён {}", read.sheet.label(), short_date(read.sheet.day())),
        then_label: then.map(|then| then.sheet.label()).unwrap_or_default(),
        deficits: named(set, &profile, Standing::Deficit),
        strengths: named(set, &profile, Standing::Strength),
        beginnings: beginnings(read, set),
        radar: picture(&profile, &shifts),
        rows: profile.scores.iter().map(|score| row(score, &shifts)).collect(),
        sections: sections(read, set),
        topics: topics(read, set, views),
        views: views.iter().map(|view| view.sheet.whose()).collect(),
    })
}

fn named(set: &Questionnaire, profile: &Profile, standing: Standing) -> Vec<Named> {
    let of = |score: &Score| set.sections.iter().find(|section| section.domain == score.domain);
    profile
        .standing(standing)
        .filter_map(of)
        .map(|section| Named { short: section.short.clone(), title: section.title.clone() })
        .collect()
}

/// More at once is no beginning.
const MOST_BEGINNINGS: usize = 5;

fn beginnings(read: &Read, set: &Questionnaire) -> Vec<Beginning> {
    to_begin_with(set, read.sheet.wave, &read.content.answers)
        .into_iter()
        .take(MOST_BEGINNINGS)
        .map(|(domain, text, level)| Beginning {
            text: text.to_owned(),
            domain: domain.short(),
            level: level.title(),
        })
        .collect()
}

/// With something to compare, both shapes are drawn by the items answered both times.
fn picture(profile: &Profile, shifts: &[Shift]) -> Radar {
    let title = conclusion(profile);
    if shifts.is_empty() {
        let now: Vec<_> =
            profile.scores.iter().map(|score| (score.domain, i64::from(score.hundredths()))).collect();
        return radar(&now, &[], title);
    }
    let now: Vec<_> = shifts.iter().map(|shift| (shift.domain, i64::from(shift.now()))).collect();
    let then: Vec<_> = shifts.iter().map(|shift| (shift.domain, i64::from(shift.then()))).collect();
    radar(&now, &then, title)
}

/// «Поддержка нужна: Методика. Сильные стороны: Предмет, Здоровье».
fn conclusion(profile: &Profile) -> String {
    let list = |standing| {
        let names: Vec<&str> = profile.standing(standing).map(|score| score.domain.short()).collect();
        names.join(", ")
    };
    let (deficits, strengths) = (list(Standing::Deficit), list(Standing::Strength));
    match (deficits.is_empty(), strengths.is_empty()) {
        (false, false) => format!("Поддержка нужна: {deficits}. Сильные стороны: {strengths}"),
        (false, true) => format!("Поддержка нужна: {deficits}"),
        (true, false) => format!("Сильные стороны: {strengths}"),
        (true, true) => "Все восемь областей примерно на одном уровне".to_owned(),
    }
}

fn row(score: &Score, shifts: &[Shift]) -> Row {
    let shift = shifts.iter().find(|shift| shift.domain == score.domain);
    let (tone, word) = match score.standing {
        Standing::Deficit => (Tone::Wait, "нужна поддержка"),
        Standing::Strength => (Tone::Done, "сильная сторона"),
        Standing::Middle => (Tone::Plan, "в работе"),
    };
    let now = shift.map_or_else(|| score.hundredths(), Shift::now);
    Row {
        short: score.domain.short().to_owned(),
        now: decimal(i64::from(now)),
        then: shift.map_or_else(|| "–".to_owned(), |shift| decimal(i64::from(shift.then()))),
        change: shift.map_or_else(|| "–".to_owned(), |shift| change(shift.hundredths())),
        tone,
        word,
    }
}

/// Up, down or the same: said without praise or blame.
fn change(hundredths: i64) -> String {
    match hundredths {
        1.. => format!("выше на {}", decimal(hundredths)),
        0 => "без изменений".to_owned(),
        _ => format!("ниже на {}", decimal(-hundredths)),
    }
}

/// «1,75».
fn decimal(hundredths: i64) -> String {
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}

fn sections(read: &Read, set: &Questionnaire) -> Vec<SectionView> {
    let asked = set.asked(read.sheet.wave);
    let view = |item: &nastavnik_domain::competence::Item| {
        let answer = read.content.answer(&item.code);
        ItemView {
            text: item.text.clone(),
            level: answer.and_then(|answer| answer.level).map_or("без ответа", Level::title),
            is_important: answer.is_some_and(|answer| answer.is_important),
        }
    };
    asked
        .map(|(section, items)| SectionView {
            short: section.short.clone(),
            note: read.content.note(section.domain).to_owned(),
            items: items.into_iter().map(view).collect(),
        })
        .collect()
}

fn topics(read: &Read, set: &Questionnaire, views: &[Read]) -> Vec<Topic> {
    let mut found = Vec::new();
    for view in views {
        let apart = differences(&read.content.answers, &view.content.answers, &set.limits);
        found.extend(apart.into_iter().filter_map(|one| topic(&one, set, &view.sheet)));
    }
    found
}

fn topic(apart: &Difference, set: &Questionnaire, view: &Sheet) -> Option<Topic> {
    Some(Topic {
        text: set.item(&apart.item)?.text.clone(),
        domain: apart.domain.short(),
        own: apart.own.title(),
        other: apart.other.title_of_other(),
        whose: match view.view {
            View::Mentor => format!("наставник {}", view.author_name.short()),
            View::Own | View::Expert => format!("коллега {}", view.author_name.short()),
        },
    })
}

/// Which earlier sheet a later one is compared with: the latest that asked as much, otherwise the latest.
pub(super) fn earlier<'a>(sheets: &'a [Sheet], of: &Sheet) -> Option<&'a Sheet> {
    use nastavnik_domain::competence::Wave::Middle;
    let before = |sheet: &&Sheet| {
        sheet.view == View::Own
            && sheet.completed_at.is_some_and(|at| of.completed_at.is_some_and(|own| at < own))
            && sheet.id != of.id
    };
    let same = |sheet: &&Sheet| (sheet.wave == Middle) == (of.wave == Middle);
    sheets.iter().filter(before).find(same).or_else(|| sheets.iter().find(before))
}

/// Views of others that are compared with a sheet.
pub(super) fn views_of<'a>(sheets: &'a [Sheet], of: &Sheet) -> Vec<&'a Sheet> {
    sheets
        .iter()
        .filter(|sheet| sheet.view != View::Own && sheet.completed_at.is_some())
        .filter(|sheet| sheet.year == of.year && sheet.wave == of.wave)
        .collect()
}

#[cfg(test)]
mod tests {
    use nastavnik_domain::competence::Domain;

    use super::*;

    #[test]
    fn numbers_and_changes_are_told_in_russian() {
        assert_eq!(decimal(175), "1,75");
        assert_eq!(decimal(5), "0,05");
        assert_eq!(change(50), "выше на 0,50");
        assert_eq!(change(-33), "ниже на 0,33");
        assert_eq!(change(0), "без изменений");
    }

    #[test]
    fn a_picture_says_its_conclusion() {
        let score = |domain, sum, standing| Score { domain, sum, answered: 6, is_important: true, standing };
        let mut profile = Profile::default();
        assert_eq!(conclusion(&profile), "Все восемь областей примерно на одном уровне");
        profile.scores.push(score(Domain::Methods, 6, Standing::Deficit));
        assert_eq!(conclusion(&profile), "Поддержка нужна: Методика");
        profile.scores.push(score(Domain::Health, 18, Standing::Strength));
        assert_eq!(conclusion(&profile), "Поддержка нужна: Методика. Сильные стороны: Здоровье");
    }
}
