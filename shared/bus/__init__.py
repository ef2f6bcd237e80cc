"""Facts between services: told in the teller's transaction, handled once in the hearer's."""

from shared.bus.courier import Courier, event_at_hand
from shared.bus.dead import DeadMessage, list_dead, replay
from shared.bus.inbox import Inbox, PermanentError

__all__ = ["Courier", "DeadMessage", "Inbox", "PermanentError", "event_at_hand", "list_dead", "replay"]
