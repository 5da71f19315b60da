//! English words and phrases of cost questions.

#![expect(clippy::too_many_lines, reason = "word lists are tables of meanings, one each")]

use wherefore_contract::{
    cost::{Direction, Measure},
    dimension::{Dimension, FocusDimension as F, Grain},
};

use crate::understand::word::{
    Category,
    Meaning::{self, *},
    Relative as R, TimeWord as T,
};

/// Meanings with the phrases that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Meaning, &'static str)> {
    let mut all = fillers();
    all.extend(measures());
    all.extend(dimensions());
    all.extend(operations());
    all.extend(times());
    all.extend(limits());
    all
}

fn fillers() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Filler,
            "the|a|an|of|is|are|was|were|be|been|being|do|does|did|has|have|had|having|will|would|could|can|should|shall|might|please|me|us|we|our|ours|i|my|you|your|it|its|they|their|them|that|this|these|those|there|here|s|t|re|ve|ll",
        ),
        (
            Filler,
            "what|how|when|where|who|much|many|show|give|tell|list|get|find|display|report|provide|calculate|compute|want|need|know|see|like|let|help|look|looking|look up|check|return|print|write out|summarise|summarize|summary of|plot|chart|graph|draw|table|figure|figures|number|numbers|value|values|amount|amounts|data|dataset|result|results|answer|question",
        ),
        (
            Filler,
            "for|in|on|at|with|as|so|then|now|also|just|about|into|out|up|down|off|if|or|but|not|no|yes|well|ok|okay|hi|hello|hey|thanks|thank|kindly|quickly|exactly|actually|really|approximately|roughly|overall picture|only just|still|yet|already|ever|again|both|same|different|given|given that|taking into account|account for the|considering|consider|including|include|included|includes|regarding|concerning|respectively|according|based|basis|terms|in terms of|respect|side by side|each other",
        ),
        (
            Filler,
            "company|organisation|organization|org wide|estate|environment wide|business|team's own|cloud|clouds|infrastructure|money|dollars|dollar|usd|krw|won|currency|run up|rack up|incur|incurred|incurs|generate|generated|accrue|accrued|come to|came to|amount to|amounted to|add up to|accounts for|account for|make up|makes up|made up|go|goes|going|went|gone|happen|happened|happens|work|works|used|using|use|uses|consume|consumes|appear|appears|appeared|exist|exists|recorded|seen|observed|loaded|available|so far|currently|current|associated|related|attributable|attributed|belonging|belongs|belong|assigned|running|run|ran|type of|kind of|kinds|kind|sort of|way|per our|any|some|other|others|one|ones|thing|things|it all|whether|break|split out|month lengths|lengths|length|month length|because of|owing|due|thereof|via|through which|while|during|over the course of|within|across|throughout|among|amongst|between them|big|large|small|high|low|expensive|cheap|main|major|primary|key",
        ),
        (And, "and|plus|as well as"),
        (Only, "only|solely|exclusively|limited to|restricted to"),
    ]
}

fn measures() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Cost,
            "cost|costs|costing|costed|spend|spending|spent|spends|expense|expenses|expenditure|expenditures|bill|bills|charge|charges|charged|pay|paid|paying|pays|price tag|burn|how much|outlay|fees|fee",
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
            Measure(Measure::ListCost),
            "list cost|list costs|list price|list prices|list|public price|on demand rate|on demand rates|on demand price|on demand prices|public rate|list rate|list rates|on demand equivalent|on demand equivalent cost|on demand cost equivalent|listcost|list_cost|undiscounted cost|undiscounted|retail cost|retail price",
        ),
        (
            Measure(Measure::ContractedCost),
            "contracted cost|contracted costs|contract cost|contracted|negotiated cost|negotiated price|negotiated|contractedcost|contracted_cost",
        ),
        (
            Measure(Measure::ConsumedQuantity),
            "consumed quantity|usage quantity|usage amount|quantity|quantities|consumption|units consumed|usage volume|consumed",
        ),
        (Measure(Measure::PricingQuantity), "pricing quantity|priced quantity"),
        (
            Measure(Measure::Rows),
            "rows|row|line items|line item|charge rows|charge records|records|charge lines|billing lines|number of rows|number of charges|number of records|row count|entries",
        ),
        (
            Measure(Measure::Transactions),
            "transactions|transaction|transaction count|number of transactions|transaction volume|traffic|orders|order count|requests served|business volume",
        ),
        (
            Measure(Measure::UnitCost),
            "unit cost|unit costs|cost per transaction|costs per transaction|cost of a transaction|cost of one transaction|cost per order|cost per request|cost per payment|cost per call|cost of each transaction|per transaction|per transaction cost|spend per transaction|cost each transaction|unit economics|per order",
        ),
        (Discount, "discount|discounts|discounted|saved|save|saving|savings"),
    ]
}

