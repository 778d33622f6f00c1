//! An offer as it is kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use nastavnik_domain::depersonal::{Choice, Decisions, Stand};
use nastavnik_domain::kind::{Form, Kind};
use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::policy::Place;
use nastavnik_domain::program::Text;
use nastavnik_domain::program_base::{Content, Ending, Offer, State};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::page::Tone;
use crate::pairs::Pair;

/// An offer with its texts.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) id: Uuid,
    pub(super) pair: Uuid,
    pub(super) place: Place,
    pub(super) revision: u32,
    pub(super) level: OrganizationKind,
    pub(super) form: Form,
    pub(super) kinds: Vec<Kind>,
    /// The approved text with names; nothing once the offer is gone.
    pub(super) source: Text,
    pub(super) mending: Mending,
    /// What others read; nothing before the check.
    pub(super) content: Content,
    pub(super) offered_on: NaiveDate,
    /// How many programs have begun from it.
    pub(super) uses: u64,
    pub(super) offer: Offer,
}

/// An offer about to be made.
pub(super) struct NewOffer<'a> {
    pub(super) id: Uuid,
    pub(super) pair: &'a Pair,
    pub(super) revision: u32,
    pub(super) source: Text,
}

/// What the curator has decided about the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mending {
    /// By the key of a doubtful word: `keep`, or the code of what stands instead.
    pub(super) words: BTreeMap<String, String>,
    /// Lines that are not published.
    pub(super) left_out: BTreeSet<Uuid>,
    /// More words to replace.
    pub(super) added: Vec<String>,
}

/// What is sent for a word that stays.
pub(super) const KEEP: &str = "keep";

impl Mending {
    pub(super) fn decisions(&self) -> Decisions {
        let choice = |code: &String| match code.as_str() {
            KEEP => Some(Choice::Keep),
            code => Stand::from_code(code).map(Choice::Replace),
        };
        self.words.iter().filter_map(|(key, code)| Some((key.clone(), choice(code)?))).collect()
    }
}

impl Held {
    pub(super) fn state(&self) -> State {
        self.offer.state()
    }

    pub(super) fn tone(&self) -> Tone {
        match self.state() {
            State::AwaitsConsents | State::AwaitsCheck | State::Returned => Tone::Wait,
            State::InReview | State::Recommended => Tone::Plan,
            State::Published => Tone::Done,
            State::Gone => Tone::Closed,
        }
    }

    /// What the curator is told of the state, with words about an ending.
    pub(super) fn word(&self) -> String {
        match &self.offer.ending {
            None => self.state().title().to_owned(),
            Some(Ending::Declined) => "снята: участники пары не согласились".to_owned(),
            Some(Ending::TakenBack) => "отозвана куратором".to_owned(),
            Some(Ending::TakenOut { reason }) => format!("снята департаментом: {reason}"),
        }
    }
}
