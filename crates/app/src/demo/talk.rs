//! The play of talks: what the personas' pairs write to each other, told through the router.

use axum::Router;
use uuid::Uuid;

use super::browser::Browser;
use super::city::SCHOOL;
use super::work::Couple;
use crate::kernel::state::App;

/// Whose words they are.
enum By {
    Mentor,
    Mentee,
}

const HOME: &[(By, &str)] = &[
    (By::Mentor, "Здравствуйте! Прочитала ваш план урока по дробям: цель видна, дети её поймут."),
    (By::Mentee, "Спасибо! Сомневаюсь в устном счёте: не слишком ли долго?"),
    (By::Mentor, "Десять минут многовато. Попробуйте пять, а лучшие задания оставьте на конец урока."),
    (By::Mentee, "Попробую в 5 А в среду, там класс поспокойнее."),
    (
        By::Mentor,
        "Вот подборка приёмов для начала урока: https://edsoo.ru/metodicheskie-materialy. Второй раздел.",
    ),
    (By::Mentee, "Открыла, беру «ошибку на доске». Расскажу после урока."),
    (By::Mentee, "Получилось! Нашли ошибку сами и спорили, почему она ошибка."),
    (By::Mentor, "Отлично. Это стоит записать в итоги встречи, пригодится для открытого урока."),
    (By::Mentee, "А если времени не хватает на проверку цели в конце?"),
    (By::Mentor, "Один вопрос вместо трёх. Покажу на своём уроке в четверг, приходите на третий."),
];

const OTHER: &[(By, &str)] = &[
    (By::Mentee, "Здравствуйте! Можно прийти к вам на урок на этой неделе?"),
    (By::Mentor, "Приходите в пятницу на второй. Посмотрите, как класс начинает работу."),
];

pub(super) async fn play(app: &App, router: &Router, couples: &[Couple<'_>]) -> anyhow::Result<()> {
    let of = async |account| Browser::of(app, router, account).await;
    for couple in couples {
        let said = if couple.school.organization.short_name == SCHOOL { HOME } else { OTHER };
        let (mentor, mentee) = (of(couple.mentor.account).await?, of(couple.mentee.account).await?);
        tell(couple.pair, said, &mentor, &mentee).await?;
    }
    Ok(())
}

/// The other has read what came before an answer.
async fn tell(pair: Uuid, said: &[(By, &str)], mentor: &Browser, mentee: &Browser) -> anyhow::Result<()> {
    let path = format!("/pairs/{pair}/talk");
    for (number, (by, words)) in said.iter().enumerate() {
        let who = match by {
            By::Mentor => mentor,
            By::Mentee => mentee,
        };
        who.send(&path, &[("words", words), ("seen", &number.to_string())]).await?;
    }
    Ok(())
}
