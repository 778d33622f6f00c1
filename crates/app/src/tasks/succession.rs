//! A mentor is replaced: what is left to do goes over to the next one (decision 0027), and the mentee hands over what was
//! already made.

use std::collections::BTreeMap;

use nastavnik_domain::ids::PersonId;
use nastavnik_domain::task::{Deed, Event, Product, Recorded, Successor, taken_over};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::act;
use super::rules::Terms;
use super::store::{self, Held};
use crate::kernel::accounts;
use crate::kernel::change::Change;
use crate::kernel::clock;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs::{self, Case};

/// Carries tasks that are neither accepted nor called off into another pair that goes on with the work of this one: what is
/// asked, by when, where it stood. Nothing that was said or handed in goes along. `lines` leads from lines of the former
/// program to those of the new one.
pub async fn transfer(
    change: &Change,
    from_pair: Uuid,
    to_pair: Uuid,
    lines: BTreeMap<Uuid, Uuid>,
) -> Outcome<()> {
    let waiting = store::waiting_ids(change.tx(), from_pair).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let day = change.now().date_naive();
    let case = pairs::cases_by_ids(change.tx(), &[to_pair], day).await?.pop().ok_or(AppError::NotFound)?;
    let by = accounts::person_of(change.tx(), change.account()).await?.ok_or(AppError::NotFound)?;
    let next = successor(change, &case, lines).await?;
    for id in waiting {
        let Some(held) = store::locked(change.tx(), from_pair, id).await? else { continue };
        let Some(event) = taken_over(id, &held.task, &next) else { continue };
        act::begin(change, &case, &Recorded { by: PersonId(by), at: change.now(), event }).await?;
    }
    Ok(())
}

async fn successor(change: &Change, case: &Case, lines: BTreeMap<Uuid, Uuid>) -> Outcome<Successor> {
    let school = pairs::school(change.tx(), case.pair.organization).await?.ok_or(AppError::NotFound)?;
    let from = case.pair.period.from().max(clock::local_day(change.now(), school.zone()));
    Ok(Successor {
        mentor: PersonId(case.pair.mentor.person),
        mentees: case.pair.staying().map(|one| PersonId(one.person)).collect(),
        lines,
        from,
        last: case.last_day(),
        usual: Terms::on(from)?.usual(case.last_day())?,
    })
}

/// What the mentee has handed in to the former mentor and nobody has checked, with the address of the task that holds it.
/// It is the mentee's own: whoever asks has made sure that the reader is that mentee.
pub(super) async fn unchecked(
    connection: &impl ConnectionTrait,
    held: &Held,
) -> Outcome<Option<(String, Product)>> {
    let Some(former) = held.task.former.and_then(|former| former.unchecked) else { return Ok(None) };
    if !held.task.products.is_empty() {
        return Ok(None);
    }
    let Some(former) = store::held_anywhere(connection, former).await? else { return Ok(None) };
    let last = former.task.products.last().map(|handed_in| handed_in.product.clone());
    Ok(last.map(|product| (format!("/pairs/{}/tasks/{}", former.pair, former.id), product)))
}

/// The mentee hands the same work to the next mentor.
pub(super) async fn hand_over(
    ctx: Ctx,
    Path((pair, id)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    let (case, held) = act::open_for(&ctx, (pair, id), Deed::HandIn, &submitted).await?;
    let change = ctx.change(&submitted).await?;
    let Some((_, product)) = unchecked(change.tx(), &held).await? else {
        return Err(AppError::Conflict(
            "У прежнего наставника этой работы нет. Сдайте её: словами, ссылкой или файлом".to_owned(),
        ));
    };
    let file = product.file.as_ref().map(|file| file.id);
    act::act(&ctx, &change, (&case, id), &submitted, (Event::HandedIn { product }, file)).await?;
    change
        .finish(&format!("/pairs/{pair}/tasks/{id}"), "Работа передана. Новый наставник увидит её на главной")
        .await
}
