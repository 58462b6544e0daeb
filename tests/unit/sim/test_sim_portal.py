"""The portal: finding services, one's own page, contacts, consents, the chat."""

import re
from datetime import timedelta

import pytest
from sim_client import PASSWORD, Stand

ANNA = "+7(900)000-01-01"


def enter(stand: Stand) -> None:
    stand.browser.fill("/login", login=ANNA, password=PASSWORD)
    stand.browser.fill("/login/code", code=stand.last_code())


def token(stand: Stand) -> str:
    return stand.browser.get("/profile/phone").text.split('name="token" value="')[1].split('"')[0]


def own(stand: Stand, path: str, **fields: str):
    """Post a form of the person's own pages."""
    return stand.browser.post(path, data={"token": token(stand), **fields})


def newest(stand: Stand, to: str) -> str:
    return stand.browser.get("/_sim/messages", params={"to": to}).json()["messages"][-1]["text"]


@pytest.mark.parametrize("asked", ["Здрав29", "Здрав 29", "здрав29", "ВРАЧ", "талон"])
def test_the_cabinet_is_found_in_any_usual_writing(stand: Stand, asked: str):
    page = stand.browser.get("/services", params={"q": asked}).text

    assert "/services/zdrav29" in page
    assert "/services/fines" not in page


def test_the_cabinet_stands_under_health_and_leads_to_its_sign_in(stand: Stand):
    category = stand.browser.get("/services", params={"category": "Здоровье"}).text
    page = stand.browser.get("/services/zdrav29").text

    assert "/services/zdrav29" in category
    assert "http://localhost:2900/auth/esia/login?next=%2Fhome" in page


@pytest.mark.parametrize("asked", ["нет такой", "<script>", "%", "x" * 5000])
def test_what_is_not_found_is_said(stand: Stand, asked: str):
    page = stand.browser.get("/services", params={"q": asked})

    assert "Ничего не нашлось" in page.text
    assert "<script>alert" not in page.text


def test_another_service_is_only_shown(stand: Stand):
    assert "только показана" in stand.browser.get("/services/fines").text
    assert stand.browser.get("/services/none").status_code == 404


def test_the_own_page_needs_a_sign_in_and_comes_after_it(stand: Stand):
    asked = stand.browser.get("/profile")
    assert asked.headers["Location"] == "/login"

    stand.browser.fill("/login", login=ANNA, password=PASSWORD)
    entered = stand.browser.fill("/login/code", code=stand.last_code())

    assert entered.headers["Location"] == "/profile"
    page = stand.browser.get("/profile").text
    for words in ("Двинская", "Подтверждённая запись", "этот сеанс", "Двинской Борис"):
        assert words in page


def test_a_consent_is_listed_and_withdrawn_and_asked_for_again(stand: Stand):
    enter(stand)
    stand.browser.get("/aas/oauth2/ac", params=stand.params())
    stand.browser.fill("/login/consent", decision="allow")
    assert "Проверка" in stand.browser.get("/profile").text

    own(stand, "/profile/withdraw", client="TEST01")

    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params())
    assert asked.headers["Location"] == "/login/consent"
    assert "никому не разрешали" in stand.browser.get("/profile").text


def test_another_session_of_the_person_is_ended_but_nobody_elses(stand: Stand):
    enter(stand)
    here, stand.browser = stand.browser, stand.new_browser()
    enter(stand)
    others = stand.new_browser()
    others.sign_in_as("vera")
    sid = stand.world.sign_ins["anna"][0].sid

    own(stand, "/profile/end", sid=sid)

    assert here.get("/profile").headers["Location"] == "/login"
    assert others.get("/profile").status_code == 200


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("phone", "8 (901) 111-22-33", "+79011112233"),
        ("email", "New@Pomor.example", "new@pomor.example"),
    ],
)
def test_a_contact_is_changed_by_a_code_sent_to_the_new_one(
    stand: Stand, kind: str, value: str, kept: str
):
    enter(stand)
    own(stand, f"/profile/{kind}", contact=value)
    code = re.findall(r"\d{6}", newest(stand, kept))[0]

    answer = own(stand, f"/profile/{kind}/code", code=code)

    assert answer.headers["Location"] == f"/profile?done={kind}"
    assert getattr(stand.world.people["anna"], kind) == kept


def test_the_old_contact_hears_of_the_change(stand: Stand):
    enter(stand)
    own(stand, "/profile/phone", contact="+79011112233")
    own(stand, "/profile/phone/code", code=re.findall(r"\d{6}", newest(stand, "+79011112233"))[0])

    assert "Телефон вашей учётной записи изменён" in newest(stand, "+79000000101")


def test_a_contact_of_somebody_else_is_refused_after_the_code_only(stand: Stand):
    enter(stand)
    begun = own(stand, "/profile/phone", contact="+79000000103")
    assert begun.headers["Location"] == "/profile/phone/code"

    page = own(
        stand, "/profile/phone/code", code=re.findall(r"\d{6}", newest(stand, "+79000000103"))[0]
    )

    assert "уже занят" in page.text
    assert stand.world.people["anna"].phone == "+79000000101"


