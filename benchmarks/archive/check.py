"""Checks a run: check.py SOUNDS EXPECTED.csv OUT RESULTS.csv OUTPUTS.csv; prints what it counted, ends with 1 where anything disagrees."""
import collections
import csv
import hashlib
import json
import sys
from pathlib import Path

import soundfile

# A sound's last chunk may end in the middle of a column.
LENGTH_TOLERANCE_S = 0.05


def rows(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def records(path):
    """Terminal records as they were read from the topic: (take, chunk, reading), and what was missed."""
    seen = collections.Counter()
    places = collections.Counter()
    missed = []
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            missed.append(line.strip())
            continue
        take, chunk, readings, _, partition, offset = line.strip().split(",")
        place = (partition, offset)
        places[place] += 1
        if places[place] > 1:
            continue
        for reading in readings.split(";"):
            seen[(take, int(chunk), reading)] += 1
    return seen, missed


def main(sounds, expected_file, out, results, outputs):
    sounds, out = Path(sounds).resolve(), Path(out)
    wrong = []
    expected = {r["file"]: r for r in rows(expected_file)}
    found = {}
    for row in rows(results):
        name = str(Path(row["file"]).absolute().relative_to(sounds))
        if name in found:
            wrong.append(f"{name}: two rows")
        found[name] = row
    for name in expected.keys() - found.keys():
        wrong.append(f"{name}: no row")
    outcomes = collections.Counter()
    chunks = 0
    needed = collections.Counter()
    takes = collections.Counter()
    for name, row in found.items():
        want = expected[name]
        outcomes[(want["what"], row["outcome"], row["code"])] += 1
        if row["outcome"] != want["outcome"]:
            wrong.append(f"{name} ({want['what']}): {row['outcome']}, expected {want['outcome']}: {row['reason']}")
        if row["outcome"] == "unreadable":
            if not row["reason"] or row["take"]:
                wrong.append(f"{name}: unreadable without a reason, or with a take")
            continue
        takes[row["take"]] += 1
        folder = Path(row["folder"])
        track = json.loads((folder / "track.json").read_text())
        total = track["chunks"]["total"]
        chunks += total
        for reading, state in track["readings"].items():
            for chunk in range(total):
                needed[(row["take"], chunk, reading)] += 1
        for file, digest in zip(row["files"].split(";"), row["sha256"].split(";"), strict=True):
            if hashlib.sha256((folder / file).read_bytes()).hexdigest() != digest:
                wrong.append(f"{name}: {file} has another hash")
            length = soundfile.info(folder / file).duration
            if row["outcome"] == "complete" and abs(length - float(want["seconds"])) > LENGTH_TOLERANCE_S:
                wrong.append(f"{name}: {file} lasts {length:.3f} s, its source {want['seconds']}")
    for take, times in takes.items():
        if times > 1:
            wrong.append(f"take {take} stands in {times} rows")
    on_disk = {p.parent for p in out.rglob("track.json")}
    if len(on_disk) != len(takes):
        wrong.append(f"{len(on_disk)} takes on disk, {len(takes)} in the list")
    seen, missed = records(outputs)
    lost = [k for k in needed if not seen[k]]
    twice = [k for k, times in seen.items() if times > 1]
    strange = [k for k in seen if k not in needed]
    for what, keys in [("not on audio.outputs", lost), ("twice on audio.outputs", twice), ("on audio.outputs alone", strange)]:
        if keys:
            wrong.append(f"{len(keys)} readings of chunks {what}, such as {keys[0]}")
    for (what, outcome, code), times in sorted(outcomes.items()):
        print(f"{times:6d}  {what:12s} {outcome:10s} {code}")
    print(f"{len(found)} rows, {len(takes)} takes, {chunks} chunks; on audio.outputs {sum(seen.values())} readings of chunks, {len(needed)} expected")
    for line in missed:
        print("the reader beside the chain: " + line)
    for line in wrong[:40]:
        print("WRONG: " + line)
    print("all right" if not wrong else f"{len(wrong)} things are wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:6]))
