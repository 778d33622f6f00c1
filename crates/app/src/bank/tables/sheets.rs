//! The bank's tables as workbooks (field lists of the registers of mentees and of mentors): the same filters and order as the
//! lists, all pages.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table_with_note};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::kind::Form;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::short;

use super::records::{self, CODE, Column, MAY_CHANGE, Record, Subject};
use crate::bank::members::Member;
use crate::bank::needs::Need;
use crate::bank::store::{Mentoring, Side};
use crate::bank::{mentees, mentors};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;
use crate::people::Contact;

const NOTE: &str = "Меняйте только столбцы со словами «можно менять» и загрузите файл на странице банка. Остальные столбцы \
                    программа не читает. Код записи в последнем столбце не меняйте: по нему она находит человека.";

pub(in crate::bank) async fn mentees_workbook(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadBank);
    let found = records::of_needs(reader, &reach, mentees::found(&ctx, reader).await?).await?;
    sent(&ctx, Side::Mentee, "Кому нужен наставник", found).await
}

pub(in crate::bank) async fn mentors_workbook(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadBank);
    let found = records::of_members(reader, &reach, mentors::found(&ctx, reader).await?).await?;
    sent(&ctx, Side::Mentor, "Кандидаты в наставники", found).await
}

async fn sent(ctx: &Ctx, side: Side, title: &'static str, records: Vec<Record>) -> Outcome {
    workbook::download(&format!("{title} на {}.xlsx", short(ctx.today)), move || {
        let rows = (1_u32..).zip(&records).map(|(number, record)| row(number, record));
        table_with_note(title, NOTE, &columns(side), rows)
    })
    .await
}

fn columns(side: Side) -> Vec<ListColumn> {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    let text = |title: &str, width| column(title, width, ColumnKind::Text);
    let editable = |known: Column| {
        let kind = match known {
            Column::Phone => ColumnKind::Phone,
            Column::Capacity => ColumnKind::Number,
            _ => ColumnKind::Text,
        };
        column(&format!("{}{MAY_CHANGE}", known.title()), 20.0, kind)
    };
    let mut columns = vec![
        column("№", 6.0, ColumnKind::Number),
        text("Фамилия, имя, отчество", 36.0),
        text("Место работы", 26.0),
        text("Должность", 26.0),
    ];
    match side {
        Side::Mentee => columns.extend([
            column("Год рождения", 10.0, ColumnKind::Number),
            text("Категория (п. 1.4)", 34.0),
            text("Основание", 40.0),
            column("Дата вхождения", 12.0, ColumnKind::Date),
            text("Наставник", 28.0),
            text("Форма наставничества", 24.0),
            text("Место работы наставника", 26.0),
            column("Дата завершения", 12.0, ColumnKind::Date),
        ]),
        Side::Mentor => columns.extend([
            column("Телефон", 18.0, ColumnKind::Phone),
            text("Электронная почта", 26.0),
            text("Предмет", 20.0),
            text("Категория", 16.0),
            text("Компетенции", 30.0),
            text("Достижения", 44.0),
            column("Дата вхождения", 12.0, ColumnKind::Date),
            text("Наставляемые", 34.0),
        ]),
    }
    columns.push(column("Запись подтверждена", 12.0, ColumnKind::Date));
    columns.extend(Column::of(side).into_iter().map(editable));
    columns.push(text(CODE, 34.0));
    columns
}

fn row(number: u32, record: &Record) -> Vec<Cell> {
    let mut cells = vec![Cell::Number(number.into())];
    let side = match &record.subject {
        Subject::Mentee(need, contact) => {
            cells.extend(mentee(need, contact));
            Side::Mentee
        }
        Subject::Mentor(member, contact) => {
            cells.extend(mentor(member, contact));
            Side::Mentor
        }
    };
    cells.push(record.mark().map_or(Cell::Empty, |mark| Cell::Date(mark.on)));
    cells.extend(Column::of(side).into_iter().map(|column| match (column, record.cell(column)) {
        (_, "") => Cell::Empty,
        (Column::Capacity, number) => number.parse().map_or(Cell::Empty, Cell::Number),
        (_, shown) => Cell::Text(shown.to_owned()),
    }));
    cells.push(Cell::Text(record.code().written()));
    cells
}

fn mentee(need: &Need, contact: &Contact) -> [Cell; 11] {
    let text = |text: &str| Cell::Text(text.to_owned());
    let joined = |parts: Vec<&str>| Cell::Text(parts.join("; "));
    let entries = || need.entries.iter();
    let entered = entries().filter_map(|entry| entry.decision.as_ref()).map(|decision| decision.on).min();
    // Whoever is about to join a group has that mentor from the order on.
    let fixed = || need.mentors.iter().filter(|mentor| !mentor.is_joining);
    let ends = fixed().map(|mentor| mentor.ends_on).max();
    let mentors: Vec<String> = fixed().map(|mentor| mentor.name.full()).collect();
    [
        text(&need.worker.name.full()),
        text(&need.worker.school.name),
        text(&need.worker.positions()),
        contact.born_on.map_or(Cell::Empty, |day| Cell::Number(chrono::Datelike::year(&day).into())),
        joined(entries().map(|entry| entry.category.title()).collect()),
        joined(entries().map(super::super::needs::Entry::ground).collect()),
        entered.map_or(Cell::Empty, Cell::Date),
        Cell::Text(mentors.join("; ")),
        joined(fixed().filter_map(|mentor| mentor.form).map(Form::title).collect()),
        joined(fixed().map(|mentor| mentor.place.as_str()).collect()),
        ends.map_or(Cell::Empty, Cell::Date),
    ]
}

fn mentor(member: &Member, contact: &Contact) -> [Cell; 11] {
    let text = |text: &str| Cell::Text(text.to_owned());
    let counts = |found: &&Mentoring| found.organization == member.school.id && !found.is_joining;
    let running = member.mentorings.iter().filter(counts);
    let mentees: Vec<String> =
        running.flat_map(|mentoring| &mentoring.mentees).map(|(_, name)| name.short()).collect();
    let achievements: Vec<&str> = member.achievements.iter().map(|known| known.title.as_str()).collect();
    let strengths: Vec<String> = member.terms.strengths.iter().map(|known| strength(known.domain)).collect();
    let known = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::Text);
    [
        text(&member.name.full()),
        text(&member.school.name),
        text(&member.positions()),
        known(&contact.phone),
        known(&contact.email),
        text(&member.subjects()),
        text(&member.qualifications()),
        Cell::Text(strengths.join("; ")),
        Cell::Text(achievements.join("; ")),
        Cell::Date(member.listed_on),
        Cell::Text(mentees.join("; ")),
    ]
}

fn strength(domain: Domain) -> String {
    format!("Д{} {}", domain.number(), domain.short())
}
