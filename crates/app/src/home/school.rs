//! The director, the curator, and those who watch: the council, the psychologist, the union.

use std::collections::BTreeMap;

use chrono::Datelike;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::line::{ACTIVE, Calm, Section, Todo, WORKERS};
use super::office::{indicators, logins};
use super::{Seat, store};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::{bank, board, consents, diagnosis, pairs, papers, requests};

/// The load of the busiest mentor.
const MOST_LOAD: [&str; 3] = [
    "наставляемый самое большее у одного наставника",
    "наставляемых самое большее у одного наставника",
    "наставляемых самое большее у одного наставника",
];

pub(super) async fn director(seat: &Seat<'_>) -> Outcome<Section> {
    let (ctx, reader) = (seat.ctx, seat.ctx.app().db.reader());
    let mut section = Section::new(
        seat.title(),
        Calm {
            title: "На подпись ничего нет",
            text: "Куратор назначен, приказы подписаны. Когда куратор подготовит новый приказ, он появится здесь.",
            href: "/pairs",
            action: "Посмотреть пары",
        },
    );
    let orders = papers::orders_waiting(reader, &seat.actor.reach(Permission::SignOrders)).await?;
    if orders > 0 {
        let text = format!("Подпишите {}", russian::count(orders, "приказ", "приказа", "приказов"));
        let why = "Без приказа наставничество не начинается и не заканчивается";
        let todo = Todo::new(text, "/papers?standing=waits", "Открыть").why(why);
        section.todos.push(todo.term("ждёт подписи", Tone::Wait));
    }
    super::endings::decide(seat, &mut section).await?;
    let reach = seat.actor.reach(Permission::GrantRoles);
    for place in store::without_role(reader, &reach, Role::Curator, ctx.today).await? {
        let todo =
            Todo::new("Назначьте куратора", format!("/organizations/{}/roles/new", place.id), "Назначить");
        let why = "Куратором становится ваш заместитель: без него некому составлять пары (п. 4.1.1)";
        section.todos.push(todo.why(why));
    }
    let shut_out =
        store::without_login(reader, &seat.actor.reach(Permission::ManageAccounts), ctx.today).await?;
    if let (1.., Some((place, _))) = (shut_out, seat.places().first()) {
        section.todos.push(logins(shut_out, &format!("/organizations/{place}/logins")));
    }
    super::programs::office(seat, &mut section).await?;
    super::evaluations::office(seat, &mut section).await?;
    super::partnerships::add(seat, &mut section).await?;
    numbers(seat, &mut section).await?;
    Ok(section)
}

/// Somebody has been asked into a group and waits for the amending order.
fn joining(counts: &pairs::Counts) -> Option<Todo> {
    let first = counts.first_joining?;
    let href =
        if counts.joining == 1 { format!("/pairs/{first}#joining") } else { "/pairs?kind=group".to_owned() };
    let who = russian::count(counts.joining, "новый участник", "новых участника", "новых участников");
    let why = "Согласие, приказ о внесении изменений и подпись руководителя: до неё человек не в группе";
    Some(Todo::new(format!("Завершите вступление в группу: {who}"), href, "Открыть").why(why))
}

