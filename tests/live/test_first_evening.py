def test_a_whole_evening(evening, host, guest):
    assert guest.heard("snapshot")[0]["room"]["part"] == "before"
    print(guest.snapshot())
    host.do("start")
    evening.later(30)
    print([(n,) for n, _ in guest.log])
    ack = guest.do("vote", cue_id="first-smell", option_id="rain")
    print(ack)
    host.do("pause")
    evening.later(5)
    host.do("play")
    evening.later(20)
    print([(n, f) for n, f in guest.log][-6:])
    print([(n) for n, f in host.log])
