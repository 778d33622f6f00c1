//! The route on paper, for its owner: DOCX and PDF (field.md 4.11).

use nastavnik_documents::papers::{EducationalRoute, Period, RouteLine, RouteList, RouteOutcome};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::pathway::{Correction, Entry, Findings, Kind, Pathway, Standing, Step};
use nastavnik_domain::person::Qualification;
use nastavnik_domain::russian::{experience, short};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, Held, JobRow};
use super::visible;
use super::yearly::{self, Yearly};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path};
use crate::papers::{self, Rendering, full_position};

/// `route.pdf` or `route.docx`: made anew, because the route changes.
pub(super) async fn file(ctx: Ctx, Path(name): Path<String>) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    printed(&ctx, &held, &name).await
}

/// The same of any of one's own routes.
pub(super) async fn file_of(ctx: Ctx, Path((id, name)): Path<(Uuid, String)>) -> Outcome {
    let held = visible::own_one(&ctx, ctx.app().db.reader(), id).await?;
    printed(&ctx, &held, &name).await
}

async fn printed(ctx: &Ctx, held: &Held, name: &str) -> Outcome {
    let rendering = Rendering::asked(name, "route").ok_or(AppError::NotFound)?;
    let paper = paper(ctx, ctx.app().db.reader(), held).await?;
    papers::hand_out(ctx, paper, rendering, "Индивидуальный образовательный маршрут").await
}

async fn paper(ctx: &Ctx, connection: &impl ConnectionTrait, held: &Held) -> Outcome<EducationalRoute> {
    let jobs = store::jobs(connection, held.person, ctx.today).await?;
    let programs = yearly::of(ctx, connection, held.person).await?;
    let tutor = match held.tutor {
        Some(tutor) => store::name_of(connection, tutor).await?.map(|name| name.full()).unwrap_or_default(),
        None => String::new(),
    };
    let (pathway, name) = (&held.pathway, &ctx.who.name);
    let image = &pathway.self_image;
    let question = |title: &str, words: &str| (title.to_owned(), words.to_owned());
    Ok(EducationalRoute {
        organization_full: jobs.first().map(|job| job.full_name.clone()).unwrap_or_default(),
        organization_short: jobs.first().map(|job| job.short_name.clone()).unwrap_or_default(),
        name: name.full(),
        initials: name.signature(),
        period: Period { from: pathway.term.from, to: pathway.term.to },
        printed_on: ctx.today,
        passport: passport(ctx, &jobs, tutor),
        steps: Step::ALL
            .into_iter()
            .map(|step| (format!("{}. {}", step.number(), step.title()), when(pathway, step)))
            .collect(),
        self_image: vec![
            question("Каким педагогом я хочу быть", &image.ideal),
            question("Что для меня важно", &image.values),
            question("Что я делаю по-своему", &image.own_way),
        ],
        achievements: findings(&pathway.achievements),
        difficulties: findings(&pathway.difficulties),
        lists: Kind::ALL.into_iter().map(|kind| list(pathway, kind)).collect(),
        waived: pathway.waived().map(str::to_owned),
        outcomes: Kind::ALL.into_iter().flat_map(|kind| pathway.list(kind)).filter_map(outcome).collect(),
        corrections: pathway.corrections.iter().map(correction).collect(),
        reflection: pathway
            .reflection
            .list
            .iter()
            .map(|one| (one.domain.short().to_owned(), one.was.clone(), one.became.clone()))
            .collect(),
        closeness: pathway.reflection.closeness,
        stopped: pathway.stopped.as_ref().map(|stop| (stop.on, stop.reason.clone())),
        words: pathway.reflection.words.clone(),
        programs: programs.iter().map(program).collect(),
        record_url: format!("{}/own/routes/{}", ctx.app().config.public_url, held.id),
    })
}

fn passport(ctx: &Ctx, jobs: &[JobRow], tutor: String) -> Vec<(String, String)> {
    let positions = jobs
        .iter()
        .map(|job| format!("{}, {}", full_position(&job.position, job.subject.as_deref()), job.short_name));
    let taught = jobs.first().and_then(|job| job.teaching_since);
    let qualification =
        jobs.iter().filter_map(|job| job.qualification.as_deref()).find_map(Qualification::from_code);
    let row = |title: &str, value: String| (title.to_owned(), value);
    vec![
        row("Должность и место работы", positions.collect::<Vec<_>>().join("; ")),
        row(
            "Педагогический стаж",
            taught.map_or_else(String::new, |since| experience(since, ctx.today).words()),
        ),
        row(
            "Квалификационная категория",
            qualification.map_or_else(String::new, |known| known.title().to_owned()),
        ),
        row("Тьютор ЦНППМ", tutor),
    ]
}

fn when(pathway: &Pathway, step: Step) -> String {
    match (pathway.mark(step), pathway.standing(step)) {
        (Some(mark), _) if mark.waived.is_some() => format!("{} – не нужна", short(mark.on)),
        (Some(mark), _) => format!("{}, {}", short(mark.on), mark.by.title().to_lowercase()),
        (None, Standing::Open) => "идёт".to_owned(),
        (None, Standing::NotNeeded) => "не нужен".to_owned(),
        (None, Standing::Left) => "не пройден".to_owned(),
        (None, _) => "впереди".to_owned(),
    }
}

fn findings(findings: &Findings) -> Vec<(String, String)> {
    findings.list.iter().map(|one| (one.domain.short().to_owned(), one.words.clone())).collect()
}

fn list(pathway: &Pathway, kind: Kind) -> RouteList {
    let line = |entry: &Entry| RouteLine {
        what: entry.body.title.clone(),
        detail: entry.body.detail.words(),
        period: Period { from: entry.body.from, to: entry.body.to },
        direction: entry.body.domain.map_or("", Domain::short).to_owned(),
        document: entry.outcome.as_ref().map(|outcome| outcome.document.clone()).unwrap_or_default(),
    };
    RouteList { title: kind.title().to_owned(), lines: pathway.list(kind).into_iter().map(line).collect() }
}

fn outcome(entry: &Entry) -> Option<RouteOutcome> {
    let outcome = entry.outcome.as_ref()?;
    let attitude = match outcome.words.as_str() {
        "" => outcome.attitude.title().to_owned(),
        words => format!("{}. {words}", outcome.attitude.title()),
    };
    Some(RouteOutcome {
        what: entry.body.title.clone(),
        on: outcome.on,
        product: outcome.product.clone(),
        link: outcome.link.clone(),
        attitude,
    })
}

fn correction(one: &Correction) -> (chrono::NaiveDate, String, String) {
    let changes = one.differences();
    let told: Vec<String> =
        changes.iter().map(|change| format!("{}: {} → {}", change.name, change.was, change.became)).collect();
    let what = match told.as_slice() {
        [] => format!("{}: {}", one.verb(), one.title()),
        _ => format!("{}: {}. {}", one.verb(), one.title(), told.join("; ")),
    };
    (one.on, one.reason.clone(), what)
}

fn program(program: &Yearly) -> String {
    format!("{}, {} – {}: {}", program.year.title(), short(program.from), short(program.to), program.state)
}
