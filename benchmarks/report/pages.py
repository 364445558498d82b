#!/usr/bin/env python3
"""Opens every report below a folder in headless Chromium, presses every button, clicks on a stave and
reads the console: pages.py OUT. Prints a line a page; exit code 1 if any player did not play."""
import html, os, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROBE = os.path.join(HERE, "../../gallery-service/src/test/resources/org/sonograph/gallery/report/probe.js")


def look(page, folder):
    """Once more where the browser's patience ended first: on a busy machine it does."""
    return any(play(page, folder) for _ in range(3))


def play(page, folder):
    text = open(page, encoding="utf-8").read()
    probed = os.path.join(folder, "probed.html")
    with open(probed, "w", encoding="utf-8") as out:
        out.write(text.replace("</head>", "<script>" + open(PROBE).read() + "</script></head>", 1))
    run = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         "--autoplay-policy=no-user-gesture-required", "--user-data-dir=" + os.path.join(folder, "profile"),
         "--virtual-time-budget=60000", "--timeout=120000", "--dump-dom", "file://" + probed],
        capture_output=True, text=True, timeout=300)
    title = html.unescape(re.search(r"<title>(.*?)</title>", run.stdout, re.S).group(1))
    console = [line for line in run.stderr.splitlines() if "CONSOLE" in line]
    players = text.count("<audio ")
    good = title == f"played {players}, moved {players} of {players}, playhead across: true, problems: "
    print(f"{os.path.basename(os.path.dirname(page)):24} {os.path.getsize(page) / 1e6:6.1f} MB  {title}  console: {len(console)}", flush=True)
    return good and not console


def main(out):
    pages = sorted(os.path.join(root, "report.html") for root, _, files in os.walk(out) if "report.html" in files)
    with tempfile.TemporaryDirectory() as folder:
        bad = [page for page in pages if not look(page, folder)]
    print(f"{len(pages) - len(bad)} of {len(pages)} pages play whole")
    return 1 if bad or not pages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
