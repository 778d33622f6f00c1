//! The paper of an application or a petition (F7): printed and numbered here, kept by the slice that received it.
//!
//! It is no document of the pair: curators read the papers of their organization, and the curator may be the mentor. A
//! petition that passes the curator by has a register of its own, so that no missing number betrays it.

use anyhow::Context;
use chrono::{Datelike, NaiveDate};
use nastavnik_documents::papers::{Addressee, Asks, Author, Petition};
use nastavnik_domain::petition::{Kind, Receiver};
use nastavnik_domain::russian::{Case, decline_position};
use uuid::Uuid;

use super::{issue, store, wording};
use crate::kernel::change::Change;
use crate::kernel::state::App;
use crate::pairs::{Pair, Participant, Side};

/// A petition as its author wrote it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: Uuid,
    pub applicant: Uuid,
    pub kind: Kind,
    pub receiver: Receiver,
    pub filed_on: NaiveDate,
    pub last_day: NaiveDate,
    pub reason: String,
    pub wish: String,
}

/// The number and the two files of a paper that another slice keeps.
#[derive(Clone, Debug)]
pub struct Kept {
    pub label: String,
    pub pdf: Uuid,
    pub docx: Uuid,
}

/// Gives the petition the next number of its register and prints it within the change.
pub async fn print_petition(app: &App, change: &Change, pair: &Pair, asked: &Asked) -> anyhow::Result<Kept> {
    let (register, letters) = match asked.receiver {
        Receiver::Curator => ("petition", "ЗН"),
        Receiver::Director | Receiver::Council => ("petition_apart", "ЗР"),
    };
    let year = asked.filed_on.year();
    let number = store::next_number(change.tx(), pair.organization, register, year).await?;
    let label = format!("{number}-{letters}/{year}");
    let addressee = addressee(change, pair, asked).await?;
    let record_url = format!("{}/petitions/{}", app.config.public_url, asked.id);
    let paper = compose(pair, asked, addressee, &label, record_url)?;
    let name = format!("Заявление {}", label.replace('/', "-"));
    let printed = issue::print(app, change, paper, &name, pair.organization).await?;
    Ok(Kept { label, pdf: printed.pdf, docx: printed.docx })
}

/// The head of the organization; the council where the head takes part.
async fn addressee(change: &Change, pair: &Pair, asked: &Asked) -> anyhow::Result<Addressee> {
    let to = issue::recipient(change.tx(), pair.organization, asked.filed_on).await?;
    if asked.receiver != Receiver::Council {
        return Ok(to.addressee);
    }
    Ok(Addressee {
        position_dative: "В совет наставников".to_owned(),
        organization: to.school.short_name,
        name_dative: String::new(),
    })
}

fn compose(
    pair: &Pair,
    asked: &Asked,
    addressee: Addressee,
    label: &str,
    record_url: String,
) -> anyhow::Result<Petition> {
    let own = |person: &&Participant| person.person == asked.applicant;
    let author = pair.people().find(own).context("автора заявления нет в паре")?;
    let side = if pair.mentor.person == asked.applicant { Side::Mentor } else { Side::Mentee };
    let mentor = |case| wording::whom(&pair.mentor, pair.form, Side::Mentor, case);
    let asks = match asked.kind {
        Kind::LayDown => Asks::LayDown {
            mentees_genitive: pair
                .staying()
                .map(|mentee| wording::whom(mentee, pair.form, Side::Mentee, Case::Genitive))
                .collect(),
        },
        Kind::Replace => Asks::Replace { mentor_accusative: mentor(Case::Accusative) },
        Kind::End => Asks::End { mentor: mentor(Case::Nominative) },
    };
    Ok(Petition {
        addressee,
        author: Author {
            position_genitive: decline_position(&wording::position(author, pair.form, side), Case::Genitive),
            name_genitive: wording::full(author, Case::Genitive),
            initials: author.name.signature(),
        },
        asks,
        last_day: asked.last_day,
        reason: asked.reason.clone(),
        wish: asked.wish.clone(),
        number: label.to_owned(),
        filed_on: asked.filed_on,
        record_url,
    })
}
