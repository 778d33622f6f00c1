//! What waits in the talks of a person, whatever their role: it stays theirs when the role has ended.

use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::line::{Calm, Section, Todo};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::talk;

/// Adds «Вам написали» to the pair's section, otherwise to the first one.
pub(super) async fn add(ctx: &Ctx, roles: &[Role], sections: &mut Vec<Section>) -> Outcome<()> {
    let waiting = talk::unread(ctx.app().db.reader(), ctx.actor().person.0).await?;
    let href = match waiting.as_slice() {
        [] => return Ok(()),
        [one] => format!("/pairs/{}/talk", one.pair),
        _ => "/own/talks".to_owned(),
    };
    let count: u64 = waiting.iter().map(|unread| unread.count).sum();
    let text = format!("Вам написали: {}", russian::count(count, "сообщение", "сообщения", "сообщений"));
    if sections.is_empty() {
        sections.push(Section::new("Переписка".to_owned(), CALM));
    }
    let pair = roles.iter().position(|role| matches!(role, Role::Mentor | Role::Mentee));
    let todo = Todo::new(text, href, "Прочитать").term("новое", Tone::Wait);
    sections[pair.unwrap_or(0)].todos.insert(0, todo);
    Ok(())
}

const CALM: Calm = Calm { title: "", text: "", href: "/own/talks", action: "Открыть" };
