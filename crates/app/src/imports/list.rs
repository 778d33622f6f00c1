//! All loads within reach, and the form that begins one.

use askama::Template;
use nastavnik_domain::policy::{Permission, Reach};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::reading;
use super::store::{self, Load, NewLoad};
use super::work::Source;
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files::{self, Allowed, FileError, Kept};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Layout, Listing};
use crate::kernel::web::{Ctx, Submission, Upload, again, page};

const PER_PAGE: u64 = 30;
const FILE: &str = "list";
const OWNER: &str = "owner";

#[derive(Template)]
#[template(path = "imports/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    loads: Vec<Load>,
    form: Form,
    form_key: Uuid,
    owners: Vec<Choice>,
}

/// Whose list is loaded.
struct Owner {
    code: String,
    title: String,
    territory: Uuid,
    organization: Option<Uuid>,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let owners = owners(&ctx).await?;
    page(&list_page(&ctx, Form::blank(), &owners).await?)
}

pub(super) async fn upload(ctx: Ctx, mut submitted: Submission) -> Outcome {
    let owners = owners(&ctx).await?;
    let mut form = submitted.form.clone();
    let owner = chosen_owner(&mut form, &owners);
    let chosen = submitted.files.iter().position(|file| file.field == FILE);
    let file = chosen.map(|place| submitted.files.swap_remove(place));
    let file = file.filter(|file| !(file.name.is_empty() && file.content.is_empty()));
    let Some(file) = file else {
        form.error(FILE, "Выберите файл со списком.");
        return again(&list_page(&ctx, form, &owners).await?);
    };
    let Some(owner) = owner else {
        return again(&list_page(&ctx, form, &owners).await?);
    };
    let name = file.name.clone();
    let kept = match keep(&ctx, file).await? {
        Ok(kept) => kept,
        Err(problem) => {
            form.error(FILE, problem);
            return again(&list_page(&ctx, form, &owners).await?);
        }
    };
    begin(&ctx, &submitted, owner, (&kept, &name)).await
}

/// Checks the file and keeps it. What is wrong with it is a sentence for its field.
async fn keep(ctx: &Ctx, file: Upload) -> Outcome<Result<Kept, String>> {
    let content = file.content;
    let checked = tokio::task::spawn_blocking(move || {
        let verdict = reading::check(&content, &Source::Upload.limits());
        (content, verdict)
    });
    let (content, verdict) = checked.await.map_err(|error| AppError::Internal(error.into()))?;
    if let Err(problem) = verdict {
        return Ok(Err(problem.to_string()));
    }
    match ctx.app().files.keep(content, Allowed::Spreadsheet).await {
        Ok(kept) => Ok(Ok(kept)),
        Err(FileError::Io(error)) => Err(AppError::Internal(error.into())),
        Err(problem) => Ok(Err(problem.to_string())),
    }
}

async fn begin(ctx: &Ctx, submitted: &Submission, owner: &Owner, file: (&Kept, &str)) -> Outcome {
    #[derive(Serialize)]
    struct Begun<'a> {
        file: &'a str,
        owner: &'a str,
    }
    let change = ctx.change(submitted).await?;
    let account = Some(change.account());
    let file_id =
        files::name(change.tx(), change.now(), file.0, file.1, (owner.organization, account)).await?;
    let new = NewLoad {
        file: file_id,
        territory: owner.territory,
        organization: owner.organization,
        reach: reach_code(&ctx.reach(Permission::ImportStaff), owner.territory),
        created_by: account,
    };
    let id = store::insert(change.tx(), change.now(), &new).await?;
    change.enqueue(super::READ, id, &()).await?;
    let payload = Begun { file: file.1, owner: &owner.title };
    let subject = ("staff_import", Some(id));
    let entry = Entry { kind: "import_begun", subject, organization: owner.organization, payload: &payload };
    change.journal(entry).await?;
    change.finish(&format!("/imports/{id}"), "Файл принят. В системе пока ничего не изменилось").await
}

/// Whose people the list may meet.
fn reach_code(reach: &Reach, territory: Uuid) -> &'static str {
    if reach.everywhere {
        return "everywhere";
    }
    if reach.municipalities.iter().any(|id| id.0 == territory) { "municipality" } else { "organization" }
}

/// One owner needs no choice; of several one must be chosen.
fn chosen_owner<'a>(form: &mut Form, owners: &'a [Owner]) -> Option<&'a Owner> {
    if let [only] = owners {
        return Some(only);
    }
    let code = form.required_choice(OWNER, "Чей это список", &choices(owners))?;
    owners.iter().find(|owner| owner.code == code)
}

fn choices(owners: &[Owner]) -> Vec<Choice> {
    owners.iter().map(|owner| Choice::new(owner.code.clone(), owner.title.clone())).collect()
}

async fn owners(ctx: &Ctx) -> Outcome<Vec<Owner>> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ImportStaff);
    let mut owners = municipal_owners(reader, &reach).await?;
    for place in store::places_within(reader, &reach).await? {
        owners.push(Owner {
            code: format!("organization:{}", place.id),
            title: place.short_name,
            territory: place.territory_id,
            organization: Some(place.id),
        });
    }
    if owners.is_empty() { Err(AppError::NotFound) } else { Ok(owners) }
}

async fn municipal_owners(reader: &impl ConnectionTrait, reach: &Reach) -> Outcome<Vec<Owner>> {
    let municipalities = store::municipalities(reader, reach).await?;
    let is_only = municipalities.len() == 1;
    let owner = |municipality: store::Municipality| Owner {
        code: format!("territory:{}", municipality.id),
        title: if is_only {
            "Организации названы в файле".to_owned()
        } else {
            format!("Организации названы в файле: {}", municipality.name)
        },
        territory: municipality.id,
        organization: None,
    };
    Ok(municipalities.into_iter().map(owner).collect())
}

async fn list_page(ctx: &Ctx, form: Form, owners: &[Owner]) -> Outcome<ListPage> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ImportStaff);
    let total = store::count(reader, &reach).await?;
    let list = Listing::new("/imports", &ctx.visit.query, PER_PAGE, total);
    let loads = store::listed(reader, &reach, list.offset(), list.per_page()).await?;
    let form = match owners.first() {
        Some(first) if form.text(OWNER).is_empty() => form.with(OWNER, first.code.clone()),
        _ => form,
    };
    Ok(ListPage {
        layout: ctx.layout("Загрузка списков").await?,
        list,
        loads,
        form,
        form_key: ids::form_key(),
        owners: choices(owners),
    })
}
