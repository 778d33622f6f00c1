//! Rows of a plan as they are kept for the preview.

use std::collections::HashMap;

use nastavnik_domain::staff_list::{ParsedRow, Row, Verdict, Who};
use serde::{Deserialize, Serialize};

use super::model::{Decision, Shelf, Shown};
use super::plan::{Plan, Planned, people_of};
use super::store::{Candidate, NewLine};

/// One answer to «кто это?» of a doubtful row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answer {
    /// Code of a `Decision`.
    pub(super) code: String,
    pub(super) title: String,
    pub(super) reason: String,
}

/// Rows to keep. Decisions are kept for rows whose verdict has stayed the same.
pub(super) fn lines_of(
    plan: &Plan,
    decided: &HashMap<i64, (String, String)>,
) -> anyhow::Result<Vec<NewLine>> {
    plan.rows.iter().map(|planned| line_of(plan, planned, decided)).collect()
}

fn line_of(
    plan: &Plan,
    planned: &Planned,
    decided: &HashMap<i64, (String, String)>,
) -> anyhow::Result<NewLine> {
    let verdict = &planned.classified.verdict;
    let detail = serde_json::to_string(&planned.classified)?;
    let decision = decided.get(&i64::from(planned.number)).filter(|(known, _)| *known == detail);
    let (person_name, shown) = match &planned.row {
        Row::Skipped(_) => (String::new(), Shown::default()),
        Row::Person(row) => (
            row.name.as_ref().map_or_else(String::new, nastavnik_domain::person::FullName::full),
            shown(plan, planned, row),
        ),
    };
    let person = match people_of(verdict).as_slice() {
        [only] if Shelf::of(verdict) != Shelf::Doubtful => Some(only.0),
        _ => None,
    };
    Ok(NewLine {
        number: planned.number,
        shelf: Shelf::of(verdict).code(),
        person_name,
        person,
        parsed: serde_json::to_string(&shown)?,
        detail,
        decision: decision.map(|(_, decision)| decision.clone()),
    })
}

fn shown(plan: &Plan, planned: &Planned, row: &ParsedRow) -> Shown {
    let position = match (&row.position, &row.subject) {
        (Some(position), Some(subject)) => format!("{position} ({subject})"),
        (Some(position), None) => position.clone(),
        _ => String::new(),
    };
    let answers = match &planned.classified.verdict {
        Verdict::Doubtful { candidates } => candidates
            .iter()
            .map(|doubt| match doubt.who {
                Who::Person(id) => Answer {
                    code: Decision::Person(id.0).code(),
                    title: plan.people.get(&id).map_or_else(String::new, |one| describe(plan, one)),
                    reason: doubt.reason.clone(),
                },
                Who::Row(number) => Answer {
                    code: Decision::Row(number).code(),
                    title: format!("человек из строки {number}"),
                    reason: doubt.reason.clone(),
                },
            })
            .collect(),
        _ => Vec::new(),
    };
    Shown {
        organization: plan.names.get(&planned.organization).cloned().unwrap_or_default(),
        position,
        born_on: row.born_on.map(|day| day.format("%d.%m.%Y").to_string()).unwrap_or_default(),
        notes: row.notes.clone(),
        answers,
    }
}

/// «Титова Эльмира Богдановна, 01.12.1977, директор, МБОУ «СОШ №5»».
fn describe(plan: &Plan, candidate: &Candidate) -> String {
    let person = &candidate.person;
    let mut words = vec![person.name.full()];
    words.extend(person.born_on.map(|day| day.format("%d.%m.%Y").to_string()));
    for job in person.employments.iter().filter(|job| job.ended.is_none()) {
        let place = plan.names.get(&job.organization_id).map_or("другая организация", String::as_str);
        words.push(format!("{} — {place}", job.position));
    }
    words.join(", ")
}
