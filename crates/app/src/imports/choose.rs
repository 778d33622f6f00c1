//! What the user corrects and decides in the preview.

use nastavnik_domain::staff_list::{Column, MappingError};
use uuid::Uuid;

use super::card::{self, card_page, column_field, place_field};
use super::model::{Chosen, Decision, State};
use super::rows::RowView;
use super::store::{self, Load};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission, again};

/// Takes the meanings of columns, the sheet and the kinds of new organizations, and has the file read again.
pub(super) async fn mapping(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let load = card::visible(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let chosen = match corrected(&load, &form) {
        Ok(chosen) => chosen,
        Err(problem) => {
            form.error("columns", problem.to_string());
            return again(&card_page(&ctx, load, form).await?);
        }
    };
    let change = ctx.change(&submitted).await?;
    let load = in_preview(&change, id).await?;
    if form.text("version") != load.version.to_string() {
        return Err(stale());
    }
    store::set_chosen(change.tx(), id, &chosen).await?;
    store::set_state(change.tx(), id, "reading").await?;
    change.enqueue(super::READ, id, &()).await?;
    let subject = ("staff_import", Some(id));
    let entry = Entry {
        kind: "import_columns_chosen",
        subject,
        organization: load.organization_id,
        payload: &chosen,
    };
    change.journal(entry).await?;
    change.finish(&load.href(), "Файл читается заново").await
}

/// What was chosen; another sheet begins with the program's own proposal.
fn corrected(load: &Load, form: &Form) -> Result<Chosen, MappingError> {
    let mut chosen = load.chosen();
    let sheet = form.text("sheet");
    if !sheet.is_empty() && chosen.sheet.as_deref() != Some(sheet) {
        let known = load.summary().sheets.iter().any(|name| name == sheet);
        if known {
            return Ok(Chosen { sheet: Some(sheet.to_owned()), mapping: None, kinds: chosen.kinds });
        }
    }
    if let Some(mapping) = &mut chosen.mapping {
        let indexes: Vec<usize> = mapping.columns.iter().map(|column| column.index).collect();
        for index in indexes {
            if let Some(meaning) = Column::from_code(form.text(&column_field(index))) {
                mapping.choose(index, meaning);
            }
        }
        mapping.validate()?;
    }
    let kinds = card::kinds();
    for place in load.summary().organizations {
        let kind = form.text(&place_field(&place.key));
        if kinds.iter().any(|known| known.value == kind) {
            chosen.kinds.insert(place.key, kind.to_owned());
        }
    }
    Ok(chosen)
}

/// Takes the decision about one doubtful row.
pub(super) async fn row(
    ctx: Ctx,
    Path((id, number)): Path<(Uuid, String)>,
    submitted: Submission,
) -> Outcome {
    card::visible(&ctx, id).await?;
    let number: i64 = number.parse().map_err(|_| AppError::NotFound)?;
    let change = ctx.change(&submitted).await?;
    let load = in_preview(&change, id).await?;
    let line = store::line(change.tx(), id, number).await?.ok_or(AppError::NotFound)?;
    let view = RowView::of(line)?;
    let code = submitted.form.text("decision");
    let is_offered = match Decision::from_code(code) {
        Some(Decision::Skip) => !view.answers().is_empty(),
        Some(Decision::New) => !view.answers().is_empty() && view.may_be_new(),
        _ => view.answers().iter().any(|answer| answer.code == code),
    };
    if !is_offered {
        drop(change);
        let mut form = submitted.form.clone();
        form.error("decision", format!("Строка {number}: выберите, кто это."));
        return again(&card_page(&ctx, load, form).await?);
    }
    store::decide(change.tx(), id, number, code).await?;
    store::raise_version(change.tx(), id).await?;
    let subject = ("staff_import", Some(id));
    let payload = (number, code);
    let entry =
        Entry { kind: "import_row_decided", subject, organization: load.organization_id, payload: &payload };
    change.journal(entry).await?;
    let notice = format!("Строка {number}: решение записано");
    change.finish(&format!("{}?tab=doubtful#row-{number}", load.href()), &notice).await
}

/// The load, held against other writers, if it still waits for decisions.
pub(super) async fn in_preview(change: &Change, id: Uuid) -> Outcome<Load> {
    db::lock_row(change.tx(), "staff_import", id).await?;
    let load = store::load(change.tx(), id).await?.ok_or(AppError::NotFound)?;
    if load.state() == State::Preview {
        return Ok(load);
    }
    Err(AppError::Conflict(format!(
        "Этот список уже не ждёт решений. Его состояние: «{}». Откройте страницу загрузки заново",
        load.state().title()
    )))
}

/// Two people at one preview.
pub(super) fn stale() -> AppError {
    AppError::Conflict(
        "Пока страница была открыта, в этой загрузке кто-то решил строку или поправил столбцы. Откройте её заново, \
         посмотрите, что изменилось, и нажмите ещё раз"
            .to_owned(),
    )
}
