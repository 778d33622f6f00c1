//! D4, МП 1.2: the template of the municipality, extended by the municipality and by organizations, with dates.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::config::{LibraryMeasure, MeasureLibrary, TemplateSection};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::program::{Shape, Who};
use nastavnik_domain::role::Role;
use nastavnik_domain::russian::short;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::rules::Rules;
use super::store::{self, TemplateRow};
use super::view;
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tone};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

/// What an addition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Section,
    Measure,
    /// Something of the municipal template is not offered.
    Hidden,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Measure, Self::Section, Self::Hidden];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Measure => "measure",
            Self::Hidden => "hidden",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Section => "Добавить раздел",
            Self::Measure => "Добавить мероприятие",
            Self::Hidden => "Не предлагать мероприятие или раздел",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Whose template is extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Municipality(Uuid),
    Organization(Uuid),
}

impl Owner {
    pub(super) const fn territory(&self) -> Option<Uuid> {
        match self {
            Self::Municipality(id) => Some(*id),
            Self::Organization(_) => None,
        }
    }

    pub(super) const fn organization(&self) -> Option<Uuid> {
        match self {
            Self::Organization(id) => Some(*id),
            Self::Municipality(_) => None,
        }
    }
}

/// An addition before it is kept.
#[derive(Clone, Debug)]
pub(super) struct Addition {
    pub(super) kind: Kind,
    pub(super) code: String,
    pub(super) domain: Option<Domain>,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) form: String,
    pub(super) product: String,
    pub(super) valid_from: NaiveDate,
    pub(super) last_day: Option<NaiveDate>,
}

/// The library of an organization on the day: the municipal one with what was added and hidden.
pub(super) async fn library(
    connection: &impl ConnectionTrait,
    place: (Uuid, Uuid),
    today: NaiveDate,
) -> Outcome<MeasureLibrary> {
    let mut library = Rules::load()?.library(today)?.clone();
    for row in store::template_rows(connection, place).await?.into_iter().rev() {
        if row.valid_from <= today && row.last_day.is_none_or(|last| last >= today) {
            extend(&mut library, row);
        }
    }
    Ok(library)
}

fn extend(library: &mut MeasureLibrary, row: TemplateRow) {
    match Kind::from_code(&row.kind) {
        Some(Kind::Section) => library.sections.push(TemplateSection {
            code: row.code,
            title: row.title,
            hint: String::new(),
            text: row.body,
            shapes: vec![Shape::Full, Shape::Situational],
        }),
        Some(Kind::Measure) => {
            let domain = row.domain.and_then(Domain::from_number);
            let known =
                library.domains.iter_mut().find(|known| domain.is_some_and(|one| one.code() == known.code));
            let Some(known) = known else { return };
            let new = LibraryMeasure {
                code: row.code,
                text: row.title,
                form: row.form,
                product: row.product,
                who: Who::Both,
                for_strength: false,
            };
            // What was added here is offered first.
            known.measures.insert(0, new);
        }
        Some(Kind::Hidden) => {
            library.sections.retain(|section| section.code != row.code);
            for domain in &mut library.domains {
                domain.measures.retain(|measure| measure.code != row.code);
            }
        }
        None => {}
    }
}

#[derive(Template)]
#[template(path = "programs/templates.html")]
struct TemplatesPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    whose: String,
    rows: Vec<RowView>,
    domains: Vec<DomainView>,
    sections: Vec<String>,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    hidable: Vec<Choice>,
}

/// An addition in the list.
struct RowView {
    id: Uuid,
    title: String,
    about: String,
    owner: String,
    days: String,
    tone: Tone,
    word: &'static str,
    ends: bool,
}

/// What is offered for a domain now.
struct DomainView {
    title: String,
    measures: Vec<String>,
}

/// The place a person extends the template for: the organization of a curator, the municipality of the department.
fn place(ctx: &Ctx) -> Outcome<(Owner, Uuid, Uuid)> {
    let curator = ctx.actor().held(Role::Curator).next();
    if let Some(grant) = curator {
        return Ok((Owner::Organization(grant.organization.0), grant.organization.0, grant.territory.0));
    }
    let department = ctx.actor().held(Role::Department).next().ok_or(AppError::NotFound)?;
    Ok((Owner::Municipality(department.territory.0), department.organization.0, department.territory.0))
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let form = Form::blank().with("kind", "measure").with("valid_from", ctx.today.to_string());
    page(&templates_page(&ctx, form).await?)
}

async fn templates_page(ctx: &Ctx, form: Form) -> Outcome<TemplatesPage> {
    let reader = ctx.app().db.reader();
    let (owner, organization, territory) = place(ctx)?;
    let rows = store::template_rows(reader, (organization, territory)).await?;
    let base = Rules::load()?.library(ctx.today)?;
    let library = library(reader, (organization, territory), ctx.today).await?;
    let mut layout = ctx.layout("Шаблон программы и мероприятия").await?;
    layout.crumbs = vec![Crumb::new("/programs", "Программы")];
    let whose = match owner {
        Owner::Organization(_) => "Ваши дополнения действуют в вашей организации",
        Owner::Municipality(_) => "Ваши дополнения действуют во всех организациях муниципалитета",
    };
    let domain = |domain: Domain| DomainView {
        title: view::direction(domain),
        measures: library
            .of(domain)
            .into_iter()
            .flat_map(|known| &known.measures)
            .map(|one| one.text.clone())
            .collect(),
    };
    Ok(TemplatesPage {
        rows: rows.iter().map(|row| row_view(row, owner, base, ctx.today)).collect(),
        domains: Domain::ALL.map(domain).into_iter().collect(),
        sections: library.sections(Shape::Full).map(|section| section.title.clone()).collect(),
        kinds: Kind::ALL.map(|kind| Choice::new(kind.code(), kind.title())).to_vec(),
        areas: crate::bank::domain_choices(),
        hidable: hidable(base),
        form_key: ids::form_key(),
        whose: whose.to_owned(),
        layout,
        form,
    })
}

