from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from centres.caching import keep_while_true

from ..models import Article, ArticleVersion
from .views import latest_news

MOST = 20


class LatestNews(Feed):
    """The latest news for who follows them in a reader of their own (Atom)."""

    feed_type = Atom1Feed
    title = _("Nyheter från Familjeportalen")
    subtitle = _("Om Göteborgs familjecentraler.")
    link = reverse_lazy("news:articles")
    language = "sv"

    def __call__(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return keep_while_true(super().__call__(request, *args, **kwargs), [], at=timezone.now())

    def items(self) -> list[tuple[Article, ArticleVersion]]:
        return latest_news(timezone.now(), MOST)

    def item_title(self, item):
        return item[1].title

    def item_description(self, item):
        return item[1].summary

    def item_link(self, item):
        return item[0].get_absolute_url()

    def item_guid(self, item):
        return f"urn:uuid:{item[0].pk}"

    def item_pubdate(self, item) -> datetime:
        return timezone.make_aware(datetime.combine(item[0].day, time.min))

    def item_updateddate(self, item) -> datetime:
        return item[1].publish_at
