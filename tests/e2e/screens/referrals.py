"""The page `/referrals`."""

from playwright.sync_api import Locator

from tests.e2e.screens.screen import Screen


class ReferralsScreen(Screen):
    """What the patient is referred to, and what each referral is good for today."""

    address = "/referrals"
    heading = "Направления"

    def card(self, speciality: str) -> Locator:
        """The referral to a speciality."""
        return self.main.get_by_role("listitem").filter(has_text=speciality)
