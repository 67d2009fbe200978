"""Who may do what: one row for every command and every route. What is not listed here does not start."""

ANYONE = frozenset({"anyone", "guest", "host", "screen"})
GUESTS = frozenset({"guest"})
HOSTS = frozenset({"host"})
MEMBERS = frozenset({"guest", "host", "screen"})
PLAYERS = frozenset({"guest", "host"})

COMMANDS: dict[str, frozenset[str]] = {
    "time": MEMBERS,
    "snapshot": MEMBERS,
    "vote": GUESTS,
    "react": GUESTS,
    "set_delay": GUESTS,
    "rename": GUESTS,
    "set_language": GUESTS,
    "set_warnings": GUESTS,
    "flag": GUESTS,
    "pause": PLAYERS,  # a guest where the room allows it: Room.pause decides
    "start": HOSTS,
    "play": HOSTS,
    "seek": HOSTS,
    "nudge": HOSTS,
    "set_rate": HOSTS,
    "mark": HOSTS,
    "set_alignment": HOSTS,
    "set_runtime": HOSTS,
    "not_there_yet": HOSTS,
    "undo": HOSTS,
    "film_over": HOSTS,
    "next": HOSTS,
    "end": HOSTS,
    "show_now": HOSTS,
    "skip": HOSTS,
    "take_away": HOSTS,
    "hold": HOSTS,
    "set_pace": HOSTS,
    "ask": HOSTS,
    "close_poll": HOSTS,
    "more_time": HOSTS,
    "reveal": HOSTS,
    "hands": HOSTS,
    "lock": HOSTS,
    "new_code": HOSTS,
    "set_room": HOSTS,
    "take_revision": HOSTS,
    "rename_guest": HOSTS,
    "promote": HOSTS,
    "remove_guest": HOSTS,
    "renew_hosts": HOSTS,
    "set_seen_it": HOSTS,
    "admit_screen": HOSTS,
    "delete_room": HOSTS,
}
