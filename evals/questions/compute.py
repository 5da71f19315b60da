#!/usr/bin/env python3
"""Compute the expected answers of the question suites with DuckDB, an engine that the product does not use.

Reads source/*.jsonl, runs every case's SQL over the bills, and writes tuned.jsonl, held.jsonl and
paraphrases.jsonl beside this file. README.md explains the fields of a source line and the tables that SQL can use.
"""

import argparse
import collections
import datetime
import decimal
import hashlib
import json
import pathlib
import re
import sys

import duckdb

HERE = pathlib.Path(__file__).resolve().parent
DEFAULT_TOLERANCE = 0.005
# A different seed gives a different division of the groups into the tuned and the held part.
DEFAULT_SEED = "wherefore-questions-1"
# Enough digits to compare at any tolerance in use, few enough to hide the order in which doubles were summed.
SIGNIFICANT_DIGITS = 10
# A difference of equal sums of doubles is written as zero; the smallest price in the data is far above this.
ZERO = 1e-10

LANGUAGES = {"en", "ko"}
DIFFICULTIES = {"easy", "medium", "hard"}
REQUIRED = ("id", "lang", "dataset", "as_of", "question", "kind", "difficulty")
OPTIONAL = ("sql", "unit", "ordered", "must_say", "accept_also", "unanswerable", "rel_tol", "note", "group", "part")


class CaseError(Exception):
    """A source line that cannot become a case; the message names the case."""


# ---------------------------------------------------------------- tables

FOCUS_MONEY = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "ContractedUnitPrice")
FOCUS_QUANTITIES = ("ConsumedQuantity", "PricingQuantity")
FOCUS_TIMES = ("BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd")


def clean_tags(column):
    """SQL of a map of tags whose keys are trimmed and in lower case (one row can spell a key in two ways)."""
    return (
        f"map_from_entries(list_distinct(list_transform(map_entries(CAST({column} AS JSON)::MAP(VARCHAR, VARCHAR)),"
        " lambda e: struct_pack(k := lower(trim(e.key)), v := e.value))))"
    )


def prepare_focus(db, bills):
    """`focus`: FOCUS 1.0 with the text NULL and empty text as NULL, exact decimals, timestamps, and `tags`."""
    path = bills / "focus-1.0-sample-1000.csv"
    db.execute(f"CREATE TEMP TABLE focus_text AS SELECT * FROM read_csv('{path}', all_varchar = true, header = true)")
    columns = [row[0] for row in db.execute("DESCRIBE focus_text").fetchall()]
    parts = []
    for name in columns:
        text = f"NULLIF(NULLIF(trim(\"{name}\"), ''), 'NULL')"
        if name in FOCUS_MONEY:
            parts.append(f'CAST({text} AS DECIMAL(28, 11)) AS "{name}"')
        elif name == "ListUnitPrice":
            parts.append(f'CAST({text} AS DECIMAL(28, 12)) AS "{name}"')
        elif name in ("ConsumedQuantity", "PricingQuantity"):
            parts.append(f'CAST({text} AS DECIMAL(30, 15)) AS "{name}"')
        elif name in FOCUS_TIMES:
            parts.append(f'CAST({text} AS TIMESTAMP) AS "{name}"')
        elif name == "Tags":
            parts.append(f"{text} AS TagsText, {clean_tags(text)} AS tags")
        else:
            parts.append(f'{text} AS "{name}"')
    db.execute(f"CREATE TEMP TABLE focus AS SELECT {', '.join(parts)} FROM focus_text")


CUR2_AMOUNTS = (
    "line_item_unblended_cost",
    "line_item_blended_cost",
    "line_item_usage_amount",
    "line_item_unblended_rate",
    "line_item_normalized_usage_amount",
    "pricing_public_on_demand_cost",
    "pricing_public_on_demand_rate",
)
CUR2_TIMES = (
    "line_item_usage_start_date",
    "line_item_usage_end_date",
    "bill_billing_period_start_date",
    "bill_billing_period_end_date",
)


