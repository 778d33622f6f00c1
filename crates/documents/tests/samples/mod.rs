//! One sample of each paper, with the longest names and positions a school really has.

mod agreement;
mod consents;
mod evaluation;
mod minutes;
mod orders;
mod partners;
mod petition;
mod program;
mod route;
mod shared_program;
mod slips;
mod speed;

use chrono::NaiveDate;
use nastavnik_documents::papers::{Addressee, Letterhead, Pay, Period, Signatory};

pub(crate) use agreement::{agreement, agreement_unpaid};
pub(crate) use consents::{data_consent, mentee_agreement, mentor_consent, mentor_consent_group};
pub(crate) use evaluation::{evaluation_part, evaluation_sheet};
pub(crate) use minutes::minutes;
pub(crate) use orders::{ending, order};
pub(crate) use petition::petition;
pub(crate) use program::program;
pub(crate) use route::route;
pub(crate) use shared_program::shared_program;
pub(crate) use slips::slips;
pub(crate) use speed::speed_cards;

pub(crate) use partners::{amending, cooperation};

/// Short name of the sample school.
pub(crate) const SCHOOL: &str = "МБОУ «СОШ №3 им. А.А. Ивасенко»";

const FULL: &str = "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа №3 имени \
                    Ивасенко Анатолия Антоновича»";
const URL: &str = "https://nastavnik.example.org/d/019ab4c2-7d1e-7a10-9f3e-0c5d2b7f8a11";
const LONG_POSITION: &str =
    "советник директора по воспитанию и взаимодействию с детскими общественными объединениями";

const NAMES: [&str; 8] = [
    "Рустамова Гульнара Абдурахмановна",
    "Сидорова Анна Павловна",
    "Константинопольская Александра Вячеславовна",
    "Цой Вера Андреевна",
    "Салтыков-Щедрин Михаил Евграфович",
    "Ёлкина Ольга Юрьевна",
    "Жуков Пётр Ильич",
    "Абдуллаев Тимур Рашид оглы",
];

/// A date that certainly exists.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn period() -> Period {
    Period { from: day(2026, 10, 1), to: day(2027, 5, 31) }
}

fn letterhead(heading: &str, number: Option<&str>) -> Letterhead {
    Letterhead {
        organization_full: FULL.to_owned(),
        organization_short: SCHOOL.to_owned(),
        place: "г. Нефтеюганск".to_owned(),
        number: number.map(str::to_owned),
        date: number.map(|_| day(2026, 9, 28)),
        heading: heading.to_owned(),
        record_url: URL.to_owned(),
    }
}

fn addressee() -> Addressee {
    Addressee {
        position_dative: "Директору".to_owned(),
        organization: SCHOOL.to_owned(),
        name_dative: "Скоковой А. А.".to_owned(),
    }
}

fn signatory() -> Signatory {
    Signatory { position: "Директор".to_owned(), name: "А. А. Скокова".to_owned() }
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn content() -> Vec<String> {
    strings(&[
        "разработка и сопровождение персонализированной программы наставничества",
        "посещение занятий наставляемого и совместный разбор занятий",
        "проведение открытых занятий и консультаций",
        "подготовка предложений по итогам выполнения программы",
    ])
}

fn money() -> Pay {
    Pay::Monthly {
        kopecks: 500_000,
        supplements_genitive: Some(
            "районного коэффициента и процентной надбавки за работу в местностях, приравненных к районам Крайнего Севера"
                .to_owned(),
        ),
    }
}

/// Nothing is paid, and the paper says why.
pub(crate) fn unpaid() -> Pay {
    Pay::Unpaid {
        reason: "размер выплаты не установлен положением об оплате труда работников организации".to_owned(),
    }
}
