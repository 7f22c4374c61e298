"""Who gets where: every address of staff and admin, for every role, with own and others' rows.

The table below is the whole truth. An address without a line fails the test, and so does a line
without an address. Each cell is one letter, or one for each row that the address can be about (see
`ROWS`):

L  sent to sign in
.  refused (403)
-  not found: the person is not told whether there is such a row
V  shown; a form that is sent is refused or changes nothing
W  shown, and a part may be changed: the words, or where somebody works
C  shown, and what is sent is taken
D  a list, where the row can be deleted by the list's action
P  only for sending, and taken

The daily tasks are sent as the administrator's browser would send them about that row, with the
person's own ticket where they are given one; what is taken has left its record in the history.
"""

import logging
from contextlib import contextmanager
from datetime import date

import pytest
import time_machine
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.db import transaction
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from centres.models import (
    Activity,
    Confirmation,
    FamilyCentre,
    FamilyCentreText,
    Feedback,
    Notice,
    OccurrenceChange,
    Recurrence,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    Venue,
)
from familjeportal.accounts.models import SignInEvent
from guidance.actions import create_draft
from services.history.reading import version_of
from services.models import ConfidentialityFact
from tests.centres.staff.people import EIGHT, filled
from tests.factories import (
    make_activity,
    make_article,
    make_centre,
    make_change,
    make_city_area,
    make_confirmation,
    make_contact_person,
    make_district,
    make_document,
    make_exception,
    make_feedback,
    make_flow,
    make_guide,
    make_invitation,
    make_line,
    make_notice,
    make_organisation,
    make_place,
    make_schedule,
    make_service,
    make_service_at_centre,
    make_support_contact,
    make_synonym,
    make_topic,
    make_urgent_word,
    make_user,
    make_venue,
)

# The columns of the table, there by their first four letters. The `city` editor runs the open
# preschool in a house, the `region` editor the clinic there.
ROLES = (
    "visitor",  # not signed in
    "outsider",  # an account that is not staff's
    "city",
    "region",
    "stranger",  # an editor who works nowhere
    "communicator",
    "reviewer",
    "translator",
    "coordinator",  # of the house's area
    "other_area",  # a coordinator of another
    "administrator",
)

# The rows that an address is tried with, in the order of the letters in a cell.
ROWS = {
    "room": "the open preschool, the clinic in the same house, an open preschool elsewhere",
    "about": "the same three, and what is about the whole house",
    "house": "the house, a house elsewhere",
    "passkey": "of somebody else",
    "user": "works in the house, in both houses, elsewhere, nowhere; coordinator; administrator",
    "invitation": "to the house, to both houses, elsewhere, of a coordinator",
}

