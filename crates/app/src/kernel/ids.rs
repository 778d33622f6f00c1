//! Identifiers and secrets: the only place that makes random values.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A new row id, ordered by time.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
pub fn row_id() -> Uuid {
    Uuid::now_v7()
}

/// A key of a form: random, so that it says nothing about when the form was opened.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
pub fn form_key() -> Uuid {
    Uuid::new_v4()
}

/// 256 random bits as 43 letters that fit in an address.
pub fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes))
}

/// What is stored instead of a secret: its SHA-256 in hexadecimal.
pub fn fingerprint(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        text.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        text
    })
}
