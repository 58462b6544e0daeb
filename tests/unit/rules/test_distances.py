"""Distances between districts: both ways alike, and none missing for the demo."""

from itertools import product

from zdrav29_app.demo.vocabulary import vocabulary
from zdrav29_app.rules.distances import road_km

DISTRICTS = {institution.district for institution in vocabulary().institutions}


def test_every_two_districts_of_the_demo_have_one_distance_both_ways():
    for start, end in product(DISTRICTS, DISTRICTS):
        km = road_km(start, end)

        assert km is not None, (start, end)
        assert km == road_km(end, start)
        assert (km == 0) == (start == end)


def test_a_district_nobody_wrote_down_has_none():
    assert road_km("Архангельск", "Атлантида") is None