fn dimensions() -> Vec<(Meaning, &'static str)> {
    let column = |column: F| Meaning::Dimension(Dimension::Column(column));
    vec![
        (
            Service,
            "service|services|cloud service|cloud services|product|products|service name|service names",
        ),
        (
            Meaning::Dimension(Dimension::Workload),
            "workload|workloads|application workload|microservice|microservices",
        ),
        (
            column(F::Provider),
            "provider|providers|cloud provider|cloud providers|vendor|vendors|csp|csps|hyperscaler",
        ),
        (column(F::Publisher), "publisher|publishers"),
        (column(F::InvoiceIssuer), "invoice issuer|issuer|invoice issuers"),
        (
            column(F::SubAccountId),
            "account|accounts|sub account|sub accounts|subaccount|subaccounts|linked account|linked accounts|member account|member accounts|subscription|subscriptions|project account|sub account id|usage account|usage accounts|account id|account ids",
        ),
        (
            column(F::SubAccountName),
            "account name|account names|sub account name|sub account names|subscription name|subscription names",
        ),
        (column(F::SubAccountType), "sub account type|account type"),
        (
            column(F::BillingAccountId),
            "billing account|billing accounts|payer account|payer|payers|management account",
        ),
        (column(F::BillingAccountType), "billing account type"),
        (column(F::Region), "region|regions|location|locations|geography"),
        (column(F::RegionName), "region name|region names"),
        (column(F::AvailabilityZone), "availability zone|availability zones|az|azs|zone|zones"),
        (
            column(F::ServiceCategory),
            "service category|service categories|category of service|category|categories",
        ),
        (
            column(F::ServiceSubcategory),
            "service subcategory|service subcategories|subcategory|subcategories",
        ),
        (
            column(F::ChargeCategory),
            "charge category|charge categories|charge type|charge types|type of charge|types of charge|kind of charge|kinds of charges",
        ),
        (column(F::ChargeClass), "charge class"),
        (column(F::ChargeFrequency), "charge frequency|charge frequencies"),
        (
            column(F::ChargeDescription),
            "charge description|charge descriptions|description|descriptions",
        ),
        (
            column(F::PricingCategory),
            "pricing category|pricing categories|pricing model|pricing models|purchase option|purchase options",
        ),
        (column(F::PricingUnit), "pricing unit|pricing units"),
        (column(F::ConsumedUnit), "consumed unit|consumed units"),
        (column(F::PricingCurrency), "pricing currency|pricing currencies"),
        (column(F::BillingCurrency), "billing currency|billing currencies|currencies"),
        (
            column(F::CommitmentDiscountId),
            "commitment discount id|commitment|commitments|commitment discount|commitment discounts",
        ),
        (column(F::CommitmentDiscountName), "commitment discount name"),
        (
            column(F::CommitmentDiscountType),
            "commitment discount type|commitment type|commitment types",
        ),
        (column(F::CommitmentDiscountCategory), "commitment discount category"),
        (column(F::CommitmentDiscountStatus), "commitment discount status|commitment status"),
        (column(F::CapacityReservationId), "capacity reservation|capacity reservations"),
        (column(F::CapacityReservationStatus), "capacity reservation status"),
        (column(F::InvoiceId), "invoice|invoices|invoice id|invoice ids|invoice number"),
        (
            column(F::BillingPeriod),
            "billing period|billing periods|billing month|billing months|invoice month",
        ),
        (column(F::ResourceId), "resource|resources|resource id|resource ids"),
        (column(F::ResourceName), "resource name|resource names"),
        (column(F::ResourceType), "resource type|resource types"),
        (column(F::SkuId), "sku|skus|sku id"),
        (column(F::SkuMeter), "sku meter|sku meters|meter|meters"),
        (column(F::SkuPriceId), "sku price id|sku price"),
        (
            column(F::InstanceType),
            "instance type|instance types|instance size|instance sizes|instance family|machine type|machine types",
        ),
        (column(F::LineItemType), "line item type|line item types"),
        (column(F::Operation), "operation|operations"),
        (column(F::ServiceCode), "service code|service codes|product code|product codes"),
        (column(F::UsageType), "usage type|usage types"),
        (Tag, "tag|tags|tagged|label|labels|tag key|tag value|tag values"),
    ]
}

