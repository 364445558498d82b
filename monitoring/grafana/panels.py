"""What a dashboard of Grafana is made of, as far as ours need it: plain dictionaries in Grafana's form."""

SOURCE = {"type": "prometheus", "uid": "prometheus"}
GRID_COLUMNS = 24

# A stage has one colour on all panels; muted as on paper, and told apart without red and green.
INK = "#8C8577"
COLOURS = {
    "ingest-service": INK,
    "spectrogram-service": "#3F7CA6",
    "diffusion-worker": "#C8602F",
    "decoder-service": "#6E8F3F",
    "gallery-service": "#8A6A9E",
}
FINE, WATCH, ACT = "#6E8F3F", "#D9A441", "#B3402A"


def query(expr, legend, instant=False):
    return {"expr": expr, "legend": legend, "instant": instant}


def steps(base, *bounds):
    """Colours from a value on, as (value, colour) after that of everything below."""
    return [{"color": base, "value": None}] + [{"color": c, "value": v} for v, c in bounds]


def panel(kind, title, description, unit, queries, options, todo, custom=None, levels=None, overrides=(), **defaults):
    """One panel; `todo` is the alert whose page in the runbook says what to do, or None for the whole book."""
    field = {
        "color": {"mode": "thresholds" if kind == "stat" else "palette-classic"},
        "unit": unit,
        "thresholds": {"mode": "absolute", "steps": levels or steps(FINE)},
        **defaults,
    }
    if custom:
        field["custom"] = custom
    return {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": SOURCE,
        "todo": todo,
        "targets": [
            {
                "refId": chr(ord("A") + i),
                "datasource": SOURCE,
                "expr": q["expr"],
                "legendFormat": q["legend"],
                "editorMode": "code",
                "range": not q["instant"],
                "instant": q["instant"],
                **({"format": "table"} if kind == "table" else {}),
            }
            for i, q in enumerate(queries)
        ],
        "fieldConfig": {"defaults": field, "overrides": list(overrides)},
        "options": options,
    }


def stat(title, description, unit, queries, levels, todo, **defaults):
    options = {
        "colorMode": "value",
        "graphMode": "area" if len(queries) == 1 else "none",
        "justifyMode": "center",
        "orientation": "auto",
        "percentChangeColorMode": "standard",
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "showPercentChange": False,
        "textMode": "value" if len(queries) == 1 else "value_and_name",
        "wideLayout": True,
    }
    return panel("stat", title, description, unit, queries, options, todo, levels=levels, **defaults)


def lines(title, description, unit, queries, todo, levels=None, stacked=False, by_stage=False, **defaults):
    custom = {
        "drawStyle": "line",
        "lineInterpolation": "linear",
        "lineWidth": 2,
        "fillOpacity": 60 if stacked else 0,
        "showPoints": "never",
        "spanNulls": 60000,
        "axisPlacement": "auto",
        "stacking": {"mode": "normal" if stacked else "none", "group": "A"},
        "thresholdsStyle": {"mode": "line" if levels else "off"},
    }
    options = {
        "legend": {"calcs": ["lastNotNull"], "displayMode": "list", "placement": "bottom", "showLegend": True},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    overrides = [colour(name, value) for name, value in COLOURS.items()] if by_stage else []
    defaults.setdefault("min", 0)
    return panel("timeseries", title, description, unit, queries, options, todo, custom, levels, overrides, **defaults)


def table(title, description, queries, todo, hidden, links=()):
    options = {"cellHeight": "sm", "frameIndex": 0, "showHeader": True}
    shown = panel("table", title, description, "none", queries, options, todo, {"align": "auto", "cellOptions": {"type": "auto"}, "inspect": False})
    shown["fieldConfig"]["overrides"] = [
        {"matcher": {"id": "byName", "options": name}, "properties": [{"id": "links", "value": value}]}
        for name, value in links
    ]
    shown["transformations"] = [
        {"id": "organize", "options": {"excludeByName": {name: True for name in hidden}, "indexByName": {}, "renameByName": {}}}
    ]
    return shown


def text(title, content):
    return {
        "type": "text",
        "title": title,
        "description": "From docs/runbook.md.",
        "options": {"mode": "markdown", "content": content, "code": {"language": "plaintext", "showLineNumbers": False, "showMiniMap": False}},
    }


def colour(name, value):
    fixed = {"mode": "fixed", "fixedColor": value}
    return {"matcher": {"id": "byName", "options": name}, "properties": [{"id": "color", "value": fixed}]}


def board(uid, title, description, rows, others, page_of):
    """A dashboard; each row is (height, panels), which share its width evenly; `page_of` finds an alert's page."""
    panels, y = [], 0
    for height, row in rows:
        width = GRID_COLUMNS // len(row)
        for i, shown in enumerate(row):
            place = {"h": height, "w": width, "x": i * width, "y": y}
            links = [page_of(shown.pop("todo"))] if "todo" in shown else []
            panels.append({"id": len(panels) + 1, "gridPos": place, "links": links, **shown})
        y += height
    return {
        "uid": uid,
        "title": title,
        "description": description,
        "tags": ["sonograph"],
        "schemaVersion": 41,
        "editable": False,
        "graphTooltip": 1,
        "refresh": "10s",
        "time": {"from": "now-1h", "to": "now"},
        "timezone": "browser",
        "links": [link(f"/d/{other}", name, about) for other, name, about in others],
        "templating": {"list": []},
        "annotations": {"list": []},
        "panels": panels,
    }


def link(url, title, tooltip):
    return {
        "type": "link",
        "title": title,
        "tooltip": tooltip,
        "url": url,
        "icon": "dashboard",
        "asDropdown": False,
        "includeVars": False,
        "keepTime": True,
        "tags": [],
        "targetBlank": False,
    }
