"""What a tab of any browser can be asked to do; each driver brings `ask`."""

import time
from typing import Any


class Tab:
    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression, as JSON carries it; promises are awaited."""
        raise NotImplementedError

    def until(self, expression: str, within: float = 15.0) -> Any:
        """Wait until the expression is true."""
        give_up_at = time.monotonic() + within
        while time.monotonic() < give_up_at:
            try:
                if told := self.ask(expression):
                    return told
            except AssertionError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"never became true: {expression}\n{self.text()}")

    def text(self) -> str:
        return str(self.ask("document.body.innerText"))
