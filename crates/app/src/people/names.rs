//! Case forms of a name typed by hand: they win over the rules in every paper.

use askama::Template;
use nastavnik_domain::russian::{Case, NameForms, decline_full};
use uuid::Uuid;

use super::card;
use super::edit::stale_words;
use super::front::forms as stored;
use super::history::{Facts, entry};
use super::store;
use super::visible::VisiblePerson;
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::Layout;
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "people/name_forms.html")]
struct NamesPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    href: String,
    version: i64,
    nominative: String,
    cases: Vec<CaseLine>,
}

/// One of the five oblique cases.
struct CaseLine {
    name: &'static str,
    label: String,
    hint: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let seen = card::editable(&ctx, ctx.app().db.reader(), id).await?;
    let known = stored(seen.person.name_forms.as_deref())?.unwrap_or_default();
    let form = oblique()
        .fold(Form::blank(), |form, case| form.with(case.code(), known.get(case).unwrap_or_default()));
    page(&names_page(&ctx, form, &seen).await?)
}

pub(super) async fn update(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let seen = card::editable(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let typed = read(&mut form, &seen);
    if !form.is_valid() {
        return again(&names_page(&ctx, form, &seen).await?);
    }
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", id).await?;
    let seen = card::editable(&ctx, change.tx(), id).await?;
    if form.text("version") != seen.person.version.to_string() {
        form.error(Case::Genitive.code(), stale_words(change.tx(), &seen).await?);
        drop(change);
        return again(&names_page(&ctx, form, &seen).await?);
    }
    let known = stored(seen.person.name_forms.as_deref())?.unwrap_or_default();
    let facts = oblique().fold(Facts::default(), |facts, case| {
        facts.with(case.title(), known.get(case).unwrap_or_default(), typed.get(case).unwrap_or_default())
    });
    if facts.changes.is_empty() {
        return change.finish(&seen.person.href(), "Ничего не изменилось").await;
    }
    let text = if typed.is_empty() { None } else { Some(serde_json::to_string(&typed)?) };
    store::set_name_forms(change.tx(), id, text).await?;
    let organization = seen.home.first().map(|place| place.organization.0);
    change.journal(entry("name_forms_changed", id, organization, &facts)).await?;
    change.finish(&seen.person.href(), "Формы имени сохранены").await
}

fn oblique() -> impl Iterator<Item = Case> {
    Case::ALL.into_iter().filter(|case| *case != Case::Nominative)
}

/// Each form is checked alone, so that each mistake stands at its field. A form that repeats the rule is not
/// kept: the rule may get better.
fn read(form: &mut Form, seen: &VisiblePerson) -> NameForms {
    let (name, gender) = (seen.person.name(), seen.person.gender());
    let mut typed = NameForms::default();
    for case in oblique() {
        let Some(text) = form.optional_text(case.code(), case.title(), 200) else { continue };
        let mut alone = NameForms::default();
        alone.set(case, &text);
        if let Err(error) = alone.check(&name) {
            form.error(case.code(), error.to_string());
        } else if text != decline_full(&name, gender, case, None) {
            typed.set(case, &text);
        }
    }
    typed
}

async fn names_page(ctx: &Ctx, form: Form, seen: &VisiblePerson) -> Outcome<NamesPage> {
    let (name, gender) = (seen.person.name(), seen.person.gender());
    let line = |case: Case| CaseLine {
        name: case.code(),
        label: format!("{} ({})", capital(case.title()), case.question()),
        hint: format!("По правилам: {}", decline_full(&name, gender, case, None)),
    };
    Ok(NamesPage {
        layout: card::layout(ctx, seen, "Имя по падежам").await?,
        form,
        form_key: ids::form_key(),
        href: seen.person.href(),
        version: seen.person.version,
        nominative: name.full(),
        cases: oblique().map(line).collect(),
    })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
