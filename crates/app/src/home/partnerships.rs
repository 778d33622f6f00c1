//! Agreements of cooperation that end soon.

use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian;

use super::Seat;
use super::line::{Section, Todo};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::partnerships;

/// What the curator and the director of either party are to look at.
pub(super) async fn add(seat: &Seat<'_>, section: &mut Section) -> Outcome<()> {
    let reach = seat.actor.reach(Permission::ReadAgreements);
    let soon = partnerships::ending_soon(seat.ctx.app().db.reader(), &reach, seat.ctx.today).await? as u64;
    if soon == 0 {
        return Ok(());
    }
    let count = russian::count(soon, "договор", "договора", "договоров");
    let text = format!("Продлите или дайте закончиться: {count} о сотрудничестве");
    let why = "Пара с наставником другой организации стоит на таком договоре (п. 4.1.1 Положения)";
    let todo = Todo::new(text, "/agreements?state=soon", "Открыть").why(why);
    section.todos.push(todo.term("в ближайшие 30 дней", Tone::Wait));
    Ok(())
}
