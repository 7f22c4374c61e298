"""The index follows every write of what readers meet, in the same transaction."""

from operator import attrgetter

import pytest
from django.contrib.admin.sites import site
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from centres.actions import save_centre
from centres.actions.saving import save_by
from familjeportal.search.finding import search
from familjeportal.search.index import SOURCES, rebuild
from familjeportal.search.models import SearchEntry, SearchTerm, Synonym
from guidance.models import Guide, Topic
from services import content
from services.history.reading import version_of
from services.models import ServiceText
from services.staff_admin import StaffAdmin
from tests.centres.staff.people import filled
from tests.factories import (
    make_activity,
    make_centre,
    make_centre_text,
    make_guide,
    make_line,
    make_place,
    make_service,
    make_synonym,
    make_topic,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db


def titles(text: str, at=None) -> list[str]:
    return [hit.title for hit in search(text, at=at or timezone.now()).hits]


@pytest.fixture
def boss(client):
    user = make_user("administrator")
    client.force_login(user)
    return user


def send(client, url: str, **changes):
    """What a browser would send back of an admin page, with changes."""
    page = client.get(url).context
    forms = [page["adminform"].form]
    for inline in page["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return client.post(url, filled(None, *forms) | changes)


def test_a_house_saved_by_an_action_is_found_by_its_new_name():
    centre = make_centre(name="Gamla Månstrålen")
    rebuild()
    centre.name = "Nya Solstrålen"
    save_centre(centre=centre, by=make_user())
    assert titles("solstrålen") == ["Nya Solstrålen"]
    assert titles("månstrålen") == []


def test_a_write_taken_back_leaves_the_index_as_it_was():
    centre = make_centre(name="Gamla Månstrålen")
    rebuild()
    with transaction.atomic():
        centre.name = "Nya Solstrålen"
        save_centre(centre=centre, by=make_user())
        transaction.set_rollback(True)
    assert titles("månstrålen") == ["Gamla Månstrålen"]


def test_a_place_added_changed_and_deleted_in_the_admin(boss, client):
    place = make_place(name="Solbacken")
    rebuild()
    send(client, reverse("admin:centres_place_change", args=[place.pk]), name="Månbacken")
    assert titles("månbacken") == ["Månbacken"]
    client.post(reverse("admin:centres_place_delete", args=[place.pk]), {"post": "yes"})
    assert titles("månbacken") == []


def test_rows_deleted_by_the_action_of_a_list(boss, client):
    places = [make_place(name=name) for name in ("Solbacken", "Månbacken")]
    rebuild()
    client.post(
        reverse("admin:centres_place_changelist"),
        {"action": "delete_selected", "_selected_action": [p.pk for p in places], "post": "yes"},
    )
    assert titles("solbacken") == titles("månbacken") == []


def test_words_written_inside_the_page_of_what_they_are_about(boss, client):
    service = make_service("library", slug="bibliotek")
    service.texts.update(name="Bibliotek")
    rebuild()
    url = reverse("admin:services_service_change", args=[service.pk])
    prefix = next(
        inline.formset.prefix
        for inline in client.get(url).context["inline_admin_formsets"]
        if inline.formset.model is ServiceText
    )
    send(client, url, **{f"{prefix}-0-name": "Bokhuset"})
    assert titles("bokhuset") == ["Bokhuset"]


def test_a_line_put_back_to_an_earlier_version(boss, client):
    line = make_line(slug="trygga", number="020-12 34 56", text={"name": "Trygga linjen"})
    rebuild()
    first = line.texts.get().history.latest()
    send(client, reverse("admin:services_line_change", args=[line.pk]), number="020-65 43 21")
    assert titles("020-65 43 21") == ["Trygga linjen"]
    version = version_of(first.history_date)
    url = reverse("admin:services_line_restore", args=[line.pk, version])
    seen = client.get(url).context["restoration"].seen
    assert client.post(url, {"seen": seen}).status_code == 302
    assert titles("020-12 34 56") == ["Trygga linjen"]


def test_a_house_that_moves_on_a_decided_day_is_found_until_then():
    make_centre(
        name="Vandrande huset",
        next_status="closed",
        next_status_on="2027-03-01",
        next_status_certainty="decided",
    )
    rebuild()
    assert titles("vandrande", stockholm(2027, 2, 28, 23, 59)) == ["Vandrande huset"]
    assert titles("vandrande", stockholm(2027, 3, 1, 0, 0)) == []


def test_an_idea_is_not_found():
    make_centre(name="Drömhuset", status="idea")
    rebuild()
    assert titles("drömhuset") == []


def test_an_activity_is_found_once_it_is_published():
    activity = make_activity(name="Stjärnskådning", status="draft")
    rebuild()
    assert titles("stjärnskådning") == []
    activity.status = "published"
    save_by(activity, make_user())
    hit = search("stjärnskådning", at=timezone.now()).hits[0]
    assert hit.url == activity.get_absolute_url()


def test_an_activity_renamed_inside_its_page_is_found_by_its_new_name(boss, client):
    activity = make_activity(name="Stjärnskådning")
    rebuild()
    url = reverse("admin:centres_activity_change", args=[activity.pk])
    response = send(client, url, **{"texts-0-name": "Månskensvandring"})
    assert response.status_code == 302
    assert titles("månskensvandring") == ["Månskensvandring"]
    assert titles("stjärnskådning") == []


@pytest.mark.parametrize("gone", ["organiser", "organiser.centre"])
def test_an_activity_that_goes_with_its_house_is_not_found(gone):
    activity = make_activity(name="Stjärnskådning")
    rebuild()
    content.remove(attrgetter(gone)(activity))
    assert titles("stjärnskådning") == []


def test_an_activity_tells_the_new_name_of_its_district():
    district = make_activity(name="Stjärnskådning").organiser.centre.district
    rebuild()
    district.name = "Månhöjden"
    district.save()
    content.changed(district)
    assert search("stjärnskådning", at=timezone.now()).hits[0].summary.endswith(", Månhöjden")


def test_a_guide_is_found_while_it_is_published():
    begins, ends = stockholm(2026, 12, 1, 8), stockholm(2026, 12, 24, 12)
    times = {"publish_at": begins, "unpublish_at": ends}
    make_guide(words={"title": "Pappersdrakar", **times})
    rebuild()
    assert titles("pappersdrakar", stockholm(2026, 12, 1, 7, 59)) == []
    assert titles("pappersdrakar", begins) == ["Pappersdrakar"]
    assert titles("pappersdrakar", ends) == []


def test_a_new_synonym_is_understood_at_once(boss, client):
    make_centre_text(make_centre(name="Solstrålen"), summary="Här finns en sandlåda.")
    rebuild()
    assert titles("gräva") == []
    url = reverse("admin:search_synonym_add")
    client.post(url, {"slug": "sand", "words": "sandlåda\nGräva"})
    assert titles("gräva") == ["Solstrålen"]
    Synonym.objects.get(slug="sand")


def test_the_longest_addresses_and_short_names_have_room():
    """PostgreSQL refuses what is longer than its column."""
    topic = make_topic()
    topic.slug = "a" * Topic._meta.get_field("slug").max_length
    topic.save()
    make_guide(
        slug="g" * Guide._meta.get_field("slug").max_length,
        home_topic=topic,
        words={"title": "Pappersdrakar"},
    )
    make_synonym("s" * Synonym._meta.get_field("slug").max_length, "pappersdrakar")
    rebuild()
    fields = [SearchEntry._meta.get_field("key"), SearchTerm._meta.get_field("term")]
    for field in fields:
        values = field.model.objects.values_list(field.name, flat=True)
        assert max(map(len, values)) <= field.max_length
    assert titles("pappersdrakar") == ["Pappersdrakar"]


def test_what_is_imported_is_found():
    call_command("import_known_facts", verbosity=0)
    assert titles("hjällbo")
    call_command("import_guides", verbosity=0)
    assert search("bebisen sover inte", at=timezone.now()).hits[0].kind == "guide"


def test_the_command_adds_words_once_and_leaves_what_staff_deleted(capsys):
    make_line(slug="112")
    call_command("rebuild_search")
    Synonym.objects.get(slug="bvc").delete()
    call_command("rebuild_search")
    assert not Synonym.objects.filter(slug="bvc").exists()
    assert "Rows of words added: 0." in capsys.readouterr().out


def test_writing_the_same_again_leaves_no_second_entry():
    centre = make_centre()
    make_synonym("hus", "huset", "kåken")
    for _ in range(3):
        content.changed(centre)
    assert SearchEntry.objects.filter(source="centre").count() == 1
    rebuild()
    assert SearchEntry.objects.filter(source="centre").count() == 1


def test_every_admin_page_of_what_is_found_tells_of_its_writes():
    """By what they inherit, or by an action."""
    told = ("save_related", "delete_model", "delete_queryset")
    for model, page in site._registry.items():
        if model._meta.app_label in ("services", "centres", "guidance", "search"):
            assert isinstance(page, StaffAdmin), model
            for name in told:
                own = vars(type(page)).get(name)
                calls = own.__code__.co_names if own else ("super",)
                assert any(called.startswith(("super", "remove_")) for called in calls), model


def test_sources_have_each_a_name_of_their_own():
    names = [source.name for source in SOURCES]
    assert len(set(names)) == len(names)
