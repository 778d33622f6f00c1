//! What waits for an answer, with its clock; pairs in which a talk is needed.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::petition::{Kind, Sight, State};
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::record::Petition;
use super::signals::{self, Signal};
use super::visible;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::page::{Layout, Listing, Tone, filters};
use crate::kernel::web::{Ctx, page};

const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "endings/inbox.html")]
struct InboxPage {
    layout: Layout,
    list: Listing,
    rows: Vec<Row>,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    signals: Vec<Signal>,
}

struct Row {
    id: Uuid,
    label: String,
    asks: &'static str,
    author: String,
    pair: String,
    filed_on: NaiveDate,
    state: &'static str,
    tone: Tone,
    clock: Option<(Tone, String)>,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let (reader, reach) = (ctx.app().db.reader(), ctx.reach(Permission::DecideEndings));
    let mut found = visible::inbox(&ctx, reader, &reach).await?;
    let (state, kind) = (State::from_code(ctx.asked("state")), Kind::from_code(ctx.asked("kind")));
    let waits = ctx.asked("state") == "open";
    found.retain(|petition| {
        let now = petition.state();
        state.is_none_or(|asked| asked == now)
            && (!waits || now.awaits_answer())
            && kind.is_none_or(|asked| asked == petition.kind)
    });
    // Whoever waits stands first, the nearest day above.
    found.sort_by_key(|petition| (!petition.state().awaits_answer(), petition.answer_by));
    let list =
        Listing::new("/petitions", &ctx.visit.query, PER_PAGE, u64::try_from(found.len()).unwrap_or(0));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let shown = found.iter().skip(skip).take(50);
    let mut states = vec![Choice::new("open", "ждут ответа")];
    states.extend(State::ALL.iter().map(|state| Choice::new(state.code(), state.title())));
    page(&InboxPage {
        layout: ctx.layout("Заявления").await?,
        list,
        rows: shown.map(|petition| row(petition, ctx.today)).collect::<anyhow::Result<_>>()?,
        states,
        kinds: Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.title())).collect(),
        signals: signals::within(&ctx, reader, &reach).await?,
    })
}

fn row(petition: &Petition, today: NaiveDate) -> anyhow::Result<Row> {
    let is_whole = petition.sight == Sight::Whole;
    Ok(Row {
        id: petition.id,
        label: petition.label.clone(),
        asks: petition.kind.title(),
        author: if is_whole { petition.applicant_name() } else { String::new() },
        pair: petition.case.pair.title(),
        filed_on: petition.filed_on,
        state: petition.state().title(),
        tone: petition.tone(today),
        clock: petition.clock(today)?,
    })
}
