//! Loading from the command line: the same steps without a page between them.

use anyhow::{Context, bail};
use nastavnik_domain::policy::Reach;
use uuid::Uuid;

use super::model::{Decision, Summary};
use super::rows::RowView;
use super::store::{self, NewLoad};
use super::work::{self, Outcome, Source};
use crate::kernel::audit::{self, By, Entry};
use crate::kernel::files::{self, Allowed};
use crate::kernel::state::App;

/// What the command asks for.
pub struct Wanted<'a> {
    pub content: Vec<u8>,
    pub file_name: &'a str,
    /// Short name of the one organization whose list it is.
    pub organization: Option<&'a str>,
    /// Name of the municipality; needed when there are several.
    pub municipality: Option<&'a str>,
    /// Load it, or only look.
    pub is_applied: bool,
}

/// What has come of it.
pub struct Done {
    pub new: u64,
    pub changed: u64,
    pub same: u64,
    pub doubtful: u64,
    pub error: u64,
    /// Organizations added, or to be added.
    pub organizations: usize,
    /// Rows with mistakes and doubts, a line each.
    pub remarks: Vec<String>,
    pub is_applied: bool,
}

/// Reads a list and, if asked, loads it; doubtful rows are left out.
pub async fn from_console(app: &App, wanted: Wanted<'_>) -> anyhow::Result<Done> {
    super::reading::check(&wanted.content, &Source::CommandLine.limits())?;
    let id = begin(app, &wanted).await?;
    work::read(app, id, Source::CommandLine).await?;
    let load = store::load(app.db.reader(), id).await?.context("загрузки нет")?;
    if let Some(problem) = &load.problem {
        bail!("{problem}");
    }
    let remarks = remarks(app, id).await?;
    let summary = load.summary();
    let has_work = super::words::promise(&summary, 0).is_some();
    if !wanted.is_applied || !has_work {
        return Ok(done(&summary, remarks, false));
    }
    let tx = app.db.begin().await?;
    store::decide_rest(&tx, id, &Decision::Skip.code()).await?;
    store::set_state(&tx, id, "applying").await?;
    tx.commit().await?;
    match work::apply(app, id, Source::CommandLine, None).await? {
        Outcome::Applied(summary) => Ok(done(&summary, remarks, true)),
        _ => bail!("данные изменились во время загрузки; ничего не загружено, повторите команду"),
    }
}

fn done(summary: &Summary, remarks: Vec<String>, is_applied: bool) -> Done {
    Done {
        new: summary.new,
        changed: summary.changed,
        same: summary.same,
        doubtful: summary.doubtful,
        error: summary.error,
        organizations: summary.organizations.len(),
        remarks,
        is_applied,
    }
}

async fn begin(app: &App, wanted: &Wanted<'_>) -> anyhow::Result<Uuid> {
    let (territory, organization) = owner(app, wanted).await?;
    let kept = app.files.keep(wanted.content.clone(), Allowed::Spreadsheet).await?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let file = files::name(&tx, now, &kept, wanted.file_name, (organization, None)).await?;
    let new = NewLoad { file, territory, organization, reach: "everywhere", created_by: None };
    let id = store::insert(&tx, now, &new).await?;
    let subject = ("staff_import", Some(id));
    let entry = Entry { kind: "import_begun", subject, organization, payload: &wanted.file_name };
    audit::record(&tx, now, &By::default(), entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// The municipality and the organization of the list.
async fn owner(app: &App, wanted: &Wanted<'_>) -> anyhow::Result<(Uuid, Option<Uuid>)> {
    let reader = app.db.reader();
    let municipalities = store::municipalities_named(reader, wanted.municipality).await?;
    if municipalities.is_empty() {
        match wanted.municipality {
            Some(name) => bail!("нет муниципалитета «{name}»"),
            None => {
                bail!("в базе нет ни одного муниципалитета: запустите загрузку с --apply или откройте serve")
            }
        }
    }
    let Some(name) = wanted.organization else {
        let [only] = municipalities.as_slice() else {
            let names: Vec<&str> = municipalities.iter().map(|one| one.name.as_str()).collect();
            bail!("муниципалитетов несколько, назовите нужный: --municipality ИМЯ ({})", names.join(", "));
        };
        return Ok((only.id, None));
    };
    let mut places = store::organizations_named(reader, name).await?;
    places.retain(|place| municipalities.iter().any(|one| one.id == place.territory_id));
    match places.as_slice() {
        [only] => Ok((only.territory_id, Some(only.id))),
        [] => bail!("нет организации «{name}»; пишите краткое название, как в списке организаций"),
        _ => bail!("организаций «{name}» несколько, назовите и муниципалитет: --municipality ИМЯ"),
    }
}

/// Is there any municipality at all?
pub async fn has_municipality(app: &App) -> anyhow::Result<bool> {
    let everywhere = Reach { everywhere: true, ..Reach::default() };
    Ok(!store::municipalities(app.db.reader(), &everywhere).await?.is_empty())
}

async fn remarks(app: &App, id: Uuid) -> anyhow::Result<Vec<String>> {
    let mut remarks = Vec::new();
    for shelf in ["error", "doubtful"] {
        for line in store::lines_on(app.db.reader(), id, shelf, 0, u64::from(u32::MAX)).await? {
            let row = RowView::of(line)?;
            remarks.push(format!("строка {}: {} — {}", row.number, row.title(), row.words().join(" ")));
        }
    }
    Ok(remarks)
}
