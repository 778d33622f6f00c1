//! Whose row it is: the organization of each row, and the organizations nobody knew before.

use std::collections::HashMap;

use nastavnik_domain::ids::OrganizationId;
use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::staff_list::{
    CellError, Column, Row, address, organization_key, title_names_organization,
};
use uuid::Uuid;

use super::kinds;
use super::model::{Chosen, NewPlace};
use super::reading::Reading;
use super::store::KnownPlace;

/// The organizations of a list.
pub(super) struct Naming {
    /// Of each row, in their order.
    pub(super) rows: Vec<OrganizationId>,
    /// To be added; until then row ids are those of [`stand_in`].
    pub(super) new: Vec<NewPlace>,
}

/// The id of a new organization until it is added: no real id is so small.
pub(super) fn stand_in(place: usize) -> OrganizationId {
    OrganizationId(Uuid::from_u128(place as u128 + 1))
}

/// Finds the organization of each row; what is wrong with a row becomes an error of the row.
/// `only`: the one organization whose list this is. Errors are sentences for the page.
pub(super) fn name_rows(
    reading: &mut Reading,
    known: &[KnownPlace],
    only: Option<Uuid>,
    chosen: &Chosen,
) -> Result<Naming, String> {
    let column = reading.mapping.index_of(Column::Organization);
    let only = match (only, column) {
        (Some(only), _) => Some(own_list(reading, known, only)?),
        (None, Some(_)) => None,
        (None, None) => Some(named_in_title(&reading.mapping.title, known)?),
    };
    let mut finder = Finder::new(known, reading, chosen, only);
    let mut rows = Vec::with_capacity(reading.rows.len());
    for (number, row) in &mut reading.rows {
        let Row::Person(row) = row else {
            rows.push(OrganizationId(Uuid::nil()));
            continue;
        };
        match finder.find(row.organization.as_deref()) {
            Ok(id) => rows.push(id),
            Err(text) => {
                let cell = column.map_or_else(|| format!("строка {number}"), |index| address(index, *number));
                row.errors.push(CellError { cell, text });
                rows.push(OrganizationId(Uuid::nil()));
            }
        }
    }
    Ok(Naming { rows, new: finder.new })
}

/// A list whose title names another organization is somebody else's list.
fn own_list<'a>(reading: &Reading, known: &'a [KnownPlace], only: Uuid) -> Result<&'a KnownPlace, String> {
    let title = &reading.mapping.title;
    let own = known.iter().find(|place| place.id == only);
    let own = own.ok_or("Организация, для которой выбран список, не найдена. Отмените загрузку.")?;
    if names(title, own) {
        return Ok(own);
    }
    match known.iter().find(|place| names(title, place)) {
        Some(other) => Err(format!(
            "В заголовке списка названа другая организация: {}. Вы загружаете список организации {}. Выберите её файл.",
            other.short_name, own.short_name
        )),
        None => Ok(own),
    }
}

fn names(title: &str, place: &KnownPlace) -> bool {
    title_names_organization(title, &place.short_name) || title_names_organization(title, &place.full_name)
}

fn named_in_title<'a>(title: &str, known: &'a [KnownPlace]) -> Result<&'a KnownPlace, String> {
    let mut named = known.iter().filter(|place| names(title, place));
    match (named.next(), named.next()) {
        (Some(place), None) => Ok(place),
        (Some(_), Some(_)) => Err(
            "В заголовке списка названо несколько организаций. Отмените загрузку и выберите организацию при следующей."
                .to_owned(),
        ),
        (None, _) => Err(
            "В списке нет столбца с организацией, и заголовок её не называет. Отмените загрузку и выберите организацию \
             при следующей."
                .to_owned(),
        ),
    }
}

struct Finder<'a> {
    only: Option<&'a KnownPlace>,
    known: HashMap<String, &'a KnownPlace>,
    placed: HashMap<String, OrganizationId>,
    kinds: HashMap<String, OrganizationKind>,
    chosen: &'a Chosen,
    new: Vec<NewPlace>,
}

impl<'a> Finder<'a> {
    fn new(
        known: &'a [KnownPlace],
        reading: &Reading,
        chosen: &'a Chosen,
        only: Option<&'a KnownPlace>,
    ) -> Self {
        let mut by_key = HashMap::new();
        for place in known {
            by_key.insert(organization_key(&place.full_name), place);
        }
        // A short name goes before somebody else's full name.
        for place in known {
            by_key.insert(organization_key(&place.short_name), place);
        }
        let kinds = reading
            .listed
            .iter()
            .filter_map(|listed| Some((organization_key(&listed.name), listed.kind?)))
            .collect();
        let mut finder = Self { only, known: by_key, placed: HashMap::new(), kinds, chosen, new: Vec::new() };
        if only.is_none() {
            finder.add_listed(reading, known);
        }
        finder
    }

    /// Organizations of the list's own sheet are added even without people. A second department is not: the one
    /// that is there keeps its name.
    fn add_listed(&mut self, reading: &Reading, known: &[KnownPlace]) {
        let department = OrganizationKind::Department;
        let has_department = known.iter().any(|place| place.kind == department.code());
        for listed in &reading.listed {
            let key = organization_key(&listed.name);
            let second = has_department && self.kind_of(&key, &listed.name) == department.code();
            if !second && !self.known.contains_key(&key) {
                self.add(&key, &listed.name);
            }
        }
    }

    fn find(&mut self, said: Option<&str>) -> Result<OrganizationId, String> {
        let key = said.map(organization_key).filter(|key| !key.is_empty());
        if let Some(only) = self.only {
            let other = key.is_some_and(|key| self.known.get(&key).is_none_or(|place| place.id != only.id));
            if other {
                return Err(format!(
                    "Здесь названа другая организация, а список — организации {}. Уберите строку или исправьте название.",
                    only.short_name
                ));
            }
            return Ok(OrganizationId(only.id));
        }
        let (Some(key), Some(said)) = (key, said) else {
            return Err("Не указана организация. Впишите её краткое название.".to_owned());
        };
        if let Some(place) = self.known.get(&key) {
            if place.archived_at.is_some() {
                return Err("Эта организация в архиве. Верните её из архива или уберите строку.".to_owned());
            }
            return Ok(OrganizationId(place.id));
        }
        Ok(self.placed.get(&key).copied().unwrap_or_else(|| self.add(&key, said)))
    }

    fn add(&mut self, key: &str, name: &str) -> OrganizationId {
        if let Some(id) = self.placed.get(key) {
            return *id;
        }
        let id = stand_in(self.new.len());
        let kind = self.kind_of(key, name);
        self.new.push(NewPlace { key: key.to_owned(), name: name.to_owned(), kind });
        self.placed.insert(key.to_owned(), id);
        id
    }

    fn kind_of(&self, key: &str, name: &str) -> String {
        let said =
            || self.kinds.get(key).copied().unwrap_or_else(|| kinds::from_name(name)).code().to_owned();
        self.chosen.kinds.get(key).cloned().unwrap_or_else(said)
    }
}
