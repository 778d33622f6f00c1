//! A small world: one region, two municipalities, a few organizations, somebody in each role.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik::kernel::db::Tx;
use nastavnik::people::{self, NewEmployment, NewPerson};
use nastavnik::places::{self, NewGrant, NewOrganization};
use nastavnik::values;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::person::{FullName, Gender};
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::app::{TestApp, start};
use super::browser::Browser;

/// Ids of the small world. Everybody of `people` works in `school`, or in the body of their role.
pub(crate) struct World {
    pub(crate) region: Uuid,
    pub(crate) municipality: Uuid,
    pub(crate) other_municipality: Uuid,
    pub(crate) school: Uuid,
    pub(crate) other_school: Uuid,
    pub(crate) far_school: Uuid,
    pub(crate) people: BTreeMap<Role, Uuid>,
    /// Curator, director and a teacher of the other school of the same municipality.
    pub(crate) other_curator: Uuid,
    pub(crate) other_director: Uuid,
    pub(crate) other_teacher: Uuid,
    /// Director and a teacher of the school of the other municipality.
    pub(crate) far_director: Uuid,
    pub(crate) far_teacher: Uuid,
    /// A pair of `school` that is active, with the mentor and the mentee of `people`.
    pub(crate) mentorship: Uuid,
}

impl World {
    /// Fills the database of the test.
    pub(crate) async fn build(test: &TestApp) -> Self {
        let tx = test.app.db.begin().await.unwrap();
        let federation =
            places::add_territory(&tx, None, "federation", "Российская Федерация").await.unwrap();
        let region = places::add_territory(&tx, Some(federation), "region", "Югра").await.unwrap();
        let municipality =
            places::add_territory(&tx, Some(region), "municipality", "Город Нефтеюганск").await.unwrap();
        let other_municipality =
            places::add_territory(&tx, Some(region), "municipality", "Город Дальний").await.unwrap();
        let place = Places { tx: &tx, region };
        let department = place.add(municipality, "department", "Департамент образования").await;
        let school = place.add(municipality, "school", "МБОУ «СОШ №1»").await;
        let other_school = place.add(municipality, "school", "МБОУ «СОШ №2»").await;
        let support = place.add(municipality, "support_center", "Опорный центр «Поиск»").await;
        let resource = place.add(municipality, "resource_center", "Ресурсный центр").await;
        let institute = place.add(region, "regional_institute", "Институт развития образования").await;
        let growth = place.add(region, "growth_center", "ЦНППМ").await;
        let far_school = place.add(other_municipality, "school", "МБОУ «Дальняя СОШ»").await;
        let mut people = BTreeMap::new();
        for role in Role::ALL {
            let (organization, position) = match role {
                Role::Administrator | Role::Department => (department, "главный специалист"),
                Role::SupportCenter => (support, "методист"),
                Role::ResourceCenter => (resource, "методист"),
                Role::Region => (institute, "главный специалист"),
                Role::Tutor => (growth, "методист"),
                Role::Director => (school, "директор"),
                Role::Curator => (school, "заместитель директора по учебно-воспитательной работе"),
                Role::Psychologist => (school, "педагог-психолог"),
                _ => (school, "учитель"),
            };
            let person = a_person(&tx, organization, position, &format!("Роль{}", role.code())).await;
            if !role.follows_from_mentorship() {
                give(&tx, person, organization, role).await;
            }
            people.insert(role, person);
        }
        let deputy = "заместитель директора по учебно-воспитательной работе";
        let other_curator = a_person(&tx, other_school, deputy, "Другаякуратор").await;
        give(&tx, other_curator, other_school, Role::Curator).await;
        let other_director = a_person(&tx, other_school, "директор", "Другойдиректор").await;
        give(&tx, other_director, other_school, Role::Director).await;
        let other_teacher = a_person(&tx, other_school, "учитель", "Другаяучитель").await;
        let far_director = a_person(&tx, far_school, "директор", "Дальнийдиректор").await;
        give(&tx, far_director, far_school, Role::Director).await;
        let far_teacher = a_person(&tx, far_school, "учитель", "Дальняяучитель").await;
        let mentorship = a_mentorship(&tx, school, people[&Role::Mentor], &[people[&Role::Mentee]]).await;
        tx.commit().await.unwrap();
        Self {
            region,
            municipality,
            other_municipality,
            school,
            other_school,
            far_school,
            people,
            other_curator,
            other_director,
            other_teacher,
            far_director,
            far_teacher,
            mentorship,
        }
    }

