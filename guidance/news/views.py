from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.caching import keep_while_true

from ..models import Article, ArticleVersion, Film, FilmVersion, shown_of

PAGE_SIZE = 12


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    page = Paginator(Article.objects.shown(at), PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {
        "page": page,
        "articles": shown_of(page.object_list, at),
        "previous": f"?sida={page.number - 1}" if page.has_previous() else "",
        "next": f"?sida={page.number + 1}" if page.has_next() else "",
        "has_films": Film.objects.shown(at).exists(),
    }
    response = render(request, "news/article_list.html", context)
    return keep_while_true(response, [], at=at, asked=bool(request.GET))


def latest_news(at: datetime, most: int) -> list[tuple[Article, ArticleVersion]]:
    """The newest first."""
    return shown_of(Article.objects.shown(at)[:most], at)


@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    article = get_object_or_404(Article.objects.shown(at), slug=slug)
    return show_article(request, article, article.shown(at).version, at)


def show_article(
    request: HttpRequest, article: Article, version: ArticleVersion, at: datetime
) -> HttpResponse:
    """The page of a piece of news with the words of one of its versions."""
    context = {
        "article": article,
        "version": version,
        "centres": article.centres.published(timezone.localdate(at)).select_related("district"),
        "guides": shown_of(article.guides.shown(at).select_related("home_topic"), at),
    }
    response = render(request, "news/article_detail.html", context)
    return keep_while_true(response, [], at=at)


@require_safe
def film_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    films = shown_of(Film.objects.shown(at), at)
    films.sort(key=lambda row: row[1].title)
    response = render(request, "news/film_list.html", {"films": films})
    return keep_while_true(response, [], at=at)


@require_safe
def film_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    film = get_object_or_404(Film.objects.shown(at), slug=slug)
    return show_film(request, film, film.shown(at).version, at)


def show_film(request: HttpRequest, film: Film, version: FilmVersion, at: datetime) -> HttpResponse:
    """The page of a film with one of its versions."""
    response = render(request, "news/film_detail.html", {"film": film, "version": version})
    return keep_while_true(response, [], at=at)
