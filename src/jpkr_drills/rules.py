"""Every rule that ``validate`` can report: its name, the engine that owns it, what it asks, how to mend.

Rule names are part of the interface: they change only with a line in the changelog.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ENGINES = (
    "descriptor",
    "integrity",
    "frictionless",
    "pydantic",
    "jsonschema",
    "references",
    "meaning",
    "agreement",
    "article",
)
"""The engines, in the order of the report."""

BUILD = "run `jpkr-drills build` to write the generated files again"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: ``asks`` says what must hold, ``mend`` what to do where it doesn't."""

    name: str
    engine: str
    asks: str
    mend: str


def _rules(engine: str, table: str) -> list[Rule]:
    """Read ``name | asks | mend`` lines."""
    rows = (line.split("|") for line in table.strip().splitlines())
    return [Rule(name.strip(), engine, asks.strip(), mend.strip()) for name, asks, mend in rows]


_ALL = [
    *_rules(
        "descriptor",
        f"""
descriptor-missing | The package has a `datapackage.json` at its top. | {BUILD}, or give the folder that holds datapackage.json
descriptor-not-json | The descriptor is one JSON object in UTF-8, without duplicate keys. | mend the JSON at the place named
descriptor-required | The descriptor has every property that a package of this kind needs. | add the property
descriptor-unknown-property | The descriptor has no property that this kind of package doesn't know; a misspelt one would be ignored in silence. | remove the property, or mend its spelling
descriptor-value | Every property of the descriptor has the right type and form. | give the property a value of the form named
descriptor-source | Exactly one of the sources is the coded article and gives its hash and length, which can be true. | give `sha256`, `bytes` and `characters` of the article's file to its source, listed once, and to no other
resource-missing | Every table and `data/dataset.json` is declared as a resource. | {BUILD}
resource-duplicate | No two resources share a name or a path, nor folders of them a name that differs in case alone. | remove one of them
resource-path | A resource's path stays inside `data/`: relative, without `..`, not a URL. | give a path such as data/notes.csv; nothing is ever fetched
resource-format | The format of a resource is the ending of its path. | give the format that the file has, or the path its ending
resource-differs | A resource of this format is declared exactly as the models generate it. | {BUILD}
schema-missing | Every generated schema is in `schemas/`. | {BUILD}
schema-differs | Every schema says what the installed models say. | {BUILD}; if the package was made by another version, validate it with that version
""",
    ),
    *_rules(
        "integrity",
        f"""
zip-unreadable | A zip package is a readable zip archive. | make the archive again with `jpkr-drills export`
zip-unsafe | A zip package has no duplicate (upper and lower case aside), absolute, linked, encrypted, nested-out or oversized entry, none that nobody may read or that has a second name, and no name that some system can't hold. | make the archive again with `jpkr-drills export`
file-missing | Every declared file is there. | restore the file, or remove it from the descriptor
file-unreadable | Every declared file is a regular file that can be read. | put a readable regular file in its place
file-outside | No file or folder of the package is a link. | replace the link with the file or folder itself
file-too-large | No file is larger than its limit, nor all of its kind together. | split the data into several packages
file-undeclared | No file lies in `data/` or `schemas/` that the descriptor doesn't know. | remove the file, or declare it as a resource and run `jpkr-drills build`
hash-mismatch | Every file has the SHA-256 that the descriptor gives. | if the change is meant, {BUILD}; if not, restore the file
size-mismatch | Every file has the size in bytes that the descriptor gives. | {BUILD}
csv-empty | A CSV file has a header row. | restore the header row
csv-bom | A CSV file doesn't start with a byte-order mark. | save the file as UTF-8 without BOM
csv-encoding | A CSV file is valid UTF-8. | save the file as UTF-8
csv-line-ending | Lines end with LF alone. | save the file with Unix line endings
csv-control-character | No line holds a control character. | remove the character
csv-final-newline | The last line ends with LF. | add a newline at the end of the file
csv-line-too-long | No line is longer than the limit. | shorten the cell
csv-header | The header row names the table's columns, in their order. | use the header row named in the message
csv-blank-line | No line is blank. | remove the line
csv-row-width | Every row has as many cells as the header. | add or remove cells; quote a cell that holds a comma
csv-quoting | Quotes are closed, and nothing stands between a closing quote and the comma. | close the quote; double a quote inside a quoted cell; no cell spans lines
csv-not-canonical | A cell is quoted only where it must be. | write the line as the message gives it
text-not-nfc | Text is in Unicode normalization form C. | replace the text with its NFC form
text-hidden-character | Text holds no invisible, unassigned or private-use character. | remove the character
text-mixed-script | No word mixes letters of look-alike scripts, or Latin ones with those of any script that isn't written beside them. | type the word again in one script
text-encoding | A further text file is UTF-8, as the descriptor says. | save the file as UTF-8
text-formula | No cell of a further CSV or TSV file starts as a formula that a spreadsheet would run. | start the cell with another character
row-order | Rows stand in ascending order of the primary key, numbers within it by their value. | move the row to its place
json-not-json | `data/dataset.json` is JSON in UTF-8, with finite numbers, bounded depth and no lone surrogates. | {BUILD}
json-duplicate-key | No object of `data/dataset.json` has a key twice. | {BUILD}
json-not-canonical | `data/dataset.json` is laid out as `build` writes it. | {BUILD}
""",
    ),
    *_rules(
        "frictionless",
        """
frictionless | frictionless finds nothing that the other engines don't. | read the message; it is frictionless's own
""",
    ),
    *_rules(
        "pydantic",
        """
required | A column that may not be empty has a value. | fill the cell
type | A number is written the one plain way: digits without leading zeros, signs or spaces. | write the number plainly, such as 42 or 30.0
enum | An enumerated column holds one of its codes. | use one of the codes named
pattern | A value has its column's form. | write the value in the form named
minimum | A number isn't below its column's bound. | use a number within the bounds
maximum | A number isn't above its column's bound. | use a number within the bounds
max-length | A text isn't longer than its column allows. | shorten the text
unknown-field | A record has no field that its table doesn't have. | remove the field
missing-field | A record has every field of its table; an empty one is null. | add the field
segment-id-parts | A segment's id is made of its paragraph and sentence. | make id, paragraph and sentence agree
end-after-start | A span ends after it starts. | mend start or end
party-own-parent | A party isn't its own parent. | name another parent, or leave the cell empty
coordinates-in-pairs | Latitude and longitude are both given or both empty. | give both, or empty both
coordinates-have-basis | Coordinates have a basis, and a basis has coordinates. | set coordinate_basis to none where there are no coordinates, and to their basis where there are
date-fits-basis | A date is given exactly where its basis is calendar. | empty the date, or set date_basis to calendar if the article gives a calendar expression
date-expression-fits-basis | The article's phrase is given exactly where there is a basis. | empty date_expression where date_basis is not_stated, fill it elsewhere
date-interval-order | An interval's end isn't before its start, nor the same. | swap the ends, or give the one date
event-related-to-itself | An event isn't related to itself. | name another event
claim-id-segment | A claim's id starts with its segment's id. | make claim_id and segment_id agree
claim-related-to-itself | A claim isn't related to itself. | name another claim
tension-has-note | A tension between claims has a note. | say in the note what the tension is
mention-id-segment | A mention's id starts with its segment's id. | make mention_id and segment_id agree
surface-fits-span | A mention's surface is as long as its span. | make surface, start and end agree
mention-of-one | A mention refers to one party or one place. | fill exactly one of party_id and place_id
""",
    ),
    *_rules(
        "references",
        """
duplicate-key | No two rows share a primary key. | remove one of the rows, or give it its own id
duplicate-value | No two rows share a value that must be unique. | make the values differ
foreign-key | An id that points to another table is there. | use an id of that table, or add the row there
""",
    ),
    *_rules(
        "meaning",
        """
segments-present | The article has at least one segment. | give data/segments.csv the sentences of the article
segments-in-order | Segments follow each other in the text and don't overlap. | mend start and end of the segment
segments-numbered | Segments are numbered without a gap: the next sentence, or the first of the next paragraph. | number the segments as they follow each other, or add the one left out
segment-has-claim | Every segment makes at least one claim. | code the sentence's claims
claim-inside-segment | A claim's span lies inside its segment. | mend start and end of the claim
mention-inside-segment | A mention's span lies inside its segment. | mend start and end of the mention
span-outside-article | A span ends inside the article, whose length the descriptor gives. | mend start and end
hash-fits-span | Where two segments or claims have the same span they have the same hash, and no hash is that of nothing. | mend start, end or sha256 of the one that is wrong
spans-told-apart | Three claims or more of a sentence don't all stand in the same words. | mark the shortest stretch that carries each claim
mention-once | No span has two mentions of the same party or place. | remove one of the mentions
mentions-nest | Of two mentions one lies inside the other, or they don't touch. | mend start and end of the mention
collective-of-several | Words that stand for several parties or places have a row for each, all of the form collective, and only they. | add the other rows, or choose another form
form-fits-surface | A pronoun has the form pronoun, and no other word with a capital letter has it; a name, capital or demonym has a capital letter (in scripts that have them), a capital stands for a state, a demonym for none but a state, grouping or place. | choose the form that fits the surface
name-of-one | The same name refers to the same party or place throughout; a capital may be a place and, where it stands for a state, that state. | mend the party or place, or mark a longer phrase that tells the two apart
surface-one-form | The same words for the same party or place have one form. | choose the form that fits all of them
name-alone | A name is marked without an article, the party's title or a possessive. | mark the name alone
name-as-mentioned | A name has a word of the names by which the article mentions it. | use the article's name, or mend party_id and place_id of its mentions
names-told-apart | No two names, titles or descriptions of events differ in case, articles and punctuation alone. | say what sets them apart, or remove one
id-of-one-table | A party, a place and an event don't share an id. | give one of them another id
party-supported | Every party has a claim about or by it, or a mention. | add the claim or mention that supports it, or remove the party
place-supported | Every place has a mention. | add the mention that supports it, or remove the place
event-supported | Every event has a claim about it. | link the claims that speak about it in claim_events, or remove the event
event-party-in-claim | An event's parties are among those that its claims speak about. | add the party to claim_parties of a claim about the event, or remove it from the event
event-place-mentioned | An event's place is mentioned in a sentence with a claim about the event. | mend the place, or the claim's events
speaker-in-sentence | Whoever speaks or relays a claim is mentioned in its sentence. | mend the party, or add the mention
attributed-has-speaker | An attributed claim has a speaker, and only an attributed claim has one. | mend voice, or the speakers in claim_parties
unclear-beside-attributed | An unclear claim stands in a sentence with an attributed one, whose source's reach is in doubt. | set voice to article or attributed
presupposed-is-certain | What the wording takes for granted is certain. | set certainty to certain, or explicitness to asserted
relay-has-speaker | A claim that is relayed has a speaker. | add the speaker, or make the relay the speaker
relay-is-not-speaker | Whoever relays a claim is not its speaker. | keep one of the two roles
relay-is-media | Only a medium relays a claim. | use relayed_by for media alone
planned-has-not-happened | No claim says that an act happened whose events are all still planned or expected. | mend the event's status or the claim's type
plan-is-to-come | A plan is about an event that isn't over, if about any. | mend claim_type, or the event's status
named-party-is-about | A party that the statement names is one that the claim is about, or has a party that is. | add the party to claim_parties as about
claim-once | No two claims have the same statement and the same speakers. | say in the statement what sets the claims apart, or remove one
event-claim-has-event | A claim that an act happened is linked to at least one event. | link the event in claim_events, or choose another claim_type
claim-has-subject | Every claim is about a party or an event, or names a place. | link the party or event the claim speaks about
statement-stands-alone | A statement has no pronoun: it reads without its neighbours. | name what the pronoun stands for
statement-without-hedge | A statement has no hedge and no source: certainty and voice hold them. | state the proposition itself
statement-is-one-sentence | A statement is one plain sentence, without semicolon, question or exclamation mark. | split the claim
will-is-to-come | A statement with *will* is neither event nor state. | set claim_type to plan, or mend the statement
sentence-has-words | A sentence has three words or more, starts with no small letter and isn't all capitals. | write the sentence out
text-typography | No text has a word or mark twice in a row, a space before a mark, or a bracket or quote alone. | mend the text
text-damaged | No text holds markup, escapes or UTF-8 read as Windows-1252. | type the text again, without markup
polarity-fits-statement | A negative claim has its negation in the statement, and a positive one has none. | mend polarity, or word the statement to fit it
missing-is-empty | No cell holds a word that stands in for a missing value. | empty the cell, or fill it
relation-has-no-cycle | Directed relations don't run in a circle: each kind by itself, restates and elaborates together, and those that put events in the order of time. | remove or turn one of the relations
symmetric-once | A relation that reads the same both ways is stored once, the smaller id first. | swap the ids, or remove the second row
relation-once | Two claims, or two events, are joined by one relation at most. | keep the relation that fits best
restates-same-polarity | A claim restates a claim of the same polarity. | use in_tension_with, or mend the polarity
restates-same-type | A claim restates a claim of the same type. | use elaborates, or mend claim_type
restates-same-subject | A claim restates one that it shares a party or event with. | mend the relation, or what the claims are about
relation-refers-back | What restates or elaborates comes later in the text than what it restates or elaborates. | swap the two ids
restated-not-in-tension | Claims that restate the same are not in tension. | remove the tension, or a restatement
explains-by-reason | What explains is a cause or a purpose. | use elaborates, or mend claim_type
relation-fits-events | A relation between events fits their types, status and extent. | mend the relation, or the events
relation-fits-dates | Where both events of a relation are dated, the one that must come first doesn't start later. | mend the relation, or the dates
status-fits-claims | A planned or expected event has a claim that is a plan, and any other has one that isn't. | mend the event's status, or the claims' types
role-fits-event | Only a statement has an issuer, and no actor; an office has a person for its actor, and no other role. | mend the role, or event_type
roles-agree | Who is the actor of an event is not also affected, participant or recipient. | keep the role that the article gives
role-has-counterpart | A recipient stands beside an actor or issuer, and a facilitator beside others who are helped. | add the counterpart, or mend the role
statement-fits-parties | Who announces an event has a part in it, or nobody is named; who reports one has none. | mend the relation, or the parties
relation-fits-place | An event is at a facility or locality; it is in or around any other place. | use in or around
event-place-once | An event and a place are joined by one relation at most. | keep the relation that fits best
date-in-expression | Date and phrase name the same years, the phrase names a month, and a number for a day, that the date gives, and a doubt; since gives a start and until an end; and a phrase that names a year is not relative. | mend date, date_basis or date_expression
date-fits-status | An event without end is not over: occurred or halted. | give the date its end, or mend status
to-come-is-later | A planned or expected event doesn't end before one that has occurred starts. | mend the dates, or the status
relation-fits-status | What is to come doesn't come before what has begun, make up or stand alongside what is over, or consist of what has begun. | mend the relation, or a status
cameo-known | A CAMEO code is one of the manual. | mend the code, or empty the cell
cameo-fits-plover | CAMEO root and PLOVER type code the same act. | mend cameo or plover
cameo-fits-event | The event's type and status can carry its CAMEO code: what hasn't happened is intent (03). | mend cameo, event_type or status
parent-has-no-cycle | Parent parties don't run in a circle. | mend parent_party_id
parent-is-body | A party belongs to a state or an organised body, not to a person or an unnamed group. | mend parent_party_id
country-known | A country code is one that ISO 3166-1 assigns. | mend the code, or empty the cell
state-has-country | A state whose parties have a country has it too. | give the state its code
country-fits-parent | A party has the country of its parent. | mend country or parent_party_id
country-of-one-state | A country code belongs to one state. | mend country
title-of-person | Only a person has a title. | empty the title, or mend party_type
identifier-has-name | A Wikidata id or a pair of coordinates is given only to what the article names. | empty the identifier, or add the mention that names it
wikidata-once | A Wikidata id stands for one party or place. | mend the id
coordinates-once | No two places have the same coordinates, and none 0, 0. | mend latitude and longitude, or empty them
basis-fits-place | Only a facility or locality is a point. | set coordinate_basis to centroid or bounding_box, whichever the coordinates are
codelist-known | A codelist is named after an enumerated column. | mend the codelist's name
codes-told-apart | No two codes of a codelist share a title or definition. | say what sets the codes apart
code-known | A code in `codes` is one of its column. | remove the row, or mend the code
codes-complete | `codes` defines every code of every enumerated column. | add the code's row
""",
    ),
    *_rules(
        "article",
        """
article-differs | The file given is the article that the descriptor names: its SHA-256, bytes and characters. | give the article's own file, unchanged
article-encoding | The file given is UTF-8. | give the article's own file, unchanged
segment-hash | A segment's hash is that of the article's text at its position. | mend start, end or sha256
span-cuts-word | A span holds a word, and starts and ends at the edge of one, without white space or, but for a sentence's own, a mark that parts. | mend start and end
segments-cover-article | Between segments there is nothing but white space. | mend start and end, or add the segment that is missing
segments-fit-lines | A paragraph starts where the article starts a line (after a blank line, where lines are broken to a width), and no segment runs over its end. | mend paragraph, sentence and the span
claim-hash | A claim's hash is that of the article's text at its position. | mend start, end or sha256
mention-surface | A mention's surface is the article's text at its position. | mend surface, start or end
date-expression-in-article | An event's phrase for when stands, in whole words, in a sentence with a claim about the event, and is no name. | write the phrase as the article does
mention-missing | A name that is a mention anywhere, or the name of a party or place, is a mention wherever it stands, but in the name of a treaty or another text; a month is none. | add the mention to data/mentions.csv
copied-words | No cell, text of the descriptor or other file of the package repeats eight words of the article in a row, titles excepted; nor in markup, escapes, look-alike letters or words that are broken or run together. | say it in other words
""",
    ),
    *_rules(
        "agreement",
        f"""
csv-json-value | A CSV cell and its counterpart in `data/dataset.json` say the same. | {BUILD}
csv-json-record | The CSV and `data/dataset.json` have the same records. | {BUILD}
csv-json-order | The records of `data/dataset.json` stand in the order of the CSV. | {BUILD}
codebook-differs | The generated blocks of `data/CODEBOOK.md` hold what the tables and the installed models say. | {BUILD}; if the package was made by another version, validate it with that version
csv-json-table | `data/dataset.json` has exactly the tables of the package. | {BUILD}
""",
    ),
]

RULES: Mapping[str, Rule] = {rule.name: rule for rule in _ALL}
"""Rule name to rule."""