TABLE = """
# address                                     visi outs city regi stra comm revi tran coor othe admi
account_login                                 C    V    V    V    V    V    V    V    V    V    V
account_logout                                V    C    C    C    C    C    C    C    C    C    C
invitation                                    V    V    V    V    V    V    V    V    V    V    V
staff:home                                    L    .    V    V    V    V    V    V    V    V    V

# One's own account
account_change_password                       L    V    V    V    V    V    V    V    V    V    V
account_inactive                              V    V    V    V    V    V    V    V    V    V    V
account_protect                               L    V    V    V    V    V    V    V    V    V    V
account_reauthenticate                        L    V    V    V    V    V    V    V    V    V    V
account_reset_password                        C    C    C    C    C    C    C    C    C    C    C
account_reset_password_done                   V    V    V    V    V    V    V    V    V    V    V
account_reset_password_from_key               V    V    V    V    V    V    V    V    V    V    V
account_reset_password_from_key_done          V    V    V    V    V    V    V    V    V    V    V
account_set_password                          L    C    C    C    C    C    C    C    C    C    C
mfa_activate_totp                             L    V    V    V    V    V    V    V    V    V    V
mfa_add_webauthn                              L    C    C    C    C    C    C    C    C    C    C
mfa_authenticate                              L    V    V    V    V    V    V    V    V    V    V
mfa_deactivate_totp                           L    C    C    C    C    C    C    C    C    C    C
mfa_edit_webauthn                             L    -    -    -    -    -    -    -    -    -    -
mfa_generate_recovery_codes                   L    C    C    C    C    C    C    C    C    C    C
mfa_index                                     L    V    V    V    V    V    V    V    V    V    V
mfa_list_webauthn                             L    V    V    V    V    V    V    V    V    V    V
mfa_login_webauthn                            L    V    V    V    V    V    V    V    V    V    V
mfa_reauthenticate                            L    C    C    C    C    C    C    C    C    C    C
mfa_reauthenticate_webauthn                   L    V    V    V    V    V    V    V    V    V    V
mfa_remove_webauthn                           L    -    -    -    -    -    -    -    -    -    -
mfa_view_recovery_codes                       L    -    -    -    -    -    -    -    -    -    -
openid_connect_callback                       -    -    -    -    -    -    -    -    -    -    -
openid_connect_login                          -    -    -    -    -    -    -    -    -    -    -
socialaccount_login_cancelled                 V    V    V    V    V    V    V    V    V    V    V
session_end                                   L    P    P    P    P    P    P    P    P    P    P
usersessions_list                             L    C    C    C    C    C    C    C    C    C    C

# The daily tasks: only coordinators close the whole house, and nobody another's room
staff:centre                                  L    .    V.   V.   .    .    .    .    V    V    V
staff:house_close                             L    .    .    .    .    .    .    .    C    C    C
staff:room_close                              L    .    C..  .C.  .    .    .    .    C    C    C
staff:change                                  L    .    CV.V VC.V .    .    .    .    C    C    C
staff:hours_today                             L    .    C..  .C.  .    .    .    .    C    C    C
staff:hours_from                              L    .    C..  .C.  .    .    .    .    C    C    C
staff:notice_add                              L    .    CV.C VC.C .    .    .    .    C    C    C
staff:notice_change                           L    .    C..C .C.C .    .    .    .    C    C    C
staff:notice_remove                           L    .    P..P .P.P .    .    .    .    P    P    P
staff:fact_confirm                            L    .    PV.P VP.P .    .    .    .    P    P    P
staff:holidays                                L    .    CV.  VC.  .    .    .    .    C    C    C
staff:terms                                   L    .    V.   V.   .    .    .    .    V    V    V
staff:term_copy                               L    .    C..  .C.  .    .    .    .    C    C    C
staff:paste                                   L    .    C..  .C.  .    .    .    .    C    C    C
staff:activities                              L    .    V.   V.   .    .    .    .    V    V    V
staff:activity_copy                           L    .    P..  .P.  .    .    .    .    P    P    P
staff:activity_term                           L    .    CV.  VC.  .    .    .    .    C    C    C
staff:week                                    L    .    V.   V.   .    .    .    .    V    V    V
staff:date                                    L    .    C..  .C.  .    .    .    .    C    C    C
staff:date_change                             L    .    C..  .C.  .    .    .    .    C    C    C
staff:session_cancel                          L    .    C..  .C.  .    .    .    .    C    C    C

# What is due, and many at once
staff:export_centres                          L    .    .    .    .    .    .    .    V    V    V
staff:export_activities                       L    .    .    .    .    .    .    .    V    V    V
staff:export_hours                            L    .    .    .    .    .    .    .    V    V    V
staff:import                                  L    .    .    .    .    .    .    .    C    C    C
staff:export_problems                         L    .    .    .    .    .    .    .    P    P    P
staff:import_carry_out                        L    .    .    .    .    .    .    .    P    P    P
staff:overview                                L    .    V    V    V    V    V    V    V    V    V
printed:staff_list                            L    .    V    V    V    V    V    V    V    V    V
staff:overview_csv                            L    .    V    V    V    V    V    V    V    V    V

# Question flows: looked at by all, written by those who write shared texts, approved by reviewers
flows:staff_list                              L    .    V    V    V    V    V    V    V    V    V
flows:staff_flow                              L    .    V    V    V    V    V    V    V    V    V
flows:staff_edit                              L    .    .    .    .    C    .    .    C    C    C
flows:staff_add                               L    .    .    .    .    C    .    .    C    C    C
flows:staff_facts                             L    .    .    .    .    C    .    .    C    C    C

# From draft to reader: looked at by all, the steps taken as the rules of publishing say
publishing:desk                               L    .    V    V    V    V    V    V    V    V    V
publishing:text                               L    .    V    V    V    C    C    V    C    C    C
publishing:edit                               L    .    .    .    .    C    .    .    C    C    C
publishing:compare                            L    .    V    V    V    V    V    V    V    V    V
publishing:links                              L    .    V    V    V    V    V    V    V    V    V
publishing:pictures                           L    .    V    V    V    C    V    C    C    C    C
publishing:begin                              L    .    .    .    .    P    .    .    P    P    P

# News and films: what they are about; their words are written at the desk
news:staff_article_add                        L    .    .    .    .    C    .    .    C    C    C
news:staff_article                            L    .    .    .    .    C    .    .    C    C    C
news:staff_film_add                           L    .    .    .    .    C    .    .    C    C    C

# What readers search for, and the words that the search knows
search_counts                                 L    .    .    .    .    V    .    .    V    V    V
admin:search_synonym_changelist               L    L    V    V    V    D    V    V    D    D    D
admin:search_synonym_add                      L    L    .    .    .    C    .    .    C    C    C
admin:search_synonym_change                   L    L    V    V    V    C    V    V    C    C    C
admin:search_synonym_delete                   L    L    .    .    .    C    .    .    C    C    C
admin:search_synonym_history                  L    L    V    V    V    V    V    V    V    V    V
admin:search_synonym_restore                  L    L    .    .    .    C    .    .    C    C    C
admin:search_synonym_deleted                  L    L    V    V    V    V    V    V    V    V    V
admin:search_synonym_bring_back               L    L    V    V    V    C    V    V    C    C    C
admin:search_urgentword_changelist            L    L    V    V    V    D    V    V    D    D    D
admin:search_urgentword_add                   L    L    .    .    .    C    .    .    C    C    C
admin:search_urgentword_change                L    L    V    V    V    C    V    V    C    C    C
admin:search_urgentword_delete                L    L    .    .    .    C    .    .    C    C    C
admin:search_urgentword_history               L    L    V    V    V    V    V    V    V    V    V
admin:search_urgentword_restore               L    L    .    .    .    C    .    .    C    C    C
admin:search_urgentword_deleted               L    L    V    V    V    V    V    V    V    V    V
admin:search_urgentword_bring_back            L    L    V    V    V    C    V    V    C    C    C

# Documents: looked at by all, written by those who write shared texts, approved by reviewers
documents:staff_list                          L    .    V    V    V    V    V    V    V    V    V
documents:staff_document                      L    .    V    V    V    V    V    V    V    V    V
documents:staff_file                          L    .    V    V    V    V    V    V    V    V    V
documents:staff_add                           L    .    .    .    .    C    .    .    C    C    C
documents:staff_facts                         L    .    .    .    .    C    .    .    C    C    C
documents:staff_write                         L    .    .    .    .    C    .    .    C    C    C

# What readers report: another's is not even told of
staff:feedback                                L    .    V    V    V    V    V    V    V    V    V
staff:feedback_detail                         L    .    C--C -C-C -    -    -    -    C    C    C
admin:centres_feedback_changelist             L    L    V    V    V    V    V    V    D    D    D
admin:centres_feedback_add                    L    L    .    .    .    .    .    .    .    .    .
admin:centres_feedback_change                 L    L    V--V -V-V -    -    -    -    V    V    V
admin:centres_feedback_delete                 L    L    .    .    .    .    .    .    C    C    C
admin:centres_feedback_history                L    L    V--V -V-V -    -    -    -    V    V    V

admin:index                                   L    L    V    V    V    V    V    V    V    V    V
admin:app_list                                L    L    V    V    V    V    V    V    V    V    V
admin:login                                   L    .    V    V    V    V    V    V    V    V    V
admin:logout                                  V    V    P    P    P    P    P    P    P    P    P
admin:password_change                         V    V    V    V    V    V    V    V    V    V    V
admin_password_change                         V    V    V    V    V    V    V    V    V    V    V
admin:password_change_done                    L    L    V    V    V    V    V    V    V    V    V
admin:autocomplete                            L    L    .    .    .    .    .    .    .    .    .
admin:jsi18n                                  L    L    V    V    V    V    V    V    V    V    V
admin:view_on_site                            L    L    -    -    -    -    -    -    -    -    -
view_on_site                                  L    L    -    -    -    -    -    -    -    -    -
admin:*_redirect                              L    L    V    V    V    V    V    V    V    V    V
admin:catch_all                               L    L    -    -    -    -    -    -    -    -    -

# Hours and what else is about a room: the own organisation's, at the own house
admin:centres_schedule_changelist             L    L    DVV  VDV  V    V    V    V    D    D    D
admin:centres_schedule_add                    L    L    C    C    .    .    .    .    C    C    C
admin:centres_schedule_change                 L    L    CVV  VCV  V    V    V    V    C    C    C
admin:centres_schedule_delete                 L    L    C..  .C.  .    .    .    .    C    C    C
admin:centres_schedule_history                L    L    V    V    V    V    V    V    V    V    V
admin:centres_schedule_restore                L    L    C..  .C.  .    .    .    .    C    C    C
admin:centres_schedule_deleted                L    L    V    V    V    V    V    V    V    V    V
admin:centres_schedule_bring_back             L    L    CVV  VCV  V    V    V    V    C    C    C
admin:centres_contactperson_changelist        L    L    DVV  VDV  V    V    V    V    D    D    D
admin:centres_contactperson_add               L    L    C    C    .    .    .    .    C    C    C
admin:centres_contactperson_change            L    L    CVV  VCV  V    V    V    V    C    C    C
admin:centres_contactperson_delete            L    L    C..  .C.  .    .    .    .    C    C    C
admin:centres_contactperson_history           L    L    V    V    V    V    V    V    V    V    V
admin:centres_contactperson_restore           L    L    .    .    .    .    .    .    .    .    .
admin:centres_contactperson_deleted           L    L    V    V    V    V    V    V    V    V    V
admin:centres_contactperson_bring_back        L    L    V    V    V    V    V    V    V    V    V
admin:centres_serviceatcentre_changelist      L    L    V    V    V    V    V    V    D    D    D
admin:centres_serviceatcentre_add             L    L    .    .    .    .    .    .    C    C    C
admin:centres_serviceatcentre_change          L    L    CVV  VCV  V    V    V    W    C    C    C
admin:centres_serviceatcentre_delete          L    L    .    .    .    .    .    .    C    C    C
admin:centres_serviceatcentre_history         L    L    V    V    V    V    V    V    V    V    V
admin:centres_serviceatcentre_restore         L    L    C..  .C.  .    .    .    .    C    C    C
admin:centres_serviceatcentre_deleted         L    L    V    V    V    V    V    V    V    V    V
admin:centres_serviceatcentre_bring_back      L    L    V    V    V    V    V    V    C    C    C

# Activities: of those who hold them; a place while nobody else uses it
admin:centres_activity_changelist             L    L    DVV  VDV  V    V    V    V    D    D    D
admin:centres_activity_add                    L    L    C    C    .    .    .    .    C    C    C
admin:centres_activity_change                 L    L    CVV  VCV  V    V    V    W    C    C    C
admin:centres_activity_delete                 L    L    C..  .C.  .    .    .    .    C    C    C
admin:centres_activity_history                L    L    V    V    V    V    V    V    V    V    V
admin:centres_activity_restore                L    L    C..  .C.  .    .    .    .    C    C    C
admin:centres_activity_deleted                L    L    V    V    V    V    V    V    V    V    V
admin:centres_activity_bring_back             L    L    CVV  VCV  V    V    V    V    C    C    C
admin:centres_venue_changelist                L    L    DVV  VDV  V    V    V    V    D    D    D
admin:centres_venue_add                       L    L    C    C    .    .    .    .    C    C    C
admin:centres_venue_change                    L    L    CVV  VCV  V    V    V    W    C    C    C
admin:centres_venue_delete                    L    L    C..  .C.  .    .    .    .    C    C    C
admin:centres_venue_history                   L    L    V    V    V    V    V    V    V    V    V
admin:centres_venue_restore                   L    L    C..  .C.  .    .    .    .    C    C    C
admin:centres_venue_deleted                   L    L    V    V    V    V    V    V    V    V    V
admin:centres_venue_bring_back                L    L    C    C    V    V    V    V    C    C    C

# About a room or the whole house: the house is closed by a coordinator, told of by either
admin:centres_scheduleexception_changelist    L    L    DVVV VDVV V    V    V    V    D    D    D
admin:centres_scheduleexception_add           L    L    C    C    .    .    .    .    C    C    C
admin:centres_scheduleexception_change        L    L    CVVV VCVV V    V    V    V    C    C    C
admin:centres_scheduleexception_delete        L    L    C... .C.. .    .    .    .    C    C    C
admin:centres_scheduleexception_history       L    L    V    V    V    V    V    V    V    V    V
admin:centres_scheduleexception_restore       L    L    C... .C.. .    .    .    .    C    C    C
admin:centres_scheduleexception_deleted       L    L    V    V    V    V    V    V    V    V    V
admin:centres_scheduleexception_bring_back    L    L    CVVV VCVV V    V    V    V    C    C    C
admin:centres_notice_changelist               L    L    DVVD VDVD V    V    V    V    D    D    D
admin:centres_notice_add                      L    L    C    C    .    .    .    .    C    C    C
admin:centres_notice_change                   L    L    CVVC VCVC V    V    V    V    C    C    C
admin:centres_notice_delete                   L    L    C..C .C.C .    .    .    .    C    C    C
admin:centres_notice_history                  L    L    V    V    V    V    V    V    V    V    V
admin:centres_notice_restore                  L    L    C..C .C.C .    .    .    .    C    C    C
admin:centres_notice_deleted                  L    L    V    V    V    V    V    V    V    V    V
admin:centres_notice_bring_back               L    L    CVVC VCVC V    V    V    V    C    C    C
admin:centres_confirmation_changelist         L    L    DVVD VDVD V    V    V    V    D    D    D
admin:centres_confirmation_add                L    L    C    C    .    .    .    .    C    C    C
admin:centres_confirmation_change             L    L    CVVC VCVC V    V    V    V    C    C    C
admin:centres_confirmation_delete             L    L    C..C .C.C .    .    .    .    C    C    C
admin:centres_confirmation_history            L    L    V    V    V    V    V    V    V    V    V
admin:centres_confirmation_restore            L    L    .    .    .    .    .    .    .    .    .
admin:centres_confirmation_deleted            L    L    V    V    V    V    V    V    V    V    V
admin:centres_confirmation_bring_back         L    L    V    V    V    V    V    V    V    V    V

# Houses: their facts by either organisation, planning by coordinators
admin:centres_familycentre_changelist         L    L    V    V    V    V    V    V    V    V    D
admin:centres_familycentre_add                L    L    .    .    .    .    .    .    C    C    C
admin:centres_familycentre_change             L    L    CV   CV   V    V    V    W    C    C    C
admin:centres_familycentre_delete             L    L    .    .    .    .    .    .    .    .    C
admin:centres_familycentre_history            L    L    V    V    V    V    V    V    V    V    V
admin:centres_familycentre_restore            L    L    C.   C.   .    .    .    .    C    C    C
admin:centres_familycentre_deleted            L    L    V    V    V    V    V    V    V    V    V
admin:centres_familycentre_bring_back         L    L    V    V    V    V    V    V    C    C    C

# What all centres share
admin:centres_cityarea_changelist             L    L    V    V    V    V    V    V    D    D    D
admin:centres_cityarea_add                    L    L    .    .    .    .    .    .    C    C    C
admin:centres_cityarea_change                 L    L    V    V    V    V    V    V    C    C    C
admin:centres_cityarea_delete                 L    L    .    .    .    .    .    .    C    C    C
admin:centres_cityarea_history                L    L    V    V    V    V    V    V    V    V    V
admin:centres_cityarea_restore                L    L    .    .    .    .    .    .    C    C    C
admin:centres_cityarea_deleted                L    L    V    V    V    V    V    V    V    V    V
admin:centres_cityarea_bring_back             L    L    V    V    V    V    V    V    C    C    C
admin:centres_district_changelist             L    L    V    V    V    V    V    V    D    D    D
admin:centres_district_add                    L    L    .    .    .    .    .    .    C    C    C
admin:centres_district_change                 L    L    V    V    V    V    V    V    C    C    C
admin:centres_district_delete                 L    L    .    .    .    .    .    .    C    C    C
admin:centres_district_history                L    L    V    V    V    V    V    V    V    V    V
admin:centres_district_restore                L    L    .    .    .    .    .    .    C    C    C
admin:centres_district_deleted                L    L    V    V    V    V    V    V    V    V    V
admin:centres_district_bring_back             L    L    V    V    V    V    V    V    C    C    C
admin:centres_place_changelist                L    L    V    V    V    V    V    V    D    D    D
admin:centres_place_add                       L    L    .    .    .    .    .    .    C    C    C
admin:centres_place_change                    L    L    V    V    V    V    V    V    C    C    C
admin:centres_place_delete                    L    L    .    .    .    .    .    .    C    C    C
admin:centres_place_history                   L    L    V    V    V    V    V    V    V    V    V
admin:centres_place_restore                   L    L    .    .    .    .    .    .    C    C    C
admin:centres_place_deleted                   L    L    V    V    V    V    V    V    V    V    V
admin:centres_place_bring_back                L    L    V    V    V    V    V    V    C    C    C
admin:services_organisation_changelist        L    L    V    V    V    V    V    V    D    D    D
admin:services_organisation_add               L    L    .    .    .    .    .    .    C    C    C
admin:services_organisation_change            L    L    V    V    V    V    V    V    C    C    C
admin:services_organisation_delete            L    L    .    .    .    .    .    .    C    C    C
admin:services_organisation_history           L    L    V    V    V    V    V    V    V    V    V
admin:services_organisation_restore           L    L    .    .    .    .    .    .    C    C    C
admin:services_organisation_deleted           L    L    V    V    V    V    V    V    V    V    V
admin:services_organisation_bring_back        L    L    V    V    V    V    V    V    C    C    C
admin:services_service_changelist             L    L    V    V    V    V    V    V    D    D    D
admin:services_service_add                    L    L    .    .    .    .    .    .    C    C    C
admin:services_service_change                 L    L    V    V    V    W    V    W    C    C    C
admin:services_service_delete                 L    L    .    .    .    .    .    .    C    C    C
admin:services_service_history                L    L    V    V    V    V    V    V    V    V    V
admin:services_service_restore                L    L    .    .    .    .    .    .    C    C    C
admin:services_service_deleted                L    L    V    V    V    V    V    V    V    V    V
admin:services_service_bring_back             L    L    V    V    V    V    V    V    C    C    C
admin:services_line_changelist                L    L    V    V    V    V    V    V    D    D    D
admin:services_line_add                       L    L    .    .    .    .    .    .    C    C    C
admin:services_line_change                    L    L    V    V    V    W    V    W    C    C    C
admin:services_line_delete                    L    L    .    .    .    .    .    .    C    C    C
admin:services_line_history                   L    L    V    V    V    V    V    V    V    V    V
admin:services_line_restore                   L    L    .    .    .    .    .    .    C    C    C
admin:services_line_deleted                   L    L    V    V    V    V    V    V    V    V    V
admin:services_line_bring_back                L    L    V    V    V    V    V    V    C    C    C
admin:services_confidentialityfact_changelist L    L    V    V    V    V    V    V    D    D    D
admin:services_confidentialityfact_add        L    L    .    .    .    .    .    .    C    C    C
admin:services_confidentialityfact_change     L    L    V    V    V    V    V    W    C    C    C
admin:services_confidentialityfact_delete     L    L    .    .    .    .    .    .    C    C    C
admin:services_confidentialityfact_history    L    L    V    V    V    V    V    V    V    V    V
admin:services_confidentialityfact_restore    L    L    .    .    .    .    .    .    C    C    C
admin:services_confidentialityfact_deleted    L    L    V    V    V    V    V    V    V    V    V
admin:services_confidentialityfact_bring_back L    L    V    V    V    V    V    V    C    C    C

# Guides: written by communicators, translated by translators, approved by reviewers
admin:guidance_topic_changelist               L    L    V    V    V    D    V    V    D    D    D
admin:guidance_topic_add                      L    L    .    .    .    C    .    .    C    C    C
admin:guidance_topic_change                   L    L    V    V    V    C    V    W    C    C    C
admin:guidance_topic_delete                   L    L    .    .    .    C    .    .    C    C    C
admin:guidance_topic_history                  L    L    V    V    V    V    V    V    V    V    V
admin:guidance_topic_restore                  L    L    .    .    .    C    .    .    C    C    C
admin:guidance_topic_deleted                  L    L    V    V    V    V    V    V    V    V    V
admin:guidance_topic_bring_back               L    L    V    V    V    C    V    V    C    C    C
admin:guidance_supportcontact_changelist      L    L    V    V    V    D    V    V    D    D    D
admin:guidance_supportcontact_add             L    L    .    .    .    C    .    .    C    C    C
admin:guidance_supportcontact_change          L    L    V    V    V    C    V    W    C    C    C
admin:guidance_supportcontact_delete          L    L    .    .    .    C    .    .    C    C    C
admin:guidance_supportcontact_history         L    L    V    V    V    V    V    V    V    V    V
admin:guidance_supportcontact_restore         L    L    .    .    .    C    .    .    C    C    C
admin:guidance_supportcontact_deleted         L    L    V    V    V    V    V    V    V    V    V
admin:guidance_supportcontact_bring_back      L    L    V    V    V    C    V    V    C    C    C
admin:guidance_guide_changelist               L    L    V    V    V    D    V    V    D    D    D
admin:guidance_guide_add                      L    L    .    .    .    C    .    .    C    C    C
admin:guidance_guide_change                   L    L    V    V    V    C    V    V    C    C    C
admin:guidance_guide_delete                   L    L    .    .    .    C    .    .    C    C    C
admin:guidance_guide_history                  L    L    V    V    V    V    V    V    V    V    V
admin:guidance_guide_restore                  L    L    .    .    .    C    .    .    C    C    C
admin:guidance_guide_deleted                  L    L    V    V    V    V    V    V    V    V    V
admin:guidance_guide_bring_back               L    L    V    V    V    C    V    V    C    C    C

# Accounts: a coordinator's own people, and of a shared one only where in the area they work
admin:accounts_user_changelist                L    L    .    .    .    .    .    .    V    V    V
admin:accounts_user_add                       L    L    .    .    .    .    .    .    .    .    C
admin:accounts_user_change                   L    L    .    .    .    .    .    .    CW---- -WC--- C
admin:accounts_user_delete                    L    L    .    .    .    .    .    .    .    .    C
admin:accounts_user_history                  L    L    -    -    -    -    -    -    VV---- -VV--- V
admin:auth_user_password_change               L    L    .    .    .    .    .    .    .    .    C
admin:accounts_invitation_changelist          L    L    .    .    .    .    .    .    V    V    V
admin:accounts_invitation_add                 L    L    .    .    .    .    .    .    C    C    C
admin:accounts_invitation_change              L    L    .    .    .    .    .    .    V--- --V- V
admin:accounts_invitation_delete              L    L    .    .    .    .    .    .    .    .    .
admin:accounts_invitation_history             L    L    -    -    -    -    -    -    V--- --V- V
admin:accounts_signinevent_changelist         L    L    .    .    .    .    .    .    .    .    V
admin:accounts_signinevent_add                L    L    .    .    .    .    .    .    .    .    .
admin:accounts_signinevent_change             L    L    .    .    .    .    .    .    .    .    V
admin:accounts_signinevent_delete             L    L    .    .    .    .    .    .    .    .    .
admin:accounts_signinevent_history            L    L    .    .    .    .    .    .    .    .    V
"""


