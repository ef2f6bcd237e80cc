"""The steps that people take: Noor applies, Samir decides, Noor reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from dev.up import today

REFERENCE = re.compile(r"Z-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
MAIN_BUTTON = "main form .nl-button--primary:visible"


def first_day() -> date:
    """Give a day five weeks ahead: in time for a proper treatment."""
    return today() + timedelta(weeks=5)


def start(page: Page, *, forms: str) -> None:
    """Go from the front page to the first step, signed in with DigiD."""
    page.goto(f"{forms}/")
    page.get_by_role("link", name="Voorwerp op of aan de weg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Voorwerp op of aan de weg")
    if page.get_by_role("link", name="Inloggen met DigiD").count():
        show_digid(page)
    page.get_by_role("button", name="Start de aanvraag").click()


def show_digid(page: Page) -> None:
    """Sign in as Noor from a page that asks for it, and come back there."""
    page.get_by_role("link", name="Inloggen met DigiD").click()
    page.get_by_role("button", name="Noor de Vries").click()
    expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()


def tell_what(page: Page) -> None:
    """Fill in step 1: one container."""
    page.get_by_label("Soort voorwerp").select_option("container")
    page.locator("[name='objects.0.length']").fill("4")
    page.locator("[name='objects.0.width']").fill("2,5")
    page.locator("[name='objects.0.count']").fill("1")
    page.get_by_label("Waarvoor zet u dit neer?").fill("De verbouwing van een keuken")


def tell_where(page: Page) -> None:
    """Fill in step 2: on the pavement at an address that the example book knows."""
    page.locator("[name='place.postcode']").fill("3811lx")
    page.locator("[name='place.number']").fill("14")
    page.get_by_label("Waar staat het precies?").fill("Op de stoep voor de deur")
    page.get_by_label("Op de stoep", exact=True).check()
    page.locator("[name='footway_width']").fill("2")


def tell_when(page: Page, *, days: int = 3) -> None:
    """Fill in step 3, with the month in words."""
    months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    for name, day in (("starts", first_day()), ("ends", first_day() + timedelta(days=days))):
        page.locator(f"[name='{name}.day']").fill(str(day.day))
        page.locator(f"[name='{name}.month']").fill(months[day.month - 1])
        page.locator(f"[name='{name}.year']").fill(str(day.year))


def tell_who(page: Page, *, email: str) -> None:
    """Fill in step 4: a person."""
    page.get_by_label("Voor mijzelf").check()
    page.get_by_label("Uw naam").fill("Noor de Vries")
    page.locator("[name='contact_address.postcode']").fill("3811 LX")
    page.locator("[name='contact_address.number']").fill("14")
    page.get_by_label("Uw e-mailadres").fill(email)
    page.get_by_label("Telefoonnummer op de plek").fill("06 12345678")
    page.get_by_label("Ik heb alles naar waarheid ingevuld").check()


def go_on(page: Page) -> None:
    """Press the page's main button."""
    page.locator(MAIN_BUTTON).first.click()


def open_when_there(page: Page, *, address: str) -> None:
    """Open a page that comes into being in some tens of milliseconds."""
    for _ in range(100):
        answer = page.goto(address)
        if answer and answer.ok:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{address} does not open")


def fill_in(page: Page, *, email: str) -> None:
    """Answer everything of a form that was begun, up to the check page."""
    tell_what(page)
    go_on(page)
    tell_where(page)
    go_on(page)
    tell_when(page)
    go_on(page)
    tell_who(page, email=email)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Controleer")


def apply(page: Page, *, forms: str, email: str) -> str:
    """Hand in a whole application; give its reference."""
    start(page, forms=forms)
    fill_in(page, email=email)
    page.get_by_role("button", name="Verstuur").click()
    return reference_on(page)


def come_in(page: Page, *, forms: str, name: str = "Yara Bos") -> None:
    """Go to the desk and sign in there."""
    page.goto(f"{forms}/balie")
    page.get_by_role("button", name=name).click()


def enter(page: Page, *, received: date, email: str) -> str:
    """Fill in at the desk what came in a letter on this day; give its reference."""
    page.get_by_label("Welk formulier?").select_option("objecten")
    page.get_by_label("Per post").check()
    for part in ("day", "month", "year"):
        page.locator(f"[name='received.{part}']").fill(str(getattr(received, part)))
    go_on(page)
    expect(page.locator("main")).to_contain_text("U vult dit in voor iemand anders (per post)")
    fill_in(page, email=email)
    page.get_by_role("button", name="Verstuur").click()
    return reference_on(page)


def take(page: Page, *, workflow: str, reference: str) -> None:
    """Take a case."""
    page.goto(f"{workflow}/zaken/{reference}")
    page.get_by_role("button", name="Neem in behandeling").click()
    expect(page.locator("main")).to_contain_text("In behandeling")


def grant(page: Page, *, workflow: str, reference: str) -> None:
    """Grant the permit of a case that one holds."""
    page.goto(f"{workflow}/zaken/{reference}/besluit")
    page.get_by_label("Vergunning geven", exact=True).check()
    page.get_by_label("Voetgangers en hulpdiensten kunnen er goed langs").check()
    page.get_by_role("button", name="Controleer het besluit").click()
    letter = page.frame_locator("iframe").locator("body")
    expect(letter).to_contain_text("U krijgt de vergunning")
    expect(letter).to_contain_text("bezwaar")
    page.get_by_role("button", name=re.compile("Neem het besluit|Verstuur")).click()
    expect(page.locator("main")).to_contain_text("Besloten")


def open_letter(page: Page, *, link: str, reference: str, code: Callable[[], str] | None = None) -> bytes:
    """Open the letter behind a mailed link, with the code that comes where it asks one."""
    page.goto(link)
    page.get_by_role("textbox").fill(reference)
    go_on(page)
    if code:
        expect(page.get_by_role("heading", level=1)).to_have_text("Vul de code in")
        page.get_by_label("Wat is de code?").fill(code())
        go_on(page)
    pdf = page.get_by_role("link", name=re.compile("brief", re.IGNORECASE)).first.get_attribute("href") or ""
    answer = page.request.get(pdf if pdf.startswith("http") else f"{'/'.join(page.url.split('/')[:3])}{pdf}")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def reference_on(page: Page) -> str:
    """Read the reference on the page that comes."""
    expect(page.locator("main")).to_contain_text(REFERENCE)
    found = REFERENCE.search(page.locator("main").inner_text())
    assert found
    return found.group()


def sign_in(page: Page, *, workflow: str, name: str) -> None:
    """Sign in as one of the staff."""
    page.goto(f"{workflow}/")
    if page.get_by_role("link", name="Inloggen").count():
        page.get_by_role("link", name="Inloggen").first.click()
    page.get_by_role("button", name=name).click()
    page.wait_for_url(f"{workflow}/**")


def until(page: Page, *, text: str, address: str) -> None:
    """Open the page until it shows the text: facts travel for some tens of milliseconds."""
    for _ in range(100):
        page.goto(address)
        if text in page.locator("main").inner_text():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{text!r} is not on {page.locator('main').inner_text()}")
