//! English words: what no bill answers, and numbers in words.

use crate::understand::word::Meaning::{self, *};

/// Meanings with the words that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Coming,
            "next month|next year|next quarter|next week|following month|coming month|coming months|coming year|upcoming month|rest of the year|end of the year|end of year|year end|in the future|tomorrow|next few months|coming quarter",
        ),
        (
            Advice,
            "recommend|recommends|recommended|recommendation|recommendations|rightsizing|rightsize|right size|optimise|optimize|optimization|optimisation|could we save|can we save|could i save|can i save|how to save|how to reduce|how can we reduce|how do we reduce|how could we reduce|ways to save|save money|reduce our|cut costs|cut our|anomaly|anomalies|unusual|anomalous|outlier|outliers|suspicious|should we buy|should we|should i|best option|cheaper alternative|idle resources|savings opportunities|saving opportunities|potential savings|advice|suggest|suggestion|suggestions|what if|what happens if|what would happen if|if we move|if we moved|if we switch|if we switched|if we switched off|if we migrate|if we migrated|if we double|if we doubled|if traffic doubles|if traffic doubled|if we stop|if we stopped|if we turn off|if we turned off|if we delete|if we deleted|if we bought|if we buy|worth it|worth the money|too expensive|overprovisioned|over provisioned|overpaying|idle instances|idle machines|idle servers",
        ),
        (
            NotInBills,
            "budget|budgets|budgeted|over budget|under budget|carbon|emission|emissions|co2|carbon footprint|latency|cpu utilization|cpu utilisation|cpu|memory utilization|memory usage|utilization rate|error rate|errors|uptime|downtime|availability of|sla|response time|throughput|performance|incident|incidents|outage|outages|revenue|profit|margin|gross margin|customers|customer|users|active users|employees|headcount|per user|per customer|per employee|active user|user|per active user|exchange rate|exchange rates|contract end|expire|expires|expiry|renewal|invoice due|due date|paid yet|payment status|market share|competitor|competitors|competitor s|competition|peers|peer group|benchmark|benchmarks|industry average|industry benchmark|security findings|security finding|security issues|security incidents|security alerts|security events|vulnerability|vulnerabilities|cve|cves|breach|breaches|threats|encrypted|encryption status|compliant|compliance|patched|patch level|firewall rules|open ports|ticket|tickets|support ticket|support tickets|jira|support case|support cases|service requests|engineer|engineers|developer|developers|devs|staff|staffing|head count|fte|ftes|full time employees|people|persons|hires|per head|on call|cpu usage|cpu load|ram usage|ram|memory consumption|memory pressure|disk utilisation|disk utilization|disk iops|iops|network throughput|packet loss|bandwidth utilisation|bandwidth utilization|p99|p95|p50|percentile latency|error count|5xx|4xx|5xx errors|4xx errors|http errors|failed requests|failure rate|failures|crashes|restarts|deployments|releases|commits|pull requests|lines of code|slo|slos|slas|mttr|alarms fired|alerts fired|page views|pageviews|visitors|visits|sessions|signups|sign ups|subscribers|clients|client|per client|conversion|conversion rate|churn|gmv|sales|turnover|income|earnings|ebitda|roi|return on investment|cogs|per dollar of revenue|quota|quotas|service limits|service limit|greenhouse|kwh|energy consumption|energy use|electricity|power consumption|sustainability|co2e|footprint|co2 footprint|paid already|already paid|been paid|unpaid|overdue|outstanding balance|payment due|payment terms|payment date|late fee|late fees|bank account|credit card|purchase order|purchase orders|po number|invoice date|invoice status|negotiation|negotiations|negotiate|renewal talks|counteroffer|price increase|price increases|price rise|price hike|price hikes|raise prices|raising prices|raise its prices|cut prices|will prices|future prices|new prices|headroom|forecast accuracy|per plan|below plan|above plan|under plan|over plan|against plan|vs plan|versus plan|planned spend|planned budget|spending plan|cost plan|spend target|spending target|cost target|cost targets|spend targets|target spend|spending limit|spending cap|approved spend|rate limit|who launched|who created|who started|who deleted|who approved|who provisioned|who deployed|who changed|who bought|launched by|password policy|uptime percentage|latencies|cache hit ratio|hit ratio|hit rate|slowest|fastest|slow|sla breaches|sla breach|queries per second|qps|rps|requests per second|vacation|open source licences|phone number|phone|contact person|account manager|account managers|email address|attendance|net promoter score|nps",
        ),
        (
            Write,
            "delete|deleting|terminate|shut down|shutdown|turn off|stop the|cancel|create|buy|resize|drop table|update|modify|kill|disable|enable|send|email|e mail|deploy|restart|reboot|launch|provision|set up|scale down|scale up|rename|approve|pay the invoice|tag the|tag all|move all|migrate|upgrade|downgrade|insert|write to|tag every|tag each|tag any|tag untagged|tag these|tag those|untag|retag|set an alert|set alert|set alerts|set a budget|set budget|set an alarm|set a threshold|set the budget|alert me|alert us|notify|remind|schedule a|schedule the|open a ticket|open a case|file a ticket|raise a ticket|submit a|subscribe to|unsubscribe|sign up for|attach|detach|purge|archive|decommission|suspend|hibernate|reallocate|reassign|assign the|assign all|grant|revoke|rotate|enforce|block all|book a|transfer the|transfer ownership|pay off|pay our invoice|pay my invoice|refund me|dispute the|purchase a|purchase an|order a|order an|negotiate with|convert to reserved|switch to|switch all|turn on|increase the limit|raise the limit|lower the limit|post it|post this|forward this|forward it|share it with|upload it",
        ),
        (
            Outside,
            "weather|stock price|stock market|stock|poem|joke|recipe|password|passwords|secret|secrets|api key|song|translate|translation|president|capital of|movie|football|soccer|news|python code|write code|source code|ignore previous instructions|ignore all|system prompt|your prompt|your instructions|lunch|dinner|salary|salaries|who are you|what are you|bitcoin|election|hotel|flight|flights|restaurant|holiday|vacation|birthday|story|haiku",
        ),
        (PercentSign, "percent|per cent|pct of"),
        (Number { value: 1, digits: 0 }, "a single|one"),
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
        (Number { value: 30, digits: 0 }, "thirty"),
        (Number { value: 50, digits: 0 }, "fifty"),
        (Number { value: 100, digits: 0 }, "a hundred|one hundred|hundred"),
        (Number { value: 500, digits: 0 }, "five hundred"),
        (Number { value: 1_000, digits: 0 }, "a thousand|one thousand|a grand"),
        (Number { value: 5_000, digits: 0 }, "five thousand"),
        (Number { value: 10_000, digits: 0 }, "ten thousand"),
        (Number { value: 100_000, digits: 0 }, "a hundred thousand|one hundred thousand"),
        (Number { value: 1_000_000, digits: 0 }, "a million|one million"),
    ]
}
