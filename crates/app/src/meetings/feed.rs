//! Calendar files: one meeting, and the private feed of a person. They hold times, no names and no words (decision 0017).

use askama::Template;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use nastavnik_documents::{CalendarEvent, CalendarFile, When};
use uuid::Uuid;

use super::seat;
use super::store::{self, FeedEvent, PlanState};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::page::Layout;
use crate::kernel::web::{Ctx, Path, Submission, Visit, attachment, page};
use crate::tasks;

const CALENDAR: &str = "text/calendar; charset=utf-8";
/// How far back the feed goes.
const PAST: Days = Days::new(60);

#[derive(Template)]
#[template(path = "meetings/calendar.html")]
struct CalendarPage {
    layout: Layout,
    address: Option<String>,
}

/// One's own feed with its address.
pub(super) async fn show(ctx: Ctx) -> Outcome {
    let feed = store::feed_of(ctx.app().db.reader(), ctx.actor().person.0).await?;
    let address = feed.map(|feed| format!("{}/calendar/{}.ics", ctx.app().config.public_url, feed.secret));
    page(&CalendarPage { layout: ctx.layout("Календарь встреч").await?, address })
}

/// A new address; the old one stops at once.
pub(super) async fn renew(ctx: Ctx, submitted: Submission) -> Outcome {
    let secret = ids::secret().map_err(|error| AppError::Internal(anyhow::anyhow!("{error}")))?;
    let change = ctx.change(&submitted).await?;
    let person = ctx.actor().person.0;
    store::set_feed(change.tx(), change.now(), person, &secret).await?;
    let subject = ("person", Some(person));
    change.journal(Entry { kind: "calendar_opened", subject, organization: None, payload: &() }).await?;
    change.finish("/own/calendar", "Адрес календаря готов").await
}

pub(super) async fn close(ctx: Ctx, submitted: Submission) -> Outcome {
    let change = ctx.change(&submitted).await?;
    let person = ctx.actor().person.0;
    if !store::close_feed(change.tx(), person).await? {
        return Err(AppError::Conflict("Этот адрес уже закрыт. Откройте страницу заново".to_owned()));
    }
    let subject = ("person", Some(person));
    change.journal(Entry { kind: "calendar_closed", subject, organization: None, payload: &() }).await?;
    change.finish("/own/calendar", "Адрес закрыт: по нему больше ничего не открывается").await
}

/// The feed, for a calendar program that has only the address.
pub(super) async fn feed(visit: Visit, Path(file): Path<String>) -> Outcome {
    let reader = visit.app.db.reader();
    let secret = file.strip_suffix(".ics").filter(|secret| !secret.is_empty()).ok_or(AppError::NotFound)?;
    let feed = store::feed_by_secret(reader, secret).await?.ok_or(AppError::NotFound)?;
    let now = visit.app.clock.now();
    let since = now.date_naive().checked_sub_days(PAST).unwrap_or(now.date_naive());
    let rows = store::feed_events(reader, feed.person_id, since).await?;
    let url = &visit.app.config.public_url;
    let mut events: Vec<CalendarEvent> =
        rows.iter().filter_map(|row| event(row, feed.person_id, url)).collect();
    let terms = tasks::due_days(reader, feed.person_id, since).await?;
    events.extend(terms.into_iter().map(|(pair, day)| term(pair, day, url)));
    let calendar = CalendarFile { name: "Встречи: Наставник".to_owned(), events };
    attachment(calendar.text(now).into_bytes(), CALENDAR, "Встречи.ics")
}

fn event(row: &FeedEvent, person: Uuid, url: &str) -> Option<CalendarEvent> {
    let zone: Tz = row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
    let title = match (row.mentor_id == person, row.mentees) {
        (true, 0..=1) => "Встреча с наставляемым",
        (true, _) => "Встреча с группой",
        (false, _) => "Встреча с наставником",
    };
    Some(CalendarEvent {
        uid: format!("{}@nastavnik", row.id),
        sequence: row.version,
        when: When::Hours { starts: moment(row.planned_on, row.starts_at, zone)?, minutes: row.minutes },
        title: title.to_owned(),
        url: format!("{url}/pairs/{}/meetings", row.mentorship_id),
    })
}

/// The day on which tasks of a pair are due, however many they are: no titles leave the program.
fn term(pair: Uuid, day: NaiveDate, url: &str) -> CalendarEvent {
    CalendarEvent {
        uid: format!("task-{pair}-{day}@nastavnik"),
        sequence: 1,
        when: When::Day(day),
        title: "Задание: срок".to_owned(),
        url: format!("{url}/pairs/{pair}/tasks?state=open"),
    }
}

/// The moment of a local clock; in an hour that the clock leaves out there is none.
fn moment(day: NaiveDate, minutes: i64, zone: Tz) -> Option<DateTime<Utc>> {
    let minutes = u32::try_from(minutes).ok()?;
    let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0)?;
    Some(zone.from_local_datetime(&day.and_time(time)).earliest()?.with_timezone(&Utc))
}

/// One planned meeting as a file.
pub(super) async fn one(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = seat::ring(&ctx, reader, pair).await?.ok_or(AppError::NotFound)?;
    let plan = store::plan_of(reader, pair, id).await?.filter(|plan| plan.state == PlanState::Planned);
    let plan = plan.ok_or(AppError::NotFound)?;
    let row = FeedEvent {
        id: plan.id,
        mentorship_id: plan.pair,
        planned_on: plan.day,
        starts_at: plan.starts_at,
        minutes: plan.minutes,
        version: plan.version,
        mentor_id: case.pair.mentor.person,
        mentees: i64::try_from(case.pair.mentees.len()).unwrap_or(i64::MAX),
        time_zone: ctx.who.zone.name().to_owned(),
    };
    let event = event(&row, ctx.actor().person.0, &ctx.app().config.public_url).ok_or(AppError::NotFound)?;
    let calendar = CalendarFile { name: event.title.clone(), events: vec![event] };
    attachment(calendar.text(ctx.now).into_bytes(), CALENDAR, "Встреча.ics")
}

impl CalendarPage {
    /// A new key for each form of the page.
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
