//! Coverage, utilization, waste and ends of commitments.

use super::super::decide::Draft;
use crate::request::Analysis;

/// Whether the question asks for it.
pub(super) fn asked(_draft: &mut Draft<'_>) -> Option<Analysis> {
    None
}
