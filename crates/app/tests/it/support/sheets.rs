//! What tests read and write alike: answered sheets, hidden fields of forms, cells of workbooks.

use nastavnik::kernel::db::{self, Tx};
use nastavnik::kernel::ids;
use nastavnik::kernel::spreadsheet::{self, Limits};
use nastavnik::values;
use nastavnik_domain::staff_list::Cell;
use uuid::Uuid;

use super::app::start;
use super::browser::Page;

/// A self-diagnosis that was answered: domain, mean, whether a deficit, whether a strength.
pub(crate) async fn an_answered_sheet(
    tx: &Tx,
    person: Uuid,
    organization: Uuid,
    domains: &[(i64, i64, i64, i64)],
) -> Uuid {
    let sheet = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO diagnosis (id, person_id, organization_id, year_start, wave, view, author_id, begun_at, completed_at) \
         VALUES (?, ?, ?, 2026, 'entry', 'own', ?, ?, ?)",
        values![sheet, person, organization, person, start(), start()],
    )
    .await
    .unwrap();
    for (domain, mean, deficit, strength) in domains {
        db::exec(
            tx,
            "INSERT INTO diagnosis_domain (diagnosis_id, domain, mean_hundredths, is_deficit, is_strength) \
             VALUES (?, ?, ?, ?, ?)",
            values![sheet, *domain, *mean, *deficit, *strength],
        )
        .await
        .unwrap();
    }
    sheet
}

/// What a hidden field of the page carries.
pub(crate) fn hidden(page: &Page, name: &str) -> String {
    let text = page.text();
    let value =
        text.split(&format!("name=\"{name}\" value=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_else(|| panic!("no field «{name}» on the page: {text}")).to_owned()
}

/// The cells of a workbook's first sheet as people see them.
pub(crate) fn workbook(page: &Page) -> Vec<Vec<String>> {
    let sheet = &spreadsheet::sheets(&page.bytes, &Limits::UPLOAD).unwrap()[0];
    let mut rows = Vec::new();
    spreadsheet::read(&page.bytes, sheet, &Limits::UPLOAD, |_, cells| {
        rows.push(cells.iter().map(Cell::shown).collect());
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    rows
}