def prepare_cur2(db, bills):
    """`cur2`: CUR 2.0 with exact amounts, timestamps, and `tags` and `product` as maps (tag keys without `user_`)."""
    path = bills / "aws-cur2-ha-portal-pseudonymised.csv"
    replaced = [f"CAST({c} AS DECIMAL(38, 18)) AS {c}" for c in CUR2_AMOUNTS]
    replaced += [f"CAST(CAST({c} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP) AS {c}" for c in CUR2_TIMES]
    replaced.append("CAST(product AS JSON)::MAP(VARCHAR, VARCHAR) AS product")
    replaced.append(
        "map_from_entries(list_transform(map_entries(CAST(resource_tags AS JSON)::MAP(VARCHAR, VARCHAR)),"
        " lambda e: struct_pack(k := regexp_replace(lower(trim(e.key)), '^user_', ''), v := e.value))) AS tags"
    )
    db.execute(
        f"CREATE TEMP TABLE cur2 AS SELECT * REPLACE ({', '.join(replaced)})"
        f" FROM read_csv('{path}', all_varchar = true, header = true)"
    )


OCI_NAMES = {
    "lineItem/referenceNo": "reference_no",
    "lineItem/tenantId": "tenant_id",
    "lineItem/intervalUsageStart": "usage_start",
    "lineItem/intervalUsageEnd": "usage_end",
    "product/service": "service",
    "product/compartmentId": "compartment_id",
    "product/compartmentName": "compartment_name",
    "product/region": "region",
    "product/availabilityDomain": "availability_domain",
    "product/resourceId": "resource_id",
    "usage/billedQuantity": "billed_quantity",
    "cost/productSku": "product_sku",
    "product/Description": "description",
    "cost/unitPrice": "unit_price",
    "cost/myCost": "my_cost",
    "cost/currencyCode": "currency_code",
    "cost/billingUnitReadable": "billing_unit",
    "cost/skuUnitDescription": "sku_unit",
    "lineItem/isCorrection": "is_correction",
    "lineItem/backreferenceNo": "backreference_no",
    "tags/Oracle-Tags.CreatedBy": "tag_created_by",
    "tags/OracleInternalReserved.CostCenter": "tag_cost_center",
    "tags/OracleInternalReserved.OwnerEmail": "tag_owner_email",
    "tags/OracleInternalReserved.ServiceType": "tag_service_type",
    "tags/OracleInternalReserved.UsageType": "tag_usage_type",
    "tags/Valtest.Cat": "tag_valtest_cat",
}
OCI_AMOUNTS = {"billed_quantity", "unit_price", "my_cost"}
OCI_TIMES = {"usage_start", "usage_end"}


def prepare_oci(db, bills):
    """`oci`: the OCI cost report under short names, with exact amounts and timestamps in UTC."""
    path = bills / "focus-converters-oci-cost-redacted.csv"
    parts = []
    for source, name in OCI_NAMES.items():
        text = f"NULLIF(trim(\"{source}\"), '')"
        if name in OCI_AMOUNTS:
            text = f"CAST({text} AS DECIMAL(38, 18))"
        elif name in OCI_TIMES:
            # Two spellings: 2023-11-13T10:00Z and 2023-11-13T11:00:00Z.
            text = f"CAST(replace(left({text}, 16), 'T', ' ') || ':00' AS TIMESTAMP)"
        parts.append(f"{text} AS {name}")
    db.execute(
        f"CREATE TEMP TABLE oci AS SELECT {', '.join(parts)}"
        f" FROM read_csv('{path}', all_varchar = true, header = true)"
    )


def prepare_cur(db, bills):
    """`cur`: the three months of CUR 2.0 style rows as they stand in the Parquet file."""
    path = bills / "nise-cur-3mo.parquet"
    db.execute(f"CREATE TEMP TABLE cur AS SELECT * FROM read_parquet('{path}')")


def prepare_demo(db, demo):
    """`demo`: the FOCUS 1.2 bills of all providers with `tags` as a map and the tags as columns; `transactions`."""
    db.execute(
        "CREATE TEMP TABLE demo AS SELECT *, tags['workload'] AS workload, tags['team'] AS team,"
        " tags['environment'] AS environment, tags['cost-center'] AS cost_center"
        f" FROM (SELECT * REPLACE ({clean_tags('Tags')} AS Tags)"
        f" FROM read_parquet('{demo}/bills/**/*.parquet', union_by_name = true))"
    )
    db.execute(
        f"CREATE TEMP TABLE transactions AS SELECT CAST(period AS DATE) AS period, workload, transactions"
        f" FROM read_csv('{demo}/transactions.csv', header = true)"
    )


