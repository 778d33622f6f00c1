//! Writing one line: its own page, its own version. Of two who write the same line the second sees both texts and
//! chooses.

use askama::Template;
use nastavnik_domain::program::{Body, Event, Line, Refusal, State};
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::line_form::{self, Kind, Offer};
use super::ring::Ring;
use super::view::{Names, may_write, moment};
use super::visible::{Held, made, require_writer, visible_case};
use super::{act, begin};
use crate::diagnosis::Finding;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "programs/line.html")]
struct LinePage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    removal_key: Uuid,
    pair: Uuid,
    kind: Kind,
    action: String,
    /// The line being written; nothing for a new one.
    line: Option<Uuid>,
    version: u32,
    /// Version of the program, by which the page notices that somebody else writes.
    program_version: u32,
    offer: Offer,
    /// What stands there now, if somebody else has written it since the page was opened.
    theirs: Option<Theirs>,
    is_signed: bool,
    own_title: bool,
    done: Option<DoneForm>,
    /// The text may be written now.
    is_open: bool,
}

/// Another's text of the same line.
struct Theirs {
    who: String,
    fields: Vec<(&'static str, String)>,
}

/// The mark of a measure in force.
pub(super) struct DoneForm {
    key: Uuid,
    what: String,
    due: chrono::NaiveDate,
    words: Option<String>,
}

/// Everything a page of a line needs.
pub(super) struct Desk {
    pub(super) case: Case,
    pub(super) held: Held,
    pub(super) ring: Ring,
    pub(super) findings: Vec<Finding>,
}

impl Desk {
    pub(super) async fn open(ctx: &Ctx, pair: Uuid) -> Outcome<Self> {
        let reader = ctx.app().db.reader();
        let case = visible_case(ctx, reader, pair).await?;
        require_writer(ctx, &case)?;
        let held = made(reader, pair).await?;
        let ring = Ring::of(ctx, &case);
        let findings = ring.findings(ctx, reader, &case).await?;
        Ok(Self { case, held, ring, findings })
    }

    /// The line, if this participant may write it.
    fn line(&self, id: Uuid) -> Outcome<&Line> {
        let line = self.held.program.lines.get(&id).ok_or(AppError::NotFound)?;
        if may_write(self.ring, &line.body) {
            return Ok(line);
        }
        Err(AppError::Forbidden("Личную цель меняют наставник и тот, чья она"))
    }
}

/// What the page is about.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    New(Kind),
    Known(Uuid),
}

pub(super) async fn show_new(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let desk = Desk::open(&ctx, id).await?;
    let kind = Kind::addable(ctx.asked("kind")).unwrap_or(Kind::Goal);
    page(&line_page(&ctx, &desk, Subject::New(kind), Form::blank(), None).await?)
}

pub(super) async fn show_edit(ctx: Ctx, Path((id, line)): Path<(Uuid, Uuid)>) -> Outcome {
    let desk = Desk::open(&ctx, id).await?;
    let known = desk.line(line)?;
    let seen: Option<u32> = ctx.asked("seen").parse().ok().filter(|seen| *seen < known.version);
    let form = line_form::filled(&known.body);
    page(&line_page(&ctx, &desk, Subject::Known(line), form, seen).await?)
}

/// The page of a line with mistakes of a form that stands on it.
pub(super) async fn again_with(ctx: &Ctx, desk: &Desk, line: Uuid, typed: &Form) -> Outcome {
    let known = desk.line(line)?;
    let mut form = line_form::filled(&known.body);
    for name in ["done_on", "done_words"] {
        form = form.with(name, typed.text(name));
        if let Some(error) = typed.error_at(name) {
            form.error(name, error);
        }
    }
    again(&line_page(ctx, desk, Subject::Known(line), form, None).await?)
}

/// `seen` is the version the writer has read, when another stands there now.
async fn line_page(
    ctx: &Ctx,
    desk: &Desk,
    subject: Subject,
    form: Form,
    seen: Option<u32>,
) -> Outcome<LinePage> {
    let program = &desk.held.program;
    let pair = desk.case.pair.id;
    let known = match subject {
        Subject::Known(line) => program.lines.get(&line),
        Subject::New(_) => None,
    };
    let kind = match (known, subject) {
        (Some(line), _) => Kind::of(&line.body),
        (None, Subject::New(kind)) => kind,
        (None, Subject::Known(_)) => return Err(AppError::NotFound),
    };
    let mut layout = ctx.layout(title(kind, subject)).await?;
    layout.crumbs = begin::crumbs_below(&desk.case);
    let line = match subject {
        Subject::Known(line) => Some(line),
        Subject::New(_) => None,
    };
    let base = format!("/pairs/{pair}/program/lines");
    let theirs = match known.filter(|_| seen.is_some()) {
        Some(line) => Some(theirs(ctx, desk, line).await?),
        None => None,
    };
    Ok(LinePage {
        action: line.map_or_else(|| base.clone(), |line| format!("{base}/{line}")),
        own_title: known.is_none(),
        version: known.map_or(0, |line| line.version),
        program_version: program.version,
        offer: Offer::of(&desk.case, &desk.findings),
        is_signed: !program.signed.is_empty(),
        is_open: program.state() != State::Approved,
        done: line.and_then(|line| done_form(desk, line)),
        form_key: ids::form_key(),
        removal_key: ids::form_key(),
        layout,
        form,
        pair,
        kind,
        line,
        theirs,
    })
}

