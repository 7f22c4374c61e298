"""The commands that a timer runs. Called as a timer does: the checks of the project come first."""

import pytest
from django.core.management import call_command


@pytest.mark.parametrize(
    "name",
    [
        "check_links",
        "clearsessions",
        "erase_unused_accounts",
        "forget_old_feedback",
        "forget_unused_files",
        "send_reminders",
    ],
)
def test_a_timed_command_runs_where_there_is_nothing_to_do(db, name):
    call_command(name, skip_checks=False)
