from datetime import timedelta

from django.db import migrations

from services.languages import SpokenLanguage

CODES = {str(label): code for code, label in SpokenLanguage.choices}
CODES |= dict.fromkeys(["bosniska", "kroatiska", "serbiska"], "sh") | {
    "kurmanji": "kmr",
    "sorani": "ckb",
    "teckenspråk": "swl",
}


def carry_over(apps, schema_editor):
    """What a house was expected to be until a day becomes what it is expected to be after it."""
    for name in ("FamilyCentre", "HistoricalFamilyCentre"):
        for centre in apps.get_model("centres", name).objects.filter(status_until__isnull=False):
            if centre.status in ("building", "temporarily_closed"):
                centre.next_status = "open"
                centre.next_status_on = centre.status_until + timedelta(days=1)
                centre.next_status_certainty = "expected"
                centre.save()
    for name in ("TimeSlot", "HistoricalTimeSlot", "ExceptionSlot", "HistoricalExceptionSlot"):
        for slot in apps.get_model("centres", name).objects.exclude(language=""):
            code = CODES.get(slot.language.strip().lower(), "")
            if not code:  # several, or one that is not in the list: the words stay in the name
                slot.label = ", ".join(filter(None, [slot.label, slot.language]))[:80]
            slot.language = code
            slot.save()


class Migration(migrations.Migration):

    dependencies = [
        ('centres', '0002_next_status_languages_children'),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
    ]
