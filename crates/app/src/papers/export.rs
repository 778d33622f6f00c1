//! From mentorships to the plain structs that are printed. Everything in words and in its case is made here.

use chrono::NaiveDate;
use nastavnik_documents::papers::{
    Acquainted, Addressee, AppointmentOrder, Author, Contract, Employer, EndingOrder, EndingRow, Letterhead,
    MenteeAgreement, MentorConsent, OrderClause, PairMentee, PairMentor, PairRow, Pay, Period, Signatory,
    SupplementaryAgreement, Worker,
};
use nastavnik_domain::config::{ConfigError, legal_bases};
use nastavnik_domain::gate;
use nastavnik_domain::russian::{Case, decline_position, experience, short};

use super::document::EndingFacts;
use super::wording;
use crate::pairs::{Case as PairCase, Pair, Participant, PayTerms, School, Side, Supplements};

/// The organization that makes the paper and its head on that day.
pub(super) struct Maker {
    pub(super) school: School,
    pub(super) director: Participant,
}

/// What every paper carries.
pub(super) struct Requisites {
    /// Number as it is printed.
    pub(super) label: String,
    pub(super) dated_on: NaiveDate,
    /// Address of the record, printed as a QR code.
    pub(super) record_url: String,
}

/// What the person who prepares an order may word.
pub(super) struct OrderWords {
    pub(super) purpose: Option<String>,
    pub(super) control: String,
}

impl Maker {
    fn position(&self) -> String {
        self.director
            .jobs
            .iter()
            .map(|job| job.position.clone())
            .find(|position| heads(position))
            .unwrap_or_else(|| "руководитель".to_owned())
    }

    pub(super) fn addressee(&self) -> Addressee {
        Addressee {
            position_dative: wording::capitalized(&decline_position(&self.position(), Case::Dative)),
            organization: self.school.short_name.clone(),
            name_dative: wording::short(&self.director, Case::Dative),
        }
    }

    pub(super) fn signatory(&self) -> Signatory {
        Signatory { position: wording::capitalized(&self.position()), name: self.director.name.signature() }
    }

    pub(super) fn letterhead(&self, heading: &str, with: &Requisites) -> Letterhead {
        Letterhead {
            organization_full: self.school.full_name.clone(),
            organization_short: self.school.short_name.clone(),
            place: self.school.place.clone(),
            number: Some(with.label.clone()),
            date: Some(with.dated_on),
            heading: heading.to_owned(),
            record_url: with.record_url.clone(),
        }
    }
}

fn heads(position: &str) -> bool {
    let word = position.to_lowercase();
    ["директор", "заведующ", "руководител", "начальник", "и. о.", "и.о.", "исполняющ"]
        .iter()
        .any(|head| word.starts_with(head))
}

/// The mentor's written consent (статья 351.8 ТК РФ). The date is left blank: it is written by hand.
pub(super) fn mentor_consent(pair: &Pair, maker: &Maker, with: &Requisites) -> MentorConsent {
    MentorConsent {
        addressee: maker.addressee(),
        author: author(&pair.mentor, pair, Side::Mentor),
        mentees_genitive: mentees_genitive(pair),
        form: pair.form.title().to_owned(),
        kinds: kinds(pair),
        model: pair.model.map(|model| model.title().to_owned()),
        period: period(pair),
        content: pair.work.clone(),
        pay: pay(pair.pay.as_ref()),
        signed_on: None,
        record_url: with.record_url.clone(),
    }
}

/// A mentee's agreement (п. 1.5). The date is left blank as well.
pub(super) fn mentee_agreement(
    pair: &Pair,
    mentee: &Participant,
    maker: &Maker,
    with: &Requisites,
) -> MenteeAgreement {
    MenteeAgreement {
        addressee: maker.addressee(),
        author: author(mentee, pair, Side::Mentee),
        mentor_genitive: wording::whom(&pair.mentor, pair.form, Side::Mentor, Case::Genitive),
        form: pair.form.title().to_owned(),
        kinds: kinds(pair),
        model: pair.model.map(|model| model.title().to_owned()),
        period: own_period(pair, mentee),
        requests: pair.goals.iter().map(|goal| goal.text.clone()).filter(|text| !text.is_empty()).collect(),
        signed_on: None,
        record_url: with.record_url.clone(),
    }
}

