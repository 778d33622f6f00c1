//! What the council and those who object have said of a pair, as a sign on its card and in lists.

use std::collections::BTreeMap;

use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::{Decision, MatterKind, Standing, store};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::pairs::Pair;

/// A color, a word and the page that tells more.
#[derive(Clone, Debug)]
pub struct Sign {
    pub tone: Tone,
    pub word: String,
    pub href: String,
}

/// Signs of these pairs for readers of the council (the council, the curator, the director). Those who take part in a
/// pair see none on it. Two queries, however many pairs.
pub async fn signs(ctx: &Ctx, pairs: &[&Pair]) -> Outcome<BTreeMap<Uuid, Vec<Sign>>> {
    let reach = ctx.reach(Permission::ReadCouncil);
    let me = ctx.actor().person.0;
    let seen: Vec<&&Pair> =
        pairs.iter().filter(|pair| reach.covers(&pair.place()) && !pair.has(me)).collect();
    let mut signs: BTreeMap<Uuid, Vec<Sign>> = BTreeMap::new();
    if seen.is_empty() {
        return Ok(signs);
    }
    let reader = ctx.app().db.reader();
    let ids: Vec<Uuid> = seen.iter().map(|pair| pair.id).collect();
    for (id, standing) in store::standings(reader, MatterKind::Pair, &ids).await? {
        signs.entry(id).or_default().push(of_standing(id, &standing));
    }
    let organizations: Vec<Uuid> = reach.organizations.iter().map(|id| id.0).collect();
    let mentors: Vec<Uuid> = seen.iter().map(|pair| pair.mentor.person).collect();
    for objection in store::objections(reader, &organizations, &mentors).await? {
        let against = |pair: &&&&Pair| {
            pair.organization == objection.organization
                && pair.mentor.person == objection.mentor
                && pair.mentees.iter().any(|mentee| mentee.person == objection.mentee)
        };
        for pair in seen.iter().filter(|_| objection.lifted_on.is_none()).filter(against) {
            signs.entry(pair.id).or_default().push(Sign {
                tone: Tone::Late,
                word: format!("возражение {}", objection.body.whose()),
                href: format!("/pairs/{}/objections", pair.id),
            });
        }
    }
    Ok(signs)
}

/// Where the newest question about a pair stands.
pub(super) async fn standing(ctx: &Ctx, pair: Uuid) -> Outcome<Option<Standing>> {
    Ok(store::standings(ctx.app().db.reader(), MatterKind::Pair, &[pair]).await?.remove(&pair))
}

pub(super) fn of_standing(pair: Uuid, standing: &Standing) -> Sign {
    let (tone, word) = match standing {
        Standing::Waits { due_on: None } => (Tone::Wait, "ждёт решения совета".to_owned()),
        Standing::Waits { due_on: Some(day) } => {
            (Tone::Wait, format!("ждёт решения совета до {}", short(*day)))
        }
        Standing::Decided { decision, on, .. } => {
            (decision.tone(), format!("совет: {} {}", decision.title(), short(*on)))
        }
    };
    Sign { tone, word, href: format!("/pairs/{pair}/objections") }
}

/// What the council has written.
pub(super) fn words(standing: Option<&Standing>) -> String {
    match standing {
        Some(Standing::Decided { words, .. }) => words.clone(),
        _ => String::new(),
    }
}

/// What to do now, a sentence or two.
pub(super) const fn next_step(standing: Option<&Standing>) -> &'static str {
    match standing {
        None => "Пара ещё не была на совете. Отправить её можно до приказа.",
        Some(Standing::Waits { .. }) => "Вопрос войдёт в повестку ближайшего заседания.",
        Some(Standing::Decided { decision: Decision::Agreed, .. }) => {
            "Соберите документы и подготовьте приказ."
        }
        Some(Standing::Decided { decision: Decision::AgreedWithRemarks, .. }) => {
            "Учтите замечания в условиях пары, соберите документы и подготовьте приказ."
        }
        Some(Standing::Decided { decision: Decision::Declined, .. }) => {
            "Измените состав или условия пары по словам совета и отправьте её снова, либо откажитесь от неё на карточке."
        }
    }
}

/// Not under consideration and not agreed on.
pub(super) const fn may_be_sent(standing: Option<&Standing>) -> bool {
    matches!(standing, None | Some(Standing::Decided { decision: Decision::Declined, .. }))
}
