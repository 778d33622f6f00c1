//! Ground of the demo: places, people, roles, ways in.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{Days, NaiveDate};
use nastavnik_domain::person::FullName;
use nastavnik_domain::role;
use uuid::Uuid;

use super::store::{self, Organization, Worker};
use super::{PASSWORD, PERSONAS};
use crate::imports;
use crate::kernel::clock::local_day;
use crate::kernel::db::Tx;
use crate::kernel::state::App;
use crate::kernel::{accounts, settings};
use crate::people::{self, NewEmployment, NewPerson};
use crate::places::{self, NewGrant, NewOrganization};

/// The staff list of the city as its department sent it (invented people).
const STAFF: &[u8] = include_bytes!("../../../../demo/staff.xlsx");

/// The school of the personas and the school behind the wall.
pub(super) const SCHOOL: &str = "МБОУ «СОШ №5»";
pub(super) const OTHER_SCHOOL: &str = "МБОУ «СОШ №1»";
const SUPPORT_CENTER: &str = "МБУ ДО «Центр дополнительного образования «Поиск»";
const RESOURCE_CENTER: &str = "МБОУ «СОШ №3 им. А.А. Ивасенко»";

/// What the play needs.
pub(super) struct City {
    pub(super) today: NaiveDate,
    pub(super) schools: Vec<School>,
    /// Person → account, for personas and for heads and curators of all organizations.
    pub(super) accounts: BTreeMap<Uuid, Uuid>,
}

/// An organization with its head, its curator and its people.
pub(super) struct School {
    pub(super) organization: Organization,
    pub(super) director: Uuid,
    pub(super) curator: Uuid,
    pub(super) workers: Vec<Worker>,
}

/// Builds the ground.
pub(super) async fn build(app: &App) -> anyhow::Result<City> {
    let now = app.clock.now();
    let today = local_day(now, chrono_tz::Asia::Yekaterinburg);
    let tx = app.db.begin().await?;
    settings::mark_demo(&tx).await?;
    let federation = places::add_territory(&tx, None, "federation", "Российская Федерация").await?;
    let ugra = "Ханты-Мансийский автономный округ – Югра";
    let region = places::add_territory(&tx, Some(federation), "region", ugra).await?;
    let municipality = places::add_territory(&tx, Some(region), "municipality", "Город Нефтеюганск").await?;
    store::set_brand(&tx, municipality, "Департамент образования администрации города Нефтеюганска").await?;
    tx.commit().await?;
    load(app).await.context("список работников")?;

    let tx = app.db.begin().await?;
    let grantor = Grantor { tx: &tx, today };
    let mut city = schools(&tx, municipality, today).await?;
    for school in &city.schools {
        grantor.give(school.director, school.organization.id, "director").await?;
        grantor.give(school.curator, school.organization.id, "curator").await?;
    }
    let personas = personas(&grantor, &city, (municipality, region)).await?;
    let hash = app.hasher.hash(PASSWORD.to_owned()).await?;
    for (login, _) in PERSONAS {
        let Some(person) = personas.get(login) else { continue };
        let account = accounts::add(&tx, now, *person, login).await?;
        accounts::store_password(&tx, account, hash.clone()).await?;
        city.accounts.insert(*person, account);
    }
    for school in &city.schools {
        for person in [school.director, school.curator] {
            if let std::collections::btree_map::Entry::Vacant(place) = city.accounts.entry(person) {
                let worker = school.workers.iter().find(|worker| worker.id == person);
                let name = worker.map_or_else(|| FullName::new("Работник", "", None), name_of);
                place.insert(accounts::ensure(&tx, now, person, &name).await?.0);
            }
        }
    }
    tx.commit().await?;
    Ok(city)
}

