from .article import Article, ArticleVersion
from .checked_link import CheckedLink
from .document import Document, DocumentFile, DocumentVersion
from .edition import Edition
from .film import Film, FilmFile, FilmVersion
from .flow import Flow, FlowVersion
from .guide import Guide, GuideService, GuideVersion
from .page import Page, PageVersion
from .picture import Picture
from .support_contact import SupportContact, SupportContactText
from .topic import Topic, TopicText
from .version import Version, Versioned, VersionedQuerySet, VersionQuerySet, shown_of

__all__ = [
    "Article",
    "ArticleVersion",
    "Document",
    "DocumentFile",
    "DocumentVersion",
    "CheckedLink",
    "Edition",
    "Film",
    "FilmFile",
    "FilmVersion",
    "Flow",
    "FlowVersion",
    "Guide",
    "GuideService",
    "GuideVersion",
    "Page",
    "PageVersion",
    "Picture",
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