/// The supplementary agreement to the mentor's labor contract.
pub(super) fn supplementary_agreement(
    pair: &Pair,
    maker: &Maker,
    with: &Requisites,
) -> SupplementaryAgreement {
    let position = maker.position();
    SupplementaryAgreement {
        letterhead: maker.letterhead("О выполнении работы по наставничеству", with),
        contract: Contract { number: None, date: None },
        employer: Employer {
            represented_by_genitive: format!(
                "{} {}",
                decline_position(&position, Case::Genitive),
                wording::full(&maker.director, Case::Genitive)
            ),
            basis_genitive: "Устава".to_owned(),
            details: Vec::new(),
            position: wording::capitalized(&position),
            initials: maker.director.name.signature(),
        },
        worker: Worker {
            name: pair.mentor.name.full(),
            position: wording::position(&pair.mentor, pair.form, Side::Mentor),
            details: Vec::new(),
            initials: pair.mentor.name.signature(),
        },
        mentees_genitive: mentees_genitive(pair),
        content: pair.work.clone(),
        form: pair.form.title().to_owned(),
        kinds: kinds(pair),
        model: pair.model.map(|model| model.title().to_owned()),
        schedule: None,
        period: period(pair),
        pay: pay(pair.pay.as_ref()),
        pay_terms: pay_terms(pair.pay.as_ref()),
        partnership: shared(pair),
    }
}

/// The agreement of the two organizations and which of them pays (п. 4.1.1).
fn shared(pair: &Pair) -> Option<String> {
    let agreement = pair.agreement.as_ref().filter(|_| pair.is_across())?;
    let label = format!("от {} № {}", short(agreement.dated_on), agreement.number);
    let (one, other) = (&agreement.maker_name, &agreement.partner_name);
    let ground = format!("Работа выполняется по договору о сотрудничестве {label} между {one} и {other}.");
    if pair.pay.as_ref().is_none_or(PayTerms::is_unpaid) {
        return Some(ground);
    }
    let payer = if agreement.payer_id() == Some(pair.mentor.organization) {
        "Выплату Работодатель обеспечивает за свой счёт.".to_owned()
    } else {
        let payer = agreement.payer_name();
        format!("Выплату обеспечивает {payer}, возмещая расходы Работодателя по этому договору.")
    };
    Some(format!("{ground} {payer}"))
}

/// One order for many pairs and groups.
pub(super) fn appointment_order(
    pairs: &[&Pair],
    maker: &Maker,
    with: &Requisites,
    words: &OrderWords,
) -> Result<AppointmentOrder, ConfigError> {
    let mut bases = bases(&["labor_351_8", "order_548"], with.dated_on)?;
    bases.push(
        "письменными согласиями работников и дополнительными соглашениями к трудовым договорам".to_owned(),
    );
    let is_paid = pairs.iter().any(|pair| pair.pay.as_ref().is_some_and(|pay| !pay.is_unpaid()));
    let mut clauses = vec![clause(
        "Наставникам разработать вместе с наставляемыми персонализированные программы наставничества и \
         представить их куратору.",
    )];
    if is_paid {
        clauses
            .push(clause("Бухгалтерии производить выплаты за наставничество согласно настоящему приказу."));
    }
    Ok(AppointmentOrder {
        letterhead: maker.letterhead("О назначении наставников", with),
        bases,
        purpose: words.purpose.clone(),
        pairs: pairs.iter().map(|pair| row(pair, with.dated_on)).collect(),
        clauses,
        control: words.control.clone(),
        signatory: maker.signatory(),
        acquainted: acquainted(pairs),
    })
}

