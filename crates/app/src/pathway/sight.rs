//! What of a route leaves its owner (decision 0022): the personal sections are closed until the owner opens them, and each
//! opening by a reader is recorded.

use std::collections::BTreeSet;

use nastavnik_domain::pathway::{Findings, Pathway, Reflection, SelfImage, Step};

/// A personal part of the route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    SelfImage,
    /// Steps 2 and 3: what the self-diagnosis says belongs to the person and the mentor (decision 0009).
    Diagnoses,
    /// How the person feels about the results.
    Attitudes,
    Reflection,
}

impl Section {
    pub(super) const ALL: [Self; 4] = [Self::SelfImage, Self::Diagnoses, Self::Attitudes, Self::Reflection];

    /// The code that is stored.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::SelfImage => "self_image",
            Self::Diagnoses => "diagnoses",
            Self::Attitudes => "attitudes",
            Self::Reflection => "reflection",
        }
    }

    /// Words for people.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::SelfImage => "Самоопределение: каким педагогом я хочу быть",
            Self::Diagnoses => "Достижения и затруднения",
            Self::Attitudes => "Моё отношение к результатам",
            Self::Reflection => "Рефлексивный анализ",
        }
    }

    /// Reads what is stored.
    pub(super) fn read(codes: &str) -> BTreeSet<Self> {
        Self::ALL.into_iter().filter(|section| codes.split(' ').any(|code| code == section.code())).collect()
    }

    /// As it is stored.
    pub(super) fn write(sections: &BTreeSet<Self>) -> String {
        sections.iter().map(|section| section.code()).collect::<Vec<_>>().join(" ")
    }

    /// The section a step belongs to; the other steps are facts.
    pub(super) const fn of(step: Step) -> Option<Self> {
        match step {
            Step::SelfImage => Some(Self::SelfImage),
            Step::Achievements | Step::Difficulties => Some(Self::Diagnoses),
            Step::Reflection => Some(Self::Reflection),
            Step::Roadmap | Step::Realization | Step::Correction => None,
        }
    }
}

/// Whether a reader to whom these sections are open reads this step.
pub(super) fn reads(opened: &BTreeSet<Section>, step: Step) -> bool {
    Section::of(step).is_none_or(|section| opened.contains(&section))
}

/// The route without what is closed to a reader: what is not there can't be shown by mistake.
pub(super) fn cut(mut pathway: Pathway, opened: &BTreeSet<Section>) -> Pathway {
    if !opened.contains(&Section::SelfImage) {
        pathway.self_image = SelfImage::default();
    }
    if !opened.contains(&Section::Diagnoses) {
        pathway.achievements = Findings::default();
        pathway.difficulties = Findings::default();
    }
    if !opened.contains(&Section::Reflection) {
        pathway.reflection = Reflection::default();
        if let Some(stop) = &mut pathway.stopped {
            stop.reason.clear();
        }
    }
    if !opened.contains(&Section::Attitudes) {
        for outcome in pathway.roadmap.iter_mut().filter_map(|entry| entry.outcome.as_mut()) {
            outcome.words.clear();
        }
    }
    pathway.comments.retain(|comment| reads(opened, comment.step));
    pathway
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_stored_and_read() {
        let all: BTreeSet<_> = Section::ALL.into();
        assert_eq!(Section::read(&Section::write(&all)), all);
        assert!(Section::read("").is_empty() && Section::read("unknown").is_empty());
        assert!(reads(&BTreeSet::new(), Step::Roadmap) && !reads(&BTreeSet::new(), Step::Difficulties));
    }
}