fn operations() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            By,
            "by|per|each|for each|for every|every|grouped by|group by|broken down by|break down by|breakdown by|split by|split out by|by individual|sliced by|segmented by|across all|on a per",
        ),
        (Which, "which|what is the name of"),
        (
            Total,
            "total|totals|in total|overall|sum|altogether|all in all|grand total|aggregate|combined|entire bill|all|everything|whole",
        ),
        (
            Breakdown,
            "breakdown|break down|broken down|distribution|composition|split|detail|details|itemise|itemize",
        ),
        (
            Rank(Direction::Descending),
            "top|largest|biggest|highest|most expensive|most|costliest|most costly|greatest|maximum|max|peak|leading|priciest|dearest|heaviest|main cost drivers|biggest spenders|top spenders|rank|ranked|ranking|descending|sort|sorted|order by|ordered",
        ),
        (
            Rank(Direction::Ascending),
            "bottom|smallest|lowest|least costly|least expensive|least|cheapest|minimum|min|ascending",
        ),
        (
            Share,
            "share|percentage|percent of|proportion|fraction|ratio|what part|portion|percentage of|as a percentage|relative share|what percent|pct",
        ),
        (
            PerDay,
            "per day|a day|daily average|average daily|average per day|average day|daily mean|mean daily|on an average day|each day on average|avg daily|daily avg|daily rate|per day average|daily run rate|average cost per day",
        ),
        (Average, "average|avg|mean|on average"),
        (
            Trend,
            "trend|trends|trending|over time|evolution|evolve|evolved|history|time series|timeline|development|develop|developed|progression",
        ),
        (
            Compare,
            "compare|compared|comparing|comparison|versus|vs|against|than|relative to|compared with|compared to|in comparison|month over month|mom|week over week|wow|year over year|yoy|quarter over quarter|qoq|change from",
        ),
        (
            Change,
            "change|changes|changed|delta|growth|variance|moved|move|movement|shift|shifted|differ|differs",
        ),
        (
            Rise,
            "rise|rose|risen|rising|increase|increased|increases|increasing|grow|grew|grown|growing|jump up|jumped|went up|go up|gone up|going up|higher|larger|bigger|greater|more expensive|more|climb|climbed|surge|surged|spike|spiked",
        ),
        (
            Fall,
            "fall|fell|fallen|falling|decrease|decreased|decreases|decreasing|drop|dropped|decline|declined|shrink|shrank|went down|go down|gone down|going down|lower|cheaper|less|reduced|reduction",
        ),
        (
            Why,
            "why|reason|reasons|cause|causes|caused|explain|explanation|what drove|drove|driver|drivers|driving|root cause|what made|behind|explains|contributed|contributors|contributor|contribute|contributing|responsible|how come|what explains",
        ),
        (
            HowMany,
            "how many|number of|count of|count|distinct|unique|how many different|number of different|number of distinct",
        ),
        (
            First,
            "first|earliest|when did|start|started|starts|begin|began|first seen|first time|first appear|first appeared|since when|new since",
        ),
        (
            Last,
            "last seen|latest|most recent|last time|last charge|last charge hour|last hour|stopped|stop|end|ended",
        ),
        (
            Complete,
            "complete|completeness|fully loaded|missing days|missing data|gaps|gap|missing|coverage|days with data|how fresh|freshness|up to date|data quality|which dates|what dates|date range|what data|which data|days covered|what periods",
        ),
        (
            Jump,
            "day over day jump|day over day change|day over day increase|daily jump|biggest jump|largest jump|largest increase day|jump|day over day|daily change|day to day change|day on day",
        ),
        (
            Reach,
            "make up the first|pareto|cumulative|cumulatively|cumulative share|running total|running share|together account for|together make up|accounts for the first",
        ),
        (Times, "how many times|times|ratio of|multiple of|times larger|times more|times as much"),
        (Difference, "difference|gap between|minus|subtract|less than the"),
        (
            Exclude,
            "excluding|exclude|except|except for|without|other than|not including|excl|leave out|leaving out|ignoring|ignore|apart from|net of|omit|omitting|minus the",
        ),
        (
            Without,
            "untagged|unlabelled|unlabeled|not tagged|without tags|without a tag|without any tag|missing tag|missing tags|no tag|no tags|has no|have no|with no|lacking|unallocated",
        ),
        (Category(Category::Credit), "credit|credits"),
        (Category(Category::Tax), "tax|taxes|vat"),
        (Category(Category::Refund), "refund|refunds|correction|corrections"),
        (Category(Category::Adjustment), "adjustment|adjustments"),
        (
            Category(Category::Purchase),
            "purchase|purchases|upfront fees|upfront fee|upfront purchases",
        ),
        (Category(Category::Usage), "usage|usage charges|usage cost|usage costs|usage only"),
        (
            Category(Category::Committed),
            "commitment covered|committed|covered by commitments|covered usage",
        ),
        (
            Category(Category::OnDemand),
            "on demand|on demand usage|pay as you go|on demand cost|on demand spend",
        ),
        (Category(Category::Spot), "spot|spot instances|preemptible"),
        (
            Category(Category::Unused),
            "unused|unused commitment|unused commitments|not used|go unused|went unused|wasted commitment|unutilized|unutilised|idle commitment",
        ),
        (Category(Category::SavingsPlan), "savings plan|savings plans|sp|sps"),
        (
            Category(Category::Reserved),
            "reserved instance|reserved instances|reserved|reservation|reservations|ri|ris",
        ),
        (Category(Category::Marketplace), "marketplace"),
        (Category(Category::Support), "support|support plan"),
        (Category(Category::Weekday), "weekday|weekdays|business days|working days|workdays"),
        (Category(Category::Weekend), "weekend|weekends"),
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
            Word(T::Unit(Grain::Day)),
            "day|days|daily|date|dates|calendar day|calendar days|day by day|full days|complete days|calendar date",
        ),
        (
            Word(T::Unit(Grain::IsoWeek)),
            "week|weeks|weekly|iso week|iso weeks|calendar week|calendar weeks|week by week|full weeks|complete weeks|cw",
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
        (R::Yesterday, "yesterday|last day|previous day|final day"),
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
            "previous month|prior month|month before|preceding month|month over month|mom|month earlier|a month earlier|month prior|one month earlier",
        ),
        (
            R::PrecedingWeek,
            "previous week|prior week|week before|week over week|wow|preceding week|week earlier|a week earlier|week prior|one week earlier",
        ),
        (
            R::PrecedingQuarter,
            "previous quarter|prior quarter|quarter over quarter|qoq|preceding quarter|quarter before",
        ),
        (R::PrecedingDay, "day before|day earlier|preceding day"),
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

