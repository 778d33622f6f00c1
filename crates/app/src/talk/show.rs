//! The page of a talk: the latest messages by day, the newest at the bottom; earlier ones by pages; what was searched for.

use askama::Template;
use axum::Json;
use axum::response::IntoResponse;
use nastavnik_domain::russian::search_key;
use nastavnik_domain::talk::{Run, Standing, runs};
use uuid::Uuid;

use super::front;
use super::record::Message;
use super::rules::rules;
use super::seat::{self, Seat};
use super::store::{self, Window};
use crate::kernel::errors::Outcome;
use crate::kernel::filters::long_date;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, again, page};
use crate::pairs::{self, Succession};

/// Messages on one page.
const PER_PAGE: i64 = 50;
/// The longest text that is searched for, characters.
const LONGEST_SOUGHT: usize = 100;

#[derive(Template)]
#[template(path = "talk/show.html")]
struct ShowPage {
    layout: Layout,
    tabs: Vec<Tab>,
    succession: Succession,
    base: String,
    pair: Uuid,
    form: Form,
    form_key: Uuid,
    reading_key: Uuid,
    standing: Standing,
    readers: String,
    /// Over the field of a new message.
    to: &'static str,
    days: Vec<Day>,
    /// What was searched for; empty when the talk is read.
    sought: String,
    found: u64,
    /// The page before this one, if there is one.
    earlier: Option<String>,
    place: Place,
    version: u64,
    /// The number of the last message on the page.
    last: i64,
    /// Messages of others not seen yet.
    fresh: u64,
    longest: usize,
    change_minutes: u32,
}

/// Where the reader is in the talk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At its end, where new messages appear.
    End,
    Earlier,
    Search,
}

/// Messages of one day.
struct Day {
    title: String,
    lines: Vec<Line>,
}

