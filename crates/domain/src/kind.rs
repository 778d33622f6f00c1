//! Three dictionaries the order mixes (field.md 0.1, trap 14): who mentors whom (form), how they work
//! together (kind), what roles they play inside «учитель – учитель» (model). п. 2.3, C1-C10.

use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::config::Post;
use crate::role::Role;

/// Who mentors whom (C1, п. 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    TeacherTeacher,
    DirectorTeacher,
    PedagoguePedagogue,
    Other,
}

impl Form {
    /// Every form, as offered on the screen.
    pub const ALL: [Self; 4] =
        [Self::TeacherTeacher, Self::DirectorTeacher, Self::PedagoguePedagogue, Self::Other];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TeacherTeacher => "teacher_teacher",
            Self::DirectorTeacher => "director_teacher",
            Self::PedagoguePedagogue => "pedagogue_pedagogue",
            Self::Other => "other",
        }
    }

    /// Words of the order.
    pub const fn title(self) -> &'static str {
        match self {
            Self::TeacherTeacher => "учитель – учитель",
            Self::DirectorTeacher => "руководитель образовательной организации – учитель",
            Self::PedagoguePedagogue => "педагог – педагог",
            Self::Other => "другая форма",
        }
    }

    /// A sentence beside the choice.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::TeacherTeacher => {
                "Учитель-профессионал помогает учителю, которому нужна поддержка и сопровождение."
            }
            Self::DirectorTeacher => {
                "Руководитель организации сам наставляет педагога и создаёт для него нужные условия."
            }
            Self::PedagoguePedagogue => {
                "Воспитатели, педагоги дополнительного образования, специалисты: наставник и наставляемый – педагоги."
            }
            Self::Other => {
                "Наставник или наставляемый не подходят под названные формы, например специалист партнёра."
            }
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// The form to offer first for these people; `check` of a pair never refuses it for C1. A deputy who
    /// doesn't teach is no director, so a deputy's mentoring is another form.
    pub fn suggest(mentor: Post, mentor_roles: &[Role], mentees: &[Post]) -> Self {
        let everybody = |test: fn(Post) -> bool| mentees.iter().all(|post| test(*post));
        match mentor {
            Post::Teacher if everybody(|post| post == Post::Teacher) => Self::TeacherTeacher,
            Post::Teacher | Post::Pedagogue if everybody(Post::is_pedagogical) => Self::PedagoguePedagogue,
            Post::Head if mentor_roles.contains(&Role::Director) && everybody(Post::is_pedagogical) => {
                Self::DirectorTeacher
            }
            _ => Self::Other,
        }
    }
}

/// How they work together (C2-C8, п. 2.3). A mentorship has one or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Traditional,
    Group,
    Virtual,
    GoalSetting,
    Situational,
    Reverse,
    Speed,
}

impl Kind {
    /// Every kind, the commonest first.
    pub const ALL: [Self; 7] = [
        Self::Traditional,
        Self::Group,
        Self::Virtual,
        Self::GoalSetting,
        Self::Situational,
        Self::Reverse,
        Self::Speed,
    ];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Traditional => "traditional",
            Self::Group => "group",
            Self::Virtual => "virtual",
            Self::GoalSetting => "goal_setting",
            Self::Situational => "situational",
            Self::Reverse => "reverse",
            Self::Speed => "speed",
        }
    }

    /// Words of the order.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Traditional => "традиционное («один на один»)",
            Self::Group => "наставничество в группе",
            Self::Virtual => "виртуальное (дистанционное)",
            Self::GoalSetting => "краткосрочное (целеполагающее)",
            Self::Situational => "ситуационное",
            Self::Reverse => "реверсивное",
            Self::Speed => "скоростное",
        }
    }

    /// A sentence beside the choice.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Traditional => "Более опытный педагог и начинающий работают вдвоём продолжительное время.",
            Self::Group => "Один наставник работает одновременно с двумя и более наставляемыми.",
            Self::Virtual => {
                "Встречи проходят на расстоянии: видеосвязь, учебная платформа, сетевое сообщество."
            }
            Self::GoalSetting => "Встречи по заранее установленному графику, на каждой – конкретные цели.",
            Self::Situational => "Наставник помогает всякий раз, когда наставляемому это нужно.",
            Self::Reverse => "Младший или менее опытный педагог учит опытного новым технологиям.",
            Self::Speed => "Одна встреча с профессионалом более высокого уровня.",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// C9: why the two can't be combined in one mentorship; `None` when they can.
    ///
    /// Everything else combines: п. 2.3 allows to use forms «как в одном виде, так и в комплексе».
    /// Speed and group do («встреча наставляемого (наставляемых)»); speed and reverse do (a younger
    /// colleague may be of a higher level in new technology).
    pub fn conflict(self, other: Self) -> Option<&'static str> {
        let pair = if self < other { (self, other) } else { (other, self) };
        match pair {
            (Self::Traditional, Self::Group) => Some(
                "традиционное наставничество ведётся «один на один», а в группе не меньше двух наставляемых",
            ),
            (Self::Traditional, Self::Reverse) => Some(
                "в традиционном наставничестве наставник опытнее наставляемого, а в реверсивном – младше или менее опытен",
            ),
            (Self::Traditional, Self::Speed) => {
                Some("традиционное наставничество длится продолжительное время, а скоростное – одну встречу")
            }
            (Self::GoalSetting, Self::Speed) => Some(
                "краткосрочное наставничество – это несколько встреч по графику, а скоростное – одна встреча",
            ),
            (Self::Situational, Self::Speed) => Some(
                "в ситуационном наставничестве помощь оказывается всякий раз, а в скоростном – на одной встрече",
            ),
            _ => None,
        }
    }
}