def prepare_synth(name):
    """`azure`, `gcp`: one month of FOCUS 1.2, all text in the file, with exact amounts, timestamps and tag columns."""

    def prepare(db, bills):
        path = bills / f"focus-1.2-synth-{name}-20k.parquet"
        replaced = [f'CAST("{c}" AS DECIMAL(38, 18)) AS "{c}"' for c in (*FOCUS_MONEY, "ListUnitPrice", *FOCUS_QUANTITIES)]
        replaced += [f'CAST(CAST("{c}" AS TIMESTAMPTZ) AT TIME ZONE \'UTC\' AS TIMESTAMP) AS "{c}"' for c in FOCUS_TIMES]
        replaced.append(f"{clean_tags('Tags')} AS Tags")
        db.execute(
            f"CREATE TEMP TABLE {name} AS SELECT *, Tags['environment'] AS environment,"
            " coalesce(Tags['costcenter'], Tags['cost-center']) AS cost_center, Tags['owner'] AS owner"
            f" FROM (SELECT * REPLACE ({', '.join(replaced)}) FROM read_parquet('{path}'))"
        )

    return prepare


LEGACY_NAMES = {
    "lineItem/UsageAccountId": "account",
    "lineItem/LineItemType": "line_item_type",
    "lineItem/UsageStartDate": "usage_start",
    "lineItem/UsageEndDate": "usage_end",
    "lineItem/ProductCode": "product_code",
    "lineItem/UsageType": "usage_type",
    "lineItem/Operation": "operation",
    "lineItem/UsageAmount": "usage_amount",
    "lineItem/UnblendedRate": "unblended_rate",
    "lineItem/UnblendedCost": "unblended_cost",
    "lineItem/BlendedCost": "blended_cost",
    "lineItem/LineItemDescription": "description",
    "product/ProductName": "product_name",
    "product/productFamily": "product_family",
    "product/region": "region",
    "pricing/publicOnDemandCost": "public_on_demand_cost",
    "pricing/unit": "pricing_unit",
}
LEGACY_AMOUNTS = {"usage_amount", "unblended_rate", "unblended_cost", "blended_cost", "public_on_demand_cost"}


def prepare_legacy(db, bills):
    """`legacy`: the AWS report with `lineItem/…` names under short names, with numbers and timestamps in UTC."""
    path = bills / "focus-converters-aws-cur-legacy.csv"
    parts = []
    for source, name in LEGACY_NAMES.items():
        text = f"NULLIF(trim(\"{source}\"), '')"
        if name in LEGACY_AMOUNTS:
            # Amounts are written like 3.0E-5, which a cast to an exact decimal refuses.
            text = f"CAST({text} AS DOUBLE)"
        elif name in ("usage_start", "usage_end"):
            text = f"CAST(CAST({text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)"
        parts.append(f"{text} AS {name}")
    db.execute(
        f"CREATE TEMP TABLE legacy AS SELECT {', '.join(parts)}"
        f" FROM read_csv('{path}', all_varchar = true, header = true)"
    )


BILL_TABLES = {
    "focus-1.0-sample-1000.csv": prepare_focus,
    "aws-cur2-ha-portal-pseudonymised.csv": prepare_cur2,
    "focus-converters-oci-cost-redacted.csv": prepare_oci,
    "nise-cur-3mo.parquet": prepare_cur,
    "focus-1.2-synth-azure-20k.parquet": prepare_synth("azure"),
    "focus-1.2-synth-gcp-20k.parquet": prepare_synth("gcp"),
    "focus-converters-aws-cur-legacy.csv": prepare_legacy,
}


class Engine:
    """One DuckDB connection a dataset, opened when a case first needs it."""

    def __init__(self, bills, demo):
        self.bills, self.demo, self.open = bills, demo, {}

    def connect(self, dataset):
        if dataset in self.open:
            return self.open[dataset]
        db = duckdb.connect()
        # One thread: sums of doubles are then taken in the same order on every machine.
        db.execute("SET threads = 1")
        db.execute("SET TimeZone = 'UTC'")
        if dataset == "demo":
            if self.demo is None:
                raise CaseError("asks about the demo data: give its folder with --demo DIR")
            prepare_demo(db, self.demo)
        elif dataset in BILL_TABLES:
            BILL_TABLES[dataset](db, self.bills)
        else:
            raise CaseError(f"dataset {dataset!r} is unknown: {', '.join([*BILL_TABLES, 'demo'])}")
        self.open[dataset] = db
        return db

    def run(self, dataset, sql):
        """The column names and plain rows of a query."""
        cursor = self.connect(dataset).execute(sql)
        columns = [field[0] for field in cursor.description]
        return columns, [[plain(cell) for cell in row] for row in cursor.fetchall()]


