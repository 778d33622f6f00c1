//! Finding the header row and proposing what each column means.

use super::cell::Cell;
use super::column::Column;
use super::mapping::{MappedColumn, Mapping, MappingError};
use super::text::{search_key, squeeze};
use super::title::list_date;
use super::values::Shapes;

/// The header is looked for in this many first rows.
pub const HEADER_DEPTH: u32 = 30;
/// This many first rows are enough for [`detect`]: the header and a sample of values below it.
pub const SAMPLE_ROWS: u32 = 90;

/// A row of the sheet with its number, from 1. Rows without cells may be absent.
pub type SheetRow = (u32, Vec<Cell>);

/// Heading words of each meaning. Every stem must begin some word of the heading; `=` asks for the whole word.
/// Headings match the pattern with most stems, so «дат прием» wins over «организац».
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Ordinal, &["=№", "=п =п", "=пп", "=№п", "=no", "=n", "номер поряд"]),
    (
        Column::FullName,
        &[
            "=фио",
            "=ф =и =о",
            "=ф =и",
            "фамили имя",
            "фамили им отч",
            "полн имя",
            "сотрудник",
            "работник",
            "педагог",
            "учител",
        ],
    ),
    (Column::Surname, &["фамили", "=фам"]),
    (Column::Given, &["=имя"]),
    (Column::Patronymic, &["отчеств", "=отч"]),
    (Column::Gender, &["=пол"]),
    (Column::BornOn, &["рожд", "дат рожд", "=д =р", "=др", "год рожд", "число месяц год рожд"]),
    (Column::Position, &["должност", "занимаем должност", "наименован должност", "=долж"]),
    (Column::Subject, &["предмет", "дисциплин", "преподаваем предмет", "учебн предмет"]),
    (Column::PositionWithSubject, &["должност предмет", "должност дисциплин", "занимаем должност предмет"]),
    (
        Column::Qualification,
        &[
            "категор",
            "квалификацион",
            "кв кат",
            "квалификационн категор",
            "=кк",
            "результат аттестац",
            "аттестац",
        ],
    ),
    (Column::Education, &["образовани", "уровен образовани", "=обр"]),
    (
        Column::TeachingSince,
        &[
            "начал пед",
            "дат начал пед",
            "пед деятельност с",
            "пед стаж =с",
            "дат начал пед деятельност",
            "начал трудов деятельност",
        ],
    ),
    (Column::TeachingYears, &["стаж", "пед стаж", "стаж пед работ", "педстаж", "стаж пед деятельност"]),
    (
        Column::HiredOn,
        &[
            "дат прием",
            "дат прием организац",
            "прием на работ",
            "принят",
            "=в данн =оо",
            "=в данн =оу",
            "=в данн =с",
            "в данн организац",
            "в данн учрежден",
            "в данн школ",
            "работает =с",
            "в организац =с",
            "в школ =с",
            "дат поступлен",
            "дат трудоустр",
            "дат начал работ",
            "дат прием работ организац",
            "дат прием образовательн организац",
        ],
    ),
    (
        Column::Organization,
        &[
            "организац",
            "=оо",
            "=оу",
            "учрежден",
            "школ",
            "мест работ",
            "образовательн организац",
            "образовательн учрежден",
        ],
    ),
    (Column::Share, &["ставк", "дол ставк", "размер ставк", "объем ставк", "занят ставк"]),
    (
        Column::Phone,
        &["=тел", "телеф", "моб", "сотов", "контактн", "номер телеф", "контактн телеф", "моб телеф"],
    ),
    (
        Column::Email,
        &[
            "email",
            "=e =mail",
            "=mail",
            "почт",
            "электрон почт",
            "=эл почт",
            "адрес почт",
            "адрес электрон почт",
        ],
    ),
    (Column::PersonnelNumber, &["табельн", "=таб"]),
    (
        Column::Ignore,
        &[
            "общ стаж",
            "стаж общ",
            "стаж в данн",
            "стаж в организац",
            "стаж в должност",
            "стаж в =оо",
            "дат категор",
            "дат аттест",
            "дат присвоен категор",
            "срок действ категор",
            "повышен квалификац",
            "курс",
            "учебн завед",
            "специальност",
            "диплом",
            "примечан",
            "нагрузк",
            "час",
            "дат увольнен",
            "адрес",
            "паспорт",
            "снилс",
            "приказ",
            "награ",
            "класс",
        ],
    ),
];

/// Finds the header within the first [`HEADER_DEPTH`] rows and proposes the meaning of each column by the words
/// of the header and by the values below. The proposal may still fail [`Mapping::validate`]: the user completes it.
pub fn detect(rows: &[SheetRow]) -> Result<Mapping, MappingError> {
    let mut best: Option<(usize, usize, Vec<String>)> = None;
    for (place, (number, _)) in rows.iter().enumerate() {
        if *number > HEADER_DEPTH {
            break;
        }
        // A header of two rows («Стаж» over «общий | педагогический») is taken only when it tells more.
        for height in 1..=2 {
            let Some(headings) = headings(rows, place, height) else { continue };
            let score = recognized(&headings);
            if score >= 2 && best.as_ref().is_none_or(|(highest, ..)| score > *highest) {
                best = Some((score, place + height - 1, headings));
            }
        }
    }
    let Some((_, last, headings)) = best else { return Err(MappingError::NoHeader) };
    let title = title_of(&rows[..=last], &headings);
    Ok(Mapping {
        header_row: rows[last].0,
        columns: propose(&headings, &rows[last + 1..]),
        list_date: list_date(&title),
        title,
    })
}

