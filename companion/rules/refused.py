"""A refusal that a person can read."""


class Refused(Exception):
    """Something a person asked for and may not have.

    `code` is part of the wire (docs/PROTOCOL.md) and never translated; `sentence` is for the person, English
    and translated at the door. `facts` travel with it: a stale seek tells the present playback.
    """

    def __init__(self, code: str, sentence: str, **facts: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.facts = facts
