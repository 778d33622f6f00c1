//! Records of the bank as rows of its tables: who they are and what of them may be changed.

use std::collections::{BTreeMap, BTreeSet};

use nastavnik_domain::category::Category;
use nastavnik_domain::ids::OrganizationId;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::policy::{Permission, Place, Reach};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::code::{self, Code};
use crate::bank::mark::Mark;
use crate::bank::members::{self, Member};
use crate::bank::needs::{self, Entry, Need};
use crate::bank::store::{Side, StaffFilter};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::people::{self, Contact};

/// Stands at the end of the heading of each column that may be changed.
pub(super) const MAY_CHANGE: &str = " (можно менять)";
/// The heading of the column with the codes.
pub(super) const CODE: &str = "Код записи – не менять";

/// A column that may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Capacity,
    Kinds,
    TimeAndPlace,
    Remotely,
    Register,
    Note,
    Phone,
    Email,
    Decision(Category),
    /// Goes with a decision, means nothing alone.
    Reason,
    /// «да» confirms the record.
    Confirmation,
}

impl Column {
    /// The columns of a table that may be changed.
    pub(super) fn of(side: Side) -> Vec<Self> {
        match side {
            Side::Mentor => vec![
                Self::Capacity,
                Self::Kinds,
                Self::TimeAndPlace,
                Self::Remotely,
                Self::Register,
                Self::Note,
                Self::Confirmation,
            ],
            Side::Mentee => {
                let mut columns = vec![Self::Phone, Self::Email];
                columns.extend(Category::ALL.map(Self::Decision));
                columns.extend([Self::Reason, Self::Confirmation]);
                columns
            }
        }
    }

    /// The heading without the words that it may be changed.
    pub(super) fn title(self) -> String {
        let title = match self {
            Self::Capacity => "Мест всего",
            Self::Kinds => "Виды наставничества",
            Self::TimeAndPlace => "Время и место",
            Self::Remotely => "Работает дистанционно",
            Self::Register => "В реестре муниципалитета",
            Self::Note => "Примечание",
            Self::Phone => "Телефон",
            Self::Email => "Электронная почта",
            Self::Decision(category) => return format!("Решение: {}", category.short()),
            Self::Reason => "Основание или причина решения",
            Self::Confirmation => "Подтвердить запись",
        };
        title.to_owned()
    }

    /// What one needs to change it, beside `EditBank`.
    pub(super) const fn permission(self) -> Permission {
        match self {
            Self::Phone | Self::Email => Permission::EditStaff,
            Self::Decision(_) | Self::Reason => Permission::DecideCategories,
            Self::Confirmation => Permission::EditBank,
            _ => Permission::EditMentors,
        }
    }
}

/// Whose record it is.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    Mentee(Box<Need>, Contact),
    Mentor(Box<Member>, Contact),
}

/// A record with the cells that may be changed, as the table shows them.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) subject: Subject,
    cells: Vec<(Column, String)>,
}

impl Record {
    pub(super) fn mentee(need: Need, contact: Contact) -> Self {
        let mut cells = vec![
            (Column::Phone, contact.phone.clone().unwrap_or_default()),
            (Column::Email, contact.email.clone().unwrap_or_default()),
        ];
        cells.extend(
            Category::ALL.map(|category| (Column::Decision(category), decision(need.entry(category)))),
        );
        Self {
            key: code::key(Side::Mentee, &[need.worker.person, need.worker.school.id]),
            name: need.worker.name.full(),
            place: need.worker.school.place,
            cells,
            subject: Subject::Mentee(Box::new(need), contact),
        }
    }

    pub(super) fn mentor(member: Member, contact: Contact) -> Self {
        let cells = vec![
            (Column::Capacity, member.capacity.to_string()),
            (Column::Kinds, kinds(&member.terms.kinds)),
            (Column::TimeAndPlace, member.terms.time_and_place.clone()),
            (Column::Remotely, yes_or_no(member.terms.works_remotely).to_owned()),
            (Column::Register, yes_or_no(member.terms.in_register).to_owned()),
            (Column::Note, member.note.clone()),
        ];
        Self {
            key: code::key(Side::Mentor, &[member.id]),
            name: member.name.full(),
            place: member.school.place,
            cells,
            subject: Subject::Mentor(Box::new(member), contact),
        }
    }

