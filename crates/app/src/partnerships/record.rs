//! An agreement as it is kept.

use chrono::NaiveDate;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::partnership::{Payer, State, Terms};
use nastavnik_domain::policy::Place;
use nastavnik_domain::russian::short;
use uuid::Uuid;

use crate::kernel::page::Tone;
use crate::kernel::scope;

/// An agreement of cooperation with its parties.
#[derive(Clone, Debug)]
pub struct Agreement {
    pub id: Uuid,
    /// The organization that has recorded it.
    pub maker: Uuid,
    pub maker_name: String,
    pub territory: Uuid,
    pub region: Uuid,
    /// The other party, where it is of this installation.
    pub partner: Option<Uuid>,
    pub partner_name: String,
    /// What was typed of a partner outside; empty otherwise.
    pub outside: Outside,
    pub number: String,
    pub dated_on: NaiveDate,
    pub terms: Terms,
    pub subject: String,
    pub payer: Payer,
    /// Consents a worker gives before data are handed over.
    pub consents: Vec<Kind>,
    pub scan: Option<Uuid>,
    pub end_reason: String,
    pub version: i64,
}

/// A partner outside of this installation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    pub inn: String,
    pub address: String,
    pub head_position: String,
    pub head_name: String,
}

impl Agreement {
    /// Where it belongs, for the table of rights.
    pub fn place(&self) -> Place {
        scope::place(self.maker, self.territory, self.region)
    }

    /// «№ 5 от 01.09.2026».
    pub fn label(&self) -> String {
        format!("№ {} от {}", self.number, short(self.dated_on))
    }

    /// Which organization pays the mentor, if it is of this installation.
    pub const fn payer_id(&self) -> Option<Uuid> {
        match self.payer {
            Payer::Maker => Some(self.maker),
            Payer::Partner => self.partner,
        }
    }

    /// Who pays the mentor, by name.
    pub fn payer_name(&self) -> &str {
        match self.payer {
            Payer::Maker => &self.maker_name,
            Payer::Partner => &self.partner_name,
        }
    }

    /// The other party as seen from one of them.
    pub fn other_than(&self, organization: Uuid) -> &str {
        if self.partner == Some(organization) { &self.maker_name } else { &self.partner_name }
    }

    /// «с 01.09.2026 по 31.08.2027»: the days it is in force.
    pub fn days(&self) -> String {
        let days = self.terms.days();
        format!("с {} по {}", short(days.from()), short(days.last_day().unwrap_or(days.from())))
    }

    pub(super) fn href(&self) -> String {
        format!("/agreements/{}", self.id)
    }
}

/// Color and shape of a state.
pub(super) const fn tone(state: State) -> Tone {
    match state {
        State::Planned => Tone::Plan,
        State::InForce => Tone::Done,
        State::EndsSoon => Tone::Wait,
        State::Over | State::Terminated => Tone::Closed,
    }
}
