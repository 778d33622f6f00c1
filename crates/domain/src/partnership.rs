//! Agreements of cooperation between organizations (F12, п. 4.1.1): who with whom, for which days, who pays the mentor.
//!
//! Not to be taken for the supplementary agreement to a labor contract, which a mentor signs with the own employer.

use chrono::{Days, NaiveDate};

use crate::ids::OrganizationId;
use crate::period::Period;

/// How soon before its last day an agreement asks what comes next.
const SOON: Days = Days::new(30);

/// With whom the agreement is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partner {
    /// An organization of this installation.
    Here(OrganizationId),
    /// A partner outside, known by words alone (п. 2.4).
    Outside,
}

/// Which party pays the mentor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// The organization that has recorded the agreement.
    Maker,
    Partner,
}

impl Payer {
    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Maker => "maker",
            Self::Partner => "partner",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Maker, Self::Partner].into_iter().find(|payer| payer.code() == code)
    }
}

/// What decides whether a mentorship may stand on an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The organization that has recorded it.
    pub maker: OrganizationId,
    pub partner: Partner,
    /// The days agreed on.
    pub period: Period,
    /// The last day, where it ends before its time.
    pub ends_after: Option<NaiveDate>,
}

/// Where an agreement stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Planned,
    InForce,
    /// In force, the last day comes within thirty days.
    EndsSoon,
    Over,
    /// Ended before its time.
    Terminated,
}

impl State {
    /// Every state in the order of life.
    pub const ALL: [Self; 5] = [Self::Planned, Self::InForce, Self::EndsSoon, Self::Over, Self::Terminated];

    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::InForce => "in_force",
            Self::EndsSoon => "soon",
            Self::Over => "over",
            Self::Terminated => "terminated",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Planned => "ещё не начался",
            Self::InForce => "действует",
            Self::EndsSoon => "скоро закончится",
            Self::Over => "срок истёк",
            Self::Terminated => "прекращён",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl Terms {
    /// The days it is in force: as agreed on, cut where it was ended before its time.
    pub fn days(&self) -> Period {
        self.ends_after.and_then(|last| self.period.ending(last).ok()).unwrap_or(self.period)
    }

    /// Whether it is in force on the day.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.days().contains(day)
    }

    /// п. 4.1.1: whether each of these days is a day of the agreement.
    pub fn covers(&self, days: &Period) -> bool {
        days.without(&self.days()).is_empty()
    }

    /// Whether these two organizations are its parties, in whichever order.
    pub fn connects(&self, one: OrganizationId, other: OrganizationId) -> bool {
        let Partner::Here(partner) = self.partner else { return false };
        (self.maker, partner) == (one, other) || (self.maker, partner) == (other, one)
    }

    /// Computed from the days alone; nobody types it in.
    pub fn state(&self, today: NaiveDate) -> State {
        let days = self.days();
        if days.is_over(today) {
            let is_early = self.ends_after.is_some_and(|last| Some(last) != self.period.last_day());
            return if is_early { State::Terminated } else { State::Over };
        }
        if today < days.from() {
            return State::Planned;
        }
        let border = today.checked_add_days(SOON).unwrap_or(today);
        if days.is_over(border) || days.last_day() == Some(border) { State::EndsSoon } else { State::InForce }
    }
}

/// Why an agreement can't be recorded or ended so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartnershipError {
    #[error(
        "Вторая сторона – ваша же организация: договор заключают две разные организации (п. 4.1.1 Положения)"
    )]
    SameParty,
    #[error(
        "Проверьте ИНН: в нём 10 цифр у организации или 12 у предпринимателя, и контрольные цифры не сходятся"
    )]
    WrongInn,
    #[error("Последний день раньше первого: исправьте срок договора")]
    EndsBeforeStart,
    #[error("Договор действует {}: последний день должен входить в этот срок", words(*.0))]
    OutsidePeriod(Period),
    #[error("Договор уже прекращён: последний день – {}", .0.format("%d.%m.%Y"))]
    AlreadyEnded(NaiveDate),
}

impl PartnershipError {
    /// The field of the form to mend.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::SameParty => "partner",
            Self::WrongInn => "partner_inn",
            Self::EndsBeforeStart => "ends_on",
            Self::OutsidePeriod(_) | Self::AlreadyEnded(_) => "last_day",
        }
    }
}

/// The second party as the form names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    Here(OrganizationId),
    /// By hand; the number of the taxpayer tells organizations of one name apart.
    Outside {
        inn: &'a str,
    },
}

/// F12: two different parties, the days in their order, a taxpayer's number that can be one. All refusals at once.
pub fn check(
    maker: OrganizationId,
    partner: Named<'_>,
    (starts_on, ends_on): (NaiveDate, NaiveDate),
) -> Result<Period, Vec<PartnershipError>> {
    let mut errors = Vec::new();
    match partner {
        Named::Here(partner) if partner == maker => errors.push(PartnershipError::SameParty),
        Named::Outside { inn } if !is_inn(inn) => errors.push(PartnershipError::WrongInn),
        Named::Here(_) | Named::Outside { .. } => {}
    }
    match Period::through(starts_on, ends_on) {
        Ok(period) if errors.is_empty() => Ok(period),
        Ok(_) => Err(errors),
        Err(_) => {
            errors.push(PartnershipError::EndsBeforeStart);
            Err(errors)
        }
    }
}

/// Whether the agreement may end before its time with this last day.
pub fn may_end(terms: &Terms, last_day: NaiveDate) -> Result<(), PartnershipError> {
    if let Some(ended) = terms.ends_after {
        return Err(PartnershipError::AlreadyEnded(ended));
    }
    if !terms.period.contains(last_day) {
        return Err(PartnershipError::OutsidePeriod(terms.period));
    }
    Ok(())
}

/// Whether the text can be a taxpayer's number: ten or twelve digits with control digits that agree (приказ ФНС
/// от 29.06.2012 № ММВ-7-6/435@).
pub fn is_inn(text: &str) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let digits: Option<Vec<u32>> = text.chars().map(|letter| letter.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    // A control digit stands after those it is computed from, the last of which always has the last weight.
    let agrees = |before: usize| {
        let weights = &WEIGHTS[WEIGHTS.len() - before..];
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        sum % 11 % 10 == digits[before]
    };
    let is_blank = digits.iter().all(|digit| *digit == 0);
    match digits.len() {
        10 => !is_blank && agrees(9),
        12 => !is_blank && agrees(10) && agrees(11),
        _ => false,
    }
}

fn words(period: Period) -> String {
    let from = period.from().format("с %d.%m.%Y");
    match period.last_day() {
        Some(last) => format!("{from} по {}", last.format("%d.%m.%Y")),
        None => from.to_string(),
    }
}

#[cfg(test)]
mod tests;
