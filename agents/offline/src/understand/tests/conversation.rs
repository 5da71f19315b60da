//! Questions that follow others.

mod chains;
mod follow;
mod turns;