def plain(cell):
    """A cell as JSON holds it: numbers stay numbers, days and hours are ISO text without a zone."""
    if isinstance(cell, decimal.Decimal):
        cell = float(cell)
    if isinstance(cell, float):
        rounded = float(f"{cell:.{SIGNIFICANT_DIGITS}g}")
        return 0.0 if abs(rounded) < ZERO else rounded
    if isinstance(cell, datetime.datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if cell is None or isinstance(cell, (bool, int, str)):
        return cell
    raise CaseError(f"a cell of type {type(cell).__name__} cannot be compared: cast it in the SQL")


# ---------------------------------------------------------------- cases


def read_sources(folder):
    """All source lines as (suite, case); `paraphrases.jsonl` is a suite of its own."""
    seen, wordings, cases = set(), {}, []
    for path in sorted(folder.glob("*.jsonl")):
        suite = "paraphrases" if path.stem == "paraphrases" else "questions"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                case = json.loads(line)
            except json.JSONDecodeError as error:
                raise CaseError(f"{path.name}:{number}: not JSON: {error}") from error
            check_fields(case, f"{path.name}:{number}")
            if case["id"] in seen:
                raise CaseError(f"{path.name}:{number}: id {case['id']} is used twice")
            seen.add(case["id"])
            asked = (suite, case["dataset"], case["as_of"], " ".join(case["question"].split()).casefold())
            if asked in wordings:
                raise CaseError(f"{path.name}:{number}: {case['id']} asks the same words as {wordings[asked]}")
            wordings[asked] = case["id"]
            cases.append((suite, case))
    return cases


def check_fields(case, place):
    missing = [name for name in REQUIRED if not case.get(name)]
    if missing:
        raise CaseError(f"{place}: {case.get('id', '?')} lacks {', '.join(missing)}")
    unknown = sorted(set(case) - set(REQUIRED) - set(OPTIONAL))
    if unknown:
        raise CaseError(f"{place}: {case['id']} has unknown fields {', '.join(unknown)}")
    if case["lang"] not in LANGUAGES or case["difficulty"] not in DIFFICULTIES:
        raise CaseError(f"{place}: {case['id']}: lang or difficulty is not one of the allowed words")
    if case.get("part", "tuned") != "tuned":
        raise CaseError(f"{place}: {case['id']}: part can only be tuned")
    if ("sql" in case) == ("unanswerable" in case):
        raise CaseError(f"{place}: {case['id']} needs either sql or unanswerable")
    try:
        datetime.date.fromisoformat(case["as_of"])
    except ValueError as error:
        raise CaseError(f"{place}: {case['id']}: as_of is not a day: {error}") from error


def group_of(case):
    """The group that stays on one side of the split: all languages and wordings of one question."""
    return case.get("group") or re.sub(r"-(en|ko)(?=-|$)", "", case["id"])


def part_of(group, seed):
    """`tuned` or `held`, by a hash of the seed and the group."""
    digest = hashlib.sha256(f"{seed}:{group}".encode()).digest()
    return "tuned" if digest[0] % 2 == 0 else "held"


def answer(engine, dataset, sql):
    """The expected answer of one SQL statement: a scalar when it is one number, else a row set."""
    columns, rows = engine.run(dataset, sql)
    if not rows:
        raise CaseError("the SQL returns no row: a question without an answer is `unanswerable`")
    if all(cell is None for row in rows for cell in row):
        raise CaseError("the SQL returns NULL only: a question without an answer is `unanswerable`")
    refuse_cut_tie(engine, dataset, sql, rows)
    if len(rows) == 1 and len(columns) == 1 and isinstance(rows[0][0], (int, float)):
        return {"type": "scalar", "value": rows[0][0]}
    return {"type": "rows", "columns": columns, "rows": rows}


def refuse_cut_tie(engine, dataset, sql, rows):
    """A top N is one answer only when the row after it has other figures than its last row."""
    limit = re.search(r"\bLIMIT (\d+)$", sql.strip())
    if limit is None or len(rows) < int(limit[1]):
        return
    _, more = engine.run(dataset, f"{sql[: limit.start(1)]}{int(limit[1]) + 1}")

    def figures(row):
        return [cell for cell in row if isinstance(cell, (int, float))]

    if len(more) > len(rows) and figures(rows[-1]) and figures(more[-1]) == figures(rows[-1]):
        raise CaseError(f"LIMIT {limit[1]} cuts through a tie: {rows[-1]} and {more[-1]}")


def expected_of(engine, case):
    dataset = case["dataset"]
    if "unanswerable" in case:
        stated = case["unanswerable"]
        expected = {"type": "unanswerable", "answerable": False, "reason": stated["reason"]}
        if "proof_sql" in stated:
            columns, rows = engine.run(dataset, stated["proof_sql"])
            expected["proof"] = {"columns": columns, "rows": rows}
    else:
        expected = answer(engine, dataset, case["sql"])
        expected["unit"] = case.get("unit", "")
    if case.get("accept_also"):
        expected["accept_also"] = [accepted(engine, dataset, other) for other in case["accept_also"]]
    if case.get("must_say"):
        expected["answer_must_say"] = case["must_say"]
    expected["rel_tol"] = case.get("rel_tol", DEFAULT_TOLERANCE)
    return expected


def accepted(engine, dataset, other):
    """Another reading that is right, with its own value or rows."""
    result = {"interpretation": other["interpretation"], "sql": other["sql"]}
    found = answer(engine, dataset, other["sql"])
    found.pop("type")
    result.update(found)
    return result


def build(engine, case):
    line = {
        "id": case["id"],
        "group": group_of(case),
        "lang": case["lang"],
        "dataset": case["dataset"],
        "question": case["question"],
        "as_of": case["as_of"],
        "sql": case.get("sql") or case["unanswerable"].get("proof_sql", ""),
        "expected": expected_of(engine, case),
        "difficulty": case["difficulty"],
        "kind": case["kind"],
        "note": case.get("note", ""),
    }
    if case.get("ordered"):
        line["ordered"] = True
    return line


# ---------------------------------------------------------------- output


def as_text(cases):
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)


