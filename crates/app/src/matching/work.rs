//! Computing a run: at once when it fits a page, otherwise in the background.

use std::sync::Arc;

use chrono::NaiveDate;
use nastavnik_domain::matching::{Proposals, ProposeError, Width, pairs_to_look_at};
use uuid::Uuid;

use super::gather;
use super::input::Input;
use super::numbers::Numbers;
use super::pace::{self, EndsWith, Pace};
use super::store::{self, Content, Done, NewRun, Scope};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::settings;
use crate::kernel::state::App;

/// The job that computes a large run.
pub const COMPUTE: &str = "matching_compute";

/// A run that looks at more pairs than this is computed in the background.
const PAIRS_AT_ONCE: Setting = Setting { name: "matching_pairs_at_once", usual: 300_000 };
/// If more people than this take part they are gathered in the background as well.
const PEOPLE_AT_ONCE: Setting = Setting { name: "matching_people_at_once", usual: 3_000 };

/// A limit that the settings of the installation may replace.
struct Setting {
    name: &'static str,
    usual: u64,
}

impl Setting {
    async fn of(&self, app: &App) -> anyhow::Result<u64> {
        Ok(settings::number(&app.db, self.name).await?.unwrap_or(self.usual))
    }
}

/// Whether so many people can be gathered while somebody waits for the page.
pub(super) async fn can_be_gathered_at_once(app: &App, people: u64) -> Outcome<bool> {
    Ok(people <= PEOPLE_AT_ONCE.of(app).await?)
}

/// Chooses whom each mentee is compared with, and tells whether that fits a page.
pub(super) async fn fits_a_page(app: &App, input: &mut Input) -> anyhow::Result<bool> {
    let limit = PAIRS_AT_ONCE.of(app).await?;
    input.width = Width::Everybody;
    if pairs_to_look_at(&input.people, input.width) <= limit {
        return Ok(true);
    }
    input.width = Width::Neighbors;
    Ok(pairs_to_look_at(&input.people, input.width) <= limit)
}

/// The result at once, beside the requests of others.
pub(super) async fn compute(input: Input) -> Outcome<(Input, Result<Proposals, ProposeError>)> {
    let done = tokio::task::spawn_blocking(move || {
        let result = input.result(&mut |_| Ok(()));
        (input, result)
    });
    done.await.map_err(|error| AppError::Internal(error.into()))
}

/// A run as it is to be kept.
pub(super) struct Begun<'a> {
    pub(super) scope: &'a Scope,
    pub(super) parent: Option<Uuid>,
    pub(super) run_on: NaiveDate,
    /// Nothing: the job will gather the people.
    pub(super) input: Option<&'a Input>,
    /// Nothing: the job will tell.
    pub(super) result: Option<&'a Proposals>,
}

/// Writes the run, with its job if the result is still to come.
pub(super) async fn keep(change: &Change, begun: &Begun<'_>, kind: &'static str) -> Outcome<Uuid> {
    let numbers = begun.input.zip(begun.result).map(|(input, result)| Numbers::of(input, result).text());
    let numbers = numbers.transpose()?;
    let matched = begun.result.map_or(0, |result| result.pairs.len());
    let new = NewRun {
        scope: begun.scope,
        parent: begun.parent,
        run_on: begun.run_on,
        people: begun.input.map_or((0, 0), Input::size),
        done: numbers.as_deref().map(|numbers| Done { matched, numbers }),
    };
    let id = store::new_run(change, &new).await?;
    if let Some(input) = begun.input {
        let result = begun.result.map(serde_json::to_string).transpose()?;
        let content = Content { input: serde_json::to_string(input)?, result };
        store::keep_content(change.tx(), id, content).await?;
    }
    if begun.result.is_none() {
        change.enqueue(COMPUTE, id, &()).await?;
    }
    let (subject, organization) = (("matching_run", Some(id)), begun.scope.organization);
    change.journal(Entry { kind, subject, organization, payload: &() }).await?;
    Ok(id)
}

/// Computes a run in the background (the job [`COMPUTE`]). A run that was canceled is left alone, also half way.
pub async fn compute_run(app: &App, id: Uuid) -> anyhow::Result<()> {
    let pace = Arc::new(Pace::default());
    let _ends = EndsWith(Arc::clone(&pace));
    tokio::select! {
        done = compute_to_the_end(app, id, &pace) => done,
        () = pace::told_until_canceled(app, id, &pace) => Ok(()),
    }
}

async fn compute_to_the_end(app: &App, id: Uuid, pace: &Arc<Pace>) -> anyhow::Result<()> {
    let Some(waiting) = store::waiting(app.db.reader(), id).await? else { return Ok(()) };
    let source = match store::content(app.db.reader(), id).await? {
        Some(content) => Source::Kept(content.input),
        None => Source::Gathered(Box::new(gathered(app, &waiting, pace).await?)),
    };
    let steps = Arc::clone(pace);
    let work = tokio::task::spawn_blocking(move || computed(source, &steps));
    let Some(found) = work.await?? else { return Ok(()) };
    let tx = app.db.begin().await?;
    let done = Done { matched: found.matched, numbers: &found.numbers };
    if !store::finish(&tx, id, found.people, done, app.clock.now()).await? {
        return Ok(());
    }
    match found.input {
        Some(input) => store::keep_content(&tx, id, Content { input, result: Some(found.result) }).await?,
        None => store::keep_result(&tx, id, found.result).await?,
    }
    tx.commit().await?;
    Ok(())
}

/// The people of a run whose input is not kept yet.
async fn gathered(app: &App, waiting: &store::Waiting, pace: &Pace) -> anyhow::Result<Input> {
    let tell = |done, all| pace.gathered(done, all);
    let mut input = gather::gather(app.db.reader(), &waiting.scope, waiting.run_on, tell).await?;
    fits_a_page(app, &mut input).await?;
    Ok(input)
}

/// What a run is computed from.
enum Source {
    Kept(String),
    Gathered(Box<Input>),
}

/// What came of a run, as text to be kept.
struct Computed {
    people: (usize, usize),
    matched: usize,
    numbers: String,
    result: String,
    /// Nothing if it is kept already.
    input: Option<String>,
}

/// Nothing if nobody waits for it any more.
fn computed(source: Source, pace: &Pace) -> anyhow::Result<Option<Computed>> {
    let (input, is_kept) = match source {
        Source::Kept(text) => (serde_json::from_str::<Input>(&text)?, true),
        Source::Gathered(input) => (*input, false),
    };
    let result = match input.result(&mut |step| pace.step(step)) {
        Ok(result) => result,
        Err(ProposeError::Stopped(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    pace.saving();
    Ok(Some(Computed {
        people: input.size(),
        matched: result.pairs.len(),
        numbers: Numbers::of(&input, &result).text()?,
        result: serde_json::to_string(&result)?,
        input: if is_kept { None } else { Some(serde_json::to_string(&input)?) },
    }))
}
