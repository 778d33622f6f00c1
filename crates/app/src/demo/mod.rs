//! The demo city.

use crate::kernel::state::App;

/// Fills an empty database with the demo city.
pub async fn fill(_app: &App) -> anyhow::Result<()> {
    anyhow::bail!("ещё не готово")
}
