"""The usual small Python server: Flask, sqlite3 and Jinja2 showing the same page of the staff list as we do, without
sign-in, rights or journal. Run by gunicorn; reads the database named by PEER_DATABASE with the queries list.sql and
count.sql beside this file (parameters :organization, :limit, :offset).
"""

import os
import sqlite3
import threading
from pathlib import Path

from flask import Flask, request

HERE = Path(__file__).parent
LIST = (HERE / "list.sql").read_text(encoding="utf-8")
COUNT = (HERE / "count.sql").read_text(encoding="utf-8")
PAGE_SIZE = 50
PAGE = """<!doctype html>
<html lang="ru">
<head><meta charset="utf-8"><title>Сотрудники</title></head>
<body>
<h1>Сотрудники</h1>
<p>Всего: {{ total }}</p>
<table class="table">
<thead><tr>{% for column in columns %}<th scope="col">{{ column }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows %}<tr>
{% for value in row %}<td class="cell text-start">{{ value if value is not none else "" }}</td>
{% endfor %}</tr>
{% endfor %}</tbody>
</table>
<nav>{% for page in range(1, pages + 1) %}<a href="?page={{ page }}">{{ page }}</a> {% endfor %}</nav>
</body>
</html>
"""

app = Flask(__name__)
# Compiled once: render_template_string would do it for every request.
TEMPLATE = app.jinja_env.from_string(PAGE)
local = threading.local()


def database():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(f"file:{os.environ['PEER_DATABASE']}?mode=ro", uri=True)
    return local.connection


@app.get("/people")
def staff():
    organization = request.args["organization"]
    # Ids are stored as 16 bytes.
    which = {"organization": bytes.fromhex(organization.replace("-", "")), "limit": PAGE_SIZE, "offset": 0}
    found = database().execute(LIST, which)
    columns = [column[0] for column in found.description]
    rows = found.fetchall()
    (total,) = database().execute(COUNT, {"organization": which["organization"]}).fetchone()
    return TEMPLATE.render(columns=columns, rows=rows, total=total, pages=-(-total // PAGE_SIZE))
