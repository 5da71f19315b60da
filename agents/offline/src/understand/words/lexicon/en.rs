//! English words and phrases of cost questions.

#![expect(clippy::too_many_lines, reason = "word lists are tables of meanings, one each")]

use wherefore_contract::{
    cost::{CommitmentFigure, Direction, Measure},
    dimension::Grain,
};

use crate::understand::word::{
    Meaning::{self, *},
    Relative as R, TimeWord as T,
};

mod conditions;
mod counts;
mod dimensions;
mod limits;
mod ordinary;
mod phrases;
mod plain;

/// Meanings with the phrases that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Meaning, &'static str)> {
    let mut all = phrases::entries();
    all.extend(counts::entries());
    all.extend(ordinary::entries());
    all.extend(joining());
    all.extend(measures());
    all.extend(dimensions::entries());
    all.extend(operations());
    all.extend(times());
    all.extend(limits::entries());
    all
}

pub(crate) use plain::PEOPLE;

/// Words that change no figure and are never guessed through a slip.
pub(super) fn plain() -> &'static [&'static str] {
    plain::WORDS
}

fn joining() -> Vec<(Meaning, &'static str)> {
    vec![
        (And, "and|plus|as well as|along with|together with"),
        (Only, "only|solely|exclusively|limited to|restricted to|nothing but"),
        (
            Filler,
            "prediction interval|prediction intervals|confidence interval|confidence intervals|interval|intervals|confidence band|not sure|not only|whether or not|or not|no matter|no idea|no need|if not|no problem|why not|no rush|not too|not to mention",
        ),
        (
            Not,
            "not|no|never|none|cannot|nobody|isn t|aren t|wasn t|weren t|doesn t|don t|didn t|hasn t|haven t|won t|can t",
        ),
        (
            Money,
            "dollars|dollar|usd|krw|won|eur|euro|euros|bucks|us dollars|cents|cent|korean won|jpy|yen|japanese yen|gbp|pounds|pound sterling|pounds sterling|sterling|cny|yuan|rmb|inr|rupees|rupee|chf|swiss francs|francs|cad|canadian dollars|aud|australian dollars|sgd|singapore dollars",
        ),
    ]
}

