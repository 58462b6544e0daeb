"""A structured document as a page: what a person sees of it, and what never gets there."""

from typing import Any

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.unit.gateways.test_cda import document
from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.gateways import cda, cda_page

USUAL: dict[str, str] = {}


def names(words: str) -> frozenset[str]:
    """Words with spaces between them, as a set."""
    return frozenset(words.split())


WRITTEN_BY_THE_SHEET = names(
    "html head meta title link body main section div p h1 h2 h3 h4 h5 h6 dl dt dd ul ol li table "
    "caption thead tbody tfoot tr th td b i em u sub sup br a span"
)
ATTRIBUTES = names(
    "lang http-equiv content name rel href data-size data-spacing data-scheme data-images class id "
    "aria-label tabindex role scope colspan rowspan target title"
)
SHEETS = ["/tokens.css", "/base.css", "/vision.css", "/sheet.css"]


def page_of(narrative: str) -> Any:
    """The page of a document with these words in its only part, as a browser reads it."""
    whole = document().decode()
    begin, end = whole.index("<text>") + len("<text>"), whole.index("</text>")
    content = whole[:begin] + narrative + whole[end:]
    return lxml.html.document_fromstring(cda_page.page(content.encode(), USUAL))


def words_of(page: Any) -> Any:
    """The part of the page that holds the narrative."""
    return page.find_class("words")[0]


def expect_only_the_sheets_own(page: Any) -> None:
    """Nothing but elements, attributes and addresses that the sheet writes."""
    for node in page.iter():
        assert node.tag in WRITTEN_BY_THE_SHEET
        assert set(node.attrib) <= ATTRIBUTES
    assert page.xpath("//link/@href") == SHEETS
    addresses = page.xpath("//@href[not(parent::link)] | //@src")
    assert [
        one for one in addresses if not one.lower().startswith(("http://", "https://", "#note-"))
    ] == []


def test_the_page_begins_with_who_when_where_and_by_whom():
    page = lxml.html.document_fromstring(cda_page.page(document(), USUAL))

    facts = dict(zip(page.xpath("//dt/text()"), page.xpath("//dd/text()"), strict=True))
    assert page.get("lang") == "ru"
    assert [one.text for one in page.iter("title", "h1", "h2")] == [
        "Анализ крови",
        "Анализ крови",
        "Результаты",
    ]
    assert facts == {"Пациент": "Двинская Анна Сергеевна", "Составлен": "20.11.2026, 10:15"}


def test_lists_stay_one_inside_another_and_bold_stays_bold():
    page = page_of(
        '<list listType="ordered"><item>Пить <content styleCode="Bold Italics">железо</content>'
        "<list><item>утром</item><item>вечером</item></list></item></list>"
    )

    [outer] = words_of(page).findall("ol")
    [item] = outer.findall("li")
    assert item.findtext("b/i") == "железо"
    assert [one.text for one in item.findall("ul/li")] == ["утром", "вечером"]


def test_a_table_has_its_caption_its_headings_and_its_wide_cells():
    page = page_of(
        "<table><caption>Кровь</caption><thead><tr><th>Что</th><th>Сколько</th></tr></thead>"
        '<tbody><tr><th>Гемоглобин</th><td>104</td></tr><tr><td colspan="2" onclick="x()">итог'
        '</td></tr><tr><td colspan="1000000">много</td></tr></tbody></table>'
    )

    [table] = page.iter("table")
    assert table.findtext("caption") == "Кровь"
    assert table.xpath("thead//th/@scope") == ["col", "col"]
    assert table.xpath("tbody//th/@scope") == ["row"]
    assert [dict(cell.attrib) for cell in table.iter("td")] == [{}, {"colspan": "2"}, {}]
    assert table.getparent().get("aria-label") == "Кровь"


def test_signs_above_below_and_new_lines_stay():
    words = words_of(page_of("<paragraph>10<sup>9</sup>/л, H<sub>2</sub>O<br/>дальше</paragraph>"))

    assert [node.tag for node in words.find("p")] == ["sup", "sub", "br"]


def test_a_footnote_stands_below_and_its_number_leads_there():
    page = page_of(
        '<paragraph>Диета<footnote ID="f">кроме соли</footnote>, режим'
        '<footnoteRef IDREF="f"/></paragraph>'
    )

    [mark, again] = words_of(page).iter("sup")
    [note] = page.find_class("notes")[0]
    assert mark.find("a").get("href") == f"#{note.get('id')}"
    assert again.text == "1"
    assert note.text_content() == "1 кроме соли"


def test_parts_inside_parts_have_lesser_headings():
    inner = "<component><section><title>Внутри</title><text>слова</text></section></component>"
    content = document().decode().replace("<entry>", f"{inner}<entry>").encode()

    page = lxml.html.document_fromstring(cda_page.page(content, USUAL))

    assert [one.text for one in page.iter("h3")] == ["Внутри"]


def test_a_link_opens_beside_the_cabinet_and_knows_nothing_of_it():
    [link] = page_of('<linkHtml href=" HTTPS://example.org/?a=1&amp;b=2"/>').iter("a")

    assert link.get("href") == "HTTPS://example.org/?a=1&b=2"
    assert link.get("rel").split()[:2] == ["noopener", "noreferrer"]
    assert link.get("target") == "_blank"
    assert link.text == "HTTPS://example.org/?a=1&b=2"


