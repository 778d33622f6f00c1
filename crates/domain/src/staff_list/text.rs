//! Text of lists: the Russian helpers, and a key that also sees through Latin look-alike letters.

pub(super) use crate::russian::{fix_lookalikes, guess_gender, squeeze, title_case_name};

/// The key for comparing words of a list: «Cемёнова» with a Latin C equals «семенова».
pub(super) fn search_key(text: &str) -> String {
    crate::russian::search_key(&fix_lookalikes(text).0)
}