fn measures() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Cost,
            "cost|costs|costing|costed|spend|spending|spent|spends|expense|expenses|expenditure|expenditures|bill|bills|billing|charge|charges|charged|charging|pay|paid|paying|pays|price tag|price|priced|burn|how much|outlay|outlays|fees|fee|spends on|spendings|spender|spenders|dollars spent|how expensive|how costly|chargeback|chargebacks|charge back|showback|showbacks|show back",
        ),
        (
            Measure(Measure::BilledCost),
            "billed cost|billed costs|billed amount|billed charges|billed spend|billed|invoiced cost|invoiced amount|invoiced|invoice amount|invoice total|unblended cost|unblended costs|unblended spend|unblended|billedcost|billed_cost",
        ),
        (
            Measure(Measure::EffectiveCost),
            "effective cost|effective costs|effective spend|effective|amortized cost|amortised cost|amortized costs|amortised costs|amortized spend|amortised spend|amortized|amortised|effectivecost|effective_cost",
        ),
        (
            Measure(Measure::NetBilledCost),
            "net unblended cost|net unblended costs|net unblended|net billed cost|net billed costs|net cash cost|netunblendedcost|net_unblended_cost|net_billed_cost|unblended cost net of discounts|billed cost net of discounts",
        ),
        (
            Measure(Measure::NetEffectiveCost),
            "net amortized cost|net amortised cost|net amortized costs|net amortised costs|net amortized spend|net amortised spend|net amortized|net amortised|net effective cost|net effective costs|net_effective_cost|net_amortized_cost|amortized cost net of discounts|amortised cost net of discounts|effective cost net of discounts",
        ),
        (
            Measure(Measure::ListCost),
            "on demand list cost|on demand list price|list cost|list costs|list price|list prices|list|public price|public on demand rate|public on demand rates|public on demand price|public on demand prices|public on demand cost|list on demand|on demand rate|on demand rates|on demand price|on demand prices|public rate|list rate|list rates|on demand equivalent|on demand equivalent cost|on demand cost equivalent|listcost|list_cost|undiscounted cost|undiscounted|retail cost|retail price",
        ),
        (
            Measure(Measure::ContractedCost),
            "contracted cost|contracted costs|contract cost|contracted|negotiated cost|negotiated price|negotiated prices|negotiated rate|negotiated rates|contracted rate|contracted rates|contracted price|contracted prices|contract rate|contract rates|negotiated|contractedcost|contracted_cost",
        ),
        (
            Measure(Measure::ConsumedQuantity),
            "consumed quantity|usage quantity|usage amount|quantity|quantities|consumption|units consumed|usage volume|consumed",
        ),
        (Measure(Measure::PricingQuantity), "pricing quantity|priced quantity"),
        (
            Measure(Measure::Rows),
            "rows|row|line items|line item|charge rows|charge row|charge records|charge record|records|charge lines|charge line|billing lines|billing line|number of rows|number of charges|number of records|number of line items|row count|number of lines|how many lines|line count|bill lines|entries|how many charges",
        ),
        (
            Measure(Measure::Transactions),
            "transactions|transaction|transaction count|number of transactions|transaction volume|traffic|orders|order count|requests served|business volume",
        ),
        (
            Measure(Measure::UnitCost),
            "unit cost|unit costs|cost per transaction|costs per transaction|cost of a transaction|cost of one transaction|cost per order|cost per request|cost per payment|cost per call|cost of each transaction|per transaction|per transaction cost|spend per transaction|cost each transaction|unit economics|per order",
        ),
        (
            UnitPrice,
            "unit price|unit prices|price paid per billed unit|price paid per unit|price per billed unit|paid per billed unit|paid per unit|price per unit|cost per unit|price per hour|price per gb|cost per gb|price per gigabyte|cost per gigabyte|price per gb month|cost per gb month|price per request|per unit price|per unit cost|hourly rate|hourly price|per hour rate|rate per hour|rate per gb|rate per unit|unit rate|unit rates|price each unit",
        ),
        (
            Measure(Measure::Commitment(CommitmentFigure::Utilization)),
            "utilization|utilisation|utilization rate|utilisation rate|utilization percentage|utilized|utilised",
        ),
        (
            Discount,
            "discount rate|discount rates|savings rate|savings rates|saving rate|effective savings rate|effective discount rate|discount|discounts|discounted|saved|save|saves|saving|savings|discount amount|savings amount",
        ),
    ]
}

fn operations() -> Vec<(Meaning, &'static str)> {
    let mut all = grouping();
    all.extend(movement());
    all.extend(conditions::entries());
    all
}

