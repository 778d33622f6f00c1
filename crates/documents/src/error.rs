//! Why a paper could not be made.

/// Why a paper could not be made; the messages are shown to the person who pressed «Печать».
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The paper has nothing to print (no pairs, no slips, no columns).
    #[error("Печатать нечего: {0}. Добавьте хотя бы одну запись и повторите.")]
    Empty(&'static str),
    /// The address for the QR code is empty or longer than a QR code of this size can hold.
    #[error("Адрес для QR-кода пуст или слишком длинный: «{0}». Проверьте адрес системы в её настройках.")]
    RecordUrl(String),
    /// A sheet name or a table does not fit the limits of a spreadsheet.
    #[error("Таблица не помещается в лист: {0}. Уточните отбор и выгрузите список частями.")]
    TooLarge(String),
    /// The page layout failed: a defect of the template, not of the data.
    #[error("Не удалось сверстать документ: {0}. Сообщите об этом администратору системы.")]
    Layout(String),
    /// The file could not be packed: a defect of the program, not of the data.
    #[error("Не удалось собрать файл документа: {0}. Сообщите об этом администратору системы.")]
    Package(String),
}
