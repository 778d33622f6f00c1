//! What the self-diagnosis asks of a person, whatever their role: the own sheet, somebody to look at.

use nastavnik_domain::competence::Wave;
use nastavnik_domain::role::Role;

use super::line::{Calm, Section, Todo};
use crate::diagnosis;
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;

/// Adds the lines where the person is a mentor or a mentee, otherwise to the first section. A colleague without any
/// role who was asked for a view gets a section of their own.
pub(super) async fn add(ctx: &Ctx, roles: &[Role], sections: &mut Vec<Section>) -> Outcome<()> {
    let reader = ctx.app().db.reader();
    let errands = diagnosis::errands(reader, ctx.actor().person.0, ctx.today).await?;
    let pair = roles.iter().position(|role| matches!(role, Role::Mentor | Role::Mentee));
    let own = errands.own.filter(|_| pair.is_some()).map(|(href, wave)| own(href, wave));
    let views = errands.views.into_iter().map(|(href, name)| view(href, &name));
    let todos: Vec<Todo> = own.into_iter().chain(views).collect();
    if todos.is_empty() {
        return Ok(());
    }
    if sections.is_empty() {
        sections.push(Section::new("Взгляд на коллегу".to_owned(), CALM));
    }
    sections[pair.unwrap_or(0)].todos.extend(todos);
    Ok(())
}

const CALM: Calm = Calm {
    title: "Сейчас от вас ничего не ждут",
    text: "Когда коллега попросит вашего взгляда, просьба появится здесь.",
    href: "/own/diagnosis",
    action: "Открыть свою самодиагностику",
};

fn own(href: String, wave: Wave) -> Todo {
    let text = match wave {
        Wave::Entry => "Пройдите самодиагностику",
        Wave::Middle => "Пройдите короткую самодиагностику",
        Wave::Final => "Пройдите итоговую самодиагностику",
    };
    let why = "Ответы увидите только вы и ваш наставник. Можно отказаться, это ни на что не влияет";
    Todo::new(text, href, "Открыть").why(why)
}

fn view(href: String, name: &str) -> Todo {
    let why = "Те же пункты вашими глазами: различия подскажут, о чём поговорить";
    Todo::new(format!("Ждёт вашего взгляда: {name}"), href, "Открыть")
        .why(why)
        .term("когда удобно", Tone::Plan)
}
