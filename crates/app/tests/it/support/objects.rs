//! One thing of each kind in each place, so that every path of the registry has somewhere to lead.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik::kernel::db::{self, Tx};
use nastavnik::kernel::files::{self, Allowed};
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::app::{TestApp, an_account, start};
use super::base_things::offers;
use super::pair_things::{a_meeting, a_message, a_signed_order, a_task, an_agreement, evaluation, program};
use super::route::a_route;
use super::run::a_run;
use super::world::{World, a_consent, a_mentorship, a_person};

/// Where a thing is, seen from the people of `World::people`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    Own,
    /// Another organization of the same municipality.
    Neighbor,
    /// Another municipality.
    Far,
}

impl Relation {
    pub(crate) const ALL: [Self; 3] = [Self::Own, Self::Neighbor, Self::Far];

    /// The letter of the oracle.
    pub(crate) const fn letter(self) -> char {
        match self {
            Self::Own => 'o',
            Self::Neighbor => 'n',
            Self::Far => 'f',
        }
    }
}

/// Things by the name of their path parameter's kind.
pub(crate) type Objects = BTreeMap<Relation, BTreeMap<&'static str, String>>;

impl World {
    /// Adds the things and returns their ids.
    pub(crate) async fn objects(&self, test: &TestApp) -> Objects {
        let tx = test.app.db.begin().await.unwrap();
        let mut objects = Objects::new();
        for relation in Relation::ALL {
            objects.insert(relation, self.in_place(test, &tx, relation).await);
        }
        tx.commit().await.unwrap();
        objects
    }

