//! All SQL of the council.

mod body;
mod matters;
mod objections;
mod opinions;
mod sittings;

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::NaiveDate;
use nastavnik_domain::matching::people::Mark;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::{Ban, Decision, MatterKind, NewMatter, Standing};
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::values;

pub(super) use body::{Member, Office, members, offices, set_office};
pub(super) use matters::{Matter, Sent, decided, parties, set_decided, visible_sent, waits};
pub use matters::{fresh_decisions, waiting};
pub(super) use objections::{Objection, lift_objection, objections, raise_objection};
pub(super) use opinions::{NewOpinion, Opinion, Whose, give_opinion, opinions};
pub(super) use sittings::{
    Closing, Item, NewSitting, Recorded, Sitting, close_sitting, insert_sitting, items, present, record_item,
    seats, set_presence, set_sitting_canceled, sittings, visible_sitting,
};

#[derive(FromQueryResult)]
struct BanRow {
    mentor_id: Uuid,
    mentee_id: Uuid,
    ground: String,
}

pub(super) async fn bans(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
) -> Result<Vec<Ban>, DbErr> {
    let opinions = Sql::new(
        "SELECT mentor_id, mentee_id, 'opinion' AS ground FROM pair_opinion \
         WHERE replaced_at IS NULL AND verdict = 'not_recommended'",
    );
    let objections =
        Sql::new("SELECT mentor_id, mentee_id, body AS ground FROM pair_objection WHERE lifted_at IS NULL");
    let mut bans = Vec::new();
    for sql in [opinions, objections] {
        let rows: Vec<BanRow> =
            sql.and_in("AND organization_id", organizations.iter().copied()).all(connection).await?;
        bans.extend(rows.into_iter().map(|row| Ban {
            mentor: row.mentor_id,
            mentee: row.mentee_id,
            mark: match row.ground.as_str() {
                "union" => Mark::UnionObjects,
                "council" => Mark::CouncilObjects,
                _ => Mark::NotRecommended,
            },
        }));
    }
    bans.sort_unstable();
    Ok(bans)
}

pub(super) async fn raise(change: &Change, matter: &NewMatter<'_>) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "INSERT INTO council_matter (id, organization_id, kind, mentorship_id, subject_id, words, raised_by, raised_at, \
         due_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        values![
            ids::row_id(),
            matter.organization,
            matter.kind.code(),
            matter.mentorship,
            matter.subject,
            matter.words,
            change.account(),
            change.now(),
            matter.due_on,
        ],
    )
    .await
    .map(|_| ())
}

pub(super) async fn take_back(change: &Change, kind: MatterKind, subject: Uuid) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "UPDATE council_matter SET withdrawn_at = ?, version = version + 1 \
         WHERE kind = ? AND subject_id = ? AND decided_at IS NULL AND withdrawn_at IS NULL",
        values![change.now(), kind.code(), subject],
    )
    .await
    .map(|_| ())
}

#[derive(FromQueryResult)]
struct StandingRow {
    subject_id: Uuid,
    due_on: Option<NaiveDate>,
    decision: Option<String>,
    decision_words: String,
    decided_on: Option<NaiveDate>,
}

pub(super) async fn standings(
    connection: &impl ConnectionTrait,
    kind: MatterKind,
    subjects: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, Standing>> {
    let rows: Vec<StandingRow> = Sql::new(
        "SELECT subject_id, due_on, decision, decision_words, decided_on FROM council_matter \
         WHERE withdrawn_at IS NULL",
    )
    .and("AND kind = ?", values![kind.code()])
    .and_in("AND subject_id", subjects.iter().copied())
    .and("ORDER BY raised_at", [])
    .all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let Some(decision) = row.decision else {
                return Ok((row.subject_id, Standing::Waits { due_on: row.due_on }));
            };
            let decision = Decision::from_code(&decision).context("неизвестное решение совета")?;
            let on = row.decided_on.context("решение совета без дня")?;
            Ok((row.subject_id, Standing::Decided { decision, words: row.decision_words, on }))
        })
        .collect()
}
