//! English words: what narrows a question.

#![expect(clippy::too_many_lines, reason = "a list of words is a table")]

use wherefore_contract::filter::Comparison;

use crate::understand::word::{
    Category,
    Meaning::{self, *},
};

/// Meanings with the words that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Exclude,
            "excluding|exclude|excludes|excluded|except|except for|without|other than|not including|not counting|not counted|not included|leaving|setting aside|aside|do not include|don t include|do not count|don t count|not counting in|excl|ex|leave out|leaving out|left out|ignoring|ignore|ignored|apart from|aside from|net of|omit|omitting|omitted|minus the|outside of|outside|not in|not on|not from|not for|that is not|that are not|which are not|which is not|not belonging to|everything but|all but|anything but|besides|but not|strip out|stripping out|take out|taking out|remove|removing|removed|disregarding|disregard|non",
        ),
        (
            Without,
            "without one|without it|without any|untagged|unlabelled|unlabeled|not tagged|without tags|without a tag|without any tag|without any tags|missing tag|missing tags|missing a tag|no tag|no tags|has no|have no|had no|having no|with no|lacking|lack|lacks|unallocated|not allocated|unattributed|not assigned|unassigned|empty|blank|null|does not have|do not have|don t have|doesn t have|that lack|not carry|without an|carry no|carries no",
        ),
        (
            With,
            "tagged with|tagged|labelled|labeled|that have a|that has a|having a|with a|which have a|with any|that carry a|that carry an|carrying a|carrying an|that carry|which carry|carries a|carries an|carry a|carry an|is recorded|are recorded|is filled in|are filled in|is populated|are populated|is known|are known|is present|are present|that have an|that has an|having an|with an|which have an|bearing a|bearing an|that bear",
        ),
        (
            Bound(Comparison::Above),
            "over|above|more than|greater than|exceeding|exceeds|exceed|exceeded|higher than|larger than|bigger than|in excess of|beyond|north of|surpassing|upwards of",
        ),
        (
            Bound(Comparison::AtLeast),
            "at least|no less than|not less than|or more|minimum of|greater than or equal to",
        ),
        (
            Bound(Comparison::Below),
            "under|below|less than|fewer than|lower than|smaller than|cheaper than|beneath",
        ),
        (
            Bound(Comparison::AtMost),
            "at most|no more than|not more than|or less|or under|maximum of|less than or equal to|not exceeding",
        ),
        (Bound(Comparison::Equal), "exactly equal to|equal to|equals"),
        (Sign(Comparison::Below), "negative|below zero|less than zero|minus amounts|minus amount"),
        (
            Sign(Comparison::Equal),
            "zero|zero cost|free|free of charge|cost nothing|costs nothing|at zero",
        ),
        (Sign(Comparison::NotEqual), "nonzero|non zero|not zero"),
        (Sign(Comparison::Above), "positive"),
        (
            Gross,
            "gross|gross cost|gross spend|gross of credits|before credits|pre credit|pre credits|before credit|before any credits|before promotional credits|before the credits|prior to credits|prior to any credits|ahead of credits|without netting credits",
        ),
        (
            Category(Category::Credit),
            "credit|credits|promotional credit|promotional credits|promo credits|promotion credits",
        ),
        (Category(Category::Tax), "tax|taxes|vat|sales tax"),
        (
            Category(Category::Refund),
            "refund|refunds|refunded|reimbursement|reimbursements|money back|get back in refunds",
        ),
        (Filler, "ending in|ending with|ends with|ends in|that ends in|that ends with"),
        (Category(Category::Correction), "correction|corrections"),
        (Category(Category::Adjustment), "adjustment|adjustments"),
        (Category(Category::Purchase), "purchase|purchases|purchased"),
        (
            Category(Category::Upfront),
            "upfront fees|upfront fee|upfront purchases|upfront purchase|upfront payments|upfront payment|upfront charges|upfront costs|one time fees|one time fee|one time purchases|one time purchase",
        ),
        (
            Category(Category::Usage),
            "usage|usage charges|usage cost|usage costs|usage only|usage charge|usage spend|usage based charges",
        ),
        (
            Category(Category::Committed),
            "commitment covered|committed pricing|committed price|committed prices|committed rates|committed|covered by commitments|covered usage|covered by a commitment|covered by",
        ),
        (
            Category(Category::OnDemand),
            "on demand|on demand usage|pay as you go|on demand cost|on demand costs|on demand spend|standard pricing|standard priced|standard rate|standard rates",
        ),
        (Category(Category::Spot), "spot|spot instances|preemptible|spot usage|dynamic pricing"),
        (
            Category(Category::Unused),
            "unused|unused commitment|unused commitments|not used|go unused|went unused|gone unused|wasted commitment|unutilized|unutilised|idle commitment|wasted",
        ),
        (Category(Category::SavingsPlan), "savings plan|savings plans|sp|sps"),
        (
            Category(Category::Reserved),
            "reserved instance|reserved instances|reserved|reservation|reservations|ri|ris",
        ),
        (Category(Category::Marketplace), "marketplace"),
        (Category(Category::Support), "support|support plan|support plans"),
        (
            Category(Category::Weekday),
            "weekday|weekdays|business days|working days|workdays|business day",
        ),
        (Category(Category::Weekend), "weekend|weekends"),
    ]
}
