//! What a verdict, a decision and a result are called.

use nastavnik_domain::russian::choose;
use nastavnik_domain::staff_list::{Change, Verdict};

use super::model::{Decision, State, Summary};
use crate::kernel::filters::group_digits;

/// «должность: было «учитель», стало «методист»».
pub(super) fn change(change: &Change) -> String {
    match &change.before {
        Some(before) => format!("{}: было «{before}», стало «{}»", change.field.title(), change.after),
        None => format!("{}: «{}»", change.field.title(), change.after),
    }
}

/// What the verdict says, sentence by sentence.
pub(super) fn verdict(verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::New => vec!["Такого человека в системе нет.".to_owned()],
        Verdict::Same { .. } => vec!["Всё уже известно.".to_owned()],
        Verdict::Changed { changes, .. } => changes.iter().map(change).collect(),
        Verdict::MoreOfRow { row, changes } => {
            let first = format!("Тот же новый человек, что в строке {row}.");
            std::iter::once(first).chain(changes.iter().map(change)).collect()
        }
        Verdict::Doubtful { candidates } => {
            let mut reasons: Vec<String> = candidates.iter().map(|doubt| doubt.reason.clone()).collect();
            reasons.dedup();
            reasons
        }
        Verdict::RepeatOf { row } => vec![format!("Повтор строки {row}: ничего нового.")],
        Verdict::Error { errors } => {
            errors.iter().map(|error| format!("{}: {}", error.cell, error.text)).collect()
        }
        Verdict::Skipped { reason } => vec![reason.clone()],
    }
}

/// What was decided about a doubtful row.
pub(super) fn decision(decision: Option<Decision>) -> &'static str {
    match decision {
        None => "не решено",
        Some(Decision::Person(_) | Decision::Row(_)) => "тот же человек",
        Some(Decision::New) => "новый человек",
        Some(Decision::Skip) => "пропустить",
    }
}

/// What became of the row.
pub(super) fn result(state: State, verdict: &Verdict, decided: Option<Decision>) -> &'static str {
    if state != State::Applied {
        return "не загружалось";
    }
    match (verdict, decided) {
        (_, Some(Decision::Skip)) | (Verdict::Doubtful { .. }, None) => "пропущено",
        (Verdict::New, _) | (Verdict::Doubtful { .. }, Some(Decision::New)) => "добавлен",
        (Verdict::Changed { .. } | Verdict::MoreOfRow { .. } | Verdict::Doubtful { .. }, _) => "изменён",
        (Verdict::Same { .. } | Verdict::RepeatOf { .. }, _) => "без изменений",
        (Verdict::Error { .. }, _) => "не загружено: ошибка",
        (Verdict::Skipped { .. }, _) => "не строка человека",
    }
}

/// «добавить 1 706 человек, создать 31 организацию»; nothing when there is nothing to do. `decided`: doubtful rows
/// that were decided and not left out.
pub(super) fn promise(summary: &Summary, decided: u64) -> Option<String> {
    let verbs = ["добавить", "внести изменения по", "исполнить ваши решения по", "создать"];
    let parts = parts(summary, decided, verbs);
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The same when it has been done.
pub(super) fn outcome(summary: &Summary, decided: u64) -> String {
    let verbs = ["система добавила", "внесла изменения по", "исполнила ваши решения по", "создала"];
    parts(summary, decided, verbs).join(", ")
}

fn parts(summary: &Summary, decided: u64, verbs: [&str; 4]) -> Vec<String> {
    let places = u64::try_from(summary.organizations.len()).unwrap_or(u64::MAX);
    let rows = |n| count(n, "строке", "строкам", "строкам");
    let numbers = [
        (summary.new, count(summary.new, "работника", "работников", "работников")),
        (summary.changed, rows(summary.changed)),
        (decided, rows(decided)),
        (places, count(places, "организацию", "организации", "организаций")),
    ];
    let told = verbs.iter().zip(numbers).filter(|(_, (n, _))| *n > 0);
    told.map(|(verb, (_, words))| format!("{verb} {words}")).collect()
}

/// «1 706 человек».
fn count(n: u64, one: &str, few: &str, many: &str) -> String {
    format!("{}\u{a0}{}", group_digits(&n.to_string()), choose(n, one, few, many))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promise_names_everything_that_will_happen() {
        let summary = Summary { new: 1_706, changed: 1, ..Summary::default() };
        let words = promise(&summary, 2).unwrap().replace('\u{a0}', " ");
        assert_eq!(
            words,
            "добавить 1 706 работников, внести изменения по 1 строке, исполнить ваши решения по 2 строкам"
        );
        assert_eq!(promise(&Summary { same: 5, ..Summary::default() }, 0), None);
    }
}
