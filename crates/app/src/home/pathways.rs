//! What routes ask: of their owners the next step, of those who accompany a look at what is new (E2, E6).

use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::line::{Calm, Section, Todo};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::pathway;

/// The page of one's own route.
const OWN: &str = "/own/route";

/// Adds the lines to the first section, or to one of their own.
pub(super) async fn add(ctx: &Ctx, roles: &[Role], sections: &mut Vec<Section>) -> Outcome<()> {
    let is_told = sections.iter().flat_map(|section| &section.todos).any(|todo| todo.href == OWN);
    let mut todos = own(ctx, roles).await?;
    // Said already, with more weight: so it was decided by an evaluation.
    todos.retain(|todo| !(is_told && todo.href == OWN));
    todos.extend(accompanied(ctx).await?);
    if todos.is_empty() {
        return Ok(());
    }
    if sections.is_empty() {
        sections.push(Section::new("Для вас".to_owned(), CALM));
    }
    let index = sections.len() - 1;
    sections[index].todos.extend(todos);
    Ok(())
}

async fn own(ctx: &Ctx, roles: &[Role]) -> Outcome<Vec<Todo>> {
    let errand = pathway::errand(ctx.app().db.reader(), ctx.actor().person.0).await?;
    let mut todos = Vec::new();
    match errand {
        pathway::OwnRoute::At(errand) => {
            let text = format!(
                "Ваш маршрут: шаг {} из 7, {}",
                errand.step.number(),
                errand.step.title().to_lowercase()
            );
            let todo =
                Todo::new(text, errand.href, "Продолжить").why("Когда удобно: маршрут рассчитан на годы");
            todos.push(todo);
            if errand.comments > 0 {
                let text = format!("Вам написали о маршруте: {}", words(errand.comments as u64));
                todos.push(Todo::new(text, errand.comments_href, "Ответить").term("ждут ответа", Tone::Wait));
            }
        }
        pathway::OwnRoute::None if roles.contains(&Role::Mentee) => {
            let todo = Todo::new("Можно начать свой маршрут развития на 4–5 лет", OWN, "Посмотреть");
            todos.push(
                todo.why("Семь шагов, по одному. Помогут наставник, куратор и тьютор")
                    .term("когда удобно", Tone::Plan),
            );
        }
        pathway::OwnRoute::None | pathway::OwnRoute::Finished => {}
    }
    Ok(todos)
}

async fn accompanied(ctx: &Ctx) -> Outcome<Vec<Todo>> {
    if !ctx.actor().may_somewhere(Permission::AccompanyRoutes) {
        return Ok(Vec::new());
    }
    let counts = pathway::counts(ctx).await?;
    let mut todos = Vec::new();
    if counts.products > 0 {
        let routes = russian::count(counts.products, "маршруте", "маршрутах", "маршрутах");
        let todo = Todo::new(format!("Новые продукты в {routes}"), "/routes?new=products", "Посмотреть");
        todos.push(todo.why("Педагогу важно, что его работу увидели").term("за две недели", Tone::Plan));
    }
    Ok(todos)
}

fn words(count: u64) -> String {
    russian::count(count, "комментарий", "комментария", "комментариев")
}

const CALM: Calm = Calm { title: "", text: "", href: OWN, action: "Открыть" };
