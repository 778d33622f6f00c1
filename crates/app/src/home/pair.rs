//! The mentor and the mentee: the own pair and what to sign.

use nastavnik_domain::role::Role;
use nastavnik_domain::russian;
use uuid::Uuid;

use super::line::{Calm, OwnPair, Section, Todo};
use super::{Seat, store};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::pairs::{self, Case};
use crate::papers::Standing;

pub(super) async fn participant(seat: &Seat<'_>) -> Outcome<Section> {
    let (ctx, reader) = (seat.ctx, seat.ctx.app().db.reader());
    let person = seat.actor.person.0;
    let ids = store::own_mentorships(reader, person, seat.role, ctx.today).await?;
    let cases = pairs::cases_by_ids(reader, &ids, ctx.today).await?;
    let mut section = Section::new(
        seat.title(),
        Calm {
            title: "Подписывать сейчас нечего",
            text: "Все ваши документы готовы. Договоритесь о следующей встрече, остальное программа помнит сама.",
            href: "/pairs",
            action: "Открыть свою пару",
        },
    );
    for case in &cases {
        let waits = case.documents.iter().filter(|found| found.standing() == Standing::Waits);
        for document in waits.filter(|document| document.person == Some(person)) {
            let text = format!("Прочитайте и подпишите: {}", lower_first(document.kind.title()));
            let why = format!("№\u{a0}{} от {}", document.label, russian::short(document.dated_on));
            let todo = Todo::new(text, format!("/papers/{}", document.id), "Открыть").why(why);
            section.todos.push(todo.term("ждёт подписи", Tone::Wait));
        }
        section.pairs.push(own_pair(seat.role, case));
    }
    section.todos.extend(super::kinds::participant(seat).await?);
    section.todos.extend(super::meetings::own(ctx, &cases).await?);
    section.todos.extend(super::tasks::own(ctx, &cases).await?);
    super::endings::take_part(seat, &cases, &mut section).await?;
    section.todos.extend(super::programs::pair(ctx, &cases).await?);
    section.todos.extend(super::evaluations::pair(ctx, &cases).await?);
    if seat.role == Role::Mentee {
        section.todos.extend(super::own::todo(ctx).await?);
    }
    let names: Vec<(Uuid, String)> =
        cases.iter().map(|case| (case.pair.id, others(seat.role, case))).collect();
    tell_apart(&mut section.todos, &names);
    Ok(section)
}

/// With several pairs each line says which of them it is about: two lines of the same words look like a mistake.
fn tell_apart(todos: &mut [Todo], pairs: &[(Uuid, String)]) {
    if pairs.len() < 2 {
        return;
    }
    for todo in todos {
        let about = todo.href.strip_prefix("/pairs/").and_then(|rest| rest.split('/').next());
        let Some((_, who)) = pairs.iter().find(|(id, _)| about == Some(id.to_string().as_str())) else {
            continue;
        };
        todo.why = match todo.why.as_str() {
            "" => who.clone(),
            why => format!("{who} · {why}"),
        };
    }
}

/// «Крюкова З. И.»: those with whom the person of this role works.
fn others(role: Role, case: &Case) -> String {
    if role != Role::Mentor {
        return case.pair.mentor.name.short();
    }
    let names: Vec<String> = case.pair.mentees.iter().map(|mentee| mentee.name.short()).collect();
    super::line::some_of(&names)
}

fn own_pair(role: Role, case: &Case) -> OwnPair {
    let with = match role {
        Role::Mentor => {
            let names: Vec<String> = case.pair.mentees.iter().map(|mentee| mentee.name.full()).collect();
            let who = if names.len() == 1 {
                "Ваш наставляемый"
            } else {
                "Ваши наставляемые"
            };
            format!("{who}: {}", names.join(", "))
        }
        _ => format!("Ваш наставник: {}", case.pair.mentor.name.full()),
    };
    OwnPair {
        href: format!("/pairs/{}", case.pair.id),
        with,
        term: russian::period(case.pair.period.from(), case.last_day()),
        next: case.next_step(),
        tone: case.state.tone(),
        state: case.state.title(),
        action: if case.pair.is_group() { "Открыть группу" } else { "Открыть пару" },
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_several_pairs_say_whose_they_are() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let pairs = [(one, "Ёжиков А. А.".to_owned()), (two, "Цой В. А.".to_owned())];
        let told = |known: &[(Uuid, String)]| {
            let mut todos = vec![
                Todo::new("Ответьте", format!("/pairs/{one}/pulse"), "").why("15 секунд"),
                Todo::new("Ответьте", format!("/pairs/{two}/fit"), ""),
                Todo::new("Подпишите", "/papers/7", "").why("№ 7"),
            ];
            tell_apart(&mut todos, known);
            todos.into_iter().map(|todo| todo.why).collect::<Vec<_>>()
        };
        assert_eq!(told(&pairs), ["Ёжиков А. А. · 15 секунд", "Цой В. А.", "№ 7"]);
        assert_eq!(told(&pairs[..1]), ["15 секунд", "", "№ 7"], "there is nothing to tell apart");
    }
}