def lines() -> dict[str, list[str]]:
    """Of each address the cells, in the order of `ROLES`."""
    rows = (line.split() for line in TABLE.splitlines() if line and not line.startswith("#"))
    return {name: cells for name, *cells in rows}


# --- The addresses there are ----------------------------------------------------------------------
def addresses() -> set[str]:
    return {
        name for name, path in _walk(get_resolver()) if path.startswith(("personal/", "admin/"))
    }


def _walk(resolver, path="", namespace=""):
    for entry in resolver.url_patterns:
        below = path + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield namespace + (entry.name or _unnamed(below)), below
        else:
            yield from _walk(
                entry, below, namespace + f"{entry.namespace}:" * bool(entry.namespace)
            )


def _unnamed(path) -> str:
    """Django's two without a name: any other one must be given a name."""
    if path.endswith("/<path:object_id>/"):
        return "*_redirect"
    return "catch_all" if path == "admin/(?P<url>.*)$" else path


# --- One world for all of them --------------------------------------------------------------------
class World:
    """Two houses in two areas, what is in them, and a person for each role."""

    def __init__(self):
        self.north, self.west = make_city_area("Nordost"), make_city_area("Sydväst")
        self.house = make_centre(district=make_district("Angered", self.north))
        self.elsewhere = make_centre(district=make_district("Högsbo", self.west))
        self.houses = [self.house, self.elsewhere]
        self.city = make_organisation()
        self.region = make_organisation("Västra Götalandsregionen", kind="region")
        preschool = make_service_at_centre(centre=self.house, organisation=self.city)
        clinic = make_service_at_centre(
            "child_health_care", centre=self.house, organisation=self.region
        )
        foreign = make_service_at_centre(centre=self.elsewhere, organisation=self.city)
        self.rooms = [preschool, clinic, foreign]
        self.people = self._people()
        self.rows = self._rows()
        self.flow = make_flow({}, slug="vem-kan-jag-prata-med")
        create_draft(owner=self.flow, by=self.people["communicator"], at=EIGHT)
        self.draft = create_draft(owner=make_guide(), by=self.people["administrator"], at=EIGHT)
        self.article = make_article()
        self.document = make_document(EIGHT)
        self.with_file = self.document.versions.get()
        create_draft(owner=self.document, by=self.people["communicator"], at=EIGHT)
        self._sent = {}
        self.passkey = Authenticator.objects.create(
            user=make_user(),
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Telefonen", "credential": {}},
        )
        self.clients = {role: signed_in(person) for role, person in self.people.items()}

    def _people(self):
        house = {"centres": [self.house]}
        return {
            "visitor": None,
            "outsider": make_user("administrator", is_staff=False),
            "city": make_user(**house, organisations=[self.city]),
            "region": make_user(**house, organisations=[self.region]),
            "stranger": make_user(organisations=[self.city]),
            # Where others than editors work gives them no rights.
            **{
                role: make_user(role, **house, organisations=[self.city])
                for role in ("communicator", "reviewer", "translator")
            },
            "coordinator": make_user("coordinator", areas=[self.north]),
            "other_area": make_user("coordinator", areas=[self.west]),
            "administrator": make_user("administrator"),
        }

    def _rows(self):
        rooms, houses, city = self.rooms, self.houses, {"organisations": [self.city]}
        about = [*rooms, self.house]
        FamilyCentreText.objects.create(centre=self.house, summary="Ett hus.")
        boss = self.people["administrator"]
        return {
            "centres_schedule": [make_schedule(room, slots=WEEK) for room in rooms],
            "centres_activity": [_with_a_date_cancelled(make_activity(room)) for room in rooms],
            "centres_venue": [make_activity(room, venue=make_venue()).venue for room in rooms],
            "centres_contactperson": [make_contact_person(room) for room in rooms],
            "centres_serviceatcentre": rooms,
            "centres_scheduleexception": [
                make_exception(target, first_day=date(2099, 1, 1)) for target in about
            ],
            "centres_notice": [make_notice(target) for target in about],
            "centres_confirmation": [make_confirmation(target) for target in about],
            "centres_feedback": [make_feedback(target) for target in about],
            "centres_familycentre": houses,
            "centres_cityarea": [make_city_area("Centrum")],
            "centres_district": [make_district("Lundby", self.north)],
            "centres_place": [make_place(district=self.house.district)],
            "services_organisation": [make_organisation("Bräcke diakoni")],
            "services_service": [make_service("library")],
            "services_line": [make_line()],
            "search_synonym": [make_synonym("bvc", "BVC")],
            "search_urgentword": [make_urgent_word("vald", "slår mig")],
            "services_confidentialityfact": [
                ConfidentialityFact.objects.create(
                    service=rooms[0].service, question="record", source="OSL 25 kap."
                )
            ],
            "guidance_topic": [make_topic("Ett ämne för sig")],
            "guidance_supportcontact": [make_support_contact()],
            "guidance_guide": [make_guide()],
            "accounts_user": [
                make_user(centres=[self.house], **city),
                make_user(centres=houses, **city),
                make_user(centres=[self.elsewhere], **city),
                make_user(**city),
                make_user("coordinator", centres=[self.house], areas=[self.north]),
                make_user("administrator", centres=[self.house]),
            ],
            "accounts_invitation": [
                make_invitation(by=boss, centres=[self.house]),
                make_invitation(by=boss, centres=houses),
                make_invitation(by=boss, centres=[self.elsewhere]),
                make_invitation(by=boss, centres=[self.house], role="coordinator"),
            ],
            "accounts_signinevent": [SignInEvent.objects.create(user=boss, what="signed_in")],
        }

    def rows_of(self, name: str) -> list:
        """What the address `name` can be about; [None] if it is about no row."""
        if name in TASKS:
            return self.rows[TASKS[name]]
        if name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
            return [self.passkey]
        model = name.removeprefix("admin:").replace("_bring_back", "_back").rpartition("_")[0]
        if name == "admin:auth_user_password_change":
            return self.rows["accounts_user"]
        if name == "admin:*_redirect":
            return self.rows["centres_schedule"]
        return self.rows.get(model, [None]) if not name.endswith(("_add", "_deleted")) else [None]

    def url(self, name: str, row) -> str:
        """A new address that takes other arguments gets its line here."""
        if name in TASKS and name != "staff:feedback_detail":
            return reverse(name, args=arguments_of_task(name, row))
        if name.endswith("_restore"):
            return reverse(name, args=[row.pk, version_of(row.history.latest().history_date)])
        if name.endswith("_bring_back"):
            return reverse(name, args=[row.history.latest().history_id])
        match name:
            case "publishing:text" | "publishing:edit" | "publishing:compare":
                return reverse(name, args=["rad", self.draft.pk])
            case "publishing:begin":
                return reverse(name, args=["rad", self.rows["guidance_guide"][0].pk])
            case "account_reset_password_from_key":
                return reverse(name, args=["fel", "fel"])
            case "session_end":
                return reverse(name, args=[0])
            case "openid_connect_login" | "openid_connect_callback":
                return reverse(name, args=["fel"])
            case "invitation":
                return reverse(name, args=["fel"])
            case "flows:staff_flow" | "flows:staff_edit" | "flows:staff_facts":
                return reverse(name, args=[self.flow.slug])
            case "news:staff_article":
                return reverse(name, args=[self.article.slug])
            case "documents:staff_file":
                return reverse(name, args=[self.document.slug, self.with_file.pk, "pdf"])
            case "documents:staff_document" | "documents:staff_facts" | "documents:staff_write":
                return reverse(name, args=[self.document.slug])
            case "admin:app_list":
                return reverse(name, args=["centres"])
            case "admin:view_on_site" | "view_on_site":
                return reverse(name, args=[1, 1])
            case "admin:catch_all":
                return "/admin/finns-inte"
            case "admin:*_redirect":
                return f"/admin/centres/schedule/{row.pk}/"
        try:
            return reverse(name, args=[] if row is None else [row.pk])
        except NoReverseMatch:
            return reverse(name)

    def sent(self, name: str, row) -> dict:
        """What the administrator's browser sends to do the task."""
        key = (name, row.pk)
        if key not in self._sent:
            self._sent[key] = self._as_sent(name, row)
        return dict(self._sent[key])

    def _as_sent(self, name: str, row) -> dict:
        if name in ONLY_SHOWN:
            return {}
        client, url = self.clients["administrator"], self.url(name, row)
        if name in ("staff:fact_confirm", "staff:notice_remove"):
            url = reverse("staff:centre", args=[centre_of(row).slug])
        page = ask(client, "get", url).context
        match name:
            case "staff:change" | "staff:date":
                return {"version": page["version"]}
            case "staff:notice_remove" | "staff:activity_copy":
                return {}
            case "staff:fact_confirm":
                facts = page["page"].to_confirm + page["page"].confirmed
                fact = next(f for f in facts if f.target == target_of(row) and not f.is_empty)
                return {"fact": fact.key, "version": fact.version}
            case "staff:holidays":
                form = next(f for f in page["page"].forms if f.question.room.place == row)
                return {form.add_prefix("answer"): "closed", form.add_prefix("seen"): ""}
        if name == "staff:paste":
            page = ask(client, "post", url, PASTED).context
            rows = page["rows"]
            return of_form(page["form"], *rows, rows.management_form) | {"do": "save"}
        data = of_form(page["form"]) | MORE.get(name, {})
        if name == "staff:notice_add":
            data["about"] = "huset" if row.centre else row.service_at_centre.service.slug
        if name == "staff:term_copy":
            data |= of_form(*page["slots"], page["slots"].management_form) | {"do": "save"}
            data |= of_form(ask(client, "post", url, data).context["form"])  # looked at
        if name == "staff:activity_term":
            data |= {"activities": [str(row.pk)], "do": "save"}
            data |= {"first_day": "2027-01-11", "last_day": "2027-05-30"}
            data |= {
                "looked_at": ask(client, "post", url, data).context["form"]["looked_at"].value()
            }
        return data


