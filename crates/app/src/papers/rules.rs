//! When a paper may be issued, signed or canceled: the gate's rules asked about one paper.

use chrono::{Days, NaiveDate};
use nastavnik_domain::config::limits;
use nastavnik_domain::gate::{self, EndRequest, Status, Step, may_end};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::russian::short;
use nastavnik_domain::working_days::Calendar;
use uuid::Uuid;

use super::document::{Document, EndingFacts, Facts, JoiningFacts, PaperKind, Standing, gate_papers};
use crate::pairs::{Case, State};

/// How far ahead a paper may be dated.
const AHEAD: Days = Days::new(30);

/// Why a personal paper of this kind can't be issued now; nothing if it can.
pub(super) fn issue_refusal(case: &Case, kind: PaperKind, person: Option<Uuid>) -> Option<String> {
    if case.state == State::Withdrawn {
        return Some("Пара не состоялась: документы по ней больше не выпускаются.".to_owned());
    }
    if let Some(live) = case.live(kind, person) {
        return Some(format!("{} уже выпущен. Чтобы выпустить другой, отмените его.", live.title()));
    }
    let joins =
        kind == PaperKind::MenteeAgreement && person.is_some_and(|person| case.pair.joins(person).is_some());
    if let Some(order) = case.live(PaperKind::AppointmentOrder, None).filter(|_| !joins) {
        let why = "По этой паре уже есть приказ, новые согласия к нему не добавляются";
        return Some(format!("{why}: {}.", order.title()));
    }
    if case.papers.partnership == gate::Partnership::Missing {
        return Some(format!("{}.", gate::GateError::NoPartnership));
    }
    if kind == PaperKind::SupplementaryAgreement && case.pair.pay.is_none() {
        return Some(
            "Не решено, оплачивается ли наставничество: заполните оплату в условиях пары (статья 351.8 ТК РФ)."
                .to_owned(),
        );
    }
    None
}

/// A paper is dated by a past day, today, or a near one ahead.
pub(super) fn date_refusal(dated_on: NaiveDate, today: NaiveDate) -> Option<String> {
    let last = today.checked_add_days(AHEAD).unwrap_or(today);
    (dated_on > last).then(|| format!("Дата документа слишком далеко впереди: не позже {}.", short(last)))
}

/// Why the signature of a personal paper can't be recorded with this day. `case` is as it was before.
pub(super) fn signature_refusal(
    case: &Case,
    document: &Document,
    signed_on: NaiveDate,
    today: NaiveDate,
) -> Option<String> {
    if let Some(refusal) = signing_day_refusal(document, signed_on, today) {
        return Some(refusal);
    }
    let mut documents = case.documents.clone();
    for known in documents.iter_mut().filter(|known| known.id == document.id) {
        known.signed_on = Some(signed_on);
    }
    let step = step(document.kind)?;
    let state = gate::state(&gate_papers(&case.pair, &documents), today);
    let wrong = state.steps.into_iter().find(|found| found.step == step && found.status == Status::Wrong);
    wrong.map(|found| found.explanation)
}

/// Why the director can't sign this order with this day: a line for each pair that hinders.
pub(super) fn order_refusals(
    cases: &[Case],
    document: &Document,
    signed_on: NaiveDate,
    today: NaiveDate,
) -> anyhow::Result<Vec<String>> {
    if let Some(refusal) = signing_day_refusal(document, signed_on, today) {
        return Ok(vec![refusal]);
    }
    let mut refusals = Vec::new();
    for case in cases {
        match &document.facts {
            Facts::Ending(facts) => refusals.extend(ending_refusal(case, facts)?.map(|(_, text)| text)),
            Facts::Joining(facts) => refusals.extend(joining_refusal(case, facts, signed_on)),
            _ => refusals.extend(appointment_refusals(case, signed_on)),
        }
    }
    Ok(refusals)
}