/// An order that ends a mentorship.
pub(super) fn ending_order(
    case: &PairCase,
    facts: &EndingFacts,
    maker: &Maker,
    with: &Requisites,
) -> Result<EndingOrder, ConfigError> {
    let pair = &case.pair;
    let mut bases = bases(&["labor_351_8"], with.dated_on)?;
    bases.extend(facts.notice_on.map(|day| notice(facts.by, day)));
    Ok(EndingOrder {
        letterhead: maker.letterhead("О прекращении наставничества", with),
        bases,
        purpose: None,
        endings: vec![EndingRow {
            mentor: mentor(pair),
            mentees: pair.mentees.iter().map(|mentee| self::mentee(mentee, pair, with.dated_on)).collect(),
            fixed_by: fixed_by(case),
            last_day: facts.last_day,
            reason: reason(facts),
        }],
        clauses: Vec::new(),
        control: CONTROL.to_owned(),
        signatory: maker.signatory(),
        acquainted: acquainted_of(pair, pair.mentees.iter()),
    })
}

/// The last clause of orders that nobody words.
pub(super) const CONTROL: &str = "Контроль за исполнением приказа оставляю за собой.";

/// The order that has fixed the pair: «от 01.10.2026 № 15-О».
pub(super) fn fixed_by(case: &PairCase) -> Option<String> {
    case.papers.order.as_ref().map(|order| format!("от {} № {}", short(order.dated), order.number))
}

/// Why it ends, with the note of whoever has prepared the order.
pub(super) fn reason(facts: &EndingFacts) -> String {
    if facts.note.is_empty() {
        return facts.reason.title().to_owned();
    }
    format!("{}: {}", facts.reason.title(), facts.note)
}

/// What the gate needs of a supplementary agreement: the pay in words and the days.
pub(super) fn gate_pay(pay: Option<&PayTerms>) -> gate::Pay {
    match pay {
        Some(PayTerms::Unpaid { reason }) => gate::Pay::Unpaid { reason: reason.clone() },
        Some(paid) => gate::Pay::Paid { terms: paid.words() },
        None => gate::Pay::Paid { terms: String::new() },
    }
}

pub(super) fn notice(by: gate::EndBy, day: NaiveDate) -> String {
    match by {
        gate::EndBy::Mentor => format!("письменным отказом работника от {}", short(day)),
        gate::EndBy::Employer => format!("письменным предупреждением работника от {}", short(day)),
        gate::EndBy::Agreement => format!("письменным соглашением сторон от {}", short(day)),
    }
}

/// The acts in force on the day, in the instrumental as they follow «в соответствии с»: the register keeps
/// them with the preposition, the paper puts its own.
pub(super) fn bases(codes: &[&str], day: NaiveDate) -> Result<Vec<String>, ConfigError> {
    let known = legal_bases(day)?;
    let find = |code: &&str| known.iter().find(|basis| basis.code == **code);
    let bare =
        |text: &str| text.strip_prefix("со ").or_else(|| text.strip_prefix("с ")).unwrap_or(text).to_owned();
    Ok(codes.iter().filter_map(find).map(|basis| bare(&basis.accordance)).collect())
}

pub(super) fn clause(text: &str) -> OrderClause {
    OrderClause { text: text.to_owned(), subclauses: Vec::new() }
}

fn author(person: &Participant, pair: &Pair, side: Side) -> Author {
    Author {
        position_genitive: decline_position(&wording::position(person, pair.form, side), Case::Genitive),
        name_genitive: wording::full(person, Case::Genitive),
        initials: person.name.signature(),
    }
}

fn mentees_genitive(pair: &Pair) -> Vec<String> {
    let whom = |mentee: &Participant| wording::whom(mentee, pair.form, Side::Mentee, Case::Genitive);
    pair.mentees.iter().map(whom).collect()
}

fn kinds(pair: &Pair) -> Vec<String> {
    pair.kinds.iter().map(|kind| kind.title().to_owned()).collect()
}

