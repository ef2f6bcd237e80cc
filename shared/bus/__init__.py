"""Facts between services: told in the teller's transaction, handled once in the hearer's."""

from shared.bus.courier import Courier
from shared.bus.dead import DeadMessage, list_dead, replay
from shared.bus.inbox import Inbox, PermanentError

__all__ = ["Courier", "DeadMessage", "Inbox", "PermanentError", "list_dead", "replay"]
