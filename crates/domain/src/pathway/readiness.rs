//! What is left to do.

use super::route::{Entry, Pathway};
use super::step::{Standing, Step};

/// Something that is left in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    pub step: Step,
    pub words: String,
}

/// How many lines of the roadmap are carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub entries: usize,
    pub outcomes: usize,
    pub steps: usize,
}

impl Pathway {
    /// What a step lacks to be completed.
    pub fn missing(&self, step: Step) -> Vec<String> {
        let one = |lacks: bool, words: &str| if lacks { vec![words.to_owned()] } else { Vec::new() };
        match step {
            Step::SelfImage => {
                one(self.self_image.ideal.trim().is_empty(), "опишите, каким педагогом вы хотите быть")
            }
            Step::Achievements => one(self.achievements.list.is_empty(), "назовите хотя бы одно достижение"),
            Step::Difficulties => one(
                self.difficulties.list.is_empty(),
                "назовите хотя бы одно затруднение или что хотите развить",
            ),
            Step::Roadmap => one(
                self.roadmap.is_empty() && self.waived().is_none(),
                "внесите хотя бы одну строку дорожной карты",
            ),
            Step::Realization => {
                let waits = self.roadmap.iter().filter(|entry| entry.outcome.is_none());
                waits
                    .map(|entry: &Entry| format!("продукт и отношение к нему: {}", entry.body.title))
                    .collect()
            }
            Step::Correction => Vec::new(),
            Step::Reflection => {
                let silent = self.difficulties.list.iter().filter(|finding| {
                    self.reflection.of(finding.domain).is_none_or(|one| one.became.trim().is_empty())
                });
                let mut lacks: Vec<String> =
                    silent.map(|finding| format!("было – стало: {}", finding.domain.short())).collect();
                lacks.extend(one(self.reflection.closeness.is_none(), "близость к желаемому образу"));
                lacks
            }
        }
    }

    /// Everything that is left, step by step.
    pub fn lacks(&self) -> Vec<Lack> {
        let left = Step::ALL.into_iter().filter(|step| {
            matches!(self.standing(*step), Standing::Open | Standing::Ahead) && *step != Step::Correction
        });
        left.flat_map(|step| {
            let mut words = self.missing(step);
            if words.is_empty() {
                words.push("завершите шаг".to_owned());
            }
            words.into_iter().map(move |words| Lack { step, words })
        })
        .collect()
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress {
            entries: self.roadmap.len(),
            outcomes: self.roadmap.iter().filter(|entry| entry.outcome.is_some()).count(),
            steps: self.marks.len(),
        }
    }
}
