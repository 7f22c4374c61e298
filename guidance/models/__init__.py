from .checked_link import CheckedLink
from .document import Document, DocumentFile, DocumentVersion
from .edition import Edition
from .flow import Flow, FlowVersion
from .guide import Guide, GuideService, GuideVersion
from .support_contact import SupportContact, SupportContactText
from .topic import Topic, TopicText
from .version import Version, Versioned, VersionedQuerySet, VersionQuerySet, shown_of

__all__ = [
    "Document",
    "DocumentFile",
    "DocumentVersion",
    "CheckedLink",
    "Edition",
    "Flow",
    "FlowVersion",
    "Guide",
    "GuideService",
    "GuideVersion",
    "SupportContact",
    "SupportContactText",
    "Topic",
    "TopicText",
    "Version",
    "VersionQuerySet",
    "Versioned",
    "VersionedQuerySet",
    "shown_of",
]
