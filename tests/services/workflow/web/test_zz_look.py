# ruff: noqa
from tests.services.workflow.web.test_in_browser import *
from tests.services.workflow.web.test_in_browser import _fill

import os


def test_zz(town, site, page):
    sign_in(page.context, town=town, site=site, person=SAMIR)
    client = town.client(SAMIR)
    client.post(
        f"/zaken/{REFERENCE}/notities", data={"note": "De stoep is hier smal.\nNagemeten door de buitendienst."}
    )
    town.client(MILA).post(f"/zaken/{REFERENCE}/notities", data={"note": "Past dit naast de markt, @Samir?"})
    town.receive(submission("Z-2026-NEAR-0009", received_at=town.now))
    for n, (path, width) in enumerate([(p, w) for p in os.environ["LOOK"].split() for w in (1280, 375)]):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(site + path.replace("REF", REFERENCE).replace("ASKED", ASKED))
        page.screenshot(path=f"/tmp/case-{n}.png", full_page=True)
        print(path, axe_violations(page), html_check([page.content()]), sideways_scroll(page), small_targets(page))
