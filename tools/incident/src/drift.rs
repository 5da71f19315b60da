//! The drift watch: slow changes after a deployment that pass under every threshold, found against a baseline frozen before it.
//!
//! A fixed line sits above the seasonal peak, and a band that retrains learns the drift. So the baseline of each deployment and
//! signal is frozen, blocks of half a day are held against it, bets on them make evidence (a conformal test martingale), and
//! a ticket opens once when the evidence is beyond what the series' own past can make and the drift is large and lasting.

pub mod bar;
pub mod baseline;
pub mod control;
pub mod course;
pub mod evidence;
mod exact;
pub mod robust;
pub mod settings;
pub mod ticket;
pub mod watch;
