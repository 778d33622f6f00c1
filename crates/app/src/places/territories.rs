//! Regions and municipalities: name, authority, time zone, color and emblem (A1, J5).

use askama::Template;
use nastavnik_domain::organization::TerritoryLevel;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::search_key;
use serde::Serialize;
use uuid::Uuid;

use super::store::{self, Look, Territory};
use super::{add, emblem, stale};
use crate::kernel::audit::Entry;
use crate::kernel::brand::brand_css;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "places/territory.html")]
struct TerritoryPage {
    layout: Layout,
    row: Territory,
    form: Form,
    form_key: Uuid,
    zones: Vec<Choice>,
    emblem_url: Option<String>,
}

#[derive(Template)]
#[template(path = "places/new_territory.html")]
struct NewTerritoryPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    parents: Vec<Choice>,
}

/// What was typed, checked.
#[derive(Serialize)]
struct Typed {
    name: String,
    authority_name: String,
    time_zone: String,
    color: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let row = looked_after(&ctx, ctx.app().db.reader(), id).await?;
    let form = Form::blank()
        .with("name", row.name.clone())
        .with("authority_name", row.authority_name.clone())
        .with("time_zone", row.time_zone.clone())
        .with("color", row.color.clone());
    page(&territory_page(&ctx, form, row).await?)
}

pub(super) async fn update(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let row = looked_after(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let typed = read(&mut form);
    let picture = submitted.file("emblem");
    if let Some(complaint) = picture.and_then(|file| emblem::complaint(&file.content)) {
        form.error("emblem", complaint);
    }
    let (Some(typed), true) = (typed, form.is_valid()) else {
        return again(&territory_page(&ctx, form, row).await?);
    };
    // The file is kept before the transaction: writing to the disk must not hold other writers up.
    let kept = match picture {
        Some(file) => Some((emblem::keep(&ctx, file.content.clone()).await?, file.name.clone())),
        None => None,
    };
    let change = ctx.change(&submitted).await?;
    if let Some(parent) = row.parent_id {
        db::lock_row(change.tx(), "territory", parent).await?;
    }
    db::lock_row(change.tx(), "territory", id).await?;
    let row = looked_after(&ctx, change.tx(), id).await?;
    if form.text("version") != row.version.to_string() {
        let zone = row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
        form.error("name", stale::words(change.tx(), id, zone).await?);
    }
    if name_taken(change.tx(), row.parent_id, &typed.name, Some(id)).await? {
        form.error("name", TAKEN);
    }
    if !form.is_valid() {
        drop(change);
        return again(&territory_page(&ctx, form, row).await?);
    }
    let emblem = match kept {
        Some((kept, name)) => Some(emblem::name(&change, &kept, &name).await?),
        None if form.ticked("no_emblem") => None,
        None => row.emblem_id,
    };
    store::update_territory(change.tx(), id, &look(&typed, emblem)).await?;
    let subject = ("territory", Some(id));
    change.journal(Entry { kind: "territory_changed", subject, organization: None, payload: &typed }).await?;
    change.finish(&row.href(), "Изменения сохранены").await
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let asked = ctx.asked("parent").to_owned();
    page(&new_page(&ctx, Form::blank().with("parent", asked)).await?)
}

/// A region under the federation, a municipality under a region.
pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let parents = parents(&ctx).await?;
    let mut form = submitted.form.clone();
    let chosen = form.required_choice("parent", "Куда добавить", &parent_choices(&parents));
    let name = form.required_text("name", "Название", 120);
    let parent = chosen.and_then(|chosen| parents.iter().find(|known| known.id.to_string() == chosen));
    let (Some(parent), Some(name)) = (parent, name) else { return again(&new_page(&ctx, form).await?) };
    let level = match parent.level() {
        TerritoryLevel::Federation => TerritoryLevel::Region,
        _ => TerritoryLevel::Municipality,
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "territory", parent.id).await?;
    if name_taken(change.tx(), Some(parent.id), &name, None).await? {
        drop(change);
        form.error("name", TAKEN);
        return again(&new_page(&ctx, form).await?);
    }
    let id = add::add_territory(change.tx(), Some(parent.id), level.code(), &name).await?;
    let subject = ("territory", Some(id));
    change.journal(Entry { kind: "territory_added", subject, organization: None, payload: &name }).await?;
    let notice = "Территория добавлена. Укажите орган, часовой пояс и оформление";
    change.finish(&format!("/territories/{id}"), notice).await
}

const TAKEN: &str = "Территория с таким названием здесь уже есть. Найдите её в списке или уточните название.";

/// The time zones of Russia from west to east, with the places people know them by.
const ZONES: [(&str, &str); 11] = [
    ("Europe/Kaliningrad", "Калининград (МСК−1)"),
    ("Europe/Moscow", "Москва (МСК)"),
    ("Europe/Samara", "Самара (МСК+1)"),
    ("Asia/Yekaterinburg", "Екатеринбург, Ханты-Мансийск (МСК+2)"),
    ("Asia/Omsk", "Омск (МСК+3)"),
    ("Asia/Krasnoyarsk", "Красноярск, Новосибирск (МСК+4)"),
    ("Asia/Irkutsk", "Иркутск (МСК+5)"),
    ("Asia/Yakutsk", "Якутск (МСК+6)"),
    ("Asia/Vladivostok", "Владивосток (МСК+7)"),
    ("Asia/Magadan", "Магадан (МСК+8)"),
    ("Asia/Kamchatka", "Камчатка (МСК+9)"),
];

