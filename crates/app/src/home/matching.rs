//! Who waits for a mentor in the city: the department may look for pairs across organizations (п. 4.2, этап 5).

use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian;

use super::Seat;
use super::line::Todo;
use crate::bank::{self, Names};
use crate::kernel::errors::Outcome;

/// «3 педагога ждут наставника: подберите пары».
pub(super) async fn todo(seat: &Seat<'_>) -> Outcome<Option<Todo>> {
    let reach = seat.actor.reach(Permission::RunMatching);
    let reader = seat.ctx.app().db.reader();
    let (waiting, _) = bank::waiting(reader, &reach, Names::Shown, seat.ctx.today).await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let count = waiting.len() as u64;
    let verb = russian::choose(count, "ждёт", "ждут", "ждут");
    let people = russian::count(count, "педагог", "педагога", "педагогов");
    let why = "Подбор по всему городу покажет, кому поможет наставник из другой организации";
    Ok(Some(
        Todo::new(format!("{people} {verb} наставника: подберите пары"), "/matching", "Подобрать").why(why),
    ))
}
