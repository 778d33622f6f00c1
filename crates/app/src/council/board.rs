//! The council at a glance: what waits, what was decided, sittings, members.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use chrono::{Days, NaiveDate};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::store::{self, Matter, Member, Office, Sitting};
use super::{MatterKind, agenda, visible, withdrawal};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Layout, Tab, Tone, filters};
use crate::kernel::web::{Ctx, page};

/// How long a decision is news.
pub(super) const NEWS: Days = Days::new(30);

#[derive(Template)]
#[template(path = "council/board.html")]
pub(super) struct BoardPage {
    layout: Layout,
    organizations: Vec<Tab>,
    organization: Uuid,
    waiting: Vec<Waiting>,
    decided: Vec<Line>,
    sittings: Vec<Row>,
    members: Vec<MemberLine>,
    form: Form,
    form_key: Uuid,
    choices: Vec<Choice>,
    may_hold: bool,
    may_send: bool,
}

/// A question that waits.
struct Waiting {
    title: String,
    href: String,
    words: String,
    raised_on: NaiveDate,
    due: Option<(Tone, String)>,
    planned: Option<(String, NaiveDate)>,
    /// A dispute that no sitting hears yet: where one is planned.
    plan: Option<String>,
    /// Where whoever sends pairs takes the question back.
    take_back: Option<String>,
}

/// A question decided.
struct Line {
    title: String,
    href: String,
    tone: Tone,
    word: &'static str,
    words: String,
    on: NaiveDate,
}

/// A sitting.
struct Row {
    href: String,
    title: String,
    room: String,
    questions: i64,
    tone: Tone,
    state: String,
    minutes: Option<String>,
}

struct MemberLine {
    name: String,
    offices: Vec<&'static str>,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let organization = visible::organization(&ctx, Permission::ReadCouncil, ctx.asked("organization"))?;
    let reader = ctx.app().db.reader();
    let members = store::members(reader, organization, ctx.today).await?;
    let offices = store::offices(reader, organization, ctx.today).await?;
    let mut form = Form::blank().with("started_on", ctx.today.to_string());
    for (office, person) in &offices {
        form = form.with(office.code(), person.to_string());
    }
    page(&board_page(&ctx, organization, members, offices, form).await?)
}

/// The page with a form that may have come back.
pub(super) async fn board_page(
    ctx: &Ctx,
    organization: Uuid,
    members: Vec<Member>,
    offices: BTreeMap<Office, Uuid>,
    form: Form,
) -> Outcome<BoardPage> {
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let reach = ctx.reach(Permission::ReadCouncil);
    let since = ctx.today.checked_sub_days(NEWS).unwrap_or(ctx.today);
    let waits = store::waits(reader, &[organization], me).await?;
    let decided = store::decided(reader, &[organization], me, since).await?;
    let sittings = store::sittings(reader, &reach, me, organization).await?;
    let pairs =
        waits.iter().map(|matter| matter.mentorship).chain(decided.iter().map(|line| line.mentorship));
    let titles = agenda::titles(reader, pairs).await?;
    let title = |kind: MatterKind, pair: &Uuid| agenda::title(kind, titles.get(pair));
    let may_hold = holds(ctx, Permission::HoldCouncil, organization);
    let may_send = holds(ctx, Permission::FormPairs, organization);
    let own = own(ctx, &waits).await?;
    let taken_back =
        |matter: &Matter| may_send && matter.kind == MatterKind::Pair && !own.contains(&matter.id);
    Ok(BoardPage {
        layout: ctx.layout("Совет наставников").await?,
        organizations: organizations(ctx, organization),
        organization,
        waiting: waits
            .iter()
            .map(|matter| Waiting {
                plan: closed_door(matter).filter(|_| may_hold),
                take_back: taken_back(matter).then(|| withdrawal::address(matter.id)),
                ..waiting(matter, title(matter.kind, &matter.mentorship), ctx.today)
            })
            .collect(),
        decided: decided
            .into_iter()
            .map(|line| Line {
                title: title(line.kind, &line.mentorship),
                href: format!("/pairs/{}", line.mentorship),
                tone: line.decision.tone(),
                word: line.decision.title(),
                words: line.words,
                on: line.on,
            })
            .collect(),
        sittings: sittings.iter().map(row).collect(),
        choices: choices(&members),
        members: members.iter().map(|member| member_line(member, &offices)).collect(),
        form,
        form_key: ids::form_key(),
        may_hold,
        may_send,
    })
}

