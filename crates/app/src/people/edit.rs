//! Changes of a person.

use askama::Template;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::card;
use super::fields::{educations, genders, person_changes, person_form, read_person};
use super::history::{self, entry};
use super::store;
use super::visible::VisiblePerson;
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::Layout;
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "people/edit.html")]
struct EditPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    href: String,
    version: i64,
    genders: Vec<Choice>,
    educations: Vec<Choice>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let seen = card::editable(&ctx, ctx.app().db.reader(), id).await?;
    page(&edit_page(&ctx, person_form(&seen.person), &seen).await?)
}

pub(super) async fn update(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let seen = card::editable(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let Some(typed) = read_person(&mut form, Some(&seen.person), ctx.today) else {
        return again(&edit_page(&ctx, form, &seen).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", id).await?;
    let seen = card::editable(&ctx, change.tx(), id).await?;
    if form.text("version") != seen.person.version.to_string() {
        form.error("surname", stale_words(change.tx(), &seen).await?);
        drop(change);
        return again(&edit_page(&ctx, form, &seen).await?);
    }
    let facts = person_changes(&seen.person, &typed);
    if facts.changes.is_empty() {
        return change.finish(&seen.person.href(), "Ничего не изменилось").await;
    }
    store::update_person(change.tx(), id, &typed).await?;
    let mut notice = "Изменения сохранены";
    if seen.person.name_forms.is_some() && seen.person.name() != typed.name {
        // Forms of the former name would stand in orders under the new one.
        store::set_name_forms(change.tx(), id, None).await?;
        notice =
            "Изменения сохранены. Формы имени по падежам, введённые вручную, убраны: проверьте их заново";
    }
    let organization = seen.home.first().map(|place| place.organization.0);
    change.journal(entry("person_changed", id, organization, &facts)).await?;
    change.finish(&seen.person.href(), notice).await
}

/// Who was first, and that nothing typed is lost.
pub(super) async fn stale_words(connection: &impl ConnectionTrait, seen: &VisiblePerson) -> Outcome<String> {
    let last = store::events(connection, seen.id.0, 1).await?;
    let who = last.first().map_or_else(
        || "имя не записано".to_owned(),
        |row| format!("{} ({})", history::who(row), history::moment(row.at, card::zone(seen))),
    );
    Ok(format!(
        "Пока вы правили, карточку сохранил другой человек: {who}. Введённое вами осталось в форме: сверьте его и сохраните \
         ещё раз, чтобы записать поверх."
    ))
}

async fn edit_page(ctx: &Ctx, form: Form, seen: &VisiblePerson) -> Outcome<EditPage> {
    Ok(EditPage {
        layout: card::layout(ctx, seen, "Изменить сведения").await?,
        form,
        form_key: ids::form_key(),
        href: seen.person.href(),
        version: seen.person.version,
        genders: genders(),
        educations: educations(),
    })
}

/// Organizations in which the one who asks may employ people.
pub(super) async fn employers(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<Vec<Choice>> {
    let reach = ctx.reach(Permission::EditStaff);
    let mut places = store::list::places(connection, &reach).await?;
    places.sort_by_cached_key(|place| super::words::natural_key(&place.short_name));
    Ok(places.into_iter().map(|place| Choice::new(place.id.to_string(), place.short_name)).collect())
}

/// The choice if there is only one: nobody should have to choose it.
pub(super) fn only(choices: &[Choice]) -> String {
    match choices {
        [only] => only.value.clone(),
        _ => String::new(),
    }
}
