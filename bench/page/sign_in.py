"""Signs in to our program as a browser would and prints two lines: the cookie, and the path of the staff page.

    sign_in.py http://127.0.0.1:8080 director nastavnik-demo
"""

import re
import sys
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

ORGANIZATION = re.compile(r"/organizations/([0-9a-f-]{36})")


class Hidden(HTMLParser):
    """Collects the hidden fields of a page: a form has to come back with its own."""

    def __init__(self, page):
        super().__init__()
        self.fields = {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "input" and found.get("type") == "hidden":
            self.fields[found["name"]] = found.get("value", "")


class Visitor:
    def __init__(self, base):
        self.address = urlsplit(base)
        self.cookies = {}

    def ask(self, method, path, body=None):
        connection = HTTPConnection(self.address.hostname, self.address.port)
        headers = {"Cookie": self.cookie(), "Origin": f"http://{self.address.netloc}", "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return answer, page

    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def main():
    base, login, password = sys.argv[1:]
    visitor = Visitor(base)
    _, form = visitor.ask("GET", "/login")
    fields = Hidden(form).fields | {"login": login, "password": password}
    answer, page = visitor.ask("POST", "/login", urlencode(fields))
    if answer.status != 303:
        sys.exit(f"{login} was not let in: {answer.status}\n{page[:500]}")
    _, home = visitor.ask("GET", answer.headers["Location"])
    _, home = visitor.ask("GET", "/organizations")
    found = ORGANIZATION.search(home)
    if not found:
        sys.exit(f"no link to a staff page on {answer.headers['Location']}")
    print(visitor.cookie())
    print(f"/people?organization={found.group(1)}")


if __name__ == "__main__":
    main()
