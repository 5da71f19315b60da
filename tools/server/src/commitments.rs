//! What commitments cover in the loaded charges, as the tools about them read it.

pub(crate) mod load;
pub(crate) mod usage;
