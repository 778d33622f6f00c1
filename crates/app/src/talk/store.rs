//! All SQL of talks.

mod read;
mod unread;
mod write;

pub(super) use read::{Window, found, last_written, message, messages, newest, version, written_since};
pub(super) use unread::{UnreadRow, seen, unread};
pub(super) use write::{NewMessage, add, correct, see, withdraw};