WEEK = ["mon 9-15", ("tue 9-10", {"label": "Babyöppet"})]


def _with_a_date_cancelled(activity: Activity) -> Activity:
    make_change(activity, "2026-12-01 13")
    return activity


# --- The daily tasks ------------------------------------------------------------------------------
# Which rows each is tried with.
TASKS = {
    "staff:centre": "centres_familycentre",
    "staff:house_close": "centres_familycentre",
    "staff:room_close": "centres_serviceatcentre",
    "staff:change": "centres_scheduleexception",
    "staff:hours_today": "centres_serviceatcentre",
    "staff:hours_from": "centres_serviceatcentre",
    "staff:notice_add": "centres_notice",
    "staff:notice_change": "centres_notice",
    "staff:notice_remove": "centres_notice",
    "staff:fact_confirm": "centres_confirmation",
    "staff:holidays": "centres_serviceatcentre",
    "staff:terms": "centres_familycentre",
    "staff:term_copy": "centres_schedule",
    "staff:paste": "centres_serviceatcentre",
    "staff:activities": "centres_familycentre",
    "staff:activity_copy": "centres_activity",
    "staff:activity_term": "centres_activity",
    "staff:week": "centres_familycentre",
    "staff:date": "centres_activity",
    "staff:date_change": "centres_activity",
    "staff:session_cancel": "centres_serviceatcentre",
    "staff:feedback_detail": "centres_feedback",
}
ONLY_SHOWN = ("staff:activities", "staff:centre", "staff:terms", "staff:week")
# What is filled in beside what the form begins with.
MORE = {
    "staff:hours_today": {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-opens_at": "10.00",
        "form-0-closes_at": "11.00",
    },
    "staff:hours_from": {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-weekday": 1,
        "form-0-opens_at": "10.00",
        "form-0-closes_at": "11.00",
    },
    "staff:notice_add": {"heading": "Hissen lagas"},
    "staff:notice_change": {"heading": "Hissen lagas", "last_day": "2026-11-23"},
    "staff:feedback_detail": {"status": "fixed"},
}
PASTED = {"text": "stängt 1/2", "do": "read"}


