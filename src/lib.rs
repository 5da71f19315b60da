//! wherefore.
