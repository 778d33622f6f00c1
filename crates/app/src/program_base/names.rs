//! Whose names must not stay in a text: the pair, everybody who works in the organization or ever did, the organization
//! and its town.

use nastavnik_domain::depersonal::{Known, Person, Stand};
use nastavnik_domain::ids::OrganizationId;
use sea_orm::ConnectionTrait;

use crate::kernel::errors::{AppError, Outcome};
use crate::pairs::{self, Case, Participant};
use crate::people;

/// Everything a program of this pair may name.
pub(super) async fn known(connection: &impl ConnectionTrait, case: &Case) -> Outcome<Known> {
    let school = pairs::school(connection, case.pair.organization).await?.ok_or(AppError::NotFound)?;
    let staff = people::ever_employed(connection, OrganizationId(case.pair.organization)).await?;
    let participant = |one: &Participant, stand: Stand| Person {
        name: one.name.clone(),
        gender: one.gender,
        forms: one.forms.clone(),
        stand,
    };
    let mut people = vec![participant(&case.pair.mentor, Stand::Mentor)];
    people.extend(case.pair.mentees.iter().map(|mentee| participant(mentee, Stand::Mentee)));
    let others = staff.into_iter().filter(|one| !case.pair.has(one.id.0));
    people.extend(others.map(|one| Person {
        name: one.name,
        gender: one.gender,
        forms: one.forms,
        stand: Stand::Teacher,
    }));
    let mut organizations = vec![school.short_name, school.full_name];
    organizations.extend(case.pair.people().map(|one| one.organization_name.clone()));
    Ok(Known::new(&people, &organizations, &[school.place]))
}
