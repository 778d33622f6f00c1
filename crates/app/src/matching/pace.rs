//! How far a run has come while it is computed, and how it is stopped: from this process or from any other over the same
//! database.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use nastavnik_domain::matching::{Phase, Step, Stopped};
use uuid::Uuid;

use super::store;
use crate::kernel::state::App;

/// Progress is told in these parts.
pub(super) const WHOLE: u64 = 1_000;

/// So often the database is told how far it is, and whether somebody still waits is learned.
const BEAT: Duration = Duration::from_millis(500);

/// The parts of a run: where each begins and how long it is, roughly as a region takes them.
const GATHERING: (u64, u64, &str) = (0, 450, "Собираем людей из банка");
const SAVING: (u64, u64, &str) = (900, 100, "Сохраняем подбор");

const fn part(phase: Phase) -> (u64, u64, &'static str) {
    let (begin, length) = match phase {
        Phase::Candidates => (450, 250),
        Phase::Pairs => (700, 100),
        Phase::Ties => (800, 50),
        Phase::Reasons => (850, 50),
    };
    (begin, length, phase.title())
}

/// The words of the part that so much progress belongs to.
pub(super) fn words(done: u64) -> &'static str {
    let [one, two, three, four] = Phase::ALL.map(part);
    let parts = [SAVING, four, three, two, one, GATHERING];
    parts.into_iter().find(|(begin, ..)| *begin <= done).map_or(GATHERING.2, |(.., words)| words)
}

/// What the thread that computes and the task that tells of it share.
#[derive(Default)]
pub(super) struct Pace {
    done: AtomicU64,
    is_over: AtomicBool,
}

impl Pace {
    fn reach(&self, (begin, length, _): (u64, u64, &str), done: u64, all: u64) {
        self.done.store(begin + length * done / all.max(1), Ordering::Relaxed);
    }

    /// So many parts of the people are gathered.
    pub(super) fn gathered(&self, done: usize, all: usize) {
        // From the first moment on it no longer waits for its turn.
        self.reach(GATHERING, done as u64 + 1, all as u64 + 1);
    }

    /// A step of the matching is made; whoever makes it learns here that nobody waits for it.
    pub(super) fn step(&self, step: Step) -> Result<(), Stopped> {
        self.reach(part(step.phase), step.done, step.all);
        if self.is_over.load(Ordering::Relaxed) { Err(Stopped) } else { Ok(()) }
    }

    /// Everything is computed and only to be kept.
    pub(super) fn saving(&self) {
        self.reach(SAVING, 0, 1);
    }
}

/// Ends the computing thread when the task that waits for it goes away: canceled, or the program stops.
pub(super) struct EndsWith(pub(super) Arc<Pace>);

impl Drop for EndsWith {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}

/// Tells the database how far the run is, until nobody waits for it any more.
pub(super) async fn told_until_canceled(app: &App, run: Uuid, pace: &Pace) {
    loop {
        tokio::time::sleep(BEAT).await;
        let done = pace.done.load(Ordering::Relaxed);
        app.progress.set(run, done, WHOLE);
        match tell(app, run, done).await {
            Ok(true) => {}
            Ok(false) => return,
            // The next beat tells it again.
            Err(error) => tracing::warn!(%run, "progress of a matching: {error:#}"),
        }
    }
}

async fn tell(app: &App, run: Uuid, done: u64) -> Result<bool, sea_orm::DbErr> {
    let tx = app.db.begin().await?;
    let somebody_waits = store::set_pace(&tx, run, done).await?;
    tx.commit().await?;
    Ok(somebody_waits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_rises_through_the_parts() {
        let pace = Pace::default();
        let mut before = 0;
        let mut rises = |words_now: &str| {
            let now = pace.done.load(Ordering::Relaxed);
            assert!(now >= before && now <= WHOLE, "{words_now}: {now} after {before}");
            assert_eq!(words(now), words_now);
            before = now;
        };
        for done in 0..4 {
            pace.gathered(done, 4);
            rises(GATHERING.2);
        }
        for phase in Phase::ALL {
            for done in 0..4 {
                pace.step(Step { phase, done, all: 4 }).unwrap();
                rises(phase.title());
            }
        }
        pace.saving();
        rises(SAVING.2);
    }

    #[test]
    fn whoever_computes_learns_that_nobody_waits() {
        let pace = Arc::new(Pace::default());
        let step = Step { phase: Phase::Candidates, done: 0, all: 0 };
        let ends = EndsWith(Arc::clone(&pace));
        assert_eq!(pace.step(step), Ok(()));
        drop(ends);
        assert_eq!(pace.step(step), Err(Stopped));
    }
}
