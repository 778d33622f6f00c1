//! Cells as people type them.

use super::{day, text};
use crate::person::{Education, Gender, Qualification};
use crate::staff_list::*;
use chrono::NaiveDate;

fn today() -> NaiveDate {
    day(2026, 11, 23)
}

#[test]
fn full_names() {
    let read = |name: &str| parse_full_name(&text(name)).map(|read| (read.value.full(), read.note.is_some()));
    let ok = |name: &str, noted| Ok((name.to_owned(), noted));
    assert_eq!(read("Титова Эльмира Богдановна"), ok("Титова Эльмира Богдановна", false));
    assert_eq!(read("  Самойлова  Алёна Богдановна "), ok("Самойлова Алёна Богдановна", true));
    assert_eq!(read("  СЕМЁНОВ  ПРОКОПИЙ ФОКИЧ "), ok("Семёнов Прокопий Фокич", true));
    assert_eq!(read("ВЕРЗИЛОВА ЛЮДМИЛА БОРИCЛАВОВНА"), ok("Верзилова Людмила Бориславовна", true));
    assert_eq!(read("Гурскaя Cусанна Ермолаевна"), ok("Гурская Сусанна Ермолаевна", true));
    assert_eq!(read("САЛТЫКОВ-ЩЕДРИН МИХАИЛ ЕВГРАФОВИЧ"), ok("Салтыков-Щедрин Михаил Евграфович", true));
    assert_eq!(read("Ким Анна"), ok("Ким Анна", false));
    assert_eq!(read("Алиев Гейдар Мамед оглы"), ok("Алиев Гейдар Мамед оглы", false));
    for wrong in
        ["Иванова", "Иванова А. П.", "Иванова Анна Петровна декрет", "", "---", "Иванова Анна П3тровна"]
    {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    assert!(parse_full_name(&Cell::Number(5.0)).is_err());
}

#[test]
fn birth_dates() {
    let read = |cell: &Cell| parse_birth_date(cell, today()).map(|read| read.value);
    for (written, expected) in [
        ("01.12.77", day(1977, 12, 1)),
        ("08.11.2004", day(2004, 11, 8)),
        ("10.08.2001г.", day(2001, 8, 10)),
        ("10.08.2001 г.", day(2001, 8, 10)),
        ("21.04.03", day(2003, 4, 21)),
        ("1977-12-01", day(1977, 12, 1)),
        ("1977-12-01 00:00:00", day(1977, 12, 1)),
        ("5/2/1985", day(1985, 2, 5)),
        ("1 декабря 1977 года", day(1977, 12, 1)),
        ("29.02.2004", day(2004, 2, 29)),
    ] {
        assert_eq!(read(&text(written)), Ok(Some(expected)), "{written}");
    }
    assert_eq!(read(&Cell::Date(day(1988, 7, 15))), Ok(Some(day(1988, 7, 15))));
    assert_eq!(read(&Cell::Number(28_460.0)), Ok(Some(day(1977, 12, 1))));
    assert_eq!(read(&Cell::Empty), Ok(None));
    for wrong in [
        "31.02.1990",
        "31.02.90",
        "29.02.2003",
        "1990",
        "05.1990",
        "нет",
        "01.01.2015",
        "01.01.1900",
        "32.01.85",
    ] {
        assert!(read(&text(wrong)).is_err(), "{wrong}");
    }
    let note = parse_birth_date(&text("01.12.77"), today()).unwrap().note.unwrap();
    assert_eq!(note, "«01.12.77»: дата понята как 01.12.1977.");
    let refusal = parse_birth_date(&text("31.02.1990"), today()).unwrap_err().to_string();
    assert_eq!(refusal, "«31.02.1990»: такого дня нет в календаре. Исправьте дату.");
}

#[test]
fn beginnings_of_work() {
    let read = |cell: &Cell| parse_since(cell, today()).map(|read| read.value.map(Since::words));
    let ok = |words: &str| Ok(Some(words.to_owned()));
    for (written, expected) in [
        ("с 2019 г.", "2019 г."),
        ("2021", "2021 г."),
        ("с 01.09.2019", "01.09.2019"),
        ("15.09.2004г.", "15.09.2004"),
        ("07.01.93", "07.01.1993"),
        ("01.09.26", "01.09.2026"),
        ("09.2019", "09.2019"),
        ("сентябрь 2019", "09.2019"),
        ("1 мая 2020", "01.05.2020"),
    ] {
        assert_eq!(read(&text(written)), ok(expected), "{written}");
    }
    assert_eq!(read(&Cell::Number(2023.0)), ok("2023 г."));
    assert_eq!(read(&Cell::Date(day(2018, 5, 26))), ok("26.05.2018"));
    assert_eq!(read(&text("-")), Ok(None));
    for wrong in ["31.02.2019", "13.2019", "давно", "12", "01.09.2045", "1930"] {
        assert!(read(&text(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn experience_in_all_spellings() {
    let list = day(2026, 9, 1);
    let read = |cell: &Cell| parse_experience(cell, list).map(|read| read.value.map(|since| since.date));
    for (written, expected) in [
        ("26,5", day(2000, 3, 1)),
        ("15 лет", day(2011, 9, 1)),
        ("29", day(1997, 9, 1)),
        ("4 года", day(2022, 9, 1)),
        ("1 год 2 мес.", day(2025, 7, 1)),
        ("15лет", day(2011, 9, 1)),
        ("10 мес.", day(2025, 11, 1)),
        ("б/с", list),
        ("0", list),
        ("3 г. 6 м.", day(2023, 3, 1)),
        ("5 лет 3 мес 12 дней", day(2021, 6, 1)),
    ] {
        assert_eq!(read(&text(written)), Ok(Some(expected)), "{written}");
    }
    assert_eq!(read(&Cell::Number(1.5)), Ok(Some(day(2025, 3, 1))));
    assert_eq!(read(&Cell::Empty), Ok(None));
    for wrong in ["много", "150", "-3", "15 штук", "1 2 3"] {
        assert!(read(&text(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn qualifications() {
    use Qualification::{Conforms, First, Highest, MentorTeacher, Methodist};
    let read = |cell: &Cell| parse_qualification(cell).map(|read| read.value);
    for (expected, spellings) in [
        (
            Some(First),
            ["1", "I", "1 кв.кат.", "первая", "Первая категория", "1 категория", "перв.", "1-я", "1КК"]
                .as_slice(),
        ),
        (Some(Highest), &["В", "B", "выс.", "высшая", "ВЫСШАЯ", "высшая кв. категория", "высш.", "ВКК"]),
        (
            Some(Conforms),
            &["соотв.", "СЗД", "сзд", "соответствие занимаемой должности", "соответствие", "соответствует"],
        ),
        (Some(Methodist), &["высшая, педагог-методист", "педагог - методист"]),
        (Some(MentorTeacher), &["высшая, педагог-наставник", "педагог-наставник"]),
        (None, &["б/к", "-", "нет", "без категории", "—", "не имеет", "б/к."]),
    ] {
        for written in spellings {
            assert_eq!(read(&text(written)), Ok(expected), "{written}");
        }
    }
    assert_eq!(read(&Cell::Number(1.0)), Ok(Some(First)));
    for wrong in ["3", "хорошая", "2028"] {
        assert!(read(&text(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn education_and_gender() {
    use Education::{HigherOther, HigherPedagogical, OtherRetrained, SecondaryOther, SecondaryPedagogical};
    let read = |written: &str| parse_education(&text(written)).map(|read| read.value);
    for education in Education::ALL {
        assert_eq!(read(education.title()), Ok(Some(education)));
    }
    for (written, expected) in [
        ("Высшее пед.", Some(HigherPedagogical)),
        ("ср. проф. пед.", Some(SecondaryPedagogical)),
        ("высшее непедагогическое, профессиональная переподготовка", Some(OtherRetrained)),
        ("высшее (не пед.)", Some(HigherOther)),
        ("среднее специальное непедагогическое", Some(SecondaryOther)),
        ("-", None),
        ("", None),
    ] {
        assert_eq!(read(written), Ok(expected), "{written}");
    }
    let bare = parse_education(&text("высшее")).unwrap();
    assert_eq!(bare.value, None);
    assert!(bare.note.unwrap().contains("не сказано"));
    assert!(read("жаворонок").is_err());

    let gender = |written: &str| parse_gender(&text(written)).map(|read| read.value);
    assert_eq!(gender("Ж"), Ok(Some(Gender::Female)));
    assert_eq!(gender("муж."), Ok(Some(Gender::Male)));
    assert_eq!(gender(""), Ok(None));
    assert!(gender("да").is_err());
}

#[test]
fn positions_with_subjects() {
    let read = |written: &str| {
        parse_position_with_subject(&text(written)).map(|read| {
            let (position, subject) = read.value;
            (position.unwrap_or_default(), subject.unwrap_or_default())
        })
    };
    let ok = |position: &str, subject: &str| Ok((position.to_owned(), subject.to_owned()));
    assert_eq!(read("учитель (труд (технология))"), ok("учитель", "труд (технология)"));
    assert_eq!(read("Учитель  ( английский язык )"), ok("учитель", "английский язык"));
    assert_eq!(read("учитель (математика"), ok("учитель", "математика"));
    assert_eq!(read("учитель-логопед"), ok("учитель-логопед", ""));
    assert_eq!(read("УЧИТЕЛЬ НАЧ. КЛАССОВ"), ok("учитель начальных классов", ""));
    assert_eq!(read(""), ok("", ""));
    for wrong in ["(математика)", "учитель (физика) и (химия", "учитель (физика))", "123"]
    {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    let read = |written: &str| parse_position(&text(written)).map(|read| read.value);
    assert_eq!(
        read("Зам. директора по УВР"),
        Ok(Some("заместитель директора по учебно-воспитательной работе".to_owned()))
    );
    assert_eq!(read("ПДО"), Ok(Some("педагог дополнительного образования".to_owned())));
}

#[test]
fn phones_emails_and_shares() {
    let phone = |cell: &Cell| parse_phone(cell).map(|read| read.value.unwrap_or_default());
    let good = Ok("+7 925 131-74-14".to_owned());
    assert_eq!(phone(&Cell::Number(89_251_317_414.0)), good);
    assert_eq!(phone(&Cell::Number(9_251_317_414.0)), good);
    for written in [
        "89251317414",
        "+7 925 131-74-14",
        "8 (925) 131-74-14",
        "79251317414",
        "9251317414",
        "+7 925 131-74-14, 22-33-44",
    ] {
        assert_eq!(phone(&text(written)), good, "{written}");
    }
    assert_eq!(phone(&Cell::Empty), Ok(String::new()));
    for wrong in ["22-33-44", "+1 925 131 74 14", "почта", "892513174141"] {
        assert!(phone(&text(wrong)).is_err(), "{wrong}");
    }

    let email = |written: &str| parse_email(&text(written)).map(|read| read.value);
    assert_eq!(email(" Titova.EB@School.example "), Ok(Some("titova.eb@school.example".to_owned())));
    assert_eq!(email("иванова@школа.рф"), Ok(Some("иванова@школа.рф".to_owned())));
    assert_eq!(email("-"), Ok(None));
    for wrong in ["titova", "@school.example", "a@b", "a@b..c", "a b@c.d", "a@b@c.d"] {
        assert!(email(wrong).is_err(), "{wrong}");
    }

    let share = |cell: &Cell| parse_share(cell).map(|read| read.value);
    for (written, expected) in
        [("0,5", 50), ("50 %", 50), ("1 ставка", 100), ("1/2", 50), ("1,25", 125), ("0.75 ст.", 75)]
    {
        assert_eq!(share(&text(written)), Ok(Some(expected)), "{written}");
    }
    assert_eq!(share(&Cell::Number(1.5)), Ok(Some(150)));
    for wrong in ["0", "500", "полная", "1/0"] {
        assert!(share(&text(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn addresses() {
    assert_eq!(address(0, 1), "A1");
    assert_eq!(address(25, 7), "Z7");
    assert_eq!(address(26, 7), "AA7");
    assert_eq!(address(16_383, 1_048_576), "XFD1048576");
}