fn zones() -> Vec<Choice> {
    ZONES.into_iter().map(|(code, title)| Choice::new(code, title)).collect()
}

fn read(form: &mut Form) -> Option<Typed> {
    let name = form.required_text("name", "Название", 120);
    let authority_name = form.optional_text("authority_name", "Орган", 300).unwrap_or_default();
    let time_zone = form.required_choice("time_zone", "Часовой пояс", &zones());
    let color = form.required_text("color", "Цвет", 9);
    let color = color.and_then(|color| match checked_color(&color) {
        Ok(color) => Some(color),
        Err(complaint) => {
            form.error("color", complaint);
            None
        }
    });
    Some(Typed { name: name?, authority_name, time_zone: time_zone?, color: color? })
}

/// A color is taken only if the styles would show it as it is: one too pale for text is refused, and the
/// nearest one that can be read is named.
fn checked_color(text: &str) -> Result<String, String> {
    let digits = text.trim().trim_start_matches('#').to_lowercase();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err("Цвет пишут так: #17594a — решётка и шесть знаков от 0 до f.".to_owned());
    }
    let asked = format!("#{digits}");
    let css = brand_css(&asked);
    let shown = css.split("--brand:").nth(1).and_then(|rest| rest.get(..7)).unwrap_or_default();
    if shown == asked {
        return Ok(asked);
    }
    Err(format!(
        "Этот цвет слишком бледный: надписи на белом не прочесть (нужна контрастность 4,5 : 1). \
         Ближайший подходящий — {shown}."
    ))
}

fn look(typed: &Typed, emblem: Option<Uuid>) -> Look<'_> {
    Look {
        name: &typed.name,
        authority_name: &typed.authority_name,
        time_zone: &typed.time_zone,
        color: &typed.color,
        emblem,
    }
}

/// The territory, if this person looks after it.
async fn looked_after(ctx: &Ctx, connection: &impl sea_orm::ConnectionTrait, id: Uuid) -> Outcome<Territory> {
    let reach = ctx.reach(Permission::EditOrganizations);
    store::territory(connection, &reach, id).await?.ok_or(AppError::NotFound)
}

async fn name_taken(tx: &db::Tx, parent: Option<Uuid>, name: &str, except: Option<Uuid>) -> Outcome<bool> {
    let Some(parent) = parent else { return Ok(false) };
    let key = search_key(name);
    let siblings = store::names_below(tx, parent).await?;
    Ok(siblings.iter().any(|(id, known)| Some(*id) != except && search_key(known) == key))
}

async fn parents(ctx: &Ctx) -> Outcome<Vec<Territory>> {
    let reach = ctx.reach(Permission::ManageInstallation);
    let mut parents = store::territories(ctx.app().db.reader(), &reach).await?;
    parents.retain(|territory| territory.level() != TerritoryLevel::Municipality);
    parents.sort_by_key(|territory| territory.level() == TerritoryLevel::Region);
    Ok(parents)
}

fn parent_choices(parents: &[Territory]) -> Vec<Choice> {
    let title = |parent: &Territory| match parent.level() {
        TerritoryLevel::Federation => format!("Регион ({})", parent.name),
        _ => format!("Муниципалитет ({})", parent.name),
    };
    parents.iter().map(|parent| Choice::new(parent.id.to_string(), title(parent))).collect()
}

async fn territory_page(ctx: &Ctx, form: Form, row: Territory) -> Outcome<TerritoryPage> {
    let mut layout = ctx.layout(&row.name).await?;
    layout.crumbs.push(Crumb::new("/organizations", "Организации"));
    let emblem_url = row.emblem_id.map(|file| format!("/emblems/{}?file={file}", row.id));
    Ok(TerritoryPage { layout, row, form, form_key: ids::form_key(), zones: zones(), emblem_url })
}

async fn new_page(ctx: &Ctx, form: Form) -> Outcome<NewTerritoryPage> {
    let mut layout = ctx.layout("Новая территория").await?;
    layout.crumbs.push(Crumb::new("/organizations", "Организации"));
    let parents = parent_choices(&parents(ctx).await?);
    Ok(NewTerritoryPage { layout, form, form_key: ids::form_key(), parents })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_exists() {
        for (code, _) in ZONES {
            assert!(code.parse::<chrono_tz::Tz>().is_ok(), "{code}");
        }
    }

    #[test]
    fn a_pale_color_is_refused_and_a_readable_one_named() {
        assert_eq!(checked_color("17594A"), Ok("#17594a".to_owned()));
        assert!(checked_color("зелёный").is_err());
        let complaint = checked_color("#ffee00").unwrap_err();
        let named = &complaint[complaint.find('#').unwrap()..][..7];
        assert_eq!(checked_color(named), Ok(named.to_owned()));
    }
}
