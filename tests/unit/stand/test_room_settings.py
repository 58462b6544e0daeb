"""What a room is asked for is checked before anything starts."""

import pytest

from stand.room import RoomError, places_of


@pytest.mark.parametrize("number", ["0", "41", "-1", "many", "9" * 40, ""])
def test_a_number_of_stands_that_cannot_be_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, number: str
):
    monkeypatch.setenv("N", number)

    with pytest.raises(RoomError, match=r"^N: "):
        places_of([])


def test_a_setting_of_one_stand_is_refused_for_a_room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZDRAV29_DATABASE_URL", "sqlite:///one.sqlite")

    with pytest.raises(RoomError, match="ZDRAV29_DATABASE_URL"):
        places_of(["2"])


def test_ports_and_folders_of_a_room_are_the_same_at_each_start(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ROOM_PORT", "21310")

    stands = [place.stand for place in places_of(["2"])]

    assert [stand.cabinet_port for stand in stands] == [21311, 21313]
    assert [stand.simulator_port for stand in stands] == [21312, 21314]
    assert [stand.data_dir.name for stand in stands] == ["01", "02"]
