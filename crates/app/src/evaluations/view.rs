//! An evaluation as its pages show it.

use nastavnik_domain::config::EvaluationRules;
use nastavnik_domain::evaluation::{
    Degree, Facts, Growth, Path, Row as GrowthRow, State, Turn, level_words, rows_grown, turn_words,
};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::russian::{count, short};
use uuid::Uuid;

use super::overview::row_fields;
use super::record::{Marks, START, Said, Shown};
use super::visible::Scene;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;

/// Color of a state.
pub(super) const fn tone(state: State) -> Tone {
    match state {
        State::Ahead => Tone::Plan,
        State::Open | State::Given | State::Concluded => Tone::Wait,
        State::Confirmed => Tone::Done,
    }
}

/// A direction of work at two times, for the pair.
pub(super) struct PathView {
    pub(super) domain: &'static str,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) tone: Tone,
    pub(super) word: &'static str,
}

/// Whose directions these are.
pub(super) struct Directions {
    pub(super) name: String,
    pub(super) paths: Vec<PathView>,
}

/// A row of growth at two times.
pub(super) struct RowView {
    pub(super) label: String,
    pub(super) start: &'static str,
    pub(super) now: &'static str,
    pub(super) tone: Tone,
    pub(super) word: &'static str,
}

/// One participant's part as this reader sees it.
pub(super) struct PartView {
    pub(super) who: String,
    pub(super) side: &'static str,
    pub(super) tone: Tone,
    pub(super) given: String,
    /// The words, where they may be read.
    pub(super) words: Option<WordsView>,
    /// How many rows have grown, for everybody.
    pub(super) growth: String,
}

