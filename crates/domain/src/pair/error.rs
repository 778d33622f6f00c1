//! Why a mentorship is refused: in words, with the clause, the requirement and the field to mend.

use chrono::NaiveDate;

use crate::ids::PersonId;
use crate::kind::Kind;
use crate::matching::{Audience, Refusal};
use crate::period::Period;

/// A refusal of a draft. Where a mentee is meant, the caller knows the name by the id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    #[error("Выберите хотя бы одного наставляемого (п. 1.4 Положения)")]
    NoMentees,
    #[error("Наставник и наставляемый – один человек: выберите другого наставника (п. 1.4 Положения)")]
    SelfMentoring,
    #[error("Один и тот же наставляемый выбран дважды: оставьте его один раз (п. 2.3 Положения)")]
    MenteeTwice(PersonId),
    #[error(
        "Эти люди уже работают в паре {}: выберите другой срок или завершите прежнюю пару (п. 2.3 Положения)",
        words_period(*.other)
    )]
    SamePairAlready { mentee: PersonId, other: Period },
    #[error("Этих людей не ставят в пару: {refusal}. Выберите другого наставника")]
    Against { mentee: PersonId, refusal: Refusal },
    #[error(
        "У наставника нет столько свободных мест: нужно {needed}, свободно {free}. Выберите другого наставника или срок (п. 3.1 Положения)"
    )]
    NoFreePlaces { needed: u32, free: u32 },
    #[error(
        "Ни наставник, ни наставляемые не работают в вашей организации: приказ издаёт другая организация (п. 4.1 Положения)"
    )]
    NobodyOfOrganization,
    #[error(
        "Наставник и наставляемый работают в разных муниципалитетах: такая пара может быть только виртуальной (п. 2.3 Положения)"
    )]
    FarOnlyVirtual,
    #[error(
        "Наставник и наставляемый работают в разных организациях: выберите виртуальный вид или договор о сотрудничестве (п. 2.3, 4.1.1 Положения)"
    )]
    OtherOrganizationNeedsAgreement,
    #[error(
        "Договор о сотрудничестве заключён не с той организацией, где работает наставник: выберите другой договор (п. 4.1.1 Положения)"
    )]
    AgreementOfOthers,
    #[error(
        "Договор о сотрудничестве действует {}, а срок пары другой: выберите другой договор или измените срок (п. 4.1.1 Положения)",
        words_period(*.days)
    )]
    AgreementTooShort { days: Period },
    #[error(
        "В форме «руководитель образовательной организации – учитель» наставником должен быть руководитель организации: выберите руководителя или другую форму (п. 2.3 Положения)"
    )]
    MentorIsNotDirector,
    #[error(
        "В форме «учитель – учитель» и наставник, и наставляемые – учителя: для других работников выберите форму «педагог – педагог» (п. 2.3 Положения)"
    )]
    OnlyTeachers,
    #[error(
        "В этой форме участвуют педагогические работники: выберите другую форму или других участников (п. 1.4, 2.3 Положения)"
    )]
    OnlyPedagogues,
    #[error(
        "Выберите ролевую модель: она нужна в форме «учитель – учитель» (ожидаемые результаты Программы)"
    )]
    ModelNotChosen,
    #[error(
        "Ролевые модели есть только в форме «учитель – учитель»: уберите модель или смените форму (ожидаемые результаты Программы)"
    )]
    ModelOutsideTeachers,
    #[error("Выберите хотя бы один вид наставничества (п. 2.3 Положения)")]
    NoKinds,
    #[error("Виды «{}» и «{}» не сочетаются: {reason}. Оставьте один из них (п. 2.3 Положения)", .one.title(), .two.title())]
    KindsContradict { one: Kind, two: Kind, reason: &'static str },
    #[error(
        "Для виртуального наставничества укажите, где проходят встречи: ссылку или название площадки (п. 2.3 Положения)"
    )]
    VirtualNeedsPlace,
    #[error(
        "В группе должно быть не меньше двух наставляемых, сейчас {0}: добавьте участников или смените вид (п. 2.3 Положения)"
    )]
    GroupTooSmall(usize),
    #[error(
        "Краткосрочное наставничество идёт по графику: назначьте заранее не меньше двух встреч, сейчас {0} (п. 2.3 Положения)"
    )]
    NoSchedule(usize),
    #[error(
        "Для краткосрочного наставничества поставьте хотя бы одну цель и укажите, как увидеть, что она достигнута (п. 2.3 Положения)"
    )]
    NoMeasurableGoal,
    #[error(
        "В реверсивном наставничестве наставник младше или менее опытен, чем наставляемый, а здесь он старше и опытнее: поменяйте их местами или смените вид (п. 2.3 Положения)"
    )]
    ReverseOlderAndMoreExperienced(PersonId),
    #[error(
        "В реверсивном наставничестве наставник младше или менее опытен, чем наставляемый, а здесь он не младше, стаж же сравнить нельзя: уточните стаж обоих или смените вид (п. 2.3 Положения)"
    )]
    ReverseOlder(PersonId),
    #[error(
        "В реверсивном наставничестве наставник младше или менее опытен, чем наставляемый, а здесь его стаж не меньше, возраст же сравнить нельзя: укажите даты рождения обоих или смените вид (п. 2.3 Положения)"
    )]
    ReverseMoreExperienced(PersonId),
    #[error(
        "Нельзя проверить, что наставник младше или менее опытен: укажите даты рождения или начало педагогической работы обоих (п. 2.3 Положения)"
    )]
    ReverseUnknown(PersonId),
    #[error("Скоростное наставничество – ровно одна встреча, сейчас назначено {0} (п. 2.3 Положения)")]
    SpeedIsOneMeeting(usize),
    #[error("Скоростное наставничество длится один день: укажите день встречи (п. 2.3 Положения)")]
    SpeedIsOneDay,
    #[error(
        "Традиционное наставничество ведётся «один на один», а выбрано наставляемых: {0}. Оставьте одного или выберите наставничество в группе (п. 2.3 Положения)"
    )]
    TraditionalIsOneToOne(usize),
    #[error(
        "Традиционное наставничество длится продолжительное время: не меньше {months} месяцев (п. 1.4, 2.3 Положения)"
    )]
    TraditionalTooShort { months: u32 },
    #[error("Встреча {} назначена вне срока наставничества: исправьте дату (п. 2.3 Положения)", .0.format("%d.%m.%Y"))]
    MeetingOutsidePeriod(NaiveDate),
    #[error(
        "Вступить можно только в группу, а это пара: для второго наставляемого составьте новую пару или группу (п. 2.3 Положения)"
    )]
    NotAGroup,
    #[error("Группа работает {}: первый день нового участника должен входить в этот срок (п. 2.3 Положения)", words_period(*.0))]
    JoinsOutsidePeriod(Period),
    #[error("Укажите, по какой день длится наставничество (п. 1.4 Положения)")]
    NoEnd,
    #[error(
        "Программа наставничества длится не меньше {months} месяцев: продлите срок или выберите скоростной вид (п. 1.4 Положения)"
    )]
    TooShort { months: u32 },
    #[error("Программа наставничества длится не больше {months} месяцев: сократите срок (п. 1.4 Положения)")]
    TooLong { months: u32 },
}

