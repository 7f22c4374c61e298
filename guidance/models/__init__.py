from .document import Document, DocumentFile, DocumentVersion
from .edition import Edition
from .flow import Flow, FlowVersion
from .guide import Guide, GuideService, GuideVersion
from .topic import Topic, TopicText
from .version import Version, Versioned, VersionedQuerySet, VersionQuerySet, shown_of

__all__ = [
    "Document",
    "DocumentFile",
    "DocumentVersion",
    "Edition",
    "Flow",
    "FlowVersion",
    "Guide",
    "GuideService",
    "GuideVersion",
    "Topic",
    "TopicText",
    "Version",
    "VersionQuerySet",
    "Versioned",
    "VersionedQuerySet",
    "shown_of",
]
