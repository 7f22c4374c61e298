import pytest
from django.core.exceptions import ValidationError

from guidance.captions import validate_captions

CUE = "00:01.000 --> 00:04.000\nHej och välkommen."


@pytest.mark.parametrize(
    "text",
    [
        f"WEBVTT\n\n{CUE}\n",
        f"\ufeffWEBVTT - Första besöket\r\n\r\n{CUE}\r\n",
        f"WEBVTT\nKind: captions\nLanguage: sv\n\n{CUE}",
        f"WEBVTT\n\nNOTE Skriven av Alva\n\n1\n{CUE}\n\n2\n00:04.000 --> 00:05.000\n[Skratt]",
        "WEBVTT\n\n00:01.000 --> 01:00:04.000 line:0 position:50%\n<v Alva>Hej</v> <i>du</i>",
        "WEBVTT\n\n00:01.000 --> 00:04.000\nBabblarna & vi",
    ],
)
def test_captions_that_are_taken(text):
    validate_captions(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "WEBVTT"),
        ("1\n00:00:01,000 --> 00:00:04,000\nSrt", "WEBVTT"),
        ("WEBVTTX\n\n" + CUE, "WEBVTT"),
        ("WEBVTT", "inga undertexter"),
        ("WEBVTT\n\nNOTE Bara en anteckning", "inga undertexter"),
        ("WEBVTT\n\n00:01,000 --> 00:04,000\nKomma", "rad 3: Tiderna"),
        (f"WEBVTT\n\n{'9' * 5000}:00:01.000 --> 01:00:04.000\nÅr", "rad 3: Tiderna"),
        ("WEBVTT\n\nHej utan tid", "rad 3: Tiderna"),
        ("WEBVTT\n\nSTYLE\n::cue { color: red }", "rad 3: Tiderna"),
        ("WEBVTT\n\n00:04.000 --> 00:01.000\nBaklänges", "slutar innan"),
        (f"WEBVTT\n\n{CUE}\n\n00:00.500 --> 00:02.000\nFöre", "rad 6: Texten börjar före"),
        ("WEBVTT\n\n00:01.000 --> 00:04.000\n", "ingen text"),
        ("WEBVTT\n\n00:01.000 --> 00:04.000\n<b></b>", "ingen text"),
        ("WEBVTT\n\n00:01.000 --> 00:04.000\n<script>alert(1)</script>", "tecken"),
        ("WEBVTT\n\n00:01.000 --> 00:04.000\nEtt\n00:05.000 --> 00:06.000\nTvå", "tecken"),
    ],
)
def test_captions_that_are_refused(text, said):
    with pytest.raises(ValidationError, match=said):
        validate_captions(text)
