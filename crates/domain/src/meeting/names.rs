//! A gentle look at texts about lessons: names of children do not belong there (152-ФЗ).

/// Ends of surnames by which two capitalized words look like a full name.
const SURNAMES: &[&str] = &[
    "ов",
    "ова",
    "ев",
    "ева",
    "ёв",
    "ёва",
    "ин",
    "ина",
    "ын",
    "ына",
    "ский",
    "ская",
    "цкий",
    "цкая",
    "енко",
    "ко",
    "ук",
    "юк",
    "ян",
    "дзе",
    "швили",
    "оглы",
];

/// Given names children have: enough to notice the usual «Петя Иванов» and «Ивановой Маши».
const GIVEN: &[&str] = &[
    "алекс",
    "саш",
    "шур",
    "али",
    "алин",
    "алис",
    "анастас",
    "наст",
    "анн",
    "ан",
    "ань",
    "арин",
    "артём",
    "артем",
    "арсен",
    "богдан",
    "вад",
    "валер",
    "варвар",
    "вар",
    "вас",
    "вер",
    "вик",
    "виктор",
    "витал",
    "влад",
    "вов",
    "галин",
    "георг",
    "гер",
    "глеб",
    "григор",
    "гриш",
    "дани",
    "дан",
    "дар",
    "даш",
    "ден",
    "диан",
    "дим",
    "дмитр",
    "ев",
    "евген",
    "жен",
    "егор",
    "екатерин",
    "кат",
    "елен",
    "лен",
    "елизавет",
    "лиз",
    "захар",
    "иван",
    "ван",
    "игор",
    "иль",
    "ирин",
    "ир",
    "камил",
    "карин",
    "кирил",
    "кир",
    "константин",
    "кост",
    "ксен",
    "ксюш",
    "лев",
    "леонид",
    "лид",
    "макс",
    "максим",
    "маргарит",
    "рит",
    "мари",
    "маш",
    "марк",
    "матв",
    "милан",
    "миш",
    "михаил",
    "надежд",
    "над",
    "натал",
    "наташ",
    "никит",
    "никол",
    "кол",
    "олег",
    "ольг",
    "ол",
    "павел",
    "паш",
    "пётр",
    "петр",
    "пет",
    "полин",
    "роман",
    "ром",
    "руслан",
    "савел",
    "светлан",
    "свет",
    "семён",
    "семен",
    "серг",
    "серёж",
    "соф",
    "сон",
    "степан",
    "тарас",
    "татьян",
    "тан",
    "тимоф",
    "тим",
    "ульян",
    "фёдор",
    "федор",
    "фед",
    "юл",
    "юр",
    "юри",
    "яков",
    "яна",
    "ян",
    "ярослав",
];

/// Ends a given name takes in its cases.
const ENDS: &[&str] = &[
    "",
    "а",
    "я",
    "и",
    "ы",
    "е",
    "у",
    "ю",
    "ой",
    "ей",
    "ом",
    "ем",
    "ёй",
    "ью",
    "ия",
    "ии",
    "ию",
    "ий",
    "ья",
    "ка",
    "ки",
    "ке",
    "ку",
    "андр",
    "андра",
    "андру",
    "андром",
    "л",
    "ла",
    "лу",
    "ил",
    "ила",
    "илу",
    "й",
    "ье",
    "ьи",
    "ис",
    "иса",
    "слав",
    "слава",
    "им",
    "има",
];

/// The two words that look like the full name of a child, if there are any: «Петя Иванов», «Ивановой Маши».
pub fn child_name(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        // A mark between the words means that they do not belong together.
        let ends_here = pair[0].ends_with(['.', ',', ';', ':', '!', '?', ')', '»']);
        let (one, two) = (bare(pair[0]), bare(pair[1]));
        let is_name =
            !ends_here && ((is_given(one) && is_surname(two)) || (is_surname(one) && is_given(two)));
        is_name.then(|| format!("{one} {two}"))
    })
}

fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphabetic())
}

fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() > 1
        && letters.all(char::is_lowercase)
}

fn is_given(word: &str) -> bool {
    if !is_capitalized(word) {
        return false;
    }
    let lower = word.to_lowercase();
    GIVEN.iter().any(|stem| lower.strip_prefix(stem).is_some_and(|rest| ENDS.contains(&rest)))
}

fn is_surname(word: &str) -> bool {
    // Cases of a surname end in a vowel or two more: «Ивановой», «Иванову», «Ивановым».
    const CASES: &[&str] = &["", "а", "у", "ым", "е", "ой", "ого", "ому", "ую", "им"];
    if !is_capitalized(word) || word.chars().count() < 4 {
        return false;
    }
    let lower = word.to_lowercase();
    SURNAMES.iter().any(|end| {
        let stem = end.trim_end_matches(['а', 'я']);
        CASES.iter().any(|case| {
            lower.strip_suffix(case).is_some_and(|rest| rest.ends_with(stem) || rest.ends_with(end))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_children_are_noticed() {
        for text in [
            "Петя Иванов отвечал у доски",
            "Хорошо работала Иванова Маша.",
            "Дать слово Ивановой Маше",
            "Александр Петренко не успел",
            "Помочь «Соколову Кириллу»",
        ] {
            assert!(child_name(text).is_some(), "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_left_alone() {
        for text in [
            "Цель урока понятна ученикам",
            "Ученики 5 «А» объясняют решения. Иван Грозный – тема урока",
            "Задания Всероссийской олимпиады",
            "Маша и Петя работали в паре",
            "Хорошо. Иванова задача решена",
            "Опора на Пушкина и Чехова",
            "",
        ] {
            assert_eq!(child_name(text), None, "{text}");
        }
    }
}
