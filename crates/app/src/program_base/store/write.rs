//! What happened to offers, kept.

use nastavnik_domain::program_base::{Content, Ending, Offer, Recorded, State};
use uuid::Uuid;

use super::read;
use crate::kernel::change::Change;
use crate::kernel::db::{self, Tx};
use crate::program_base::record::{Held, Mending, NewOffer};
use crate::values;

/// One offer with its row locked: two who act at once come one after the other.
pub(in crate::program_base) async fn locked(tx: &Tx, id: Uuid) -> anyhow::Result<Option<Held>> {
    db::lock_row(tx, "base_program", id).await?;
    read::one(tx, id).await
}

/// Writes a new offer with its first event.
pub(in crate::program_base) async fn insert(
    change: &Change,
    new: &NewOffer<'_>,
    offer: &Offer,
    recorded: &Recorded,
) -> anyhow::Result<()> {
    db::exec(
        change.tx(),
        "INSERT INTO base_program (id, mentorship_id, organization_id, revision, form, kinds, state, source, version, \
         offered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            new.id,
            new.pair.id,
            new.pair.organization,
            i64::from(new.revision),
            new.pair.form.code(),
            serde_json::to_string(&new.pair.kinds)?,
            offer.state().code(),
            serde_json::to_string(&new.source)?,
            i64::from(offer.version),
            change.now(),
        ],
    )
    .await?;
    add_event(change.tx(), (new.id, offer), recorded).await
}

/// Keeps an event that has happened. An offer that is gone leaves no text behind.
pub(in crate::program_base) async fn keep(
    change: &Change,
    held: &Held,
    recorded: &Recorded,
) -> anyhow::Result<()> {
    add_event(change.tx(), (held.id, &held.offer), recorded).await?;
    let state = held.state();
    db::exec(
        change.tx(),
        "UPDATE base_program SET state = ?, version = ?, published_at = ? WHERE id = ?",
        values![state.code(), i64::from(held.offer.version), held.offer.published_at, held.id],
    )
    .await?;
    if state != State::Gone {
        return Ok(());
    }
    let declined = (held.offer.ending == Some(Ending::Declined)).then(|| change.now());
    db::exec(
        change.tx(),
        "UPDATE base_program SET source = '', mending = '', content = '', declined_at = ? WHERE id = ?",
        values![declined, held.id],
    )
    .await?;
    Ok(())
}

async fn add_event(tx: &Tx, (id, offer): (Uuid, &Offer), recorded: &Recorded) -> anyhow::Result<()> {
    db::exec(
        tx,
        "INSERT INTO base_program_event (base_program_id, number, person_id, happened_at, event) VALUES (?, ?, ?, ?, ?)",
        values![
            id,
            i64::from(offer.version),
            recorded.by.0,
            recorded.at,
            serde_json::to_string(&recorded.event)?,
        ],
    )
    .await?;
    Ok(())
}

/// Keeps what the curator has decided and the text that came of it.
pub(in crate::program_base) async fn set_texts(
    change: &Change,
    id: Uuid,
    mending: &Mending,
    content: &Content,
) -> anyhow::Result<()> {
    db::exec(
        change.tx(),
        "UPDATE base_program SET mending = ?, content = ? WHERE id = ?",
        values![serde_json::to_string(mending)?, serde_json::to_string(content)?, id],
    )
    .await?;
    Ok(())
}

/// Keeps that a pair has begun its program from a published one.
pub(in crate::program_base) async fn add_use(change: &Change, id: Uuid, pair: Uuid) -> anyhow::Result<()> {
    db::exec(
        change.tx(),
        "INSERT INTO base_program_use (base_program_id, mentorship_id, begun_at) VALUES (?, ?, ?)",
        values![id, pair, change.now()],
    )
    .await?;
    Ok(())
}
