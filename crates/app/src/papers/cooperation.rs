//! The paper of an agreement of cooperation (F12), from its record and the records of the heads.

use anyhow::Context;
use nastavnik_documents::papers::{CooperationAgreement, Head, Letterhead, Party, PayingParty, Period};
use nastavnik_domain::consent::Kind;
use nastavnik_domain::partnership::Payer;
use nastavnik_domain::person::{FullName, Gender};
use nastavnik_domain::russian::{Case, decline_full, decline_position, guess_gender};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::issue;
use super::wording;
use crate::pairs;
use crate::partnerships::{Agreement, Outside};

const HEADING: &str = "О сотрудничестве в наставничестве педагогических работников";

/// The agreement as it is printed to be signed. The heads are those of its day.
pub async fn cooperation(
    connection: &impl ConnectionTrait,
    agreement: &Agreement,
    record_url: String,
) -> anyhow::Result<CooperationAgreement> {
    let (first, place) = here(connection, agreement.maker, agreement).await?;
    let second = match agreement.partner {
        Some(partner) => here(connection, partner, agreement).await?.0,
        None => outside(agreement),
    };
    let days = agreement.terms.period;
    let line = |line: &str| line.trim().to_owned();
    Ok(CooperationAgreement {
        letterhead: Letterhead {
            organization_full: first.full.clone(),
            organization_short: first.short.clone(),
            place,
            number: Some(agreement.number.clone()),
            date: Some(agreement.dated_on),
            heading: HEADING.to_owned(),
            record_url,
        },
        first,
        second,
        subject: agreement.subject.lines().map(line).filter(|line| !line.is_empty()).collect(),
        payer: match agreement.payer {
            Payer::Maker => PayingParty::First,
            Payer::Partner => PayingParty::Second,
        },
        consents: agreement.consents.iter().copied().map(consent).collect(),
        period: Period { from: days.from(), to: days.last_day().unwrap_or(days.from()) },
    })
}

/// A party of this installation and where it is.
async fn here(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    agreement: &Agreement,
) -> anyhow::Result<(Party, String)> {
    let school = pairs::school(connection, organization).await?.context("нет такой организации")?;
    let maker = issue::maker(connection, organization, agreement.dated_on).await?;
    let head = maker.map(|maker| {
        let signatory = maker.signatory();
        let position = decline_position(&signatory.position.to_lowercase(), Case::Genitive);
        Head {
            represented_by_genitive: format!("{position} {}", wording::full(&maker.director, Case::Genitive)),
            acting: acting(maker.director.gender).to_owned(),
            position: signatory.position,
            initials: signatory.name,
        }
    });
    let place = school.place.clone();
    Ok((
        Party { full: school.full_name, short: school.short_name, head, details: vec![place.clone()] },
        place,
    ))
}

/// A partner known by words alone.
fn outside(agreement: &Agreement) -> Party {
    let Outside { inn, address, .. } = &agreement.outside;
    let inn = (!inn.is_empty()).then(|| format!("ИНН {inn}"));
    Party {
        full: agreement.partner_name.clone(),
        short: agreement.partner_name.clone(),
        head: head(&agreement.outside),
        details: inn.into_iter().chain(Some(address.clone()).filter(|text| !text.is_empty())).collect(),
    }
}

/// The head of a partner, declined where the name tells how; otherwise a blank to be filled by hand.
fn head(outside: &Outside) -> Option<Head> {
    let mut parts = outside.head_name.split_whitespace();
    let (surname, given) = (parts.next()?, parts.next()?);
    let patronymic: Vec<&str> = parts.collect();
    let patronymic = (!patronymic.is_empty()).then(|| patronymic.join(" "));
    let gender = guess_gender(given, patronymic.as_deref())?;
    let name = FullName::new(surname, given, patronymic.as_deref());
    let position = match outside.head_position.trim() {
        "" => "руководитель",
        known => known,
    };
    Some(Head {
        represented_by_genitive: format!(
            "{} {}",
            decline_position(&position.to_lowercase(), Case::Genitive),
            decline_full(&name, gender, Case::Genitive, None)
        ),
        acting: acting(gender).to_owned(),
        position: wording::capitalized(position),
        initials: name.signature(),
    })
}

const fn acting(gender: Gender) -> &'static str {
    match gender {
        Gender::Female => "действующей",
        Gender::Male => "действующего",
    }
}

fn consent(kind: Kind) -> String {
    format!("согласие {} ({})", kind.letter(), kind.title())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_declined_only_where_the_name_tells_how() {
        let of = |position: &str, name: &str| {
            head(&Outside {
                head_position: position.to_owned(),
                head_name: name.to_owned(),
                ..Outside::default()
            })
        };
        let known = of("Директор", "Жуков Пётр Ильич").unwrap();
        assert_eq!(known.represented_by_genitive, "директора Жукова Петра Ильича");
        assert_eq!(
            (known.acting.as_str(), known.initials.as_str()),
            ("действующего", "П.\u{a0}И.\u{a0}Жуков")
        );
        assert_eq!(of("", "Ёлкина Анна Юрьевна").unwrap().acting, "действующей");
        assert!(of("директор", "Жуков").is_none() && of("директор", "").is_none());
    }
}