struct Line {
    id: Uuid,
    number: i64,
    author: String,
    is_own: bool,
    time: String,
    state: LineState,
    /// The first of those not seen yet.
    begins_new: bool,
    /// Where it is mended, while it may be.
    edit: Option<String>,
    runs: Vec<Run>,
    file: Option<FileLine>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineState {
    AsWritten,
    Corrected,
    Withdrawn,
}

struct FileLine {
    name: Vec<Run>,
    size: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let seat = seat::visible(&ctx, ctx.app().db.reader(), id).await?;
    page(&show_page(&ctx, &seat, Form::blank()).await?)
}

/// The page again with what was typed and what is wrong with it.
pub(super) async fn again_with(ctx: &Ctx, seat: &Seat, form: Form) -> Outcome {
    again(&show_page(ctx, seat, form).await?)
}

/// What a browser asks to learn whether anything has been written.
pub(super) async fn version(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let seat = seat::visible(&ctx, reader, id).await?;
    let version = store::version(reader, id, seat.standing.hidden_from()).await?;
    Ok(Json(serde_json::json!({ "version": version })).into_response())
}

async fn show_page(ctx: &Ctx, seat: &Seat, form: Form) -> Outcome<ShowPage> {
    let (reader, pair) = (ctx.app().db.reader(), seat.pair());
    let sought: String = ctx.asked("q").trim().chars().take(LONGEST_SOUGHT).collect();
    let window = Window {
        hidden_from: seat.standing.hidden_from(),
        before: ctx.asked("before").parse().ok(),
        sought: search_key(&sought),
    };
    let place = match (window.sought.is_empty(), window.before) {
        (false, _) => Place::Search,
        (true, Some(_)) => Place::Earlier,
        (true, None) => Place::End,
    };
    let version = store::version(reader, pair, window.hidden_from).await?;
    let mut messages = store::messages(reader, pair, &window, PER_PAGE + 1).await?;
    let has_earlier = messages.len() > usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    messages.truncate(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
    messages.reverse();
    let seen = store::seen(reader, pair, seat.me).await?;
    let waiting = front::unread(reader, seat.me).await?;
    let rules = rules(ctx.today)?;
    let base = format!("/pairs/{pair}/talk");
    let mut layout = ctx.layout("Переписка").await?;
    layout.crumbs = vec![
        Crumb::new("/own/talks", "Моя переписка"),
        Crumb::new(format!("/pairs/{pair}"), seat.case.pair.title()),
    ];
    Ok(ShowPage {
        succession: pairs::succession(reader, pair, seat.me).await?,
        tabs: front::tabs(ctx, &seat.case.pair, "/talk").await?,
        earlier: messages.first().filter(|_| has_earlier).map(|first| earlier(&base, &sought, first.number)),
        last: messages.last().map_or(0, |last| last.number),
        fresh: waiting.iter().find(|unread| unread.pair == pair).map_or(0, |unread| unread.count),
        found: store::found(reader, pair, &window).await?,
        days: days(ctx, seat, &messages, (&sought, seen))?,
        form_key: ids::form_key(),
        reading_key: ids::form_key(),
        standing: seat.standing,
        readers: seat.readers(ctx.today),
        to: seat.to(ctx.today),
        longest: rules.longest,
        change_minutes: rules.change_minutes,
        layout,
        base,
        pair,
        form,
        sought,
        place,
        version,
    })
}

fn earlier(base: &str, sought: &str, first: i64) -> String {
    match sought {
        "" => format!("{base}?before={first}"),
        _ => format!("{base}?q={}&before={first}", crate::kernel::web::encode(sought)),
    }
}

fn days(ctx: &Ctx, seat: &Seat, messages: &[Message], (sought, seen): (&str, i64)) -> Outcome<Vec<Day>> {
    let first_new =
        messages.iter().find(|one| one.number > seen && one.author_id != seat.me && !one.is_withdrawn());
    let first_new = first_new.map(|one| one.number).filter(|_| sought.is_empty());
    let mut days: Vec<Day> = Vec::new();
    for message in messages {
        let title = long_date(message.written_on);
        let line = line(ctx, seat, message, (sought, first_new))?;
        match days.last_mut().filter(|day| day.title == title) {
            Some(day) => day.lines.push(line),
            None => days.push(Day { title, lines: vec![line] }),
        }
    }
    Ok(days)
}

fn line(
    ctx: &Ctx,
    seat: &Seat,
    message: &Message,
    (sought, first_new): (&str, Option<i64>),
) -> Outcome<Line> {
    let edit = format!("/pairs/{}/talk/{}/edit", seat.pair(), message.id);
    let may_change = seat::may_change(ctx, seat, message)?;
    let file = message.file_name.as_deref().map(|name| FileLine {
        name: runs(name, sought).into_iter().map(|run| Run { href: None, ..run }).collect(),
        size: size(message.file_size.unwrap_or(0)),
    });
    Ok(Line {
        id: message.id,
        number: message.number,
        author: seat.name(message.author_id),
        is_own: message.author_id == seat.me,
        time: message.written_at.with_timezone(&seat.zone).format("%H:%M").to_string(),
        state: match (message.withdrawn_at, message.corrected_at) {
            (Some(_), _) => LineState::Withdrawn,
            (None, Some(_)) => LineState::Corrected,
            (None, None) => LineState::AsWritten,
        },
        begins_new: first_new == Some(message.number),
        edit: may_change.then_some(edit),
        runs: runs(&message.words, sought),
        file,
    })
}

/// «340 КБ», «1,2 МБ».
fn size(bytes: i64) -> String {
    const KILO: i64 = 1024;
    if bytes < KILO * KILO {
        return format!("{}\u{a0}КБ", (bytes / KILO).max(1));
    }
    let tenths = bytes * 10 / (KILO * KILO);
    format!("{},{}\u{a0}МБ", tenths / 10, tenths % 10)
}

impl ShowPage {
    fn writes(&self) -> bool {
        self.standing == Standing::Writes
    }

    fn is_search(&self) -> bool {
        self.place == Place::Search
    }

    fn is_end(&self) -> bool {
        self.place == Place::End
    }

    /// Why nothing is written here today, a sentence; empty if something may be.
    fn why_not(&self) -> String {
        match self.standing {
            Standing::Writes => String::new(),
            Standing::Waits => {
                "Переписка откроется, когда приказ подпишут и наступит первый день пары.".to_owned()
            }
            Standing::Reads => "Наставничество завершено: переписку можно читать.".to_owned(),
            Standing::ReadsBefore(day) => format!(
                "Вы вышли из группы: переписку до {} можно читать.",
                nastavnik_domain::russian::long(day)
            ),
        }
    }
}

impl Line {
    fn is_corrected(&self) -> bool {
        self.state == LineState::Corrected
    }

    fn is_withdrawn(&self) -> bool {
        self.state == LineState::Withdrawn
    }

    /// Where the message stands among its neighbors, for what was found.
    fn in_talk(&self) -> String {
        format!("?before={}#m{}", self.number + PER_PAGE / 2, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_roughly() {
        for (bytes, words) in
            [(1, "1 КБ"), (348_160, "340 КБ"), (1_048_576, "1,0 МБ"), (10_485_760, "10,0 МБ")]
        {
            assert_eq!(size(bytes).replace('\u{a0}', " "), words);
        }
    }
}
