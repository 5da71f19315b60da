#!/usr/bin/env python3
"""Reads a file of traces with the mappers of strands-agents-evals: a third party's check of the shape of our spans.

    python -m venv V && V/bin/pip install strands-agents-evals==1.7.0
    WHEREFORE_TRACES=file:t.jsonl WHEREFORE_TRACE_CONTENT=on wherefore ask "total cost by month"
    V/bin/python evals/traces/read_back.py t.jsonl

Exit status 1 when detection finds another mapper, or the mapper loses a span, or reads no question, answer, message or
tool call.
"""

import collections
import json
import sys

from strands_evals.mappers import GenericGenAISessionMapper, detect_otel_mapper
from strands_evals.types.trace import AgentInvocationSpan, InferenceSpan, ToolExecutionSpan

STATUS = {1: "OK", 2: "ERROR"}


def plain(value):
    kind, inner = next(iter(value.items()), ("stringValue", ""))
    if kind == "intValue":
        return int(inner)
    if kind == "arrayValue":
        return [plain(one) for one in inner.get("values", [])]
    return inner


def spans_of(path):
    """The spans of a file of OTLP JSON lines, in the form in which the mappers take them."""
    for line in open(path, encoding="utf-8"):
        for resource in json.loads(line)["resourceSpans"]:
            for scope in resource["scopeSpans"]:
                for span in scope["spans"]:
                    yield {
                        "trace_id": span["traceId"],
                        "span_id": span["spanId"],
                        "parent_span_id": span.get("parentSpanId") or None,
                        "name": span["name"],
                        "start_time": int(span["startTimeUnixNano"]),
                        "end_time": int(span["endTimeUnixNano"]),
                        "attributes": {one["key"]: plain(one["value"]) for one in span["attributes"]},
                        "scope": {"name": scope["scope"]["name"]},
                        "status": {"code": STATUS.get(span.get("status", {}).get("code"), "UNSET")},
                        "span_events": [],
                    }


def read(span):
    """What the mapper read of one span, and what it missed."""
    if isinstance(span, AgentInvocationSpan):
        missed = not span.user_prompt or not span.agent_response
        return f"agent {span.user_prompt[:56]!r} -> {span.agent_response[:56]!r}", missed
    if isinstance(span, InferenceSpan):
        return f"chat  {len(span.messages)} messages", not span.messages
    call, result = span.tool_call, span.tool_result
    told = f"tool  {call.name} {json.dumps(call.arguments)[:56]} -> {len(result.content or '')} bytes, error {result.error}"
    return told, not (call.name and call.tool_call_id and result.content)


def main():
    spans = list(spans_of(sys.argv[1]))
    mapper = detect_otel_mapper(spans)
    print(f"detected {type(mapper).__name__}")
    faults = [] if isinstance(mapper, GenericGenAISessionMapper) else ["another mapper was detected"]
    sessions = sorted({span["attributes"]["session.id"] for span in spans})
    for session_id in sessions:
        for trace in mapper.map_to_session(spans, session_id).traces:
            given = [span for span in spans if span["trace_id"] == trace.trace_id and "gen_ai.operation.name" in span["attributes"]]
            wanted = collections.Counter(span["attributes"]["gen_ai.operation.name"] for span in given)
            kinds = collections.Counter(type(span).__name__ for span in trace.spans)
            print(f"session {session_id}: exported {dict(sorted(wanted.items()))}, mapped {dict(sorted(kinds.items()))}")
            if len(trace.spans) != len(given):
                faults.append(f"{len(given) - len(trace.spans)} spans were lost")
            ids = {span.span_info.span_id for span in trace.spans}
            roots = [span for span in trace.spans if span.span_info.parent_span_id not in ids]
            if len(roots) != 1:
                faults.append(f"{len(roots)} spans have no parent")
            for span in trace.spans:
                told, missed = read(span)
                print(f"  {told}")
                if missed:
                    faults.append(f"{span.span_info.span_id} was not read in full")
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{len(spans)} spans, {len(sessions)} sessions, {len(faults)} faults")
    return 1 if faults or not spans else 0


sys.exit(main())
