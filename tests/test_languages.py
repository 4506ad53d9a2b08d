"""Articles in other languages and scripts, from the file to a loaded package."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import rows
from jpkr_drills import load, validate
from jpkr_drills.build import build
from jpkr_drills.coding import article as articles
from jpkr_drills.coding import new, sheet, span
from jpkr_drills.export import export

TEXTS = {
    "ko": "새빛면 도서관 다시 문 열어\n\n새빛면 도서관이 오월 삼일 다시 문을 열었다. 한도솔 관장은 “주민들이 일 년 넘게 기다렸다”고 말했다.\n",
    "ar": "افتتاح سوق جديدة في السنديل\n\nافتتحت بلدية السنديل في الثالث من مايو سوقًا جديدة. وقالت ريماس الدرعاوي إن السوق تضم أربعين متجرًا.\n",
    "de": "Brücke in Kolmsteig freigegeben\n\nIn Kolmsteig ist am 3. Mai die neue Brücke eröffnet worden. Bauamtsleiterin Hedda Brömsel sagte, sie habe 2,4 Mio. Euro gekostet.\n",
}

# party, its name, type · place, its name · event, its title, date, its phrase ·
# two claims: id, words, statement, type, voice · mentions: segment, words, form
CODED = {
    "ko": (
        ("library", "새빛면 도서관", "organization"),
        ("speaker", "한도솔", "person"),
        ("place", "새빛면"),
        ("도서관 재개관", "XXXX-05-03", "오월 삼일"),
        ("p1s1-1", "새빛면 도서관이 오월 삼일 다시 문을 열었다", "도서관은 오월 삼일에 다시 열렸다.", "event", "article"),
        ("p1s2-1", "주민들이 일 년 넘게 기다렸다", "주민들은 일 년 이상 재개관을 기다렸다.", "state", "attributed"),
        (("p0s1", "새빛면 도서관"), ("p1s1", "새빛면"), ("p1s2", "한도솔")),
    ),
    "ar": (
        ("library", "بلدية السنديل", "government_body"),
        ("speaker", "ريماس الدرعاوي", "person"),
        ("place", "السنديل"),
        ("افتتاح السوق", "XXXX-05-03", "في الثالث من مايو"),
        ("p1s1-1", "افتتحت بلدية السنديل في الثالث من مايو سوقًا جديدة", "فتحت البلدية سوقًا في الثالث من مايو.", "event", "article"),
        ("p1s2-1", "السوق تضم أربعين متجرًا", "في السوق أربعون متجرًا.", "state", "attributed"),
        (("p0s1", "السنديل"), ("p1s1", "بلدية السنديل"), ("p1s2", "ريماس الدرعاوي")),
    ),
    "de": (
        ("library", "Brücke", "other"),
        ("speaker", "Hedda Brömsel", "person"),
        ("place", "Kolmsteig"),
        ("Eröffnung der Brücke", "XXXX-05-03", "am 3. Mai"),
        ("p1s1-1", "In Kolmsteig ist am 3. Mai die neue Brücke eröffnet worden", "Am 3. Mai wurde die Brücke eröffnet.", "event", "article"),
        ("p1s2-1", "sie habe 2,4 Mio. Euro gekostet", "Die Brücke kostete 2,4 Millionen Euro.", "state", "attributed"),
        (("p0s1", "Kolmsteig"), ("p1s1", "Brücke"), ("p1s2", "Hedda Brömsel")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_article_from_file_to_loaded_package(language: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXTS[language].encode())
    article = articles.read(tmp_path / "a.txt")
    root = tmp_path / "made"
    assert new.start(root, article)[1:] == (language, 3)
    thing, speaker, place, event, *claims, mentions = CODED[language]
    tables: dict[str, list[tuple[str, ...]]] = {
        "parties": [(*thing, "", "", "", "", event[0]), (*speaker, "", "", "", "", event[0])],
        "places": [(*place, "locality", "", "", "not_given", "")],
        "events": [("event", event[0], "launch", "occurred", "single", *event[1:], "calendar", "", "", event[0])],
        "event_places": [("event", "place", "at")],
        "claims": [(one[0], one[0][:4], one[1], "", one[2], one[0], *one[3:], "certain", "positive", "asserted", "core") for one in claims],
        "claim_parties": [("p1s1-1", "library", "about"), ("p1s2-1", "library", "about"), ("p1s2-1", "speaker", "speaker")],
        "claim_events": [("p1s1-1", "event")],
        "mentions": [("", segment, words, "", "name", "", "place") if words == place[1] else ("", segment, words, "", "name", "speaker" if words == speaker[1] else "library", "") for segment, words in mentions],
    }  # fmt: skip
    span.unfill(root, ["claims", "mentions"], article)
    for table, coded in tables.items():
        header, _ = sheet.read(root, table)
        made = [dict(zip(header, row, strict=True)) for row in coded]
        (root / f"data/{table}.csv").write_bytes(sheet.content(table, header, made))
    span.fill(root, ["claims", "mentions"], article)
    assert build(root)[1] == []
    assert validate(root, article=tmp_path / "a.txt") == []
    dataset = load(root)
    assert [party.name for party in dataset.speakers_of("p1s2-1")] == [speaker[1]]
    for claim, (_, words, *_) in zip(dataset.claims, claims, strict=True):
        assert article.text[claim.start : claim.end] == words
    assert [row["surface"] for row in rows("mentions", root)] == [words for _, words in mentions]
    assert export(root, tmp_path / "made.zip") == []
    assert load(tmp_path / "made.zip").events["event"].date_expression == event[2]
