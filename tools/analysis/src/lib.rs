//! Pure arithmetic over cost, usage and transactions: no IO, no clock, no randomness of its own.

pub mod allocation;
pub mod anomaly;
pub mod bridge;
pub mod budget;
pub mod calls;
pub mod commitment;
pub mod forecast;
pub mod outlook;
pub mod regime;
pub mod rules;
pub mod savings;
pub mod seasonality;
pub mod tagging;
pub mod telemetry;

pub use allocation::{Allocation, Left, Method, Pool, Share, allocate};
pub use anomaly::{Anomaly, AnomalyKind, AnomalySettings, Days, Leaf, Unusual, find_anomalies};
pub use bridge::{
    Bridge, BridgeLine, BridgeRow, Effect, LinePrices, MainCause, PriceParts, PriceRow,
    Transactions, bennet, build_bridge, split_prices, usage_family,
};
pub use budget::{BudgetState, BudgetStatus, Burn, BurnDay, budget_status, burn_course};
pub use calls::{CallMeters, CallRules};
pub use forecast::{Forecast, Seen, run_rate};
pub use outlook::{Model, Outlook, OutlookSettings, days_ahead, look_ahead};
pub use regime::{Day, Regime, RegimeSettings, RegimeVerdict, judge_regime};
pub use rules::InvalidRules;
pub use seasonality::{
    Fleet, HOURS_OF_MONTH, Hour, ScalableUsage, Scaling, ScalingRules, Verdict as ScalingVerdict,
    schedule as scaling_schedule,
};
