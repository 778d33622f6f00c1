//! The card of a paper: what it is, where it stands, its files, its signature, its end.

use askama::Template;
use nastavnik_domain::gate::EndBy;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{long, short};
use uuid::Uuid;

use super::document::{Document, Facts, Standing};
use super::{Rendering, rules, store};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, again, attachment, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "papers/card.html")]
struct CardPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    cancel_key: Uuid,
    document: Document,
    organization: String,
    pairs: Vec<PairLine>,
    facts: Vec<(&'static str, String)>,
    signature: SignatureForm,
    may_return: bool,
    may_cancel: bool,
}

/// A pair the paper is about.
struct PairLine {
    href: String,
    title: String,
    state: &'static str,
    tone: crate::kernel::page::Tone,
}

/// What may be written about the signature by the one who looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SignatureForm {
    None,
    /// Record that a personal paper is signed.
    Personal,
    /// Sign an order.
    Order,
    /// Add a scan to what is signed.
    Scan,
}

impl SignatureForm {
    const fn action(self) -> &'static str {
        match self {
            Self::Order => "orders",
            _ => "papers",
        }
    }

    const fn button(self) -> &'static str {
        match self {
            Self::Order => "Подписать приказ",
            Self::Scan => "Приложить скан",
            _ => "Отметить подпись",
        }
    }
}

/// A paper with the pairs it is about.
pub(super) struct Found {
    pub(super) document: Document,
    pub(super) cases: Vec<Case>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let found = found(&ctx, id).await?;
    let form = Form::blank().with("signed_on", ctx.today.to_string());
    page(&card_page(&ctx, found, form).await?)
}

/// The same card with mistakes of a form that stands on it.
pub(super) async fn again_with(ctx: &Ctx, found: Found, form: Form) -> Outcome {
    again(&card_page(ctx, found, form).await?)
}

/// The paper if it is within reach.
pub(super) async fn found(ctx: &Ctx, id: Uuid) -> Outcome<Found> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadPapers);
    let document = store::visible(reader, &reach, ctx.actor().person.0, id).await?;
    let document = document.ok_or(AppError::NotFound)?;
    let cases = pairs::cases_by_ids(reader, &document.mentorships, ctx.today).await?;
    Ok(Found { document, cases })
}

pub(super) async fn pdf(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let found = found(&ctx, id).await?;
    give(&ctx, Some(found.document.pdf), None).await
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(super) async fn docx(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let found = found(&ctx, id).await?;
    give(&ctx, Some(found.document.docx), Some(WORD)).await
}

pub(super) async fn scan(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let found = found(&ctx, id).await?;
    give(&ctx, found.document.scan, None).await
}

/// A file of a paper whose visibility was asked elsewhere.
pub(super) async fn file(ctx: &Ctx, document: Uuid, rendering: Rendering) -> Outcome {
    let known = store::by_id(ctx.app().db.reader(), document).await?.ok_or(AppError::NotFound)?;
    match rendering {
        Rendering::Pdf => give(ctx, Some(known.pdf), None).await,
        Rendering::Docx => give(ctx, Some(known.docx), Some(WORD)).await,
    }
}

async fn give(ctx: &Ctx, file: Option<Uuid>, media_type: Option<&str>) -> Outcome {
    let file = file.ok_or(AppError::NotFound)?;
    let row = files::find(ctx.app().db.reader(), file).await?.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&row.sha256).await?;
    attachment(content, media_type.unwrap_or(&row.media_type), &row.name)
}

async fn card_page(ctx: &Ctx, found: Found, form: Form) -> Outcome<CardPage> {
    let Found { document, cases } = found;
    let mut layout = ctx.layout(&format!("{} № {}", document.kind.title(), document.label)).await?;
    layout.crumbs = vec![Crumb::new("/papers", "Документы")];
    let reader = ctx.app().db.reader();
    let school = pairs::school(reader, document.organization).await?.ok_or(AppError::NotFound)?;
    let place = cases.first().map(|case| case.pair.place());
    let may = |permission| place.as_ref().is_some_and(|place| ctx.actor().may_at(permission, place));
    let waits = document.standing() == Standing::Waits;
    Ok(CardPage {
        signature: signature_form(&document, may(Permission::RecordPapers), may(Permission::SignOrders)),
        may_return: waits && document.kind.is_order() && may(Permission::SignOrders),
        may_cancel: may(Permission::RecordPapers) && rules::cancel_refusal(&cases, &document).is_none(),
        pairs: cases.iter().rev().map(line).collect(),
        facts: facts(&document, &cases),
        organization: school.short_name,
        document,
        layout,
        form,
        form_key: ids::form_key(),
        cancel_key: ids::form_key(),
    })
}

const fn signature_form(document: &Document, records: bool, signs: bool) -> SignatureForm {
    match (document.standing(), document.kind.is_order()) {
        (Standing::Waits, true) if signs => SignatureForm::Order,
        (Standing::Waits, false) if records => SignatureForm::Personal,
        (Standing::Signed, _) if records && document.scan.is_none() => SignatureForm::Scan,
        _ => SignatureForm::None,
    }
}

fn line(case: &Case) -> PairLine {
    PairLine {
        href: format!("/pairs/{}", case.pair.id),
        title: case.pair.title(),
        state: case.state.title(),
        tone: case.state.tone(),
    }
}

fn facts(document: &Document, cases: &[Case]) -> Vec<(&'static str, String)> {
    if let Facts::Joining(facts) = &document.facts {
        let mut people = cases.iter().flat_map(|case| {
            case.pair.joining.iter().map(|joining| &joining.mentee).chain(&case.pair.mentees)
        });
        let newcomer = people.find(|one| one.person == facts.person);
        return vec![
            ("Вступает в группу", newcomer.map_or_else(String::new, |one| one.name.full())),
            ("Первый день в группе", long(facts.starts_on)),
            ("Согласие наставника", long(facts.agreed_on)),
        ];
    }
    let Facts::Ending(facts) = &document.facts else { return Vec::new() };
    let mut list = vec![
        ("Последний день", long(facts.last_day)),
        ("Кто завершает", EndBy::title(facts.by).to_owned()),
        ("Причина", facts.reason.title().to_owned()),
    ];
    list.extend(facts.notice_on.map(|day| ("Предупреждение", long(day))));
    list
}

impl CardPage {
    fn signed(&self) -> String {
        self.document.signed_on.map(short).unwrap_or_default()
    }
}
