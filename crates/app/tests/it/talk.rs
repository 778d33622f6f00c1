//! The talk of a pair or a group: plain messages between exactly its people.

mod canary;
mod messages;
mod ring;
mod stage;