def test_a_form_of_another_session_changes_nothing(stand: Stand):
    enter(stand)

    answer = stand.browser.post("/profile/withdraw", data={"token": "forged", "client": "TEST01"})

    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Код так и не пришёл", "Отправить код ещё раз"),
        ("забыл пароль", "Восстановление доступа"),
        ("вход заблокирован", "полчаса"),
        ("как найти Здрав29", "Перейти к сервису"),
        ("позовите человека", "Передал специалисту"),
        ("погода", "Этого я не знаю"),
    ],
)
def test_the_robot_answers_what_it_knows_and_says_what_it_does_not(
    stand: Stand, said: str, words: str
):
    stand.browser.post("/support", data={"text": said})

    assert words in stand.browser.get("/support").text


def test_a_specialist_answers_in_the_same_chat_and_nobody_else_reads_it(stand: Stand):
    stand.browser.post("/support", data={"text": "оператор"})
    [found] = stand.browser.get("/_sim/conversations").json()["conversations"]

    stand.browser.post(f"/_sim/conversations/{found['number']}", json={"text": "Слушаю вас"})

    assert "Слушаю вас" in stand.browser.get("/support").text
    assert "Слушаю вас" not in stand.new_browser().get("/support").text


def test_a_chat_cannot_be_flooded(stand: Stand):
    for said in range(10):
        stand.browser.post("/support", data={"text": "погода", "said": str(said)})
    eleventh = {"text": "погода в Мезени", "said": "10"}

    refused = stand.browser.post("/support", data=eleventh).text
    stand.clock.advance(timedelta(minutes=1))

    assert "Подождите минуту" in refused
    assert "погода в Мезени" in refused
    assert stand.browser.post("/support", data=eleventh).status_code == 303


@pytest.mark.parametrize(
    "page", ["/", "/services", "/profile", "/login", "/phone/anna", "/registration", "/support"]
)
def test_a_page_with_all_that_it_needs_is_light(stand: Stand, page: str):
    enter(stand)
    if page in {"/login", "/registration"}:
        stand.browser.get("/idp/ext/Logout")

    text = stand.browser.get(page).text
    parts = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', text))
    weight = len(text.encode()) + sum(len(stand.browser.get(part).content) for part in parts)

    assert weight <= 60 * 1024


NEW = "+79005554433"


def codes(stand: Stand, to: str) -> list[str | None]:
    return [message.code for message in stand.world.inbox.find(to=frozenset({to}))]


def test_pressing_twice_keeps_the_code_that_was_sent(stand: Stand):
    enter(stand)
    for _ in range(2):
        own(stand, "/profile/phone", contact=NEW)

    own(stand, "/profile/phone/code", code=str(codes(stand, NEW)[-1]))

    assert len(codes(stand, NEW)) == 1
    assert stand.world.people["anna"].phone == NEW


def test_codes_to_new_contacts_and_guesses_of_them_are_bounded(stand: Stand):
    enter(stand)
    for number in range(30):
        own(stand, "/profile/phone", contact=f"+790055500{number:02}")
    sent = sum(len(codes(stand, f"+790055500{number:02}")) for number in range(30))
    guesses = [own(stand, "/profile/phone/code", code="000000").text for _ in range(3)]
    stand.browser.get("/idp/ext/Logout")
    stand.clock.advance(timedelta(minutes=2))
    enter(stand)
    own(stand, "/profile/phone", contact=NEW)

    guesses += [own(stand, "/profile/phone/code", code="000000").text for _ in range(3)]

    assert sent == 6
    assert sum("Осталось попыток" in page for page in guesses) < len(guesses)
    assert "Попробуйте после" in guesses[-1]


def test_the_phone_shows_a_code_for_the_contact_that_is_just_being_changed(stand: Stand):
    enter(stand)
    own(stand, "/profile/phone", contact=NEW)

    assert str(codes(stand, NEW)[-1]) in stand.browser.get("/phone/anna").text


def test_the_next_person_at_the_browser_does_not_read_the_chat(stand: Stand):
    stand.browser.sign_in_as("anna")
    stand.browser.post("/support", data={"text": "Вопрос Анны"})
    assert "Вопрос Анны" in stand.browser.get("/support").text

    stand.browser.get("/idp/ext/Logout")
    signed_out = stand.browser.get("/support").text
    stand.browser.sign_in_as("vera")

    assert "Вопрос Анны" not in signed_out
    assert "Вопрос Анны" not in stand.browser.get("/support").text


def test_a_message_that_is_sent_twice_is_said_once(stand: Stand):
    for _ in range(2):
        stand.browser.post("/support", data={"text": "Забыл пароль", "said": "0"})

    [chat] = stand.world.conversations.values()
    assert [line.author for line in chat.lines] == ["person", "robot"]


def test_the_robot_rests_once_a_specialist_has_answered(stand: Stand):
    stand.browser.post("/support", data={"text": "оператор"})
    [chat] = stand.world.conversations.values()
    stand.world.conversations.say(chat, "specialist", "Слушаю")

    stand.browser.post("/support", data={"text": "забыл пароль", "said": "1"})

    assert chat.lines[-1].author == "person"
