//! The list of agreements.

use std::collections::BTreeMap;

use askama::Template;
use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::partnership::State;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{compare, search_key};
use uuid::Uuid;

use super::record::{Agreement, tone};
use super::store;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::listing::{Direction, Listing};
use crate::kernel::page::{Layout, Tone};
use crate::kernel::web::{Ctx, page};
use crate::kernel::workbook;
use crate::pairs;

const PATH: &str = "/agreements";
const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "partnerships/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    rows: Vec<Row>,
    states: Vec<Choice>,
    may_edit: bool,
}

struct Row {
    href: String,
    label: String,
    maker: String,
    partner: String,
    days: String,
    payer: String,
    state: State,
    tone: Tone,
    pairs: usize,
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    let found = found(&ctx).await?;
    let list = Listing::new(PATH, &ctx.visit.query, PER_PAGE, found.len() as u64);
    let [skip, take] =
        [list.offset(), list.per_page()].map(|rows| usize::try_from(rows).unwrap_or(usize::MAX));
    let shown: Vec<&Agreement> = found.iter().skip(skip).take(take).collect();
    let counts = counts(&ctx, &shown).await?;
    let row = |agreement: &&Agreement| {
        let state = agreement.terms.state(ctx.today);
        Row {
            href: agreement.href(),
            label: agreement.label(),
            maker: agreement.maker_name.clone(),
            partner: agreement.partner_name.clone(),
            days: agreement.days(),
            payer: agreement.payer_name().to_owned(),
            state,
            tone: tone(state),
            pairs: counts.get(&agreement.id).copied().unwrap_or_default(),
        }
    };
    page(&ListPage {
        layout: ctx.layout("Договоры о сотрудничестве").await?,
        rows: shown.iter().map(row).collect(),
        list,
        states: State::ALL.iter().map(|state| Choice::new(state.code(), state.title())).collect(),
        may_edit: ctx.actor().may_somewhere(Permission::EditAgreements),
    })
}

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let found = found(&ctx).await?;
    let all: Vec<&Agreement> = found.iter().collect();
    let counts = counts(&ctx, &all).await?;
    let column = |title: &str, width: f64, kind| ListColumn { title: title.to_owned(), width, kind };
    let columns = [
        column("Номер", 14.0, ColumnKind::Text),
        column("Дата", 12.0, ColumnKind::Date),
        column("Кто записал", 30.0, ColumnKind::Text),
        column("Вторая сторона", 30.0, ColumnKind::Text),
        column("Первый день", 12.0, ColumnKind::Date),
        column("Последний день", 12.0, ColumnKind::Date),
        column("Кто платит наставнику", 30.0, ColumnKind::Text),
        column("Состояние", 18.0, ColumnKind::Text),
        column("Пар", 8.0, ColumnKind::Text),
        column("Предмет", 48.0, ColumnKind::Text),
    ];
    let today = ctx.today;
    let cells: Vec<Vec<Cell>> = found
        .into_iter()
        .map(|agreement| {
            let days = agreement.terms.days();
            vec![
                Cell::Text(agreement.number.clone()),
                Cell::Date(agreement.dated_on),
                Cell::Text(agreement.maker_name.clone()),
                Cell::Text(agreement.partner_name.clone()),
                Cell::Date(days.from()),
                Cell::Date(days.last_day().unwrap_or(days.from())),
                Cell::Text(agreement.payer_name().to_owned()),
                Cell::Text(agreement.terms.state(today).title().to_owned()),
                Cell::Text(counts.get(&agreement.id).copied().unwrap_or_default().to_string()),
                Cell::Text(agreement.subject),
            ]
        })
        .collect();
    workbook::download("Договоры о сотрудничестве.xlsx", move || {
        table("Договоры", &columns, cells)
    })
    .await
}

/// How many pairs stand on each, by one query.
async fn counts(ctx: &Ctx, agreements: &[&Agreement]) -> Outcome<BTreeMap<Uuid, usize>> {
    let ids: Vec<Uuid> = agreements.iter().map(|agreement| agreement.id).collect();
    let mut counts = BTreeMap::new();
    for pair in pairs::standing_on(ctx.app().db.reader(), &ids).await? {
        *counts.entry(pair.agreement).or_default() += 1;
    }
    Ok(counts)
}

/// The agreements that pass the filters, in the order asked for. The state follows from the days, so it is asked here.
async fn found(ctx: &Ctx) -> Outcome<Vec<Agreement>> {
    let reach = ctx.reach(Permission::ReadAgreements);
    let search = search_key(ctx.asked("q"));
    let mut found = store::visible(ctx.app().db.reader(), &reach, &search).await?;
    if let Some(state) = State::from_code(ctx.asked("state")) {
        found.retain(|agreement| agreement.terms.state(ctx.today) == state);
    }
    let list = Listing::new(PATH, &ctx.visit.query, PER_PAGE, 0);
    let Some((key, direction)) = list.order() else { return Ok(found) };
    match key {
        "number" => found.sort_by(|one, other| compare(&one.number, &other.number)),
        "partner" => found.sort_by(|one, other| compare(&one.partner_name, &other.partner_name)),
        "ends" => found.sort_by_key(|agreement| agreement.terms.days().last_day()),
        _ => return Ok(found),
    }
    if direction == Direction::Descending {
        found.reverse();
    }
    Ok(found)
}

impl ListPage {
    /// Whether there is nothing at all, not because of the filters.
    fn is_new(&self) -> bool {
        self.rows.is_empty() && !self.list.is_filtered()
    }
}
