//! Minutes of the council.

use nastavnik_documents::papers::{CouncilMinutes, Hearing, Signatory, Votes};

use super::{NAMES, letterhead};

/// Minutes of a sitting: a question agreed on, one declined by somebody's own pair, one put off.
pub(crate) fn minutes() -> CouncilMinutes {
    let name = |index: usize| NAMES[index].to_owned();
    let hearing = |question: &str, decided: &str, words: &str, votes: Option<Votes>| Hearing {
        question: question.to_owned(),
        heard: vec!["Просим рассмотреть до начала четверти".to_owned(), "Куратор представил пару".to_owned()],
        decided: decided.to_owned(),
        words: words.to_owned(),
        votes,
        aside: Vec::new(),
    };
    let votes = |votes_for, votes_against| Some(Votes { votes_for, votes_against, abstained: 1 });
    let pair = "О закреплении пары: Рустамова Г. А. – Константинопольская А. В.";
    let other = "О закреплении пары: Салтыков-Щедрин М. Е. – Цой В. А., Ёлкина О. Ю., Жуков П. И.";
    let declined = "Подобрать наставника того же предмета и вернуться с новой парой";
    CouncilMinutes {
        letterhead: letterhead("Заседание совета наставников", Some("3-ПС/2026")),
        chair_title: "Председатель совета".to_owned(),
        chair: name(0),
        secretary: name(5),
        present: vec![name(0), name(4), name(5), name(6)],
        absent: vec![name(7)],
        hearings: vec![
            hearing(pair, "Согласовать закрепление пары", "", votes(3, 0)),
            Hearing {
                aside: vec!["Салтыков-Щедрин М. Е.".to_owned()],
                ..hearing(other, "Не согласовать закрепление пары", declined, votes(0, 2))
            },
            hearing(
                "О персонализированной программе наставничества: Жуков П. И. – Цой В. А.",
                "Вопрос отложить",
                "",
                None,
            ),
        ],
        signatories: vec![
            Signatory {
                position: "Председатель совета".to_owned(), name: "Г. А. Рустамова".to_owned()
            },
            Signatory { position: "Секретарь".to_owned(), name: "О. Ю. Ёлкина".to_owned() },
        ],
    }
}
