#!/usr/bin/env python3
"""`wherefore load` of a CUR 2.0 CSV beside DuckDB's `COPY (SELECT …) TO parquet` over the same file, in turn, in one run.

    pip install duckdb
    cargo build --release && python3 evals/benches/load_vs_duckdb.py [--rows 1000000] [--runs 3]

Goal: at least 0.7 of DuckDB's speed, although the load also checks, maps and reports on every row.
"""
import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb

BILL = """
COPY (
  SELECT
    'li' || i                                                        AS identity_line_item_id,
    'Anniversary'                                                    AS bill_bill_type,
    'AWS'                                                            AS bill_billing_entity,
    '111122223333'                                                   AS bill_payer_account_id,
    strftime(month, '%Y-%m-%dT00:00:00Z')                            AS bill_billing_period_start_date,
    strftime(month + INTERVAL 1 MONTH, '%Y-%m-%dT00:00:00Z')         AS bill_billing_period_end_date,
    CAST(200000000000 + h % 40 AS VARCHAR)                           AS line_item_usage_account_id,
    'account ' || h % 40                                             AS line_item_usage_account_name,
    CASE h % 20 WHEN 0 THEN 'Tax' WHEN 1 THEN 'SavingsPlanCoveredUsage' ELSE 'Usage' END AS line_item_line_item_type,
    strftime(start, '%Y-%m-%dT%H:%M:%SZ')                            AS line_item_usage_start_date,
    strftime(start + INTERVAL 1 HOUR, '%Y-%m-%dT%H:%M:%SZ')          AS line_item_usage_end_date,
    ['AmazonEC2','AmazonRDS','AmazonS3','AWSLambda','AmazonCloudWatch'][1 + h % 5] AS line_item_product_code,
    'USW2-Usage:' || h % 211                                         AS line_item_usage_type,
    ['RunInstances','CreateDBInstance','PutObject','Invoke','PutLogEvents'][1 + h % 5] AS line_item_operation,
    'arn:aws:resource/' || h % 20011                                 AS line_item_resource_id,
    CAST(1 + h % 97 AS DECIMAL(18,6)) / 8                            AS line_item_usage_amount,
    'USD'                                                            AS line_item_currency_code,
    CAST(h % 99991 AS DECIMAL(18,10)) / 100000                       AS line_item_unblended_cost,
    CAST(h % 991 AS DECIMAL(18,10)) / 10000                          AS line_item_unblended_rate,
    'charge number ' || h % 509                                      AS line_item_line_item_description,
    ['Amazon Elastic Compute Cloud','Amazon Relational Database Service','Amazon Simple Storage Service','AWS Lambda','AmazonCloudWatch'][1 + h % 5] AS product_product_name,
    ['us-west-2','us-east-1','ap-northeast-2','eu-west-1'][1 + h % 4] AS product_region_code,
    'm6i.' || ['large','xlarge','2xlarge'][1 + h % 3]                AS product_instance_type,
    'Hrs'                                                            AS pricing_unit,
    'OnDemand'                                                       AS pricing_term,
    CAST(h % 99991 AS DECIMAL(18,10)) / 90000                        AS pricing_public_on_demand_cost,
    CAST(h % 99991 AS DECIMAL(18,10)) / 140000                       AS savings_plan_savings_plan_effective_cost,
    'arn:aws:savingsplans::1:plan/' || h % 3                         AS savings_plan_savings_plan_a_r_n,
    CASE WHEN h % 7 = 0 THEN NULL ELSE 'app-' || h % 150 END         AS resource_tags_user_workload,
    ['prod','staging','dev'][1 + h % 3]                              AS resource_tags_user_environment
  FROM (
    SELECT i, CAST(hash(i) % 1000000007 AS BIGINT) AS h, DATE '2026-08-01' + INTERVAL (i % 3) MONTH AS month,
           DATE '2026-08-01' + INTERVAL (i % 3) MONTH + INTERVAL (CAST(hash(i, 7) % 672 AS BIGINT)) HOUR AS start
    FROM range({rows}) t(i)
  )
) TO '{path}' (HEADER, DELIMITER ',')
"""


def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--binary", default="target/release/wherefore")
    options = options.parse_args()
    folder = tempfile.mkdtemp(prefix="wherefore-bench-")
    try:
        bill = os.path.join(folder, "bill.csv")
        duckdb.execute(BILL.format(rows=options.rows, path=bill))
        print(f"{options.rows:,} CUR 2.0 rows, {os.path.getsize(bill) / 1e6:,.0f} MB of CSV, {os.cpu_count()} cores, duckdb {duckdb.__version__}")
        copy = os.path.join(folder, "duck.parquet")
        statement = f"COPY (SELECT * FROM read_csv('{bill}', all_varchar=false)) TO '{copy}' (FORMAT parquet)"
        duck_command = [sys.executable, "-c", f"import duckdb; duckdb.execute({statement!r})"]
        ours, ducks = [], []
        for run in range(options.runs):
            warehouse = os.path.join(folder, f"warehouse{run}")
            ours.append(timed([options.binary, "load", bill, "--warehouse", warehouse]))
            ducks.append(timed(duck_command))
            print(f"run {run + 1}: wherefore load {ours[-1][0]:.2f} s ({ours[-1][1]:.2f} CPU s)   duckdb copy {ducks[-1][0]:.2f} s ({ducks[-1][1]:.2f} CPU s)")
        wall = statistics.median(d[0] / o[0] for o, d in zip(ours, ducks))
        print(f"speed of wherefore load over duckdb copy, median of pairs: {wall:.2f} x (goal 0.70)")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
