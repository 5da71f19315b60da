//! English words of counting: rows, missing values, thresholds, and what is loaded.

use wherefore_contract::{cost::Measure, filter::Comparison};

use crate::understand::word::Meaning::{
    self, Bound, Complete, Filler, First, HowMany, Last, Sign, Without,
};

/// Meanings with the words that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Meaning::Measure(Measure::Rows),
            "billing records|billing record|billing rows|billing row|bill rows|data rows|csv rows|line item count|charge count|record count|entries count|bill line items|row counts",
        ),
        (
            HowMany,
            "tally|total number of|the number of|what is the number of|how large a number of|total count of|distinct count of|distinct values|distinct number of|cardinality of|number of unique",
        ),
        (
            Without,
            "nulls|null values|null value|null count|blanks|blank values|empty values|no value for|no value in|without a value|without a value for|with missing|with a missing|with an empty|with empty|with null|with blank|with a blank|with a null|are lacking|is lacking|is missing|are missing|was missing|were missing|that miss|which miss|is not set|are not set|is null|are null|is blank|are blank|is empty|are empty|has not got|not filled|not filled in|not populated|unpopulated|do not carry|don t carry|does not carry|doesn t carry|has not been tagged",
        ),
        (
            Bound(Comparison::Above),
            "went over|going over|go over|goes over|went above|topped|top more than|upward of",
        ),
        (Bound(Comparison::AtLeast), "and up|and above|and over|a minimum of|not under|not below"),
        (
            Bound(Comparison::Below),
            "south of|short of|not reaching|did not reach|didn t reach|came in under|stayed under|stayed below",
        ),
        (
            Sign(Comparison::Equal),
            "cost zero|costs zero|no cost at all|cost us nothing|for free|zero dollars|zero spend|no spend|zero dollar|without any cost|without cost|with no cost|with zero cost|costing nothing|at no cost|no charge|zero priced|nothing charged",
        ),
        (
            Sign(Comparison::NotEqual),
            "cost something|cost anything|cost us anything|cost money|cost us money|costing something|costing anything|costing money|costs something|costs anything|costs money|actually cost something|non zero cost|nonzero cost|a non zero cost|a nonzero cost|above zero|greater than zero|more than zero|more than nothing|not free",
        ),
        (
            Complete,
            "days of data|hours of data|months of data|dates are covered|days are covered|days are loaded|days are there",
        ),
        (First, "first ever|earliest charge|oldest|first data|first loaded"),
        (
            Last,
            "latest charge|newest|most recent charge|until which day|until what day|up to which day|up to what day|up to which date|until which date|until when|how recent|last data|last loaded",
        ),
        (Filler, "this file|in this file|this data|the file|this bill"),
    ]
}