/// Roles inside «учитель – учитель» (C10, «Ожидаемые результаты» of the municipal program).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    ExperiencedYoung,
    LeaderWithProblems,
    SubjectTeacherNovice,
}

impl Model {
    /// Every model in the order of the program.
    pub const ALL: [Self; 3] = [Self::ExperiencedYoung, Self::LeaderWithProblems, Self::SubjectTeacherNovice];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ExperiencedYoung => "experienced_young",
            Self::LeaderWithProblems => "leader_with_problems",
            Self::SubjectTeacherNovice => "subject_teacher_novice",
        }
    }

    /// Words of the program.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ExperiencedYoung => "опытный учитель – молодые специалисты",
            Self::LeaderWithProblems => "лидер педагогического сообщества – педагоги, испытывающие проблемы",
            Self::SubjectTeacherNovice => "опытный предметник – неопытные предметники",
        }
    }

    /// A sentence beside the choice.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::ExperiencedYoung => "Помогает войти в профессию тем, чей опыт не больше трёх лет.",
            Self::LeaderWithProblems => "Помогает справиться с трудностями в работе или на новом месте.",
            Self::SubjectTeacherNovice => {
                "Помогает освоить преподавание предмета, например при другом образовании."
            }
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|model| model.code() == code)
    }

    /// C10: the model to offer first; the weightiest category of the mentees decides.
    pub fn suggest(categories: &[Category]) -> Self {
        if categories.contains(&Category::Young) {
            Self::ExperiencedYoung
        } else if categories.contains(&Category::OtherEducation) {
            Self::SubjectTeacherNovice
        } else {
            Self::LeaderWithProblems
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_are_mutual_and_have_reasons() {
        let mut found = Vec::new();
        for one in Kind::ALL {
            assert_eq!(one.conflict(one), None, "{one:?}");
            for two in Kind::ALL {
                assert_eq!(one.conflict(two), two.conflict(one));
                if one < two && one.conflict(two).is_some() {
                    found.push((one, two));
                }
            }
        }
        let expected = [
            (Kind::Traditional, Kind::Group),
            (Kind::Traditional, Kind::Reverse),
            (Kind::Traditional, Kind::Speed),
            (Kind::GoalSetting, Kind::Speed),
            (Kind::Situational, Kind::Speed),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn codes_are_read_back() {
        assert!(Form::ALL.iter().all(|form| Form::from_code(form.code()) == Some(*form)));
        assert!(Kind::ALL.iter().all(|kind| Kind::from_code(kind.code()) == Some(*kind)));
        assert!(Model::ALL.iter().all(|model| Model::from_code(model.code()) == Some(*model)));
        assert_eq!((Form::from_code("?"), Kind::from_code(""), Model::from_code("x")), (None, None, None));
    }

    #[test]
    fn suggestions() {
        use Post::{Head, Other, Pedagogue, Teacher};
        assert_eq!(Form::suggest(Teacher, &[], &[Teacher, Teacher]), Form::TeacherTeacher);
        assert_eq!(Form::suggest(Teacher, &[], &[Teacher, Pedagogue]), Form::PedagoguePedagogue);
        assert_eq!(Form::suggest(Head, &[Role::Director], &[Teacher]), Form::DirectorTeacher);
        assert_eq!(Form::suggest(Head, &[Role::Curator], &[Teacher]), Form::Other);
        assert_eq!(Form::suggest(Other, &[], &[Teacher]), Form::Other);
        assert_eq!(Model::suggest(&[Category::OtherEducation, Category::Young]), Model::ExperiencedYoung);
        assert_eq!(Model::suggest(&[Category::OtherEducation]), Model::SubjectTeacherNovice);
        assert_eq!(Model::suggest(&[Category::Newcomer]), Model::LeaderWithProblems);
        assert_eq!(Model::suggest(&[]), Model::LeaderWithProblems);
    }
}
