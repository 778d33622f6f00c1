//! People and places as papers write them: positions with subjects, names in cases.

use nastavnik_domain::kind::Form;
use nastavnik_domain::person::Qualification;
use nastavnik_domain::russian::{Case, decline_full, decline_position, decline_short};

use crate::pairs::{Job, Participant, Side};

/// Subjects of the staff lists with their genitives. A subject that is not here stands in brackets: a wrong
/// ending in an order is worse than a bracket.
const SUBJECTS: &[(&str, &str)] = &[
    ("алгебра", "алгебры"),
    ("английский язык", "английского языка"),
    ("астрономия", "астрономии"),
    ("биология", "биологии"),
    ("география", "географии"),
    ("геометрия", "геометрии"),
    ("изобразительное искусство", "изобразительного искусства"),
    ("иностранный язык", "иностранного языка"),
    ("информатика", "информатики"),
    ("история", "истории"),
    ("история и обществознание", "истории и обществознания"),
    ("литература", "литературы"),
    ("литературное чтение", "литературного чтения"),
    ("математика", "математики"),
    ("музыка", "музыки"),
    ("начальные классы", "начальных классов"),
    ("немецкий язык", "немецкого языка"),
    ("обж", "ОБЖ"),
    ("обзр", "ОБЗР"),
    ("обществознание", "обществознания"),
    ("окружающий мир", "окружающего мира"),
    ("право", "права"),
    ("родной язык", "родного языка"),
    ("русский язык", "русского языка"),
    ("русский язык и литература", "русского языка и литературы"),
    ("технология", "технологии"),
    ("труд (технология)", "труда (технологии)"),
    ("физика", "физики"),
    ("физическая культура", "физической культуры"),
    ("французский язык", "французского языка"),
    ("химия", "химии"),
    ("черчение", "черчения"),
    ("шахматы", "шахмат"),
    ("экология", "экологии"),
    ("экономика", "экономики"),
];

/// Bare titles that are told together with what is taught: «учитель математики».
const WITH_SUBJECT: [&str; 2] = ["учитель", "преподаватель"];

/// «учитель математики» of the position «учитель» and the subject «математика»; a position that says more
/// than a bare title stays as it is, and so does one without a subject.
pub fn full_position(position: &str, subject: Option<&str>) -> String {
    let position = position.trim();
    let Some(subject) = subject.map(str::trim).filter(|text| !text.is_empty()) else {
        return position.to_owned();
    };
    if !WITH_SUBJECT.contains(&position.to_lowercase().as_str()) {
        return position.to_owned();
    }
    let genitive = |one: &str| {
        let key = one.trim().to_lowercase();
        SUBJECTS.iter().find(|(subject, _)| *subject == key).map(|(_, genitive)| *genitive)
    };
    let all: Option<Vec<&str>> = match genitive(subject) {
        Some(whole) => Some(vec![whole]),
        None => subject.split([',', ';']).map(genitive).collect(),
    };
    all.map_or_else(|| format!("{position} ({subject})"), |known| format!("{position} {}", known.join(", ")))
}

/// The position mentoring is about; «работник» where the staff list names none.
pub(super) fn position(person: &Participant, form: Form, side: Side) -> String {
    person.job(form, side).map_or_else(|| "работник".to_owned(), |job| of_job(job))
}

fn of_job(job: &Job) -> String {
    full_position(&job.position, job.subject.as_deref())
}

/// «учителя математики Петрова Ивана Сергеевича».
pub(super) fn whom(person: &Participant, form: Form, side: Side, case: Case) -> String {
    format!("{} {}", decline_position(&position(person, form, side), case), full(person, case))
}

/// The full name in a case; a form typed by hand wins.
pub(super) fn full(person: &Participant, case: Case) -> String {
    decline_full(&person.name, person.gender, case, person.forms.as_ref())
}

/// «Скоковой А. А.».
pub(super) fn short(person: &Participant, case: Case) -> String {
    decline_short(&person.name, person.gender, case, person.forms.as_ref())
}

/// The qualification category as the table of an order writes it.
pub(super) fn qualification(person: &Participant, form: Form, side: Side) -> Option<String> {
    let known = person.job(form, side)?.qualification?;
    Some(match known {
        Qualification::First | Qualification::Highest => {
            format!("{} квалификационная категория", known.title())
        }
        Qualification::Conforms => "соответствует занимаемой должности".to_owned(),
        Qualification::Methodist => "высшая квалификационная категория, педагог-методист".to_owned(),
        Qualification::MentorTeacher => "высшая квалификационная категория, педагог-наставник".to_owned(),
    })
}

/// «Директор» of «директор».
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_teacher_is_told_with_the_subject() {
        let examples = [
            ("учитель", Some("математика"), "учитель математики"),
            ("учитель", Some("Русский язык и литература"), "учитель русского языка и литературы"),
            ("учитель", Some("физика, астрономия"), "учитель физики, астрономии"),
            ("учитель", Some("труд (технология)"), "учитель труда (технологии)"),
            ("учитель", Some("робототехника и 3D"), "учитель (робототехника и 3D)"),
            ("учитель", None, "учитель"),
            ("учитель", Some(" "), "учитель"),
            ("учитель начальных классов", Some("начальные классы"), "учитель начальных классов"),
            ("преподаватель-организатор", Some("ОБЗР"), "преподаватель-организатор"),
        ];
        for (position, subject, expected) in examples {
            assert_eq!(full_position(position, subject), expected);
        }
    }

    #[test]
    fn a_subject_does_not_hinder_cases() {
        let position = full_position("учитель", Some("русский язык и литература"));
        assert_eq!(decline_position(&position, Case::Genitive), "учителя русского языка и литературы");
        assert_eq!(
            decline_position(&full_position("учитель", Some("шашки")), Case::Dative),
            "учителю (шашки)"
        );
    }
}
