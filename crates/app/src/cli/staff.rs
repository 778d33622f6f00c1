//! `nastavnik import staff`.

use std::path::Path;

use super::args::Options;

pub(super) async fn import(_options: &Options, _file: &Path) -> anyhow::Result<()> {
    anyhow::bail!("ещё не готово")
}
