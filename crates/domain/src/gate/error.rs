//! Why an order can't be signed: in words, with the clause and the step to go back to.

use chrono::NaiveDate;

use super::Step;
use crate::ids::PersonId;

/// Why the director can't sign the order yet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GateError {
    #[error(
        "Наставник работает в другой организации: выберите договор о сотрудничестве в условиях пары (п. 4.1.1 Положения)"
    )]
    NoPartnership,
    #[error("Договор о сотрудничестве датирован позже приказа: исправьте дату (п. 4.1.1 Положения)")]
    PartnershipAfterOrder,
    #[error(
        "Договор о сотрудничестве действует не весь срок наставничества: продлите его или измените срок (п. 4.1.1 Положения)"
    )]
    PartnershipTooShort,
    #[error(
        "Нет письменного согласия наставника: без него назначить наставника нельзя (п. 4.1 Положения, статья 351.8 ТК РФ)"
    )]
    NoConsent,
    #[error(
        "Согласие наставника датировано позже приказа: исправьте дату согласия или приказа (п. 4.1 Положения)"
    )]
    ConsentAfterOrder,
    #[error("Нет согласия наставляемого: участие добровольное (п. 1.5 Положения)")]
    NoMenteeAgreement(PersonId),
    #[error("Согласие наставляемого датировано позже приказа: исправьте дату (п. 1.5 Положения)")]
    MenteeAgreementAfterOrder(PersonId),
    #[error(
        "Нет дополнительного соглашения: содержание, срок, форма и оплата закрепляются в нём (статья 351.8 ТК РФ)"
    )]
    NoAgreement,
    #[error(
        "Дополнительное соглашение датировано раньше согласия наставника: сначала согласие (статья 351.8 ТК РФ)"
    )]
    AgreementBeforeConsent,
    #[error("Дополнительное соглашение датировано позже приказа: исправьте дату (статья 351.8 ТК РФ)")]
    AgreementAfterOrder,
    #[error("В дополнительном соглашении не указаны размер и порядок оплаты (статья 351.8 ТК РФ)")]
    NoPayTerms,
    #[error("Наставничество без оплаты: укажите в дополнительном соглашении причину (статья 351.8 ТК РФ)")]
    UnpaidWithoutReason,
    #[error(
        "Дополнительное соглашение действует не весь срок наставничества: исправьте срок (статья 351.8 ТК РФ)"
    )]
    AgreementTooShort,
    #[error("Эта пара уже закреплена приказом № {number} от {}: уберите её из нового приказа (п. 4.1 Положения)", .dated.format("%d.%m.%Y"))]
    AlreadyFixed { number: String, dated: NaiveDate },
    #[error("Срок наставничества закончился раньше даты приказа: измените срок пары (п. 4.1 Положения)")]
    PeriodIsOver,
}

impl GateError {
    /// The step to go back to.
    pub const fn step(&self) -> Step {
        match self {
            Self::NoPartnership | Self::PartnershipAfterOrder | Self::PartnershipTooShort => {
                Step::Partnership
            }
            Self::NoConsent | Self::ConsentAfterOrder => Step::MentorConsent,
            Self::NoMenteeAgreement(_) | Self::MenteeAgreementAfterOrder(_) => Step::MenteeAgreement,
            Self::NoAgreement
            | Self::AgreementBeforeConsent
            | Self::AgreementAfterOrder
            | Self::NoPayTerms
            | Self::UnpaidWithoutReason
            | Self::AgreementTooShort => Step::SupplementaryAgreement,
            Self::AlreadyFixed { .. } | Self::PeriodIsOver => Step::Order,
        }
    }
}