fn limits() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Forecast,
            "forecast|forecasted|predict|prediction|predicted|projected|projection|expect to spend|will we spend|next month|next year|next quarter|next week|end of year estimate|estimate for|budget|recommend|recommendation|recommendations|rightsizing|rightsize|optimise|optimize|optimization|optimisation|could we save|can we save|anomaly|anomalies|unusual|carbon|emissions",
        ),
        (
            Write,
            "delete|remove|terminate|shut down|shutdown|turn off|stop the|cancel|create|buy|resize|drop table|update|modify|kill|disable|enable|send|email|e mail|deploy|restart|reboot",
        ),
        (
            Outside,
            "weather|stock|stock price|poem|joke|recipe|password|passwords|secret|secrets|song|translate|president|capital of|movie|football|news|code|ignore previous instructions|system prompt|your prompt|lunch|dinner|salary|salaries",
        ),
        (PercentSign, "percent"),
        (Number { value: 1, digits: 0 }, "single"),
        (Number { value: 2, digits: 0 }, "two"),
        (Number { value: 3, digits: 0 }, "three"),
        (Number { value: 4, digits: 0 }, "four"),
        (Number { value: 5, digits: 0 }, "five"),
        (Number { value: 6, digits: 0 }, "six"),
        (Number { value: 7, digits: 0 }, "seven"),
        (Number { value: 8, digits: 0 }, "eight"),
        (Number { value: 9, digits: 0 }, "nine"),
        (Number { value: 10, digits: 0 }, "ten"),
        (Number { value: 20, digits: 0 }, "twenty"),
    ]
}