const fn title(kind: Kind, subject: Subject) -> &'static str {
    match (kind, subject) {
        (Kind::Term, _) => "Срок программы",
        (Kind::Section, Subject::Known(_)) => "Раздел программы",
        (Kind::Section, Subject::New(_)) => "Новый раздел",
        (Kind::Goal, Subject::Known(_)) => "Цель",
        (Kind::Goal, Subject::New(_)) => "Новая цель",
        (Kind::Measure, Subject::Known(_)) => "Мероприятие",
        (Kind::Measure, Subject::New(_)) => "Новое мероприятие",
    }
}

fn done_form(desk: &Desk, line: Uuid) -> Option<DoneForm> {
    let program = &desk.held.program;
    let body = program.in_force()?.text.0.get(&line)?;
    let Body::Measure { what, due, .. } = body else { return None };
    let words = program.done.get(&line).map(|done| format!("Выполнено {}. {}", short(done.on), done.words));
    Some(DoneForm { key: ids::form_key(), what: what.clone(), due: *due, words })
}

async fn theirs(ctx: &Ctx, desk: &Desk, line: &Line) -> Outcome<Theirs> {
    let reader = ctx.app().db.reader();
    let names = Names::of(reader, &desk.held.program).await?;
    let school = pairs::school(reader, desk.case.pair.organization).await?.ok_or(AppError::NotFound)?;
    Ok(Theirs {
        who: format!("{}, {}", names.short(line.by), moment(line.at, school.zone())),
        fields: line.body.fields(desk.ring.eyes(&line.body)),
    })
}

pub(super) async fn add(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let desk = Desk::open(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let kind = Kind::addable(form.text("kind"))
        .ok_or_else(|| AppError::BadRequest("Не сказано, что добавить. Вернитесь к программе".to_owned()))?;
    let Some(body) = line_form::read(&mut form, kind, None, &desk.case, &desk.findings) else {
        return again(&line_page(&ctx, &desk, Subject::New(kind), form, None).await?);
    };
    let line = act::fresh();
    let change = ctx.change(&submitted).await?;
    let added = act::act(&ctx, &change, &desk.case, Event::Added { line, body }).await?;
    added.map_err(|refusal| act::told(&refusal))?;
    change.finish(&format!("/pairs/{id}/program#l-{line}"), "Добавлено. Вся пара уже видит эту строку").await
}

pub(super) async fn save(ctx: Ctx, Path((id, line)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let desk = Desk::open(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let from: u32 = form.text("version").parse().unwrap_or(0);
    let Some(known) = desk.held.program.lines.get(&line) else {
        return gone(&ctx, &desk, form).await;
    };
    desk.line(line)?;
    let kind = Kind::of(&known.body);
    let body = line_form::read(&mut form, kind, Some(&known.body), &desk.case, &desk.findings);
    let Some(body) = body else {
        return again(&line_page(&ctx, &desk, Subject::Known(line), form, stale(known, from)).await?);
    };
    let change = ctx.change(&submitted).await?;
    let written = act::act(&ctx, &change, &desk.case, Event::Changed { line, from, body }).await?;
    match written {
        Ok(_) => {
            change
                .finish(&format!("/pairs/{id}/program#l-{line}"), "Сохранено. Вся пара уже видит ваш текст")
                .await
        }
        Err(Refusal::Stale) => {
            drop(change);
            let desk = Desk::open(&ctx, id).await?;
            form.error("text", "Эту строку только что изменил другой участник. Сравните тексты и выберите.");
            again(&line_page(&ctx, &desk, Subject::Known(line), form, Some(from)).await?)
        }
        Err(Refusal::Gone) => {
            drop(change);
            gone(&ctx, &desk, form).await
        }
        Err(refusal) => Err(act::told(&refusal)),
    }
}

/// The version the writer has read, if it is not the one that stands there.
fn stale(known: &Line, from: u32) -> Option<u32> {
    (from < known.version).then_some(from)
}

/// Somebody has removed the line meanwhile: what was typed can be added as a new one.
async fn gone(ctx: &Ctx, desk: &Desk, mut form: Form) -> Outcome {
    let kind = Kind::addable(form.text("kind")).unwrap_or(Kind::Goal);
    form.error(
        "text",
        "Эту строку только что убрал другой участник. Ваш текст цел: его можно добавить заново.",
    );
    again(&line_page(ctx, desk, Subject::New(kind), form, None).await?)
}

pub(super) async fn remove(ctx: Ctx, Path((id, line)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let desk = Desk::open(&ctx, id).await?;
    let from: u32 = submitted.form.text("version").parse().unwrap_or(0);
    if desk.held.program.lines.contains_key(&line) {
        desk.line(line)?;
    }
    let change = ctx.change(&submitted).await?;
    let removed = act::act(&ctx, &change, &desk.case, Event::Removed { line, from }).await?;
    removed.map_err(|refusal| act::told(&refusal))?;
    change.finish(&format!("/pairs/{id}/program"), "Строка убрана. В истории она останется").await
}