def target_of(row):
    """The house or the room that `row` is about, or that it is."""
    if isinstance(row, FamilyCentre | ServiceAtCentre):
        return row
    if isinstance(row, Activity):
        return row.organiser
    return row.service_at_centre or row.centre


def centre_of(row) -> FamilyCentre:
    target = target_of(row)
    return target if isinstance(target, FamilyCentre) else target.centre


def arguments_of_task(name, row) -> list:
    centre = centre_of(row)
    match name:
        case "staff:room_close" | "staff:paste":
            return [centre.slug, row.service.slug]
        case "staff:hours_today" | "staff:hours_from":
            return [centre.slug, row.service.slug, "oppet"]
        case "staff:activity_copy":
            return [centre.slug, row.pk]
        case "staff:date":
            return [centre.slug, row.pk, "2026-12-01", "1300"]
        case "staff:date_change":
            return [centre.slug, row.pk, "2026-11-24", "1300", "stall-in"]
        case "staff:session_cancel":
            return [centre.slug, row.service.slug, "oppet", "2026-11-24", "0900"]
        case "staff:change" | "staff:notice_change" | "staff:notice_remove" | "staff:term_copy":
            return [centre.slug, row.pk]
    return [centre.slug]


def of_form(*forms) -> dict:
    return filled(None, *forms)