pub(super) async fn curator(seat: &Seat<'_>) -> Outcome<Section> {
    let (ctx, reader) = (seat.ctx, seat.ctx.app().db.reader());
    let mut section = Section::new(
        seat.title(),
        Calm {
            title: "Все дела сделаны",
            text: "Документы собраны, пары работают. Загляните в банк: вдруг кому-то ещё нужен наставник.",
            href: "/bank",
            action: "Открыть банк",
        },
    );
    let reach = seat.actor.reach(Permission::ReadPairs);
    let counts = pairs::counts(reader, &reach, seat.actor.person.0, ctx.today).await?;
    if counts.ready_for_order > 0 {
        let text = format!("Подготовьте приказ: все согласия есть, {}", pairs_of(counts.ready_for_order));
        section
            .todos
            .push(Todo::new(text, "/pairs?state=ready", "Подготовить").term("можно сейчас", Tone::Plan));
    }
    section.todos.extend(joining(&counts));
    super::endings::decide(seat, &mut section).await?;
    section
        .todos
        .extend(bank_todos(&bank::counts(reader, &seat.actor.reach(Permission::ReadBank), ctx.today).await?));
    super::programs::office(seat, &mut section).await?;
    super::evaluations::office(seat, &mut section).await?;
    super::partnerships::add(seat, &mut section).await?;
    section.todos.extend(consents_todo(seat).await?);
    section.todos.extend(super::kinds::curator(seat).await?);
    section.todos.extend(board_todo(seat).await?);
    section.todos.extend(pair_todos(&counts));
    let shut_out =
        store::without_login(reader, &seat.actor.reach(Permission::ManageAccounts), ctx.today).await?;
    if let (1.., Some((place, _))) = (shut_out, seat.places().first()) {
        section.todos.push(logins(shut_out, &format!("/organizations/{place}/logins")));
    }
    numbers(seat, &mut section).await?;
    share_of_requests(seat, &mut section).await?;
    silent(seat, &mut section).await?;
    section.number(
        "/pairs?state=awaits_order",
        counts.awaiting_order,
        ["пара ждёт приказа", "пары ждут приказа", "пар ждут приказа"],
    );
    if counts.unpaid > 0 {
        section.number(
            "/pairs?pay=unpaid",
            counts.unpaid,
            ["пара без оплаты", "пары без оплаты", "пар без оплаты"],
        );
    }
    Ok(section)
}

/// Pairs that ask for a look: silence, days without papers, objections, a heavy load.
async fn board_todo(seat: &Seat<'_>) -> Outcome<Option<Todo>> {
    let (pairs, why) = board::attention(seat.ctx.app().db.reader(), &seat.actor, seat.ctx.today).await?;
    if pairs == 0 {
        return Ok(None);
    }
    let pairs = pairs as u64;
    let verb = russian::choose(pairs, "требует", "требуют", "требуют");
    let todo = Todo::new(
        format!("{} {verb} внимания", pairs_of(pairs)),
        "/pairs/board?need=attention",
        "Открыть доску",
    );
    Ok(Some(todo.why(why)))
}

/// Pairs on their way to an order, and those near their end.
fn pair_todos(counts: &pairs::Counts) -> Vec<Todo> {
    let mut todos = Vec::new();
    if counts.awaiting_papers > 0 {
        let text =
            format!("Соберите подписи: набор документов неполный, {}", pairs_of(counts.awaiting_papers));
        todos.push(Todo::new(text, "/pairs?state=awaits_papers", "Открыть"));
    }
    if counts.drafts > 0 {
        let text = format!("Продолжите черновики: {}", pairs_of(counts.drafts));
        todos.push(Todo::new(text, "/pairs?state=draft", "Продолжить"));
    }
    if counts.ending_soon > 0 {
        let text = format!("Подумайте, что дальше: срок подходит к концу, {}", pairs_of(counts.ending_soon));
        todos.push(Todo::new(text, "/pairs?ending=soon", "Открыть").term("в ближайшие 30 дней", Tone::Plan));
    }
    todos
}

fn pairs_of(count: u64) -> String {
    russian::count(count, "пара", "пары", "пар")
}

/// Whom the curator still has to ask.
async fn consents_todo(seat: &Seat<'_>) -> Outcome<Option<Todo>> {
    let reach = seat.actor.reach(Permission::ReadConsents);
    let unasked = consents::to_collect(seat.ctx.app().db.reader(), &reach, seat.ctx.today).await?;
    if unasked == 0 {
        return Ok(None);
    }
    let text = format!("Соберите согласия: {}", russian::count(unasked, "человек", "человека", "человек"));
    let why =
        "Они в банке или в парах, а согласия А или Б нет. Без Б имени не видят за пределами организации";
    Ok(Some(Todo::new(text, "/consents?who=participants&missing=basic", "Открыть").why(why)))
}

