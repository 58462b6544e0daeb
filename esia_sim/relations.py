"""How people of a stand belong together: parents and children, organisations and their heads."""

from esia_sim.clock import MOSCOW
from esia_sim.people import Organisation, Person
from esia_sim.store import World


def is_child(world: World, person: Person) -> bool:
    """Tell whether somebody here has this person for a child that is young still."""
    today, born = world.clock.now().astimezone(MOSCOW).date(), person.birth_date
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    is_young = age < world.config.assumed.child_until_age
    return is_young and any(person.key in one.children for one in world.people.values())


def organisation(world: World, oid: str) -> Organisation | None:
    """Find an organisation by the number that ESIA gives it."""
    known = (one.organisation for one in world.people.values())
    return next((one for one in known if one and str(one.oid) == oid), None)
