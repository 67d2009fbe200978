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
    "black": HOSTS,
    "show_code": HOSTS,
    "ask": HOSTS,
    "close_poll": HOSTS,
    "more_time": PLAYERS,  # a guest within polls.may_have_more
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

INSIDE = frozenset({"guest", "host"})  # of this very room
AUTHORS = frozenset({"author"})  # who holds the edit link's secret
HOLDERS = frozenset({"holder"})  # whoever was given an unguessable address
OPERATORS = frozenset({"operator"})

ROUTES: dict[str, frozenset[str]] = {
    "GET /": ANYONE,
    "POST /": ANYONE,
    "GET /healthz": ANYONE,
    "GET /readyz": ANYONE,
    "GET /metrics": OPERATORS,
    "GET /openapi.json": ANYONE,
    "GET /manifest.webmanifest": ANYONE,
    "GET /static/<name>/<path:path>": ANYONE,
    "GET /demo": ANYONE,  # there only while COMPANION_DEMO is on
    "POST /demo": ANYONE,
    "GET /j/<code>": ANYONE,
    "POST /j/<code>": ANYONE,
    "GET /j/<code>/name": ANYONE,
    "GET /r/<code>": INSIDE,
    "POST /r/<code>": INSIDE,
    "GET /r/<code>/recap": INSIDE,
    "POST /r/<code>/votes": INSIDE,
    "GET /host/new": ANYONE,
    "POST /host/new": ANYONE,
    "GET /host/length": ANYONE,
    "GET /host/<code>": ANYONE,  # an empty page, until the secret in its fragment is swapped for a cookie
    "GET /host/<code>/poster": HOSTS,
    "GET /host/<code>/recap": INSIDE,
    "GET /tv/<code>": ANYONE,  # a locked room shows letters only
    "GET /tv/<code>/now": ANYONE,
    "GET /tv/<code>/qr.svg": ANYONE,
    "GET /recap/<recap_id>": HOLDERS,
    "GET /recap/<recap_id>/night.html": HOLDERS,
    "GET /recap/<recap_id>/night-full.html": HOLDERS,
    "GET /recap/<recap_id>/night.json": HOLDERS,
    "GET /recap/<recap_id>/night.csv": HOLDERS,
    "GET /recap/<recap_id>/picture.svg": HOLDERS,
    "GET /recap/<recap_id>/picture-full.svg": HOLDERS,
    "GET /recap/<recap_id>/picture-wide.svg": HOLDERS,
    "GET /recap/<recap_id>/picture-wide-full.svg": HOLDERS,
    "GET /api/sheets": ANYONE,
    "POST /api/rooms": ANYONE,  # as far as COMPANION_ROOMS_BY allows
    "GET /api/rooms/<code>": ANYONE,
    "POST /api/rooms/<code>/guests": ANYONE,
    "POST /api/rooms/<code>/hosts": ANYONE,  # with the room's secret
    "GET /api/rooms/<code>/recap": INSIDE,
    "GET /api/rooms/<code>/recap.json": INSIDE,
    "GET /api/rooms/<code>/recap.csv": INSIDE,
    "GET /api/rooms/<code>/times": HOSTS,
    "GET /studio/": ANYONE,
    "GET /studio/drop": ANYONE,
    "POST /studio/drop": ANYONE,
    "GET /studio/<slug>": ANYONE,  # an empty page, as the remote is; so are the next two
    "GET /studio/<slug>/rehearse": ANYONE,
    "GET /studio/<slug>/stamp": ANYONE,
    "POST /api/studio": ANYONE,
    "POST /api/studio/files": ANYONE,
    "GET /api/studio/<slug>": AUTHORS,
    "POST /api/studio/<slug>/authors": ANYONE,  # with the sheet's secret
    "POST /api/studio/<slug>/cards": AUTHORS,
    "POST /api/studio/<slug>/edits": AUTHORS,
    "GET /api/studio/<slug>/exports/<name>": AUTHORS,
    "POST /api/studio/<slug>/flags/<int:flag_id>": AUTHORS,
    "POST /api/studio/<slug>/imports": AUTHORS,
    "POST /api/studio/<slug>/keys": AUTHORS,
    "GET /api/studio/<slug>/losses": AUTHORS,
    "POST /api/studio/<slug>/publish": AUTHORS,
    "GET /api/studio/<slug>/rehearsal": AUTHORS,
    "GET /api/studio/<slug>/revisions": AUTHORS,
    "GET /api/studio/<slug>/revisions/<int:number>": AUTHORS,
    "POST /api/studio/<slug>/times": AUTHORS,
    "POST /api/studio/<slug>/times/changes": AUTHORS,
}
