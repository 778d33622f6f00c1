//! The page that shows every component with an example: `/dev/ui`, in the demonstration only.

use askama::Template;
use chrono::NaiveDate;

use super::forms::{Choice, Form, FormData};
use super::page::{Layout, Listing, Step, StepState, Tab, Tone, filters};

/// Every component once or more, in the states that matter.
#[derive(Debug, Template)]
#[template(path = "dev_ui.html")]
pub struct DevUiPage {
    layout: Layout,
    fresh: Form,
    returned: Form,
    subjects: Vec<Choice>,
    forms_of_work: Vec<Choice>,
    list: Listing,
    rows: Vec<Row>,
    steps: Vec<Step>,
    tabs: Vec<Tab>,
    today: NaiveDate,
}

#[derive(Debug)]
struct Row {
    name: &'static str,
    position: &'static str,
    hired: Option<NaiveDate>,
    tone: Tone,
    state: &'static str,
    meetings: u32,
}

impl DevUiPage {
    /// The page around a layout made by the caller, with the list ordered and paged by the address's `query`.
    pub fn new(layout: Layout, query: &[(String, String)]) -> Self {
        let subjects = subjects();
        let forms_of_work = forms_of_work();
        Self {
            layout,
            fresh: Form::blank()
                .with("form", "individual")
                .with("subjects", "math")
                .with("since", "2026-09-01"),
            returned: returned(&forms_of_work, &subjects),
            subjects,
            forms_of_work,
            list: Listing::new("/dev/ui", query, 50, 1_706),
            rows: rows(),
            steps: steps(),
            tabs: tabs(),
            today: day(2026, 10, 1).unwrap_or_default(),
        }
    }
}

/// A form as it comes back with mistakes: made by the readers themselves.
fn returned(forms_of_work: &[Choice], subjects: &[Choice]) -> Form {
    let sent = [
        ("surname", ""),
        ("until", "31.02.2027"),
        ("hours", "400"),
        ("goal", "Освоить программу курса."),
        ("form", ""),
    ];
    let pairs = sent.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let mut form = Form::new(FormData::from_pairs(pairs));
    form.required_text("surname", "Фамилия", 100);
    form.required_date("until", "Окончание");
    form.required_integer("hours", "Часов в месяц", 1..=36);
    form.required_paragraphs("goal", "Цель", 2_000);
    form.required_choice("form", "Форма", forms_of_work);
    form.choices("subjects", "Предметы", subjects);
    form
}

fn subjects() -> Vec<Choice> {
    vec![
        Choice::new("math", "Математика"),
        Choice::new("russian", "Русский язык и литература"),
        Choice::new("physics", "Физика"),
    ]
}

fn forms_of_work() -> Vec<Choice> {
    vec![
        Choice::new("individual", "Индивидуальная").with_hint("Один наставник и один наставляемый"),
        Choice::new("group", "Групповая").with_hint("Один наставник и несколько наставляемых"),
    ]
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn rows() -> Vec<Row> {
    let row =
        |name, position, hired, tone, state, meetings| Row { name, position, hired, tone, state, meetings };
    vec![
        row("Абдуллина Г. Р.", "Учитель математики", day(2026, 8, 26), Tone::Wait, "Ждёт подбора", 0),
        row(
            "Ёлкин С. П.",
            "Учитель физической культуры",
            day(2025, 9, 1),
            Tone::Done,
            "Наставничество идёт",
            14,
        ),
        row("Жуковская-Тихомирова А. В.", "Педагог-психолог", day(2024, 8, 23), Tone::Late, "Нет приказа", 3),
        row("Кузнецова М. И.", "Учитель начальных классов", None, Tone::Draft, "Черновик программы", 1_204),
        row("Цой В. А.", "Воспитатель", day(2023, 1, 9), Tone::Closed, "Завершено", 21),
        row("Щербак О. Н.", "Учитель-логопед", day(2026, 9, 1), Tone::Plan, "Начнётся 1 октября", 0),
    ]
}

fn tabs() -> Vec<Tab> {
    let tab = |href, title| Tab::new(href, title, "/dev/ui");
    vec![
        tab("/dev/ui", "Общее"),
        tab("/dev/ui?tab=papers", "Документы"),
        tab("/dev/ui?tab=history", "История"),
    ]
}

fn steps() -> Vec<Step> {
    vec![
        Step::new("Согласие наставника", "получено 02.09.2026", StepState::Done),
        Step::new("Согласие наставляемого", "получено 03.09.2026", StepState::Done),
        Step::new("Дополнительное соглашение", "ждёт подписи", StepState::Now),
        Step::new("Приказ директора", "впереди", StepState::Ahead),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::page::{Brand, Crumb, DemoSign, Flash, NavGroup, NavItem, Persona, UserMenu};
    use super::*;

    fn layout() -> Layout {
        let section = |href, title, icon| NavItem::new(href, title, icon, "/dev/ui");
        let persona = |login: &str, title: &str| Persona { login: login.to_owned(), title: title.to_owned() };
        Layout {
            brand: Brand { municipality: "Город Заозёрный".to_owned(), ..Brand::default() },
            user: Some(UserMenu {
                account: uuid::Uuid::nil(),
                short_name: "Иванова А. А.".to_owned(),
                role_title: "Куратор".to_owned(),
                organization: "Средняя школа № 1".to_owned(),
            }),
            navigation: vec![
                NavGroup { title: "", items: vec![section("/", "Главная", "home")] },
                NavGroup {
                    title: "Наставничество",
                    items: vec![
                        section("/bank", "Кому нужен наставник", "user-check"),
                        section("/pairs", "Пары и группы", "heart-handshake"),
                        section("/dev/ui", "Части страниц", "list-check"),
                    ],
                },
            ],
            demo: Some(DemoSign {
                personas: vec![
                    persona("director", "Директор школы № 1"),
                    persona("curator", "Куратор школы № 1"),
                ],
                current: "curator".to_owned(),
            }),
            flash: Some(Flash {
                tone: Tone::Done, text: "Приказ № 17-О от 1 октября подписан.".to_owned()
            }),
            path: "/dev/ui".to_owned(),
            crumbs: vec![Crumb::new("/", "Главная")],
            ..Layout::titled("Части страниц")
        }
    }

    #[test]
    fn every_component_is_shown_and_nothing_breaks_the_content_policy() {
        let html = DevUiPage::new(layout(), &[("sort".to_owned(), "-name".to_owned())]).render().unwrap();
        for part in [
            "class=\"errors\"",
            "aria-sort=\"descending\"",
            "Показаны 1–50",
            "class=\"steps\"",
            "<progress",
            "type=\"file\"",
        ] {
            assert!(html.contains(part), "{part}");
        }
        for refused in [" style=", "<style", "javascript:", " onclick=", " onchange=", "http://", "https://"]
        {
            assert!(!html.contains(refused), "{refused}");
        }
        assert_eq!(html.matches("<script").count(), 1);
    }

    #[test]
    fn identifiers_of_a_page_are_unique() {
        let html = DevUiPage::new(layout(), &[]).render().unwrap();
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }

    #[test]
    fn what_was_typed_comes_back_with_its_mistake() {
        let html = DevUiPage::new(layout(), &[]).render().unwrap();
        assert!(html.contains("type=\"text\" id=\"f-until\" name=\"until\" required aria-invalid=\"true\""));
        assert!(html.contains("value=\"31.02.2027\"") && html.contains("value=\"400\""));
        assert!(html.contains("href=\"#f-surname\""));
    }
}
