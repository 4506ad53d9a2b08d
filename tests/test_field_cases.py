"""Legitimate data that people have: taken without an error, and messages that help where it is an error.

Each case is one change of a plain package. *Accepted* is no error and no advice, *advice* no error.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from coding import Coding
from helpers import command, write_json
from jpkr_drills.build import build
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.model.vocabularies import LISTS
from jpkr_drills.report import Report
from jpkr_drills.validator import OWN_ENGINES, report
from tables import Change, put

ACCEPTED, ADVICE = "accepted", "advice"


def plain(
    name: str = "Harlow Foods",
    when: str = "on Monday",
    person: str = "Dana Wright",
    headline: str = "{name} Opens a Site",
    extra: dict[str, str] | None = None,
    ends: str = "\n",
    said: str = "Chief Executive {person} said the site would create jobs.",
) -> Coding:
    """The plain package: a firm opens a site, and its head speaks of jobs."""
    sentences = {
        "p0s1": headline.format(name=name),
        "p1s1": f"{name} opened a site in Kirkby {when}.",
        "p1s2": said.format(person=person),
        "p2s1": "Neighbours welcomed the site.",
        **(extra or {}),
    }
    text, before = "", "0"
    for key, words in sentences.items():
        paragraph = key[1:].partition("s")[0]
        text += words if not text else (" " if paragraph == before else ends * 2) + words
        before = paragraph
    made = Coding(text + ends, sentences)
    for party in (
        ("org", name, "grouping", "", "", "", "", "The firm that opens the site."),
        ("person", person, "person", "org", "", "Chief Executive", "", "The head of the firm."),
        ("neighbours", "Neighbours", "public", "", "", "", "", "Those who live by the site."),
    ):
        made.add("parties", **dict(zip(columns("parties"), party, strict=True)))
    made.add("places", place_id="kirkby", name="Kirkby", place_type="locality", coordinate_basis="not_given")
    event = dict.fromkeys(columns("events"), "")
    opening = {"event_id": "opening", "title": "Opening of the site", "event_type": "cooperation"}
    remarks = {"event_id": "remarks", "title": "Remarks on jobs", "event_type": "statement"}
    told = {"status": "occurred", "extent": "single", "date_basis": "not_stated", "description": "It is told."}
    made.add("events", **{**event, **told, **opening, "date_expression": when, "date_basis": "relative"})
    made.add("events", **{**event, **told, **remarks, "description": "The head speaks."})
    made.add("event_parties", event_id="opening", party_id="org", role="actor")
    made.add("event_parties", event_id="remarks", party_id="person", role="issuer")
    made.add("event_places", event_id="opening", place_id="kirkby", relation="in")
    made.claim("p0s1-1", sentences["p0s1"], "The firm starts a site.", "org", "opening")
    made.claim("p1s1-1", sentences["p1s1"][:-1], "The firm began work at a site.", "org", "opening", "kirkby")
    if "said" in said:
        speech = sentences["p1s2"].partition(" said")[0] + " said"
        made.claim("p1s2-1", speech, "The head of the firm spoke.", "person", "remarks")
    else:
        made.claim("p1s2-1", sentences["p1s2"][:-1], "The head of the firm spoke.", "person", "remarks")
    made.claim("p1s2-2", "jobs", "The site will bring work.", "org", "", "", "person", claim_type="plan")
    made.claim("p2s1-1", "Neighbours welcomed", "People like the site.", "neighbours", "opening", claim_type="position")
    made.mention("p0s1-m1", name, "name", "org")
    made.mention("p1s1-m1", name, "name", "org")
    made.mention("p1s1-m2", "Kirkby", "name", "", "kirkby")
    made.mention("p1s2-m1", person, "name", "person")
    made.mention("p2s1-m1", "Neighbours", "description", "neighbours")
    return made


@cache
def _plain() -> Coding:
    return plain()


def found(coding: Coding, tmp_path: Path) -> Report:
    """What our own engines find in the written package, its article at hand."""
    package, article = coding.write(tmp_path)
    return report(package, article=article, only=OWN_ENGINES)


def check(found: Report, wanted: str) -> None:
    """Accepted, advice at most, or an error that says a word."""
    if wanted in (ACCEPTED, ADVICE):
        assert [str(issue) for issue in found.issues] == []
    if wanted == ACCEPTED:
        assert [str(issue) for issue in found.advice] == []
    if wanted not in (ACCEPTED, ADVICE):
        assert found.issues
        assert any(wanted in f"{issue.message} {issue.hint}" for issue in found.issues), found.issues


def test_the_plain_package_is_accepted(tmp_path: Path) -> None:
    check(found(_plain().copy(), tmp_path), ACCEPTED)


def test_the_witnesses_accept_the_plain_package_too(tmp_path: Path) -> None:
    package, article = _plain().copy().write(tmp_path)
    check(report(package, article=article), ACCEPTED)


# --- files as other programs leave them ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["data/.DS_Store", "data/.~lock.parties.csv#", "data/~$parties.csv"])
def test_files_left_by_programs_are_no_error(package: Path, name: str) -> None:
    (package / name).write_bytes(b"x")
    check(report(package, only=["integrity"]), ADVICE)


def _as_r_writes(content: bytes) -> bytes:
    """The header and every text quoted, numbers and empty cells not."""
    lines = []
    for number, row in enumerate(csv.reader(io.StringIO(content.decode()))):
        cells = [
            cell if number and (not cell or cell.replace(".", "").replace("-", "").isdigit()) else f'"{cell}"'
            for cell in row
        ]
        lines.append(",".join(cells))
    return ("\n".join(lines) + "\n").encode()


def test_tables_written_by_r_are_one_issue_a_file(tmp_path: Path) -> None:
    package, _ = _plain().copy().write(tmp_path)
    for table in TABLES:
        place = package / f"data/{table}.csv"
        place.write_bytes(_as_r_writes(place.read_bytes()))
    issues = report(package, only=["integrity"]).issues
    told = [issue for issue in issues if issue.rule not in ("hash-mismatch", "size-mismatch")]
    assert {issue.rule for issue in told} == {"csv-not-canonical"}
    assert sorted(issue.file for issue in told) == sorted(f"data/{table}.csv" for table in TABLES)


def test_build_says_how_to_get_the_canonical_form(tmp_path: Path) -> None:
    package, _ = _plain().copy().write(tmp_path)
    place = package / "data/parties.csv"
    place.write_bytes(_as_r_writes(place.read_bytes()))
    _, issues = build(package)
    assert issues == [] or "jpkr-drills fmt" in issues[0].hint


def test_a_code_that_was_read_as_a_number_is_named(tmp_path: Path) -> None:
    coding = _plain().copy()
    package, article = coding.write(tmp_path)
    coding.set("events", "remarks", cameo="42.0", plover="CONSULT")
    (package / "data/events.csv").write_bytes(coding.files()["data/events.csv"])
    found = report(package, article=article, only=["pydantic"])
    check(found, "leading zero")
    check(found, "column is text")


@pytest.mark.parametrize("where", ["packages/drills", "tools"])
def test_github_finds_the_file_from_the_top_of_the_repository(tmp_path: Path, where: str) -> None:
    (tmp_path / "packages").mkdir()
    (tmp_path / "tools").mkdir()
    package, _ = _plain().copy().write(tmp_path)
    package = package.rename(tmp_path / "packages" / "drills")
    events = package / "data/events.csv"
    events.write_bytes(events.read_bytes().replace(b",occurred,", b",occured,", 1))
    given = "." if where == "packages/drills" else "../packages/drills"
    done = command(
        *("validate", given, "--format", "github", "--fast"),
        cwd=tmp_path / where,
        GITHUB_WORKSPACE=str(tmp_path),
    )
    assert done.returncode == 1
    assert "::error file=packages/drills/data/events.csv,line=2," in done.stdout


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["contributors"][0].update(organization="A house"),
        lambda said: said["contributors"][0].update(email="a@example.org"),
        lambda said: said.update(created="2024-05-01T00:00:00Z"),
        lambda said: said.update(image="images/drills.png"),
        lambda said: said["sources"][0].update(email="a@example.org"),
        lambda said: said["licenses"][0].update(title="A licence"),
    ],
)
def test_what_data_package_knows_is_accepted(tmp_path: Path, change: Callable[[object], object]) -> None:
    coding = _plain().copy()
    coding.descriptor["contributors"] = [{"title": "Somebody"}]
    package, _ = coding.write(tmp_path)
    said = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    change(said)
    write_json(package / "datapackage.json", said)
    check(report(package, only=["descriptor", "jsonschema"]), ACCEPTED)


# --- codes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cameo", "plover", "kinds"),
    [
        *((cameo, "RETREAT", ["agreement"]) for cameo in ("0871", "0874", "0841", "085")),
        *((cameo, "COERCE", ["suspension"]) for cameo in ("191", "192", "163")),
        *((cameo, "ASSAULT", ["attack"]) for cameo in ("1712", "175", "190", "183", "202")),
        ("091", "ACCUSE", ["investigation"]),
        ("173", "COERCE", ["arrest"]),
        ("141", "PROTEST", ["protest"]),
        ("115", "ACCUSE", ["trial"]),
        ("030", "AGREE", ["agreement"]),
        ("040", "CONSULT", ["meeting"]),
        ("051", "SUPPORT", ["statement"]),
        ("060", "COOPERATE", ["cooperation"]),
        ("070", "AID", ["aid"]),
        ("080", "CONCEDE", ["agreement"]),
        ("100", "REQUEST", ["statement"]),
        ("120", "REJECT", ["statement"]),
        ("130", "THREATEN", ["statement"]),
        ("150", "MOBILIZE", ["military_presence"]),
        ("160", "SANCTION", ["measure"]),
    ],
)
def test_codes_of_the_plover_table_are_accepted(tmp_path: Path, cameo: str, plover: str, kinds: list[str]) -> None:
    coding = _plain().copy()
    for kind in kinds:
        coding.set("events", "opening", cameo=cameo, plover=plover, event_type=kind)
        if kind == "statement":
            coding.set("event_parties", "opening/org/actor", role="issuer")
    check(found(coding, tmp_path), ACCEPTED)


def test_every_plover_type_has_a_case() -> None:
    pairs = test_codes_of_the_plover_table_are_accepted.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {plover for _, plover, _ in pairs} == set(LISTS["plover"].codes)


@pytest.mark.parametrize(
    ("codelist", "wanted"),
    [
        ("party_type", "company political_party armed_group organization intergovernmental_organization court other"),
        ("place_type", "river lake mountain island country locality other"),
        ("status", "cancelled called_for alleged"),
        ("event_type", "election attack arrest trial transaction competition disaster protest other"),
    ],
)
def test_ordinary_news_has_a_code(codelist: str, wanted: str) -> None:
    assert set(wanted.split()) <= set(LISTS[codelist].codes)


# --- the article's characters --------------------------------------------------------------------------------


def test_an_article_with_crlf_is_accepted_and_its_other_line_ends_are_named(tmp_path: Path) -> None:
    coding = plain(ends="\r\n")
    check(found(coding, tmp_path), ACCEPTED)
    other = report(tmp_path / "package", article=_file(tmp_path / "lf.txt", coding.text.replace("\r\n", "\n")))
    assert len(other.issues) == 1
    check(other, "line ends")


def _file(place: Path, text: str) -> Path:
    place.write_bytes(text.encode())
    return place


def test_an_emoji_counts_as_one_character(tmp_path: Path) -> None:
    coding = plain(headline="{name} Opens a Site \U0001f389")
    check(found(coding, tmp_path), ACCEPTED)


def test_offsets_in_utf_16_are_refused(tmp_path: Path) -> None:
    coding = plain(headline="{name} Opens a Site \U0001f389")
    for table in ("segments", "claims", "mentions"):
        for row in coding.rows(table):
            for edge in ("start", "end"):
                row[edge] = str(len(coding.text[: int(row[edge])].encode("utf-16-le")) // 2)
    package, article = tmp_path / "package", tmp_path / "article.txt"
    (package / "data").mkdir(parents=True)
    for name, content in coding.files().items():
        (package / name).write_bytes(content)
    article.write_bytes(coding.text.encode())
    rules = {issue.rule for issue in report(package, article=article, only=["article"]).issues}
    assert {"segment-hash", "claim-hash", "mention-surface"} <= rules


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ine\u0302s Tarrow", "In\u00eas Tarrow"),
        ("Dana\u00a0Wright", "Dana Wright"),
        ("Dana Wri\u00adght", "Dana Wright"),
        ("Coca\u2011Cola", "Coca-Cola"),
        ("\u202eDana Wright", "Dana Wright"),
        ("@dana", "dana"),
        ("+Dana", "Dana"),
        ("दाना राइट", "Dana"),
    ],
)
def test_a_name_is_taken_as_the_article_writes_it(tmp_path: Path, name: str, other: str) -> None:
    coding = plain(person=name)
    check(found(coding, tmp_path / "1"), ACCEPTED)
    coding.set("parties", "person", name=other)
    check(found(coding, tmp_path / "2"), ADVICE)
    if len(name) == len(other):
        coding.set("mentions", "p1s2-m1", surface=other)
        check(found(coding, tmp_path / "3"), "as the article has it")


def test_a_surface_without_the_characters_that_cannot_be_seen_is_told_what_to_do() -> None:
    coding = plain(person="Dana Wri\u00adght")
    coding.set("mentions", "p1s2-m1", surface="Dana Wright")
    (issue,) = coding.package().tables["mentions"].issues
    assert issue.rule == "surface-fits-span"
    assert "as the article has it" in f"{issue.message} {issue.hint}"


def test_a_phrase_for_when_is_taken_as_the_article_writes_it(tmp_path: Path) -> None:
    coding = plain(when="on 5\u00a0May 2024")
    coding.set("events", "opening", date="2024-05-05", date_basis="calendar")
    check(found(coding, tmp_path), ACCEPTED)


# --- names and mentions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["capital", "name"])
@pytest.mark.parametrize(
    ("seat", "name", "kind"),
    [
        ("Brussels", "European Union", "grouping"),
        ("Brussels", "NATO Council", "grouping"),
        ("Washington", "US Congress", "government_body"),
        ("Downing Street", "British cabinet", "government_body"),
        ("Erbil", "Kurdistan Region", "government_body"),
    ],
)
def test_a_seat_stands_for_who_sits_there(tmp_path: Path, seat: str, name: str, kind: str, form: str) -> None:
    coding = plain(name=seat, headline="{name} Opens an Inquiry")
    coding.set("parties", "org", name=name, party_type=kind)
    for mention in ("p0s1-m1", "p1s1-m1"):
        coding.set("mentions", mention, form=form)
    check(found(coding, tmp_path), ACCEPTED if form == "capital" else ADVICE)


@pytest.mark.parametrize(
    "sentence", ["The Bank of China cut rates.", "Air China cut fares.", "Ships crossed the South China Sea."]
)
def test_a_name_inside_a_name_is_no_mention(tmp_path: Path, sentence: str) -> None:
    coding = plain(name="China", extra={"p3s1": sentence})
    coding.set("parties", "org", party_type="state")
    coding.claim("p3s1-1", sentence[:-1], "Something else took place.", "neighbours", claim_type="state")
    check(found(coding, tmp_path), ACCEPTED)


@pytest.mark.parametrize(
    "name",
    [
        *["United Nations Office for the Coordination of Humanitarian Affairs"],
        *["International Federation of Red Cross and Red Crescent Societies"],
        *["Office of the United Nations High Commissioner for Refugees"],
        *["Ministry of Foreign Affairs of the Republic of Kazakhstan"],
        *["American Federation of State, County and Municipal Employees"],
        *["Intercontinental Association for Sustainable Aquaculture Research"],
    ],
)
def test_a_long_name_is_a_name(tmp_path: Path, name: str) -> None:
    check(found(plain(name=name), tmp_path), ACCEPTED)


@pytest.mark.parametrize(
    ("sentence", "words", "form"),
    [
        ("IT cut jobs.", "IT", "name"),
        ("He met the mayor.", "He", "name"),
        ("Each signed a note.", "Each", "pronoun"),
        ("Both signed a note.", "Both", "pronoun"),
        ("Neither signed a note.", "Neither", "pronoun"),
        ("Others signed a note.", "Others", "pronoun"),
    ],
)
def test_no_list_of_words_says_what_a_mention_is(tmp_path: Path, sentence: str, words: str, form: str) -> None:
    coding = plain(extra={"p3s1": sentence})
    coding.claim("p3s1-1", sentence[:-1], "Something else took place.", "org", "opening")
    coding.mention("p3s1-m1", words, form, "org")
    check(found(coding, tmp_path), ACCEPTED)


# --- who says it, and lines that say nothing ---------------------------------------------------------------------


@pytest.mark.parametrize(("voice", "wanted"), [("attributed", ACCEPTED), ("unclear", ADVICE)])
def test_a_quotation_runs_on_without_its_speaker(tmp_path: Path, voice: str, wanted: str) -> None:
    coding = plain(
        said="“The site will create jobs,” {person} said.", extra={"p1s3": "“The town will gain a bus line.”"}
    )
    speaker = "person" if voice == "attributed" else ""
    plan = {"claim_type": "plan", "voice": voice}
    coding.sentences = {key: coding.sentences[key] for key in ("p0s1", "p1s1", "p1s2", "p1s3", "p2s1")}
    made = _in_order(coding)
    made.claim("p1s3-1", "The town will gain a bus line.", "Buses will come.", "neighbours", "", "", speaker, **plan)
    check(found(made, tmp_path), wanted)


def _in_order(coding: Coding) -> Coding:
    """The same coding of the text with its sentences in their order: spans are found again."""
    paragraphs: dict[str, list[str]] = {}
    for key, words in coding.sentences.items():
        paragraphs.setdefault(key[1:].partition("s")[0], []).append(words)
    made = coding.copy()
    made.text = "\n\n".join(" ".join(words) for words in paragraphs.values()) + "\n"
    for table in ("segments", "claims", "mentions"):
        for row in made.rows(table):
            words = coding.text[int(row["start"]) : int(row["end"])]
            span = made.span(row["segment_id"], words)
            row.update({key: value for key, value in span.items() if key in row})
    return made


def test_a_report_without_a_source_can_be_coded(tmp_path: Path) -> None:
    coding = plain(extra={"p3s1": "The talks were said to have ended early."})
    coding.claim("p3s1-1", "to have ended early", "The talks ended early.", "", "opening", voice="unclear")
    check(found(coding, tmp_path), ACCEPTED)


@pytest.mark.parametrize(
    "line",
    [
        *["By Dana Wright", "So what happens next?", "Read more: Jobs in Kirkby", "“Wow!”"],
        *["(Reporting by Dana Wright; editing by Lee Poole)", "The background"],
    ],
)
def test_a_line_that_says_nothing_needs_no_claim(tmp_path: Path, line: str) -> None:
    coding = plain(extra={"p3s1": line})
    for words, party, place in (("Dana Wright", "person", ""), ("Kirkby", "", "kirkby")):
        if words in line:
            coding.mention("p3s1-m1", words, "name", party, place)
    check(found(coding, tmp_path), ADVICE)


# --- times -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "date", "basis", "wanted"),
    [
        ("in the 2023-24 season", "2023/2024", "calendar", ACCEPTED),
        ("in the 2023–24 season", "2023/2024", "calendar", ACCEPTED),
        ("in 2023/24", "2023/2024", "calendar", ACCEPTED),
        ("in May ’68", "1968-05", "calendar", ACCEPTED),
        ("on 3/15/24", "2024-03-15", "calendar", ACCEPTED),
        ("from 2023 to 2024", "2023/2024", "calendar", ACCEPTED),
        ("in Q1 2025", "2025-01/2025-03", "calendar", ACCEPTED),
        ("in the 1990s", "199X", "calendar", ACCEPTED),
        ("in spring 2024", "2024-21", "calendar", ACCEPTED),
        ("in 44 BC", "-0043", "calendar", ACCEPTED),
        ("on 7 October", "XXXX-10-07", "calendar", ACCEPTED),
        ("on 7 October", "2023-10-07", "calendar", ADVICE),
        ("on Jan. 6", "2021-01-06", "calendar", ADVICE),
        ("on 7 October", "", "relative", ACCEPTED),
        ("at 9 a.m. on 15 March 2024", "2024-03-15", "calendar", ACCEPTED),
        ("at 09:30 GMT on 15 March 2024", "2024-03-15", "calendar", ACCEPTED),
        ("on the night of 3-4 March 2024", "2024-03-03/2024-03-04", "calendar", ACCEPTED),
        ("in the first of two votes in 2024", "2024", "calendar", ACCEPTED),
        ("on Friday, March 15, 2024", "2024-03-15", "calendar", ACCEPTED),
    ],
)
def test_a_phrase_for_when_has_its_date(tmp_path: Path, phrase: str, date: str, basis: str, wanted: str) -> None:
    coding = plain(when=phrase)
    coding.set("events", "opening", date=date, date_basis=basis)
    check(found(coding, tmp_path), wanted)


# --- the words of a statement --------------------------------------------------------------------------------------


def _statement(text: str, kind: str = "event", polarity: str = "positive") -> Change:
    return put("claims", "p1s1-1", statement=text, claim_type=kind, polarity=polarity)


@pytest.mark.parametrize(
    ("statement", "kind", "wanted"),
    [
        # names that look like pronouns; pronouns that stand for nothing outside
        ("He Weilan met Ann Lee in Geneva.", "event", ADVICE),
        ("She Marlow won a prize.", "event", ADVICE),
        ("The IT department was closed.", "event", ADVICE),
        ("Her Majesty's Treasury cut the tax.", "event", ADVICE),
        ("Your Party held a conference.", "event", ADVICE),
        ("Our World in Data published the figures.", "event", ADVICE),
        ("The film It earned $700 million.", "event", ADVICE),
        ("It Ends with Us was shown in Lyon.", "event", ADVICE),
        ("This American Life won a prize.", "event", ADVICE),
        ("Ye Jin won a prize.", "event", ACCEPTED),
        ("Us Weekly was sold.", "event", ACCEPTED),
        ("The Who played in Leeds.", "event", ACCEPTED),
        ("Relations are at their lowest point since 1989.", "state", ACCEPTED),
        ("China exports more than it imports.", "state", ACCEPTED),
        ("It is China that sets the price.", "state", ACCEPTED),
        ("Exports have risen this year.", "state", ACCEPTED),
        # words of denial that deny nothing
        ("Smith pleaded not guilty.", "event", ADVICE),
        ("The jury found Smith not guilty.", "event", ADVICE),
        ("The No campaign won the referendum.", "event", ADVICE),
        ("No Labels backed a third candidate.", "event", ADVICE),
        ("Ann Lee is the world No 1.", "state", ADVICE),
        ("A nor'easter hit Boston.", "event", ADVICE),
        ("Not-for-profit hospitals closed wards.", "event", ADVICE),
        ("No fewer than 30 people were killed.", "event", ADVICE),
        ("Parliament voted on whether or not to leave.", "event", ADVICE),
        ("A no confidence motion was tabled.", "event", ADVICE),
        ("Dr No was shown in Cannes.", "event", ADVICE),
        ("Don't Look Up won an award.", "event", ADVICE),
        ("Nothing sold 1 million phones.", "event", ADVICE),
        ("The prize went to none other than Ann Lee.", "event", ADVICE),
        ("The No. 1 seed lost.", "event", ACCEPTED),
        ("The no-fly zone ended.", "event", ACCEPTED),
        ("No fewer than 50 ships are in port.", "state", ACCEPTED),
        # will and could that are no hedge and no future
        ("A handwritten will was found in the couch.", "event", ADVICE),
        ("The court upheld a living will in May.", "event", ADVICE),
        ("Franklin's last will and testament was read.", "event", ADVICE),
        ("The will of the people was done.", "event", ADVICE),
        ("The singer's will named four sons.", "event", ADVICE),
        ("The will of the people counts in Beijing.", "state", ACCEPTED),
        ("Farmers could sell soybeans to China until 2018.", "state", ACCEPTED),
        # what a sentence looks like
        ("mara lindh wrote the book.", "event", ADVICE),
        ("macOS users were hit.", "event", ADVICE),
        ("a16z led the round.", "event", ADVICE),
        ("p53 mutations were found in the samples.", "event", ADVICE),
        ("adidas opened a shop.", "event", ADVICE),
        ("npm was hit by an attack.", "event", ADVICE),
        ("al-Shabaab attacked the base.", "event", ADVICE),
        ("α Arietis is a bright star.", "state", ADVICE),
        ("iPhone sales rose by 5%.", "event", ACCEPTED),
        ("eBay cut jobs.", "event", ACCEPTED),
        ("Prices rose.", "event", ACCEPTED),
        # signs
        ("The .NET Foundation was set up.", "event", ADVICE),
        ("The .gov domain was seized.", "event", ADVICE),
        ("The suspect carried a .38 revolver.", "state", ADVICE),
        ("The player hit .300 in May.", "state", ADVICE),
        ("Rates rose by .25 points.", "event", ADVICE),
        ("The team won 3 : 0.", "event", ADVICE),
        ("En Marche ! was founded.", "event", ADVICE),
        ("The paper „Der Spiegel“ was fined.", "event", ADVICE),
        ("The daily ”Dagens Nyheter” was sold.", "event", ADVICE),
        ("The weekly „Polityka” was sold.", "event", ADVICE),
        ("The note said 1) pay and 2) go.", "state", ADVICE),
        ("The weekly »Profil« was sold.", "event", ACCEPTED),
        ("The daily «Le Monde» was sold.", "event", ACCEPTED),
        ("The daily “El Pais” was sold.", "event", ACCEPTED),
    ],
)
def test_a_statement_may_use_any_word(tmp_path: Path, statement: str, kind: str, wanted: str) -> None:
    coding = _plain().copy()
    _statement(statement, kind)(coding)
    check(found(coding, tmp_path), wanted)


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [
        ("China failed to attend the talks.", ACCEPTED),
        ("The painter left no will when the painter died.", ADVICE),
    ],
)
def test_a_denial_may_use_any_word(tmp_path: Path, statement: str, wanted: str) -> None:
    coding = _plain().copy()
    _statement(statement, polarity="negative")(coding)
    check(found(coding, tmp_path), wanted)


@pytest.mark.parametrize(
    ("language", "statement", "kind"),
    [
        ("pt", "O acordo foi assinado no Brasil.", "event"),
        ("it", "I sindacati hanno firmato il patto.", "event"),
        ("nb", "I går stengte byen broen.", "event"),
        ("de", "Die Not im Tal war groß.", "state"),
        ("de-AT", "Die Ware kommt von dort her.", "state"),
        ("fr", "Le maire a dit : le pont ferme.", "event"),
        ("es", "Todo el pueblo firmó el acuerdo.", "event"),
        ("ja", "協定が結ばれた。", "event"),
        ("hi", "समझौता हुआ।", "event"),
        ("ja", "協定が結ばれた.", "event"),
        ("es", "El acuerdo fue firmado en Lima.", "event"),
        ("ru", "Соглашение было подписано.", "event"),
        ("ar", "تم توقيع الاتفاق.", "event"),
        ("fa", "توافق می\u200cشود.", "event"),
    ],
)
def test_a_statement_may_be_in_any_language(tmp_path: Path, language: str, statement: str, kind: str) -> None:
    coding = _plain().copy()
    coding.descriptor["language"] = language
    _statement(statement, kind)(coding)
    check(found(coding, tmp_path), ACCEPTED)
