//! The pairs whose people have logins.

use axum::Router;
use uuid::Uuid;

use super::{Couple, Crew, Pair, Player};
use crate::demo::city;
use crate::demo::kinds::Kinds;
use crate::demo::mentors::Cast;

impl<'a> Crew<'a> {
    /// The first pair of the first school gets logins, wishes, other kinds of mentoring and a petition that waits.
    pub(super) async fn first_persons(
        &self,
        router: &Router,
        pairs: &[Pair],
    ) -> anyhow::Result<Option<Couple<'a>>> {
        let Some(couple) = self.couple(pairs, ("mentor", "mentee")).await? else { return Ok(None) };
        let cast = Cast { mentor: couple.mentor.person, mentee: Some(couple.mentee.person) };
        self.mentors(router, pairs, cast).await?;
        let (app, today, school, curator) = (self.app, self.today, self.school, &self.curator);
        Kinds { app, router, today, school, curator, pairs }.play().await?;
        self.endings(router, pairs).something_waits().await?;
        Ok(Some(couple))
    }

    /// The first pair of the other school gets logins; its mentee has not answered yet: a story begins there.
    pub(super) async fn second_persons(
        &self,
        router: &Router,
        pairs: &[Pair],
    ) -> anyhow::Result<Option<Couple<'a>>> {
        let Some(couple) = self.couple(pairs, ("mentor2", "mentee2")).await? else { return Ok(None) };
        self.mentors(router, pairs, Cast { mentor: couple.mentor.person, mentee: None }).await?;
        self.endings(router, pairs).something_is_done().await?;
        Ok(Some(couple))
    }

    async fn couple(&self, pairs: &[Pair], logins: (&str, &str)) -> anyhow::Result<Option<Couple<'a>>> {
        let Some(pair) = pairs.first() else { return Ok(None) };
        let player = async |login: &str, person: Uuid| {
            anyhow::Ok(Player { person, account: city::persona(self.app, login, person).await? })
        };
        Ok(Some(Couple {
            school: self.school,
            pair: pair.id,
            mentor: player(logins.0, pair.mentor).await?,
            mentee: player(logins.1, pair.mentee).await?,
        }))
    }
}
