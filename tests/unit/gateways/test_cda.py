"""Structured documents: what is read of them, and what nobody can make the reader do."""

import time
from pathlib import Path

import pytest

from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.gateways import cda
from zdrav29_app.papers import Verdict

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>{before}
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:identity="urn:hl7-ru:identity">
  <title>Анализ крови</title>
  <effectiveTime value="202611201015+0300"/>
  <recordTarget><patientRole><patient><name>
    <family>Двинская</family><given>Анна</given><identity:Patronymic>Сергеевна</identity:Patronymic>
  </name></patient></patientRole></recordTarget>
  <component><structuredBody><component><section>
    <code code="RESLAB"/><title>Результаты</title>
    <text><paragraph>Кровь {inside}</paragraph><table>
      <tr><th>Что</th></tr><tr><td>Гемоглобин</td></tr></table></text>
    <entry><observation><code code="HGB" displayName="Гемоглобин"/>
      <value xsi:type="PQ" value="104" unit="г/л"/>
      <referenceRange><observationRange><value><low value="120"/><high value="150"/></value>
      </observationRange></referenceRange>
    </observation></entry>
  </section></component></structuredBody></component>
</ClinicalDocument>"""


def document(*, before: str = "", inside: str = "венозная") -> bytes:
    return DOCUMENT.format(before=before, inside=inside).encode()


def test_what_people_read_is_taken_out():
    read = cda.read(document())

    [section] = read.sections
    [hemoglobin] = read.results
    assert (read.title, read.patient) == ("Анализ крови", "Двинская Анна Сергеевна")
    assert read.made_at.isoformat() == "2026-11-20T10:15:00+03:00"
    assert section.lines == ("Кровь венозная",)
    assert section.table == ()  # it repeats the results
    assert (hemoglobin.value, hemoglobin.low, hemoglobin.verdict) == (104, 120, Verdict.LOW)


def test_a_table_beside_no_results_is_taken_out():
    without = document().replace(b"<observation>", b"<act>").replace(b"</observation>", b"</act>")

    [section] = cda.read(without).sections

    assert (section.results, section.table) == ((), (("Что",), ("Гемоглобин",)))


def test_markup_inside_words_is_only_words():
    read = cda.read(document(inside="<content>вено</content>зная &lt;script&gt;"))

    assert read.sections[0].lines == ("Кровь венозная <script>",)


def test_a_list_inside_a_list_is_told_once():
    inside = "<list><item>Режим<list><item>прогулки</item><item>сон</item></list></item></list>"

    read = cda.read(document(inside=inside))

    assert read.sections[0].lines == ("Кровь", "Режим", "прогулки", "сон")


def test_an_entity_of_a_file_of_this_machine_is_refused(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    dtd = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'

    with pytest.raises(DocumentDamaged):
        cda.read(document(before=dtd, inside="&e;"))


def test_a_billion_laughs_are_refused_at_once():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    begin = time.perf_counter()

    with pytest.raises(DocumentDamaged):
        cda.read(document(before=f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>', inside="&l9;"))

    assert time.perf_counter() - begin < 1


def test_a_dtd_hidden_by_another_encoding_is_refused():
    text = document(before='<!DOCTYPE x [<!ENTITY e "e">]>', inside="&e;").decode()

    with pytest.raises(DocumentDamaged):
        cda.read(text.replace("UTF-8", "UTF-16").encode("utf-16"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<html><script>alert(1)</script></html>",
        b"<ClinicalDocument/>",
        document()[:400],
        document().replace(b"202611201015+0300", b"yesterday"),
        document().replace(b'value="104"', b'value="many"'),
        b"<a>" * 100_000,
        document() + b" " * cda.SIZE_LIMIT,
    ],
)
def test_what_is_no_clinical_document_is_refused(content: bytes):
    with pytest.raises(DocumentDamaged):
        cda.read(content)


def test_the_original_tree_is_shown_indented_and_whole():
    assert "<family>Двинская</family>" in cda.source(document())
