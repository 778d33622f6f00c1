//! The consents of one person in one organization: what stands, what was, the paper that has come in.

use askama::Template;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::list;
use super::rules::texts;
use super::store::{self, ConsentRow, PersonRow};
use super::view::{self, State};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files;
use crate::kernel::filters::short_date;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, attachment, page};

#[derive(Template)]
#[template(path = "consents/person.html")]
pub(super) struct PersonPage {
    layout: Layout,
    person: PersonRow,
    position: String,
    states: Vec<Line>,
    past: Vec<String>,
    /// A paper that has come in.
    receipt: Form,
    /// An application that takes a consent back.
    withdrawal: Form,
    kinds: Vec<Choice>,
    may_record: bool,
}

/// One consent with what may be done about it.
struct Line {
    state: State,
    /// What withdrawing it leads to.
    consequence: String,
    /// The consent that may be withdrawn, and whether it has a scan.
    id: Option<Uuid>,
    scan: bool,
}

pub(super) async fn show(ctx: Ctx, Path(person): Path<Uuid>) -> Outcome {
    let organization = ctx.asked("organization").parse().ok();
    let found = visible(&ctx, ctx.app().db.reader(), person, organization).await?;
    page(&person_page(&ctx, found, Form::blank(), Form::blank()).await?)
}

/// The person in an organization within reach.
pub(super) async fn visible(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Option<Uuid>,
) -> Outcome<PersonRow> {
    let reach = ctx.reach(Permission::ReadConsents);
    store::visible(connection, &reach, person, organization).await?.ok_or(AppError::NotFound)
}

/// The consent, if it was given to an organization within reach.
pub(super) async fn visible_consent(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Outcome<ConsentRow> {
    let found = store::consent(connection, id).await?.ok_or(AppError::NotFound)?;
    if !ctx.reach(Permission::ReadConsents).covers(&found.place()) {
        return Err(AppError::NotFound);
    }
    Ok(found)
}

/// The signed paper is seen by those who may read consents there, and by nobody else.
pub(super) async fn scan(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let consent = visible_consent(&ctx, reader, id).await?;
    let file = files::find(reader, consent.scan_id.ok_or(AppError::NotFound)?).await?;
    let file = file.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&file.sha256).await?;
    attachment(content, &file.media_type, &file.name)
}

pub(super) async fn person_page(
    ctx: &Ctx,
    person: PersonRow,
    receipt: Form,
    withdrawal: Form,
) -> Outcome<PersonPage> {
    let (id, organization) = (person.person_id, person.organization_id);
    let rows = store::consents_of(ctx.app().db.reader(), &[id], Some(organization)).await?;
    let states = view::states(&rows, id, organization, ctx.today);
    let mut layout = ctx.layout(&person.name().full()).await?;
    layout.crumbs = vec![Crumb::new(list::PATH, "Согласия")];
    let past = rows.iter().filter(|row| row.withdrawn_on().is_some() || row.replaced_at.is_some());
    let missing = states.iter().filter(|state| !state.is_in_force()).map(|state| state.kind);
    let receipt = match (receipt.data().pairs().is_empty(), missing.collect::<Vec<Kind>>().as_slice()) {
        (true, [first, ..]) => receipt.with("kind", first.code()),
        _ => receipt,
    };
    Ok(PersonPage {
        layout,
        past: past.map(past_words).collect(),
        states: states.into_iter().map(|state| line(state, ctx)).collect::<Outcome<_>>()?,
        receipt,
        withdrawal,
        kinds: list::kind_choices(),
        may_record: ctx.actor().may_at(Permission::RecordConsents, &person.place()),
        position: person.position.clone().unwrap_or_default(),
        person,
    })
}

fn line(state: State, ctx: &Ctx) -> Outcome<Line> {
    let live = state.live();
    let text = texts()?.on(state.kind, ctx.today);
    Ok(Line {
        consequence: text.map_or_else(String::new, |text| {
            format!("Отзыв подействует сразу. Человеку об этом сказано так: {}", text.after_withdrawal)
        }),
        id: live.map(|row| row.id),
        scan: state.row.as_ref().is_some_and(|row| row.scan_id.is_some()),
        state,
    })
}

fn past_words(row: &ConsentRow) -> String {
    let kind = row.kind();
    let given = short_date(row.given_on);
    let version = &row.text_version;
    match row.withdrawn_on() {
        Some(day) => {
            format!("{}: дано {given} (текст {version}), отозвано {}", kind.short(), short_date(day))
        }
        None => format!("{}: дано {given} (текст {version}), заменено новым", kind.short()),
    }
}

impl PersonPage {
    /// A new key for each form of the page.
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