fn grouping() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            By,
            "by|cut by|each|for each|for every|every|grouped by|group by|grouping by|broken down by|break down by|broken out by|breakdown by|split by|split up by|split out by|by individual|sliced by|segmented by|distributed over|spread over|spread across|distributed across|divided by|organised by|organized by|itemised by|itemized by|separated by|according to each|depending on",
        ),
        (Per, "per|on a per|on per"),
        (
            Word(T::Unit(Grain::HourOfDay)),
            "hour of the day|hour of day|hours of the day|time of day",
        ),
        (Which, "which|what is the name of|what are the names of"),
        (
            Total,
            "total|totals|totalled|totaled|in total|overall|sum|sums|sum of|altogether|all in all|grand total|aggregate|aggregated|combined|entire bill|all|everything|whole|entire|complete bill|total of|all up",
        ),
        (
            Breakdown,
            "breakdown|break down|broken down|break it down|distribution|distributed|composition|split|detail|details|detailed|itemise|itemize|itemised|itemized|list|spread|made up of|consist of|consists of|look like",
        ),
        (
            Rank(Direction::Descending),
            "largest|biggest|highest|most expensive|most|costliest|most costly|greatest|maximum|max|peak|peaked|leading|priciest|dearest|heaviest|worst|number one|most money|hottest",
        ),
        (
            Rank(Direction::Ascending),
            "smallest|lowest|least costly|least expensive|least|cheapest|minimum|min|fewest|tiniest",
        ),
        (
            Sort(Direction::Descending),
            "top|main cost drivers|biggest spenders|top spenders|top spending|rank|ranked|ranking|ranks|descending|in descending order|sort|sorted|order by|ordered|ordered by|sorted by|from high to low|high to low|highest first|largest first|most expensive first|biggest first|from highest to lowest|from largest to smallest|highest to lowest|largest to smallest|big|large|high|expensive|costly|pricey|heavy|leaderboard|upper|priciest first",
        ),
        (
            Sort(Direction::Ascending),
            "bottom|ascending|in ascending order|lowest first|smallest first|cheapest first|low to high|from low to high|from lowest to highest|from smallest to largest|lowest to highest|smallest to largest|small|low|cheap|inexpensive",
        ),
        (Ordinal(2), "runner up"),
        (
            Place,
            "what position|which position|what place|which place|what rank|rank of|the rank of|position of|what spot|which spot|where in the ranking|how high up|where on the list",
        ),
        (
            Portion(50),
            "half of|half the|half our|one half of|for half|to half|reach half|reaches half",
        ),
        (Portion(75), "three quarters of|three quarters|three fourths of"),
        (Portion(25), "a quarter of|one quarter of|a fourth of"),
        (
            Share,
            "share|shares|percentage|percentages|percent of|proportion|proportions|fraction|what part|portion|percentage of|as a percentage|as a percentage of|relative share|what percent|what percent of|pct|as a share of|what portion|cost share|how much of",
        ),
        (
            PerDay,
            "per day|a day|divided by its days|divided by the days|divided by the number of days|divided by days|daily average|daily pace|average daily|average per day|average day|daily mean|mean daily|on an average day|each day on average|avg daily|daily avg|daily rate|per day average|daily run rate|per day run rate|run rate per day|per day rate|average cost per day|average a day|on average per day|on average each day|on a typical day|typical day|per calendar day|every day on average|day on average|avg per day|mean per day|adjusted for the number of days|adjusted for days|adjusted for the days|adjusted for month length|adjusted for month lengths|adjusting for month length|adjusting for the number of days|adjusting for days|corrected for month length|normalised for month length|normalized for month length|normalised by days|normalized by days|on a daily basis|on a per day basis|per day basis",
        ),
        (Average, "average|avg|mean|on average|averaged|averages|typical"),
        (
            Trend,
            "trend|trends|trending|over time|evolution|evolve|evolved|history|time series|timeline|development|develop|developed|progression|progress|curve|historically|trajectory",
        ),
        (
            HowMany,
            "how many|number of|count of|count|counts|distinct|unique|how many different|number of different|number of distinct|how many distinct|how many unique|number of unique",
        ),
        (
            First,
            "first|earliest|when did|start|started|starts|begin|began|first seen|first time|first appear|first appeared|since when|first charge|first charged|first incurred",
        ),
        (
            Last,
            "last seen|latest|most recent|last time|last charge|last charge hour|last hour|stopped|stop|end|ended|last charged|last incurred|last row|final charge",
        ),
        (
            Complete,
            "complete|completeness|fully loaded|missing days|missing data|days missing|gaps|gap|missing|coverage|days with data|how fresh|freshness|up to date|data quality|date range|what data|which data|days covered|what periods|what period|which period|which periods|incomplete|how current|loaded so far|time range|period covered|period is covered|cover|covers|covered|how far back|are loaded|is loaded|do you have loaded|is available|are available",
        ),
        (
            Exists,
            "is there|are there|was there|were there|is there any|are there any|was there any|were there any|do we have|do we have any|did we have any|did we have|have we got|have we any|does it have any|did we get any|did we incur any|did we pay any|do we pay any|do we use any",
        ),
        (
            Reach,
            "make up the first|pareto|together account for|together make up|accounts for the first",
        ),
        (
            Running,
            "running total|running totals|running sum|cumulative|cumulatively|cumulative share|cumulative cost|cumulative costs|cumulative spend|cumulative total|running share|accumulated",
        ),
        (
            Single,
            "single|individual charge|individual charges|single charge|single charges|single line|one off",
        ),
        (
            Relatively,
            "percentage wise|percentagewise|in percent|in percentage|in relative terms|relatively|percentage change|percent change|percentage growth|percentage increase|percentage decrease|percentage drop|percentage terms|in percentage terms|proportionally|growth rate|rate of growth|rate of change",
        ),
    ]
}

