//! What the command line may say.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use lexopt::prelude::{Long, Short, Value, ValueExt};

/// The help, in Russian.
pub(super) const HELP: &str = "\
«Наставник» — система сопровождения наставничества педагогических работников.

Применение: nastavnik КОМАНДА [ПАРАМЕТРЫ]

Команды:
  serve                 открыть систему в браузере
  demo                  заполнить пустую базу вымышленным городом и напечатать имена для входа
  migrate               привести схему базы к нынешней версии
  import staff ФАЙЛ     загрузить список работников (.xlsx); без --apply только проверить
  backup ФАЙЛ           сохранить базу и файлы в один архив (SQLite)
  restore ФАЙЛ          восстановить архив в пустую папку данных
  user list             показать имена для входа
  user link ИМЯ         выдать одноразовую ссылку для входа
  user disable ИМЯ      закрыть вход

Параметры:
  --data ПАПКА          папка данных (по умолчанию ./data)
  --database АДРЕС      база PostgreSQL, например postgres://user:pass@host/base; без него — SQLite в папке данных
  --listen АДРЕС        адрес и порт для serve (по умолчанию 127.0.0.1:8080)
  --public-url АДРЕС    адрес, по которому систему открывают люди, например https://nastavnik.example
  --today ДАТА          заполнить или показать демонстрационный город в другой день, например 2027-04-10
  --organization ИМЯ    организация, чей это список (для import staff, если в файле её нет)
  --municipality ИМЯ    муниципалитет, в который загружать (для import staff, если их несколько)
  --apply               применить загрузку (для import staff)
  --help                эта справка
";

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Invocation {
    pub(super) command: Command,
    pub(super) options: Options,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Serve,
    Demo,
    Migrate,
    ImportStaff(PathBuf),
    Backup(PathBuf),
    Restore(PathBuf),
    UserList,
    UserLink(String),
    UserDisable(String),
}

/// Options that every command understands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) data: PathBuf,
    pub(super) database: Option<String>,
    pub(super) listen: SocketAddr,
    pub(super) public_url: Option<String>,
    /// Another day for the demonstration.
    pub(super) today: Option<NaiveDate>,
    pub(super) organization: Option<String>,
    pub(super) municipality: Option<String>,
    pub(super) intent: Intent,
}

/// Whether an import from the command line may change anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    LookOnly,
    Apply,
}

/// Reads the command line. The first word is the program's own name.
pub(super) fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Invocation, String> {
    let mut parser = lexopt::Parser::from_iter(words);
    let mut options = Options {
        data: PathBuf::from("./data"),
        database: None,
        listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
        public_url: None,
        today: None,
        organization: None,
        municipality: None,
        intent: Intent::LookOnly,
    };
    let mut said: Vec<OsString> = Vec::new();
    while let Some(argument) = parser.next().map_err(|error| in_russian(&error))? {
        match argument {
            Long("help") | Short('h') => return Ok(Invocation { command: Command::Help, options }),
            Long("data") => options.data = value(&mut parser, "--data")?.into(),
            Long("database") => options.database = Some(text(value(&mut parser, "--database")?)?),
            Long("public-url") => {
                let url = text(value(&mut parser, "--public-url")?)?;
                options.public_url = Some(url.trim_end_matches('/').to_owned());
            }
            Long("organization") => options.organization = Some(text(value(&mut parser, "--organization")?)?),
            Long("municipality") => options.municipality = Some(text(value(&mut parser, "--municipality")?)?),
            Long("today") => {
                let day = text(value(&mut parser, "--today")?)?;
                options.today =
                    Some(day.parse().map_err(|_| format!("Дата «{day}» не понята. Нужен вид 2027-04-10"))?);
            }
            Long("apply") => options.intent = Intent::Apply,
            Long("listen") => {
                let address = text(value(&mut parser, "--listen")?)?;
                options.listen = address
                    .parse()
                    .map_err(|_| format!("Адрес «{address}» не понят. Нужен вид 127.0.0.1:8080"))?;
            }
            Value(word) => said.push(word),
            Long(other) => return Err(format!("Неизвестный параметр --{other}")),
            Short(other) => return Err(format!("Неизвестный параметр -{other}")),
        }
    }
    Ok(Invocation { command: command(&said)?, options })
}

fn command(said: &[OsString]) -> Result<Command, String> {
    let words: Vec<&str> = said.iter().map(|word| word.to_str().unwrap_or("\u{fffd}")).collect();
    let file = |index: usize| said.get(index).map(PathBuf::from).unwrap_or_default();
    Ok(match words.as_slice() {
        [] => Command::Help,
        ["serve"] => Command::Serve,
        ["demo"] => Command::Demo,
        ["migrate"] => Command::Migrate,
        ["import", "staff", _] => Command::ImportStaff(file(2)),
        ["import", "staff"] | ["import"] => {
            return Err("Назовите файл: nastavnik import staff ФАЙЛ".to_owned());
        }
        ["backup", _] => Command::Backup(file(1)),
        ["restore", _] => Command::Restore(file(1)),
        ["backup" | "restore"] => return Err("Назовите файл архива".to_owned()),
        ["user", "list"] => Command::UserList,
        ["user", "link", login] => Command::UserLink((*login).to_owned()),
        ["user", "disable", login] => Command::UserDisable((*login).to_owned()),
        ["user", ..] => return Err("Бывает: user list, user link ИМЯ, user disable ИМЯ".to_owned()),
        [other, ..] => return Err(format!("Неизвестная команда «{other}»")),
    })
}

fn value(parser: &mut lexopt::Parser, name: &str) -> Result<OsString, String> {
    parser.value().map_err(|_| format!("После {name} нужно значение"))
}

fn text(word: OsString) -> Result<String, String> {
    word.string().map_err(|_| "Значение параметра записано не в UTF-8".to_owned())
}

fn in_russian(error: &lexopt::Error) -> String {
    match error {
        lexopt::Error::UnexpectedValue { option, .. } => format!("Параметр {option} пишется без значения"),
        other => format!("Командная строка не понята ({other})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Invocation, String> {
        parse(std::iter::once("nastavnik").chain(line.split_whitespace()).map(OsString::from))
    }

    #[test]
    fn mistakes_are_told_in_russian() {
        for line in [
            "fly",
            "import staff",
            "serve --listen nowhere",
            "serve --data",
            "user drop x",
            "serve --fast",
            "serve --today soon",
        ] {
            let error = parsed(line).unwrap_err();
            assert!(error.chars().any(|letter| ('а'..='я').contains(&letter)), "{line}: {error}");
        }
    }

    #[test]
    fn options_stand_anywhere() {
        let invocation = parsed("--data /srv/x import staff list.xlsx --apply").unwrap();
        assert_eq!(invocation.command, Command::ImportStaff(PathBuf::from("list.xlsx")));
        assert_eq!(invocation.options.data, PathBuf::from("/srv/x"));
        assert_eq!(invocation.options.intent, Intent::Apply);
    }

    #[test]
    fn nothing_said_means_help() {
        assert_eq!(parsed("").unwrap().command, Command::Help);
        assert_eq!(parsed("serve --help").unwrap().command, Command::Help);
    }
}
