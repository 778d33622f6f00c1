//! What every request can reach.

use std::path::PathBuf;
use std::sync::Arc;

use super::clock::Clock;
use super::db::Db;
use super::files::Files;
use super::jobs::Progress;
use super::password::{Cost, Hasher};

/// The running application.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub files: Files,
    pub hasher: Hasher,
    pub progress: Progress,
    /// Rung when a job is put in the queue, so that the worker does not wait for its next look.
    pub bell: Arc<tokio::sync::Notify>,
    pub config: Arc<Config>,
}

/// How the installation was started.
#[derive(Clone, Debug)]
pub struct Config {
    pub data: PathBuf,
    /// The address people use, without a slash at the end: for links and QR codes on paper.
    pub public_url: String,
    pub mode: Mode,
}

/// A demo shows a sign on every page and lets one switch persona.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Real,
    Demo,
}

impl Config {
    /// People come through TLS, so cookies must not travel without it.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

impl App {
    pub fn new(db: Db, clock: Clock, config: Config, cost: Cost) -> anyhow::Result<Self> {
        Ok(Self {
            db,
            clock,
            files: Files::new(config.data.join("files")),
            hasher: Hasher::new(cost)?,
            progress: Progress::default(),
            bell: Arc::default(),
            config: Arc::new(config),
        })
    }
}
