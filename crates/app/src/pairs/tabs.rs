//! Pages of one pair, each under its own address beside the card.

use nastavnik_domain::policy::Permission;

use super::record::Pair;
use crate::kernel::page::Tab;
use crate::kernel::web::Ctx;

/// Where a page of the pair stands after `/pairs/{id}`, its word, and who opens it: any of the permissions will do. What is
/// opened every week comes first.
const TABS: &[(&str, &str, &[Permission])] = &[
    ("", "Карточка", &[Permission::ReadPairs]),
    ("/program", "Программа", &[Permission::ReadPrograms]),
    ("/meetings", "Встречи", &[Permission::ReadPairNotes, Permission::ReadPairFacts]),
    ("/tasks", "Задания", &[Permission::ReadPairNotes, Permission::ReadPairFacts]),
    ("/talk", "Переписка", &[Permission::ReadPairNotes]),
    ("/evaluations", "Оценка", &[Permission::ReadEvaluations]),
    ("/help", "Помощь", &[Permission::ReadPairNotes]),
    ("/opinions", "Заключения", &[Permission::ReadOpinions]),
    ("/objections", "Совет и возражения", &[Permission::ReadCouncil, Permission::ObjectToPairs]),
    ("/fit", "Подходим друг другу", &[Permission::AskForEnding]),
    ("/petition", "Завершить или сменить наставника", &[Permission::AskForEnding]),
];

/// How many pages are seen at a glance; the others stand under «Ещё».
const AT_A_GLANCE: usize = 6;

/// Pages about the pair that whoever takes part in it does not open, in whatever other role.
const APART: &[&str] = &["/opinions", "/objections"];

/// The pages of a pair this reader may open, for `ui::tabs`. `current` is the beginning of the address after
/// `/pairs/{id}`: empty for the card.
pub fn tabs(ctx: &Ctx, pair: &Pair, current: &str) -> Vec<Tab> {
    let place = pair.place();
    let is_own = pair.has(ctx.actor().person.0);
    let opens = |permission: &Permission| {
        let reach = ctx.actor().reach(*permission);
        reach.covers(&place) || (is_own && reach.pairs)
    };
    let tabs = TABS
        .iter()
        .filter(|(_, _, permissions)| permissions.iter().any(opens))
        .filter(|(suffix, _, _)| !(is_own && APART.contains(suffix)))
        .map(|(suffix, title, _)| Tab {
            href: format!("/pairs/{}{suffix}", pair.id),
            title: (*title).to_owned(),
            current: *suffix == current,
            under: Vec::new(),
        })
        .collect();
    Tab::folded(tabs, AT_A_GLANCE)
}