pub(super) struct WordsView {
    pub(super) person: Uuid,
    pub(super) paragraphs: Vec<String>,
    pub(super) answers: Vec<(&'static str, String)>,
    pub(super) rows: Vec<RowView>,
    pub(super) is_shown: bool,
}

/// Facts that everybody who sees the evaluation reads.
pub(super) fn fact_lines(facts: &Facts) -> Vec<(&'static str, String)> {
    let mut lines = vec![(
        "Встречи",
        match (facts.meetings, facts.visits) {
            (0, _) => "записанных встреч нет".to_owned(),
            (meetings, 0) => meetings.to_string(),
            (meetings, visits) => format!("{meetings}, из них посещений занятий {visits}"),
        },
    )];
    lines.push((
        "Шаги между встречами",
        format!("выполнено {}, в работе {}", facts.steps_done, facts.steps_open),
    ));
    if let Some(program) = &facts.program {
        let late = match program.late {
            0 => String::new(),
            late => format!(", срок подошёл ещё у {late}"),
        };
        lines.push((
            "Мероприятия программы",
            format!("выполнено {} из {}{late}", program.done, program.measures),
        ));
        if !program.products.is_empty() {
            lines.push(("Что получилось", program.products.join("; ")));
        }
    } else {
        lines.push(("Программа", "ещё не утверждена".to_owned()));
    }
    lines.push(("Направления работы", growth_words(facts.growth(), ["направлению", "направлениям"])));
    lines
}

/// «рост по 3 из 4», and how many were asked once; `one` and `many` are dative: «направлению», «направлениям».
pub(super) fn growth_words(growth: Growth, [one, many]: [&str; 2]) -> String {
    match (growth.of, growth.waiting) {
        (0, 0) => "данных нет".to_owned(),
        (0, waiting) => {
            let what = count(u64::from(waiting), one, many, many);
            format!("по {what} сравнить пока не с чем")
        }
        (of, 0) => format!("рост по {} из {of}", growth.grew),
        (of, waiting) => format!("рост по {} из {of}, ещё по {waiting} сравнить не с чем", growth.grew),
    }
}

/// Directions of work by name and level: the mentor reads those of the mentees, a mentee the own ones, nobody else any.
pub(super) fn directions(scene: &Scene, facts: &Facts, me: Uuid) -> Vec<Directions> {
    let pair = &scene.case.pair;
    let reads = |person: Uuid| pair.mentor.person == me || person == me;
    let mentees = pair.mentees.iter().filter(|mentee| pair.has(me) && reads(mentee.person));
    let of = |mentee: &crate::pairs::Participant| {
        let paths = facts.paths.get(&PersonId(mentee.person))?;
        Some(Directions { name: mentee.name.short(), paths: paths.iter().map(path_view).collect() })
    };
    mentees.filter_map(of).collect()
}

fn path_view(path: &Path) -> PathView {
    let said = |reading: &nastavnik_domain::evaluation::Reading| {
        format!("{} ({}, {})", level_words(reading.hundredths), reading.wave.title(), short(reading.on))
    };
    PathView {
        domain: path.domain.short(),
        before: said(&path.before),
        after: path.after.as_ref().map_or_else(|| "ещё не спрашивали".to_owned(), said),
        tone: turn_tone(path.turn()),
        word: turn_words(path.turn()),
    }
}

const fn turn_tone(turn: Turn) -> Tone {
    match turn {
        Turn::Closed | Turn::Grew => Tone::Done,
        Turn::Same | Turn::Unknown => Tone::Plan,
        Turn::Fell => Tone::Wait,
    }
}

/// The rows of growth of somebody in this evaluation.
pub(super) fn growth_rows(
    scene: &Scene,
    person: Uuid,
    marks: &Marks,
    rules: &EvaluationRules,
) -> Vec<(String, GrowthRow)> {
    let at = |moment: &str, row: &str| marks.get(&(person, moment.to_owned(), row.to_owned())).copied();
    let code = scene.plan.code();
    let rows = row_fields(&scene.case, person, rules).into_iter();
    rows.map(|row| (row.label, GrowthRow { start: at(START, &row.code), now: at(&code, &row.code) }))
        .collect()
}

fn row_view((label, row): (String, GrowthRow)) -> RowView {
    let said = |degree: Option<Degree>| degree.map_or("не отмечено", Degree::title);
    RowView {
        label,
        start: said(row.start),
        now: said(row.now),
        tone: turn_tone(row.turn()),
        word: turn_words(row.turn()),
    }
}

/// The parts of everybody who owes one.
pub(super) fn parts(ctx: &Ctx, scene: &Scene, marks: &Marks, rules: &EvaluationRules) -> Vec<PartView> {
    let pair = &scene.case.pair;
    let days = scene.signed_days(ctx);
    let part = |(side, one): (&'static str, &crate::pairs::Participant)| {
        let signed_on = days.iter().find(|(person, _)| *person == one.person).map(|(_, day)| *day);
        let rows = growth_rows(scene, one.person, marks, rules);
        let grown = rows_grown(rows.iter().map(|(_, row)| row));
        let words = scene.readable(ctx, one.person).filter(|part| part.signed_at.is_some());
        PartView {
            who: one.name.short(),
            side,
            tone: if signed_on.is_some() { Tone::Done } else { Tone::Wait },
            given: signed_on.map_or_else(|| "ещё не дано".to_owned(), |day| format!("дано {}", short(day))),
            words: words.map(|part| words_view(one.person, &part.said, rows)),
            growth: match (signed_on, grown.of) {
                (Some(_), 1..) => growth_words(grown, ["строке", "строкам"]),
                _ => String::new(),
            },
        }
    };
    let mentees = pair.staying().map(|mentee| ("наставляемый", mentee));
    std::iter::once(("наставник", &pair.mentor)).chain(mentees).map(part).collect()
}

fn words_view(person: Uuid, said: &Said, rows: Vec<(String, GrowthRow)>) -> WordsView {
    let marked = rows.into_iter().filter(|(_, row)| row.start.is_some() || row.now.is_some());
    WordsView {
        person,
        paragraphs: said.body.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect(),
        answers: answers(said),
        rows: marked.map(row_view).collect(),
        is_shown: said.shown == Shown::ToCurator,
    }
}

/// The three free answers that were given.
pub(super) fn answers(said: &Said) -> Vec<(&'static str, String)> {
    let all = [("Что удалось", &said.worked), ("Что не удалось", &said.failed), ("Что дальше", &said.ahead)];
    all.into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(title, words)| (title, words.clone()))
        .collect()
}
