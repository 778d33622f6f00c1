//! What a reader is told of a run (decision 0012): the curator everything; others no part of a score that rests on a
//! request, and confidential reasons in one and the same words; the region numbers only.

use std::collections::BTreeMap;

use nastavnik_domain::ids::{OrganizationId, PersonId, TerritoryId};
use nastavnik_domain::matching::{Audience, Proposals};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::{Permission, Place};
use nastavnik_domain::russian;
use uuid::Uuid;

use super::input::Input;
use super::store::{self, RunRow, Scope};
use crate::consents::Veil;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;

/// How much of a run a reader is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    People(Audience),
    /// Whoever reaches it only through the region (п. 4.3).
    Numbers,
}

impl Sight {
    pub(super) const fn audience(self) -> Audience {
        match self {
            Self::People(audience) => audience,
            Self::Numbers => Audience::Others,
        }
    }
}

impl RunRow {
    /// Where the run is, for the policy: what it does not have is nobody's.
    pub(super) fn policy_place(&self) -> Place {
        Place {
            organization: OrganizationId(self.organization_id.unwrap_or_default()),
            territory: TerritoryId(self.municipality_id.unwrap_or_default()),
            region: TerritoryId(self.region_id),
        }
    }

    /// How much this reader is told.
    pub(super) fn sight(&self, ctx: &Ctx) -> Sight {
        let place = self.policy_place();
        let reach = ctx.reach(Permission::ReadMatching);
        let by_name = reach.everywhere
            || reach.organizations.contains(&place.organization)
            || reach.municipalities.contains(&place.territory);
        if !by_name {
            return Sight::Numbers;
        }
        let reads_requests = self.organization_id.is_some()
            && ctx.reach(Permission::ReadRequests).organizations.contains(&place.organization);
        Sight::People(if reads_requests { Audience::Curator } else { Audience::Others })
    }

    /// «МБОУ «СОШ №1»».
    pub(super) fn place_name(&self) -> String {
        self.place.clone().unwrap_or_default()
    }

    /// Who ran it: «Иванова А. А.».
    pub(super) fn by(&self) -> String {
        match (&self.surname, &self.given) {
            (Some(surname), Some(given)) => FullName::new(surname, given, self.patronymic.as_deref()).short(),
            _ => String::new(),
        }
    }

    pub(super) fn scope(&self) -> Scope {
        Scope {
            organization: self.organization_id,
            municipality: self.municipality_id,
            region: self.region_id,
            title: self.place_name(),
        }
    }

    pub(super) fn href(&self) -> String {
        format!("/matching/{}", self.id)
    }
}

/// A run that is within reach.
pub(super) async fn visible(ctx: &Ctx, id: Uuid) -> Outcome<RunRow> {
    let reach = ctx.reach(Permission::ReadMatching);
    store::visible(ctx.app().db.reader(), &reach, id).await?.ok_or(AppError::NotFound)
}

/// A run that is done, with what it was made from and what came of it, as this reader may see it.
pub(super) struct Told {
    pub(super) input: Input,
    pub(super) result: Proposals,
    pub(super) audience: Audience,
    people: BTreeMap<Uuid, FullName>,
    places: BTreeMap<Uuid, String>,
    workplaces: BTreeMap<Uuid, Uuid>,
    veil: Veil,
}

impl Told {
    /// Nothing while the run is being computed, or after it was canceled.
    pub(super) async fn load(ctx: &Ctx, run: &RunRow) -> Outcome<Option<Self>> {
        let reader = ctx.app().db.reader();
        let Some(content) = store::content(reader, run.id).await? else { return Ok(None) };
        let Some(result) = content.result else { return Ok(None) };
        let audience = run.sight(ctx).audience();
        // Megabytes of a large city: not while others wait for this thread.
        let read = tokio::task::spawn_blocking(move || read(&content.input, &result));
        let (input, result) = read.await.map_err(|error| AppError::Internal(error.into()))??;
        let workplaces = input.workplaces();
        let people: Vec<Uuid> = match run.sight(ctx) {
            Sight::People(_) => workplaces.keys().copied().collect(),
            Sight::Numbers => Vec::new(),
        };
        let mut schools: Vec<Uuid> = workplaces.values().copied().collect();
        schools.sort_unstable();
        schools.dedup();
        // Mentors of other organizations are met through the register, as far as it shows them.
        let mut reach = ctx.reach(Permission::ReadMatching);
        reach.municipalities.extend(ctx.reach(Permission::ReadRegister).municipalities);
        Ok(Some(Self {
            result: result.told(audience),
            audience,
            people: store::names(reader, &people).await?,
            places: store::places(reader, &schools).await?,
            veil: Veil::load(reader, &reach, ctx.today).await?,
            workplaces,
            input,
        }))
    }

    /// What a person is called for this reader.
    pub(super) fn name(&self, person: PersonId) -> FullName {
        let place = self.workplaces.get(&person.0).copied().unwrap_or_default();
        match self.people.get(&person.0) {
            Some(name) if !self.veil.hides(person.0, place) => name.clone(),
            _ => FullName::hidden(),
        }
    }

    /// Whether the name or the organization of the person has this search key in it.
    pub(super) fn answers_to(&self, person: PersonId, key: &str) -> bool {
        let text = || format!("{} {}", self.name(person).full(), self.school(person));
        key.is_empty() || russian::search_key(&text()).contains(key)
    }

    /// The organization the person works in.
    pub(super) fn workplace(&self, person: Uuid) -> Option<Uuid> {
        self.workplaces.get(&person).copied()
    }

    /// What the organization of the person is called.
    pub(super) fn school(&self, person: PersonId) -> &str {
        self.workplaces.get(&person.0).map_or("", |place| self.place(*place))
    }

    fn place(&self, organization: Uuid) -> &str {
        self.places.get(&organization).map_or("", String::as_str)
    }

    /// Whether people of several organizations take part.
    pub(super) fn is_wide(&self) -> bool {
        self.places.len() > 1
    }

    /// Why somebody stays without a mentor and what would change it, with the names this reader may see.
    pub(super) fn reasons(&self, unmatched: &nastavnik_domain::matching::Unmatched) -> Vec<String> {
        unmatched.words(self.audience, |person| self.name(person).short())
    }

    /// Orders people by what they are called.
    pub(super) fn sort<T>(&self, list: &mut [T], of: impl Fn(&T) -> PersonId) {
        list.sort_by_cached_key(|one| (russian::sort_key(&self.name(of(one)).full()), of(one)));
    }
}

fn read(input: &str, result: &str) -> serde_json::Result<(Input, Proposals)> {
    Ok((serde_json::from_str(input)?, serde_json::from_str(result)?))
}

/// A pair as forms send it: mentor and mentee.
pub(super) fn pair_code(mentor: PersonId, mentee: PersonId) -> String {
    format!("{mentor}.{mentee}")
}

/// Reads it back.
pub(super) fn read_pair(code: &str) -> Option<(PersonId, PersonId)> {
    let (mentor, mentee) = code.split_once('.')?;
    Some((mentor.parse().ok()?, mentee.parse().ok()?))
}
