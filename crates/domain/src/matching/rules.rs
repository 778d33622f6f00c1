//! Hard rules: what forbids a pair, whatever its score. Each refusal tells its reason and its clause.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::people::{Consent, Mark, Marks, Mentee, Mentor, Offered, Remote};
use crate::kind::{Form, Kind};
use crate::pair::reverse_refusal;

/// Why two people are not proposed to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    #[error("это один и тот же человек (п. 1.4 Положения)")]
    Oneself,
    #[error("наставник ещё не дал письменного согласия (п. 4.1, 5.1.1 Положения)")]
    ConsentNotAsked,
    #[error("наставник не согласился (п. 4.1, 5.1.1 Положения)")]
    ConsentDeclined,
    #[error("у наставника нет свободных мест (п. 3.1 Положения)")]
    NoPlaces,
    #[error("они уже работают в паре (п. 2.3 Положения)")]
    AlreadyPaired,
    #[error(
        "один из них непосредственно подчинён другому: это допускает только форма «руководитель образовательной организации – учитель» (п. 2.3 Положения)"
    )]
    Subordinate,
    #[error("педагог-психолог не рекомендует эту пару (п. 3.5 Положения)")]
    NotRecommended,
    #[error("возражает профсоюзная организация (п. 4.1.2 Положения)")]
    UnionObjects,
    #[error("возражает совет наставников (п. 4.1.3 Положения)")]
    CouncilObjects,
    #[error("есть пожелание не составлять эту пару (п. 4.1 Положения: согласие добровольно)")]
    Wish,
    #[error("вы исключили эту пару из подбора")]
    SetAside,
    #[error("они выбрали разные виды наставничества (п. 2.3 Положения)")]
    NoCommonKind,
    #[error("наставник не соглашался, чтобы его находили другие организации (ДК 1.4)")]
    NotOffered,
    #[error(
        "они работают в разных организациях, а встречаться на расстоянии готовы не оба (п. 2.3, 4.1.1 Положения)"
    )]
    FarInPerson,
    #[error(
        "оба выбрали только виртуальный вид, а встречаться на расстоянии готовы не оба (п. 2.3 Положения)"
    )]
    NotOnLine,
    #[error(
        "для реверсивного вида наставник должен быть младше или менее опытен, а это не так или неизвестно (п. 2.3 Положения)"
    )]
    ReverseNotJunior,
    #[error("для наставничества в группе нужны хотя бы два свободных места (п. 2.3 Положения)")]
    GroupNeedsPlaces,
}

/// Who reads why two people are not proposed to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The curator, who may read requests with their wishes, the psychologist's conclusion and objections.
    Curator,
    /// Anybody else who may see a matching.
    Others,
}

impl Refusal {
    /// Rests on what not every reader of a matching may read: a wish, the psychologist's conclusion, an objection.
    pub const fn is_confidential(self) -> bool {
        matches!(self, Self::Wish | Self::NotRecommended | Self::UnionObjects | Self::CouncilObjects)
    }

    /// The reason as this reader is told it. Confidential ones all read alike.
    pub fn told(self, audience: Audience) -> String {
        match audience {
            Audience::Others if self.is_confidential() => {
                "эту пару не составляют, причину знает куратор организации (п. 4.1.2 Положения)".to_owned()
            }
            _ => self.to_string(),
        }
    }

    /// The requirement behind the refusal, as `docs` and tests name it.
    pub const fn requirement(self) -> &'static str {
        match self {
            Self::ConsentNotAsked | Self::ConsentDeclined => "A7",
            Self::NoPlaces => "A8",
            Self::Subordinate => "C1",
            Self::FarInPerson | Self::NotOnLine => "C2",
            Self::NotOffered => "B3",
            Self::GroupNeedsPlaces => "C3",
            Self::ReverseNotJunior => "C5",
            Self::NoCommonKind => "C9",
            Self::CouncilObjects => "F10",
            Self::Oneself
            | Self::AlreadyPaired
            | Self::NotRecommended
            | Self::UnionObjects
            | Self::Wish
            | Self::SetAside => "B5",
        }
    }
}