fn period(pair: &Pair) -> Period {
    Period { from: pair.period.from(), to: pair.ends_on() }
}

/// The days of one mentee: whoever joins a running group is in it for what is left.
fn own_period(pair: &Pair, mentee: &Participant) -> Period {
    let from = pair.joins(mentee.person).map_or(pair.period.from(), |joining| joining.starts_on);
    Period { from, to: pair.ends_on() }
}

fn row(pair: &Pair, day: NaiveDate) -> PairRow {
    PairRow {
        mentor: mentor(pair),
        mentees: pair.mentees.iter().map(|person| mentee(person, pair, day)).collect(),
        form: pair.form.title().to_owned(),
        kinds: kinds(pair),
        period: period(pair),
        pay: match &pair.pay {
            None | Some(PayTerms::Unpaid { .. }) => "не установлена".to_owned(),
            Some(terms) => terms.words(),
        },
    }
}

pub(super) fn mentor(pair: &Pair) -> PairMentor {
    PairMentor {
        name: pair.mentor.name.full(),
        position: wording::position(&pair.mentor, pair.form, Side::Mentor),
        category: wording::qualification(&pair.mentor, pair.form, Side::Mentor),
    }
}

pub(super) fn mentee(person: &Participant, pair: &Pair, day: NaiveDate) -> PairMentee {
    let since = person.teaching_since.map(|since| since.latest());
    PairMentee {
        name: person.name.full(),
        position: wording::position(person, pair.form, Side::Mentee),
        experience: since.map(|since| format!("стаж {}", experience(since, day).words())),
        category: wording::qualification(person, pair.form, Side::Mentee),
    }
}

/// The mentor and those mentees of one pair.
pub(super) fn acquainted_of<'a>(
    pair: &'a Pair,
    mentees: impl Iterator<Item = &'a Participant>,
) -> Vec<Acquainted> {
    let sides = mentees.map(|mentee| (mentee, Side::Mentee));
    std::iter::once((&pair.mentor, Side::Mentor))
        .chain(sides)
        .map(|(person, side)| Acquainted {
            name: person.name.full(),
            position: wording::position(person, pair.form, side),
        })
        .collect()
}

/// Everybody once, mentors and mentees in the order of the table.
fn acquainted(pairs: &[&Pair]) -> Vec<Acquainted> {
    let mut seen = std::collections::BTreeSet::new();
    let mut all = Vec::new();
    for pair in pairs {
        let sides = std::iter::once((&pair.mentor, Side::Mentor))
            .chain(pair.mentees.iter().map(|mentee| (mentee, Side::Mentee)));
        for (person, side) in sides {
            if seen.insert(person.person) {
                let position = wording::position(person, pair.form, side);
                all.push(Acquainted { name: person.name.full(), position });
            }
        }
    }
    all
}

fn pay(terms: Option<&PayTerms>) -> Pay {
    const NORTH: &str = "районного коэффициента и процентной надбавки за работу в местностях, приравненных к \
                         районам Крайнего Севера";
    match terms {
        Some(PayTerms::Monthly { kopecks, supplements, .. }) => Pay::Monthly {
            kopecks: *kopecks,
            supplements_genitive: (*supplements == Supplements::Charged).then(|| NORTH.to_owned()),
        },
        Some(PayTerms::Percent { text, .. }) => Pay::Percent { text: text.clone() },
        Some(PayTerms::Unpaid { reason }) => Pay::Unpaid { reason: reason.clone() },
        None => Pay::Unpaid { reason: "размер выплаты не установлен".to_owned() },
    }
}

fn pay_terms(terms: Option<&PayTerms>) -> Option<String> {
    let Some(PayTerms::Monthly { basis, .. } | PayTerms::Percent { basis, .. }) = terms else {
        return None;
    };
    (!basis.is_empty()).then(|| {
        format!(
            "Выплата производится одновременно с заработной платой пропорционально времени выполнения работы. \
             Основание выплаты – {basis}."
        )
    })
}
