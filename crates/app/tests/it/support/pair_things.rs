//! Things that a pair at work leaves behind: its order, meetings, program.

use chrono::NaiveDate;
use nastavnik::kernel::db::{self, Tx};
use nastavnik::kernel::ids;
use nastavnik::values;
use uuid::Uuid;

use super::app::{TestApp, start};
use super::objects::a_file;

/// A meeting of the pair with what was said, a call to the psychologist, a plan, a card of a lesson.
pub(super) async fn a_meeting(tx: &Tx, pair: Uuid, (author, teacher): (Uuid, Uuid)) -> [Uuid; 4] {
    let [meeting, note, call, plan, lesson] = std::array::from_fn(|_| ids::row_id());
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let write = async |sql: &str, values: Vec<sea_orm::Value>| db::exec(tx, sql, values).await.unwrap();
    write(
        "INSERT INTO pair_meeting (id, mentorship_id, held_on, kind, recorded_by, recorded_at) \
         VALUES (?, ?, ?, 'in_person', ?, ?)",
        values![meeting, pair, day, author, start()],
    )
    .await;
    write(
        "INSERT INTO meeting_note (id, meeting_id, author_id, focus_domain, worked, written_at) VALUES (?, ?, ?, 5, 'сказано', ?)",
        values![note, meeting, author, start()],
    )
    .await;
    write(
        "INSERT INTO pair_call (id, mentorship_id, author_id, addressee, called_at) VALUES (?, ?, ?, 'psychologist', ?)",
        values![call, pair, author, start()],
    )
    .await;
    write(
        "INSERT INTO meeting_plan (id, mentorship_id, series_id, state, planned_on, starts_at, minutes, kind, created_by, \
         created_at) VALUES (?, ?, ?, 'planned', ?, 900, 40, 'in_person', ?, ?)",
        values![plan, pair, plan, NaiveDate::from_ymd_opt(2026, 11, 30), author, start()],
    )
    .await;
    write(
        "INSERT INTO lesson_card (id, meeting_id, mentorship_id, author_id, teacher_id, class_name, subject, strengths, step, \
         written_at) VALUES (?, ?, ?, ?, ?, '5 А', 'математика', 'темп', 'пауза', ?)",
        values![lesson, meeting, pair, author, teacher, start()],
    )
    .await;
    [meeting, call, plan, lesson]
}

/// A task whose product, a file, waits for the mentor's check.
pub(super) async fn a_task(tx: &Tx, pair: Uuid, [mentor, mentee]: [Uuid; 2], file: Uuid) -> Uuid {
    let task = ids::row_id();
    let due = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let set = format!(
        r#"{{"event":"set","mentee":"{mentee}","source":null,
        "wording":{{"title":"Конспект","what":"Составить","due":"{due}"}}}}"#
    );
    let handed_in = format!(
        r#"{{"event":"handed_in","product":{{"words":"","link":null,"file":{{"id":"{file}","name":"скан.pdf"}}}}}}"#
    );
    db::exec(
        tx,
        "INSERT INTO task (id, mentorship_id, mentee_id, title, state, due_on, version) \
         VALUES (?, ?, ?, 'Конспект', 'handed_in', ?, 2)",
        values![task, pair, mentee, due],
    )
    .await
    .unwrap();
    let events = [(1_i64, mentor, "set", set, None), (2, mentee, "handed_in", handed_in, Some(file))];
    for (number, by, kind, event, file) in events {
        db::exec(
            tx,
            "INSERT INTO task_event (task_id, number, person_id, happened_at, kind, event, file_id) \
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            values![task, number, by, start(), kind, event, file],
        )
        .await
        .unwrap();
    }
    task
}

/// A message of the pair's talk with a file.
pub(super) async fn a_message(tx: &Tx, pair: Uuid, author: Uuid, file: Uuid) -> Uuid {
    let id = ids::row_id();
    let sql = "INSERT INTO talk_message (id, mentorship_id, number, author_id, words, words_key, file_id, written_at, \
               written_on) VALUES (?, ?, 1, ?, 'Здравствуйте', 'здравствуйте', ?, ?, ?)";
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    db::exec(tx, sql, values![id, pair, author, file, start(), day]).await.unwrap();
    id
}

/// Makes a pair one that is in force: writes an order signed on 1 October.
pub(crate) async fn a_signed_order(test: &TestApp, tx: &Tx, organization: Uuid, pair: Uuid) {
    let file = a_file(test, tx, organization).await;
    let (id, day) = (ids::row_id(), NaiveDate::from_ymd_opt(2026, 10, 1).unwrap());
    let order = "INSERT INTO document (id, organization_id, kind, year, number, label, dated_on, content, pdf_id, docx_id, \
                 issued_by, issued_at, signed_on) VALUES (?, ?, 'appointment_order', 2026, 77, '77', ?, '{}', ?, ?, ?, ?, ?)";
    db::exec(tx, order, values![id, organization, day, file, file, id, start(), day]).await.unwrap();
    let link = "INSERT INTO document_mentorship (document_id, mentorship_id) VALUES (?, ?)";
    db::exec(tx, link, values![id, pair]).await.unwrap();
}

