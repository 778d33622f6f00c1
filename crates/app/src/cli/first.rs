//! The first start: no default account, a one-time link instead.

use chrono::NaiveDate;
use nastavnik_domain::person::FullName;
use uuid::Uuid;

use crate::kernel::accounts::{self, FIRST_LINK_LIFE};
use crate::kernel::audit::{self, By, Entry};
use crate::kernel::db::Tx;
use crate::kernel::state::App;
use crate::people;
use crate::places;

/// Names given to the places before the administrator names them.
pub(crate) const UNNAMED_REGION: &str = "Новый регион";
pub(crate) const UNNAMED_MUNICIPALITY: &str = "Новый муниципалитет";

/// Makes the link of the first administrator while nobody has ever set a password.
pub(super) async fn administrator_link(app: &App) -> anyhow::Result<Option<String>> {
    if accounts::anybody_came(app.db.reader()).await? {
        return Ok(None);
    }
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let account = match accounts::first_administrator(&tx).await? {
        Some(account) => account,
        None => make_ground(&tx, now).await?,
    };
    let secret = accounts::invite(&tx, now, account, None, FIRST_LINK_LIFE).await?;
    let subject = ("account", Some(account));
    let entry = Entry { kind: "first_link", subject, organization: None, payload: &() };
    audit::record(&tx, now, &By::default(), entry).await?;
    tx.commit().await?;
    Ok(Some(format!("{}/invitations/{secret}", app.config.public_url)))
}

/// Makes the first places before a list is loaded into an empty database; the administrator's link comes with `serve`.
pub(super) async fn make_places(app: &App) -> anyhow::Result<()> {
    let tx = app.db.begin().await?;
    make_ground(&tx, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Federation, an unnamed region and municipality, its department and the administrator there.
async fn make_ground(tx: &Tx, now: chrono::DateTime<chrono::Utc>) -> anyhow::Result<Uuid> {
    let federation = places::add_territory(tx, None, "federation", "Российская Федерация").await?;
    let region = places::add_territory(tx, Some(federation), "region", UNNAMED_REGION).await?;
    let municipality = places::add_territory(tx, Some(region), "municipality", UNNAMED_MUNICIPALITY).await?;
    let department = places::add_organization(
        tx,
        places::NewOrganization {
            territory: municipality,
            region,
            kind: "department",
            short_name: "Департамент образования",
            full_name: "Департамент образования",
            place: "",
        },
    )
    .await?;
    let name = FullName::new("Администратор", "Системы", None);
    let person = people::add_person(tx, now, &people::NewPerson::named(name.clone())).await?;
    let today: NaiveDate = now.date_naive();
    let grant = places::NewGrant {
        person,
        organization: department,
        role: "administrator",
        act_number: "первый запуск",
        act_on: today,
        started_on: today,
        granted_by: None,
    };
    places::add_grant(tx, &grant).await?;
    Ok(accounts::add(tx, now, person, "admin").await?)
}
