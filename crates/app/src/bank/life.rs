//! What happened to a candidate and when, from the rows themselves: proposed, listed, places, selection, courses, left.

use chrono::NaiveDate;
use nastavnik_domain::russian::count;
use sea_orm::ConnectionTrait;

use super::members::Member;
use super::store::{self, CapacityRow, NominationState, Nominations};
use crate::kernel::clock::local_day;
use crate::kernel::filters::short_date;

/// A line of the history.
pub(super) struct Event {
    pub(super) on: NaiveDate,
    /// «Иванова А. А.»; empty if it is not known.
    pub(super) by: String,
    pub(super) text: String,
}

/// The events of a candidate, the newest first.
pub(super) async fn events(connection: &impl ConnectionTrait, member: &Member) -> anyhow::Result<Vec<Event>> {
    let mut events = Vec::new();
    for nomination in store::nominations(connection, Nominations::OfPerson(member.person)).await? {
        let is_of_this = nomination.candidate == Some(member.id);
        if !is_of_this || nomination.state != NominationState::Accepted {
            continue;
        }
        let text = "Предложена кандидатура: самовыдвижение".to_owned();
        events.push(Event { on: nomination.proposed_on, by: nomination.name.short(), text });
    }
    events.extend(places(&store::capacities(connection, member.id).await?, member));
    for decision in &member.selection.decisions {
        let words = [decision.vote.title(), &decision.reason].into_iter().filter(|words| !words.is_empty());
        let text = format!("Отбор: {} – {}", decision.body.title(), words.collect::<Vec<_>>().join(". "));
        events.push(Event { on: decision.decided_on, by: decision.by.clone(), text });
    }
    for course in &member.courses {
        let (on, word) = match (course.passed_on, course.planned_for) {
            (Some(passed), _) => (passed, "Обучение пройдено"),
            (None, Some(planned)) => {
                let recorded = local_day(course.recorded_at, member.zone);
                let text = format!("Обучение запланировано на {}: {}", short_date(planned), course.title);
                events.push(Event { on: recorded, by: String::new(), text });
                continue;
            }
            (None, None) => continue,
        };
        events.push(Event { on, by: String::new(), text: format!("{word}: {}", course.title) });
    }
    if let Some(ended) = member.ended_on {
        events.push(Event { on: ended, by: String::new(), text: "Вышел из банка".to_owned() });
    }
    // Equal days keep the order of what leads to what.
    events.sort_by_key(|event| event.on);
    events.reverse();
    Ok(events)
}

/// The listing and every change of the places.
fn places(rows: &[CapacityRow], member: &Member) -> Vec<Event> {
    let mut events = Vec::new();
    let mut before = None;
    if rows.is_empty() {
        events.push(Event {
            on: member.listed_on, by: String::new(), text: "Внесён в банк".to_owned()
        });
    }
    for row in rows {
        let words = count(u64::try_from(row.capacity).unwrap_or(0), "место", "места", "мест");
        let text = match before.replace(row.capacity) {
            None => format!("Внесён в банк, {words}"),
            Some(before) if before == row.capacity => continue,
            Some(before) => format!("Мест стало {} (было {before})", row.capacity),
        };
        events.push(Event {
            on: local_day(row.recorded_at, member.zone),
            by: store::short_name(row.surname.as_deref(), row.given.as_deref(), row.patronymic.as_deref()),
            text,
        });
    }
    events
}
