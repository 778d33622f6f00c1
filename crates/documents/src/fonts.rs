//! The fonts inside the program: papers must look alike on a server that has none.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Metric twin of Times New Roman (SIL Open Font License), four faces.
static FACES: [&[u8]; 4] = [
    include_bytes!("../fonts/Tinos_400Regular.ttf"),
    include_bytes!("../fonts/Tinos_400Regular_Italic.ttf"),
    include_bytes!("../fonts/Tinos_700Bold.ttf"),
    include_bytes!("../fonts/Tinos_700Bold_Italic.ttf"),
];

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect());

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// What the layout may choose from.
pub(crate) fn book() -> &'static LazyHash<FontBook> {
    &BOOK
}

/// The face with this number in the book.
pub(crate) fn face(index: usize) -> Option<Font> {
    FONTS.get(index).cloned()
}

/// True if every face can draw the letter: the archival PDF refuses a letter without a glyph.
pub(crate) fn covers(letter: char) -> bool {
    !FONTS.is_empty() && FONTS.iter().all(|font| font.info().coverage.contains(u32::from(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faces_draw_russian() {
        assert_eq!(FONTS.len(), 4);
        assert!(('а'..='я').chain('А'..='Я').chain("ёЁ№«»–—−\u{a0}0123456789".chars()).all(covers));
        assert!(!covers('🙂'));
    }
}
