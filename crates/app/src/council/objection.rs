//! What stands against a pair before its order, and what the council has said of it (п. 2.2, 4.1.3).

use askama::Template;
use nastavnik_domain::policy::{Permission, Place};
use nastavnik_domain::role::Role;
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::signs::{self, Sign};
use super::store::{self, Objection};
use super::visible;
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

/// Longest reason.
const REASON: usize = 500;

/// Who opens the page: the council, the curator, the director, and the union.
const OPENS: &[Permission] = &[Permission::ReadCouncil, Permission::ObjectToPairs];

/// Who may object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Union,
    Council,
}

impl Body {
    const ALL: [Self; 2] = [Self::Union, Self::Council];

    /// The code stored in the database.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Union => "union",
            Self::Council => "council",
        }
    }

    /// Reads the stored code.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|body| body.code() == code)
    }

    /// «возражает …».
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Union => "профсоюз",
            Self::Council => "совет наставников",
        }
    }

    /// «возражение …».
    pub(super) const fn whose(self) -> &'static str {
        match self {
            Self::Union => "профсоюза",
            Self::Council => "совета",
        }
    }

    const fn role(self) -> Role {
        match self {
            Self::Union => Role::Union,
            Self::Council => Role::Council,
        }
    }
}

#[derive(Template)]
#[template(path = "council/objections.html")]
struct ObjectionsPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    pair: Uuid,
    organization: Uuid,
    lines: Vec<Line>,
    mentees: Vec<Choice>,
    /// For whom the reader may speak; empty if for nobody.
    bodies: Vec<Choice>,
    council: Option<Council>,
}

/// An objection as the page shows it.
struct Line {
    objection: Objection,
    mentee: String,
    may_lift: bool,
}

/// What the council has said; only for its readers.
struct Council {
    sign: Option<Sign>,
    words: String,
    next: &'static str,
    may_send: bool,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = visible::pair(&ctx, id, OPENS).await?;
    let form = first_form(&ctx, &case);
    page(&objections_page(&ctx, case, form).await?)
}

