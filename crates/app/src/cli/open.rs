//! Opens the installation a command works on.

use anyhow::{Context, ensure};

use super::args::Options;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::password::Cost;
use crate::kernel::state::{App, Config, Mode};
use crate::kernel::{migrate, settings};

/// Opens the database, brings its schema up to date and reads how the installation is set.
pub(super) async fn app(options: &Options) -> anyhow::Result<App> {
    let (db, mode) = database(options).await?;
    let clock = clock(options, mode)?;
    application(options, db, mode, clock)
}

/// The same for a database that is about to become a demonstration, which may begin on any day.
pub(super) async fn for_demo(options: &Options) -> anyhow::Result<App> {
    let (db, mode) = database(options).await?;
    application(options, db, mode, options.today.map_or(Clock::System, Clock::at_dawn_of))
}

async fn database(options: &Options) -> anyhow::Result<(Db, Mode)> {
    std::fs::create_dir_all(&options.data)
        .with_context(|| format!("не создаётся папка данных {}", options.data.display()))?;
    keep_private(&options.data)?;
    let db = match &options.database {
        Some(url) => Db::open_postgres(url).await?,
        None => Db::open_sqlite(&options.data.join("nastavnik.sqlite")).await?,
    };
    migrate::run(&db, &Clock::System).await?;
    let mode = if settings::is_demo(&db).await? { Mode::Demo } else { Mode::Real };
    Ok((db, mode))
}

fn application(options: &Options, db: Db, mode: Mode, clock: Clock) -> anyhow::Result<App> {
    let public_url = options.public_url.clone().unwrap_or_else(|| format!("http://{}", options.listen));
    App::new(db, clock, Config { data: options.data.clone(), public_url, mode }, Cost::Real)
}

/// The day may be another one in a demonstration only: papers and terms of a real installation keep to the real one.
fn clock(options: &Options, mode: Mode) -> anyhow::Result<Clock> {
    let Some(day) = options.today else { return Ok(Clock::System) };
    ensure!(mode == Mode::Demo, "другой день (--today) бывает только у демонстрационного города");
    Ok(Clock::on(day))
}

/// Other accounts of the machine have no business in a folder with personal data.
#[cfg(unix)]
fn keep_private(folder: &std::path::Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
        .with_context(|| format!("не закрывается от посторонних папка {}", folder.display()))
}

#[cfg(not(unix))]
fn keep_private(_folder: &std::path::Path) -> anyhow::Result<()> {
    Ok(())
}
