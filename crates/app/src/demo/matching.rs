//! A matching of the personas' school: beginners who have asked for help wait, the curator tries a variant.

use anyhow::Context;
use nastavnik_domain::matching::Proposals;

use super::browser::Browser;
use super::city::{self, City, SCHOOL};
use super::store;
use crate::kernel::state::App;

/// The curator confirms those who have asked for help, runs a matching and looks what would be without its first pair.
pub(super) async fn play(app: &App, router: &axum::Router, city: &City) -> anyhow::Result<()> {
    let school = city::find(city, SCHOOL)?;
    let curator = Browser::of(app, router, city.accounts[&school.curator]).await?;
    let organization = school.organization.id.to_string();
    for person in store::asking_beginners(app.db.reader(), school.organization.id).await? {
        let fields = [
            ("organization", organization.as_str()),
            ("category", "young"),
            ("decision", "confirmed"),
            ("reason", "начинает работать в школе, просит о помощи"),
        ];
        curator.send(&format!("/bank/mentees/{person}/decisions"), &fields).await.context("категория")?;
    }
    let run = curator.make("/matching", &[]).await.context("подбор")?;
    let kept = store::run_result(app.db.reader(), run).await?.context("у подбора нет результата")?;
    let proposals: Proposals = serde_json::from_str(&kept)?;
    let Some(first) = proposals.pairs.first() else { return Ok(()) };
    let pair = format!("{}.{}", first.mentor, first.mentee);
    curator
        .send(&format!("/matching/{run}/variants"), &[("aside", pair.as_str())])
        .await
        .context("вариант")?;
    Ok(())
}
