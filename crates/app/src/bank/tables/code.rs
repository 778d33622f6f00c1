//! The code of a record: finds the row again when the table comes back, and tells whether somebody else has changed
//! the record meanwhile.
//!
//! `KEY-STAMP-CHECK` in hexadecimal: a fingerprint of the record's identity, a fingerprint of what could be changed
//! when the table was made, and a fingerprint of both, so that a slip of the finger is no other record.

use uuid::Uuid;

use crate::bank::store::Side;
use crate::kernel::ids::fingerprint;

const KEY: usize = 16;
const STAMP: usize = 8;
const CHECK: usize = 4;

/// A code as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) key: String,
    pub(super) stamp: String,
}

impl Code {
    /// Reads a code; nothing if it is damaged.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let mut parts = text.splitn(3, '-');
        let (key, stamp, check) = (parts.next()?, parts.next()?, parts.next()?);
        let code = Self { key: key.to_owned(), stamp: stamp.to_owned() };
        (key.len() == KEY && stamp.len() == STAMP && check == code.check()).then_some(code)
    }

    /// As it stands in the table.
    pub(super) fn written(&self) -> String {
        format!("{}-{}-{}", self.key, self.stamp, self.check())
    }

    fn check(&self) -> String {
        short(&format!("{}-{}", self.key, self.stamp), CHECK)
    }
}

/// The key of a record: of a candidate by its row, of a mentee by person and organization.
pub(super) fn key(side: Side, identity: &[Uuid]) -> String {
    let parts: Vec<String> = identity.iter().map(Uuid::to_string).collect();
    short(&format!("{} {}", side.code(), parts.join(" ")), KEY)
}

/// The stamp of what may be changed in a record.
pub(super) fn stamp<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    short(&cells.collect::<Vec<_>>().join("\u{1f}"), STAMP)
}

fn short(text: &str, length: usize) -> String {
    fingerprint(text.as_bytes()).chars().take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> Code {
        Code {
            key: key(Side::Mentor, &[Uuid::from_u128(7)]), stamp: stamp(["2", "по средам"].into_iter())
        }
    }

    #[test]
    fn a_code_is_read_back_and_a_damaged_one_is_not() {
        let written = code().written();
        assert_eq!(Code::read(&written), Some(code()));
        assert_eq!(Code::read(&format!("  {} ", written.to_uppercase())), Some(code()));
        for place in 0..written.len() {
            let mut damaged = written.clone();
            let other = if damaged.as_bytes()[place] == b'0' { "1" } else { "0" };
            damaged.replace_range(place..=place, other);
            assert_eq!(Code::read(&damaged), None, "{damaged}");
            assert_eq!(Code::read(&written[..place]), None);
        }
        for text in ["", "-", "код", "--", &format!("{written}-1")] {
            assert_eq!(Code::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_halves_of_the_bank_never_share_a_key() {
        let id = [Uuid::from_u128(7)];
        assert_ne!(key(Side::Mentor, &id), key(Side::Mentee, &id));
    }

    #[test]
    fn cells_are_kept_apart_in_the_stamp() {
        assert_ne!(stamp(["ab", "c"].into_iter()), stamp(["a", "bc"].into_iter()));
    }
}