    /// A browser of the person who holds the role.
    pub(crate) async fn browser(&self, test: &TestApp, role: Role) -> Browser {
        test.browser_of(self.people[&role]).await
    }
}

struct Places<'a> {
    tx: &'a Tx,
    region: Uuid,
}

impl Places<'_> {
    async fn add(&self, territory: Uuid, kind: &str, name: &str) -> Uuid {
        let new = NewOrganization {
            territory,
            region: self.region,
            kind,
            short_name: name,
            full_name: name,
            place: "",
        };
        places::add_organization(self.tx, new).await.unwrap()
    }
}

/// A consent on paper written straight into the database: signed on 1 September 2026, for five years.
pub(crate) async fn a_consent(tx: &Tx, organization: Uuid, person: Uuid, kind: Kind) -> Uuid {
    let id = nastavnik::kernel::ids::row_id();
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    nastavnik::kernel::db::exec(
        tx,
        "INSERT INTO consent (id, person_id, organization_id, kind, text_version, given_on, valid_until, recorded_by, \
         recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            person,
            organization,
            kind.code(),
            "1",
            day(2026, 9, 1),
            day(2031, 8, 31),
            person,
            start()
        ],
    )
    .await
    .unwrap();
    id
}

/// A teacher of 36 with 12 years of experience, hired two years ago, with this surname. The curator has
/// collected what everybody is asked for: the consents А and Б.
pub(crate) async fn a_person(tx: &Tx, organization: Uuid, position: &str, surname: &str) -> Uuid {
    let person = NewPerson {
        gender: Gender::Female,
        born_on: NaiveDate::from_ymd_opt(1990, 5, 17),
        education: Some("higher_pedagogical"),
        teaching_since: NaiveDate::from_ymd_opt(2014, 9, 1),
        teaching_precision: Some("day"),
        ..NewPerson::named(FullName::new(surname, "Анна", Some("Ивановна")))
    };
    let id = people::add_person(tx, start(), &person).await.unwrap();
    let employment = NewEmployment {
        person: id,
        organization,
        position,
        subject: None,
        qualification: None,
        share_percent: 100,
        started_on: NaiveDate::from_ymd_opt(2024, 9, 1),
        started_precision: Some("day"),
    };
    people::add_employment(tx, &employment).await.unwrap();
    for kind in Kind::BASIC {
        a_consent(tx, organization, id, kind).await;
    }
    id
}

async fn give(tx: &Tx, person: Uuid, organization: Uuid, role: Role) {
    let day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let grant = NewGrant {
        person,
        organization,
        role: role.code(),
        act_number: "1-к",
        act_on: day,
        started_on: day,
        granted_by: None,
    };
    places::add_grant(tx, &grant).await.unwrap();
}

/// A pair written straight into the database.
pub(crate) async fn a_mentorship(tx: &Tx, organization: Uuid, mentor: Uuid, mentees: &[Uuid]) -> Uuid {
    let id = nastavnik::kernel::ids::row_id();
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    nastavnik::kernel::db::exec(
        tx,
        "INSERT INTO mentorship (id, organization_id, mentor_id, form, kinds, model, starts_on, ends_on, created_by, \
         created_at) VALUES (?, ?, ?, 'teacher_teacher', '[\"traditional\"]', 'experienced_young', ?, ?, ?, ?)",
        values![id, organization, mentor, day(10, 1), NaiveDate::from_ymd_opt(2027, 5, 31).unwrap(), mentor, start()],
    )
    .await
    .unwrap();
    for mentee in mentees {
        nastavnik::kernel::db::exec(
            tx,
            "INSERT INTO mentorship_mentee (mentorship_id, person_id) VALUES (?, ?)",
            values![id, *mentee],
        )
        .await
        .unwrap();
    }
    id
}
