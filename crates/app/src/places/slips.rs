//! Printing login slips: one-time links on paper, for people without e-mail.
//!
//! The secrets exist in memory while the sheet is made and nowhere else: the database keeps fingerprints, the
//! sheet is not stored. So the same form sent again cannot print it again, and says so.

use std::collections::BTreeSet;

use chrono::Duration;
use nastavnik_documents::papers::{LoginSlips, Slip};
use nastavnik_domain::person::FullName;
use serde::Serialize;
use uuid::Uuid;

use super::card;
use super::logins::{self, Worker};
use super::store::{self, Organization};
use crate::kernel::accounts::{self, SLIP_LIFE};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission, attachment};

/// The most slips of one press: a large school has fewer people.
const MOST: usize = 400;

#[derive(Serialize)]
struct Issued<'a> {
    person: Uuid,
    login: &'a str,
}

/// Somebody chosen, ready to be given a slip.
struct Chosen {
    person: Uuid,
    name: FullName,
}

pub(super) async fn issue(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    logins::managed(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    // One sheet of an organization at a time: two curators would kill each other's slips.
    db::lock_row(change.tx(), "organization", id).await?;
    let row = logins::managed(&ctx, change.tx(), id).await?;
    let (workers, _) = logins::people(&ctx, change.tx(), &row).await?;
    let chosen = chosen(&submitted, workers)?;
    let mut slips = Vec::with_capacity(chosen.len());
    for person in &chosen {
        slips.push(slip(&ctx, &change, &row, person).await?);
    }
    let sheet = LoginSlips { organization: row.short_name.clone(), slips, instruction: instruction() };
    let now = change.now();
    let notice = format!(
        "Памятки уже напечатаны, человек: {}. Ссылки из них нигде не хранятся, поэтому тот же лист второй раз \
         не получить. Если файл потерян, отметьте людей и напечатайте новые: прежние перестанут действовать",
        chosen.len()
    );
    // What the first press answers is the sheet; this answer waits for the second press.
    change.finish(&format!("{}/logins", row.href()), &notice).await?;
    let made = tokio::task::spawn_blocking(move || sheet.pdf(now)).await;
    let content = made.map_err(|error| AppError::Internal(error.into()))?;
    let content = content.map_err(|error| AppError::Internal(error.into()))?;
    let name = format!("Памятки для входа {}.pdf", ctx.today.format("%d.%m.%Y"));
    attachment(content, "application/pdf", &name)
}

/// Who was ticked, or everybody without a way in; refused if anybody among them may not be given a slip.
fn chosen(submitted: &Submission, workers: Vec<Worker>) -> Outcome<Vec<Chosen>> {
    let form = &submitted.form;
    let ticked: BTreeSet<&str> = form.data().all("person").collect();
    let everybody = form.ticked("everybody");
    let is_wanted = |worker: &Worker| {
        if everybody {
            return worker.state.waits_for_slip() && worker.refusal.is_none();
        }
        ticked.contains(worker.person.to_string().as_str())
    };
    let wanted: Vec<Worker> = workers.into_iter().filter(is_wanted).collect();
    if wanted.is_empty() || (!everybody && wanted.len() != ticked.len()) {
        return Err(AppError::Conflict(
            "Отмеченных людей в списке нет: никто не отмечен или состав изменился. Откройте страницу заново и \
             отметьте тех, кому нужны памятки"
                .to_owned(),
        ));
    }
    if wanted.iter().any(|worker| worker.refusal.is_some()) {
        return Err(AppError::Forbidden(
            "Среди отмеченных есть человек, которому памятку выдаёт только тот, кто назначает на его роль",
        ));
    }
    if wanted.len() > MOST {
        return Err(AppError::Conflict(format!(
            "За один раз печатается не больше {MOST} памяток. Отметьте часть людей"
        )));
    }
    Ok(wanted.into_iter().map(|worker| Chosen { person: worker.person, name: worker.name }).collect())
}

async fn slip(ctx: &Ctx, change: &Change, row: &Organization, chosen: &Chosen) -> Outcome<Slip> {
    let (account, login) = accounts::ensure(change.tx(), change.now(), chosen.person, &chosen.name).await?;
    store::reopen(change.tx(), account).await?;
    let secret =
        accounts::invite(change.tx(), change.now(), account, Some(change.account()), SLIP_LIFE).await?;
    let subject = ("account", Some(account));
    let payload = Issued { person: chosen.person, login: &login };
    change
        .journal(Entry { kind: "slip_issued", subject, organization: Some(row.id), payload: &payload })
        .await?;
    let until = (change.now() + SLIP_LIFE).with_timezone(&card::zone_of(row)).naive_local();
    Ok(Slip {
        name: chosen.name.full(),
        login,
        link: format!("{}/invitations/{secret}", ctx.app().config.public_url),
        code: None,
        valid_until: until - Duration::seconds(1),
    })
}

fn instruction() -> [String; 3] {
    [
        "Наведите камеру телефона на код или наберите адрес в браузере.".to_owned(),
        "Придумайте пароль и никому его не говорите: дальше вы входите с ним и с именем для входа."
            .to_owned(),
        "Памятка действует один раз. Если она не сработала, попросите у куратора новую.".to_owned(),
    ]
}