def records() -> list[int]:
    """Another list for anything that a daily task has saved."""
    kept = (
        ScheduleException,
        Schedule,
        Notice,
        Confirmation,
        Activity,
        OccurrenceChange,
        Recurrence,
    )
    handled = Feedback.objects.exclude(status=Feedback.Status.NEW).count()
    return [*(model.history.count() for model in kept), handled]


def signed_in(person) -> Client:
    """A client in which `person` has just passed every step of signing in."""
    client = Client()
    if person:
        client.force_login(person)
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, person, method="password")
        request.session.save()
    return client


def _only_if_asked_for(site, request, app_label=None, full=AdminSite.get_app_list):
    """The list of what there is stands beside every page, and takes a third of its time."""
    return full(site, request, app_label) if app_label else []


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once; each request is rolled back. Who may is decided before a page is drawn: what the
    admin's pages look like is left to other tests."""
    with (
        time_machine.travel(EIGHT, tick=False),  # nothing is closed yet, and nobody asked again
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setattr(TemplateResponse, "rendered_content", "")
        patch.setattr(AdminSite, "get_app_list", _only_if_asked_for)
        logging.disable()  # hundreds of refusals
        yield World()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


# --- What is answered -----------------------------------------------------------------------------
def letter(world, client, name, row) -> str:
    """As the table has it."""
    if name in TASKS and name not in ONLY_SHOWN:
        return _of_task(world, client, name, row)
    if name.endswith("_bring_back") and type(row)._base_manager.filter(pk=row.pk).exists():
        return _of_deleted(world, client, name, row)
    url = world.url(name, row)
    if name.endswith("_changelist"):
        return _of_list(client, url, row)
    shown = ask(client, "get", url)
    if name.endswith("_history"):
        return kind(shown)  # the same view, whatever the method
    sent = ask(client, "post", url, {"post": "yes"} if name.endswith("_delete") else {})
    first, then = kind(shown), kind(sent)
    if first == then == "-":
        return first
    if first == "405" and then == "V":
        return "P"
    if first == "V" and then == "V":
        return _how_much(shown, sent)
    return "V" if (first, then) in (("V", "405"), ("V", ".")) else first


def _of_task(world, client, name, row) -> str:
    """C or P only where something was saved; "!" where it was, though it was refused."""
    url, data = world.url(name, row), world.sent(name, row)
    shown = ask(client, "post", url, PASTED) if name == "staff:paste" else ask(client, "get", url)
    if shown.context and "form" in shown.context and "ticket" in data:
        data["ticket"] = shown.context["form"]["ticket"].value()
        if name == "staff:activity_term":  # each is offered their own
            data["version"] = shown.context["form"]["version"].value()
    if name == "staff:activity_copy":
        listed = ask(client, "get", reverse("staff:activities", args=[centre_of(row).slug]))
        data = {"ticket": listed.context["ticket"]} if kind(listed) == "V" else data
    before = records()
    with nothing_left_of(client):
        sent = client.post(url, data)
        is_saved = records() != before
    first, then = kind(shown), kind(sent)
    if is_saved:
        return {"V": "C", "405": "P"}.get(first, first) if then == "V" else "!"
    return then if first == "405" else first


def _of_deleted(world, client, name, row) -> str:
    with transaction.atomic():
        if isinstance(row, Venue):
            Activity.objects.filter(venue=row).update(venue=None)  # what is used is kept
        type(row)._base_manager.filter(pk=row.pk).delete()
        answer = letter(world, client, name, row)
        transaction.set_rollback(True)
    return answer


def ask(client, method, url, data=None):
    with nothing_left_of(client):
        response = getattr(client, method)(url, data)
        if response.streaming:
            response.getvalue()  # at its end the file is closed; close() would end the transaction
            b"".join(response.streaming_content)  # closes the file, and not the database with it
        return response


@contextmanager
def nothing_left_of(client):
    """What is asked inside leaves nothing, in the database or in the cookies."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def kind(response) -> str:
    """L, ., -, 405, or V for everything that was answered."""
    match response.status_code:
        case 302 if "/logga-in/" in response.url or "/login/" in response.url:
            return "L"
        case 302 if response.url == "/admin/" and is_told_of_no_row(response):
            return "-"
        case 403:
            return "."
        case 404:
            return "-"
        case 405:
            return "405"
    assert response.status_code < 500
    return "V"


def is_told_of_no_row(response) -> bool:
    return any("finns inte" in str(m) or "exist" in str(m) for m in response.wsgi_request._messages)


def _how_much(shown, sent) -> str:
    """C, W or V: a page without a form takes nothing."""
    context = getattr(shown, "context_data", None) or shown.context or {}
    if context.get("token_fail"):
        return "V"
    if "adminform" in context:
        return "C" if set(context["adminform"].form.fields) - {"version"} else "W"
    has_form = "form" in context or "deleted_objects" in context
    return "C" if has_form or (sent.status_code == 302 and shown.status_code != 302) else "V"


def _of_list(client, url, row) -> str:
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    with transaction.atomic():
        response = client.post(url, chosen)
        gone = not type(row)._base_manager.filter(pk=row.pk).exists()
        transaction.set_rollback(True)
    page = getattr(response, "context_data", {})
    if gone or (page.get("protected") and not page.get("perms_lacking")):
        return "D"
    return kind(ask(client, "get", url))


# --- The tests ------------------------------------------------------------------------------------
def test_table_has_a_line_for_every_address_and_no_other():
    assert addresses() - set(lines()) == set(), "write a line for each"
    assert set(lines()) - addresses() == set(), "these have no address any more"


def test_every_line_has_a_cell_for_each_role():
    assert {name: len(cells) for name, cells in lines().items() if len(cells) != len(ROLES)} == {}


def test_every_model_with_a_page_has_rows_to_try(world):
    models = {f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry}
    assert set(world.rows) == models


@pytest.mark.django_db
@pytest.mark.parametrize("name", lines())
def test_everyone_gets_exactly_where_the_table_says(world, name):
    rows = world.rows_of(name)
    answers = {}
    for role, cell in zip(ROLES, lines()[name], strict=True):
        tried = rows[:1] if cell == "L" else rows
        letters = [letter(world, world.clients[role], name, row) for row in tried]
        answers[role] = letters[0] if len(set(letters)) == 1 else "".join(letters)
    assert answers == dict(zip(ROLES, lines()[name], strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["staff:change", "staff:notice_change", "staff:notice_remove", "staff:term_copy"]
)
def test_row_of_another_house_is_not_reached_through_the_own(world, name):
    """Not by a coordinator either, who would see one house's name above another's row."""
    row = world.rows_of(name)[2]
    url = reverse(name, args=[world.house.slug, row.pk])
    before = records()
    for role in ("city", "coordinator"):
        assert ask(world.clients[role], "get", url).status_code in (403, 404, 405)
        with nothing_left_of(world.clients[role]):
            sent = world.clients[role].post(url, world.sent(name, row))
            assert sent.status_code in (403, 404)
            assert records() == before


@pytest.mark.django_db
def test_nobody_reaches_the_daily_tasks_before_the_second_factor(world):
    with transaction.atomic():
        house = {"centres": [world.house], "organisations": [world.city]}
        client = signed_in(make_user(**house, second_factor=False))
        for name in TASKS:
            row = world.rows_of(name)[0]
            sent = client.post(world.url(name, row), world.sent(name, row))
            assert sent.status_code == 302, name
            assert sent.url == reverse("account_protect"), name
        transaction.set_rollback(True)