/// Gives the persona of a role its login once the play has made the role, and returns its account.
pub(super) async fn persona(app: &App, login: &str, person: Uuid) -> anyhow::Result<Uuid> {
    let hash = app.hasher.hash(PASSWORD.to_owned()).await?;
    let tx = app.db.begin().await?;
    let account = accounts::add(&tx, app.clock.now(), person, login).await?;
    accounts::store_password(&tx, account, hash).await?;
    tx.commit().await?;
    Ok(account)
}

/// The account of somebody of a school, who may have had no way in so far.
pub(super) async fn account(app: &App, school: &School, person: Uuid) -> anyhow::Result<Uuid> {
    let worker = school.workers.iter().find(|worker| worker.id == person).context("нет работника")?;
    let tx = app.db.begin().await?;
    let account = accounts::ensure(&tx, app.clock.now(), person, &name_of(worker)).await?.0;
    tx.commit().await?;
    Ok(account)
}

pub(super) fn name_of(worker: &Worker) -> FullName {
    FullName::new(&worker.surname, &worker.given, worker.patronymic.as_deref())
}

async fn schools(tx: &Tx, municipality: Uuid, today: NaiveDate) -> anyhow::Result<City> {
    let mut workers: BTreeMap<Uuid, Vec<Worker>> = BTreeMap::new();
    for worker in store::workers(tx, municipality).await? {
        workers.entry(worker.organization_id).or_default().push(worker);
    }
    let mut schools = Vec::new();
    for mut organization in store::organizations(tx, municipality).await? {
        match organization.short_name.as_str() {
            SUPPORT_CENTER => "support_center".clone_into(&mut organization.kind),
            RESOURCE_CENTER => "resource_center".clone_into(&mut organization.kind),
            _ => {}
        }
        store::set_kind(tx, organization.id, &organization.kind).await?;
        store::set_papers(tx, organization.id, &full_name(&organization.short_name), "г. Нефтеюганск")
            .await?;
        let Some(workers) = workers.remove(&organization.id) else { continue };
        let head = workers.iter().find(|worker| role::is_head(&worker.position));
        let deputy = workers.iter().find(|worker| role::is_deputy(&worker.position));
        if let (Some(head), Some(deputy)) = (head, deputy) {
            let (director, curator) = (head.id, deputy.id);
            schools.push(School { organization, director, curator, workers });
        }
    }
    Ok(City { today, schools, accounts: BTreeMap::new() })
}

/// «МБОУ «СОШ №5»» → «Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа №5»».
fn full_name(short: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("МБДОУ", "Муниципальное бюджетное дошкольное образовательное учреждение города Нефтеюганска"),
        ("МБОУ", "Муниципальное бюджетное общеобразовательное учреждение"),
        ("МБУ ДО", "Муниципальное бюджетное учреждение дополнительного образования"),
        ("СОШ", "Средняя общеобразовательная школа"),
        ("СОКШ", "Средняя общеобразовательная кадетская школа"),
    ];
    WORDS.iter().fold(short.to_owned(), |name, (short, full)| name.replacen(short, full, 1))
}

struct Grantor<'a> {
    tx: &'a Tx,
    today: NaiveDate,
}

impl Grantor<'_> {
    async fn give(&self, person: Uuid, organization: Uuid, role: &str) -> anyhow::Result<()> {
        let day = self.today.checked_sub_days(Days::new(80)).context("дата акта")?;
        let grant = NewGrant {
            person,
            organization,
            role,
            act_number: "12-к",
            act_on: day,
            started_on: day,
            granted_by: None,
        };
        places::add_grant(self.tx, &grant).await?;
        Ok(())
    }

    /// Somebody who is not in the staff list: officials above the schools.
    async fn hire(
        &self,
        organization: Uuid,
        name: [&str; 3],
        position: &str,
        role: &str,
    ) -> anyhow::Result<Uuid> {
        let name = FullName::new(name[0], name[1], Some(name[2]));
        let born_on = NaiveDate::from_ymd_opt(1981, 4, 12);
        let now = self.today.and_hms_opt(6, 0, 0).context("время")?.and_utc();
        let person =
            people::add_person(self.tx, now, &NewPerson { born_on, ..NewPerson::named(name) }).await?;
        let employment = NewEmployment {
            person,
            organization,
            position,
            subject: None,
            qualification: None,
            share_percent: 100,
            started_on: NaiveDate::from_ymd_opt(2019, 2, 1),
            started_precision: Some("day"),
        };
        people::add_employment(self.tx, &employment).await?;
        self.give(person, organization, role).await?;
        Ok(person)
    }
}

