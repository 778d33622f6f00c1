//! The form of an agreement: with whom, for which days, what for, who pays.

use chrono::NaiveDate;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::partnership::{Named, Payer, check};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::{Agreement, Outside};
use super::store::{self, New};
use crate::kernel::forms::{Choice, Form};

/// What the form offers.
pub(super) struct Offer {
    pub(super) organization: Uuid,
    pub(super) partners: Vec<Choice>,
    pub(super) payers: Vec<Choice>,
    pub(super) consents: Vec<Choice>,
}

impl Offer {
    /// Gathers the offer for an organization.
    pub(super) async fn load(connection: &impl ConnectionTrait, organization: Uuid) -> anyhow::Result<Self> {
        let partners = store::partners(connection, organization).await?;
        let partner = |row: store::PartnerRow| {
            Choice::new(row.id.to_string(), format!("{}, {}", row.short_name, row.territory_name))
        };
        let consent = |kind: Kind| Choice::new(kind.code(), format!("{}: {}", kind.letter(), kind.title()));
        Ok(Self {
            organization,
            partners: partners.into_iter().map(partner).collect(),
            payers: vec![
                Choice::new(Payer::Maker.code(), "Ваша организация"),
                Choice::new(Payer::Partner.code(), "Вторая сторона"),
            ],
            consents: Kind::ALL.map(consent).to_vec(),
        })
    }
}

/// Reads the form; nothing if something is wrong, with the mistakes at their fields. An empty number is left for the
/// register.
pub(super) fn read(form: &mut Form, offer: &Offer) -> Option<New> {
    let partner = form.optional_choice("partner", "Вторая сторона", &offer.partners);
    let partner_name = form.optional_text("partner_name", "Название партнёра", 300);
    let outside = outside(form);
    let number = form.optional_text("number", "Номер", 60).unwrap_or_default();
    let dated_on = form.required_date("dated_on", "Дата договора");
    let starts_on = form.required_date("starts_on", "Первый день");
    let ends_on = form.required_date("ends_on", "Последний день");
    let subject = form.required_paragraphs("subject", "Предмет", 2_000);
    let payer = form.required_choice("payer", "Кто платит наставнику", &offer.payers);
    let consents = form.choices("consents", "Согласия", &offer.consents);
    named_once(form, partner.as_deref(), partner_name.as_deref());
    let partner: Option<Uuid> = partner.and_then(|id| id.parse().ok());
    let named = match partner {
        Some(id) => Named::Here(id.into()),
        None => Named::Outside { inn: &outside.inn },
    };
    let days: Option<(NaiveDate, NaiveDate)> = starts_on.zip(ends_on);
    let checked = days.filter(|_| form.is_valid()).map(|days| check(offer.organization.into(), named, days));
    let period = match checked? {
        Ok(period) => period,
        Err(errors) => {
            for error in errors {
                form.error(error.field(), format!("{error}."));
            }
            return None;
        }
    };
    Some(New {
        organization: offer.organization,
        partner,
        partner_name: partner_name.filter(|_| partner.is_none()).unwrap_or_default(),
        outside: if partner.is_none() { outside } else { Outside::default() },
        number,
        dated_on: dated_on?,
        period,
        subject: subject?,
        payer: payer.as_deref().and_then(Payer::from_code)?,
        consents: consents.iter().filter_map(|code| Kind::from_code(code)).collect(),
    })
}

/// The other party is either chosen or described.
fn named_once(form: &mut Form, partner: Option<&str>, name: Option<&str>) {
    match (partner, name) {
        (Some(_), Some(_)) => form.error(
            "partner_name",
            "Вторая сторона выбрана из списка и названа ещё раз. Оставьте что-то одно.",
        ),
        (None, None) => {
            form.error("partner", "Выберите вторую сторону из списка или опишите партнёра вне системы.");
        }
        _ => {}
    }
}

fn outside(form: &mut Form) -> Outside {
    let mut text =
        |name: &str, label: &str, longest| form.optional_text(name, label, longest).unwrap_or_default();
    let inn = text("partner_inn", "ИНН", 20);
    Outside {
        inn: inn.chars().filter(|letter| !letter.is_whitespace()).collect(),
        address: text("partner_address", "Адрес", 300),
        head_position: text("partner_head_position", "Должность подписанта", 120),
        head_name: text("partner_head_name", "Фамилия, имя, отчество подписанта", 160),
    }
}

/// The form filled from what is kept, for changing it.
pub(super) fn filled(agreement: &Agreement) -> Form {
    let days = agreement.terms.period;
    let outside = &agreement.outside;
    let name = if agreement.partner.is_none() { agreement.partner_name.as_str() } else { "" };
    let form = Form::blank()
        .with("partner", agreement.partner.map_or_else(String::new, |id| id.to_string()))
        .with("partner_name", name)
        .with("partner_inn", outside.inn.clone())
        .with("partner_address", outside.address.clone())
        .with("partner_head_position", outside.head_position.clone())
        .with("partner_head_name", outside.head_name.clone())
        .with("number", agreement.number.clone())
        .with("dated_on", agreement.dated_on.to_string())
        .with("starts_on", days.from().to_string())
        .with("ends_on", days.last_day().unwrap_or(days.from()).to_string())
        .with("subject", agreement.subject.clone())
        .with("payer", agreement.payer.code())
        .with("version", agreement.version.to_string());
    agreement.consents.iter().fold(form, |form, kind| form.with("consents", kind.code()))
}