/// An agreement of cooperation with a partner outside, with its scan.
pub(super) async fn an_agreement(tx: &Tx, organization: Uuid, file: Uuid) -> Uuid {
    let (id, day) = (ids::row_id(), NaiveDate::from_ymd_opt(2026, 10, 1).unwrap());
    let sql = "INSERT INTO partnership (id, organization_id, partner_name, partner_inn, number, dated_on, starts_on, ends_on, \
               subject, payer, consents, scan_id, search_key, created_by, created_at) \
               VALUES (?, ?, 'АНО «Партнёр»', '7707083893', '900', ?, ?, ?, 'Наставничество', 'maker', '[]', ?, '900', ?, ?)";
    let last = NaiveDate::from_ymd_opt(2027, 9, 30).unwrap();
    db::exec(tx, sql, values![id, organization, day, day, last, file, id, start()]).await.unwrap();
    id
}

/// An approved program of the pair with a measure, a teacher asked to help, and something added to the template.
pub(super) async fn program(
    tx: &Tx,
    organization: Uuid,
    pair: Uuid,
    [mentor, mentee]: [Uuid; 2],
    person: Uuid,
    paper: Uuid,
) -> [Uuid; 3] {
    let [id, line, helper, template] = std::array::from_fn(|_| ids::row_id());
    let term = ids::row_id();
    let text = format!(
        r#"{{"{term}":{{"kind":"term","from":"2026-10-01","to":"2027-05-31"}},"{line}":{{"kind":"measure","what":"Урок",
        "domain":"law","form":"урок","due":"2026-12-01","who":"both","product":"план"}}}}"#
    );
    let events = [
        (
            mentor,
            format!(r#"{{"event":"made","shape":"speed","people":["{mentor}","{mentee}"],"text":{text}}}"#),
        ),
        (mentor, r#"{"event":"signed","seen":2}"#.to_owned()),
        (mentee, r#"{"event":"signed","seen":2}"#.to_owned()),
        (mentor, r#"{"event":"agreed","remarks":""}"#.to_owned()),
        (mentor, format!(r#"{{"event":"approved","document":"{paper}"}}"#)),
        (mentor, format!(r#"{{"event":"helper_invited","person":"{person}","task":"Помочь"}}"#)),
    ];
    let write = async |sql: &str, values: Vec<sea_orm::Value>| db::exec(tx, sql, values).await.unwrap();
    write(
        "INSERT INTO program (id, mentorship_id, organization_id, state, revision, version, created_at, changed_at) \
         VALUES (?, ?, ?, 'approved', 1, 6, ?, ?)",
        values![id, pair, organization, start(), start()],
    )
    .await;
    for (number, (by, event)) in (1_i64..).zip(events) {
        write(
            "INSERT INTO program_event (program_id, number, person_id, happened_at, event) VALUES (?, ?, ?, ?, ?)",
            values![id, number, by, start(), event],
        )
        .await;
    }
    write(
        "INSERT INTO program_helper (id, program_id, person_id, task, invited_by, invited_at) \
         VALUES (?, ?, ?, 'Помочь', ?, ?)",
        values![helper, id, person, mentor, start()],
    )
    .await;
    write(
        "INSERT INTO program_template (id, organization_id, kind, code, title, valid_from, added_by, added_at) \
         VALUES (?, ?, 'section', 'own', 'Раздел', ?, ?, ?)",
        values![template, organization, NaiveDate::from_ymd_opt(2026, 9, 1), mentor, start()],
    )
    .await;
    [line, helper, template]
}

/// A final evaluation of the pair, confirmed: parts of both, the sheet is there.
pub(super) async fn evaluation(
    tx: &Tx,
    (organization, pair): (Uuid, Uuid),
    [mentor, mentee]: [Uuid; 2],
    by: Uuid,
    file: Uuid,
) {
    let id = ids::row_id();
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let write = async |sql: &str, values: Vec<sea_orm::Value>| db::exec(tx, sql, values).await.unwrap();
    let facts = r#"{"from":"2026-10-01","to":"2026-11-20","meetings":1,"visits":0,"steps_done":0,"steps_open":0,
        "tasks_accepted":0,"tasks_open":0,"program":null,"help_asked":0,"help_answered":0,"paths":{}}"#;
    write(
        "INSERT INTO evaluation (id, mentorship_id, organization_id, wave, code, begun_at, decision, reason, points, most, \
         concluded_on, concluded_by, facts, confirmed_on, confirmed_by, label, pdf_id, docx_id) \
         VALUES (?, ?, ?, 'final', 'final', ?, 'complete', 'цели достигнуты', 20, 24, ?, ?, ?, ?, ?, '900-ЛО/2026', ?, ?)",
        values![id, pair, organization, start(), day, by, facts, day, by, file, file],
    )
    .await;
    for person in [mentor, mentee] {
        write(
            "INSERT INTO evaluation_part (id, evaluation_id, person_id, body, written_at, signed_at) \
             VALUES (?, ?, ?, 'Работали вместе', ?, ?)",
            values![ids::row_id(), id, person, start(), start()],
        )
        .await;
    }
}
