//! Why something can't happen to a task now.

/// A refusal in words, with what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Задание ставит, проверяет и снимает наставник этой пары")]
    NotMentor,
    #[error("Работу сдаёт тот наставляемый, которому поставлено задание")]
    NotMentee,
    #[error("Задания ещё нет")]
    NotSet,
    #[error("Задание уже поставлено")]
    AlreadySet,
    #[error("Работа принята, задание больше не меняется. Для продолжения поставьте новое")]
    Accepted,
    #[error("Наставник заменён, задание перешло в новую пару: продолжают его там")]
    TakenOver,
    #[error("Задание снято. Сначала верните его")]
    CalledOff,
    #[error("Задание не снято")]
    NotCalledOff,
    #[error("Работа уже сдана и ждёт проверки")]
    Waiting,
    #[error("Работа ещё не сдана: проверять пока нечего")]
    NothingToCheck,
    #[error("Работу уже сдавали: изменить задание нельзя. Новый срок можно назвать вместе с замечаниями")]
    HandedInBefore,
    #[error("Напишите, что сделано, дайте ссылку или приложите файл")]
    EmptyProduct,
}
