//! Supplementary agreement to a labor contract about the work of mentoring (ст. 351.8 ТК РФ).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet, Side};
use crate::words::date_in_words;

use super::requisites::{Letterhead, Pay, Period};
use super::sentence;

/// Agreement of the employer and the mentor: content, form, term and pay of the work, which the law wants in the
/// labor contract or in an agreement to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementaryAgreement {
    /// Requisites; the heading is what the agreement is about: «О выполнении работы по наставничеству».
    pub letterhead: Letterhead,
    /// The contract it is added to.
    pub contract: Contract,
    /// The employer.
    pub employer: Employer,
    /// The mentor.
    pub worker: Worker,
    /// For whom, each with the position, genitive: «учителя физики Сидоровой Анны Павловны».
    pub mentees_genitive: Vec<String>,
    /// Content of the work, nominative, without the closing mark.
    pub content: Vec<String>,
    /// Form of mentoring, nominative.
    pub form: String,
    /// Kinds of mentoring, nominative.
    pub kinds: Vec<String>,
    /// Role model, nominative.
    pub model: Option<String>,
    /// When and how the work is done, a clause after «Работа выполняется»: «очно, в пределах рабочего времени».
    pub schedule: Option<String>,
    /// Term of the work.
    pub period: Period,
    /// What is paid.
    pub pay: Pay,
    /// How the pay is paid, a whole sentence; none prints the general rule of the wage's days.
    pub pay_terms: Option<String>,
    /// The agreement between the two organizations and who pays, whole sentences; none where everybody works in one.
    #[serde(default)]
    pub partnership: Option<String>,
}

/// The labor contract; what is unknown is left blank to be filled by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Number without «№».
    pub number: Option<String>,
    /// Date.
    pub date: Option<NaiveDate>,
}

/// The employer in the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    /// Who acts for it, position and full name, genitive: «директора Ивановой Марии Петровны».
    pub represented_by_genitive: String,
    /// On what ground, genitive: «Устава».
    pub basis_genitive: String,
    /// Address, ИНН and the like, a line each; may be empty.
    pub details: Vec<String>,
    /// Position of the signatory, nominative: «Директор».
    pub position: String,
    /// Initials and surname of the signatory.
    pub initials: String,
}

/// The mentor in the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worker {
    /// Full name, nominative.
    pub name: String,
    /// Position, nominative.
    pub position: String,
    /// Passport, address and the like, a line each; may be empty (filled by hand if the school wants them).
    pub details: Vec<String>,
    /// Initials and surname.
    pub initials: String,
}

impl SupplementaryAgreement {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.mentees_genitive.is_empty() {
            return Err(PaperError::Empty("в соглашении не назван наставляемый"));
        }
        let mut paper = Composer::default();
        self.letterhead.compose("ДОПОЛНИТЕЛЬНОЕ СОГЛАШЕНИЕ", &mut paper);
        self.parties(&mut paper);
        self.work(&mut paper);
        self.payment(&mut paper);
        Self::closing(&mut paper);
        let (left, right) = self.sides();
        paper.push(Block::sides(&left, &right));
        let title = self.letterhead.title("Дополнительное соглашение");
        Ok(paper.finish(&title, &self.letterhead.organization_short, &self.letterhead.record_url))
    }

    pub(super) fn dated(&self) -> Option<NaiveDate> {
        self.letterhead.date
    }

    fn parties(&self, paper: &mut Composer) {
        let number = self.contract.number.as_deref().map_or("__________", str::trim);
        let date = self.contract.date.map_or_else(|| super::BLANK_DAY.to_owned(), date_in_words);
        paper.paragraph(&format!(
            "{} (далее – Работодатель) в лице {}, действующего на основании {}, и {}, {} (далее – Работник), вместе \
             именуемые Стороны, в соответствии со статьями 72 и 351.8 Трудового кодекса Российской Федерации заключили \
             настоящее дополнительное соглашение к трудовому договору от {date} № {number} (далее – трудовой договор) \
             о нижеследующем:",
            self.letterhead.organization_full.trim(),
            self.employer.represented_by_genitive.trim(),
            self.employer.basis_genitive.trim(),
            self.worker.name.trim(),
            self.worker.position.trim(),
        ));
    }

    fn work(&self, paper: &mut Composer) {
        let taken = "Работник на основании своего письменного согласия выполняет по поручению Работодателя работу \
                     по наставничеству в отношении";
        match self.mentees_genitive.as_slice() {
            [one] => {
                paper.clause(&sentence(&format!("{taken} {}", one.trim())));
            }
            many => {
                paper.clause(&format!("{taken} следующих работников:")).extend(Block::items(many));
            }
        }
        if !self.content.is_empty() {
            paper.clause("Содержание работы по наставничеству:").extend(Block::items(&self.content));
        }
        let mut form = format!("Форма наставничества – {}", self.form.trim());
        if !self.kinds.is_empty() {
            form = format!(
                "{form}; {} – {}",
                if self.kinds.len() == 1 { "вид" } else { "виды" },
                self.kinds.join(", ")
            );
        }
        if let Some(model) = &self.model {
            form = format!("{form}; ролевая модель – {}", model.trim());
        }
        form = sentence(&form);
        if let Some(schedule) = &self.schedule {
            form = format!("{form} Работа выполняется {}", sentence(schedule));
        }
        paper.clause(&form);
        paper.clause(&format!("Срок выполнения работы – {}", self.period.in_words()));
    }

    fn payment(&self, paper: &mut Composer) {
        match (&self.pay, self.pay.size()) {
            (Pay::Unpaid { reason }, _) => paper.clause(&format!(
                "На дату заключения настоящего соглашения выплата за наставничество Работнику не устанавливается: {} \
                 При установлении выплаты Стороны определяют её размер и условия отдельным соглашением.",
                sentence(reason)
            )),
            (_, size) => {
                let terms = self.pay_terms.as_deref().unwrap_or(
                    "Выплата производится одновременно с заработной платой пропорционально времени выполнения работы.",
                );
                paper.clause(&format!(
                    "За выполнение работы по наставничеству Работнику устанавливается выплата в размере {} {}",
                    sentence(&size.unwrap_or_default()),
                    sentence(terms)
                ))
            }
        };
        if let Some(text) = &self.partnership {
            paper.clause(text);
        }
    }

    fn closing(paper: &mut Composer) {
        for text in [
            "Работник вправе досрочно отказаться от выполнения работы по наставничеству, а Работодатель – досрочно \
             отменить поручение о её выполнении, предупредив об этом другую Сторону в письменной форме не позднее \
             чем за три рабочих дня.",
            "Остальные условия трудового договора остаются неизменными. Настоящее соглашение является неотъемлемой \
             частью трудового договора и вступает в силу со дня его подписания Сторонами.",
            "Соглашение составлено в двух экземплярах, имеющих равную юридическую силу, по одному для каждой из Сторон.",
        ] {
            paper.clause(text);
        }
    }

    fn sides(&self) -> (Side, Side) {
        let employer = Side {
            title: "Работодатель".to_owned(),
            lines: std::iter::once(&self.letterhead.organization_short)
                .chain(&self.employer.details)
                .chain(std::iter::once(&self.employer.position))
                .cloned()
                .collect(),
            name: self.employer.initials.clone(),
            receipt: None,
        };
        let worker = Side {
            title: "Работник".to_owned(),
            lines: [&self.worker.name, &self.worker.position]
                .into_iter()
                .chain(&self.worker.details)
                .cloned()
                .collect(),
            name: self.worker.initials.clone(),
            receipt: Some("Экземпляр соглашения получен:".to_owned()),
        };
        (employer, worker)
    }
}