/// Kinds the two can work in together; or everything that forbids the pair, the weightiest first.
pub fn check(mentor: &Mentor, mentee: &Mentee, marks: &Marks) -> Result<BTreeSet<Kind>, Vec<Refusal>> {
    let (one, two) = (&mentor.profile, &mentee.profile);
    let mut refusals = Vec::new();
    let mut refuse = |refused: bool, refusal: Refusal| {
        if refused {
            refusals.push(refusal);
        }
    };
    refuse(one.person == two.person, Refusal::Oneself);
    refuse(mentor.consent == Consent::NotAsked, Refusal::ConsentNotAsked);
    refuse(mentor.consent == Consent::Declined, Refusal::ConsentDeclined);
    refuse(mentor.free_places == 0, Refusal::NoPlaces);
    refuse(mentee.paired_with.contains(&one.person), Refusal::AlreadyPaired);
    refuse(is_subordinate(mentor, mentee), Refusal::Subordinate);
    let wish = one.never.contains(&two.person) || two.never.contains(&one.person);
    refuse(wish, Refusal::Wish);
    let is_kept_at_home = mentor.offered == Offered::AtHome && is_apart(mentor, mentee);
    refuse(is_kept_at_home, Refusal::NotOffered);
    refuse(is_out_of_reach(mentor, mentee), Refusal::FarInPerson);
    refusals.extend(marks.of(one.person, two.person).map(Mark::refusal));
    let kinds = match kinds(mentor, mentee) {
        Ok(kinds) => kinds,
        Err(more) => {
            refusals.extend(more);
            BTreeSet::new()
        }
    };
    refusals.sort_unstable();
    if refusals.is_empty() { Ok(kinds) } else { Err(refusals) }
}

/// A head may mentor their own people only as a director (C1); nobody mentors their own head.
fn is_subordinate(mentor: &Mentor, mentee: &Mentee) -> bool {
    let (one, two) = (&mentor.profile, &mentee.profile);
    if one.superiors.contains(&two.person) {
        return true;
    }
    two.superiors.contains(&one.person)
        && Form::suggest(one.post, &mentor.roles, &[two.post]) != Form::DirectorTeacher
}

/// Whether the two can't meet: they work in different organizations, and not both are ready to do it on line.
fn is_out_of_reach(mentor: &Mentor, mentee: &Mentee) -> bool {
    is_apart(mentor, mentee) && !is_on_line(mentor, mentee)
}

fn is_apart(mentor: &Mentor, mentee: &Mentee) -> bool {
    mentor.profile.workplace.organization != mentee.profile.workplace.organization
}

fn is_on_line(mentor: &Mentor, mentee: &Mentee) -> bool {
    [&mentor.profile, &mentee.profile].into_iter().all(|profile| profile.remote == Remote::Ready)
}

/// Kinds both have chosen and none of which demands what these two don't have; or what they all lack.
fn kinds(mentor: &Mentor, mentee: &Mentee) -> Result<BTreeSet<Kind>, BTreeSet<Refusal>> {
    let (one, two) = (&mentor.profile, &mentee.profile);
    let common: BTreeSet<Kind> = one.kinds.intersection(&two.kinds).copied().collect();
    if common.is_empty() {
        let mut refusals = BTreeSet::from([Refusal::NoCommonKind]);
        // It is not enough to agree on a kind if the mentor takes part in none these two could work in.
        if one.kinds.iter().all(|kind| lacks(*kind, mentor, mentee).is_some()) {
            refusals.extend(one.kinds.iter().filter_map(|kind| lacks(*kind, mentor, mentee)));
        }
        return Err(refusals);
    }
    let mut possible: BTreeSet<Kind> = common.clone();
    possible.retain(|kind| lacks(*kind, mentor, mentee).is_none());
    if possible.is_empty() {
        return Err(common.into_iter().filter_map(|kind| lacks(kind, mentor, mentee)).collect());
    }
    if is_apart(mentor, mentee) {
        // C2: across organizations every kind is on line as well.
        possible.insert(Kind::Virtual);
    }
    Ok(possible)
}

/// What a kind demands and these two don't have (C2, C3, C5).
fn lacks(kind: Kind, mentor: &Mentor, mentee: &Mentee) -> Option<Refusal> {
    let (one, two) = (&mentor.profile, &mentee.profile);
    match kind {
        Kind::Virtual if !is_on_line(mentor, mentee) => Some(Refusal::NotOnLine),
        Kind::Group if mentor.free_places < 2 => Some(Refusal::GroupNeedsPlaces),
        Kind::Reverse if reverse_refusal(one.seniority, two.seniority, two.person).is_some() => {
            Some(Refusal::ReverseNotJunior)
        }
        _ => None,
    }
}
