//! Personal papers of a pair: the mentor's consent, mentees' agreements, the supplementary agreement.

use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::document::{Facts, PaperKind};
use super::issue::{self, Maker, Order};
use super::{export, rules};
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs::{self, Case, Participant};

/// What is asked for, readable.
struct Wish {
    kind: PaperKind,
    person: Option<Uuid>,
    dated_on: chrono::NaiveDate,
}

pub(super) async fn create(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadPairs);
    let case = pairs::visible_case(reader, &reach, ctx.actor().person.0, id, ctx.today).await?;
    let case = case.ok_or(AppError::NotFound)?;
    ctx.require(Permission::RecordPapers, &case.pair.place())?;
    let mut form = submitted.form.clone();
    let Some(wish) = wish(&mut form, &case, ctx.today) else {
        return pairs::card_again(&ctx, case, form).await;
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let fresh = pairs::cases_by_ids(change.tx(), &[id], ctx.today).await?.pop().ok_or(AppError::NotFound)?;
    if let Some(refusal) = rules::issue_refusal(&fresh, wish.kind, wish.person) {
        form.error("kind", refusal);
    }
    let Some(maker) = maker(change.tx(), &fresh, &wish, &mut form).await?.filter(|_| form.is_valid()) else {
        drop(change);
        return pairs::card_again(&ctx, fresh, form).await;
    };
    print(&ctx, &change, &fresh, &maker, &wish).await?;
    let notice = format!("{} выпущено. Распечатайте, подпишите и отметьте подпись", wish.kind.title());
    change.finish(&format!("/pairs/{id}#papers"), &notice).await
}

fn wish(form: &mut Form, case: &Case, today: chrono::NaiveDate) -> Option<Wish> {
    let kind = PaperKind::from_code(form.text("kind")).filter(|kind| kind.is_personal());
    let dated_on = form.required_date("dated_on", "Дата документа");
    let person = match kind {
        Some(PaperKind::MenteeAgreement) => form.required_uuid("person", "Наставляемый"),
        Some(_) => Some(case.pair.mentor.person),
        None => None,
    };
    if kind.is_none() {
        form.error("kind", "Такого документа у пары нет. Обновите страницу и выберите снова.");
    }
    let is_own = person.is_some_and(|person| case.pair.has(person) || case.pair.joins(person).is_some());
    if kind.is_some() && person.is_some() && !is_own {
        form.error("person", "Этого человека нет в паре. Обновите страницу и выберите снова.");
    }
    if let Some(refusal) = dated_on.and_then(|day| rules::date_refusal(day, today)) {
        form.error("dated_on", refusal);
    }
    form.is_valid().then_some(())?;
    Some(Wish { kind: kind?, person, dated_on: dated_on? })
}

/// Consents and agreements go to the head of the organization where their author works.
async fn maker(
    connection: &impl ConnectionTrait,
    case: &Case,
    wish: &Wish,
    form: &mut Form,
) -> Outcome<Option<Maker>> {
    let organization = match wish.kind {
        PaperKind::MenteeAgreement => case.pair.organization,
        _ => case.pair.mentor.organization,
    };
    let maker = issue::maker(connection, organization, wish.dated_on).await?;
    if maker.is_none() {
        form.error("kind", issue::NO_DIRECTOR);
    }
    Ok(maker)
}

async fn print(ctx: &Ctx, change: &Change, case: &Case, maker: &Maker, wish: &Wish) -> anyhow::Result<Uuid> {
    let pair = &case.pair;
    let facts = match wish.kind {
        PaperKind::SupplementaryAgreement => {
            Facts::Agreement { pay: export::gate_pay(pair.pay.as_ref()), covers: pair.period }
        }
        _ => Facts::Nothing,
    };
    let order = Order {
        organization: pair.organization,
        kind: wish.kind,
        dated_on: wish.dated_on,
        person: wish.person,
        facts,
        mentorships: vec![pair.id],
    };
    let app = ctx.app();
    match wish.kind {
        PaperKind::MenteeAgreement => {
            let own = |mentee: &&Participant| Some(mentee.person) == wish.person;
            let newcomer = pair.joining.iter().map(|joining| &joining.mentee);
            let mentee = pair.mentees.iter().chain(newcomer).find(own);
            let mentee = mentee.ok_or_else(|| anyhow::anyhow!("нет такого наставляемого"))?;
            issue::issue(app, change, order, |with| Ok(export::mentee_agreement(pair, mentee, maker, with)))
                .await
        }
        PaperKind::SupplementaryAgreement => {
            issue::issue(app, change, order, |with| Ok(export::supplementary_agreement(pair, maker, with)))
                .await
        }
        _ => issue::issue(app, change, order, |with| Ok(export::mentor_consent(pair, maker, with))).await,
    }
}
