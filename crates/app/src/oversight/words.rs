//! Codes of the journal, of the queue and of the table of rules in Russian words.

use nastavnik_domain::policy::{Permission, Scope};
use nastavnik_domain::role::Role;

use super::happened::KINDS;

/// What is said of a kind that has no words of its own.
const OTHER_KIND: &str = "Изменение данных";

/// What a job does, by its code.
const JOBS: &[(&str, &str)] = &[
    ("staff_import_read", "Чтение списка работников"),
    ("staff_import_apply", "Загрузка списка работников"),
    ("matching_compute", "Подбор пар"),
];

/// Facts of an entry that may be shown; everything else in its payload stays inside.
const FACTS: &[(&str, &str)] = &[
    ("role", "роль"),
    ("label", "документ"),
    ("number", "номер"),
    ("act_number", "номер акта"),
    ("reason", "причина"),
    ("consent", "согласие"),
    ("name", "название"),
    ("title", "название"),
    ("file", "файл"),
    ("added", "добавлено"),
    ("changed", "изменено"),
];

/// The words of a kind of event.
pub fn kind_title(kind: &str) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or(OTHER_KIND, |(_, words)| words)
}

/// The words of a kind of job.
pub(super) fn job_title(kind: &str) -> &'static str {
    JOBS.iter().find(|(known, _)| *known == kind).map_or("Фоновая работа", |(_, words)| words)
}

/// Whether an entry is about the staff list, roles or ways in, not about mentoring.
pub(super) fn rests_on_employment(kind: &str) -> bool {
    const ABOUT: &[&str] = &["person_", "employment_", "name_forms_", "role_", "slip_", "login_", "import_"];
    ABOUT.iter().any(|beginning| kind.starts_with(beginning))
}

/// «роль: куратор; номер акта: 12-к»: the facts of an entry that have words.
pub(super) fn facts(payload: &str) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(payload) else { return String::new() };
    let known = FACTS.iter().filter_map(|(name, words)| {
        let value = match fields.get(*name)? {
            serde_json::Value::String(text) if *name == "role" => Role::from_code(text)?.title().to_owned(),
            serde_json::Value::String(text) if !text.is_empty() => text.clone(),
            serde_json::Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some(format!("{words}: {value}"))
    });
    known.collect::<Vec<_>>().join("; ")
}

/// What a permission lets one do.
#[expect(clippy::too_many_lines, reason = "a line for each right")]
pub(super) const fn permission_title(permission: Permission) -> &'static str {
    match permission {
        Permission::Public => "Открывать страницы для всех",
        Permission::SignedIn => "Открывать главную и менять свой пароль",
        Permission::ManageInstallation => "Управлять установкой: муниципалитеты, фоновые задания",
        Permission::ReadOrganizations => "Видеть список организаций",
        Permission::EditOrganizations => "Вносить и менять организации",
        Permission::ReadStaff => "Видеть список работников с именами",
        Permission::ReadPerson => "Открывать карточку работника",
        Permission::EditStaff => "Вносить и менять работников",
        Permission::ImportStaff => "Загружать списки работников",
        Permission::GrantRoles => "Назначать и снимать роли",
        Permission::ManageAccounts => "Печатать памятки для входа и закрывать вход",
        Permission::ReadBank => "Видеть банк наставников и наставляемых",
        Permission::DecideCategories => "Подтверждать и отклонять категории наставляемых",
        Permission::EditMentors => "Вести список наставников и их достижения",
        Permission::ReadPairs => "Видеть пары и группы",
        Permission::FormPairs => "Составлять пары и группы",
        Permission::RecordPapers => "Отмечать подписанные документы",
        Permission::ReadPapers => "Видеть документы",
        Permission::SignOrders => "Подписывать приказы",
        Permission::ReadIndicators => "Видеть показатели в числах",
        Permission::ReadIndicatorLists => "Видеть, кто стоит за числами показателей",
        Permission::ReadJournal => "Видеть журнал действий",
        Permission::ReadPairDiagnosis => "Видеть самодиагностику своего наставляемого",
        Permission::AssessMentee => "Дать свой взгляд на умения наставляемого",
        Permission::ReadDiagnosisFacts => "Видеть, кто прошёл самодиагностику (без ответов)",
        Permission::ReadDeficitMap => "Видеть карту дефицитов и сильных сторон в числах",
        Permission::ReadRequests => "Видеть запросы на помощь с пожеланиями",
        Permission::DecideSelection => "Отбирать наставников по критериям",
        Permission::ReadRegister => "Искать в реестре наставников и экспертов",
        Permission::ReadConsents => "Видеть согласия на обработку персональных данных",
        Permission::RecordConsents => "Записывать согласия и их отзыв",
        Permission::EditBank => "Подтверждать записи банка и вносить его таблицы",
        Permission::RunMatching => "Подбирать пары и сохранять подбор",
        Permission::ReadMatching => "Видеть подборы пар с объяснениями",
        Permission::SetMatchingWeights => "Задавать веса подбора пар",
        Permission::GiveOpinion => "Давать заключение педагога-психолога о паре",
        Permission::ReadOpinions => "Видеть вывод педагога-психолога о паре (без заметок)",
        Permission::ObjectToPairs => "Возражать против пары",
        Permission::ReadCouncil => "Видеть заседания и протоколы совета наставников",
        Permission::HoldCouncil => "Проводить заседания совета наставников",
        Permission::AskForEnding => "Просить о завершении наставничества или замене наставника",
        Permission::DecideEndings => "Решать по заявлениям о завершении и замене",
        Permission::ReadEndingNumbers => "Видеть, сколько пар завершено и почему (без имён)",
        Permission::ReadPersonalFile => "Читать личное дело своего наставляемого",
        Permission::AskForHelp => "Просить о помощи наставника",
        Permission::GiveHelp => "Отвечать на просьбы о помощи",
        Permission::ReadHelpNumbers => "Видеть, сколько просьб о помощи ждут ответа (без содержания)",
        Permission::ReadPairBoard => "Видеть доску пар: документы, тишина, нагрузка",
        Permission::ReadPrograms => "Видеть программы наставничества",
        Permission::WritePrograms => "Составлять программу наставничества и согласовывать её",
        Permission::AgreePrograms => "Согласовывать программы наставничества",
        Permission::ApprovePrograms => "Утверждать программы наставничества",
        Permission::EditProgramTemplates => "Вести шаблон программы и библиотеку мероприятий",
        Permission::ReadPairNotes => "Видеть записи о встречах своей пары",
        Permission::WritePairNotes => "Записывать встречи и посещения",
        Permission::ReadPairFacts => "Видеть, как часто встречаются пары (без содержания)",
        Permission::ReadBurden => "Видеть, сколько минут программа просит у педагогов",
        Permission::ReadEvaluations => "Видеть, чем закончилась оценка программы",
        Permission::WriteEvaluations => "Давать свою оценку программы: отчёт или рефлексию",
        Permission::ConcludeEvaluations => "Подводить итог оценки и предлагать решение",
        Permission::ConfirmEvaluations => "Утверждать решение по итогам программы",
        Permission::ReadRoutes => "Открывать образовательные маршруты педагогов, которых сопровождаете",
        Permission::AccompanyRoutes => "Сопровождать маршрут: оставлять замечания по шагам",
        Permission::ReadProgramBase => "Открывать муниципальную базу программ",
        Permission::OfferPrograms => "Предлагать программу в муниципальную базу",
        Permission::ReviewPrograms => "Рецензировать программы для базы",
        Permission::PublishPrograms => "Публиковать программы в базе и убирать из неё",
        Permission::ReadAgreements => "Видеть договоры о сотрудничестве",
        Permission::EditAgreements => "Вести договоры о сотрудничестве",
    }
}

