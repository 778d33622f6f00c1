//! A report made from facts: every number of them stands in the text, and nothing else does.

use super::{Facts, Path, ProgramFacts, Turn};
use crate::ids::PersonId;
use crate::russian::{choose, count, period, short};

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Of the pair, and of the directions of work in numbers: their names belong to the mentee.
    Mentor,
    /// Of oneself, with the own directions by name.
    Mentee(PersonId),
}

/// The text, a paragraph each. It ends in no empty line and is the same for the same facts.
pub fn report(facts: &Facts, voice: Voice) -> Vec<String> {
    let mut text = vec![opening(facts, voice), meetings(facts, voice)];
    text.extend(steps(facts));
    text.extend(tasks(facts));
    text.extend(facts.program.as_ref().and_then(measures));
    text.extend(facts.program.as_ref().and_then(products));
    match voice {
        Voice::Mentor => text.extend(growth(facts)),
        Voice::Mentee(person) => {
            text.extend(facts.paths.get(&person).into_iter().flatten().map(path));
        }
    }
    text.extend(help(facts, voice));
    text
}

fn opening(facts: &Facts, voice: Voice) -> String {
    let days = period(facts.from, facts.to);
    match voice {
        Voice::Mentor => format!("Отчёт охватывает работу пары {days}"),
        Voice::Mentee(_) => format!("Я работаю с наставником {days}"),
    }
}

fn meetings(facts: &Facts, voice: Voice) -> String {
    let n = u64::from(facts.meetings);
    if n == 0 {
        return "Записанных встреч пока нет.".to_owned();
    }
    let held = match voice {
        Voice::Mentor => {
            let verb = choose(n, "Проведена", "Проведены", "Проведено");
            format!("{verb} {}", count(n, "встреча", "встречи", "встреч"))
        }
        Voice::Mentee(_) => format!("Мы встретились {}", count(n, "раз", "раза", "раз")),
    };
    match u64::from(facts.visits) {
        0 => format!("{held}."),
        visits => {
            format!(
                "{held}, из них {}.",
                count(visits, "посещение занятия", "посещения занятий", "посещений занятий")
            )
        }
    }
}

fn steps(facts: &Facts) -> Option<String> {
    let (done, open) = (u64::from(facts.steps_done), u64::from(facts.steps_open));
    let steps = |n| count(n, "шаг", "шага", "шагов");
    let verb = choose(done, "Выполнен", "Выполнены", "Выполнено");
    match (done, open) {
        (0, 0) => None,
        (0, open) => Some(format!("В работе {}.", steps(open))),
        (done, 0) => Some(format!("{verb} {}.", steps(done))),
        (done, open) => Some(format!("{verb} {}, в работе ещё {open}.", steps(done))),
    }
}

fn tasks(facts: &Facts) -> Option<String> {
    let (accepted, open) = (u64::from(facts.tasks_accepted), u64::from(facts.tasks_open));
    let tasks = |n| count(n, "задание", "задания", "заданий");
    let verb = choose(accepted, "Принято", "Приняты", "Принято");
    match (accepted, open) {
        (0, 0) => None,
        (0, open) => Some(format!("В работе {}.", tasks(open))),
        (accepted, 0) => Some(format!("{verb} {}.", tasks(accepted))),
        (accepted, open) => Some(format!("{verb} {}, в работе ещё {open}.", tasks(accepted))),
    }
}

fn measures(program: &ProgramFacts) -> Option<String> {
    let (all, done, late) = (program.measures, program.done, program.late);
    if all == 0 {
        return None;
    }
    let whole = count(u64::from(all), "мероприятия", "мероприятий", "мероприятий");
    let progress = match (done, program.left()) {
        (0, _) => format!("Из {whole} программы ещё ни одно не отмечено"),
        (done, 0) => format!("Из {whole} программы выполнено {done}: программа пройдена"),
        (done, left) => format!("Из {whole} программы выполнено {done}, осталось {left}"),
    };
    let late = if late > 0 { format!("; срок подошёл ещё у {late}") } else { String::new() };
    let revised = match program.revision {
        0 | 1 => String::new(),
        revision => format!(". Программу уточняли: действует редакция {revision}"),
    };
    Some(format!("{progress}{late}{revised}."))
}

fn products(program: &ProgramFacts) -> Option<String> {
    (!program.products.is_empty()).then(|| format!("Что получилось: {}.", program.products.join("; ")))
}

fn growth(facts: &Facts) -> Option<String> {
    let growth = facts.growth();
    match (growth.of, growth.waiting) {
        (0, 0) => None,
        (0, waiting) => {
            let directions = choose(u64::from(waiting), "направлению", "направлениям", "направлениям");
            Some(format!("По {waiting} {directions} работы повторной самодиагностики ещё не было."))
        }
        (of, 0) => Some(format!("По направлениям работы: рост по {} из {of}.", growth.grew)),
        (of, waiting) => Some(format!(
            "По направлениям работы: рост по {} из {of}, ещё по {waiting} повторной самодиагностики не было.",
            growth.grew
        )),
    }
}

/// «Методика: было 0,71 (вход, 24.11.2026), стало 1,60 (середина года, 15.01.2027) – рост.»
fn path(path: &Path) -> String {
    let said = |reading: &super::Reading| {
        format!("{} ({}, {})", level_words(reading.hundredths), reading.wave.title(), short(reading.on))
    };
    let before = said(&path.before);
    match &path.after {
        None => format!("{}: в начале {before}, повторной самодиагностики ещё не было.", path.domain.short()),
        Some(after) => {
            format!(
                "{}: было {before}, стало {} – {}.",
                path.domain.short(),
                said(after),
                turn_words(path.turn())
            )
        }
    }
}

fn help(facts: &Facts, voice: Voice) -> Option<String> {
    let (asked, answered) = (u64::from(facts.help_asked), facts.help_answered);
    if asked == 0 {
        return None;
    }
    let verb = choose(asked, "Была", "Были", "Было");
    let requests = count(asked, "просьба", "просьбы", "просьб");
    let whose = match voice {
        Voice::Mentor => "о помощи",
        Voice::Mentee(_) => "о помощи к наставнику",
    };
    Some(match answered {
        0 => format!("{verb} {requests} {whose}."),
        answered => format!("{verb} {requests} {whose}, ответ получен на {answered}."),
    })
}

/// How a level has moved, a word or two that never blame.
pub const fn turn_words(turn: Turn) -> &'static str {
    match turn {
        Turn::Closed => "трудность снята",
        Turn::Grew => "рост",
        Turn::Same => "без изменений",
        Turn::Fell => "нужна поддержка",
        Turn::Unknown => "пока без повторного ответа",
    }
}

/// «1,60».
pub fn level_words(hundredths: u32) -> String {
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}
