//! The table of rules itself: who may what, how far, by which clause.

use askama::Template;
use nastavnik_domain::policy::{Permission, RULES};

use super::{cited, words};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Layout;
use crate::kernel::web::{Visit, page};

#[derive(Template)]
#[template(path = "oversight/clauses.html")]
struct ClausesPage {
    layout: Layout,
    groups: Vec<Group>,
    clauses: &'static [(&'static str, &'static str)],
}

/// One permission with everybody who has it.
struct Group {
    title: &'static str,
    lines: Vec<Line>,
}

struct Line {
    role: String,
    scope: &'static str,
    clause: &'static str,
}

/// What is shown is the very table the program asks, so the page can't say anything else.
pub(super) async fn show(visit: Visit) -> Outcome {
    let groups = Permission::ALL.into_iter().filter_map(|permission| {
        let lines: Vec<Line> = RULES
            .iter()
            .filter(|rule| rule.permission == permission)
            .map(|rule| Line {
                role: capitalized(rule.role.title()),
                scope: words::scope_title(rule.scope),
                clause: rule.clause,
            })
            .collect();
        (!lines.is_empty()).then(|| Group { title: words::permission_title(permission), lines })
    });
    page(&ClausesPage {
        layout: visit.layout("Кто что может и по какому пункту").await?,
        groups: groups.collect(),
        clauses: cited::CLAUSES,
    })
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