fn movement() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Compare,
            "compare|compared|compares|comparing|comparison|versus|vs|against|than|relative to|compared with|compared to|comparing to|in comparison|in comparison with|in comparison to|change from|as opposed to|stack up",
        ),
        (
            Change,
            "net change|net changes|change|changes|changed|changing|delta|growth|variance|moved|move|movement|movements|shift|shifted|swing|swung|fluctuate|fluctuated|development from",
        ),
        (
            Rise,
            "rise|rose|rises|risen|rising|increase|increased|increases|increasing|grow|grew|grown|grows|growing|growers|jump up|jumped|went up|go up|gone up|going up|goes up|higher|larger|bigger|greater|more expensive|more|climb|climbed|climbing|surge|surged|spike|spiked|costlier|pricier|dearer|gain|gained",
        ),
        (
            Fall,
            "fall|fell|fallen|falling|falls|decrease|decreased|decreases|decreasing|drop|dropped|drops|dropping|decline|declined|declines|declining|shrink|shrank|shrunk|went down|go down|gone down|going down|goes down|lower|lowered|cheaper|less|reduced|reduction|reductions|decliners|smaller",
        ),
        (
            Why,
            "why|reason|reasons|reason for|cause|causes|caused|explain|explained|explained by|explanation|what drove|drove|driver|drivers|driven|driving|root cause|what made|behind|explains|contributed|contributors|contributor|contribute|contributes|contributing|responsible|how come|what explains|what is behind|what is driving|what happened|pushed|pushed up|push up|pushing|pushed the bill up|pushed costs up|pushed the cost up|drove up|what s going on|what is going on|what went on|drive|drives|blame|culprit|factors|factor",
        ),
        (
            Jump,
            "day over day jump|day on day jump|daily jump|biggest jump|largest jump|largest increase day|jump|jumps|daily jumps|biggest jumps|largest jumps|sharpest rise|sharpest increase|sharpest drop|steepest rise|steepest increase|steepest drop|biggest single day increase|biggest spike|largest spike",
        ),
        (
            Step(Grain::Day),
            "day over day|day on day|day to day|daily change|daily changes|daily increase|daily decrease",
        ),
        (Step(Grain::IsoWeek), "week over week|week on week|wow|weekly change|weekly changes"),
        (
            Step(Grain::Month),
            "month over month|month on month|mom|monthly change|monthly changes|month to month",
        ),
        (Step(Grain::Quarter), "quarter over quarter|quarter on quarter|qoq|quarterly change"),
        (
            Times,
            "how many times|times|ratio of|ratio|multiple of|times larger|times more|times as much|times as high|times higher|times bigger|what multiple|factor of|by what factor|what factor|growth factor|by which factor|by what multiple",
        ),
        (
            Difference,
            "difference|differences|differ|differs|differed|gap between|minus|subtract|less than the|differential|spread between|delta between",
        ),
        (
            New,
            "new|newly|brand new|new since|appeared for the first time|newly appeared|newly added|newly introduced|showed up for the first time|added newly|started appearing|not present in|not there in|did not exist in|had no cost in|had no charges in|with no cost in|had nothing in",
        ),
        (
            Gone,
            "disappeared|disappear|vanished|no longer|dropped off|gone away|stopped appearing|stopped being charged|ceased|discontinued|retired",
        ),
        (
            WholeWeeks,
            "whole weeks only|full weeks only|complete weeks only|only whole weeks|only full weeks|only complete weeks|whole weeks|entire weeks",
        ),
        (
            Project,
            "normalise|normalised|normalize|normalized|normalising|normalizing|annualise|annualised|annualize|annualized|annualising|annualizing|prorate|prorated|pro rate|pro rated|scale|scaled|scale it|scale that|scaling|rescale|rescaled",
        ),
        (
            Forecast,
            "forecast|forecasts|forecasted|predict|prediction|predicted|projected|projection|extrapolate|extrapolated|expect to spend|will we spend|will we pay|at this rate|at the current rate|at this pace|at the current pace|run rate|run rate basis|on current run rate|month end|end of month|end of the month|by the end of the month|by month end|month end estimate|estimate|estimated|expected|expect|full month estimate|on track|heading for|headed for|land at|end up at|if this continues|if the trend continues|if spending continues",
        ),
    ]
}

