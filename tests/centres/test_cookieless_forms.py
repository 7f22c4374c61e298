"""What a form needs to be taken without a cookie."""

from datetime import timedelta

import pytest
from django.core.signing import Signer

from centres.cookieless_forms import (
    TokenError,
    TokenTooOldError,
    TokenTooYoungError,
    is_sent_from_here,
    key_of,
    make_token,
)
from tests.factories import stockholm

NOW = stockholm(2026, 11, 24, 10)


@pytest.mark.parametrize("seconds", [3, 60, 7_200])
def test_token_is_good_from_three_seconds_to_two_hours(seconds):
    token = make_token("page", at=NOW)
    later = NOW + timedelta(seconds=seconds)
    assert key_of(token, "page", at=later) == key_of(token, "page", at=later)


@pytest.mark.parametrize(
    ("seconds", "error"),
    [
        (-60, TokenTooYoungError),
        (0, TokenTooYoungError),
        (2.9, TokenTooYoungError),
        (7_201, TokenTooOldError),
        (86_400, TokenTooOldError),
    ],
)
def test_token_of_another_time_is_refused(seconds, error):
    with pytest.raises(error):
        key_of(make_token("page", at=NOW), "page", at=NOW + timedelta(seconds=seconds))


def test_each_form_has_a_key_of_its_own():
    later = NOW + timedelta(minutes=1)
    keys = {key_of(make_token("page", at=NOW), "page", at=later) for _ in range(5)}
    assert len(keys) == 5


@pytest.mark.parametrize(
    "token",
    [
        "",
        ":",
        "x",
        "\0",
        "å:ä",
        "9" * 10_000,
        make_token("another page", at=NOW),
        make_token("page", at=NOW)[:-1],
        "x" + make_token("page", at=NOW),
        Signer(salt="another purpose").sign_object({"page": "page", "at": 0, "key": "0" * 32}),
    ],
)
def test_forged_token_is_refused(token):
    with pytest.raises(TokenError):
        key_of(token, "page", at=NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({}, True),  # an old browser
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Referer": "http://testserver/familjecentraler/x/stammer-inte/"}, True),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://testserver:8000"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Referer": "https://evil.example/http://testserver/"}, False),
        ({"Referer": "http://["}, False),
    ],
)
def test_only_what_is_sent_from_here_is_let_in(rf, headers, is_ours):
    assert is_sent_from_here(rf.post("/", headers=headers)) == is_ours


def test_origin_of_the_public_address_is_ours_behind_a_proxy(rf, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://familjeportalen.example"]
    request = rf.post("/", headers={"Origin": "https://familjeportalen.example"})
    assert is_sent_from_here(request)