    /// What stands in a cell; empty for the columns that only take orders.
    pub(super) fn cell(&self, column: Column) -> &str {
        self.cells.iter().find(|(known, _)| *known == column).map_or("", |(_, shown)| shown.as_str())
    }

    pub(super) fn code(&self) -> Code {
        Code { key: self.key.clone(), stamp: code::stamp(self.cells.iter().map(|(_, shown)| shown.as_str())) }
    }

    /// The last confirmation, if the record is in the bank already.
    pub(super) const fn mark(&self) -> Option<&Mark> {
        match &self.subject {
            Subject::Mentee(need, _) => need.mark.as_ref(),
            Subject::Mentor(member, ..) => Some(&member.mark),
        }
    }

    /// The row that a writer holds: table and id.
    pub(super) fn row(&self) -> (&'static str, Uuid) {
        match &self.subject {
            Subject::Mentee(need, _) => ("person", need.worker.person),
            Subject::Mentor(member, ..) => ("mentor_candidate", member.id),
        }
    }
}

/// Every record of a half of the bank within reach.
pub(super) async fn all(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    side: Side,
    reach: &Reach,
) -> Outcome<Vec<Record>> {
    let everybody = StaffFilter::default();
    match side {
        Side::Mentee => {
            let (needs, _) = needs::named(connection, reach, &everybody, ctx.today).await?;
            of_needs(connection, reach, needs).await
        }
        Side::Mentor => {
            let (members, _) = members::named(connection, reach, &everybody, ctx.today).await?;
            of_members(connection, reach, members).await
        }
    }
}

/// Records of these mentees for a reader with this reach.
pub(super) async fn of_needs(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    needs: Vec<Need>,
) -> Outcome<Vec<Record>> {
    let whom = needs.iter().map(|need| (need.worker.person, need.worker.school.id));
    let contacts = Contacts::load(connection, reach, whom).await?;
    let record = |need: Need| {
        let contact = contacts.of(need.worker.person, need.worker.school.id);
        Record::mentee(need, contact)
    };
    Ok(needs.into_iter().map(record).collect())
}

/// Records of these candidates for a reader with this reach.
pub(super) async fn of_members(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    members: Vec<Member>,
) -> Outcome<Vec<Record>> {
    let whom = members.iter().map(|member| (member.person, member.school.id));
    let contacts = Contacts::load(connection, reach, whom).await?;
    let record = |member: Member| {
        let contact = contacts.of(member.person, member.school.id);
        Record::mentor(member, contact)
    };
    Ok(members.into_iter().map(record).collect())
}

/// Telephones, addresses and years of birth. They stay within the organization: the consent Б says in so many words
/// that they are not passed on (`regulation/consents.toml`).
struct Contacts {
    own: BTreeSet<OrganizationId>,
    known: BTreeMap<Uuid, Contact>,
}

impl Contacts {
    async fn load(
        connection: &impl ConnectionTrait,
        reach: &Reach,
        whom: impl Iterator<Item = (Uuid, Uuid)>,
    ) -> Outcome<Self> {
        let own = reach.organizations.clone();
        let people: Vec<Uuid> = whom
            .filter(|(_, organization)| own.contains(&(*organization).into()))
            .map(|(id, _)| id)
            .collect();
        Ok(Self { own, known: people::contacts(connection, &people).await? })
    }

    fn of(&self, person: Uuid, organization: Uuid) -> Contact {
        let known = self.known.get(&person).filter(|_| self.own.contains(&organization.into()));
        known.cloned().unwrap_or_default()
    }
}

/// «традиционное («один на один»); ситуационное».
pub(super) fn kinds(kinds: &[Kind]) -> String {
    let known = Kind::ALL.into_iter().filter(|kind| kinds.contains(kind));
    known.map(Kind::title).collect::<Vec<_>>().join("; ")
}

pub(super) const fn yes_or_no(value: bool) -> &'static str {
    if value { "да" } else { "нет" }
}

fn decision(entry: Option<&Entry>) -> String {
    entry.map_or_else(String::new, |entry| entry.standing().title().to_owned())
}
