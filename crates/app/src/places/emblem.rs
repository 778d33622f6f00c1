//! The emblem of a municipality: a picture that every page shows, therefore small and of two kinds only.

use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files::{self, Allowed, Kept};
use crate::kernel::web::Ctx;

/// How large an emblem may be, bytes.
const LIMIT: usize = 1024 * 1024;

/// What is wrong with the file; nothing if it is a PNG or JPEG picture within the limit. The first bytes tell,
/// never the name: SVG, which can carry a script, is refused with everything else.
pub(super) fn complaint(content: &[u8]) -> Option<&'static str> {
    const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];
    const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];
    if content.len() > LIMIT {
        return Some("Картинка больше 1 МБ. Уменьшите её и выберите снова.");
    }
    let is_picture = content.starts_with(PNG) || content.starts_with(JPEG);
    (!is_picture).then_some("Это не PNG и не JPEG. Сохраните эмблему в одном из этих видов и выберите снова.")
}

/// Puts the picture on the disk; the database does not know it yet.
pub(super) async fn keep(ctx: &Ctx, content: Vec<u8>) -> Outcome<Kept> {
    let kept = ctx.app().files.keep(content, Allowed::Scan).await;
    kept.map_err(|error| AppError::Internal(error.into()))
}

/// Names the picture in the database.
pub(super) async fn name(change: &Change, kept: &Kept, name: &str) -> Outcome<Uuid> {
    let owner = (None, Some(change.account()));
    Ok(files::name(change.tx(), change.now(), kept, name, owner).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_pictures_are_taken() {
        let png = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0];
        assert_eq!(complaint(&png), None);
        assert_eq!(complaint(&[0xFF, 0xD8, 0xFF, 0xE0]), None);
        assert!(complaint(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_some());
        assert!(complaint(b"%PDF-1.7").is_some());
        assert!(complaint(b"").is_some());
        let mut large = png.to_vec();
        large.resize(LIMIT + 1, 0);
        assert!(complaint(&large).unwrap().contains("1 МБ"));
    }
}
