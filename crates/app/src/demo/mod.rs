//! The demo city: invented people of `demo/staff.xlsx`, and a few months of their work.
//!
//! Ground (territories, roles, ways in) is written directly; everything people do afterwards – banks, pairs,
//! papers, orders – is done through the router as the personas themselves, so that it obeys every rule.

mod browser;
mod city;
mod consents;
mod council;
mod diagnosis;
mod endings;
mod evaluations;
mod group;
mod kinds;
mod matching;
mod meetings;
mod mentors;
mod partnerships;
mod pathways;
mod program_base;
mod programs;
mod store;
mod talk;
mod tasks;
mod two;
mod work;

use anyhow::{Context, ensure};

use crate::kernel::state::App;

/// The password of every persona.
pub const PASSWORD: &str = "nastavnik-demo";

/// Logins of the demo and who stands behind them.
pub const PERSONAS: &[(&str, &str)] = &[
    ("admin", "Администратор системы"),
    ("department", "Специалист департамента"),
    ("support-center", "Методист опорного центра"),
    ("resource-center", "Методист ресурсного центра"),
    ("director", "Директор школы"),
    ("curator", "Куратор"),
    ("mentor", "Наставник"),
    ("mentee", "Наставляемый"),
    ("teacher", "Педагог без роли"),
    ("council", "Член совета наставников"),
    ("psychologist", "Педагог-психолог"),
    ("union", "Представитель профсоюза"),
    ("tutor", "Тьютор ЦНППМ"),
    ("region", "Специалист региона"),
    ("group-mentor", "Наставник группы"),
    ("group-mentee", "Наставляемый в группе"),
    ("newcomer", "Вступает в группу"),
    ("curator2", "Куратор другой школы"),
    ("mentor2", "Наставник другой школы"),
    ("mentee2", "Наставляемый другой школы"),
];

/// Fills an empty database with the demo city and prints the logins.
pub async fn fill(app: &App) -> anyhow::Result<()> {
    ensure!(store::is_empty(app.db.reader()).await?, "база не пуста: демонстрация заполняет только пустую");
    let city = city::build(app).await.context("не заполнен город")?;
    work::play(app, &city).await.context("не разыграна работа школ")?;
    println!("Демонстрационный город готов. Имена для входа (пароль у всех {PASSWORD}):");
    for (login, title) in PERSONAS {
        println!("  {login:<16} {title}");
    }
    Ok(())
}
