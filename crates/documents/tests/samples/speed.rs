//! Cards of an evening of speed meetings.

use nastavnik_documents::papers::{CardLine, SpeedCard, SpeedCards};

use super::day;

pub(crate) fn speed_cards(count: u32) -> SpeedCards {
    let line = |round: u32| CardLine {
        round,
        time: format!("{}:{:02}", 16 + (round - 1) / 5, (round - 1) % 5 * 12),
        table: (!round.is_multiple_of(6)).then_some(round),
        partner: (!round.is_multiple_of(6)).then(|| "Константинопольская-Преображенская А. В.".to_owned()),
    };
    SpeedCards {
        organization: "МБОУ «СОШ № 5»".to_owned(),
        title: "Быстрые встречи с наставниками".to_owned(),
        held_on: day(2026, 12, 4),
        time: "16:00–18:46".to_owned(),
        place: "библиотека".to_owned(),
        record_url: "https://example.org/speed/1".to_owned(),
        cards: (1..=count)
            .map(|number| SpeedCard {
                name: "Константинопольская-Преображенская Александра Владимировна".to_owned(),
                role: if number <= 5 { "Наставник" } else { "Наставляемый" }.to_owned(),
                table: (number <= 5).then_some(number),
                lines: (1..=14).map(line).collect(),
            })
            .collect(),
    }
}
