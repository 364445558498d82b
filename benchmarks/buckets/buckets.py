"""From a bucket into a bucket over a bad line: buckets.py OUT SOUNDS SEED VERSITYGW.

A real S3-compatible storage (Versity's gateway over a folder) is asked through a proxy that ends every connection after a drawn number of bytes, by a close or by a reset in turn;
once, after a quarter of the takes, the storage itself is killed and stays away for fifteen seconds. Meanwhile `./sonograph run s3://tapes/reels --copy-to s3://art/reels` makes the takes.
boto3, which goes to the storage past the proxy, puts the sounds there and reads what came: every sound has a complete take whose files have the SHA-256 that its copied.json says.
The same command again, and one with an empty folder as from another machine, must make and copy nothing.
"""
import hashlib
import io
import json
import os
import random
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import boto3
import numpy as np
import soundfile

HOME = Path(__file__).resolve().parents[2]
KEY, SECRET = "benchmark", "benchmark-secret"
PORT, BAD_PORT = 17070, 17071
RATE = 48_000
AWAY_S = 15
LEAST, MOST = 100_000, 12_000_000  # bytes a connection survives


class BadLine(threading.Thread):
    """A proxy whose connections end after a drawn number of bytes in either direction."""

    def __init__(self, seed):
        super().__init__(daemon=True)
        self.draw = random.Random(seed)
        self.door = socket.create_server(("127.0.0.1", BAD_PORT), backlog=100)
        self.connections = 0
        self.cut = {"reading": 0, "writing": 0}

    def run(self):
        while True:
            client, _ = self.door.accept()
            try:
                server = socket.create_connection(("127.0.0.1", PORT))
            except OSError:
                client.close()
                continue
            self.connections += 1
            life, is_reset = self.draw.randrange(LEAST, MOST), self.connections % 2 == 0
            for a, b, kind in [(client, server, "writing"), (server, client, "reading")]:
                threading.Thread(target=self.pump, args=(a, b, life, is_reset, kind), daemon=True).start()

    def pump(self, a, b, life, is_reset, kind):
        left = life
        try:
            while piece := a.recv(8192):
                b.sendall(piece[:left])
                left -= len(piece)
                if left <= 0:
                    self.cut[kind] += 1
                    if is_reset:
                        for s in (a, b):
                            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    break
        except OSError:
            pass  # the other direction was cut
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            s.close()


class Storage:
    def __init__(self, binary, out):
        self.binary, self.folder, self.log = binary, out / "storage", out / "storage.log"
        self.folder.mkdir(parents=True)
        self.start()
        self.client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{PORT}", aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name="us-east-1")

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "--access", KEY, "--secret", SECRET, "--port", f"127.0.0.1:{PORT}", "posix", str(self.folder)], stdout=log, stderr=log
            )
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", PORT)).close()
                return
            except OSError:
                time.sleep(0.1)
        sys.exit(self.log.read_text())

    def kill(self):
        self.process.kill()
        self.process.wait()

    def objects(self, bucket):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return {o["Key"]: o for page in pages for o in page.get("Contents", [])}

    def read(self, bucket, key):
        return self.client.get_object(Bucket=bucket, Key=key)["Body"].read()


def sounds(storage, count, seed):
    """Noise under a slow swell, of 2 to 40 s, mono and stereo, WAV and FLAC, in folders of ten."""
    draw = np.random.default_rng(seed)
    storage.client.create_bucket(Bucket="tapes")
    storage.client.create_bucket(Bucket="art")
    size = 0
    for i in range(count):
        length, channels, kind = draw.uniform(2, 40), 1 + i % 2, ["wav", "flac"][i % 3 == 0]
        swell = 0.1 + 0.08 * np.sin(np.arange(int(length * RATE)) / RATE * 2)
        body = io.BytesIO()
        soundfile.write(body, draw.standard_normal((len(swell), channels)) * swell[:, None], RATE, format=kind.upper())
        storage.client.put_object(Bucket="tapes", Key=f"reels/{i // 10}/{i:03d}.{kind}", Body=body.getvalue())
        size += len(body.getvalue())
    return size


def complete(storage):
    """Takes whose copied.json is there; whether each file it names is, with its SHA-256."""
    objects = storage.objects("art")
    takes, wrong = 0, []
    for key in objects:
        if key.endswith("/copied.json"):
            takes += 1
            folder = key.rsplit("/", 1)[0]
            for path, file in json.loads(storage.read("art", key))["files"].items():
                name = f"{folder}/{path}"
                if name not in objects:
                    wrong.append(f"{name} is not there")
                elif hashlib.sha256(storage.read("art", name)).hexdigest() != file["sha256"]:
                    wrong.append(f"{name} has other bytes")
    return takes, wrong


def run(out, name, meanwhile=None):
    environment = os.environ | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{BAD_PORT}", "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
    environment["XDG_DATA_HOME"] = str(out / "home")
    command = ["./sonograph", "run", "s3://tapes/reels", "--out", str(out / name), "--copy-to", "s3://art/reels", "--drop-copied", "--layout", "tree", "--id-from", "path"]
    command += ["--model", "passthrough", "--seed", "1", "--reading", "red"]
    begun = time.time()
    with open(out / f"{name}.log", "ab") as log:
        process = subprocess.Popen(command, cwd=HOME, env=environment, stdout=log, stderr=log)
        if meanwhile:
            meanwhile(process)
        code = process.wait()
    last = (out / f"{name}.log").read_text(errors="replace").strip().splitlines()[-1]
    print(f"  run into {name}: exit code {code} after {time.time() - begun:.0f} s: {last}", flush=True)
    return code


def main(out, count, seed, binary):
    out = Path(out)
    storage = Storage(binary, out)
    wrong = []

    def verdict(good, line):
        print(("  " if good else "! ") + line, flush=True)
        if not good:
            wrong.append(line)

    def power_cut(process):
        while process.poll() is None and sum(k.endswith("/copied.json") for k in storage.objects("art")) < count // 4:
            time.sleep(0.2)
        if process.poll() is None:
            storage.kill()
            print(f"  the storage is away for {AWAY_S} s", flush=True)
            time.sleep(AWAY_S)
            storage.start()

    try:
        size = sounds(storage, count, seed)
        print(f"  {count} sounds, {size / 1e6:.0f} MB", flush=True)
        line = BadLine(seed)
        line.start()
        code = run(out, "first", power_cut)
        verdict(code == 0, "the run ends with 0")
        verdict(line.cut["reading"] > 0 and line.cut["writing"] > 0, f"connections {line.connections}, cut {line.cut}")
        takes, bad = complete(storage)
        verdict(takes == count and not bad, f"takes in the bucket: {takes} of {count}, files gone or otherwise: {len(bad)} {bad[:3]}")
        before = {k: o["LastModified"] for k, o in storage.objects("art").items()}
        for name, what in [("first", "again"), ("second", "from another machine")]:
            verdict(run(out, name) == 0, f"{what}: 0")
            verdict({k: o["LastModified"] for k, o in storage.objects("art").items()} == before, f"{what}: no object written")
    finally:
        storage.kill()
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