/// Why an order dated so can't fix the pair (A7, L1), each with the pair's name.
pub(super) fn appointment_refusals(case: &Case, dated: NaiveDate) -> Vec<String> {
    if case.state == State::Withdrawn {
        return vec![format!("{}: пара не состоялась.", case.pair.title())];
    }
    let errors = gate::may_sign_order(&case.papers, dated).err().unwrap_or_default();
    errors.iter().map(|error| format!("{}: {error}.", case.pair.title())).collect()
}

/// Why the mentorship can't end so (L1, F7): the field to mend and the words.
pub(super) fn ending_refusal(
    case: &Case,
    facts: &EndingFacts,
) -> anyhow::Result<Option<(&'static str, String)>> {
    let Some(period) = gate::days_in_force(&case.papers) else {
        return Ok(Some((
            "last_day",
            "Пара не закреплена приказом: завершать нечего. До приказа от неё можно отказаться.".to_owned(),
        )));
    };
    if facts.leaves.is_some_and(|person| !case.pair.stays(person)) {
        return Ok(Some(("reason", "Этот человек уже не в группе: завершать нечего.".to_owned())));
    }
    let request = EndRequest {
        by: facts.by,
        reason: facts.reason,
        notice_on: facts.notice_on,
        last_day: facts.last_day,
    };
    let days = limits()?.on(facts.last_day)?.value.notice_working_days;
    let verdict = may_end(&request, &period, days, &Calendar::bundled()?);
    Ok(verdict.err().map(|error| (error.field(), format!("{error}."))))
}

/// Why an order dated so can't make the newcomer a member (п. 1.5).
pub(super) fn joining_refusal(case: &Case, facts: &JoiningFacts, dated: NaiveDate) -> Option<String> {
    if case.pair.joining.as_ref().is_none_or(|joining| joining.id != facts.joining) {
        return Some("Этот человек больше не вступает в группу.".to_owned());
    }
    let agreement = case.live(PaperKind::MenteeAgreement, Some(facts.person)).and_then(Document::signed);
    gate::may_join(PersonId(facts.person), agreement.as_ref(), dated).err().map(|error| format!("{error}."))
}

/// Why the paper can't be canceled; nothing if it can.
pub(super) fn cancel_refusal(cases: &[Case], document: &Document) -> Option<&'static str> {
    if document.standing() == Standing::Canceled {
        return Some("Этот документ уже отменён.");
    }
    if document.kind.is_order() {
        let signed = document.standing() == Standing::Signed;
        return signed
            .then_some("Подписанный приказ не отменяется здесь: его действие прекращает другой приказ.");
    }
    if document.kind == PaperKind::Program {
        return Some("Утверждённая программа не отменяется: её меняет новая редакция.");
    }
    let of_newcomer = |case: &Case| {
        let joins = document.person.is_some_and(|person| case.pair.joins(person).is_some());
        joins && case.joining_order().is_none()
    };
    let fixed = cases.iter().any(|case| case.is_fixed() && !of_newcomer(case));
    fixed.then_some("На этот документ опирается приказ. Сначала приказ должен быть возвращён.")
}

fn signing_day_refusal(document: &Document, signed_on: NaiveDate, today: NaiveDate) -> Option<String> {
    if signed_on > today {
        return Some("Этот день ещё не наступил. Укажите день, когда документ подписан.".to_owned());
    }
    // Consents are often signed before the program prints its own copy; a numbered paper is not.
    let is_numbered = document.kind.is_order() || document.kind == PaperKind::SupplementaryAgreement;
    (is_numbered && signed_on < document.dated_on)
        .then(|| format!("Подпись раньше даты самого документа ({}).", short(document.dated_on)))
}

const fn step(kind: PaperKind) -> Option<Step> {
    match kind {
        PaperKind::MentorConsent => Some(Step::MentorConsent),
        PaperKind::MenteeAgreement => Some(Step::MenteeAgreement),
        PaperKind::SupplementaryAgreement => Some(Step::SupplementaryAgreement),
        PaperKind::AppointmentOrder
        | PaperKind::EndingOrder
        | PaperKind::AmendingOrder
        | PaperKind::Program => None,
    }
}
