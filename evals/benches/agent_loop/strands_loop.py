#!/usr/bin/env python3
"""The same question on Strands Agents: 13 model calls, 9 tool calls, zero think time. Prints one line of JSON.

    python3 strands_loop.py http://127.0.0.1:5071 AT_ONCE SECONDS stream|whole [PROMPT_BYTES]

With PROMPT_BYTES every agent's prompt is padded to that length, so that both sides send as much.
"""
import json
import os
import resource
import sys
import threading
import time

url, at_once, seconds, form = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
padding = "Answer with care. " * (int(sys.argv[5]) // 18 if len(sys.argv) > 5 else 0)
os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_REGION="us-east-1")

from botocore.config import Config  # noqa: E402
from strands import Agent, tool  # noqa: E402
from strands.models import BedrockModel  # noqa: E402


def model(rounds):
    return BedrockModel(
        model_id=f"fake.r{rounds}", endpoint_url=url, region_name="us-east-1", streaming=form == "stream",
        boto_client_config=Config(max_pool_connections=64),
    )


ORCHESTRATOR, SUB_AGENT = model(3), model(2)
COUNTS = {"tools": 0}


@tool
def first_lookup(task: str) -> str:
    """Looks something up."""
    COUNTS["tools"] += 1
    return json.dumps({"columns": ["cloud_service", "billed_cost"], "rows": [["first", "1234.56"]]})


@tool
def second_lookup(task: str) -> str:
    """Looks something up."""
    COUNTS["tools"] += 1
    return json.dumps({"columns": ["cloud_service", "billed_cost"], "rows": [["second", "1234.56"]]})


def sub_agent(task):
    agent = Agent(model=SUB_AGENT, tools=[first_lookup, second_lookup], system_prompt="You look things up. " + padding, callback_handler=None)
    return str(agent(task))


@tool
def collector(task: str) -> str:
    """Says what is loaded."""
    return sub_agent(task)


@tool
def analyzer(task: str) -> str:
    """Gets figures."""
    return sub_agent(task)


@tool
def research(task: str) -> str:
    """Looks for causes."""
    return sub_agent(task)


def question():
    agent = Agent(model=ORCHESTRATOR, tools=[collector, analyzer, research], system_prompt="You answer the person. " + padding, callback_handler=None)
    return str(agent("What was the billed cost in September 2024?"))


def cpu_ms():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (used.ru_utime + used.ru_stime) * 1000


question()
assert COUNTS["tools"] == 6, COUNTS
times, lock, began, cpu = [], threading.Lock(), time.monotonic(), cpu_ms()


def worker():
    while time.monotonic() - began < seconds:
        start = time.monotonic()
        question()
        with lock:
            times.append(time.monotonic() - start)


threads = [threading.Thread(target=worker) for _ in range(at_once)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
elapsed, cpu = time.monotonic() - began, cpu_ms() - cpu
times.sort()
at = lambda percent: times[min(len(times) * percent // 100, len(times) - 1)] * 1000
print(json.dumps({
    "who": "strands", "at_once": at_once, "form": form, "questions": len(times),
    "questions_per_second": len(times) / elapsed, "cpu_ms_per_model_call": cpu / (len(times) * 13),
    "p50_ms": at(50), "p95_ms": at(95),
    "rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