/// How many of the staff have told which help they need (B2).
async fn share_of_requests(seat: &Seat<'_>, section: &mut Section) -> Outcome<()> {
    let reach = seat.actor.reach(Permission::ReadRequests);
    let answered = requests::answered(seat.ctx.app().db.reader(), &reach, seat.ctx.today).await?;
    section.share("/requests", answered, "ответили на запрос о помощи");
    Ok(())
}

/// Who has not begun the self-diagnosis: a fact without answers.
async fn silent(seat: &Seat<'_>, section: &mut Section) -> Outcome<()> {
    let reach = seat.actor.reach(Permission::ReadDiagnosisFacts);
    let count = diagnosis::not_begun(seat.ctx.app().db.reader(), &reach, seat.ctx.today).await?;
    let words = ["не начал самодиагностику", "не начали самодиагностику", "не начали самодиагностику"];
    section.number("/diagnosis?state=none", count, words);
    Ok(())
}

/// What the curator has to decide in the bank.
fn bank_todos(counts: &bank::Counts) -> Vec<Todo> {
    let people = |count| russian::count(count, "человек", "человека", "человек");
    let mut todos = Vec::new();
    if counts.undecided > 0 {
        let text = format!("Решите, кому нужен наставник: {}", people(counts.undecided));
        let why = "Программа предложила категории и объяснила почему. Подтвердите или отклоните";
        todos.push(Todo::new(text, "/bank/mentees?state=proposed", "Решить").why(why));
    }
    if counts.waiting_for_mentor > 0 {
        let verb = russian::choose(counts.waiting_for_mentor, "ждёт", "ждут", "ждут");
        let count = russian::count(counts.waiting_for_mentor, "педагог", "педагога", "педагогов");
        let text = format!("{count} {verb} наставника: подберите пары");
        let why = "Программа сравнит всех и предложит пары с объяснением, решаете вы";
        todos.push(Todo::new(text, "/matching", "Подобрать").why(why));
    }
    if counts.unproven_candidates > 0 {
        let count = russian::count(counts.unproven_candidates, "кандидата", "кандидатов", "кандидатов");
        let text = format!("Добавьте достижения: у {count} в наставники их нет");
        let why = "Без подтверждённых результатов предложить наставника нельзя (п. 3.1)";
        todos.push(Todo::new(text, "/bank/mentors?ready=no", "Добавить").why(why));
    }
    let why = "Сведения верны? Записи банка подтверждают раз в год (п. 4.1.2)";
    for (count, whose, href) in [
        (counts.mentees_to_confirm, "наставляемых", "/bank/mentees?fresh=due"),
        (counts.mentors_to_confirm, "кандидатов в наставники", "/bank/mentors?fresh=due"),
    ] {
        if count > 0 {
            let records = russian::count(count, "запись", "записи", "записей");
            let text = format!("Подтвердите записи банка: {records} {whose}");
            todos.push(Todo::new(text, href, "Подтвердить").why(why));
        }
    }
    todos.extend(mentor_todos(counts));
    todos
}

/// Those who propose themselves, courses, and load that hurts before it hurts (B3, G8, risk 2).
fn mentor_todos(counts: &bank::Counts) -> Vec<Todo> {
    let mut todos = Vec::new();
    if counts.nominations > 0 {
        let count = russian::count(counts.nominations, "педагог", "педагога", "педагогов");
        let text = format!("Рассмотрите выдвижения: {count}");
        let todo = Todo::new(text, "/bank/nominations?state=proposed", "Рассмотреть");
        todos.push(todo.why("Педагоги сами предложили себя в наставники и ждут ответа"));
    }
    if counts.untrained > 0 {
        let count = russian::count(counts.untrained, "наставник", "наставника", "наставников");
        let text = format!("Запланируйте обучение: {count} без курса");
        todos.push(Todo::new(text, "/bank/mentors?training=absent", "Открыть"));
    }
    if counts.pressed > 0 {
        let count = russian::count(counts.pressed, "наставника", "наставников", "наставников");
        let text = format!("Присмотритесь к нагрузке: на пределе у {count}");
        let why = "Высокая нагрузка – риск программы: поговорите, пока она не мешает";
        todos.push(Todo::new(text, "/bank/mentors?places=pressed", "Посмотреть").why(why));
    }
    todos
}

