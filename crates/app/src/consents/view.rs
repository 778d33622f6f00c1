//! Where each consent of somebody stands, as pages show it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::consent::{Kind, Standing};
use uuid::Uuid;

use super::store::ConsentRow;
use crate::kernel::filters::short_date;
use crate::kernel::page::Tone;

/// One consent of one person in one organization.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) kind: Kind,
    pub(super) standing: Standing,
    /// The row that decides, if there is any.
    pub(super) row: Option<ConsentRow>,
}

impl State {
    /// Color and shape. Nobody is at fault for not having signed: what is missing is only not written yet.
    pub(super) const fn tone(&self) -> Tone {
        match self.standing {
            Standing::InForce => Tone::Done,
            Standing::Expired => Tone::Wait,
            Standing::Withdrawn => Tone::Closed,
            Standing::Missing => Tone::Draft,
        }
    }

    /// «по 31.08.2031», «отозвано 12.10.2026»; empty when there is nothing to say.
    pub(super) fn note(&self) -> String {
        let Some(row) = &self.row else { return String::new() };
        match (self.standing, row.withdrawn_on(), row.valid_until) {
            (Standing::Withdrawn, Some(day), _) => short_date(day),
            (Standing::Expired, _, Some(last_day)) => short_date(last_day),
            (Standing::InForce, _, Some(last_day)) => {
                format!("с {} по {}", short_date(row.given_on), short_date(last_day))
            }
            (Standing::InForce, _, None) => format!("с {}", short_date(row.given_on)),
            _ => String::new(),
        }
    }

    pub(super) fn is_in_force(&self) -> bool {
        self.standing == Standing::InForce
    }

    /// The consent that may still be withdrawn.
    pub(super) fn live(&self) -> Option<&ConsentRow> {
        self.row.as_ref().filter(|_| matches!(self.standing, Standing::InForce | Standing::Expired))
    }
}

/// The four states of a person in an organization; `rows` are consents of anybody, the latest first.
pub(super) fn states(rows: &[ConsentRow], person: Uuid, organization: Uuid, today: NaiveDate) -> Vec<State> {
    let own = |kind: Kind| {
        rows.iter().filter(move |row| {
            row.person_id == person
                && row.organization_id == organization
                && row.kind() == kind
                && row.replaced_at.is_none()
        })
    };
    let state = |kind: Kind| {
        let live = own(kind).find(|row| row.withdrawn_on().is_none());
        let row = live.or_else(|| own(kind).max_by_key(|row| row.withdrawn_on())).cloned();
        let standing = row.as_ref().map_or(Standing::Missing, |row| row.given().standing(today));
        State { kind, standing, row }
    };
    Kind::ALL.into_iter().map(state).collect()
}

/// Consents by the person and the organization they were given to.
pub(super) fn by_place(rows: Vec<ConsentRow>) -> BTreeMap<(Uuid, Uuid), Vec<ConsentRow>> {
    let mut found: BTreeMap<(Uuid, Uuid), Vec<ConsentRow>> = BTreeMap::new();
    for row in rows {
        found.entry((row.person_id, row.organization_id)).or_default().push(row);
    }
    found
}
