#!/usr/bin/env python3
"""The agents' loop beside Strands Agents on one stand-in, in turn, in one run: questions/s, CPU a model call, memory.

    pip install strands-agents==1.62.0
    cargo bench -p wherefore-providers --bench agent_loop --no-run      # prints the program's path
    python3 evals/benches/agent_loop/compare.py --program target/release/deps/agent_loop-… [--seconds 10]

Ours sends the prompts and schemas of the product; Strands is measured with one-line prompts, and once more with prompts
padded until both send the same bytes a call.

Goal: at 32 at once at least 10 times the questions a second, at most a tenth of the CPU a model call, at most half of the
memory.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import time
import urllib.request

here = pathlib.Path(__file__).parent
options = argparse.ArgumentParser()
options.add_argument("--program", required=True)
options.add_argument("--seconds", type=int, default=10)
options.add_argument("--port", type=int, default=5071)
options.add_argument("--at-once", type=int, nargs="*", default=[1, 8, 32])
options.add_argument("--python", default=sys.executable)
options.add_argument("--json")
options = options.parse_args()

url = f"http://127.0.0.1:{options.port}"
server = subprocess.Popen([options.program, "serve", str(options.port)], stdout=subprocess.PIPE, text=True)
server.stdout.readline()
rows = []


def heard():
    with urllib.request.urlopen(url + "/stats") as reply:
        stats = json.load(reply)
    return stats["calls"], stats["bytes"]


def run(command):
    calls, sent = heard()
    out = subprocess.run(command, capture_output=True, text=True)
    if out.returncode:
        sys.exit(out.stderr[-3000:])
    row = json.loads(out.stdout.strip().splitlines()[-1])
    more_calls, more_sent = heard()
    row["bytes_per_call"] = (more_sent - sent) / (more_calls - calls)
    rows.append(row)
    time.sleep(1)
    return row


try:
    for form in ("stream", "whole"):
        for at_once in options.at_once:
            words = [url, str(at_once), str(options.seconds), form]
            strands = [options.python, str(here / "strands_loop.py"), *words]
            ours, plain = run([options.program, "ask", *words]), run(strands)
            padding = round(ours["bytes_per_call"] - plain["bytes_per_call"])
            run([*strands, str(max(padding, 0))])["who"] = "strands, same bytes"
finally:
    server.terminate()

print(f"{'':40}{'questions/s':>12}{'CPU ms/call':>13}{'p50 ms':>9}{'p95 ms':>9}{'RSS MiB':>9}{'B/call':>8}")
for row in rows:
    name = f"{row['who']}, {row['form']}, at once {row['at_once']}"
    print(f"{name:40}{row['questions_per_second']:12.1f}{row['cpu_ms_per_model_call']:13.3f}{row['p50_ms']:9.1f}"
          f"{row['p95_ms']:9.1f}{row['rss_mib']:9.1f}{row['bytes_per_call']:8.0f}")
for at in range(0, len(rows), 3):
    ours = rows[at]
    for theirs in rows[at + 1 : at + 3]:
        ratio = lambda key: ours[key] / theirs[key]
        print(f"{ours['form']}, at once {ours['at_once']}, against {theirs['who']}: {ratio('questions_per_second'):.1f} x the "
              f"questions, 1/{1 / ratio('cpu_ms_per_model_call'):.1f} of the CPU a call, {ratio('rss_mib'):.2f} of the memory")
if options.json:
    pathlib.Path(options.json).write_text(json.dumps(rows, indent=1))
