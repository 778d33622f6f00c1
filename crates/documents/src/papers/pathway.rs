//! The individual educational route of a teacher (ИОМ, п. 4.3.3): a paper of its owner, without number and signature.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet, Table, TableColumn, TableRow};
use crate::typography;
use crate::words::date_in_figures;

use super::requisites::Period;
use super::sentence;

/// A route with everything in it: the owner prints it and decides who reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EducationalRoute {
    /// Full name of the organization of the main job, nominative; may be empty.
    pub organization_full: String,
    /// Short name of the same; may be empty.
    pub organization_short: String,
    /// Full name of the teacher, nominative.
    pub name: String,
    /// Initials and surname.
    pub initials: String,
    pub period: Period,
    /// The day of the print.
    pub printed_on: NaiveDate,
    /// Rows of the passport: title and value, nominative; empty values are left out.
    pub passport: Vec<(String, String)>,
    /// The seven steps: title and when it was completed.
    pub steps: Vec<(String, String)>,
    /// Step 1: question and answer.
    pub self_image: Vec<(String, String)>,
    /// Step 2: domain and words.
    pub achievements: Vec<(String, String)>,
    /// Step 3: domain and words.
    pub difficulties: Vec<(String, String)>,
    /// Step 4: the four lists.
    pub lists: Vec<RouteList>,
    /// Why there is no roadmap.
    pub waived: Option<String>,
    /// Step 5.
    pub outcomes: Vec<RouteOutcome>,
    /// Step 6: day, reason, what has changed.
    pub corrections: Vec<(NaiveDate, String, String)>,
    /// Step 7: domain, was, became.
    pub reflection: Vec<(String, String, String)>,
    /// The day and the reason, if the route was ended before its last step.
    pub stopped: Option<(NaiveDate, String)>,
    /// How near to the self-image, 0 to 10.
    pub closeness: Option<u8>,
    /// Words of the reflection; may be empty.
    pub words: String,
    /// Yearly programs of mentoring, a line each.
    pub programs: Vec<String>,
    /// Address of the page, printed as a QR code.
    pub record_url: String,
}

/// One of the four lists of the roadmap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteList {
    pub title: String,
    pub lines: Vec<RouteLine>,
}

/// A line of the roadmap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteLine {
    pub what: String,
    /// Provider and hours, what is new, what is wanted.
    pub detail: String,
    pub period: Period,
    pub direction: String,
    /// Certificate of a course.
    pub document: String,
}

/// What a line has left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteOutcome {
    pub what: String,
    pub on: NaiveDate,
    pub product: String,
    pub link: String,
    pub attitude: String,
}

