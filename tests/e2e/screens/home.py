"""The page that a patient sees first."""

from tests.e2e.screens.screen import Screen


class HomeScreen(Screen):
    """`/home`."""

    address = "/home"
    heading = "Главная"
