"""What the pytest plugin of the simulator gives to a test of somebody else."""

import json

import pytest

pytest_plugins = ["pytester"]

# a run within a run: the browser plugin of the outer one is not for it
OPTIONS = ("-p", "esia_sim.pytest_plugin", "-p", "no:playwright", "-q")


@pytest.fixture
def run(pytester: pytest.Pytester):
    def run_tests(source: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(source)
        return pytester.runpytest_inprocess(*OPTIONS, *options)

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


def test_what_was_expected_in_vain_is_shown_with_its_tape(run):
    result = run(
        """
        def test_forgets(esia_world):
            esia_world.expect({"endpoint": "token"}, {"error": "ESIA-007004"})
            esia_world.move_clock(advance="1h")
        """
    )

    result.stdout.fnmatch_lines(["*expected and not met*", "*tape of esia_sim: JSON*", '*"clock"*'])


def test_a_fixture_that_fails_shows_the_tape_too(run):
    result = run(
        """
        import pytest

        @pytest.fixture
        def arrived(esia_world):
            esia_world.move_clock(advance="1h")
            raise RuntimeError

        def test_never_begins(arrived): pass
        """
    )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*tape of esia_sim: JSON*", '*"clock"*'])


ASSUMED = ("id_token_header", "id_token_seconds", "child_until_age")
RELYING = """
    def test_relies(esia_world):
        esia_world.mint_tokens("anna")

    def test_relies_on_nothing(esia_world, person):
        assert esia_world.fidelity()
"""


@pytest.mark.parametrize("fixture", ["esia", "esia_world"])
def test_a_run_may_demand_that_no_test_relies_on_an_assumption(run, fixture: str):
    result = run(RELYING.replace("esia_world", fixture), "--esia-no-assumptions")

    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_relies *",
            "*relied on what ESIA is only assumed to do:",
            "*  id_token_header: the header of the id_token *(source: esia-protocol.md*",
            "*  id_token_seconds: * (source: docs/esia.md, settings)",
        ]
    )


def test_a_run_that_demands_nothing_may_rely_on_assumptions(run):
    run(RELYING).assert_outcomes(passed=2)


def test_one_test_may_demand_it_for_itself_and_accept_some_by_name(run):
    result = run(
        f"""
        import pytest

        @pytest.mark.esia_no_assumptions
        def test_strict(esia_world):
            esia_world.mint_tokens("anna")

        @pytest.mark.esia_no_assumptions(*{ASSUMED})
        def test_accepting(esia_world):
            esia_world.mint_tokens("anna")

        def test_careless(esia_world):
            esia_world.mint_tokens("anna")
        """,
        "--strict-markers",
    )

    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_strict *"])


def test_what_the_configuration_confirms_is_no_assumption(run):
    result = run(
        f"""
        import pytest
        from esia_sim import Config

        @pytest.fixture(scope="session")
        def esia_config():
            return Config(confirmed=frozenset({ASSUMED}))

        def test_relies_on_what_we_know(esia_world):
            esia_world.mint_tokens("anna")
        """,
        "--esia-no-assumptions",
    )

    result.assert_outcomes(passed=1)


def test_a_fixture_of_ones_own_is_watched_for_its_people_alone(run):
    result = run(
        """
        import pytest
        from esia_sim.pytest_plugin import watched

        @pytest.fixture
        def shared(esia_stand, request):
            people = []
            with watched(request, esia_stand, people=people):
                yield lambda: people.append(esia_stand.new_person()["key"]) or people[-1]

        def test_meets_nobody(shared, esia_stand):
            for key in (shared(), esia_stand.new_person()["key"]):
                esia_stand.send_message(channel="sms", to=esia_stand.person(key)["phone"], text=key)
            assert False
        """,
        "--esia-no-assumptions",
    )

    result.assert_outcomes(failed=1)
    told = [line for line in result.outlines if "tape of esia_sim, " in line]
    assert len(told) == 3
    assert len([line for line in result.outlines if '"kind": "message"' in line]) == 1
