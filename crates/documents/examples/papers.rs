//! Writes a sample of each paper into the folder named by the only argument: for people to look at and to sign off.
//! `papers --orders N docx|pdf FOLDER` writes many orders of twenty pairs instead: our side of `bench/orders`.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::error::Error;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use nastavnik_documents::PaperError;
use nastavnik_documents::papers::{OrderClause, data_consents_pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--orders", count, format, folder] => many_orders(count.parse()?, format, Path::new(folder)),
        [folder] => one_of_each(Path::new(folder)),
        _ => Err("Укажите папку, в которую записать образцы.".into()),
    }
}

fn one_of_each(folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let moment: DateTime<Utc> = "2026-09-28T06:00:00Z".parse()?;

    macro_rules! write {
        ($name:literal, $paper:expr) => {{
            let paper = $paper;
            both(folder, $name, paper.docx()?, paper.pdf(moment))?;
        }};
    }
    write!("consent-mentor", samples::mentor_consent());
    write!("consent-mentor-group", samples::mentor_consent_group());
    write!("consent-mentee", samples::mentee_agreement());
    write!("petition", samples::petition());
    write!("consent-data", samples::data_consent());
    write!("agreement", samples::agreement());
    write!("agreement-unpaid-draft", samples::agreement_unpaid());
    write!("order-1-draft", samples::order(1, None));
    write!("order-3", samples::order(3, Some("15-О")));
    write!("order-25", samples::order(25, Some("15-О")));
    write!("order-60", samples::order(60, Some("15-О")));
    write!("ending", samples::ending());
    write!("amending", samples::amending());
    write!("cooperation", samples::cooperation());
    write!("minutes", samples::minutes());
    write!("petition", samples::petition());
    write!("route", samples::route());
    write!("program", samples::program(1));
    write!("program-group", samples::program(4));
    write!("program-shared", samples::shared_program());
    write!("evaluation-part", samples::evaluation_part());
    write!("evaluation-sheet", samples::evaluation_sheet());
    let blanks = data_consents_pdf(&[samples::data_consent(), samples::data_consent()], moment)?;
    fs::write(folder.join("consents-data.pdf"), blanks)?;
    fs::write(folder.join("speed-cards.pdf"), samples::speed_cards(12).pdf(moment)?)?;
    fs::write(folder.join("slips.pdf"), samples::slips(11).pdf(moment)?)?;
    Ok(())
}

fn both(
    folder: &Path,
    name: &str,
    docx: Vec<u8>,
    pdf: Result<Vec<u8>, PaperError>,
) -> Result<(), Box<dyn Error>> {
    fs::write(folder.join(format!("{name}.docx")), docx)?;
    fs::write(folder.join(format!("{name}.pdf")), pdf?)?;
    Ok(())
}

fn many_orders(count: usize, format: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let moment: DateTime<Utc> = "2026-09-28T06:00:00Z".parse()?;
    for number in 1..=count {
        let mut order = samples::order(20, Some(&format!("{number}-О")));
        while order.clauses.len() < 8 {
            let text =
                format!("Пункт {}: обеспечить условия для работы наставников.", order.clauses.len() + 2);
            order.clauses.push(OrderClause { text, subclauses: Vec::new() });
        }
        let content = if format == "docx" { order.docx()? } else { order.pdf(moment)? };
        fs::write(folder.join(format!("{number}.{format}")), content)?;
    }
    println!("{count} orders in {}", folder.display());
    Ok(())
}
