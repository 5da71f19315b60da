//! What is planted beside the stories, a room for each subject.
//!
//! Each room draws from its own stream of random numbers and adds only: no row, name or truth that stood
//! before depends on it.

pub(crate) mod savings;
