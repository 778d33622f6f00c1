//! A sitting with everything the rules ask of it: who may come, who takes part in which pair, what is on the agenda.

use std::collections::{BTreeMap, BTreeSet};

use nastavnik_domain::council::{Bench, Outcome as Voted, Presence, Seat, Tally, Voice, VoteError, outcome};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::long;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, Item, Member, Sitting};
use super::{Decision, MatterKind};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;
use crate::pairs;

/// A sitting that the reader may open.
pub(super) struct Hall {
    pub(super) sitting: Sitting,
    pub(super) seats: Vec<Chair>,
    pub(super) questions: Vec<Question>,
}

/// A member with whether they have come.
pub(super) struct Chair {
    pub(super) member: Member,
    pub(super) is_present: bool,
}

impl Chair {
    const fn presence(&self) -> Presence {
        if self.is_present { Presence::Present } else { Presence::Absent }
    }
}

/// A question of the agenda in words, with those who do not vote on it.
pub(super) struct Question {
    pub(super) number: usize,
    pub(super) title: String,
    pub(super) item: Item,
    parties: BTreeSet<PersonId>,
}

impl Hall {
    /// Loads the sitting or says that there is none. A constant number of queries.
    pub(super) async fn load(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Self> {
        let (reach, me) = (ctx.reach(Permission::ReadCouncil), ctx.actor().person.0);
        let sitting = store::visible_sitting(connection, &reach, me, id).await?.ok_or(AppError::NotFound)?;
        let items = store::items(connection, id, me).await?;
        let matters: Vec<Uuid> = items.iter().map(|item| item.matter).collect();
        let mut parties = store::parties(connection, &matters).await?;
        let titles = titles(connection, items.iter().map(|item| item.mentorship)).await?;
        let seats = chairs(connection, &sitting, &parties).await?;
        let question = |(index, item): (usize, Item)| Question {
            number: index + 1,
            title: title(item.kind, titles.get(&item.mentorship)),
            parties: parties.remove(&item.matter).unwrap_or_default(),
            item,
        };
        Ok(Self { seats, questions: items.into_iter().enumerate().map(question).collect(), sitting })
    }

    /// Whether anything may still be changed.
    pub(super) const fn is_open(&self) -> bool {
        self.sitting.label.is_none() && self.sitting.canceled_at.is_none()
    }

    /// Members with their presence, as the rules see them.
    fn bench_of(&self, parties: &BTreeSet<PersonId>) -> Bench {
        let seat = |chair: &Chair| Seat { person: PersonId(chair.member.person), presence: chair.presence() };
        let seats: Vec<Seat> = self.seats.iter().map(seat).collect();
        let parties: Vec<PersonId> = parties.iter().copied().collect();
        Bench::of(&seats, &parties)
    }

    /// Members who have come, or those who have not.
    pub(super) fn who_is(&self, presence: Presence) -> impl Iterator<Item = &Member> {
        let same = move |chair: &&Chair| chair.presence() == presence;
        self.seats.iter().filter(same).map(|chair| &chair.member)
    }

    /// All members and those who have come.
    pub(super) fn bench(&self) -> Bench {
        self.bench_of(&BTreeSet::new())
    }

    /// Those who may vote on a question.
    pub(super) fn voters(&self, question: &Question) -> Bench {
        self.bench_of(&question.parties)
    }

    /// Members who take part in the pair of a question and so do not vote on it.
    pub(super) fn aside(&self, question: &Question) -> Vec<&Member> {
        let members = self.seats.iter().map(|chair| &chair.member);
        members.filter(|member| question.parties.contains(&PersonId(member.person))).collect()
    }

    /// Whether whoever leads the sitting votes on a question, so that their voice settles a tie.
    pub(super) fn chair_votes(&self, question: &Question) -> bool {
        self.sitting.chair.is_some_and(|chair| !question.parties.contains(&PersonId(chair)))
    }

    /// What follows from the votes on a question; `proposed` is what was put to the vote.
    pub(super) fn decide(
        &self,
        question: &Question,
        tally: Tally,
        chair: Option<Voice>,
        proposed: Decision,
    ) -> Result<Decision, VoteError> {
        let chair = chair.filter(|_| self.chair_votes(question));
        match outcome(self.voters(question), tally, chair)? {
            Voted::Passed => Ok(proposed),
            Voted::Declined => Ok(Decision::Declined),
        }
    }

    /// «Заседание 23 ноября 2026 г.».
    pub(super) fn heading(&self) -> String {
        let kind = if self.sitting.dispute.is_some() {
            "Закрытое заседание"
        } else {
            "Заседание"
        };
        format!("{kind} {}", long(self.sitting.held_on))
    }

    /// One question of this sitting.
    pub(super) fn question(&self, item: Uuid) -> Outcome<&Question> {
        self.questions.iter().find(|question| question.item.id == item).ok_or(AppError::NotFound)
    }
}

/// Seats of a closed sitting as they were; of an open one, whoever is a member on its day. Those who take part in the
/// dispute of a closed-door sitting are not invited.
async fn chairs(
    connection: &impl ConnectionTrait,
    sitting: &Sitting,
    parties: &BTreeMap<Uuid, BTreeSet<PersonId>>,
) -> Outcome<Vec<Chair>> {
    let chair = |(member, is_present)| Chair { member, is_present };
    if sitting.label.is_some() {
        return Ok(store::seats(connection, sitting.id).await?.into_iter().map(chair).collect());
    }
    let present = store::present(connection, sitting.id).await?;
    let aside = sitting.dispute.and_then(|matter| parties.get(&matter));
    let members = store::members(connection, sitting.organization, sitting.held_on).await?;
    let invited = members
        .into_iter()
        .filter(|member| !aside.is_some_and(|some| some.contains(&PersonId(member.person))));
    let seat = |member: Member| {
        let is_present = present.contains(&member.person);
        chair((member, is_present))
    };
    Ok(invited.map(seat).collect())
}

/// Titles of pairs by their ids.
pub(super) async fn titles(
    connection: &impl ConnectionTrait,
    pairs: impl Iterator<Item = Uuid>,
) -> Outcome<BTreeMap<Uuid, String>> {
    let ids: BTreeSet<Uuid> = pairs.collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    Ok(pairs::titles(connection, &ids).await?)
}

/// «О закреплении пары: Иванова А. А. – Петров П. П.».
pub(super) fn title(kind: MatterKind, pair: Option<&String>) -> String {
    match pair {
        Some(pair) => format!("{}: {pair}", kind.question()),
        None => kind.question().to_owned(),
    }
}