/// The questions about pairs in which the reader takes part.
async fn own(ctx: &Ctx, waits: &[Matter]) -> Outcome<BTreeSet<Uuid>> {
    let ids: Vec<Uuid> = waits.iter().map(|matter| matter.id).collect();
    let parties = store::parties(ctx.app().db.reader(), &ids).await?;
    let is_in = |people: &BTreeSet<PersonId>| people.contains(&ctx.actor().person);
    Ok(parties.into_iter().filter(|(_, people)| is_in(people)).map(|(matter, _)| matter).collect())
}

fn holds(ctx: &Ctx, permission: Permission, organization: Uuid) -> bool {
    ctx.reach(permission).organizations.contains(&organization.into())
}

/// Members to choose among.
pub(super) fn choices(members: &[Member]) -> Vec<Choice> {
    members.iter().map(|member| Choice::new(member.person.to_string(), member.name.full())).collect()
}

/// The councils the reader may open; none to choose where there is one.
fn organizations(ctx: &Ctx, current: Uuid) -> Vec<Tab> {
    let reach = ctx.reach(Permission::ReadCouncil);
    if reach.organizations.len() < 2 {
        return Vec::new();
    }
    let tab = |id: &nastavnik_domain::ids::OrganizationId| Tab {
        href: format!("/council?organization={}", id.0),
        title: ctx.who.places.get(id).map_or_else(String::new, |place| place.short.clone()),
        current: id.0 == current,
        under: Vec::new(),
    };
    reach.organizations.iter().map(tab).collect()
}

/// Where the sitting of a dispute is planned, while there is none.
fn closed_door(matter: &Matter) -> Option<String> {
    let waits = matter.kind == MatterKind::Dispute && matter.planned.is_none();
    waits.then(|| format!("/council/sittings/new?dispute={}", matter.id))
}

fn waiting(matter: &Matter, title: String, today: NaiveDate) -> Waiting {
    let due = matter.due_on.map(|day| {
        if day < today {
            (Tone::Late, format!("ждали к {}", short(day)))
        } else {
            (Tone::Wait, format!("до {}", short(day)))
        }
    });
    Waiting {
        title,
        href: format!("/pairs/{}", matter.mentorship),
        words: matter.words.clone(),
        raised_on: matter.raised_on,
        due,
        planned: matter.planned.map(|(id, day)| (format!("/council/sittings/{id}"), day)),
        plan: None,
        take_back: None,
    }
}

fn row(sitting: &Sitting) -> Row {
    let (tone, state) = match (&sitting.label, sitting.canceled_at) {
        (Some(label), _) => (Tone::Done, format!("протокол № {label}")),
        (None, Some(_)) => (Tone::Closed, "отменено".to_owned()),
        (None, None) => (Tone::Plan, "назначено".to_owned()),
    };
    let kind = if sitting.dispute.is_some() { ", закрытое" } else { "" };
    Row {
        href: format!("/council/sittings/{}", sitting.id),
        title: format!("{}{kind}", short(sitting.held_on)),
        room: sitting.room.clone(),
        questions: sitting.questions,
        tone,
        state,
        minutes: sitting.pdf.map(|_| format!("/council/sittings/{}/minutes.pdf", sitting.id)),
    }
}

fn member_line(member: &Member, offices: &BTreeMap<Office, Uuid>) -> MemberLine {
    let held = offices.iter().filter(|(_, person)| **person == member.person);
    MemberLine { name: member.name.full(), offices: held.map(|(office, _)| office.title()).collect() }
}
