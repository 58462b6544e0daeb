"""What the pytest plugin of the simulator gives to a test of somebody else."""

import json

import pytest

pytest_plugins = ["pytester"]

# a run within a run: the browser plugin of the outer one is not for it
OPTIONS = ("-p", "esia_sim.pytest_plugin", "-p", "no:playwright", "-q")


@pytest.fixture
def run(pytester: pytest.Pytester):
    def run_tests(source: str) -> pytest.RunResult:
        pytester.makepyfile(source)
        return pytester.runpytest_inprocess(*OPTIONS)

    return run_tests


def test_each_test_has_a_world_and_a_person_of_its_own(run):
    result = run(
        """
        seen = []

        def test_one(esia_world, person):
            seen.append((esia_world.id, person["key"]))
            assert esia_world.person(person["key"])["level"] == "confirmed"

        def test_two(esia_world, person, esia_stand):
            assert esia_world.id != seen[0][0]
            assert seen[0][1] not in [one["key"] for one in esia_stand.people()]
        """
    )

    result.assert_outcomes(passed=2)


@pytest.mark.parametrize("fixture", ["esia", "esia_world"])
def test_an_expectation_that_was_not_met_fails_the_test(run, fixture: str):
    result = run(
        f"""
        def test_forgets({fixture}):
            {fixture}.expect({{"endpoint": "token"}}, {{"error": "ESIA-007004"}})
        """
    )

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*expected and not met*token*"])


def test_a_failed_test_shows_its_tape_and_leaves_it_as_a_har_file(run, pytester: pytest.Pytester):
    result = run(
        """
        import httpx

        def test_fails(esia_world, person):
            httpx.get(f"{esia_world.url}/rs/prns/1", trust_env=False)
            assert False
        """
    )

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*tape of esia_sim: JSON*", '*"/rs/prns/1"*', "*Mermaid*", "*sequenceDiagram*", "*HAR*"]
    )
    [file] = pytester.path.glob("test-results/*.har")
    [entry] = json.loads(file.read_text("utf-8"))["log"]["entries"]
    assert entry["request"]["url"].endswith("/rs/prns/1")


def test_a_passed_test_leaves_nothing_behind(run, pytester: pytest.Pytester):
    result = run("def test_passes(esia_world): pass")

    result.assert_outcomes(passed=1)
    assert not (pytester.path / "test-results").exists()
