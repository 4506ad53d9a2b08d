"""The page and the reading as Markdown; the tests marked slow open the page in a real Chromium (Debian's package)."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import pictures
from helpers import ROOT, descriptor, rows
from jpkr_drills import Dataset, MissingExtra, load
from jpkr_drills.cli import main
from jpkr_drills.export import markdown, page
from jpkr_drills.model import records as m

SOURCE = next(one for one in descriptor()["sources"] if one["relation"] == "coded")
HOSTILE = (
    "</script></style></title><script>hacked = 1</script><img src=http://x.example/ onerror=hacked=1>\"'>{{ 7 * 7 }}"
)
TEXT = f"🎏🎏 새빛면 도서관이 문을 열었다. افتتحت البلدية سوقًا جديدة. {HOSTILE}\n"


def small(text: str = TEXT, *, hostile: str = HOSTILE) -> tuple[Dataset, dict[str, Any]]:
    """A dataset without a headline, dates, relations or tensions, of a text in several scripts, and its source."""
    cuts = [0, text.index("افتتحت"), text.index(HOSTILE), len(text) - 1]
    spans = list(pairwise(cuts))
    sha = "0" * 64
    names = ["새빛면 도서관", "بلدية وادي السنديل", hostile]
    coded = {"voice": "attributed", "certainty": "possible", "polarity": "negative", "explicitness": "implied"}
    tables: dict[str, list[m.Record]] = {name: [] for name in m.TABLES}
    tables["codes"] = list(load(ROOT).codes)
    for n, (name, (start, end)) in enumerate(zip(names, spans, strict=True), 1):
        at: dict[str, Any] = {"segment_id": f"p1s{n}", "start": start, "end": end}
        party: dict[str, Any] = {"name": name, "party_type": "organization", "title": hostile, "description": hostile}
        party |= dict.fromkeys(("parent_party_id", "country", "wikidata"))
        event: dict[str, Any] = {"title": f"{name} {n}", "event_type": "other", "status": "alleged", "extent": "series"}
        event |= {"date_basis": "relative", "date_expression": name, "description": hostile}
        event |= dict.fromkeys(("date", "cameo", "plover"))
        claim: dict[str, Any] = {**at, **coded, "sha256": sha, "statement": f"{name}: {hostile}", "salience": "core"}
        tables["segments"].append(m.Segment(**at, paragraph=1, sentence=n, sha256=sha))
        # Ids that the page has itself, or that records of other tables have too.
        tables["parties"].append(m.Party(party_id=("claims", "p1s1", "drop")[n - 1], **party))
        tables["events"].append(m.Event(event_id=("claims", "top", "japan")[n - 1], **event))
        tables["claims"].append(m.Claim(claim_id=f"p1s{n}-1", proposition_id=f"p1s{n}-1", claim_type="appeal", **claim))
        tables["claim_parties"].append(
            m.ClaimParty(claim_id=f"p1s{n}-1", party_id=tables["parties"][-1].key(), role="speaker")
        )
    content = text.encode()
    source = {"title": hostile, "publisher": hostile, "language": "ko", "bytes": len(content)}
    source |= {"sha256": hashlib.sha256(content).hexdigest()}
    return Dataset(tables, title=hostile, version=hostile, path=""), source


def test_the_export_is_one_small_file_and_always_the_same(tmp_path: Path, dataset: Dataset) -> None:
    assert main(["export", str(tmp_path / "drills.html"), "--path", str(ROOT)]) == 0
    content = (tmp_path / "drills.html").read_bytes()
    assert content == page.render(dataset, SOURCE).encode()
    assert len(content) <= 350_000


def test_every_id_is_an_anchor_of_its_own(dataset: Dataset) -> None:
    for one, source in ((dataset, SOURCE), small()):
        text = page.render(one, source)
        anchors = re.findall(r' id="([^"]+)"', text)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r'(?:href|labelledby)="#?([\w-]+)"', text)) <= set(anchors)
    assert {"p3s2-1", "japan", "camp-david-summit", "taiwan-strait", "p0s1"} <= set(page.anchors(dataset).values())


def test_markdown_has_every_claim_and_no_mark_of_the_data(dataset: Dataset, tmp_path: Path) -> None:
    assert main(["export", str(tmp_path / "drills.md"), "--path", str(ROOT)]) == 0
    text = (tmp_path / "drills.md").read_text("utf-8")
    assert all(f"{claim.statement}** `{claim.claim_id}`" in text for claim in dataset.claims)
    assert markdown.render(dataset, SOURCE) == text
    hostile = markdown.render(*small(hostile="<img src=x> [a](b) | `x` *y* # z"))
    assert r"\<img src=x\> \[a\](b) \| \`x\` \*y\* \# z" in hostile
    assert not re.search(r"(?<!\\)<", hostile)


def test_a_page_without_an_article_or_records_is_a_page(dataset: Dataset) -> None:
    empty = Dataset({name: [] for name in m.TABLES}, title="Nothing", version="1", path="")
    assert "Nothing" in page.render(empty)
    assert "Nothing" in markdown.render(empty)
    assert 'id="drop"' not in page.render(dataset)


@pytest.mark.parametrize("made", [page, markdown])
def test_without_its_library_it_says_how_to_get_it(
    made: Any, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtra, match=r"jinja2 is not installed; .*\[page\]"):
        made.render(dataset)


def test_the_pictures_of_the_readme_show_this_page() -> None:
    text = pictures.html()
    for name in pictures.PICTURES:
        assert pictures.held(name) == pictures.shown(name, text), "run `python tests/pictures.py`"


# --- in a browser --------------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium")
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium isn't installed")
Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path, dataset: Dataset) -> Callable[..., Any]:
    """Opens a page in a window of its own, and checks at the end that it asked for nothing and complained of nothing."""

    @contextmanager
    def window(made: tuple[Dataset, dict[str, Any]] | None = None, anchor: str = "", **options: Any) -> Iterator[Any]:
        place = tmp_path / "page.html"
        place.write_text(page.render(*(made or (dataset, SOURCE))), "utf-8")
        context = browser.new_context(**options)
        tab, heard = context.new_page(), list[str]()
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("dialog", lambda dialog: heard.append(dialog.message))
        tab.on("request", lambda asked: heard.append(asked.url) if place.as_uri() not in asked.url else None)
        tab.goto(place.as_uri() + anchor)
        yield tab
        assert heard == []
        context.close()

    return window


UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.mark.slow
@in_browser
@pytest.mark.parametrize(
    ("kind", "width", "scheme"),
    [
        ("bundled", 360, "dark"),
        ("bundled", 1280, "light"),
        *(("small", w, s) for w in (360, 1280) for s in ("light", "dark")),
    ],
)
def test_axe_finds_nothing(opened: Opener, kind: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    made = None if kind == "bundled" else small()
    with opened(made, viewport={"width": width, "height": 800}, color_scheme=scheme) as tab:
        tab.evaluate("document.styleSheets[0].insertRule('* { content-visibility: visible !important }')")
        if made:
            tab.evaluate(UNFOLD)
        found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []


@pytest.mark.slow
@in_browser
@pytest.mark.parametrize("made", [None, small()], ids=["bundled", "small"])
def test_nothing_is_wider_than_the_window(opened: Opener, made: Any) -> None:
    for width in (320, 360, 640, 1280):  # 640 is a window of 1280 at 200 %
        with opened(made, viewport={"width": width, "height": 800}) as tab:
            tab.evaluate(UNFOLD)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
@in_browser
def test_all_of_it_can_be_read_without_javascript(opened: Opener) -> None:
    with opened(java_script_enabled=False, viewport={"width": 360, "height": 800}) as tab:
        assert tab.locator(".claim:visible").count() == len(rows("claims"))
        assert tab.locator(".order > li:visible").count() == len(rows("events"))
        assert tab.locator(".cards > li:visible").count() == len(rows("parties")) + len(rows("places"))
        assert tab.locator(".map > li:visible").count() == len(rows("segments"))
        assert not tab.locator("#filters").is_visible()
        tab.get_by_text("All claims as a table").click()
        assert tab.locator("section:has(> #claims) tbody tr:visible").count() == len(rows("claims"))


@pytest.mark.slow
@in_browser
def test_filters_are_in_the_address_and_going_back_undoes_them(opened: Opener) -> None:
    claims = {row["claim_id"]: row for row in rows("claims")}
    links = rows("claim_parties")
    by_usni = {row["claim_id"] for row in links if (row["party_id"], row["role"]) == ("usni-news", "speaker")}
    about_japan = {row["claim_id"] for row in links if (row["party_id"], row["role"]) == ("japan", "about")}

    with opened() as tab:

        def shown() -> set[str]:
            ids = set(tab.eval_on_selector_all(".claim", "all => all.filter(x => x.checkVisibility()).map(x => x.id)"))
            number = len(ids) if len(ids) == len(claims) else f"{len(ids)} of {len(claims)}"
            assert tab.inner_text("#count") == f"{number} claims"
            return ids

        assert shown() == set(claims)
        tab.select_option("[name=speaker]", "usni-news")
        assert shown() == by_usni
        tab.select_option("[name=certainty]", "probable")
        assert shown() == set()
        assert tab.locator(".none").is_visible()
        tab.go_back()
        assert shown() == by_usni
        tab.locator(".claim:visible a:text-is('p1s1-1')").first.click()
        assert shown() == set(claims)
        assert tab.locator("#p1s1-1").evaluate("one => one.matches(':target') && one.getBoundingClientRect().top >= 0")
        tab.go_back()
        assert shown() == by_usni
        tab.go_back()
        assert shown() == set(claims)
        tab.fill("[name=q]", "taiwan strait")
        tab.locator("[name=q]").press_sequentially(" growing")
        assert shown() == {"p6s2-3"}
        tab.reload()
        assert shown() == {"p6s2-3"}
        tab.click(".clear")
        assert shown() == set(claims)
        tab.locator("#japan").get_by_text("claims").last.click()
        assert shown() == about_japan
        assert tab.input_value("[name=about]") == "japan"


@pytest.mark.slow
@in_browser
def test_a_link_opens_what_it_leads_to(opened: Opener) -> None:
    with opened(anchor="#camp-david-summit") as tab:
        assert tab.locator("#camp-david-summit").is_visible()
        tab.locator("#camp-david-summit").get_by_role("link", name="United States", exact=True).click()
        assert tab.url.endswith("#united-states")
        assert tab.locator("#united-states").evaluate("one => one.getBoundingClientRect().top") < 800
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.closest('#united-states') !== null")


@pytest.mark.slow
@in_browser
def test_the_right_article_appears_in_its_places_and_a_wrong_one_is_told(opened: Opener) -> None:
    made = small()
    with opened(made) as tab:
        tab.evaluate("window.kept = () => [localStorage.length, sessionStorage.length, document.cookie]")
        for name, content in {"short.txt": b"?", "other.txt": TEXT.replace("문", "묻").encode()}.items():
            tab.set_input_files("#drop input", {"name": name, "mimeType": "text/plain", "buffer": content})
            tab.get_by_text(f"“{name}” isn’t the article").wait_for()
            assert tab.locator("q:visible").count() == len(made[0].events)  # only the date expressions
        drop = """content => {
            const files = new DataTransfer();
            files.items.add(new File([content], "article.txt"));
            document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files }));
        }"""
        tab.evaluate(drop, TEXT)
        tab.get_by_text("This is the article that was coded").wait_for()
        for claim in made[0].claims:
            words = TEXT[claim.start : claim.end].strip()
            assert tab.locator(f"#{claim.claim_id} q").text_content() == words
            assert words in tab.locator(f".map li:has([href='#{claim.claim_id}']) .own").text_content()
        assert tab.evaluate("window.kept()") == [0, 0, ""]


@pytest.mark.slow
@in_browser
def test_a_hostile_package_gives_a_page_that_does_nothing(opened: Opener) -> None:
    with opened(small()) as tab:
        assert tab.evaluate("typeof hacked") == "undefined"
        assert tab.locator("script").count() == 1
        assert tab.locator("img, iframe, object, embed, base").count() == 0
        assert tab.title() == HOSTILE
        assert HOSTILE in tab.inner_text("h1")
