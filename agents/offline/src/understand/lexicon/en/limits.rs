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
            "recommend|recommends|recommended|recommendation|recommendations|rightsizing|rightsize|right size|optimise|optimize|optimization|optimisation|could we save|can we save|could i save|can i save|how to save|how to reduce|how can we reduce|how do we reduce|how could we reduce|ways to save|save money|reduce our|cut costs|cut our|anomaly|anomalies|unusual|anomalous|outlier|outliers|suspicious|should we buy|should we|should i|best option|cheaper alternative|idle resources|savings opportunities|saving opportunities|potential savings|advice|suggest|suggestion|suggestions",
        ),
        (
            NotInBills,
            "budget|budgets|budgeted|over budget|under budget|carbon|emission|emissions|co2|carbon footprint|latency|cpu utilization|cpu utilisation|cpu|memory utilization|memory usage|utilization rate|error rate|errors|uptime|downtime|availability of|sla|response time|throughput|performance|incident|incidents|outage|outages|revenue|profit|margin|gross margin|customers|customer|users|active users|employees|headcount|per user|per customer|per employee|active user|user|per active user|exchange rate|exchange rates|contract end|expire|expires|expiry|renewal|invoice due|due date|paid yet|payment status|market share|competitor|competitors|benchmark|industry average",
        ),
        (
            Write,
            "delete|deleting|terminate|shut down|shutdown|turn off|stop the|cancel|create|buy|resize|drop table|update|modify|kill|disable|enable|send|email|e mail|deploy|restart|reboot|launch|provision|set up|scale down|scale up|rename|approve|pay the invoice|tag the|tag all|move all|migrate|upgrade|downgrade|insert|write to",
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
    ]
}