/// What the director and the curator have alike.
async fn numbers(seat: &Seat<'_>, section: &mut Section) -> Outcome<()> {
    let reader = seat.ctx.app().db.reader();
    let staff = seat.actor.reach(Permission::ReadStaff);
    let reach = seat.actor.reach(Permission::ReadPairs);
    let counts = pairs::counts(reader, &reach, seat.actor.person.0, seat.ctx.today).await?;
    section.number("/pairs?state=active", counts.active, ACTIVE);
    section.indicators(&indicators(seat, &seat.actor.reach(Permission::ReadIndicators)).await?);
    section.number("/people", store::workers(reader, &staff, seat.ctx.today).await?, WORKERS);
    Ok(())
}

/// The council, the psychologist and the union see that pairs are there and how the load is shared.
pub(super) async fn watcher(seat: &Seat<'_>) -> Outcome<Section> {
    let (ctx, reader) = (seat.ctx, seat.ctx.app().db.reader());
    let mut section = Section::new(seat.title(), calm_of(seat.role));
    let reach = seat.actor.reach(Permission::ReadPairs);
    let counts = pairs::counts(reader, &reach, seat.actor.person.0, ctx.today).await?;
    let prepared = counts.drafts + counts.awaiting_papers + counts.ready_for_order;
    if prepared > 0 {
        let text = format!(
            "Познакомьтесь с парами, которые готовятся: {}",
            russian::count(prepared, "пара", "пары", "пар")
        );
        section
            .todos
            .push(Todo::new(text, "/pairs", "Открыть").why("Пока приказ не подписан, состав легко изменить"));
    }
    if seat.role == Role::Council {
        super::programs::office(seat, &mut section).await?;
        super::evaluations::office(seat, &mut section).await?;
    }
    let here: Vec<_> = seat.places().into_iter().map(|place| place.0).collect();
    let rows = pairs::in_force_rows(reader, ctx.today).await?;
    let rows: Vec<_> = rows.into_iter().filter(|row| here.contains(&row.mentor_organization.0)).collect();
    let this_month =
        |day: chrono::NaiveDate| (day.year(), day.month()) == (ctx.today.year(), ctx.today.month());
    let new = rows.iter().filter(|row| this_month(row.in_force.from())).count() as u64;
    let mut load: BTreeMap<_, u64> = BTreeMap::new();
    for row in &rows {
        *load.entry(row.mentor).or_default() += row.mentees.len() as u64;
    }
    section.number("/pairs?state=active", counts.active, ACTIVE);
    section.number(
        "/pairs?state=active",
        new,
        ["начала в этом месяце", "начали в этом месяце", "начали в этом месяце"],
    );
    section.number(
        "/pairs?state=active",
        load.len() as u64,
        ["наставник работает", "наставника работают", "наставников работают"],
    );
    section.number("/pairs?state=active", load.values().copied().max().unwrap_or(0), MOST_LOAD);
    if counts.unpaid > 0 && seat.role == Role::Union {
        section.number(
            "/pairs?pay=unpaid",
            counts.unpaid,
            ["пара без оплаты", "пары без оплаты", "пар без оплаты"],
        );
    }
    section.indicators(&indicators(seat, &seat.actor.reach(Permission::ReadIndicators)).await?);
    Ok(section)
}

fn calm_of(role: Role) -> Calm {
    let text = match role {
        Role::Council => {
            "Новых пар на подходе нет. Когда куратор начнёт составлять пару, вы узнаете об этом здесь."
        }
        Role::Psychologist => {
            "Новых пар на подходе нет. Когда появится новая пара, здесь будет, с кем познакомиться."
        }
        _ => "Новых пар на подходе нет. Следить можно за нагрузкой наставников и оплатой.",
    };
    Calm {
        title: "Сейчас от вас ничего не ждут", text, href: "/pairs", action: "Посмотреть пары"
    }
}