    async fn in_place(&self, test: &TestApp, tx: &Tx, relation: Relation) -> BTreeMap<&'static str, String> {
        let (organization, territory) = match relation {
            Relation::Own => (self.school, self.municipality),
            Relation::Neighbor => (self.other_school, self.municipality),
            Relation::Far => (self.far_school, self.other_municipality),
        };
        let canary = format!("Канарейка{}", relation.letter());
        let person = a_person(tx, organization, "учитель", &canary).await;
        let mentor = a_person(tx, organization, "учитель", &format!("{canary}наставник")).await;
        let pair = match relation {
            Relation::Own => self.mentorship,
            _ => a_mentorship(tx, organization, mentor, &[person]).await,
        };
        let by = self.people[&Role::Curator];
        let file = a_file(test, tx, organization).await;
        let consent = a_consent(tx, organization, person, Kind::Publication).await;
        let day = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        let [employment, grant, candidate, achievement, import, paper, order, account, job, table, filter] =
            std::array::from_fn(|_| ids::row_id());
        let write = async |sql: &str, values: Vec<sea_orm::Value>| db::exec(tx, sql, values).await.unwrap();
        write(
            "INSERT INTO employment (id, person_id, organization_id, position, started_on, started_precision) \
             VALUES (?, ?, ?, 'методист', ?, 'day')",
            values![employment, person, organization, day],
        )
        .await;
        write(
            "INSERT INTO role_grant (id, person_id, organization_id, role, act_number, act_on, started_on) \
             VALUES (?, ?, ?, 'union', '5', ?, ?)",
            values![grant, person, organization, day, day],
        )
        .await;
        write(
            "INSERT INTO account (id, person_id, login, created_at) VALUES (?, ?, ?, ?)",
            values![account, person, format!("canary-{}", relation.letter()), start()],
        )
        .await;
        write(
            "INSERT INTO mentor_candidate (id, person_id, organization_id, capacity, listed_by, listed_at) \
             VALUES (?, ?, ?, 3, ?, ?)",
            values![candidate, mentor, organization, by, start()],
        )
        .await;
        write(
            "INSERT INTO achievement (id, person_id, title, evidence, evidence_file_id, recorded_by, recorded_at) \
             VALUES (?, ?, 'Победа в конкурсе', 'приказ 17', ?, ?, ?)",
            values![achievement, mentor, file, by, start()],
        )
        .await;
        let [course, nomination, request] = std::array::from_fn(|_| ids::row_id());
        write(
            "INSERT INTO mentor_course (id, person_id, title, provider, planned_for, scan_id, recorded_by, recorded_at) \
             VALUES (?, ?, 'Наставничество', 'Институт', ?, ?, ?, ?)",
            values![course, mentor, NaiveDate::from_ymd_opt(2027, 2, 1), file, by, start()],
        )
        .await;
        write(
            "INSERT INTO mentor_nomination (id, person_id, organization_id, capacity, state, proposed_at) \
             VALUES (?, ?, ?, 2, 'proposed', ?)",
            values![nomination, person, organization, start()],
        )
        .await;
        write(
            "INSERT INTO mentee_request (id, person_id, organization_id, year_start, is_needed, formats, answered_at) \
             VALUES (?, ?, ?, 2026, 1, '[\"meetings\"]', ?)",
            values![request, person, organization, start()],
        )
        .await;
        write(
            "INSERT INTO staff_import (id, file_id, territory_id, organization_id, state, created_by, created_at, \
             summary, mapping) VALUES (?, ?, ?, ?, 'canceled', ?, ?, NULL, NULL)",
            values![import, file, territory, organization, by, start()],
        )
        .await;
        write(
            "INSERT INTO job (id, kind, payload, run_at, state, message, created_at, finished_at) \
             VALUES (?, 'unknown', '{}', ?, 'failed', 'не вышло', ?, ?)",
            values![job, start(), start(), start()],
        )
        .await;
        // The own one belongs to the curator, who signs in later with this very account.
        let uploader = if relation == Relation::Own { an_account(tx, by).await } else { account };
        write(
            "INSERT INTO bank_table (id, side, file_id, created_by, created_at, applied_at, report) \
             VALUES (?, 'mentor', ?, ?, ?, ?, '[]')",
            values![table, file, uploader, start(), start()],
        )
        .await;
        write(
            "INSERT INTO saved_filter (id, account_id, path, name, query, created_at) \
             VALUES (?, ?, '/bank/mentees', 'Мои', 'state=proposed', ?)",
            values![filter, uploader, start()],
        )
        .await;
        let run = a_run(tx, (organization, territory, self.region), (mentor, person), by).await;
        for (id, kind, number) in [(paper, "mentor_consent", 900_i64), (order, "appointment_order", 901)] {
            write(
                "INSERT INTO document (id, organization_id, kind, year, number, label, dated_on, person_id, content, \
                 pdf_id, docx_id, scan_id, issued_by, issued_at) \
                 VALUES (?, ?, ?, 2026, ?, '900', ?, ?, '{}', ?, ?, ?, ?, ?)",
                values![id, organization, kind, number, day, mentor, file, file, file, by, start()],
            )
            .await;
            write(
                "INSERT INTO document_mentorship (document_id, mentorship_id) VALUES (?, ?)",
                values![id, pair],
            )
            .await;
        }
        write("UPDATE consent SET scan_id = ? WHERE id = ?", values![file, consent]).await;
        a_signed_order(test, tx, organization, pair).await;
        let mentee = if relation == Relation::Own { self.people[&Role::Mentee] } else { person };
        let petition = ids::row_id();
        write(
            "INSERT INTO petition (id, mentorship_id, organization_id, applicant_id, kind, receiver, last_day, filed_on, \
             filed_at, answer_by, label, pdf_id, docx_id) \
             VALUES (?, ?, ?, ?, 'replace', 'curator', ?, ?, ?, ?, '1-ЗН/2026', ?, ?)",
            values![
                petition,
                pair,
                organization,
                mentee,
                NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
                day,
                start(),
                NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(),
                file,
                file
            ],
        )
        .await;
        let [sheet, view] = std::array::from_fn(|_| ids::row_id());
        // The mentee's own sheet, and the blank of a colleague who was asked.
        for (id, eyes, author) in [(sheet, "own", mentee), (view, "expert", self.people[&Role::Psychologist])]
        {
            let author = if relation == Relation::Own { author } else { person };
            write(
                "INSERT INTO diagnosis (id, person_id, organization_id, year_start, wave, view, author_id, begun_at) \
                 VALUES (?, ?, ?, 2026, 'entry', ?, ?, ?)",
                values![id, mentee, organization, eyes, author, start()],
            )
            .await;
        }
        let [matter, sitting, item, objection] = std::array::from_fn(|_| ids::row_id());
        write(
            "INSERT INTO council_matter (id, organization_id, kind, mentorship_id, subject_id, raised_by, raised_at) \
             VALUES (?, ?, 'pair', ?, ?, ?, ?)",
            values![matter, organization, pair, matter, by, start()],
        )
        .await;
        write(
            "INSERT INTO council_sitting (id, organization_id, held_on, place, planned_by, planned_at, closed_at, label, \
             pdf_id, docx_id) VALUES (?, ?, ?, 'учительская', ?, ?, ?, '900-ПС/2026', ?, ?)",
            values![sitting, organization, day, by, start(), start(), file, file],
        )
        .await;
        write(
            "INSERT INTO council_item (id, sitting_id, matter_id, place_in_order) VALUES (?, ?, ?, 1)",
            values![item, sitting, matter],
        )
        .await;
        // The union objects: the council can't lift what is not its own.
        let pair_mentor = if relation == Relation::Own { self.people[&Role::Mentor] } else { mentor };
        write(
            "INSERT INTO pair_objection (id, organization_id, mentor_id, mentee_id, body, reason, raised_by, raised_at) \
             VALUES (?, ?, ?, ?, 'union', 'нагрузка', ?, ?)",
            values![objection, organization, pair_mentor, mentee, by, start()],
        )
        .await;
        let [evening, help] = std::array::from_fn(|_| ids::row_id());
        write(
            "INSERT INTO speed_evening (id, organization_id, title, held_on, begins_at, place, round_minutes, \
             break_minutes, most_rounds, created_by, created_at) \
             VALUES (?, ?, 'Быстрые встречи', ?, 960, 'библиотека', 10, 2, 6, ?, ?)",
            values![evening, organization, day, by, start()],
        )
        .await;
        let speaker = if relation == Relation::Own { self.people[&Role::Mentor] } else { mentor };
        for (side, who) in [("mentor", speaker), ("mentee", mentee)] {
            write(
                "INSERT INTO speed_participant (evening_id, person_id, side, seat) VALUES (?, ?, ?, 1)",
                values![evening, who, side],
            )
            .await;
        }
        write(
            "INSERT INTO speed_meeting (id, evening_id, round, mentor_id, mentee_id) VALUES (?, ?, 1, ?, ?)",
            values![ids::row_id(), evening, speaker, mentee],
        )
        .await;
        write(
            "INSERT INTO help_request (id, mentorship_id, asker_id, domain, urgency, words, asked_at) \
             VALUES (?, ?, ?, 4, 'today', 'Трудный разговор', ?)",
            values![help, pair, mentee, start()],
        )
        .await;
        let ring = if relation == Relation::Own { self.people[&Role::Mentor] } else { mentor };
        let [meeting, call, plan, lesson] = a_meeting(tx, pair, (ring, mentee)).await;
        let mentors = if relation == Relation::Own { self.people[&Role::Mentor] } else { mentor };
        // The tutor of the world was named in the own one only.
        let tutor = (relation == Relation::Own).then_some(self.people[&Role::Tutor]);
        let [route, route_import] = a_route(tx, mentee, tutor).await;
        // Nobody of the pair is asked to help it.
        let asked = if [mentors, mentee].contains(&person) {
            a_person(tx, organization, "учитель", "Помощников").await
        } else {
            person
        };
        let [line, helper, template] = program(tx, organization, pair, [mentors, mentee], asked, paper).await;
        let task = a_task(tx, pair, [mentors, mentee], file).await;
        let attached = a_file(test, tx, organization).await;
        let message = a_message(tx, pair, mentors, attached).await;
        evaluation(tx, (organization, pair), [mentors, mentee], by, file).await;
        let [offered, reviewed, published] =
            offers(tx, organization, pair, (mentors, mentee), self.clerks()).await;
        let agreement = an_agreement(tx, organization, file).await;
        [
            ("message", message),
            ("offered", offered),
            ("reviewed", reviewed),
            ("published", published),
            ("agreement", agreement),
            ("matter", matter),
            ("sitting", sitting),
            ("item", item),
            ("objection", objection),
            ("evening", evening),
            ("help", help),
            ("meeting", meeting),
            ("call", call),
            ("plan", plan),
            ("lesson", lesson),
            ("task", task),
            ("task_file", file),
            ("route", route),
            ("route_import", route_import),
            ("line", line),
            ("helper", helper),
            ("template_row", template),
            ("mentee", mentee),
            ("petition", petition),
            ("sheet", sheet),
            ("view", view),
            ("organization", organization),
            ("territory", territory),
            ("person", person),
            ("mentor_person", mentor),
            ("employment", employment),
            ("grant", grant),
            ("account", account),
            ("candidate", candidate),
            ("achievement", achievement),
            ("course", course),
            ("nomination", nomination),
            ("request", request),
            ("import", import),
            ("pair", pair),
            ("paper", paper),
            ("order", order),
            ("job", job),
            ("consent", consent),
            ("table", table),
            ("filter", filter),
            ("run", run),
        ]
        .into_iter()
        .map(|(kind, id)| (kind, id.to_string()))
        .collect()
    }
}

impl World {
    /// Who offers, and two who review.
    fn clerks(&self) -> [Uuid; 3] {
        [Role::Curator, Role::SupportCenter, Role::ResourceCenter].map(|role| self.people[&role])
    }
}

pub(super) async fn a_file(test: &TestApp, tx: &Tx, organization: Uuid) -> Uuid {
    let kept = test.app.files.keep(b"%PDF-1.7 canary".to_vec(), Allowed::Scan).await.unwrap();
    files::name(tx, start(), &kept, "скан.pdf", (Some(organization), None)).await.unwrap()
}