/// How far a rule reaches.
pub(super) const fn scope_title(scope: Scope) -> &'static str {
    match scope {
        Scope::Own => "только о себе",
        Scope::Pair => "только своя пара или группа",
        Scope::Organization => "своя организация",
        Scope::Municipality => "свой муниципалитет",
        Scope::Region => "свой регион",
        Scope::Everywhere => "вся установка",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use nastavnik_domain::policy::RULES;

    use super::super::cited::CLAUSES;

    use super::*;

    /// Every Rust file of the application.
    fn sources(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }

    fn all_sources() -> Vec<String> {
        let mut found = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        found
    }

    /// Text literals that look like codes.
    fn codes(text: &str) -> impl Iterator<Item = &str> {
        let is_code =
            |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        text.split('"').skip(1).step_by(2).filter(is_code)
    }

    /// Kinds written into the journal: `Entry { kind: "…"` and what `let kind = …` may be before a bare `kind`.
    fn kinds_used(source: &str) -> BTreeSet<String> {
        let mut kinds = BTreeSet::new();
        for rest in source.split("Entry {").skip(1) {
            let rest = rest.trim_start();
            let Some(value) = rest.strip_prefix("kind") else { continue };
            let value = value.split(',').next().unwrap_or_default();
            kinds.extend(codes(value).map(str::to_owned));
            if value.trim().is_empty() || !value.contains('"') {
                for statement in source.split("let kind = ").skip(1) {
                    kinds.extend(codes(statement.split(';').next().unwrap_or_default()).map(str::to_owned));
                }
            }
        }
        kinds
    }

    #[test]
    fn every_kind_written_in_the_journal_has_words() {
        let used: BTreeSet<String> = all_sources().iter().flat_map(|source| kinds_used(source)).collect();
        assert!(used.contains("signed_in") && used.contains("password_changed"), "{used:?}");
        let silent: Vec<&String> = used.iter().filter(|kind| kind_title(kind) == OTHER_KIND).collect();
        assert!(silent.is_empty(), "no Russian words in KINDS for {silent:?}");
    }

    #[test]
    fn every_job_has_words() {
        let source = include_str!("../jobs.rs");
        let arms = source.lines().filter_map(|line| line.split_once("=>"));
        for kind in arms.flat_map(|(arm, _)| codes(arm).collect::<Vec<_>>()) {
            assert!(JOBS.iter().any(|(known, _)| *known == kind), "no Russian words in JOBS for {kind}");
        }
    }

    #[test]
    fn kinds_are_in_order_and_stand_once() {
        assert!(KINDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn every_cited_clause_is_explained() {
        for rule in RULES {
            for part in cited(rule.clause) {
                assert!(CLAUSES.iter().any(|(clause, _)| *clause == part), "{part}");
            }
        }
    }

    /// «п. 1.4, 4.1.2» cites two clauses.
    fn cited(clause: &str) -> Vec<String> {
        clause
            .split(", ")
            .map(|part| {
                let is_bare = part.starts_with(|letter: char| letter.is_ascii_digit()) && part != "152-ФЗ";
                if is_bare { format!("п. {part}") } else { part.to_owned() }
            })
            .collect()
    }

    #[test]
    fn a_secret_in_a_payload_is_never_shown() {
        let payload =
            r#"{"role":"curator","act_number":"12-к","token":"s3cr3t","password_hash":"$argon2id$"}"#;
        assert_eq!(facts(payload), "роль: куратор; номер акта: 12-к");
        assert_eq!(facts("null"), "");
    }
}
