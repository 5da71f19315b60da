#!/usr/bin/env python3
"""Each analysis tool beside the raw DuckDB aggregation that it needs, over the same Parquet files, in turn, in one run.

    pip install duckdb
    cargo build --release && python3 evals/benches/analyses_vs_duckdb.py [--rows 10000000] [--runs 3] [--only TOOL]

A tool is called over MCP (stdio); its time holds the reading, the arithmetic and the tables that come back. DuckDB runs only the
aggregations that hold the figures, on a connection that stays open. Both are warm. Goal: no analysis takes more than three times as long.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb

# The demo's last whole month and the one before it; the workload whose transactions are loaded.
FROM, TO, END = "2026-09-01", "2026-10-01", "2026-11-01"
LAST = {"start": TO, "end": END}
OPERATING = "ChargeCategory NOT IN ('Adjustment', 'Credit', 'Purchase', 'Tax') AND lower(ServiceName) NOT LIKE '%support%'"
BOTH = f"ChargePeriodStart >= '{FROM}' AND ChargePeriodStart < '{END}'"
MONTH = f"ChargePeriodStart >= '{TO}' AND ChargePeriodStart < '{END}'"
SIDES = ", ".join(
    f"sum(CASE WHEN {when} THEN {column} END)"
    for column in ("EffectiveCost", "ConsumedQuantity")
    for when in (f"ChargePeriodStart < '{TO}'", f"ChargePeriodStart >= '{TO}'")
)
COSTS = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "x_NetBilledCost", "x_NetEffectiveCost")
LINES = "x_LineItemType, ChargeCategory, ChargeFrequency, CommitmentDiscountStatus, CommitmentDiscountType"
DAY = "date_trunc('day', ChargePeriodStart)"

# Tool, arguments, and the statements whose figures it is made of. A tool that the program does not have is left out.
CASES = [
    ("query_cost", {"measures": ["billed_cost"], "dimensions": ["month", "cloud_service"]}, [
        "SELECT date_trunc('month', ChargePeriodStart), ServiceName, sum(BilledCost) FROM charges GROUP BY 1, 2",
    ]),
    ("unit_cost", {"by": ["month"]}, [
        f"SELECT date_trunc('month', ChargePeriodStart), x_tag_workload, sum(EffectiveCost) FROM charges WHERE {OPERATING} GROUP BY 1, 2",
        "SELECT date_trunc('month', PeriodStart), Workload, sum(Transactions) FROM transactions GROUP BY 1, 2",
    ]),
    ("explain_unit_cost", {"workload": "checkout-api", "from": {"start": FROM, "end": TO}, "to": LAST}, [
        f"SELECT ChargeCategory, ServiceName, x_UsageType, ConsumedUnit, {SIDES} FROM charges WHERE {BOTH} AND x_tag_workload = 'checkout-api' GROUP BY ALL",
        f"SELECT {DAY}, sum(EffectiveCost) FROM charges WHERE {BOTH} AND {OPERATING} AND x_tag_workload = 'checkout-api' GROUP BY 1",
        f"SELECT date_trunc('day', PeriodStart), sum(Transactions) FROM transactions WHERE Workload = 'checkout-api' AND PeriodStart >= '{FROM}' GROUP BY 1",
    ]),
    ("forecast_cost", {"period": LAST, "as_of": "2026-10-16"}, [
        f"SELECT {DAY}, sum(BilledCost) FROM charges WHERE {MONTH} AND ChargePeriodStart < '2026-10-16' GROUP BY 1",
    ]),
    ("cost_bases", {"period": LAST}, [
        "SELECT " + ", ".join(f"sum({cost}), count({cost})" for cost in COSTS)
        + ", count(*), sum(CASE WHEN ChargeCategory = 'Credit' THEN BilledCost END)" + f" FROM charges WHERE {MONTH}",
        f"SELECT {LINES}, sum(BilledCost), sum(EffectiveCost) FROM charges WHERE {MONTH} GROUP BY ALL",
    ]),
    ("find_anomalies", {"period": LAST}, [
        f"SELECT {DAY}, ProviderName, SubAccountId, ServiceName, RegionId, x_tag_workload, sum(EffectiveCost) FROM charges GROUP BY ALL",
    ]),
    ("find_savings", {}, [
        f"SELECT ResourceId, ServiceName, SubAccountId, x_UsageType, sum(EffectiveCost), sum(ConsumedQuantity) FROM charges WHERE {MONTH} GROUP BY ALL",
    ]),
    ("commitment_state", {}, [
        f"SELECT CommitmentDiscountId, CommitmentDiscountStatus, sum(EffectiveCost), sum(BilledCost) FROM charges WHERE {MONTH} AND CommitmentDiscountId IS NOT NULL GROUP BY ALL",
    ]),
    ("plan_commitment", {}, [
        f"SELECT date_trunc('hour', ChargePeriodStart), ProviderName, sum(EffectiveCost) FROM charges WHERE {BOTH} AND PricingCategory = 'Standard' GROUP BY ALL",
    ]),
    ("allocate_cost", {"period": LAST}, [
        f"SELECT x_tag_workload, ServiceName, sum(EffectiveCost) FROM charges WHERE {MONTH} GROUP BY ALL",
    ]),
]


class Program:
    """The tools of one warehouse, over standard input and output."""

    def __init__(self, binary, warehouse):
        self.process = subprocess.Popen(
            [binary, "mcp", "--warehouse", warehouse],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        self.next = 0
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
        self.request("initialize", hello)
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def send(self, message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def request(self, method, params):
        self.next += 1
        self.send({"jsonrpc": "2.0", "id": self.next, "method": method, "params": params})
        while True:
            line = self.process.stdout.readline()
            if not line:
                sys.exit("the program ended")
            reply = json.loads(line)
            if reply.get("id") == self.next:
                return reply["result"]

    def call(self, tool, arguments):
        start = time.perf_counter()
        result = self.request("tools/call", {"name": tool, "arguments": arguments})
        return time.perf_counter() - start, result


def connect(warehouse):
    duck = duckdb.connect(config={"threads": os.cpu_count()})
    for name in ("charges", "transactions"):
        files = os.path.join(warehouse, name, "**", "*.parquet")
        duck.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{files}', hive_partitioning=false, union_by_name=true)")
    return duck


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--binary", default="target/release/wherefore")
    options.add_argument("--dir", help="keep the company here and reuse it")
    options.add_argument("--only", help="one tool")
    options.add_argument("--max-ratio", type=float, help="fail where a tool takes longer than so many times DuckDB")
    options = options.parse_args()
    folder = options.dir or tempfile.mkdtemp(prefix="wherefore-bench-")
    warehouse = os.path.join(folder, "warehouse")
    if not os.path.exists(os.path.join(warehouse, "CURRENT")):
        command = [options.binary, "demo", "--dir", folder, "--rows", str(options.rows), "--no-serve"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    program, duck = Program(options.binary, warehouse), connect(warehouse)
    try:
        rows = duck.execute("SELECT count(*) FROM charges").fetchone()[0]
        known = {tool["name"] for tool in program.request("tools/list", {})["tools"]}
        print(f"{rows:,} charge rows, {os.cpu_count()} cores, median of {options.runs} pairs")
        print(f"{'tool':<20}{'tool s':>10}{'duckdb s':>10}{'ratio':>8}  rows given")
        slow = []
        for tool, arguments, statements in CASES:
            if tool not in known or options.only not in (None, tool):
                continue
            ours, ducks = [], []
            _, result = program.call(tool, arguments)
            for statement in statements:
                duck.execute(statement).fetchall()
            if result.get("isError"):
                print(f"{tool:<20}  refused: {result['content'][0]['text'][:120]}")
                slow.append(tool)
                continue
            found = (result.get("structuredContent") or {}).get("found") or {"tables": []}
            given = sum(len(table["table"]["rows"]) for table in found["tables"])
            for _ in range(options.runs):
                ours.append(program.call(tool, arguments)[0])
                begin = time.perf_counter()
                for statement in statements:
                    duck.execute(statement).fetchall()
                ducks.append(time.perf_counter() - begin)
            ratio = statistics.median(o / d for o, d in zip(ours, ducks))
            print(f"{tool:<20}{statistics.median(ours):>10.3f}{statistics.median(ducks):>10.3f}{ratio:>7.2f}x  {given}", flush=True)
            if options.max_ratio and ratio > options.max_ratio:
                slow.append(tool)
        if slow:
            sys.exit(f"slower than asked, or refused: {', '.join(slow)}")
    finally:
        program.process.terminate()
        program.process.wait()
        if not options.dir:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
