//! Two runs side by side, in words.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::matching::{Change, Comparison, compare};
use nastavnik_domain::russian::count;
use uuid::Uuid;

use super::sight::{Sight, Told, visible};
use super::store::RunRow;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, page};

#[derive(Template)]
#[template(path = "matching/comparison.html")]
struct ComparisonPage {
    layout: Layout,
    sides: [Side; 2],
    /// What changes altogether, a sentence each.
    words: Vec<String>,
    lines: Vec<Line>,
}

struct Side {
    title: &'static str,
    href: String,
    day: NaiveDate,
    by: String,
    matched: u64,
    mentees: u64,
}

struct Line {
    mentee: String,
    before: String,
    after: String,
}

/// The run of the address is what would be, the other one what it is compared with.
pub(super) async fn show(ctx: Ctx, Path((id, other)): Path<(Uuid, Uuid)>) -> Outcome {
    let (now, before) = (visible(&ctx, id).await?, visible(&ctx, other).await?);
    if now.sight(&ctx) == Sight::Numbers || before.sight(&ctx) == Sight::Numbers {
        return Err(AppError::NotFound);
    }
    let (Some(two), Some(one)) = (Told::load(&ctx, &now).await?, Told::load(&ctx, &before).await?) else {
        return Err(AppError::Conflict(
            "Сравнить можно только законченные подборы. Подождите, пока подбор досчитается".to_owned(),
        ));
    };
    let comparison = compare(&one.result, &two.result);
    let mut changes = comparison.changes.clone();
    two.sort(&mut changes, |change| change.mentee);
    let mut layout = ctx.layout("Сравнение подборов").await?;
    layout.crumbs = vec![
        Crumb::new("/matching", "Подбор"),
        Crumb::new(now.href(), format!("Подбор: {}", now.place_name())),
    ];
    page(&ComparisonPage {
        layout,
        words: words(&comparison),
        lines: changes.into_iter().map(|change| line(&one, &two, change)).collect(),
        sides: [side("Было", &before), side("Стало", &now)],
    })
}

fn side(title: &'static str, run: &RunRow) -> Side {
    Side {
        title,
        href: run.href(),
        day: run.run_on,
        by: run.by(),
        matched: run.matched.unsigned_abs(),
        mentees: run.mentees.unsigned_abs(),
    }
}

fn line(one: &Told, two: &Told, change: Change) -> Line {
    let told = |side: &Told, pair: Option<(nastavnik_domain::ids::PersonId, u16)>| match pair {
        Some((mentor, score)) => {
            let points = count(u64::from(score), "балл", "балла", "баллов");
            format!("{}, {points}", side.name(mentor).short())
        }
        None => "без наставника".to_owned(),
    };
    let name = [two, one].into_iter().map(|side| side.name(change.mentee)).find(|name| !name.is_hidden());
    Line {
        mentee: name.unwrap_or_else(nastavnik_domain::person::FullName::hidden).full(),
        before: told(one, change.before),
        after: told(two, change.after),
    }
}

/// What changes altogether.
fn words(comparison: &Comparison) -> Vec<String> {
    let by = |difference: i64, [one, few, many]: [&str; 3]| {
        let amount = count(difference.unsigned_abs(), one, few, many);
        format!("{} на {amount}", if difference > 0 { "больше" } else { "меньше" })
    };
    let pairs = match comparison.matched {
        0 => "Пар столько же.".to_owned(),
        more => format!("Пар {}.", by(more, ["пару", "пары", "пар"])),
    };
    let points = match comparison.score {
        0 => "Баллов столько же.".to_owned(),
        more => format!("Баллов {}.", by(more, ["балл", "балла", "баллов"])),
    };
    let mut words = vec![pairs, points];
    if let (Some(before), Some(after)) = comparison.lowest
        && before != after
    {
        words.push(format!("Самая низкая оценка пары: была {before}, стала {after}."));
    }
    words.push(match comparison.changes.len() {
        0 => "Ни у кого ничего не изменилось.".to_owned(),
        some => format!(
            "Изменение касается: {}.",
            count(some as u64, "наставляемый", "наставляемых", "наставляемых")
        ),
    });
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_reads_as_a_sentence() {
        let comparison =
            Comparison { changes: Vec::new(), matched: -1, score: 22, lowest: (Some(300), Some(250)) };
        let told = words(&comparison).join(" ").replace('\u{a0}', " ");
        assert_eq!(
            told,
            "Пар меньше на 1 пару. Баллов больше на 22 балла. Самая низкая оценка пары: была 300, стала 250. Ни у кого ничего не изменилось."
        );
        let same = Comparison { changes: Vec::new(), matched: 0, score: 0, lowest: (None, None) };
        assert_eq!(words(&same)[..2], ["Пар столько же.", "Баллов столько же."]);
    }
}
