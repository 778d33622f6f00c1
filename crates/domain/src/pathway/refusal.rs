//! Why something can't happen to a route now.

use super::body::BodyError;
use super::step::Step;

/// A refusal in words, with what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Маршрут уже начат")]
    AlreadyBegun,
    #[error("Маршрута ещё нет: начните его")]
    NotBegun,
    #[error("Шаг «{}» откроется, когда будет завершён предыдущий", .0.title())]
    TooEarly(Step),
    #[error("Шаг «{}» уже завершён", .0.title())]
    DoneAlready(Step),
    #[error("Чтобы завершить шаг, осталось: {}", .0.join("; "))]
    Missing(Vec<String>),
    #[error("Маршрут завершён и больше не меняется")]
    Finished,
    #[error("Маршрут ведёт сам педагог. Те, кто сопровождает, пишут комментарии")]
    NotOwner,
    #[error("Комментарии пишут те, кто сопровождает")]
    OwnComment,
    #[error("Дорожная карта уже составлена: изменение вносится корректировкой с причиной")]
    NeedsReason,
    #[error("Назовите причину")]
    NoReason,
    #[error("В корректировке ничего не изменилось")]
    NothingChanged,
    #[error("Такой строки в дорожной карте нет: обновите страницу")]
    NoEntry,
    #[error("По этой строке уже записан результат: она остаётся как есть")]
    HasOutcome,
    #[error("{0}")]
    Body(#[from] BodyError),
    #[error("Назовите, что осталось в руках: разработка, сценарий, методика")]
    NoProduct,
    #[error("Ссылка начинается с https:// или http:// и не содержит пробелов")]
    Link,
    #[error("В дорожной карте уже есть строки: уберите их или завершите шаг")]
    RoadmapNotEmpty,
    #[error("Дорожная карта и так нужна: продолжайте шаг")]
    NotWaived,
    #[error("Этот шаг не диагностика")]
    NotDiagnosis,
    #[error("Каждая область называется один раз и со словами о ней")]
    Findings,
    #[error("Рефлексия пишется о названных затруднениях, близость к образу – от 0 до 10")]
    Reflection,
    #[error("Напишите, что получилось и что дальше: рефлексивным анализом завершают любой маршрут")]
    NoReflection,
    #[error("Напишите текст комментария")]
    NoText,
    #[error("Такого комментария нет: обновите страницу")]
    NoComment,
    #[error("Маршрут не вмещает больше записей этого рода")]
    Full,
}
