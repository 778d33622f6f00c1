//! One evaluation at one address: its participants write and read their parts, others read facts and decide.

use nastavnik_domain::evaluation::{Decision, Deed, Facts, Shape, State, Verdict, Voice, report, suggest};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::petition::Receiver;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::conclude::{capital, capitalized, decisions, item_name, marks};
use super::overview::{self, degrees, row_fields};
use super::page::{ConcludeForm, ConclusionView, Council, Director, ItemField, OwnForm, Rewrite, WavePage};
use super::record::{Answers, Marks, Shown};
use super::rules::rules;
use super::visible::{Scene, visible};
use super::{outcome, paper, store, view};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::page::{Crumb, Step, StepState, Tone};
use crate::kernel::web::{Ctx, Path, again, page};
use crate::pairs;
use crate::people;

pub(super) async fn show(ctx: Ctx, Path((id, wave)): Path<(Uuid, String)>) -> Outcome {
    let scene = visible(&ctx, ctx.app().db.reader(), id, &wave).await?;
    page(&wave_page(&ctx, &scene, Form::blank()).await?)
}

/// The page with the mistakes of one of its forms.
pub(super) async fn again_with(ctx: &Ctx, scene: Scene, form: Form) -> Outcome {
    again(&wave_page(ctx, &scene, form).await?)
}

/// What the page needs besides the evaluation.
struct Known {
    facts: Facts,
    marks: Marks,
    answers: Answers,
}

async fn wave_page(ctx: &Ctx, scene: &Scene, form: Form) -> Outcome<WavePage> {
    let reader = ctx.app().db.reader();
    let pair = &scene.case.pair;
    let known = Known {
        facts: scene.facts(ctx, reader).await?,
        marks: store::marks(reader, pair.id).await?,
        answers: match &scene.row {
            Some(row) => store::answers(reader, row.id).await?,
            None => Answers::new(),
        },
    };
    let own = own_form(ctx, scene, &form)?;
    let conclude = conclude_form(ctx, scene, &known, &form)?;
    let next = outcome::next(ctx, scene, &form).await?;
    let form = filled(ctx, scene, &known, form)?;
    let mut layout = ctx.layout(&scene.plan.title()).await?;
    layout.crumbs = vec![
        Crumb::new(format!("/pairs/{}", pair.id), pair.title()),
        Crumb::new(format!("/pairs/{}/evaluations", pair.id), "Оценка программы"),
    ];
    let state = scene.state(ctx);
    Ok(WavePage {
        layout,
        tabs: pairs::tabs(ctx, pair, "/evaluations"),
        base: scene.base(),
        tone: view::tone(state),
        state: state.title(),
        days: overview::days(&scene.plan),
        steps: steps(ctx, scene),
        returned: returned(ctx, scene),
        facts: view::fact_lines(&known.facts),
        directions: view::directions(scene, &known.facts, ctx.actor().person.0),
        parts: view::parts(ctx, scene, &known.marks, rules(ctx.today)?),
        form,
        degrees: degrees(),
        marks: marks(),
        decisions: decisions(scene),
        rewrite: rewrite(ctx, scene, own.is_some(), conclude.is_some()),
        own,
        conclusion: conclusion(ctx, scene, &known).await?,
        conclude,
        waits: waits(ctx, scene),
        concluder: scene.concluder,
        around: around(ctx, scene),
        director: director(ctx, scene),
        council: council(ctx, scene),
        next,
        paper: scene
            .row
            .as_ref()
            .and_then(|row| row.paper.as_ref())
            .map_or_else(String::new, |paper| paper.label.clone()),
    })
}

/// Whether the own part may be written now.
fn writes(ctx: &Ctx, scene: &Scene) -> bool {
    let me = PersonId(ctx.actor().person.0);
    scene.require_participant(ctx).is_ok() && scene.evaluation.allow(Deed::Give(me), ctx.today).is_ok()
}

fn own_form(ctx: &Ctx, scene: &Scene, form: &Form) -> Outcome<Option<OwnForm>> {
    let me = ctx.actor().person.0;
    let part = scene.own_part(me);
    let is_signed = part.is_some_and(|part| part.signed_at.is_some());
    let asked = !is_signed || ctx.asked("edit") == "own" || is_part_form(form);
    if !asked || !writes(ctx, scene) {
        return Ok(None);
    }
    let is_mentor = scene.case.pair.mentor.person == me;
    let has_words = part.is_some_and(|part| !view::answers(&part.said).is_empty());
    Ok(Some(OwnForm {
        title: if is_mentor {
            "Отчёт наставника"
        } else {
            "Рефлексия наставляемого"
        },
        button: if is_mentor {
            "Подписать отчёт"
        } else {
            "Подписать рефлексию"
        },
        rows: match scene.plan.shape {
            Shape::Full => row_fields(&scene.case, me, rules(ctx.today)?),
            Shape::Short => Vec::new(),
        },
        seen: overview::seen(&scene.case, me),
        version: part.map_or(0, |part| part.version),
        from_draft: part.is_some(),
        answers_open: has_words || is_part_form(form),
    }))
}

