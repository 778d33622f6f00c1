//! `nastavnik serve`.

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use super::args::Options;
use super::{first, open};
use crate::kernel::{assets, jobs, listen};
use crate::routes;

/// Serves until the process is told to stop; then finishes what is under way and exits within ten seconds.
pub(super) async fn run(options: &Options) -> anyhow::Result<()> {
    start_log();
    assets::check()?;
    let app = open::app(options).await?;
    let listener = TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("адрес {} занят или недоступен", options.listen))?;
    if let Some(link) = first::administrator_link(&app).await? {
        println!("Первый вход администратора (одна ссылка на сутки):\n  {link}");
    }
    println!("«Наставник» открыт: {}", app.config.public_url);
    let (stop_sender, stop) = watch::channel(false);
    let worker = tokio::spawn(jobs::work(app.clone(), stop.clone()));
    tokio::spawn(async move {
        signal().await;
        let _ = stop_sender.send(true);
    });
    let (router, _) = routes::build(app.clone());
    listen::serve(listener, router, stop, listen::Limits::USUAL).await;
    let _ = tokio::time::timeout(std::time::Duration::from_secs(2), worker).await;
    app.db.close().await?;
    Ok(())
}

fn start_log() {
    let filter =
        EnvFilter::try_from_env("NASTAVNIK_LOG").unwrap_or_else(|_| EnvFilter::new("warn,nastavnik=warn"));
    // A second subscriber in one process can't happen outside tests; there the first one stays.
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ = tokio::signal::ctrl_c().await;
            return;
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}
