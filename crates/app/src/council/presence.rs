//! Who has come to a sitting, who leads it, who keeps its minutes.

use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::agenda::Hall;
use super::{sitting, store};
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};

/// Marks who is there. It may be marked again until the sitting is closed; votes are checked against it then.
pub(super) async fn record(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let hall = Hall::load(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::HoldCouncil, &hall.sitting.place)?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "council_sitting", id).await?;
    let hall = Hall::load(&ctx, change.tx(), id).await?;
    if !hall.is_open() {
        return Err(sitting::over());
    }
    let mut form = submitted.form.clone();
    let Some(marked) = read(&mut form, &hall, &ctx) else {
        drop(change);
        return sitting::again_with(&ctx, hall, form).await;
    };
    let seats: Vec<(Uuid, bool)> = hall
        .seats
        .iter()
        .map(|chair| (chair.member.person, marked.present.contains(&chair.member.person)))
        .collect();
    let officers = (marked.chair, marked.secretary);
    if !store::set_presence(&change, (id, marked.version), &seats, officers).await? {
        return Err(sitting::stale());
    }
    change.finish(&format!("/council/sittings/{id}#agenda"), "Присутствие отмечено").await
}

struct Marked {
    present: Vec<Uuid>,
    chair: Uuid,
    secretary: Uuid,
    version: i64,
}

fn read(form: &mut Form, hall: &Hall, ctx: &Ctx) -> Option<Marked> {
    let members = sitting::members(hall);
    let present = form.choices("present", "Кто присутствует", &members);
    if present.is_empty() {
        form.error("present", "Отметьте, кто пришёл на заседание.");
    }
    if hall.sitting.held_on > ctx.today {
        form.error("present", "День заседания ещё не наступил: отметить присутствующих можно будет тогда.");
    }
    let chair = form.required_choice("chair", "Председательствует", &members);
    let secretary = form.required_choice("secretary", "Ведёт протокол", &members);
    for (name, person) in [("chair", &chair), ("secretary", &secretary)] {
        if person.as_ref().is_some_and(|person| !present.contains(person)) {
            form.error(name, "Этот член совета не отмечен среди присутствующих. Выберите того, кто пришёл.");
        }
    }
    let version = form.required_integer("version", "Версия страницы", 0..=i64::MAX);
    form.is_valid().then_some(())?;
    Some(Marked {
        present: present.iter().filter_map(|id| id.parse().ok()).collect(),
        chair: chair?.parse().ok()?,
        secretary: secretary?.parse().ok()?,
        version: version?,
    })
}
