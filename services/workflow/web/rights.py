"""Who may do what, as the matrix says it, and for the auditor who looked at what is sensitive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.workflow.audit import list_looks
from services.workflow.domain.look import REASONS
from services.workflow.web.office import me, office, reading
from shared.access import MATRIX, Permission, Role, allows, scope_of
from shared.events import Words

pages = Blueprint("rights", __name__)

ROLES: Final[Mapping[Role, Words]] = {
    Role.HANDLER: Words(nl="Behandelaar", en="Handler"),
    Role.ADVISER: Words(nl="Adviseur", en="Adviser"),
    Role.LEAD: Words(nl="Teamleider", en="Team lead"),
    Role.DECISION_MAKER: Words(nl="Beslisser", en="Decision maker"),
    Role.FRONT_DESK: Words(nl="Balie", en="Front desk"),
    Role.MANAGER: Words(nl="Manager", en="Manager"),
    Role.FUNCTIONAL_ADMINISTRATOR: Words(nl="Functioneel beheerder", en="Functional administrator"),
    Role.ADMINISTRATOR: Words(nl="Technisch beheerder", en="Technical administrator"),
    Role.RECORDS_MANAGER: Words(nl="Archiefbeheerder", en="Records manager"),
    Role.AUDITOR: Words(nl="Controleur", en="Auditor"),
}
PERMISSIONS: Final[Mapping[Permission, Words]] = {
    Permission.SEE_CASES: Words(nl="Zaken zien", en="See cases"),
    Permission.WORK_CASES: Words(nl="Zaken behandelen", en="Work on cases"),
    Permission.DECIDE_CASES: Words(nl="Besluiten nemen", en="Take decisions"),
    Permission.ASSIGN_CASES: Words(nl="Zaken verdelen", en="Assign cases"),
    Permission.GIVE_ADVICE: Words(nl="Advies geven", en="Give advice"),
    Permission.SEE_HEALTH: Words(nl="Gegevens over gezondheid inzien", en="Look at facts about health"),
    Permission.SEE_BSN: Words(nl="Burgerservicenummers inzien", en="Look at citizen service numbers"),
    Permission.SEE_LOOKS: Words(nl="Zien wie wat heeft ingezien", en="See who looked at what"),
    Permission.MANAGE_RECORDS: Words(nl="Archief beheren", en="Manage the archive"),
    Permission.SEE_MESSAGES: Words(nl="Zien of een bericht aankwam", en="See whether a message arrived"),
    Permission.READ_MESSAGES: Words(nl="Verstuurde berichten lezen", en="Read messages that were sent"),
    Permission.RESEND_MESSAGES: Words(
        nl="Berichten opnieuw sturen of tegenhouden", en="Send messages again or stop them"
    ),
    Permission.MEND_MESSAGES: Words(nl="Mislukte berichten herstellen", en="Mend failed messages"),
    Permission.SEND_BULK: Words(nl="Eén bericht aan velen sturen", en="Send one message to many"),
    Permission.SERVE_DESK: Words(nl="Voor een inwoner invullen", en="Fill in for a resident"),
    Permission.SEE_FIGURES: Words(nl="Cijfers zien", en="See figures"),
    Permission.KEEP_INDICATORS: Words(nl="Indicatoren bijhouden", en="Keep indicators"),
    Permission.ANSWER_RESIDENTS: Words(nl="Inwoners antwoorden", en="Answer residents"),
    Permission.TRY_RULES: Words(nl="Regels proberen", en="Try out rules"),
    Permission.ROUTE_CASES: Words(nl="Zaken zonder team verdelen", en="Give cases without a team to one"),
    Permission.KEEP_ROUTES: Words(nl="Bepalen welk team een zaak krijgt", en="Set which team gets a case"),
    Permission.ADMINISTER: Words(nl="Formulieren en teksten beheren", en="Look after forms and texts"),
}


@pages.get("/rechten")
@allows(Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    """Show the matrix, and what the reader is in it."""
    person = me()
    mine = scope_of(person, permission=Permission.SEE_CASES)
    teams = [team for team in office().municipality.teams if mine.everything or team.id in person.teams]
    return render_template(
        "rights.html",
        matrix=MATRIX,
        roles=ROLES,
        permissions=PERMISSIONS,
        person=person,
        teams=teams,
    )


@pages.get("/inzage")
@allows(Permission.SEE_LOOKS)
def looks() -> ResponseReturnValue:
    """List who looked at what, the newest first."""
    with reading() as connection:
        found = list_looks(connection)
    return render_template("looks.html", looks=found, reasons=REASONS)