fn headings(rows: &[SheetRow], place: usize, height: usize) -> Option<Vec<String>> {
    let (number, top) = &rows[place];
    if height == 1 {
        return Some(top.iter().map(Cell::shown).collect());
    }
    let (_, below) = rows.get(place + 1).filter(|(next, _)| *next == number + 1)?;
    let width = top.len().max(below.len());
    let mut over = String::new();
    let shown = |row: &[Cell], column: usize| row.get(column).map(Cell::shown).unwrap_or_default();
    let joined = (0..width).map(|column| {
        let (upper, lower) = (shown(top, column), shown(below, column));
        if !upper.is_empty() {
            over = upper;
        } else if lower.is_empty() {
            return String::new();
        }
        // A merged heading stands in its first cell only and covers the cells to the right.
        squeeze(&format!("{over} {lower}"))
    });
    Some(joined.collect())
}

/// How many different meanings a row of headings has; 0 when there is no name among them.
fn recognized(headings: &[String]) -> usize {
    let mut meanings: Vec<Column> =
        headings.iter().filter_map(|heading| by_words(heading)).filter(|column| column.is_loaded()).collect();
    meanings.sort_unstable();
    meanings.dedup();
    let named = meanings.contains(&Column::FullName) || meanings.contains(&Column::Surname);
    if named { meanings.len() } else { 0 }
}

/// The meaning by the words of a heading.
fn by_words(heading: &str) -> Option<Column> {
    const LONGEST_HEADING: usize = 160;
    if heading.chars().count() > LONGEST_HEADING {
        return None;
    }
    let key: String = search_key(heading)
        .chars()
        .map(|sign| if sign.is_alphanumeric() || sign == '№' { sign } else { ' ' })
        .collect();
    let words: Vec<&str> = key.split_whitespace().collect();
    let fits = |pattern: &str| {
        pattern.split(' ').all(|stem| match stem.strip_prefix('=') {
            Some(whole) => words.contains(&whole),
            None => words.iter().any(|word| word.starts_with(stem)),
        })
    };
    let weight = |pattern: &str| (pattern.split(' ').count(), pattern.chars().count());
    HEADINGS
        .iter()
        .flat_map(|(column, patterns)| patterns.iter().map(move |pattern| (*column, *pattern)))
        .filter(|(_, pattern)| fits(pattern))
        .max_by_key(|(_, pattern)| weight(pattern))
        .map(|(column, _)| column)
}

fn title_of(rows: &[SheetRow], headings: &[String]) -> String {
    let lines = rows.iter().filter_map(|(_, cells)| {
        let line = squeeze(&cells.iter().map(Cell::shown).collect::<Vec<_>>().join(" "));
        let is_header = cells.iter().map(Cell::shown).any(|text| {
            !text.is_empty()
                && headings.iter().any(|heading| heading.starts_with(&text) && by_words(&text).is_some())
        });
        (!line.is_empty() && !is_header).then_some(line)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn propose(headings: &[String], below: &[SheetRow]) -> Vec<MappedColumn> {
    let width = below.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0).max(headings.len());
    let mut columns: Vec<MappedColumn> = (0..width)
        .map(|index| {
            let heading = headings.get(index).cloned().unwrap_or_default();
            let shapes = Shapes::of(below.iter().filter_map(|(_, cells)| cells.get(index)));
            let (meaning, confidence) = meaning_of(&heading, shapes);
            MappedColumn { index, heading, meaning, confidence }
        })
        .filter(|column| !column.heading.is_empty() || column.meaning != Column::Ignore)
        .collect();
    resolve(&mut columns);
    columns
}

fn meaning_of(heading: &str, shapes: Shapes) -> (Column, u8) {
    let Some(named) = by_words(heading) else {
        return shapes.suggest().map_or((Column::Ignore, 50), |meaning| (meaning, 50));
    };
    let meaning = shapes.correct(named);
    match shapes.fit(meaning) {
        _ if meaning != named => (meaning, 80),
        Some(true) => (meaning, 95),
        None => (meaning, 85),
        Some(false) => match shapes.suggest() {
            Some(better) => (better, 50),
            None => (meaning, 40),
        },
    }
}

/// Leaves each meaning to the surest column (the leftmost of equals) and drops what contradicts it.
fn resolve(columns: &mut [MappedColumn]) {
    for place in 0..columns.len() {
        let MappedColumn { meaning, confidence, .. } = columns[place];
        let beaten = columns.iter().enumerate().any(|(other, column)| {
            column.meaning == meaning
                && (column.confidence > confidence || (column.confidence == confidence && other < place))
        });
        if beaten && meaning.is_single() {
            columns[place].meaning = Column::Ignore;
            columns[place].confidence = 50;
        }
    }
    let has = |columns: &[MappedColumn], meaning| columns.iter().any(|column| column.meaning == meaning);
    let apart = has(columns, Column::Surname) && has(columns, Column::Given);
    let losers = [
        (
            if apart { Column::FullName } else { Column::Surname },
            has(columns, Column::FullName) && has(columns, Column::Surname),
        ),
        (Column::Position, has(columns, Column::PositionWithSubject)),
        (Column::TeachingYears, has(columns, Column::TeachingSince)),
    ];
    for (loser, _) in losers.into_iter().filter(|(_, contradicted)| *contradicted) {
        for column in columns.iter_mut().filter(|column| column.meaning == loser) {
            column.meaning = Column::Ignore;
        }
    }
}
