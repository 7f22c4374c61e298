from .activity import Activity, ActivityText, CoOrganiser, ForWhom
from .centre import FamilyCentre, FamilyCentreText, FormerSlug
from .confirmation import Confirmation
from .feedback import Feedback
from .membership import CentreMembership, OrganisationMembership
from .notice import Notice, NoticeText
from .places import CityArea, District, Place
from .recurrence import OccurrenceChange, Recurrence
from .reminder import Reminder
from .revision import Revision
from .schedule import Channel, ExceptionSlot, Schedule, ScheduleException, TimeSlot
from .service_at_centre import ContactPerson, ServiceAtCentre, ServiceAtCentreText
from .venue import Venue, VenueText

__all__ = [
    "Activity",
    "ActivityText",
    "CentreMembership",
    "Channel",
    "CityArea",
    "CoOrganiser",
    "Confirmation",
    "ContactPerson",
    "District",
    "ExceptionSlot",
    "FamilyCentre",
    "FamilyCentreText",
    "Feedback",
    "ForWhom",
    "FormerSlug",
    "Notice",
    "NoticeText",
    "OccurrenceChange",
    "OrganisationMembership",
    "Place",
    "Recurrence",
    "Reminder",
    "Revision",
    "Schedule",
    "ScheduleException",
    "ServiceAtCentre",
    "ServiceAtCentreText",
    "TimeSlot",
    "Venue",
    "VenueText",
]
