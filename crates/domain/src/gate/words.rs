//! Words of the gate for people.

use super::{Lifecycle, Paper, Papers, Partnership, Pay, Status, Step};

impl Step {
    /// The code stored in the database and used in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Partnership => "partnership",
            Self::MentorConsent => "mentor_consent",
            Self::MenteeAgreement => "mentee_agreement",
            Self::SupplementaryAgreement => "supplementary_agreement",
            Self::Order => "order",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Partnership => "договор о сотрудничестве",
            Self::MentorConsent => "согласие наставника",
            Self::MenteeAgreement => "согласие наставляемого",
            Self::SupplementaryAgreement => "дополнительное соглашение",
            Self::Order => "приказ о назначении",
        }
    }
}

impl Status {
    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Missing => "нет",
            Self::WithoutScan => "есть, без скана",
            Self::Ready => "готово",
            Self::Wrong => "нужно исправить",
            Self::NotNeeded => "не требуется",
        }
    }
}

impl Lifecycle {
    /// The code for addresses and exports.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitingPapers => "awaiting_papers",
            Self::Scheduled => "scheduled",
            Self::Active => "active",
            Self::Ended => "ended",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Draft => "черновик",
            Self::AwaitingPapers => "оформляется",
            Self::Scheduled => "оформлена, ещё не началась",
            Self::Active => "действует",
            Self::Ended => "завершена",
        }
    }
}

pub(super) fn explain(step: Step, status: Status, papers: &Papers, signed: &[&Paper]) -> String {
    match status {
        Status::Missing => missing(step, papers, signed.len()),
        Status::NotNeeded => "До 01.03.2025 дополнительное соглашение не требовалось.".to_owned(),
        Status::WithoutScan
            if matches!(papers.partnership, Partnership::Typed(_)) && step == Step::Partnership =>
        {
            format!("{} Записан словами, срок его неизвестен.", done(step, papers, signed))
        }
        Status::WithoutScan => format!("{} Приложите скан подписанного листа.", done(step, papers, signed)),
        Status::Ready | Status::Wrong => done(step, papers, signed),
    }
}

fn missing(step: Step, papers: &Papers, signed: usize) -> String {
    match step {
        Step::Partnership => {
            "Выберите договор о сотрудничестве с организацией наставника в условиях пары (п. 4.1.1 Положения)."
                .to_owned()
        }
        Step::MentorConsent => {
            "Получите письменное согласие наставника (п. 4.1 Положения, статья 351.8 ТК РФ).".to_owned()
        }
        Step::MenteeAgreement if papers.mentees.len() > 1 => {
            format!("Получено согласий: {signed} из {} (п. 1.5 Положения).", papers.mentees.len())
        }
        Step::MenteeAgreement => "Получите согласие наставляемого (п. 1.5 Положения).".to_owned(),
        Step::SupplementaryAgreement => {
            "Заключите дополнительное соглашение: содержание, срок, форма, оплата (статья 351.8 ТК РФ)."
                .to_owned()
        }
        Step::Order => "Назначение вступит в силу с приказом руководителя (п. 4.1 Положения).".to_owned(),
    }
}

fn done(step: Step, papers: &Papers, signed: &[&Paper]) -> String {
    let pay = papers.agreement.as_ref().map(|agreement| &agreement.pay);
    match (step, signed, pay) {
        (Step::SupplementaryAgreement, [paper, ..], Some(Pay::Paid { terms })) => {
            format!("{} Оплата: {}.", reference(paper), trimmed(terms))
        }
        (Step::SupplementaryAgreement, [paper, ..], Some(Pay::Unpaid { reason })) => {
            format!("{} Без оплаты: {}.", reference(paper), trimmed(reason))
        }
        (_, [paper], _) => reference(paper),
        (_, several, _) => format!("Получено согласий: {}.", several.len()),
    }
}

fn reference(paper: &Paper) -> String {
    let dated = paper.dated.format("%d.%m.%Y");
    if paper.number.trim().is_empty() {
        format!("От {dated}.")
    } else {
        format!("№ {} от {dated}.", paper.number)
    }
}

fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}
