//! Line types of AWS cost reports, and what FOCUS calls them.

/// A line type. Source: AWS CUR 2.0 data dictionary, `line_item_line_item_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineType {
    Usage,
    DiscountedUsage,
    SavingsPlanCoveredUsage,
    SavingsPlanNegation,
    SavingsPlanRecurringFee,
    SavingsPlanUpfrontFee,
    /// Monthly fee of a reservation.
    RiFee,
    Fee,
    Tax,
    Credit,
    Refund,
    /// `EdpDiscount`, `PrivateRateDiscount`, `BundledDiscount` and their kind.
    Discount,
    Other,
}

impl LineType {
    pub(crate) fn of(text: Option<&str>) -> Self {
        match text {
            // Reports cut down to a few columns lack the type; what they hold is usage.
            None | Some("Usage" | "FlatRateSubscription") => Self::Usage,
            Some("DiscountedUsage") => Self::DiscountedUsage,
            Some("SavingsPlanCoveredUsage") => Self::SavingsPlanCoveredUsage,
            Some("SavingsPlanNegation") => Self::SavingsPlanNegation,
            Some("SavingsPlanRecurringFee") => Self::SavingsPlanRecurringFee,
            Some("SavingsPlanUpfrontFee") => Self::SavingsPlanUpfrontFee,
            Some("RIFee") => Self::RiFee,
            Some("Fee") => Self::Fee,
            Some("Tax") => Self::Tax,
            Some("Credit") => Self::Credit,
            Some("Refund") => Self::Refund,
            Some(other) if other.ends_with("Discount") => Self::Discount,
            Some(_) => Self::Other,
        }
    }

    /// FOCUS `ChargeCategory`.
    pub(crate) fn charge_category(self) -> &'static str {
        match self {
            Self::Usage
            | Self::DiscountedUsage
            | Self::SavingsPlanCoveredUsage
            | Self::SavingsPlanNegation
            | Self::Other => "Usage",
            Self::SavingsPlanRecurringFee
            | Self::SavingsPlanUpfrontFee
            | Self::RiFee
            | Self::Fee => "Purchase",
            Self::Tax => "Tax",
            Self::Credit => "Credit",
            Self::Refund | Self::Discount => "Adjustment",
        }
    }

    /// FOCUS `ChargeFrequency`; null for what has no rhythm.
    pub(crate) fn charge_frequency(self) -> Option<&'static str> {
        match self {
            Self::Usage
            | Self::DiscountedUsage
            | Self::SavingsPlanCoveredUsage
            | Self::SavingsPlanNegation => Some("Usage-Based"),
            Self::SavingsPlanRecurringFee | Self::RiFee => Some("Recurring"),
            Self::SavingsPlanUpfrontFee | Self::Fee | Self::Refund => Some("One-Time"),
            Self::Tax | Self::Credit | Self::Discount | Self::Other => None,
        }
    }

    /// FOCUS `PricingCategory`.
    pub(crate) fn pricing_category(self, usage_type: Option<&str>) -> Option<&'static str> {
        match self {
            Self::Usage if usage_type.is_some_and(|text| text.contains("SpotUsage")) => {
                Some("Dynamic")
            }
            Self::DiscountedUsage | Self::SavingsPlanCoveredUsage => Some("Committed"),
            Self::Usage
            | Self::SavingsPlanRecurringFee
            | Self::SavingsPlanUpfrontFee
            | Self::RiFee
            | Self::Fee => Some("Standard"),
            Self::SavingsPlanNegation
            | Self::Tax
            | Self::Credit
            | Self::Refund
            | Self::Discount
            | Self::Other => None,
        }
    }

    /// Whether the line meters something that ran. A negation repeats the quantity of what it
    /// cancels, so it meters nothing.
    pub(crate) fn is_running_usage(self) -> bool {
        matches!(self, Self::Usage | Self::DiscountedUsage | Self::SavingsPlanCoveredUsage)
    }

    /// FOCUS `CommitmentDiscountCategory` and `CommitmentDiscountType`.
    pub(crate) fn commitment(self, reserved: bool) -> Option<(&'static str, &'static str)> {
        match self {
            Self::SavingsPlanCoveredUsage
            | Self::SavingsPlanNegation
            | Self::SavingsPlanRecurringFee
            | Self::SavingsPlanUpfrontFee => Some(("Spend", "Savings Plan")),
            Self::DiscountedUsage | Self::RiFee => Some(("Usage", "Reserved Instance")),
            Self::Fee if reserved => Some(("Usage", "Reserved Instance")),
            Self::Usage
            | Self::Fee
            | Self::Tax
            | Self::Credit
            | Self::Refund
            | Self::Discount
            | Self::Other => None,
        }
    }

    /// FOCUS `CommitmentDiscountStatus`. The fee lines carry what nobody used, because the used
    /// part stands on the usage.
    pub(crate) fn commitment_status(self) -> Option<&'static str> {
        match self {
            Self::DiscountedUsage | Self::SavingsPlanCoveredUsage => Some("Used"),
            Self::SavingsPlanRecurringFee | Self::RiFee => Some("Unused"),
            Self::Usage
            | Self::SavingsPlanNegation
            | Self::SavingsPlanUpfrontFee
            | Self::Fee
            | Self::Tax
            | Self::Credit
            | Self::Refund
            | Self::Discount
            | Self::Other => None,
        }
    }
}
