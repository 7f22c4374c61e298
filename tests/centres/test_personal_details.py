"""What may not stand in a stranger's text, and what may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centres.personal_details import holds_identity_number, without_contact_details


@pytest.mark.parametrize(
    "text",
    [
        "811218-9876",
        "8112189876",
        "198112189876",
        "19811218-9876",
        "811218+9876",
        "811218 9876",
        "19 811218-9876",
        "1981-12-18-9876",
        "1981-12-18 9876",
        "81 12 18 9876",
        "81.12.18/9876",
        "811218 – 9876",
        "811218−9876",
        "811218-98 76",
        "811218 9 876",
        "8 1 1 2 1 8 9 8 7 6",
        "1-9-8-1-1-2-1-8-9-8-7-6",
        "8112\u200b18-9876",
        "811218\u00ad-9876",
        "811218\n9876",
        "٨١١٢١٨-٩٨٧٦",
        "８１１２１８－９８７６",
        "Jag heter Eva,811218-9876, och undrar",
        "nr811218-9876x",
        "Ring 1177 811218-9876",
        "2026 811218-9876",
        "701063-2391",  # a coordination number: day 3 plus 60
        "19701063-2391",
        "20000229-1235",  # a leap day
        "81 12 18 98 76",
        "19 81 12 18 98 76",
        "811 218 987 6",
        "8112 18-98 76",
        "811218-98-76",
        "811218:9876",
        "811218, 9876",
        "811218 • 9876",
        "8\ufe0f1\ufe0f1\ufe0f2\ufe0f1\ufe0f8\ufe0f-9876",
        "⑧①①②①⑧-⑨⑧⑦⑥",
        "⁸¹¹²¹⁸-⁹⁸⁷⁶",
    ],
)
def test_identity_number_is_seen(text):
    assert holds_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "811218-9875",  # the check digit is wrong
        "811318-9876",  # no such month
        "811200-9876",  # no such day
        "811292-9876",  # nor with 60 taken away
        "212000-1355",  # the city's organisation number
        "031-365 00 00",
        "031-122 56 78",
        "070-174 06 05",
        "+46 31 365 00 00",
        "0046 70 174 06 05",
        "Öppet 9-12 13-15, fredag 10-12",
        "Öppet 10-12 13-15 17-19",
        "8.30-11.30 12.30-14.30",
        "08:00-16:00 den 2026-11-23",
        "Öppet 2026-11-23 till 2026-12-18",
        "v. 48 49 50 51 52",
        "12345678901234567890",
        "070-118 09 03",  # would be one, were it not a telephone number
        "Stängt 2026-12-10 2026-12-11",
    ],
)
def test_other_numbers_are_no_identity_numbers(text):
    assert not holds_identity_number(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mejla anna.ek+bvc@mail.example i stället", "Mejla *** i stället"),
        ("anna @ mail.example", "***"),
        ("anna(at)mail.example", "***"),
        ("anna at mail.example", "***"),
        ("07 01 74 06 05", "***"),
        ("0 7 0 1 7 4 0 6 0 5", "***"),
        ("anna [at] mail.example svarar", "*** svarar"),
        ("anna snabel-a mail.example", "***"),
        ("ÅSA@EXEMPEL.SE, tack", "***, tack"),
        ("följ @hjallbo", "följ ***"),
        ("Ring 031-365 00 00!", "Ring ***!"),
        ("Ring 031 365 00 00.", "Ring ***."),
        ("tel:0313650000", "tel:***"),
        ("(031) 365 00 00", "***"),
        ("031/3650000", "***"),
        ("031-365-00-00", "***"),
        ("031.365.00.00", "***"),
        ("031 - 365 00 00", "***"),
        ("070-174 06 05 eller 0701740605", "*** eller ***"),
        ("0701-74 06 05", "***"),
        ("0701 74 06 05", "***"),
        ("70 174 06 05", "***"),
        ("701740605", "***"),
        ("+46 (0)31-365 00 00", "***"),
        ("+46701740605", "***"),
        ("0046 31 365 00 00", "***"),
        ("+358 9 1234567", "***"),
        ("08-123 456 78", "***"),
        ("0322-61 70 00", "***"),
        ("Numret är 365 00 00", "Numret är ***"),
        ("Numret är 3650000 nu", "Numret är *** nu"),
        ("٠٣١-٣٦٥ ٠٠ ٠٠", "***"),
        ("031\u2011365\u00a000\u00a000", "***"),
        ("031-365\u200b00\u200b00", "***"),
    ],
)
def test_contact_details_are_removed(text, kept):
    assert without_contact_details(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Öppet 08.00-12.00, inte 09.00-13.00",
        "08:00–16:00",
        "0800-1200",
        "0900-1200 1300-1500",
        "0930-1130 1230-1500",
        "900-1200",
        "830-1130",
        "08-12 13-15",
        "8-12 och 13-15",
        "10-12 13-15 17-19",
        "10.00 12.00-13.00 14.00-15.00",
        "10.00-12.00 00.30",
        "2026-11-23 kl. 9.30",
        "08-16 2026-11-23",
        "20261123",
        "23/11 2026, 24/11 2026",
        "vecka 48-52",
        "Hjällbogatan 12, 424 33 Angered",
        "ring 1177, 112 eller 116 111",
        "0-6 år, 18 mån",
    ],
)
def test_hours_dates_and_addresses_are_kept(text):
    assert without_contact_details(text) == text


@given(st.text(alphabet="0123456789 -+().:/@at\u200b\u202fåx\n", max_size=500))
def test_any_text_is_read_and_none_grows(text):
    holds_identity_number(text)
    kept = without_contact_details(text)
    assert len(kept) <= len(text)
