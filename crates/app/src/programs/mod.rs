//! Personalized programs of mentoring (D1-D5, D8, D10; п. 1.4, 1.5, 3.2, 4.1.2, 5.1.2, 5.2.2).
//!
//! A program is kept as the events that made it (`domain::program`); every change locks its row, applies one event and
//! keeps it. What stands beside the events (state, goals to compare, terms) is for lists alone. Who reads what a goal
//! rests on is decided in [`ring`] (decision 0016).

mod act;
mod approvals;
mod begin;
mod council_word;
mod done;
mod export;
mod front;
mod helpers;
mod history;
mod line_form;
mod lines;
mod list;
mod origin;
mod paper;
mod ring;
mod rules;
mod show;
mod sign;
mod store;
mod templates;
mod view;
mod visible;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use front::{
    Counts, Errand, InForce, Standing, approved_goals, approved_lines, counts, errands, in_force,
    invitations_waiting, states, transfer,
};
pub use origin::{approved_text, begin_from, begin_from_deficits, grounds, writable_case};

/// Paths of programs.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{
        AgreePrograms, ApprovePrograms, EditProgramTemplates, ReadPrograms, SignedIn, WritePrograms,
    };
    registry
        .get("/programs", ReadPrograms, list::show)
        .get("/programs.xlsx", ReadPrograms, export::workbook)
        .get("/programs/approvals", ApprovePrograms, approvals::show)
        .post("/programs/approvals", ApprovePrograms, approvals::approve)
        .get("/pairs/{id}/program", ReadPrograms, show::show)
        .post("/pairs/{id}/program", WritePrograms, begin::make)
        .get("/pairs/{id}/program/version", ReadPrograms, show::version)
        .get("/pairs/{id}/program/lines/new", WritePrograms, lines::show_new)
        .post("/pairs/{id}/program/lines", WritePrograms, lines::add)
        .get("/pairs/{id}/program/lines/{line}", WritePrograms, lines::show_edit)
        .post("/pairs/{id}/program/lines/{line}", WritePrograms, lines::save)
        .post("/pairs/{id}/program/lines/{line}/removal", WritePrograms, lines::remove)
        .post("/pairs/{id}/program/lines/{line}/completion", WritePrograms, done::record)
        .post("/pairs/{id}/program/lines/{line}/resumption", WritePrograms, done::cancel)
        .post("/pairs/{id}/program/signature", WritePrograms, sign::sign)
        .post("/pairs/{id}/program/agreement", AgreePrograms, sign::agree)
        .post("/pairs/{id}/program/return", AgreePrograms, sign::give_back)
        .post("/pairs/{id}/program/rejection", ApprovePrograms, sign::reject)
        .post("/pairs/{id}/program/question", AgreePrograms, council_word::ask)
        .post("/pairs/{id}/program/revisions", WritePrograms, sign::begin_revision)
        .get("/pairs/{id}/program/history", ReadPrograms, history::show)
        .get("/pairs/{id}/program/paper/{file}", ReadPrograms, paper::file)
        .post("/pairs/{id}/program/helpers", WritePrograms, helpers::invite)
        .get("/own/invitations", SignedIn, helpers::own)
        .post("/own/invitations/{helper}", SignedIn, helpers::answer)
        .get("/program-templates", EditProgramTemplates, templates::show)
        .post("/program-templates", EditProgramTemplates, templates::add)
        .post("/program-templates/{row}/ending", EditProgramTemplates, templates::end)
}
