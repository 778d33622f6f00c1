//! One's own consents: what I have given, to whom, in which words; a button to take each back.

use askama::Template;
use nastavnik_domain::config::ConsentText;
use uuid::Uuid;

use super::rules::texts;
use super::store;
use super::view::{self, State};
use crate::kernel::errors::Outcome;
use crate::kernel::ids;
use crate::kernel::page::Layout;
use crate::kernel::web::{Ctx, page};

#[derive(Template)]
#[template(path = "consents/own.html")]
struct OwnPage {
    layout: Layout,
    places: Vec<Place>,
}

/// An organization consents are given to.
struct Place {
    id: Uuid,
    name: String,
    works: bool,
    lines: Vec<Line>,
}

struct Line {
    state: State,
    /// What was signed; what would be signed today where nothing is in force.
    text: &'static ConsentText,
    /// The consent that may be withdrawn.
    id: Option<Uuid>,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let person = ctx.actor().person.0;
    let rows = store::consents_of(reader, &[person], None).await?;
    let mut places = Vec::new();
    for place in store::own_places(reader, person, ctx.today).await? {
        let states = view::states(&rows, person, place.id, ctx.today);
        let lines = states.into_iter().filter_map(|state| line(state, &ctx).transpose());
        places.push(Place {
            id: place.id,
            name: place.short_name,
            works: place.works == 1,
            lines: lines.collect::<Outcome<_>>()?,
        });
    }
    page(&OwnPage { layout: ctx.layout("Мои согласия").await?, places })
}

fn line(state: State, ctx: &Ctx) -> Outcome<Option<Line>> {
    let texts = texts()?;
    let live = state.live();
    let signed = live.and_then(|row| texts.version(state.kind, &row.text_version));
    let text = signed.or_else(|| texts.on(state.kind, ctx.today));
    let id = live.map(|row| row.id);
    Ok(text.map(|text| Line { state, text, id }))
}

impl OwnPage {
    /// A new key for each form of the page.
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
