"""The cards that a family shows to staff, and the six starting points."""

import json

from django.conf import settings

from services.languages import SpokenLanguage

DATA = settings.BASE_DIR / "guidance" / "data"


def test_cards_say_the_same_in_every_language():
    cards = json.loads((DATA / "show_cards.json").read_text())
    assert len({card["slug"] for card in cards}) == len(cards)
    languages = {tuple(card["translations"]) for card in cards}
    assert len(languages) == 1
    assert set(languages.pop()) <= set(SpokenLanguage.values)


def test_every_translation_says_if_it_is_reviewed():
    for card in json.loads((DATA / "show_cards.json").read_text()):
        for translation in card["translations"].values():
            assert set(translation) == {"text", "reviewed"}
            assert translation["text"].strip()
            assert isinstance(translation["reviewed"], bool)


def test_starting_points():
    points = json.loads((DATA / "starting_points.json").read_text())
    assert len(points) == 6
    for point in points:
        assert set(point) == {"slug", "title", "for_families", "for_professionals"}
        assert point["for_families"].count(".") == 1
        assert 2 <= point["for_professionals"].count(".") <= 3
