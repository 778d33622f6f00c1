//! Issuing a paper: a number from the register, two files, an unchanging copy — all or nothing.

use anyhow::Context;
use chrono::{Datelike, NaiveDate};
use nastavnik_documents::PaperError;
use nastavnik_documents::papers::{
    Addressee, AmendingOrder, AppointmentOrder, CouncilMinutes, EducationalRoute, EndingOrder,
    EvaluationPart, EvaluationSheet, MenteeAgreement, MentorConsent, PersonalProgram, Petition,
    SharedProgram, SupplementaryAgreement,
};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::document::{Facts, PaperKind};
pub(super) use super::export::Maker;
use super::export::Requisites;
use super::store::{self, NewDocument};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::files::{self, Allowed};
use crate::kernel::ids;
use crate::kernel::state::App;
use crate::pairs::{self, School};

/// Why nothing can be printed for an organization without a head.
pub(super) const NO_DIRECTOR: &str = "В организации не назначен руководитель, поэтому некому адресовать документ и некому \
    подписать приказ. Назначьте руководителя в карточке организации (раздел «Организации», роли).";

/// A paper before its number is known.
pub(super) struct Order {
    pub(super) organization: Uuid,
    pub(super) kind: PaperKind,
    pub(super) dated_on: NaiveDate,
    pub(super) person: Option<Uuid>,
    pub(super) facts: Facts,
    pub(super) mentorships: Vec<Uuid>,
}

/// Something that can be printed twice: for the secretary and for the archive.
pub trait Printable: Serialize + Send + 'static {
    /// The editable file.
    fn docx(&self) -> Result<Vec<u8>, PaperError>;
    /// The file for the archive, made at the moment.
    fn pdf(&self, moment: chrono::DateTime<chrono::Utc>) -> Result<Vec<u8>, PaperError>;
}

macro_rules! printable {
    ($($paper:ty),+) => {$(
        impl Printable for $paper {
            fn docx(&self) -> Result<Vec<u8>, PaperError> {
                <$paper>::docx(self)
            }
            fn pdf(&self, moment: chrono::DateTime<chrono::Utc>) -> Result<Vec<u8>, PaperError> {
                <$paper>::pdf(self, moment)
            }
        }
    )+};
}

printable!(
    MentorConsent,
    MenteeAgreement,
    SupplementaryAgreement,
    AppointmentOrder,
    EndingOrder,
    AmendingOrder,
    CouncilMinutes,
    Petition,
    PersonalProgram,
    EvaluationPart,
    EvaluationSheet,
    EducationalRoute,
    SharedProgram
);

/// The two files of a paper.
pub struct Printed {
    pub pdf: Uuid,
    pub docx: Uuid,
}

/// Prints a paper and keeps both files within the change, under one name. They never change.
pub async fn print<P: Printable>(
    app: &App,
    change: &Change,
    paper: P,
    name: &str,
    organization: Uuid,
) -> anyhow::Result<Printed> {
    let moment = change.now();
    let (pdf, docx) =
        tokio::task::spawn_blocking(move || Ok::<_, PaperError>((paper.pdf(moment)?, paper.docx()?)))
            .await??;
    let owner = (Some(organization), Some(change.account()));
    let pdf = app.files.keep(pdf, Allowed::Own).await?;
    let docx = app.files.keep(docx, Allowed::Own).await?;
    Ok(Printed {
        pdf: files::name(change.tx(), moment, &pdf, &format!("{name}.pdf"), owner).await?,
        docx: files::name(change.tx(), moment, &docx, &format!("{name}.docx"), owner).await?,
    })
}

/// The organization with its head on the day. `None`: nobody is named the head.
pub(super) async fn maker(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    day: NaiveDate,
) -> anyhow::Result<Option<Maker>> {
    let school = pairs::school(connection, organization).await?.context("нет такой организации")?;
    Ok(pairs::director(connection, organization, day).await?.map(|director| Maker { school, director }))
}

/// To whom a worker of the organization writes.
pub struct Recipient {
    pub school: School,
    pub addressee: Addressee,
}

/// The head of the organization on the day, or the bare office while nobody is named.
pub async fn recipient(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    day: NaiveDate,
) -> anyhow::Result<Recipient> {
    if let Some(maker) = maker(connection, organization, day).await? {
        return Ok(Recipient { addressee: maker.addressee(), school: maker.school });
    }
    let school = pairs::school(connection, organization).await?.context("нет такой организации")?;
    let addressee = Addressee {
        position_dative: "Руководителю".to_owned(),
        organization: school.short_name.clone(),
        name_dative: String::new(),
    };
    Ok(Recipient { school, addressee })
}

/// Takes the next number, prints and keeps the paper within the change. The number is taken last before
/// printing and given back with the transaction if anything fails, so the register has no gaps.
pub(super) async fn issue<P: Printable>(
    app: &App,
    change: &Change,
    order: Order,
    compose: impl FnOnce(&Requisites) -> anyhow::Result<P>,
) -> anyhow::Result<Uuid> {
    let id = ids::row_id();
    let year = order.dated_on.year();
    let number = store::next_number(change.tx(), order.organization, order.kind.code(), year).await?;
    let label = order.kind.label(number, year);
    let record_url = format!("{}/papers/{id}", app.config.public_url);
    let paper = compose(&Requisites { label: label.clone(), dated_on: order.dated_on, record_url })?;
    let content = serde_json::to_string(&paper)?;
    let name = format!("{} {}", order.kind.title(), label.replace('/', "-"));
    let printed = print(app, change, paper, &name, order.organization).await?;
    let payload = serde_json::json!({ "kind": order.kind.code(), "label": label });
    let organization = order.organization;
    let new = NewDocument {
        id,
        organization,
        kind: order.kind,
        year,
        number,
        label,
        dated_on: order.dated_on,
        person: order.person,
        content,
        facts: order.facts,
        pdf: printed.pdf,
        docx: printed.docx,
        issued_by: change.account(),
        issued_at: change.now(),
        mentorships: order.mentorships,
    };
    store::insert(change.tx(), new).await?;
    let subject = ("document", Some(id));
    change
        .journal(Entry { kind: "paper_issued", subject, organization: Some(organization), payload: &payload })
        .await?;
    Ok(id)
}
