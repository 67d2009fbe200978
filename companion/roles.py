"""Who may do what: one row for every command and every route. What is not listed here does not start."""

ANYONE = frozenset({"anyone", "guest", "host", "screen"})
GUESTS = frozenset({"guest"})
HOSTS = frozenset({"host"})
MEMBERS = frozenset({"guest", "host", "screen"})
PLAYERS = frozenset({"guest", "host"})

COMMANDS: dict[str, frozenset[str]] = {
    "time": MEMBERS,
    "snapshot": MEMBERS,
    **dict.fromkeys(
        ("vote", "react", "set_delay", "rename", "set_language", "set_warnings", "set_ad", "flag"), GUESTS
    ),
    "pause": PLAYERS,  # guests where the room allows it: Room.pause decides
    **dict.fromkeys(("start", "film_over", "next", "end", "play", "seek", "nudge", "set_rate"), HOSTS),
    **dict.fromkeys(("mark", "set_alignment", "set_runtime", "undo"), HOSTS),
    **dict.fromkeys(("show_now", "skip", "take_away", "close_poll", "reveal", "hold", "ask", "hands"), HOSTS),
    **dict.fromkeys(("set_pace", "lock", "new_code", "promote", "remove_guest", "renew_hosts"), HOSTS),
    **dict.fromkeys(("set_room", "take_revision", "admit_screen", "not_there_yet"), HOSTS),
}
