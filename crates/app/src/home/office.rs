//! The administrator of the installation and the department.

use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;
use nastavnik_domain::year::AcademicYear;

use super::line::{ACTIVE, Calm, SCHOOLS, Section, Todo, WORKERS, organizations, some_of};
use super::store::PlaceRow;
use super::{Seat, matching, store};
use crate::cli::first::{UNNAMED_MUNICIPALITY, UNNAMED_REGION};
use crate::kernel::errors::Outcome;
use crate::kernel::page::{Step, StepState, Tone};
use crate::monitoring::Summary;
use crate::{monitoring, oversight, pairs};

pub(super) async fn administrator(seat: &Seat<'_>) -> Outcome<Section> {
    let (ctx, reader) = (seat.ctx, seat.ctx.app().db.reader());
    let everywhere = seat.actor.reach(Permission::ManageInstallation);
    let unnamed = store::territories_named(reader, [UNNAMED_REGION, UNNAMED_MUNICIPALITY]).await?;
    let schools = store::organizations(reader, &everywhere).await?;
    let headless = store::without_role(reader, &everywhere, Role::Director, ctx.today).await?;
    let shut_out = store::without_login(reader, &everywhere, ctx.today).await?;
    let (stopped, queued) = oversight::queue_counts(reader).await?;
    let mut section = Section::new(
        seat.title(),
        Calm {
            title: "Всё работает",
            text: "Названия заданы, задания выполняются, у всех есть вход. Заглядывайте в журнал, когда захотите.",
            href: "/journal",
            action: "Открыть журнал",
        },
    );
    for territory in &unnamed {
        let (what, name) = match territory.level.as_str() {
            "region" => ("Назовите регион", UNNAMED_REGION),
            _ => ("Назовите муниципалитет", UNNAMED_MUNICIPALITY),
        };
        let why = format!("Сейчас он записан как «{name}», и так его видят все");
        section.todos.push(Todo::new(what, format!("/territories/{}", territory.id), "Назвать").why(why));
    }
    if schools == 0 {
        let text = "Загрузите список работников";
        let why = "Из него появятся организации и люди. Можно загрузить сразу весь город";
        section.todos.push(Todo::new(text, "/imports", "Загрузить").why(why));
        section.steps = first_steps(unnamed.is_empty());
    }
    section.todos.extend(lacking_role(&headless, "руководителя", "/organizations"));
    if stopped > 0 {
        let count = russian::count(stopped, "задание", "задания", "заданий");
        let text = format!("Посмотрите, почему не вышло {count}");
        section
            .todos
            .push(Todo::new(text, "/jobs?state=failed", "Посмотреть").term("остановлено", Tone::Late));
    }
    if shut_out > 0 && schools > 0 {
        section.todos.push(logins(shut_out, "/organizations"));
    }
    section.number("/organizations", schools, SCHOOLS);
    section.number("/people", store::workers(reader, &everywhere, ctx.today).await?, WORKERS);
    section.number("/jobs", queued, ["задание в очереди", "задания в очереди", "заданий в очереди"]);
    Ok(section)
}

/// The way from an empty installation to the first day of work.
fn first_steps(is_named: bool) -> Vec<Step> {
    let (first, second) =
        if is_named { (StepState::Done, StepState::Now) } else { (StepState::Now, StepState::Ahead) };
    vec![
        Step::new("Назовите муниципалитет", "название, цвет и герб на всех страницах", first),
        Step::new("Загрузите список работников", "книга Excel, как она есть", second),
        Step::new("Назначьте руководителей", "с номером и датой акта", StepState::Ahead),
        Step::new("Напечатайте памятки", "по ним люди войдут в первый раз", StepState::Ahead),
    ]
}