pub(super) async fn raise(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = visible::pair(&ctx, id, OPENS).await?;
    ctx.require(Permission::ObjectToPairs, &case.pair.place())?;
    if !visible::is_preparing(&case) {
        return Err(AppError::Conflict(
            "Приказ уже подписан: возразить можно только до него. Поговорите с куратором".to_owned(),
        ));
    }
    let mut form = submitted.form.clone();
    let mentee = visible::read_mentee(&mut form, &case);
    let bodies = choices(&bodies(&ctx, &case.pair.place()));
    let body = form.required_choice("body", "От чьего имени", &bodies);
    let reason = form.required_paragraphs("reason", "Причина", REASON);
    let body = body.as_deref().and_then(Body::from_code);
    let (Some(mentee), Some(body), Some(reason), true) = (mentee, body, reason, form.is_valid()) else {
        return again(&objections_page(&ctx, case, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let whom = (case.pair.organization, case.pair.mentor.person, mentee);
    if !store::raise_objection(&change, whom, body, &reason, ctx.actor().person.0).await? {
        drop(change);
        form.error(
            "reason",
            format!("Возражение уже записано: {} возражает против этих двоих.", body.title()),
        );
        return again(&objections_page(&ctx, case, form).await?);
    }
    let (subject, organization) = (("person", Some(mentee)), Some(case.pair.organization));
    change.journal(Entry { kind: "pair_objection_raised", subject, organization, payload: &() }).await?;
    change.finish(&format!("/pairs/{id}/objections"), "Возражение записано. Куратор увидит его на паре").await
}

pub(super) async fn lift(
    ctx: Ctx,
    Path((id, objection)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    let case = visible::pair(&ctx, id, OPENS).await?;
    let found = of_pair(&ctx, &case).await?.into_iter().find(|found| found.id == objection);
    let found = found.ok_or(AppError::NotFound)?;
    ctx.require(Permission::ObjectToPairs, &case.pair.place())?;
    if !bodies(&ctx, &case.pair.place()).contains(&found.body) {
        return Err(AppError::Forbidden(
            "Возражение снимает тот, кто его заявил: профсоюз – своё, совет – своё",
        ));
    }
    let change = ctx.change(&submitted).await?;
    if !store::lift_objection(&change, objection, ctx.actor().person.0).await? {
        return Err(AppError::Conflict(
            "Это возражение уже сняли. Откройте пару и проверьте, что получилось".to_owned(),
        ));
    }
    let (subject, organization) = (("person", Some(found.mentee)), Some(case.pair.organization));
    change.journal(Entry { kind: "pair_objection_lifted", subject, organization, payload: &() }).await?;
    change.finish(&format!("/pairs/{id}/objections"), "Возражение снято").await
}

/// The bodies in whose name the reader may speak here.
fn bodies(ctx: &Ctx, place: &Place) -> Vec<Body> {
    let holds =
        |body: &Body| ctx.actor().held(body.role()).any(|grant| grant.organization == place.organization);
    Body::ALL.into_iter().filter(holds).collect()
}

fn choices(bodies: &[Body]) -> Vec<Choice> {
    bodies.iter().map(|body| Choice::new(body.code(), body.title())).collect()
}

/// A form that already names what can be only one thing.
fn first_form(ctx: &Ctx, case: &Case) -> Form {
    let form = visible::about_the_only(case);
    match bodies(ctx, &case.pair.place()).as_slice() {
        [one] => form.with("body", one.code()),
        _ => form,
    }
}

async fn of_pair(ctx: &Ctx, case: &Case) -> Outcome<Vec<Objection>> {
    let (organization, mentor) = (case.pair.organization, case.pair.mentor.person);
    let mut found = store::objections(ctx.app().db.reader(), &[organization], &[mentor]).await?;
    found.retain(|objection| case.pair.mentees.iter().any(|mentee| mentee.person == objection.mentee));
    Ok(found)
}

async fn objections_page(ctx: &Ctx, case: Case, form: Form) -> Outcome<ObjectionsPage> {
    let mut layout = ctx.layout(&format!("Совет и возражения: {}", case.pair.title())).await?;
    layout.crumbs = vec![
        Crumb::new("/pairs", "Пары и группы"),
        Crumb::new(format!("/pairs/{}", case.pair.id), case.pair.title()),
    ];
    let place = case.pair.place();
    let own = bodies(ctx, &place);
    let name = |person: Uuid| {
        let mentee = case.pair.mentees.iter().find(|mentee| mentee.person == person);
        mentee.map_or_else(String::new, |mentee| mentee.name.short())
    };
    let found = of_pair(ctx, &case).await?;
    let lines = found.into_iter().map(|objection| Line {
        mentee: name(objection.mentee),
        may_lift: objection.lifted_on.is_none() && own.contains(&objection.body),
        objection,
    });
    let mentees = visible::mentees(&case);
    Ok(ObjectionsPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/objections"),
        form,
        pair: case.pair.id,
        organization: case.pair.organization,
        lines: lines.collect(),
        mentees: if mentees.len() > 1 { mentees } else { Vec::new() },
        bodies: if visible::is_preparing(&case) { choices(&own) } else { Vec::new() },
        council: council(ctx, &case).await?,
    })
}

async fn council(ctx: &Ctx, case: &Case) -> Outcome<Option<Council>> {
    if !ctx.actor().may_at(Permission::ReadCouncil, &case.pair.place()) {
        return Ok(None);
    }
    let standing = signs::standing(ctx, case.pair.id).await?;
    let sends = visible::is_preparing(case) && ctx.actor().may_at(Permission::FormPairs, &case.pair.place());
    Ok(Some(Council {
        words: signs::words(standing.as_ref()),
        next: signs::next_step(standing.as_ref()),
        may_send: sends && signs::may_be_sent(standing.as_ref()),
        sign: standing.map(|standing| signs::of_standing(case.pair.id, &standing)),
    }))
}

impl Line {
    fn state(&self) -> String {
        self.objection.lifted_on.map_or_else(|| "в силе".to_owned(), |day| format!("снято {}", short(day)))
    }
}

/// A new key for each form of the page.
impl ObjectionsPage {
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
