//! What the council and the psychologist have to do, and what the council has decided.

use chrono::Days;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;
use uuid::Uuid;

use super::Seat;
use super::line::{Section, Todo};
use crate::council;
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;

/// As long as the page of the council shows a decision.
const NEWS: Days = Days::new(30);

/// Adds the lines of the role.
pub(super) async fn add(seat: &Seat<'_>, section: &mut Section) -> Outcome<()> {
    let reader = seat.ctx.app().db.reader();
    let (me, today) = (seat.actor.person.0, seat.ctx.today);
    let here = |permission| -> Vec<Uuid> {
        seat.actor.reach(permission).organizations.iter().map(|id| id.0).collect()
    };
    match seat.role {
        Role::Psychologist => {
            let count = council::without_opinion(reader, &here(Permission::GiveOpinion), me, today).await?;
            section.todos.extend(opinions(count as u64));
        }
        Role::Council => {
            let count = council::waiting(reader, &here(Permission::HoldCouncil), me).await?;
            section.todos.extend(matters(count));
        }
        Role::Curator => {
            let since = today.checked_sub_days(NEWS).unwrap_or(today);
            let places = here(Permission::ReadCouncil);
            let count = council::fresh_decisions(reader, &places, me, since).await?;
            let words = ["решение совета за месяц", "решения совета за месяц", "решений совета за месяц"];
            section.number("/council#decided", count, words);
        }
        _ => {}
    }
    Ok(())
}

fn opinions(count: u64) -> Option<Todo> {
    let verb = russian::choose(count, "ждёт", "ждут", "ждут");
    let text = format!("Дайте заключение: {} {verb}", russian::count(count, "пара", "пары", "пар"));
    let why = "Пока приказ не подписан, ваш вывод помогает куратору и совету";
    (count > 0).then(|| Todo::new(text, "/opinions", "Открыть").why(why).term("до приказа", Tone::Wait))
}

fn matters(count: u64) -> Option<Todo> {
    let verb = russian::choose(count, "ждёт решения", "ждут решения", "ждут решения");
    let text =
        format!("Назначьте заседание: {} {verb}", russian::count(count, "вопрос", "вопроса", "вопросов"));
    (count > 0)
        .then(|| Todo::new(text, "/council", "Открыть").why("Повестка составится из вопросов, которые ждут"))
}
