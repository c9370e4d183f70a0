"""What a piece of work costs a person: how often she clicks, fields to write in included, and how many pages load."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Request


@dataclass
class Cost:
    clicks: int = 0
    loads: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.clicks + other.clicks, self.loads + other.loads)

    def __str__(self) -> str:
        words = {"click": self.clicks, "page load": self.loads}
        return ", ".join(f"{number} {word}{'s' * (number != 1)}" for word, number in words.items())


class Counted:
    """A page on which everything goes through `click` and `write`, so that it is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self._cost = page, Cost()
        page.on("request", self._count_load)

    def click(self, target: Locator) -> None:
        self._cost.clicks += 1
        target.click()

    def write(self, target: Locator, text: str) -> None:
        self.click(target)
        target.press_sequentially(text)

    def spent(self) -> Cost:
        """Since this was asked last."""
        self.page.wait_for_load_state()
        cost, self._cost = self._cost, Cost()
        return cost

    def _count_load(self, request: Request) -> None:
        own = request.is_navigation_request() and request.frame == self.page.main_frame
        self._cost.loads += own and request.redirected_from is None
