//! The list of organizations as the tree it is: region, municipality, organizations.

use askama::Template;
use nastavnik_domain::organization::{OrganizationKind, TerritoryLevel};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::sort_key;
use uuid::Uuid;

use super::store::{self, Filter, Organization, Shelf, Territory};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::listing::Direction;
use crate::kernel::page::{Layout, Listing};
use crate::kernel::web::{Ctx, page};

const PER_PAGE: u64 = 100;

#[derive(Template)]
#[template(path = "places/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    groups: Vec<Group>,
    kinds: Vec<Choice>,
    municipalities: Vec<Choice>,
    shelves: Vec<Choice>,
    /// More than one region is visible, so each municipality says which is its.
    many_regions: bool,
    may_add: bool,
    may_add_territories: bool,
    /// Territories without organizations: otherwise nothing would lead to them.
    bare: Vec<Territory>,
}

/// Organizations of one territory.
struct Group {
    id: Uuid,
    name: String,
    region: String,
    may_edit: bool,
    rows: Vec<Organization>,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let rows = found(&ctx).await?;
    let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let list = Listing::new("/organizations", &ctx.visit.query, PER_PAGE, total);
    let reach = ctx.reach(Permission::ReadOrganizations);
    let everything = Filter { shelf: Shelf::Both, ..Filter::default() };
    let all = store::listed(ctx.app().db.reader(), &reach, &everything, ctx.today).await?;
    let edited = edited_territories(&ctx).await?;
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(list.per_page()).unwrap_or(usize::MAX);
    let groups = grouped(rows.into_iter().skip(skip).take(take), &edited);
    let mut regions: Vec<Uuid> = all.iter().map(|row| row.region_id).collect();
    regions.sort_unstable();
    regions.dedup();
    let asked_for_less = list.is_filtered() || list.page() > 1;
    let bare = edited.into_iter().filter(|territory| {
        territory.organizations == 0 && territory.level() != TerritoryLevel::Federation && !asked_for_less
    });
    let bare = bare.collect();
    page(&ListPage {
        layout: ctx.layout("Организации").await?,
        list,
        groups,
        kinds: kinds_of(&all),
        municipalities: municipalities_of(&all),
        shelves: vec![Choice::new("archive", "В архиве"), Choice::new("both", "Все")],
        many_regions: regions.len() > 1,
        may_add: ctx.actor().may_somewhere(Permission::EditOrganizations),
        may_add_territories: ctx.actor().may_somewhere(Permission::ManageInstallation),
        bare,
    })
}

/// All rows that the address asks for, in its order.
pub(super) async fn found(ctx: &Ctx) -> Outcome<Vec<Organization>> {
    let filter = Filter {
        text: ctx.asked("q"),
        kind: OrganizationKind::from_code(ctx.asked("kind")),
        territory: ctx.asked("territory").parse().ok(),
        shelf: match ctx.asked("shelf") {
            "archive" => Shelf::Archive,
            "both" => Shelf::Both,
            _ => Shelf::Working,
        },
    };
    let reach = ctx.reach(Permission::ReadOrganizations);
    let mut rows = store::listed(ctx.app().db.reader(), &reach, &filter, ctx.today).await?;
    order(&mut rows, ctx.asked("sort"));
    Ok(rows)
}

async fn edited_territories(ctx: &Ctx) -> Outcome<Vec<Territory>> {
    let reach = ctx.reach(Permission::EditOrganizations);
    Ok(store::territories(ctx.app().db.reader(), &reach).await?)
}

/// Within each territory by what is asked; territories by name, those of the region itself last.
fn order(rows: &mut [Organization], asked: &str) {
    let (key, direction) = match asked.strip_prefix('-') {
        Some(key) => (key, Direction::Descending),
        None => (asked, Direction::Ascending),
    };
    rows.sort_by_cached_key(|row| natural_key(&row.short_name));
    match key {
        "kind" => rows.sort_by_key(|row| row.kind().title()),
        "workers" => rows.sort_by_key(|row| row.workers),
        _ => {}
    }
    if direction == Direction::Descending {
        rows.reverse();
    }
    rows.sort_by_cached_key(|row| {
        let regional = row.territory_id == row.region_id;
        (sort_key(&row.region_name), row.region_id, regional, sort_key(&row.territory_name), row.territory_id)
    });
}

/// A key by which «СОШ №2» stands before «СОШ №10».
fn natural_key(name: &str) -> String {
    const WIDTH: usize = 8;
    let key = sort_key(name);
    let mut padded = String::with_capacity(key.len() + WIDTH);
    let mut digits = String::new();
    for letter in key.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            padded.extend(std::iter::repeat_n('0', WIDTH.saturating_sub(digits.len())));
            padded.push_str(&std::mem::take(&mut digits));
        }
        padded.push(letter);
    }
    padded
}

fn grouped(rows: impl Iterator<Item = Organization>, edited: &[Territory]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if group.id == row.territory_id => group.rows.push(row),
            _ => groups.push(Group {
                id: row.territory_id,
                name: row.territory_name.clone(),
                region: row.region_name.clone(),
                may_edit: edited.iter().any(|territory| territory.id == row.territory_id),
                rows: vec![row],
            }),
        }
    }
    groups
}

/// Only the kinds there are, in the order of the domain.
fn kinds_of(all: &[Organization]) -> Vec<Choice> {
    let there = OrganizationKind::ALL.into_iter().filter(|kind| all.iter().any(|row| row.kind() == *kind));
    there.map(|kind| Choice::new(kind.code(), kind.title())).collect()
}

fn municipalities_of(all: &[Organization]) -> Vec<Choice> {
    let mut known: Vec<(String, Uuid, &str)> = all
        .iter()
        .map(|row| (sort_key(&row.territory_name), row.territory_id, row.territory_name.as_str()))
        .collect();
    known.sort_unstable();
    known.dedup_by_key(|(_, id, _)| *id);
    known.into_iter().map(|(_, id, name)| Choice::new(id.to_string(), name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = ["СОШ №10", "СОШ №2", "Ёлочка", "Жар-птица", "СОШ №2 им. Ежова", "Елань"];
        names.sort_by_cached_key(|name| natural_key(name));
        assert_eq!(names, ["Елань", "Ёлочка", "Жар-птица", "СОШ №2", "СОШ №2 им. Ежова", "СОШ №10"]);
    }
}