def counts(name, cases):
    """One line of counts of a part."""
    by = [
        " ".join(f"{key}={count}" for key, count in sorted(collections.Counter(case[field] for case in cases).items()))
        for field in ("lang", "difficulty", "dataset")
    ]
    declined = sum(case["expected"]["type"] == "unanswerable" for case in cases)
    return f"{name}: {len(cases)} cases, {declined} to decline | " + " | ".join(by)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bills", type=pathlib.Path, required=True, help="folder of the bill files")
    parser.add_argument("--demo", type=pathlib.Path, help="folder that `wherefore demo --dir DIR --no-serve --seed 1` made")
    parser.add_argument("--seed", default=DEFAULT_SEED, help="seed of the split into tuned and held")
    parser.add_argument("--source", type=pathlib.Path, default=HERE / "source", help="folder of the source lines")
    parser.add_argument("--out", type=pathlib.Path, default=HERE, help="folder of the parts")
    parser.add_argument("--show", metavar="TEXT", help="print the cases whose id contains TEXT; write nothing")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the parts are not what the sources give")
    parser.add_argument("--kinds", action="store_true", help="also count the kinds of each part")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    engine = Engine(arguments.bills, arguments.demo)
    parts, failures = {"tuned": [], "held": [], "paraphrases": []}, []
    for suite, case in read_sources(arguments.source):
        if arguments.show and arguments.show not in case["id"]:
            continue
        try:
            line = build(engine, case)
        except (CaseError, duckdb.Error, KeyError) as error:
            failures.append(f"{case['id']}: {type(error).__name__}: {error}")
            continue
        part = "paraphrases" if suite == "paraphrases" else case.get("part") or part_of(line["group"], arguments.seed)
        parts[part].append(line)
    if failures:
        sys.exit("\n".join(failures))
    if arguments.show:
        print(as_text(parts["tuned"] + parts["held"] + parts["paraphrases"]), end="")
        return
    stale = []
    for name, cases in parts.items():
        path = arguments.out / f"{name}.jsonl"
        if arguments.check:
            same = path.exists() and path.read_text(encoding="utf-8") == as_text(cases)
            stale += [] if same else [path.name]
        else:
            path.write_text(as_text(cases), encoding="utf-8")
        print(counts(name, cases))
        if arguments.kinds:
            found = collections.Counter(case["kind"] for case in cases)
            print("  " + " ".join(f"{kind}={count}" for kind, count in sorted(found.items())))
    if stale:
        sys.exit(f"not what the sources give: {', '.join(stale)}; run compute.py without --check")


if __name__ == "__main__":
    try:
        main()
    except CaseError as error:
        sys.exit(str(error))