fn times() -> Vec<(Meaning, &'static str)> {
    let mut all = vec![
        (From, "from|between|in between"),
        (To, "to"),
        (Range, "through|thru|until the end of|up to and including|up until the end of"),
        (
            Since,
            "since|starting from|from the start of|from the beginning of|onwards from|onwards|onward|as from|since the start of|since the beginning of",
        ),
        (Until, "until|till|up to|up until|through the end of|by the end of|as of|no later than"),
        (Word(T::Before), "before|prior to|earlier than|ahead of"),
        (Word(T::After), "after|later than|following"),
        (Word(T::Starting), "starting|starting on|beginning|beginning on|commencing"),
        (Word(T::Ending), "ending|ending on"),
        (Word(T::Recent), "last|past|recent|previous|trailing|preceding|prior"),
        (Word(T::Ago), "ago|earlier|back"),
        (Word(T::Unit(Grain::Hour)), "hour|hours|hourly|hour by hour"),
        (
            Word(T::Unit(Grain::HourOfDay)),
            "hour of day|hour of the day|hours of day|hours of the day|time of day|time of the day",
        ),
        (
            Word(T::Unit(Grain::Day)),
            "day|days|loaded days|loaded day|daily|date|dates|calendar day|calendar days|day by day|full days|complete days|calendar date",
        ),
        (
            Word(T::Unit(Grain::IsoWeek)),
            "week|weeks|weekly|iso|iso week|iso weeks|calendar week|calendar weeks|week by week|full weeks|complete weeks",
        ),
        (
            Word(T::Unit(Grain::Month)),
            "month|months|monthly|calendar month|calendar months|month by month|full months|complete months",
        ),
        (
            Word(T::Unit(Grain::Quarter)),
            "quarter|quarters|quarterly|quarter by quarter|full quarters|complete quarters|calendar quarter",
        ),
        (
            Word(T::Unit(Grain::Year)),
            "year|years|yearly|annual|annually|calendar year|calendar years|year by year",
        ),
        (
            Word(T::Unit(Grain::Weekday)),
            "day of week|day of the week|days of the week|weekday name",
        ),
        (Word(T::FirstHalf), "first half|first half of|1st half|1st half of|h1 of"),
        (
            Word(T::SecondHalf),
            "second half|second half of|2nd half|2nd half of|latter half|latter half of|other half",
        ),
        (Word(T::Third(1)), "early|beginning of|start of|early in|the beginning of|the start of"),
        (Word(T::Third(2)), "mid|middle of|mid of|the middle of"),
        (Word(T::Third(3)), "late|end of|late in|the end of|tail end of"),
        (Word(T::Nth(2)), "second"),
        (Word(T::Nth(3)), "third"),
        (Word(T::Nth(4)), "fourth"),
        (Word(T::Nth(5)), "fifth"),
        (Word(T::WeekOfMonth(0)), "final week"),
        (Word(T::Fiscal), "fiscal|fy|financial year"),
        (Word(T::Clock(12)), "noon|midday"),
        (Word(T::Morning), "am"),
        (Word(T::Afternoon), "pm"),
        (Word(T::Span(14, Grain::Day)), "fortnight|two week period"),
        (Word(T::Span(6, Grain::Month)), "half year|half a year"),
        (Word(T::Span(7, Grain::Day)), "one week|a week"),
        (Word(T::Span(1, Grain::Month)), "one month|a month"),
        (Number { value: 7, digits: 0 }, "seven"),
        (Number { value: 11, digits: 0 }, "eleven"),
        (Number { value: 12, digits: 0 }, "twelve"),
        (Number { value: 14, digits: 0 }, "fourteen"),
        (Number { value: 15, digits: 0 }, "fifteen"),
        (Number { value: 24, digits: 0 }, "twenty four"),
        (Number { value: 30, digits: 0 }, "thirty"),
        (Number { value: 60, digits: 0 }, "sixty"),
        (Number { value: 90, digits: 0 }, "ninety"),
    ];
    let weekdays = [
        "monday|mondays|mon",
        "tuesday|tuesdays|tue|tues",
        "wednesday|wednesdays|wed",
        "thursday|thursdays|thu|thurs",
        "friday|fridays|fri",
        "saturday|saturdays|sat",
        "sunday|sundays|sun",
    ];
    all.extend(weekdays.into_iter().zip(1..).map(|(names, day)| (Word(T::DayOfWeek(day)), names)));
    let months = [
        "january|jan",
        "february|feb",
        "march|mar",
        "april|apr",
        "may",
        "june|jun",
        "july|jul",
        "august|aug",
        "september|sep|sept",
        "october|oct",
        "november|nov",
        "december|dec",
    ];
    all.extend(months.into_iter().zip(1..).map(|(names, month)| (Word(T::Month(month)), names)));
    let relative = [
        (R::Today, "today"),
        (R::Tomorrow, "tomorrow"),
        (R::Yesterday, "yesterday"),
        (R::DayBefore, "day before yesterday"),
        (R::ThisWeek, "this week|current week"),
        (R::WeekToDate, "week to date|wtd|so far this week|this week so far"),
        (
            R::LastWeek,
            "last week|last full week|past week|previous full week|last complete week|last calendar week|most recent full week|last iso week|most recent complete week",
        ),
        (R::WeekBeforeLast, "week before last"),
        (R::NextWeek, "next week|coming week"),
        (R::ThisMonth, "this month|current month|the current month"),
        (
            R::LastMonth,
            "last month|last full month|last calendar month|last complete month|past month|most recent full month|most recent complete month|previous full month|previous calendar month",
        ),
        (R::MonthBeforeLast, "month before last"),
        (R::NextMonth, "next month|coming month"),
        (R::ThisQuarter, "this quarter|current quarter"),
        (
            R::LastQuarter,
            "last quarter|last full quarter|past quarter|last complete quarter|last calendar quarter",
        ),
        (R::NextQuarter, "next quarter|coming quarter"),
        (R::ThisHalf, "this half|current half|this half year"),
        (R::LastHalf, "last half|previous half|last half year"),
        (R::ThisYear, "this year|current year|this calendar year"),
        (
            R::LastYear,
            "last year|last calendar year|previous calendar year|previous year|prior year",
        ),
        (R::YearBeforeLast, "year before last"),
        (R::NextYear, "next year|coming year"),
        (
            R::ThisFiscalYear,
            "this fiscal year|current fiscal year|this financial year|current financial year|this fy|current fy",
        ),
        (
            R::LastFiscalYear,
            "last fiscal year|previous fiscal year|prior fiscal year|last financial year|previous financial year|last fy|prior fy",
        ),
        (R::ThisFiscalQuarter, "this fiscal quarter|current fiscal quarter"),
        (R::LastFiscalQuarter, "last fiscal quarter|previous fiscal quarter|prior fiscal quarter"),
        (R::FiscalYearToDate, "fiscal year to date|fytd|fiscal ytd|financial year to date"),
        (
            R::YearToDate,
            "year to date|ytd|so far this year|this year so far|since the start of the year|since the beginning of the year",
        ),
        (
            R::MonthToDate,
            "month to date|mtd|so far this month|this month so far|since the start of the month|since the beginning of the month",
        ),
        (R::QuarterToDate, "quarter to date|qtd|so far this quarter|this quarter so far"),
        (
            R::PrecedingMonth,
            "same period last month|same days last month|same period of last month|same period in the previous month|same period of the previous month|same stretch of last month|same days of last month|same point last month|previous month|prior month|month before|preceding month|month over month|mom|month earlier|a month earlier|month prior|one month earlier",
        ),
        (
            R::PrecedingWeek,
            "same period last week|same days last week|same day last week|same weekday last week|same day the week before|same day a week earlier|previous week|prior week|week before|week over week|wow|preceding week|week earlier|a week earlier|week prior|one week earlier",
        ),
        (
            R::PrecedingQuarter,
            "previous quarter|prior quarter|quarter over quarter|qoq|preceding quarter|quarter before",
        ),
        (R::PrecedingDay, "previous day|day before|day earlier|preceding day"),
        (
            R::Preceding,
            "previous period|prior period|preceding period|period before|same length before|same number of days before",
        ),
        (
            R::YearAgo,
            "same period last year|same month last year|same period a year ago|same month of last year|same quarter last year|same week last year|a year ago|a year earlier|year over year|yoy|year before|one year ago|one year earlier|same period of the previous year|same month a year ago|same period in the previous year|same time last year|same month of the previous year|same period of last year|prior year period",
        ),
        (
            R::All,
            "all time|whole period|entire period|full period|all loaded data|entire dataset|whole dataset|full dataset|entire data|full data range|entire data period|all available data|all the data|all data|whole time|to date|entire time|in the whole period|over the whole period|loaded period|all periods|complete period",
        ),
    ];
    all.extend(relative.map(|(relative, names)| (Word(T::Relative(relative)), names)));
    all
}
