"""Run by the environment of esia-connector 0.16, which is used here as it was published."""

# pyright: reportMissingImports=false, reportMissingModuleSource=false
import json
import sys
from urllib.parse import parse_qs, urlsplit

import requests
from esia_connector.client import EsiaAuth, EsiaSettings


def main() -> None:
    """Authorize, exchange, read the person; print what was read."""
    facts = json.loads(sys.argv[1])
    cookie = facts.pop("cookie")
    auth = EsiaAuth(EsiaSettings(**facts))
    answer = requests.get(
        auth.get_auth_url(), headers={"Cookie": cookie}, allow_redirects=False, timeout=30
    )
    code = parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
    person = auth.complete_authorization(code, "c0ffee00-0000-4000-8000-000000000000")
    read = {
        "oid": person.oid,
        "main": person.get_person_main_info(),
        "contacts": person.get_person_contacts(),
        "documents": person.get_person_documents(),
        "addresses": person.get_person_addresses(),
    }
    sys.stdout.write(json.dumps(read))


main()
