//! What happened to a pair and its papers, in words, from the journal.

use nastavnik_domain::person::FullName;
use nastavnik_domain::russian::long;
use uuid::Uuid;

use super::state::Case;
use super::store;
use crate::kernel::errors::Outcome;
use crate::kernel::state::App;
use crate::oversight;
use crate::papers::PaperKind;

/// One event as the card shows it.
pub(super) struct Event {
    pub(super) when: String,
    pub(super) who: String,
    pub(super) what: String,
}

/// The history of a pair, the newest first.
pub(super) async fn of(app: &App, case: &Case) -> Outcome<Vec<Event>> {
    let mut subjects: Vec<Uuid> = case.documents.iter().map(|document| document.id).collect();
    subjects.push(case.pair.id);
    let rows = store::events(app.db.reader(), &subjects).await?;
    let zone = store::school(app.db.reader(), case.pair.organization).await?.map(|school| school.zone());
    let zone = zone.unwrap_or(chrono_tz::Asia::Yekaterinburg);
    let mut events = Vec::new();
    for row in rows {
        let at = row.at.with_timezone(&zone).naive_local();
        let payload: serde_json::Value = serde_json::from_str(&row.payload)?;
        let who = match (&row.surname, &row.given) {
            (Some(surname), Some(given)) => FullName::new(surname, given, row.patronymic.as_deref()).short(),
            _ => String::new(),
        };
        events.push(Event {
            when: format!("{}, {}", long(at.date()), at.format("%H:%M")),
            who,
            what: words(&row.kind, &payload, if case.pair.is_group() { "Группа" } else { "Пара" }),
        });
    }
    Ok(events)
}

/// `what` is the mentorship: «Пара» or «Группа».
fn words(kind: &str, payload: &serde_json::Value, what: &str) -> String {
    let text = |name: &str| payload.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let paper = || {
        let title = PaperKind::from_code(text("kind")).map_or("Документ", PaperKind::title);
        format!("{title} № {}", text("label"))
    };
    match kind {
        "pair_formed" => format!("{what} создана"),
        "pair_changed" => "Условия изменены".to_owned(),
        "group_joining_asked" => "Записан новый участник группы".to_owned(),
        "group_joining_withdrawn" => "Новый участник не вступает в группу".to_owned(),
        "group_joined" => "В группу вступил новый участник".to_owned(),
        "pair_reversed" => "Составлена встречная пара".to_owned(),
        "pair_withdrawn" => format!("{what} не состоялась: {}", text("reason")),
        "council_pair_sent" => format!("{what} отправлена на совет наставников"),
        "council_pair_taken_back" => format!("Вопрос о паре снят с рассмотрения совета: {}", text("reason")),
        "council_pair_decided" => "Совет наставников рассмотрел пару".to_owned(),
        "paper_issued" => format!("Выпущено: {}", paper()),
        "paper_signed" | "order_signed" => format!("Подписано: {}", paper()),
        "paper_scanned" => format!("Приложен скан: {}", paper()),
        "paper_canceled" => format!("Отменено: {} ({})", paper(), text("reason")),
        other => oversight::kind_title(other).to_owned(),
    }
}
