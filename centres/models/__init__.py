from .centre import FamilyCentre, FamilyCentreText, FormerSlug
from .confirmation import Confirmation
from .feedback import Feedback
from .membership import CentreMembership, OrganisationMembership
from .notice import Notice, NoticeText
from .places import CityArea, District, Place
from .reminder import Reminder
from .schedule import Channel, ExceptionSlot, Schedule, ScheduleException, TimeSlot
from .service_at_centre import ContactPerson, ServiceAtCentre, ServiceAtCentreText

__all__ = [
    "CentreMembership",
    "Channel",
    "CityArea",
    "Confirmation",
    "ContactPerson",
    "District",
    "ExceptionSlot",
    "FamilyCentre",
    "FamilyCentreText",
    "Feedback",
    "FormerSlug",
    "Notice",
    "NoticeText",
    "OrganisationMembership",
    "Place",
    "Reminder",
    "Schedule",
    "ScheduleException",
    "ServiceAtCentre",
    "ServiceAtCentreText",
    "TimeSlot",
]
