//! The home page: what to do first, then what there is, by each role of the person.

mod council;
mod diagnosis;
mod endings;
mod evaluations;
mod kinds;
mod line;
mod matching;
mod meetings;
mod office;
mod outer;
mod own;
mod pair;
mod partnerships;
mod pathways;
mod program_base;
mod programs;
mod school;
mod store;
mod talk;
mod tasks;

use askama::Template;
use nastavnik_domain::policy::{Actor, Permission};
use nastavnik_domain::role::Role;

use crate::kernel::errors::Outcome;
use crate::kernel::page::Layout;
use crate::kernel::registry::Registry;
use crate::kernel::web::{Ctx, page};
use line::Section;

/// The path of the home page.
pub fn routes(registry: Registry) -> Registry {
    registry.get("/", Permission::SignedIn, show)
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    layout: Layout,
    greeting: String,
    sections: Vec<Section>,
}

async fn show(ctx: Ctx) -> Outcome {
    let roles = roles(&ctx);
    let mut sections = Vec::new();
    for role in &roles {
        let seat = Seat::of(&ctx, *role);
        let mut section = section(&seat).await?;
        council::add(&seat, &mut section).await?;
        sections.push(section);
    }
    sections.extend(own::section(&ctx).await?);
    diagnosis::add(&ctx, &roles, &mut sections).await?;
    kinds::add(&ctx, &roles, &mut sections).await?;
    meetings::calls(&ctx, &roles, &mut sections).await?;
    programs::add_invitations(&ctx, &mut sections).await?;
    evaluations::told(&ctx, &mut sections).await?;
    talk::add(&ctx, &roles, &mut sections).await?;
    pathways::add(&ctx, &roles, &mut sections).await?;
    program_base::add(&ctx, &mut sections).await?;
    let name = &ctx.who.name;
    let called = match &name.patronymic {
        Some(patronymic) => format!("{}\u{a0}{patronymic}", name.given),
        None => name.given.clone(),
    };
    page(&HomePage {
        layout: ctx.layout("Главная").await?,
        greeting: format!("Здравствуйте, {called}"),
        sections,
    })
}

/// Each role once, the weightiest duty first.
fn roles(ctx: &Ctx) -> Vec<Role> {
    Role::ALL.into_iter().filter(|&role| ctx.actor().is(role)).collect()
}

async fn section(seat: &Seat<'_>) -> Outcome<Section> {
    match seat.role {
        Role::Administrator => office::administrator(seat).await,
        Role::Department => office::department(seat).await,
        Role::Director => school::director(seat).await,
        Role::Curator => school::curator(seat).await,
        Role::Council | Role::Psychologist | Role::Union => school::watcher(seat).await,
        Role::Mentor | Role::Mentee => pair::participant(seat).await,
        Role::SupportCenter | Role::ResourceCenter | Role::Region | Role::Tutor => outer::outer(seat).await,
    }
}

/// A person in one of their roles: reaches only as far as this role does, so that what a director is to do
/// never stands among the duties of a mentor.
struct Seat<'a> {
    ctx: &'a Ctx,
    role: Role,
    actor: Actor,
}

impl<'a> Seat<'a> {
    fn of(ctx: &'a Ctx, role: Role) -> Self {
        let mut actor = ctx.actor().clone();
        actor.grants.retain(|grant| grant.role == role);
        Self { ctx, role, actor }
    }

    /// The organizations in which the role is held, by name.
    fn places(&self) -> Vec<(uuid::Uuid, String)> {
        let name = |id| self.ctx.who.places.get(&id).map_or_else(String::new, |place| place.short.clone());
        let mut places: Vec<_> =
            self.actor.grants.iter().map(|grant| (grant.organization.0, name(grant.organization))).collect();
        places.sort_by(|one, other| one.1.cmp(&other.1));
        places.dedup();
        places
    }

    /// «Куратор · МБОУ «СОШ №1»».
    fn title(&self) -> String {
        let mut letters = self.role.title().chars();
        let first =
            letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
        let names: Vec<String> = self.places().into_iter().map(|place| place.1).collect();
        format!("{first}{} · {}", letters.as_str(), names.join(", "))
    }
}
