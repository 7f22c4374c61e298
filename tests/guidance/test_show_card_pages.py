import pytest

from guidance.show_cards import OWN_NAMES, card_languages, cards_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", card_languages(), ids=lambda language: language.code)
def test_every_language_has_a_page_with_each_card_in_it_and_in_swedish(client, language):
    page = client.get(f"/visa-for-personalen/{language.code}/")
    html = page.content.decode()
    cards = cards_in(language)
    assert len(cards) >= 14
    assert html.count('class="show-card"') == len(cards)
    assert html.count(f'lang="{language.code}" dir="{language.direction}"') == len(cards)
    assert "Jag behöver tolk." in html
    assert "Översättningarna är inte granskade" in html
    assert not page.cookies


def test_arabic_and_persian_are_read_from_the_right():
    assert {one.code for one in card_languages() if one.direction == "rtl"} == {"ar", "fa"}


def test_every_language_of_the_file_can_be_chosen(client):
    page = client.get("/visa-for-personalen/").content.decode()
    for code, name in OWN_NAMES.items():
        assert f"/visa-for-personalen/{code}/" in page
        assert name in page


def test_an_unknown_language_has_no_page(client):
    assert client.get("/visa-for-personalen/xx/").status_code == 404
