"""The small map of a district: where things lie, how long its ruler is, what is drawn."""

import pytest

from zdrav29_app.demo.vocabulary import vocabulary
from zdrav29_app.rules.maps import Point, frame_of, waters

TROITSKY, KEGO = Point(64.543, 40.517), Point(64.549, 40.464)


def test_every_place_lies_inside_the_map_with_a_margin():
    frame = frame_of([TROITSKY, KEGO])

    for point in (TROITSKY, KEGO):
        assert all(10 < percent < 90 for percent in frame.place(point))


def test_north_is_up_and_east_is_right():
    frame = frame_of([TROITSKY, KEGO])
    west_and_north, east_and_south = frame.place(KEGO), frame.place(TROITSKY)

    assert west_and_north[0] < east_and_south[0]
    assert west_and_north[1] < east_and_south[1]


def test_one_place_alone_lies_in_the_middle_of_a_few_kilometres():
    frame = frame_of([TROITSKY])

    assert frame.place(TROITSKY) == (50, 50)
    assert frame.side_km > 3


@pytest.mark.parametrize("far", [Point(64.5, 40.6), Point(65.9, 44.1), Point(61.2, 46.6)])
def test_the_ruler_is_a_round_length_that_fits(far: Point):
    frame = frame_of([TROITSKY, far])

    assert frame.ruler_km <= frame.side_km / 3


def test_every_district_of_the_demo_has_waters_and_every_branch_its_place():
    for institution in vocabulary().institutions:
        assert waters(institution.district)
        assert all(one.latitude and one.longitude for one in institution.branches)


def test_a_district_nobody_drew_has_no_waters():
    assert waters("Новая Земля") == ()
