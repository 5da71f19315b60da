#!/usr/bin/env python3
"""A whole question beside DuckDB's one query over the same Parquet files, in turn, in one run.

    pip install duckdb
    cargo build --release && python3 evals/benches/ask_vs_duckdb.py [--rows 10000000] [--runs 5]

`wherefore` understands the question, runs its agents and tools, verifies and renders; DuckDB runs one statement. Both are warm: the
program serves, DuckDB keeps its connection. Goal: the whole question takes no longer than the one query, steady memory under 1 GiB.
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
import urllib.request

import duckdb

QUESTION = "monthly billed cost by cloud service"
STATEMENT = """
SELECT date_trunc('month', ChargePeriodStart) AS month, ServiceName, sum(BilledCost) AS billed_cost
FROM read_parquet('{files}', hive_partitioning=false, union_by_name=true) GROUP BY 1, 2 ORDER BY 1, 3 DESC
"""


def memory_mib(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def ask(port, question):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/ask",
        data=json.dumps({"question": question}).encode(),
        headers={"content-type": "application/json"},
    )
    start = time.perf_counter()
    with urllib.request.urlopen(request, timeout=120) as reply:
        answer = json.load(reply)
    return time.perf_counter() - start, answer


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--binary", default="target/release/wherefore")
    options.add_argument("--dir", help="keep the company here and reuse it")
    options.add_argument("--port", type=int, default=8091)
    options = options.parse_args()
    folder = options.dir or tempfile.mkdtemp(prefix="wherefore-bench-")
    start = time.perf_counter()
    subprocess.run(
        [options.binary, "demo", "--dir", folder, "--rows", str(options.rows), "--no-serve"],
        check=True, stdout=subprocess.DEVNULL,
    )
    print(f"company of {options.rows:,} rows generated, loaded and asked in {time.perf_counter() - start:.1f} s")
    warehouse = os.path.join(folder, "warehouse")
    server = subprocess.Popen(
        [options.binary, "serve", "--warehouse", warehouse, "--listen", f"127.0.0.1:{options.port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{options.port}/healthz", timeout=1)
                break
            except OSError:
                time.sleep(0.05)
        print(f"serve idle: {memory_mib(server.pid):.0f} MiB (goal under 100)")
        duck = duckdb.connect(config={"threads": os.cpu_count()})
        statement = STATEMENT.format(files=os.path.join(warehouse, "charges", "*", "*.parquet"))
        _, answer = ask(options.port, QUESTION)
        expected = duck.execute(statement).fetchall()
        got = answer["result"]["rows"]
        equal = len(got) == len(expected) and {(m, s, f"{float(c):.6f}") for m, s, c in got} == {
            (m.strftime("%Y-%m"), s, f"{float(c):.6f}") for m, s, c in expected
        }
        print(f"{len(expected)} rows each; figures equal: {equal}")
        ours, ducks = [], []
        for run in range(options.runs):
            ours.append(ask(options.port, QUESTION)[0])
            begin = time.perf_counter()
            duck.execute(statement).fetchall()
            ducks.append(time.perf_counter() - begin)
            print(f"run {run + 1}: whole question {ours[-1]:.3f} s   duckdb query {ducks[-1]:.3f} s")
        ratio = statistics.median(o / d for o, d in zip(ours, ducks))
        print(f"whole question over duckdb query, median of pairs: {ratio:.2f} x (goal 1.00 or less)")
        print(f"serve after the questions: {memory_mib(server.pid):.0f} MiB (goal under 1024)")
        if not equal:
            sys.exit("the figures differ")
    finally:
        server.terminate()
        server.wait()
        if not options.dir:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