fn is_part_form(form: &Form) -> bool {
    form.data().get("body").is_some()
}

/// What the forms show first; of a form that was sent, what was typed stays.
fn filled(ctx: &Ctx, scene: &Scene, known: &Known, sent: Form) -> Outcome<Form> {
    let mut form = sent;
    let me = ctx.actor().person.0;
    if !is_part_form(&form) && writes(ctx, scene) {
        form = with_part(ctx, scene, known, form, me)?;
    }
    if form.data().get("decision").is_none() && !form.errors().iter().any(|error| error.name == "decision") {
        form = with_conclusion(ctx, scene, known, form)?;
    }
    Ok(form)
}

fn with_part(ctx: &Ctx, scene: &Scene, known: &Known, form: Form, me: Uuid) -> Outcome<Form> {
    let draft = scene.own_part(me).map(|part| &part.said);
    let voice = if scene.case.pair.mentor.person == me { Voice::Mentor } else { Voice::Mentee(PersonId(me)) };
    let composed = || report(&known.facts, voice).join("\n");
    let body = match draft {
        Some(draft) if ctx.asked("compose") != "anew" => draft.body.clone(),
        _ => composed(),
    };
    let mut form = form.with("body", body);
    if let Some(draft) = draft {
        form = form.with("worked", draft.worked.clone());
        form = form.with("failed", draft.failed.clone()).with("ahead", draft.ahead.clone());
        if draft.shown == Shown::ToCurator {
            form = form.with("shown", "yes");
        }
    }
    for row in row_fields(&scene.case, me, rules(ctx.today)?) {
        if let Some(degree) = known.marks.get(&(me, scene.plan.code(), row.code)) {
            form = form.with(&row.name, degree.number().to_string());
        }
    }
    Ok(form)
}

fn with_conclusion(ctx: &Ctx, scene: &Scene, known: &Known, form: Form) -> Outcome<Form> {
    let rules = rules(ctx.today)?;
    let mut form = form;
    for item in rules.items(scene.plan.wave) {
        let proposed = item.evidence.and_then(|evidence| suggest(evidence, &known.facts, rules));
        let mark = known.answers.get(&item.code).copied().or(proposed.map(|found| found.mark));
        if let Some(mark) = mark {
            form = form.with(&item_name(&item.code), mark.number().to_string());
        }
    }
    if let Some(word) = scene.row.as_ref().and_then(|row| row.concluded.as_ref()) {
        form = form.with("decision", word.decision.code()).with("reason", word.reason.clone());
    }
    Ok(form)
}

/// Whether this reader may conclude now; the decision itself is checked when it is made.
fn concludes(ctx: &Ctx, scene: &Scene) -> bool {
    let first = Decision::offered(scene.plan.wave).first().copied().unwrap_or(Decision::Complete);
    scene.concludes(ctx).is_ok() && scene.evaluation.allow(Deed::Conclude(first), ctx.today).is_ok()
}

fn conclude_form(ctx: &Ctx, scene: &Scene, known: &Known, form: &Form) -> Outcome<Option<ConcludeForm>> {
    let is_concluded = scene.state(ctx) == State::Concluded;
    let sent = form.data().pairs().iter().any(|(name, _)| name.starts_with("item_")) || !form.is_valid();
    if !concludes(ctx, scene) || (is_concluded && ctx.asked("edit") != "conclusion" && !sent) {
        return Ok(None);
    }
    let rules = rules(ctx.today)?;
    let field = |item: &nastavnik_domain::config::ChecklistItem| ItemField {
        name: item_name(&item.code),
        text: item.text.clone(),
        hint: item
            .evidence
            .and_then(|evidence| suggest(evidence, &known.facts, rules))
            .map_or_else(String::new, |found| format!("По фактам: {}", found.words)),
    };
    Ok(Some(ConcludeForm {
        items: rules.items(scene.plan.wave).map(field).collect(),
        without: if is_concluded { String::new() } else { missing(scene).join(", ") },
    }))
}

/// Whose parts are missing.
fn missing(scene: &Scene) -> Vec<String> {
    let missing: Vec<PersonId> = scene.evaluation.missing().collect();
    let people = scene.case.pair.people().filter(|one| missing.contains(&PersonId(one.person)));
    people.map(|one| one.name.short()).collect()
}

/// Why the curator can't conclude yet.
fn waits(ctx: &Ctx, scene: &Scene) -> String {
    let waits = scene.state(ctx) == State::Open && !concludes(ctx, scene);
    if !waits || scene.concludes(ctx).is_err() {
        return String::new();
    }
    let due = short(scene.plan.due);
    format!(
        "Ждём: {}; если части не будет, итог можно подвести без неё после {due}.",
        missing(scene).join(", ")
    )
}

