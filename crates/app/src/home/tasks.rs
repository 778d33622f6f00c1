//! What tasks ask of a mentor and of a mentee: gently, in working days.

use nastavnik_domain::russian;
use nastavnik_domain::task::Nudge;

use super::line::Todo;
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::pairs::Case;
use crate::tasks::{self, Brief};

/// More lines than this would hide everything else.
const SHOWN: usize = 3;

/// Lines about tasks of one's own pairs.
pub(super) async fn own(ctx: &Ctx, cases: &[Case]) -> Outcome<Vec<Todo>> {
    let found = tasks::errands(ctx.app().db.reader(), ctx.actor().person.0, cases, ctx.today).await?;
    let mut todos = Vec::new();
    for case in cases {
        let of_pair = |briefs: &[Brief]| -> Vec<Brief> {
            briefs.iter().filter(|brief| brief.pair == case.pair.id).cloned().collect()
        };
        todos.extend(to_check(&of_pair(&found.to_check)));
        todos.extend(shown(&of_pair(&found.to_hand_over), to_hand_over));
        todos.extend(shown(&of_pair(&found.returned), returned));
        todos.extend(shown(&of_pair(&found.due), due));
    }
    Ok(todos)
}

/// One product opens itself, several open their list.
fn to_check(briefs: &[Brief]) -> Option<Todo> {
    let first = briefs.first()?;
    let todo = match briefs {
        [one] => Todo::new(format!("Проверьте работу: {}", one.title), href(one), "Открыть"),
        many => {
            let count = many.len() as u64;
            let verb = russian::choose(count, "ждёт", "ждут", "ждут");
            let works = russian::count(count, "работа", "работы", "работ");
            let list = format!("/pairs/{}/tasks?state=waiting", first.pair);
            Todo::new(format!("Вашей проверки {verb} {works}"), list, "Открыть")
        }
    };
    Some(todo.why("Примите или верните с замечаниями").term("ждёт проверки", Tone::Wait))
}

fn shown(briefs: &[Brief], line: fn(&Brief) -> Todo) -> Vec<Todo> {
    let mut todos: Vec<Todo> = briefs.iter().take(SHOWN).map(line).collect();
    if let Some(next) = briefs.get(SHOWN) {
        let rest = russian::count((briefs.len() - SHOWN) as u64, "задание", "задания", "заданий");
        todos.push(Todo::new(
            format!("И ещё {rest}"),
            format!("/pairs/{}/tasks?state=open", next.pair),
            "Открыть",
        ));
    }
    todos
}

fn to_hand_over(brief: &Brief) -> Todo {
    Todo::new(format!("Передайте новому наставнику работу: {}", brief.title), href(brief), "Открыть")
        .why("Вы сдали её прежнему наставнику. Без вас её никому не покажут")
}

fn returned(brief: &Brief) -> Todo {
    let todo = Todo::new(format!("Доработайте задание: {}", brief.title), href(brief), "Открыть")
        .why("Наставник написал, что добавить или проверить вместе");
    if brief.nudge == Nudge::Quiet { todo } else { todo.term(brief.nudge.words(), tone(brief.nudge)) }
}

fn due(brief: &Brief) -> Todo {
    let why = if brief.nudge.is_late() {
        "Сдайте, что готово, или договоритесь с наставником о другом дне"
    } else {
        "Сдать можно слова, ссылку или файл"
    };
    let todo = Todo::new(format!("Задание: {}", brief.title), href(brief), "Открыть").why(why);
    todo.term(brief.nudge.words(), tone(brief.nudge))
}

/// A term that has passed waits as well: nobody is accused by a color.
const fn tone(nudge: Nudge) -> Tone {
    match nudge {
        Nudge::Quiet | Nudge::Soon(_) => Tone::Plan,
        Nudge::Today | Nudge::Late(_) => Tone::Wait,
    }
}

fn href(brief: &Brief) -> String {
    format!("/pairs/{}/tasks/{}", brief.pair, brief.task)
}