def test_the_look_for_weak_eyes_is_the_look_of_the_page():
    page = lxml.html.document_fromstring(cda_page.page(document(), {"scheme": "black"}))

    assert page.xpath("string(/html/body/@data-scheme)") == "black"


HOSTILE = [
    "<script>alert(1)</script>",
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    '<h:style xmlns:h="http://www.w3.org/1999/xhtml">* { color: red }</h:style>',
    '<h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="https://evil.example"/>',
    '<s:svg xmlns:s="http://www.w3.org/2000/svg" onload="alert(1)"><s:script>x</s:script></s:svg>',
    '<linkHtml href="javascript:alert(1)">сюда</linkHtml>',
    '<linkHtml href=" java&#10;script:alert(1)">сюда</linkHtml>',
    '<linkHtml href="data:text/html,&lt;script&gt;">сюда</linkHtml>',
    '<linkHtml href="//evil.example">сюда</linkHtml>',
    '<linkHtml href="https://a.example/&quot; onclick=&quot;alert(1)">сюда</linkHtml>',
    '<paragraph onclick="alert(1)" style="position:fixed" class="btn" id="main">слова</paragraph>',
    '<td colspan="2&quot; onclick=&quot;x">слова</td>',
    "<paragraph>&lt;script&gt;alert(1)&lt;/script&gt;</paragraph>",
    '<renderMultiMedia referencedObject="x"><caption>снимок</caption></renderMultiMedia>',
    '<img src="https://evil.example/a.png"/>',
    '<x:copy-of xmlns:x="http://www.w3.org/1999/XSL/Transform" select="document(\'/etc/group\')"/>',
    '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>',
    '<?xml-stylesheet type="text/xsl" href="https://evil.example/a.xsl"?><!-- <script> -->слова',
]


@pytest.mark.parametrize("narrative", HOSTILE)
def test_nothing_of_a_hostile_document_becomes_markup(narrative: str):
    page = page_of(narrative)

    expect_only_the_sheets_own(page)
    assert "root:" not in page.text_content()


def test_a_sheet_named_before_the_document_is_not_asked_for():
    instruction = '<?xml-stylesheet type="text/xsl" href="https://evil.example/a.xsl"?>'

    made = cda_page.page(document(before=instruction), USUAL)

    assert "evil" not in made


@pytest.mark.parametrize(
    "content",
    [
        b"<ClinicalDocument/>",
        document()[:400],
        document(before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', inside="&e;"),
        document(before='<!DOCTYPE x [<!ENTITY l "ha">]>', inside="&l;" * 10),
        document().replace(b"202611201015+0300", b"yesterday"),
        document(inside="<content>" * 10_000 + "</content>" * 10_000),
        document() + b" " * cda.SIZE_LIMIT,
    ],
)
def test_what_the_reader_refuses_becomes_no_page(content: bytes):
    with pytest.raises(DocumentDamaged):
        cda_page.page(content, USUAL)


def test_captions_inside_captions_do_not_blow_the_page_up():
    depth, words = 60, "слово " * 10_000
    narrative = "<table><caption>" * depth + words + "</caption></table>" * depth

    made = lxml.html.tostring(page_of(narrative), encoding="unicode")

    assert len(made) < 2 * len(words)


def test_the_sheet_itself_can_read_no_file_and_ask_no_network():
    asking = etree.XSLT(
        etree.XML(
            '<x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform">'
            '<x:template match="/"><x:copy-of select="document(\'file:///etc/passwd\')"/>'
            "</x:template></x:stylesheet>"
        ),
        access_control=cda_page.CLOSED,
    )

    with pytest.raises(etree.XSLTApplyError):
        asking(etree.XML("<x/>"))
    assert "document(" not in cda_page.SHEET.read_text(encoding="utf-8")


MARKUP = names(
    "content paragraph list item table thead tbody tfoot tr th td caption linkHtml sub sup br "
    "footnote footnoteRef renderMultiMedia col script style unknown"
)
VALUES = st.sampled_from(["javascript:alert(1)", "https://a.example", "Bold", "ordered", "2", '"<'])
NAMES = st.sampled_from(sorted(names("href styleCode listType colspan onclick style src ID IDREF")))
TREES = st.recursive(
    st.builds(lambda name, given: (name, given, []), st.sampled_from(sorted(MARKUP)), st.just({})),
    lambda inside: st.tuples(
        st.sampled_from(sorted(MARKUP)),
        st.dictionaries(NAMES, VALUES, max_size=2),
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TREES, max_size=4))
def test_of_any_narrative_every_word_is_there_once_and_no_markup_of_its_own(trees: list[Any]):
    words: list[str] = []

    def written(name: str, given: dict[str, str], inside: list[Any]) -> Any:
        node = etree.Element(f"{{urn:hl7-org:v3}}{name}", given)
        words.append(f"слово{len(words)}ё")
        node.text = words[-1]
        for one in inside:
            node.append(written(*one))
            words.append(f"слово{len(words)}ё")
            node[-1].tail = words[-1]
        return node

    narrative = "".join(etree.tostring(written(*one), encoding="unicode") for one in trees)

    page = page_of(narrative)

    expect_only_the_sheets_own(page)
    text = page.text_content()
    assert {word: text.count(word) for word in words} == dict.fromkeys(words, 1)
