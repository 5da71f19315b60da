//! From letters to words: their spelling, the vocabulary, and what is left unread.

pub(super) mod glyphs;
pub(super) mod lexicon;
pub(super) mod repair;
pub(super) mod scan;
pub(super) mod unread;
pub(super) mod word;
