//! `nastavnik import staff`.

use std::path::Path;

use anyhow::Context;

use super::args::{Intent, Options};
use super::{first, open};
use crate::imports::{self, Wanted};

/// So many rows with mistakes or doubts are printed; the page of the load shows all.
const MOST_REMARKS: usize = 50;

/// Checks a list and, with `--apply`, loads it. Doubtful rows are left out and counted.
pub(super) async fn import(options: &Options, file: &Path) -> anyhow::Result<()> {
    let app = open::app(options).await?;
    let content =
        tokio::fs::read(file).await.with_context(|| format!("файл {} не читается", file.display()))?;
    let is_applied = options.intent == Intent::Apply;
    if is_applied && options.municipality.is_none() && !imports::has_municipality(&app).await? {
        first::make_places(&app).await?;
    }
    let wanted = Wanted {
        content,
        file_name: &file.file_name().unwrap_or_default().to_string_lossy(),
        organization: options.organization.as_deref(),
        municipality: options.municipality.as_deref(),
        is_applied,
    };
    let done = imports::from_console(&app, wanted).await?;
    for remark in done.remarks.iter().take(MOST_REMARKS) {
        println!("{remark}");
    }
    if done.remarks.len() > MOST_REMARKS {
        println!("… и ещё {}", done.remarks.len() - MOST_REMARKS);
    }
    if done.organizations > 0 {
        println!("Новых организаций: {}", done.organizations);
    }
    match (done.is_applied, is_applied) {
        (true, _) if done.doubtful > 0 => {
            println!("Загружено. Сомнительные строки пропущены: {}", done.doubtful);
        }
        (true, _) => println!("Загружено."),
        (false, true) => println!("Загружать нечего: всё уже известно или содержит ошибки."),
        (false, false) => {
            println!("Это проверка, в системе ничего не изменилось. Чтобы загрузить, добавьте --apply");
        }
    }
    println!(
        "Итого: новых {}, изменённых {}, без изменений {}, сомнительных {}, ошибок {}",
        done.new, done.changed, done.same, done.doubtful, done.error
    );
    app.db.close().await?;
    Ok(())
}
