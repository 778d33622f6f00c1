//! Names give way, marks restore the text, and what is left names nobody.

mod examples;

use proptest::prelude::*;

use super::*;
use crate::person::{FullName, Gender};
use crate::russian::decline_name;

fn person(surname: &str, given: &str, patronymic: &str, gender: Gender, stand: Stand) -> Person {
    Person { name: FullName::new(surname, given, Some(patronymic)), gender, forms: None, stand }
}

fn school() -> Known {
    let people = [
        person("Петрова", "Ирина", "Ивановна", Gender::Female, Stand::Mentor),
        person("Семёнов", "Пётр", "Ильич", Gender::Male, Stand::Mentee),
        person("Салтыкова-Щедрина", "Вера", "Павловна", Gender::Female, Stand::Teacher),
        person("Ли", "Роман", "Сергеевич", Gender::Male, Stand::Teacher),
    ];
    let organizations = ["МБОУ «СОШ №5»".to_owned(), "Центр «Созвездие»".to_owned()];
    Known::new(&people, &organizations, &["Город Заозёрный".to_owned()])
}

fn read(text: &str) -> String {
    depersonalize(text, &school()).read(&Decisions::new())
}

#[test]
fn names_become_roles_in_the_case_of_the_sentence() {
    let examples = [
        ("Посещение уроков Петровой И. И.", "Посещение уроков наставника"),
        ("Посещение уроков Петровой И. И. Затем разбор.", "Посещение уроков наставника. Затем разбор."),
        ("И. И. Петрова проводит урок", "Наставник проводит урок"),
        ("обратиться к Ирине Ивановне за советом", "обратиться к наставнику за советом"),
        ("вместе с Ириной\u{a0}Ивановной Петровой", "вместе с наставником"),
        ("Пётр ведёт урок, Петр Ильич записывает", "Наставляемый ведёт урок, наставляемый записывает"),
        ("урок СЕМЁНОВА и урок Семенова", "урок наставляемого и урок наставляемого"),
        ("у Салтыковой-Щедриной, у Щедриной", "у педагога, у педагога"),
        ("уроки Петровых", "уроки наставника"),
        ("попросить ивановну", "попросить наставника"),
        ("совет Семёновой", "совет наставляемого"),
        ("Петрoва (с латинской буквой)", "Наставник (с латинской буквой)"),
        ("Пет\u{ad}ро\u{301}ва здесь", "Наставник здесь"),
    ];
    for (text, expected) in examples {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn places_and_contacts_become_words() {
    let examples = [
        ("в школе № 5 и в МБОУ «СОШ №5»", "в организации и в организации"),
        ("Директор лицея «Орион»", "Директор организации"),
        ("для СОШ 7", "для организации"),
        ("занятия центра «Созвездие»", "занятия организации"),
        ("в школе молодого педагога", "в школе молодого педагога"),
        ("в школе 3 раза в неделю", "в школе 3 раза в неделю"),
        ("Пишите на i.petrova@school.ru.", "Пишите на контакте."),
        ("звонить +7 (912) 345-67-89 вечером", "звонить контакта вечером"),
        ("тел. 8 912 345 67 89, 2-34-56", "тел. контакт, контакт"),
        ("запись: https://vk.com/wall-1_2?x=y", "запись: ссылка"),
        ("на сайте school5.ru/news", "на сайте ссылки"),
        ("в 5 «Б» классе и в 7А", "в 5 классе и в 7 классе"),
        ("5-б класс, 6 А", "5 класс, 6 класс"),
        ("3 в неделю, 5-м, 10 г, 7 а не 8", "3 в неделю, 5-м, 10 г, 7 а не 8"),
        ("в 9 классе 8 уроков из 10", "в 9 классе 8 уроков из 10"),
        ("родилась 12.03.1990", "родилась даты"),
        ("12 марта 1990 г., до 12 марта 2027 г.", "Дата, до 12 марта 2027 г."),
        ("1990 года рождения", "Дата"),
        ("на ул. Ленина, д. 5, кв. 3 в 10 часов", "на адресе в 10 часов"),
        ("г. Заозёрный", "муниципалитет"),
        ("праздник в Заозёрном", "праздник в муниципалитете"),
        ("в посёлке Светлый Яр", "в муниципалитете"),
    ];
    for (text, expected) in examples {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_sure_is_asked() {
    let asked = |text: &str| -> Vec<String> {
        depersonalize(text, &school()).doubtful().map(|piece| piece.text.clone()).collect()
    };
    assert_eq!(asked("Подготовить с Машей урок по А. С. Пушкину"), ["Машей", "А. С. Пушкину"]);
    assert_eq!(asked("Маша читает. Работа с классом по ФГОС."), ["Маша"]);
    // A given name of a colleague may be a word: «Роман «Отцы и дети»».
    assert_eq!(asked("изучить Роман в стихах"), ["Роман"]);
    assert_eq!(asked("Цели «Научиться слышать» достигнуты"), Vec::<String>::new());
    assert_eq!(asked("умеет ли класс, вера в себя"), Vec::<String>::new());
}

#[test]
fn a_person_decides_each_doubtful_word_once() {
    let marked = depersonalize("урок с Машей и снова с Машей, книга Пушкина", &school());
    let keys: Vec<String> = marked.doubtful().map(Piece::key).collect();
    assert_eq!(keys, ["машей", "машей", "пушкина"]);
    let decisions = Decisions::from([
        ("машей".to_owned(), Choice::Replace(Stand::Pupil)),
        ("пушкина".to_owned(), Choice::Keep),
    ]);
    assert_eq!(marked.read(&decisions), "урок с учеником и снова с учеником, книга Пушкина");
    let added = school().with(&["у старой мельницы".to_owned()]);
    let text = "занятие У Старой  мельницы";
    assert_eq!(depersonalize(text, &added).read(&Decisions::new()), "занятие названия");
}

#[test]
fn every_stand_is_a_word_in_every_case() {
    let expected =
        ["наставляемый", "наставляемого", "наставляемому", "наставляемого", "наставляемым", "наставляемом"];
    assert_eq!(Case::ALL.map(|case| Stand::Mentee.word(case)), expected);
    assert_eq!(Stand::Organization.word(Case::Dative), "организации");
    for stand in Stand::CHOICES {
        assert_eq!(Stand::from_code(stand.code()), Some(stand));
        assert_ne!(stand.word(Case::Genitive), "");
    }
}

fn surname() -> impl Strategy<Value = String> {
    let known = [
        "Петрова",
        "Семёнов",
        "Бонч-Бруевич",
        "Хабибуллина",
        "Мороз",
        "Черных",
        "Вяземская",
        "Коваль",
        "Заяц",
        "Фёдорова",
    ];
    prop_oneof![
        prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        "[БВГДЖЗКЛМНПРСТФХЧШ][аеёиоуыэюя][бвгджзклмнпрстфхчш]{1,2}(ов|ова|ев|ин|ина|ский|ская|енко|ко|ук|ых)",
    ]
}

fn somebody() -> impl Strategy<Value = Person> {
    let women = ["Ирина", "Любовь", "Мария", "Алёна", "Гюзель", "Анна-Мария"];
    let men = ["Пётр", "Лев", "Илья", "Сергей", "Роман", "Алексей"];
    let fathers = [
        ("Ивановна", "Иванович"),
        ("Ильинична", "Ильич"),
        ("Фёдоровна", "Фёдорович"),
        ("Львовна", "Львович"),
    ];
    (
        surname(),
        any::<bool>(),
        0_usize..6,
        0_usize..4,
        prop::sample::select(vec![Stand::Mentor, Stand::Mentee]),
    )
        .prop_map(move |(surname, is_woman, given, father, stand)| {
            let gender = if is_woman { Gender::Female } else { Gender::Male };
            let given = if is_woman { women[given] } else { men[given] };
            let father = if is_woman { fathers[father].0 } else { fathers[father].1 };
            person(&surname, given, father, gender, stand)
        })
}

/// The name as people write it, in a case.
fn written(name: &FullName, way: usize) -> String {
    let patronymic = name.patronymic.clone().unwrap_or_default();
    let initial = |text: &str| text.chars().next().map(|letter| format!("{letter}.")).unwrap_or_default();
    let (first, second) = (initial(&name.given), initial(&patronymic));
    match way {
        0 => name.full(),
        1 => name.short(),
        2 => name.signature(),
        3 => format!("{first}{second} {}", name.surname),
        4 => format!("{} {patronymic}", name.given),
        5 => format!("{} {}", name.given, name.surname),
        6 => name.surname.to_uppercase(),
        7 => name.surname.replace('ё', "е").replace('Ё', "Е"),
        8 => name.surname.split('-').next().unwrap_or_default().to_owned(),
        _ => name.given.clone(),
    }
}

/// A program's sentence with names in it.
fn sentence() -> impl Strategy<Value = (Vec<Person>, String)> {
    let frame = [
        "Посещение уроков ",
        ", совместно с ",
        ". Разбор урока у ",
        " – ",
        "\nПомощь: ",
        " в 5 «Б» классе школы № 7, ",
    ];
    let name = (
        0_usize..3,
        prop::sample::select(Case::ALL.to_vec()),
        0_usize..10,
        prop::sample::select(frame.to_vec()),
    );
    (prop::collection::vec(somebody(), 1..4), prop::collection::vec(name, 1..6)).prop_map(
        |(people, names)| {
            let mut text = String::new();
            for (who, case, way, frame) in names {
                let person = &people[who % people.len()];
                text += frame;
                text += &written(&decline_name(&person.name, person.gender, case, None), way);
            }
            (people, text)
        },
    )
}

/// Words of a text as names are compared.
fn keys(text: &str) -> Vec<String> {
    tokens(text).iter().filter(|token| token.is_capital()).map(|token| forms::key(token.text)).collect()
}

proptest! {
    #[test]
    fn no_form_of_a_name_is_left((people, text) in sentence()) {
        let known = Known::new(&people, &[], &[]);
        let left = depersonalize(&text, &known).read(&Decisions::new());
        for person in &people {
            for case in Case::ALL {
                let name = decline_name(&person.name, person.gender, case, None).full();
                for word in keys(&name.replace('-', " ")) {
                    prop_assert!(!keys(&left).contains(&word), "«{word}» is left in «{left}» of «{text}»");
                }
            }
        }
    }

    #[test]
    fn marks_restore_the_text((people, text) in sentence(), other in any::<String>()) {
        let known = Known::new(&people, &["МБОУ «СОШ №5»".to_owned()], &[]);
        prop_assert_eq!(depersonalize(&text, &known).original(), text);
        prop_assert_eq!(depersonalize(&other, &known).original(), other);
    }

    #[test]
    fn what_is_depersonalized_stays_so((people, text) in sentence()) {
        let known = Known::new(&people, &[], &[]);
        let once = depersonalize(&text, &known).read(&Decisions::new());
        let again = depersonalize(&once, &known);
        prop_assert!(again.0.iter().all(Piece::is_plain), "{again:?}");
        prop_assert_eq!(again.read(&Decisions::new()), once);
    }
}