/// What of the municipal template may be hidden.
fn hidable(library: &MeasureLibrary) -> Vec<Choice> {
    let sections = library.sections.iter().filter(|section| section.code != "request");
    let sections =
        sections.map(|section| Choice::new(section.code.clone(), format!("Раздел: {}", section.title)));
    let measures = library.domains.iter().flat_map(|domain| &domain.measures);
    sections.chain(measures.map(|one| Choice::new(one.code.clone(), one.text.clone()))).collect()
}

fn row_view(row: &TemplateRow, owner: Owner, base: &MeasureLibrary, today: NaiveDate) -> RowView {
    let holds = row.valid_from <= today && row.last_day.is_none_or(|last| last >= today);
    let (word, tone) = match (holds, row.valid_from > today) {
        (true, _) => ("действует", Tone::Done),
        (false, true) => ("начнёт действовать", Tone::Plan),
        (false, false) => ("больше не действует", Tone::Closed),
    };
    let hidden = || {
        let found = hidable(base).into_iter().find(|choice| choice.value == row.code);
        found.map(|choice| choice.title).unwrap_or_default()
    };
    let (title, about) = match Kind::from_code(&row.kind) {
        Some(Kind::Hidden) => (hidden(), "не предлагается".to_owned()),
        Some(Kind::Section) => (row.title.clone(), "раздел".to_owned()),
        _ => {
            let domain = row.domain.and_then(Domain::from_number).map(view::direction).unwrap_or_default();
            (row.title.clone(), format!("{domain}; {}", row.form))
        }
    };
    let is_own = owner.organization() == row.organization_id;
    RowView {
        id: row.id,
        owner: row.owner.clone(),
        days: match row.last_day {
            Some(last) => format!("с {} по {}", short(row.valid_from), short(last)),
            None => format!("с {}", short(row.valid_from)),
        },
        ends: is_own && row.last_day.is_none(),
        title,
        about,
        tone,
        word,
    }
}

pub(super) async fn add(ctx: Ctx, submitted: Submission) -> Outcome {
    let (owner, _, _) = place(&ctx)?;
    let mut form = submitted.form.clone();
    let Some(new) = read(&mut form, &ctx)? else { return again(&templates_page(&ctx, form).await?) };
    let change = ctx.change(&submitted).await?;
    let id = store::add_template(&change, &owner, ctx.actor().person.0, &new).await?;
    let payload = json!({ "kind": new.kind.code() });
    let entry = Entry {
        kind: "program_template_added",
        subject: ("program_template", Some(id)),
        organization: owner.organization(),
        payload: &payload,
    };
    change.journal(entry).await?;
    change.finish("/program-templates", "Записано. Новые программы составляются уже с этим").await
}

fn read(form: &mut Form, ctx: &Ctx) -> Outcome<Option<Addition>> {
    let kinds: Vec<Choice> = Kind::ALL.map(|kind| Choice::new(kind.code(), kind.title())).to_vec();
    let kind = form.required_choice("kind", "Что сделать", &kinds).and_then(|code| Kind::from_code(&code));
    let valid_from = form.required_date("valid_from", "Действует с");
    let last_day = form.optional_date("last_day", "Последний день");
    if let (Some(from), Some(last)) = (valid_from, last_day)
        && last < from
    {
        form.error("last_day", "Последний день раньше первого. Проверьте даты.");
    }
    let (Some(kind), Some(valid_from)) = (kind, valid_from) else { return Ok(None) };
    let mut new = Addition {
        kind,
        code: String::new(),
        domain: None,
        title: String::new(),
        body: String::new(),
        form: String::new(),
        product: String::new(),
        valid_from,
        last_day,
    };
    match kind {
        Kind::Hidden => {
            let offered = hidable(Rules::load()?.library(ctx.today)?);
            new.code = form.required_choice("code", "Что не предлагать", &offered).unwrap_or_default();
        }
        Kind::Section => {
            new.title = form.required_text("title", "Название", 200).unwrap_or_default();
            new.body =
                form.optional_paragraphs("body", "Что стоит в разделе сначала", 2000).unwrap_or_default();
        }
        Kind::Measure => {
            let areas = crate::bank::domain_choices();
            let area = form.required_choice("domain", "Направление", &areas);
            new.domain = area.as_deref().and_then(crate::bank::domain_named);
            new.title = form.required_text("title", "Название", 200).unwrap_or_default();
            new.form = form.required_text("form", "Форма", 200).unwrap_or_default();
            new.product = form.required_text("product", "Результат", 200).unwrap_or_default();
        }
    }
    Ok(form.is_valid().then_some(new))
}

/// Sets today as the last day.
pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let reach = ctx.reach(Permission::EditProgramTemplates);
    let row = store::visible_template(ctx.app().db.reader(), &reach, id).await?.ok_or(AppError::NotFound)?;
    if row.last_day.is_some_and(|last| last <= ctx.today) {
        return Err(AppError::Conflict("Это дополнение уже не действует".to_owned()));
    }
    let change = ctx.change(&submitted).await?;
    // One that has not begun yet ends on its first day at the earliest: periods have no negative length.
    store::end_template(&change, id, ctx.today.max(row.valid_from)).await?;
    let payload = json!({ "kind": row.kind });
    let entry = Entry {
        kind: "program_template_ended",
        subject: ("program_template", Some(id)),
        organization: row.organization_id,
        payload: &payload,
    };
    change.journal(entry).await?;
    change.finish("/program-templates", "Дополнение действует сегодня последний день").await
}