impl EducationalRoute {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.name.trim().is_empty() {
            return Err(PaperError::Empty("не указано, чей это маршрут"));
        }
        let mut paper = Composer::default();
        if !self.organization_full.trim().is_empty() {
            paper.push(Block::organization(&self.organization_full));
        }
        paper.push(Block::kind("ИНДИВИДУАЛЬНЫЙ ОБРАЗОВАТЕЛЬНЫЙ МАРШРУТ"));
        self.passport(&mut paper);
        self.words_of(&mut paper);
        self.roadmap(&mut paper);
        self.realization(&mut paper);
        self.reflection(&mut paper);
        paper.push(Block::own_signature(&date_in_figures(self.printed_on), &self.initials));
        let title = format!("Индивидуальный образовательный маршрут: {}", self.name);
        Ok(paper.finish(&title, &self.organization_short, &self.record_url))
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "other papers may have no date yet: one macro asks them all"
    )]
    pub(super) const fn dated(&self) -> Option<NaiveDate> {
        Some(self.printed_on)
    }

    fn passport(&self, paper: &mut Composer) {
        let mut rows = vec![("Педагог".to_owned(), self.name.clone())];
        rows.extend(self.passport.iter().filter(|(_, value)| !value.trim().is_empty()).cloned());
        rows.push(("Срок".to_owned(), self.period.in_words()));
        paper.push(Block::Table(table(&[("Паспорт маршрута", 55), ("Сведения", 115)], pairs(&rows))));
        paper.push(Block::subheading("Семь шагов"));
        paper.push(Block::Table(table(&[("Шаг", 85), ("Когда завершён", 85)], pairs(&self.steps))));
        if !self.programs.is_empty() {
            paper.push(Block::subheading("Программы наставничества по годам"));
            paper.extend(Block::items(&self.programs));
        }
    }

    fn words_of(&self, paper: &mut Composer) {
        let said: Vec<_> = self.self_image.iter().filter(|(_, words)| !words.trim().is_empty()).collect();
        if !said.is_empty() {
            paper.push(Block::subheading("1. Самоопределение"));
            for (question, words) in said {
                paper.paragraph(&format!("{question}:"));
                paragraphs(paper, words);
            }
        }
        for (title, rows) in [
            ("2. Достижения и личностные ресурсы", &self.achievements),
            ("3. Затруднения и дефициты", &self.difficulties),
        ] {
            if !rows.is_empty() {
                paper.push(Block::subheading(title));
                paper.push(Block::Table(table(&[("Область", 55), ("Что сказано", 115)], pairs(rows))));
            }
        }
    }

    fn roadmap(&self, paper: &mut Composer) {
        if let Some(reason) = &self.waived {
            paper.push(Block::subheading("4. Дорожная карта"));
            paper.paragraph(&sentence(&format!("Дорожная карта не нужна: {reason}")));
            return;
        }
        if self.lists.iter().all(|list| list.lines.is_empty()) {
            return;
        }
        paper.push(Block::subheading("4. Дорожная карта"));
        for list in self.lists.iter().filter(|list| !list.lines.is_empty()) {
            paper.paragraph(&format!("{}:", list.title));
            let rows = list.lines.iter().map(RouteLine::row).collect();
            let columns = [("Что", 58), ("Подробности", 48), ("Срок", 30), ("Направление", 34)];
            paper.push(Block::Table(table(&columns, rows)));
        }
    }

    fn realization(&self, paper: &mut Composer) {
        if !self.outcomes.is_empty() {
            paper.push(Block::subheading("5. Реализация: продукты и отношение к ним"));
            let row = |one: &RouteOutcome| {
                vec![
                    vec![one.what.clone(), date_in_figures(one.on)],
                    vec![one.product.clone(), one.link.clone()],
                    vec![one.attitude.clone()],
                ]
            };
            let rows = self.outcomes.iter().map(row).collect();
            paper.push(Block::Table(table(&[("Мероприятие", 55), ("Продукт", 70), ("Отношение", 45)], rows)));
        }
        if !self.corrections.is_empty() {
            paper.push(Block::subheading("6. Корректировки"));
            let row = |(on, reason, what): &(NaiveDate, String, String)| {
                vec![vec![date_in_figures(*on)], vec![reason.clone()], vec![what.clone()]]
            };
            let rows = self.corrections.iter().map(row).collect();
            paper.push(Block::Table(table(&[("Дата", 24), ("Причина", 58), ("Что изменено", 88)], rows)));
        }
    }

    fn reflection(&self, paper: &mut Composer) {
        if self.reflection.is_empty() && self.closeness.is_none() && self.words.trim().is_empty() {
            return;
        }
        paper.push(Block::subheading("7. Рефлексивный анализ"));
        if let Some((on, reason)) = &self.stopped {
            let text =
                format!("Маршрут завершён раньше срока {}. Причина: {}", date_in_figures(*on), reason.trim());
            paper.paragraph(&sentence(&text));
        }
        if !self.reflection.is_empty() {
            let row = |(domain, was, became): &(String, String, String)| {
                vec![vec![domain.clone()], vec![was.clone()], vec![became.clone()]]
            };
            let rows = self.reflection.iter().map(row).collect();
            paper.push(Block::Table(table(&[("Затруднение", 40), ("Было", 60), ("Стало", 70)], rows)));
        }
        if let Some(closeness) = self.closeness {
            paper.paragraph(&format!("Близость к желаемому образу: {closeness} из 10."));
        }
        paragraphs(paper, &self.words);
    }
}

impl RouteLine {
    fn row(&self) -> Vec<Vec<String>> {
        let term = format!("{} – {}", date_in_figures(self.period.from), date_in_figures(self.period.to));
        let mut detail = vec![self.detail.clone()];
        if !self.document.trim().is_empty() {
            detail.push(self.document.clone());
        }
        vec![vec![self.what.clone()], detail, vec![term], vec![self.direction.clone()]]
    }
}

fn paragraphs(paper: &mut Composer, words: &str) {
    for line in words.lines().filter(|line| !line.trim().is_empty()) {
        paper.paragraph(&sentence(line));
    }
}

fn pairs(rows: &[(String, String)]) -> Vec<Vec<Vec<String>>> {
    rows.iter().map(|(title, words)| vec![vec![title.clone()], lines(words)]).collect()
}

fn lines(words: &str) -> Vec<String> {
    words.lines().map(str::to_owned).collect()
}

fn table(columns: &[(&str, u32)], rows: Vec<Vec<Vec<String>>>) -> Table {
    let set = |cell: Vec<String>| {
        cell.iter().map(|text| typography::set(text)).filter(|text| !text.is_empty()).collect()
    };
    let row =
        |cells: Vec<Vec<String>>| TableRow { cells: cells.into_iter().map(set).collect(), breakable: true };
    Table {
        columns: columns.iter().map(|(title, width)| TableColumn::new(title, *width)).collect(),
        rows: rows.into_iter().map(row).collect(),
        row_height: 0,
    }
}
