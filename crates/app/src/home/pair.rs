//! The mentor and the mentee: the own pair and what to sign.

use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

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
    Ok(section)
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
