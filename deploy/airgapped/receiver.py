"""Takes what Alertmanager sends and writes a line of JSON for each alert. Usage: receiver.py HOST PORT FILE TOKEN_FILE"""
import http.server
import json
import sys
import time

host, port, file, token_file = sys.argv[1:]
with open(token_file) as f:
    token = f.read().strip()


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        known = self.headers.get("Authorization") == "Bearer " + token
        if known:
            with open(file, "a") as out:
                for alert in json.loads(body)["alerts"]:
                    out.write(json.dumps({"at": int(time.time()), "status": alert["status"], "labels": alert["labels"]}) + "\n")
        self.send_response(200 if known else 401)
        self.end_headers()

    def log_message(self, *args):
        pass


http.server.ThreadingHTTPServer((host, int(port)), Receiver).serve_forever()