impl PairError {
    /// The field of the form to mend.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::NoMentees
            | Self::MenteeTwice(_)
            | Self::GroupTooSmall(_)
            | Self::TraditionalIsOneToOne(_)
            | Self::NotAGroup
            | Self::NobodyOfOrganization => "mentees",
            Self::SelfMentoring
            | Self::Against { .. }
            | Self::NoFreePlaces { .. }
            | Self::ReverseOlderAndMoreExperienced(_)
            | Self::ReverseOlder(_)
            | Self::ReverseMoreExperienced(_)
            | Self::ReverseUnknown(_) => "mentor",
            Self::MentorIsNotDirector | Self::OnlyTeachers | Self::OnlyPedagogues => "form",
            Self::ModelNotChosen | Self::ModelOutsideTeachers => "model",
            Self::NoKinds | Self::KindsContradict { .. } | Self::FarOnlyVirtual => "kinds",
            Self::OtherOrganizationNeedsAgreement
            | Self::AgreementOfOthers
            | Self::AgreementTooShort { .. } => "agreement",
            Self::VirtualNeedsPlace => "online_place",
            Self::NoMeasurableGoal => "goals",
            Self::NoSchedule(_) | Self::SpeedIsOneMeeting(_) | Self::MeetingOutsidePeriod(_) => "meetings",
            Self::SamePairAlready { .. }
            | Self::JoinsOutsidePeriod(_)
            | Self::SpeedIsOneDay
            | Self::TraditionalTooShort { .. }
            | Self::NoEnd
            | Self::TooShort { .. }
            | Self::TooLong { .. } => "period",
        }
    }

    /// The refusal as this reader is told it: what rests on a wish, an opinion or an objection reads all alike to those who
    /// may not read it (п. 3.5).
    pub fn told(&self, audience: Audience) -> String {
        match self {
            Self::Against { refusal, .. } if audience == Audience::Others && refusal.is_confidential() => {
                "Этих людей не ставят в пару, причину знает куратор организации (п. 4.1.2 Положения). Выберите другого наставника"
                    .to_owned()
            }
            _ => self.to_string(),
        }
    }

    /// The requirement behind the refusal, as `docs` and tests name it.
    pub const fn requirement(&self) -> &'static str {
        match self {
            Self::MentorIsNotDirector | Self::OnlyTeachers | Self::OnlyPedagogues => "C1",
            Self::VirtualNeedsPlace
            | Self::FarOnlyVirtual
            | Self::OtherOrganizationNeedsAgreement
            | Self::AgreementOfOthers
            | Self::AgreementTooShort { .. }
            | Self::NobodyOfOrganization => "C2",
            Self::GroupTooSmall(_) | Self::NotAGroup | Self::JoinsOutsidePeriod(_) => "C3",
            Self::NoSchedule(_) | Self::NoMeasurableGoal | Self::MeetingOutsidePeriod(_) => "C4",
            Self::ReverseOlderAndMoreExperienced(_)
            | Self::ReverseOlder(_)
            | Self::ReverseMoreExperienced(_)
            | Self::ReverseUnknown(_) => "C5",
            Self::SpeedIsOneMeeting(_) | Self::SpeedIsOneDay => "C7",
            Self::TraditionalIsOneToOne(_) | Self::TraditionalTooShort { .. } => "C8",
            Self::NoKinds | Self::KindsContradict { .. } => "C9",
            Self::ModelNotChosen | Self::ModelOutsideTeachers => "C10",
            Self::NoFreePlaces { .. } => "A8",
            Self::NoMentees | Self::SelfMentoring | Self::MenteeTwice(_) | Self::SamePairAlready { .. } => {
                "B5"
            }
            Self::NoEnd | Self::TooShort { .. } | Self::TooLong { .. } => "D1",
            Self::Against { refusal, .. } => refusal.requirement(),
        }
    }

    /// The mentee the refusal is about, when it is about one of them.
    pub const fn mentee(&self) -> Option<PersonId> {
        match self {
            Self::MenteeTwice(mentee)
            | Self::Against { mentee, .. }
            | Self::SamePairAlready { mentee, .. }
            | Self::ReverseOlderAndMoreExperienced(mentee)
            | Self::ReverseOlder(mentee)
            | Self::ReverseMoreExperienced(mentee)
            | Self::ReverseUnknown(mentee) => Some(*mentee),
            _ => None,
        }
    }
}

fn words_period(period: Period) -> String {
    let from = period.from().format("с %d.%m.%Y");
    match period.last_day() {
        Some(last) => format!("{from} по {}", last.format("%d.%m.%Y")),
        None => from.to_string(),
    }
}
