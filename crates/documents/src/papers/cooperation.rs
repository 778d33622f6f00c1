//! Agreement of cooperation between two organizations about mentoring (договор о сотрудничестве, п. 4.1.1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet, Side};

use super::requisites::{Letterhead, Period};
use super::sentence;

/// Agreement of two organizations: what for, who pays the mentor, personal data, term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CooperationAgreement {
    /// Requisites of the party that has made it; heading «О сотрудничестве в наставничестве …».
    pub letterhead: Letterhead,
    /// The party that has made it.
    pub first: Party,
    /// The other one.
    pub second: Party,
    /// What for, in their own words, whole sentences.
    pub subject: Vec<String>,
    /// Who pays the mentor.
    pub payer: PayingParty,
    /// Consents a worker gives before data are handed over, nominative: «на обработку персональных данных в
    /// организации». Without any the parties hand over none.
    pub consents: Vec<String>,
    /// Term of the agreement.
    pub period: Period,
}

/// One party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Full name, nominative.
    pub full: String,
    /// Short name, nominative.
    pub short: String,
    /// Who acts for it; none leaves a blank to be filled by hand.
    pub head: Option<Head>,
    /// Address, ИНН and the like, a line each; may be empty.
    pub details: Vec<String>,
}

/// Who acts for a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Position and full name, genitive: «директора Ивановой Марии Петровны».
    pub represented_by_genitive: String,
    /// «действующего» or «действующей».
    pub acting: String,
    /// Position, nominative: «Директор».
    pub position: String,
    /// Initials and surname.
    pub initials: String,
}

/// Which party pays the mentor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayingParty {
    /// The party that has made the agreement.
    First,
    /// The other one.
    Second,
}

impl CooperationAgreement {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.subject.is_empty() {
            return Err(PaperError::Empty("в договоре не назван предмет"));
        }
        let mut paper = Composer::default();
        self.letterhead.compose("ДОГОВОР О СОТРУДНИЧЕСТВЕ", &mut paper);
        self.parties(&mut paper);
        paper.push(Block::subheading("Предмет договора"));
        for text in &self.subject {
            paper.clause(&sentence(text));
        }
        for text in DUTIES {
            paper.clause(text);
        }
        paper.push(Block::subheading("Оплата работы наставника"));
        self.payment(&mut paper);
        paper.push(Block::subheading("Персональные данные"));
        self.personal_data(&mut paper);
        paper.push(Block::subheading("Срок и прекращение договора"));
        paper.clause(&sentence(&format!("Договор действует {}", self.period.in_words())));
        for text in CLOSING {
            paper.clause(text);
        }
        let side = |title: &str, party: &Party| party.side(title);
        paper.push(Block::sides(&side("Сторона 1", &self.first), &side("Сторона 2", &self.second)));
        let title = self.letterhead.title("Договор о сотрудничестве");
        Ok(paper.finish(&title, &self.letterhead.organization_short, &self.letterhead.record_url))
    }

    pub(super) fn dated(&self) -> Option<NaiveDate> {
        self.letterhead.date
    }

    fn parties(&self, paper: &mut Composer) {
        paper.paragraph(&format!(
            "{}, {}, и {}, {}, вместе именуемые Стороны, в соответствии с пунктом 4.1.1 Положения о системе \
             наставничества педагогических работников заключили настоящий договор о нижеследующем:",
            format_args!("{} (далее – Сторона 1)", self.first.full.trim()),
            self.first.represented(),
            format_args!("{} (далее – Сторона 2)", self.second.full.trim()),
            self.second.represented(),
        ));
    }

    fn payment(&self, paper: &mut Composer) {
        let (number, payer) = match self.payer {
            PayingParty::First => (1, &self.first),
            PayingParty::Second => (2, &self.second),
        };
        paper.clause(&format!(
            "Выплату за наставничество обеспечивает Сторона {number} ({}). Её размер и условия устанавливает \
             дополнительное соглашение к трудовому договору наставника с его работодателем (статья 351.8 Трудового \
             кодекса Российской Федерации).",
            payer.short.trim()
        ));
        paper.clause(
            "Если наставник работает у другой Стороны, Сторона, которая обеспечивает выплату, возмещает работодателю \
             наставника её сумму с начисленными на неё обязательными платежами.",
        );
    }

    fn personal_data(&self, paper: &mut Composer) {
        if self.consents.is_empty() {
            paper.clause(
                "Стороны не передают друг другу персональные данные работников по настоящему договору.",
            );
            return;
        }
        paper.clause(
            "Стороны передают друг другу персональные данные наставников и наставляемых только с их письменного согласия:",
        );
        paper.extend(Block::items(&self.consents));
        paper.clause(
            "Сторона, получившая данные, использует их только для наставничества, не передаёт третьим лицам и \
             прекращает обработку, когда согласие отозвано или наставничество завершено (Федеральный закон от \
             27.07.2006 № 152-ФЗ).",
        );
    }
}

/// What both parties take upon themselves.
const DUTIES: &[&str] = &[
    "Наставник и наставляемый участвуют добровольно. Пару или группу закрепляет приказом руководитель организации, \
     в которой работает наставляемый; работодатель наставника получает его письменное согласие и заключает с ним \
     дополнительное соглашение.",
    "Стороны дают участникам время и место для встреч, в том числе дистанционных, и не привлекают их к другой работе \
     под видом наставничества.",
];

const CLOSING: &[&str] = &[
    "Каждая Сторона вправе прекратить договор, письменно предупредив другую. Наставничество, которое уже идёт, \
     Стороны завершают приказами в порядке, который установлен законом.",
    "Договор составлен в двух экземплярах, имеющих равную юридическую силу, по одному для каждой из Сторон.",
];

impl Party {
    fn represented(&self) -> String {
        let Some(head) = &self.head else {
            return "в лице ____________________, действующего на основании ____________".to_owned();
        };
        let (who, acting) = (head.represented_by_genitive.trim(), head.acting.trim());
        format!("в лице {who}, {acting} на основании Устава")
    }

    fn side(&self, title: &str) -> Side {
        let position = self.head.as_ref().map(|head| &head.position);
        Side {
            title: title.to_owned(),
            lines: std::iter::once(&self.short).chain(&self.details).chain(position).cloned().collect(),
            name: self.head.as_ref().map_or_else(String::new, |head| head.initials.clone()),
            receipt: None,
        }
    }
}