/// Who concludes, where it is not the curator; told until it is done.
fn around(ctx: &Ctx, scene: &Scene) -> String {
    let is_open = matches!(scene.state(ctx), State::Open | State::Given);
    match scene.concludes(ctx) {
        Err(why) if is_open && scene.concluder != Receiver::Curator => format!("{}.", why.words()),
        _ => String::new(),
    }
}

fn rewrite(ctx: &Ctx, scene: &Scene, own_open: bool, conclude_open: bool) -> Rewrite {
    let own = !own_open && writes(ctx, scene);
    let conclusion = !conclude_open && scene.state(ctx) == State::Concluded && concludes(ctx, scene);
    match (own, conclusion) {
        (true, true) => Rewrite::Both,
        (true, false) => Rewrite::Own,
        (false, true) => Rewrite::Conclusion,
        (false, false) => Rewrite::No,
    }
}

/// The director's words for whoever concludes.
fn returned(ctx: &Ctx, scene: &Scene) -> String {
    let words = scene.row.as_ref().map_or("", |row| row.returned.as_str());
    if scene.concludes(ctx).is_ok() || scene.may(ctx, Permission::ConfirmEvaluations) {
        words.to_owned()
    } else {
        String::new()
    }
}

async fn conclusion(ctx: &Ctx, scene: &Scene, known: &Known) -> Outcome<Option<ConclusionView>> {
    let Some(row) = &scene.row else { return Ok(None) };
    let Some(word) = &row.concluded else { return Ok(None) };
    let rules = rules(word.on)?;
    let people = [Some(word.by), row.confirmed_by];
    let ids: Vec<PersonId> = people.into_iter().flatten().map(PersonId).collect();
    let names = people::briefs(ctx.app().db.reader(), &ids).await?;
    let name =
        |person: Uuid| names.get(&PersonId(person)).map_or_else(String::new, |brief| brief.name.short());
    let office = capital(scene.concluder.who());
    let concluded = format!("{office} {}, {}", name(word.by), short(word.on));
    let by = match row.confirmed_by.zip(row.confirmed_on) {
        Some((person, day)) => format!("{concluded}. Утверждено: {}, {}", name(person), short(day)),
        None => concluded,
    };
    let score = word.score(rules);
    let items = rules
        .items(scene.plan.wave)
        .filter_map(|item| Some((item.text.clone(), known.answers.get(&item.code)?.title())));
    Ok(Some(ConclusionView {
        decision: capitalized(word.decision),
        reason: word.reason.clone(),
        by,
        total: paper::total(score),
        tone: if score.verdict == Verdict::NeedsDecision { Tone::Wait } else { Tone::Done },
        items: items.collect(),
    }))
}

fn director(ctx: &Ctx, scene: &Scene) -> Option<Director> {
    let row = scene.row.as_ref()?;
    if scene.state(ctx) != State::Concluded || !scene.may(ctx, Permission::ConfirmEvaluations) {
        return None;
    }
    let hindrance = scene.evaluation.allow(Deed::Confirm, ctx.today).err();
    Some(Director {
        version: row.version,
        hindrance: hindrance.map_or_else(String::new, |why| why.to_string()),
    })
}

fn council(ctx: &Ctx, scene: &Scene) -> Council {
    let may_ask = scene.concluder != Receiver::Council
        && scene.concludes(ctx).is_ok()
        && scene.evaluation.allow(Deed::AskCouncil, ctx.today).is_ok();
    Council { words: paper::council_words(scene), may_ask }
}

fn steps(ctx: &Ctx, scene: &Scene) -> Vec<Step> {
    let state = scene.state(ctx);
    let (given, all) = (scene.evaluation.given.len(), scene.evaluation.owing.len());
    let at = |done: State, now: &[State]| match state {
        state if now.contains(&state) => StepState::Now,
        state if state >= done => StepState::Done,
        _ => StepState::Ahead,
    };
    let word = |state: StepState, now: &str| match state {
        StepState::Done => "готово".to_owned(),
        StepState::Now => now.to_owned(),
        _ => "впереди".to_owned(),
    };
    let concluded = at(State::Concluded, &[State::Given]);
    let confirmed = at(State::Confirmed, &[State::Concluded]);
    vec![
        Step::new("Отчёт и рефлексия", format!("{given} из {all}"), at(State::Given, &[State::Open])),
        Step::new(
            format!("Заключение {}", scene.concluder.from_whom()),
            word(concluded, &format!("ждёт {}", scene.concluder.from_whom())),
            concluded,
        ),
        Step::new("Утверждение руководителем", word(confirmed, "ждёт руководителя"), confirmed),
    ]
}
