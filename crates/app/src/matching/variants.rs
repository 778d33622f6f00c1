//! «What if»: the same people and weights with a pair pinned or set aside make a new run (п. 4.1.2).
//!
//! It is solved anew and not changed from the run before (`domain::matching::Live`): of equal answers that would keep whichever
//! the way there led to, and a run promises the one answer. Milliseconds on a page, and larger runs are jobs.

use nastavnik_domain::ids::PersonId;
use nastavnik_domain::matching::people::Mark;
use nastavnik_domain::matching::{ProposeError, rules};
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::input::Input;
use super::run::run_page;
use super::sight::{Sight, read_pair, visible};
use super::store;
use super::work::{self, Begun};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::web::{Ctx, Path, Submission, again};

/// What is tried with a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Try {
    Pin,
    SetAside,
    /// Neither any more.
    Free,
}

impl Try {
    const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Pin, "pin", "Закрепить эту пару"),
        (Self::SetAside, "aside", "Исключить эту пару"),
        (Self::Free, "free", "Не закреплять и не исключать"),
    ];

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known, _)| *known == code).map(|(found, ..)| found)
    }
}

/// What may be tried, as the form offers it.
pub(super) fn deeds() -> Vec<Choice> {
    Try::ALL.map(|(_, code, title)| Choice::new(code, title)).to_vec()
}

pub(super) async fn create(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let run = visible(&ctx, id).await?;
    ctx.require(Permission::RunMatching, &run.policy_place())?;
    if run.sight(&ctx) == Sight::Numbers {
        return Err(AppError::Forbidden(
            "Регион видит подбор в числах: пары закрепляют куратор и департамент",
        ));
    }
    let Some(content) = store::content(ctx.app().db.reader(), id).await? else {
        return Err(AppError::Conflict(
            "Людей этого подбора программа ещё собирает. Подождите, пока он досчитается".to_owned(),
        ));
    };
    let mut form = submitted.form.clone();
    let mut input: Input = serde_json::from_str(&content.input)?;
    let Some((deed, mentor, mentee)) = read(&mut form, &input) else {
        return again(&run_page(&ctx, run, form).await?);
    };
    if let Err(problem) = apply(&mut input, deed, (mentor, mentee), run.sight(&ctx)) {
        form.error("mentor", problem);
        return again(&run_page(&ctx, run, form).await?);
    }
    let result = if work::fits_a_page(ctx.app(), &mut input).await? {
        let (back, result) = work::compute(input).await?;
        input = back;
        Some(result.map_err(refused)?)
    } else {
        None
    };
    let change = ctx.change(&submitted).await?;
    let scope = run.scope();
    let begun = Begun {
        scope: &scope,
        parent: Some(id),
        run_on: run.run_on,
        input: Some(&input),
        result: result.as_ref(),
    };
    let variant = work::keep(&change, &begun, "matching_varied").await?;
    change.finish(&format!("/matching/{variant}"), "Вариант сохранён: прежний подбор остался как был").await
}

fn refused(error: ProposeError) -> AppError {
    AppError::Internal(error.into())
}

/// A button of a row names the pair in its value; the form below names two people and the deed.
fn read(form: &mut Form, input: &Input) -> Option<(Try, PersonId, PersonId)> {
    for (deed, name, _) in Try::ALL {
        if let Some((mentor, mentee)) = read_pair(form.text(name)) {
            return known(form, input, (mentor, mentee)).then_some((deed, mentor, mentee));
        }
    }
    let deed = form.required_choice("deed", "Что попробовать", &deeds());
    let mentee = form.required_uuid("mentee", "Наставляемый").map(PersonId);
    let mentor = form.required_uuid("mentor", "Наставник").map(PersonId);
    let (deed, mentor, mentee) = (deed.as_deref().and_then(Try::from_code)?, mentor?, mentee?);
    known(form, input, (mentor, mentee)).then_some((deed, mentor, mentee))
}

/// Only people of the run can be paired in it.
fn known(form: &mut Form, input: &Input, (mentor, mentee): (PersonId, PersonId)) -> bool {
    const GONE: &str = "Этого человека нет в подборе. Обновите страницу и выберите снова.";
    if input.mentor(mentor.0).is_none() {
        form.error("mentor", GONE);
    }
    if input.mentee(mentee.0).is_none() {
        form.error("mentee", GONE);
    }
    form.is_valid()
}

/// Changes the input, or tells why it can't be.
fn apply(input: &mut Input, deed: Try, pair: (PersonId, PersonId), sight: Sight) -> Result<(), String> {
    let (mentor, mentee) = pair;
    input.pinned.retain(|(_, pinned)| *pinned != mentee || deed == Try::SetAside);
    input.pinned.retain(|pinned| *pinned != pair);
    input.people.marks.remove(mentor, mentee, Mark::SetAside);
    match deed {
        Try::Free => return Ok(()),
        Try::SetAside => {
            input.people.marks.add(mentor, mentee, Mark::SetAside);
            return Ok(());
        }
        Try::Pin => {}
    }
    let (Some(one), Some(two)) = (input.mentor(mentor.0), input.mentee(mentee.0)) else { return Ok(()) };
    if let Err(refusals) = rules::check(one, two, &input.people.marks) {
        let told: Vec<String> = refusals.into_iter().map(|refusal| refusal.told(sight.audience())).collect();
        return Err(format!("Закрепить эту пару нельзя: {}.", told.join("; ")));
    }
    let pinned = input.pinned.iter().filter(|(known, _)| *known == mentor).count();
    if pinned >= usize::from(one.free_places) {
        return Err("За этим наставником уже закреплено столько пар, сколько у него свободных мест (п. 3.1 Положения). \
                    Сначала снимите одну из них."
            .to_owned());
    }
    input.pinned.push(pair);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_are_read_back() {
        assert!(Try::ALL.iter().all(|(deed, code, _)| Try::from_code(code) == Some(*deed)));
        assert_eq!(Try::from_code("marry"), None);
    }
}
