//! A published program on paper (ДК 1.6): made anew each time, because a consent taken back takes the program out.

use nastavnik_documents::papers::{ProgramGoal, ProgramSection, SharedMeasure, SharedPart, SharedProgram};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::program_base::{Content, Measure};
use uuid::Uuid;

use super::record::Held;
use super::{view, visible};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path};
use crate::papers::{self, Rendering};

/// `program.pdf` or `program.docx`.
pub(super) async fn file(ctx: Ctx, Path((id, name)): Path<(Uuid, String)>) -> Outcome {
    let held = visible::published(&ctx, ctx.app().db.reader(), id).await?;
    let rendering = Rendering::asked(&name, "program").ok_or(AppError::NotFound)?;
    let title = format!("Программа «{}»", held.content.title);
    papers::hand_out(&ctx, paper(&ctx, &held), rendering, &title).await
}

fn paper(ctx: &Ctx, held: &Held) -> SharedProgram {
    let content = &held.content;
    let row = |title: &str, value: String| (title.to_owned(), value);
    SharedProgram {
        base: "Муниципальная база программ наставничества".to_owned(),
        title: content.title.clone(),
        about: vec![
            row("Кому поможет", content.audience.clone()),
            row("Что получилось", content.result.clone()),
            row("Откуда", held.level.title().to_owned()),
            row("Форма наставничества", held.form.title().to_owned()),
            row("Виды наставничества", view::kinds(&held.kinds)),
            row("Сколько длится", view::months(content)),
        ],
        goals: goals(content),
        parts: content.domains().into_iter().map(|domain| part(content, domain)).collect(),
        sections: content
            .sections
            .iter()
            .map(|one| ProgramSection { title: one.title.clone(), text: one.text.clone() })
            .collect(),
        printed_on: ctx.today,
        record_url: format!("{}/base/{}", ctx.app().config.public_url, held.id),
    }
}

fn goals(content: &Content) -> Vec<ProgramGoal> {
    let goal = |goal: &nastavnik_domain::program_base::Goal| ProgramGoal {
        text: goal.text.clone(),
        measure: goal.measure.clone(),
        direction: view::direction(goal.domain),
        mentee: None,
    };
    content.goals.iter().map(goal).collect()
}

fn part(content: &Content, domain: Domain) -> SharedPart {
    let measure = |one: &Measure| SharedMeasure {
        what: one.what.clone(),
        form: one.form.clone(),
        month: one.month(),
        who: one.who.title().to_owned(),
        product: one.product.clone(),
    };
    let own = content.measures.iter().filter(|one| one.domain == domain);
    SharedPart { direction: view::direction(domain), measures: own.map(measure).collect() }
}