pub(super) async fn department(seat: &Seat<'_>) -> Outcome<Section> {
    let (ctx, reader) = (seat.ctx, seat.ctx.app().db.reader());
    let reach = seat.actor.reach(Permission::ReadOrganizations);
    let mut section = Section::new(
        seat.title(),
        Calm {
            title: "Всё в порядке",
            text: "Списки загружены, руководители и кураторы назначены, цели года достигнуты. Дальше – следить за показателями.",
            href: "/indicators",
            action: "Открыть показатели",
        },
    );
    let loading = seat.actor.reach(Permission::ImportStaff);
    let waiting = store::imports_waiting(reader, &loading).await?;
    if waiting > 0 {
        let count = russian::count(waiting, "список", "списка", "списков");
        let text = format!("Решите, что делать с загрузкой: {count}");
        let why = "Список прочитан, но ещё не применён";
        section.todos.push(Todo::new(text, "/imports", "Решить").why(why).term("ждёт вас", Tone::Wait));
    }
    let unlisted = store::without_staff(reader, &reach, ctx.today).await?;
    if !unlisted.is_empty() {
        let text = format!("Загрузите список работников: {} без списка", organizations(unlisted.len()));
        section.todos.push(Todo::new(text, "/imports", "Загрузить").why(some_of(&names(&unlisted))));
    }
    let headless = store::without_role(reader, &reach, Role::Director, ctx.today).await?;
    section.todos.extend(lacking_role(&headless, "руководителя", "/organizations"));
    let without_curator = store::without_role(reader, &reach, Role::Curator, ctx.today).await?;
    section.todos.extend(lacking_role(&without_curator, "куратора", "/organizations"));
    section.todos.extend(matching::todo(seat).await?);
    let schools = store::organizations(reader, &reach).await?;
    let summaries = indicators(seat, &seat.actor.reach(Permission::ReadIndicators)).await?;
    section.todos.extend(summaries.iter().filter(|it| it.lacking > 0).map(|it| below_target(seat, it)));
    section.indicators(&summaries);
    let pairs =
        pairs::counts(reader, &seat.actor.reach(Permission::ReadPairs), seat.actor.person.0, ctx.today)
            .await?;
    section.number("/pairs?state=active", pairs.active, ACTIVE);
    section.number("/organizations", schools, SCHOOLS);
    section.number("/people", store::workers(reader, &reach, ctx.today).await?, WORKERS);
    Ok(section)
}

/// Both indicators within the reach, none when nobody is to be counted.
pub(super) async fn indicators(seat: &Seat<'_>, reach: &Reach) -> Outcome<Vec<Summary>> {
    let found = monitoring::summary(seat.ctx.app().db.reader(), reach, seat.ctx.today).await?;
    Ok(found.into_iter().flatten().filter(|summary| summary.value.is_some()).collect())
}

fn below_target(seat: &Seat<'_>, summary: &Summary) -> Todo {
    let text = format!("Показатель {}: {}", summary.number, summary.lacking_text());
    let why = format!("{}: сейчас {}, {}", summary.short, summary.value_text(), summary.target_text());
    let day = AcademicYear::of(seat.ctx.today).report_day();
    let todo = Todo::new(text, format!("/indicators/{}/missing", summary.number), "Кто это").why(why);
    match day {
        Some(day) => todo.term(format!("до {}", russian::short(day)), Tone::Plan),
        None => todo,
    }
}

/// «Назначьте куратора: 3 организации без куратора», straight to the form when it is one organization.
fn lacking_role(lacking: &[PlaceRow], whom: &str, list: &str) -> Option<Todo> {
    match lacking {
        [] => None,
        [one] => {
            let text = format!("Назначьте {whom}: {}", one.short_name);
            Some(Todo::new(text, format!("/organizations/{}/roles/new", one.id), "Назначить"))
        }
        _ => {
            let text = format!("Назначьте {whom}: нет в {} организациях", lacking.len());
            let text = if lacking.len() % 10 == 1 && lacking.len() % 100 != 11 {
                format!("Назначьте {whom}: нет в {} организации", lacking.len())
            } else {
                text
            };
            Some(Todo::new(text, list, "Открыть список").why(some_of(&names(lacking))))
        }
    }
}

/// «Напечатайте памятки для входа: 5 человек ещё не могут войти».
pub(super) fn logins(count: u64, href: &str) -> Todo {
    let people = russian::count(count, "человек", "человека", "человек");
    let can = russian::choose(count, "не может", "не могут", "не могут");
    Todo::new(format!("Напечатайте памятки для входа: {people} ещё {can} войти"), href, "Напечатать")
        .why("По памятке человек один раз входит и придумывает пароль")
}

fn names(rows: &[PlaceRow]) -> Vec<String> {
    rows.iter().map(|row| row.short_name.clone()).collect()
}