async fn personas(
    grantor: &Grantor<'_>,
    city: &City,
    (municipality, region): (Uuid, Uuid),
) -> anyhow::Result<BTreeMap<&'static str, Uuid>> {
    let add = async |territory, kind, name: &str| {
        let new = NewOrganization { territory, region, kind, short_name: name, full_name: name, place: "" };
        places::add_organization(grantor.tx, new).await
    };
    let department = store::organizations(grantor.tx, municipality)
        .await?
        .into_iter()
        .find(|organization| organization.kind == "department")
        .context("в списке нет департамента")?
        .id;
    let institute = add(region, "regional_institute", "Институт развития образования").await?;
    let growth =
        add(region, "growth_center", "Центр непрерывного повышения профессионального мастерства").await?;
    let (school, other) = (find(city, SCHOOL)?, find(city, OTHER_SCHOOL)?);
    let support = methodist(find(city, SUPPORT_CENTER)?).context("методист опорного центра")?;
    let resource = methodist(find(city, RESOURCE_CENTER)?).context("методист ресурсного центра")?;
    grantor.give(support.id, support.organization_id, "support_center").await?;
    grantor.give(resource.id, resource.organization_id, "resource_center").await?;
    let by_position =
        |position: &str| school.workers.iter().find(|worker| worker.position.starts_with(position));
    let psychologist = by_position("педагог-психолог").context("психолог")?.id;
    let union = by_position("социальный педагог").context("профсоюз")?.id;
    let council = by_position("педагог-библиотекарь").context("совет")?.id;
    for (person, role) in [(psychologist, "psychologist"), (union, "union"), (council, "council")] {
        grantor.give(person, school.organization.id, role).await?;
    }
    let admin = ["Громов", "Степан", "Ильич"];
    let official = ["Журавлёва", "Ольга", "Семёновна"];
    let regional = ["Белова", "Инна", "Викторовна"];
    let tutor = ["Королёва", "Дина", "Павловна"];
    Ok(BTreeMap::from([
        ("admin", grantor.hire(department, admin, "системный администратор", "administrator").await?),
        ("department", grantor.hire(department, official, "главный специалист", "department").await?),
        ("region", grantor.hire(institute, regional, "главный специалист", "region").await?),
        ("tutor", grantor.hire(growth, tutor, "методист", "tutor").await?),
        ("support-center", support.id),
        ("resource-center", resource.id),
        ("director", school.director),
        ("curator", school.curator),
        ("psychologist", psychologist),
        ("union", union),
        ("council", council),
        ("curator2", other.curator),
    ]))
}

/// A methodist who holds no other role there.
fn methodist(school: &School) -> Option<&Worker> {
    school
        .workers
        .iter()
        .filter(|worker| worker.id != school.curator && worker.id != school.director)
        .max_by_key(|worker| worker.position.starts_with("методист"))
}

pub(super) fn find<'a>(city: &'a City, name: &str) -> anyhow::Result<&'a School> {
    city.schools
        .iter()
        .find(|school| school.organization.short_name == name)
        .with_context(|| format!("нет {name}"))
}

/// Loads the list as an administrator would from the console.
async fn load(app: &App) -> anyhow::Result<()> {
    let wanted = imports::Wanted {
        content: STAFF.to_vec(),
        file_name: "staff.xlsx",
        organization: None,
        municipality: None,
        is_applied: true,
    };
    let done = imports::from_console(app, wanted).await?;
    anyhow::ensure!(done.new > 0, "из списка никто не загружен");
    Ok(())
}
