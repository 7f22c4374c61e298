"""The changes of one row, to read."""

from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..forms import may_be_key
from ..history import Branch, saves_on_page


class ReadsHistory:
    """The change history of a row, for everyone who may see the row."""

    object_history_template = "admin/change_history.html"
    history_branches: tuple[Branch, ...] = ()

    def get_history_branches(self, request) -> tuple[Branch, ...]:
        return self.history_branches

    def history_view(self, request, object_id, extra_context=None):
        obj = self._row(request, object_id)
        branches = self.get_history_branches(request)
        page, saves = saves_on_page(obj, branches, request.GET.get(PAGE_VAR))
        context = {
            **self._history_context(request, obj),
            "title": _("Ändringar: %(name)s") % {"name": capfirst(str(obj))},
            **self._pages(page),
            "saves": saves,
            "may_put_back": self._may_put_back(request, obj),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def _may_put_back(self, request, obj) -> bool:
        return False

    def _row(self, request, object_id):
        """404 also for what is gone: the list of what has been deleted tells of it."""
        key = unquote(object_id)
        obj = self.get_object(request, key) if may_be_key(self.model, key) else None
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return obj

    def _history_context(self, request, obj=None) -> dict:
        return {
            **self.admin_site.each_context(request),
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": obj,
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
        }

    def _pages(self, page) -> dict:
        return {
            "page_obj": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
        }
